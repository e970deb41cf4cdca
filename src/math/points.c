/* points.c - scan, bracket, halve.
 *
 * The interval is cut at the breaks, each piece sampled, and every change of sign of f or f' halved
 * until the bracket is two neighbouring doubles. An inflection is an extreme of f', where comparing
 * values would give half the digits only: it is a root of f'', taken from f' by a difference of
 * sixth order. Two guards keep rounding from being read as mathematics: an extreme must stand out
 * from its neighbours by more than a few ulp, and a root of f must be near 0 (1/x changes its sign
 * at 0 too). */
#include "math/points.h"

#include "base/number.h"
#include "base/xalloc.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { EVEN = 2000, NARROW = 1000 }; /* samples: evenly over the interval, and closer towards 0 */

/* Looks at the function that one place takes: found by halving, by differences. */
enum { ROOT_LOOKS = 70, INFLECTION_LOOKS = 13 * 60 * 6 };
/* Operations that sampling and making places exact may take, each: below a second. Of what is dear
 * or turns in every sample the first places are exact, and the others are not told. */
static const double WORK = 3e7;

/* The curve that has the points: f, or f - g. */
struct shape {
    const struct fn *f, *g; /* g: NULL for f alone */
    double cost;            /* operations of one look */
};

/* a - b, or 0 where that is no more than what the two were rounded by. */
static double difference(double a, double b)
{
    return fabs(a - b) <= 16 * DBL_EPSILON * (fabs(a) + fabs(b)) ? 0 : a - b;
}

static double height(const struct shape *s, double x)
{
    return s->g ? difference(fn_f(s->f, x), fn_f(s->g, x)) : fn_f(s->f, x);
}

static double slope(const struct shape *s, double x)
{
    return s->g ? difference(fn_df(s->f, x), fn_df(s->g, x)) : fn_df(s->f, x);
}

static double slope_side(const struct shape *s, double x, int side)
{
    return s->g ? difference(fn_df_side(s->f, x, side), fn_df_side(s->g, x, side))
                : fn_df_side(s->f, x, side);
}

struct sample {
    double x, f, df;
};

struct list {
    struct fn_point *point;
    size_t n, cap;
    double left; /* operations that may still be spent on places */
};

static bool can_afford(struct list *list, const struct shape *fn, int looks)
{
    list->left -= looks * fn->cost;
    return list->left >= 0;
}

static void add(struct list *list, double x, unsigned kinds)
{
    list->point = xgrow(list->point, &list->cap, list->n + 1, sizeof *list->point);
    list->point[list->n++] = (struct fn_point){x, kinds};
}

/* Where g changes its sign between a and b: 0 of g itself, or the end of the last bracket with the
 * smaller |g|. */
static double root(const struct shape *fn, double (*g)(const struct shape *, double), double a,
                   double b)
{
    double at_a = g(fn, a), at_b = g(fn, b);

    if (a < 0 && b > 0 && g(fn, 0) == 0) /* or the search would end where g underflows */
        return 0;
    for (int i = 0; i < NUMBER_HALVINGS; i++) {
        double m = a / 2 + b / 2, at_m = g(fn, m);

        if (m == a || m == b)
            break;
        if (at_m == 0)
            return m;
        if (signbit(at_m) == signbit(at_a))
            a = m, at_a = at_m;
        else
            b = m, at_b = at_m;
    }
    return fabs(at_a) <= fabs(at_b) ? a : b;
}

/* f''(x) from f' at six points around: error of order h^6. */
static double bend(const struct shape *fn, double x, double h)
{
    return (45 * (slope(fn, x + h) - slope(fn, x - h)) -
            9 * (slope(fn, x + 2 * h) - slope(fn, x - 2 * h)) +
            (slope(fn, x + 3 * h) - slope(fn, x - 3 * h))) /
           (60 * h);
}

