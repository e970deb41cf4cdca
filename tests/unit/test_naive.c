/* test_naive.c - the textbook formulas fail where it is said that they do, and nowhere else. */
#include "fns.h"
#include "math/naive.h"
#include "unit.h"

#include <float.h>
#include <math.h>
#include <string.h>

static enum naive_verdict verdict(const char *name, int form, double alpha, double x)
{
    struct fn fn = fn_named(name);

    if (fn.act->alpha.meaning)
        fn.alpha = alpha;
    return naive_read(naive_form(fn.act, form), &fn, x).verdict;
}

static void test_which_have_one(void **state)
{
    static const char *const have[] = {"sigmoid", "tanh", "relu",  "leaky_relu",
                                       "elu",     "gelu", "swish", "gelu_tanh"};
    int n = 0;

    (void)state;
    for (size_t i = 0; i < sizeof have / sizeof *have; i++)
        assert_non_null(naive_form(activation_find(have[i]), 0));
    for (int k = 0; k < activation_count; k++)
        n += naive_form(&activation_table[k], 0) != NULL;
    assert_int_equal(n, sizeof have / sizeof *have);
    assert_non_null(naive_form(activation_find("gelu"), 1));
    assert_null(naive_form(activation_find("gelu"), 2));
    assert_null(naive_form(activation_find("relu"), 1));
    assert_null(naive_form(activation_find("mish"), 0));
    assert_null(naive_form(activation_find("relu"), -1));
    for (int k = 0; k < activation_count; k++) {
        const struct naive_form *form;

        for (int i = 0; (form = naive_form(&activation_table[k], i)); i++) {
            assert_string_equal(form->function, activation_table[k].name);
            for (const char *const *t =
                     (const char *const[]){form->formula, form->trouble, form->cure, NULL};
                 *t; t++) {
                assert_true(strlen(*t) > 5);
                for (const char *c = *t; *c; c++)
                    assert_in_range(*c, ' ', '~');
            }
        }
    }
}

/* On ordinary numbers nobody notices anything. */
static void test_fine_in_the_middle(void **state)
{
    (void)state;
    for (int k = 0; k < activation_count; k++) {
        struct fn fn = fn_default(&activation_table[k]);
        const struct naive_form *form = naive_form(fn.act, 0);

        for (double x = -3.03; form && x < 50; x += 0.25) {
            struct naive_reading r = naive_read(form, &fn, x);

            if (r.verdict != NAIVE_FINE)
                fail_msg("%s at %g: %s", fn.act->name, x, naive_verdict_text(r.verdict));
            assert_true(r.digits >= NAIVE_DIGITS_FINE && r.digits <= 16);
        }
    }
}

static void test_verdicts(void **state)
{
    (void)state;
    assert_int_equal(verdict("sigmoid", 0, 0, -709.7), NAIVE_FINE);
    assert_int_equal(verdict("sigmoid", 0, 0, -709.8), NAIVE_OVERFLOW);
    assert_int_equal(verdict("sigmoid", 0, 0, 1000), NAIVE_FINE);
    assert_int_equal(verdict("sigmoid", 0, 0, -INFINITY), NAIVE_FINE);
    assert_int_equal(verdict("tanh", 0, 0, 710), NAIVE_NAN);
    assert_int_equal(verdict("tanh", 0, 0, -710), NAIVE_NAN);
    assert_int_equal(verdict("tanh", 0, 0, 709), NAIVE_FINE);
    assert_int_equal(verdict("tanh", 0, 0, 1.1e-9), NAIVE_DIGITS);
    assert_int_equal(verdict("tanh", 0, 0, 0), NAIVE_FINE);
    assert_int_equal(verdict("relu", 0, 0, -DBL_MAX), NAIVE_FINE);
    assert_int_equal(verdict("leaky_relu", 0, 1, -3), NAIVE_FINE);
    assert_int_equal(verdict("leaky_relu", 0, 2, -3), NAIVE_BRANCH);
    assert_int_equal(verdict("leaky_relu", 0, 2, 3), NAIVE_BRANCH);
    assert_int_equal(verdict("leaky_relu", 0, 2, 0), NAIVE_FINE);
    assert_int_equal(verdict("leaky_relu", 0, -0.5, -3), NAIVE_FINE);
    assert_int_equal(verdict("elu", 0, 1, 710), NAIVE_OVERFLOW);
    assert_int_equal(verdict("elu", 0, 1, -1.1e-9), NAIVE_DIGITS);
    assert_int_equal(verdict("elu", 0, 1, 1.1e-9), NAIVE_FINE);
    assert_int_equal(verdict("gelu", 0, 0, -8.4), NAIVE_DIGITS);
    assert_int_equal(verdict("gelu", 0, 0, 8.4), NAIVE_FINE);
    assert_int_equal(verdict("gelu", 1, 0, 1), NAIVE_APPROXIMATE);
    assert_int_equal(verdict("gelu", 1, 0, -6), NAIVE_DIGITS);
    assert_int_equal(verdict("gelu_tanh", 0, 0, 1), NAIVE_FINE);
    assert_int_equal(verdict("gelu_tanh", 0, 0, -7.5), NAIVE_DIGITS);
    assert_int_equal(verdict("swish", 0, 0, -710), NAIVE_OVERFLOW);
    assert_int_equal(verdict("swish", 0, 0, -INFINITY), NAIVE_NAN);
    assert_int_equal(verdict("swish", 0, 0, NAN), NAIVE_FINE); /* NaN in, NaN out is right */
}

