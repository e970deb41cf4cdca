/* test_activation_accuracy.c - every f and f' of the table against MPFR, in units in the last
 * place.
 *
 * The measure. The error of a double y against the true value t is |y - t| / ulp(m), where
 *   m = t in general, and
 *   m = the largest term where f or f' is a sum whose terms cancel (the reference names it),
 *   ulp(m) = the distance of neighbouring doubles at m: 2^(e-53) for 2^(e-1) <= |m| < 2^e, and at
 * least 2^-1074. An infinite y counts as 2^1024. The promise is 8 such units for every x; nothing
 * is forgiven here for the rounding of inner arguments. The references are the textbook formulas,
 * written so that they do not cancel, at 200 bits and with exponents that never run out. */
#include "math/activation.h"
#include "math/activation_forms.h"
#include "unit.h"

#ifndef HAVE_MPFR
int main(void)
{
    return 77; /* what automake counts as skipped */
}
#else

#include <float.h>
#include <math.h>
#include <mpfr.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BITS = 200, POINTS = 20000, SPARE = 200, PROMISE = 8 };

static const mpfr_rnd_t near = MPFR_RNDN;

struct truth {
    mpfr_t f, df;           /* the values */
    mpfr_t f_term, df_term; /* the largest terms: 0 where nothing cancels */
};

static mpfr_t x, alpha, beta;   /* the arguments, exact */
static mpfr_t q, s, c, u, v, w; /* scratch of the references */
static mpfr_t error;            /* and of ulps() */

/* out = 1/(1+e^-t), complement = 1 - out = 1/(1+e^t) */
static void logistic(mpfr_t out, mpfr_t complement, mpfr_t t)
{
    mpfr_exp(complement, t, near);
    mpfr_add_ui(complement, complement, 1, near);
    mpfr_ui_div(complement, 1, complement, near);
    mpfr_neg(out, t, near);
    mpfr_exp(out, out, near);
    mpfr_add_ui(out, out, 1, near);
    mpfr_ui_div(out, 1, out, near);
}

/* out = the one of larger magnitude */
static void larger(mpfr_t out, mpfr_t a, mpfr_t b)
{
    mpfr_set(out, mpfr_cmpabs(a, b) > 0 ? a : b, near);
}

static void true_sigmoid(struct truth *t)
{
    logistic(t->f, c, x);
    mpfr_mul(t->df, t->f, c, near);
}

static void true_tanh(struct truth *t)
{
    mpfr_tanh(t->f, x, near);
    mpfr_sech(t->df, x, near);
    mpfr_sqr(t->df, t->df, near);
}

static void true_relu(struct truth *t)
{
    mpfr_set_zero(t->f, 1);
    if (mpfr_sgn(x) > 0)
        mpfr_set(t->f, x, near);
    mpfr_set_si(t->df, mpfr_sgn(x) > 0, near);
}

static void true_leaky_relu(struct truth *t)
{
    bool right = mpfr_sgn(x) > 0;

    mpfr_mul(t->f, x, alpha, near);
    mpfr_set(right ? t->f : t->df, right ? x : alpha, near);
    if (right)
        mpfr_set_ui(t->df, 1, near);
}

static void true_elu(struct truth *t)
{
    if (mpfr_sgn(x) > 0) {
        mpfr_set(t->f, x, near);
        mpfr_set_ui(t->df, 1, near);
        return;
    }
    mpfr_expm1(t->f, x, near);
    mpfr_mul(t->f, t->f, alpha, near);
    mpfr_exp(t->df, x, near);
    mpfr_mul(t->df, t->df, alpha, near);
}

static void true_gelu(struct truth *t)
{
    mpfr_sqrt_ui(u, 2, near); /* Phi = erfc(-x/sqrt(2))/2 */
    mpfr_div(u, x, u, near);
    mpfr_neg(u, u, near);
    mpfr_erfc(v, u, near);
    mpfr_div_ui(v, v, 2, near);
    mpfr_mul(t->f, x, v, near);
    mpfr_sqr(u, u, near); /* x phi = x e^(-x^2/2)/sqrt(2 pi) */
    mpfr_neg(u, u, near);
    mpfr_exp(u, u, near);
    mpfr_mul(u, u, x, near);
    mpfr_const_pi(w, near);
    mpfr_mul_ui(w, w, 2, near);
    mpfr_sqrt(w, w, near);
    mpfr_div(u, u, w, near);
    mpfr_add(t->df, v, u, near);
    larger(t->df_term, u, v);
}

