/* test_expr.c - the expression language: values, derivatives, breaks, errors, hostile input. */
#include "unit.h"

#include "base/text.h"
#include "expr/expr.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct dual at(const char *text, double x, double alpha, double beta)
{
    struct error e = {0};
    struct expr *expr = expr_parse(text, strlen(text), "x", NULL, &e);
    struct dual y;

    if (!expr)
        fail_msg("%s: %s", text, e.text);
    y = expr_eval(expr, x, alpha, beta);
    expr_free(expr);
    return y;
}

static void check(const char *text, double x, double v, double d)
{
    struct dual y = at(text, x, 2, 3);

    if (!(fabs(y.v - v) <= 1e-14 * fabs(v)) && y.v != v && !(isnan(v) && isnan(y.v)))
        fail_msg("%s at %g is %.17g, not %.17g", text, x, y.v, v);
    if (!(fabs(y.d - d) <= 1e-14 * fabs(d)) && y.d != d && !(isnan(d) && isnan(y.d)))
        fail_msg("(%s)' at %g is %.17g, not %.17g", text, x, y.d, d);
}

static void operators_bind_as_the_grammar_says(void **state)
{
    (void)state;
    check("1+2*3", 0, 7, 0);
    check("-x^2", 3, -9, -6);
    check("2^3^2", 0, 512, 0);
    check("2^-1", 0, 0.5, 0);
    check("-2^-2", 0, -0.25, 0);
    check("8/4/2", 0, 1, 0);
    check("1-2-3", 0, -4, 0);
    check("+x - -x", 3, 6, 2);
    check("1 < 2 and 3 < 2 or 1", 0, 1, 0);
    check("not 1 == 2", 0, 1, 0);
    check("not not 5", 0, 1, 0);
    check("1 and not 0", 0, 1, 0);
    check("2 or 0", 0, 1, 0);
    check("0 or 3", 0, 1, 0);
    check("4 and 5", 0, 1, 0);
    check("1+1 >= 2", 0, 1, 0);
    check("3 != 3", 0, 0, 0);
    check("(1 < 2) == (3 < 4)", 0, 1, 0);
    check("\t( x )\n", 3, 3, 1);
    check(".5+5.+1e1+1E-1", 0, 15.6, 0);
    check("nan == nan", 0, 0, 0);
    check("nan and 1", 0, 0, 0);
}

static void derivatives_are_exact(void **state)
{
    (void)state;
    check("x*x*x", 2, 8, 12);
    check("1/x", 2, 0.5, -0.25);
    check("x^alpha", 3, 9, 6);
    check("alpha^x", 3, 8, 8 * log(2));
    check("x^x", 2, 4, 4 * (log(2) + 1));
    check("exp(2*x)", 1, exp(2), 2 * exp(2));
    check("log(x)", 4, log(4), 0.25);
    check("log2(x)", 4, 2, 0.25 / log(2));
    check("log10(x)", 100, 2, 0.01 / log(10));
    check("log1p(x)", 1e-20, 1e-20, 1);
    check("expm1(x)", -800, -1, 0);
    check("sqrt(x)", 4, 2, 0.25);
    check("sin(x)", 1, sin(1), cos(1));
    check("cos(x)", 1, cos(1), -sin(1));
    check("tan(x)", 1, tan(1), 1 + tan(1) * tan(1));
    check("asin(x)", 0.5, asin(0.5), 1 / sqrt(0.75));
    check("acos(x)", 0.5, acos(0.5), -1 / sqrt(0.75));
    check("atan(x)", 2, atan(2), 0.2);
    check("sinh(x)", 1, sinh(1), cosh(1));
    check("cosh(x)", 1, cosh(1), sinh(1));
    check("erf(x)", 1, erf(1), 2 / sqrt(M_PI) * exp(-1));
    check("erfc(x)", 1, erfc(1), -2 / sqrt(M_PI) * exp(-1));
    check("pow(x, 3)", 2, 8, 12);
    check("if(x > 0, x^2, 1/0)", 3, 9, 6);
    check("floor(x) + ceil(x) + round(x) + sign(x)", 1.5, 6, 0);
    check("clip(x, -1, 1)", 0.5, 0.5, 1);
    check("max(1, x, x^2)", 3, 9, 6);
    check("min(x, 2*x, 5)", -3, -6, 2);
    check("pi + e", 0, M_PI + M_E, 0);
    check("alpha*beta", 0, 6, 0);
}

