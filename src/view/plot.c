/* plot.c - the plot pane: the function, its derivative, and what stands beside them. */
#include "base/number.h"
#include "view/layout.h"
#include "view/plotview.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* The window in this rectangle: rows and columns snapped to round steps. */
static struct plot window(const struct lab *lab, struct rect in)
{
    struct plot p = {.x0 = lab->model.plot.x0,
                     .x1 = lab->model.plot.x1,
                     .y0 = lab->model.plot.y0,
                     .y1 = lab->model.plot.y1,
                     .charset = (enum charset)lab->set.charset,
                     .tangent = -1};
    if (lab->model.plot.histogram && lab->model.plot.hist_layer <= lab->measured.probe.layers) {
        p.bins = lab->measured.probe.layer[lab->model.plot.hist_layer].bins;
        p.nbins = PROBE_BINS;
        p.bins_lo = PROBE_LO;
        p.bins_hi = PROBE_HI;
    }
    plot_snap_rows(&p.y0, &p.y1, plot_area(&p, in).rows);
    plot_snap(&p.x0, &p.x1, plot_area(&p, in).cols);
    return p;
}

static void draw(const struct lab *lab, struct grid *g, struct rect in, bool cursor, bool printed)
{
    const struct plot_state *s = &lab->model.plot;
    const bool naive = plot_is_naive(lab);
    struct plot p = window(lab, in);
    const struct rect area = plot_area(&p, in);
    struct plot_curves curves;
    struct legend legend;
    struct rect spot;
    int covered = -1, best = 0;
    double flat = 0;

    plot_curves_make(lab, &curves);
    p.curve = curves.curve;
    p.curves = curves.curves;
    p.has_cursor = cursor;
    p.cursor = s->cursor;
    if (plot_has_tangent(lab)) {
        p.tangent = 0;
        p.tangent_slope = plot_tangent_slope(lab);
    }
    if (naive)
        p.flats = plot_naive_spans(&lab->model.fn, p.x0, p.x1, p.flat0, p.flat1);
    else if (s->saturation && !s->compares)
        p.flats = plot_flat_spans(&lab->model.fn, p.x0, p.x1, p.flat0, p.flat1, &flat);
    plot_draw(g, in, &p);
    for (int form = 0; form < LEGEND_FORMS && covered != 0; form++) {
        plot_legend_make(lab, form, p.x0, p.x1, flat, printed, &legend);
        const int now = plot_legend_place(&legend, g, area, &spot);
        if (now >= 0 && (covered < 0 || now < covered)) {
            covered = now;
            best = form;
        }
    }
    if (covered < 0)
        return;
    plot_legend_make(lab, best, p.x0, p.x1, flat, printed, &legend);
    plot_legend_place(&legend, g, area, &spot);
    plot_legend_draw(&legend, g, spot);
}

void view_plot(const struct lab *lab, struct grid *g, struct rect in)
{
    draw(lab, g, in, true, false);
}

void view_plot_printed(const struct lab *lab, struct grid *g)
{
    const struct rect all = {0, 0, g->rows, g->cols}, body = {1, 0, g->rows - 1, g->cols};
    const struct activation *a = lab->model.fn.act;
    int col = 0;

    if (g->rows < 8) { /* a sparkline of a plot has no title */
        draw(lab, g, all, false, false);
        return;
    }
    if (a->name[0])
        col = grid_text(g, all, 0, col, ROLE_TITLE, a->name) + 2;
    col = grid_printf(g, all, 0, col, ROLE_CURVE, "f(x) = %s", a->formula);
    if (a->alpha.meaning)
        col = grid_printf(g, all, 0, col + 2, ROLE_TEXT, "alpha %.6g", lab->model.fn.alpha);
    if (a->beta.meaning)
        grid_printf(g, all, 0, col + 2, ROLE_TEXT, "beta %.6g", lab->model.fn.beta);
    /* A cursor that nobody moved is not worth the ink. */
    draw(lab, g, body, lab->model.plot.tangent || lab->model.plot.cursor != 0, true);
}

/* Where the plot stands on a screen of this size; no rows when it does not. */
static struct rect on_screen(const struct lab *lab, int rows, int cols)
{
    const struct layout l = view_layout(lab, rows, cols);
    return l.too_small ? (struct rect){0} : l.body[PANE_PLOT];
}

int view_plot_columns(const struct lab *lab, int rows, int cols)
{
    const struct rect in = on_screen(lab, rows, cols);
    const struct plot p = window(lab, in);
    return in.rows > 0 ? plot_area(&p, in).cols : 0;
}

bool view_plot_x(const struct lab *lab, int rows, int cols, int row, int col, double *x)
{
    const struct rect in = on_screen(lab, rows, cols);
    const struct plot p = window(lab, in);
    const struct rect area = plot_area(&p, in);
    if (in.rows < 1 || row < in.row || row >= in.row + in.rows || col < area.col ||
        col >= area.col + area.cols)
        return false;
    *x = p.x0 + (col - area.col + 0.5) * (p.x1 - p.x0) / area.cols;
    return true;
}

/* In a fixed number of columns, so that nothing beside it moves while the cursor does: ".622",
 * "-1.28", "12.50", "1003", "6e+05". */
