/* net_units.c - views unit by unit: a map of all units, histograms of their pre-activations. */
#include "draw/charset.h"
#include "draw/chart.h"
#include "view/netviews.h"

#include <math.h>

static const struct probe_unit *unit_at(const struct probe *p, int layer, int unit)
{
    return &p->unit[(size_t)(layer - 1) * (size_t)p->width + (size_t)unit];
}

/* A cell a unit: x dead, s mostly saturated, else how much gradient comes to it; ! where it has
 * diverged. The letter says it, colour repeats it. */
static void draw_unit(const struct lab *lab, struct grid *g, struct rect in, int row, int col,
                      const struct probe_unit *u, double most)
{
    if (isnan(u->slope))
        grid_put(g, in, row, col, '!', ROLE_BAD);
    else if (u->dead)
        grid_put(g, in, row, col, 'x', ROLE_DEAD);
    else if (u->saturated > 0.9F)
        grid_put(g, in, row, col, 's', ROLE_SATURATED);
    else
        grid_put(g, in, row, col, chart_heat_decade(u->delta, most, (enum charset)lab->set.charset),
                 ROLE_ALIVE);
}

/* Units side by side in a layer's block: about as wide as high to the eye, in whole rows where the
 * width allows, and never higher than the view. */
static int units_across(int width, int rows, int most)
{
    int across = (int)lround(sqrt(2.0 * width));

    for (int a = across; a > 1 && 2 * a > across; a--)
        if (width % a == 0) {
            across = a;
            break;
        }
    if (across > most || (width + across - 1) / across > rows)
        across = most;
    return across > 0 ? across : 1;
}

static double most_delta(const struct probe *p)
{
    double most = 0;

    for (int i = 0; i < p->layers * p->width; i++)
        if (isfinite(p->unit[i].delta))
            most = fmax(most, p->unit[i].delta);
    return most;
}

void netview_units(const struct lab *lab, struct grid *g, struct rect in)
{
    const struct probe *p = &lab->probe;
    struct layer_columns c = layer_columns_make(in.cols, p->layers);
    int rows = in.rows - 2, across = units_across(p->width, rows, c.pitch > 2 ? c.pitch - 1 : 1);
    double most_of_all = most_delta(p);
    int col;

    if (rows < 1 || p->width < 1)
        return;
    grid_text(g, in, 0, 0, ROLE_AXIS, "units");
    for (int i = 0; i < c.shown; i++) {
        int cells = rows * across, most = p->width < cells ? p->width : cells;

        for (int k = 0; k < most;
             k++) { /* more units than cells: every so-manieth stands for its neighbours */
            int unit = (int)((long)k * p->width / most);

            draw_unit(lab, g, in, k / across, c.first + i * c.pitch + k % across,
                      unit_at(p, i * c.group + 1, unit), most_of_all);
        }
    }
    layer_numbers(lab, g, in, rows, &c);
    col = grid_text(g, in, rows + 1, 0, ROLE_DEAD, "x");
    col = grid_text(g, in, rows + 1, col, ROLE_DIM, " dead  ");
    col = grid_text(g, in, rows + 1, col, ROLE_SATURATED, "s");
    col = grid_text(g, in, rows + 1, col, ROLE_DIM, " saturated  ");
    col = grid_text(g, in, rows + 1, col, ROLE_ALIVE, charset_glyphs[lab->set.charset].heat + 1);
    grid_text(g, in, rows + 1, col, ROLE_DIM, " delta, x 10 a shade");
}

/* "z layer 3", and after a single step which way what passes there goes. */
static void draw_ridge_label(struct grid *g, struct rect in, int row, int layer, bool passed,
                             bool forward)
{
    if (passed)
        grid_printf(g, in, row, 0, ROLE_SELECTED, forward ? "layer %d >" : "< layer %d", layer);
    else
        grid_printf(g, in, row, 0, ROLE_AXIS, "z layer %d", layer);
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
    for (int i = 0; i < cols; i++) {
        struct rect cell = {in.row + row, in.col + NETVIEW_LABEL + i, 1, 1};
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
    int rows = in.rows - 1, cols = in.cols - NETVIEW_LABEL - 1;
    int shown = p->layers < rows ? p->layers : rows;
    bool forward = true;
    int passed = lab_pass_layer(lab, &forward);

    if (cols > 2 * PROBE_BINS)
        cols = cols / PROBE_BINS * PROBE_BINS; /* bins of one width */
    if (cols < 4 || rows < 1)
        return;
    for (int i = 0; i < shown; i++) { /* first and last layer always, those between evenly */
        int layer = shown == 1 ? 1 : 1 + i * (p->layers - 1) / (shown - 1);
        int next = i + 1 < shown ? 1 + (i + 1) * (p->layers - 1) / (shown - 1) : p->layers + 1;

        draw_ridge_label(g, in, i, layer, layer <= passed && passed < next, forward);
        draw_ridge(lab, g, in, i, layer, cols);
    }
    grid_printf(g, in, rows, NETVIEW_LABEL, ROLE_AXIS, "%g", PROBE_LO);
    grid_text(g, in, rows, NETVIEW_LABEL + cols / 2, ROLE_AXIS, "0");
    grid_printf(g, in, rows, NETVIEW_LABEL + cols - 1, ROLE_AXIS, "%g", PROBE_HI);
}
