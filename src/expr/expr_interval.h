/* expr_interval.h - an expression over a whole interval: between which values it lies, and its
 * derivative. Private to expr*.c. */
#ifndef ACTLAB_EXPR_EXPR_INTERVAL_H
#define ACTLAB_EXPR_EXPR_INTERVAL_H

#include "expr/expr_code.h"

/* Between lo and hi, both included, where it is defined at all; NAN where it is nowhere. */
struct span {
    double lo, hi;
};

struct interval {
    struct span v, d; /* values; derivatives, one-sided ones included */
    bool moves;       /* with x */
    bool holes;       /* it may be no number somewhere */
    bool pole;        /* a denominator may be 0, or log's argument: then infinite means infinite */
    bool doubt;       /* 0/0 may be in it */
};

static const struct span span_all = {-INFINITY, INFINITY}, span_none = {NAN, NAN},
                         span_zero = {0, 0};

/* NaN, an end that is not known of one of them, is passed over. */
static inline struct span span_hull(struct span a, struct span b)
{
    return (struct span){fmin(a.lo, b.lo), fmax(a.hi, b.hi)};
}

static inline struct span span_with(struct span a, double v)
{
    return span_hull(a, (struct span){v, v});
}

static inline bool span_contains(struct span a, double v)
{
    return a.lo <= v && v <= a.hi;
}

/* A number, and what nothing is known of. */
static inline struct interval interval_of(double v)
{
    return (struct interval){.v = {v, v}};
}

static inline struct interval interval_unknown(void)
{
    return (struct interval){
        .v = span_all, .d = span_all, .moves = true, .holes = true, .doubt = true};
}

/* A function of u whose values are v and whose slopes, by u, g. */
struct interval interval_outer(struct span v, struct span g, const struct interval *u);
/* Of neither value nor slope, but what holds of a or b. */
struct interval interval_joint(const struct interval *a, const struct interval *b);
struct interval interval_negated(const struct interval *);
/* A built-in function without an `over` of its own: between its ends and 0 it rises or falls all
 * the way, and so does its slope. */
struct interval interval_builtin(const struct builtin *, const struct interval *arg);
/* + - * / ^ */
struct interval interval_arithmetic(enum opcode, const struct interval *a,
                                    const struct interval *b);

/* For x in [lo, hi], infinities included: bounds that hold for every x there, but for rounding;
 * wider than they need be where x occurs more than once. At [inf, inf] the limit, if both ends are
 * equal. */
struct interval expr_over(const struct expr *, double lo, double hi, double alpha, double beta);

/* Of built-in functions, for their table: see struct builtin. */
struct interval over_abs(const struct interval *, int n);
struct interval over_ceil(const struct interval *, int n);
struct interval over_clip(const struct interval *, int n);
struct interval over_cos(const struct interval *, int n);
struct interval over_floor(const struct interval *, int n);
struct interval over_max(const struct interval *, int n);
struct interval over_min(const struct interval *, int n);
struct interval over_pow(const struct interval *, int n);
struct interval over_round(const struct interval *, int n);
struct interval over_sign(const struct interval *, int n);
struct interval over_sin(const struct interval *, int n);
struct interval over_tan(const struct interval *, int n);

#endif
