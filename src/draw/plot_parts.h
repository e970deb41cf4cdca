/* plot_parts.h - what the files of the plot share: where numbers land in cells, and where a curve
 * is cut. */
#ifndef ACTLAB_DRAW_PLOT_PARTS_H
#define ACTLAB_DRAW_PLOT_PARTS_H

#include "draw/charset.h"
#include "draw/plot.h"
#include "draw/plot_axis.h"

/* The window. Heights are counted in rows from its lower edge, 0 to area.rows; columns from its
 * left edge. */
struct frame {
    struct grid *grid;
    struct rect area;
    double x0, dx; /* left edge; a column's width */
    double y0, dy; /* lower edge; a row's height */
    enum charset charset;
    const struct glyphs *set;
    enum role dotted; /* of the curve of dots, which no line covers; ROLE_COUNT: there is none */
};

/* The height of y, clamped far outside the window (infinity too) so that arithmetic on it is safe.
 * NAN stays. */
double frame_height(const struct frame *, double y);
/* The column, from 0, that x lies in; of what is far outside one that is outside. */
int frame_column(const struct frame *, double x);
/* A glyph at a row counted from below. */
void frame_put(const struct frame *, int row, int col, uint32_t glyph, enum role);

/* Where a curve is cut: its left piece ends at `left`, the right one begins at `right`, a hair
 * beside x. */
struct cut {
    double x, left, right;
    bool ends; /* of a jump: solid and open; else a gap begins or ends here */
    bool closed_left;
    double impulse, foot;
};

enum { CUTS_MAX = 64 };

/* The cuts inside the window in ascending order: the curve's own, and those found by looking if it
 * asks for that. */
int curve_cuts(const struct curve *, const struct frame *, struct cut out[CUTS_MAX]);
/* Ink, exits, ends and impulses of one curve. */
void curve_draw(const struct frame *, const struct curve *);
/* The glyphs that tell a CURVE_MARKED line apart, where ASCII does not do so already; `index` sets
 * those of several curves apart. */
void curve_mark(const struct frame *, const struct curve *, int index);

#endif
