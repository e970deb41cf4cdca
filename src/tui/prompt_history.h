/* prompt_history.h - the lines of earlier sessions, in $XDG_STATE_HOME/actlab/history. */
#ifndef ACTLAB_TUI_PROMPT_HISTORY_H
#define ACTLAB_TUI_PROMPT_HISTORY_H

#include "base/text.h"

enum {
    PROMPT_HISTORY_MAX_BYTES = 1 << 22, /* of the file: a longer one is not read */
    PROMPT_HISTORY_LINE_BYTES = 4096,   /* a longer line is of no use the next time */
};

/* The lines, oldest first, cleaned, each with its newline. Nothing when there are none. */
void prompt_history_load(struct text *out);
/* Puts the line last, takes an equal one out, keeps at most `limit` lines (0: writes nothing) and
 * as many as can be read again. What other sessions have written meanwhile stays. */
bool prompt_history_add(const char *line, int limit, struct error *);

#endif
