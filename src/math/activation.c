/* activation.c - what is done with a row of the table: find it, bind its parameters, evaluate it,
 * look at it from either side of a break, and measure its steepest slope. */
#include "math/activation.h"

#include <ctype.h>
#include <float.h>
#include <math.h>
#include <string.h>

/* Compares names as people type them: LeakyReLU, leaky-relu and leaky_relu are one. */
static bool same_name(const char *a, const char *b)
{
    for (;; a++, b++) {
        while (*a == '_' || *a == '-')
            a++;
        while (*b == '_' || *b == '-')
            b++;
        if (tolower((unsigned char)*a) != tolower((unsigned char)*b))
            return false;
        if (!*a)
            return true;
    }
}

static const struct {
    const char *also, *name;
} aliases[] = {
    {"silu", "swish"},     {"linear", "identity"},    {"logistic", "sigmoid"},
    {"heaviside", "step"}, {"hardsilu", "hardswish"},
};

const struct activation *activation_find(const char *name)
{
    for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++)
        if (same_name(name, aliases[i].also))
            name = aliases[i].name;
    for (int i = 0; i < activation_count; i++)
        if (same_name(name, activation_table[i].name))
            return &activation_table[i];
    return NULL;
}

struct fn fn_default(const struct activation *act)
{
    return (struct fn){act, act->alpha.fallback, act->beta.fallback};
}

/* One NaN for all: some of the formulas would hand back a negative one, printed as "-nan". */
static double one_nan(double y)
{
    return isnan(y) ? NAN : y;
}

struct dual fn_at(const struct fn *fn, double x)
{
    const struct activation *act = fn->act;
    struct dual y;

    if (act->own)
        y = act->own->at(act, x, fn->alpha, fn->beta);
    else
        y = (struct dual){act->f(x, fn->alpha, fn->beta), act->df(x, fn->alpha, fn->beta)};
    return (struct dual){one_nan(y.v), one_nan(y.d)};
}

double fn_f(const struct fn *fn, double x)
{
    return fn->act->own ? fn_at(fn, x).v : one_nan(fn->act->f(x, fn->alpha, fn->beta));
}

double fn_df(const struct fn *fn, double x)
{
    return fn->act->own ? fn_at(fn, x).d : one_nan(fn->act->df(x, fn->alpha, fn->beta));
}

double fn_cost(const struct fn *fn)
{
    const double table = 5; /* an exponential and some operations around it */

    return fn->act->own ? (double)fn->act->cost : table;
}

int fn_breaks(const struct fn *fn, struct fn_break out[FN_MAX_BREAKS])
{
    if (fn->act->own)
        return fn->act->own->breaks(fn->act, fn->alpha, fn->beta, out);
    return fn->act->breaks ? fn->act->breaks(fn->alpha, fn->beta, out) : 0;
}

/* The next double on that side; around 0 the smallest normal one, since subnormals may count as 0.
 */
static double beside(double x, int side)
{
    if (fabs(x) < DBL_MIN)
        return copysign(DBL_MIN, side);
    return nextafter(x, side < 0 ? -INFINITY : INFINITY);
}

/* v with its last 5 bits rounded away. */
static double rounder(double v)
{
    int exponent;
    double m = frexp(v, &exponent);

    return ldexp(nearbyint(ldexp(m, 48)), exponent - 48);
}

/* g beside x, taken back to x along its slope. What is left of rounding is cleared, so that a limit
 * of 0 or 1.5 does not read -2.5e-32 or 1.5000000000000002. */
static double limit(const struct fn *fn, double (*g)(const struct fn *, double), double x, int side,
                    double slope)
{
    double near = beside(x, side), v = g(fn, near), step = slope * (near - x), back = v - step;

    if (!isfinite(step) || step == 0)
        return v;
    if (fabs(back) <= 4 * DBL_EPSILON * fabs(v))
        return 0;
    return fabs(rounder(back) - back) <= 2 * DBL_EPSILON * fabs(back) ? rounder(back) : back;
}

double fn_f_side(const struct fn *fn, double x, int side)
{
    if (!isfinite(x))
        return fn_f(fn, x);
    if (fn->act->own)
        return fn->act->own->side(fn->act, x, fn->alpha, fn->beta, side).v;
    /* back along the tangent by the one ulp that was gone aside */
    return limit(fn, fn_f, x, side, fn_df(fn, beside(x, side)));
}

double fn_df_side(const struct fn *fn, double x, int side)
{
    double h, bend;

    if (!isfinite(x))
        return fn_df(fn, x);
    if (fn->act->own)
        return fn->act->own->side(fn->act, x, fn->alpha, fn->beta, side).d;
    h = copysign(fmax(fabs(x), 1) * 0x1p-20, side);
    bend = (fn_df(fn, x + 2 * h) - fn_df(fn, x + h)) / h;
    return limit(fn, fn_df, x, side, bend);
}

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

void fn_range(const struct fn *fn, double *lo, double *hi)
{
    if (fn->act->range)
        fn->act->range(fn->alpha, fn->beta, lo, hi);
    else
        scan_range(fn, lo, hi);
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

double fn_max_slope(const struct fn *fn)
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

bool fn_set_parameter(struct fn *fn, const char *which, double v, struct error *e)
{
    bool beta = strcmp(which, "beta") == 0;
    const struct fn_parameter *p = beta ? &fn->act->beta : &fn->act->alpha;
    const char *name = fn->act->name[0] ? fn->act->name : "this expression";

    if (!beta && strcmp(which, "alpha") != 0)
        return misuse(e, -1, "a function has the parameters alpha and beta, not %s", which);
    if (!p->meaning) {
        const struct fn_parameter *other = beta ? &fn->act->alpha : &fn->act->beta;

        if (other->meaning)
            return misuse(e, -1, "%s has no %s, only %s (%s)", name, which, beta ? "alpha" : "beta",
                          other->meaning);
        return misuse(e, -1, "%s has no parameter", name);
    }
    if (!(v >= p->min && v <= p->max))
        return misuse(e, -1, "%s of %s must be from %g to %g, not %g", which, name, p->min, p->max,
                      v);
    if (p->nonzero && fabs(v) < 1e-9) /* also what is left of 0 after a key's steps of 0.1 */
        return misuse(e, -1, "%s of %s must not be 0: the formula divides by it", which, name);
    *(beta ? &fn->beta : &fn->alpha) = v;
    return true;
}

bool fn_same(const struct fn *a, const struct fn *b)
{
    return a->act == b->act && (!a->act->alpha.meaning || a->alpha == b->alpha) &&
           (!a->act->beta.meaning || a->beta == b->beta);
}
