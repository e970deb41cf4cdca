/* squeeze.h - the bytes of a frame, without those that change nothing.
 *
 * Curses says "colour off, ASCII character set, attributes off, bold, colour" in five sequences
 * where one does, changes colours for blanks that show none, and moves to absolute places where a
 * line feed and two backspaces do: over a slow line half of all bytes. So what it writes is read as
 * a terminal would: looks and places are only noted, and said in the shortest way when something is
 * printed there. What is not understood passes as it is. */
#ifndef ACTLAB_TUI_SQUEEZE_H
#define ACTLAB_TUI_SQUEEZE_H

#include "base/text.h"

#include <stdbool.h>

/* What SGR sequences have set. */
struct look {
    bool known;
    int ink, paper;  /* the parameter that sets the colour, + 1000 for one of 256; 0: the default */
    unsigned styles; /* a bit for each of the parameters 1 to 9 */
};

/* A place on the screen, from 1; 0: not known. The column is not known behind the last one, where
 * terminals differ. */
struct place {
    int row, col;
};

struct squeeze {
    const char *palette; /* the terminal's "oc", sent for a palette that nobody changes; or NULL */
    bool moves;          /* it moves as ECMA-48 says, and a line feed moves down and no more */
    bool coloured_moves; /* it may be moved about in while a look is on */
    int rows, cols;      /* of the screen, where it moves */

    /* The terminal's state, and what curses takes it for. */
    struct look look, wanted;
    struct look saved; /* with the cursor, by ESC 7 */
    struct place at, to;
    int top, bottom; /* rows of the part that scrolls, from 1; 0: the whole screen */
    bool cursor;     /* is seen, so that its place matters */
};

/* Appends what remains of the n bytes, which a NUL follows, to out. They must end where a sequence
 * ends. */
void squeeze(struct squeeze *, const char *bytes, size_t n, struct text *out);
/* Says what was only noted: someone else writes now. */
void squeeze_settle(struct squeeze *, struct text *out);
/* Someone else has written: nothing is known. */
void squeeze_forget(struct squeeze *);

#endif
