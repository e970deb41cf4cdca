/* cmd_define.c - def: functions that a person makes. */
#include "base/xalloc.h"
#include "commands/handlers.h"
#include "lab/race.h"

#include <stdlib.h>
#include <string.h>

/* Where the old function was shown or run, the new one is; a race of it is over. */
static bool replace(struct lab *lab, const struct activation *act, struct error *e)
{
    const struct race *race = lab->model.race;
    struct fn fn = lab->model.fn;
    bool races = false;

    lab_renew_curves(lab);
    for (int i = 0; race && i < race->racers; i++) {
        struct fn racer = *trainer_fn(race->racer[i].trainer);

        races |= lab_renew(lab, &racer);
    }
    if (races)
        race_stop(&lab->model);
    if (lab_renew(lab, &fn) && !lab_set_fn(lab, &fn, e))
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
    if (old && !replace(lab, act, e))
        return false;
    if (lab->model.fn.act == act)
        lab_say(lab, false, "f is now %s(x) = %s", act->name, act->formula);
    else
        lab_say(lab, false, "%s(x) = %s: type fn %s to see it", act->name, act->formula, act->name);
    return true;
}