static void the_edges_of_powers(void **state)
{
    (void)state;
    check("x^0", 0, 1, 0);
    check("x^0", 7, 1, 0);
    check("0^x", 2, 0, 0);
    check("0^x", 0, 1, NAN); /* 0 on one side, infinite on the other */
    check("x^1", 0, 0, 1);
    check("x^2", 0, 0, 0);
    check("x^3", -2, -8, 12);
    check("x^.5", 0, 0, INFINITY);
    check("x^.5", -1, NAN, NAN);
    check("x^-1", -2, -0.5, -0.25);
    check("(-2)^3", 0, -8, 0);
    check("x^1", INFINITY, INFINITY, 1);
}

static void kinks_take_the_slope_from_the_left(void **state)
{
    (void)state;
    check("max(0, x)", 0, 0, 0);
    check("max(x, 0)", 0, 0, 0);
    check("max(0.1*x, x)", 0, 0, 0.1);
    check("min(x, 0)", 0, 0, 1);
    check("abs(x)", 0, 0, -1);
    check("max(0, x) - max(0, -x)", 0, 0, 1); /* x */
    check("max(x, 0) + min(x, 0)", 0, 0, 1);
    check("min(x, 0) - log1p(exp(-abs(x)))", 0, -log(2), 0.5); /* smooth */
    check("clip(x, -1, 1)", -1, -1, 0);
    check("clip(x, -1, 1)", 1, 1, 0);
    check("if(x > 0, x, alpha*x)", 0, 0, 2);
    check("max(x, nan)", 1, NAN, NAN);
    check("min(nan, x)", 1, NAN, NAN);
}

/* Where f is not, and where a rule meets 0 times infinity: what is right, or NaN. */
static void a_slope_that_is_not_known_is_nan(void **state)
{
    (void)state;
    check("log(x)", -1, NAN, NAN);
    check("log(x)", 0, -INFINITY, NAN);
    check("asin(x)", 2, NAN, NAN);
    check("sqrt(x)", -1, NAN, NAN);
    check("1/x", 0, INFINITY, NAN); /* a pole */
    check("x^-1", 0, INFINITY, NAN);
    check("x^-2", 1e-200, INFINITY, NAN);
    check("1/(1/x)", 0, 0, NAN);
    check("1/(1/x)", 1e-310, 0, NAN);
    check("1/log(x)", 0, -0.0, NAN);
    check("x^x", 0, 1, NAN);
    check("x^(1+x)", 0, 0, 1);
    check("x^x", -1, -1, NAN);     /* there is none beside it */
    check("sqrt(x^2)", 0, 0, NAN); /* |x| */
    check("(x^2)^.5", 0, 0, NAN);
    check("max(sqrt(x^2), 0)", 0, 0, NAN);
    check("sign(x)*abs(x)^(1/3)", 0, 0, NAN);
    check("sqrt(0) + x", 1, 1, 1); /* but what does not move has none */
    check("2^.5*x", 3, 3 * sqrt(2), sqrt(2));
    check("elu(x, sqrt(x^2))", 0, 0, NAN);
    check("x^2", 1e200, INFINITY, 2e200); /* infinite by its size alone */
    check("exp(x)", 1000, INFINITY, INFINITY);
}

