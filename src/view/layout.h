/* layout.h - where each pane stands at a size: pure geometry. */
#ifndef ACTLAB_VIEW_LAYOUT_H
#define ACTLAB_VIEW_LAYOUT_H

#include "lab/lab.h"

struct layout {
    bool too_small;
    struct rect top;          /* the header line */
    struct rect title[PANES]; /* each pane's rule; rows 0: not shown */
    struct rect body[PANES];
    struct rect gutter; /* the column between lesson and plot; cols 0: none */
    struct rect bottom; /* keys or prompt */
};

struct layout layout_make(int rows, int cols, enum pane focus, bool zoomed);
/* How many panes are shown. */
int layout_panes(const struct layout *);

#endif
