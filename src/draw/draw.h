/* draw/ - pictures made of cells. It knows base/ alone: no activation, no network, no terminal.
 *
 *   grid.h    cells, text output              charset.h  glyphs of each charset
 *   theme.h   roles to colours, ANSI and SVG  plot.h     curves with axes
 *   chart.h   bars, sparklines, heat          layout.h   rich text wrapped to columns */
#ifndef ACTLAB_DRAW_DRAW_H
#define ACTLAB_DRAW_DRAW_H

#include "draw/charset.h"
#include "draw/chart.h"
#include "draw/grid.h"
#include "draw/layout.h"
#include "draw/plot.h"
#include "draw/theme.h"

#endif
