/* net_weights.c - one unit's weights as numbers and as bars from a common zero; the output unit's,
 * too. */
#include "base/number.h"
#include "draw/charset.h"
#include "draw/chart.h"
#include "view/netviews.h"

#include <math.h>
#include <stdio.h>

enum { LABEL = 5, NUMBER = 8, BAR = LABEL + NUMBER + 1, CELL = 18, REACH_MOST = 12 };

/* The chosen unit and weight, as far as the network still has them. */
struct choice {
    int layer, unit, input, inputs;
    bool output;
};

static struct choice chosen(const struct lab *lab)
{
    const int layers = lab->measured.probe.layers;
    struct choice c = {
        .layer = lab->model.unit_layer, .unit = lab->model.unit, .input = lab->model.input};

    if (c.layer > layers + 1)
        c.layer = layers > 0 ? layers : 1;
    c.output = c.layer == layers + 1;
    if (c.unit > trainer_outs(lab->model.trainer, c.layer))
        c.unit = trainer_outs(lab->model.trainer, c.layer);
    c.inputs = trainer_ins(lab->model.trainer, c.layer);
    if (c.input > c.inputs)
        c.input = c.inputs;
    return c;
}

static double weight_at(const struct lab *lab, const struct choice *c, int in)
{
    return (double)trainer_weight(lab->model.trainer, c->layer, c->unit - 1, in - 1);
}

/* In eight columns, whatever its size: a number that is cut is another number. */
static void print_weight(char out[NUMBER_TEXT_MAX], double w)
{
    const double size = fabs(w);
    const int decimals = size < 99.99 ? 4 : size < 999.9 ? 3 : 2;

    if (!isfinite(w))
        snprintf(out, NUMBER_TEXT_MAX, "%s", isnan(w) ? "nan" : w < 0 ? "-inf" : "+inf");
    else if (size >= 9999.9 || (w != 0 && size < 5e-4))
        snprintf(out, NUMBER_TEXT_MAX, "%+.1e", w);
    else
        snprintf(out, NUMBER_TEXT_MAX, "%+.*f", decimals, w);
}

/* From the zero in the middle to the right or to the left, to half a column, or a shade where there
 * is but one; never quite nothing, for 0 looks different. */
static void draw_bar(struct grid *g, struct rect in, int reach, double share, enum charset charset)
{
    const struct glyphs *set = &charset_glyphs[charset];
    int halves = (int)lround(fabs(share) * 2 * reach), way = share < 0 ? -1 : 1;

    grid_put(g, in, 0, reach, set->vertical, ROLE_AXIS);
    if (reach == 1 && share != 0) {
        grid_put(g, in, 0, reach + way, chart_heat(fabs(share), charset), ROLE_BAR);
        return;
    }
    if (halves == 0 && share != 0)
        halves = 1;
    for (int i = 1; halves > 0; i++, halves -= 2)
        grid_put(g, in, 0, reach + way * i,
                 halves > 1 ? set->bar[8]
                 : way < 0  ? set->half_right
                            : set->half_left,
                 ROLE_BAR);
}

/* The bias (0) or a weight: its number, sign and size. The chosen one is marked. */
static void draw_weight(const struct lab *lab, struct grid *g, struct rect cell,
                        const struct choice *c, int in, double most)
{
    const int reach = (cell.cols - BAR - 2) / 2;
    struct rect bar = {cell.row, cell.col + BAR, 1, 2 * reach + 1};
    double w = weight_at(lab, c, in);
    char number[NUMBER_TEXT_MAX];
    enum role role = in == c->input ? ROLE_SELECTED : ROLE_AXIS;

    if (in == 0)
        grid_text(g, cell, 0, 0, role, "bias");
    else
        grid_printf(g, cell, 0, 0, role, "%4d", in);
    print_weight(number, w);
    grid_printf(g, cell, 0, LABEL, isfinite(w) ? ROLE_TEXT : ROLE_BAD, "%*s", NUMBER, number);
    if (isfinite(w))
        draw_bar(g, bar, reach, most > 0 ? w / most : 0, (enum charset)lab->set.charset);
}

/* Which unit it is and what state it is in; in full where there is room. */
static void draw_heading(const struct lab *lab, struct grid *g, struct rect in,
                         const struct choice *c)
{
    const bool roomy = in.cols >= 50;
    const double most = lab->measured.probe.max_slope;
    const struct probe_unit *u;
    char delta[NUMBER_TEXT_MAX];
    int col;

    if (c->output) {
        grid_printf(g, in, 0, 0, ROLE_TEXT, roomy ? "layer %d, the output" : "output, layer %d",
                    c->layer);
        return;
    }
    col = grid_printf(g, in, 0, 0, ROLE_TEXT, "layer %d unit %d", c->layer, c->unit) + 2;
    u = &lab->measured.probe.unit[(size_t)(c->layer - 1) * (size_t)lab->measured.probe.width +
                                  (size_t)c->unit - 1];
    if (isnan(u->slope)) {
        grid_text(g, in, 0, col, ROLE_BAD, "diverged");
        return;
    }
    if (u->dead)
        col = grid_text(g, in, 0, col, ROLE_DEAD, "DEAD") + 2;
    else if (isnan(most))
        col = grid_printf(g, in, 0, col, ROLE_TEXT, roomy ? "mean |f'| %.3g" : "f' %.3g",
                          (double)u->slope) +
              2;
    else
        col = grid_printf(g, in, 0, col, ROLE_TEXT, roomy ? "mean |f'| %.0f%% of max" : "f' %.0f%%",
                          100 * (double)u->slope / most) +
              2;
    if (col + 6 + number_digits(delta, u->delta, 2) <= in.cols) /* all of it or nothing */
        grid_printf(g, in, 0, col, ROLE_TEXT, "delta %s", delta);
}

void netview_weights(const struct lab *lab, struct grid *g, struct rect in)
{
    struct choice c = chosen(lab);
    int rows = in.rows - 1, wanted, columns, width, page, first;
    struct rect heading = {in.row, in.col, 1, in.cols};
    double most = 0;

    if (rows < 1 || in.cols < CELL)
        return;
    wanted = (c.inputs + rows) / rows;
    columns = wanted < in.cols / CELL ? wanted : in.cols / CELL;
    width = in.cols / columns;
    if (width > BAR + 2 + 2 * REACH_MOST)
        width = BAR + 2 + 2 * REACH_MOST;
    page = rows * columns;
    first = c.input / page * page;
    for (int i = 0; i <= c.inputs; i++) {
        const double size = fabs(weight_at(lab, &c, i));

        most = isfinite(size) ? fmax(most, size) : most;
    }
    if (page <= c.inputs) { /* more than are seen */
        char part[48];
        const int last = first + page - 1 < c.inputs ? first + page - 1 : c.inputs;
        const int cols = snprintf(part, sizeof part, "%s%d-%d of %d",
                                  in.cols >= 60 ? "weights " : "", first, last, c.inputs);

        grid_text(g, in, 0, in.cols - cols - 1, ROLE_STRONG, part);
        heading.cols -= cols + 2;
    }
    draw_heading(lab, g, heading, &c);
    for (int i = first; i <= c.inputs && i < first + page; i++)
        draw_weight(lab, g,
                    (struct rect){in.row + 1 + (i - first) % rows,
                                  in.col + (i - first) / rows * width, 1, width},
                    &c, i, most);
}
