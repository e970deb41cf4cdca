/* draw/ - pictures made of cells. It knows base/ alone: no activation, no network, no terminal.
 *
 *   grid.h    cells, text output           theme.h   roles to colours, ANSI and SVG output
 *   plot.h    curves with axes             chart.h   bars, sparklines, heat
 *   layout.h  rich text wrapped to columns */
#ifndef ACTLAB_DRAW_DRAW_H
#define ACTLAB_DRAW_DRAW_H

#include "draw/chart.h"
#include "draw/grid.h"
#include "draw/layout.h"
#include "draw/plot.h"
#include "draw/theme.h"

#endif
