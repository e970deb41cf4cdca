/* plot_range.c - which heights the plot shows. See plot_range.h.
 *
 * The range holds all of f and f' over the x range and the bounds of f, which are its asymptotes.
 * An expression may be anything, 1/x or exp(exp(x)): of it the range holds most, and the rest
 * leaves the window. */
#include "lab/plot_range.h"

#include "base/number.h"
#include "math/facts.h"
#include "math/naive.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

enum { SAMPLES = 256 };

/* Heights that differ by less are one: there are too few doubles between them for ticks. */
static const double FINEST = 1e-316;

struct extent {
    double lo, hi;
};

static const struct extent NOTHING = {INFINITY, -INFINITY};

static void include(struct extent *e, double y)
{
    if (!isfinite(y))
        return;
    e->lo = fmin(e->lo, y);
    e->hi = fmax(e->hi, y);
}

/* Most of the values: all but the outermost 5 % on each side, which count only as far as 0.3 of the
 * rest. */
static struct extent most_of(double *v, int n)
{
    struct extent e = NOTHING;
    int finite = 0;
    for (int i = 0; i < n; i++)
        if (isfinite(v[i]))
            v[finite++] = v[i];
    if (finite == 0)
        return e;
    qsort(v, (size_t)finite, sizeof *v, number_ascending);
    const int cut = finite * 5 / 100;
    const double lo = v[cut], hi = v[finite - 1 - cut], more = 0.3 * (hi - lo);
    include(&e, fmax(v[0], lo - more));
    include(&e, fmin(v[finite - 1], hi + more));
    return e;
}

typedef double sample_fn(const struct fn *, const struct fn *, double x);

static double sample_f(const struct fn *f, const struct fn *g, double x)
{
    (void)g;
    return fn_f(f, x);
}

static double sample_df(const struct fn *f, const struct fn *g, double x)
{
    (void)g;
    const struct dual y = fn_at(f, x);
    return isnan(y.v) ? y.v : y.d;
}

static double sample_difference(const struct fn *f, const struct fn *g, double x)
{
    return fn_f(f, x) - fn_f(g, x);
}

static struct extent sampled(sample_fn *sample, const struct fn *f, const struct fn *g, double x0,
                             double x1, bool wild)
{
    double v[SAMPLES + 1];
    struct extent e = NOTHING;
    for (int i = 0; i <= SAMPLES; i++)
        v[i] = sample(f, g, x0 + (x1 - x0) * i / SAMPLES);
    if (wild)
        return most_of(v, SAMPLES + 1);
    for (int i = 0; i <= SAMPLES; i++)
        include(&e, v[i]);
    return e;
}

/* f with its bounds, f' with its limits at kinks. */
static void include_fn(struct extent *e, const struct fn *fn, double x0, double x1, bool slope)
{
    const bool wild = fn->act->expr != NULL;
    const struct extent f = sampled(sample_f, fn, NULL, x0, x1, wild);
    include(e, f.lo);
    include(e, f.hi);
    if (!wild) {
        double lo, hi;
        fn_range(fn, &lo, &hi);
        include(e, lo);
        include(e, hi);
    }
    if (!slope)
        return;
    struct extent d = sampled(sample_df, fn, NULL, x0, x1, wild);
    struct fn_break breaks[FN_MAX_BREAKS];
    const int n = fn_breaks(fn, breaks);
    for (int i = 0; i < n; i++)
        if (breaks[i].x >= x0 && breaks[i].x <= x1) {
            include(&d, fn_df_side(fn, breaks[i].x, -1));
            include(&d, fn_df_side(fn, breaks[i].x, 1));
        }
    if (wild && e->hi > e->lo) { /* a wild slope must not flatten f */
        const double room = 0.3 * (e->hi - e->lo);
        d.lo = fmax(d.lo, e->lo - room);
        d.hi = fmin(d.hi, e->hi + room);
    }
    include(e, d.lo);
    include(e, d.hi);
    for (int i = 0; i < n; i++)
        if (breaks[i].jump && breaks[i].x >= x0 && breaks[i].x <= x1) {
            /* Room for the impulse, an arrow beyond f. */
            const double room = 0.2 * (e->hi - e->lo);
            const double up = fn_f_side(fn, breaks[i].x, 1) - fn_f_side(fn, breaks[i].x, -1);
            include(e, up > 0 ? e->hi + room : e->lo - room);
            break;
        }
}

