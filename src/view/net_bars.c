/* net_bars.c - a quantity of each layer as bars on a log scale, with shares and other numbers of
 * the layers below: the picture in which the gradient is seen to vanish. */
#include "draw/charset.h"
#include "draw/chart.h"
#include "view/netviews.h"

#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

enum { BELOW = 5, NUMBER_PITCH = 5, NUMBER_MOST = 6 };

enum quantity { DELTA, GRAD, RMS, PREDICTED, DEAD, SATURATED, MEAN, UPDATE };

static const struct {
    const char *name;
    size_t offset;      /* in struct probe_layer */
    const char *of_one; /* a share, and its name where it is not in percent; NULL: none */
} quantities[] = {
    [DELTA] = {"delta", offsetof(struct probe_layer, delta), NULL},
    [GRAD] = {"dW", offsetof(struct probe_layer, grad), NULL},
    [RMS] = {"a rms", offsetof(struct probe_layer, rms), NULL},
    [PREDICTED] = {"theory", offsetof(struct probe_layer, predicted), NULL},
    [DEAD] = {"dead", offsetof(struct probe_layer, dead), "dead of 1"},
    [SATURATED] = {"saturated", offsetof(struct probe_layer, saturated), "satur. of 1"},
    [MEAN] = {"mean a", offsetof(struct probe_layer, mean), NULL},
    [UPDATE] = {"update", offsetof(struct probe_layer, update), NULL},
};

struct bars_view {
    enum quantity q;
    int usual;                       /* a line is drawn at 10 to this power; 0: none */
    const struct probe_layer *layer; /* whose numbers: [1..layers] ... */
    int from, to;                    /* ... and which of them are shown */
};

/* The quantity of the bars in each of the four pictures of a step. */
static const enum quantity of_phase[PHASES] = {RMS, RMS, DELTA, UPDATE};

static double value(const struct probe_layer *l, enum quantity q)
{
    return *(const double *)(const void *)((const char *)l + quantities[q].offset);
}

/* The value of one bar: the geometric mean of its layers (0 or NaN if any is), the plain mean of
 * shares. */
static double group_value(const struct probe_layer *layer, const struct layer_columns *c, int i,
                          enum quantity q)
{
    const bool share = quantities[q].of_one != NULL;
    double sum = 0;
    int n = 0;

    for (int l = i * c->group + 1; n < c->group && l <= c->layers; l++, n++) {
        double v = value(&layer[l], q);

        if (!share && !(v > 0 && isfinite(v)))
            return v;
        sum += share ? v : log(v);
    }
    return n == 0 ? 0 : share ? sum / n : exp(sum / n);
}

/* Whole decades around every value since the bars last kept their scale (lab/bars.h); at least
 * three, so that a little noise does not look like a cliff. */
