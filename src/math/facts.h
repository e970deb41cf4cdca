/* facts.h - the facts of a function that follow from its formulas, its alpha and its beta. */
#ifndef ACTLAB_MATH_FACTS_H
#define ACTLAB_MATH_FACTS_H

#include "math/activation.h"

/* To an ulp or two; of a defined function what can be proved. */
struct fn_shape fn_shape(const struct fn *);
void fn_range(const struct fn *, double *lo, double *hi);
/* Where |f'| is below this share of its largest a unit is saturated: little of the gradient passes.
 */
#define FN_SATURATED 0.05
/* The largest |f'|, to which "saturated" is relative. */
double fn_max_slope(const struct fn *);

/* Each framework's choice of f' at a kink; NAN where one lacks the function. */
struct fn_frameworks {
    double pytorch, jax, keras;
};

/* At the kink or jump x of a function of the table, with fn's own parameters. False, with all NAN,
 * where x is no break of fn or the function is not of the table. */
bool fn_frameworks_at(const struct fn *, double x, struct fn_frameworks *out);

#endif
