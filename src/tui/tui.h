/* tui/ - the terminal: the only room with global state, and the only one that knows curses
 * (terminal.c, terminal_entry.c, paint.c) and readline (prompt.c, prompt_keys.c).
 *
 *   loop.c      keys, clock and frames around one poll()    keys.h      bytes to keys by name
 *   loop_keys.c keys to what they do                        run.h       command lines
 *   loop_command.c  what may end or stop a command          events.h    what to wait for
 *   terminal.h  start, stop, size, one write a frame        signals.h   signals as events
 *   paint.h     what of a picture has changed               squeeze.h   and in few bytes
 *   output.h    a terminal that may take no bytes           prompt.h    the command line
 *   remember.h  its history */
#ifndef ACTLAB_TUI_TUI_H
#define ACTLAB_TUI_TUI_H

#include "lab/lab.h"

/* Opens the screen and runs until `quit`. Returns the exit status; prints one line to standard
 * error when there is no way. A signal that ends the program does so from here, the terminal
 * restored. */
int tui_run(struct lab *);

#endif
