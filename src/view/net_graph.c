/* net_graph.c - the network drawn: a column of units for each layer, and between them the strongest
 * weights. `graph` looks back: the delta of each unit, and on each weight what it passes on of it.
 * `flow` looks forward: each unit's activation, and what a weight makes of it. All strokes of a
 * picture share one scale, so that a gradient that vanishes is seen to fade. */
#include "base/number.h"
#include "base/xalloc.h"
#include "draw/charset.h"
#include "draw/chart.h"
#include "draw/strokes.h"
#include "view/netviews.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { CELL = 3, PITCH_LEAST = 5, PITCH_FEW = 9, APART_MOST = 4, STROKES_MOST = 40 };

struct graph {
    const struct lab *lab;
    const struct probe *p;
    bool back;
    struct rect in;
    int heading;   /* the row above it that says what is seen */
    int columns;   /* drawn, the inputs and the output among them */
    int units;     /* drawn of a hidden layer */
    int apart;     /* rows from one unit to the next */
    double output; /* delta of the output, as the last layer's units received it */
    double most;   /* of all strokes */
};

struct stroke {
    int from, to; /* places in their columns */
    double size, weight;
    bool chosen;
};

/* ---- which layers and units, and where ------------------------------------------------------- */

/* The layer of a column: 0 the inputs, layers + 1 the output. Those in the middle give way. */
static int layer_at(const struct graph *gr, int column)
{
    const int left = (gr->columns + 1) / 2;

    return column < left ? column : gr->p->layers + 2 - (gr->columns - column);
}

static bool is_hidden(const struct graph *gr, int layer)
{
    return layer > 0 && layer <= gr->p->layers;
}

static int places(const struct graph *gr, int layer)
{
    return layer == 0 ? NET_INPUTS : is_hidden(gr, layer) ? gr->units : 1;
}

/* Spread over the layer where not all are drawn; from 0. */
static int unit_at(const struct graph *gr, int layer, int place)
{
    return is_hidden(gr, layer) ? place * gr->p->width / gr->units : place;
}

static int row_of(const struct graph *gr, int layer, int place)
{
    const int n = places(gr, layer), apart = is_hidden(gr, layer) ? gr->apart : 2 * gr->apart;

    return (gr->in.rows - 1 - (n - 1) * apart) / 2 + place * apart;
}

static int col_of(const struct graph *gr, int column)
{
    return column * (gr->in.cols - CELL) / (gr->columns - 1);
}

static const struct probe_unit *unit_of(const struct graph *gr, int layer, int unit)
{
    return &gr->p->unit[(size_t)(layer - 1) * (size_t)gr->p->width + (size_t)unit];
}

static bool is_chosen(const struct graph *gr, int layer, int unit)
{
    return gr->lab->screen.focus == PANE_NETWORK && gr->lab->model.unit_layer == layer &&
           gr->lab->model.unit == unit + 1;
}

static bool is_dead(const struct graph *gr, int layer, int unit)
{
    return is_hidden(gr, layer) && unit_of(gr, layer, unit)->dead;
}

/* ---- what flows ------------------------------------------------------------------------------ */

/* RMS of the output's delta: what the last layer received of it, over weights and slopes. */
static double output_delta(const struct graph *gr)
{
    double received = 0, passed = 0;

    for (int i = 0; i < gr->p->width; i++) {
        const struct probe_unit *u = unit_of(gr, gr->p->layers, i);
        const double w = (double)trainer_weight(gr->lab->model.trainer, gr->p->layers + 1, 0, i);

        received += u->delta * u->delta;
        passed += w * w * (double)u->slope * (double)u->slope;
    }
    return passed > 0 ? sqrt(received / passed) : 0;
}

static double weight_between(const struct graph *gr, int layer, int unit, int input)
{
    return (double)trainer_weight(gr->lab->model.trainer, layer, unit, input);
}

/* The size of what the weight from an input into a unit of the layer passes on, either way. */
static double size_of(const struct graph *gr, int layer, int unit, int input)
{
    const double w = fabs(weight_between(gr, layer, unit, input));

    if (is_dead(gr, layer, unit) || is_dead(gr, layer - 1, input))
        return 0;
    if (!gr->back)
        return w * (layer > 1 ? unit_of(gr, layer - 1, input)->activation : 1);
    return w * (is_hidden(gr, layer) ? unit_of(gr, layer, unit)->delta : gr->output);
}

static int stronger(const void *a, const void *b)
{
    const struct stroke *s = a, *t = b;

    if (s->chosen != t->chosen)
        return s->chosen ? -1 : 1;
    return s->size > t->size ? -1 : s->size < t->size;
}

