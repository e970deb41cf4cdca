/* test_shape.c - what is said of a defined function's shape: right or not known, never a sample
 * taken for the truth. The interval arithmetic that proves it holds every value. */
#include "expr/expr_interval.h"
#include "expr/functions.h"
#include "math/facts.h"
#include "unit.h"

#include <math.h>
#include <string.h>

/* NAN: must not be known. A bound that might be known, but is too hard to prove, is given as ANY.
 */
#define ANY  1e99
#define INF  INFINITY
#define NONE NAN

static const struct {
    const char *text;
    double lo, hi, slope_lo, slope_hi;
} rows[] = {
    {"x^2", 0, INF, -INF, INF},
    {"x^3", -INF, INF, 0, INF},
    {"7", 7, 7, 0, 0},
    {"0/0", NONE, NONE, NONE, NONE},
    {"1/x", -INF, INF, -INF, 0},
    {"1/(x^2-2)", -INF, INF, -INF, INF},
    {"tan(x)", -INF, INF, 1, INF},
    {"log(x)", -INF, INF, 0, INF},
    {"log(x-1)", -INF, INF, 0, INF},
    {"sqrt(x)", 0, INF, 0, INF},
    {"sin(x)", -1, 1, -1, 1},
    {"sin(30*x)", -1, 1, -30, 30},
    {"x*sin(x)", -INF, INF, -INF, INF},
    {"atan(x)", -M_PI_2, M_PI_2, 0, 1},
    {"exp(x)", 0, INF, 0, INF},
    {"x^0.001", 0, INF, 0, INF}, /* at 1e308 it is 2 */
    {"log(log(abs(x)+3))", 0.0940478276166991, INF, ANY, ANY},
    /* narrow, far out, or both: no grid sees them */
    {"tanh(x-80)", -1, 1, 0, 1},
    {"tanh(1e6*(x-80))", -1, 1, 0, 1e6},
    {"exp(-(x-200)^2)", 0, 1, -0.8577638849607068, 0.8577638849607068},
    {"exp(-(1e4*(x-37.123))^2)", 0, 1, -8577.638849607068, 8577.638849607068},
    {"if(x>1e5 and x<100001, 7, tanh(x))", -1, 7, 0, 1},
    /* x more than once */
    {"x*exp(-x^2)", -0.4288819424803534, 0.4288819424803534, -0.4462603202968596, 1},
    {"x*tanh(softplus(x))", -0.3088434130173, INF, -0.1125261223890, 1.0884981612518},
    {"1/(1+exp(-x))", 0, 1, 0, 0.25},
    {"log(1+exp(x))", 0, INF, 0, 1},
    {"x/(1+abs(x))", -1, 1, 0, 1},
    {"x/sqrt(1+x^2)", -1, 1, 0, 1},
    {"x*sigmoid(x)+0.1*tanh(1e5*(x-7))", -0.3784645427610738, INF, -0.0998393201289, ANY},
    /* too hard, or no number: not known */
    {"(x+sqrt(x^2+4))/2", ANY, INF, ANY, ANY}, /* cancels: it is 0 or less from -1e8 on */
    {"x^x", NONE, INF, ANY, ANY},
    /* kinks and jumps, from both sides */
    {"max(0, x)", 0, INF, 0, 1},
    {"abs(x)", 0, INF, -1, 1},
    {"if(x>2, 3*x, 1)", 1, INF, 0, 3},
    {"if(x>0, x, 2*expm1(x))", -2, INF, 0, 2},
    {"log(abs(x)+1)", 0, INF, -1, 1},
    {"clip(x, -1, 1)", -1, 1, 0, 1},
    {"elu(x, 2)", -2, INF, 0, 2},
    {"sine(3*x)", -1, 1, -3, 3},
    {"gelu(x)+x", -INF, INF, 1 - 0.1289041451842, 2.1289041451842},
};

static void compare(const char *text, const char *what, double got, double wanted)
{
    if (wanted == ANY || (isnan(got) && isnan(wanted)) || got == wanted)
        return;
    if (!(fabs(got - wanted) <= 1e-9 * fmax(1, fabs(wanted))))
        fail_msg("%s: %s is %.17g, not %.17g", text, what, got, wanted);
}

