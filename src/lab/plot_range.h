/* plot_range.h - what part of the plane the plot shows. The y range is kept in the lab so that the
 * axis stands still while a parameter turns. */
#ifndef ACTLAB_LAB_PLOT_RANGE_H
#define ACTLAB_LAB_PLOT_RANGE_H

#include "lab/lab.h"

/* After the function, what it is compared with or the x range changed: a fresh y range, the cursor
 * inside. */
void plot_fit(struct lab *);
/* After alpha or beta changed: the y range grows where it must and never shrinks. */
void plot_extend(struct lab *);
/* How many digits, at least 4, tell an x in one column of the window from one in the next. */
int plot_digits(const struct plot_state *);
/* True if [x0, x1] can be drawn; column: where a message points to. */
bool plot_range_check(double x0, double x1, int column, struct error *);

#endif