static double bend_root(const struct shape *fn, double a, double b, double h)
{
    bool rising = bend(fn, a, h) < 0;

    for (int i = 0; i < 60; i++) {
        double m = a / 2 + b / 2;

        if (m == a || m == b)
            break;
        if ((bend(fn, m, h) < 0) == rising)
            a = m;
        else
            b = m;
    }
    return a / 2 + b / 2;
}

/* The inflection between a and b, inside a smooth piece from `left` to `right`; a place between
 * them where there is no room for differences. The step is halved as long as the answer moves less
 * each time: then rounding takes over. */
static double inflection(const struct shape *fn, double a, double b, double left, double right)
{
    double h = fmin((b - a) / 4, fmin(a - left, right - b) / 3.01);
    double x = h > 0 ? bend_root(fn, a, b, h) : a / 2 + b / 2, moved = INFINITY, grain;

    for (int i = 0; i < 12 && h > 0; i++) {
        double y = bend_root(fn, a, b, h /= 2);

        if (fabs(y - x) >= moved)
            break;
        moved = fabs(y - x);
        x = y;
    }
    /* a value that is round to within its own error was meant to be round: 0 and not 3e-14 */
    grain = rint(x * 1e6) / 1e6;
    return fabs(x - grain) < 1e-10 ? grain : x;
}

/* `size`: how large the numbers were that these came from. */
static bool stands_out(double middle, double a, double b, double size)
{
    double noise = 64 * DBL_EPSILON * fmax(size, fmax(fabs(middle), fmax(fabs(a), fabs(b))));

    return fabs(middle - a) > noise && fabs(middle - b) > noise;
}

/* An extreme of f between two samples, where f' goes from one sign to the other. */
static void add_extreme(struct list *list, const struct shape *fn, const struct sample *a,
                        const struct sample *b)
{
    double scale = fmax(fabs(a->f), fabs(b->f)), x, y;
    unsigned kinds = a->df < 0 ? FN_MINIMUM : FN_MAXIMUM;

    if (!can_afford(list, fn, ROOT_LOOKS))
        return;
    x = root(fn, slope, a->x, b->x);
    y = height(fn, x);
    if (!isfinite(y) || !stands_out(y, a->f, b->f, fn->g ? fabs(fn_f(fn->f, x)) : 0) ||
        fabs(y) > 1e6 * scale + 1) /* 1/x^2 has no maximum */
        return;
    if (fabs(y) < 1e-9 * scale) /* touches 0 */
        kinds |= FN_ZERO;
    add(list, x, kinds);
}

static void add_zero(struct list *list, const struct shape *fn, const struct sample *a,
                     const struct sample *b)
{
    double x;

    if (!can_afford(list, fn, ROOT_LOOKS))
        return;
    x = root(fn, height, a->x, b->x);
    if (fabs(height(fn, x)) < 1e-6 * fmax(fabs(a->f), fabs(b->f)))
        add(list, x, FN_ZERO);
}

/* Zeros and extremes of f: samples of value 0 count when they stand alone, so that a flat stretch
 * has none. */
static void scan_signs(struct list *list, const struct shape *fn, const struct sample *s, int n,
                       bool of_slope)
{
    int last = -1; /* the last sample with a sign */

    for (int i = 0; i < n; i++) {
        double v = of_slope ? s[i].df : s[i].f, before;

        if (!isfinite(v)) {
            last = -1;
            continue;
        }
        if (v == 0)
            continue;
        if (last >= 0 && i - last <= 2) {
            before = of_slope ? s[last].df : s[last].f;
            if (signbit(before) != signbit(v)) {
                if (of_slope)
                    add_extreme(list, fn, &s[last], &s[i]);
                else
                    add_zero(list, fn, &s[last], &s[i]);
            } else if (!of_slope && i - last == 2) {
                add(list, s[i - 1].x, FN_ZERO); /* touches */
            }
        }
        last = i;
    }
}

/* Extremes of f' among the samples: one that is above or below both neighbours, or two equal ones
 * that are. */
