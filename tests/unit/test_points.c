/* test_points.c - zeros, extremes, inflections, kinks: where the literature and pencil put them. */
#include "expr/functions.h"
#include "fns.h"
#include "math/points.h"
#include "unit.h"

#include <math.h>
#include <string.h>

enum { MAX = 64 };

struct expected {
    double x, within;
    unsigned kinds;
};

static void check(const struct fn *fn, double x0, double x1, const struct expected *want, int n)
{
    struct fn_point got[MAX];
    int found = fn_points(fn, x0, x1, got, MAX);
    char text[99];

    for (int i = 0; i < found || i < n; i++) {
        if (i < found && i < n && fabs(got[i].x - want[i].x) <= want[i].within &&
            got[i].kinds == want[i].kinds)
            continue;
        for (int k = 0; k < found; k++)
            print_error("  found %.17g %s\n", got[k].x,
                        fn_point_text(got[k].kinds, text, sizeof text));
        fail_msg("%s on [%g, %g]: point %d of %d is wrong, wanted %.17g %s", fn->act->name, x0, x1,
                 i, found, i < n ? want[i].x : NAN,
                 i < n ? fn_point_text(want[i].kinds, text, sizeof text) : "nothing");
    }
}

#define CHECK(fn, x0, x1, ...)                                                                     \
    do {                                                                                           \
        const struct expected want[] = {__VA_ARGS__};                                              \
        check(&(fn), x0, x1, want, (int)(sizeof want / sizeof *want));                             \
    } while (0)
#define CHECK_NONE(fn, x0, x1) check(&(fn), x0, x1, NULL, 0)

static void test_table(void **state)
{
    static const double spans[] = {3, 4.5, 10, 50, 1000};
    struct fn fn;

    (void)state;
    for (size_t i = 0; i < sizeof spans / sizeof *spans; i++) {
        double r = spans[i];

        fn = fn_named("sigmoid");
        CHECK(fn, -r, r, {0, 0, FN_SLOPE_MAXIMUM});
        fn = fn_named("tanh");
        CHECK(fn, -r, r, {0, 0, FN_ZERO | FN_SLOPE_MAXIMUM});
        fn = fn_named("relu");
        CHECK(fn, -r, r, {0, 0, FN_KINK});
        fn = fn_named("leaky_relu");
        CHECK(fn, -r, r, {0, 0, FN_KINK | FN_ZERO});
        fn.alpha = -0.5;
        CHECK(fn, -r, r, {0, 0, FN_KINK | FN_ZERO | FN_MINIMUM});
        fn = fn_named("gelu");
        CHECK(fn, -r, r, {-M_SQRT2, 1e-11, FN_SLOPE_MINIMUM},
              {-0.75179152469356446, 1e-15, FN_MINIMUM}, {0, 0, FN_ZERO},
              {M_SQRT2, 1e-11, FN_SLOPE_MAXIMUM});
        fn = fn_named("swish");
        CHECK(fn, -r, r, {-2.3993572805154677, 1e-11, FN_SLOPE_MINIMUM},
              {-1.2784645427610738, 1e-15, FN_MINIMUM}, {0, 0, FN_ZERO},
              {2.3993572805154677, 1e-11, FN_SLOPE_MAXIMUM});
        fn = fn_named("mish");
        CHECK(fn, -r, r, {-2.25637639636, 1e-10, FN_SLOPE_MINIMUM},
              {-1.1924312145154952, 1e-15, FN_MINIMUM}, {0, 0, FN_ZERO},
              {1.4905711794854284, 1e-11, FN_SLOPE_MAXIMUM});
        fn = fn_named("tanhshrink");
        CHECK(fn, -r, r, {0, 0, FN_ZERO | FN_SLOPE_MINIMUM});
        fn = fn_named("hardshrink");
        CHECK(fn, -r, r, {-0.5, 0, FN_JUMP}, {0.5, 0, FN_JUMP});
        fn = fn_named("softplus");
        CHECK_NONE(fn, -r, r);
        fn = fn_named("step");
        CHECK(fn, -r, r, {0, 0, FN_JUMP});
    }
    fn = fn_named("hardswish");
    CHECK(fn, -10, 10, {-3, 0, FN_KINK}, {-1.5, 0, FN_MINIMUM}, {0, 0, FN_ZERO}, {3, 0, FN_KINK});
    fn = fn_named("swish");
    fn.beta = 4;
    CHECK(fn, -5, 5, {-2.3993572805154677 / 4, 1e-11, FN_SLOPE_MINIMUM},
          {-1.2784645427610738 / 4, 1e-15, FN_MINIMUM}, {0, 0, FN_ZERO},
          {2.3993572805154677 / 4, 1e-11, FN_SLOPE_MAXIMUM});
    fn.beta = 0;
    CHECK(fn, -5, 5, {0, 0, FN_ZERO});
    fn = fn_named("threshold");
    CHECK(fn, -5, 5, {1, 0, FN_JUMP});
}

