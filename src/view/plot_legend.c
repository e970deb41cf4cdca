/* plot_legend.c - the lines inside the plot: what is compared, what is shaded, the kink under the
 * cursor. */
#include "base/utf8.h"
#include "math/facts.h"
#include "view/plotview.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void add_line(struct legend *l, enum role role, const char *mark, const char *format, ...)
    ACTLAB_PRINTF(4, 5);

static void add_line(struct legend *l, enum role role, const char *mark, const char *format, ...)
{
    char text[256];
    va_list args;
    if (l->lines == LEGEND_LINES)
        return;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    l->line[l->lines].role = role;
    snprintf(l->line[l->lines].mark, sizeof l->line->mark, "%s", mark);
    utf8_copy(l->line[l->lines].text, sizeof l->line->text, text);
    l->lines++;
}

/* "elu alpha 0.5": the name with its parameters where it has some. */
static const char *called(const struct fn *fn, char out[LEGEND_COLS])
{
    const struct activation *a = fn->act;
    int n = snprintf(out, LEGEND_COLS, "%.24s", a->name[0] ? a->name : a->formula);
    if (a->alpha.meaning)
        n += snprintf(out + n, (size_t)(LEGEND_COLS - n), " alpha %.4g", fn->alpha);
    if (a->beta.meaning && n < LEGEND_COLS)
        snprintf(out + n, (size_t)(LEGEND_COLS - n), " beta %.4g", fn->beta);
    return out;
}

static void add_compared(const struct lab *lab, double x0, double x1, struct legend *l)
{
    static const char *const marks[PLOT_MAX_COMPARE] = {"xxx", "+++", "###"};
    const struct plot_state *p = &lab->plot;
    char name[LEGEND_COLS], other[LEGEND_COLS];
    if (p->difference) {
        double at;
        const double d = plot_largest_difference(&lab->fn, &p->compare[0], x0, x1, &at);
        add_line(l, ROLE_CURVE, "---", "%s - %s", called(&lab->fn, name),
                 called(&p->compare[0], other));
        add_line(l, ROLE_TEXT, "", "largest %.3g at x = %.4g", d, at);
        return;
    }
    add_line(l, ROLE_CURVE, "---", "%s", called(&lab->fn, name));
    for (int i = 0; i < p->compares && i < PLOT_MAX_COMPARE; i++)
        add_line(l, (enum role)(ROLE_COMPARE1 + i), marks[i], "%s", called(&p->compare[i], name));
}

static void add_parameter(struct legend *l, const struct fn *was, const struct fn *is)
{
    if (was->alpha != is->alpha)
        add_line(l, ROLE_GHOST, "- -", "alpha %.4g", was->alpha);
    else
        add_line(l, ROLE_GHOST, "- -", "beta %.4g", was->beta);
}

/* "0.2", or "-" where a framework lacks the function. */
static const char *number(double v, char out[16])
{
    snprintf(out, 16, isnan(v) ? "-" : "%.4g", v);
    return out;
}

/* The kink inspector: f' from both sides, and what is taken for it there. */
static void add_kink(const struct lab *lab, double width, struct legend *l)
{
    struct fn_break at[FN_MAX_BREAKS];
    struct fn_frameworks take;
    const int n = fn_breaks(&lab->fn, at);
    char a[16], b[16], c[16];
    for (int i = 0; i < n; i++) {
        const double x = at[i].x;
        if (fabs(x - lab->plot.cursor) > 1e-9 * width)
            continue;
        if (at[i].jump)
            add_line(l, ROLE_CURVE, "", "jump at %.4g: f %s | %s", x,
                     number(fn_f_side(&lab->fn, x, -1), a), number(fn_f_side(&lab->fn, x, 1), b));
        add_line(l, ROLE_DERIVATIVE, "", "%s at %.4g: f' %s | %s", at[i].jump ? "slope" : "kink", x,
                 number(fn_df_side(&lab->fn, x, -1), a), number(fn_df_side(&lab->fn, x, 1), b));
        if (!fn_frameworks_at(&lab->fn, x, &take))
            continue;
        if (take.pytorch == take.jax && take.jax == take.keras)
            add_line(l, ROLE_TEXT, "", "PyTorch, JAX, Keras take %s", number(take.jax, a));
        else
            add_line(l, ROLE_TEXT, "", "PyTorch %s  JAX %s  Keras %s", number(take.pytorch, a),
                     number(take.jax, b), number(take.keras, c));
    }
}

