/* prompt.h - the command line: GNU Readline inside the live screen. Only prompt.c and prompt_keys.c
 * know it. */
#ifndef ACTLAB_TUI_PROMPT_H
#define ACTLAB_TUI_PROMPT_H

#include "lab/lab.h"
#include "tui/keys.h"
#include "view/view.h"

/* Runs a finished line; false with the error when it is wrong. */
typedef bool prompt_run(struct lab *, const char *line, struct error *);

/* Opens the line with `text` typed already. A line that `run` refuses stays open, with its error.
 */
void prompt_open(struct lab *, const char *text, prompt_run *run);
void prompt_close(void);
bool prompt_is_open(void);
/* One key, or what was pasted: its text goes in as it is, newlines as spaces. */
void prompt_key(const struct key *);
void prompt_paste(const char *text);
/* The prompt as it is to be shown, until the next call; NULL when it is closed. */
const struct prompt_picture *prompt_picture(void);
void prompt_free(void);

#endif
