/* real.h - numbers as text that reads back as the same number. */
#ifndef ACTLAB_LAB_REAL_H
#define ACTLAB_LAB_REAL_H

#include "base/number.h"

enum { REAL_TEXT_MAX = NUMBER_TEXT_MAX };

/* What printf writes for "%.{digits}g", digits from 1 to 17, but NaN without its sign. Returns its
 * length. */
int real_digits(char out[REAL_TEXT_MAX], double v, int digits);
/* The shortest of 15, 16 and 17 digits that reads back as v. Returns its length. */
int real_text(char out[REAL_TEXT_MAX], double v);
/* A loss as people read it: with so many decimals as long as it is small. Returns out. */
const char *real_loss(char out[REAL_TEXT_MAX], double v, int decimals);

#endif
