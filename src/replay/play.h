/* play.h - recordings played back: at their own pace on the screen, at once in a shell. A recording
 * may be anyone's: only commands marked CMD_REPLAY run, and a line that cannot be read is named. */
#ifndef ACTLAB_REPLAY_PLAY_H
#define ACTLAB_REPLAY_PLAY_H

#include "language/command.h"
#include "replay/whole.h"

/* Runs one line of a recording, or reads it into the whole state that it is a part of; e names
 * `path` and `number`. */
bool play_line(struct lab *, struct whole *, const char *path, int number, const char *line,
               FILE *out, struct error *e);

/* On the screen: loads the file and lets the clock play it, `speed` times as fast as it was
 * recorded. */
bool play_start(struct lab *, const char *path, double speed, struct error *);
void play_stop(struct lab *);
/* While one is played: halts it or goes on; runs the next line at once, and halts; runs all that is
 * left. */
void play_pause(struct lab *);
void play_step(struct lab *);
void play_skip(struct lab *);
/* How far it is, for the screen; false when nothing is played. */
bool play_place(const struct lab *, int *line, int *lines, bool *paused);
bool play_tick(struct lab *, double seconds);

#endif
