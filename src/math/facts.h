/* facts.h - what PyTorch, JAX and Keras make of these functions where mathematics leaves a choice.
 */
#ifndef ACTLAB_MATH_FACTS_H
#define ACTLAB_MATH_FACTS_H

#include "math/activation.h"

/* What each framework takes for f' at the kink or jump x of a function of the table, with fn's own
 * parameters; NAN where one lacks the function or its derivative. Read from the sources of
 * PyTorch 2.7, jax.nn and Keras 3 on TensorFlow. False, with all NAN, where x is no break of fn or
 * the function is not of the table. */
bool fn_frameworks_at(const struct fn *, double x, struct fn_frameworks *out);
/* How names, defaults or values differ between frameworks: a sentence, ASCII; NULL where there is
 * nothing to tell. */
const char *fn_framework_note(const struct activation *);

#endif
