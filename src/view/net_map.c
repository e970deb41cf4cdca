/* net_map.c - what the network has learnt: its answer over the plane of its two inputs, the data on
 * top. */
#include "base/number.h"
#include "base/xalloc.h"
#include "draw/charset.h"
#include "draw/plot.h"
#include "draw/plot_axis.h"
#include "lab/decision_map.h"
#include "view/netviews.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { MAP_MOST = 200 * 100 };
/* Where there is so much room, axes and what the signs mean stand around the map. */
enum { AXES_ROWS = 14, AXES_COLS = 34, LEGEND_ROWS = 2 };

/* The part of the plane that is drawn. */
struct window {
    double x0, x1, y0, y1;
};

/* All the data with a little air, in a square as long as neither side would be a thin streak in
 * it. */
static struct window window_make(const struct net_sample *s, int n)
{
    const double air = 1.08, thin = 4;
    double lo[2] = {INFINITY, INFINITY}, hi[2] = {-INFINITY, -INFINITY}, half[2], most;

    for (int i = 0; i < n; i++) {
        const double x[2] = {(double)s[i].x1, (double)s[i].x2};

        for (int k = 0; k < 2; k++) {
            lo[k] = fmin(lo[k], x[k]);
            hi[k] = fmax(hi[k], x[k]);
        }
    }
    for (int k = 0; k < 2; k++) {
        if (!(lo[k] <= hi[k]))
            lo[k] = hi[k] = 0;
        half[k] = (hi[k] - lo[k]) / 2;
    }
    most = fmax(half[0], half[1]);
    for (int k = 0; k < 2; k++) {
        if (half[k] * thin > most || half[k] == 0)
            half[k] = most;
        /* one point, or all in one: floats must still differ from cell to cell */
        half[k] = fmax(air * half[k], 1e-5 * fmax(fabs(lo[k]), 1e-3));
    }
    return (struct window){(lo[0] + hi[0]) / 2 - half[0], (lo[0] + hi[0]) / 2 + half[0],
                           (lo[1] + hi[1]) / 2 - half[1], (lo[1] + hi[1]) / 2 + half[1]};
}

static bool is_class1(const struct lab *lab, float y)
{
    return y > (net_config_regression(&lab->model.net) ? 0.0F : 0.5F);
}

/* The field under the samples: which class, and how sure of it; nothing where that is not known
 * yet. */
static void draw_field(const struct lab *lab, struct grid *g, struct rect in, const float *p,
                       const bool *known)
{
    const struct glyphs *set = &charset_glyphs[lab->set.charset];
    bool regression = net_config_regression(&lab->model.net);

    for (int row = 0; row < in.rows; row++)
        for (int col = 0; col < in.cols; col++) {
            float v = p[row * in.cols + col];
            double sure = regression ? fmin(fabsf(v), 1) : fabsf(2 * v - 1);
            bool one = is_class1(lab, v);

            if (!known[row * in.cols + col])
                continue;
            if (!isfinite(v))
                grid_put(g, in, row, col, '?', ROLE_BAD);
            else
                grid_put(g, in, row, col, set->field[one][sure > 0.6],
                         one ? ROLE_FIELD1 : ROLE_FIELD0);
        }
}

/* Training samples o and x, held-out ones O and X. */
static uint32_t sample_glyph(bool train, bool one)
{
    return (uint32_t)(train ? (one ? 'o' : 'x') : (one ? 'O' : 'X'));
}

static void draw_samples(const struct lab *lab, struct grid *g, struct rect in,
                         const struct window *w)
{
    int n, train;
    const struct net_sample *s = trainer_data(lab->model.trainer, &n, &train);

    for (int i = 0; i < n; i++) {
        int col = number_to_int(((double)s[i].x1 - w->x0) / (w->x1 - w->x0) * in.cols),
            row = number_to_int((w->y1 - (double)s[i].x2) / (w->y1 - w->y0) * in.rows);
        bool one = is_class1(lab, s[i].y);

        grid_put(g, in, row, col, sample_glyph(i < train, one), one ? ROLE_CLASS1 : ROLE_CLASS0);
    }
}

static void draw_plane(const struct lab *lab, struct grid *g, struct rect in,
                       const struct window *w)
{
    const struct map_place place = {in.rows, in.cols, w->x0, w->x1, w->y0, w->y1};
    const size_t cells = (size_t)in.rows * (size_t)in.cols;
    float *p = xmalloc(cells * sizeof *p);
    bool *known = xmalloc(cells * sizeof *known);

    decision_map_answers(lab, &place, p, known);
    draw_field(lab, g, in, p, known);
    draw_samples(lab, g, in, w);
    free(p);
    free(known);
}

/* --- axes and legend -------------------------------------------------------------------------- */

enum { TICK_COLS = 6 /* beside the map */, TICKS = 5 };

