/* record.h - recordings: the commands of a session with their times, one a line, readable and
 * playable.
 *
 *     # actlab recording 1
 *     0.000 fn sigmoid
 *     1.284 net layers=8 width=16
 *     4.010 step 137
 *
 * What the clock trained between two commands is written as a `step` line: playing needs no clock
 * to end in the same bits. After much training a checkpoint follows (checkpoint.h). */
#ifndef ACTLAB_REPLAY_RECORD_H
#define ACTLAB_REPLAY_RECORD_H

#include "language/command.h"

struct recorder;

/* Starts recording into a new file (an existing one only when `replace`). What led to the lab as it
 * is goes first. */
bool record_start(struct lab *, const char *path, bool replace, struct error *);
/* false when not all of it could be written. */
bool record_stop(struct lab *, struct error *);
/* false, once, when a line could not be written: the recording has ended there. */
bool record_alive(struct lab *, struct error *);
void record_free(struct lab *);
/* The network has come from a file: no commands lead to it. */
void record_break(struct lab *);
/* The lab is again what it is when it opens. */
void record_begin_again(struct lab *);
/* Notes a command line, which is flushed as it happens. */
void record_line(struct lab *, const char *format, ...) ACTLAB_PRINTF(2, 3);
/* Notes steps that the clock trained. */
void record_steps(struct lab *, uint64_t steps);
/* Call when idle: writes steps that still wait, so that followers catch up, and a checkpoint if one
 * is due. */
void record_flush(struct lab *);

#endif
