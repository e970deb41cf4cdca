/* network.c - the network pane: the chosen view, numbers beside it, and as many other views as
 * there is room for. */
#include "base/number.h"
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
    MAP_BELOW = 12,
    TALL = 18,
    PITCH_ENOUGH = 7
};
/* The least of the losses beside and below something, and of what comes to the chosen view. */
enum {
    LOSS_LEAST = 30,
    LOSS_ROWS = 10,
    COMPANION_ROWS = 8,
    COMPANION_COLS = 40,
    COMPANION_ABOVE = 24
};

#define NETVIEW(name, by_layer, needs_layers, alone, side, help)                                   \
    {by_layer, needs_layers, alone, netview_##name, netside_##side},
static const struct netview views[NETVIEWS] = {
#include "lab/netviews.def"
};
#undef NETVIEW

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

/* A few layers leave room beside them: the bars keep what they need at their narrowest. */
static int columns_used(const struct lab *lab, const struct netview *v, int cols)
{
    struct layer_columns c = layer_columns_make(cols, lab->measured.probe.layers);
    int pitch = c.pitch < PITCH_ENOUGH ? c.pitch : PITCH_ENOUGH;

    return v->by_layer && lab->measured.probe.layers > 0 ? c.first + c.shown * pitch : cols;
}

/* For a map beside something else; 0 where that is too narrow to see anything. */
static int map_beside(int rows, int room)
{
    int cols = map_columns(rows) < MAP_COLS ? map_columns(rows) : MAP_COLS;

    cols = cols < room ? cols : room;
    return cols >= MAP_LEAST ? cols : 0;
}

/* Below a view that has room to spare: the network's answer, and how it got there. */
static void draw_below(const struct lab *lab, struct grid *g, struct rect in, bool map)
{
    int cols = map ? map_beside(in.rows, in.cols / 2) : 0;
    struct rect loss = in;

    if (cols) {
        in.cols = cols;
        netview_map(lab, g, in);
        cut_left(&loss, cols + 2);
    }
    netview_loss(lab, g, loss);
}

/* The map and whatever fits beside it, cut off the right of *in; returns whether that is the loss.
 */
static bool draw_beside(const struct lab *lab, struct grid *g, struct rect *in,
                        const struct netview *first)
{
    const bool wide = in->cols + SIDE + 1 >= SECOND_FROM, tall = in->rows >= TALL;
    const int room = wide ? in->cols / 2 : in->cols - columns_used(lab, first, in->cols) - 1;
    const int cols = map_beside(in->rows, room);

    if (cols > 0)
        netview_map(lab, g, cut_right(in, cols));
    if (tall || in->rows < 12 || in->cols <= 90 || first == &views[NETVIEW_loss])
        return false;
    netview_loss(lab, g, cut_right(in, in->cols / 3));
    return true;
}

/* The map as large as there is room for, and the losses beside or below it where that is left;
 * returns whether it is. */
static bool draw_map(const struct lab *lab, struct grid *g, struct rect in)
{
    const int most = map_columns(in.rows), room = in.cols - LOSS_LEAST - 2;
    const int below = in.rows - map_rows(in.cols) - 1;
    bool loss = true;

    if (room >= MAP_LEAST && room >= most * 3 / 4) {
        struct rect rest = in;

        in.cols = most < room ? most : room;
        cut_left(&rest, in.cols + 2);
        netview_loss(lab, g, rest);
    } else if (below >= LOSS_ROWS) {
        netview_loss(lab, g, cut_bottom(&in, below));
    } else {
        loss = false;
    }
    netview_map(lab, g, in);
    return loss;
}

/* Other views of the layers: beside those that are few, or below a view that needs no more rows. */
static void draw_companions(const struct lab *lab, struct grid *g, struct rect *in,
                            const struct netview *first)
{
    static const int companions[] = {NETVIEW_gradient, NETVIEW_units, NETVIEW_histogram};
    const struct netview *shown[3] = {NULL};
    const int room =
        first->by_layer ? in->cols - columns_used(lab, first, in->cols) - 1 : in->cols / 2;
    struct rect rest;
    int n = 0;

    for (size_t i = 0; i < sizeof companions / sizeof *companions; i++) {
        const struct netview *v = &views[companions[i]];

        if (v != first && !(v->by_layer && first->by_layer))
            shown[n++] = v;
    }
    if (in->rows >= COMPANION_ABOVE)
        rest = cut_bottom(in, in->rows * 2 / 5);
    else if (in->rows >= COMPANION_ROWS && room >= COMPANION_COLS)
        rest = cut_right(in, room);
    else
        return;
    if (n > rest.cols / COMPANION_COLS) /* one in any case */
        n = rest.cols / COMPANION_COLS > 0 ? rest.cols / COMPANION_COLS : 1;
    for (int i = 0; i < n && shown[i]; i++) {
        struct rect part = rest;

        part.col += rest.cols * i / n;
        part.cols = rest.cols / n - (i < n - 1 ? 2 : 0);
        shown[i]->draw(lab, g, part);
    }
}

/* The chosen view with others beside it; returns whether the losses are among them. */
static bool draw_layers(const struct lab *lab, struct grid *g, struct rect in,
                        const struct netview *first, bool map)
{
    const bool loss = map && draw_beside(lab, g, &in, first);

    if (first != &views[NETVIEW_loss] && !first->alone && lab->measured.probe.layers > 0)
        draw_companions(lab, g, &in, first);
    first->draw(lab, g, in);
    return loss;
}

void view_network(const struct lab *lab, struct grid *g, struct rect in)
{
    const struct netview *first = &views[lab->model.netview];
    const bool none = first->needs_layers && lab->measured.probe.layers == 0,
               wide = in.cols >= SECOND_FROM;
    struct rect side = {0};
    bool map_below = false, loss = first == &views[NETVIEW_loss]; /* is seen anyway */

    if (lab->model.race) {
        netview_race(lab, g, in);
        return;
    }
    if (none) /* the map under a word that says why */
        first = &views[NETVIEW_map];
    if (in.rows >= TALL && first != &views[NETVIEW_map] && !first->alone && !loss) {
        const int share = in.rows * 2 / 5, low = wide && share < LOSS_ROWS ? LOSS_ROWS : share;

        map_below = !wide || low >= MAP_BELOW;
        draw_below(lab, g, cut_bottom(&in, low), map_below);
        loss = true;
    }
    if (first->by_layer || first == &views[NETVIEW_graph])
        netview_sentence(lab, g, &in);
    if (in.cols >= SIDE_FROM)
        side = cut_right(&in, SIDE);
    if (none) {
        grid_text(g, in, 0, 0, ROLE_TEXT, "No hidden layer: only a straight line.");
        in.row++;
        in.rows--;
    }
    if (first == &views[NETVIEW_map])
        loss |= draw_map(lab, g, in);
    else
        loss |= draw_layers(lab, g, in, first, !map_below);
    if (side.cols)
        netview_side(lab, g, side, first, !loss);
}

void view_network_title(const struct lab *lab, char *left, size_t nleft, char *right, size_t nright)
{
    static const char *const doing[2][2] = {{"Network", "Training"}, {"Race", "Racing"}};
    const struct net_config *c = &lab->model.net;
    struct fn fn = lab_net_fn(lab);
    struct text init = {0}, data = {0}, speed = {0};
    char loss[NUMBER_TEXT_MAX];
    struct divergence d;

    setting_get(setting_find(&net_settings, "init", NULL), c, &init);
    setting_get(setting_find(&net_settings, "data", NULL), c, &data);
    /* a run must be seen to run even where there is no room for more */
    if (lab->model.running) {
        text_add(&speed, lab->set.speed > 0 ? " x" : " ");
        setting_get(setting_find(&lab_settings, "speed", NULL), &lab->set, &speed);
    }
    snprintf(left, nleft, "%s%s %dx%d%s%s %s lr %.3g %s",
             doing[lab->model.race != NULL][lab->model.running], text_str(&speed), c->layers,
             c->width, lab->model.race ? "" : " ",
             lab->model.race   ? ""
             : fn.act->name[0] ? fn.act->name
                               : "f",
             text_str(&init), c->lr, c->file[0] ? c->file : text_str(&data));
    if (lab->model.race) {
        netview_race_title(lab, right, nright);
    } else if (trainer_diverged(lab->model.trainer, &d)) {
        snprintf(right, nright, "%s  diverged at step %llu", d.where, (unsigned long long)d.step);
    } else {
        int n = snprintf(right, nright, "epoch %.0f  loss %s", floor(lab->measured.probe.epoch),
                         number_loss(loss, lab->measured.probe.loss, 3));

        if (!isnan(lab->measured.probe.accuracy)) /* a regression has none */
            snprintf(right + n, nright - (size_t)n, "  acc %.2f", lab->measured.probe.accuracy);
    }
    text_free(&init);
    text_free(&data);
    text_free(&speed);
}