static void overflow_is_no_slope(void **state)
{
    (void)state;
    check("1/(1 + exp(-x))", -1000, 0, 0);
    check("x*sigmoid(x)", INFINITY, INFINITY, 1);
    check("x*sigmoid(x)", -1000, -0.0, 0);
    check("2*inf", 1, INFINITY, 0);
}

static void activations_by_name(void **state)
{
    double x = -0.7, s = 1 / (1 + exp(-2 * x));

    (void)state;
    check("sigmoid(2*x)", x, s, 2 * s * (1 - s));
    check("elu(x)", x, expm1(x), exp(x));
    check("elu(x, 3)", x, 3 * expm1(x), 3 * exp(x));
    check("elu(x, x)", x, x * expm1(x), x * exp(x) + expm1(x));
    check("swish(x, 2)", x, x * s, s + 2 * x * s * (1 - s));
    check("relu(x)", 0, 0, 0);
    check("relu(3 - x)", 1, 2, -1);
}

/* Every parameter's derivative, against differences: f(x, a+h) and f(x, a-h). */
static void parameters_may_depend_on_x(void **state)
{
    int tested = 0;

    (void)state;
    for (int i = 0; i < activation_count; i++) {
        const struct activation *act = &activation_table[i];
        bool both = act->alpha.meaning && act->beta.meaning;

        if (!act->alpha.meaning && !act->beta.meaning)
            continue;
        for (int second = 0; second <= (both ? 1 : 0); second++)
            for (double u = -3.3; u < 4; u += 0.5) {
                char text[200];
                double base = 1.37, h = 1e-5;
                struct dual y, up, down;

                /* x is the parameter here, alpha the point */
                snprintf(text, sizeof text, second ? "%s(alpha, 1, x)" : "%s(alpha, x%s)",
                         act->name, both ? ", 1" : "");
                y = at(text, base, u, 0);
                up = at(text, base + h, u, 0);
                down = at(text, base - h, u, 0);
                if (!(fabs(y.d - (up.v - down.v) / (2 * h)) < 1e-8 * (1 + fabs(y.d))))
                    fail_msg("%s, alpha %g: %g, by differences %g", text, u, y.d,
                             (up.v - down.v) / (2 * h));
                tested++;
            }
    }
    assert_true(tested > 50);
}

static void complains(const char *text, const char *variable, const char *message, int column)
{
    struct error e = {0};
    struct expr *expr = expr_parse(text, strlen(text), variable, NULL, &e);

    expr_free(expr);
    if (expr)
        fail_msg("'%s' was taken", text);
    assert_string_equal(e.text, message);
    assert_int_equal(e.column, column);
    assert_int_equal(e.kind, ERROR_USAGE);
}

