/* test_activation_accuracy.c - every f and f' of the table against MPFR, in units in the last
 * place.
 *
 * The measure. The error of a double y against the true value t is |y - t| / ulp(m), where
 *   m = t in general, and
 *   m = the largest term where f or f' is a sum whose terms cancel (the reference names it),
 *   ulp(m) = the distance of neighbouring doubles at m: 2^(e-53) for 2^(e-1) <= |m| < 2^e, and at
 * least 2^-1074. An infinite y counts as 2^1024. The promise is 8 such units for every x; nothing
 * is forgiven here for the rounding of inner arguments. The references are those of truth.h. */
#include "math/activation.h"
#include "unit.h"

#ifndef HAVE_MPFR
int main(void)
{
    return 77; /* what automake counts as skipped */
}
#else

#include "truth.h"

#include <float.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { POINTS = 20000, SPARE = 200, PROMISE = 8 };

static mpfr_t error; /* scratch of ulps() */

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
    truth_start(&t);
    mpfr_init2(error, BITS);
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
                truth_of(&t, &fn, z);
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
    mpfr_clear(error);
    truth_end(&t);
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
