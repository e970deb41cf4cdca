/* expr_eval.c - runs an expression's code on dual numbers.
 *
 * Each value carries its derivative with respect to x through every operation, so f' is as exact as
 * f. A term whose inner derivative is 0 is left out rather than multiplied: a constant adds no
 * slope even where the outer slope is infinite. */
#include "base/number.h"
#include "expr/expr_code.h"

#include <math.h>

/* The analyser cannot know that the parser has counted what is on the stack.
 * NOLINTBEGIN(clang-analyzer-core.*) */

/* pow, but the powers that people write most without its price: each is one rounding, too. */
static double power(double u, double w)
{
    return w == 2 ? u * u : w == 1 ? u : w == -1 ? number_quotient(1, u) : pow(u, w);
}

/* u^w. With a constant exponent w u^(w-1) u', which holds for negative u too; with one that varies,
 * + u^w ln(u) w'. 0^w is 1 at w = 0 and flat after it. */
struct dual expr_power(struct dual u, struct dual w, struct trace *t)
{
    struct dual y = {power(u.v, w.v), 0};

    trace_note(t, (uint64_t)side_of(u.v, 0)); /* x^-1 has a pole */
    if (u.d != 0)
        y.d = w.v == 0 ? 0 : w.v * power(u.v, w.v - 1) * u.d;
    if (w.d != 0) {
        trace_note(t, (uint64_t)side_of(w.v, 0));
        if (u.v != 0)
            y.d += y.v == 0 ? 0 : y.v * log(u.v) * w.d;
        else if (w.v < 0)
            y.d = NAN;
    }
    return y;
}

static struct dual divide(struct dual a, struct dual b, struct trace *t)
{
    double q = number_quotient(a.v, b.v);

    trace_note(t, (uint64_t)side_of(b.v, 0)); /* a pole */
    /* A denominator that overflowed has long flattened the quotient: 1/(1+exp(-x)) at -1000. */
    if (isinf(b.v) && isfinite(a.v) && isfinite(a.d))
        return (struct dual){q, 0};
    return (struct dual){q, number_quotient(a.d - chain(q, b.d), b.v)};
}

static struct dual binary(enum opcode op, struct dual a, struct dual b, struct trace *t)
{
    int side;

    switch (op) {
    case OP_ADD:
        return (struct dual){a.v + b.v, a.d + b.d};
    case OP_SUBTRACT:
        return (struct dual){a.v - b.v, a.d - b.d};
    case OP_MULTIPLY:
        return (struct dual){a.v * b.v, chain(b.v, a.d) + chain(a.v, b.d)};
    case OP_DIVIDE:
        return divide(a, b, t);
    case OP_POWER:
        return expr_power(a, b, t);
    default:
        break;
    }
    side = side_of(a.v, b.v);
    trace_note(t, (uint64_t)side);
    switch (op) {
    case OP_LESS:
        return (struct dual){side == 0, 0};
    case OP_LESS_EQUAL:
        return (struct dual){side <= 1, 0};
    case OP_GREATER:
        return (struct dual){side == 2, 0};
    case OP_GREATER_EQUAL:
        return (struct dual){side == 1 || side == 2, 0};
    case OP_EQUAL:
        return (struct dual){side == 1, 0};
    default:
        return (struct dual){side != 1, 0};
    }
}

static bool truth(struct dual a, struct trace *t)
{
    bool yes = a.v < 0 || a.v > 0; /* NaN is not true: a goal that cannot be measured is not met */

    trace_note(t, yes);
    return yes;
}

/* The parameters that a call gives, in the order in which the function has them; its defaults for
 * the others. */
static void bind(const struct activation *act, const struct dual *arg, int args, struct dual in[3])
{
    int next = 1;

    in[0] = arg[0];
    in[1] = (struct dual){act->alpha.meaning ? act->alpha.fallback : 0, 0};
    in[2] = (struct dual){act->beta.meaning ? act->beta.fallback : 0, 0};
    if (act->alpha.meaning && next < args)
        in[1] = arg[next++];
    if (act->beta.meaning && next < args)
        in[2] = arg[next];
}

static struct dual activate(const struct instruction *c, const struct dual *arg, struct trace *t)
{
    struct dual in[3], y;

