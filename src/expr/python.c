/* python.c - see python.h: the table's functions as PyTorch has them, defined ones from their code.
 *
 * An expression's code is in postfix order; run on strings instead of numbers it gives back an
 * expression. A deep part is put into a variable of its own, since Python reads only so many
 * brackets inside each other. Both branches of an if() are evaluated; a slope that is infinite in
 * the one not taken would be NaN times 0 on its way back, so what a branch hands to a function is a
 * harmless number wherever the branch does not count. Own functions are computed in double, as
 * here.
 */
#include "expr/python.h"

#include "base/ascii.h"
#include "base/number.h"
#include "base/xalloc.h"
#include "expr/expr_code.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *name, *format; /* %s: the argument; the rest is torch.NAME */
} odd_builtins[] = {
    {"cbrt", "torch.sign(%s) * torch.abs(%s) ** (1 / 3)"},
    {"round", "torch.sign(%s) * torch.floor(torch.abs(%s) + 0.5)"}, /* halves away from 0 */
};

/* Part of an expression. `tensor`: it surely is one; numbers must be made so where torch wants one.
 */
struct piece {
    struct text s;
    int depth;
    bool tensor;
};

struct closure {
    const struct activation **at;
    size_t n, cap;
    bool choices; /* there is an if() in one of them: each is told where it counts */
};

struct writer {
    const struct closure *all;
    const struct expr *expr;
    struct text *out;
    struct piece *stack;
    size_t n, cap;
    int variables;
    int choices;   /* if()s so far */
    char mask[16]; /* Python's name for where the code counts; "": everywhere */
};

enum { DEEP = 30 };

/* No slope is infinite at 0.5, of no function here nor of a quotient. */
static const char guards[] =
    "def both(m, c):  # where both hold; None: everywhere\n"
    "    return c if m is None else m & c\n\n\n"
    "def at(m, u):  # u where m holds, elsewhere a number that harms no gradient\n"
    "    return u if m is None else torch.where(m, u, torch.full_like(u, 0.5))\n\n\n";

static struct piece *push(struct writer *w, int depth, bool tensor)
{
    struct piece *p;

    w->stack = xgrow(w->stack, &w->cap, w->n + 1, sizeof *w->stack);
    p = &w->stack[w->n++];
    *p = (struct piece){.depth = depth, .tensor = tensor};
    return p;
}

/* The analyser cannot know that code never takes more from the stack than it has put there.
 * NOLINTBEGIN(clang-analyzer-core.NullDereference) */

static struct piece pop(struct writer *w)
{
    return w->stack[--w->n];
}

/* The last piece goes into a variable when it has become deep. */
static void name_if_deep(struct writer *w)
{
    struct piece *p = &w->stack[w->n - 1];

    if (p->depth < DEEP)
        return;
    text_printf(w->out, "    t%d = %s\n", ++w->variables, text_str(&p->s));
    text_clear(&p->s);
    text_printf(&p->s, "t%d", w->variables);
    p->depth = 0;
}

static void add_tensor(struct text *out, const struct piece *p)
{
    text_printf(out, p->tensor ? "%s" : "torch.as_tensor(%s, dtype=x.dtype)", text_str(&p->s));
}

/* NOLINTEND(clang-analyzer-core.NullDereference) */

static int deeper(const struct piece *a, const struct piece *b)
{
    return 1 + (a->depth > b->depth ? a->depth : b->depth);
}

static void add_number(struct text *out, double v)
{
    if (isnan(v))
        text_add(out, "float(\"nan\")");
    else if (isinf(v))
        text_add(out, v > 0 ? "float(\"inf\")" : "(-float(\"inf\"))");
    else { /* always with a point or an exponent, for Python's integers are another type */
        char digits[NUMBER_TEXT_MAX];

        number_shortest(digits, v, 1);
        text_printf(out, v < 0 ? "(%s%s)" : "%s%s", digits, strpbrk(digits, ".e") ? "" : ".0");
    }
}

/* a OP b; one of the two is made a tensor, so that 1/0 is infinite in Python too. */
static void binary(struct writer *w, const char *format)
{
    struct piece b = pop(w), a = pop(w), *p = push(w, deeper(&a, &b), true);
    struct text left = {0};

    if (b.tensor)
        text_add(&left, text_str(&a.s));
    else
        add_tensor(&left, &a);
    text_printf(&p->s, format, text_str(&left), text_str(&b.s));
    text_free(&left);
    text_free(&a.s);
    text_free(&b.s);
}

/* The last piece, where it counts. */
static void guard(struct writer *w)
{
    struct piece *p = &w->stack[w->n - 1];
    struct text inner = {0};

    if (!w->mask[0] || (!p->tensor && !ascii_letter(text_str(&p->s)[0]))) /* a number */
        return;
    add_tensor(&inner, p);
    text_clear(&p->s);
    text_printf(&p->s, "at(%s, %s)", w->mask, text_str(&inner));
    p->tensor = true;
    p->depth++;
    text_free(&inner);
}