/* The formulas, and where they go wrong in view. */
static void add_naive(const struct lab *lab, double x0, double x1, struct legend *l)
{
    const bool ascii = lab->set.charset == CHARSET_ASCII;
    for (int i = 0; i < 2 && naive_form(lab->fn.act, i); i++) {
        const struct naive_form *form = naive_form(lab->fn.act, i);
        struct naive_span span[NAIVE_MAX_SPANS];
        const int n = naive_spans(form, &lab->fn, span);
        add_line(l, i ? ROLE_DERIVATIVE : ROLE_CURVE,
                 i       ? ascii ? "ooo" : "···"
                 : ascii ? "---"
                         : "───",
                 "%s", form->formula);
        for (int k = 0; k < n && l->lines < LEGEND_LINES - 1; k++) {
            const char *what = naive_verdict_text(span[k].verdict);
            if (span[k].to < x0 || span[k].from > x1 || span[k].from == span[k].to)
                continue;
            if (span[k].from <= x0)
                add_line(l, ROLE_TEXT, "", "    below %.4g: %s", span[k].to, what);
            else if (span[k].to >= x1)
                add_line(l, ROLE_TEXT, "", "    above %.4g: %s", span[k].from, what);
            else
                add_line(l, ROLE_TEXT, "", "    %.3g to %.3g: %s", span[k].from, span[k].to, what);
        }
    }
}

void plot_legend_make(const struct lab *lab, double x0, double x1, double flat, bool printed,
                      struct legend *l)
{
    const struct plot_state *p = &lab->plot;
    const bool ascii = lab->set.charset == CHARSET_ASCII;
    l->lines = 0;
    if (plot_is_naive(lab)) {
        add_naive(lab, x0, x1, l);
        return;
    }
    if (printed && p->compares == 0) {
        add_line(l, ROLE_CURVE, ascii ? "---" : "───", "f");
        add_line(l, ROLE_DERIVATIVE, ascii ? "ooo" : "···", "f'");
    }
    if (p->compares)
        add_compared(lab, x0, x1, l);
    if (flat > 0)
        add_line(l, ROLE_TEXT, "", "saturated: %2.0f%% of view", 100 * flat);
    if (p->histogram && p->hist_layer <= lab->probe.layers)
        add_line(l, ROLE_HISTOGRAM, "", "z of layer %d", p->hist_layer);
    if (p->has_ghost && !fn_same(&p->ghost, &lab->fn) && !(p->difference && p->compares))
        add_parameter(l, &p->ghost, &lab->fn);
    if (p->compares == 0 && !printed) /* last: it comes and goes with the cursor */
        add_kink(lab, x1 - x0, l);
}

/* Takes shade and zero lines away from behind and beside the text; curves stay where it leaves them
 * room. */
static void clear(struct grid *g, struct rect spot)
{
    for (int row = spot.row; row < spot.row + spot.rows; row++)
        for (int col = spot.col - 1; col <= spot.col + spot.cols; col++) {
            struct cell *cell = grid_at(g, row, col);
            if (cell && (cell->role == ROLE_SHADE || cell->role == ROLE_AXIS))
                *cell = (struct cell){' ', ROLE_TEXT};
        }
}

void plot_legend_draw(const struct legend *l, struct grid *g, struct rect area)
{
    int cols = 0, rows = l->lines;
    for (int i = 0; i < rows; i++) {
        const int n = utf8_columns(l->line[i].text) + (l->line[i].mark[0] ? 4 : 0);
        cols = n > cols ? n : cols;
    }
    if (rows == 0 || rows > area.rows || cols + 2 > area.cols)
        return;
    const struct rect spot = plot_clear_spot(g, area, rows, cols);
    clear(g, spot);
    for (int i = 0; i < rows; i++) {
        int col = 0;
        if (l->line[i].mark[0])
            col = grid_text(g, spot, i, 0, l->line[i].role, l->line[i].mark) + 1;
        grid_text(g, spot, i, col, l->line[i].mark[0] ? ROLE_TEXT : l->line[i].role,
                  l->line[i].text);
    }
}
