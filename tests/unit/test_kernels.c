/* test_kernels.c - every table of kernels against the same in double: activations over all of
 * float's range, products of many shapes, losses and updates. */
#include "kernels/kernels.h"
#include "math/facts.h"
#include "unit.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { POINTS = 60000 };

static float from_bits(uint32_t bits)
{
    float f;

    memcpy(&f, &bits, sizeof f);
    return f;
}

/* Evenly over [-20, 20], then over all exponents (up to 4e37) and both signs. */
static int points(float *z)
{
    int n = 0;

    while (n < POINTS / 2) {
        z[n] = (float)(-20 + 40. * n / (POINTS / 2));
        n++;
    }
    for (uint32_t bits = 0; n < POINTS - 8; bits += 0x7e000000u / (POINTS / 4)) {
        z[n] = from_bits(bits);
        z[n + 1] = -z[n];
        n += 2;
    }
    return n;
}

/* 2e-6 of the value; where terms of f' cancel, of the terms; what is below float's normal numbers
 * may be 0. */
static double allowed(const struct fn *fn, double x, double value)
{
    bool far = x < -4; /* an inner argument that is rounded: e^-x feels x's last place */
    double relative = far && (strcmp(fn->act->name, "gelu_tanh") == 0 || fn->act->beta.meaning ||
                              fn->act->alpha.meaning)
                          ? 2e-5
                          : 2e-6;

    return relative * fabs(value) + 1e-35;
}

static void check_function(const struct kernels *k, const struct fn *fn, const float *z, int n,
                           double *worst)
{
    static float a[POINTS], d[POINTS], alone[POINTS];
    kernel_activation *kernel = k->activation(fn->act);
    const bool falls = fn_shape(fn).slope_lo < 0;

    assert_non_null(kernel);
    kernel(fn, z, a, d, (size_t)n);
    kernel(fn, z, alone, NULL, (size_t)n);
    assert_memory_equal(a, alone, sizeof *a * (size_t)n);
    for (int i = 0; i < n; i++) {
        double x = z[i], f = fn_f(fn, x), df = fn_df(fn, x), off = fabs((double)a[i] - f),
               doff = fabs((double)d[i] - df);

        if (fabs(f) > FLT_MAX) { /* x^2 ends before x does */
            assert_true(isinf(a[i]) && signbit(a[i]) == signbit(f));
            continue;
        }
        if (!(off <= allowed(fn, x, f)))
            fail_msg("%s %s(%.9g) = %.9g, not %.9g: %.2g of it", k->name, fn->act->name, x,
                     (double)a[i], f, off / fabs(f));
        if (!(doff <= allowed(fn, x, df) + (falls ? 1e-6 * (fabs(x) < 8) : 0)))
            fail_msg("%s %s'(%.9g) = %.9g, not %.9g: %.2g of it", k->name, fn->act->name, x,
                     (double)d[i], df, doff / fabs(df));
        if (fabs(f) > 1e-30 && off / fabs(f) > worst[0])
            worst[0] = off / fabs(f);
        if (doff > worst[1])
            worst[1] = doff;
    }
}

static void test_activations(void **state)
{
    static float z[POINTS];
    int n = points(z);

    (void)state;
    for (const struct kernels *const *k = kernels_available(); *k; k++)
        for (int i = 0; i < activation_count; i++) {
            struct fn fn = fn_default(&activation_table[i]);
            double worst[2] = {0};

            check_function(*k, &fn, z, n, worst);
            if (getenv("VERBOSE"))
                printf("%-8s %-12s f within %.1e of itself, f' within %.1e\n", (*k)->name,
                       fn.act->name, worst[0], worst[1]);
            if (fn.act->alpha.meaning)
                fn.alpha = (double)(float)(fn.alpha * .7 + .2);
            if (fn.act->beta.meaning)
                fn.beta = (double)(float)(fn.beta * .7 + 1.1);
            check_function(*k, &fn, z, n, worst);
        }
}

