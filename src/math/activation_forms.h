/* activation_forms.h - what the table's rows point to: one f, one f' and, where it has them, the
 * breaks and the range of each function. For activation_table.c and the tests; everyone else goes
 * through the table. */
#ifndef ACTLAB_MATH_ACTIVATION_FORMS_H
#define ACTLAB_MATH_ACTIVATION_FORMS_H

#include "math/activation.h"

/* Every function of the table, in its order. */
#define ACTIVATION_LIST(X)                                                                         \
    X(sigmoid)                                                                                     \
    X(tanh)                                                                                        \
    X(relu)                                                                                        \
    X(leaky_relu)                                                                                  \
    X(elu)                                                                                         \
    X(gelu)                                                                                        \
    X(swish)                                                                                       \
    X(identity)                                                                                    \
    X(step)                                                                                        \
    X(relu6)                                                                                       \
    X(prelu)                                                                                       \
    X(celu)                                                                                        \
    X(selu)                                                                                        \
    X(gelu_tanh)                                                                                   \
    X(mish)                                                                                        \
    X(softplus)                                                                                    \
    X(softsign)                                                                                    \
    X(hardsigmoid)                                                                                 \
    X(hardtanh)                                                                                    \
    X(hardswish)                                                                                   \
    X(logsigmoid)                                                                                  \
    X(tanhshrink)                                                                                  \
    X(softshrink)                                                                                  \
    X(hardshrink)                                                                                  \
    X(threshold)

#define ACTIVATION_DECLARE(name)                                                                   \
    double form_##name(double x, double alpha, double beta);                                       \
    double slope_##name(double x, double alpha, double beta);                                      \
    void range_##name(double alpha, double beta, double *lo, double *hi);
ACTIVATION_LIST(ACTIVATION_DECLARE)
#undef ACTIVATION_DECLARE

int breaks_at_zero(double alpha, double beta, struct fn_break out[FN_MAX_BREAKS]);
int breaks_step(double alpha, double beta, struct fn_break out[FN_MAX_BREAKS]);
int breaks_relu6(double alpha, double beta, struct fn_break out[FN_MAX_BREAKS]);
int breaks_unless_one(double alpha, double beta, struct fn_break out[FN_MAX_BREAKS]);
int breaks_at_one(double alpha, double beta, struct fn_break out[FN_MAX_BREAKS]);
int breaks_at_three(double alpha, double beta, struct fn_break out[FN_MAX_BREAKS]);
int breaks_softshrink(double alpha, double beta, struct fn_break out[FN_MAX_BREAKS]);
int breaks_hardshrink(double alpha, double beta, struct fn_break out[FN_MAX_BREAKS]);
int breaks_threshold(double alpha, double beta, struct fn_break out[FN_MAX_BREAKS]);

/* selu's constants (Klambauer et al. 2017, arXiv 1706.02515, eq. 14). */
#define SELU_ALPHA  1.6732632423543772
#define SELU_LAMBDA 1.0507009873554805

#endif
