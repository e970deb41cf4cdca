/* pictures.c - see pictures.h. */
#include "pictures.h"

double y_fn(const void *fn, double x)
{
    return fn_f(fn, x);
}

struct curve curve_of(const struct fn *fn)
{
    struct curve c = {.y = y_fn, .context = fn, .role = ROLE_CURVE, .glyph = '*'};
    struct fn_break at[FN_MAX_BREAKS];
    c.nbreaks = fn_breaks(fn, at);
    for (int i = 0; i < c.nbreaks; i++) {
        const double x = at[i].x, left = fn_f_side(fn, x, -1), right = fn_f_side(fn, x, 1);
        c.breaks[i] =
            (struct curve_break){.x = x, .jump = left != right, .closed_left = fn_f(fn, x) == left};
    }
    return c;
}

void draw(struct picture *p, const struct curve *c, int cols, int rows, double x0, double x1,
          double y0, double y1, enum charset charset)
{
    const struct rect in = {0, 0, rows, cols};
    p->plot = (struct plot){.x0 = x0,
                            .x1 = x1,
                            .y0 = y0,
                            .y1 = y1,
                            .curve = c,
                            .curves = 1,
                            .charset = charset,
                            .tangent = -1};
    plot_snap_rows(&p->plot.y0, &p->plot.y1, plot_area(&p->plot, in).rows);
    p->area = plot_area(&p->plot, in);
    plot_snap(&p->plot.x0, &p->plot.x1, p->area.cols);
    p->area = plot_area(&p->plot, in);
    grid_init(&p->grid, rows, cols);
    plot_draw(&p->grid, in, &p->plot);
}

const struct cell *cell_at(const struct picture *p, int row, int col)
{
    return grid_at(&p->grid, p->area.row + row, p->area.col + col);
}
