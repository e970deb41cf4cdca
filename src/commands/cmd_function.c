/* cmd_function.c - fn, alpha, beta: which function is looked at. */
#include "commands/handlers.h"

#include <stdlib.h>
#include <string.h>

static bool take_parameters(struct lab *lab, const struct call *c, struct fn *fn, struct error *e)
{
    static const char *const keys[] = {"alpha", "beta", NULL};

    return call_only_options(c, keys, e) && call_parameters(lab, c, fn, e);
}

/* The next (or previous) function in the table's order, defined ones after it, round and round. */
static const struct activation *neighbour(const struct lab *lab, const struct activation *now,
                                          int by)
{
    int n = 0, at = 0;

    do { /* there is at least one */
        if (functions_at(lab->model.functions, n) == now)
            at = n;
    } while (functions_at(lab->model.functions, ++n));
    return functions_at(lab->model.functions, choice_beside(at, n, by));
}

bool call_function(struct lab *lab, const struct call *c, struct fn *fn, struct error *e)
{
    const struct activation *act;
    int step;

    if (!call_words(c, 1, 1, e))
        return false;
    step = choice_step(c->word[0].s);
    act = step ? neighbour(lab, lab->model.fn.act, step) : call_activation(lab, c, 0, e);
    if (!act)
        return false;
    *fn = fn_default(act);
    return take_parameters(lab, c, fn, e);
}

bool cmd_fn(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    struct fn fn;

    (void)out;
    return call_function(lab, c, &fn, e) && lab_set_fn(lab, &fn, e);
}

/* "+3step" is three of the function's own steps; what remains is a number, relative or not. */
static bool parameter_value(struct lab *lab, const struct call *c, const struct fn_parameter *p,
                            double now, double *v, struct error *e)
{
    const char *s = c->word[0].s;
    char *end;
    double steps;

    if (strcmp(s, "default") == 0) {
        *v = p->fallback;
        return true;
    }
    steps = strtod(s, &end);
    if (end == s || strcmp(end, "step") != 0)
        return call_relative(lab, c, 0, now, v, e);
    *v = now + steps * p->step;
    if (*v > -p->step / 2 && *v < p->step / 2)
        *v = p->nonzero ? *v + (steps < 0 ? -p->step : p->step)
                        : 0; /* steps of a tenth add up to 1e-17, not to 0 */
    if (*v < p->min)
        *v = p->min;
    if (*v > p->max)
        *v = p->max;
    return true;
}

static bool set_parameter(struct lab *lab, const struct call *c, const char *which, struct error *e)
{
    bool beta = which[0] == 'b';
    const struct activation *act = lab->model.fn.act;
    const struct fn_parameter *p = beta ? &act->beta : &act->alpha;
    double v;

    if (!call_words(c, 1, 1, e))
        return false;
    if (!p->meaning)
        return fail(e, "%s has no %s%s", act->name[0] ? act->name : "this function", which,
                    (beta ? act->alpha : act->beta).meaning
                        ? beta ? ": it has an alpha" : ": it has a beta"
                    : beta ? ": swish and softplus have one"
                           : ": leaky_relu, elu and celu have one");
    if (!parameter_value(lab, c, p, beta ? lab->model.fn.beta : lab->model.fn.alpha, &v, e))
        return false;
    if (lab_set_parameter(lab, which, v, e))
        return true;
    if (e && e->column < 0)
        e->column = c->word[0].column;
    return false;
}

bool cmd_alpha(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    (void)out;
    return set_parameter(lab, c, "alpha", e);
}

bool cmd_beta(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    (void)out;
    return set_parameter(lab, c, "beta", e);
}
