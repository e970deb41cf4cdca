/* network.c - the network pane: the chosen view, numbers beside it, and a second and third view
 * where there is room. */
#include "base/utf8.h"
#include "draw/chart.h"
#include "lab/real.h"
#include "view/netviews.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum {
    SIDE = 25,
    SIDE_FROM = 72,
    SECOND_FROM = 110,
    MAP_COLS = 60,
    MAP_LEAST = 14,
    TALL = 18,
    PITCH_ENOUGH = 7
};

static const struct netview views[] = {
    {"gradient", true, netview_gradient},
    {"weightgrad", true, netview_weightgrad},
    {"activation", true, netview_activation},
    {"update", true, netview_update},
    {"units", false, netview_units},
    {"histogram", false, netview_histogram},
    {"map", false, netview_map},
    {"loss", false, netview_loss},
    {"weights", false, netview_weights},
};

static int losses(const struct lab *lab, float *value)
{
    int n = lab->history.points;

    for (int i = 0; i < n; i++)
        value[i] = lab->history.point[i].loss;
    if (n == 0 || lab->history.point[n - 1].step != lab->probe.step)
        value[n++] = (float)lab->probe.loss;
    return n;
}

/* Settings that the title does not tell and that are not what one would expect: a gain that nobody
 * sees is a riddle. */
static void draw_unusual(const struct lab *lab, struct grid *g, struct rect in, int row)
{
    static const char *const told[] = {"layers", "width", "fn", "init", "lr", "data", "seed"};
    int col = 0;

    for (int i = 0; i < net_settings.rows && row < in.rows - 1; i++) {
        const struct setting *s = &net_settings.row[i];
        struct text said = {0};
        bool skip = setting_is_default(s, &lab->net);

        for (size_t k = 0; k < sizeof told / sizeof *told; k++)
            skip |= strcmp(told[k], s->name) == 0;
        if (skip)
            continue;
        text_printf(&said, "%s ", s->name);
        setting_get(s, &lab->net, &said);
        if (col > 0 && col + utf8_columns(said.s) > in.cols) {
            row++;
            col = 0;
        }
        if (row < in.rows - 1)
            col = grid_text(g, in, row, col, ROLE_STRONG, said.s) + 2;
        text_free(&said);
    }
}

/* The numbers that the bars are about, and the loss as a line. */
static void draw_side(const struct lab *lab, struct grid *g, struct rect in)
{
    const struct probe *p = &lab->probe;
    float value[HISTORY_POINTS + 1];
    struct rect spark = {in.row + in.rows - 1, in.col + 5, 1, in.cols - 6};
    int n = losses(lab, value), row = 0;
    double top = 0.8;

    for (int i = 0; i < n; i++)
        if (isfinite(value[i]) && value[i] > top)
            top = value[i];
    if (p->layers > 1) {
        if (isfinite(p->factor) && p->ratio > 0)
            grid_printf(g, in, row++, 0, ROLE_STRONG, "a layer    x %.3g", p->factor);
        else
            grid_text(g, in, row++, 0, ROLE_BAD, p->diverged ? "diverged" : "no gradient");
        if (isfinite(p->predicted_factor))
            grid_printf(g, in, row++, 0, ROLE_THEORY, "o %s x %.3g",
                        p->step ? "at start" : "theory  ", p->predicted_factor);
        if (isfinite(p->ratio))
            grid_printf(g, in, row++, 0, ROLE_TEXT, "ratio      %.2g", p->ratio);
        if (in.rows > 7 && isfinite(p->depth_scale))
            grid_printf(g, in, row++, 0, ROLE_TEXT, "depth scale %.3g", p->depth_scale);
    }
    if (row < in.rows - 2)
        grid_printf(g, in, row++, 0, ROLE_TEXT, "step %llu", (unsigned long long)p->step);
    if (row < in.rows - 1 && isfinite(p->test_accuracy))
        grid_printf(g, in, row++, 0, ROLE_TEXT, "held out   %.2f", p->test_accuracy);
    draw_unusual(lab, g, in, row);
    grid_text(g, in, in.rows - 1, 0, ROLE_AXIS, "loss");
    chart_spark(g, spark, value, n, 0, top, (enum charset)lab->set.charset, ROLE_BAR);
}

static void draw_view(const struct lab *lab, struct grid *g, struct rect in,
                      const struct netview *v)
{
    bool needs_layers = v->draw != netview_map && v->draw != netview_loss;

    if (needs_layers && lab->probe.layers == 0)
        grid_text(g, in, 0, 0, ROLE_TEXT, "No hidden layer: all it can draw is a straight line.");
    else
        v->draw(lab, g, in);
}

static const struct netview *view_named(const char *name)
{
    for (size_t i = 0; i < sizeof views / sizeof *views; i++)
        if (strcmp(views[i].name, name) == 0)
            return &views[i];
    return &views[0];
}

/* Cuts `cols` columns off the right of *in, with one column of air. */
static struct rect cut_right(struct rect *in, int cols)
{
    struct rect right = {in->row, in->col + in->cols - cols, in->rows, cols};

