/* math/ - the mathematics: activation functions, expressions, array kernels. It knows base/ alone.
 *
 *   activation.h  the table: formula, f, f', kinks, facts      expr.h  expressions with exact
 * derivatives kernels.h     f and f' over float arrays */
#ifndef ACTLAB_MATH_MATH_H
#define ACTLAB_MATH_MATH_H

#include "math/activation.h"
#include "math/expr.h"
#include "math/kernels.h"

#endif
