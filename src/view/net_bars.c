/* net_bars.c - a quantity of each layer as bars on a log scale, with the dead and saturated shares
 * below: the picture in which the gradient is seen to vanish. */
#include "draw/chart.h"
#include "view/netviews.h"

#include <math.h>
#include <stdio.h>

enum { SCALE = 6, PITCH_MOST = 7 }; /* columns of the scale, and of a layer */

struct layer_columns layer_columns_make(int cols, int layers)
{
    struct layer_columns c = {NETVIEW_LABEL, 1, layers, 1, 1};
    int room = cols - NETVIEW_LABEL;

    if (layers < 1)
        return c;
    if (room < 1)
        room = 1;
    while (c.group * room < layers)
        c.group++;
    c.shown = (layers + c.group - 1) / c.group;
    c.pitch = room / c.shown;
    if (c.pitch > PITCH_MOST)
        c.pitch = PITCH_MOST;
    c.width = c.pitch > 3 ? c.pitch - 2 : c.pitch > 1 ? c.pitch - 1 : 1;
    return c;
}

void layer_numbers(struct grid *g, struct rect in, int row, const struct layer_columns *c)
{
    int every = c->pitch >= 3 ? 1 : c->pitch == 2 ? 5 : 10;

    grid_text(g, in, row, SCALE, ROLE_AXIS, "layer");
    for (int i = 0; i < c->shown; i++)
        if (i == 0 || (i + 1) % every == 0)
            grid_printf(g, in, row, c->first + i * c->pitch, ROLE_AXIS, "%d", i * c->group + 1);
}

enum quantity { DELTA, GRAD, RMS, PREDICTED, DEAD, SATURATED };

static double value(const struct probe_layer *l, enum quantity q)
{
    switch (q) {
    case DELTA:
        return l->delta;
    case GRAD:
        return l->grad;
    case RMS:
        return l->rms;
    case PREDICTED:
        return l->predicted;
    case DEAD:
        return l->dead;
    case SATURATED:
        return l->saturated;
    }
    return NAN;
}

/* What one bar stands for: the geometric mean of its layers (0 or NaN if any is), the plain mean of
 * shares. */
static double group_value(const struct probe *p, const struct layer_columns *c, int i,
                          enum quantity q)
{
    bool share = q == DEAD || q == SATURATED;
    double sum = 0;
    int n = 0;

    for (int l = i * c->group + 1; n < c->group && l <= p->layers; l++, n++) {
        double v = value(&p->layer[l], q);

        if (!share && !(v > 0 && isfinite(v)))
            return v;
        sum += share ? v : log(v);
    }
    return n == 0 ? 0 : share ? sum / n : exp(sum / n);
}

/* Whole decades around every value; at least three, so that a little noise does not look like a
 * cliff. */
static void decades(const struct probe *p, enum quantity q, int *lo, int *hi)
{
    bool any = false;

    *lo = -3;
    *hi = 0;
    for (int l = 1; l <= p->layers; l++) {
        double v = value(&p->layer[l], q);
        int below, above;

        if (!(v > 0) || !isfinite(v))
            continue;
        below = (int)floor(log10(v));
        above = (int)ceil(log10(v));
        *lo = any && *lo < below ? *lo : below;
        *hi = any && *hi > above ? *hi : above;
        any = true;
    }
    if (*hi - *lo < 3)
        *lo = *hi - 3;
}

/* A label says what the top edge of its row is, the row below the bars included. Only decades that
 * fall on an edge have one. */
static void draw_scale(struct grid *g, struct rect in, const char *name, int lo, int hi)
{
    int last = -1;

    in.rows++;
    grid_text(g, in, 0, SCALE, ROLE_AXIS, name);
    for (int k = hi; k >= lo; k--) {
        int above = (hi - k) * (in.rows - 1), row = above / (hi - lo);

        if (row == last || above % (hi - lo))
            continue;
        grid_printf(g, in, row, 0, ROLE_AXIS, "1e%d", k);
        last = row;
    }
}

