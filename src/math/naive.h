/* naive.h - the textbook formulas as one would first type them, judged beside the stable ones:
 * where they overflow, turn NaN, lose digits or take the wrong branch. */
#ifndef ACTLAB_MATH_NAIVE_H
#define ACTLAB_MATH_NAIVE_H

#include "math/activation.h"

/* From harmless to harmful. */
enum naive_verdict {
    NAIVE_FINE, /* at least NAIVE_DIGITS_FINE digits are right, and nothing happened on the way */
    NAIVE_APPROXIMATE, /* another function by intention, evaluated well: the tanh form of gelu */
    NAIVE_OVERFLOW,    /* an intermediate value is infinite though x is not */
    NAIVE_DIGITS,      /* digits cancelled away */
    NAIVE_BRANCH,      /* max() chose the other branch */
    NAIVE_NAN,         /* not a number, for a number */
};

#define NAIVE_DIGITS_FINE 12.0

struct naive_form {
    const char *function; /* the table's name */
    const char *formula;  /* as written, ASCII */
    const char *trouble;  /* its fault: a sentence, ASCII */
    const char *cure;     /* its cure: a sentence, ASCII */
    /* *inner: the largest magnitude that the evaluation meets on the way; *branch: max() chose
     * wrongly. */
    double (*f)(double x, double alpha, double beta, double *inner, bool *branch);
    const char *approximates; /* the table's function that this formula really is, when not
                                 `function` itself */
};

struct naive_reading {
    double naive, stable;
    double digits; /* decimal digits that agree: 0 .. 16 */
    enum naive_verdict verdict;
};

/* A stretch of x with one verdict, never NAIVE_FINE; from == to for a single point (0 or an
 * infinity). */
struct naive_span {
    double from, to;
    enum naive_verdict verdict;
    double worst; /* fewest digits right in it */
};

enum { NAIVE_MAX_SPANS = 16 };

/* The i-th textbook formula of a function, from 0; NULL past the end (most functions have none,
 * gelu has two). */
const struct naive_form *naive_form(const struct activation *, int i);
/* NaN for x is fine, with 0 digits. naive is NaN where the formula fails (NAIVE_NAN), stable never
 * is for a number x. */
struct naive_reading naive_read(const struct naive_form *, const struct fn *, double x);
/* Where the formula is not fine, in ascending order; bounds to a double, for "loses digits" to the
 * grain of the rounding. Returns the number, at most NAIVE_MAX_SPANS. */
int naive_spans(const struct naive_form *, const struct fn *,
                struct naive_span out[NAIVE_MAX_SPANS]);
/* "loses digits" and so on. */
const char *naive_verdict_text(enum naive_verdict);

#endif