/* f = x s(q), f' = s + x q' s(1-s); xdq = x q' is destroyed. */
static void gated(struct truth *t, mpfr_t argument, mpfr_t xdq)
{
    logistic(s, c, argument);
    mpfr_mul(t->f, x, s, near);
    mpfr_mul(xdq, xdq, s, near);
    mpfr_mul(xdq, xdq, c, near);
    mpfr_add(t->df, s, xdq, near);
    larger(t->df_term, s, xdq);
}

static void true_swish(struct truth *t)
{
    mpfr_mul(q, beta, x, near);
    mpfr_set(u, q, near);
    gated(t, q, u);
}

static void true_identity(struct truth *t)
{
    mpfr_set(t->f, x, near);
    mpfr_set_ui(t->df, 1, near);
}

static void true_step(struct truth *t)
{
    mpfr_set_si(t->f, mpfr_sgn(x) > 0, near);
    mpfr_set_zero(t->df, 1);
}

/* f = clip(x, lo, hi), f' = 1 strictly between */
static void clipped(struct truth *t, mpfr_t y, int lo, int hi)
{
    bool below = mpfr_cmp_si(y, lo) <= 0, above = mpfr_cmp_si(y, hi) >= 0;

    mpfr_set(t->f, y, near);
    if (below)
        mpfr_set_si(t->f, lo, near);
    if (above)
        mpfr_set_si(t->f, hi, near);
    mpfr_set_si(t->df, !below && !above, near);
}

static void true_relu6(struct truth *t)
{
    clipped(t, x, 0, 6);
}

static void true_prelu(struct truth *t)
{
    true_leaky_relu(t);
}

static void true_celu(struct truth *t)
{
    if (mpfr_sgn(x) > 0) {
        true_identity(t);
        return;
    }
    mpfr_div(q, x, alpha, near);
    mpfr_expm1(t->f, q, near);
    mpfr_mul(t->f, t->f, alpha, near);
    mpfr_exp(t->df, q, near);
}

static void true_selu(struct truth *t)
{
    mpfr_set_d(u, SELU_LAMBDA, near);
    mpfr_set_d(alpha, SELU_ALPHA, near);
    true_elu(t);
    mpfr_mul(t->f, t->f, u, near);
    mpfr_mul(t->df, t->df, u, near);
}

/* 1/2 (1+tanh(z)) = s(2z), z = k(x + 0.044715 x^3), k = sqrt(2/pi) */
static void true_gelu_tanh(struct truth *t)
{
    mpfr_const_pi(v, near);
    mpfr_ui_div(v, 2, v, near);
    mpfr_sqrt(v, v, near);
    mpfr_mul_ui(v, v, 2, near);
    mpfr_sqr(w, x, near);
    mpfr_mul_ui(w, w, 44715, near);
    mpfr_div_ui(w, w, 1000000, near);
    mpfr_add_ui(q, w, 1, near);
    mpfr_mul(q, q, v, near);
    mpfr_mul(q, q, x, near);
    mpfr_mul_ui(u, w, 3, near);
    mpfr_add_ui(u, u, 1, near);
    mpfr_mul(u, u, v, near);
    mpfr_mul(u, u, x, near);
    gated(t, q, u);
}

/* T = tanh(p), f' = T + x s sech(p)^2, p = ln(1+e^x) */
static void true_mish(struct truth *t)
{
    logistic(s, c, x);
    mpfr_exp(q, x, near);
    mpfr_log1p(q, q, near);
    mpfr_tanh(v, q, near);
    mpfr_mul(t->f, x, v, near);
    mpfr_sech(u, q, near);
    mpfr_sqr(u, u, near);
    mpfr_mul(u, u, s, near);
    mpfr_mul(u, u, x, near);
    mpfr_add(t->df, v, u, near);
    larger(t->df_term, u, v);
}

