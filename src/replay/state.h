/* state.h - the lab as text: as commands that lead there, and as a digest to compare. */
#ifndef ACTLAB_REPLAY_STATE_H
#define ACTLAB_REPLAY_STATE_H

#include "lab/lab.h"

/* Appends command lines that bring a fresh lab to this function, plot and network (training steps
 * included, interventions are not). */
void state_commands(const struct lab *, struct text *out);
/* A digest of all that commands can change and a picture depends on, weights included (not of
 * focus, theme and the like). */
uint64_t state_digest(const struct lab *);

#endif
