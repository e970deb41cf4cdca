/* tui/ - the terminal: the only room with global state, and the only one that knows curses
 * (terminal.c) and readline (prompt.c).
 *
 *   terminal.h  start, stop, size, keys, one write a frame; signals     prompt.h  the command line
 *   loop.c      keys, clock and frames around one poll()                keys.c    curses keys to
 * names */
#ifndef ACTLAB_TUI_TUI_H
#define ACTLAB_TUI_TUI_H

#include "lab/lab.h"

/* Opens the screen and runs until `quit`. Returns the exit status; prints one line to standard
 * error when there is no way. */
int tui_run(struct lab *);

#endif
