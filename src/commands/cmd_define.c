/* cmd_define.c - def: functions that a person makes. */
#include "base/xalloc.h"
#include "commands/handlers.h"
#include "lab/race.h"

#include <stdlib.h>
#include <string.h>

struct search {
    const struct activation *act;
    bool found;
};

static void look_for(void *context, const struct activation *act)
{
    struct search *s = context;

    s->found |= s->act == act;
}

/* Whether it is an expression without a name that calls the other. */
static bool calls(const struct activation *act, const struct activation *other)
{
    struct search s = {.act = other};

    if (!act->name[0])
        expr_each_call(act->expr, look_for, &s);
    return s.found;
}

/* `fn` with the function that took over the name of `old`, or with its formula read again where
 * that calls it; its parameters are kept where it has them. */
static bool renew(struct lab *lab, struct fn *fn, const struct activation *old,
                  const struct activation *act)
{
    const struct activation *was = fn->act;
    struct fn fresh;

    if (was != old && !calls(was, old))
        return false;
    if (was != old)
        act = functions_parse(lab->model.functions, was->formula, NULL);
    if (!act) /* there is no room for another function */
        return false;
    fresh = fn_default(act);
    if (was->alpha.meaning && act->alpha.meaning)
        fresh.alpha = fn->alpha;
    if (was->beta.meaning && act->beta.meaning)
        fresh.beta = fn->beta;
    *fn = fresh;
    return true;
}

/* Where the old function was shown or run, the new one is; a race of it is over. */
static bool replace(struct lab *lab, const struct activation *old, const struct activation *act,
                    struct error *e)
{
    const struct race *race = lab->model.race;
    struct fn fn = lab->model.fn;
    bool races = false;

    for (int i = 0; i < lab->model.plot.compares; i++)
        renew(lab, &lab->model.plot.compare[i], old, act);
    for (int i = 0; race && i < race->racers; i++) {
        struct fn racer = *trainer_fn(race->racer[i].trainer);

        races |= renew(lab, &racer, old, act);
    }
    if (races)
        race_stop(&lab->model);
    if (renew(lab, &fn, old, act) && !lab_set_fn(lab, &fn, e))
        return false;
    return strcmp(lab->model.net.fn, act->name) != 0 || lab_reset_network(lab, e);
}

static void list(const struct lab *lab, FILE *out)
{
    struct text all = {0};

    functions_print(lab->model.functions, &all);
    fputs(all.len ? all.s : "nothing is defined yet: def mine(x) = x*tanh(softplus(x))\n", out);
    text_free(&all);
}

/* The text without the quotes around it, which a line of a script may have. To be freed. */
static char *unquoted(const char *s, int *column)
{
    size_t n = strlen(s);

    if (n >= 2 && (s[0] == '\'' || s[0] == '"') && s[n - 1] == s[0]) {
        ++*column;
        return xstrndup(s + 1, n - 2);
    }
    return xstrdup(s);
}

bool cmd_def(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    const struct activation *old, *act;
    int column = c->rest_column;
    char *definition = unquoted(c->rest, &column), name[FN_NAME_MAX] = "";

    if (!*definition) {
        list(lab, out);
        free(definition);
        return true;
    }
    (void)sscanf(definition, " %31[A-Za-z0-9_]", name);
    old = functions_find(lab->model.functions, name, NULL);
    act = functions_define(lab->model.functions, definition, e);
    free(definition);
    if (!act) {
        expr_shift_error(e, column);
        return false;
    }
    lab_say(lab, false, "fn %s plots f(x) = %s", act->name, act->formula);
    return !old || replace(lab, old, act, e);
}
