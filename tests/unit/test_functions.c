/* test_functions.c - functions that a person defines. */
#include "unit.h"

#include "base/text.h"
#include "expr/expr.h"
#include "expr/functions.h"
#include "math/facts.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static int setup(void **state)
{
    *state = functions_new();
    return 0;
}

static int teardown(void **state)
{
    functions_free(*state);
    return 0;
}

static const struct activation *define(struct functions *all, const char *definition)
{
    struct error e = {0};
    const struct activation *act = functions_define(all, definition, &e);

    if (!act)
        fail_msg("%s: %s", definition, e.text);
    return act;
}

static double f(const struct activation *act, double x)
{
    return expr_eval(act->expr, x, act->alpha.fallback, act->beta.fallback).v;
}

static double df(const struct activation *act, double x)
{
    return expr_eval(act->expr, x, act->alpha.fallback, act->beta.fallback).d;
}

static void a_definition_is_an_activation(void **state)
{
    const struct activation *act = define(*state, " mine ( x ) = x*tanh(softplus(beta*x)) ");
    struct fn_shape shape;
    struct fn fn;

    assert_string_equal(act->name, "mine");
    assert_string_equal(act->formula, "x*tanh(softplus(beta*x))");
    assert_null(act->alpha.meaning);
    assert_non_null(act->beta.meaning);
    assert_true(act->beta.fallback == 1);
    fn = fn_default(act);
    shape = fn_shape(&fn);
    assert_int_equal(shape.smooth, FN_YES);
    assert_int_equal(shape.monotone, FN_NO);
    assert_int_equal(shape.odd, FN_NO);
    assert_non_null(act->derivative);
    assert_non_null(act->good);
    assert_non_null(act->flaw);
    assert_non_null(act->use);
    assert_non_null(act->source);
    assert_true(fabs(f(act, 0.5) - 0.5 * tanh(log1p(exp(0.5)))) < 1e-15);
    assert_ptr_equal(functions_find(*state, "mine", NULL), act);
    assert_ptr_equal(functions_at(*state, activation_count), act);
    assert_null(functions_at(*state, activation_count + 1));
    assert_ptr_equal(functions_at(*state, 0), &activation_table[0]);
    assert_ptr_equal(functions_find(*state, "tanh", NULL), activation_find("tanh"));
}

/* What is said of it means what it means in the table: zero-centred is odd, monotone never falls.
 */
static void facts_are_those_of_the_table(void **state)
{
    static const struct {
        const char *definition;
        bool odd, monotone;
    } t[] = {
        {"a(x) = -x", true, false},         {"b(x) = x*sigmoid(x)", false, false},
        {"c(x) = tanh(3*x)", true, true},   {"d(x) = exp(x)", false, true},
        {"k(x) = x + 0.1", false, true},    {"g(x) = sin(x)", true, false},
        {"h(x) = sign(x)*x^2", true, true}, {"i(x) = 1/x", true, false},
    };

    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        const struct activation *act = define(*state, t[i].definition);

        const struct fn fn = fn_default(act);
        const struct fn_shape s = fn_shape(&fn);

        if (s.odd != (t[i].odd ? FN_YES : FN_NO) || s.monotone != (t[i].monotone ? FN_YES : FN_NO))
            fail_msg("%s: odd %d, monotone %d", t[i].definition, s.odd, s.monotone);
    }
}

static void functions_call_functions(void **state)
{
    const struct activation *scaled, *twice;

    define(*state, "base(t) = if(t > 0, t, alpha*t)");
    scaled = define(*state, "scaled(x) = base(3*x, 0.5) + base(x)");
    assert_true(f(scaled, -2) == -3 - 2);
    assert_true(df(scaled, -2) == 1.5 + 1);
    twice = define(*state, "twice(x) = base(x, x)"); /* alpha moves with x */
    assert_true(f(twice, -2) == 4);
    assert_true(df(twice, -2) == -4);
}

static void the_variable_has_any_name(void **state)
{
    const struct activation *act = define(*state, "g(u)=u*sigmoid(1.702*u) + 0*tanh(u)");

    assert_string_equal(act->formula, "x*sigmoid(1.702*x) + 0*tanh(x)");
    assert_true(fabs(f(act, 1) - 1 / (1 + exp(-1.702))) < 1e-15);
}

static void a_later_definition_leaves_earlier_users_alone(void **state)
{
    const struct activation *first = define(*state, "h(x) = x"), *user, *second;

    user = define(*state, "k(x) = h(x) + 1");
    second = define(*state, "h(x) = 100*x");
    assert_ptr_equal(functions_find(*state, "h", NULL), second);
    assert_true(f(first, 2) == 2);
    assert_true(f(user, 2) == 3);
    assert_ptr_equal(functions_at(*state, activation_count + 1), second);
    assert_null(functions_at(*state, activation_count + 2));
}