static void test_digits(void **state)
{
    struct fn fn = fn_named("gelu");
    struct naive_reading r = naive_read(naive_form(fn.act, 0), &fn, -8.4);

    (void)state;
    assert_true(r.naive == 0 && r.stable < 0 && r.digits == 0);
    r = naive_read(naive_form(fn.act, 0), &fn, -6);
    assert_true(r.digits > 4 && r.digits < 11);
    r = naive_read(naive_form(fn.act, 1), &fn, 1);
    assert_true(r.digits > 3 && r.digits < 5);
    fn = fn_named("elu");
    r = naive_read(naive_form(fn.act, 0), &fn, -1.1e-9);
    assert_true(r.digits > 4 && r.digits < 11);
}

static const struct naive_span *find(const struct naive_span *span, int n,
                                     enum naive_verdict verdict, double x)
{
    for (int i = 0; i < n; i++)
        if (span[i].verdict == verdict && span[i].from <= x && x <= span[i].to)
            return &span[i];
    fail_msg("no span \"%s\" around %g", naive_verdict_text(verdict), x);
    return NULL;
}

static void within(double got, double least, double most)
{
    if (!(got >= least && got <= most))
        fail_msg("%.17g is not between %g and %g", got, least, most);
}

static void test_spans(void **state)
{
    const double overflow = 709.78271289338397; /* the largest x with a finite e^x */
    struct naive_span span[NAIVE_MAX_SPANS];
    struct fn fn = fn_named("sigmoid");
    int n = naive_spans(naive_form(fn.act, 0), &fn, span);

    (void)state;
    assert_int_equal(n, 1);
    assert_true(find(span, n, NAIVE_OVERFLOW, -800)->to == nextafter(-overflow, -800));
    assert_true(span[0].from == -DBL_MAX && span[0].worst == 0);

    fn = fn_named("tanh");
    n = naive_spans(naive_form(fn.act, 0), &fn, span);
    assert_int_equal(n, 5);
    assert_true(span[0].from == -INFINITY && span[0].to == -INFINITY);
    assert_true(find(span, n, NAIVE_NAN, 1e5)->from == nextafter(overflow, 800));
    within(find(span, n, NAIVE_DIGITS, 0)->to, 1e-5, 1e-3);

    fn = fn_named("relu");
    assert_int_equal(naive_spans(naive_form(fn.act, 0), &fn, span), 0);

    fn = fn_named("leaky_relu");
    assert_int_equal(naive_spans(naive_form(fn.act, 0), &fn, span), 0);
    fn.alpha = 1.5;
    n = naive_spans(naive_form(fn.act, 0), &fn, span);
    assert_int_equal(n, 2);
    assert_true(find(span, n, NAIVE_BRANCH, -1)->to == -0x1p-1074 &&
                find(span, n, NAIVE_BRANCH, 1)->from == 0x1p-1074);

    fn = fn_named("elu");
    n = naive_spans(naive_form(fn.act, 0), &fn, span);
    assert_int_equal(n, 2);
    within(find(span, n, NAIVE_DIGITS, -1e-9)->from, -1e-3, -1e-5);
    assert_true(find(span, n, NAIVE_OVERFLOW, 1e5)->from == nextafter(overflow, 800));

    fn = fn_named("gelu");
    n = naive_spans(naive_form(fn.act, 0), &fn, span);
    assert_int_equal(n, 2);
    within(find(span, n, NAIVE_DIGITS, -10)->to, -4.5, -3);
    n = naive_spans(naive_form(fn.act, 1), &fn, span);
    find(span, n, NAIVE_APPROXIMATE, -1);
    find(span, n, NAIVE_APPROXIMATE, 1);
    find(span, n, NAIVE_DIGITS, -6);

    fn = fn_named("swish");
    fn.beta = 2;
    n = naive_spans(naive_form(fn.act, 0), &fn, span);
    within(find(span, n, NAIVE_OVERFLOW, -400)->to, -overflow / 2 - 1e-9, -overflow / 2);
    for (int i = 1; i < n; i++)
        assert_true(span[i - 1].to <= span[i].from);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_which_have_one), cmocka_unit_test(test_fine_in_the_middle),
        cmocka_unit_test(test_verdicts),       cmocka_unit_test(test_digits),
        cmocka_unit_test(test_spans),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
