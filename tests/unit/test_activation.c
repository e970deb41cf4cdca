/* test_activation.c - the table itself: its texts, limits, derivatives, breaks, ranges and known
 * facts. */
#include "math/activation.h"
#include "math/functions.h"
#include "unit.h"

#include <ctype.h>
#include <float.h>
#include <math.h>
#include <string.h>

/* Runs `check` for every function at its defaults and at every other parameter value worth trying.
 */
static void each_setting(void (*check)(const struct fn *))
{
    static const double values[] = {0.3, 1, 2, -0.7, 0, 4.7, 1.0 / 3};

    for (int k = 0; k < activation_count; k++) {
        const struct activation *act = &activation_table[k];
        struct fn fn = fn_default(act);

        check(&fn);
        for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
            bool moved = false;

            fn = fn_default(act);
            if (act->alpha.meaning)
                moved |= fn_set_parameter(&fn, "alpha", values[i], NULL);
            if (act->beta.meaning)
                moved |=
                    fn_set_parameter(&fn, "beta", values[act->alpha.meaning ? 6 - i : i], NULL);
            if (moved)
                check(&fn);
        }
    }
}

#define WHERE   "%s alpha=%g beta=%g"
#define WHO(fn) (fn)->act->name, (fn)->alpha, (fn)->beta

static struct fn named(const char *name)
{
    const struct activation *act = activation_find(name);

    assert_non_null(act);
    return fn_default(act);
}

/* ---- texts ---- */

static void plain(const struct activation *act, const char *what, const char *text)
{
    if (!text || !*text)
        fail_msg("%s has no %s", act->name, what);
    for (const char *c = text; *c; c++)
        if (*c < ' ' || *c > '~')
            fail_msg("%s: %s is not plain ASCII", act->name, what);
}

static void test_texts(void **state)
{
    (void)state;
    assert_true(activation_count >= 25);
    for (int k = 0; k < activation_count; k++) {
        const struct activation *act = &activation_table[k];

        plain(act, "name", act->name);
        plain(act, "formula", act->formula);
        plain(act, "derivative", act->derivative);
        plain(act, "good", act->good);
        plain(act, "flaw", act->flaw);
        plain(act, "use", act->use);
        plain(act, "source", act->source);
        assert_in_range(strlen(act->name), 1, FN_NAME_MAX - 1);
        assert_in_range(act->year, 1943, 2026);
        assert_true(act->f && act->df && act->range && !act->expr);
        for (const char *const *text = (const char *const[]){act->good, act->flaw, act->use, NULL};
             *text; text++) {
            assert_true(isupper((unsigned char)**text)); /* a sentence */
            assert_int_equal((*text)[strlen(*text) - 1], '.');
            assert_in_range(strlen(*text), 10, 140);
        }
        for (const char *c = act->name; *c; c++)
            assert_true(islower((unsigned char)*c) || isdigit((unsigned char)*c) || *c == '_');
        for (int j = 0; j < k; j++)
            assert_string_not_equal(act->name, activation_table[j].name);
        /* a parameter is in the formula when, and only when, the function has it */
        assert_int_equal(strstr(act->formula, "alpha") != NULL, act->alpha.meaning != NULL);
        assert_int_equal(strstr(act->formula, "beta") != NULL, act->beta.meaning != NULL);
    }
}

static void test_order_begins_as_the_course(void **state)
{
    static const char *const course[] = {"sigmoid", "tanh", "relu", "leaky_relu",
                                         "elu",     "gelu", "swish"};

    (void)state;
    for (size_t i = 0; i < sizeof course / sizeof *course; i++)
        assert_string_equal(activation_table[i].name, course[i]);
}

