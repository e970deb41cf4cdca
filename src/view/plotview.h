/* plotview.h - what the plot pane is put together from. */
#ifndef ACTLAB_VIEW_PLOTVIEW_H
#define ACTLAB_VIEW_PLOTVIEW_H

#include "draw/plot.h"
#include "math/naive.h"
#include "view/view.h"

/* A textbook formula with its function. */
struct naive_curve {
    const struct naive_form *form;
    struct fn fn;
};

/* The curves of the pane, the first on top. They point into themselves: not to be copied. */
struct plot_curves {
    struct fn fn[2 + PLOT_MAX_COMPARE]; /* f, what it is compared with, the ghost */
    struct naive_curve naive[2];
    struct curve curve[PLOT_MAX_CURVES];
    int curves;
};

void plot_curves_make(const struct lab *, struct plot_curves *);

/* True if the pane shows how many digits of a textbook formula are right. */
bool plot_is_naive(const struct lab *);
/* True if the pane has a tangent: digits have none. */
bool plot_has_tangent(const struct lab *);
/* Its slope, that of f - g where that is drawn; NAN at a kink or a jump. */
double plot_tangent_slope(const struct lab *);
/* Where the first of the textbook formulas is not fine, as plot_flat_spans. */
int plot_naive_spans(const struct fn *, double x0, double x1, double from[4], double to[4]);
/* Where |f'| is below 5 % of its maximum within [x0, x1]: up to 4 spans; returns how many. *share:
 * of the range. */
int plot_flat_spans(const struct fn *, double x0, double x1, double from[4], double to[4],
                    double *share);
/* The largest |f - g| within [x0, x1] and where it is. */
double plot_largest_difference(const struct fn *f, const struct fn *g, double x0, double x1,
                               double *at);

/* The lines that stand in the plot where they cover least. */
enum { LEGEND_LINES = 12, LEGEND_COLS = 48 };
struct legend {
    struct {
        char mark[20]; /* how the curve looks, "" for none */
        char text[LEGEND_COLS + 1];
        enum role role;
    } line[LEGEND_LINES];
    int lines;
};
/* Its forms, from much room to little: a kink in two lines, in short ones or in a single one, each
 * with and then without the share that is flat; at last a kink's slopes alone. */
enum { LEGEND_FORMS = 7 };
/* flat: the share of the view that is flat, 0 if none is. printed: name f and f', for there is no
 * title that does, and inspect no kink, for there is no cursor that was put there. */
void plot_legend_make(const struct lab *, int form, double x0, double x1, double flat, bool printed,
                      struct legend *);
/* Where it stands in the area, and how many cells of the curves it covers; -1: it does not fit. */
int plot_legend_place(const struct legend *, const struct grid *, struct rect area,
                      struct rect *spot);
void plot_legend_draw(const struct legend *, struct grid *, struct rect spot);

#endif
