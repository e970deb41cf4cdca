/* expr_shape.c - the shape of a defined function, proved.
 *
 * f and f' are looked at on a grid over all doubles, closer together towards 0, at the breaks and
 * at infinity; from the highest points of the grid one climbs to the tops. Then the proof: over
 * each cell of the grid interval arithmetic says how high f can be. A cell that might reach beyond
 * what was found is halved, again and again, and so is found what is narrow and far out, as
 * tanh(1e6*(x-80)) is steep. What cannot be settled in time is not known. */
#include "expr/expr_shape.h"

#include "base/number.h"
#include "base/xalloc.h"
#include "expr/expr_interval.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

enum {
    PER_SIDE = 820,   /* points of the whole grid from 0 to the largest double */
    DENSE = 484,      /* of them, up to some 1e4 */
    BUDGET = 2000000, /* instructions that the proof may take, */
    MORE = 400000,    /* and the search for what it left open */
    CLIMBS = 8,       /* tops that are tried for each bound */
};

static const double ENDLESS = 1e300; /* what is larger than that is taken for infinite */

/* The four bounds: of f and of f', from above and, turned upside down, from below. */
enum bound { F_LEAST, F_MOST, SLOPE_LEAST, SLOPE_MOST, BOUNDS };

struct found {
    double most; /* upside down where it is the least */
    double x;    /* where, next to 0 if at several places */
    double a, b; /* the cell, if it was only found when that was halved */
    bool limit;  /* at infinity it is as high */
    bool known;  /* to be the highest, as far as was looked */
};

struct search {
    const struct expr *e;
    double alpha, beta, left; /* instructions that it may still take */
    struct found bound[BOUNDS];
    double near[BOUNDS / 2]; /* how large |f| and |f'| get between -10 and 10 */
    double share;            /* of the range: what is not looked for */
    bool proving;            /* else looking for more */
    bool falls;              /* f' might be below 0 in some cell */
    double *x;               /* the grid, ascending */
    int n;
};

static double of(struct dual y, enum bound b)
{
    double v = b == F_LEAST || b == F_MOST ? y.v : y.d;

    return b == F_LEAST || b == SLOPE_LEAST ? -v : v;
}

/* How high the bound can be in an interval. */
static double reach(const struct interval *y, enum bound b)
{
    return b == F_LEAST ? -y->v.lo : b == F_MOST ? y->v.hi : b == SLOPE_LEAST ? -y->d.lo : y->d.hi;
}

static void take(struct search *s, double x, struct dual y)
{
    for (int b = 0; b < BOUNDS; b++) {
        struct found *f = &s->bound[b];
        double v = of(y, b);

        if (v > f->most)
            *f = (struct found){.most = v, .x = x, .known = f->known};
        else if (v == f->most && fabs(x) < fabs(f->x))
            f->x = x;
        f->limit |= v == f->most && isinf(x);
    }
}

static struct dual look(struct search *s, double x)
{
    struct dual y = expr_eval(s->e, x, s->alpha, s->beta);

    s->left -= (double)s->e->cost;
    take(s, x, y);
    return y;
}

/* --- the grid --------------------------------------------------------------------------------- */

static double grid(int i)
{
    static const double next_to_0[] = {0, 1e-30, 1e-15, 1e-7};

    if (i < 4)
        return next_to_0[i];
    if (i <= DENSE)
        return 0.01 * sinh(0.03 * (i - 3));
    return i == PER_SIDE ? DBL_MAX : grid(DENSE) * pow(8, i - DENSE);
}

/* Costly functions get fewer points, down to a tenth. */
static void make_grid(struct search *s, const struct fn_break *at, int breaks)
{
    int step = (int)fmin(10, 1 + (double)s->e->cost / 500), sides = PER_SIDE / step;

    s->x = xmalloc((size_t)(2 * sides + 3 + breaks) * sizeof *s->x);
    for (int i = -sides; i <= sides; i++)
        s->x[s->n++] = copysign(grid(abs(i) == sides ? PER_SIDE : abs(i) * step), i);
    for (int i = 0; i < breaks; i++)
        s->x[s->n++] = at[i].x;
    qsort(s->x, (size_t)s->n, sizeof *s->x, number_ascending);
}

/* --- what is found ---------------------------------------------------------------------------- */

/* Climbs to the top between a and b by golden section. */
static void climb(struct search *s, enum bound bound, double a, double b)
{
    const double golden = 0.6180339887498949;
    double p = b - golden * (b - a), q = a + golden * (b - a);
    double at_p = of(look(s, p), bound), at_q = of(look(s, q), bound);

    for (int i = 0; i < 60 && p < q; i++) {
        if (at_p < at_q) {
            a = p;
            p = q, at_p = at_q;
            q = a + golden * (b - a), at_q = of(look(s, q), bound);
        } else {
            b = q;
            q = p, at_q = at_p;
            p = b - golden * (b - a), at_p = of(look(s, p), bound);
        }
    }
}

