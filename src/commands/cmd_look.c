/* cmd_look.c - where one looks in the plot: range, zoom, pan, cursor, and what is drawn around the
 * curves. */
#include "commands/handlers.h"

#include "lab/plot_range.h"
#include "math/points.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Records a command that depends on the screen as one that does not. */
static void record_as(struct lab *lab, const char *name, double v)
{
    lab_record_as(lab, "%s =%.17g", name, v);
}

/* --- the window ------------------------------------------------------------------------------- */

static bool set_range(struct lab *lab, double x0, double x1, int column, struct error *e)
{
    if (!plot_range_check(x0, x1, column, e))
        return false;
    lab->model.plot.x0 = x0;
    lab->model.plot.x1 = x1;
    lab->model.plot.has_ghost = false;
    plot_fit(lab);
    return true;
}

/* A bound: -2 is a place, not a way; "=-2" is the same, as everywhere. */
static bool bound(struct lab *lab, const struct call *c, int word, double *x, struct error *e)
{
    return expr_number(c->word[word].s + (c->word[word].s[0] == '='), lab->scope, x, e) ||
           call_wrong(c, word, e);
}

bool cmd_range(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    double x0, x1;

    (void)out;
    if (call_says(c, 0, "default"))
        return set_range(lab, -PLOT_REACH, PLOT_REACH, -1, e);
    return bound(lab, c, 0, &x0, e) && bound(lab, c, 1, &x1, e) &&
           set_range(lab, x0, x1, c->word[0].column, e);
}

bool cmd_zoom(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    const struct plot_state *p = &lab->model.plot;
    double factor;

    (void)out;
    if (!call_number(lab, c, 0, &factor, e))
        return false;
    if (!(factor > 0 && isfinite(factor)))
        return misuse(
            e, c->word[0].column,
            "zoom takes a positive factor (2 shows half as much, 0.5 twice as much), not %s",
            c->word[0].s);
    return set_range(lab, p->cursor - (p->cursor - p->x0) / factor,
                     p->cursor + (p->x1 - p->cursor) / factor, c->word[0].column, e);
}

bool cmd_pan(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    struct plot_state *p = &lab->model.plot;
    double share, by, cursor = p->cursor;

    (void)out;
    if (!call_relative(lab, c, 0, 0, &share, e))
        return false;
    by = share * (p->x1 - p->x0);
    if (!isfinite(by) || !set_range(lab, p->x0 + by, p->x1 + by, c->word[0].column, e))
        return isfinite(by) ? false
                            : misuse(e, c->word[0].column,
                                     "%s is not a share of the view: 0.25 moves it by a quarter",
                                     c->word[0].s);
    p->cursor = fmin(fmax(cursor + by, p->x0), p->x1); /* it keeps its place on the screen */
    return true;
}

/* --- the cursor ------------------------------------------------------------------------------- */

/* The x that a column of width dx around this middle stands for: a whole number (of tenths, of
 * tens: of the power of ten that is not narrower than dx) where it has one, so that x = 2 can be
 * reached. */
static double round_in_column(double middle, double dx)
{
    const double unit = pow(10, ceil(log10(dx) - 1e-9)), whole = round(middle / unit) * unit;
    const double off =
        (whole - middle) / dx + 1e-6; /* an edge belongs to the column on its right */

    return off >= -0.5 && off < 0.5 ? whole : middle;
}

/* The column that stands `by` columns beside the cursor's. */
static double column_beside(const struct lab *lab, double by)
{
    const struct plot_state *p = &lab->model.plot;
    const int cols = p->columns > 0 ? p->columns : 60;
    double x0 = p->x0, x1 = p->x1;
    char text[40];

    plot_snap(&x0, &x1, cols);
    const double dx = (x1 - x0) / cols, now = floor((p->cursor - x0) / dx + 1e-6);
    const double middle = x0 + (fmin(fmax(now + by, 0), cols - 1) + 0.5) * dx;
    if (fabs(middle / dx) > 1e9)
        return middle;
    /* Middles are multiples of a round dx: 1.4 is 1.4 and not 1.3999999. */
    snprintf(text, sizeof text, "%.12g", round_in_column(round(middle / dx) * dx, dx));
    return strtod(text, NULL);
}

/* The next of the points of what is drawn, f or f - g, in this direction; past the last, the
 * first. */
static bool point_beside(struct lab *lab, int by, double *x, struct error *e)
{
    enum { POINTS_MOST = 64 };
    const struct plot_state *p = &lab->model.plot;
    struct fn_point point[POINTS_MOST];
    const int n =
        p->difference && p->compares
            ? fn_difference_points(&lab->model.fn, &p->compare[0], p->x0, p->x1, point, POINTS_MOST)
            : fn_points(&lab->model.fn, p->x0, p->x1, point, POINTS_MOST);
    const double hair = 1e-9 * (p->x1 - p->x0);
    const struct fn_point *ahead = NULL, *first = NULL, *best;
    char what[80];

    for (int i = 0; i < n; i++) {
        const double way = by * point[i].x;

        if (!first || way < by * first->x)
            first = &point[i];
        if (way > by * p->cursor + hair && (!ahead || way < by * ahead->x))
            ahead = &point[i];
    }
    best = ahead ? ahead : first;
    if (!best)
        return fail(e, "no kink, zero or extreme of %s in view",
                    p->difference && p->compares ? "f - g or its slope" : "f or f'");
    *x = best->x;
    fn_point_text(best->kinds, what, sizeof what);
    lab_say(lab, false, "%s at %.*g", what, plot_digits(p), best->x);
    return true;
}