/* NaN comes out as NaN, infinities as the limits; no length reads or writes past its end. */
static void test_edges(void **state)
{
    (void)state;
    for (const struct kernels *const *k = kernels_available(); *k; k++)
        for (int i = 0; i < activation_count; i++) {
            struct fn fn = fn_default(&activation_table[i]);
            float z[40], a[41], d[41];

            for (int n = 0; n <= 40; n++) {
                for (int j = 0; j < n; j++)
                    z[j] = j % 3 == 0 ? NAN : j % 3 == 1 ? INFINITY : -INFINITY;
                a[n] = d[n] = 7;
                kernels_activate(*k, &fn, z, a, d, (size_t)n);
                for (int j = 0; j < n; j++) {
                    double f = fn_f(&fn, z[j]);

                    if (isnan(f) ? !isnan(a[j]) : !(a[j] == (float)f || fabs(a[j] - f) < 1e-35))
                        fail_msg("%s %s(%g) = %g, not %g", (*k)->name, fn.act->name, z[j], a[j], f);
                    if (!isnan(f) && (double)d[j] != fn_df(&fn, z[j]) &&
                        !(fabs(d[j] - fn_df(&fn, z[j])) <= 1e-7 * fabs(fn_df(&fn, z[j])) + 1e-35))
                        fail_msg("%s %s'(%g) = %g, not %g", (*k)->name, fn.act->name, z[j], d[j],
                                 fn_df(&fn, z[j]));
                }
                assert_true(a[n] == 7 && d[n] == 7);
            }
        }
}

static uint32_t seed = 1;

static float number(void)
{
    seed = seed * 1664525 + 1013904223;
    return (float)(seed >> 8) / 8388608 - 1;
}

static float *numbers(int n)
{
    float *v = malloc(sizeof *v * (size_t)n);

    assert_non_null(v);
    for (int i = 0; i < n; i++)
        v[i] = number();
    return v;
}

static void near(const struct kernels *k, const char *what, int rows, int depth, int cols,
                 float got, double expected)
{
    if (!(fabs((double)got - expected) <= 2e-6 * (1 + depth)))
        fail_msg("%s %s %dx%dx%d: %.9g, not %.9g", k->name, what, rows, depth, cols, (double)got,
                 expected);
}

static void check_products(const struct kernels *k, int rows, int depth, int cols)
{
    int lda = depth + 3, ldb = cols + k->lanes, ldc = cols + 5;
    float *a = numbers(rows * lda), *b = numbers(depth * ldb), *bias = numbers(cols),
          *mul = numbers(rows * ldc);
    float *c = numbers(rows * ldc + 1), *d = numbers(rows * ldc), *g = numbers(depth * ldb),
          *before = numbers(depth * ldb);

    for (int with = 0; with < 4; with++) {
        c[(rows - 1) * ldc + cols] = 7; /* beyond the last row's end */
        k->product(rows, depth, cols, a, lda, b, ldb, with & 1 ? bias : NULL, with & 2 ? mul : NULL,
                   c, ldc);
        assert_true(c[(rows - 1) * ldc + cols] == 7);
        for (int s = 0; s < rows; s++)
            for (int j = 0; j < cols; j++) {
                double sum = with & 1 ? (double)bias[j] : 0;

                for (int i = 0; i < depth; i++)
                    sum += (double)a[s * lda + i] * (double)b[i * ldb + j];
                near(k, "product", rows, depth, cols, c[s * ldc + j],
                     with & 2 ? sum * (double)mul[s * ldc + j] : sum);
            }
    }
    for (int add = 0; add < 2; add++) {
        memcpy(g, before, sizeof *g * (size_t)(depth * ldb));
        k->gradient(rows, depth, cols, a, lda, d, ldc, add, g, ldb);
        for (int i = 0; i < depth; i++)
            for (int j = 0; j < cols; j++) {
                double sum = add ? (double)before[i * ldb + j] : 0;

                for (int s = 0; s < rows; s++)
                    sum += (double)a[s * lda + i] * (double)d[s * ldc + j];
                near(k, "gradient", rows, depth, cols, g[i * ldb + j], sum);
            }
        assert_true(g[cols] == before[cols]);
    }
    memcpy(g, before, sizeof *g * (size_t)(depth * ldb));
    k->descend(rows, depth, cols, a, lda, d, ldc, .5f, g, ldb);
    for (int i = 0; i < depth; i++)
        for (int j = 0; j < cols; j++) {
            double sum = 0;

            for (int s = 0; s < rows; s++)
                sum += (double)a[s * lda + i] * (double)d[s * ldc + j];
            near(k, "descend", rows, depth, cols, g[i * ldb + j],
                 (double)before[i * ldb + j] - .5 * sum);
        }
    assert_true(g[cols] == before[cols]);
    free(a), free(b), free(bias), free(mul), free(c), free(d), free(g), free(before);
}

