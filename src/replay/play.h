/* play.h - recordings played back: at their own pace on the screen, at once in a shell. A recording
 * may be anyone's: only commands marked CMD_REPLAY run, and a line that cannot be read is named. */
#ifndef ACTLAB_REPLAY_PLAY_H
#define ACTLAB_REPLAY_PLAY_H

#include "language/command.h"

#define RECORDING_HEADER "# actlab recording 1"
/* And what its last line is, when it was ended: a comment, for who does not know it. */
#define RECORDING_END "# end of the recording"

/* Whether a line is one of these two, also with a carriage return behind it. */
bool play_line_is(const char *line, const char *comment);

/* One line "1.284 net layers=8": false when it is no such line. Comments and empty lines give
 * *command "". */
bool play_parse(const char *line, double *seconds, const char **command);
/* Runs one line of a recording; e names `path` and `number`. */
bool play_line(struct lab *, const char *path, int number, const char *line, FILE *out,
               struct error *e);

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
