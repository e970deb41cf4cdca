/* kept.h - the lab as a sitting leaves it, kept for the next one: whatever ends the program, no
 * more than the last second of training is lost.
 *
 * A file of the state folder holds it as a recording does (recording.h, whole.h): what training has
 * made last and, where that was replaced since, the lab after it, too.
 *
 *     # actlab recording 2
 *     # kept: tanh 8x16, epoch 120
 *     # whole state 5f0c2b6f8a1d2e33
 *     ...
 *
 * Sittings at the same time have a file each: "session", "session.2" and so on, locked by a byte
 * each of "session.lock". One that is over stays until a few later ones have been kept. */
#ifndef ACTLAB_REPLAY_KEPT_H
#define ACTLAB_REPLAY_KEPT_H

#include "lab/lab.h"

void kept_free(struct lab *);

/* A screen opens: from now on what is trained is kept. What an earlier sitting kept is offered at
 * the bottom of the screen. */
void kept_begin(struct lab *);
/* True while that can be taken up by a key: nothing has been done yet. */
bool kept_offered(const struct lab *);

/* A command has done something, or training has. */
void kept_changed(struct lab *, bool trained);
/* The time, by clock_now(), at which something is to be saved; negative: never. */
double kept_due(const struct lab *);
/* Saves what is due. last: all that is not saved, to last also if the machine fails. */
void kept_save(struct lab *, bool last);

/* Brings the lab, in which nothing has been done, to what was kept last. On an error, also of a
 * file that is damaged, another's or a later version's, the lab is a fresh one. */
bool kept_resume(struct lab *, struct error *);

#endif
