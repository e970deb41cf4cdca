/* course_state.h - where the learner stands in the course: the lesson's part of the lab's state. */
#ifndef ACTLAB_LAB_COURSE_STATE_H
#define ACTLAB_LAB_COURSE_STATE_H

#include "lab/lab.h"

/* Called by lab_new and lab_free. */
void course_state_new(struct lab *);
void course_state_free(struct lab *);
/* The clock: plays a solution line by line. True when something changed. */
bool course_tick(struct lab *, double seconds);
/* Whether a solution is being played: the clock is needed. */
bool course_playing(const struct lab *);
/* Looks whether goals are met now, and keeps what was. Called by the event loop before each picture
 * and by the shell after each command; lab_settle first. True when something changed. */
bool course_settle(struct lab *);

#endif
