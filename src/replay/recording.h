/* recording.h - the lines of a recording.
 *
 *     # actlab recording 2
 *     # whole state 5f0c2b6f8a1d2e33
 *     #: fn "sigmoid"
 *     ...
 *     # end of the state 0b7d3f6e21c4a958
 *     1.284 net layers=8 width=16
 *     4.010 step 137
 *     # end of the recording
 *
 * A line is the time in seconds and a command; empty lines and comments are no matter, but a whole
 * state (whole.h), which says what the lab is there. One stands at the beginning, whatever led to
 * it, and others follow after much that was done: latecomers begin with the last. Steps that the
 * clock trained between two commands are a `step` line: playing needs no clock to end in the same
 * bits. Version 1 had no whole states and began with `restart`; its comments `# state ...` are
 * passed over. */
#ifndef ACTLAB_REPLAY_RECORDING_H
#define ACTLAB_REPLAY_RECORDING_H

#include "language/command.h"

enum { RECORDING_VERSION = 2 };

#define RECORDING_MARK "# actlab recording "
/* The first line. */
#define RECORDING_HEADER RECORDING_MARK "2"
/* And the last, of one that was ended: a comment, for who does not know it. */
#define RECORDING_END "# end of the recording"

/* The version that a first line names, also with a carriage return behind it; 0: it is none. */
int recording_version(const char *line);
/* True if this actlab can read the version. */
bool recording_readable(int version, struct error *);
bool recording_ends(const char *line);
/* One line "1.284 net layers=8": false when it is no such line. Comments and empty lines give
 * *command "". */
bool recording_parse(const char *line, double *seconds, const char **command);
/* Runs the command as `run` says, if it is one that is safe in a recording, which may be anyone's.
 * out NULL: nobody hears what it prints. */
bool recording_run(struct lab *, const char *command, struct run *run, FILE *out, struct error *);

#endif
