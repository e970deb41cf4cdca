/* strokes.c - see strokes.h. */
#include "draw/strokes.h"

#include "base/xalloc.h"

#include <math.h>
#include <stdlib.h>

void strokes_init(struct strokes *s, struct rect in, enum charset charset)
{
    const size_t cells = (size_t)(in.rows > 0 ? in.rows : 0) * (size_t)(in.cols > 0 ? in.cols : 0);

    *s = (struct strokes){in, charset, xcalloc(cells + 1, sizeof *s->cell)};
}

void strokes_free(struct strokes *s)
{
    free(s->cell);
    s->cell = NULL;
}

/* As many columns as rows look half as steep: a cell is twice as high as wide. */
static uint32_t slope_of(int rows, int cols)
{
    const double steep = 2 * fabs((double)rows) / (cols ? abs(cols) : 0.5);

    if (steep < 0.5)
        return '-';
    if (steep > 8)
        return '|';
    return (rows < 0) == (cols < 0) ? '\\' : '/';
}

void strokes_line(struct strokes *s, int row0, int col0, int row1, int col1, int every,
                  double strength, enum role role)
{
    const struct glyphs *set = &charset_glyphs[s->charset];
    const int wide = set->sub_cols, high = set->sub_rows;
    const double x0 = (col0 + 0.5) * wide, x1 = (col1 + 0.5) * wide;
    const double y0 = (row0 + 0.5) * high, y1 = (row1 + 0.5) * high;
    const int dots = (int)fmax(fabs(x1 - x0), fabs(y1 - y0));
    const uint32_t slope = slope_of(row1 - row0, col1 - col0);

    for (int i = 0; i <= dots; i += every) {
        const double share = dots ? (double)i / dots : 0;
        const int x = (int)(x0 + share * (x1 - x0)), y = (int)(y0 + share * (y1 - y0));
        const int row = y / high, col = x / wide;
        struct stroke_cell *cell;

        if (row < 0 || row >= s->in.rows || col < 0 || col >= s->in.cols)
            continue;
        cell = &s->cell[row * s->in.cols + col];
        cell->dots |= (uint8_t)(1u << (y % high * wide + x % wide));
        if (strength > cell->strength) {
            cell->strength = strength;
            cell->role = (uint8_t)role;
            cell->slope = every > 1 ? '.' : slope;
        }
    }
}

void strokes_draw(const struct strokes *s, struct grid *g)
{
    for (int i = 0; i < s->in.rows * s->in.cols; i++) {
        const struct stroke_cell *cell = &s->cell[i];

        if (cell->strength > 0)
            grid_put(g, s->in, i / s->in.cols, i % s->in.cols,
                     s->charset == CHARSET_ASCII ? cell->slope
                                                 : charset_dots(s->charset, cell->dots),
                     (enum role)cell->role);
    }
}
