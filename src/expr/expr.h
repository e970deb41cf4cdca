/* expr.h - expressions with exact derivatives (dual numbers) over x, alpha, beta and named
 * observables.
 *
 * Grammar, loosest first:  or · and · not · comparison (< <= > >= == !=) · + - · * / · unary - · ^
 * (right associative, binds tighter than unary minus on its left) · number, name, name(args),
 * (expr). Truth is 1 or 0; if(c,a,b) evaluates one branch. Constants pi, e, inf, nan. Built-in
 * functions: min max abs sign exp expm1 log log1p log2 log10 sqrt cbrt sin cos tan asin acos atan
 * sinh cosh tanh erf erfc floor ceil round pow clip, and every activation by name: gelu(x),
 * elu(x, 2) with parameters as further arguments. A name that is not known is tried in other
 * letters; ln is log; signs from a paste stand for what they mean (base/pasted.h), a root for that
 * of the operand right behind it.
 *
 * Every value carries its derivative through every operation (Wengert, "A simple automatic
 * derivative evaluation program", CACM 7, 1964). What f' is where there is none: max, min and abs
 * take the slope from the left (so that what is smooth in sum stays right, and max(0,x) has 0 at 0
 * as relu has), clip that of its bound (as hardtanh), if that of its branch; sign, floor, ceil,
 * round and comparisons have slope 0. It is NaN where f is, at a pole, and where a rule meets 0
 * times infinity and the limit is not known, as of sqrt(x^2) at 0. */
#ifndef ACTLAB_EXPR_EXPR_H
#define ACTLAB_EXPR_EXPR_H

#include "base/text.h"
#include "math/activation.h"

struct expr;

enum {
    EXPR_MAX_BYTES = 1 << 16, /* of one expression */
    EXPR_MAX_DEPTH = 200,     /* of nesting */
    EXPR_MAX_ARGS = 8,
    EXPR_MAX_CLAUSES = 8,
    EXPR_OPTIONAL_ARGUMENT = -2, /* an arity: the plain name, or name(arg) */
};

/* Where names that the language itself does not know come from. `symbol` answers at parse time: the
 * arity (0 for a plain name, n for name(args), EXPR_OPTIONAL_ARGUMENT for either) or -1 for an
 * unknown name, and an id; `value` answers at evaluation, with args NULL when none were given.
 * Symbols do not depend on x. */
struct expr_scope {
    int (*symbol)(void *context, const char *name, int *id);
    double (*value)(void *context, int id, const double *args);
    const struct activation *(*function)(void *context, const char *name); /* defined functions */
    /* All names, NULL at the end: for "did you mean". */
    const char *(*candidate)(const void *context, int i);
    void *context;
};

/* Parses text (n bytes; no NUL needed). Depth, length and number of nodes are limited: 1 MB of
 * anything is an error or a value, never a crash. Errors are misuse() with the column. scope may be
 * NULL. `variable`: the name of x ("x", or def's own), NULL when there is none (then x is an error
 * unless the scope has it). */
struct expr *expr_parse(const char *text, size_t n, const char *variable,
                        const struct expr_scope *scope, struct error *e);
void expr_free(struct expr *);
struct dual expr_eval(const struct expr *, double x, double alpha, double beta);
/* Limits at x from below (side < 0) or above (side > 0): of value and derivative, to about 12
 * digits. */
struct dual expr_side(const struct expr *, double x, double alpha, double beta, int side);
/* Kinks and jumps within [-1e6, 1e6], ascending; the nearest to 0 when there are more. Found where
 * a branch changes (of if, max, min, abs, clip, comparisons, floor, the sign of a denominator, an
 * activation's own kinks), kept where f or f' differ between the sides. Two that lie closer than
 * the scan (.01 near 0) may be missed, and the far ones of thousands of operations. */
int expr_breaks(const struct expr *, double alpha, double beta, struct fn_break out[FN_MAX_BREAKS]);
/* The operations that one evaluation may take, those of all defined functions that it calls
 * included. */
size_t expr_cost(const struct expr *);
/* True if "x" (by any name), "alpha" or "beta" occurs, directly. */
bool expr_uses(const struct expr *, const char *name);
/* The advice for whoever may have meant something else; NULL: none. */
const char *expr_hint(const struct expr *);
/* Hands over each activation that it calls, directly. */
void expr_each_call(const struct expr *, void (*)(void *context, const struct activation *),
                    void *context);
/* True if they compute the same in the same way, in all that they call, too. */
bool expr_same(const struct expr *, const struct expr *);
/* A condition of those that `and` and `or` join outside all brackets: its bytes in the text, and
 * the comparison in it, if there is one outside all brackets (else bytes 0). */
struct expr_clause {
    size_t from, to;
    size_t sign, bytes;
};
/* Returns how many there are; of more than EXPR_MAX_CLAUSES the rest is in the last one. */
int expr_clauses(const struct expr *, const struct expr_clause **);
/* Moves an error's column, in the message too, by `by`: for an expression that began there in a
 * longer line. */
void expr_shift_error(struct error *e, int by);
/* Parses and evaluates a constant expression: "1/3", "sqrt(2)". */
bool expr_number(const char *text, const struct expr_scope *scope, double *out, struct error *e);
/* The i-th built-in word (constants, then functions; "if", "and" ... at the end), for completion
 * and help: NULL past the end. */
const char *expr_builtin(int i);

#endif
