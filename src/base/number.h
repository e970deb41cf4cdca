/* number.h - doubles: as text that brings them back, and in order. */
#ifndef ACTLAB_BASE_NUMBER_H
#define ACTLAB_BASE_NUMBER_H

enum { NUMBER_TEXT_MAX = 32 };

/* As "%.{n}g" with the smallest n from `least` to 17 that reads back as v. Returns out. */
const char *number_shortest(char out[NUMBER_TEXT_MAX], double v, int least);
/* Writes v as printf's "%.{digits}g" does, digits from 1 to 17, but NaN without its sign. Returns
 * the length. */
int number_digits(char out[NUMBER_TEXT_MAX], double v, int digits);
/* The shortest of 15, 16 and 17 digits that reads back as v. Returns its length. */
int number_text(char out[NUMBER_TEXT_MAX], double v);
/* A loss as people read it: with so many decimals as long as it is small. Returns out. */
const char *number_loss(char out[NUMBER_TEXT_MAX], double v, int decimals);
/* For qsort: doubles, the smallest first; no NaN. */
int number_ascending(const void *a, const void *b);

#endif