/* A quotient or a power: both sides. */
static void guarded_binary(struct writer *w, const char *format)
{
    struct piece b;

    guard(w);
    b = pop(w);
    guard(w);
    *push(w, 0, false) = b;
    binary(w, format);
}

static void unary(struct writer *w, const char *format)
{
    struct piece a = pop(w), *p = push(w, a.depth + 1, true);
    struct text arg = {0};

    add_tensor(&arg, &a);
    text_printf(&p->s, format, text_str(&arg), text_str(&arg));
    text_free(&arg);
    text_free(&a.s);
}

/* min and max of many, two by two. */
static void fold(struct writer *w, const char *name, int args)
{
    while (--args > 0) {
        struct piece b = pop(w), a = pop(w), *p = push(w, deeper(&a, &b), true);

        text_printf(&p->s, "torch.%s(", name);
        add_tensor(&p->s, &a);
        text_add(&p->s, ", ");
        add_tensor(&p->s, &b);
        text_add(&p->s, ")");
        text_free(&a.s);
        text_free(&b.s);
        name_if_deep(w);
    }
}

static void builtin(struct writer *w, const struct instruction *c)
{
    const char *name = c->builtin->name, *format = NULL;
    char torch[64];

    for (size_t i = 0; i < sizeof odd_builtins / sizeof *odd_builtins; i++)
        if (strcmp(name, odd_builtins[i].name) == 0)
            format = odd_builtins[i].format;
    if (strcmp(name, "max") == 0 || strcmp(name, "min") == 0) {
        fold(w, name[1] == 'a' ? "maximum" : "minimum", c->args);
    } else if (strcmp(name, "clip") == 0) { /* x lo hi: max(x, lo), then min with hi */
        struct piece hi = pop(w);

        fold(w, "maximum", 2);
        *push(w, 0, false) = hi;
        fold(w, "minimum", 2);
    } else if (strcmp(name, "pow") == 0) {
        guarded_binary(w, "(%s ** %s)");
    } else {
        guard(w);
        snprintf(torch, sizeof torch, "torch.%s(%%s)", name);
        unary(w, format ? format : torch);
    }
}

/* f_NAME. A name that was defined again later on stands for two functions here: the earlier one
 * gets a number. */
static void add_name(struct text *out, const struct closure *all, const struct activation *act)
{
    bool later = false;

    text_printf(out, "f_%s", act->name);
    for (size_t i = 0; i < all->n; i++) {
        if (later && strcmp(all->at[i]->name, act->name) == 0) {
            text_printf(out, "_%zu", i);
            return;
        }
        later |= all->at[i] == act;
    }
}

/* f_NAME(x, alpha=.., beta=..): arguments as expr_eval.c binds them. */
static void activation(struct writer *w, const struct instruction *c)
{
    const char *names[2];
    struct piece arg[EXPR_MAX_ARGS] = {0}, *p;
    int given = 0, depth = 0;

    if (c->act->alpha.meaning)
        names[given++] = "alpha";
    if (c->act->beta.meaning)
        names[given++] = "beta";
    for (int i = c->args - 1; i >= 0; i--) {
        if (!c->act->expr)
            guard(w);
        arg[i] = pop(w);
        depth = arg[i].depth > depth ? arg[i].depth : depth;
    }
    p = push(w, depth + 1, true);
    add_name(&p->s, w->all, c->act);
    text_add(&p->s, "(");
    add_tensor(&p->s, &arg[0]);
    for (int i = 1; i < c->args; i++)
        if (i <= given)
            text_printf(&p->s, ", %s=%s", names[i - 1], text_str(&arg[i].s));
    if (c->act->expr && w->mask[0])
        text_printf(&p->s, ", m=%s", w->mask);
    text_add(&p->s, ")");
    for (int i = 0; i < c->args; i++)
        text_free(&arg[i].s);
}

static void leaf(struct writer *w, const char *name, bool tensor)
{
    text_add(&push(w, 0, tensor)->s, name);
}

static void range(struct writer *w, size_t from, size_t to);

/* Code [from, to): value if true, OP_JUMP, value if false. The condition lies on the stack. Returns
 * where it ends. */
static size_t choice(struct writer *w, size_t at)
{
    size_t other = (size_t)w->expr->code[at].target, end = (size_t)w->expr->code[other - 1].target;
    const int n = ++w->choices;
    struct piece a, b, c = pop(w), *p;
    char outer[sizeof w->mask];

    memcpy(outer, w->mask, sizeof outer);
    text_printf(w->out, "    c%d = ", n);
    add_tensor(w->out, &c);
    text_printf(w->out, " != 0\n    a%d, b%d = both(%s, c%d), both(%s, ~c%d)\n", n, n, outer, n,
                outer, n);
    text_free(&c.s);
    snprintf(w->mask, sizeof w->mask, "a%d", n);
    range(w, at + 1, other - 1);
    snprintf(w->mask, sizeof w->mask, "b%d", n);
    range(w, other, end);
    memcpy(w->mask, outer, sizeof outer);
    b = pop(w);
    a = pop(w);
    p = push(w, 1 + deeper(&a, &b), true);
    text_printf(&p->s, "torch.where(c%d, ", n);
    add_tensor(&p->s, &a);
    text_add(&p->s, ", ");
    add_tensor(&p->s, &b);
    text_add(&p->s, ")");
    text_free(&a.s);
    text_free(&b.s);
    return end;
}

