/* goal.h - the goal of an experiment: parsed once, when it begins, and taken apart, to show what it
 * compares and where that stands. */
#ifndef ACTLAB_STUDY_GOAL_H
#define ACTLAB_STUDY_GOAL_H

#include "lab/lab.h"

enum { GOAL_NOW_MAX = 64 };

struct goal;

/* NULL with the error when the expression is none. */
struct goal *goal_parse(struct lab *, const char *expression, struct error *);
void goal_free(struct goal *);
/* True when the goal is met now. One that cannot be evaluated (NULL; a layer that is not there) is
 * not. */
bool goal_met(struct lab *, const struct goal *);
/* Its expression in words, as far as there are any: "loss above 0.62 after 100 epochs". */
void goal_words(const struct lab *, const char *expression, struct text *out);
/* Sets what it is about: the plot's cursor and curve, or the network. Which function it is stands
 * above both. */
void goal_needs(const struct lab *, const char *expression, bool *plot, bool *network);
/* A measured quantity, n bytes, in the same words: "dead share in layer 2" of dead(2). */
void goal_name(const char *, size_t n, struct text *out);
/* The live values of what the goal compares, as text: "0.249"; of several things "epoch 34, loss
 * 0.69". Of conditions joined by `and`, only of those that are not met yet, unless all are. ""
 * for NULL. Returns out. */
const char *goal_now(struct lab *, const struct goal *, char out[GOAL_NOW_MAX]);

#endif
