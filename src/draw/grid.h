/* grid.h - a rectangle of cells: the picture, before any terminal knows of it.
 *
 * A cell is a glyph and a role ("derivative", "dead", "title"); themes give roles their colours.
 * The grid goes to ncurses (tui/), to plain text, to ANSI text and to SVG: the text that a test
 * compares is the picture on the screen. */
#ifndef ACTLAB_DRAW_GRID_H
#define ACTLAB_DRAW_GRID_H

#include "base/text.h"

#include <stdint.h>

enum role {
    ROLE_TEXT,             /* running text */
    ROLE_DIM,              /* of less importance */
    ROLE_TITLE,            /* of a pane */
    ROLE_FOCUS,            /* title of the pane that has the focus */
    ROLE_FOCUS_DERIVATIVE, /* of that, what is said of f' */
    ROLE_RULE,
    ROLE_HEADING,
    ROLE_EMPHASIS,
    ROLE_STRONG,
    ROLE_CODE,
    ROLE_LINK,
    ROLE_KEY, /* a key to press */
    ROLE_AXIS,
    ROLE_CURVE,      /* f */
    ROLE_DERIVATIVE, /* f' */
    ROLE_GHOST,      /* the curve before the change */
    ROLE_CURSOR,
    ROLE_TANGENT,
    ROLE_COMPARE1,
    ROLE_COMPARE2,
    ROLE_COMPARE3,
    ROLE_FLAT, /* the axis where f' is flat */
    ROLE_HISTOGRAM,
    ROLE_BAR,    /* measured */
    ROLE_THEORY, /* predicted */
    ROLE_DEAD,
    ROLE_SATURATED,
    ROLE_ALIVE,
    ROLE_CLASS0,
    ROLE_CLASS1,
    ROLE_FIELD0, /* where the network answers class 0, under the samples */
    ROLE_FIELD1,
    ROLE_GOOD, /* a goal met, a right answer */
    ROLE_BAD,  /* a wrong one, an error */
    ROLE_SELECTED,
    ROLE_COUNT
};

struct cell {
    /* A code point that takes one column, or two and then the next cell has glyph 0. */
    uint32_t glyph;
    uint8_t role; /* enum role */
};

struct grid {
    int rows, cols;
    struct cell *cell; /* row-major */
};

struct rect {
    int row, col, rows, cols;
};

void grid_init(struct grid *, int rows, int cols); /* all spaces, ROLE_TEXT */
void grid_free(struct grid *);
void grid_clear(struct grid *);
void grid_fill(struct grid *, struct rect, uint32_t glyph, enum role);
/* All writing is clipped to the rectangle `in` and to the grid; positions are relative to `in`. */
void grid_put(struct grid *, struct rect in, int row, int col, uint32_t glyph, enum role);
/* Writes UTF-8; returns the column after the last glyph written. Harmful characters become U+FFFD
 * ('?' in ASCII). */
int grid_text(struct grid *, struct rect in, int row, int col, enum role, const char *s);
int grid_printf(struct grid *, struct rect in, int row, int col, enum role, const char *format, ...)
    ACTLAB_PRINTF(6, 7);
/* NULL outside. */
struct cell *grid_at(const struct grid *, int row, int col);

/* Plain text: a line a row, trailing spaces cut, '\n' after each row. `ascii`: whatever is not
 * ASCII becomes its nearest ASCII look-alike, or '?'. */
void grid_to_text(const struct grid *, bool ascii, struct text *out);

#endif
