/* state.h - the lab as text: as commands that lead there, and as a digest to compare. */
#ifndef ACTLAB_REPLAY_STATE_H
#define ACTLAB_REPLAY_STATE_H

#include "lab/lab.h"

/* Appends command lines that bring a fresh lab to this lesson, function, plot and network, training
 * steps included: the same digest, unless state_gap says otherwise. */
void state_commands(const struct lab *, struct text *out);
/* The same without the lesson and the steps: what a whole state (whole.h) tells by other means. */
void state_settings(const struct lab *, struct text *out);
/* Says in a sentence without its full stop what those lines do not bring back; NULL: nothing. */
const char *state_gap(const struct lab *);
/* A digest of all that commands can change and that decides what comes next: definitions, plot,
 * lesson, network with its weights and samples, race (not of focus, theme and the like; not of
 * curves, nor of the states that `back` goes to). It is the same on every byte order. */
uint64_t state_digest(const struct lab *);

#endif
