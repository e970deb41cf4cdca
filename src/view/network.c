/* network.c - the network pane: the chosen view, numbers beside it, and a second and third view
 * where there is room. */
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
    MAP_BELOW = 12,
    TALL = 18,
    PITCH_ENOUGH = 7
};

static const struct netview views[] = {
    {"gradient", true, netview_gradient, netside_gradient},
    {"weightgrad", true, netview_weightgrad, netside_weightgrad},
    {"activation", true, netview_activation, netside_activation},
    {"update", true, netview_update, netside_update},
    {"units", false, netview_units, netside_units},
    {"histogram", false, netview_histogram, netside_units},
    {"map", false, netview_map, netside_answer},
    {"loss", false, netview_loss, netside_answer},
    {"weights", false, netview_weights, netside_answer},
};

static void draw_view(const struct lab *lab, struct grid *g, struct rect in,
                      const struct netview *v)
{
    /* the output unit has weights in any network */
    bool needs_layers =
        v->draw != netview_map && v->draw != netview_loss && v->draw != netview_weights;

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

/* The map and whatever fits beside it, cut off the right of *in; returns whether that is the loss.
 */
static bool draw_beside(const struct lab *lab, struct grid *g, struct rect *in,
                        const struct netview *first)
{
    const bool wide = in->cols + SIDE + 1 >= SECOND_FROM, tall = in->rows >= TALL;
    const int room = wide ? in->cols / 2 : in->cols - columns_used(lab, first, in->cols) - 1;
    const int cols = map_columns(in->rows, room);

    if (cols > 0)
        draw_view(lab, g, cut_right(in, cols), view_named("map"));
    if (tall || in->rows < 12 || in->cols <= 90 || first->draw == netview_loss)
        return false;
    draw_view(lab, g, cut_right(in, in->cols / 3), view_named("loss"));
    return true;
}

/* The map is the first view: the loss stands beside it. */
static bool draw_beside_map(const struct lab *lab, struct grid *g, struct rect *in)
{
    const int cols = map_columns(in->rows, in->cols - 32);
    struct rect rest = *in;

    if (cols == 0)
        return false;
    in->cols = cols;
    cut_left(&rest, cols + 2);
    draw_view(lab, g, rest, view_named("loss"));
    return true;
}

void view_network(const struct lab *lab, struct grid *g, struct rect in)
{
    const struct netview *first = view_named(netview_names[lab->netview]);
    const bool map = first->draw == netview_map, wide = in.cols >= SECOND_FROM;
    const int low = in.rows >= TALL && !map && first->draw != netview_loss ? in.rows * 2 / 5 : 0;
    const bool map_below = low && (!wide || low >= MAP_BELOW);
    bool loss = low > 0 || first->draw == netview_loss; /* is seen anyway */
    struct rect side = {0};

    if (lab->race) {
        netview_race(lab, g, in);
        return;
    }
    if (low)
        draw_below(lab, g, cut_bottom(&in, low), map_below);
    if (in.cols >= SIDE_FROM)
        side = cut_right(&in, SIDE);
    if (map)
        loss |= draw_beside_map(lab, g, &in);
    else if (!map_below)
        loss |= draw_beside(lab, g, &in, first);
    if (side.cols)
        netview_side(lab, g, side, first, !loss);
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