static void check_sums(const struct kernels *k, int rows, int depth, int cols)
{
    int ldb = cols + k->lanes, ldc = cols + 5;
    float *bias = numbers(cols), *d = numbers(rows * ldc), *g = numbers(depth * ldb),
          *before = numbers(depth * ldb), *z = numbers(rows);

    for (int add = 0; add < 2; add++) {
        memcpy(g, before, sizeof *g * (size_t)cols);
        k->columns(rows, cols, d, ldc, add, g);
        for (int j = 0; j < cols; j++) {
            double sum = add ? (double)before[j] : 0;

            for (int s = 0; s < rows; s++)
                sum += (double)d[s * ldc + j];
            near(k, "columns", rows, 1, cols, g[j], sum);
        }
    }
    k->dots(rows, cols, d, ldc, bias, .5f, z);
    for (int s = 0; s < rows; s++) {
        double sum = .5;

        for (int j = 0; j < cols; j++)
            sum += (double)d[s * ldc + j] * (double)bias[j];
        near(k, "dots", rows, cols, 1, z[s], sum);
    }
    k->transpose(depth, cols < ldb ? cols : ldb, before, ldb,
                 g = realloc(g, sizeof *g * (size_t)(cols * (depth + 2))), depth + 2);
    for (int i = 0; i < depth; i++)
        for (int j = 0; j < cols; j++)
            assert_true(g[j * (depth + 2) + i] == before[i * ldb + j]);
    free(bias), free(d), free(g), free(before), free(z);
}

static void test_products(void **state)
{
    static const int rows[] = {1, 2, 5, 7, 10, 12, 13, 23, 24, 25, 64},
                     depths[] = {1, 2, 8, 17, 33};

    (void)state;
    for (const struct kernels *const *k = kernels_available(); *k; k++)
        for (size_t r = 0; r < sizeof rows / sizeof *rows; r++)
            for (size_t d = 0; d < sizeof depths / sizeof *depths; d++)
                for (int vectors = 1; vectors <= 7; vectors++) {
                    check_products(*k, rows[r], depths[d], vectors * (*k)->lanes);
                    check_sums(*k, rows[r], depths[d], vectors * (*k)->lanes);
                }
    /* So large that operands are sent for ahead: in products, and in gradients. */
    for (const struct kernels *const *k = kernels_available(); *k; k++) {
        check_products(*k, 37, 300, 144);
        check_products(*k, 300, 37, 144);
    }
}

/* Of every length, and of numbers whose squares no float can hold. */
static void test_squares(void **state)
{
    static const float sizes[] = {1, 1e-37f, 1e38f};

    (void)state;
    for (const struct kernels *const *k = kernels_available(); *k; k++)
        for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++)
            for (size_t n = 0; n < 150; n++) {
                float *v = numbers((int)n + 1);
                double sum = 0;

                for (size_t i = 0; i < n; i++) {
                    v[i] *= sizes[s];
                    sum += (double)v[i] * (double)v[i];
                }
                v[n] = NAN;
                assert_true(fabs((*k)->squares(n, v) - sum) <= 1e-14 * sum);
                free(v);
            }
}

