/* terminal_private.h - what terminal.c and pen.c ask terminal_entry.c. */
#ifndef ACTLAB_TUI_TERMINAL_PRIVATE_H
#define ACTLAB_TUI_TERMINAL_PRIVATE_H

#include "base/error.h"

#include <stdbool.h>
#include <unistd.h>

enum { IN = STDIN_FILENO, OUT = STDOUT_FILENO };

/* True when standard input and output are a terminal, with a name and not a dumb one. */
bool terminal_there(struct error *);
/* Makes the terminal's entry in terminfo the current one: one that can be drawn with. */
bool terminal_find_entry(struct error *);
void terminal_forget_entry(void);

/* From here on of the current entry.
 *
 * A string by its name in terminfo; "" where there is none. */
const char *terminal_capability(const char *name);
/* Cells: what the terminal says, else the environment, else the entry, else 24 and 80. */
void terminal_measure(int *height, int *width);

#endif
