/* test_activation_shape.c - the shape of a function: its kinks and jumps, its range, what its flags
 * claim, its largest slope, the figures that the literature gives; of functions of `def`, too. */
#include "expr/functions.h"
#include "fns.h"
#include "math/facts.h"

#include <math.h>
#include <stdlib.h>

/* ---- breaks ---- */

static void check_breaks(const struct fn *fn)
{
    struct fn_break at[FN_MAX_BREAKS];
    int n = fn_breaks(fn, at);

    assert_in_range(n, 0, FN_MAX_BREAKS);
    for (int i = 0; i < n; i++) {
        double x = at[i].x, h = 1e-9;
        double jump = fn_f(fn, x + h) - fn_f(fn, x - h), kink = fn_df(fn, x + h) - fn_df(fn, x - h);

        if (i && !(at[i - 1].x < x))
            fail_msg(WHERE ": breaks out of order", WHO(fn));
        if (at[i].jump != (fabs(jump) > 1e-6) || (!at[i].jump && fabs(kink) < 1e-6))
            fail_msg(WHERE ": no such break at %g (f jumps by %g, f' by %g)", WHO(fn), x, jump,
                     kink);
        /* the limits from either side are those of f and f' there, and the value is one of them or
         * between */
        for (int side = -1; side <= 1; side += 2) {
            double beside = x + side * h;

            if (fabs(fn_f_side(fn, x, side) - fn_f(fn, beside)) >
                    1e-8 * (1 + fabs(fn_f(fn, beside))) ||
                fabs(fn_df_side(fn, x, side) - fn_df(fn, beside)) >
                    1e-8 * (1 + fabs(fn_df(fn, beside))))
                fail_msg(WHERE ": wrong limits at %g", WHO(fn), x);
        }
    }
    /* nowhere else: between neighbours on a fine grid f and f' move no more than their own slope
     * allows */
    for (int i = 0; i < 40000; i++) {
        double h = 5e-4, x = -10 + i * h, bend;

        if (near_break(fn, x + h / 2, h))
            continue;
        bend =
            fmax(fabs(fn_df(fn, x + h) - fn_df(fn, x)), fabs(fn_df(fn, x + h / 2) - fn_df(fn, x)));
        if (!(bend <= 0.05 * (1 + fabs(fn_df(fn, x)))) ||
            !(fabs(fn_f(fn, x + h) - fn_f(fn, x)) <=
              h * (fmax(fabs(fn_df(fn, x)), fabs(fn_df(fn, x + h))) + bend) + 1e-12))
            fail_msg(WHERE ": an unlisted break near %g", WHO(fn), x);
    }
}

static void test_breaks(void **state)
{
    (void)state;
    each_setting(check_breaks);
    for (int k = 0; k < activation_count; k++) {
        struct fn fn = fn_default(&activation_table[k]);
        struct fn_break at[FN_MAX_BREAKS];

        assert_int_equal(fn_breaks(&fn, at) == 0, fn_shape(&fn).smooth);
    }
}

static void test_breaks_move(void **state)
{
    struct fn_break at[FN_MAX_BREAKS];
    struct fn fn = fn_named("hardshrink");

    (void)state;
    fn.alpha = 1.25;
    assert_int_equal(fn_breaks(&fn, at), 2);
    assert_true(at[0].x == -1.25 && at[1].x == 1.25 && at[0].jump && at[1].jump);
    assert_true(fn_f_side(&fn, 1.25, -1) == 0 && fn_f_side(&fn, 1.25, 1) == 1.25);
    fn.alpha = 0;
    assert_int_equal(fn_breaks(&fn, at), 0);
    fn = fn_named("elu");
    assert_int_equal(fn_breaks(&fn, at), 0);
    fn.alpha = 1.5;
    assert_int_equal(fn_breaks(&fn, at), 1);
    assert_true(fn_df_side(&fn, 0, -1) == 1.5 && fn_df_side(&fn, 0, 1) == 1);
    fn = fn_named("threshold");
    assert_int_equal(fn_breaks(&fn, at), 1);
    assert_true(at[0].x == 1 && at[0].jump);
    fn.beta = 1;
    assert_int_equal(fn_breaks(&fn, at), 1);
    assert_false(at[0].jump);
    fn = fn_named("hardswish");
    assert_true(fn_df_side(&fn, -3, 1) == -0.5 && fn_df_side(&fn, 3, -1) == 1.5);
    assert_true(fn_df_side(&fn, -3, -1) == 0 && fn_df_side(&fn, 3, 1) == 1);
    assert_true(fn_f_side(&fn, -3, 1) == 0 && fn_f_side(&fn, 3, -1) == 3);
}

/* ---- ranges ---- */

