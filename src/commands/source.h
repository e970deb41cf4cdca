/* source.h - running the lines of a file. */
#ifndef ACTLAB_COMMANDS_SOURCE_H
#define ACTLAB_COMMANDS_SOURCE_H

#include "lab/lab.h"

/* Runs the lines of a file ("-": standard input). On an error it stops, or with go_on reports a
 * line's on standard error and goes on: then only a file that cannot be read fails. */
bool lab_source(struct lab *, const char *path, bool go_on, FILE *out, struct error *);
/* The same, whatever stands in its first line, with no more rights than a recording has. */
bool lab_play(struct lab *, const char *path, FILE *out, struct error *);

#endif
