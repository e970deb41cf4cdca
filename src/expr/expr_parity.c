/* expr_parity.c - which functions are even, and which odd, by how they are made: x is odd, a number
 * even, x times an odd function even, tanh of an odd function odd ... What follows from no rule is
 * neither, so that an answer is a proof. */
#include "expr/expr_shape.h"
#include "math/facts.h"

#include <math.h>
#include <string.h>

enum { EVEN = 1, ODD = 2 }; /* or'ed: 0 is both */

struct machine {
    const struct expr *e;
    int x; /* of the argument */
    int stack[EXPR_STACK], *top;
};

/* Of a product and of a quotient. */
static int times(int a, int b)
{
    return ((a & b) ? EVEN : 0) |
           (((a & EVEN) && (b & ODD)) || ((a & ODD) && (b & EVEN)) ? ODD : 0);
}

/* True if the value of instruction `at` is that of the number just before it, and not the last
 * number of an if(). */
static bool is_number(const struct expr *e, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (e->code[i].op == OP_JUMP && e->code[i].target == (int)at)
            return false;
    return e->code[at - 1].op == OP_NUMBER;
}

/* u^w, at an instruction of the code. */
static int power(const struct expr *e, size_t at, int u, int w)
{
    const double n = e->code[at - 1].number;

    if (is_number(e, at) && n == rint(n))
        return fmod(n, 2) == 0 ? (u ? EVEN : 0) : u;
    return u & w & EVEN;
}

static int builtin(const char *name, const int *arg, int n)
{
    static const char *const odd[] = {"sin",  "tan", "asin", "atan",  "cbrt", "sinh",
                                      "tanh", "erf", "sign", "round", NULL};
    static const char *const even[] = {"cos", "cosh", "abs", NULL};
    int all = EVEN;

    for (int i = 0; odd[i]; i++)
        if (strcmp(name, odd[i]) == 0)
            return arg[0];
    for (int i = 0; even[i]; i++)
        if (strcmp(name, even[i]) == 0)
            return arg[0] ? EVEN : 0;
    for (int i = 0; i < n; i++)
        all &= arg[i];
    return all;
}

static int parity(const struct expr *e, int x);

static int call(const struct instruction *c, const int *arg)
{
    const struct fn fn = fn_default(c->act);
    int all = EVEN;

    if (c->act->expr && c->args == 1)
        return parity(c->act->expr, arg[0]);
    if ((arg[0] & ODD) && c->args == 1 && fn_shape(&fn).odd == FN_YES)
        return arg[0];
    for (int i = 0; i < c->args; i++)
        all &= arg[i];
    return all;
}

/* Runs [from, to). Conditions must be even, and then both branches alike. */
static void run(struct machine *m, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        const struct instruction *c = &m->e->code[i]; /* NOLINT(clang-analyzer-core.*) */
        size_t other = (size_t)c->target, end;
        int a, b;

        switch (c->op) {
        case OP_NUMBER:
            *m->top++ = c->number == 0 ? EVEN | ODD : EVEN;
            break;
        case OP_X:
            *m->top++ = m->x;
            break;
        case OP_ALPHA:
        case OP_BETA:
            *m->top++ = EVEN;
            break;
        case OP_NEGATE:
            break;
        case OP_NOT:
        case OP_TRUTH:
            m->top[-1] &= EVEN;
            break;
        case OP_JUMP_IF_FALSE:
            end = (size_t)m->e->code[other - 1].target;
            run(m, i + 1, other - 1);
            run(m, other, end);
            b = *--m->top, a = *--m->top;
            m->top[-1] = m->top[-1] & EVEN ? a & b : 0;
            i = end - 1;
            break;
        case OP_AND:
        case OP_OR:
            run(m, i + 1, other);
            m->top--;
            m->top[-1] &= *m->top & EVEN;
            i = other - 1;
            break;
        case OP_BUILTIN:
        case OP_ACTIVATION:
            m->top -= c->args;
            *m->top =
                c->op == OP_BUILTIN ? builtin(c->builtin->name, m->top, c->args) : call(c, m->top);
            m->top++;
            break;
        default:
            b = *--m->top, a = *--m->top;
            *m->top++ = c->op == OP_ADD || c->op == OP_SUBTRACT      ? a & b
                        : c->op == OP_MULTIPLY || c->op == OP_DIVIDE ? times(a, b)
                        : c->op == OP_POWER                          ? power(m->e, i, a, b)
                                                                     : a & b & EVEN;
        }
    }
}

static int parity(const struct expr *e, int x)
{
    struct machine m = {.e = e, .x = x};

    m.top = m.stack;
    run(&m, 0, e->size);
    return *--m.top;
}

bool expr_is_odd(const struct expr *e)
{
    return parity(e, ODD) & ODD;
}
