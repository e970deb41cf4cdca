/* number.h - doubles: as text that brings them back, and in order. */
#ifndef ACTLAB_BASE_NUMBER_H
#define ACTLAB_BASE_NUMBER_H

enum { NUMBER_TEXT_MAX = 32 };

/* As "%.{n}g" with the smallest n from `least` to 17 that reads back as v. Returns out. */
const char *number_shortest(char out[NUMBER_TEXT_MAX], double v, int least);
/* For qsort: doubles, the smallest first; no NaN. */
int number_ascending(const void *a, const void *b);

#endif