static void scan_inflections(struct list *list, const struct shape *fn, const struct sample *s,
                             int n)
{
    for (int i = 1; i + 1 < n; i++) {
        int j = s[i + 1].df == s[i].df && i + 2 < n ? i + 1 : i;
        double left = s[i - 1].df, middle = s[i].df, right = s[j + 1].df;
        bool top = left < middle && middle > right, bottom = left > middle && middle < right;

        if ((top || bottom) && isfinite(left) && isfinite(right) &&
            stands_out(middle, left, right, fn->g ? fabs(fn_df(fn->f, s[i].x)) : 0) &&
            can_afford(list, fn, INFLECTION_LOOKS))
            add(list, inflection(fn, s[i - 1].x, s[j + 1].x, s[0].x, s[n - 1].x),
                top ? FN_SLOPE_MAXIMUM : FN_SLOPE_MINIMUM);
        i = j;
    }
}

static struct sample look(const struct shape *s, double x)
{
    const struct dual f = fn_at(s->f, x);

    if (!s->g)
        return (struct sample){x, f.v, f.d};

    const struct dual g = fn_at(s->g, x);

    return (struct sample){x, difference(f.v, g.v), difference(f.d, g.d)};
}

/* Samples of a piece without breaks, its ends left out by an ulp. Returns how many. */
static int take_samples(const struct shape *fn, double a, double b, const double *grid, int n,
                        struct sample *s)
{
    int k = 0;

    a = nextafter(a, INFINITY);
    b = nextafter(b, -INFINITY);
    for (int i = -1; i <= n; i++) {
        double x = i < 0 ? a : i == n ? b : grid[i];

        if (x < a || x > b || (k > 0 && x <= s[k - 1].x))
            continue;
        s[k++] = look(fn, x);
    }
    return k;
}

/* A break may be a zero or an extreme as well. */
static void add_break(struct list *list, const struct shape *fn, const struct fn_break *at)
{
    double left = slope_side(fn, at->x, -1), right = slope_side(fn, at->x, 1);
    unsigned kinds = at->jump ? FN_JUMP : FN_KINK;

    if (!at->jump) {
        if (height(fn, at->x) == 0 && left != 0 && right != 0)
            kinds |= FN_ZERO;
        if (left < 0 && right > 0)
            kinds |= FN_MINIMUM;
        if (left > 0 && right < 0)
            kinds |= FN_MAXIMUM;
    }
    add(list, at->x, kinds);
}

static int by_x(const void *a, const void *b)
{
    return number_ascending(&((const struct fn_point *)a)->x, &((const struct fn_point *)b)->x);
}

/* Brings together what is one point found twice; an inflection's x is the less exact. */
static void merge(struct list *list)
{
    const unsigned vague = FN_SLOPE_MINIMUM | FN_SLOPE_MAXIMUM;
    size_t k = 0;

    if (list->n)
        qsort(list->point, list->n, sizeof *list->point, by_x);
    for (size_t i = 0; i < list->n; i++) {
        struct fn_point *p = &list->point[i], *before = k ? &list->point[k - 1] : NULL;

        if (!before || p->x - before->x > 1e-9 * fmax(1, fabs(p->x))) {
            list->point[k++] = *p;
            continue;
        }
        if (!(before->kinds & ~vague))
            before->x = p->x;
        before->kinds |= p->kinds;
    }
    list->n = k;
}

/* In ascending order, one at a place; at most 2 * FN_MAX_BREAKS. */
static int shape_breaks(const struct shape *s, struct fn_break out[2 * FN_MAX_BREAKS])
{
    struct fn_break at[FN_MAX_BREAKS];
    int n = fn_breaks(s->f, out), more = s->g ? fn_breaks(s->g, at) : 0;

    for (int i = 0; i < more; i++) {
        int k = n;

        while (k > 0 && out[k - 1].x > at[i].x)
            k--;
        if (k > 0 && out[k - 1].x == at[i].x) {
            out[k - 1].jump = out[k - 1].jump || at[i].jump;
            continue;
        }
        memmove(&out[k + 1], &out[k], (size_t)(n++ - k) * sizeof *out);
        out[k] = at[i];
    }
    return n;
}