static void test_find(void **state)
{
    (void)state;
    assert_string_equal(activation_find("leaky-relu")->name, "leaky_relu");
    assert_string_equal(activation_find("LeakyReLU")->name, "leaky_relu");
    assert_string_equal(activation_find("GELU")->name, "gelu");
    assert_string_equal(activation_find("SiLU")->name, "swish");
    assert_string_equal(activation_find("linear")->name, "identity");
    assert_string_equal(activation_find("logistic")->name, "sigmoid");
    assert_null(activation_find("gel"));
    assert_null(activation_find("gelux"));
    assert_null(activation_find(""));
    assert_null(activation_find("_"));
}

/* ---- parameters ---- */

static void test_parameters(void **state)
{
    struct fn fn = named("celu");
    struct error e;

    (void)state;
    for (int k = 0; k < activation_count; k++) {
        const struct fn_parameter *p[] = {&activation_table[k].alpha, &activation_table[k].beta};

        for (int i = 0; i < 2; i++) {
            if (!p[i]->meaning)
                continue;
            assert_true(p[i]->min < p[i]->max && p[i]->step > 0);
            assert_true(p[i]->fallback >= p[i]->min && p[i]->fallback <= p[i]->max);
        }
    }
    assert_true(fn_set_parameter(&fn, "alpha", -2, &e));
    assert_true(fn.alpha == -2);
    assert_false(fn_set_parameter(&fn, "alpha", 0, &e));
    assert_non_null(strstr(e.text, "alpha of celu must not be 0"));
    assert_false(fn_set_parameter(&fn, "alpha", 1e-16, &e)); /* 1 - ten times 0.1 */
    assert_false(fn_set_parameter(&fn, "alpha", 77, &e));
    assert_non_null(strstr(e.text, "from -5 to 5, not 77"));
    assert_int_equal(e.kind, ERROR_USAGE);
    assert_false(fn_set_parameter(&fn, "alpha", NAN, &e));
    assert_false(fn_set_parameter(&fn, "alpha", INFINITY, &e));
    assert_false(fn_set_parameter(&fn, "beta", 1, &e));
    assert_non_null(strstr(e.text, "celu has no beta, only alpha"));
    assert_false(fn_set_parameter(&fn, "gamma", 1, &e));
    assert_true(fn.alpha == -2);
    fn = named("relu");
    assert_false(fn_set_parameter(&fn, "alpha", 1, &e));
    assert_string_equal(e.text, "relu has no parameter");
}

static void test_same(void **state)
{
    struct fn a = named("elu"), b = named("elu"), c = named("celu");

    (void)state;
    assert_true(fn_same(&a, &b));
    assert_false(fn_same(&a, &c));
    b.beta = 7; /* elu has none */
    assert_true(fn_same(&a, &b));
    b.alpha = 2;
    assert_false(fn_same(&a, &b));
}

/* ---- values ---- */

static void check_nan(const struct fn *fn)
{
    if (!isnan(fn_f(fn, NAN)) || !isnan(fn_df(fn, NAN)) || !isnan(fn_f(fn, -NAN)) ||
        !isnan(fn_df(fn, -NAN)))
        fail_msg(WHERE " makes a number of NaN", WHO(fn));
}

static void test_nan(void **state)
{
    (void)state;
    each_setting(check_nan);
}

