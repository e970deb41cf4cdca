/* net_histogram.c - each layer's pre-activations as a ridge, the layers below and, where they do
 * not fit, beside each other. */
#include "draw/chart.h"
#include "view/netviews.h"

#include <math.h>
#include <stdio.h>

enum { LEAST = 8 /* columns of a ridge */, HEIGHT_MOST = 4 };

/* How the ridges stand. */
struct ridges {
    int rows, beside; /* ridges below and beside each other */
    int height;       /* of one, in rows */
    int shown;
    int label; /* columns in front of each */
    int pitch; /* from one to that beside it */
    int cols;  /* of a ridge */
};

static int digits_of(int n)
{
    return n < 10 ? 1 : n < 100 ? 2 : 3;
}

static struct ridges ridges_make(struct rect in, int layers)
{
    struct ridges r = {.rows = in.rows - 1, .beside = 1, .label = NETVIEW_LABEL};
    const int label = digits_of(layers) + 1, most = in.cols / (label + PROBE_BINS + 1);

    if (layers > r.rows && r.rows > 0 && most > 1) {
        r.beside = (layers + r.rows - 1) / r.rows;
        r.beside = r.beside < most ? r.beside : most;
        r.label = label;
    }
    r.pitch = in.cols / r.beside;
    r.cols = r.pitch - r.label - 1;
    if (r.cols > PROBE_BINS && (r.beside > 1 || r.cols > 2 * PROBE_BINS))
        r.cols = r.cols / PROBE_BINS * PROBE_BINS; /* bins of one width */
    if (r.beside > 1 && r.cols > 2 * PROBE_BINS)
        r.cols = 2 * PROBE_BINS;
    if (r.beside > 1)
        r.pitch = r.label + r.cols + (r.label + r.cols + 3 < r.pitch ? 3 : 1);
    r.shown = layers < r.rows * r.beside ? layers : r.rows * r.beside;
    r.height = r.shown > 0 && r.beside == 1 ? r.rows / r.shown : 1;
    r.height = r.height < HEIGHT_MOST ? r.height : HEIGHT_MOST;
    if (r.shown == layers)
        r.rows = (layers + r.beside - 1) / r.beside;
    return r;
}

/* First and last layer always, those between evenly. */
static int layer_at(const struct ridges *r, int i, int layers)
{
    return r->shown == 1 ? 1 : 1 + i * (layers - 1) / (r->shown - 1);
}

/* The layer, and after a single step which way what passes there (or before the next that is shown)
 * goes. */
static void draw_label(const struct lab *lab, struct grid *g, struct rect in, int layer, int next)
{
    bool forward = true;
    const int passed = lab_pass_layer(lab, &forward);
    const bool here = layer <= passed && passed < next, brief = in.cols < NETVIEW_LABEL;

    if (brief)
        grid_printf(g, in, 0, 0, here ? ROLE_SELECTED : ROLE_AXIS, "%*d", in.cols - 1, layer);
    if (brief && here)
        grid_put(g, in, 0, in.cols - 1, forward ? '>' : '<', ROLE_SELECTED);
    else if (here)
        grid_printf(g, in, 0, 0, ROLE_SELECTED, forward ? "layer %d >" : "< layer %d", layer);
    else if (!brief)
        grid_printf(g, in, 0, 0, ROLE_AXIS, "z layer %d", layer);
}

/* The highest of the bins that share a column: none is left out. */
static float share_at(const struct probe_layer *l, int i, int cols)
{
    const int from = i * PROBE_BINS / cols, to = (i + 1) * PROBE_BINS / cols;
    float most = l->bins[from];

    for (int b = from + 1; b < to; b++)
        most = fmaxf(most, l->bins[b]);
    return most;
}

/* z from -6 on the left to 6 on the right. Heights are of square roots, so that a few stragglers in
 * the flat part are still seen. */
