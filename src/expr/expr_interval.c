/* expr_interval.c - interval arithmetic (Moore, "Interval Analysis", 1966) with derivatives.
 *
 * The code of an expression is run as in expr_eval.c, on intervals. Where a condition is not
 * decided both branches are run. What cannot be bounded is bounded by the infinities. */
#include "expr/expr_interval.h"

#include <math.h>

/* --- spans ------------------------------------------------------------------------------------ */

static struct span opposite(struct span a)
{
    return (struct span){-a.hi, -a.lo};
}

static struct span sum(struct span a, struct span b)
{
    struct span s = {a.lo + b.lo, a.hi + b.hi};

    if (isnan(a.lo) || isnan(b.lo))
        return span_none;
    return (struct span){isnan(s.lo) ? -INFINITY : s.lo, isnan(s.hi) ? INFINITY : s.hi};
}

static bool is_zero(struct span a)
{
    return a.lo == 0 && a.hi == 0;
}

static bool is_infinite(struct span a)
{
    return a.lo == a.hi && isinf(a.lo);
}

/* An end that is infinite bounds numbers that are not: times 0 it is 0. But where nothing is left
 * but infinity, as where all of it overflows, times 0 it is NaN, and times what is near 0 anything.
 */
static double times(double a, double b)
{
    return a == 0 || b == 0 ? 0 : a * b;
}

static struct span product(struct span a, struct span b)
{
    struct span s = span_none;

    if (isnan(a.lo) || isnan(b.lo) || (is_infinite(a) && is_zero(b)) ||
        (is_infinite(b) && is_zero(a)))
        return span_none;
    if ((is_infinite(a) && span_contains(b, 0)) || (is_infinite(b) && span_contains(a, 0)))
        return span_all;
    s = span_with(span_with(s, times(a.lo, b.lo)), times(a.lo, b.hi));
    return span_with(span_with(s, times(a.hi, b.lo)), times(a.hi, b.hi));
}

static struct span quotient(struct span a, struct span b)
{
    if (isnan(a.lo) || isnan(b.lo) || (is_zero(a) && is_zero(b)))
        return span_none;
    if ((b.lo < 0 && b.hi > 0) || is_zero(b))
        return span_all;
    return product(
        a, (struct span){b.hi == 0 ? -INFINITY : 1 / b.hi, b.lo == 0 ? INFINITY : 1 / b.lo});
}

/* --- one function of an interval -------------------------------------------------------------- */

/* v and its slope g as functions of u. */
struct interval interval_outer(struct span v, struct span g, const struct interval *u)
{
    struct interval y = *u;

    y.v = v;
    y.d = u->moves ? product(g, u->d) : span_zero;
    return y;
}

/* All that may be true of a value of a, or of b. */
struct interval interval_joint(const struct interval *a, const struct interval *b)
{
    return (struct interval){.moves = a->moves || b->moves,
                             .holes = a->holes || b->holes,
                             .pole = a->pole || b->pole,
                             .doubt = a->doubt || b->doubt};
}

struct interval interval_builtin(const struct builtin *b, const struct interval *arg)
{
    struct interval u = *arg;
    struct span v, g;
    double f0;

    if (b->from < b->to) {
        u.holes |= u.v.lo < b->from || u.v.hi > b->to;
        u.v = (struct span){fmax(u.v.lo, b->from), fmin(u.v.hi, b->to)};
    }
    if (!(u.v.lo <= u.v.hi))
        return (struct interval){.v = span_none, .d = span_none, .moves = u.moves, .holes = true};
    v = span_with(span_with(span_none, b->f(u.v.lo)), b->f(u.v.hi));
    g = span_with(span_with(span_none, b->df(u.v.lo, b->f(u.v.lo))), b->df(u.v.hi, b->f(u.v.hi)));
    u.pole |= isfinite(u.v.lo) && isinf(b->f(u.v.lo)) && b->from < b->to;
    if (span_contains(u.v, 0)) {
        f0 = b->f(0);
        v = span_with(v, f0);
        g = span_with(g, b->df(0, f0));
    }
    return interval_outer(v, g, &u);
}

