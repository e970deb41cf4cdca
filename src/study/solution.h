/* solution.h - the solution of the experiment under way: by the clock on a screen, so that
 * one can watch, at once in a shell. */
#ifndef ACTLAB_STUDY_SOLUTION_H
#define ACTLAB_STUDY_SOLUTION_H

#include "lab/lab.h"

/* Begins the experiment afresh and plays, or runs, its solution. */
bool study_solve(struct lab *, FILE *out, struct error *);
/* True if one is being played: the clock is needed. */
bool study_playing(const struct lab *);
/* The clock: plays it line by line. True when something changed. */
bool study_tick(struct lab *, double seconds);

#endif
