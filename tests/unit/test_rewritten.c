/* test_rewritten.c - every function of the table rewritten as an expression: the same values and
 * slopes to 1e-12, the same kinks and jumps. The table itself is held to MPFR
 * (test_activation_accuracy.c). */
#include "truth.h"
#include "unit.h"

#include "expr/expr.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* What rounding costs where a factor is subnormal. */
#define SUBNORMAL 1e-320

static struct expr *parsed(const char *text)
{
    struct error e;
    struct expr *expr = expr_parse(text, strlen(text), "x", NULL, &e);

    if (!expr)
        fail_msg("%s: %s", text, e.text);
    return expr;
}

static double size_of(const struct expr *terms, double x, const struct fn *fn)
{
    return terms ? fabs(expr_eval(terms, x, fn->alpha, fn->beta).v) : 0;
}

/* The i-th point: tails, the middle, and near 0. */
static double point(int i, uint64_t *random)
{
    double u;

    *random = *random * 6364136223846793005u + 1442695040888963407u;
    u = (double)(*random >> 11) * 0x1p-53;
    switch (i % 4) {
    case 0:
        return 16 * u - 8;
    case 1:
        return 80 * u - 40;
    case 2:
        return (i & 4 ? -1 : 1) * pow(10, -14 * u);
    default:
        return round(160 * u - 80) / 8; /* kinks among them */
    }
}

static void compare(const struct rewritten *r, const struct fn *fn, double x,
                    const struct expr *expr, const struct expr *f_terms,
                    const struct expr *df_terms)
{
    struct dual y = expr_eval(expr, x, fn->alpha, fn->beta);
    double f = fn_f(fn, x), df = fn_df(fn, x);

    if (!(fabs(y.v - f) <= 1e-12 * fmax(fabs(f), size_of(f_terms, x, fn)) + SUBNORMAL))
        fail_msg("%s (alpha %g, beta %g) at %.17g: %.17g, %s gives %.17g", r->name, fn->alpha,
                 fn->beta, x, f, r->text, y.v);
    if (!(fabs(y.d - df) <= 1e-12 * fmax(fabs(df), size_of(df_terms, x, fn)) + SUBNORMAL))
        fail_msg("%s' (alpha %g, beta %g) at %.17g: %.17g, (%s)' gives %.17g", r->name, fn->alpha,
                 fn->beta, x, df, r->text, y.d);
}

static void check_breaks(const struct rewritten *r, const struct fn *fn, const struct expr *expr)
{
    struct fn_break want[FN_MAX_BREAKS], found[FN_MAX_BREAKS];
    int n = fn_breaks(fn, want), m = expr_breaks(expr, fn->alpha, fn->beta, found);

    if (n != m)
        fail_msg("%s (alpha %g, beta %g) has %d breaks, %s %d", r->name, fn->alpha, fn->beta, n,
                 r->text, m);
    for (int i = 0; i < n; i++)
        if (want[i].x != found[i].x || want[i].jump != found[i].jump)
            fail_msg("%s (alpha %g, beta %g): break %d at %.17g, %s has it at %.17g", r->name,
                     fn->alpha, fn->beta, i, want[i].x, r->text, found[i].x);
}

static void each(void (*check)(const struct rewritten *, const struct fn *, const struct expr *))
{
    static const double values[] = {NAN, 0.3, 1, 2, -0.7, 1.0 / 3}; /* NAN: the defaults */

    for (int k = 0; rewritten[k].name; k++) {
        struct expr *expr = parsed(rewritten[k].text);
        struct fn fn = fn_default(activation_find(rewritten[k].name));

        for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
            bool moved = isnan(values[i]);

            if (!moved && fn.act->alpha.meaning)
                moved |= fn_set_parameter(&fn, "alpha", values[i], NULL);
            if (!isnan(values[i]) && fn.act->beta.meaning)
                moved |= fn_set_parameter(&fn, "beta", values[i], NULL);
            if (moved)
                check(&rewritten[k], &fn, expr);
        }
        expr_free(expr);
    }
}

static void check_values(const struct rewritten *r, const struct fn *fn, const struct expr *expr)
{
    struct expr *f_terms = r->f_terms ? parsed(r->f_terms) : NULL;
    struct expr *df_terms = r->df_terms ? parsed(r->df_terms) : NULL;
    uint64_t random = 1;

    for (int i = 0; i < 4000; i++)
        compare(r, fn, point(i, &random), expr, f_terms, df_terms);
    expr_free(f_terms);
    expr_free(df_terms);
}

static void every_function_is_here(void **state)
{
    (void)state;
    for (int k = 0; k < activation_count; k++) {
        bool here = false;

        for (int i = 0; rewritten[i].name; i++)
            here |= strcmp(rewritten[i].name, activation_table[k].name) == 0;
        if (!here)
            fail_msg("%s is not rewritten", activation_table[k].name);
    }
}

static void values_and_slopes_agree(void **state)
{
    (void)state;
    each(check_values);
}

static void breaks_agree(void **state)
{
    (void)state;
    each(check_breaks);
}

/* By name, with a constant added so that the chain rule is in play: the table's own bits. */
static void calls_by_name_agree(void **state)
{
    (void)state;
    for (int k = 0; k < activation_count; k++) {
        struct fn fn = fn_default(&activation_table[k]);
        char text[80];
        struct expr *expr;
        uint64_t random = 2;

        snprintf(text, sizeof text, "3*%s(2*x + 1)", fn.act->name);
        expr = parsed(text);
        for (int i = 0; i < 1000; i++) {
            double x = point(i, &random), u = 2 * x + 1;
            struct dual y = expr_eval(expr, x, NAN, NAN);

            assert_true(y.v == 3 * fn_f(&fn, u));
            assert_true(fabs(y.d - 6 * fn_df(&fn, u)) <= 1e-15 * fabs(y.d));
        }
        expr_free(expr);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_function_is_here),
        cmocka_unit_test(values_and_slopes_agree),
        cmocka_unit_test(breaks_agree),
        cmocka_unit_test(calls_by_name_agree),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
