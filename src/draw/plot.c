/* plot.c - the window of a plot: its edges, ticks and labels, and what stands in it besides curves.
 */
#include "draw/plot.h"
#include "draw/chart.h"
#include "draw/plot_parts.h"

#include <math.h>

/* --- axes ------------------------------------------------------------------------------------- */

/* The y axis wants two rows a tick. */
static struct axis y_axis(double y0, double y1, int rows)
{
    return plot_axis_over(y0, y1, rows, 2, -1);
}

/* Labels stand with a blank between them. */
static struct axis x_axis(double x0, double x1, int cols)
{
    return plot_axis_over(x0, x1, cols, 2, 1);
}

/* The x axis and its labels. */
static int axis_rows(struct rect in)
{
    return in.rows >= 6 ? 2 : in.rows >= 4 ? 1 : 0;
}

/* The rows above the x axis that belong to the histogram: curves drawn through bars could not be
 * read, nor the bars. */
static int histogram_rows(const struct plot *p, struct rect in)
{
    if (!p->bins || p->nbins < 1 || !(p->bins_hi > p->bins_lo))
        return 0;
    return in.rows < 6 ? 0 : in.rows < 10 ? 1 : in.rows < 18 ? 2 : in.rows < 30 ? 3 : 5;
}

struct rect plot_area(const struct plot *p, struct rect in)
{
    struct rect area = in;
    area.rows = in.rows - axis_rows(in) - histogram_rows(p, in);
    if (in.cols >= 24 && area.rows > 0) {
        const struct axis y = y_axis(p->y0, p->y1, area.rows);
        const int widest = axis_widest(&y) + 2;
        const int left = 2 * widest > in.cols ? 1 : widest; /* the curve comes first */
        area.col += left;
        area.cols -= left;
    } else if (in.cols >= 8) {
        area.col++;
        area.cols--;
    }
    return area;
}

static void draw_y_axis(const struct frame *f, struct rect in, const struct plot *p)
{
    const struct rect area = f->area;
    const int left = area.col - in.col;
    if (left < 1)
        return;
    const int bottom = in.rows - axis_rows(in);
    for (int row = 0; row < bottom; row++)
        grid_put(f->grid, in, row, left - 1, f->set->vertical, ROLE_AXIS);
    grid_put(f->grid, in, bottom, left - 1, f->set->corner, ROLE_AXIS);
    const struct axis a = y_axis(p->y0, p->y1, area.rows);
    for (int i = 0; i < a.ticks; i++) {
        char label[AXIS_LABEL_MAX];
        const int row = area.rows - 1 - (int)floor(frame_height(f, axis_tick(&a, i)));
        const int n = axis_label(&a, i, label);
        if (row < 0 || row >= area.rows)
            continue;
        grid_put(f->grid, in, row, left - 1, f->set->tick_left, ROLE_AXIS);
        if (left > 2)
            grid_text(f->grid, in, row, left - 2 - n, ROLE_TEXT, label);
    }
}

static bool is_flat(const struct plot *p, double x)
{
    for (int i = 0; i < p->flats; i++)
        if (x >= p->flat0[i] && x <= p->flat1[i])
            return true;
    return false;
}

/* Heavy where f' is flat: the field is the curves' alone. */
static void draw_x_axis(const struct frame *f, struct rect in, const struct plot *p)
{
    const struct rect area = f->area;
    const int left = area.col - in.col, bottom = in.rows - axis_rows(in);
    for (int col = 0; col < area.cols; col++) {
        const bool flat = is_flat(p, f->x0 + (col + 0.5) * f->dx);
        grid_put(f->grid, in, bottom, left + col, flat ? f->set->flat : f->set->horizontal,
                 flat ? ROLE_FLAT : ROLE_AXIS);
    }
    const struct axis a = x_axis(p->x0, p->x1, area.cols);
    for (int i = 0; i < a.ticks; i++) {
        char label[AXIS_LABEL_MAX];
        const double v = axis_tick(&a, i);
        const int col = left + frame_column(f, v), n = axis_label(&a, i, label);
        /* The digits stand under the tick; a sign hangs out to the left. */
        const int start = col - (n - (v < 0)) / 2 - (v < 0);
        if (col >= in.cols)
            continue;
        const bool flat = is_flat(p, f->x0 + (col - left + 0.5) * f->dx);
        grid_put(f->grid, in, bottom, col, flat ? f->set->flat_tick : f->set->tick_below,
                 flat ? ROLE_FLAT : ROLE_AXIS);
        if (start >= 0 && start + n <= in.cols)
            grid_text(f->grid, in, bottom + 1, start, ROLE_TEXT, label);
    }
}

/* --- what lies under the curves --------------------------------------------------------------- */

