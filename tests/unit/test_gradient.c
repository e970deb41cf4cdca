/* test_gradient.c - every gradient of the network against central differences of a network written
 * again in double.
 *
 * The double network knows nothing of the one under test but its weights. Kinks are avoided: a
 * difference that steps over one is no derivative. A gradient that is zero everywhere is a failure
 * of its own: it would agree with anything. */
#include "net/network.h"
#include "net/trainer.h"
#include "unit.h"

#include "net/init.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SAMPLES = 12, WIDTH = 5, LAYERS = 3 };

/* [layer][out][in], the bias last. */
struct twin {
    const struct network *net;
    double w[LAYERS + 2][WIDTH][WIDTH + 1];
    double x[SAMPLES][2], y[SAMPLES];
    double nearest; /* how near a pre-activation came to a kink */
};

static double activation(struct twin *t, double z)
{
    struct fn_break at[FN_MAX_BREAKS];
    int n = fn_breaks(&t->net->fn, at);

    for (int i = 0; i < n; i++)
        t->nearest = fmin(t->nearest, fabs(z - at[i].x));
    return fn_f(&t->net->fn, z);
}

static double output(struct twin *t, int sample)
{
    const struct network *net = t->net;
    double a[WIDTH] = {t->x[sample][0], t->x[sample][1]}, out;

    for (int l = 1; l <= net->layers; l++) {
        double z[WIDTH], mean = 0, var = 0;

        for (int o = 0; o < net->width; o++) {
            z[o] = t->w[l][o][WIDTH];
            for (int i = 0; i < network_ins(net, l); i++)
                z[o] += t->w[l][o][i] * a[i];
            mean += z[o] / net->width;
        }
        for (int o = 0; o < net->width; o++)
            var += (z[o] - mean) * (z[o] - mean) / net->width;
        for (int o = 0; o < net->width; o++) {
            double v = net->layernorm ? (z[o] - mean) / sqrt(var + 1e-5) : z[o];

            a[o] = activation(t, v) + (net->residual && l > 1 ? a[o] : 0);
        }
    }
    out = t->w[net->layers + 1][0][WIDTH];
    for (int i = 0; i < network_ins(net, net->layers + 1); i++)
        out += t->w[net->layers + 1][0][i] * a[i];
    return out;
}

static double mean_loss(struct twin *t)
{
    double loss = 0;

    for (int s = 0; s < SAMPLES; s++) {
        double z = output(t, s), y = t->y[s];

        if (t->net->squared)
            loss += (z - y) * (z - y);
        else
            loss += fmax(z, 0) - y * z + log1p(exp(-fabs(z)));
    }
    return loss / SAMPLES;
}

static void make_twin(struct twin *t, struct network *net)
{
    t->net = net;
    t->nearest = INFINITY;
    for (int l = 1; l <= net->layers + 1; l++)
        for (int o = 0; o < network_outs(net, l); o++) {
            t->w[l][o][WIDTH] = (double)*network_weight(net, l, o, -1);
            for (int i = 0; i < network_ins(net, l); i++)
                t->w[l][o][i] = (double)*network_weight(net, l, o, i);
        }
    for (int s = 0; s < SAMPLES; s++) {
        t->x[s][0] = (double)net->x[s * net->ld0];
        t->x[s][1] = (double)net->x[s * net->ld0 + 1];
        t->y[s] = (double)net->y[s];
    }
}

/* Fourth order; NAN where a kink is nearer than the step can move a pre-activation. */
static double difference(struct twin *t, double *w)
{
    const double h = 1e-5, keep = *w;
    double f[5];

    t->nearest = INFINITY;
    for (int k = -2; k <= 2; k++) {
        *w = keep + k * h;
        f[k + 2] = mean_loss(t);
    }
    *w = keep;
    if (t->nearest < 50 * h)
        return NAN;
    return (8 * (f[3] - f[1]) - (f[4] - f[0])) / (12 * h);
}

/* Checks all gradients of one network. Returns how many were compared. */
static int check(struct network *net, const char *what, double *largest)
{
    static struct twin t;
    int compared = 0;

    make_twin(&t, net);
    for (int l = 1; l <= net->layers + 1; l++)
        for (int o = 0; o < network_outs(net, l); o++)
            for (int i = -1; i < network_ins(net, l); i++) {
                double got = (double)*network_gradient(net, l, o, i);
                double expected = difference(&t, &t.w[l][o][i < 0 ? WIDTH : i]);

                if (l == 1 || net->layers == 0)
                    *largest = fmax(*largest, fabs(got));
                if (isnan(expected))
                    continue;
                compared++;
                if (!(fabs(got - expected) <= 2e-5 * fabs(expected) + 2e-6))
                    fail_msg("%s: layer %d, out %d, in %d: gradient %.8g, difference %.8g", what, l,
                             o, i, got, expected);
            }
    return compared;
}

