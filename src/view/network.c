/* network.c - the network pane: how the gradient fares on its way back, layer by layer. */
#include "draw/chart.h"
#include "view/view.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { LABEL = 12, SIDE = 25, WIDE_ENOUGH = 72 };

/* Which layers stand in which columns. */
struct columns {
    int first; /* column of the first layer */
    int pitch; /* columns a layer takes, 1 or more */
    int shown; /* how many groups are drawn */
    int group; /* layers in one: more than 1 when there are more layers than columns */
};

static struct columns arrange(int cols, int layers)
{
    struct columns c = {LABEL, 1, layers, 1};
    int room = cols - LABEL;

    if (layers < 1)
        return c;
    while (c.group * room < layers)
        c.group++;
    c.shown = (layers + c.group - 1) / c.group;
    c.pitch = room / c.shown;
    if (c.pitch > 7)
        c.pitch = 7;
    return c;
}

static int bar_width(const struct columns *c)
{
    return c->pitch > 3 ? c->pitch - 2 : c->pitch > 1 ? c->pitch - 1 : 1;
}

/* Whole decades around every finite delta that is not 0; at least three, so that noise does not
 * look like a cliff. */
static void decades(const struct probe *p, int *lo, int *hi)
{
    *lo = 0;
    *hi = -400;
    for (int l = 1; l <= p->layers; l++) {
        double d = p->layer[l].delta;

        if (!(d > 0) || !isfinite(d))
            continue;
        if (floor(log10(d)) < *lo || *hi == -400)
            *lo = (int)floor(log10(d));
        if ((int)ceil(log10(d)) > *hi)
            *hi = (int)ceil(log10(d));
    }
    if (*hi == -400)
        *hi = 0, *lo = -3;
    if (*hi - *lo < 3)
        *lo = *hi - 3;
}

/* The group's mean of a share, or the geometric mean of deltas: what a bar for several layers
 * stands for. */
static double group_delta(const struct probe *p, int first, int n, bool predicted)
{
    double sum = 0;
    int counted = 0;

    for (int l = first; l < first + n && l <= p->layers; l++) {
        double d = predicted ? p->layer[l].predicted : p->layer[l].delta;

        if (!isfinite(d))
            return d;
        if (d <= 0)
            return 0;
        sum += log(d);
        counted++;
    }
    return counted ? exp(sum / counted) : 0;
}

static double group_share(const struct probe *p, int first, int n, bool dead)
{
    double sum = 0;
    int counted = 0;

    for (int l = first; l < first + n && l <= p->layers; l++, counted++)
        sum += dead ? p->layer[l].dead : p->layer[l].saturated;
    return counted ? sum / counted : 0;
}

static void draw_bars(const struct lab *lab, struct grid *g, struct rect in,
                      const struct columns *c)
{
    const struct probe *p = &lab->probe;
    enum charset set = (enum charset)lab->set.charset;
    int lo, hi;

    decades(p, &lo, &hi);
    grid_text(g, in, 0, 0, ROLE_AXIS, "delta");
    for (int k = hi, last = -1; k >= lo; k--) { /* a label says what the top edge of its row is */
        int row = (hi - k) * in.rows / (hi - lo);

        if (row == last || row >= in.rows || (hi - k) * in.rows % (hi - lo))
            continue;
        grid_printf(g, in, row, LABEL - 6, ROLE_AXIS, "1e%d", k);
        last = row;
    }
    for (int i = 0; i < c->shown; i++) {
        int first = i * c->group + 1, col = c->first + i * c->pitch;
        double d = group_delta(p, first, c->group, false);
        double t = group_delta(p, first, c->group, true);
        double height = (log10(d) - lo) / (hi - lo) * in.rows;

        if (!isfinite(d))
            grid_text(g, in, 0, col, ROLE_BAD, "inf");
        else if (d == 0)
            grid_text(g, in, in.rows - 1, col, ROLE_DEAD, "0");
        else
            chart_bar(g, in, col, bar_width(c), height, set, ROLE_BAR);
        if (isfinite(t) && t > 0) {
            int row = in.rows - 1 - (int)floor((log10(t) - lo) / (hi - lo) * in.rows);

            if (row >= 0 && row < in.rows)
                grid_put(g, in, row, col + bar_width(c), 'o', ROLE_THEORY);
        }
    }
}