    bind(c->act, arg, c->args, in);
    if (c->act->expr)
        return expr_run(c->act->expr, in, t);
    if (t && c->act->breaks) {
        struct fn_break at[FN_MAX_BREAKS];
        int n = c->act->breaks(in[1].v, in[2].v, at);

        for (int i = 0; i < n; i++)
            trace_note(t, (uint64_t)side_of(in[0].v, at[i].x));
    }
    y.v = c->act->f(in[0].v, in[1].v, in[2].v);
    y.d = in[0].d == 0 ? 0 : c->act->df(in[0].v, in[1].v, in[2].v) * in[0].d;
    if (in[1].d != 0)
        y.d += c->act->by_alpha(in[0].v, in[1].v, in[2].v) * in[1].d;
    if (in[2].d != 0)
        y.d += c->act->by_beta(in[0].v, in[1].v, in[2].v) * in[2].d;
    return y;
}

static struct dual call_builtin(const struct instruction *c, const struct dual *arg,
                                struct trace *t)
{
    const struct builtin *b = c->builtin;
    struct dual y;

    if (b->dual)
        return b->dual(arg, c->args, t);
    y.v = b->f(arg->v);
    y.d = arg->d == 0 ? 0 : b->df(arg->v, y.v) * arg->d;
    return y;
}

static double symbol(const struct expr *e, const struct instruction *c, const struct dual *arg)
{
    double args[EXPR_MAX_ARGS];

    for (int i = 0; i < c->args; i++)
        args[i] = arg[i].v;
    return e->value(e->context, c->target, c->args ? args : NULL);
}

/* The parser has counted: the stack never holds more than EXPR_STACK values, and jumps go forward
 * only. */
struct dual expr_run(const struct expr *e, const struct dual in[3], struct trace *t)
{
    struct dual stack[EXPR_STACK], *top = stack; /* top: one past the last value */

    for (size_t pc = 0; pc < e->size; pc++) {
        const struct instruction *c = &e->code[pc];

        switch (c->op) {
        case OP_NUMBER:
            *top++ = (struct dual){c->number, 0};
            break;
        case OP_X:
        case OP_ALPHA:
        case OP_BETA:
            *top++ = in[c->op - OP_X];
            break;
        case OP_SYMBOL:
            top -= c->args;
            top->v = symbol(e, c, top);
            top->d = 0;
            top++;
            break;
        case OP_NEGATE:
            top[-1] = (struct dual){-top[-1].v, -top[-1].d};
            break;
        case OP_NOT:
            top[-1] = (struct dual){!truth(top[-1], t), 0};
            break;
        case OP_TRUTH:
            top[-1] = (struct dual){truth(top[-1], t), 0};
            break;
        case OP_JUMP:
            pc = (size_t)c->target - 1;
            break;
        case OP_JUMP_IF_FALSE:
            if (!truth(*--top, t))
                pc = (size_t)c->target - 1;
            break;
        case OP_AND:
        case OP_OR:
            if (truth(top[-1], t) == (c->op == OP_OR)) {
                top[-1] = (struct dual){c->op == OP_OR, 0};
                pc = (size_t)c->target - 1;
            } else {
                top--;
            }
            break;
        case OP_BUILTIN:
            top -= c->args;
            *top = call_builtin(c, top, t);
            top++;
            break;
        case OP_ACTIVATION:
            top -= c->args;
            *top = activate(c, top, t);
            top++;
            break;
        default:
            top--;
            top[-1] = binary(c->op, top[-1], *top, t);
            break;
        }
    }
    return top[-1];
}

struct dual expr_eval(const struct expr *e, double x, double alpha, double beta)
{
    return expr_run(e, (const struct dual[3]){{x, 1}, {alpha, 0}, {beta, 0}}, NULL);
}

/* A step away, further than the rounding of what decides the branch, and back along the tangent. */
struct dual expr_side(const struct expr *e, double x, double alpha, double beta, int side)
{
    double h = 1e-12 * fmax(1, fabs(x));
    struct dual y = expr_eval(e, side < 0 ? x - h : x + h, alpha, beta);

    if (isfinite(y.d))
        y.v -= side < 0 ? -h * y.d : h * y.d;
    return y;
}

/* NOLINTEND(clang-analyzer-core.*) */
