/* expr_shape.h - what can be proved of a defined function's shape. Private to expr*.c and
 * functions.c. */
#ifndef ACTLAB_EXPR_EXPR_SHAPE_H
#define ACTLAB_EXPR_EXPR_SHAPE_H

#include "expr/expr_code.h"

/* f(-x) = -f(x), by the way it is made; false where that does not say. */
bool expr_is_odd(const struct expr *);
/* See fn_shape. Bounds are values that f or f' takes, or limits; each is proved to be the last but
 * for a twentieth of the range, else NAN. Remembered until alpha or beta change. */
struct fn_shape expr_shape(const struct expr *, double alpha, double beta);

#endif
