/* checkpoint.h - what training has made of a network, as a line of a recording: who begins to
 * follow loads it instead of training.
 *
 *     # state 90000 9a3f2c11d04be57a AAAB...
 *
 * The step, a digest, and in base 64 the curves and all that training changes. It is a comment: who
 * plays the recording trains, and so does an older program, or another kind of machine, whose bytes
 * are others. The digest is of settings, function and bytes: they fit no other network. */
#ifndef ACTLAB_REPLAY_CHECKPOINT_H
#define ACTLAB_REPLAY_CHECKPOINT_H

#include "lab/lab.h"

/* Whether the line is one. */
bool checkpoint_is(const char *line);
/* The line for the network as it is; false when there can be none: it has diverged, others race
 * with it, its data are a file's, or it would be too long for a line. */
bool checkpoint_line(const struct lab *, struct text *line);
/* Brings the lab's network, which has been trained so many steps too few, to the state that the
 * line holds. It may be anyone's: false, and the lab is unchanged, when it does not fit in every
 * way. States to go back to begin here. */
bool checkpoint_take(struct lab *, const char *line, uint64_t missing);

#endif
