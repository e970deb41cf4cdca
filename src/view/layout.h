/* layout.h - where each pane stands at a size: pure geometry, but for view_layout (measure.c). */
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

/* The panes that give room to a page that does not fit: nobody, the panes beside it, or all of one
 * that the page does not need, unless that has the focus. */
enum room { ROOM_SHARED, ROOM_COLUMN, ROOM_NO_PLOT, ROOM_NO_NETWORK };

struct layout layout_make(int rows, int cols, enum pane focus, bool zoomed, enum room);
/* The lab's: where the experiment under way does not fit with its page, it gets room. */
struct layout view_layout(const struct lab *, int rows, int cols);
/* How many panes are shown. */
int layout_panes(const struct layout *);

#endif
