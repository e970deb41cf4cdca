/* expr_code.h - what an expression is inside: code for a stack machine, in postfix order.
 *
 * Private to expr*.c and python.c. The parser emits it, the evaluator runs it without recursion
 * (but for calls of other defined functions, whose depth is limited), and the same run can leave a
 * trace of every branch that it took. */
#ifndef ACTLAB_EXPR_EXPR_CODE_H
#define ACTLAB_EXPR_EXPR_CODE_H

#include "expr/expr.h"

#include <math.h>
#include <stdint.h>

enum {
    EXPR_STACK = 256,     /* values at once */
    EXPR_MAX_CODE = 5000, /* instructions of one expression */
    EXPR_MAX_CALLS = 40,  /* defined functions inside defined functions */
    EXPR_MAX_COST = 5000  /* instructions that one evaluation may take, calls included: a picture is
                             some thousand evaluations */
};

enum opcode {
    OP_NUMBER,
    OP_X,
    OP_ALPHA,
    OP_BETA,
    OP_SYMBOL,
    OP_NEGATE,
    OP_NOT,
    OP_TRUTH, /* to 0 or 1 */
    OP_ADD,
    OP_SUBTRACT,
    OP_MULTIPLY,
    OP_DIVIDE,
    OP_POWER,
    OP_LESS,
    OP_LESS_EQUAL,
    OP_GREATER,
    OP_GREATER_EQUAL,
    OP_EQUAL,
    OP_NOT_EQUAL,
    OP_JUMP,
    OP_JUMP_IF_FALSE, /* takes the condition off */
    OP_AND,           /* false: leaves 0 and jumps; true: takes it off */
    OP_OR,            /* true: leaves 1 and jumps; false: takes it off */
    OP_BUILTIN,
    OP_ACTIVATION,
};

/* The branches taken in one run, as one number: runs with equal traces went the same way. */
struct trace {
    uint64_t hash;
};

/* A value on the way to the result. */
struct value {
    double v, d; /* and its derivative */
    bool moves;  /* with x; a comparison does not, nor floor */
};

struct interval;

struct builtin {
    const char *name;
    int least, most;                  /* arguments */
    double (*f)(double u);            /* a smooth function of one argument, ... */
    double (*df)(double u, double v); /* ... its derivative at u, where v = f(u) */
    struct value (*any)(const struct value *arg, int args, struct trace *); /* any other */
    /* Over an interval. NULL: f and df rise or fall all the way on either side of 0. */
    struct interval (*over)(const struct interval *arg, int args);
    double from, to; /* where f is defined; 0 and 0: everywhere */
};

struct instruction {
    enum opcode op;
    int args;
    int target; /* jumps: where to; OP_SYMBOL: the id */
    double number;
    const struct builtin *builtin;
    const struct activation *act;
};

struct expr {
    struct instruction *code;
    size_t size, cap;
    bool uses_x, uses_alpha, uses_beta;
    int calls;   /* how deep it calls defined functions */
    size_t cost; /* of one evaluation, at most */
    double (*value)(void *context, int id, const double *args); /* of symbols */
    void *context;
    struct expr_memo *memo; /* the last answer of expr_breaks */
    struct expr_clause clause[EXPR_MAX_CLAUSES];
    int clauses;
};

/* Its last answers: pictures ask for the same kinks and the same bounds again and again. */
struct expr_memo {
    bool valid;
    double alpha, beta;
    struct fn_break found[FN_MAX_BREAKS];
    int n;
    bool shaped;
    struct fn_shape shape;
};

extern const struct builtin expr_builtins[]; /* ends with a NULL name */

/* in: x, alpha, beta. trace may be NULL. */
struct value expr_run(const struct expr *, const struct value in[3], struct trace *);
struct value expr_power(struct value u, struct value w, struct trace *); /* u^w */

/* Notes which way a decision went. */
static inline void trace_note(struct trace *t, uint64_t way)
{
    if (t)
        t->hash = (t->hash ^ (way + 0x9e3779b97f4a7c15u)) * 0x100000001b3u;
}

/* Where u lies to w: 0 below, 1 equal, 2 above, 3 not comparable. */
static inline int side_of(double u, double w)
{
    return u < w ? 0 : u == w ? 1 : u > w ? 2 : 3;
}

/* The derivative of an outer function, g, times that of its argument. What does not move adds
 * nothing, however steep g is; what stands still for a moment where g is infinite, as x^2 does
 * under a root, has a derivative that is not known. */
static inline double chain(double g, struct value u)
{
    return !u.moves || (u.d == 0 && isfinite(g)) ? 0 : g * u.d;
}

#endif