static const char *const binaries[] = {
    [OP_ADD] = "(%s + %s)",
    [OP_SUBTRACT] = "(%s - %s)",
    [OP_MULTIPLY] = "(%s * %s)",
    [OP_DIVIDE] = "(%s / %s)",
    [OP_POWER] = "(%s ** %s)",
    [OP_LESS] = "(%s < %s).float()",
    [OP_LESS_EQUAL] = "(%s <= %s).float()",
    [OP_GREATER] = "(%s > %s).float()",
    [OP_GREATER_EQUAL] = "(%s >= %s).float()",
    [OP_EQUAL] = "(%s == %s).float()",
    [OP_NOT_EQUAL] = "(%s != %s).float()",
};

static void range(struct writer *w, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        const struct instruction *c = &w->expr->code[i];

        switch (c->op) {
        case OP_NUMBER:
            add_number(&push(w, 0, false)->s, c->number);
            break;
        case OP_X:
            leaf(w, "x", true);
            break;
        case OP_ALPHA:
            leaf(w, "alpha", false);
            break;
        case OP_BETA:
            leaf(w, "beta", false);
            break;
        case OP_NEGATE:
            unary(w, "(-%s)");
            break;
        case OP_NOT:
            unary(w, "(%s == 0).float()");
            break;
        case OP_TRUTH:
            unary(w, "(%s != 0).float()");
            break;
        case OP_AND:
        case OP_OR: /* what follows, up to the target, is the right side as 0 or 1 */
            unary(w, "(%s != 0).float()");
            range(w, i + 1, (size_t)c->target);
            i = (size_t)c->target - 1;
            fold(w, c->op == OP_AND ? "minimum" : "maximum", 2);
            break;
        case OP_JUMP_IF_FALSE:
            i = choice(w, i) - 1;
            break;
        case OP_BUILTIN:
            builtin(w, c);
            break;
        case OP_ACTIVATION:
            activation(w, c);
            break;
        case OP_JUMP:
        case OP_SYMBOL: /* of the lab; a definition has none */
            leaf(w, "float(\"nan\")", false);
            break;
        case OP_DIVIDE:
        case OP_POWER:
            guarded_binary(w, binaries[c->op]);
            break;
        default:
            binary(w, binaries[c->op]);
        }
        name_if_deep(w);
    }
}

static void defined_body(const struct closure *all, const struct expr *expr, struct text *out)
{
    struct writer w = {.all = all, .expr = expr, .out = out};

    if (all->choices)
        strcpy(w.mask, "m");
    text_add(out, "    x, kind = x.double(), x.dtype\n");
    range(&w, 0, expr->size);
    text_add(out, "    return (");
    add_tensor(out, &w.stack[0]);
    text_add(out, " + 0 * x).to(kind)\n"); /* what does not move has a slope too: 0 */
    text_free(&w.stack[0].s);
    free(w.stack);
}

static void parameter(struct text *out, const char *name, const struct fn_parameter *p)
{
    if (p->meaning)
        text_printf(out, ", %s=%.15g", name, p->fallback);
}

static void define(const struct closure *all, const struct activation *act, struct text *out)
{
    text_add(out, "def ");
    add_name(out, all, act);
    text_add(out, "(x");
    parameter(out, "alpha", &act->alpha);
    parameter(out, "beta", &act->beta);
    text_add(out, act->expr && all->choices ? ", m=None):\n" : "):\n");
    if (!act->expr) {
        text_printf(out, "    return %s\n", act->pytorch);
        return;
    }
    text_printf(out, "    # %s\n", act->formula);
    defined_body(all, act->expr, out);
}

static bool listed(const struct activation *act, const struct activation *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (list[i] == act)
            return true;
    return false;
}

/* Depth first; a function that is listed has all its own before it. */
static void visit(struct closure *c, const struct activation *act)
{
    for (size_t i = 0; act->expr && i < act->expr->size; i++) {
        const struct instruction *k = &act->expr->code[i];

        c->choices |= k->op == OP_JUMP_IF_FALSE;
        if (k->op == OP_ACTIVATION && !listed(k->act, c->at, c->n))
            visit(c, k->act);
    }
    c->at = xgrow(c->at, &c->cap, c->n + 1, sizeof *c->at);
    c->at[c->n++] = act;
}

size_t activation_closure(const struct activation *act, const struct activation ***out)
{
    struct closure c = {0};

    visit(&c, act);
    *out = c.at;
    return c.n;
}

void python_functions(const struct activation *act, struct text *out)
{
    struct closure all = {0};

    visit(&all, act);
    if (all.choices)
        text_add(out, guards);
    for (size_t i = 0; i < all.n; i++) {
        define(&all, all.at[i], out);
        if (i + 1 < all.n)
            text_add(out, "\n\n");
    }
    free(all.at);
}