/* True if at + k period lies in the interval for a whole k, or might by rounding. */
static bool passes(struct span u, double at, double period)
{
    const double slack = 1e-9, a = (u.lo - at) / period, b = (u.hi - at) / period;

    return !(b - a < 1) || fabs(a) > 1e6 || floor(b + slack) > floor(a - slack);
}

/* sin(u + quarters pi/2) */
static struct span wave(struct span u, int quarters)
{
    const double sign = quarters & 2 ? -1 : 1, top = M_PI_2 * (1 - quarters);
    double (*f)(double) = quarters & 1 ? cos : sin;
    struct span v = isinf(u.lo) || isinf(u.hi)
                        ? span_none
                        : span_with(span_with(span_none, sign * f(u.lo)), sign * f(u.hi));

    if (passes(u, top, 2 * M_PI))
        v = span_with(v, 1);
    if (passes(u, top - M_PI, 2 * M_PI))
        v = span_with(v, -1);
    return v;
}

struct interval over_sin(const struct interval *a, int n)
{
    (void)n;
    return interval_outer(wave(a->v, 0), wave(a->v, 1), a);
}

struct interval over_cos(const struct interval *a, int n)
{
    (void)n;
    return interval_outer(wave(a->v, 1), wave(a->v, 2), a);
}

struct interval over_tan(const struct interval *a, int n)
{
    struct span v = {tan(a->v.lo), tan(a->v.hi)}, g;
    struct interval y;

    (void)n;
    if (passes(a->v, M_PI_2, M_PI)) {
        y = interval_outer(span_all, (struct span){1, INFINITY}, a);
        y.pole = true;
        return y;
    }
    g = span_with(span_with(span_none, 1 + v.lo * v.lo), 1 + v.hi * v.hi);
    return interval_outer(v, span_contains(v, 0) ? span_with(g, 1) : g, a);
}

struct interval interval_negated(const struct interval *a)
{
    struct interval y = *a;

    y.v = opposite(a->v);
    y.d = opposite(a->d);
    return y;
}

struct interval over_abs(const struct interval *a, int n)
{
    struct interval y = a->v.lo >= 0 ? *a : interval_negated(a);

    (void)n;
    if (a->v.lo < 0 && a->v.hi > 0) {
        y.v = (struct span){0, fmax(-a->v.lo, a->v.hi)};
        y.d = span_hull(a->d, y.d);
    }
    return y;
}

/* floor and the like: they rise, in steps. */
static struct interval steps(double (*f)(double), const struct interval *a)
{
    struct interval y = *a;

    y.v = (struct span){f(a->v.lo), f(a->v.hi)};
    y.d = span_zero;
    y.moves = false;
    return y;
}

struct interval over_floor(const struct interval *a, int n)
{
    (void)n;
    return steps(floor, a);
}

struct interval over_ceil(const struct interval *a, int n)
{
    (void)n;
    return steps(ceil, a);
}

struct interval over_round(const struct interval *a, int n)
{
    (void)n;
    return steps(round, a);
}

static double sign(double u)
{
    return (u > 0) - (u < 0);
}

struct interval over_sign(const struct interval *a, int n)
{
    (void)n;
    return steps(sign, a);
}

static struct interval larger(const struct interval *a, const struct interval *b)
{
    struct interval y = interval_joint(a, b);

    if (!y.holes && a->v.lo > b->v.hi)
        return *a;
    if (!y.holes && b->v.lo > a->v.hi)
        return *b;
    y.v = (struct span){fmax(a->v.lo, b->v.lo), fmax(a->v.hi, b->v.hi)};
    y.d = span_hull(a->d, b->d);
    return y;
}

struct interval over_max(const struct interval *a, int n)
{
    struct interval y = a[0];

