/* net_loss.c - how training went: loss and accuracy over the epochs, those of held-out samples
 * beside them. */
#include "draw/charset.h"
#include "draw/plot.h"
#include "view/netviews.h"

#include <float.h>
#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One number of the run, as a curve over epochs. */
struct trace {
    const struct lab *lab;
    size_t offset; /* of the number in struct history_point */
    double now;    /* its value at the probe's step */
    double steps;  /* in an epoch */
    double lag;    /* a mean over the epoch belongs to its middle: in steps */
    bool log;      /* powers of ten */
};

static double value_at(const struct trace *c, int point)
{
    const struct history_point *p = &c->lab->model.history.point[point];

    return (double)*(const float *)(const void *)((const char *)p + c->offset);
}

/* As it is drawn; a loss of 0 has no power of ten, and the curve a gap. */
static double drawn(const struct trace *c, double y)
{
    return !c->log ? y : y > 0 ? log10(y) : NAN;
}

static double step_of(const struct trace *c, int point)
{
    double step = (double)c->lab->model.history.point[point].step;

    return step > c->lag ? step - c->lag : step;
}

static double between(double x0, double y0, double x1, double y1, double x)
{
    if (x <= x0 && x1 > x0)
        return y0; /* whatever comes after it, no number perhaps */
    return x1 > x0 ? y0 + (y1 - y0) * (x - x0) / (x1 - x0) : y1;
}

/* Straight between points; nothing before the first or after the present. */
static double trace_y(const void *context, double epoch)
{
    const struct trace *c = context;
    const struct history *h = &c->lab->model.history;
    double step = epoch * c->steps, now = (double)c->lab->measured.probe.step;
    int lo = 0, hi = h->points - 1;

    if (hi < 0 || step > now || step < step_of(c, 0))
        return NAN;
    if (step >= step_of(c, hi))
        return between(step_of(c, hi), drawn(c, value_at(c, hi)), now, drawn(c, c->now), step);
    while (hi - lo > 1) {
        int middle = (lo + hi) / 2;

        if (step_of(c, middle) <= step)
            lo = middle;
        else
            hi = middle;
    }
    return between(step_of(c, lo), drawn(c, value_at(c, lo)), step_of(c, hi),
                   drawn(c, value_at(c, hi)), step);
}

/* 1, 2 or 5 times a power of ten. */
static double round_up(double least)
{
    static const double mantissa[] = {1, 2, 5};

    for (int power = 0; power <= DBL_MAX_10_EXP; power++)
        for (size_t i = 0; i < sizeof mantissa / sizeof *mantissa; i++)
            if (mantissa[i] * pow(10, power) >= least)
                return mantissa[i] * pow(10, power);
    return least;
}

double loss_last_epoch(double epochs)
{
    return round_up(fmax(epochs, 5));
}

