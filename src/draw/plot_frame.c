/* plot_frame.c - from numbers to cells. */
#include "draw/plot_parts.h"

#include <math.h>

double frame_height(const struct frame *f, double y)
{
    const double far = 1e6, h = (y - f->y0) / f->dy;
    if (isnan(y))
        return y;
    return isnan(h) || h > far ? far : h < -far ? -far : h;
}

int frame_column(const struct frame *f, double x)
{
    const double far = 1e6, col = floor((x - f->x0) / f->dx);
    return (int)fmax(-far, fmin(far, col));
}

void frame_put(const struct frame *f, int row, int col, uint32_t glyph, enum role role)
{
    grid_put(f->grid, f->area, f->area.rows - 1 - row, col, glyph, role);
}
