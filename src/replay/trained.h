/* trained.h - all that training has made of the lab's model, as bytes that mean the same on every
 * machine: network and optimiser, curves, racers. */
#ifndef ACTLAB_REPLAY_TRAINED_H
#define ACTLAB_REPLAY_TRAINED_H

#include "lab/lab.h"

/* True if settings alone make it: nothing has been trained or done to the network. */
bool trained_is_nothing(const struct lab *);
/* Appends the bytes. */
void trained_save(const struct lab *, struct text *out);
/* Brings the model, whose settings and race are those of the bytes, to what they hold; states to go
 * back to begin here. They may be anyone's: false, and the network is a fresh one, when this lab
 * cannot go on from them. */
bool trained_load(struct lab *, const struct text *bytes, struct error *);

#endif
