/* command.c - which command a word means. */
#include "language/command.h"

#include "base/ascii.h"
#include "base/suggest.h"

#include <string.h>

static const char SPACE[] = " \t\r\n\v\f";

const char *const group_names[GROUPS + 1] = {
    [GROUP_FUNCTION] = "function", [GROUP_PLOT] = "plot",       [GROUP_NETWORK] = "network",
    [GROUP_COURSE] = "course",     [GROUP_SESSION] = "session",
};

static const char *command_name(const void *context, int i)
{
    const struct command_table *all = context;

    return i < all->n ? all->command[i].name : NULL;
}

/* Other programs' words for what there is here. */
static const struct {
    const char *word, *command;
} meant[] = {
    {"activation", "fn"},    {"course", "lesson"}, {"exit", "quit"},    {"function", "fn"},
    {"gradient", "netview"}, {"network", "net"},   {"open", "load"},    {"pytorch", "export"},
    {"quiz", "answer"},      {"save", "export"},   {"settings", "set"}, {"stop", "pause"},
    {"teacher", "follow"},   {"write", "export"},
};

/* The command that an unknown word probably means; NULL if none. */
static const char *command_meant(const struct command_table *all, const char *word)
{
    for (size_t i = 0; i < sizeof meant / sizeof *meant; i++)
        if (ascii_same(meant[i].word, word))
            return meant[i].command;
    return suggest(word, command_name, all);
}

/* In any letters: a command's name is in small ones. */
static bool begins(const char *name, const char *word)
{
    while (*word && *name == ascii_lower(*word))
        name++, word++;
    return !*word;
}

bool command_setting(const char *name, const char *value, struct error *e)
{
    const struct setting *net = setting_find(&net_settings, name, NULL),
                         *own = setting_find(&lab_settings, name, NULL);

    if (net)
        misuse(e, 0, "'%s' is a setting of the network: net %s=%s", name, name,
               value ? value : net->fallback);
    else if (own)
        misuse(e, 0, "'%s' is a setting: set %s %s", name, name, value ? value : own->fallback);
    return net || own;
}

static const struct command *find(const struct command_table *all, const char *name,
                                  const char *value, struct error *e)
{
    const struct command *found = NULL;
    const char *near;
    int matches = 0;

    for (int i = 0; i < all->n; i++) {
        if (ascii_same(all->command[i].name, name))
            return &all->command[i];
        if (begins(all->command[i].name, name)) {
            found = &all->command[i];
            matches++;
        }
    }
    if (matches == 1)
        return found;
    if (matches == 0 && command_setting(name, value, e))
        return NULL;
    near = command_meant(all, name);
    if (matches == 0 && activation_find(name))
        misuse(e, 0, "no command '%s': 'fn %s' chooses the function, 'plot %s' prints it", name,
               name, name);
    else if (matches > 1)
        misuse(e, 0, "'%s' could be several commands, '%s' among them: write more of it", name,
               found->name);
    else if (near)
        misuse(e, 0, "no command '%s': did you mean '%s'?", name, near);
    else
        misuse(e, 0, "no command '%s': 'help' lists them all", name);
    return NULL;
}

const struct command *command_find(const struct command_table *all, const char *name,
                                   struct error *e)
{
    return find(all, name, NULL, e);
}

const struct command *command_of(const struct command_table *all, const char *line, struct error *e)
{
    char name[64], value[64]; /* longer than any: a longer word is no command, cut or not */
    size_t n;

    line += strspn(line, SPACE);
    n = strcspn(line, SPACE);
    snprintf(name, sizeof name, "%.*s", (int)(n < sizeof name ? n : sizeof name), line);
    line += n + strspn(line + n, SPACE);
    snprintf(value, sizeof value, "%.*s", (int)strcspn(line, SPACE), line);
    return find(all, name, *value ? value : NULL, e);
}
