/* test_theory.c - mean-field theory: known moments, critical points, and what random networks do.
 */
#include "base/number.h"
#include "expr/functions.h"
#include "math/activation.h"
#include "nets.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Equal to as many significant digits as `expected` was written with: half a unit of the last. */
static void near(const char *what, double got, double expected, double unit)
{
    if (!(fabs(got - expected) <= .5000001 * unit))
        fail_msg("%s: %.6g instead of %.6g", what, got, expected);
}

/* Moments that can be done by hand. */
static void test_moments(void **state)
{
    static const double qs[] = {1e-6, .01, .3, 1, 7, 1e4, 1e8};

    (void)state;
    for (size_t i = 0; i < sizeof qs / sizeof *qs; i++) {
        double q = qs[i];
        struct fn identity = fn_named("identity"), relu = fn_named("relu"), step = fn_named("step");
        struct fn leaky = fn_named("leaky_relu"), hard = fn_named("hardtanh");

        near("identity", theory_moment(&identity, q, false) / q, 1, 1e-9);
        near("identity'", theory_moment(&identity, q, true), 1, 1e-9);
        near("relu", theory_moment(&relu, q, false) / q, .5, 1e-9);
        near("relu'", theory_moment(&relu, q, true), .5, 1e-9);
        near("step", theory_moment(&step, q, false), .5, 1e-9);
        near("leaky_relu", theory_moment(&leaky, q, false) / q, .5 * (1 + 1e-4), 1e-9);
        near("hardtanh'", theory_moment(&hard, q, true), erf(1 / sqrt(2 * q)), 1e-9);
    }
}

/* A row of what is published: weights, biases, the fixed point and the slope there. NAN: not
 * stated. */
struct row {
    const char *fn;
    double sigma_w, sigma_b;
    double q, q_unit, chi, chi_unit;
};

static void test_table(void **state)
{
    static const struct row rows[] = {
        /* Poole 2016; Schoenholz 2017 */
        {"tanh", 1.304, .2, NAN, 0, 1, .001},
        {"tanh", 5. / 3, 0, 1.18, .01, 1.21, .01},
        {"sigmoid", 10.15, 0, 45.6, .1, 1, .001},
        {"sigmoid", 1, 0, NAN, 0, .0557, .0001},
        {"elu", 1.23, .2, NAN, 0, 1, .001},
        /* Klambauer 2017 */
        {"selu", 1, 0, 1, .001, 1.0716, .0001},
        /* gain 1: lengths shrink to 0, where the slope is f'(0)^2 */
        {"gelu", 1, 0, 0, .001, .25, .001},
        {"relu", 1, 0, 0, .001, .5, .001},
        {"relu", .57735026918962576, 0, 0, .001, 1. / 6, .001},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *r = &rows[i];
        struct fn fn = fn_named(r->fn);
        double q = theory_fixed_point(&fn, 1, r->sigma_w, r->sigma_b);

        if (!isnan(r->q))
            near(r->fn, q, r->q, r->q_unit);
        near(r->fn, theory_chi(&fn, q, r->sigma_w), r->chi, r->chi_unit);
    }
}

/* gelu's and swish's critical points are stable from one side only: they hold, but the map does not
 * lead there. From these constants, which are rounded, it leads to another point, a far way off. */
static void test_half_stable(void **state)
{
    struct fn gelu = fn_named("gelu"), swish = fn_named("swish");

    (void)state;
    near("gelu", theory_map(&gelu, 3.562, 1.4082, .4158), 3.562, .001);
    near("gelu", theory_chi(&gelu, 3.562, 1.4082), 1, .001);
    near("swish", theory_map(&swish, 14.32, 1.40997, .7451), 14.32, .01);
    near("swish", theory_chi(&swish, 14.32, 1.40997), 1, .001);
    near("gelu", theory_fixed_point(&gelu, 1, 1.4082, .4158), 2.75, .01);
    near("swish", theory_fixed_point(&swish, 1, 1.40997, .7451), 16.8, .1);
}

/* sigmoid without biases is critical at one deviation only: chi grows all the way, through 1. */
static void test_sigmoid_once(void **state)
{
    struct fn sigmoid = fn_named("sigmoid");
    double before = 0, lo = .01, hi = 200;

    (void)state;
    unless_brief();
    for (double sigma = lo; sigma < hi; sigma *= 1.2) {
        double chi = theory_chi(&sigmoid, theory_fixed_point(&sigmoid, 1, sigma, 0), sigma);

        if (!(chi > before))
            fail_msg("sigma_w %g: chi %g after %g", sigma, chi, before);
        before = chi;
    }
    while (hi - lo > 1e-6) {
        double sigma = .5 * (lo + hi);
        bool below = theory_chi(&sigmoid, theory_fixed_point(&sigmoid, 1, sigma, 0), sigma) < 1;

        *(below ? &lo : &hi) = sigma;
    }
    near("sigmoid", lo, 10.15, .01);
}