static void draw_shares(const struct lab *lab, struct grid *g, struct rect in, int row,
                        const struct columns *c, bool dead)
{
    grid_text(g, in, row, 0, ROLE_AXIS, dead ? "dead" : "saturated");
    for (int i = 0; i < c->shown; i++) {
        int first = i * c->group + 1, col = c->first + i * c->pitch;
        double share = group_share(&lab->probe, first, c->group, dead);
        enum role role = share < 0.05 ? ROLE_DIM : dead ? ROLE_DEAD : ROLE_SATURATED;

        if (c->pitch >= 5)
            grid_printf(g, in, row, col, role, "%.0f%%", 100 * share);
        else if (c->pitch >= 3)
            grid_printf(g, in, row, col, role, "%.0f", 100 * share > 99 ? 99 : 100 * share);
        else
            grid_put(g, in, row, col, chart_heat(share, (enum charset)lab->set.charset), role);
    }
}

static void draw_numbers(struct grid *g, struct rect in, int row, const struct columns *c)
{
    int every = c->pitch >= 3 ? 1 : c->pitch == 2 ? 5 : 10;

    grid_text(g, in, row, 0, ROLE_AXIS, "layer");
    for (int i = 0; i < c->shown; i++)
        if (i == 0 || (i + 1) % every == 0)
            grid_printf(g, in, row, c->first + i * c->pitch, ROLE_AXIS, "%d", i * c->group + 1);
}

static int losses(const struct lab *lab, float *value)
{
    int n = lab->history.points;

    for (int i = 0; i < n; i++)
        value[i] = lab->history.point[i].loss;
    if (n == 0 || lab->history.point[n - 1].step != lab->probe.step)
        value[n++] = (float)lab->probe.loss;
    return n;
}

/* Numbers and the loss curve, on the right. */
static void draw_side(const struct lab *lab, struct grid *g, struct rect in)
{
    const struct probe *p = &lab->probe;
    float value[HISTORY_POINTS + 1];
    struct rect spark = {in.row + in.rows - 1, in.col + 5, 1, in.cols - 6};
    int n = losses(lab, value);
    double top = 0.8;

    for (int i = 0; i < n; i++)
        if (isfinite(value[i]) && value[i] > top)
            top = value[i];
    if (p->layers > 1) {
        grid_printf(g, in, 0, 0, ROLE_TEXT, "one layer  x %.3g", p->factor);
        if (isfinite(p->predicted_factor))
            grid_printf(g, in, 1, 0, ROLE_THEORY, "theory o   x %.3g", p->predicted_factor);
        grid_printf(g, in, 2, 0, ROLE_TEXT, "first/last %.2g", p->ratio);
    }
    if (in.rows > 4)
        grid_printf(g, in, 3, 0, ROLE_TEXT, "accuracy   %.2f", p->accuracy);
    grid_text(g, in, in.rows - 1, 0, ROLE_AXIS, "loss");
    chart_spark(g, spark, value, n, 0, top, (enum charset)lab->set.charset, ROLE_BAR);
}

void view_network(const struct lab *lab, struct grid *g, struct rect in)
{
    struct rect left = in, bars;
    struct columns c;

    if (in.cols >= WIDE_ENOUGH) {
        struct rect side = {in.row, in.col + in.cols - SIDE, in.rows, SIDE};

        left.cols -= SIDE + 1;
        draw_side(lab, g, side);
    }
    if (lab->probe.layers == 0) {
        grid_text(g, left, 0, 0, ROLE_TEXT, "No hidden layer: a straight line is all it can draw.");
        return;
    }
    c = arrange(left.cols, lab->probe.layers);
    bars = left;
    bars.rows = left.rows > 3 ? left.rows - 3 : 1;
    draw_bars(lab, g, bars, &c);
    draw_numbers(g, left, bars.rows, &c);
    draw_shares(lab, g, left, bars.rows + 1, &c, true);
    draw_shares(lab, g, left, bars.rows + 2, &c, false);
}

void view_network_title(const struct lab *lab, char *left, size_t nleft, char *right, size_t nright)
{
    const struct net_config *c = &lab->net;
    struct fn fn = lab_net_fn(lab);
    struct text init = {0}, data = {0};

    setting_get(setting_find(&net_settings, "init", NULL), c, &init);
    setting_get(setting_find(&net_settings, "data", NULL), c, &data);
    snprintf(left, nleft, "Network %dx%d %s %s lr %.3g %s", c->layers, c->width,
             fn.act->name[0] ? fn.act->name : "f", text_str(&init), c->lr,
             c->file[0] ? c->file : text_str(&data));
    if (lab->probe.diverged)
        snprintf(right, nright, "diverged");
    else
        snprintf(right, nright, "%s epoch %.0f  loss %.3f  accuracy %.2f",
                 lab->running ? "running" : "paused", floor(lab->probe.epoch), lab->probe.loss,
                 lab->probe.accuracy);
    text_free(&init);
    text_free(&data);
}
