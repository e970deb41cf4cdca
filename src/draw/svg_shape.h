/* svg_shape.h - the glyphs that SVG draws as shapes instead of text. */
#ifndef ACTLAB_DRAW_SVG_SHAPE_H
#define ACTLAB_DRAW_SVG_SHAPE_H

#include "base/text.h"

#include <stdint.h>

/* A cell in SVG's units. */
enum { SVG_CELL_WIDTH = 8, SVG_CELL_HEIGHT = 17 };

/* How a glyph is drawn: as text, as boxes to fill, as dots (strokes of no length with round ends),
 * or as a box of a quarter, a half or three quarters of its colour. */
enum svg_kind { SVG_TEXT, SVG_BOXES, SVG_DOTS, SVG_SHADE, SVG_SHADE_HALF, SVG_SHADE_DARK };

enum svg_kind svg_kind(uint32_t glyph);
/* Appends the glyph, SVG_BOXES or SVG_DOTS, to the data of a <path>. x, y: the upper left corner
 * of its cell. */
void svg_shape(struct text *path, int x, int y, uint32_t glyph);

#endif