static void draw_histogram(const struct frame *f, struct rect in, const struct plot *p)
{
    const struct rect area = f->area;
    const struct rect strip = {area.row + area.rows, area.col, histogram_rows(p, in), area.cols};
    float most = 0;
    if (strip.rows == 0)
        return;
    for (int i = 0; i < p->nbins; i++)
        most = fmaxf(most, p->bins[i]);
    for (int col = 0; most > 0 && col < strip.cols; col++) {
        const double x = f->x0 + (col + 0.5) * f->dx;
        const double bin = floor((x - p->bins_lo) / (p->bins_hi - p->bins_lo) * p->nbins);
        if (bin >= 0 && bin < p->nbins)
            chart_bar(f->grid, strip, col, 1, (double)(p->bins[(int)bin] / most) * strip.rows,
                      f->charset, ROLE_HISTOGRAM);
    }
}

static void draw_zero_lines(const struct frame *f)
{
    const double row = floor(frame_height(f, 0)), col = floor(-f->x0 / f->dx);
    const int every = f->charset == CHARSET_ASCII ? 2 : 1;
    if (row >= 0 && row < f->area.rows)
        for (int c = 0; c < f->area.cols; c += every)
            frame_put(f, (int)row, c, f->set->zero_row, ROLE_AXIS);
    if (col >= 0 && col < f->area.cols)
        for (int r = 0; r < f->area.rows; r++)
            frame_put(f, r, (int)col, f->set->zero_column, ROLE_AXIS);
}

/* --- the cursor ------------------------------------------------------------------------------- */

struct tangent {
    double x, y, slope;
};

static double tangent_y(const void *context, double x)
{
    const struct tangent *t = context;
    return t->y + (x - t->x) * t->slope;
}

static void draw_tangent(const struct frame *f, const struct plot *p)
{
    if (!p->has_cursor || p->tangent < 0 || p->tangent >= p->curves || isnan(p->tangent_slope))
        return;
    const struct curve *of = &p->curve[p->tangent];
    const struct tangent t = {p->cursor, of->y(of->context, p->cursor), p->tangent_slope};
    const struct curve line = {
        .y = tangent_y, .context = &t, .role = ROLE_TANGENT, .style = CURVE_DASH_DOT};
    if (isfinite(t.y))
        curve_draw(f, &line);
}

/* A point on the curve, for a column of them would be many bytes a key. A star among ASCII's dots
 * is easily missed: there, and where the curve is out of sight, a caret on the axis says where it
 * is. */
static void draw_cursor(const struct frame *f, struct rect in, const struct plot *p)
{
    const double col = floor((p->cursor - f->x0) / f->dx + 1e-9);
    bool seen = false;
    if (!p->has_cursor || !(col >= 0 && col < f->area.cols))
        return;
    if (p->curves > 0) {
        const double h = frame_height(f, p->curve[0].y(p->curve[0].context, p->cursor));
        seen = h >= 0 && h < f->area.rows;
        if (seen)
            frame_put(f, (int)h, (int)col, f->set->point, ROLE_CURSOR);
    }
    if (axis_rows(in) > 0 && (!seen || f->charset == CHARSET_ASCII))
        grid_put(f->grid, in, in.rows - axis_rows(in), f->area.col - in.col + (int)col,
                 f->set->caret, ROLE_CURSOR);
}

/* --- all of it -------------------------------------------------------------------------------- */

void plot_draw(struct grid *g, struct rect in, const struct plot *p)
{
    const struct rect area = plot_area(p, in);
    if (area.rows < 1 || area.cols < 2)
        return;
    struct frame f = {.grid = g,
                      .area = area,
                      .x0 = p->x0,
                      .dx = (p->x1 - p->x0) / area.cols,
                      .y0 = p->y0,
                      .dy = (p->y1 - p->y0) / area.rows,
                      .charset = p->charset,
                      .set = &charset_glyphs[p->charset],
                      .dotted = ROLE_COUNT};
    if (!(f.dx > 0 && f.dy > 0) || !isfinite(f.dx + f.dy))
        return;
    draw_zero_lines(&f);
    draw_histogram(&f, in, p);
    draw_y_axis(&f, in, p);
    draw_x_axis(&f, in, p);
    draw_tangent(&f, p);
    for (int i = 0; i < p->curves; i++)
        f.dotted = p->curve[i].style == CURVE_DOTS ? p->curve[i].role : f.dotted;
    for (int i = p->curves - 1; i >= 0; i--) /* the first is on top */
        curve_draw(&f, &p->curve[i]);
    for (int i = 0; i < p->curves; i++)
        curve_mark(&f, &p->curve[i], i);
    draw_cursor(&f, in, p);
}
