/* cmd_function.c - fn, alpha, beta: which function is looked at. */
#include "commands/handlers.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

bool cmd_fn(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    const char *hint;
    struct fn fn;

    (void)out;
    if (!call_function(lab, c, &fn, e) || !lab_set_fn(lab, &fn, e))
        return false;
    hint = fn.act->expr ? expr_hint(fn.act->expr) : NULL;
    if (hint)
        lab_say(lab, false, "%s", hint);
    return true;
}

/* So many of the parameter's own steps on. Steps of a tenth add up to 1e-17, not to 0; a value that
 * the parameter cannot have is stepped over. */
static double steps_on(const struct fn_parameter *p, double now, double steps)
{
    double v = now + steps * p->step;

    if (fabs(v) < p->step / 2)
        v = p->nonzero ? v + copysign(p->step, steps) : 0;
    return v < p->min ? p->min : v > p->max ? p->max : v;
}

/* "+3step" is three of the function's own steps; what remains is a number, relative or not. */
static bool parameter_value(struct lab *lab, const struct call *c, const struct fn_parameter *p,
                            double now, double *v, struct error *e)
{
    const char *s = c->word[0].s;
    char *end;
    const double steps = strtod(s, &end);

    if (strcmp(s, "default") == 0)
        *v = p->fallback;
    else if (end != s && strcmp(end, "step") == 0)
        *v = steps_on(p, now, steps);
    else
        return call_relative(lab, c, 0, now, v, e);
    return true;
}

static bool no_parameter(const struct activation *act, bool beta, struct error *e)
{
    const char *name = act->name[0] ? act->name : "this function";

    if (beta)
        return fail(e, "%s has no beta: %s", name,
                    act->alpha.meaning ? "it has an alpha" : "swish and softplus have one");
    return fail(e, "%s has no alpha: %s", name,
                act->beta.meaning ? "it has a beta" : "leaky_relu, elu and celu have one");
}

static bool set_parameter(struct lab *lab, const struct call *c, bool beta, struct error *e)
{
    const struct fn *fn = &lab->model.fn;
    const struct fn_parameter *p = beta ? &fn->act->beta : &fn->act->alpha;
    double v;

    if (!p->meaning)
        return no_parameter(fn->act, beta, e);
    return parameter_value(lab, c, p, beta ? fn->beta : fn->alpha, &v, e) &&
           (lab_set_parameter(lab, c->command->name, v, e) || call_wrong(c, 0, e));
}

bool cmd_alpha(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    (void)out;
    return set_parameter(lab, c, false, e);
}

bool cmd_beta(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    (void)out;
    return set_parameter(lab, c, true, e);
}