/* From the points of the grid, those next to 0 first, that are higher than both neighbours and
 * nearly as high as the highest. */
static void climb_tops(struct search *s, enum bound b, const struct dual *y)
{
    const double most = s->bound[b].most, near = most - 0.1 * fabs(most);
    int climbs = 0;

    for (int k = 0; k < s->n && climbs < CLIMBS && isfinite(most); k++) {
        int i = (s->n - 1) / 2 + (k % 2 ? (k + 1) / 2 : -k / 2);
        double v = i > 0 && i + 1 < s->n ? of(y[i], b) : NAN;

        if (v >= near && v >= of(y[i - 1], b) && v >= of(y[i + 1], b) &&
            (v > of(y[i - 1], b) || v > of(y[i + 1], b))) {
            climb(s, b, s->x[i - 1], s->x[i + 1]);
            climbs++;
        }
    }
}

/* f and f' at infinity, where interval arithmetic says that they have a limit. */
static void take_limits(struct search *s)
{
    for (int side = -1; side <= 1; side += 2) {
        double x = side < 0 ? -HUGE_VAL : HUGE_VAL;
        struct interval y = expr_over(s->e, x, x, s->alpha, s->beta);
        double v = y.v.lo == y.v.hi ? y.v.lo : NAN, d = y.d.lo == y.d.hi ? y.d.lo : NAN;

        take(s, x, (struct dual){v, isnan(v) ? v : d});
    }
}

/* --- the proof -------------------------------------------------------------------------------- */

/* Halves the exponent of what is far, and what is near itself. */
static double middle(double a, double b)
{
    double m;

    if (a < 0 && b > 0)
        return 0;
    if (b <= 0)
        return -middle(-b, -a);
    m = sqrt(fmax(a, 0x1p-1074)) * sqrt(b);
    return b > 4 * a && m > a && m < b ? m : a + (b - a) / 2;
}

static void size_up(struct search *s, const struct dual *y)
{
    for (int i = 0; i < s->n; i++)
        if (fabs(s->x[i]) <= 10)
            for (int b = 0; b < BOUNDS; b += 2)
                if (isfinite(of(y[i], b)))
                    s->near[b / 2] = fmax(s->near[b / 2], fabs(of(y[i], b)));
}

/* How far beyond what was found a bound may be without a search for it: a share of the range, or
 * where that has no end of the bound, and that is measured with what is near 0. */
static double room(const struct search *s, int b)
{
    const double most = s->bound[b].most, range = most + s->bound[b ^ 1].most,
                 near = s->near[b / 2];

    return s->share * (range < ENDLESS ? range : fmin(near, fmax(fabs(most), near / 1000)));
}

/* True if it could be higher in an interval than what was found. */
static bool exceeds(const struct search *s, const struct interval *y, int b)
{
    return reach(y, b) > s->bound[b].most + room(s, b);
}

/* True if what was found is as high as f or f' gets between a and b. */
static bool settled(struct search *s, const struct interval *y)
{
    bool all = true;

    for (int b = 0; b < BOUNDS; b++)
        all &= !s->bound[b].known || !exceeds(s, y, b);
    return all;
}

/* Of a cell that cannot be halved: at its two ends it was looked at. Between them can only be a
 * pole. */
static void end(struct search *s, const struct interval *y)
{
    for (int b = 0; b < BOUNDS; b++) {
        if (!exceeds(s, y, b))
            continue;
        if (y->pole && !y->doubt && isinf(reach(y, b)) &&
            (isinf(reach(y, F_LEAST)) || isinf(reach(y, F_MOST))))
            s->bound[b].most = INFINITY;
        else if (y->pole || y->doubt)
            s->bound[b].known = false;
    }
}

static void give_up(struct search *s, const struct interval *y)
{
    s->falls = true;
    for (int b = 0; b < BOUNDS; b++)
        s->bound[b].known &= !exceeds(s, y, b);
}

static void search(struct search *s, double a, double b)
{
    struct interval y = expr_over(s->e, a, b, s->alpha, s->beta);
    double m = middle(a, b);
    bool high = !settled(s, &y), whole = !(m > a && m < b);

    s->left -= 4 * (double)s->e->cost;
    if (s->proving && s->left < BUDGET / 2.0) /* what is left is for f */
        s->bound[SLOPE_LEAST].known = s->bound[SLOPE_MOST].known = false;
    if (high && !whole && s->left > 0) {
        look(s, m);
        for (int i = 0; i < BOUNDS; i++)
            if (s->bound[i].x == m)
                s->bound[i].a = a, s->bound[i].b = b;
        search(s, a, m);
        search(s, m, b);
    } else if (s->proving) {
        s->falls |= y.d.lo < 0;
        if (high && whole)
            end(s, &y);
        else if (high)
            give_up(s, &y);
    }
}

