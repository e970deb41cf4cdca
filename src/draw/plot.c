/* plot.c - the window of a plot: its edges, ticks and labels, and what stands in it besides curves.
 */
#include "draw/plot.h"
#include "draw/chart.h"
#include "draw/plot_parts.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { TICKS_MOST = 7, LABEL_MAX = 16 };

/* --- round numbers ---------------------------------------------------------------------------- */

double plot_tick_step(double lo, double hi, int most)
{
    static const double mantissa[] = {1, 2, 5, 10};
    const double span = fabs(hi - lo);
    if (!(span > 0) || !isfinite(span) || most < 1)
        return 1;
    /* With the step at least span / most there are at most `most` + 1 ticks; the exact count
     * decides. */
    const double power = pow(10, floor(log10(span / most)) - 1);
    for (double scale = power;; scale *= 10)
        for (int i = 0; i < 3; i++) {
            const double step = mantissa[i] * scale, slack = 1e-9;
            if (floor(hi / step + slack) - ceil(lo / step - slack) + 1 <= most)
                return step;
        }
}

/* The smallest of n mantissas times a power of ten that is at least `raw`, or hardly below. */
static double round_up(double raw, const double *mantissa, int n)
{
    const double scale = pow(10, floor(log10(raw)));
    for (int i = 0; i < n; i++)
        if (mantissa[i] * scale >= raw * 0.98)
            return mantissa[i] * scale;
    return 10 * scale;
}

/* Middles of cells are multiples of their width, so that the cursor reads them and 0 is one. */
static void snap_to(double width, double *a, double *b, int cells)
{
    const double first = round((*a + *b) / 2 / width - (cells - 1) / 2.0);
    *a = (first - 0.5) * width;
    *b = (first - 0.5 + cells) * width;
}

void plot_snap(double *x0, double *x1, int cols)
{
    /* Of the first, round ticks are multiples; the second come nearer to the range asked for. */
    static const double even[] = {1, 1.25, 2, 2.5, 4, 5}, odd[] = {1, 1.5, 2, 2.5, 3, 4, 5, 6, 8};
    const double raw = (*x1 - *x0) / cols;
    if (cols < 1 || !(raw > 0) || !isfinite(raw))
        return;
    if (raw < 1e-12 * fmax(fabs(*x0), fabs(*x1)))
        return; /* doubles are too coarse to be snapped there */
    double dx = round_up(raw, even, sizeof even / sizeof *even);
    if (dx > 1.25 * raw)
        dx = round_up(raw, odd, sizeof odd / sizeof *odd);
    snap_to(dx, x0, x1, cols);
}

void plot_snap_rows(double *y0, double *y1, int rows)
{
    /* 1, 2 and 5 over 2 to 6 rows. */
    static const double parts[] = {1, 1.25, 5.0 / 3, 2, 2.5, 10.0 / 3, 4, 5, 20.0 / 3, 25.0 / 3};
    const double raw = (*y1 - *y0) / rows;
    if (rows < 1 || !(raw > 0) || !isfinite(raw) || raw < 1e-12 * fmax(fabs(*y0), fabs(*y1)))
        return;
    snap_to(round_up(raw, parts, sizeof parts / sizeof *parts), y0, y1, rows);
}

/* --- axes ------------------------------------------------------------------------------------- */

struct axis {
    double lo, hi, step;
    int decimals;
    bool exponent;
};

static struct axis axis_of(double lo, double hi, double step)
{
    struct axis a = {.lo = lo, .hi = hi, .step = step};
    const double largest = fmax(fabs(lo), fabs(hi));
    a.decimals = (int)fmax(0, -floor(log10(step) + 1e-9));
    a.exponent = largest >= 1e6 || a.decimals > 6;
    return a;
}

static int axis_ticks(const struct axis *a, double *first)
{
    *first = ceil(a->lo / a->step - 1e-9);
    return (int)(floor(a->hi / a->step + 1e-9) - *first) + 1;
}

static int axis_label(const struct axis *a, double v, char label[LABEL_MAX])
{
    if (fabs(v) < a->step * 1e-6)
        v = 0; /* no -0 */
    return a->exponent ? snprintf(label, LABEL_MAX, "%.3g", v)
                       : snprintf(label, LABEL_MAX, "%.*f", a->decimals, v);
}