/* Functions that are critical at any length, and tanh, that is at none but 0. */
static void test_critical(void **state)
{
    struct fn relu = fn_named("relu"), leaky = fn_named("leaky_relu"), tanh_fn = fn_named("tanh");

    (void)state;
    for (double alpha = .01; alpha < 1; alpha *= 3) {
        double sigma = sqrt(2 / (1 + alpha * alpha));

        leaky.alpha = alpha;
        for (double q = 1e-3; q < 1e4; q *= 10) {
            near("relu", theory_chi(&relu, q, sqrt(2)), 1, 1e-6);
            near("relu", theory_map(&relu, q, sqrt(2), 0) / q, 1, 1e-6);
            near("leaky_relu", theory_chi(&leaky, q, sigma), 1, 1e-6);
            near("leaky_relu", theory_fixed_point(&leaky, q, sigma, 0) / q, 1, 1e-6);
        }
    }
    near("tanh", theory_fixed_point(&tanh_fn, 1, 1, 0), 0, 1e-6);
    near("tanh", theory_chi(&tanh_fn, 0, 1), 1, 1e-6);
    assert_true(isnan(theory_fixed_point(&relu, 1, 2, 0))); /* runs to infinity */
}

static double sigma_w(const char *init, double gain)
{
    struct net_config c = {0};

    setting_defaults(&net_settings, &c);
    assert_true(setting_set(setting_find(&net_settings, "init", NULL), &c, init, NULL, NULL, NULL));
    c.gain = gain;
    return theory_sigma_w(&c);
}

static void test_sigma(void **state)
{
    (void)state;
    near("zeros", sigma_w("zeros", 1), 0, 1e-12);
    near("normal", sigma_w("normal", .5), 2, 1e-12); /* width 16 */
    near("uniform", sigma_w("uniform", 1), .57735026918962576, 1e-12);
    near("lecun", sigma_w("lecun", 1.5), 1.5, 1e-12);
    near("glorot", sigma_w("glorot", 1), 1, 1e-12);
    near("he", sigma_w("he", 1), sqrt(2), 1e-12);
    near("orthogonal", sigma_w("orthogonal", 1), 1, 1e-12);
}

enum { NETS = 40, DEPTH = 6 };

/* Each layer's delta in random networks of width 256, as a share of what was predicted for it: the
 * farthest of the medians from 1. */
static double compare_median(struct fn fn, const char *init, double gain, double bias,
                             double bias_std, int depth)
{
    static double share[DEPTH + 1][NETS];
    struct net_config c = {0};
    struct probe p = {0};
    double worst = 0;

    setting_defaults(&net_settings, &c);
    assert_true(setting_set(setting_find(&net_settings, "init", NULL), &c, init, NULL, NULL, NULL));
    c.layers = depth;
    c.width = 256;
    c.gain = gain;
    c.bias = bias;
    c.bias_std = bias_std;
    c.samples = 16;
    for (int i = 0; i < NETS; i++) {
        struct trainer *t;

        c.seed = (uint64_t)i + 1;
        t = trainer_new(&c, &fn, NULL);
        assert_non_null(t);
        trainer_probe(t, &p);
        for (int l = 1; l <= depth; l++)
            share[l][i] = p.layer[l].delta / p.layer[l].predicted;
        trainer_free(t);
    }
    probe_free(&p);
    for (int l = 1; l <= depth; l++) {
        double median;

        qsort(share[l], NETS, sizeof(double), number_ascending);
        median = .5 * (share[l][NETS / 2 - 1] + share[l][NETS / 2]);
        if (!(median > .9 && median < 1.1))
            fail_msg("%s %s %g bias %g, layer %d: measured is %.3f of predicted", fn.act->name,
                     init, gain, bias, l, median);
        worst = fmax(worst, fabs(median - 1));
    }
    return worst;
}