/* Samples out to 1e9 and beside the breaks lie inside, and come near both ends. */
static void check_range(const struct fn *fn)
{
    struct fn_break at[FN_MAX_BREAKS];
    double lo, hi, least = INFINITY, most = -INFINITY;
    int n = fn_breaks(fn, at);

    fn_range(fn, &lo, &hi);
    assert_true(lo <= hi);
    for (int i = -20000; i <= 20000; i++) {
        double u = i / 20000.0, x = u * u * u * (fabs(u) > 0.9 ? 1e9 : 60), y = fn_f(fn, x);

        if (!(y >= lo && y <= hi))
            fail_msg(WHERE ": f(%g) = %.17g is outside [%.17g, %.17g]", WHO(fn), x, y, lo, hi);
        least = fmin(least, y);
        most = fmax(most, y);
    }
    for (int i = 0; i < n; i++) {
        least = fmin(least, fmin(fn_f(fn, at[i].x - 1e-9), fn_f(fn, at[i].x + 1e-9)));
        most = fmax(most, fmax(fn_f(fn, at[i].x - 1e-9), fn_f(fn, at[i].x + 1e-9)));
    }
    if (isinf(lo) ? least > -1e6 : least - lo > 1e-6 * (1 + fabs(lo)))
        fail_msg(WHERE ": the least value is %g, not %g", WHO(fn), least, lo);
    if (isinf(hi) ? most < 1e6 : hi - most > 1e-6 * (1 + fabs(hi)))
        fail_msg(WHERE ": the largest value is %g, not %g", WHO(fn), most, hi);
}

static void test_ranges(void **state)
{
    (void)state;
    each_setting(check_range);
}

/* What is claimed of symmetry and growth. */
static void check_claims(const struct fn *fn)
{
    struct fn_shape s = fn_shape(fn);
    bool odd = true, rising = true;

    for (int i = -4000; i < 4000; i++) {
        double x = i / 200.0;

        odd &= fn_f(fn, -x) == -fn_f(fn, x);
        rising &= fn_f(fn, x) <= fn_f(fn, x + 1 / 200.0);
    }
    if (s.odd != (odd ? FN_YES : FN_NO) || s.monotone != (rising ? FN_YES : FN_NO))
        fail_msg(WHERE ": odd %d, rising %d", WHO(fn), odd, rising);
}

static void test_claims(void **state)
{
    (void)state;
    each_setting(check_claims);
}

/* ---- slopes ---- */

static void check_max_slope(const struct fn *fn)
{
    struct fn_break at[FN_MAX_BREAKS];
    double most = 0, claimed = fn_max_slope(fn);
    int n = fn_breaks(fn, at);

    for (int i = -200000; i <= 200000; i++)
        most = fmax(most, fabs(fn_df(fn, i / 4000.0)));
    for (int i = -300; i <= 300; i++) /* and far out: some slopes are largest at infinity only */
        most = fmax(most, fabs(fn_df(fn, copysign(pow(10, abs(i)), i))));
    for (int i = 0; i < n; i++)
        most = fmax(most, fmax(fabs(fn_df(fn, at[i].x - 1e-9)), fabs(fn_df(fn, at[i].x + 1e-9))));
    if (isinf(claimed) ? most < 1e6
                       : !(claimed >= most * (1 - 1e-15) && claimed <= most * (1 + 1e-6)))
        fail_msg(WHERE ": the largest slope is %.17g, not %.17g", WHO(fn), most, claimed);
}

static void test_max_slope(void **state)
{
    struct fn fn;

    (void)state;
    for (int k = 0; k < activation_count; k++) {
        fn = fn_default(&activation_table[k]);
        check_max_slope(&fn);
    }
    fn = fn_named("elu");
    fn.alpha = -3; /* the largest |f'| is the limit at 0 from below */
    assert_true(fn_max_slope(&fn) == 3);
    fn = fn_named("swish");
    fn.beta = 20;
    check_max_slope(&fn);
    fn = fn_named("sigmoid");
    assert_true(fn_max_slope(&fn) == 0.25);
    fn = fn_named("tanh");
    assert_true(fn_max_slope(&fn) == 1);
    fn = fn_named("step");
    assert_true(fn_max_slope(&fn) == 0);
    fn = fn_named("hardswish");
    assert_true(fn_max_slope(&fn) == 1.5);
    fn = fn_named("softshrink");
    assert_true(fn_max_slope(&fn) == 1);
}

static void close_to(double got, double wanted, double within)
{
    if (!(fabs(got - wanted) <= within))
        fail_msg("%.17g is not %.17g", got, wanted);
}

