/* plot.c - the plot pane: the function, its derivative, and what stands beside them. */
#include "base/utf8.h"
#include "view/plotview.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* The window in this rectangle: rows and columns snapped to round steps. */
static struct plot window(const struct lab *lab, struct rect in)
{
    struct plot p = {.x0 = lab->plot.x0,
                     .x1 = lab->plot.x1,
                     .y0 = lab->plot.y0,
                     .y1 = lab->plot.y1,
                     .charset = (enum charset)lab->set.charset,
                     .tangent = -1};
    plot_snap(&p.y0, &p.y1, plot_area(&p, in).rows);
    plot_snap(&p.x0, &p.x1, plot_area(&p, in).cols);
    return p;
}

void view_plot(const struct lab *lab, struct grid *g, struct rect in)
{
    const struct plot_state *s = &lab->plot;
    const bool difference = s->difference && s->compares;
    struct plot p = window(lab, in);
    const struct rect area = plot_area(&p, in);
    struct plot_curves curves;
    struct legend legend;
    double flat = 0;

    plot_curves_make(lab, &curves);
    p.curve = curves.curve;
    p.curves = curves.curves;
    p.has_cursor = true;
    p.cursor = s->cursor;
    if (s->tangent && !difference) {
        p.tangent = 0;
        p.tangent_slope = fn_df_side(&lab->fn, s->cursor, -1) == fn_df_side(&lab->fn, s->cursor, 1)
                              ? fn_df(&lab->fn, s->cursor)
                              : (double)NAN;
    }
    if (s->saturation && !s->compares)
        p.flats = plot_flat_spans(&lab->fn, p.x0, p.x1, p.flat0, p.flat1, &flat);
    if (s->histogram && s->hist_layer <= lab->probe.layers) {
        p.bins = lab->probe.layer[s->hist_layer].bins;
        p.nbins = PROBE_BINS;
        p.bins_lo = PROBE_LO;
        p.bins_hi = PROBE_HI;
    }
    plot_draw(g, in, &p);
    plot_legend_make(lab, p.x0, p.x1, flat, &legend);
    plot_legend_draw(&legend, g, area);
}

/* Six columns, so that nothing beside it moves while the cursor does. */
static const char *reading(double v, char out[16])
{
    snprintf(out, 16, "%6.3f", v);
    if (fabs(v) >= 99.9995 || (v != 0 && fabs(v) < 0.0005) || strlen(out) > 6)
        snprintf(out, 16, "%6.0e", v);
    if (!isfinite(v))
        snprintf(out, 16, "%6s", isnan(v) ? "none" : v > 0 ? "inf" : "-inf");
    return out;
}

void view_plot_title(const struct lab *lab, char *left, size_t nleft, char *right, size_t nright)
{
    const struct plot_state *s = &lab->plot;
    const bool ascii = lab->set.charset == CHARSET_ASCII;
    const double x = s->cursor;
    char at[16], f[16], df[16];

    if (s->compares)
        snprintf(left, nleft, s->difference ? "f - g" : "compare");
    else
        snprintf(left, nleft, ascii ? "f - f' o" : "f ─ f' ·");
    if (s->compares && s->difference)
        snprintf(right, nright, "x %s f-g %s", reading(x, at),
                 reading(fn_f(&lab->fn, x) - fn_f(&s->compare[0], x), f));
    else
        snprintf(right, nright, "x %s f %s f' %s", reading(x, at), reading(fn_f(&lab->fn, x), f),
                 reading(fn_df(&lab->fn, x), df));
}
