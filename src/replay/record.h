/* record.h - recordings made: the commands of a session as they happen, and whole states between
 * them (recording.h). */
#ifndef ACTLAB_REPLAY_RECORD_H
#define ACTLAB_REPLAY_RECORD_H

#include "language/command.h"

struct recorder;

/* Starts recording into a new file (an existing one only when `replace`), with the lab as it is. */
bool record_start(struct lab *, const char *path, bool replace, struct error *);
/* false when not all of it could be written. */
bool record_stop(struct lab *, struct error *);
/* false, once, when a line could not be written: the recording has ended there. */
bool record_alive(struct lab *, struct error *);

/* The others do nothing where nothing is recorded. A command line has been run, or what an
 * interrupted one did, NULL: nothing; and so many steps of it besides. Each line is flushed as it
 * happens. */
void record_command(struct lab *, const char *line, uint64_t steps);
void record_line(struct lab *, const char *format, ...) ACTLAB_PRINTF(2, 3);
/* Steps were trained, by the clock or by the command that runs. */
void record_trained(struct lab *, uint64_t steps);
/* The lab has become what no line tells: a whole state does, now or instead of the line of the
 * command that runs. Where the network is too large for that, the recording ends. */
void record_state(struct lab *);
void record_replaced(struct lab *);
/* Call when idle: writes steps that still wait, so that followers catch up, and a whole state if
 * one is due. */
void record_flush(struct lab *);

#endif
