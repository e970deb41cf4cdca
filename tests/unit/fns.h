/* fns.h - functions of the table for tests: one by name, each at every setting worth trying, and
 * how a failure names it. */
#ifndef ACTLAB_TESTS_FNS_H
#define ACTLAB_TESTS_FNS_H

#include "math/activation.h"
#include "unit.h"

#include <math.h>

#define WHERE   "%s alpha=%g beta=%g"
#define WHO(fn) (fn)->act->name, (fn)->alpha, (fn)->beta

static inline struct fn fn_named(const char *name)
{
    const struct activation *act = activation_find(name);

    assert_non_null(act);
    return fn_default(act);
}

/* Runs `check` for every function at its defaults and at every other parameter value worth trying.
 */
static inline void each_setting(void (*check)(const struct fn *))
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

/* Whether the function breaks no further than h from x. */
static inline bool near_break(const struct fn *fn, double x, double h)
{
    struct fn_break at[FN_MAX_BREAKS];
    int n = fn_breaks(fn, at);

    for (int i = 0; i < n; i++)
        if (fabs(x - at[i].x) <= h)
            return true;
    return false;
}

#endif