static void test_cross_entropy(void **state)
{
    (void)state;
    for (const struct kernels *const *k = kernels_available(); *k; k++)
        for (int n = 1; n < 40; n++) {
            float z[40], y[40], dz[41];
            double sum = 0, got;

            for (int i = 0; i < n; i++) {
                z[i] = 30 * number();
                y[i] = i % 2 ? 1 : 0;
                sum += fmax((double)z[i], 0) - (double)y[i] * (double)z[i] +
                       log1p(exp(-fabs((double)z[i])));
            }
            dz[n] = 7;
            got = (*k)->cross_entropy(n, z, y, .25f, dz);
            assert_true(fabs(got - sum) <= 1e-6 * (1 + sum));
            assert_true(dz[n] == 7);
            for (int i = 0; i < n; i++) {
                double p = 1 / (1 + exp(-(double)z[i]));

                if (!(fabs((double)dz[i] - .25 * (p - (double)y[i])) <= 2e-7))
                    fail_msg("%s: dz(%g, %g) = %g", (*k)->name, z[i], y[i], dz[i]);
            }
            z[n / 2] = NAN;
            assert_false(isfinite((*k)->cross_entropy(n, z, y, 1, NULL)));
            z[n / 2] =
                y[n / 2] == 1 ? INFINITY : -INFINITY; /* the right answer, but no number any more */
            assert_false(isfinite((*k)->cross_entropy(n, z, y, 1, NULL)));
        }
}

static void test_updates(void **state)
{
    (void)state;
    for (const struct kernels *const *k = kernels_available(); *k; k++)
        for (int rule = RULE_SGD; rule <= RULE_ADAM; rule++)
            for (int decayed = 0; decayed < 2; decayed++) {
                const struct kernel_update u = {.rule = (enum kernel_rule)rule,
                                                .lr = .1f,
                                                .scale = decayed ? .5f : 1,
                                                .l1 = decayed ? .01f : 0,
                                                .decay = decayed ? .02f : 0,
                                                .momentum = .9f,
                                                .correct1 = .19f,
                                                .correct2 = .001999f};
                int n = 37;
                float *w = numbers(n + 1), *g = numbers(n), *m = numbers(n), *v = numbers(n);
                double w0[37], m0[37], v0[37];

                for (int i = 0; i < n; i++) {
                    double h;

                    v[i] = fabsf(v[i]);
                    w0[i] = (double)w[i], m0[i] = (double)m[i], v0[i] = (double)v[i];
                    h = (double)u.scale * (double)g[i] + (double)u.l1 * (w0[i] > 0 ? 1 : -1) +
                        (double)u.decay * w0[i];
                    if (rule == RULE_SGD)
                        w0[i] -= .1 * h;
                    if (rule == RULE_MOMENTUM)
                        m0[i] = .9 * m0[i] + h, w0[i] -= .1 * m0[i];
                    if (rule == RULE_RMSPROP)
                        v0[i] = .99 * v0[i] + .01 * h * h, w0[i] -= .1 * h / (sqrt(v0[i]) + 1e-8);
                    if (rule == RULE_ADAM) {
                        m0[i] = .9 * m0[i] + .1 * h, v0[i] = .999 * v0[i] + .001 * h * h;
                        w0[i] -= .1 * (m0[i] / .19) / (sqrt(v0[i] / .001999) + 1e-8);
                    }
                }
                w[n] = 7;
                (*k)->update(&u, (size_t)n, w, g, m, v);
                for (int i = 0; i < n; i++)
                    if (!(fabs((double)w[i] - w0[i]) < 1e-6 && fabs((double)m[i] - m0[i]) < 1e-6 &&
                          fabs((double)v[i] - v0[i]) < 1e-6))
                        fail_msg("%s: rule %d: %g, not %g", (*k)->name, rule, w[i], w0[i]);
                assert_true(w[n] == 7);
                free(w), free(g), free(m), free(v);
            }
}

static void test_choice(void **state)
{
    const struct kernels *const *all = kernels_available();

    (void)state;
    assert_string_equal(all[0]->name, "scalar");
    assert_int_equal(setenv("ACTLAB_CPU", "scalar", 1), 0);
    assert_string_equal(kernels_for(256)->name, "scalar");
    unsetenv("ACTLAB_CPU");
    assert_true(kernels_for(256) != all[0]);
    for (int width = 1; width < 600; width++)
        assert_true(kernels_for(width)->lanes < 2 * width || kernels_for(width)->lanes == 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_activations),   cmocka_unit_test(test_edges),
        cmocka_unit_test(test_products),      cmocka_unit_test(test_squares),
        cmocka_unit_test(test_cross_entropy), cmocka_unit_test(test_updates),
        cmocka_unit_test(test_choice),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
