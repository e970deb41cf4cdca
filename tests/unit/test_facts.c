/* test_facts.c - what the frameworks take at the kinks. */
#include "expr/functions.h"
#include "math/facts.h"
#include "unit.h"

#include <math.h>
#include <string.h>

static bool same(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

static void test_known(void **state)
{
    const double none = NAN, la = 1.7580993408473766, lambda = 1.0507009873554805;
    const struct {
        const char *name;
        double x, pytorch, jax, keras;
    } row[] = {
        {"relu", 0, 0, 0, 0},
        {"relu6", 0, 0, 0, 0},
        {"relu6", 6, 0, 0, 0},
        {"leaky_relu", 0, 0.01, 1, 0.01},
        {"prelu", 0, 0.25, none, 0},
        {"selu", 0, la, la, lambda},
        {"hardtanh", -1, 0, 1, 1},
        {"hardtanh", 1, 0, 1, 1},
        {"hardsigmoid", 3, 0, 0, 0},
        {"hardswish", -3, 0, 0, 0},
        {"hardswish", 3, 1, 1, 1},
        {"softshrink", 0.5, 0, none, 0},
        {"hardshrink", -0.5, 0, none, 0},
        {"threshold", 1, 0, none, 0},
        {"step", 0, none, none, none},
    };

    (void)state;
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        struct fn fn = fn_default(activation_find(row[i].name));
        struct fn_frameworks at;

        if (!fn_frameworks_at(&fn, row[i].x, &at) || !same(at.pytorch, row[i].pytorch) ||
            !same(at.jax, row[i].jax) || !same(at.keras, row[i].keras))
            fail_msg("%s at %g: %g %g %g", row[i].name, row[i].x, at.pytorch, at.jax, at.keras);
    }
}

/* Every kink has an entry, and PyTorch's value is what the table's own f' takes. */
static void test_every_kink(void **state)
{
    (void)state;
    for (int k = 0; k < activation_count; k++) {
        struct fn fn = fn_default(&activation_table[k]);
        struct fn_break at[FN_MAX_BREAKS];
        struct fn_frameworks of;
        int n;

        if (fn.act->alpha.meaning && fn.alpha == 1)
            fn.alpha = 2; /* elu's kink */
        n = fn_breaks(&fn, at);
        for (int i = 0; i < n; i++) {
            if (!fn_frameworks_at(&fn, at[i].x, &of) ||
                (!isnan(of.pytorch) && of.pytorch != fn_df(&fn, at[i].x)))
                fail_msg("%s at %g: %g", fn.act->name, at[i].x, of.pytorch);
        }
        assert_false(fn_frameworks_at(&fn, 0.123, &of));
        assert_true(isnan(of.pytorch) && isnan(of.jax) && isnan(of.keras));
    }
}

static void test_notes(void **state)
{
    struct functions *functions = functions_new();
    const struct activation *mine = functions_define(functions, "mine(x) = max(x, 0)", NULL);
    struct fn fn = fn_default(mine);
    struct fn_frameworks of;

    (void)state;
    for (int k = 0; k < activation_count; k++) {
        const char *note = activation_table[k].frameworks;

        for (const char *c = note; c && *c; c++)
            assert_in_range(*c, ' ', '~');
        if (note)
            assert_int_equal(note[strlen(note) - 1], '.');
    }
    assert_non_null(strstr(activation_find("leaky_relu")->frameworks, "0.2"));
    assert_non_null(strstr(activation_find("gelu")->frameworks, "tanh form"));
    assert_null(activation_find("sigmoid")->frameworks);
    assert_null(mine->frameworks);
    assert_false(fn_frameworks_at(&fn, 0, &of));
    functions_free(functions);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_known),
        cmocka_unit_test(test_every_kink),
        cmocka_unit_test(test_notes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
