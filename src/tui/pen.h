/* pen.h - the terminal's cursor and attributes as a pen: where it stands, how it writes, and the
 * fewest bytes that change either.
 *
 * How a terminal is told to move, to colour and to erase stands in its entry in terminfo, which
 * setupterm() has found. The pen only composes bytes; someone else sends them. */
#ifndef ACTLAB_TUI_PEN_H
#define ACTLAB_TUI_PEN_H

#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

enum style { STYLE_BOLD = 1, STYLE_DIM = 2, STYLE_REVERSE = 4, STYLE_UNDERLINE = 8 };

struct attributes {
    short ink, paper; /* numbers of colours; -1: the terminal's own */
    unsigned styles;  /* a set of enum style */
};

extern const struct attributes no_attributes;

bool same_attributes(struct attributes, struct attributes);
/* A blank that is written with them looks different from one that is not. */
bool attributes_show_on_blanks(struct attributes);

/* For the terminal whose entry is the current one. Bytes are appended to *out. `line_feeds`: a line
 * feed reaches the terminal as it is, and so moves down and does nothing else. */
void pen_start(struct text *out, bool line_feeds);
/* These attributes without what this terminal cannot show. */
struct attributes pen_showing(struct attributes);
/* Erases the screen, which has that size, whatever was there, and its margins. */
void pen_clear(int rows, int cols);
void pen_move(int row, int col); /* both from 0 */
void pen_use(struct attributes);
/* Writes one character, of one column or two, in the present attributes. */
void pen_write(uint32_t glyph);
/* Blanks the row from the cursor on; the present attributes must not show on blanks. False: this
 * terminal cannot. */
bool pen_erase_rest(void);
void pen_show_cursor(bool show);

/* Its place; -1 where that is not known, as behind the last column, where terminals differ. */
int pen_row(void);
int pen_col(void);
struct attributes pen_attributes(void);

#endif