static void definitions_can_be_read_back(void **state)
{
    struct functions *again = functions_new();
    struct text all = {0}, same = {0};

    define(*state, "unused(x) = 7");
    define(*state, "unused(x) = 8");
    define(*state, "h(t) = t");
    define(*state, "k(x) = h(x) + 1");
    define(*state, "h(x) = k(x)*alpha");
    functions_parse(*state, "h(x) + 1/x", NULL);
    functions_print(*state, &all);
    assert_string_equal(all.s, "def unused(x) = 8\ndef h(x) = x\ndef k(x) = h(x) + 1\n"
                               "def h(x) = k(x)*alpha\n");
    for (char *save = NULL, *line = strtok_r(all.s, "\n", &save); line;
         line = strtok_r(NULL, "\n", &save))
        define(again, line + strlen("def "));
    functions_print(again, &same);
    assert_true(f(functions_find(again, "h", NULL), 4) == 5);
    assert_non_null(strstr(same.s, "def k(x) = h(x) + 1\ndef h(x) = k(x)*alpha\n"));
    text_free(&all);
    text_free(&same);
    functions_free(again);
}

static void refuses(struct functions *all, const char *definition, const char *message, int column)
{
    struct error e = {0};

    if (functions_define(all, definition, &e))
        fail_msg("'%s' was taken", definition);
    assert_string_equal(e.text, message);
    assert_int_equal(e.column, column);
    assert_int_equal(e.kind, ERROR_USAGE);
}

static void wrong_definitions(void **state)
{
    struct functions *all = *state;

    refuses(all, "r(x) = r(x - 1)",
            "r calls itself at column 8: it can use only functions defined before it", 7);
    define(all, "r(x) = x");
    refuses(all, "r(x) = 1 + r(x)",
            "r calls itself at column 12: it can use only functions defined before it", 11);
    refuses(all, "q(x) = 1 + rleu(x)", "unknown name 'rleu' at column 12: did you mean relu?", 11);
    refuses(all, "q(x) = vwxyz", "unknown name 'vwxyz' at column 8: 'help def' lists what is known",
            7);
    refuses(all, "q(x) = ", "the expression is empty at column 8: write one such as x*sigmoid(x)",
            7);
    refuses(all, "tanh(x) = x", "'tanh' already has a meaning: choose another name", 0);
    refuses(all, "if(x) = x", "'if' already has a meaning: choose another name", 0);
    refuses(all, "beta(x) = x", "'beta' already has a meaning: choose another name", 0);
    refuses(all, "pi(x) = x", "'pi' already has a meaning: choose another name", 0);
    refuses(all, "q(e) = e", "'e' already has a meaning and cannot be the variable: def q(x) = ...",
            2);
    refuses(all, "q(q) = q", "'q' already has a meaning and cannot be the variable: def q(x) = ...",
            2);
    refuses(all, "q(x, alpha) = x",
            "only one variable is allowed: def q(x) = ... may use alpha and beta, too", 3);
    refuses(all, "q = x", "'(' is missing after q: def q(x) = ...", 2);
    refuses(all, "q() = x", "the variable is missing: def q(x) = ...", 2);
    refuses(all, "q(x = x", "')' is missing: def q(x) = ...", 4);
    refuses(all, "q(x) x", "'=' is missing: def q(x) = ...", 5);
    refuses(all, "",
            "a definition begins with a name of at most 31 letters, digits and _: "
            "def mine(x) = x*tanh(x)",
            0);
    refuses(all, "1q(x) = x",
            "a definition begins with a name of at most 31 letters, digits and _: "
            "def mine(x) = x*tanh(x)",
            0);
    assert_null(functions_find(all, "q", NULL));
}

/* Doubling forty times would take 2^40 operations: refused before. */
static void the_cost_is_limited(void **state)
{
    struct error e = {0};
    char definition[64];
    int i;

    define(*state, "c0(x) = x");
    for (i = 1; i < 100; i++) {
        snprintf(definition, sizeof definition, "c%d(x) = c%d(x) + c%d(x)", i, i - 1, i - 1);
        if (!functions_define(*state, definition, &e))
            break;
    }
    assert_in_range(i, 10, 20);
    assert_non_null(strstr(e.text, "operations"));

    define(*state, "d0(x) = x");
    for (i = 1; i < 1000; i++) {
        snprintf(definition, sizeof definition, "d%d(x) = d%d(x)", i, i - 1);
        if (!functions_define(*state, definition, &e))
            break;
    }
    assert_in_range(i, 20, 100);
    assert_non_null(strstr(e.text, "deep"));
}

