/* net_units.c - views unit by unit: a map of all units, histograms of their pre-activations, one
 * unit's weights. */
#include "draw/chart.h"
#include "view/netviews.h"

#include <math.h>

enum { LABEL = 12 };

static const struct probe_unit *unit_at(const struct probe *p, int layer, int unit)
{
    return &p->unit[(size_t)(layer - 1) * (size_t)p->width + (size_t)unit];
}

/* A cell a unit: x dead, = mostly saturated, else how steep it stands. The letter says it, colour
 * repeats it. */
static void draw_unit(const struct lab *lab, struct grid *g, struct rect in, int row, int col,
                      const struct probe_unit *u)
{
    if (u->dead)
        grid_put(g, in, row, col, 'x', ROLE_DEAD);
    else if (u->saturated > 0.9F)
        grid_put(g, in, row, col, '=', ROLE_SATURATED);
    else
        grid_put(g, in, row, col, chart_heat(fmax(u->slope, 0.02), (enum charset)lab->set.charset),
                 ROLE_ALIVE);
}

void netview_units(const struct lab *lab, struct grid *g, struct rect in)
{
    const struct probe *p = &lab->probe;
    struct layer_columns c = layer_columns_make(in.cols, p->layers);
    int rows = in.rows - 2, across = c.pitch > 2 ? c.pitch - 1 : 1;

    if (rows < 1 || p->width < 1)
        return;
    grid_text(g, in, 0, 0, ROLE_AXIS, "units");
    for (int i = 0; i < c.shown; i++) {
        int cells = rows * across, most = p->width < cells ? p->width : cells;

        for (int k = 0; k < most;
             k++) { /* more units than cells: every so-manieth stands for its neighbours */
            int unit = (int)((long)k * p->width / most);

            draw_unit(lab, g, in, k / across, c.first + i * c.pitch + k % across,
                      unit_at(p, i * c.group + 1, unit));
        }
    }
    layer_numbers(g, in, rows, &c);
    grid_text(g, in, rows + 1, 0, ROLE_DIM, "x dead  = saturated  light to dark: flat to steep");
}

/* One layer's histogram of z as a ridge: z from -6 on the left to 6 on the right. Heights are of
 * square roots, so that a few stragglers in the flat part are still seen. */
static void draw_ridge(const struct lab *lab, struct grid *g, struct rect in, int row, int layer,
                       int cols)
{
    const struct probe_layer *l = &lab->probe.layer[layer];
    double most = 0;

    for (int b = 0; b < PROBE_BINS; b++)
        most = fmax(most, l->bins[b]);
    grid_printf(g, in, row, 0, ROLE_AXIS, "z layer %d", layer);
    for (int i = 0; i < cols; i++) {
        struct rect cell = {in.row + row, in.col + LABEL + i, 1, 1};
        float share = l->bins[i * PROBE_BINS / cols];
        float height = (float)sqrt(share / most);

        if (share > 0 && most > 0)
            chart_spark(g, cell, &height, 1, 0, 1, (enum charset)lab->set.charset, ROLE_HISTOGRAM);
        else if (i == cols / 2)
            grid_put(g, cell, 0, 0, '.', ROLE_AXIS);
    }
}

void netview_histogram(const struct lab *lab, struct grid *g, struct rect in)
{
    const struct probe *p = &lab->probe;
    int rows = in.rows - 1, cols = in.cols - LABEL - 1;
    int shown = p->layers < rows ? p->layers : rows;

    if (cols > 2 * PROBE_BINS)
        cols = cols / PROBE_BINS * PROBE_BINS; /* bins of one width */
    if (cols < 4 || rows < 1)
        return;
    for (int i = 0; i < shown; i++) /* first and last layer always, those between evenly */
        draw_ridge(lab, g, in, i, shown == 1 ? 1 : 1 + i * (p->layers - 1) / (shown - 1), cols);
    grid_printf(g, in, rows, LABEL, ROLE_AXIS, "%g", PROBE_LO);
    grid_text(g, in, rows, LABEL + cols / 2, ROLE_AXIS, "0");
    grid_printf(g, in, rows, LABEL + cols - 1, ROLE_AXIS, "%g", PROBE_HI);
}

void netview_weights(const struct lab *lab, struct grid *g, struct rect in)
{
    const struct net_config *c = &lab->net;
    int layer = lab->unit_layer, unit = lab->unit, fan_in = layer == 1 ? NET_INPUTS : c->width;
    const struct probe_unit *u;
    double most = 0;

    if (layer < 1 || layer > lab->probe.layers || unit < 1 || unit > lab->probe.width)
        return;
    u = unit_at(&lab->probe, layer, unit - 1);
    for (int i = 0; i < fan_in; i++)
        most = fmax(most, fabsf(trainer_weight(lab->trainer, layer, unit - 1, i)));
    grid_printf(g, in, 0, 0, ROLE_TEXT,
                "layer %d unit %d  bias %.3g  slope %.2f  saturated %.0f%%%s", layer, unit,
                trainer_bias(lab->trainer, layer, unit - 1), u->slope, 100 * u->saturated,
                u->dead ? "  DEAD" : "");
    for (int i = 0; i < fan_in; i++) { /* in columns of 16: number, sign, size */
        int per = in.rows - 2, row = 1 + i % (per > 0 ? per : 1),
            col = i / (per > 0 ? per : 1) * 17;
        double w = trainer_weight(lab->trainer, layer, unit - 1, i);

        if (per < 1 || col + 16 > in.cols)
            break;
        grid_printf(g, in, row, col, ROLE_AXIS, "%3d", i + 1);
        grid_printf(g, in, row, col + 4, w < 0 ? ROLE_CLASS0 : ROLE_CLASS1, "%+8.4f", w);
        grid_put(g, in, row, col + 13,
                 chart_heat(most > 0 ? fabs(w) / most : 0, (enum charset)lab->set.charset),
                 ROLE_BAR);
    }
    grid_text(g, in, in.rows - 1, 0, ROLE_DIM,
              "unit LAYER UNIT chooses, weight INPUT VALUE changes one");
}