static void test_limits(void **state)
{
    const double inf = INFINITY, la = 1.0507009873554805 * 1.6732632423543772;
    const struct {
        const char *name;
        double alpha, beta, f_minus, df_minus, f_plus, df_plus;
    } row[] = {
        {"sigmoid", 0, 0, 0, 0, 1, 0},
        {"tanh", 0, 0, -1, 0, 1, 0},
        {"relu", 0, 0, 0, 0, inf, 1},
        {"leaky_relu", 0.01, 0, -inf, 0.01, inf, 1},
        {"leaky_relu", 0, 0, 0, 0, inf, 1},
        {"leaky_relu", -1, 0, inf, -1, inf, 1},
        {"elu", 1, 0, -1, 0, inf, 1},
        {"elu", -2, 0, 2, 0, inf, 1},
        {"elu", 0, 0, 0, 0, inf, 1},
        {"gelu", 0, 0, 0, 0, inf, 1},
        {"swish", 0, 1, 0, 0, inf, 1},
        {"swish", 0, -1, -inf, 1, 0, 0},
        {"swish", 0, 0, -inf, 0.5, inf, 0.5},
        {"identity", 0, 0, -inf, 1, inf, 1},
        {"step", 0, 0, 0, 0, 1, 0},
        {"relu6", 0, 0, 0, 0, 6, 0},
        {"prelu", 0.25, 0, -inf, 0.25, inf, 1},
        {"celu", 1, 0, -1, 0, inf, 1},
        {"celu", -1, 0, -inf, inf, inf, 1},
        {"selu", 0, 0, -la, 0, inf, 1.0507009873554805},
        {"gelu_tanh", 0, 0, 0, 0, inf, 1},
        {"mish", 0, 0, 0, 0, inf, 1},
        {"softplus", 0, 1, 0, 0, inf, 1},
        {"softplus", 0, -1, -inf, 1, 0, 0},
        {"softsign", 0, 0, -1, 0, 1, 0},
        {"hardsigmoid", 0, 0, 0, 0, 1, 0},
        {"hardtanh", 0, 0, -1, 0, 1, 0},
        {"hardswish", 0, 0, 0, 0, inf, 1},
        {"logsigmoid", 0, 0, -inf, 1, 0, 0},
        {"tanhshrink", 0, 0, -inf, 1, inf, 1},
        {"softshrink", 0.5, 0, -inf, 1, inf, 1},
        {"hardshrink", 0.5, 0, -inf, 1, inf, 1},
        {"threshold", 1, 0, 0, 0, inf, 1},
    };

    (void)state;
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        struct fn fn = {activation_find(row[i].name), row[i].alpha, row[i].beta};

        assert_non_null(fn.act);
        if (fn_f(&fn, -inf) != row[i].f_minus || fn_df(&fn, -inf) != row[i].df_minus ||
            fn_f(&fn, inf) != row[i].f_plus || fn_df(&fn, inf) != row[i].df_plus)
            fail_msg(WHERE ": f %g..%g, f' %g..%g at -inf..inf", WHO(&fn), fn_f(&fn, -inf),
                     fn_f(&fn, inf), fn_df(&fn, -inf), fn_df(&fn, inf));
    }
}

/* f' at 0 and at the kinks as PyTorch defines it. */
static void test_values_at_kinks(void **state)
{
    const struct {
        const char *name;
        double x, df;
    } row[] = {
        {"step", 0, 0},          {"sigmoid", 0, 0.25},    {"tanh", 0, 1},
        {"relu", 0, 0},          {"relu6", 0, 0},         {"relu6", 6, 0},
        {"leaky_relu", 0, 0.01}, {"prelu", 0, 0.25},      {"elu", 0, 1},
        {"celu", 0, 1},          {"gelu", 0, 0.5},        {"gelu_tanh", 0, 0.5},
        {"swish", 0, 0.5},       {"mish", 0, 0.6},        {"softplus", 0, 0.5},
        {"softsign", 0, 1},      {"hardsigmoid", -3, 0},  {"hardsigmoid", 3, 0},
        {"hardtanh", -1, 0},     {"hardtanh", 1, 0},      {"hardswish", -3, 0},
        {"hardswish", 3, 1},     {"logsigmoid", 0, 0.5},  {"tanhshrink", 0, 0},
        {"softshrink", 0.5, 0},  {"softshrink", -0.5, 0}, {"hardshrink", 0.5, 0},
        {"hardshrink", -0.5, 0}, {"threshold", 1, 0},     {"selu", 0, 1.7580993408473766},
    };

    (void)state;
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        struct fn fn = named(row[i].name);

        if (fn_df(&fn, row[i].x) != row[i].df)
            fail_msg("%s' (%g) is %.17g, not %.17g", row[i].name, row[i].x, fn_df(&fn, row[i].x),
                     row[i].df);
    }
}

