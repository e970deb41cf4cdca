/* plot_legend.c - the lines inside the plot: the compared functions, the flat share, the kink under
 * the cursor. */
#include "base/utf8.h"
#include "lab/plot_range.h"
#include "math/facts.h"
#include "view/plotview.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum kink_form { KINK_LINES, KINK_TALL, KINK_ROW, KINK_BARE };

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

/* Several lines at once, each ended by a newline but the last. */
static void add_lines(struct legend *l, enum role role, const char *format, ...)
    ACTLAB_PRINTF(3, 4);

static void add_lines(struct legend *l, enum role role, const char *format, ...)
{
    char text[256];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    for (char *at = text, *end; at; at = end) {
        end = strchr(at, '\n');
        if (end)
            *end++ = '\0';
        add_line(l, role, "", "%s", at);
    }
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
    static const char *const marks[][1 + PLOT_MAX_COMPARE] = {{"---", "xxx", "+++", "%%%"},
                                                              {"───", "─x─", "─+─", "─%─"}};
    const char *const *mark = marks[lab->set.charset != CHARSET_ASCII];
    const struct plot_state *p = &lab->model.plot;
    char name[LEGEND_COLS], other[LEGEND_COLS];
    if (p->difference) {
        double at;
        const double d = plot_largest_difference(&lab->model.fn, &p->compare[0], x0, x1, &at);
        add_line(l, ROLE_CURVE, mark[0], "%s - %s", called(&lab->model.fn, name),
                 called(&p->compare[0], other));
        add_line(l, ROLE_TEXT, "", "largest %.3g at x = %.*g", d, plot_digits(p), at);
        return;
    }
    add_line(l, ROLE_CURVE, mark[0], "%s", called(&lab->model.fn, name));
    for (int i = 0; i < p->compares && i < PLOT_MAX_COMPARE; i++)
        add_line(l, (enum role)(ROLE_COMPARE1 + i), mark[1 + i], "%s",
                 called(&p->compare[i], name));
}

static void add_parameter(struct legend *l, const char *mark, const struct fn *was,
                          const struct fn *is)
{
    if (was->alpha != is->alpha)
        add_line(l, ROLE_GHOST, mark, "alpha %.4g", was->alpha);
    else
        add_line(l, ROLE_GHOST, mark, "beta %.4g", was->beta);
}

static void add_tangent(const struct lab *lab, struct legend *l)
{
    const bool ascii = lab->set.charset == CHARSET_ASCII;
    const double slope = plot_tangent_slope(lab);
    if (isnan(slope))
        add_line(l, ROLE_TANGENT, "", "no tangent here");
    else
        add_line(l, ROLE_TANGENT, ascii ? "--- -" : "─── ─", "tangent, slope %.3g", slope);
}

static const char *number(double v, char out[16])
{
    snprintf(out, 16, isnan(v) ? "none" : "%.4g", v);
    return out;
}

/* "PyTorch 0  JAX 1  Keras 1": without those that lack the function. */
static void frameworks(const struct fn_frameworks *take, const char *gap, char *out, size_t n)
{
    const struct {
        const char *name;
        double v;
    } f[] = {{"PyTorch", take->pytorch}, {"JAX", take->jax}, {"Keras", take->keras}};
    size_t used = 0;
    out[0] = '\0';
    for (int i = 0; i < 3; i++)
        if (!isnan(f[i].v) && used < n)
            used += (size_t)snprintf(out + used, n - used, "%s%s %.4g", used ? gap : "", f[i].name,
                                     f[i].v);
}

/* A kink's facts: in the two or three lines that are easiest to read, one below the other, all in a
 * row, or without the frameworks. */
