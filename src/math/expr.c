/* expr.c - expressions as others see them. */
#include "math/expr.h"

#include "math/expr_code.h"

#include <stdlib.h>
#include <string.h>

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

bool expr_calls(const struct expr *e, const struct activation *act)
{
    for (size_t i = 0; i < e->size; i++)
        if (e->code[i].act == act)
            return true;
    return false;
}

bool expr_number(const char *text, const struct expr_scope *scope, double *out, struct error *e)
{
    struct expr *expr = expr_parse(text, strlen(text), NULL, scope, e);

    if (!expr)
        return false;
    *out = expr_eval(expr, 0, 0, 0).v;
    expr_free(expr);
    return true;
}

size_t expr_cost(const struct expr *e)
{
    return e->cost;
}