static bool near_break(const struct fn *fn, double x, double h)
{
    struct fn_break at[FN_MAX_BREAKS];
    int n = fn_breaks(fn, at);

    for (int i = 0; i < n; i++)
        if (fabs(x - at[i].x) <= h)
            return true;
    return false;
}

/* f' against (f(x+h) - f(x-h))/2h, whose own error is near h^2 f'''/6 + ulp(f)/h. */
static void check_differences(const struct fn *fn)
{
    int tried = 0;

    for (int i = 0; i <= 4000; i++) {
        double x = -10 + 20 * i / 4000.0 + 1e-4, h = 1e-5, d, df;

        if (near_break(fn, x, 2 * h))
            continue;
        d = (fn_f(fn, x + h) - fn_f(fn, x - h)) / ((x + h) - (x - h));
        df = fn_df(fn, x);
        tried++;
        if (!(fabs(d - df) <= 1e-8 * (1 + fabs(df) * 10 + fabs(fn_f(fn, x)))))
            fail_msg(WHERE ": f'(%.17g) is %.17g, differences say %.17g", WHO(fn), x, df, d);
    }
    assert_true(tried > 3900);
}

static void test_against_differences(void **state)
{
    (void)state;
    each_setting(check_differences);
}

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
        bend = fabs(fn_df(fn, x + h) - fn_df(fn, x));
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

        assert_int_equal(fn_breaks(&fn, at) == 0, fn.act->smooth);
    }
}

