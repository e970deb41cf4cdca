/* expr_number.c - an expression that is a number. */
#include "expr/expr.h"

#include <string.h>

bool expr_number(const char *text, const struct expr_scope *scope, double *out, struct error *e)
{
    struct expr *expr = expr_parse(text, strlen(text), NULL, scope, e);

    if (!expr)
        return false;
    *out = expr_eval(expr, 0, 0, 0).v;
    expr_free(expr);
    return true;
}
