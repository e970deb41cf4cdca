/* expr_breaks.c - where a defined function has kinks and jumps.
 *
 * A run leaves a trace of the branches it took. Where neighbouring points took different ways,
 * bisection closes in on two neighbouring doubles; a break is where value or derivative really
 * differ between them. So max(0,x) has a kink, if(x>0,x,x) none, and elu has one unless alpha is 1.
 */
#include "base/number.h"
#include "expr/expr_code.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    FINE = 2000,  /* steps from 0 to NEAR */
    COARSE = 250, /* from NEAR to FAR, each longer than the one before */
    BUDGET =
        4000000,     /* instructions that a scan of one side may take, and half of them its steps */
    CANDIDATES = 64, /* on each side of 0 */
};

static const double NEAR = 20, FAR = 1e6;

struct scan {
    const struct expr *e;
    double alpha, beta;
    double left; /* instructions that it may still take */
};

struct span {
    double lo, hi;
};

static struct dual at(struct scan *s, double x, uint64_t *way)
{
    struct trace t = {0};
    const struct value in[3] = {{x, 1, true}, {s->alpha, 0, false}, {s->beta, 0, false}};
    struct value y = expr_run(s->e, in, &t);

    s->left -= (double)s->e->cost;
    *way = t.hash;
    return (struct dual){y.v, y.d};
}

/* The neighbours between which the way changes that led from `lo`, whose trace is `way`. */
static struct span bisect(struct scan *s, double lo, double hi, uint64_t way)
{
    for (int i = 0; i < NUMBER_HALVINGS; i++) {
        double middle = lo + (hi - lo) / 2;
        uint64_t w;

        if (middle <= fmin(lo, hi) || middle >= fmax(lo, hi))
            break;
        at(s, middle, &w);
        if (w == way)
            lo = middle;
        else
            hi = middle;
    }
    return (struct span){lo, hi};
}

/* The number of fewest digits in [lo, hi]: the 3 that was meant, not its neighbour. */
static double roundest(double lo, double hi)
{
    double middle = lo + (hi - lo) / 2;

    if (lo <= 0 && hi >= 0)
        return 0;
    for (int digits = 0; digits < 17; digits++) {
        double v;
        char text[40];

        snprintf(text, sizeof text, "%.*e", digits, middle);
        v = strtod(text, NULL);
        if (v >= lo && v <= hi)
            return v;
    }
    return middle;
}

/* True if the sides of [lo, hi] differ by more than rounding and the slope between them explain. */
static bool is_break(struct scan *s, struct span b, struct fn_break *out)
{
    double reach = 0.01 * fmax(1, fabs(b.lo)), width = b.hi - b.lo;
    double size = 0, slope = 0, explained = 0;
    uint64_t way;
    struct dual left = at(s, b.lo, &way), right = at(s, b.hi, &way);
    struct dual around[4] = {left, right, at(s, b.lo - reach, &way), at(s, b.hi + reach, &way)};
    double bend =
        fabs(left.d - at(s, b.lo - width, &way).d) + fabs(right.d - at(s, b.hi + width, &way).d);

    for (int i = 0; i < 4; i++) {
        if (isfinite(around[i].v))
            size = fmax(size, fabs(around[i].v));
        if (isfinite(around[i].d))
            slope = fmax(slope, fabs(around[i].d));
    }
    out->x = roundest(b.lo, b.hi);
    out->jump = false;
    if (isnan(left.v) || isnan(right.v))
        return false; /* the edge of where f is defined */
    if (isinf(left.v) || isinf(right.v)) {
        out->jump = left.v != right.v;
        return out->jump;
    }
    /* A difference that the slopes explain is no jump, and one of slopes that goes on at the same
     * pace on both sides no kink. At a pole they point the other way. */
    if (isfinite(left.d) && isfinite(right.d))
        explained = (left.d + right.d) / 2 * width;
    out->jump = fabs(right.v - left.v - explained) > 1e-9 * size;
    return out->jump ||
           (isfinite(left.d) && isfinite(right.d)
                ? fabs(right.d - left.d) > 1e-9 * slope + 2 * (isfinite(bend) ? bend : 0)
                : left.d != right.d && !(isnan(left.d) && isnan(right.d)));
}