static void an_expression_is_a_function_without_a_name(void **state)
{
    struct error e = {0};
    const struct activation *act = functions_parse(*state, "1/x", &e), *again;

    assert_non_null(act);
    assert_string_equal(act->name, "");
    assert_string_equal(act->formula, "1/x");
    assert_true(df(act, 2) == -0.25);
    again = functions_parse(*state, " 1/x", &e);
    assert_ptr_equal(act, again);
    assert_null(functions_find(*state, "", &e));
    assert_null(functions_find(*state, "1/x", &e));
    assert_null(functions_at(*state, activation_count)); /* not listed */
    assert_ptr_equal(functions_parse(*state, "relu", &e), activation_find("relu"));
    define(*state, "own(x) = x^2");
    assert_string_equal(functions_parse(*state, "own", &e)->name, "own");
    assert_true(f(functions_parse(*state, "own(x) + 1", &e), 2) == 5);
    assert_null(functions_parse(*state, "relo", &e));
    assert_string_equal(e.text, "unknown name 'relo' at column 1: did you mean relu?");
}

static void unknown_functions_name_the_nearest(void **state)
{
    struct error e = {0};

    define(*state, "wobble(x) = sin(x)");
    assert_null(functions_find(*state, "wobbel", &e));
    assert_string_equal(e.text, "no function 'wobbel': did you mean wobble?");
    assert_null(functions_find(*state, "sigmod", &e));
    assert_string_equal(e.text, "no function 'sigmod': did you mean sigmoid?");
    assert_null(functions_find(NULL, "sigmod", &e));
    assert_int_equal(e.kind, ERROR_USAGE);
}

static void defined_functions_have_breaks(void **state)
{
    struct fn_break found[FN_MAX_BREAKS];
    const struct activation *act;
    struct fn fn;

    define(*state, "bend(x) = if(x > alpha, x - alpha, 0)");
    act = define(*state, "bends(x) = bend(x, 2) + bend(-x, 0.5)");
    assert_int_equal(expr_breaks(act->expr, 1, 1, found), 2);
    assert_true(found[0].x == -0.5 && !found[0].jump);
    assert_true(found[1].x == 2 && !found[1].jump);
    fn = fn_default(act);
    assert_int_equal(fn_shape(&fn).smooth, FN_NO);
}

enum crowd { OTHER_NAMES, ONE_NAME, NO_NAME };

/* Processor time for so many functions, made, found, counted and printed. */
static double seconds_for(int n, enum crowd crowd)
{
    struct functions *all = functions_new();
    struct text out = {0};
    const clock_t start = clock();
    char line[64], name[32];

    for (int i = 0; i < n; i++) {
        snprintf(name, sizeof name, "f%d", crowd == ONE_NAME ? 0 : i);
        snprintf(line, sizeof line, "%s(x)=x*%d", name, i);
        if (crowd == NO_NAME) {
            assert_non_null(functions_parse(all, line + strlen(name) + 4, NULL));
        } else {
            const struct activation *act = define(all, line);

            assert_ptr_equal(functions_find(all, name, NULL), act);
        }
    }
    for (int i = 0; functions_at(all, i); i++)
        ;
    functions_print(all, &out);
    text_free(&out);
    functions_free(all);
    return (double)(clock() - start) / CLOCKS_PER_SEC;
}

/* Ten times as many take ten times as long, not a hundred times: however they came to be. */
static void many_take_no_longer_each(void **state)
{
    (void)state;
    unless_brief();
    for (enum crowd c = OTHER_NAMES; c <= NO_NAME; c++) {
        double few = INFINITY, many = INFINITY;

        for (int i = 0; i < 3; i++) {
            few = fmin(few, seconds_for(1000, c));
            many = fmin(many, seconds_for(10000, c));
        }
        assert_true(many < 40 * few);
    }
}

static bool is_next(const void *context, const char *word)
{
    return strcmp(word, context) == 0;
}

/* By whatever door a definition comes. */
static void reserved_words_are_no_names(void **state)
{
    struct functions *all = *state, *like;
    struct error e;

    functions_reserve(all, is_next, "next");
    assert_null(functions_define(all, "next(x) = 2*x", &e));
    assert_non_null(strstr(e.text, "'next' already has a meaning"));
    assert_non_null(functions_define(all, "nexts(next) = 2*next", &e));
    like = functions_like(all);
    assert_null(functions_define(like, "next(x) = 2*x", &e));
    assert_null(functions_find(like, "nexts", NULL));
    functions_free(like);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_definition_is_an_activation),
        TEST(facts_are_those_of_the_table),
        TEST(functions_call_functions),
        TEST(the_variable_has_any_name),
        TEST(a_later_definition_leaves_earlier_users_alone),
        TEST(definitions_can_be_read_back),
        TEST(wrong_definitions),
        TEST(the_cost_is_limited),
        TEST(an_expression_is_a_function_without_a_name),
        TEST(unknown_functions_name_the_nearest),
        TEST(defined_functions_have_breaks),
        TEST(reserved_words_are_no_names),
        TEST(many_take_no_longer_each),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
