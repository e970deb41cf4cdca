/* place.h - where a class stands in the course, as lines for who joins late: the open lesson with
 * its page and experiment, the goals that were met, and what was done of the course since the
 * recording began. Nothing of it needs to be run again. */
#ifndef ACTLAB_STUDY_PLACE_H
#define ACTLAB_STUDY_PLACE_H

#include "lab/lab.h"

/* From now on what is done of the course is noted for these lines, too. */
void place_begin(struct lab *);
/* Appends the lines; none when no lesson is open and nothing was done. */
void place_print(const struct lab *, struct text *out);
/* Takes one of them, in their order, in a lab without an open lesson; they may be anyone's. False
 * when it is none or cannot be done here. */
bool place_take(struct lab *, const char *line, struct error *);

#endif
