/* test_activation.c - the table itself: its texts, names and parameters; its values at infinity, at
 * NaN and at the kinks, and its derivatives against differences. Where it breaks, how far it
 * reaches and how steep it is: test_activation_shape.c. */
#include "fns.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

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
        assert_true(act->f && act->df && act->pytorch && !act->own && !act->expr);
        assert_int_equal(act->by_alpha != NULL, act->alpha.meaning != NULL);
        assert_int_equal(act->by_beta != NULL, act->beta.meaning != NULL);
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
    assert_string_equal(activation_find("heaviside")->name, "step");
    assert_string_equal(activation_find("Hard-SiLU")->name, "hardswish");
    assert_null(activation_find("gel"));
    assert_null(activation_find("sil"));
    assert_null(activation_find("gelux"));
    assert_null(activation_find(""));
    assert_null(activation_find("_"));
}

/* ---- parameters ---- */

static void test_parameters(void **state)
{
    struct fn fn = fn_named("celu");
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
    fn = fn_named("relu");
    assert_false(fn_set_parameter(&fn, "alpha", 1, &e));
    assert_string_equal(e.text, "relu has no parameter");
}

static void test_same(void **state)
{
    struct fn a = fn_named("elu"), b = fn_named("elu"), c = fn_named("celu");

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
        struct fn fn = fn_named(row[i].name);

        if (fn_df(&fn, row[i].x) != row[i].df)
            fail_msg("%s' (%g) is %.17g, not %.17g", row[i].name, row[i].x, fn_df(&fn, row[i].x),
                     row[i].df);
    }
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
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
