/* facts.c - see facts.h. */
#include "math/facts.h"

#include <math.h>
#include <stddef.h>

/* --- shape ------------------------------------------------------------------------------------ */

/* NaN is passed over: a sine has no value at infinity. */
static void include(double v, double *lo, double *hi)
{
    v += 0; /* -0 is 0 */
    *lo = fmin(*lo, v);
    *hi = fmax(*hi, v);
}

/* f and f' are extreme where they turn, at a break, or at infinity. */
static void find_bounds(const struct fn *fn, struct fn_shape *s)
{
    double x[2 + FN_MAX_TURNS] = {-INFINITY, INFINITY};
    struct fn_break at[FN_MAX_BREAKS];
    int breaks = fn_breaks(fn, at), n = 2;

    if (fn->act->turns)
        n += fn->act->turns(fn->alpha, fn->beta, x + n);
    for (int i = 0; i < n; i++) {
        include(fn_f(fn, x[i]), &s->lo, &s->hi);
        include(fn_df(fn, x[i]), &s->slope_lo, &s->slope_hi);
    }
    for (int i = 0; i < 2 * breaks; i++) {
        int side = i % 2 ? 1 : -1;

        include(fn_f_side(fn, at[i / 2].x, side), &s->lo, &s->hi);
        include(fn_df_side(fn, at[i / 2].x, side), &s->slope_lo, &s->slope_hi);
    }
}

static bool a_jump_falls(const struct fn *fn)
{
    struct fn_break at[FN_MAX_BREAKS];
    int n = fn_breaks(fn, at);

    for (int i = 0; i < n; i++)
        if (at[i].jump && fn_f_side(fn, at[i].x, 1) < fn_f_side(fn, at[i].x, -1))
            return true;
    return false;
}

/* An odd function of the table is odd to the last bit, any other differs at each of these. */
static bool is_odd(const struct fn *fn)
{
    static const double somewhere[] = {0, 0.3, 1.7, 4.1, 7.9};

    for (size_t i = 0; i < sizeof somewhere / sizeof *somewhere; i++)
        if (fn_f(fn, -somewhere[i]) != -fn_f(fn, somewhere[i]))
            return false;
    return true;
}

struct fn_shape fn_shape(const struct fn *fn)
{
    struct fn_shape s = {INFINITY, -INFINITY, INFINITY, -INFINITY, FN_NO, FN_NO, FN_NO};
    struct fn_break at[FN_MAX_BREAKS];

    if (fn->act->own)
        return fn->act->own->shape(fn->act, fn->alpha, fn->beta);
    find_bounds(fn, &s);
    s.odd = is_odd(fn);
    s.monotone = s.slope_lo >= 0 && !a_jump_falls(fn);
    s.smooth = fn_breaks(fn, at) == 0;
    return s;
}

void fn_range(const struct fn *fn, double *lo, double *hi)
{
    struct fn_shape s = fn_shape(fn);

    *lo = s.lo;
    *hi = s.hi;
}

double fn_max_slope(const struct fn *fn)
{
    struct fn_shape s = fn_shape(fn);

    return isnan(s.slope_lo) || isnan(s.slope_hi) ? NAN : fmax(-s.slope_lo, s.slope_hi);
}

/* --- frameworks ------------------------------------------------------------------------------- */

static double slope(const struct fn *fn, double x, enum fn_take take)
{
    switch (take) {
    case TAKE_NONE:
        break;
    case TAKE_ZERO:
        return 0;
    case TAKE_LEFT:
        return fn_df_side(fn, x, -1);
    case TAKE_RIGHT:
        return fn_df_side(fn, x, 1);
    case TAKE_INNER:
        return fn_df_side(fn, x, x < 0 ? 1 : -1);
    case TAKE_OUTER:
        return fn_df_side(fn, x, x < 0 ? -1 : 1);
    }
    return NAN;
}

bool fn_frameworks_at(const struct fn *fn, double x, struct fn_frameworks *out)
{
    struct fn_break at[FN_MAX_BREAKS];
    int n = fn->act->own ? 0 : fn_breaks(fn, at);

    *out = (struct fn_frameworks){NAN, NAN, NAN};
    for (int i = 0; i < n; i++)
        if (at[i].x == x) {
            *out = (struct fn_frameworks){slope(fn, x, fn->act->at_kinks.pytorch),
                                          slope(fn, x, fn->act->at_kinks.jax),
                                          slope(fn, x, fn->act->at_kinks.keras)};
            return true;
        }
    return false;
}
