/* expr_over.c - runs an expression's code on intervals, as expr_eval.c does on numbers. Where a
 * condition is not decided both branches are run. */
#include "expr/expr_interval.h"
#include "math/facts.h"

#include <math.h>

/* --- functions of the table ------------------------------------------------------------------- */

/* f and f' at a point of the interval, from within it. */
static void at_point(const struct fn *fn, double x, struct span u, struct span *v, struct span *g)
{
    for (int side = -1; side <= 1; side += 2)
        if (side < 0 ? x > u.lo : x < u.hi) {
            *v = span_with(*v, fn_f_side(fn, x, side));
            *g = span_with(*g, fn_df_side(fn, x, side));
        }
}

/* Between its ends, its turns and its breaks f rises or falls all the way, and so does f'; one that
 * turns for ever has no value at infinity, and is taken whole beyond the turns that it names. */
static struct interval of_table(const struct activation *act, const struct interval in[3])
{
    const struct fn fn = {act, in[1].v.lo, in[2].v.lo};
    const struct span u = in[0].v;
    struct span v = span_none, g = span_none;
    struct fn_break at[FN_MAX_BREAKS];
    double turn[FN_MAX_TURNS];
    int breaks = fn_breaks(&fn, at), turns = 0;

    if (isnan(u.lo))
        return in[0];
    if (in[1].v.lo != in[1].v.hi || in[2].v.lo != in[2].v.hi || in[1].moves || in[2].moves)
        return interval_unknown();
    if (act->turns)
        turns = act->turns(fn.alpha, fn.beta, turn);
    if (turns && isnan(fn_f(&fn, INFINITY)) && !(fmax(fabs(u.lo), fabs(u.hi)) <= fabs(turn[0]))) {
        struct fn_shape s = fn_shape(&fn);

        return interval_outer((struct span){s.lo, s.hi}, (struct span){s.slope_lo, s.slope_hi},
                              &in[0]);
    }
    v = span_with(span_with(v, fn_f(&fn, u.lo)), fn_f(&fn, u.hi));
    g = span_with(span_with(g, fn_df(&fn, u.lo)), fn_df(&fn, u.hi));
    for (int i = 0; i < turns; i++)
        if (span_contains(u, turn[i])) {
            v = span_with(v, fn_f(&fn, turn[i]));
            g = span_with(g, fn_df(&fn, turn[i]));
        }
    for (int i = 0; i < breaks; i++)
        if (span_contains(u, at[i].x))
            at_point(&fn, at[i].x, u, &v, &g);
    return interval_outer(v, g, &in[0]);
}

/* --- running the code ------------------------------------------------------------------------- */

struct machine {
    const struct expr *e;
    struct interval in[3], stack[EXPR_STACK], *top; /* top: one past the last */
};

/* FN_YES if it is true, FN_UNKNOWN where that depends on x. */
static enum fn_answer truth(const struct interval *a)
{
    if (isnan(a->v.lo) || (a->v.lo == 0 && a->v.hi == 0))
        return FN_NO;
    return span_contains(a->v, 0) || a->holes ? FN_UNKNOWN : FN_YES;
}

static struct interval answer(enum fn_answer a)
{
    return a == FN_UNKNOWN ? (struct interval){.v = {0, 1}} : interval_of(a == FN_YES);
}

static struct interval either(const struct interval *a, const struct interval *b)
{
    struct interval y = interval_joint(a, b);

    y.v = span_hull(a->v, b->v);
    y.d = span_hull(a->d, b->d);
    return y;
}

static enum fn_answer compare(enum opcode op, const struct interval *a, const struct interval *b)
{
    const bool one = a->v.lo == a->v.hi && b->v.lo == b->v.hi;
    const bool below = a->v.hi<b->v.lo, above = a->v.lo> b->v.hi;

    if (a->holes || b->holes || !(below || above || one))
        return FN_UNKNOWN;
    switch (op) {
    case OP_LESS:
        return below;
    case OP_LESS_EQUAL:
        return !above;
    case OP_GREATER:
        return above;
    case OP_GREATER_EQUAL:
        return !below;
    case OP_EQUAL:
        return !below && !above;
    default:
        return below || above;
    }
}

