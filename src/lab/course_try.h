/* course_try.h - experiments of the open lesson: which one is under way, begun, and looked at until
 * its goals are met. */
#ifndef ACTLAB_LAB_COURSE_TRY_H
#define ACTLAB_LAB_COURSE_TRY_H

#include "lab/lab.h"

/* The experiment under way, or NULL. */
const struct lesson_try *course_try(const struct lab *);
/* Whether `try` has something to begin on the current page. */
bool course_try_here(const struct lab *);
/* The experiment that `try` means without a number: the next undone one on the page; else the one
 * under way, or one of the page, again; else the next undone one after this page. -1: the lesson
 * has none. */
int course_next_try(const struct lab *);
/* Starts an experiment of the open lesson (its index) afresh and turns to its page. */
bool course_begin(struct lab *, int try, struct error *);
/* None is under way any more. */
void course_stop_try(struct lab *);

/* Looks whether goals are met now, and keeps what was. Called by the event loop before each picture
 * and after each command. True when something changed. */
bool course_settle(struct lab *);
/* After a command: course_settle, and in a shell what it found is printed. */
void course_report(struct lab *, FILE *out);

#endif
