/* help.h - all help is printed from the command table, the settings tables, the keys and the
 * observables. */
#ifndef ACTLAB_LAB_HELP_H
#define ACTLAB_LAB_HELP_H

#include "lab/command.h"

/* `actlab --help`: how to call the program, and each command in a line. */
void help_usage(FILE *out);
/* The help screen: keys by group, then the commands. */
void help_screen(const struct lab *, FILE *out);
/* One command, whole. */
void help_command(const struct command *, FILE *out);

#endif
