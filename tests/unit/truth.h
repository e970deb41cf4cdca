/* truth.h - every f and f' of the table by its textbook formula, written so that nothing cancels,
 * in MPFR's numbers of 200 bits, whose exponents never run out. Only where there is MPFR. */
#ifndef ACTLAB_TESTS_TRUTH_H
#define ACTLAB_TESTS_TRUTH_H

#include "math/activation.h"

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