/* t = ln(1+e^t) = max(t,0) + ln(1+e^-|t|): even MPFR's exponents end, at e^(10^18). */
static void softplus(mpfr_t t)
{
    mpfr_abs(u, t, near);
    mpfr_neg(u, u, near);
    mpfr_exp(u, u, near);
    mpfr_log1p(u, u, near);
    if (mpfr_sgn(t) > 0)
        mpfr_add(t, t, u, near);
    else
        mpfr_set(t, u, near);
}

static void true_softplus(struct truth *t)
{
    mpfr_mul(q, beta, x, near);
    logistic(t->df, c, q);
    softplus(q);
    mpfr_div(t->f, q, beta, near);
}

static void true_softsign(struct truth *t)
{
    mpfr_abs(u, x, near);
    mpfr_add_ui(u, u, 1, near);
    mpfr_div(t->f, x, u, near);
    mpfr_sqr(u, u, near);
    mpfr_ui_div(t->df, 1, u, near);
}

static void true_hardsigmoid(struct truth *t)
{
    mpfr_add_ui(u, x, 3, near);
    clipped(t, u, 0, 6);
    mpfr_div_ui(t->f, t->f, 6, near);
    mpfr_div_ui(t->df, t->df, 6, near);
}

static void true_hardtanh(struct truth *t)
{
    clipped(t, x, -1, 1);
}

static void true_hardswish(struct truth *t)
{
    mpfr_add_ui(u, x, 3, near);
    clipped(t, u, 0, 6);
    mpfr_mul(t->f, t->f, x, near);
    mpfr_div_ui(t->f, t->f, 6, near);
    if (mpfr_zero_p(t->df)) {
        mpfr_set_si(t->df, mpfr_sgn(x) > 0, near);
        return;
    }
    mpfr_div_ui(u, x, 3, near);
    mpfr_set_d(v, 0.5, near);
    mpfr_add(t->df, u, v, near);
    larger(t->df_term, u, v);
}

static void true_logsigmoid(struct truth *t)
{
    logistic(s, t->df, x);
    mpfr_neg(q, x, near);
    softplus(q);
    mpfr_neg(t->f, q, near);
}

/* x - tanh x; where that would cancel the 200 bits away, x^3 (1/3 - 2/15 x^2 + 17/315 x^4 - 62/2835
 * x^6) */
static void true_tanhshrink(struct truth *t)
{
    mpfr_tanh(u, x, near);
    mpfr_sqr(t->df, u, near);
    if (mpfr_get_exp(x) > -20) {
        mpfr_sub(t->f, x, u, near);
        return;
    }
    mpfr_sqr(v, x, near);
    mpfr_mul_si(w, v, -62 * 105, near);
    mpfr_add_ui(w, w, 17 * 945, near);
    mpfr_mul(w, w, v, near);
    mpfr_sub_ui(w, w, 2 * 19845, near);
    mpfr_mul(w, w, v, near);
    mpfr_add_ui(w, w, 99225, near);
    mpfr_div_ui(w, w, 297675, near);
    mpfr_mul(w, w, v, near);
    mpfr_mul(t->f, w, x, near);
}

static void true_softshrink(struct truth *t)
{
    bool beyond = mpfr_cmpabs(x, alpha) > 0;

    mpfr_set_zero(t->f, 1);
    if (beyond && mpfr_sgn(x) > 0)
        mpfr_sub(t->f, x, alpha, near);
    else if (beyond)
        mpfr_add(t->f, x, alpha, near);
    mpfr_set_si(t->df, beyond || mpfr_zero_p(alpha), near);
}

static void true_hardshrink(struct truth *t)
{
    true_softshrink(t);
    if (!mpfr_zero_p(t->f))
        mpfr_set(t->f, x, near);
}

static void true_threshold(struct truth *t)
{
    bool above = mpfr_cmp(x, alpha) > 0;

    mpfr_set(t->f, above ? x : beta, near);
    mpfr_set_si(t->df, above, near);
}