static void errors_name_column_and_cure(void **state)
{
    (void)state;
    complains("2 + tahn(x)", "x", "unknown name 'tahn' at column 5: did you mean tanh?", 4);
    complains("x + alhpa", "x", "unknown name 'alhpa' at column 5: did you mean alpha?", 4);
    complains("x", NULL, "unknown name 'x' at column 1: there is no variable here", 0);
    complains("x + t", "t", "unknown name 'x' at column 1: the variable here is t", 0);
    complains("", "x", "the expression is empty at column 1: write one such as x*sigmoid(x)", 0);
    complains(" ", NULL, "the expression is empty at column 1: write one such as 1/3", 0);
    complains("2x", "x", "an operator is missing at column 2: write * to multiply", 1);
    complains("2(x)", "x", "an operator is missing at column 2: write * to multiply", 1);
    complains("x (x)", "x", "x is not a function at column 1: write x*( to multiply", 0);
    complains("1 +", "x", "a value is missing at column 4", 3);
    complains("* 2", "x", "a value is missing at column 1", 0);
    complains("1 and or 2", "x", "a value is missing at column 7", 6);
    complains("(1", "x", "')' is missing to close the bracket at column 3", 2);
    complains("1)", "x", "one ')' too many at column 2", 1);
    complains("1, 2", "x", "a ',' outside a call at column 2", 1);
    complains("exp()", "x", "exp takes 1 argument, not 0, at column 1", 0);
    complains("1+exp(1, 2)", "x", "exp takes 1 argument, not 2, at column 3", 2);
    complains("clip(1)", "x", "clip takes 3 arguments, not 1, at column 1", 0);
    complains("elu(1, 2, 3)", "x", "elu takes 1 to 2 arguments, not 3, at column 1", 0);
    complains("exp", "x", "exp is missing its argument at column 1: write exp(x)", 0);
    complains("exp(1", "x", "')' is missing after the arguments of exp at column 6", 5);
    complains("if(1, 2)", "x", "',' is missing in if(condition, then, else) at column 8", 7);
    complains("0 < x < 1", "x", "two comparisons in a row at column 7: write a < b and b < c", 6);
    complains("x = 1", "x", "'=' at column 3: write == to compare", 2);
    complains("x ** 2", "x", "'**' at column 3: write ^ for a power", 2);
    complains("x && 2", "x", "'&&' at column 3: write and", 2);
    complains("1 + not 2", "x", "'not' in the middle at column 5: write (not ...)", 4);
    complains("1 $ 2", "x",
              "'$' at column 3: an expression has numbers, names, + - * / ^ ( ) , < > = and !=", 2);
    complains(
        "x\xc2\xa7 2", "x",
        "'\xc2\xa7' at column 2: an expression has numbers, names, + - * / ^ ( ) , < > = and !=",
        1);
    complains(
        "x\x1b[2J", "x",
        "byte 0x1b at column 2: an expression has numbers, names, + - * / ^ ( ) , < > = and !=", 1);
}

static void errors_can_be_shifted(void **state)
{
    struct error e = {0};

    (void)state;
    assert_null(expr_parse("2 + tahn(x)", 11, "x", NULL, &e));
    expr_shift_error(&e, 10);
    assert_string_equal(e.text, "unknown name 'tahn' at column 15: did you mean tanh?");
    assert_int_equal(e.column, 14);
}

/* Any megabyte is an error or a value, soon. */
static void a_megabyte_of_anything(void **state)
{
    static const char *const piece[] = {"(",   ")",      "1+",     "-",    "^",       "1^",
                                        "x",   "exp(",   "1 ",     "not ", ",",       "1<",
                                        "if(", "or",     "1.",     "1e9",  "\0",      "\xff",
                                        " ",   "x and ", "max(1,", "=",    "if(1,1,", "1*(x-"};
    struct error e;

    (void)state;
    for (size_t i = 0; i < sizeof piece / sizeof *piece; i++)
        for (size_t size = 10; size <= 1 << 20; size *= 10) {
            size_t n = strlen(piece[i]) ? strlen(piece[i]) : 1;
            char *text = malloc(size);
            struct expr *expr;

            for (size_t k = 0; k < size; k++)
                text[k] = piece[i][k % n];
            e = (struct error){0};
            expr = expr_parse(text, size, "x", NULL, &e);
            if (expr)
                expr_eval(expr, 1, 1, 1);
            else
                assert_true(e.text[0] != '\0');
            expr_free(expr);
            free(text);
        }
    assert_int_equal(sizeof(struct error), sizeof e);
}

static void long_but_flat_is_fine(void **state)
{
    struct text sum = {0};
    struct error e = {0};
    struct expr *expr;

    (void)state;
    text_add(&sum, "x");
    for (int i = 0; i < 2000; i++)
        text_add(&sum, "+x");
    expr = expr_parse(sum.s, sum.len, "x", NULL, &e);
    assert_non_null(expr);
    assert_true(expr_eval(expr, 0.5, 1, 1).v == 1000.5);
    assert_true(expr_eval(expr, 0.5, 1, 1).d == 2001);
    expr_free(expr);
    text_free(&sum);
}

