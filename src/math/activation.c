/* activation.c - what is done with a row of the table: find it, bind its parameters, evaluate it,
 * look at it from either side of a break. */
#include "math/activation.h"

#include "base/ascii.h"

#include <float.h>
#include <math.h>
#include <string.h>

/* True if the name is the n bytes at `word`, as people type names: LeakyReLU, leaky-relu and
 * leaky_relu are one. */
static bool same_name(const char *name, const char *word, size_t n)
{
    for (const char *end = word + n;; name++, word++) {
        while (*name == '_' || *name == '-')
            name++;
        while (word < end && (*word == '_' || *word == '-'))
            word++;
        if (word == end || !*name)
            return word == end && !*name;
        if (ascii_lower(*name) != ascii_lower(*word)) /* whatever the locale says of an I */
            return false;
    }
}

static bool among(const char *name, const char *names)
{
    for (size_t n; names && *names; names += n + (names[n] == ' ')) {
        n = strcspn(names, " ");
        if (same_name(name, names, n))
            return true;
    }
    return false;
}

const struct activation *activation_find(const char *name)
{
    for (int i = 0; i < activation_count; i++)
        if (among(name, activation_table[i].name) || among(name, activation_table[i].also))
            return &activation_table[i];
    return NULL;
}

struct fn fn_default(const struct activation *act)
{
    return (struct fn){act, act->alpha.fallback, act->beta.fallback};
}

/* One NaN for all: some of the formulas would hand back a negative one, printed as "-nan". */
static double one_nan(double y)
{
    return isnan(y) ? NAN : y;
}

struct dual fn_at(const struct fn *fn, double x)
{
    const struct activation *act = fn->act;
    struct dual y;

    if (act->own)
        y = act->own->at(act, x, fn->alpha, fn->beta);
    else
        y = (struct dual){act->f(x, fn->alpha, fn->beta), act->df(x, fn->alpha, fn->beta)};
    return (struct dual){one_nan(y.v), one_nan(y.d)};
}

double fn_f(const struct fn *fn, double x)
{
    return fn->act->own ? fn_at(fn, x).v : one_nan(fn->act->f(x, fn->alpha, fn->beta));
}

double fn_df(const struct fn *fn, double x)
{
    return fn->act->own ? fn_at(fn, x).d : one_nan(fn->act->df(x, fn->alpha, fn->beta));
}

double fn_cost(const struct fn *fn)
{
    const double table = 5; /* an exponential and some operations around it */

    return fn->act->own ? (double)fn->act->cost : table;
}

int fn_breaks(const struct fn *fn, struct fn_break out[FN_MAX_BREAKS])
{
    if (fn->act->own)
        return fn->act->own->breaks(fn->act, fn->alpha, fn->beta, out);
    return fn->act->breaks ? fn->act->breaks(fn->alpha, fn->beta, out) : 0;
}

/* The next double on that side; around 0 the smallest normal one, since subnormals may count as 0.
 */
static double beside(double x, int side)
{
    if (fabs(x) < DBL_MIN)
        return copysign(DBL_MIN, side);
    return nextafter(x, side < 0 ? -INFINITY : INFINITY);
}

/* v with its last 5 bits rounded away. */
static double rounder(double v)
{
    int exponent;
    double m = frexp(v, &exponent);

    return ldexp(nearbyint(ldexp(m, 48)), exponent - 48);
}

/* g beside x, taken back to x along its slope. Leftovers of rounding are cleared, so that a limit
 * of 0 or 1.5 does not read -2.5e-32 or 1.5000000000000002. */
static double limit(const struct fn *fn, double (*g)(const struct fn *, double), double x, int side,
                    double slope)
{
    double near = beside(x, side), v = g(fn, near), step = slope * (near - x), back = v - step;

    if (!isfinite(step) || step == 0)
        return v;
    if (fabs(back) <= 4 * DBL_EPSILON * fabs(v))
        return 0;
    return fabs(rounder(back) - back) <= 2 * DBL_EPSILON * fabs(back) ? rounder(back) : back;
}

double fn_f_side(const struct fn *fn, double x, int side)
{
    if (!isfinite(x))
        return fn_f(fn, x);
    if (fn->act->own)
        return fn->act->own->side(fn->act, x, fn->alpha, fn->beta, side).v;
    /* back along the tangent by the one ulp that was gone aside */
    return limit(fn, fn_f, x, side, fn_df(fn, beside(x, side)));
}

double fn_df_side(const struct fn *fn, double x, int side)
{
    double h, bend;

    if (!isfinite(x))
        return fn_df(fn, x);
    if (fn->act->own)
        return fn->act->own->side(fn->act, x, fn->alpha, fn->beta, side).d;
    h = copysign(fmax(fabs(x), 1) * 0x1p-20, side);
    bend = (fn_df(fn, x + 2 * h) - fn_df(fn, x + h)) / h;
    return limit(fn, fn_df, x, side, bend);
}

bool fn_set_parameter(struct fn *fn, const char *which, double v, struct error *e)
{
    bool beta = strcmp(which, "beta") == 0;
    const struct fn_parameter *p = beta ? &fn->act->beta : &fn->act->alpha;
    const char *name = fn->act->name[0] ? fn->act->name : "this expression";

    if (!beta && strcmp(which, "alpha") != 0)
        return misuse(e, -1, "a function has the parameters alpha and beta, not %s", which);
    if (!p->meaning) {
        const struct fn_parameter *other = beta ? &fn->act->alpha : &fn->act->beta;

        if (other->meaning)
            return misuse(e, -1, "%s has no %s, only %s (%s)", name, which, beta ? "alpha" : "beta",
                          other->meaning);
        return misuse(e, -1, "%s has no parameter", name);
    }
    if (!(v >= p->min && v <= p->max))
        return misuse(e, -1, "%s of %s must be from %g to %g, not %g", which, name, p->min, p->max,
                      v);
    if (p->nonzero && fabs(v) < 1e-9) /* also what is left of 0 after a key's steps of 0.1 */
        return misuse(e, -1, "%s of %s must not be 0: the formula divides by it", which, name);
    *(beta ? &fn->beta : &fn->alpha) = v;
    return true;
}

bool fn_same(const struct fn *a, const struct fn *b)
{
    return a->act == b->act && (!a->act->alpha.meaning || a->alpha == b->alpha) &&
           (!a->act->beta.meaning || a->beta == b->beta);
}
