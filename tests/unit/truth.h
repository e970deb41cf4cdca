/* truth.h - what every function of the table is held to: its textbook formula as an expression of
 * the language and, where there is MPFR, f and f' written so that nothing cancels, in numbers of
 * 200 bits whose exponents never run out. */
#ifndef ACTLAB_TESTS_TRUTH_H
#define ACTLAB_TESTS_TRUTH_H

#include "math/activation.h"

/* Where terms cancel, the error is relative to the largest of them: `f_terms` and `df_terms`,
 * expressions again. */
struct rewritten {
    const char *name, *text, *f_terms, *df_terms;
};

extern const struct rewritten rewritten[]; /* ends with a NULL name */

#ifdef HAVE_MPFR
#include <mpfr.h>

enum { BITS = 200 };

static const mpfr_rnd_t near = MPFR_RNDN;

struct truth {
    mpfr_t f, df;           /* the values */
    mpfr_t f_term, df_term; /* the largest terms: 0 where nothing cancels */
};

/* Makes room for numbers, in *t and inside; truth_end() gives it back. */
void truth_start(struct truth *t);
void truth_end(struct truth *t);
/* Sets *t to what a function of the table, with its parameters, is at `at`. */
void truth_of(struct truth *t, const struct fn *fn, double at);

#endif
#endif