static void check_breaks(const char *text, double alpha, const char *want)
{
    struct error e = {0};
    struct expr *expr = expr_parse(text, strlen(text), "x", NULL, &e);
    struct fn_break found[FN_MAX_BREAKS];
    struct text got = {0};
    int n;

    assert_non_null(expr);
    n = expr_breaks(expr, alpha, 1, found);
    for (int i = 0; i < n; i++)
        text_printf(&got, "%s%.17g%s", i ? " " : "", found[i].x, found[i].jump ? "j" : "k");
    if (strcmp(text_str(&got), want) != 0)
        fail_msg("%s (alpha %g): %s, not %s", text, alpha, text_str(&got), want);
    text_free(&got);
    expr_free(expr);
}

static void breaks_are_found(void **state)
{
    (void)state;
    check_breaks("max(0, x)", 1, "0k");
    check_breaks("x*tanh(x)", 1, "");
    check_breaks("if(x > 0, x, alpha*expm1(x))", 1, "");
    check_breaks("if(x > 0, x, alpha*expm1(x))", 2, "0k");
    check_breaks("x > 0", 1, "0j");
    check_breaks("x >= 0.1", 1, "0.10000000000000001j");
    check_breaks("clip(x + 3, 0, 6)/6", 1, "-3k 3k");
    check_breaks("x*clip(x + 3, 0, 6)/6", 1, "-3k 3k");
    check_breaks("abs(x - 0.3) + abs(x + 17.25)", 1, "-17.25k 0.29999999999999999k");
    check_breaks("if(abs(x) > alpha, x, 0)", 0.5, "-0.5j 0.5j");
    check_breaks("sign(x)*max(abs(x) - alpha, 0)", 0.5, "-0.5k 0.5k");
    check_breaks("min(x, 0) - log1p(exp(-abs(x)))", 1, "");
    check_breaks("if(x == 0, 1, sin(x)/x)", 1, "");
    check_breaks("x*abs(x)", 1, "");
    check_breaks("sqrt(abs(x))", 1, "0k");
    check_breaks("1/x", 1, "0j");
    check_breaks("1/(x - 0.3)", 1, "0.29999999999999999j");
    check_breaks("x^-1", 1, "0j");
    check_breaks("1/x^2", 1, "");
    check_breaks("exp(1/x)", 1, "0j");
    check_breaks("relu(x - 1)", 1, "1k");
    check_breaks("relu(-2*x + 1) + relu(x)", 1, "0k 0.5k");
    check_breaks("floor(x)", 1, "-4j -3j -2j -1j 0j 1j 2j 3j");
    check_breaks("clip(x, -50, 500)", 1, "-50k 500k");
    check_breaks("log(x)", 1, "");
    check_breaks("x > 0 and x < 1", 1, "0j 1j");
    check_breaks("if(x > 0 and x < 2, 1, 0)", 1, "0j 2j");
    check_breaks("(x + 1 > 1)*x", 1, "0k");
}

static void poles_of_tan(void **state)
{
    struct fn_break found[FN_MAX_BREAKS];
    struct expr *expr = expr_parse("tan(x)", 6, "x", NULL, NULL);

    (void)state;
    assert_int_equal(expr_breaks(expr, 1, 1, found), FN_MAX_BREAKS);
    for (int i = 0; i < FN_MAX_BREAKS; i++) {
        assert_true(found[i].jump);
        assert_true(fabs(found[i].x - (i - 3.5) * M_PI) < 1e-14 * 20);
    }
    expr_free(expr);
}

static void sides(void **state)
{
    struct expr *expr = expr_parse("if(x > 3, 2*x, 1)", 17, "x", NULL, NULL);

    (void)state;
    assert_true(fabs(expr_side(expr, 3, 1, 1, -1).v - 1) < 1e-12);
    assert_true(fabs(expr_side(expr, 3, 1, 1, 1).v - 6) < 1e-12);
    assert_true(expr_side(expr, 3, 1, 1, -1).d == 0);
    assert_true(expr_side(expr, 3, 1, 1, 1).d == 2);
    expr_free(expr);
}