static void test_the_interval_counts(void **state)
{
    struct fn fn = fn_named("gelu");
    struct fn_point got[MAX];

    (void)state;
    CHECK(fn, 0, 1, {0, 0, FN_ZERO}); /* its end is in */
    CHECK_NONE(fn, 0.1, 1);
    CHECK_NONE(fn, 3, 40);
    CHECK(fn, -0.752, -0.751, {-0.75179152469356446, 1e-15, FN_MINIMUM});
    CHECK(fn, 1.4142, 1.4143, {M_SQRT2, 1e-11, FN_SLOPE_MAXIMUM});
    CHECK(fn, 1, -1, {-0.75179152469356446, 1e-15, FN_MINIMUM},
          {0, 0, FN_ZERO}); /* either way round */
    assert_int_equal(fn_points(&fn, -5, 5, got, 2), 2);
    assert_true(got[1].kinds == FN_MINIMUM);
    assert_int_equal(fn_points(&fn, -5, 5, got, 0), 0);
    assert_int_equal(fn_points(&fn, -INFINITY, 5, got, MAX), 0);
    assert_int_equal(fn_points(&fn, NAN, 5, got, MAX), 0);
    assert_int_equal(fn_points(&fn, -1.7e308, 1.7e308, got, MAX), 0); /* wider than a double */
    fn = fn_named("relu");
    CHECK(fn, 0, 0, {0, 0, FN_KINK});
}

/* Traps: poles, touching zeros, noise, nothing at all. */
static void test_defined(void **state)
{
    static const struct {
        const char *text;
        int n;
        struct expected want[8];
    } row[] = {
        {"x^2", 1, {{0, 0, FN_ZERO | FN_MINIMUM}}},
        {"(x-0.3)^2", 1, {{0.3, 0, FN_ZERO | FN_MINIMUM}}},
        {"1-x^2", 3, {{-1, 0, FN_ZERO}, {0, 0, FN_MAXIMUM}, {1, 0, FN_ZERO}}},
        {"x^3", 1, {{0, 0, FN_ZERO | FN_SLOPE_MINIMUM}}},
        {"sin(x)^2+cos(x)^2", 0, {{0, 0, 0}}},
        {"0", 0, {{0, 0, 0}}},
        {"0/0", 0, {{0, 0, 0}}},
        {"1/x^2", 0, {{0, 0, 0}}},
        {"exp(x)", 0, {{0, 0, 0}}},
        {"log(x)", 1, {{1, 0, FN_ZERO}}},
        {"abs(x)", 1, {{0, 0, FN_ZERO | FN_MINIMUM | FN_KINK}}},
        {"sin(x)",
         7,
         {{-3 * M_PI_2, 1e-15, FN_MAXIMUM},
          {-M_PI, 1e-15, FN_ZERO | FN_SLOPE_MINIMUM},
          {-M_PI_2, 1e-15, FN_MINIMUM},
          {0, 0, FN_ZERO | FN_SLOPE_MAXIMUM},
          {M_PI_2, 1e-15, FN_MAXIMUM},
          {M_PI, 1e-15, FN_ZERO | FN_SLOPE_MINIMUM},
          {3 * M_PI_2, 1e-15, FN_MINIMUM}}},
        {"exp(-x^2)",
         3,
         {{-M_SQRT1_2, 1e-11, FN_SLOPE_MAXIMUM},
          {0, 0, FN_MAXIMUM},
          {M_SQRT1_2, 1e-11, FN_SLOPE_MINIMUM}}},
    };
    struct functions *functions = functions_new();

    (void)state;
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        struct error e = {0};
        const struct activation *act = functions_parse(functions, row[i].text, &e);
        struct fn fn;

        if (!act)
            fail_msg("%s: %s", row[i].text, e.text);
        fn = fn_default(act);
        check(&fn, -5, 5, row[i].want, row[i].n);
    }
    functions_free(functions);
}

