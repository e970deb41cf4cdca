/* test_theory.c - mean-field theory: known moments, critical points, and what random networks do.
 */
#include "net/net.h"
#include "unit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static struct fn fn_named(const char *name)
{
    const struct activation *act = activation_find(name);

    assert_non_null(act);
    return fn_default(act);
}

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
        {"tanh", 1.304, .2, NAN, 0, 1, .01},
        {"tanh", 5. / 3, 0, 1.18, .01, 1.21, .01},
        {"sigmoid", 10.15, 0, 45.6, .2, 1, .01},
        {"sigmoid", 1, 0, NAN, 0, .0557, .0001},
        {"elu", 1.23, .2, NAN, 0, 1, .01},
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
 * lead there. */
static void test_half_stable(void **state)
{
    struct fn gelu = fn_named("gelu"), swish = fn_named("swish");

    (void)state;
    near("gelu", theory_map(&gelu, 3.562, 1.4082, .4158), 3.562, .001);
    near("gelu", theory_chi(&gelu, 3.562, 1.4082), 1, .001);
    near("swish", theory_map(&swish, 14.32, 1.40997, .7451), 14.32, .01);
    near("swish", theory_chi(&swish, 14.32, 1.40997), 1, .001);
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

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

enum { NETS = 40, DEPTH = 6 };

/* The median over random networks of width 256 of each layer's delta, against what was predicted
 * for it. */
static void compare_median(const char *name, const char *init, double gain, double bias,
                           double bias_std)
{
    static double ratio[DEPTH + 1][NETS], predicted[DEPTH + 1][NETS];
    struct net_config c = {0};
    struct fn fn = fn_named(name);
    struct probe p = {0};

    setting_defaults(&net_settings, &c);
    assert_true(setting_set(setting_find(&net_settings, "init", NULL), &c, init, NULL, NULL, NULL));
    c.layers = DEPTH;
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
        for (int l = 1; l <= DEPTH; l++) {
            ratio[l][i] = p.layer[l].delta / p.layer[DEPTH].delta;
            predicted[l][i] = p.layer[l].predicted / p.layer[DEPTH].delta;
        }
        trainer_free(t);
    }
    probe_free(&p);
    for (int l = 1; l <= DEPTH; l++) {
        double off;

        qsort(ratio[l], NETS, sizeof(double), ascending);
        qsort(predicted[l], NETS, sizeof(double), ascending);
        off = ratio[l][NETS / 2] / predicted[l][NETS / 2];
        if (!(off > .9 && off < 1.1))
            fail_msg("%s %s %g, layer %d: measured is %.3f of predicted", name, init, gain, l, off);
    }
}

static void test_prediction(void **state)
{
    (void)state;
    unless_brief();
    compare_median("sigmoid", "lecun", 1, 0, 0);
    compare_median("tanh", "lecun", 5. / 3, 0, 0);
    compare_median("relu", "he", 1, 0, 0);
    compare_median("gelu", "uniform", 1, 0, .1);
    compare_median("elu", "glorot", 1, -.5, 0);
    compare_median("selu", "orthogonal", 1, 0, 0);
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

/* By sample and then averaged: at the mean length alone, tanh would get 1.6. */
static void test_by_sample(void **state)
{
    struct net_config c = {0};
    struct fn fn = fn_named("tanh");
    struct trainer *t;
    struct probe p = {0};

    (void)state;
    setting_defaults(&net_settings, &c);
    c.gain = 5. / 3;
    c.width = 64;
    c.samples = 1000;
    t = trainer_new(&c, &fn, NULL);
    assert_non_null(t);
    trainer_probe(t, &p);
    if (!(p.predicted_ratio > 5 && p.predicted_ratio < 7))
        fail_msg("predicted ratio %g", p.predicted_ratio);
    trainer_free(t);
    probe_free(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_moments),     cmocka_unit_test(test_table),
        cmocka_unit_test(test_half_stable), cmocka_unit_test(test_critical),
        cmocka_unit_test(test_sigma),       cmocka_unit_test(test_prediction),
        cmocka_unit_test(test_silence),     cmocka_unit_test(test_recursion),
        cmocka_unit_test(test_by_sample),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