/* Figures that the literature gives. */
static void test_known_facts(void **state)
{
    struct fn fn = fn_named("gelu"), other = fn_named("gelu_tanh");
    double lo, hi, worst = 0;

    (void)state;
    fn_range(&fn, &lo, &hi);
    close_to(lo, -0.16997, 5e-6);
    close_to(fn_f(&fn, -0.75179), -0.16997, 5e-6);
    close_to(fn_df(&fn, -0.75179), 0, 5e-6);
    close_to(fn_df(&fn, sqrt(2)), 1.1289, 5e-5);
    close_to(fn_df(&fn, -sqrt(2)), -0.1289, 5e-5);
    close_to(fn_max_slope(&fn), fn_df(&fn, sqrt(2)), 1e-15);
    for (double x = -8; x < 8; x += 1e-3)
        worst = fmax(worst, fabs(fn_f(&fn, x) - fn_f(&other, x)));
    close_to(worst, 4.73e-4, 1e-6);
    close_to(fn_f(&fn, -20) / -5.507248237212467e-88, 1,
             1e-15); /* Phi(-20) = 2.7536241186062337e-89 */

    fn = fn_named("swish");
    fn_range(&fn, &lo, &hi);
    close_to(lo, -0.27846, 5e-6);
    close_to(fn_f(&fn, -1.27846), lo, 1e-9);
    close_to(fn_max_slope(&fn), 1.0998, 5e-5);
    fn.beta = 4;
    fn_range(&fn, &lo, &hi);
    close_to(lo, -0.27846 / 4, 2e-6);
    close_to(fn_f(&fn, -1.27846 / 4), lo, 1e-9);

    fn = fn_named("mish");
    fn_range(&fn, &lo, &hi);
    close_to(lo, -0.30884, 5e-6);
    close_to(fn_f(&fn, -1.19243), lo, 1e-9);

    fn = fn_named("selu");
    close_to(fn_df(&fn, 0), 1.7581, 5e-5);
    fn = fn_named("sigmoid");
    assert_true(fn_f(&fn, -1000) == 0 && fn_f(&fn, 0) == 0.5 && fn_f(&fn, 1000) == 1);
    assert_true(fn_f(&fn, -745) > 0); /* the smallest exponential is still seen */
    fn = fn_named("tanh");
    assert_true(fn_f(&fn, 800) == 1);
    for (double x = -1; x <= 1; x += 1e-3)
        assert_true(fn_df(&fn, x) <= 1);
}

static bool is_near(double a, double b, double by)
{
    return a == b || fabs(a - b) < by || (isnan(a) && isnan(b));
}

/* Functions of `def` answer the same questions through their expression. */
static void test_defined(void **state)
{
    const struct {
        const char *text;
        double lo, hi, slope;
    } row[] = {
        {"x^2", 0, INFINITY, INFINITY},
        {"sin(x)", -1, 1, 1},
        {"tanh(x)", -1, 1, 1},
        {"2-exp(-x^2)", 1, 2, 0.8577638849607068}, /* sqrt(2/e) */
        {"-x", -INFINITY, INFINITY, 1},
        {"if(x>0,3*x,0)", 0, INFINITY, 3},
        {"x*tanh(softplus(x))", -0.30884, INFINITY, 1.08850},
        {"log(abs(x)+1)", 0, INFINITY, 1},
        {"0/0", NAN, NAN, NAN},
        {"7", 7, 7, 0},
    };
    struct functions *functions = functions_new();

    (void)state;
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        const struct activation *act = functions_parse(functions, row[i].text, NULL);
        struct fn fn;
        double lo, hi;

        assert_non_null(act);
        fn = fn_default(act);
        fn_range(&fn, &lo, &hi);
        if (!is_near(lo, row[i].lo, 1e-4) || !is_near(hi, row[i].hi, 1e-4))
            fail_msg("%s lies in [%g, %g]", row[i].text, lo, hi);
        if (!is_near(fn_max_slope(&fn), row[i].slope, 1e-5))
            fail_msg("%s has slope %.17g", row[i].text, fn_max_slope(&fn));
    }
    {
        struct fn fn = fn_default(functions_parse(functions, "if(x>2,3*x,1)", NULL));
        struct fn_break at[FN_MAX_BREAKS];

        assert_int_equal(fn_breaks(&fn, at), 1);
        assert_true(at[0].x == 2 && at[0].jump);
        close_to(fn_f_side(&fn, 2, -1), 1, 1e-11);
        close_to(fn_f_side(&fn, 2, 1), 6, 1e-11);
        close_to(fn_df_side(&fn, 2, -1), 0, 1e-11);
        close_to(fn_df_side(&fn, 2, 1), 3, 1e-11);
    }
    functions_free(functions);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_breaks),    cmocka_unit_test(test_breaks_move),
        cmocka_unit_test(test_ranges),    cmocka_unit_test(test_claims),
        cmocka_unit_test(test_max_slope), cmocka_unit_test(test_known_facts),
        cmocka_unit_test(test_defined),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
