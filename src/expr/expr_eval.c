/* expr_eval.c - runs an expression's code on dual numbers.
 *
 * Each value carries its derivative with respect to x through every operation, so f' is as exact as
 * f; where a rule meets 0 times infinity, it is what the limit is, or NaN. */
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

/* A factor times the slope of the other: where that is 0, what is infinite has not yet arrived, as
 * x in x*sigmoid(x). */
static double product(double v, double d)
{
    return d == 0 ? 0 : v * d;
}

/* u^w. By u: w u^(w-1) u', which holds for negative u too; by w: u^w ln(u) w', 0 where u^w has
 * fallen to 0. Near a pole, as of x^-1 at 0, and where 0^0 moves, there is no slope. */
struct value expr_power(struct value u, struct value w, struct trace *t)
{
    struct value y = {power(u.v, w.v), 0, u.moves || w.moves};

    trace_note(t, (uint64_t)side_of(u.v, 0)); /* x^-1 has a pole */
    if (w.moves)
        trace_note(t, (uint64_t)side_of(w.v, 0));
    if (isinf(y.v) && w.v < 0 && y.moves)
        y.d = NAN;
    else if (u.moves && w.v != 0)
        y.d = chain(w.v * power(u.v, w.v - 1), u);
    if (w.moves && u.v == 0 && w.v <= 0)
        y.d = NAN;
    else if (w.moves && y.v != 0)
        y.d += chain(y.v * log(u.v), w);
    return y;
}

/* At a pole, and so near to one that the quotient is infinite, there is no slope. An infinite
 * denominator has long flattened the quotient: 1/(1+exp(-x)) at -1000. */
static struct value divide(struct value a, struct value b, struct trace *t)
{
    struct value q = {number_quotient(a.v, b.v), 0, a.moves || b.moves};

    trace_note(t, (uint64_t)side_of(b.v, 0));
    if (!q.moves || (isinf(b.v) && !isnan(b.d) && isfinite(a.v) && isfinite(a.d)))
        return q;
    q.d = isinf(q.v) && isfinite(a.v) ? NAN : number_quotient(a.d - product(q.v, b.d), b.v);
    return q;
}

static struct value binary(enum opcode op, struct value a, struct value b, struct trace *t)
{
    bool moves = a.moves || b.moves;
    int side;

    switch (op) {
    case OP_ADD:
        return (struct value){a.v + b.v, a.d + b.d, moves};
    case OP_SUBTRACT:
        return (struct value){a.v - b.v, a.d - b.d, moves};
    case OP_MULTIPLY:
        return (struct value){a.v * b.v, product(b.v, a.d) + product(a.v, b.d), moves};
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
        return (struct value){side == 0, 0, false};
    case OP_LESS_EQUAL:
        return (struct value){side <= 1, 0, false};
    case OP_GREATER:
        return (struct value){side == 2, 0, false};
    case OP_GREATER_EQUAL:
        return (struct value){side == 1 || side == 2, 0, false};
    case OP_EQUAL:
        return (struct value){side == 1, 0, false};
    default:
        return (struct value){side != 1, 0, false};
    }
}

static bool truth(struct value a, struct trace *t)
{
    bool yes = a.v < 0 || a.v > 0; /* NaN is not true: a goal that cannot be measured is not met */

    trace_note(t, yes);
    return yes;
}

/* The parameters that a call gives, in the order in which the function has them; its defaults for
 * the others. */
static void bind(const struct activation *act, const struct value *arg, int args,
                 struct value in[3])
{
    int next = 1;

    in[0] = arg[0];
    in[1] = (struct value){act->alpha.meaning ? act->alpha.fallback : 0, 0, false};
    in[2] = (struct value){act->beta.meaning ? act->beta.fallback : 0, 0, false};
    if (act->alpha.meaning && next < args)
        in[1] = arg[next++];
    if (act->beta.meaning && next < args)
        in[2] = arg[next];
}

static struct value activate(const struct instruction *c, const struct value *arg, struct trace *t)
{
    const struct activation *act = c->act;
    struct value in[3], y = {0};
    double x, alpha, beta;

    bind(act, arg, c->args, in);
    if (act->expr)
        return expr_run(act->expr, in, t);
    x = in[0].v, alpha = in[1].v, beta = in[2].v;
    if (t && act->breaks) {
        struct fn_break at[FN_MAX_BREAKS];
        int n = act->breaks(alpha, beta, at);

        for (int i = 0; i < n; i++)
            trace_note(t, (uint64_t)side_of(x, at[i].x));
    }
    y.v = act->f(x, alpha, beta);
    if (in[0].moves)
        y.d += chain(act->df(x, alpha, beta), in[0]);
    if (in[1].moves)
        y.d += chain(act->by_alpha(x, alpha, beta), in[1]);
    if (in[2].moves)
        y.d += chain(act->by_beta(x, alpha, beta), in[2]);
    y.moves = in[0].moves || in[1].moves || in[2].moves;
    return y;
}

static struct value call_builtin(const struct instruction *c, const struct value *arg,
                                 struct trace *t)
{
    const struct builtin *b = c->builtin;
    struct value y = {0, 0, arg->moves};

    if (b->any)
        return b->any(arg, c->args, t);
    y.v = b->f(arg->v);
    if (!isfinite(y.v) && isfinite(arg->v) && !(y.v > 0)) /* log(0), log(-1) */
        y.d = NAN;
    else if (arg->moves)
        y.d = chain(b->df(arg->v, y.v), *arg);
    return y;
}

static double symbol(const struct expr *e, const struct instruction *c, const struct value *arg)
{
    double args[EXPR_MAX_ARGS];

    for (int i = 0; i < c->args; i++)
        args[i] = arg[i].v;
    return e->value(e->context, c->target, c->args ? args : NULL);
}

/* The parser has counted: the stack never holds more than EXPR_STACK values, and jumps go forward
 * only. */
struct value expr_run(const struct expr *e, const struct value in[3], struct trace *t)
{
    struct value stack[EXPR_STACK], *top = stack; /* top: one past the last value */

    for (size_t pc = 0; pc < e->size; pc++) {
        const struct instruction *c = &e->code[pc];

        switch (c->op) {
        case OP_NUMBER:
            *top++ = (struct value){c->number, 0, false};
            break;
        case OP_X:
        case OP_ALPHA:
        case OP_BETA:
            *top++ = in[c->op - OP_X];
            break;
        case OP_SYMBOL:
            top -= c->args;
            *top = (struct value){symbol(e, c, top), 0, false};
            top++;
            break;
        case OP_NEGATE:
            top[-1] = (struct value){-top[-1].v, -top[-1].d, top[-1].moves};
            break;
        case OP_NOT:
            top[-1] = (struct value){!truth(top[-1], t), 0, false};
            break;
        case OP_TRUTH:
            top[-1] = (struct value){truth(top[-1], t), 0, false};
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
                top[-1] = (struct value){c->op == OP_OR, 0, false};
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
    if (isnan(top[-1].v)) /* where f is not, its slope is not either */
        top[-1].d = NAN;
    return top[-1];
}

struct dual expr_eval(const struct expr *e, double x, double alpha, double beta)
{
    const struct value in[3] = {{x, 1, true}, {alpha, 0, false}, {beta, 0, false}};
    struct value y = expr_run(e, in, NULL);

    return (struct dual){y.v, y.d};
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
