/* experiment.h - experiments of the open lesson: which one is under way, begun, and looked at until
 * its goals are met. */
#ifndef ACTLAB_STUDY_EXPERIMENT_H
#define ACTLAB_STUDY_EXPERIMENT_H

#include "lab/lab.h"
#include "language/command.h"
#include "study/learner.h"

/* True if all goals of the one under way have been met since it began: an experiment done before
 * counts as done, not as met. */
bool study_try_met(const struct lab *);
/* True if the current page has an experiment. */
bool study_try_here(const struct lab *);
/* True if the experiment under way is that of the open page, and done: the rest of the page need
 * not be read before one goes on. */
bool study_done_here(const struct lab *);
/* True if `hint` has something to show: the experiment under way is on this page and not met, and
 * not all of its hints are shown. */
bool study_hint_here(const struct lab *);
/* The experiment that `try` means without a number: the next undone one on the page; else the one
 * under way, or one of the page, again; else, where one types blindly, the next undone one after
 * this page. -1: the lesson has none. */
int study_next_try(const struct lab *);
/* When a goal was met: "epoch 12", "step 3" in the first epoch, "" without training. */
enum { GOAL_AT_MAX = 32 };
const char *study_met_at(const struct goal_now *, char out[GOAL_AT_MAX]);
/* Starts an experiment of the open lesson (its index) afresh and turns to its page. */
bool study_begin(struct lab *, int try, struct error *);

/* After a step of training: looks whether goals are met at the end of an epoch, so that when one is
 * met does not depend on pictures. */
void study_epoch_ended(struct lab *);

/* Looks whether goals are met now, and keeps what was. Called by the event loop before each picture
 * and after each command. True when something changed. */
bool study_check_goals(struct lab *);
/* After a command of the learner's own: tells a learner who works on the page's experiment without
 * having begun it, once a lesson, that this does not count. */
void study_remind(struct lab *, const struct command *);
/* After a command: study_check_goals, and in a shell what it found is printed. */
void study_report(struct lab *, FILE *out);

#endif