static void draw_bars(const struct lab *lab, struct grid *g, struct rect in,
                      const struct layer_columns *c, enum quantity q, const char *name)
{
    const struct probe *p = &lab->probe;
    int lo, hi;

    decades(p, q, &lo, &hi);
    draw_scale(g, in, name, lo, hi);
    for (int i = 0; i < c->shown; i++) {
        int col = c->first + i * c->pitch;
        double v = group_value(p, c, i, q);
        double t = q == DELTA ? group_value(p, c, i, PREDICTED) : NAN;
        double per_decade = (double)in.rows / (hi - lo);

        if (!isfinite(v))
            grid_text(g, in, in.rows - 1, col, ROLE_BAD,
                      c->width < 3 ? "!"
                      : isnan(v)   ? "nan"
                                   : "inf");
        else if (v == 0)
            grid_text(g, in, in.rows - 1, col, ROLE_DEAD, "0");
        else /* never quite nothing: 0 looks different */
            chart_bar(g, in, col, c->width, fmax((log10(v) - lo) * per_decade, 0.13),
                      (enum charset)lab->set.charset, ROLE_BAR);
        if (t > 0 && isfinite(t) && c->pitch > 1) {
            int row = in.rows - 1 - (int)floor((log10(t) - lo) * per_decade);

            if (row < 0)
                row = 0;
            if (row < in.rows)
                grid_put(g, in, row, col + c->width, 'o', ROLE_THEORY);
        }
    }
}

static void draw_shares(const struct lab *lab, struct grid *g, struct rect in, int row,
                        const struct layer_columns *c, enum quantity q)
{
    grid_text(g, in, row, 0, ROLE_AXIS, q == DEAD ? "dead" : "saturated");
    for (int i = 0; i < c->shown; i++) {
        int col = c->first + i * c->pitch;
        double share = group_value(&lab->probe, c, i, q);
        enum role role = share < (q == DEAD ? 0.25 : 0.6) ? ROLE_DIM
                         : q == DEAD                      ? ROLE_DEAD
                                                          : ROLE_SATURATED;

        if (isnan(share))
            grid_text(g, in, row, col, ROLE_BAD, "-");
        else if (c->pitch >= 5)
            grid_printf(g, in, row, col, role, "%.0f%%", 100 * share);
        else if (c->pitch >= 3)
            grid_printf(g, in, row, col, role, "%.0f", fmin(100 * share, 99));
        else
            grid_put(g, in, row, col, chart_heat(share, (enum charset)lab->set.charset), role);
    }
}

/* After a single step: the layer that the signal, then the gradient, is passing. */
static void draw_pass(const struct lab *lab, struct grid *g, struct rect in, int row,
                      const struct layer_columns *c)
{
    bool forward = true;
    int layer = lab_pass_layer(lab, &forward);

    if (!layer)
        return;
    grid_text(g, in, row, 0, ROLE_SELECTED, forward ? "forward  >" : "< backward");
    grid_printf(g, in, row, c->first + (layer - 1) / c->group * c->pitch, ROLE_SELECTED, "%d",
                layer);
}

static void draw_quantity(const struct lab *lab, struct grid *g, struct rect in, enum quantity q,
                          const char *name)
{
    struct layer_columns c = layer_columns_make(in.cols, lab->probe.layers);
    struct rect bars = in;

    bars.rows = in.rows > 4 ? in.rows - 3 : in.rows > 1 ? in.rows - 1 : 1;
    draw_bars(lab, g, bars, &c, q, name);
    layer_numbers(g, in, bars.rows, &c);
    draw_pass(lab, g, in, bars.rows, &c);
    if (in.rows > 4) {
        draw_shares(lab, g, in, bars.rows + 1, &c, DEAD);
        draw_shares(lab, g, in, bars.rows + 2, &c, SATURATED);
    }
}

void netview_gradient(const struct lab *lab, struct grid *g, struct rect in)
{
    draw_quantity(lab, g, in, DELTA, "delta");
}

void netview_weightgrad(const struct lab *lab, struct grid *g, struct rect in)
{
    draw_quantity(lab, g, in, GRAD, "dW");
}

void netview_activation(const struct lab *lab, struct grid *g, struct rect in)
{
    draw_quantity(lab, g, in, RMS, "a rms");
}