/* Bends and kinks are visited from both sides: inputs differ by seed, weights are wide. */
static void check_config(const struct net_config *c, const struct fn *fn, const struct kernels *k,
                         const char *what)
{
    int compared = 0;
    double largest = 0;

    for (uint64_t seed = 1; seed <= 4; seed++) {
        struct net_config with = *c;
        struct dataset data;
        struct network net;

        with.seed = seed;
        with.samples = SAMPLES;
        assert_true(dataset_make(&data, &with, NULL));
        assert_true(network_init(&net, &with, fn, k));
        init_network(&net, &with);
        for (int s = 0; s < SAMPLES; s++) {
            net.x[s * net.ld0] = data.sample[s].x1;
            net.x[s * net.ld0 + 1] = data.sample[s].x2;
            net.y[s] = data.sample[s].y;
        }
        /* In two parts: the second is added. */
        network_forward(&net, SAMPLES, NULL);
        network_loss(&net, SAMPLES, 1.f / SAMPLES);
        for (int s = SAMPLES / 2; s < SAMPLES; s++)
            net.dz[s] = 0;
        network_backward(&net, SAMPLES, false, NULL);
        network_forward(&net, SAMPLES, NULL);
        network_loss(&net, SAMPLES, 1.f / SAMPLES);
        for (int s = 0; s < SAMPLES / 2; s++)
            net.dz[s] = 0;
        network_backward(&net, SAMPLES, true, NULL);
        compared += check(&net, what, &largest);
        network_free(&net);
        dataset_free(&data);
    }
    if (compared < 100)
        fail_msg("%s: only %d gradients could be compared", what, compared);
    if (largest == 0 && strcmp(fn->act->name, "step") != 0) /* whose slope is 0 everywhere */
        fail_msg("%s: all gradients of the first layer are zero", what);
}

static struct net_config small(void)
{
    struct net_config c = {0};

    setting_defaults(&net_settings, &c);
    c.layers = 2;
    c.width = WIDTH;
    c.gain = 1.3;
    c.bias_std = .5;
    return c;
}

static void test_every_activation(void **state)
{
    (void)state;
    for (const struct kernels *const *k = kernels_available(); *k; k++)
        for (int i = 0; i < activation_count; i += rounds(1, 4)) {
            struct fn fn = fn_default(&activation_table[i]);
            struct net_config c = small();

            check_config(&c, &fn, *k, fn.act->name);
            /* Other parameters than the default take other branches. */
            if (fn.act->alpha.meaning)
                fn.alpha = fn.act->alpha.fallback * .5 + .3;
            if (fn.act->beta.meaning)
                fn.beta = fn.act->beta.fallback * .5 + .7;
            check_config(&c, &fn, *k, fn.act->name);
        }
}

static void test_every_depth(void **state)
{
    struct fn fn = fn_default(activation_find("tanh"));

    (void)state;
    for (const struct kernels *const *k = kernels_available(); *k; k++)
        for (int layers = 0; layers <= LAYERS; layers++)
            for (int width = layers ? 1 : WIDTH; width <= WIDTH; width++) {
                struct net_config c = small();

                c.layers = layers;
                c.width = width;
                if (layers * width >= 10)
                    check_config(&c, &fn, *k, "tanh");
            }
}

static void test_every_structure(void **state)
{
    static const char *const names[] = {"tanh", "gelu", "sigmoid", "leaky_relu"};

    (void)state;
    for (const struct kernels *const *k = kernels_available(); *k; k++)
        for (int bits = 0; bits < 8; bits += rounds(1, 7))
            for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
                struct fn fn = fn_default(activation_find(names[i]));
                struct net_config c = small();

                c.layers = LAYERS;
                c.residual = bits & 1;
                c.layernorm = bits & 2;
                c.loss = bits & 4 ? LOSS_SQUARED : LOSS_BCE;
                check_config(&c, &fn, *k, names[i]);
            }
}

/* Real-valued data is fitted by squared error whatever was said. */
static void test_regression(void **state)
{
    struct fn fn = fn_default(activation_find("softplus"));
    struct net_config c = small();

    (void)state;
    c.data = DATA_SINE;
    assert_int_equal(net_config_loss(&c), LOSS_SQUARED);
    check_config(&c, &fn, kernels_for(WIDTH), "softplus");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_activation),
        cmocka_unit_test(test_every_depth),
        cmocka_unit_test(test_every_structure),
        cmocka_unit_test(test_regression),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