static void (*const truths[])(struct truth *) = {
#define TRUTH(name) true_##name,
    ACTIVATION_LIST(TRUTH)
#undef TRUTH
};

/* |y - true| in units of the last place of the larger of value and term. */
static double ulps(double y, mpfr_t value, mpfr_t term)
{
    mpfr_ptr m = mpfr_cmpabs(term, value) > 0 ? term : value;
    mpfr_exp_t e = mpfr_regular_p(m) ? mpfr_get_exp(m) - 53 : -1074;

    if (isnan(y))
        return INFINITY;
    if (isinf(y)) /* right when the true value is at least nearly that large */
        mpfr_set_si_2exp(error, y > 0 ? 1 : -1, 1024, near);
    else
        mpfr_set_d(error, y, near);
    if (mpfr_cmpabs(value, error) >= 0 && isinf(y) && mpfr_sgn(value) == (y > 0 ? 1 : -1))
        return 0;
    mpfr_sub(error, error, value, near);
    mpfr_mul_2si(error, error, -(e < -1074 ? -1074 : e > 971 ? 971 : e), near);
    return fabs(mpfr_get_d(error, near));
}

/* ---- the points ---- */

static uint64_t random_state = 20240607;

static uint64_t random_bits(void) /* xorshift64* (Vigna 2016) */
{
    random_state ^= random_state >> 12;
    random_state ^= random_state << 25;
    random_state ^= random_state >> 27;
    return random_state * 2685821657736338717u;
}

static double uniform(double a, double b)
{
    return a + (b - a) * (double)(random_bits() >> 11) * 0x1p-53;
}

/* Any finite double: every sign and exponent as often as another, subnormals too. */
static double anything(void)
{
    for (;;) {
        uint64_t bits = random_bits();
        double y;

        memcpy(&y, &bits, sizeof y);
        if (isfinite(y))
            return y;
    }
}

/* Where something changes inside the formulas or of the function; visited with their next 20
 * neighbours. */
static const double marks[] = {
    0,       DBL_MIN, 0x1p-1074,  1e-300,     1e-160,     1e-100,     1e-20,      0x1p-54,
    0x1p-53, 1e-8,    0.001,      0.5,        0.6,        1,          1.4142,     1.5,
    2,       3,       6,          17,         18.714,     19.06,      20,         36,
    36.7368, 37,      38.485,     38.56,      40,         50,         88.7,       372,
    350,     354,     700,        708.3964,   709.7827,   710.4758,   744.4401,   745.1332,
    746,     751,     1e3,        1e8,        1e77,       1e154,      1.34e154,   1e300,
    1e308,   DBL_MAX, 0.75179152, 0.75246142, 1.27846454, 1.19243121, 2.39935728, 1.49057117,
    21.3,    21.4,    21.45,      0.25,
};
enum { MARKS = sizeof marks / sizeof *marks, AROUND = 20 };

static double step_ulps(double y, int n)
{
    for (; n > 0; n--)
        y = nextafter(y, INFINITY);
    for (; n < 0; n++)
        y = nextafter(y, -INFINITY);
    return y;
}

/* The i-th of n points for a function whose own scale (1/beta, alpha) is `scale` and which breaks
 * at `at`. */
static double point(int i, int n, double scale, const struct fn_break *at, int breaks)
{
    int near_mark = 2 * MARKS * 5;

    if (i < near_mark) { /* +-marks, with a few of their neighbours each */
        double y = marks[i / 2 % MARKS] * (i % 2 ? -1 : 1);

        return step_ulps(i % 3 ? y : y * scale, (int)(random_bits() % (2 * AROUND + 1)) - AROUND);
    }
    i -= near_mark;
    if (breaks && i < 2 * AROUND * breaks)
        return step_ulps(at[i % breaks].x, i / breaks - AROUND);
    switch (i % 8) {
    case 0:
        return anything();
    case 1:
        return uniform(-800, 800) * scale;
    case 2:
        return uniform(-50, 50) * scale;
    case 3:
        return ldexp(uniform(-1, 1), (int)uniform(-60, 10));
    case 4:
        return uniform(-40, 2);
    default:
        return -12 + 24.0 * i / n + uniform(0, 24.0 / n); /* dense */
    }
}