static int ascending(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

/* The highest loss; beyond three the curve leaves the window, or one bad step would flatten all the
 * others. Where half of all there is lies beyond that is the run, and the window holds it. */
static double top_of(const struct lab *lab)
{
    const bool regression = net_config_regression(&lab->model.net);
    double loss[HISTORY_POINTS + 1], most = regression ? 0 : 1, usual = 0;
    int n = 0;

    for (int i = 0; i < lab->model.history.points; i++) {
        const struct history_point *p = &lab->model.history.point[i];

        if (isfinite(p->loss))
            loss[n++] = (double)p->loss;
        if (isfinite(p->test_loss))
            most = fmax(most, (double)p->test_loss);
    }
    if (isfinite(lab->measured.probe.loss))
        loss[n++] = lab->measured.probe.loss;
    for (int i = 0; i < n; i++)
        most = fmax(most, loss[i]);
    if (regression)
        return most > 0 ? most : 1;
    qsort(loss, (size_t)n, sizeof *loss, ascending);
    if (n > 0)
        usual = loss[n / 2];
    return fmin(most, usual > 3 ? round_up(1.1 * usual) : 3);
}

/* Whole powers of ten around all losses above 0; one at the least. */
static void log_window(const struct lab *lab, double *y0, double *y1)
{
    double lo = INFINITY, hi = -INFINITY;

    for (int i = -1; i < lab->model.history.points; i++) {
        const struct history_point *p = i < 0 ? NULL : &lab->model.history.point[i];
        const double loss[] = {p ? (double)p->loss : lab->measured.probe.loss,
                               p ? (double)p->test_loss : lab->measured.probe.test_loss};

        for (int k = 0; k < 2; k++)
            if (loss[k] > 0 && isfinite(loss[k])) {
                lo = fmin(lo, log10(loss[k]));
                hi = fmax(hi, log10(loss[k]));
            }
    }
    *y1 = hi > -INFINITY ? ceil(hi) : 0;
    *y0 = fmin(lo < INFINITY ? floor(lo) : -1, *y1 - 1);
}

/* A sign and a space before each name, and so much air between them. */
static int legend_cols(const char *const *name, int n, int air)
{
    int cols = -air;

    for (int i = 0; i < n; i++)
        cols += 2 + (int)strlen(name[i]) + air;
    return cols;
}

/* Where it is narrow, with short names close to each other, and no more of them than there is room
 * for. */
static void draw_legend(struct grid *g, struct rect area, const struct plot *p,
                        const char *const *name, const char *const *brief)
{
    int n = p->curves, air = 2, col = 0;
    struct rect spot;

    if (legend_cols(name, n, air) > area.cols) {
        name = brief;
        air = 1;
    }
    while (n > 0 && legend_cols(name, n, air) > area.cols)
        n--;
    spot = plot_clear_spot(g, area, 1, legend_cols(name, n, air));
    for (int i = 0; i < n; i++) {
        const struct curve *c = &p->curve[i];
        uint32_t glyph =
            c->style == CURVE_LINE ? charset_glyphs[p->charset].horizontal : (uint32_t)c->glyph;

        grid_put(g, spot, 0, col, glyph, c->role);
        col = grid_text(g, spot, 0, col + 2, c->role, name[i]) + air;
    }
}

/* True if there is any number to draw. */
static bool is_drawn(const struct trace *c)
{
    bool any = isfinite(c->now);

    for (int i = 0; i < c->lab->model.history.points && !any; i++)
        any = isfinite(value_at(c, i));
    return any;
}

/* Why there is so little to see. */
static void draw_news(const struct lab *lab, struct grid *g, struct rect area)
{
    char said[64] = "train to see the loss fall";
    enum role role = ROLE_DIM;
    struct rect spot;
    struct divergence d;

    if (trainer_diverged(lab->model.trainer, &d)) {
        snprintf(said, sizeof said, "diverged at step %llu", (unsigned long long)d.step);
        role = ROLE_BAD;
    } else if (lab->model.history.points >= 2) {
        return;
    }
    if ((int)strlen(said) + 6 > area.cols)
        return;
    if (area.rows >= 4) { /* between the legend and the line of 0 */
        area.row++;
        area.rows -= 2;
    }
    spot = plot_clear_spot(g, area, 1, (int)strlen(said) + 2);
    grid_printf(g, spot, 0, 0, role, " %s ", said);
}

void loss_name_axis(struct grid *g, struct rect in)
{
    static const char name[] = "epoch";
    const int cols = (int)sizeof name - 1, row = in.rows - 1, from = in.cols - cols;

    for (int col = from - 1; col < in.cols; col++) {
        const struct cell *cell = grid_at(g, in.row + row, in.col + col);

        if (col < 0 || !cell || cell->glyph != ' ')
            return;
    }
    grid_text(g, in, row, from, ROLE_AXIS, name);
}

void netview_loss(const struct lab *lab, struct grid *g, struct rect in)
{
    static const struct {
        const char *name, *brief, *log; /* log: NULL where a power of ten says nothing */
        size_t offset;
        enum role role;
        enum curve_style style;
        char glyph;
        bool trained; /* over the epoch, not at its end */
    } kind[] = {
        {"loss", "loss", "log10 loss", offsetof(struct history_point, loss), ROLE_BAR, CURVE_LINE,
         'o', true},
        {"held out", "held out", "held out", offsetof(struct history_point, test_loss),
         ROLE_COMPARE2, CURVE_MARKED, '*', false},
        {"accuracy", "acc", NULL, offsetof(struct history_point, accuracy), ROLE_GOOD, CURVE_MARKED,
         '+', true},
    };
    const struct probe *now = &lab->measured.probe;
    const double present[] = {now->loss, now->test_loss, now->accuracy};
    double steps = (double)trainer_steps_per_epoch(lab->model.trainer), top = top_of(lab);
    struct trace trace[3];
    struct curve curve[3] = {0};
    const char *name[3], *brief[3], *called;
    struct plot p = {.x0 = 0,
                     .x1 = loss_last_epoch((double)now->step / steps),
                     .y0 = -0.03 * top,
                     .y1 = 1.06 * top,
                     .curve = curve,
                     .charset = (enum charset)lab->set.charset,
                     .tangent = -1};

    if (in.rows < 3 || in.cols < 12)
        return;
    if (lab->set.log_loss)
        log_window(lab, &p.y0, &p.y1);
    for (int i = 0; i < 3; i++) {
        trace[p.curves] = (struct trace){lab,
                                         kind[i].offset,
                                         present[i],
                                         steps,
                                         kind[i].trained ? steps / 2 : 0,
                                         lab->set.log_loss};
        called = lab->set.log_loss ? kind[i].log : kind[i].name;
        if (!called || !is_drawn(&trace[p.curves]))
            continue; /* no held-out samples; no accuracy of a regression */
        curve[p.curves] = (struct curve){.y = trace_y,
                                         .context = &trace[p.curves],
                                         .role = kind[i].role,
                                         .style = kind[i].style,
                                         .glyph = kind[i].glyph};
        name[p.curves] = called;
        brief[p.curves++] = lab->set.log_loss ? called : kind[i].brief;
    }
    plot_draw(g, in, &p);
    loss_name_axis(g, in);
    draw_legend(g, plot_area(&p, in), &p, name, brief);
    draw_news(lab, g, plot_area(&p, in));
}
