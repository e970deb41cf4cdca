/* plot_curves.c - functions as curves: their kinks, jumps and impulses told to the plot. */
#include "view/plotview.h"

#include "math/facts.h"

#include <math.h>

static double fn_y(const void *context, double x)
{
    return fn_f(context, x);
}

static double fn_slope_y(const void *context, double x)
{
    return fn_df(context, x);
}

/* f - g; the context is an array of which they are the first two. */
static double difference_y(const void *context, double x)
{
    const struct fn *fn = context;
    return fn_f(&fn[0], x) - fn_f(&fn[1], x);
}

static double digits_y(const void *context, double x)
{
    const struct naive_curve *c = context;
    return naive_read(c->form, &c->fn, x).digits;
}

static bool apart(double a, double b)
{
    return !(fabs(a - b) <= 1e-9 * (1 + fabs(a) + fabs(b)));
}

/* The break at x, where y has these limits. */
static struct curve_break break_at(const struct curve *c, double x, double left, double right)
{
    const double y = c->y(c->context, x);
    return (struct curve_break){
        .x = x, .jump = apart(left, right), .closed_left = fabs(y - left) <= fabs(y - right)};
}

/* In ascending order; one at a place. */
static void add_break(struct curve *c, struct curve_break b)
{
    int at = c->nbreaks;
    if (at == CURVE_MAX_BREAKS)
        return;
    while (at > 0 && c->breaks[at - 1].x >= b.x)
        at--;
    if (at < c->nbreaks && c->breaks[at].x == b.x)
        return;
    for (int i = c->nbreaks++; i > at; i--)
        c->breaks[i] = c->breaks[i - 1];
    c->breaks[at] = b;
}

static void add_f_breaks(struct curve *c, const struct fn *fn)
{
    struct fn_break at[FN_MAX_BREAKS];
    const int n = fn_breaks(fn, at);
    for (int i = 0; i < n; i++)
        add_break(c, break_at(c, at[i].x, fn_f_side(fn, at[i].x, -1), fn_f_side(fn, at[i].x, 1)));
}

static void add_slope_breaks(struct curve *c, const struct fn *fn)
{
    struct fn_break at[FN_MAX_BREAKS];
    const int n = fn_breaks(fn, at);
    for (int i = 0; i < n; i++) {
        const double x = at[i].x;
        const double left = fn_f_side(fn, x, -1), right = fn_f_side(fn, x, 1);
        struct curve_break b = break_at(c, x, fn_df_side(fn, x, -1), fn_df_side(fn, x, 1));
        if (at[i].jump && isfinite(right - left) && apart(left, right)) {
            b.impulse = right - left;
            /* It stands beyond f's jump, so that it is not taken for a part of f. */
            b.foot = right > left ? fmax(0, right) : fmin(0, right);
        }
        add_break(c, b);
    }
}

static void add_difference_breaks(struct curve *c, const struct fn *fn)
{
    for (int k = 0; k < 2; k++) {
        struct fn_break at[FN_MAX_BREAKS];
        const int n = fn_breaks(&fn[k], at);
        for (int i = 0; i < n; i++) {
            const double x = at[i].x;
            add_break(c, break_at(c, x, fn_f_side(&fn[0], x, -1) - fn_f_side(&fn[1], x, -1),
                                  fn_f_side(&fn[0], x, 1) - fn_f_side(&fn[1], x, 1)));
        }
    }
}

static struct curve *add_curve(struct plot_curves *p, double (*y)(const void *, double),
                               const struct fn *fn, enum role role, enum curve_style style,
                               char glyph)
{
    struct curve *c = &p->curve[p->curves++];
    *c = (struct curve){.y = y,
                        .context = fn,
                        .seek_breaks = fn->act->expr != NULL,
                        .role = role,
                        .style = style,
                        .glyph = glyph};
    return c;
}

bool plot_is_naive(const struct lab *lab)
{
    return lab->model.plot.naive && naive_form(lab->model.fn.act, 0);
}

static void add_naive(struct plot_curves *p, const struct fn *fn)
{
    for (int i = 0; i < 2 && naive_form(fn->act, i); i++) {
        p->naive[i] = (struct naive_curve){naive_form(fn->act, i), *fn};
        p->curve[p->curves++] = (struct curve){.y = digits_y,
                                               .context = &p->naive[i],
                                               .seek_breaks = true,
                                               .role = i ? ROLE_DERIVATIVE : ROLE_CURVE,
                                               .style = i ? CURVE_DOTS : CURVE_LINE,
                                               .glyph = i ? ',' : '-'};
    }
}

