/* plot_axis.h - ticks along an edge, and their labels: the plot's, and those of any other picture
 * with numbers at its edges. */
#ifndef ACTLAB_DRAW_PLOT_AXIS_H
#define ACTLAB_DRAW_PLOT_AXIS_H

/* Ticks at multiples of `step` over [lo, hi]; none where these are too coarse for it. Labels have
 * `decimals` behind the point or, where `digits` is not 0, so many significant digits: as many as
 * tell one from the next. */
struct axis {
    double lo, hi, step, first; /* first: the first tick, in steps */
    int ticks, decimals, digits;
};

enum { AXIS_LABEL_MAX = 32 };

struct axis plot_axis(double lo, double hi, double step);
/* An axis over so many cells: `least` or more for each tick, and for its label with `gap` blanks if
 * that is not negative. Ticks are 1, 2 or 5 times a power of ten, and stand a whole number of cells
 * apart where one of them allows it. */
struct axis plot_axis_over(double lo, double hi, int cells, int least, int gap);
double axis_tick(const struct axis *, int i);
/* Returns its length. */
int axis_label(const struct axis *, int i, char label[AXIS_LABEL_MAX]);
int axis_widest(const struct axis *);

#endif
