/* math/ - the mathematics: activation functions, expressions, array kernels. It knows base/ alone.
 *
 *   activation.h   the table: formula, f, f', kinks, facts
 *   expr.h         expressions with exact derivatives
 *   facts.h        where the frameworks differ
 *   functions.h    those that a person defines
 *   kernels.h      float arrays: f and f', products, updates
 *   naive.h        the textbook formulas, judged
 *   points.h       zeros, extremes, inflections, kinks
 *   python.h       as functions of PyTorch */
#ifndef ACTLAB_MATH_MATH_H
#define ACTLAB_MATH_MATH_H

#include "math/activation.h"
#include "math/expr.h"
#include "math/facts.h"
#include "math/functions.h"
#include "math/kernels.h"
#include "math/naive.h"
#include "math/points.h"
#include "math/python.h"

#endif
