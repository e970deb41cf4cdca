/* layout.h - structured text (base/styled_text.h) wrapped to a number of columns. */
#ifndef ACTLAB_DRAW_LAYOUT_H
#define ACTLAB_DRAW_LAYOUT_H

#include "base/styled_text.h"
#include "draw/grid.h"

#include <stdbool.h>

/* Draws the lines from `skip` on into the rectangle; returns how many lines the whole text has at
 * this width. With a NULL grid it only counts. Wrapped by display width; no line ends in the middle
 * of a character; a word longer than a line goes on in the next one. Lines of code are never
 * wrapped: one that is too long is cut, and '>' in its last column says so. */
int rich_draw(const struct styled_text *, struct grid *, struct rect in, int skip);
/* The same as plain text, for a pipe: width columns, spaces at the ends of lines cut. ascii:
 * whatever is not ASCII becomes its nearest look-alike. */
void rich_to_text(const struct styled_text *, int width, bool ascii, struct text *out);
/* The first piece of text that does not fit into so many columns without being cut in the middle (a
 * line of code, a word), appended to *out; false when all fits. Addresses (STYLED_LINK) may break
 * anywhere and count as fitting. */
bool rich_overflow(const struct styled_text *, int width, struct text *out);

#endif