static struct extent wanted(const struct lab *lab)
{
    const struct plot_state *p = &lab->model.plot;
    struct extent e = NOTHING;
    if (p->naive && naive_form(lab->model.fn.act, 0))
        return (struct extent){0, 16}; /* the digits of a double */
    if (p->difference && p->compares > 0) {
        e = sampled(sample_difference, &lab->model.fn, &p->compare[0], p->x0, p->x1,
                    lab->model.fn.act->expr || p->compare[0].act->expr);
        include(&e, 0);
    } else {
        include_fn(&e, &lab->model.fn, p->x0, p->x1, p->compares == 0);
        for (int i = 0; i < p->compares; i++)
            include_fn(&e, &p->compare[i], p->x0, p->x1, false);
    }
    if (!(e.hi >= e.lo))
        return (struct extent){-1, 1}; /* nothing but gaps */
    const double size = fmax(fabs(e.lo), fabs(e.hi)), finest = fmax(1e-12 * size, FINEST);
    const double room = size < 1e6 ? 1 : size / 10;
    if (e.hi - e.lo <= finest) /* a constant */
        return (struct extent){fmax(e.lo - room, -DBL_MAX), fmin(e.hi + room, DBL_MAX)};
    return e;
}

/* Heights become the window's, brought to where also their difference is a number. */
static void show(struct plot_state *p, double lo, double hi)
{
    const double most = 8e307;
    p->y0 = fmax(lo, -DBL_MAX);
    p->y1 = fmin(hi, DBL_MAX);
    if (p->y1 / 2 - p->y0 / 2 > most) {
        p->y0 = fmax(fmin(p->y0, most), -most);
        p->y1 = fmax(fmin(p->y1, most), -most);
    }
}

/* The extent with room for alpha and beta to turn by so many of their steps. */
static struct extent with_room(const struct lab *lab, struct extent e, int steps)
{
    static const char *const names[] = {"alpha", "beta"};
    for (int i = 0; i < 4; i++) {
        const bool beta = i >= 2;
        const struct fn_parameter *p = beta ? &lab->model.fn.act->beta : &lab->model.fn.act->alpha;
        const double v =
            (beta ? lab->model.fn.beta : lab->model.fn.alpha) + (i % 2 ? steps : -steps) * p->step;
        struct fn turned = lab->model.fn;
        if (p->meaning && fn_set_parameter(&turned, names[beta], v, NULL))
            include_fn(&e, &turned, lab->model.plot.x0, lab->model.plot.x1, false);
    }
    return e;
}

void plot_fit(struct lab *lab)
{
    struct extent e = wanted(lab);
    const double span = e.hi - e.lo;
    if (!lab->model.fn.act->expr && !lab->model.plot.naive && lab->model.plot.compares == 0)
        for (int steps = 10; steps >= 3; steps /= 2) {
            const struct extent roomy = with_room(lab, e, steps);
            if (roomy.hi - roomy.lo > 1.2 * span)
                continue;
            e = roomy;
            break;
        }
    const double margin = 0.12 * (e.hi / 2 - e.lo / 2);
    show(&lab->model.plot, e.lo - margin, e.hi + margin);
    lab->model.plot.cursor =
        fmin(fmax(lab->model.plot.cursor, lab->model.plot.x0), lab->model.plot.x1);
}

void plot_extend(struct lab *lab)
{
    struct plot_state *p = &lab->model.plot;
    const struct extent e = wanted(lab);
    /* More than it must, so that the axis does not move again at the next key. */
    const double more = 0.2 * (fmax(e.hi, p->y1) / 2 - fmin(e.lo, p->y0) / 2);
    show(p, e.lo < p->y0 ? e.lo - more : p->y0, e.hi > p->y1 ? e.hi + more : p->y1);
}

int plot_digits(const struct plot_state *p)
{
    const double cols = p->columns > 0 ? p->columns : 60;
    return number_apart(fmax(fabs(p->x0), fabs(p->x1)), (p->x1 - p->x0) / cols, 4);
}

bool plot_range_check(double x0, double x1, int column, struct error *e)
{
    const double most = 1e150; /* squares of it are still numbers */
    char lo[NUMBER_TEXT_MAX], hi[NUMBER_TEXT_MAX];
    if (!(x1 > x0))
        return misuse(e, column, "a range must go up: %s is not below %s",
                      number_shortest(lo, x0, 9), number_shortest(hi, x1, 9));
    if (!(fabs(x0) <= most && fabs(x1) <= most))
        return misuse(e, column, "a range must lie between -1e150 and 1e150");
    if (x1 - x0 < 1e-12 * fmax(fabs(x0), fabs(x1)) || x1 - x0 < 1e-150)
        return misuse(e, column, "between %.17g and %.17g there are too few numbers to draw", x0,
                      x1);
    return true;
}