/* The table's functions and defined ones, over initialisations, gains and biases. */
static void test_prediction(void **state)
{
    static const struct {
        const char *fn;
        double alpha;
        const char *init;
        double gain, bias, bias_std;
        int depth; /* less where few units are left at work in the last layers */
    } rows[] = {
        {"sigmoid", NAN, "lecun", 1, 0, 0, DEPTH},
        {"sigmoid", NAN, "he", 4, 0, .5, DEPTH},
        {"tanh", NAN, "lecun", 5. / 3, 0, 0, DEPTH},
        {"tanh", NAN, "glorot", 1.304, 0, .2, DEPTH},
        {"relu", NAN, "he", 1, 0, 0, DEPTH},
        {"leaky_relu", .2, "he", .8, 0, .3, DEPTH},
        {"elu", NAN, "glorot", 1, -.5, 0, DEPTH},
        {"selu", NAN, "orthogonal", 1, 0, 0, DEPTH},
        {"gelu", NAN, "uniform", 1, 0, .1, DEPTH},
        {"swish", NAN, "normal", .08, .2, 0, DEPTH}, /* 1.28/sqrt(256) */
        {"mine", NAN, "he", 1, 0, .2, DEPTH},
        {"bent", .3, "glorot", 1.2, .1, .1, DEPTH},
        /* f and f' are 0 around 0: no layer passes on anything of a short enough input */
        {"relu", NAN, "he", 1, -.5, 0, 1},
        {"relu", NAN, "he", 1, -.5, 0, 4},
        {"relu", NAN, "he", 1, -.5, .1, 4},
        {"softshrink", NAN, "he", 1, 0, 0, 3},
        {"hardshrink", NAN, "lecun", 1, 0, 0, 3},
        {"threshold", .5, "he", 1, 0, 0, 3},
        {"dip", NAN, "lecun", 1, 0, 0, 3},
    };
    struct functions *all;
    double worst = 0;

    (void)state;
    unless_brief();
    all = functions_new();
    assert_non_null(functions_define(all, "mine(x) = x*sigmoid(1.702*x)", NULL));
    assert_non_null(functions_define(all, "bent(x) = if(x > 0, tanh(x), alpha*x)", NULL));
    assert_non_null(functions_define(all, "dip(x) = if(abs(x) > 0.5, x, 0)", NULL));
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fn fn = fn_default(functions_find(all, rows[i].fn, NULL));

        if (!isnan(rows[i].alpha))
            fn.alpha = rows[i].alpha;
        worst = fmax(worst, compare_median(fn, rows[i].init, rows[i].gain, rows[i].bias,
                                           rows[i].bias_std, rows[i].depth));
    }
    functions_free(all);
    tried("accuracy", "mean-field theory against 40 networks of width 256, layer by layer",
          "%zu functions, initialisations, gains and biases: the medians within %.1f %%",
          sizeof rows / sizeof *rows, 100 * worst);
}

/* The kept moments of theory_predict against quadratures at each step. */
static void test_recursion(void **state)
{
    static const char *const names[] = {"sigmoid", "tanh", "relu", "gelu", "hardtanh", "softsign"};

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        for (double gain = .5; gain < 3; gain += .7) {
            struct net_config c = {0};
            struct fn fn = fn_named(names[i]);
            const float x[2] = {1.2f, -.7f}, q1 = (x[0] * x[0] + x[1] * x[1]) / 2;
            double delta[21], chi[21], q = gain * gain * (double)q1 + .01, product[21] = {0};

            setting_defaults(&net_settings, &c);
            c.layers = 20;
            c.gain = gain;
            c.bias_std = .1;
            assert_true(theory_predict(&c, &fn, x, 1, delta, chi));
            for (int l = 1; l <= 20; l++) {
                product[l] = theory_chi(&fn, q, gain);
                near(names[i], chi[l] / product[l], 1, 1e-4);
                q = theory_map(&fn, q, gain, .1);
            }
            for (int l = 20; l >= 1; l--) {
                near(names[i], delta[l] / (l < 20 ? sqrt(product[l] / product[20]) : 1), 1, 1e-3);
                if (l > 1)
                    product[l - 1] *= product[l];
            }
        }
}

/* Many inputs, and few: those of the tail, of relu far below its bend, weigh as much as they do.
 * In closed form for relu: E[f'^2] = Phi(m/s), E[f^2] = (m^2 + q) Phi(m/s) + m s phi(m/s). */