static void bounds_are_right_or_not_known(void **state)
{
    struct functions *functions = functions_new();

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fn fn = fn_default(functions_parse(functions, rows[i].text, NULL));
        struct fn_shape s = fn_shape(&fn);

        compare(rows[i].text, "the least value", s.lo, rows[i].lo);
        compare(rows[i].text, "the largest value", s.hi, rows[i].hi);
        compare(rows[i].text, "the least slope", s.slope_lo, rows[i].slope_lo);
        compare(rows[i].text, "the largest slope", s.slope_hi, rows[i].slope_hi);
    }
    functions_free(functions);
}

/* Whatever is said lies beyond every value seen, and no sample of 1e5 points is beyond it. */
static void no_sample_is_beyond(void **state)
{
    struct functions *functions = functions_new();

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fn fn = fn_default(functions_parse(functions, rows[i].text, NULL));
        struct fn_shape s = fn_shape(&fn);

        for (int k = -20000; k <= 20000; k++) {
            struct dual y = fn_at(&fn, k * fabs(k * 1e-4) * 0.013);
            double slack = 1e-9 * fmax(1, fabs(y.d));

            if (y.v < s.lo - 1e-9 || y.v > s.hi + 1e-9 || y.d < s.slope_lo - slack ||
                y.d > s.slope_hi + slack)
                fail_msg("%s: %g, slope %g", rows[i].text, y.v, y.d);
        }
    }
    functions_free(functions);
}

static void symmetry_and_growth(void **state)
{
    static const struct {
        const char *text;
        enum fn_answer odd, monotone, smooth;
    } t[] = {
        {"x", FN_YES, FN_YES, FN_YES},
        {"x^2", FN_NO, FN_NO, FN_YES},
        {"x^3 + sin(x)", FN_YES, FN_YES, FN_YES},
        {"x/(1+abs(x))", FN_YES, FN_UNKNOWN, FN_YES}, /* it is, but intervals cannot say so */
        {"tanh(3*x)", FN_YES, FN_YES, FN_YES},
        {"x*abs(x)", FN_YES, FN_YES, FN_YES},
        {"abs(x)*cos(x)", FN_NO, FN_NO, FN_NO},
        {"x/(1+x^2)", FN_YES, FN_NO, FN_YES},
        {"if(abs(x) > 1, x, x^3)", FN_YES, FN_YES, FN_NO},
        {"if(x > 1, x, x^3)", FN_NO, FN_YES, FN_NO},
        {"x^if(abs(x) > 1, 2, 3)", FN_NO, FN_NO, FN_NO},
        {"if(x > 0, 1, 2)", FN_NO, FN_NO, FN_NO},
        {"tan(x)", FN_YES, FN_NO, FN_NO},
        {"floor(x)", FN_NO, FN_UNKNOWN, FN_NO},
        {"log(x)", FN_NO, FN_YES, FN_YES},
        {"max(0, x)", FN_NO, FN_YES, FN_NO},
        {"tanh(x - 80)", FN_NO, FN_YES, FN_YES},
        {"0/0", FN_YES, FN_UNKNOWN, FN_YES},
        {"exp(-(1e4*(x-37.123))^2)", FN_UNKNOWN, FN_NO, FN_YES},
    };
    struct functions *functions = functions_new();

    (void)state;
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        struct fn fn = fn_default(functions_parse(functions, t[i].text, NULL));
        struct fn_shape s = fn_shape(&fn);

        if (s.odd != t[i].odd || s.monotone != t[i].monotone || s.smooth != t[i].smooth)
            fail_msg("%s: odd %d, monotone %d, smooth %d", t[i].text, s.odd, s.monotone, s.smooth);
    }
    functions_free(functions);
}