static int axis_widest(const struct axis *a)
{
    char label[LABEL_MAX];
    double first;
    int widest = 0;
    const int ticks = axis_ticks(a, &first);
    for (int i = 0; i < ticks; i++) {
        const int n = axis_label(a, (first + i) * a->step, label);
        widest = n > widest ? n : widest;
    }
    return widest;
}

/* The smallest of n steps, times a power of ten, that is a whole number of cells, makes at most
 * TICKS_MOST ticks and leaves each the cells that it needs: `least`, and its label with `gap`
 * blanks if that is not negative. False when that leaves fewer than three. */
static bool axis_even(struct axis *a, const double *mantissa, int n, double cell, int least,
                      int gap)
{
    double power = pow(10, floor(log10(cell * least)));
    for (int i = 0; i < 4 * n; i++) {
        double first;
        if (i > 0 && i % n == 0)
            power *= 10;
        const double step = mantissa[i % n] * power, cells = step / cell;
        *a = axis_of(a->lo, a->hi, step);
        const int ticks = axis_ticks(a, &first);
        if (ticks < 3)
            return false;
        if (ticks <= TICKS_MOST && cells > least - 0.01 && fabs(cells - round(cells)) < 1e-6 &&
            (gap < 0 || axis_widest(a) + gap < cells + 0.01))
            return true;
    }
    return false;
}

/* An axis over so many cells. Ticks are 1, 2 or 5 times a power of ten, and stand a whole number of
 * cells apart where one of them allows it. */
static struct axis axis_over(double lo, double hi, int cells, int least, int gap)
{
    static const double round_step[] = {1, 2, 5};
    struct axis a = {.lo = lo, .hi = hi};
    const double cell = (hi - lo) / cells;
    if (axis_even(&a, round_step, 3, cell, least, gap))
        return a;
    for (int most = cells / least < TICKS_MOST ? cells / least : TICKS_MOST; most > 1; most--) {
        a = axis_of(lo, hi, plot_tick_step(lo, hi, most));
        if (gap < 0 || axis_widest(&a) + gap <= a.step / cell)
            return a;
    }
    return axis_of(lo, hi, plot_tick_step(lo, hi, 1));
}

/* The y axis wants two rows a tick. */
static struct axis y_axis(double y0, double y1, int rows)
{
    return axis_over(y0, y1, rows, 2, -1);
}

/* Labels stand with a blank between them. */
static struct axis x_axis(double x0, double x1, int cols)
{
    return axis_over(x0, x1, cols, 2, 1);
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
        const int left = axis_widest(&y) + 2;
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
    double first;
    const int ticks = axis_ticks(&a, &first);
    for (int i = 0; i < ticks; i++) {
        char label[LABEL_MAX];
        const double v = (first + i) * a.step;
        const int row = area.rows - 1 - (int)floor(frame_height(f, v));
        const int n = axis_label(&a, v, label);
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
    double first;
    const int ticks = axis_ticks(&a, &first);
    for (int i = 0; i < ticks; i++) {
        char label[LABEL_MAX];
        const double v = (first + i) * a.step;
        const int col = left + (int)floor((v - f->x0) / f->dx), n = axis_label(&a, v, label);
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
        const int bin = (int)floor((x - p->bins_lo) / (p->bins_hi - p->bins_lo) * p->nbins);
        if (bin >= 0 && bin < p->nbins)
            chart_bar(f->grid, strip, col, 1, (double)(p->bins[bin] / most) * strip.rows,
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
    const struct frame f = {.grid = g,
                            .area = area,
                            .x0 = p->x0,
                            .dx = (p->x1 - p->x0) / area.cols,
                            .y0 = p->y0,
                            .dy = (p->y1 - p->y0) / area.rows,
                            .charset = p->charset,
                            .set = &charset_glyphs[p->charset]};
    if (area.rows < 1 || area.cols < 2 || !(f.dx > 0) || !(f.dy > 0))
        return;
    draw_zero_lines(&f);
    draw_histogram(&f, in, p);
    draw_y_axis(&f, in, p);
    draw_x_axis(&f, in, p);
    draw_tangent(&f, p);
    for (int i = p->curves - 1; i >= 0; i--) /* the first is on top */
        curve_draw(&f, &p->curve[i]);
    for (int i = 0; i < p->curves; i++)
        curve_mark(&f, &p->curve[i], i);
    draw_cursor(&f, in, p);
}
