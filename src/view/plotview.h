/* plotview.h - what the plot pane is put together from. */
#ifndef ACTLAB_VIEW_PLOTVIEW_H
#define ACTLAB_VIEW_PLOTVIEW_H

#include "draw/plot.h"
#include "view/view.h"

/* The curves of the pane, the first on top. They point into themselves: not to be copied. */
struct plot_curves {
    struct fn fn[2 + PLOT_MAX_COMPARE]; /* f, what it is compared with, the ghost */
    struct curve curve[PLOT_MAX_CURVES];
    int curves;
};

void plot_curves_make(const struct lab *, struct plot_curves *);

/* Where |f'| is below 5 % of its maximum within [x0, x1]: up to 4 spans; returns how many. *share:
 * of the range. */
int plot_flat_spans(const struct fn *, double x0, double x1, double from[4], double to[4],
                    double *share);
/* The largest |f - g| within [x0, x1] and where it is. */
double plot_largest_difference(const struct fn *f, const struct fn *g, double x0, double x1,
                               double *at);

/* The lines that stand in the plot where they cover least. */
enum { LEGEND_LINES = 12, LEGEND_COLS = 40 };
struct legend {
    struct {
        char mark[12]; /* how the curve looks, "" for none */
        char text[LEGEND_COLS + 1];
        enum role role;
    } line[LEGEND_LINES];
    int lines;
};
/* flat: the share of the view that is shaded, 0 if none is. printed: name f and f', for there is no
 * title that does, and inspect no kink, for there is no cursor that was put there. */
void plot_legend_make(const struct lab *, double x0, double x1, double flat, bool printed,
                      struct legend *);
void plot_legend_draw(const struct legend *, struct grid *, struct rect area);

#endif