static bool cursor_place(struct lab *lab, const struct call *c, double *x, struct error *e)
{
    const struct plot_state *p = &lab->model.plot;
    const char *s = c->word[0].s;
    char *end;
    const double columns = strtod(s, &end);

    if (end != s && strcmp(end, "col") == 0 && isfinite(columns)) {
        *x = column_beside(lab, columns);
        return true;
    }
    if (choice_step(s))
        return point_beside(lab, choice_step(s), x, e);
    if (strcmp(s, "first") == 0 || strcmp(s, "last") == 0) {
        *x = s[0] == 'f' ? p->x0 : p->x1;
        return true;
    }
    if (!call_relative(lab, c, 0, p->cursor, x, e))
        return false;
    return !isnan(*x) || misuse(e, c->word[0].column, "%s is not a number", s);
}

bool cmd_cursor(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    struct plot_state *p = &lab->model.plot;
    double x = p->cursor;

    (void)out;
    if (!cursor_place(lab, c, &x, e))
        return false;
    p->cursor = fmin(fmax(x, p->x0), p->x1);
    record_as(lab, "cursor", p->cursor); /* a column has another width on another screen */
    return true;
}

/* --- switches --------------------------------------------------------------------------------- */

bool cmd_tangent(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    (void)out;
    if (!call_switch(c, &lab->model.plot.tangent, e))
        return false;
    if (lab->model.plot.tangent && lab->model.plot.naive)
        lab_say(lab, false, "digits have no tangent: it comes back after naive off");
    return true;
}

bool cmd_saturation(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    (void)out;
    return call_switch(c, &lab->model.plot.saturation, e);
}

bool cmd_histogram(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    struct plot_state *p = &lab->model.plot;
    const char *s = c->words ? c->word[0].s : "next";
    const int layers = lab->model.net.layers;

    (void)out;
    if (strcmp(s, "off") == 0 || strcmp(s, "on") == 0) {
        p->histogram = s[1] == 'n' && layers > 0;
    } else if (strcmp(s, "next") == 0) { /* layer 1, 2, ... the last, off */
        p->hist_layer = p->histogram ? p->hist_layer + 1 : 1;
        p->histogram = p->hist_layer <= layers;
    } else if (!call_layer(lab, c, 0, &p->hist_layer, e)) {
        return false;
    } else {
        p->histogram = true;
    }
    if (p->hist_layer > layers)
        p->hist_layer = layers > 0 ? layers : 1;
    return true;
}

/* --- comparing -------------------------------------------------------------------------------- */

bool cmd_compare(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    struct fn fn[PLOT_MAX_COMPARE];

    (void)out;
    if (call_says(c, 0, "off")) {
        lab->model.plot.compares = 0;
        lab->model.plot.difference = false;
        plot_fit(lab);
        return true;
    }
    if (c->words > PLOT_MAX_COMPARE)
        return call_misused(c, c->word[PLOT_MAX_COMPARE].column, e);
    for (int i = 0; i < c->words; i++) {
        const struct activation *act = call_activation(lab, c, i, e);

        if (!act)
            return false;
        fn[i] = fn_default(act);
    }
    for (int i = 0; i < c->words; i++)
        lab->model.plot.compare[i] = fn[i];
    lab->model.plot.compares = c->words;
    lab->model.plot.naive = false;
    plot_fit(lab);
    return true;
}

bool cmd_difference(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    bool on = lab->model.plot.difference;

    (void)out;
    if (!call_switch(c, &on, e))
        return false;
    if (on && lab->model.plot.compares == 0)
        return fail(e, "a difference needs something to compare with: compare gelu_tanh");
    lab->model.plot.difference = on;
    plot_fit(lab);
    return true;
}

/* --- sweeping --------------------------------------------------------------------------------- */

bool cmd_sweep(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    struct fn probe = lab->model.fn;
    double from, to;
    bool beta;

    (void)out;
    if (call_says(c, 0, "off")) {
        lab->model.plot.sweep.on = false;
        return true;
    }
    beta = call_says(c, 0, "beta");
    if (!beta && !call_says(c, 0, "alpha"))
        return misuse(e, c->word[0].column, "sweep alpha or beta, not '%s'", c->word[0].s);
    if (!bound(lab, c, 1, &from, e) || !bound(lab, c, 2, &to, e) ||
        !fn_set_parameter(&probe, c->word[0].s, from, e) ||
        !fn_set_parameter(&probe, c->word[0].s, to, e))
        return false;
    lab->model.plot.has_ghost = false;
    const bool watched = lab->interactive && lab->set.animation;
    if (!lab_set_parameter(lab, c->word[0].s, watched ? from : to, e))
        return false;
    record_as(lab, c->word[0].s, watched ? from : to); /* the clock notes the way */
    lab->model.plot.sweep.on = watched;
    lab->model.plot.sweep.beta = beta;
    lab->model.plot.sweep.from = from;
    lab->model.plot.sweep.to = to;
    lab->model.plot.sweep.at = 0;
    return true;
}