static void add_break(const struct fn *fn, const struct fn_break *at, int digits,
                      enum kink_form form, struct legend *l)
{
    static const struct {
        const char *where, *side, *gap;
    } words[] = {[KINK_LINES] = {": ", " | ", "  "},
                 [KINK_TALL] = {"\n", " | ", "\n"},
                 [KINK_ROW] = {"  ", "|", " "},
                 [KINK_BARE] = {"\n", " | ", NULL}};
    const char *where = words[form].where, *side = words[form].side;
    const double x = at->x;
    struct fn_frameworks take;
    char a[16], b[16], what[64], f[64] = "", df[64], who[64] = "";

    snprintf(what, sizeof what, "%s at %.*g%s", at->jump ? "jump" : "kink", digits, x, where);
    if (at->jump)
        snprintf(f, sizeof f, "f %s%s%s", number(fn_f_side(fn, x, -1), a), side,
                 number(fn_f_side(fn, x, 1), b));
    snprintf(df, sizeof df, "f' %s%s%s", number(fn_df_side(fn, x, -1), a), side,
             number(fn_df_side(fn, x, 1), b));
    if (words[form].gap && fn_frameworks_at(fn, x, &take)) {
        if (form != KINK_TALL && take.pytorch == take.jax && take.jax == take.keras)
            snprintf(who, sizeof who, "PyTorch, JAX, Keras take %.4g", take.jax);
        else
            frameworks(&take, words[form].gap, who, sizeof who);
    }
    if (form == KINK_ROW) {
        add_lines(l, ROLE_DERIVATIVE, "%s%s%s%s%s%s", what, f, at->jump ? "  " : "", df,
                  who[0] ? "  " : "", who);
        return;
    }
    if (at->jump)
        add_lines(l, ROLE_CURVE, "%s%s", what, f);
    add_lines(l, ROLE_DERIVATIVE, "%s%s", at->jump ? "" : what, df);
    if (who[0])
        add_lines(l, ROLE_TEXT, "%s", who);
}

/* The kink inspector: f' from both sides, and what is taken for it there. */
static void add_kink(const struct lab *lab, enum kink_form form, double width, struct legend *l)
{
    struct fn_break at[FN_MAX_BREAKS];
    const int n = fn_breaks(&lab->model.fn, at);
    for (int i = 0; i < n; i++)
        if (fabs(at[i].x - lab->model.plot.cursor) <= 1e-9 * width)
            add_break(&lab->model.fn, &at[i], plot_digits(&lab->model.plot), form, l);
}

static const char *flat_mark(const struct lab *lab)
{
    return lab->set.charset == CHARSET_ASCII ? "===" : "━━━";
}

/* As f' is drawn: braille has its own small dots. */
static const char *dots(const struct lab *lab)
{
    static const char *const marks[CHARSETS] = {",,,", "•••", "···"};
    return marks[lab->set.charset];
}

/* The formulas, and where they go wrong in view. */
static void add_naive(const struct lab *lab, double x0, double x1, struct legend *l)
{
    const bool ascii = lab->set.charset == CHARSET_ASCII;
    const int digits = plot_digits(&lab->model.plot);
    for (int i = 0; i < 2 && naive_form(lab->model.fn.act, i); i++) {
        const struct naive_form *form = naive_form(lab->model.fn.act, i);
        struct naive_span span[NAIVE_MAX_SPANS];
        const int n = naive_spans(form, &lab->model.fn, span);
        const char *wrong = i ? "   " : flat_mark(lab); /* the axis is marked for the first */
        add_line(l, i ? ROLE_DERIVATIVE : ROLE_CURVE,
                 i       ? dots(lab)
                 : ascii ? "---"
                         : "───",
                 "%s", form->formula);
        for (int k = 0; k < n && l->lines < LEGEND_LINES - 1; k++) {
            const char *what = naive_verdict_text(span[k].verdict);
            if (span[k].to < x0 || span[k].from > x1 || span[k].from == span[k].to)
                continue;
            if (span[k].from <= x0)
                add_line(l, ROLE_FLAT, wrong, "below %.*g: %s", digits, span[k].to, what);
            else if (span[k].to >= x1)
                add_line(l, ROLE_FLAT, wrong, "above %.*g: %s", digits, span[k].from, what);
            else
                add_line(l, ROLE_FLAT, wrong, "%.3g to %.3g: %s", span[k].from, span[k].to, what);
        }
    }
}

