/* net_side.c - the column beside a view: the numbers of what the view shows, settings that nobody
 * would guess, and the loss as a line. */
#include "base/number.h"
#include "base/utf8.h"
#include "draw/chart.h"
#include "view/netviews.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { VALUE = 9, MOST_SETTINGS = 32, SETTING_COLS = 48 };

/* A row with a name and what it is: `format` and what follows. Returns the column behind it. */
ACTLAB_PRINTF(6, 7)
static int side_row(struct grid *g, struct rect in, int *row, enum role role, const char *name,
                    const char *format, ...)
{
    char value[64];
    va_list ap;

    va_start(ap, format);
    vsnprintf(value, sizeof value, format, ap);
    va_end(ap);
    grid_text(g, in, *row, 0, role, name);
    return grid_text(g, in, (*row)++, VALUE, role == ROLE_AXIS ? ROLE_TEXT : role, value);
}

/* Words behind a number of the row before, where there is room for them. */
static void add_words(struct grid *g, struct rect in, int row, int col, enum role role,
                      const char *words)
{
    if (col + (int)strlen(words) <= in.cols)
        grid_text(g, in, row - 1, col, role, words);
}

/* "x 0.23 a layer", without its last words where there is no room for them. */
static void factor_row(struct grid *g, struct rect in, int *row, const char *name, double factor)
{
    const int col = side_row(g, in, row, ROLE_STRONG, name, "x %.3g", factor);

    add_words(g, in, *row, col, ROLE_STRONG, " a layer");
}

/* The factor of one layer on a quantity from `first` to `last`; NAN where there is none. */
static double per_layer(double first, double last, int layers)
{
    return first > 0 && last > 0 ? pow(last / first, 1. / (layers - 1)) : NAN;
}

int netside_gradient(const struct lab *lab, struct grid *g, struct rect in)
{
    const struct probe *p = &lab->measured.probe;
    int row = 0, col;

    if (p->layers < 2)
        return row;
    if (isfinite(p->factor) && p->ratio > 0)
        factor_row(g, in, &row, "factor", p->factor);
    else
        grid_text(g, in, row++, 0, ROLE_BAD, p->diverged ? "diverged" : "no gradient");
    if (isfinite(p->predicted_factor)) {
        col = side_row(g, in, &row, ROLE_THEORY, "  theory", "x %.3g", p->predicted_factor);
        grid_put(g, in, row - 1, 0, charset_glyphs[lab->set.charset].spot[1], ROLE_THEORY);
        if (p->step)
            add_words(g, in, row, col, ROLE_THEORY, " at start");
    }
    if (isfinite(p->ratio))
        side_row(g, in, &row, ROLE_TEXT, "ratio", "%.2g", p->ratio);
    return row;
}

int netside_weightgrad(const struct lab *lab, struct grid *g, struct rect in)
{
    const struct probe *p = &lab->measured.probe;
    double first = p->layer[1].grad, last = p->layer[p->layers].grad;
    int row = 0;

    if (p->layers < 2)
        return row;
    factor_row(g, in, &row, "dW", per_layer(last, first, p->layers));
    side_row(g, in, &row, ROLE_TEXT, "1st/last", "%.2g", number_quotient(first, last));
    return row;
}

int netside_activation(const struct lab *lab, struct grid *g, struct rect in)
{
    const struct probe *p = &lab->measured.probe;
    double first = p->layer[1].rms, last = p->layer[p->layers].rms;
    int row = 0;

    if (p->layers < 2)
        return row;
    factor_row(g, in, &row, "a rms", per_layer(first, last, p->layers));
    side_row(g, in, &row, ROLE_TEXT, "last/1st", "%.2g", number_quotient(last, first));
    return row;
}

