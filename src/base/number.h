/* number.h - doubles: as text that brings them back, and in order. */
#ifndef ACTLAB_BASE_NUMBER_H
#define ACTLAB_BASE_NUMBER_H

enum {
    NUMBER_TEXT_MAX = 32,
    /* An interval is halved no more often than this before its ends are neighbouring doubles: once
     * for each exponent from 2^1023 to 2^-1074, and for each bit of the fraction. */
    NUMBER_HALVINGS = 2200
};

/* Where division by 0 is meant, as in the expressions that people write, this stands before the
 * function; anywhere else it is a fault, at which the sanitizers end the program. */
#if defined __clang__ || (defined __GNUC__ && __GNUC__ >= 8)
#define NUMBER_BY_ZERO __attribute__((no_sanitize("float-divide-by-zero")))
#else
#define NUMBER_BY_ZERO
#endif

/* a / b as IEEE 754 has it: an infinity or NaN where b is 0. */
NUMBER_BY_ZERO static inline double number_quotient(double a, double b)
{
    return a / b;
}

/* As "%.{n}g" with the smallest n from `least` to 17 that reads back as v. Returns out. */
const char *number_shortest(char out[NUMBER_TEXT_MAX], double v, int least);
/* Writes v as printf's "%.{digits}g" does, digits from 1 to 17, but NaN without its sign. Returns
 * the length. */
int number_digits(char out[NUMBER_TEXT_MAX], double v, int digits);
/* The shortest of 15, 16 and 17 digits that reads back as v. Returns its length. */
int number_text(char out[NUMBER_TEXT_MAX], double v);
/* A loss as people read it: with so many decimals as long as it is small. Returns out. */
const char *number_loss(char out[NUMBER_TEXT_MAX], double v, int decimals);
/* The fewest significant digits, from `least` to 17, that tell apart numbers `step` away from each
 * other and as large as `most`. */
int number_apart(double most, double step, int least);
/* As (int)v, but what no int can hold is the nearest that can, and NaN is 0. */
int number_to_int(double v);
/* For qsort: doubles, the smallest first; no NaN. */
int number_ascending(const void *a, const void *b);

#endif