void plot_curves_make(const struct lab *lab, struct plot_curves *p)
{
    static const char glyphs[PLOT_MAX_COMPARE + 1] = "x+%";
    const struct plot_state *s = &lab->model.plot;

    p->curves = 0;
    p->fn[0] = lab->model.fn;
    for (int i = 0; i < s->compares; i++)
        p->fn[1 + i] = s->compare[i];
    if (plot_is_naive(lab)) {
        add_naive(p, &lab->model.fn);
        return;
    }
    if (s->difference && s->compares) {
        struct curve *c = add_curve(p, difference_y, p->fn, ROLE_CURVE, CURVE_LINE, '-');
        c->seek_breaks = p->fn[0].act->expr || p->fn[1].act->expr;
        add_difference_breaks(c, p->fn);
        return;
    }
    add_f_breaks(add_curve(p, fn_y, &p->fn[0], ROLE_CURVE, CURVE_LINE, '-'), &p->fn[0]);
    if (s->compares == 0)
        add_slope_breaks(add_curve(p, fn_slope_y, &p->fn[0], ROLE_DERIVATIVE, CURVE_DOTS, ','),
                         &p->fn[0]);
    for (int i = 0; i < s->compares; i++)
        add_f_breaks(add_curve(p, fn_y, &p->fn[1 + i], (enum role)(ROLE_COMPARE1 + i), CURVE_MARKED,
                               glyphs[i]),
                     &p->fn[1 + i]);
    if (s->has_ghost && !fn_same(&s->ghost, &lab->model.fn)) {
        struct fn *ghost = &p->fn[1 + PLOT_MAX_COMPARE];
        *ghost = s->ghost;
        add_f_breaks(add_curve(p, fn_y, ghost, ROLE_GHOST, CURVE_DASHED, '-'), ghost);
    }
}

/* --- the tangent ------------------------------------------------------------------------------ */

bool plot_has_tangent(const struct lab *lab)
{
    return lab->model.plot.tangent && !plot_is_naive(lab);
}

double plot_tangent_slope(const struct lab *lab)
{
    const struct plot_state *s = &lab->model.plot;
    double slope[2];
    for (int i = 0; i < 2; i++) {
        const int side = i ? 1 : -1;
        slope[i] = fn_df_side(&lab->model.fn, s->cursor, side);
        if (s->difference && s->compares)
            slope[i] -= fn_df_side(&s->compare[0], s->cursor, side);
    }
    return apart(slope[0], slope[1]) ? (double)NAN : slope[0];
}

/* --- measures over the view ------------------------------------------------------------------- */

enum { SAMPLES = 512 };

static bool is_flat(const struct fn *fn, double x, double limit)
{
    return fabs(fn_df(fn, x)) < limit;
}

/* Where flatness changes between a and b. */
static double edge(const struct fn *fn, double a, double b, double limit)
{
    const bool flat = is_flat(fn, a, limit);
    for (int i = 0; i < 40; i++) {
        const double mid = a + (b - a) / 2;
        *(is_flat(fn, mid, limit) == flat ? &a : &b) = mid;
    }
    return a + (b - a) / 2;
}

int plot_flat_spans(const struct fn *fn, double x0, double x1, double from[4], double to[4],
                    double *share)
{
    const double steepest = fn_max_slope(fn), limit = FN_SATURATED * steepest;
    bool flat = is_flat(fn, x0, limit);
    double start = x0, sum = 0;
    int n = 0;
    *share = 0;
    if (!isfinite(steepest) || (fn->act->expr && steepest > 20))
        return 0; /* beside an unbounded slope, as of exp(x), all is flat */
    for (int i = 1; i <= SAMPLES + 1 && n < 4; i++) {
        const double x = x0 + (x1 - x0) * i / SAMPLES, before = x0 + (x1 - x0) * (i - 1) / SAMPLES;
        const bool last = i > SAMPLES, now = last ? !flat : is_flat(fn, x, limit);
        if (now == flat)
            continue;
        const double at = last ? x1 : edge(fn, before, x, limit);
        if (flat) {
            from[n] = start;
            to[n++] = at;
            sum += at - start;
        }
        start = at;
        flat = now;
    }
    *share = sum / (x1 - x0);
    return n;
}

int plot_naive_spans(const struct fn *fn, double x0, double x1, double from[4], double to[4])
{
    struct naive_span span[NAIVE_MAX_SPANS];
    const int spans = naive_spans(naive_form(fn->act, 0), fn, span);
    int n = 0;
    for (int i = 0; i < spans && n < 4; i++)
        if (span[i].to >= x0 && span[i].from <= x1 && span[i].from < span[i].to) {
            from[n] = fmax(span[i].from, x0);
            to[n++] = fmin(span[i].to, x1);
        }
    return n;
}

double plot_largest_difference(const struct fn *f, const struct fn *g, double x0, double x1,
                               double *at)
{
    double largest = -1, where = x0, step = (x1 - x0) / (4 * SAMPLES);
    for (int i = 0; i <= 4 * SAMPLES; i++) {
        const double x = x0 + (x1 - x0) * i / (4 * SAMPLES), d = fabs(fn_f(f, x) - fn_f(g, x));
        if (d > largest + 1e-9 * fabs(largest)) { /* of equals the leftmost */
            largest = d;
            where = x;
        }
    }
    /* The top of the hill between the neighbours of the highest sample: thirds, for it has one top.
     */
    double a = fmax(where - step, x0), b = fmin(where + step, x1);
    for (int i = 0; i < 60; i++) {
        const double p = a + (b - a) / 3, q = b - (b - a) / 3;
        if (fabs(fn_f(f, p) - fn_f(g, p)) < fabs(fn_f(f, q) - fn_f(g, q)))
            a = p;
        else
            b = q;
    }
    const double x = a + (b - a) / 2, d = fabs(fn_f(f, x) - fn_f(g, x));
    *at = d > largest ? x : where;
    return fmax(largest, d);
}
