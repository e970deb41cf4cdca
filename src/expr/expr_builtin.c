/* expr_builtin.c - the functions that the language itself knows, each with its derivative.
 *
 * Derivatives are written so that nothing overflows or cancels that need not. Where a function has
 * two sides at a point, see expr.h for which one counts. */
#include "base/number.h"
#include "expr/expr_interval.h"

#include <math.h>

static double d_exp(double u, double v)
{
    (void)u;
    return v;
}

static double d_expm1(double u, double v)
{
    (void)v;
    return exp(u); /* v + 1 would lose the left tail */
}

static double d_log(double u, double v)
{
    (void)v;
    return number_quotient(1, u);
}

static double d_log1p(double u, double v)
{
    (void)v;
    return number_quotient(1, 1 + u);
}

static double d_log2(double u, double v)
{
    (void)v;
    return number_quotient(M_LOG2E, u);
}

static double d_log10(double u, double v)
{
    (void)v;
    return number_quotient(M_LOG10E, u);
}

static double d_sqrt(double u, double v)
{
    (void)u;
    return number_quotient(0.5, v);
}

static double d_cbrt(double u, double v)
{
    (void)u;
    return number_quotient(1, 3 * v * v);
}

static double d_sin(double u, double v)
{
    (void)v;
    return cos(u);
}

static double d_cos(double u, double v)
{
    (void)v;
    return -sin(u);
}

static double d_asin(double u, double v)
{
    (void)v;
    return number_quotient(1, sqrt((1 - u) * (1 + u)));
}

static double d_acos(double u, double v)
{
    return -d_asin(u, v);
}

static double d_atan(double u, double v)
{
    (void)v;
    return 1 / (1 + u * u);
}

static double d_sinh(double u, double v)
{
    (void)v;
    return cosh(u);
}

static double d_cosh(double u, double v)
{
    (void)v;
    return sinh(u);
}

static double d_tanh(double u, double v)
{
    double sech = 1 / cosh(u); /* 1 - v^2 cancels */

    (void)v;
    return sech * sech;
}

static double d_erf(double u, double v)
{
    (void)v;
    return M_2_SQRTPI * exp(-u * u);
}

static double d_erfc(double u, double v)
{
    return -d_erf(u, v);
}

static struct value steps(double v, struct trace *t)
{
    trace_note(t, isfinite(v) ? (uint64_t)(int64_t)fmax(-9e18, fmin(9e18, v)) : 1);
    return (struct value){v, isnan(v) ? NAN : 0, false};
}

static struct value any_floor(const struct value *a, int n, struct trace *t)
{
    (void)n;
    return steps(floor(a->v), t);
}

static struct value any_ceil(const struct value *a, int n, struct trace *t)
{
    (void)n;
    return steps(ceil(a->v), t);
}

static struct value any_round(const struct value *a, int n, struct trace *t)
{
    (void)n;
    return steps(round(a->v), t);
}

static struct value any_sign(const struct value *a, int n, struct trace *t)
{
    (void)n;
    return steps(isnan(a->v) ? a->v : (a->v > 0) - (a->v < 0), t);
}

static struct value any_abs(const struct value *a, int n, struct trace *t)
{
    struct value y = *a;

    (void)n;
    trace_note(t, side_of(a->v, 0));
    if (a->v == 0)
        return (struct value){0, isinf(a->d) ? NAN : -fabs(a->d), a->moves};
    if (a->v < 0)
        y = (struct value){-a->v, -a->d, a->moves};
    return y;
}

static struct value any_tan(const struct value *a, int n, struct trace *t)
{
    double v = tan(a->v);

    (void)n;
    trace_note(t, cos(a->v) > 0); /* its poles */
    return (struct value){v, chain(1 + v * v, *a), a->moves};
}

/* Where two are equal, the slope from the left: the least of the largest, and the other way round.
 */
static double lesser(double a, double b)
{
    return isnan(a) || isnan(b) ? NAN : fmin(a, b);
}

static double greater(double a, double b)
{
    return isnan(a) || isnan(b) ? NAN : fmax(a, b);
}