/* A scope of its own: a counter, a pair, and one name with and without an argument. */
static int symbol(void *context, const char *name, int *id)
{
    static const struct {
        const char *name;
        int arity;
    } symbols[] = {{"loss", 0}, {"delta", 1}, {"pair", 2}, {"dead", EXPR_OPTIONAL_ARGUMENT}};

    (void)context;
    for (*id = 0; *id < 4; ++*id)
        if (strcmp(symbols[*id].name, name) == 0)
            return symbols[*id].arity;
    return -1;
}

static double value(void *context, int id, const double *args)
{
    ++*(int *)context;
    return id == 0   ? 0.25
           : id == 1 ? 10 * args[0]
           : id == 2 ? args[0] - args[1]
           : args    ? args[0]
                     : 99;
}

static const char *candidate(const void *context, int i)
{
    static const char *const names[] = {"loss", "delta", "pair", "dead"};

    (void)context;
    return i < 4 ? names[i] : NULL;
}

static void names_of_a_scope(void **state)
{
    int asked = 0;
    struct expr_scope scope = {symbol, value, NULL, candidate, &asked};
    struct error e = {0};
    double v;

    (void)state;
    assert_true(expr_number("loss + delta(2)", &scope, &v, &e));
    assert_true(v == 20.25);
    assert_true(expr_number("pair(5, 3) + dead + dead(1)", &scope, &v, &e));
    assert_true(v == 102);
    asked = 0;
    assert_true(expr_number("if(0, loss, 0) + (0 and loss) + (1 or loss)", &scope, &v, &e));
    assert_int_equal(asked, 0); /* one branch */
    assert_false(expr_number("lsos", &scope, &v, &e));
    assert_string_equal(e.text, "unknown name 'lsos' at column 1: did you mean loss?");
    assert_false(expr_number("delta", &scope, &v, &e));
    assert_string_equal(e.text, "delta needs an argument at column 1: write delta(1)");
    assert_false(expr_number("loss(1)", &scope, &v, &e));
    assert_string_equal(e.text, "loss takes 0 arguments, not 1, at column 1");
    assert_false(expr_number("dead(1, 2)", &scope, &v, &e));
    assert_string_equal(e.text, "dead takes 0 to 1 argument, not 2, at column 1");
}

static void constants_and_words_are_listed(void **state)
{
    bool pi = false, clip = false, not = false;
    int n = 0;

    (void)state;
    for (const char *word; (word = expr_builtin(n)); n++) {
        pi |= strcmp(word, "pi") == 0;
        clip |= strcmp(word, "clip") == 0;
        not |= strcmp(word, "not") == 0;
    }
    assert_true(pi && clip && not &&n > 30);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(operators_bind_as_the_grammar_says),
        cmocka_unit_test(derivatives_are_exact),
        cmocka_unit_test(the_edges_of_powers),
        cmocka_unit_test(kinks_take_the_slope_from_the_left),
        cmocka_unit_test(a_slope_that_is_not_known_is_nan),
        cmocka_unit_test(overflow_is_no_slope),
        cmocka_unit_test(activations_by_name),
        cmocka_unit_test(parameters_may_depend_on_x),
        cmocka_unit_test(errors_name_column_and_cure),
        cmocka_unit_test(errors_can_be_shifted),
        cmocka_unit_test(a_megabyte_of_anything),
        cmocka_unit_test(long_but_flat_is_fine),
        cmocka_unit_test(breaks_are_found),
        cmocka_unit_test(poles_of_tan),
        cmocka_unit_test(sides),
        cmocka_unit_test(names_of_a_scope),
        cmocka_unit_test(constants_and_words_are_listed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
