/* paint.h - a picture becomes the bytes that change the terminal from the picture before it.
 *
 * What the terminal shows is remembered, as characters with attributes, and only the cells that
 * differ are written. To change attributes takes more bytes than to move. So there are passes: one
 * writes all cells of the same attributes, wherever they are, and the next those of others. The pen
 * finds the shortest way between them; over a few cells it is shorter to write them again. A blank
 * looks the same in any ink, and joins the pass of the change on its left. */
#ifndef ACTLAB_TUI_PAINT_H
#define ACTLAB_TUI_PAINT_H

#include "draw/grid.h"

#include <stdbool.h>

/* For a terminal with so many colours (0, 8, 16 or 256), drawn on by the pen; without UTF-8 every
 * glyph is shown as its look-alike in ASCII. */
void paint_start(int colours, bool utf8);
/* `whole`: what the terminal shows is not known, and is erased first. */
void paint(const struct grid *, int theme, bool whole);
void paint_free(void);

#endif
