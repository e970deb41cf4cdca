/* goal.h - a goal's expression taken apart, to show what is compared and where it stands. */
#ifndef ACTLAB_STUDY_GOAL_H
#define ACTLAB_STUDY_GOAL_H

#include "lab/lab.h"

enum { GOAL_NOW_MAX = 64 };

/* Whether the goal is met now. A goal that cannot be evaluated (a layer that is not there) is not.
 */
bool goal_met(struct lab *, const char *expression);
/* The live values of what the goal compares, as text: "0.249"; of several things "epoch 34, loss
 * 0.69". Of conditions joined by `and`, only of those that are not met yet, unless all are. Returns
 * out. */
const char *goal_now(struct lab *, const char *expression, char out[GOAL_NOW_MAX]);

#endif