int netside_update(const struct lab *lab, struct grid *g, struct rect in)
{
    const struct probe *p = &lab->measured.probe;
    int row = 0, most = 0, least = 0;

    for (int l = 1; l <= p->layers; l++) {
        most = !most || p->layer[l].update > p->layer[most].update ? l : most;
        least = !least || p->layer[l].update < p->layer[least].update ? l : least;
    }
    if (!most)
        return row;
    side_row(g, in, &row, ROLE_STRONG, "most", "%.1g layer %d", p->layer[most].update, most);
    side_row(g, in, &row, ROLE_STRONG, "least", "%.1g layer %d", p->layer[least].update, least);
    side_row(g, in, &row, ROLE_AXIS, "good", "about 0.001");
    return row;
}

int netside_units(const struct lab *lab, struct grid *g, struct rect in)
{
    const struct probe *p = &lab->measured.probe;
    double dead = 0, saturated = 0;
    int row = 0;

    for (int l = 1; l <= p->layers; l++) {
        dead += p->layer[l].dead / p->layers;
        saturated += p->layer[l].saturated / p->layers;
    }
    if (p->layers == 0 || isnan(dead))
        return row;
    side_row(g, in, &row, dead > 0 ? ROLE_DEAD : ROLE_TEXT, "dead", " %.1f%%", 100 * dead);
    if (isfinite(saturated))
        side_row(g, in, &row, ROLE_TEXT, "saturated", " %.1f%%", 100 * saturated);
    return row;
}

int netside_answer(const struct lab *lab, struct grid *g, struct rect in)
{
    const struct probe *p = &lab->measured.probe;
    char loss[NUMBER_TEXT_MAX];
    int row = 0, col;

    side_row(g, in, &row, ROLE_STRONG, "loss", "%s", number_loss(loss, p->loss, 4));
    if (!isnan(p->accuracy))
        side_row(g, in, &row, ROLE_STRONG, "accuracy", "%.3f", p->accuracy);
    if (isnan(p->test_loss))
        return row;
    col = side_row(g, in, &row, ROLE_TEXT, "held out", "%s", number_loss(loss, p->test_loss, 4));
    if (!isnan(p->test_accuracy))
        grid_printf(g, in, row - 1, col + 2, ROLE_TEXT, "acc %.2f", p->test_accuracy);
    return row;
}

/* The legend of the thin marks. */
static void draw_marks(const struct lab *lab, struct grid *g, struct rect in, int row)
{
    grid_put(g, in, row, 0, charset_glyphs[lab->set.charset].mark[1], ROLE_GHOST);
    grid_text(g, in, row, 2, ROLE_GHOST, lab->measured.bars.was_start ? "at the start" : "before");
}

/* ---- settings -------------------------------------------------------------------------------- */

struct unusual {
    char item[MOST_SETTINGS][SETTING_COLS];
    int items;
};

static bool is_in(const char *const *list, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(list[i], name) == 0)
            return true;
    return false;
}

static void add_unusual(struct unusual *u, const struct setting *s, const struct net_config *net)
{
    struct text value = {0};

    if (setting_is_default(s, net) || u->items == MOST_SETTINGS)
        return;
    setting_get(s, net, &value);
    snprintf(u->item[u->items++], SETTING_COLS, "%s %s", s->name, text_str(&value));
    text_free(&value);
}

/* Settings that are not in the title and differ from their defaults: an invisible gain is a riddle.
 * Those of training come first, those of the data last. */
static void find_unusual(const struct net_config *net, struct unusual *u)
{
    static const char *const told[] = {"layers", "width", "fn", "init", "lr", "data"},
                             *const last[] = {"noise", "samples", "test", "shuffle", "seed"},
                             *const first[] = {"optimizer", "batch", "momentum", "decay",   "l1",
                                               "clip",      "gain",  "bias",     "bias_std"};
    const size_t tolds = sizeof told / sizeof *told, firsts = sizeof first / sizeof *first,
                 lasts = sizeof last / sizeof *last;

    u->items = 0;
    for (size_t i = 0; i < firsts; i++)
        add_unusual(u, setting_find(&net_settings, first[i], NULL), net);
    for (int i = 0; i < net_settings.rows; i++) {
        const char *name = net_settings.row[i].name;

        if (!is_in(told, tolds, name) && !is_in(first, firsts, name) && !is_in(last, lasts, name))
            add_unusual(u, &net_settings.row[i], net);
    }
    for (size_t i = 0; i < lasts; i++)
        add_unusual(u, setting_find(&net_settings, last[i], NULL), net);
}

