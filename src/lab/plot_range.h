/* plot_range.h - the y range of the plot, kept in the lab so that the axis stands still while a
 * parameter turns. */
#ifndef ACTLAB_LAB_PLOT_RANGE_H
#define ACTLAB_LAB_PLOT_RANGE_H

#include "lab/lab.h"

/* After the function, what it is compared with or the x range changed: a fresh y range, the cursor
 * inside. */
void plot_fit(struct lab *);
/* After alpha or beta changed: the y range grows where it must and never shrinks. */
void plot_extend(struct lab *);

#endif