static struct value any_max(const struct value *a, int n, struct trace *t)
{
    struct value most = a[0];

    for (int i = 1; i < n; i++) {
        int side = side_of(a[i].v, most.v);

        trace_note(t, (uint64_t)side);
        if (side == 1)
            most = (struct value){most.v, lesser(most.d, a[i].d), most.moves || a[i].moves};
        else if (side == 2 || (side == 3 && isnan(a[i].v)))
            most = a[i];
    }
    return most;
}

static struct value any_min(const struct value *a, int n, struct trace *t)
{
    struct value least = a[0];

    for (int i = 1; i < n; i++) {
        int side = side_of(a[i].v, least.v);

        trace_note(t, (uint64_t)side);
        if (side == 1)
            least = (struct value){least.v, greater(least.d, a[i].d), least.moves || a[i].moves};
        else if (side == 0 || (side == 3 && isnan(a[i].v)))
            least = a[i];
    }
    return least;
}

static struct value any_clip(const struct value *a, int n, struct trace *t)
{
    int low = side_of(a[0].v, a[1].v), high = side_of(a[0].v, a[2].v);

    (void)n;
    trace_note(t, 4 * (uint64_t)low + (uint64_t)high);
    if (low == 3 || high == 3)
        return (struct value){NAN, NAN, true};
    if (high != 0 || a[1].v > a[2].v)
        return a[2];
    return low == 2 ? a[0] : a[1];
}

static struct value any_pow(const struct value *a, int n, struct trace *t)
{
    (void)n;
    return expr_power(a[0], a[1], t);
}

const struct builtin expr_builtins[] = {
    {"abs", 1, 1, .any = any_abs, .over = over_abs},
    {"acos", 1, 1, .f = acos, .df = d_acos, .from = -1, .to = 1},
    {"asin", 1, 1, .f = asin, .df = d_asin, .from = -1, .to = 1},
    {"atan", 1, 1, .f = atan, .df = d_atan},
    {"cbrt", 1, 1, .f = cbrt, .df = d_cbrt},
    {"ceil", 1, 1, .any = any_ceil, .over = over_ceil},
    {"clip", 3, 3, .any = any_clip, .over = over_clip},
    {"cos", 1, 1, .f = cos, .df = d_cos, .over = over_cos},
    {"cosh", 1, 1, .f = cosh, .df = d_cosh},
    {"erf", 1, 1, .f = erf, .df = d_erf},
    {"erfc", 1, 1, .f = erfc, .df = d_erfc},
    {"exp", 1, 1, .f = exp, .df = d_exp},
    {"expm1", 1, 1, .f = expm1, .df = d_expm1},
    {"floor", 1, 1, .any = any_floor, .over = over_floor},
    {"log", 1, 1, .f = log, .df = d_log, .from = 0, .to = INFINITY},
    {"log10", 1, 1, .f = log10, .df = d_log10, .from = 0, .to = INFINITY},
    {"log1p", 1, 1, .f = log1p, .df = d_log1p, .from = -1, .to = INFINITY},
    {"log2", 1, 1, .f = log2, .df = d_log2, .from = 0, .to = INFINITY},
    {"max", 1, EXPR_MAX_ARGS, .any = any_max, .over = over_max},
    {"min", 1, EXPR_MAX_ARGS, .any = any_min, .over = over_min},
    {"pow", 2, 2, .any = any_pow, .over = over_pow},
    {"round", 1, 1, .any = any_round, .over = over_round},
    {"sign", 1, 1, .any = any_sign, .over = over_sign},
    {"sin", 1, 1, .f = sin, .df = d_sin, .over = over_sin},
    {"sinh", 1, 1, .f = sinh, .df = d_sinh},
    {"sqrt", 1, 1, .f = sqrt, .df = d_sqrt, .from = 0, .to = INFINITY},
    {"tan", 1, 1, .any = any_tan, .over = over_tan},
    {"tanh", 1, 1, .f = tanh, .df = d_tanh},
    {.name = NULL},
};
