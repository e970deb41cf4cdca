/* chart.h - bars, sparklines, heat: small pictures of numbers. Everything has an ASCII form. */
#ifndef ACTLAB_DRAW_CHART_H
#define ACTLAB_DRAW_CHART_H

#include "draw/charset.h"
#include "draw/grid.h"

/* A vertical bar, `rows` high to an eighth of a row, standing on the rectangle's last row, `width`
 * columns wide at column col. ASCII has thirds of a row: '_' '=' '#'. */
void chart_bar(struct grid *, struct rect in, int col, int width, double rows, enum charset,
               enum role);
/* Values as one row; the glyph's height says the value between lo and hi. Where there are more
 * values than columns, each column is the mean of its share of them: all are in view. */
void chart_spark(struct grid *, struct rect in, const float *value, int n, double lo, double hi,
                 enum charset, enum role);
/* The same as a line of dots where a cell has four rows of them. */
void chart_line(struct grid *, struct rect in, const float *value, int n, double lo, double hi,
                enum charset, enum role);
/* A glyph for a share 0..1, light to dark. */
uint32_t chart_heat(double share, enum charset);
/* The same for what spans decades: the darkest glyph down to a tenth of `most`, then one for each
 * tenth, the lightest for all that is below. */
uint32_t chart_heat_decade(double value, double most, enum charset);

#endif
