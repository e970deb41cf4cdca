/* script_ahead.c - whether training is in vain: what the lines ahead do to the network, without
 * running them. */
#include "lab/observe.h"
#include "replay/checkpoint.h"
#include "replay/script_private.h"
#include "study/experiment.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* Observables that do not depend on what was trained. */
static bool is_calm(const char *name)
{
    static const char *const calm[] = {"x",      "f",     "df",   "alpha", "beta",     "slope",
                                       "layers", "width", "lr",   "batch", "samples",  "gain",
                                       "bias",   "noise", "seed", "decay", "momentum", NULL};

    return script_is_one_of(calm, name);
}

/* Whether a value in the line may depend on the trained network. */
static bool mentions_network(const char *line)
{
    char name[64];

    while (*line) {
        size_t n = 0;

        while (isalnum((unsigned char)line[n]) || line[n] == '_')
            n++;
        if (n > 0 && n < sizeof name && !isdigit((unsigned char)line[0]) &&
            !(line[n] == '=' && line[n + 1] != '=')) { /* the name of a setting */
            memcpy(name, line, n);
            name[n] = '\0';
            for (int i = 0; i < observable_count; i++)
                if (strcmp(observable_table[i].name, name) == 0 && !is_calm(name))
                    return true;
        }
        line += n ? n : 1;
    }
    return false;
}

/* Whether "net key=value" surely asks for another network than the one there is. */
static bool changes_network(const struct lab *lab, const char *line)
{
    char word[128];

    for (int i = 1; script_word(line, i, word, sizeof word); i++) {
        char *value = strchr(word, '='), *end;
        const struct setting *s;
        struct text now = {0};
        bool other;

        if (!value || strpbrk(word, "'\"\\#"))
            continue;
        *value++ = '\0';
        s = setting_find(&net_settings, word, NULL);
        if (!s || s->live || strcmp(word, "data") == 0)
            continue;
        setting_get(s, &lab->model.net, &now);
        if (setting_is_number(s)) /* "+1" is another number, and "1/3" may be the same */
            other = ((value[0] == '+' || value[0] == '-') && strtod(value, &end) != 0) ||
                    strtod(value, &end) != strtod(text_str(&now), NULL);
        else
            other = strcmp(value, text_str(&now)) != 0, end = value + strlen(value);
        other &= *end == '\0';
        text_free(&now);
        if (other)
            return true;
    }
    return false;
}

bool script_only_trains(const char *line)
{
    char name[16], number[16], unit[16], more[8];
    char *end;

    if (!script_word(line, 0, name, sizeof name) || strcmp(name, "train") != 0)
        return false;
    if (!script_word(line, 1, number, sizeof number))
        return true;
    if (strtod(number, &end) < 1 || *end || script_word(line, 3, more, sizeof more))
        return false;
    return !script_word(line, 2, unit, sizeof unit) || strncmp(unit, "epoch", 5) == 0 ||
           strncmp(unit, "step", 4) == 0;
}

/* Every command that is not named here may look at the network. */
int script_effect(const struct lab *lab, const struct script_line *l)
{
    /* these see no network at all; those, only through the numbers that they are given */
    static const char *const blind[] = {
        "compare", "def",    "difference", "eval",       "facts", "help",  "naive",   "netview",
        "pause",   "revive", "run",        "saturation", "state", "table", "tangent", NULL};
    static const char *const numb[] = {"alpha", "answer", "beta", "cursor", "hint", "histogram",
                                       "kill",  "pan",    "plot", "range",  "step", "swap",
                                       "sweep", "train",  "unit", "weight", "zoom", NULL};
    const struct command *c;
    char name[64], word[64];

    if (!l->text || script_only_trains(l->text))
        return SCRIPT_UNKNOWN;
    if (checkpoint_is(l->text))
        return SCRIPT_GIVEN;
    if (!script_word(l->text, 0, name, sizeof name) ||
        !(c = command_find(lab->commands, name, NULL)) || script_is_one_of(blind, c->name))
        return SCRIPT_UNKNOWN;
    if (mentions_network(l->text + strcspn(l->text, " \t")))
        return SCRIPT_LOOKS;
    if (strcmp(c->name, "reset") == 0 || strcmp(c->name, "restart") == 0)
        return script_word(l->text, 1, word, sizeof word) ? SCRIPT_LOOKS : SCRIPT_BEGINS;
    if (strcmp(c->name, "lesson") == 0 || strcmp(c->name, "try") == 0)
        return script_ends_experiment(l->text) ? SCRIPT_BEGINS : SCRIPT_UNKNOWN;
    if (strcmp(c->name, "fn") == 0)
        return net_config_runs_plotted(&lab->model.net) ? SCRIPT_BEGINS : SCRIPT_UNKNOWN;
    if (strcmp(c->name, "net") == 0)
        return changes_network(lab, l->text) ? SCRIPT_BEGINS : SCRIPT_UNKNOWN;
    return script_is_one_of(numb, c->name) ? SCRIPT_UNKNOWN : SCRIPT_LOOKS;
}

/* Goals look, too: of the experiment that is under way in the end. */
bool script_in_vain(const struct lab *lab, const struct script *s, struct script_run *r)
{
    if (r->all || (study_try(lab) && r->at >= s->ending))
        return false;
    if (r->networks != lab->model.networks || (r->ahead >= SCRIPT_LOOKS && r->seen <= r->at)) {
        r->networks = lab->model.networks;
        r->ahead = SCRIPT_UNKNOWN;
        r->seen = 0;
    }
    if (r->seen <= r->at)
        r->seen = script_line(s, r->at).next;
    while (r->ahead == SCRIPT_UNKNOWN && r->seen < s->bytes.len) {
        const struct script_line l = script_line(s, r->seen);

        r->ahead = script_effect(lab, &l);
        if (r->ahead == SCRIPT_UNKNOWN)
            r->seen = l.next;
    }
    return r->ahead == SCRIPT_BEGINS || r->ahead == SCRIPT_GIVEN;
}