static void test_breaks_move(void **state)
{
    struct fn_break at[FN_MAX_BREAKS];
    struct fn fn = named("hardshrink");

    (void)state;
    fn.alpha = 1.25;
    assert_int_equal(fn_breaks(&fn, at), 2);
    assert_true(at[0].x == -1.25 && at[1].x == 1.25 && at[0].jump && at[1].jump);
    assert_true(fn_f_side(&fn, 1.25, -1) == 0 && fn_f_side(&fn, 1.25, 1) == 1.25);
    fn.alpha = 0;
    assert_int_equal(fn_breaks(&fn, at), 0);
    fn = named("elu");
    assert_int_equal(fn_breaks(&fn, at), 0);
    fn.alpha = 1.5;
    assert_int_equal(fn_breaks(&fn, at), 1);
    assert_true(fn_df_side(&fn, 0, -1) == 1.5 && fn_df_side(&fn, 0, 1) == 1);
    fn = named("threshold");
    assert_int_equal(fn_breaks(&fn, at), 1);
    assert_true(at[0].x == 1 && at[0].jump);
    fn.beta = 1;
    assert_int_equal(fn_breaks(&fn, at), 1);
    assert_false(at[0].jump);
    fn = named("hardswish");
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

/* What the flags claim of the defaults. */
static void test_flags(void **state)
{
    (void)state;
    for (int k = 0; k < activation_count; k++) {
        struct fn fn = fn_default(&activation_table[k]);
        bool odd = true, rising = true;

        for (int i = -4000; i < 4000; i++) {
            double x = i / 200.0;

            odd &= fn_f(&fn, -x) == -fn_f(&fn, x);
            rising &= fn_f(&fn, x) <= fn_f(&fn, x + 1 / 200.0);
        }
        if (fn.act->zero_centred != odd || fn.act->monotone != rising)
            fail_msg("%s: odd %d, rising %d", fn.act->name, odd, rising);
    }
}

/* ---- slopes ---- */

static void check_max_slope(const struct fn *fn)
{
    struct fn_break at[FN_MAX_BREAKS];
    double most = 0, claimed = fn_max_slope(fn);
    int n = fn_breaks(fn, at);

    for (int i = -200000; i <= 200000; i++)
        most = fmax(most, fabs(fn_df(fn, i / 4000.0)));
    for (int i = 0; i < n; i++)
        most = fmax(most, fmax(fabs(fn_df(fn, at[i].x - 1e-9)), fabs(fn_df(fn, at[i].x + 1e-9))));
    if (!(claimed >= most * (1 - 1e-15) && claimed <= most * (1 + 1e-6)))
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
    fn = named("elu");
    fn.alpha = -3; /* the largest |f'| is the limit at 0 from below */
    assert_true(fn_max_slope(&fn) == 3);
    fn = named("swish");
    fn.beta = 20;
    check_max_slope(&fn);
    fn = named("sigmoid");
    assert_true(fn_max_slope(&fn) == 0.25);
    fn = named("tanh");
    assert_true(fn_max_slope(&fn) == 1);
    fn = named("step");
    assert_true(fn_max_slope(&fn) == 0);
    fn = named("hardswish");
    assert_true(fn_max_slope(&fn) == 1.5);
    fn = named("softshrink");
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
    struct fn fn = named("gelu"), other = named("gelu_tanh");
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

    fn = named("swish");
    fn_range(&fn, &lo, &hi);
    close_to(lo, -0.27846, 5e-6);
    close_to(fn_f(&fn, -1.27846), lo, 1e-9);
    close_to(fn_max_slope(&fn), 1.0998, 5e-5);
    fn.beta = 4;
    fn_range(&fn, &lo, &hi);
    close_to(lo, -0.27846 / 4, 2e-6);
    close_to(fn_f(&fn, -1.27846 / 4), lo, 1e-9);

    fn = named("mish");
    fn_range(&fn, &lo, &hi);
    close_to(lo, -0.30884, 5e-6);
    close_to(fn_f(&fn, -1.19243), lo, 1e-9);

    fn = named("selu");
    close_to(fn_df(&fn, 0), 1.7581, 5e-5);
    fn = named("sigmoid");
    assert_true(fn_f(&fn, -1000) == 0 && fn_f(&fn, 0) == 0.5 && fn_f(&fn, 1000) == 1);
    assert_true(fn_f(&fn, -745) > 0); /* the smallest exponential is still seen */
    fn = named("tanh");
    assert_true(fn_f(&fn, 800) == 1);
    for (double x = -1; x <= 1; x += 1e-3)
        assert_true(fn_df(&fn, x) <= 1);
}

/* Functions of `def` answer the same questions through their expression. */
static void test_defined(void **state)
{
    const struct {
        const char *text;
        double lo, hi, slope;
    } row[] = {
        {"x^2", 0, INFINITY, 100},
        {"sin(x)", -1, 1, 1},
        {"tanh(x)", -1, 1, 1},
        {"2-exp(-x^2)", 1, 2, 0.8577638849607068}, /* sqrt(2/e) */
        {"-x", -INFINITY, INFINITY, 1},
        {"if(x>0,3*x,0)", 0, INFINITY, 3},
        {"x*tanh(softplus(x))", -0.30884, INFINITY, 1.08850},
        {"log(abs(x)+1)", 0, INFINITY, 1},
        {"0/0", -INFINITY, INFINITY, 0},
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
        if (!(lo == row[i].lo || fabs(lo - row[i].lo) < 1e-4) ||
            !(hi == row[i].hi || fabs(hi - row[i].hi) < 1e-4))
            fail_msg("%s lies in [%g, %g]", row[i].text, lo, hi);
        if (!(fabs(fn_max_slope(&fn) - row[i].slope) < 1e-5))
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
        cmocka_unit_test(test_texts),
        cmocka_unit_test(test_order_begins_as_the_course),
        cmocka_unit_test(test_find),
        cmocka_unit_test(test_parameters),
        cmocka_unit_test(test_same),
        cmocka_unit_test(test_nan),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_values_at_kinks),
        cmocka_unit_test(test_against_differences),
        cmocka_unit_test(test_breaks),
        cmocka_unit_test(test_breaks_move),
        cmocka_unit_test(test_ranges),
        cmocka_unit_test(test_flags),
        cmocka_unit_test(test_max_slope),
        cmocka_unit_test(test_known_facts),
        cmocka_unit_test(test_defined),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