struct setting_pair {
    double alpha, beta;
};

/* Parameter values to try: the default is the first; only the used ones differ. */
static int parameters(const struct activation *act, struct setting_pair out[9])
{
    static const double values[] = {0.3, 1, 2, 4.7, -0.7, 0, 1.0 / 3};
    int n = 0;

    out[n++] = (struct setting_pair){act->alpha.fallback, act->beta.fallback};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        struct fn fn = fn_default(act);
        bool moved = false;

        if (act->alpha.meaning)
            moved |= fn_set_parameter(&fn, "alpha", values[i], NULL);
        if (act->beta.meaning)
            moved |=
                fn_set_parameter(&fn, "beta", values[act->alpha.meaning ? 5 - i % 5 : i], NULL);
        if (moved)
            out[n++] = (struct setting_pair){fn.alpha, fn.beta};
    }
    if (n > 1) /* far out of bounds, as an expression may call it: celu(x, 300) */
        out[n++] = (struct setting_pair){300, 0.004};
    return n;
}

struct worst {
    double ulps, x, alpha, beta, y;
};

static void note(struct worst *w0, double off, const struct fn *fn, double at, double y)
{
    if (off > w0->ulps)
        *w0 = (struct worst){off, at, fn->alpha, fn->beta, y};
}

static void test_accuracy(void **state)
{
    const int points = rounds(POINTS, POINTS / 20);
    struct truth t;
    int bad = 0;

    (void)state;
    mpfr_inits2(BITS, t.f, t.df, t.f_term, t.df_term, x, alpha, beta, q, s, c, u, v, w, error,
                (mpfr_ptr)0);
    for (int k = 0; k < activation_count; k++) {
        const struct activation *act = &activation_table[k];
        struct setting_pair set[9];
        int sets = parameters(act, set), each = (points + SPARE) / sets, tried = 0;
        struct worst f = {0}, df = {0};

        for (int j = 0; j < sets; j++) {
            struct fn fn = {act, set[j].alpha, set[j].beta};
            struct fn_break at[FN_MAX_BREAKS];
            int breaks = fn_breaks(&fn, at);
            double scale = act->beta.meaning && !act->alpha.meaning && fn.beta != 0 ? 1 / fn.beta
                           : act->alpha.nonzero                                     ? fn.alpha
                                                                                    : 1;

            for (int i = 0; i < each; i++) {
                double z = point(i, each, scale, at, breaks);

                if (!isfinite(z))
                    continue;
                tried++;
                mpfr_set_d(x, z, near);
                mpfr_set_d(alpha, fn.alpha, near);
                mpfr_set_d(beta, fn.beta, near);
                mpfr_set_zero(t.f_term, 1);
                mpfr_set_zero(t.df_term, 1);
                truths[k](&t);
                note(&f, ulps(fn_f(&fn, z), t.f, t.f_term), &fn, z, fn_f(&fn, z));
                note(&df, ulps(fn_df(&fn, z), t.df, t.df_term), &fn, z, fn_df(&fn, z));
            }
        }
        assert_true(tried >= points);
        if (getenv("VERBOSE"))
            printf("%-12s f %5.2f at %-24.17g f' %5.2f at %-24.17g (alpha %g beta %g)\n", act->name,
                   f.ulps, f.x, df.ulps, df.x, df.alpha, df.beta);
        for (int d = 0; d < 2; d++) {
            struct worst *w0 = d ? &df : &f;

            if (w0->ulps <= PROMISE)
                continue;
            bad++;
            print_error("%s of %s is %g ulp off at x = %.17g, alpha = %g, beta = %g: %.17g\n",
                        d ? "f'" : "f", act->name, w0->ulps, w0->x, w0->alpha, w0->beta, w0->y);
        }
    }
    mpfr_clears(t.f, t.df, t.f_term, t.df_term, x, alpha, beta, q, s, c, u, v, w, error,
                (mpfr_ptr)0);
    assert_int_equal(bad, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_accuracy),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);

    mpfr_free_cache();
    return failed;
}
#endif