/* All strokes into a column, the strongest first; returns how many there are. */
static int strokes_into(const struct graph *gr, int layer, struct stroke *s)
{
    int n = 0;

    for (int to = 0; to < places(gr, layer); to++)
        for (int from = 0; from < places(gr, layer - 1); from++) {
            const int unit = unit_at(gr, layer, to), input = unit_at(gr, layer - 1, from);
            const double size = size_of(gr, layer, unit, input);

            if (size > 0 && isfinite(size))
                s[n++] = (struct stroke){from, to, size, weight_between(gr, layer, unit, input),
                                         is_chosen(gr, layer, unit)};
        }
    qsort(s, (size_t)n, sizeof *s, stronger);
    return n;
}

/* ---- drawing --------------------------------------------------------------------------------- */

/* A tenth as strong is drawn with every second dot, and so on; below the fifth tenth nothing. */
static void draw_strokes(const struct graph *gr, struct strokes *lines, int column,
                         struct stroke *s)
{
    const int layer = layer_at(gr, column), n = strokes_into(gr, layer, s);
    const int most = 2 * places(gr, layer) + 2;

    for (int i = 0; i < n && i < (most < STROKES_MOST ? most : STROKES_MOST); i++) {
        const double tenths = log10(gr->most / s[i].size);
        const enum role sign = s[i].weight > 0 ? ROLE_CLASS1 : ROLE_CLASS0;

        if (tenths > 5 && !s[i].chosen)
            continue;
        strokes_line(lines, row_of(gr, layer - 1, s[i].from), col_of(gr, column - 1) + CELL,
                     row_of(gr, layer, s[i].to), col_of(gr, column) - 1,
                     tenths < 1 || s[i].chosen ? 1
                     : tenths < 2.5            ? 2
                                               : 4,
                     s[i].chosen ? 2 * gr->most : s[i].size, tenths < 2.5 ? sign : ROLE_DIM);
    }
}

static void draw_unit(const struct graph *gr, struct grid *g, int column, int place, double most)
{
    const int layer = layer_at(gr, column), unit = unit_at(gr, layer, place);
    const int row = row_of(gr, layer, place), col = col_of(gr, column);
    const enum role frame = is_chosen(gr, layer, unit) ? ROLE_SELECTED : ROLE_AXIS;
    const struct probe_unit *u = is_hidden(gr, layer) ? unit_of(gr, layer, unit) : NULL;
    uint32_t glyph;
    enum role role = ROLE_ALIVE;

    grid_put(g, gr->in, row, col, '[', frame);
    grid_put(g, gr->in, row, col + 2, ']', frame);
    if (!u) {
        grid_put(g, gr->in, row, col + 1, (uint32_t)(layer ? 'y' : '1' + place), ROLE_TEXT);
        return;
    }
    glyph = chart_heat_decade(gr->back ? u->delta : u->activation, most,
                              (enum charset)gr->lab->set.charset);
    if (isnan(u->slope))
        glyph = '!', role = ROLE_BAD;
    else if (u->dead)
        glyph = 'x', role = ROLE_DEAD;
    else if (u->saturated > 0.9F)
        role = ROLE_SATURATED;
    grid_put(g, gr->in, row, col + 1, glyph, role);
}

static void draw_numbers(const struct graph *gr, struct grid *g)
{
    const int row = gr->in.rows - 1;
    const bool all = gr->columns == gr->p->layers + 2;
    char number[12];

    for (int c = 0; c < gr->columns; c++) {
        const int layer = layer_at(gr, c);
        const int cols = snprintf(number, sizeof number, "%d", layer);

        if (layer == 0)
            grid_text(g, gr->in, row, 0, ROLE_AXIS, " x");
        else if (!is_hidden(gr, layer))
            grid_text(g, gr->in, row, col_of(gr, c), ROLE_AXIS, " y");
        else
            grid_text(g, gr->in, row, col_of(gr, c) + (cols < 3), ROLE_AXIS, number);
        if (!all && c > 0 && layer > layer_at(gr, c - 1) + 1)
            grid_text(g, gr->in, row, (col_of(gr, c - 1) + col_of(gr, c) + CELL) / 2 - 1,
                      ROLE_STRONG, "...");
    }
}

/* The strokes' colours, where there is room behind the words. */
static void draw_legend(struct grid *g, struct rect in, int col)
{
    static const char words[] = "w > 0  w < 0  fainter: a tenth";
    const int at = in.cols - (int)sizeof words;

    if (at < col)
        return;
    grid_text(g, in, 0, at, ROLE_CLASS1, "w > 0");
    grid_text(g, in, 0, at + 7, ROLE_CLASS0, "w < 0");
    grid_text(g, in, 0, at + 14, ROLE_DIM, "fainter: a tenth");
}

