/* activation_forms.h - what the rows of activations.def point to. For the table and the files that
 * define its functions; everyone else goes through the table. */
#ifndef ACTLAB_MATH_ACTIVATION_FORMS_H
#define ACTLAB_MATH_ACTIVATION_FORMS_H

#include "math/activation.h"

#define MAYBE_UNUSED __attribute__((unused))
#define PARAMETERS   MAYBE_UNUSED double alpha, MAYBE_UNUSED double beta

/* How each is defined: FORM(relu) { return x <= 0 ? 0 : x; } See struct activation for what they
 * are. */
#define FORM(name)     double form_##name(MAYBE_UNUSED double x, PARAMETERS)
#define SLOPE(name)    double slope_##name(MAYBE_UNUSED double x, PARAMETERS)
#define BREAKS(name)   int breaks_##name(PARAMETERS, struct fn_break out[FN_MAX_BREAKS])
#define TURNS(name)    int turns_##name(PARAMETERS, double out[FN_MAX_TURNS])
#define BY_ALPHA(name) double by_alpha_##name(MAYBE_UNUSED double x, PARAMETERS)
#define BY_BETA(name)  double by_beta_##name(MAYBE_UNUSED double x, PARAMETERS)

/* Declared of every function; defined where its row says so. */
#define ACTIVATION(name, ...)                                                                      \
    FORM(name);                                                                                    \
    SLOPE(name);                                                                                   \
    BREAKS(name);                                                                                  \
    TURNS(name);                                                                                   \
    BY_ALPHA(name);                                                                                \
    BY_BETA(name);
#include "math/activations.def"
#undef ACTIVATION

/* selu's constants (Klambauer et al. 2017, arXiv 1706.02515, eq. 14). */
#define SELU_ALPHA  1.6732632423543772
#define SELU_LAMBDA 1.0507009873554805

#endif
