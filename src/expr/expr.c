/* expr.c - expressions as others see them. */
#include "expr/expr.h"

#include "expr/expr_code.h"

#include <stdlib.h>
#include <string.h>

int expr_clauses(const struct expr *e, const struct expr_clause **clause)
{
    *clause = e->clause;
    return e->clauses;
}

void expr_free(struct expr *e)
{
    if (!e)
        return;
    free(e->code);
    free(e->memo);
    free(e);
}

bool expr_uses(const struct expr *e, const char *name)
{
    if (strcmp(name, "alpha") == 0)
        return e->uses_alpha;
    if (strcmp(name, "beta") == 0)
        return e->uses_beta;
    return strcmp(name, "x") == 0 && e->uses_x;
}

void expr_each_call(const struct expr *e, void (*take)(void *context, const struct activation *),
                    void *context)
{
    for (size_t i = 0; i < e->size; i++)
        if (e->code[i].act)
            take(context, e->code[i].act);
}

static bool same_call(const struct activation *a, const struct activation *b)
{
    return a == b || (a && b && a->expr && b->expr && strcmp(a->name, b->name) == 0 &&
                      strcmp(a->formula, b->formula) == 0 && expr_same(a->expr, b->expr));
}

/* 0 is not -0, and NaN is NaN. */
static bool same_bits(double a, double b)
{
    /* NOLINTNEXTLINE(bugprone-suspicious-memory-comparison,cert-exp42-c,cert-flp37-c) */
    return memcmp(&a, &b, sizeof a) == 0;
}

/* The recursion ends: EXPR_MAX_CALLS, and EXPR_MAX_COST in all. */
bool expr_same(const struct expr *a, const struct expr *b)
{
    if (a == b)
        return true;
    if (a->size != b->size)
        return false;
    for (size_t i = 0; i < a->size; i++) {
        const struct instruction *p = &a->code[i], *q = &b->code[i];

        if (p->op != q->op || p->args != q->args || p->target != q->target ||
            !same_bits(p->number, q->number) || p->builtin != q->builtin ||
            !same_call(p->act, q->act))
            return false;
    }
    return true;
}

/* The power at code[i] is that to a fraction of whole numbers, the lower one odd: 1/3, 3/5. */
static bool is_odd_root(const struct instruction *code, size_t i)
{
    return i >= 3 && code[i - 1].op == OP_DIVIDE && code[i - 2].op == OP_NUMBER &&
           code[i - 3].op == OP_NUMBER && fabs(fmod(code[i - 2].number, 2)) == 1 &&
           fmod(code[i - 3].number, code[i - 2].number) != 0;
}

const char *expr_hint(const struct expr *e)
{
    for (size_t i = 0; i < e->size; i++) {
        const struct builtin *b = e->code[i].builtin;

        if ((e->code[i].op == OP_POWER || (b && strcmp(b->name, "pow") == 0)) &&
            is_odd_root(e->code, i))
            return "a power that is a fraction is no number below 0; an odd root is: cbrt(x), or "
                   "sign(x)*abs(x)^(1/3)";
    }
    return NULL;
}

size_t expr_cost(const struct expr *e)
{
    return e->cost;
}