/* The quantity that is shown or, of the chosen unit, its value and its weight. */
static void draw_heading(const struct graph *gr, struct grid *g)
{
    const struct lab *lab = gr->lab;
    const int layer = lab->model.unit_layer, unit = lab->model.unit - 1, input = lab->model.input;
    const struct rect in = {gr->heading, gr->in.col, 1, gr->in.cols};
    char number[NUMBER_TEXT_MAX];
    int col;

    if (is_hidden(gr, layer) && unit < gr->p->width && is_chosen(gr, layer, unit)) {
        const struct probe_unit *u = unit_of(gr, layer, unit);

        number_digits(number, gr->back ? u->delta : u->activation, 2);
        col = grid_printf(g, in, 0, 0, ROLE_TEXT, "layer %d unit %d  %s %s%s", layer, unit + 1,
                          gr->back ? "delta" : "a", number, u->dead ? "  DEAD" : "") +
              2;
        number_digits(number, weight_between(gr, layer, unit, input - 1), 3);
        col = (input ? grid_printf(g, in, 0, col, ROLE_TEXT, "weight %d: %s", input, number)
                     : grid_printf(g, in, 0, col, ROLE_TEXT, "bias %s", number)) +
              2;
    } else {
        col = grid_text(g, in, 0, 0, ROLE_TEXT, gr->back ? "delta, going back" : "a, going on") + 2;
    }
    draw_legend(g, in, col);
}

/* Of more units or layers than there is room for. */
static void draw_counts(const struct graph *gr, struct grid *g)
{
    const struct rect in = {gr->in.row - 1, gr->in.col, 1, gr->in.cols};
    const int few = gr->columns - 2;
    int col = 0;

    if (gr->units < gr->p->width)
        col = grid_printf(g, in, 0, 0, ROLE_STRONG, "%d of %d units of a layer", gr->units,
                          gr->p->width) +
              2;
    if (few < gr->p->layers)
        grid_printf(g, in, 0, col, ROLE_STRONG, "%d of %d layers", few, gr->p->layers);
}

static struct graph layout(const struct lab *lab, struct rect in, bool back)
{
    const struct probe *p = &lab->measured.probe;
    struct graph gr = {.lab = lab, .p = p, .back = back, .in = in};
    int fit = (in.cols - CELL) / PITCH_LEAST + 1;

    if (fit < p->layers + 2) /* those that are drawn have more room */
        fit = (in.cols - CELL) / PITCH_FEW + 1;

    gr.columns = p->layers + 2 < fit ? p->layers + 2 : fit;
    gr.heading = in.row;
    for (int i = 0; i < 1 + (p->width > in.rows - 2 || gr.columns < p->layers + 2); i++) {
        gr.in.row++;
        gr.in.rows--;
    }
    gr.units = p->width < gr.in.rows - 1 ? p->width : gr.in.rows - 1;
    gr.apart = gr.units > 1 ? (gr.in.rows - 2) / (gr.units - 1) : APART_MOST / 2;
    gr.apart = gr.apart < APART_MOST ? gr.apart : APART_MOST;
    return gr;
}

static void draw_graph(const struct lab *lab, struct grid *g, struct rect in, bool back)
{
    struct graph gr = layout(lab, in, back);
    struct strokes lines;
    struct stroke *s;
    double most = 0;

    if (gr.units < 1 || gr.columns < 3)
        return;
    s = xcalloc((size_t)gr.units * (size_t)(gr.units > NET_INPUTS ? gr.units : NET_INPUTS),
                sizeof *s);
    gr.output = output_delta(&gr);
    for (int c = 1; c < gr.columns; c++)
        if (layer_at(&gr, c) == layer_at(&gr, c - 1) + 1 &&
            strokes_into(&gr, layer_at(&gr, c), s) > 0)
            for (int i = 0; i < 2; i++) /* the chosen unit's come first */
                gr.most = fmax(gr.most, s[i].size);
    for (int i = 0; i < gr.p->layers * gr.p->width; i++) {
        const double v = back ? gr.p->unit[i].delta : gr.p->unit[i].activation;

        most = isfinite(v) ? fmax(most, v) : most;
    }
    strokes_init(&lines, gr.in, (enum charset)lab->set.charset);
    for (int c = 1; c < gr.columns; c++)
        if (layer_at(&gr, c) == layer_at(&gr, c - 1) + 1)
            draw_strokes(&gr, &lines, c, s);
    strokes_draw(&lines, g);
    strokes_free(&lines);
    free(s);
    for (int c = 0; c < gr.columns; c++)
        for (int i = 0; i < places(&gr, layer_at(&gr, c)); i++)
            draw_unit(&gr, g, c, i, most);
    draw_numbers(&gr, g);
    if (gr.in.row > gr.heading + 1)
        draw_counts(&gr, g);
    draw_heading(&gr, g);
}

void netview_graph(const struct lab *lab, struct grid *g, struct rect in)
{
    draw_graph(lab, g, in, true);
}

void netview_flow(const struct lab *lab, struct grid *g, struct rect in)
{
    draw_graph(lab, g, in, false);
}
