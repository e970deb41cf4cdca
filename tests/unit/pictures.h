/* pictures.h - for tests of the plot: a function as a curve, and a picture of one curve. */
#ifndef ACTLAB_TESTS_PICTURES_H
#define ACTLAB_TESTS_PICTURES_H

#include "draw/plot.h"
#include "math/activation.h"

/* The y of a curve whose context is a struct fn. */
double y_fn(const void *fn, double x);
/* The function's curve, with its breaks. */
struct curve curve_of(const struct fn *);

/* A picture of one curve over a snapped window, and the place of its drawing area. */
struct picture {
    struct grid grid;
    struct plot plot;
    struct rect area;
};

/* A picture of so many cells; free its grid. */
void draw(struct picture *, const struct curve *, int cols, int rows, double x0, double x1,
          double y0, double y1, enum charset);
/* Counted from the upper left corner of the drawing area. */
const struct cell *cell_at(const struct picture *, int row, int col);

#endif