/* Cell by cell, those next to 0 first, as far as floats go, in which networks reckon. */
static void search_all(struct search *s, bool proving, double share, double budget)
{
    s->proving = proving;
    s->share = share;
    s->left = budget;
    for (int k = 0; k < 2 * s->n && (proving || s->left > 0); k++) {
        int i = s->n / 2 + (k % 2 ? k / 2 : -1 - k / 2);

        if (i >= 0 && i + 1 < s->n && s->x[i] < s->x[i + 1] &&
            fmin(fabs(s->x[i]), fabs(s->x[i + 1])) < FLT_MAX)
            search(s, s->x[i], s->x[i + 1]);
    }
    for (int b = 0; b < BOUNDS; b++)
        if (s->bound[b].a < s->bound[b].b)
            climb(s, b, s->bound[b].a, s->bound[b].b);
}

/* An infinite value needs no proof; one that only rose further out has none. */
static double result(const struct found *f)
{
    if (f->most == -INFINITY) /* it is nowhere */
        return NAN;
    if (f->most > ENDLESS)
        return INFINITY;
    return f->known && (f->limit || fabs(f->x) < 1e150) ? f->most : NAN;
}

/* A value below 0 by no more than rounding proves nothing. */
static enum fn_answer monotone(const struct search *s, const struct fn_break *at, int breaks)
{
    const double least = -s->bound[SLOPE_LEAST].most;

    if (least < -1e-8 * room(s, SLOPE_LEAST))
        return FN_NO;
    for (int i = 0; i < breaks; i++)
        if (at[i].jump && expr_side(s->e, at[i].x, s->alpha, s->beta, 1).v <
                              expr_side(s->e, at[i].x, s->alpha, s->beta, -1).v)
            return FN_NO;
    return s->falls || breaks == FN_MAX_BREAKS || isinf(least) ? FN_UNKNOWN : FN_YES;
}

/* A proof, or a counterexample where rounding is small. */
static enum fn_answer odd(const struct search *s)
{
    if (expr_is_odd(s->e))
        return FN_YES;
    for (double x = 0; x <= 10; x += 0.3) {
        double a = expr_eval(s->e, x, s->alpha, s->beta).v,
               b = expr_eval(s->e, -x, s->alpha, s->beta).v;

        if (isnan(a) != isnan(b) || fabs(a + b) > 1e-6 * (fabs(a) + fabs(b)))
            return FN_NO;
    }
    return FN_UNKNOWN;
}

static struct fn_shape find_shape(const struct expr *e, double alpha, double beta,
                                  const struct fn_break at[], int breaks)
{
    struct search s = {.e = e, .alpha = alpha, .beta = beta};
    struct fn_shape shape;
    struct dual *y;

    for (int b = 0; b < BOUNDS; b++)
        s.bound[b] = (struct found){.most = -INFINITY, .known = true};
    make_grid(&s, at, breaks);
    y = xmalloc((size_t)s.n * sizeof *y);
    for (int i = 0; i < s.n; i++)
        y[i] = look(&s, s.x[i]);
    for (int i = 0; i < 2 * breaks; i++)
        take(&s, at[i / 2].x, expr_side(e, at[i / 2].x, alpha, beta, i % 2 ? 1 : -1));
    take_limits(&s);
    for (int b = 0; b < BOUNDS; b++)
        climb_tops(&s, b, y);
    size_up(&s, y);
    search_all(&s, true, 1. / 20, BUDGET);
    search_all(&s, false, 1. / 2000, MORE);
    shape = (struct fn_shape){
        .lo = -result(&s.bound[F_LEAST]),
        .hi = result(&s.bound[F_MOST]),
        .slope_lo = -result(&s.bound[SLOPE_LEAST]),
        .slope_hi = result(&s.bound[SLOPE_MOST]),
        .odd = odd(&s),
        .monotone = monotone(&s, at, breaks),
        .smooth = breaks ? FN_NO : FN_YES,
    };
    free(y);
    free(s.x);
    return shape;
}

struct fn_shape expr_shape(const struct expr *e, double alpha, double beta)
{
    struct fn_break at[FN_MAX_BREAKS];
    int breaks = expr_breaks(e, alpha, beta, at);

    if (!e->memo->shaped)
        e->memo->shape = find_shape(e, alpha, beta, at, breaks);
    e->memo->shaped = true;
    return e->memo->shape;
}