/* The first n of them from this row on, then how many there are beside; returns the rows that
 * takes. g NULL: nothing is drawn. */
static int lay_unusual(const struct unusual *u, int n, struct grid *g, struct rect in, int row)
{
    const int begun = row;
    char more[SETTING_COLS];
    int col = 0;

    snprintf(more, sizeof more, "%d more: net", u->items - n);
    for (int i = 0; i < n + (n < u->items); i++) {
        const char *said = i < n ? u->item[i] : more;

        if (col > 0 && col + utf8_columns(said) > in.cols) {
            row++;
            col = 0;
        }
        if (g)
            grid_text(g, in, row, col, i < n ? ROLE_STRONG : ROLE_AXIS, said);
        col += utf8_columns(said) + 2;
    }
    return row - begun + (col > 0);
}

/* ---- the column ------------------------------------------------------------------------------ */

static int losses(const struct lab *lab, float *value)
{
    int n = lab->model.history.points;

    for (int i = 0; i < n; i++)
        value[i] = lab->model.history.point[i].loss;
    if (n == 0 || lab->model.history.point[n - 1].step != lab->measured.probe.step)
        value[n++] = (float)lab->measured.probe.loss;
    return n;
}

/* The run as a curve, between 0 and the most there was. */
static void draw_loss(const struct lab *lab, struct grid *g, struct rect in)
{
    float value[HISTORY_POINTS + 1];
    struct rect line = {in.row + in.rows - 1, in.col, 1, in.cols};
    int n = losses(lab, value), col;
    double top = 0;

    for (int i = 0; i < n; i++)
        if (isfinite(value[i]) && (double)value[i] > top)
            top = (double)value[i];
    col = grid_printf(g, line, 0, 0, ROLE_AXIS, "loss 0 to %.2g", top) + 1;
    line.col += col;
    line.cols -= col + 1;
    chart_line(g, line, value, n, 0, top, (enum charset)lab->set.charset, ROLE_BAR);
}

/* Where a view has no layers, the step says which one the signal, then the gradient, is passing;
 * behind a large number without the words. */
static void draw_passed(const struct lab *lab, struct grid *g, struct rect in, int row, int col)
{
    bool forward = true;
    const int passed = lab_pass_layer(lab, &forward);
    char where[32];

    if (!passed)
        return;
    snprintf(where, sizeof where, forward ? "forward > %d" : "%d < backward", passed);
    if (col + 1 + (int)strlen(where) > in.cols)
        snprintf(where, sizeof where, forward ? "> %d" : "%d <", passed);
    grid_text(g, in, row, col + 1, ROLE_SELECTED, where);
}

void netview_side(const struct lab *lab, struct grid *g, struct rect in, const struct netview *v,
                  bool loss)
{
    const struct probe *p = &lab->measured.probe;
    struct unusual u;
    int row = v->side(lab, g, in), end = in.rows - loss, n, col;

    col = grid_printf(g, in, row++, 0, ROLE_TEXT, "step %llu", (unsigned long long)p->step);
    if (v->side == netside_answer)
        draw_passed(lab, g, in, row - 1, col);
    else if (isfinite(p->test_accuracy) && col + 15 <= in.cols)
        grid_printf(g, in, row - 1, col + 2, ROLE_TEXT, "held out %.2f", p->test_accuracy);
    find_unusual(&lab->model.net, &u);
    if (v->by_layer && lab->measured.bars.has_was && row + (u.items > 0) < end)
        draw_marks(lab, g, in, row++);
    n = u.items;
    while (n > 0 && lay_unusual(&u, n, NULL, in, row) > end - row)
        n--;
    lay_unusual(&u, n, g, in, row);
    if (loss)
        draw_loss(lab, g, in);
}