static void test_tail(void **state)
{
    static const int counts[] = {1, 2, 200, 20000};
    struct fn relu = fn_named("relu");

    (void)state;
    for (size_t k = 0; k < sizeof counts / sizeof *counts; k++) {
        struct net_config c = {0};
        int n = counts[k];
        float *x = calloc((size_t)n, 2 * sizeof *x);
        double delta[7], chi[7], mean[7] = {0}, squares[7] = {0};

        setting_defaults(&net_settings, &c);
        c.layers = 6;
        c.init = INIT_HE;
        c.bias = -.5;
        c.bias_std = .1;
        for (int i = 0; i < n; i++) {
            double product[8], q;

            x[2 * i] = 2 * sqrtf(((float)i + .5f) / (float)n);
            q = (double)x[2 * i] * (double)x[2 * i] + .01;
            for (int l = 1; l <= 6; l++) {
                double s = sqrt(q), at = -.5 / s, below = .5 * erfc(-at / sqrt(2));

                product[l] = 2 * below;
                mean[l] += 2 * below / n;
                q = 2 * ((.25 + q) * below - .5 * s * exp(-.5 * at * at) / sqrt(2 * M_PI)) + .01;
            }
            product[7] = 1;
            for (int l = 6; l >= 1; l--) {
                product[l] *= product[l + 1];
                squares[l] += product[l];
            }
        }
        assert_true(theory_predict(&c, &relu, x, n, delta, chi));
        free(x);
        for (int l = 1; l <= 6; l++) {
            near("chi in the tail", chi[l] / mean[l], 1, 1e-3);
            near("delta in the tail", delta[l] / sqrt(squares[l] / squares[6]), 1, 1e-3);
        }
    }
}

/* No prediction where the theory does not hold. */
static void test_silence(void **state)
{
    struct net_config c = {0};
    struct fn fn = fn_named("tanh");
    float x[4] = {1, 1, -1, .5f};
    double delta[9], chi[9];

    (void)state;
    setting_defaults(&net_settings, &c);
    assert_true(theory_predict(&c, &fn, x, 2, delta, chi));
    near("delta at the top", delta[8], 1, 1e-12);
    c.residual = true;
    assert_false(theory_predict(&c, &fn, x, 2, delta, chi));
    c.residual = false;
    c.layernorm = true;
    assert_false(theory_predict(&c, &fn, x, 2, delta, chi));
    c.layernorm = false;
    c.init = INIT_ZEROS;
    assert_false(theory_predict(&c, &fn, x, 2, delta, chi));
    assert_true(isnan(delta[1]));
}

static double median_of(double v[NETS])
{
    qsort(v, NETS, sizeof *v, number_ascending);
    return .5 * (v[NETS / 2 - 1] + v[NETS / 2]);
}

/* By sample and then averaged, tanh at gain 5/3 gets 6.1 over eight layers, as networks do; at the
 * mean length alone it would get 1.6. Samples near the middle of the circle weigh much, so the
 * figure is a median over data sets of 200. */
static void test_by_sample(void **state)
{
    double predicted[NETS], measured[NETS], at_mean[NETS];
    struct net_config c = {0};
    struct fn fn = fn_named("tanh");
    struct probe p = {0};

    (void)state;
    unless_brief();
    setting_defaults(&net_settings, &c);
    c.gain = 5. / 3;
    c.width = 64;
    for (int i = 0; i < NETS; i++) {
        const struct net_sample *s;
        double length = 0, delta[9], chi[9];
        struct trainer *t;
        float x[2] = {0, 0};
        int n;

        c.seed = (uint64_t)i + 1;
        t = trainer_new(&c, &fn, NULL);
        assert_non_null(t);
        trainer_probe(t, &p);
        s = trainer_data(t, &n, NULL);
        for (int k = 0; k < n; k++)
            length += (double)(s[k].x1 * s[k].x1 + s[k].x2 * s[k].x2) / n;
        x[0] = (float)sqrt(length);
        assert_true(theory_predict(&c, &fn, x, 1, delta, chi));
        predicted[i] = p.predicted_ratio;
        measured[i] = p.ratio;
        at_mean[i] = delta[1];
        trainer_free(t);
    }
    probe_free(&p);
    near("predicted", median_of(predicted), 6.1, 1);
    near("measured", median_of(measured), 5.8, 1);
    near("at the mean length", median_of(at_mean), 1.6, .1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_moments),     cmocka_unit_test(test_table),
        cmocka_unit_test(test_half_stable), cmocka_unit_test(test_critical),
        cmocka_unit_test(test_sigma),       cmocka_unit_test(test_prediction),
        cmocka_unit_test(test_silence),     cmocka_unit_test(test_recursion),
        cmocka_unit_test(test_by_sample),   cmocka_unit_test(test_sigmoid_once),
        cmocka_unit_test(test_tail),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