static void shapes_follow_alpha_and_beta(void **state)
{
    struct functions *functions = functions_new();
    struct fn fn = fn_default(functions_define(functions, "mine(x) = if(x > 0, x, alpha*x)", NULL));

    (void)state;
    assert_int_equal(fn_shape(&fn).smooth, FN_YES); /* alpha = 1 */
    fn.alpha = 3;
    assert_int_equal(fn_shape(&fn).smooth, FN_NO);
    assert_true(fn_max_slope(&fn) == 3);
    fn.alpha = -1;
    assert_int_equal(fn_shape(&fn).monotone, FN_NO);
    assert_true(fn_shape(&fn).lo == 0);
    fn = fn_default(activation_find("elu"));
    assert_int_equal(fn_shape(&fn).smooth, FN_YES);
    fn.alpha = 2;
    assert_int_equal(fn_shape(&fn).smooth, FN_NO);
    fn = fn_default(activation_find("leaky_relu"));
    fn.alpha = -1;
    assert_int_equal(fn_shape(&fn).monotone, FN_NO);
    fn = fn_default(activation_find("swish"));
    fn.beta = 1e-3; /* it turns at 2400 */
    assert_true(fabs(fn_max_slope(&fn) - 1.0998393201288672) < 1e-12);
    functions_free(functions);
}

/* ---- intervals ---- */

static double uniform(double a, double b)
{
    static uint64_t random = 7;

    random = random * 6364136223846793005u + 1442695040888963407u;
    return a + (b - a) * (double)(random >> 11) * 0x1p-53;
}

static bool inside(struct span s, double v)
{
    const double slack = 1e-12 * fmax(1, fabs(v));

    return isnan(v) || v == s.lo || v == s.hi || (s.lo - slack <= v && v <= s.hi + slack);
}

static void intervals_hold_every_value(void **state)
{
    static const char *const texts[] = {
        "x^2 - 2*x",
        "x^-2",
        "x^-3",
        "x^.5",
        "x^x",
        "2^x",
        "1/(x^2-1)",
        "x/x",
        "exp(x)/(1+x)",
        "log(x)*sqrt(x)",
        "sin(3*x)",
        "cos(x)-x",
        "tan(x)",
        "asin(x)",
        "acos(x/2)",
        "atan(x)",
        "sinh(x)",
        "cosh(x)",
        "erf(x)",
        "erfc(x)",
        "expm1(x)",
        "log1p(x)",
        "log2(x)",
        "log10(x)",
        "abs(x-1)",
        "floor(x)",
        "ceil(x)",
        "round(x)",
        "sign(x)",
        "clip(x, -1, 2)",
        "max(x, 1)",
        "min(x, x^2, 1)",
        "pow(x, 3)",
        "if(x > 0, x, -2*x)",
        "if(x > 0 and x < 1, 3, x)",
        "if(not(x < 1) or x == 0, 1, 2)",
        "(x >= 1)*x",
        "gelu(x)",
        "elu(x, 2)",
        "elu(x, x)",
        "swish(x, 3)",
        "mish(2*x)",
        "softsign(x)",
        "hardswish(x)",
        "sine(x, 2)",
        "hardshrink(x)",
        "softplus(x, -1)",
        "tanhshrink(x)",
        "squareplus(x)",
        "relu_squared(x)",
        "threshold(x, 1, 3)",
        "x != 1",
        "log(log(x))",
        "if(log(x) < 0, 1, 2)",
    };

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct expr *e = expr_parse(texts[i], strlen(texts[i]), "x", NULL, NULL);

        assert_non_null(e);
        for (int k = 0; k < 400; k++) {
            double a = k % 4 ? uniform(-3, 3) : uniform(-100, 100), b = a + pow(10, uniform(-6, 1));
            struct interval y;

            if (k % 5 == 0)
                a = round(a) + 0, b = round(b) + 0; /* no -0 */
            y = expr_over(e, a, b, 1, 1);
            for (int j = 0; j <= 20; j++) {
                struct dual at = expr_eval(e, j ? uniform(a, b) : a, 1, 1);

                if (!inside(y.v, at.v) ||
                    (j && a < b && !inside(y.d, at.d))) /* at an end f' may be that beyond it */
                    fail_msg("%s over [%.17g, %.17g] is [%g, %g], slope [%g, %g]: not %g, %g",
                             texts[i], a, b, y.v.lo, y.v.hi, y.d.lo, y.d.hi, at.v, at.d);
            }
        }
        expr_free(e);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bounds_are_right_or_not_known),
        cmocka_unit_test(no_sample_is_beyond),
        cmocka_unit_test(symmetry_and_growth),
        cmocka_unit_test(shapes_follow_alpha_and_beta),
        cmocka_unit_test(intervals_hold_every_value),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