/* How often a function was looked at, which turns in every sample. */
static long looks;

static double turning(double x, double alpha, double beta)
{
    (void)alpha, (void)beta;
    looks++;
    return sin(1e6 * x);
}

static double turning_slope(double x, double alpha, double beta)
{
    (void)alpha, (void)beta;
    looks++;
    return 1e6 * cos(1e6 * x);
}

static struct dual turning_at(const struct activation *self, double x, double alpha, double beta)
{
    (void)self;
    return (struct dual){turning(x, alpha, beta), turning_slope(x, alpha, beta)};
}

static int no_breaks(const struct activation *self, double alpha, double beta,
                     struct fn_break out[FN_MAX_BREAKS])
{
    (void)self, (void)alpha, (void)beta, (void)out;
    return 0;
}

/* However much there is to find: work for a second at the most. Of a dear function the points that
 * it is asked for are found all the same where there are few. */
static void test_work_is_bounded(void **state)
{
    static const struct fn_own own = {.at = turning_at, .breaks = no_breaks};
    const struct activation cheap = {.f = turning, .df = turning_slope},
                            dear = {.own = &own, .cost = 5000};
    struct fn_point got[MAX];

    (void)state;
    looks = 0;
    assert_int_equal(fn_points(&(struct fn){&cheap, 0, 0}, -5, 5, got, MAX), MAX);
    assert_true(looks * fn_cost(&(struct fn){&cheap, 0, 0}) < 1e8);
    looks = 0;
    assert_true(fn_points(&(struct fn){&dear, 0, 0}, -5, 5, got, MAX) > 0);
    assert_true(looks * 5000.0 < 2e8);
}

/* Places between the last numbers before 0, and a piece with no room for differences. */
static void test_grain(void **state)
{
    struct functions *functions = functions_new();
    struct error e;
    struct fn fn = fn_default(functions_parse(functions, "x-5e-324", &e));

    (void)state;
    CHECK(fn, -1, 1, {5e-324, 0, FN_ZERO});
    fn = fn_default(functions_parse(functions, "if(x<1e-9,x,if(x<2e-9,2*x-x^3,3*x))", &e));
    assert_in_range(fn_points(&fn, -1, 1, (struct fn_point[MAX]){{0}}, MAX), 1, 4);
    functions_free(functions);
}

static void test_text(void **state)
{
    char buf[64], small[8];

    (void)state;
    assert_string_equal(fn_point_text(FN_ZERO | FN_SLOPE_MAXIMUM, buf, sizeof buf),
                        "zero, largest slope");
    assert_string_equal(fn_point_text(FN_JUMP, buf, sizeof buf), "jump");
    assert_string_equal(fn_point_text(0, buf, sizeof buf), "");
    assert_string_equal(fn_point_text(FN_KINK | FN_MINIMUM, small, sizeof small), "kink");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table),   cmocka_unit_test(test_the_interval_counts),
        cmocka_unit_test(test_defined), cmocka_unit_test(test_work_is_bounded),
        cmocka_unit_test(test_grain),   cmocka_unit_test(test_text),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