static void draw_ridge(const struct lab *lab, struct grid *g, struct rect in, int layer)
{
    const struct probe_layer *l = &lab->measured.probe.layer[layer];
    float most = 0;

    if (isnan(l->dead)) { /* of no number can be said where it lies */
        grid_text(g, in, in.rows - 1, 0, ROLE_BAD, "! diverged");
        return;
    }
    for (int b = 0; b < PROBE_BINS; b++)
        most = l->bins[b] > most ? l->bins[b] : most; /* GCC 12 for arm64 ends at an fmax here */
    for (int i = 0; i < in.cols; i++) {
        struct rect cell = {in.row, in.col + i, in.rows, 1};
        float share = share_at(l, i, in.cols);
        float height = most > 0 ? sqrtf(share / most) : 0;

        if (share > 0 && most > 0 && in.rows > 1) /* with a line of air over the highest */
            chart_bar(g, cell, 0, 1, fmax((double)height * (in.rows - 0.2), 0.13),
                      (enum charset)lab->set.charset, ROLE_HISTOGRAM);
        else if (share > 0 && most > 0)
            chart_spark(g, cell, &height, 1, 0, 1, (enum charset)lab->set.charset, ROLE_HISTOGRAM);
        else if (i == in.cols / 2)
            grid_put(g, cell, in.rows - 1, 0, '.', ROLE_AXIS);
    }
}

/* The ends hold all that is beyond them, too. */
static void draw_axis(struct grid *g, struct rect in, int row, int col, int cols)
{
    char end[16];
    const int n = snprintf(end, sizeof end, ">%g", PROBE_HI);

    grid_printf(g, in, row, col, ROLE_AXIS, "<%g", PROBE_LO);
    grid_text(g, in, row, col + cols / 2, ROLE_AXIS, "0");
    grid_text(g, in, row, col + cols - n, ROLE_AXIS, end);
}

/* How many there are of how many, on the axis' row: beside each other the last one's axis gives
 * way, for it is the same as the first's. */
static void draw_missing(struct grid *g, struct rect in, const struct ridges *r, int layers)
{
    const int row = r->rows * r->height, half = r->cols / 2 - 4;
    char part[40];
    const int n = snprintf(part, sizeof part, "%d of %d layers", r->shown, layers);

    if (r->beside > 1)
        grid_text(g, in, row, (r->beside - 1) * r->pitch + r->label, ROLE_STRONG, part);
    else if (n < half)
        grid_text(g, in, row, r->label + 4, ROLE_STRONG, part);
    else
        grid_printf(g, in, row, 0, ROLE_STRONG, "%d of %d", r->shown, layers);
}

void netview_histogram(const struct lab *lab, struct grid *g, struct rect in)
{
    const int layers = lab->measured.probe.layers;
    struct ridges r = ridges_make(in, layers);

    if (r.cols < LEAST || r.rows < 1)
        return;
    for (int i = 0; i < r.shown; i++) {
        const int layer = layer_at(&r, i, layers);
        const int row = i % r.rows * r.height, col = i / r.rows * r.pitch;
        const int base = row + r.height - 1;
        struct rect ridge = {in.row + row, in.col + col + r.label, r.height, r.cols};

        draw_label(lab, g, (struct rect){in.row + base, in.col + col, 1, r.label}, layer,
                   i + 1 < r.shown ? layer_at(&r, i + 1, layers) : layers + 1);
        draw_ridge(lab, g, ridge, layer);
    }
    if (r.beside > 1 && r.shown == layers)
        grid_text(g, in, r.rows * r.height, r.label + 4, ROLE_AXIS, "z");
    for (int k = 0; k * r.rows < r.shown; k++)
        if (k == 0 || k < r.beside - 1 || r.shown == layers)
            draw_axis(g, in, r.rows * r.height, k * r.pitch + r.label, r.cols);
    if (r.shown < layers)
        draw_missing(g, in, &r, layers);
}