    in->cols -= cols + 1;
    return right;
}

/* Cuts rows off the bottom of *in, with one row of air. */
static struct rect cut_bottom(struct rect *in, int rows)
{
    struct rect bottom = {in->row + in->rows - rows, in->col, rows, in->cols};

    in->rows -= rows + 1;
    return bottom;
}

static void cut_left(struct rect *in, int cols)
{
    in->col += cols;
    in->cols -= cols;
}

/* A few layers leave room beside them: what bars need at their narrowest is theirs. */
static int columns_used(const struct lab *lab, const struct netview *v, int cols)
{
    struct layer_columns c = layer_columns_make(cols, lab->probe.layers);
    int pitch = c.pitch < PITCH_ENOUGH ? c.pitch : PITCH_ENOUGH;

    return v->by_layer && lab->probe.layers > 0 ? c.first + c.shown * pitch : cols;
}

/* As wide as keeps the plane square, cells being twice as high as wide; 0 where that is too narrow
 * to see anything. */
static int map_columns(int rows, int room)
{
    int cols = rows * 5 / 2 < MAP_COLS ? rows * 5 / 2 : MAP_COLS;

    cols = cols < room ? cols : room;
    return cols >= MAP_LEAST ? cols : 0;
}

/* Below a view that has room to spare: what the network answers, and how it came to that. */
static void draw_below(const struct lab *lab, struct grid *g, struct rect in, bool map)
{
    int cols = map ? map_columns(in.rows, in.cols / 2) : 0;
    struct rect loss = in;

    if (cols) {
        in.cols = cols;
        draw_view(lab, g, in, view_named("map"));
        cut_left(&loss, cols + 2);
    }
    draw_view(lab, g, loss, view_named("loss"));
}

void view_network(const struct lab *lab, struct grid *g, struct rect in)
{
    const struct netview *first = view_named(netview_names[lab->netview]);
    const struct netview *map = view_named("map"), *loss = view_named("loss");
    bool wide = in.cols >= SECOND_FROM;
    int cols;

    if (lab->race) {
        netview_race(lab, g, in);
        return;
    }
    if (in.rows >= TALL && first != map && first != loss)
        draw_below(lab, g, cut_bottom(&in, in.rows * 2 / 5), !wide);
    if (in.cols >= SIDE_FROM)
        draw_side(lab, g, cut_right(&in, SIDE));
    if (first == map && (cols = map_columns(in.rows, in.cols - 32)) > 0) {
        struct rect rest = in;

        in.cols = cols;
        cut_left(&rest, cols + 2);
        draw_view(lab, g, rest, loss);
    } else if (first != map && (in.rows < TALL || wide)) {
        int room = wide ? in.cols / 2 : in.cols - columns_used(lab, first, in.cols) - 1;

        if ((cols = map_columns(in.rows, room)) > 0)
            draw_view(lab, g, cut_right(&in, cols), map);
        if (wide && in.rows >= 12 && in.rows < TALL && first != loss && in.cols > 90)
            draw_view(lab, g, cut_right(&in, in.cols / 3), loss);
    }
    draw_view(lab, g, in, first);
}

void view_network_title(const struct lab *lab, char *left, size_t nleft, char *right, size_t nright)
{
    static const char *const doing[2][2] = {{"Network", "Training"}, {"Race", "Racing"}};
    const struct net_config *c = &lab->net;
    struct fn fn = lab_net_fn(lab);
    struct text init = {0}, data = {0};
    char loss[REAL_TEXT_MAX];
    uint64_t step;
    int layer;

    setting_get(setting_find(&net_settings, "init", NULL), c, &init);
    setting_get(setting_find(&net_settings, "data", NULL), c, &data);
    /* what runs must be seen to run where there is no room for more, too */
    snprintf(left, nleft, "%s %dx%d%s%s %s lr %.3g %s", doing[lab->race != NULL][lab->running],
             c->layers, c->width, lab->race ? "" : " ",
             lab->race         ? ""
             : fn.act->name[0] ? fn.act->name
                               : "f",
             text_str(&init), c->lr, c->file[0] ? c->file : text_str(&data));
    if (lab->race) {
        netview_race_title(lab, right, nright);
    } else if (trainer_diverged(lab->trainer, &layer, &step)) {
        if (layer > c->layers)
            snprintf(right, nright, "in the output  diverged at step %llu",
                     (unsigned long long)step);
        else
            snprintf(right, nright, "first in layer %d  diverged at step %llu", layer,
                     (unsigned long long)step);
    } else {
        int n = snprintf(right, nright, "epoch %.0f  loss %s", floor(lab->probe.epoch),
                         real_loss(loss, lab->probe.loss, 3));

        if (!isnan(lab->probe.accuracy)) /* a regression has none */
            snprintf(right + n, nright - (size_t)n, "  acc %.2f", lab->probe.accuracy);
    }
    text_free(&init);
    text_free(&data);
}
