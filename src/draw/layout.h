/* layout.h - structured text (base/rich.h) wrapped to a number of columns. */
#ifndef ACTLAB_DRAW_LAYOUT_H
#define ACTLAB_DRAW_LAYOUT_H

#include "base/rich.h"
#include "draw/grid.h"

/* Draws the lines from `skip` on into the rectangle; returns how many lines the whole text has at
 * this width. With a NULL grid it only counts. Wrapped by display width; no line ends in the middle
 * of a character; words longer than a line are cut. */
int rich_draw(const struct rich *, struct grid *, struct rect in, int skip);
/* The same as plain text, for a pipe: width columns. */
void rich_to_text(const struct rich *, int width, struct text *out);

#endif
