/* strokes.h - straight lines over a rectangle of cells: dots within cells where the charset has
 * them, in ASCII / - \ | by slope. Where lines cross, a cell shows the strongest. */
#ifndef ACTLAB_DRAW_STROKES_H
#define ACTLAB_DRAW_STROKES_H

#include "draw/charset.h"
#include "draw/grid.h"

struct strokes {
    struct rect in;
    enum charset charset;
    struct stroke_cell {
        uint8_t dots, role;
        uint32_t slope;  /* as ASCII draws it */
        double strength; /* of the strongest line in it; 0: none */
    } * cell;
};

/* No lines yet, over this rectangle. Free with strokes_free. */
void strokes_init(struct strokes *, struct rect in, enum charset);
/* From the middle of one cell to that of another, within the rectangle. every: one dot in so many
 * is drawn, so that a weak line is a thin one; strength, above 0, decides who is on top. */
void strokes_line(struct strokes *, int row0, int col0, int row1, int col1, int every,
                  double strength, enum role);
/* Puts all cells that have a line. */
void strokes_draw(const struct strokes *, struct grid *);
void strokes_free(struct strokes *);

#endif