static struct axis axis_make(double lo, double hi)
{
    struct axis a = plot_axis(lo, hi, plot_tick_step(lo, hi, TICKS));

    a.digits = number_apart(fmax(fabs(lo), fabs(hi)), a.step, 6); /* without zeros at their end */
    return a;
}

/* Labels that have no room are left out: a part of a number would be another one. */
static void draw_axes(struct grid *g, struct rect in, struct rect map, const struct window *w)
{
    const struct axis x = axis_make(w->x0, w->x1), y = axis_make(w->y0, w->y1);
    const int left = map.col - in.col;
    char label[AXIS_LABEL_MAX];
    int end = -1;

    for (int i = 0; i < y.ticks; i++) {
        const double share = (w->y1 - axis_tick(&y, i)) / (w->y1 - w->y0);
        const int n = axis_label(&y, i, label), row = number_to_int(floor(share * map.rows));

        if (n < left && row >= 0 && row < map.rows)
            grid_text(g, in, row, left - 1 - n, ROLE_AXIS, label);
    }
    for (int i = 0; i < x.ticks; i++) {
        const double share = (axis_tick(&x, i) - w->x0) / (w->x1 - w->x0);
        const int n = axis_label(&x, i, label), sign = label[0] == '-';
        const int at = left + number_to_int(floor(share * map.cols)) - (n - sign) / 2 - sign;

        if (at <= end || at + n > in.cols)
            continue;
        grid_text(g, in, map.rows, at, ROLE_AXIS, label);
        end = at + n;
    }
}

/* The legend: the samples above, the answers under them below. */
static void draw_legend(const struct lab *lab, struct grid *g, struct rect in)
{
    static const char *const classes[2][2] = {{"class 0  ", "class 1  "},
                                              {"below 0  ", "above 0  "}};
    static const char *const answers[2][2] = {{"answers 0", "answers 1  "},
                                              {"answers below", "answers above  "}};
    const struct glyphs *set = &charset_glyphs[lab->set.charset];
    const bool regression = net_config_regression(&lab->model.net);
    int n, train, above = 0, below = 0;

    (void)trainer_data(lab->model.trainer, &n, &train);
    for (int one = 1; one >= 0; one--) {
        const uint32_t *field = set->field[one]; /* unsure, sure */
        const enum role ground = one ? ROLE_FIELD1 : ROLE_FIELD0;

        grid_put(g, in, 0, above, sample_glyph(true, one), one ? ROLE_CLASS1 : ROLE_CLASS0);
        above = grid_text(g, in, 0, above + 2, ROLE_DIM, classes[regression][one]);
        if (field[1] == ' ')
            below = grid_text(g, in, 1, below, ROLE_DIM, "blank");
        else
            grid_put(g, in, 1, below++, field[1], ground);
        if (field[0] != ' ')
            grid_put(g, in, 1, below++, field[0], ground);
        below = grid_text(g, in, 1, below + 1, ROLE_DIM, answers[regression][one]);
    }
    if (train < n)
        grid_text(g, in, 0, above, ROLE_DIM, "OX held out");
}

/* Axes and legend take rows below the map and columns on its left. */
static bool has_axes(int rows)
{
    return rows >= AXES_ROWS;
}

int map_columns(int rows)
{
    return has_axes(rows) ? (rows - 1 - LEGEND_ROWS) * 5 / 2 + TICK_COLS : rows * 5 / 2;
}

int map_rows(int cols)
{
    return cols >= AXES_COLS ? (cols - TICK_COLS) / 2 + 2 + LEGEND_ROWS : cols / 2 + 1;
}

/* Cells are about twice as high as wide: keeps the plane square. */
static void keep_square(struct rect *map)
{
    if (map->cols > 2 * map->rows + map->rows / 2)
        map->cols = 2 * map->rows + map->rows / 2;
    if (map->rows > map->cols / 2 + 1)
        map->rows = map->cols / 2 + 1;
}

void netview_map(const struct lab *lab, struct grid *g, struct rect in)
{
    int n, train;
    const struct net_sample *s = trainer_data(lab->model.trainer, &n, &train);
    const struct window w = window_make(s, n);
    const bool axes = has_axes(in.rows) && in.cols >= AXES_COLS;
    struct rect map = in;

    if (axes) {
        map.col += TICK_COLS;
        map.cols -= TICK_COLS;
        map.rows -= 1 + LEGEND_ROWS;
    }
    keep_square(&map);
    if (map.rows < 2 || map.cols < 2 || map.rows * map.cols > MAP_MOST)
        return;
    draw_plane(lab, g, map, &w);
    if (axes) {
        struct rect legend = {map.row + map.rows + 1, in.col, LEGEND_ROWS, in.cols};

        draw_axes(g, in, map, &w);
        draw_legend(lab, g, legend);
    }
}