    for (int i = 1; i < n; i++)
        y = larger(&y, &a[i]);
    return y;
}

struct interval over_min(const struct interval *a, int n)
{
    struct interval y = interval_negated(&a[0]);

    for (int i = 1; i < n; i++) {
        struct interval next = interval_negated(&a[i]);

        y = larger(&y, &next);
    }
    return interval_negated(&y);
}

struct interval over_clip(const struct interval *a, int n)
{
    struct interval y[2] = {over_max(a, 2), a[2]};

    (void)n;
    return over_min(y, 2);
}

/* --- powers ----------------------------------------------------------------------------------- */

/* u^w for a number w; where w is not whole only u >= 0 counts. */
static struct span power(struct span u, double w)
{
    const bool whole = w == rint(w), odd = whole && fmod(w, 2) != 0;
    struct span v = span_none;

    if (w == 0)
        return (struct span){1, 1};
    if (!whole)
        u.lo = fmax(u.lo, 0);
    if (!(u.lo <= u.hi))
        return span_none;
    if (u.lo != 0)
        v = span_with(v, pow(u.lo, w));
    if (u.hi != 0)
        v = span_with(v, pow(u.hi, w));
    if (!span_contains(u, 0))
        return v;
    if (w > 0)
        return span_with(v, 0);
    v = span_with(v, INFINITY);
    return u.lo < 0 && odd ? span_with(v, -INFINITY) : v;
}

/* e^(w ln u), for a w that moves. */
static struct interval moving_power(const struct interval *u, const struct interval *w)
{
    struct span log_u = {log(u->v.lo), log(u->v.hi)}, v, d;
    struct interval y = interval_joint(u, w);

    if (!(u->v.lo >= 0))
        return interval_unknown();
    v = product(w->v, log_u);
    d = sum(product(w->d, log_u), product(w->v, quotient(u->d, u->v)));
    y.v = (struct span){exp(v.lo), exp(v.hi)};
    y.d = product(y.v, d);
    if (u->v.lo == 0) { /* 0^w is 0, 1, or infinite */
        y.v = span_with(span_with(y.v, 0), w->v.lo < 0 ? INFINITY : 1);
        y.doubt = true;
    }
    return y;
}

struct interval over_pow(const struct interval *a, int n)
{
    const struct interval *u = &a[0], *w = &a[1];
    struct interval y;

    (void)n;
    if (w->moves || w->v.lo != w->v.hi)
        return moving_power(u, w);
    y = interval_outer(power(u->v, w->v.lo),
                       product((struct span){w->v.lo, w->v.lo}, power(u->v, w->v.lo - 1)), u);
    y.holes |= u->v.lo < 0 && w->v.lo != rint(w->v.lo);
    y.pole |= w->v.lo < 0 && span_contains(u->v, 0);
    return y;
}

/* --- arithmetic ------------------------------------------------------------------------------- */

struct interval interval_arithmetic(enum opcode op, const struct interval *a,
                                    const struct interval *b)
{
    struct interval y = interval_joint(a, b);
    struct span q;

    switch (op) {
    case OP_ADD:
        y.v = sum(a->v, b->v);
        y.d = sum(a->d, b->d);
        return y;
    case OP_SUBTRACT:
        y.v = sum(a->v, opposite(b->v));
        y.d = sum(a->d, opposite(b->d));
        return y;
    case OP_MULTIPLY:
        y.v = product(a->v, b->v);
        y.d = sum(product(b->v, a->d), product(a->v, b->d));
        return y;
    case OP_DIVIDE:
        q = y.v = quotient(a->v, b->v);
        y.d = y.moves ? quotient(sum(a->d, opposite(product(q, b->d))), b->v) : span_zero;
        y.holes |= span_contains(b->v, 0);
        y.doubt |= span_contains(b->v, 0) && span_contains(a->v, 0);
        y.pole |= span_contains(b->v, 0);
        return y;
    default:
        return over_pow((const struct interval[2]){*a, *b}, 2);
    }
}
