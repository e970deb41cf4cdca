/* run.h - command lines on the screen: a key's and the prompt's. What a command says is shown, and
 * the pane that it is about comes into sight. */
#ifndef ACTLAB_TUI_RUN_H
#define ACTLAB_TUI_RUN_H

#include "lab/lab.h"

/* Runs a line; false with the error when it is wrong. */
bool run(struct lab *, const char *line, struct error *);
/* The same for a line that stands nowhere to be corrected: its error is said at the bottom. */
void run_key(struct lab *, const char *line);

#endif
