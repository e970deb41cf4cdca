/* net_units.c - a map of all units: layers side by side, in each the units that are alive, dead or
 * saturated. */
#include "base/utf8.h"
#include "draw/charset.h"
#include "draw/chart.h"
#include "view/netviews.h"

#include <math.h>
#include <stdio.h>

enum { SCALE_MOST = 3 };

/* How units stand in a layer's block. */
struct block {
    struct layer_columns layers;
    int across; /* cells beside each other */
    int scale;  /* 0: a cell is one column, else 2 scale columns by scale rows: square to the eye */
    int group;  /* units in a cell: more than 1 where there are more than cells */
};

static int cell_cols(int scale)
{
    return scale ? 2 * scale : 1;
}

static int cell_rows(int scale)
{
    return scale ? scale : 1;
}

static int needed(int n, int each)
{
    return (n + each - 1) / each;
}

/* As wide as high to the eye, in whole rows where there is room for that. */
static int cells_across(int cells, int scale, int rows, int most)
{
    const int square = (int)lround(sqrt((scale ? 1.0 : 2.0) * cells));
    const int least = needed(cells, rows); /* across, to be no higher than there is room for */
    int across = square < most ? square : most;

    across = across > least ? across : least;
    for (int a = across; a >= least && 2 * a > square / 2; a--)
        if (cells % a == 0)
            return a;
    return across > 0 ? across : 1;
}

/* The largest cells that leave room for every unit; else as many as fit, each for several units. */
static struct block block_make(const struct probe *p, int rows, int cols)
{
    struct block b = {.layers = layer_columns_make(cols, p->layers), .group = 1};
    const int room = (cols - NETVIEW_LABEL) / b.layers.shown, wide = room > 2 ? room - 1 : 1;

    for (b.scale = SCALE_MOST; b.scale > 0; b.scale--)
        if ((rows / b.scale) * (wide / cell_cols(b.scale)) >= p->width)
            break;
    while (needed(p->width, b.group) > rows / cell_rows(b.scale) * (wide / cell_cols(b.scale)))
        b.group++;
    b.across = cells_across(needed(p->width, b.group), b.scale, rows / cell_rows(b.scale),
                            wide / cell_cols(b.scale));
    if (b.across * cell_cols(b.scale) + 1 > b.layers.pitch)
        b.layers.pitch = room > 2 ? b.across * cell_cols(b.scale) + 1 : room;
    return b;
}

/* The states of a unit, the worst last. */
enum state { ALIVE, SATURATED, DEAD, DIVERGED };

static enum state state_of(const struct probe_unit *u)
{
    return isnan(u->slope) ? DIVERGED : u->dead ? DEAD : u->saturated > 0.9F ? SATURATED : ALIVE;
}

/* The letter says it, colour repeats it. */
static const struct {
    char glyph;
    enum role role;
    const char *name;
} look[] = {
    [ALIVE] = {0, ROLE_ALIVE, NULL},
    [SATURATED] = {'s', ROLE_SATURATED, " saturated"},
    [DEAD] = {'x', ROLE_DEAD, " dead"},
    [DIVERGED] = {'!', ROLE_BAD, " diverged"},
};

/* A cell: the worst state of its units; of those that are alive the delta, which is their RMS. */
static void draw_cell(const struct lab *lab, struct grid *g, struct rect cell,
                      const struct probe_unit *u, int units, double most)
{
    enum state worst = ALIVE;
    double squares = 0;
    uint32_t glyph;

    for (int i = 0; i < units; i++) {
        const enum state s = state_of(&u[i]);

        worst = s > worst ? s : worst;
        if (most > 0)
            squares += u[i].delta / most * (u[i].delta / most);
    }
    glyph = (uint32_t)look[worst].glyph;
    if (worst != ALIVE && cell.cols == 2)
        cell.cols = 1; /* letters side by side can be counted only with air between them */
    if (worst == ALIVE)
        glyph =
            chart_heat_decade(sqrt(squares / units) * most, most, (enum charset)lab->set.charset);
    grid_fill(g, cell, glyph, look[worst].role);
}

static double most_delta(const struct probe *p)
{
    double most = 0;

    for (int i = 0; i < p->layers * p->width; i++)
        if (isfinite(p->unit[i].delta))
            most = fmax(most, p->unit[i].delta);
    return most;
}

static void draw_layer(const struct lab *lab, struct grid *g, struct rect in, int layer,
                       const struct block *b, double most)
{
    const struct probe *p = &lab->measured.probe;
    const struct probe_unit *unit = p->unit + (size_t)(layer - 1) * (size_t)p->width;
    const int cols = cell_cols(b->scale), rows = cell_rows(b->scale);
    const int gap = b->scale > 1 ? 1 : 0; /* a tile of its own each */

    for (int k = 0; k * b->group < p->width; k++) {
        const int at = k * b->group, left = p->width - at;
        struct rect cell = {in.row + k / b->across * rows, in.col + k % b->across * cols,
                            rows - gap, cols - gap};

        draw_cell(lab, g, cell, unit + at, left < b->group ? left : b->group, most);
    }
}

/* The states that occur, and the shades; how many units a cell or a column stands for, unless it is
 * one. The more an item says of this picture, the earlier it comes. */
static void draw_legend(const struct lab *lab, struct grid *g, struct rect in,
                        const struct block *b)
{
    const struct probe *p = &lab->measured.probe;
    const char *shades = charset_glyphs[lab->set.charset].heat + 1; /* but the first: nothing */
    bool there[sizeof look / sizeof *look] = {false};
    int col = 0;

    for (int i = 0; i < p->layers * p->width; i++)
        there[state_of(&p->unit[i])] = true;
    if (b->group > 1)
        col = grid_printf(g, in, 0, col, ROLE_STRONG, "a cell: worst of %d", b->group) + 2;
    if (b->layers.group > 1)
        col = grid_printf(g, in, 0, col, ROLE_STRONG, "1 of %d layers", b->layers.group) + 2;
    for (int s = DIVERGED; s > ALIVE; s--) {
        if (s == DIVERGED && !there[s])
            continue;
        grid_put(g, in, 0, col, (uint32_t)look[s].glyph, look[s].role);
        col = grid_text(g, in, 0, col + 1, ROLE_DIM, look[s].name) + 2;
    }
    if (there[ALIVE] && col + utf8_columns(shades) + 6 <= in.cols) {
        col = grid_text(g, in, 0, col, ROLE_ALIVE, shades);
        grid_text(g, in, 0, col, ROLE_DIM, col + 20 <= in.cols ? " delta, x 10 a shade" : " delta");
    }
}

void netview_units(const struct lab *lab, struct grid *g, struct rect in)
{
    const struct probe *p = &lab->measured.probe;
    struct rect legend = in;
    struct block b;
    double most = most_delta(p);
    int used;

    in.rows -= 2;
    if (in.rows < 1 || p->width < 1 || in.cols <= NETVIEW_LABEL)
        return;
    b = block_make(p, in.rows, in.cols);
    used = needed(needed(p->width, b.group), b.across) * cell_rows(b.scale);
    grid_text(g, in, 0, 0, ROLE_AXIS, "units");
    for (int i = 0; i < b.layers.shown; i++) {
        struct rect block = in;

        block.col += b.layers.first + i * b.layers.pitch;
        draw_layer(lab, g, block, i * b.layers.group + 1, &b, most);
    }
    in.rows++;
    layer_numbers(lab, g, in, used, &b.layers);
    legend.row += used + 1;
    legend.rows = 1;
    draw_legend(lab, g, legend, &b);
}
