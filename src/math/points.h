/* points.h - the points of a function that are worth a stop: where it is 0, where it turns, where
 * it is steepest, where it breaks. */
#ifndef ACTLAB_MATH_POINTS_H
#define ACTLAB_MATH_POINTS_H

#include "math/activation.h"

#include <stddef.h>

/* A point can be several at once: tanh has a zero and its steepest slope at 0. */
enum fn_point_kind {
    FN_ZERO = 1,    /* f changes its sign, or touches 0 */
    FN_MINIMUM = 2, /* of f, local */
    FN_MAXIMUM = 4,
    FN_SLOPE_MINIMUM = 8, /* of f', local: an inflection */
    FN_SLOPE_MAXIMUM = 16,
    FN_KINK = 32,
    FN_JUMP = 64,
};

struct fn_point {
    double x;
    unsigned kinds; /* of enum fn_point_kind, or'ed */
};

/* The points of [x0, x1] in ascending order, at most max (the first ones). Zeros and extremes of f
 * are found to the last bits of x (they are signs of f and f'), inflections to about 11 digits,
 * kinks and jumps as fn_breaks has them. Where f is constant nothing is found. Points that come and
 * go within 1/2000 of the interval may be missed, and so may places of an expression of thousands
 * of operations. */
int fn_points(const struct fn *, double x0, double x1, struct fn_point out[], int max);
/* The same of f - g. */
int fn_difference_points(const struct fn *f, const struct fn *g, double x0, double x1,
                         struct fn_point out[], int max);
/* "zero, largest slope": the kinds in words, at most n bytes with the NUL. Returns buf. */
const char *fn_point_text(unsigned kinds, char *buf, size_t n);

#endif
