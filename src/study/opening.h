/* opening.h - lessons opened, and the lab brought to where a lesson or an experiment begins. */
#ifndef ACTLAB_STUDY_OPENING_H
#define ACTLAB_STUDY_OPENING_H

#include "study/learner.h"

/* Once the first picture stands: reads the lessons that it did not need. */
bool study_catch_up(struct lab *);

/* Opens a lesson: the lab's defaults, then the lines of its `lab` blocks. On an error nothing is
 * opened, and the lab is as it was. */
bool study_open(struct lab *, int lesson, int page, struct error *);
void study_turn(struct lab *, int page);
/* No lesson is open, and nothing that a recording did of the course is known any more. */
void study_close(struct lab *);

/* The lab as a lesson, or with the second one (not NULL) its experiment, begins; unchanged on an
 * error. */
bool study_reset(struct lab *, const struct lesson *, const struct lesson_try *, struct error *);
/* Runs a line of a lesson; only commands that are safe in a stranger's file. The message names the
 * lesson's file and line. */
bool study_run_line(struct lab *, const struct lesson *, const struct lesson_line *, struct run *,
                    FILE *out, struct error *);

/* True if the open lesson, or its experiment, began with this value of a network setting. */
bool study_chose(const struct lab *, const char *setting, const char *value);

#endif
