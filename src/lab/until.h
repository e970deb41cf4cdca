/* until.h - training that ends when an expression over the observables holds. It is looked at
 * before the first step and after each epoch. */
#ifndef ACTLAB_LAB_UNTIL_H
#define ACTLAB_LAB_UNTIL_H

#include "lab/lab.h"

/* Trains now, at most `limit` epochs. False when the goal cannot be read, was not met, or the
 * network diverged before. */
bool until_train(struct lab *, const char *goal, int limit, struct error *);
/* On the screen: the network runs, and pauses when the goal is met. */
bool until_run(struct lab *, const char *goal, int limit, struct error *);
/* After each step that the clock trained. */
void until_check(struct lab *);
/* The goal of the run, or NULL. */
const char *until_goal(const struct lab *);

#endif
