/* expr_shape.c - the shape of a defined function, from samples. */
#include "expr/expr_code.h"
#include "math/facts.h"

#include <math.h>

/* Grids are densest at 0, where the action is: REACH times the cube of u in [-1, 1]. */
static const double REACH = 50;

static double cubic(double u)
{
    return REACH * u * u * u;
}

/* The values of f seen on a grid out to 1e300: all that can be said of an expression. A side on
 * which the far values still grow counts as unbounded. */
static void scan_range(const struct fn *fn, double *lo, double *hi)
{
    static const double far[] = {50, 1e3, 1e8, 1e16, 1e100, 1e300};
    enum { N = 2000, FAR = sizeof far / sizeof *far };

    *lo = INFINITY;
    *hi = -INFINITY;
    for (int i = 0; i <= N; i++) {
        double u = 2.0 * i / N - 1, y = fn_f(fn, cubic(u));

        *lo = fmin(*lo, y); /* passes over NaN */
        *hi = fmax(*hi, y);
    }
    for (int side = -1; side <= 1; side += 2) {
        double before = fn_f(fn, side * far[0]), y = before;

        for (int i = 1; i < FAR; i++) {
            before = y;
            y = fn_f(fn, side * far[i]);
            *lo = fmin(*lo, y);
            *hi = fmax(*hi, y);
        }
        if (*lo == y && y < before - fabs(before) * 1e-9)
            *lo = -INFINITY;
        if (*hi == y && y > before + fabs(before) * 1e-9)
            *hi = INFINITY;
    }
    if (*lo > *hi) /* NaN everywhere */
        *lo = -INFINITY, *hi = INFINITY;
}

static double steepness(const struct fn *fn, double x)
{
    double d = fabs(fn_df(fn, x));

    return isnan(d) ? 0 : d;
}

/* The maximum of |f'| between a and b by golden section. */
static double climb(const struct fn *fn, double a, double b)
{
    const double golden = 0.6180339887498949;
    double p = b - golden * (b - a), q = a + golden * (b - a);
    double at_p = steepness(fn, p), at_q = steepness(fn, q);

    for (int i = 0; i < 60 && p < q; i++) {
        if (at_p < at_q) {
            a = p;
            p = q, at_p = at_q;
            q = a + golden * (b - a), at_q = steepness(fn, q);
        } else {
            b = q;
            q = p, at_q = at_p;
            p = b - golden * (b - a), at_p = steepness(fn, p);
        }
    }
    return fmax(at_p, at_q);
}

static double max_slope(const struct fn *fn)
{
    enum { N = 1000 };
    struct fn_break at[FN_MAX_BREAKS];
    double best = 0, best_u = 0, most;
    int n = fn_breaks(fn, at);

    for (int i = 0; i <= N; i++) {
        double u = 2.0 * i / N - 1, d = steepness(fn, cubic(u));

        if (d > best)
            best = d, best_u = u;
    }
    most = best;
    if (best > 0) {
        double a = fmax(best_u - 2.0 / N, -1), b = fmin(best_u + 2.0 / N, 1);

        most = fmax(most, climb(fn, cubic(a), cubic(b)));
    }
    for (int i = 0; i < n; i++) {
        if (fabs(at[i].x) <= REACH) {
            most = fmax(most, fabs(fn_df_side(fn, at[i].x, -1)));
            most = fmax(most, fabs(fn_df_side(fn, at[i].x, 1)));
        }
    }
    return most;
}

static bool is_opposite(double a, double b)
{
    return a == -b || fabs(a + b) <= 1e-12 * fabs(a - b);
}

static struct fn_shape find_shape(const struct activation *act, double alpha, double beta)
{
    struct fn fn = {act, alpha, beta};
    struct fn_break breaks[FN_MAX_BREAKS];
    struct fn_shape s;
    bool odd = true, rising = true;
    double before = NAN;

    for (int i = -200; i <= 200; i++) {
        double v = fn_f(&fn, i * 0.05);

        odd &= i < 0 || is_opposite(v, fn_f(&fn, i * -0.05));
        rising &= !(v < before);
        before = v;
    }
    scan_range(&fn, &s.lo, &s.hi);
    s.slope_hi = max_slope(&fn);
    s.slope_lo = -s.slope_hi;
    s.odd = odd;
    s.monotone = rising;
    s.smooth = expr_breaks(act->expr, alpha, beta, breaks) == 0;
    return s;
}

struct fn_shape expr_shape(const struct activation *act, double alpha, double beta)
{
    struct expr_memo *memo = act->expr->memo;

    if (!memo->has_shape || memo->shape_alpha != alpha || memo->shape_beta != beta) {
        memo->shape = find_shape(act, alpha, beta);
        memo->shape_alpha = alpha;
        memo->shape_beta = beta;
        memo->has_shape = true;
    }
    return memo->shape;
}