static void decades(const struct lab *lab, const struct bars_view *b, int *lo, int *hi)
{
    const struct probe_layer *least = &lab->measured.bars.least, *most = &lab->measured.bars.most;
    const enum quantity of[] = {b->q, PREDICTED};
    bool any = b->usual != 0;

    *lo = any ? b->usual - 1 : -3;
    *hi = any ? b->usual + 1 : 0;
    for (int i = 0; i < (b->q == DELTA ? 2 : 1); i++) {
        int below, above;

        if (!(value(most, of[i]) > 0))
            continue;
        below = (int)floor(log10(value(least, of[i])));
        above = (int)ceil(log10(value(most, of[i])));
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
    int last = -1, room = NETVIEW_LABEL - 1 - (int)strlen(name);

    in.rows++;
    grid_text(g, in, 0, room < NETVIEW_SCALE ? room : NETVIEW_SCALE, ROLE_AXIS, name);
    for (int k = hi; k >= lo; k--) {
        int above = (hi - k) * (in.rows - 1), row = above / (hi - lo);

        if (row == last || above % (hi - lo))
            continue;
        grid_printf(g, in, row, 0, ROLE_AXIS, "1e%d", k);
        last = row;
    }
}

/* How many layers share a column, where nothing else stands. */
static void draw_group(struct grid *g, struct rect in, const struct layer_columns *c)
{
    char said[32];
    int cols = snprintf(said, sizeof said, "%d layers a column", c->group);

    if (c->group == 1 || c->first + cols > in.cols)
        return;
    for (int row = 0; row < in.rows; row++) {
        int col = 0;

        while (col < cols && grid_at(g, in.row + row, in.col + c->first + col)->glyph == ' ')
            col++;
        if (col < cols)
            continue;
        grid_text(g, in, row, c->first, ROLE_AXIS, said);
        return;
    }
}

/* A line behind the bars, at the value that they should have. */
static void draw_usual(const struct lab *lab, struct grid *g, struct rect in,
                       const struct layer_columns *c, double rows)
{
    int row = in.rows - (int)ceil(rows - 1e-9);
    struct rect line = {in.row + row, in.col + c->first, 1, c->shown * c->pitch};

    grid_fill(g, line, charset_glyphs[lab->set.charset].zero_row, ROLE_AXIS);
    if (row > 0)
        grid_text(g, in, row, NETVIEW_SCALE, ROLE_AXIS, "good");
}

/* One bar, or what stands for it where it is no number above 0. */
static void draw_bar(const struct lab *lab, struct grid *g, struct rect in, int col, int width,
                     double v, double rows)
{
    if (!isfinite(v))
        grid_text(g, in, in.rows - 1, col, ROLE_BAD, width < 3 ? "!" : isnan(v) ? "nan" : "inf");
    else if (v == 0)
        grid_text(g, in, in.rows - 1, col, ROLE_DEAD, "0");
    else /* never quite nothing: 0 looks different */
        chart_bar(g, in, col, width, fmax(rows, 0.13), (enum charset)lab->set.charset, ROLE_BAR);
}

/* The row of a height, to half a row, and which half; the foot of the rectangle is 0. */
static int row_at(struct rect in, double rows, int *half)
{
    const int halves = (int)floor(2 * rows + 1e-9);

    *half = halves & 1;
    return in.rows - 1 - halves / 2;
}

/* Beside the bar that theory is about; on it where there is no room beside. */
static void draw_theory(const struct lab *lab, struct grid *g, struct rect in, int col,
                        const struct layer_columns *c, double rows)
{
    int half;
    const int row = row_at(in, fmin(rows, in.rows - 0.5), &half);

    grid_put(g, in, row, c->pitch > 1 ? col + c->width : col,
             charset_glyphs[lab->set.charset].spot[half], ROLE_THEORY);
}

/* Where the bar was, if it has moved so far that one sees it. */
static void draw_was(const struct lab *lab, struct grid *g, struct rect in, int col, int width,
                     double was, double rows)
{
    int half, row;

    if (!isfinite(was) || fabs(was - rows) < 0.25)
        return;
    row = row_at(in, fmin(was + 0.25, in.rows - 0.5), &half);
    for (int i = 0; i < width; i++)
        grid_put(g, in, row, col + i, charset_glyphs[lab->set.charset].mark[half], ROLE_GHOST);
}

static void draw_bars(const struct lab *lab, struct grid *g, struct rect in,
                      const struct layer_columns *c, const struct bars_view *b)
{
    const struct bars *kept = &lab->measured.bars;
    int lo, hi, extra;
    double per_decade;

    decades(lab, b, &lo, &hi);
    extra = in.rows % (hi - lo);
    if (6 * extra <= in.rows) { /* decades of whole rows all have a label */
        in.row += extra;
        in.rows -= extra;
    }
    per_decade = (double)in.rows / (hi - lo);
    draw_scale(g, in, quantities[b->q].name, lo, hi);
    if (b->usual)
        draw_usual(lab, g, in, c, (b->usual - lo) * per_decade);
    for (int i = 0; i < c->shown; i++) {
        int col = c->first + i * c->pitch;
        double v = group_value(b->layer, c, i, b->q), rows = (log10(v) - lo) * per_decade;
        double t = b->q == DELTA ? group_value(b->layer, c, i, PREDICTED) : NAN;

        if (i * c->group + 1 < b->from || i * c->group + 1 > b->to)
            continue;
        draw_bar(lab, g, in, col, c->width, v, rows);
        if (kept->has_was && b->layer != kept->before && c->pitch > 1)
            draw_was(lab, g, in, col, c->width,
                     (log10(group_value(kept->was, c, i, b->q)) - lo) * per_decade,
                     v > 0 ? rows : 0);
        if (t > 0 && isfinite(t))
            draw_theory(lab, g, in, col, c, (log10(t) - lo) * per_decade);
    }
    draw_group(g, in, c);
}

/* In whole percent, as wide as the layers allow: "12%", "12", or of one: ".1". All is what is all,
 * nothing less. */
static const char *share_text(char out[NUMBER_MOST + 1], double share, int pitch)
{
    double percent = share < 1 ? fmin(100 * share, 99) : 100;

    if (pitch == 3 && share > 0 && share < 1)
        snprintf(out, NUMBER_MOST + 1, ".%d", (int)fmin(10 * share + 0.5, 9));
    else if (pitch == 3)
        snprintf(out, NUMBER_MOST + 1, "%d", share > 0);
    else
        snprintf(out, NUMBER_MOST + 1, "%.0f%s", percent, pitch == 4 ? "" : "%");
    return out;
}

/* In so many columns, 4 or more: "1.07", ".055", "3e-4", "-.12"; "e-12" and
 * "-.00" where no digit fits. */
static const char *number_text(char out[NUMBER_MOST + 1], double v, int cols)
{
    char digits[32], *zeros, *mantissa = digits;
    const char *sign = v < 0 ? "-" : "";
    double size = fabs(v);
    int room = cols - (v < 0), decimals = size < 0.9995 ? room - 1 : size < 9.95 ? room - 2 : 0;

    if (isnan(v) || size >= 1e9) {
        snprintf(out, NUMBER_MOST + 1, "%s", isnan(v) ? "-" : v < 0 ? "-inf" : "inf");
        return out;
    }
    snprintf(digits, sizeof digits, "%.*f", decimals > 3 ? 3 : decimals, size);
    if (size != 0 && (size < 0.01 || size >= 999.5)) {
        snprintf(digits, sizeof digits, "%.0e", size);
        if ((zeros = strchr(digits, 'e')) && zeros[2] == '0')
            memmove(zeros + 2, zeros + 3, strlen(zeros + 2));
        if (zeros && zeros[1] == '+')
            memmove(zeros + 1, zeros + 2, strlen(zeros + 1));
    }
    if (size == 0)
        strcpy(digits, "0");
    if (mantissa[0] == '0' && mantissa[1] == '.')
        mantissa++;
    if ((int)strlen(mantissa) > room && strchr(mantissa, 'e'))
        mantissa = v < 0 && size < 0.01 ? strcpy(digits, ".00") : strchr(mantissa, 'e');
    snprintf(out, NUMBER_MOST + 1, "%s%.*s", sign, room, mantissa);
    return out;
}

static enum role role_of(const struct probe *p, enum quantity q, double v)
{
    if (isnan(v))
        return p->diverged ? ROLE_BAD : ROLE_DIM;
    if (q == DEAD)
        return v < 0.25 ? ROLE_DIM : ROLE_DEAD;
    if (q == SATURATED)
        return v < 0.6 ? ROLE_DIM : ROLE_SATURATED;
    return ROLE_TEXT;
}

/* One of the rows below: a value for each layer that has the room. */
static void draw_row(const struct lab *lab, struct grid *g, struct rect in, int row,
                     const struct layer_columns *c, const struct bars_view *b, enum quantity q)
{
    const bool share = quantities[q].of_one != NULL;
    const char *name = share && c->pitch == 3 ? quantities[q].of_one : quantities[q].name;
    int col = grid_text(g, in, row, 0, ROLE_AXIS, name);
    char text[NUMBER_MOST + 1];

    if (share && c->pitch == 4)
        grid_text(g, in, row, col, ROLE_AXIS, " %");
    for (int l = 1; l <= c->layers; l++) {
        double v = c->group == 1 ? value(&b->layer[l], q)
                                 : group_value(b->layer, c, (l - 1) / c->group, q);

        if (!layer_is_numbered(c, l) || l < b->from || l > b->to)
            continue;
        if (share && !isnan(v))
            share_text(text, v, c->pitch);
        else
            number_text(text, v, c->pitch - 1 < NUMBER_MOST ? c->pitch - 1 : NUMBER_MOST - 1);
        layer_text(g, in, row, c, l, role_of(&lab->measured.probe, q, v), text);
    }
}

static bool any_dead(const struct probe *p)
{
    for (int l = 1; l <= p->layers; l++)
        if (p->layer[l].dead > 0)
            return true;
    return false;
}

/* The rows below the bars: their own numbers first, but where something is dead that comes first.
 */
static void draw_view(const struct lab *lab, struct grid *g, struct rect in,
                      const struct bars_view *b)
{
    struct layer_columns c = layer_columns_make(in.cols, lab->measured.probe.layers);
    const bool dead = any_dead(&lab->measured.probe);
    const enum quantity order[] = {dead ? DEAD : b->q, dead ? b->q : DEAD, SATURATED, UPDATE, MEAN};
    enum quantity below[BELOW];
    struct rect bars = in;
    int rows = 0, room = in.rows > 7 ? in.rows - 6 : in.rows > 4 ? 1 : 0;

    for (int i = 0; i < BELOW && rows < room; i++)
        if ((quantities[order[i]].of_one || c.pitch >= NUMBER_PITCH) &&
            !(i > 2 && order[i] == b->q))
            below[rows++] = order[i];
    bars.rows = in.rows - rows > 1 ? in.rows - rows - 1 : 1;
    draw_bars(lab, g, bars, &c, b);
    layer_numbers(lab, g, in, bars.rows, &c);
    for (int i = 0; i < rows; i++)
        draw_row(lab, g, in, bars.rows + 1 + i, &c, b, below[i]);
}

/* Bars of this; while a step is shown, those of its picture, as far as it has come. */
static void draw(const struct lab *lab, struct grid *g, struct rect in, enum quantity q, int usual)
{
    const int phase = lab_step_phase(lab), layers = lab->measured.probe.layers;
    struct bars_view b = {q, usual, lab->measured.probe.layer, 1, layers};
    bool forward = true;

    if (phase >= 0) {
        b = (struct bars_view){of_phase[phase], 0, lab->measured.bars.before, 1, layers};
        if (phase == PHASE_FORWARD)
            b.to = lab_pass_layer(lab, &forward);
        else if (phase == PHASE_BACKWARD)
            b.from = lab_pass_layer(lab, &forward);
    }
    draw_view(lab, g, in, &b);
}

void netview_gradient(const struct lab *lab, struct grid *g, struct rect in)
{
    draw(lab, g, in, DELTA, 0);
}

void netview_weightgrad(const struct lab *lab, struct grid *g, struct rect in)
{
    draw(lab, g, in, GRAD, 0);
}

void netview_activation(const struct lab *lab, struct grid *g, struct rect in)
{
    draw(lab, g, in, RMS, 0);
}

void netview_update(const struct lab *lab, struct grid *g, struct rect in)
{
    draw(lab, g, in, UPDATE, -3);
}
