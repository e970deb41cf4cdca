/* exp_pair.h - exponentials of arguments that were rounded.
 *
 * beta*x, x/alpha or x^2/2 is a pair hi + lo: the rounding error lo, exact by fma, re-enters as
 * e^(hi+lo) = e^hi (1 + lo); without it gelu(-38) would keep 13 digits of 16. Inline, so
 * that a function's loop over points needs no call. */
#ifndef ACTLAB_MATH_EXP_PAIR_H
#define ACTLAB_MATH_EXP_PAIR_H

#include <float.h>
#include <math.h>

#if FLT_EVAL_METHOD == 2
#error "doubles must be rounded at each operation: on i386 compile with -msse2 -mfpmath=sse"
#endif

/* hi + lo, lo less than an ulp of hi. */
struct pair {
    double hi, lo;
};

static inline struct pair product(double a, double b)
{
    double p = a * b;

    return (struct pair){p, isfinite(p) ? fma(a, b, -p) : 0};
}

static inline struct pair quotient(double a, double b)
{
    double q = a / b;

    return (struct pair){q, isfinite(q) && isfinite(b) ? -fma(q, b, -a) / b : 0};
}

/* beta*x, which is 0 for beta = 0 even where x is infinite. */
static inline struct pair times(double beta, double x)
{
    return beta == 0 && !isnan(x) ? (struct pair){0, 0} : product(beta, x);
}

/* scale * e^(hi+lo); an infinitely small exponential beats an infinite scale. */
static inline double scaled_exp(double scale, struct pair q)
{
    double e;

    if (q.hi == -INFINITY)
        return copysign(0, scale);
    if (fabs(q.hi) < 700) {
        e = exp(q.hi);
        return scale * (e + e * q.lo);
    }
    e = exp(q.hi / 2);
    if (!isinf(e))
        e += e * (q.lo / 2);
    return scale * e * e;
}

static inline double pair_exp(struct pair q)
{
    return scaled_exp(1, q);
}

static inline struct pair negative(struct pair q)
{
    return (struct pair){-q.hi, -q.lo};
}

/* 1/(1+e^-q) */
static inline double logistic(struct pair q)
{
    double e;

    if (q.hi >= 0)
        return 1 / (1 + pair_exp(negative(q)));
    e = pair_exp(q);
    return e / (1 + e);
}

/* x * logistic(q): swish and its relatives. */
static inline double gate(double x, struct pair q)
{
    if (q.hi >= 0)
        return x / (1 + pair_exp(negative(q)));
    return scaled_exp(x, q) / (1 + pair_exp(q));
}

/* d/dx of x * logistic(q(x)) = s + x q' s (1-s), given xdq = x q'. Below 0 both terms share
 * e/(1+e)^2. */
static inline double gate_slope(struct pair q, double xdq)
{
    double e, d;

    if (q.hi >= 0) {
        e = pair_exp(negative(q));
        if (e == 0)
            return 1;
        d = 1 + e;
        return (1 + xdq * (e / d)) / d;
    }
    if (q.hi == -INFINITY)
        return 0;
    e = pair_exp(q);
    d = 1 + e;
    return scaled_exp(1 + e + xdq, q) / (d * d);
}

/* ln(1+e^q) for q <= 0, times scale */
static inline double scaled_log1p_exp(double scale, struct pair q)
{
    if (q.hi < -40) /* ln(1+e) = e to the last bit */
        return scaled_exp(scale, q);
    return scale * log1p(pair_exp(q));
}

#endif
