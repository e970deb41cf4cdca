/* terminal_private.h - what terminal.c asks terminal_entry.c. */
#ifndef ACTLAB_TUI_TERMINAL_PRIVATE_H
#define ACTLAB_TUI_TERMINAL_PRIVATE_H

#include "base/error.h"

#include <stdbool.h>
#include <unistd.h>

enum { IN = STDIN_FILENO, OUT = STDOUT_FILENO };

/* Whether standard input and output are a terminal, with a name and not a dumb one. */
bool terminal_there(struct error *);
/* Why newterm() would not: always false. */
bool terminal_no_screen(struct error *);

/* From here on of the entry that curses has found.
 *
 * A string by its name in terminfo; "" where there is none. */
const char *terminal_capability(const char *name);
/* Whether the terminal moves its cursor as most do. A line feed is a move as long as nothing on its
 * way makes it a new line. */
bool terminal_moves_plainly(void);
/* Cells: what the terminal says, else the environment, else the entry, else 24 and 80. */
void terminal_measure(int *height, int *width);

#endif
