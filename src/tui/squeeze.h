/* squeeze.h - the bytes of a frame, without those that change nothing.
 *
 * Curses says "colour off, ASCII character set, attributes off, bold, colour" in five sequences
 * where one does: over a slow line a third of all bytes. Neighbouring SGR sequences become one,
 * what a reset undoes is left out, and so are the switches of character sets and palettes that this
 * program never leaves. A long move within a row, which curses writes with its row, needs the
 * column alone. */
#ifndef ACTLAB_TUI_SQUEEZE_H
#define ACTLAB_TUI_SQUEEZE_H

#include "base/text.h"

#include <stdbool.h>

struct squeeze {
    const char *palette; /* the terminal's "oc", sent for a palette that nobody changes; or NULL */
    bool within_rows;    /* the terminal knows "ESC [ column G" and stays in the row at its end */
    bool plain;          /* known: no colour and no attribute is on */
    long row;            /* of the cursor, from 1; 0: not known */
};

/* Appends the n bytes, which a NUL follows, to out. They must end where a sequence ends. */
void squeeze(struct squeeze *, const char *bytes, size_t n, struct text *out);

#endif
