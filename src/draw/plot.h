/* plot.h - curves as characters: axes, ticks, kinks, jumps, cursor, tangent, histogram.
 *
 * The plot knows no activation: a curve is a callback with its breaks. */
#ifndef ACTLAB_DRAW_PLOT_H
#define ACTLAB_DRAW_PLOT_H

#include "draw/charset.h"
#include "draw/grid.h"

enum { PLOT_MAX_CURVES = 10, CURVE_MAX_BREAKS = 8 };

/* Windows with finer rows or columns are not made round: near 0 doubles are multiples of 5e-324,
 * and ticks want to be right to some digits. */
#define PLOT_FINEST 1e-318

/* How curves stay apart without colour. */
enum curve_style {
    CURVE_LINE,     /* sub-cell ink: f */
    CURVE_DOTS,     /* one centred `glyph` a column, one dot a column in braille: f' */
    CURVE_MARKED,   /* the same in ASCII; else a line with a `glyph` now and then */
    CURVE_DASHED,   /* sub-cell ink with gaps, without ends and marks: a ghost */
    CURVE_DASH_DOT, /* the same in another rhythm: a tangent */
};

struct curve_break {
    double x;
    bool jump;        /* of y; else a kink */
    bool closed_left; /* y(x) is the limit from the left (solid end there, open on the right) */
    double impulse;   /* > 0: an arrow up at x (the derivative of a jump up), < 0: down, 0: none */
    double foot;      /* the y that the arrow stands on */
};

struct curve {
    double (*y)(const void *context, double x); /* NAN: a gap; +-inf: clipped */
    const void *context;
    struct curve_break breaks[CURVE_MAX_BREAKS];
    int nbreaks;
    bool seek_breaks; /* y is anyone's expression: find poles and jumps by looking */
    enum role role;
    enum curve_style style;
    char glyph; /* CURVE_DOTS, CURVE_MARKED and the legend */
};

struct plot {
    double x0, x1, y0, y1;
    const struct curve *curve;
    int curves;
    enum charset charset;
    bool has_cursor;
    double cursor;
    int tangent;               /* index of the curve that gets one at the cursor, -1: none */
    double tangent_slope;      /* NAN: it has none there */
    double flat0[4], flat1[4]; /* spans of x whose axis is marked as flat */
    int flats;
    const float *bins; /* histogram over [bins_lo, bins_hi] between area and x axis, NULL: none */
    int nbins;
    double bins_lo, bins_hi;
};

/* The smallest 1-2-5 step (1, 2, 5 x 10^k) that gives at most `most` ticks over [lo, hi]. */
double plot_tick_step(double lo, double hi, int most);
/* Snaps [*x0, *x1] so that one of `cols` columns is a round dx, keeping the centre and about the
 * width. */
void plot_snap(double *x0, double *x1, int cols);
/* The same for rows, whose heights are no numbers that one reads, but ticks at 1, 2 or 5 x 10^k
 * stand a whole number of them apart. */
void plot_snap_rows(double *y0, double *y1, int rows);
/* The drawing area inside `in`, beside the y labels and above the x labels and the histogram. Its
 * rows depend on `in` and on whether there is a histogram, its columns on the y range as well: a
 * view snaps y to the rows, then x to the columns. */
struct rect plot_area(const struct plot *, struct rect in);
void plot_draw(struct grid *, struct rect in, const struct plot *);
/* Where a text of rows x cols covers least of what is drawn inside `area` (as from plot_area): one
 * of its corners or edges, or where that is not free anywhere. Returns how many cells it covers, -1
 * when it does not fit. */
int plot_find_spot(const struct grid *, struct rect area, int rows, int cols, struct rect *spot);
/* That spot; the area's corner when it does not fit. */
struct rect plot_clear_spot(const struct grid *, struct rect area, int rows, int cols);

#endif