/* The x to look at from a to b, ascending; to be freed. Of all that there may be only a share, from
 * 0 to 1. *n: how many. */
static double *make_grid(double a, double b, double share, int *n)
{
    const int even = (int)fmax(1, EVEN * share), narrow = (int)fmax(1, NARROW * share);
    double *grid = xmalloc((EVEN + NARROW + 2) * sizeof *grid);

    *n = 0;
    for (int i = 0; i <= even; i++)
        grid[(*n)++] = a + (b - a) * i / even;
    for (int i = 0; i <= narrow && b - a > 20; i++)
        grid[(*n)++] = sinh(asinh(a) + (asinh(b) - asinh(a)) * i / narrow);
    qsort(grid, (size_t)*n, sizeof *grid, number_ascending);
    return grid;
}

/* Everything between a and b, as it is found. */
static void scan(struct list *list, const struct shape *fn, double a, double b)
{
    struct fn_break at[2 * FN_MAX_BREAKS];
    int breaks = shape_breaks(fn, at), n;
    double *grid = make_grid(a, b, fmin(1, WORK / fn->cost / (2 * (EVEN + NARROW))), &n);
    struct sample *s = xmalloc(((size_t)n + 2) * sizeof *s);

    for (int i = 0; i <= breaks; i++) {
        double left = i ? fmax(at[i - 1].x, a) : a, right = i < breaks ? fmin(at[i].x, b) : b;

        if (left < right) {
            int k = take_samples(fn, left, right, grid, n, s);

            scan_signs(list, fn, s, k, false);
            scan_signs(list, fn, s, k, true);
            scan_inflections(list, fn, s, k);
        }
        if (i < breaks)
            add_break(list, fn, &at[i]);
    }
    free(grid);
    free(s);
}

static int shape_points(const struct shape *fn, double x0, double x1, struct fn_point out[],
                        int max)
{
    const double lo = fmin(x0, x1), hi = fmax(x0, x1);
    struct list list = {.left = WORK};
    double pad;
    int found = 0;

    if (!isfinite(x1 - x0))
        return 0;
    /* A little beyond the ends, so that what lies on them has two sides, and never a window too
     * narrow for f to change in it by more than its rounding. */
    pad = fmax((1 - (hi - lo)) / 2, (hi - lo) / 100);
    scan(&list, fn, lo - pad, hi + pad);
    merge(&list);
    for (size_t i = 0; i < list.n && found < max; i++)
        if (list.point[i].x >= lo && list.point[i].x <= hi)
            out[found++] = list.point[i];
    free(list.point);
    return found;
}

int fn_points(const struct fn *fn, double x0, double x1, struct fn_point out[], int max)
{
    return shape_points(&(struct shape){fn, NULL, fn_cost(fn)}, x0, x1, out, max);
}

int fn_difference_points(const struct fn *f, const struct fn *g, double x0, double x1,
                         struct fn_point out[], int max)
{
    return shape_points(&(struct shape){f, g, fn_cost(f) + fn_cost(g)}, x0, x1, out, max);
}

const char *fn_point_text(unsigned kinds, char *buf, size_t n)
{
    static const struct {
        unsigned kind;
        const char *text;
    } words[] = {
        {FN_JUMP, "jump"},
        {FN_KINK, "kink"},
        {FN_ZERO, "zero"},
        {FN_MINIMUM, "minimum"},
        {FN_MAXIMUM, "maximum"},
        {FN_SLOPE_MAXIMUM, "largest slope"},
        {FN_SLOPE_MINIMUM, "least slope"},
    };
    size_t used = 0;

    if (n)
        *buf = '\0';
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const size_t comma = used ? 2 : 0, length = strlen(words[i].text);

        if (!(kinds & words[i].kind) || used + comma + length >= n)
            continue;
        memcpy(buf + used, ", ", comma);
        memcpy(buf + used + comma, words[i].text, length + 1);
        used += comma + length;
    }
    return buf;
}