void plot_legend_make(const struct lab *lab, int form, double x0, double x1, double flat,
                      bool printed, struct legend *l)
{
    const enum kink_form kink =
        form == 2 * KINK_BARE ? KINK_BARE : (enum kink_form)(form % KINK_BARE);
    const struct plot_state *p = &lab->model.plot;
    const bool ascii = lab->set.charset == CHARSET_ASCII;
    l->lines = 0;
    if (plot_is_naive(lab)) {
        add_naive(lab, x0, x1, l);
        return;
    }
    if (printed && p->compares == 0) {
        add_line(l, ROLE_CURVE, ascii ? "---" : "───", "f");
        add_line(l, ROLE_DERIVATIVE, dots(lab), "f'");
    }
    if (p->compares)
        add_compared(lab, x0, x1, l);
    if (flat > 0 && form < (int)KINK_BARE)
        add_line(l, ROLE_FLAT, flat_mark(lab),
                 kink == KINK_TALL ? "saturated %.0f%%" : "saturated: %2.0f%% of view", 100 * flat);
    if (p->histogram && p->hist_layer <= lab->measured.probe.layers)
        add_line(l, ROLE_HISTOGRAM, ascii ? "_=#" : "▂▅█", "z of layer %d", p->hist_layer);
    if (p->has_ghost && !fn_same(&p->ghost, &lab->model.fn) && !(p->difference && p->compares))
        add_parameter(l, ascii ? "-- --" : "── ──", &p->ghost, &lab->model.fn);
    if (plot_has_tangent(lab))
        add_tangent(lab, l);
    if (p->compares == 0 && !printed) /* last: it comes and goes with the cursor */
        add_kink(lab, kink, x1 - x0, l);
}

/* Takes zero lines away from behind and beside the text; curves stay where it leaves them
 * room. */
static void clear(struct grid *g, struct rect spot)
{
    for (int row = spot.row; row < spot.row + spot.rows; row++)
        for (int col = spot.col - 1; col <= spot.col + spot.cols; col++) {
            struct cell *cell = grid_at(g, row, col);
            if (cell && cell->role == ROLE_AXIS)
                *cell = (struct cell){' ', ROLE_TEXT};
        }
}

/* The columns of its marks, and of all of it. */
static int measure(const struct legend *l, int *mark)
{
    int cols = 0;
    *mark = 0;
    for (int i = 0; i < l->lines; i++) {
        const int n = utf8_columns(l->line[i].mark);
        *mark = n > *mark ? n : *mark;
    }
    for (int i = 0; i < l->lines; i++) {
        const int n = utf8_columns(l->line[i].text) + (l->line[i].mark[0] ? *mark + 1 : 0);
        cols = n > cols ? n : cols;
    }
    return cols;
}

int plot_legend_place(const struct legend *l, const struct grid *g, struct rect area,
                      struct rect *spot)
{
    int mark;
    const int cols = measure(l, &mark);
    return l->lines ? plot_find_spot(g, area, l->lines, cols, spot) : -1;
}

void plot_legend_draw(const struct legend *l, struct grid *g, struct rect spot)
{
    int mark;
    measure(l, &mark);
    clear(g, spot);
    for (int i = 0; i < l->lines; i++) {
        int col = 0;
        if (l->line[i].mark[0]) {
            grid_text(g, spot, i, 0, l->line[i].role, l->line[i].mark);
            col = mark + 1;
        }
        grid_text(g, spot, i, col, l->line[i].mark[0] ? ROLE_TEXT : l->line[i].role,
                  l->line[i].text);
    }
}