static const char *reading(double v, int width, char out[32])
{
    const double size = fabs(v);
    const int decimals = size < 9.9995 ? 3 : size < 99.995 ? 2 : 1;
    char digits[24]; /* of at most 999.9 */

    if (!isfinite(v)) {
        snprintf(out, 32, "%*s", width, isnan(v) ? "none" : v > 0 ? "inf" : "-inf");
        return out;
    }
    snprintf(digits, sizeof digits, "%.*f", decimals, fmin(size, 1e9));
    if (size >= 999.95 && size < pow(10, width - (v < 0)) - 0.5)
        snprintf(digits, sizeof digits, "%.0f", size);
    else if (size >= 999.95 || (size != 0 && size < 0.0005))
        snprintf(digits, sizeof digits, "%.0e", size);
    /* The sign of what is negative, without the 0 that says nothing, and without the last digit if
     * that is one too many. */
    strcpy(stpcpy(out, v < 0 ? "-" : ""), digits + (digits[0] == '0' && width < 6));
    if ((int)strlen(out) > width && strchr(out, '.') && !strchr(out, 'e'))
        out[width] = '\0';
    strcpy(digits, out);
    snprintf(out, 32, "%*s", width, digits);
    return out;
}

/* The same where it tells numbers of [lo, hi] apart that are a cell away from each other; else so
 * many digits, in as many columns as any of those numbers needs. */
static const char *reading_in(double v, int width, double lo, double hi, double cell, int digits,
                              char out[32])
{
    const double most = fmax(fabs(lo), fabs(hi));
    const double least = lo < 0 && hi > 0 ? cell : fmin(fabs(lo), fabs(hi));
    const double grain = most < 9.9995    ? 0.001
                         : most < 99.995  ? 0.01
                         : most < 999.95  ? 0.1
                         : most < 99999.5 ? 1
                                          : INFINITY;
    const bool exponent = most >= pow(10, digits) || least < 1e-4;
    if (cell >= grain || !isfinite(v))
        return reading(v, width, out);
    snprintf(out, 32, "%*.*g", digits + (v < 0) + (exponent ? 5 : cell < 1), digits, v);
    return out;
}

/* x, so that it is another number in each column. */
static const char *reading_x(const struct lab *lab, char out[32])
{
    const struct plot_state *s = &lab->model.plot;
    const double cell = (s->x1 - s->x0) / (s->columns > 0 ? s->columns : 60);
    const int digits = number_apart(fmax(fabs(s->x0), fabs(s->x1)), cell, 3);
    return reading_in(s->cursor, 6, s->x0, s->x1, cell, digits, out);
}

/* A height, with more digits where those of the window differ only far behind the first. */
static const char *reading_y(const struct lab *lab, double v, int width, char out[32])
{
    enum { ROWS = 24, USUAL = 3 };
    const struct plot_state *s = &lab->model.plot;
    const double cell = (s->y1 - s->y0) / ROWS;
    const int digits = number_apart(fmax(fabs(s->y0), fabs(s->y1)), cell, 1);
    return digits <= USUAL ? reading(v, width, out)
                           : reading_in(v, width, s->y0, s->y1, cell, digits, out);
}

/* The title is the legend of what one sees most: f and f' in their colours. */
void view_plot_title_colours(const struct lab *lab, struct grid *g, struct rect title)
{
    enum { AT = 3, F = 3, DF = 4 }; /* "f - f' ," stands behind the rule's beginning */

    if (lab->model.plot.compares || plot_is_naive(lab))
        return;
    for (int i = 0; i < F + 1 + DF && i + AT < title.cols; i++) {
        struct cell *c = grid_at(g, title.row, title.col + AT + i);

        if (c->role == ROLE_FOCUS)
            c->role = i > F ? ROLE_FOCUS_DERIVATIVE : ROLE_FOCUS;
        else
            c->role = i < F ? ROLE_CURVE : i == F ? ROLE_TEXT : ROLE_DERIVATIVE;
    }
}

/* The part in front goes where there is no room for all: of long numbers that is f'. */
static void put_readings(const char *x, const char *f, const char *df, char *out, size_t n)
{
    enum { SHORT = 11 }; /* of a plain x and f */

    if (strlen(x) + strlen(f) > SHORT)
        snprintf(out, n, "f' %s  x %s f %s", df, x, f);
    else
        snprintf(out, n, "x %s f %s f' %s", x, f, df);
}

void view_plot_title(const struct lab *lab, char *left, size_t nleft, char *right, size_t nright)
{
    const struct plot_state *s = &lab->model.plot;
    static const char *const curves[CHARSETS] = {"f - f' ,", "f ─ f' •", "f ─ f' ·"};
    const double x = s->cursor;
    char at[32], f[32], df[32];

    if (plot_is_naive(lab)) {
        const struct naive_reading r =
            naive_read(naive_form(lab->model.fn.act, 0), &lab->model.fn, x);
        snprintf(left, nleft, "digits");
        snprintf(right, nright, "x %s naive %s f %s", reading_x(lab, at), reading(r.naive, 5, f),
                 reading(r.stable, 5, df));
        return;
    }
    if (s->compares)
        snprintf(left, nleft, s->difference ? "f - g" : "compare");
    else
        snprintf(left, nleft, "%s", curves[lab->set.charset]);
    if (s->compares && s->difference)
        snprintf(right, nright, "x %s f-g %s", reading_x(lab, at),
                 reading_y(lab, fn_f(&lab->model.fn, x) - fn_f(&s->compare[0], x), 6, f));
    else
        put_readings(reading_x(lab, at), reading_y(lab, fn_f(&lab->model.fn, x), 5, f),
                     reading(fn_df(&lab->model.fn, x), 5, df), right, nright);
}