/* Adds what lies between neighbouring spans to one: rounding can make a narrow no-man's-land of a
 * kink. */
static int merge(struct span *span, int n)
{
    int kept = 0;

    for (int i = 0; i < n; i++) {
        if (kept && span[i].lo - span[kept - 1].hi <= 1e-11 * fmax(1, fabs(span[i].lo)))
            span[kept - 1].hi = span[i].hi;
        else
            span[kept++] = span[i];
    }
    return kept;
}

static double grid(int i, int fine, int coarse)
{
    if (i <= fine)
        return NEAR * i / fine;
    return NEAR * pow(FAR / NEAR, (double)(i - fine) / coarse);
}

/* Changes of way from 0 outwards, `sign` saying where to; ascending by |x|. */
static int scan_side(struct scan *s, double sign, struct span out[CANDIDATES])
{
    double cost = fmax(1, (double)s->e->cost), share = fmin(1, BUDGET / cost / (FINE + COARSE) / 2);
    int fine = (int)(FINE * share), coarse = (int)(COARSE * share), n = 0;
    double from = 0;
    uint64_t way, way_to;

    s->left = BUDGET;
    at(s, 0, &way);
    for (int i = 1; i <= fine + coarse && n < CANDIDATES && s->left > 0; i++) {
        double to = sign * grid(i, fine, coarse);

        at(s, to, &way_to);
        while (way != way_to && n < CANDIDATES && s->left > 0) {
            struct span b = bisect(s, from, to, way);

            out[n++] = b;
            from = b.hi;
            at(s, from, &way);
        }
        from = to;
        way = way_to;
    }
    return n;
}

static int ascending(const void *a, const void *b)
{
    return number_ascending(&((const struct fn_break *)a)->x, &((const struct fn_break *)b)->x);
}

static int nearer(const void *a, const void *b)
{
    double u = fabs(((const struct fn_break *)a)->x), w = fabs(((const struct fn_break *)b)->x);

    return u == w ? ascending(a, b) : number_ascending(&u, &w);
}

static int search(struct scan *s, struct fn_break out[FN_MAX_BREAKS])
{
    struct span right[CANDIDATES], left[CANDIDATES], all[2 * CANDIDATES];
    struct fn_break found[2 * CANDIDATES];
    int nright = scan_side(s, 1, right), nleft = scan_side(s, -1, left), n = 0, kept = 0;

    for (int i = nleft - 1; i >= 0; i--)
        all[n++] = (struct span){left[i].hi, left[i].lo};
    for (int i = 0; i < nright; i++)
        all[n++] = right[i];
    n = merge(all, n);
    for (int i = 0; i < n; i++)
        if (is_break(s, all[i], &found[kept]))
            kept++;
    qsort(found, (size_t)kept, sizeof *found, nearer);
    if (kept > FN_MAX_BREAKS)
        kept = FN_MAX_BREAKS;
    qsort(found, (size_t)kept, sizeof *found, ascending);
    memcpy(out, found, (size_t)kept * sizeof *found);
    return kept;
}

int expr_breaks(const struct expr *e, double alpha, double beta, struct fn_break out[FN_MAX_BREAKS])
{
    struct expr_memo *memo = e->memo;

    if (!memo->valid || memo->alpha != alpha || memo->beta != beta) {
        memo->n = search(&(struct scan){e, alpha, beta, 0}, memo->found);
        memo->alpha = alpha;
        memo->beta = beta;
        memo->valid = true;
        memo->shaped = false;
    }
    memcpy(out, memo->found, (size_t)memo->n * sizeof *out);
    return memo->n;
}