static struct interval over(const struct expr *e, const struct interval in[3]);

static struct interval call(const struct instruction *c, const struct interval *arg)
{
    const struct activation *act = c->act;
    struct interval in[3] = {arg[0], interval_of(act->alpha.fallback),
                             interval_of(act->beta.fallback)};
    int next = 1;

    if (act->alpha.meaning && next < c->args)
        in[1] = arg[next++];
    if (act->beta.meaning && next < c->args)
        in[2] = arg[next];
    return act->expr ? over(act->expr, in) : of_table(act, in);
}

static void run(struct machine *m, size_t from, size_t to);

/* Runs [from, to) and takes the value off that it leaves. */
static struct interval part(struct machine *m, size_t from, size_t to)
{
    run(m, from, to);
    return *--m->top;
}

/* if(c, a, b) from its jump on: the code of a, a jump, the code of b. Returns where it ends. */
static size_t choice(struct machine *m, size_t at)
{
    size_t other = (size_t)m->e->code[at].target, end = (size_t)m->e->code[other - 1].target;
    enum fn_answer c = truth(--m->top);
    struct interval y;

    if (c == FN_NO) {
        y = part(m, other, end);
    } else {
        y = part(m, at + 1, other - 1);
        if (c == FN_UNKNOWN) {
            struct interval b = part(m, other, end);

            y = either(&y, &b);
        }
    }
    *m->top++ = y;
    return end;
}

/* `and`, `or` from their jump on: the code of the right side. */
static size_t both(struct machine *m, size_t at)
{
    const enum fn_answer settles = m->e->code[at].op == OP_OR ? FN_YES : FN_NO;
    const enum fn_answer left = truth(--m->top);
    size_t end = (size_t)m->e->code[at].target;
    struct interval settled = answer(settles), y = settled;

    if (left != settles) {
        y = part(m, at + 1, end);
        if (left == FN_UNKNOWN)
            y = either(&y, &settled);
    }
    *m->top++ = y;
    return end;
}

static void run(struct machine *m, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        const struct instruction *c = &m->e->code[i];
        enum fn_answer yes;

        switch (c->op) {
        case OP_NUMBER:
            *m->top++ = interval_of(c->number);
            break;
        case OP_X:
        case OP_ALPHA:
        case OP_BETA:
            *m->top++ = m->in[c->op - OP_X];
            break;
        case OP_SYMBOL: /* of the lab; a definition has none */
            m->top -= c->args;
            *m->top++ = interval_unknown();
            break;
        case OP_NEGATE:
            m->top[-1] = interval_negated(&m->top[-1]);
            break;
        case OP_NOT:
        case OP_TRUTH:
            yes = truth(&m->top[-1]);
            m->top[-1] = answer(yes == FN_UNKNOWN ? yes : (c->op == OP_TRUTH) == (yes == FN_YES));
            break;
        case OP_JUMP_IF_FALSE:
            i = choice(m, i) - 1;
            break;
        case OP_AND:
        case OP_OR:
            i = both(m, i) - 1;
            break;
        case OP_BUILTIN:
            m->top -= c->args;
            *m->top = c->builtin->over ? c->builtin->over(m->top, c->args)
                                       : interval_builtin(c->builtin, m->top);
            m->top++;
            break;
        case OP_ACTIVATION:
            m->top -= c->args;
            *m->top = call(c, m->top);
            m->top++;
            break;
        default:
            m->top--;
            m->top[-1] = c->op >= OP_LESS ? answer(compare(c->op, &m->top[-1], m->top))
                                          : interval_arithmetic(c->op, &m->top[-1], m->top);
        }
    }
}

static struct interval over(const struct expr *e, const struct interval in[3])
{
    struct machine m = {.e = e, .in = {in[0], in[1], in[2]}};

    m.top = m.stack;
    return part(&m, 0, e->size);
}

struct interval expr_over(const struct expr *e, double lo, double hi, double alpha, double beta)
{
    const struct interval x = {.v = {lo, hi}, .d = {1, 1}, .moves = true};

    return over(e, (const struct interval[3]){x, interval_of(alpha), interval_of(beta)});
}
