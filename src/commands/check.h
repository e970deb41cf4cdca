/* check.h - proof that a lesson can be done, and was not done before it began. */
#ifndef ACTLAB_COMMANDS_CHECK_H
#define ACTLAB_COMMANDS_CHECK_H

#include "language/command.h"

/* Columns at which every line of a lesson must wrap: the lesson pane on an 80 column screen. */
enum { CHECK_COLUMNS = 34, CHECK_ROWS = 21 /* for a page with its experiment */ };

/* Checks the lesson in this file, in a laboratory of its own, with the networks really trained.
 * Prints each experiment with its goals before and after its solution, and a line "FILE:LINE:
 * reason" for each thing that is wrong. Returns how many are. It ends early when asked() (NULL:
 * nobody) is true. */
int course_check(const struct command_table *, bool (*asked)(void), const char *path, FILE *out);

#endif
