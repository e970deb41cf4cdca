/* netviews.h - what the network pane is put together from; each view draws into the rectangle it is
 * given. */
#ifndef ACTLAB_VIEW_NETVIEWS_H
#define ACTLAB_VIEW_NETVIEWS_H

#include "lab/netview.h"
#include "view/view.h"

struct netview {
    bool by_layer;     /* no wider than its layers: layer_columns_make */
    bool needs_layers; /* has nothing to show of a network without hidden ones */
    bool alone;        /* no other view stands below it */
    void (*draw)(const struct lab *, struct grid *, struct rect);
    /* Beside it: the numbers of what is shown; returns the rows that they take. */
    int (*side)(const struct lab *, struct grid *, struct rect);
};

/* How layers are spread over columns: all bars, shares and numbers below each other use the same.
 */
struct layer_columns {
    int first; /* column of the first layer */
    int pitch; /* columns a layer takes, 1 or more */
    int shown; /* groups drawn */
    int group; /* layers in one: more than 1 when there are more layers than columns */
    int width; /* of a bar */
    int layers;
    int every; /* layers from one number to the next ... */
    int apart; /* ... and the columns that it has at least */
};
/* Columns for what stands at the left of a view, and of them those of the scale. */
enum { NETVIEW_LABEL = 12, NETVIEW_SCALE = 6 };
struct layer_columns layer_columns_make(int cols, int layers);
int layer_column(const struct layer_columns *, int layer);
/* The first, the last, and between them those that have the room. */
bool layer_is_numbered(const struct layer_columns *, int layer);
/* A text in the layer's column, or so far left of it that all of it is seen. */
void layer_text(struct grid *, struct rect in, int row, const struct layer_columns *, int layer,
                enum role, const char *);
/* "layer 1 2 3", or during the pass of a single step where that stands. */
void layer_numbers(const struct lab *, struct grid *, struct rect in, int row,
                   const struct layer_columns *);

/* Each view of lab/netviews.def. */
#define NETVIEW(name, by_layer, needs_layers, alone, side, help)                                   \
    void netview_##name(const struct lab *, struct grid *, struct rect);
#include "lab/netviews.def"
#undef NETVIEW
/* The columns that a map of so many rows takes at most, and the rows of one of so many columns. */
int map_columns(int rows);
int map_rows(int cols);
/* Only while there is a race: the pane's whole picture, and its title's reading. */
void netview_race(const struct lab *, struct grid *, struct rect);
void netview_race_title(const struct lab *, char *right, size_t nright);
/* Where an axis of so many epochs ends: it stands still until the run has left it. */
double loss_last_epoch(double epochs);
/* Names the axis of epochs of a plot in this rectangle, if there is room at its end. */
void loss_name_axis(struct grid *, struct rect in);

/* In the last rows of *in, which it loses: what the bars say. Where there is little room it says
 * less, or nothing. */
void netview_sentence(const struct lab *, struct grid *, struct rect *in);

int netside_gradient(const struct lab *, struct grid *, struct rect);
int netside_weightgrad(const struct lab *, struct grid *, struct rect);
int netside_activation(const struct lab *, struct grid *, struct rect);
int netside_update(const struct lab *, struct grid *, struct rect);
int netside_units(const struct lab *, struct grid *, struct rect);
int netside_answer(const struct lab *, struct grid *, struct rect);
/* The whole column beside this view; `loss`: with the loss as a line at its foot. */
void netview_side(const struct lab *, struct grid *, struct rect, const struct netview *,
                  bool loss);

#endif
