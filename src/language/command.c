/* command.c - one line of text becomes one call: splitting, finding, dispatch. */
#include "language/command.h"

#include "base/clock.h"
#include "base/suggest.h"
#include "base/xalloc.h"
#include "lab/limits.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

static const char SPACE[] = " \t\r\n\v\f";

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
        if (strcmp(meant[i].word, word) == 0)
            return meant[i].command;
    return suggest(word, command_name, all);
}

const struct command *command_find(const struct command_table *all, const char *name,
                                   struct error *e)
{
    const struct command *found = NULL;
    const char *near;
    int matches = 0;

    for (int i = 0; i < all->n; i++) {
        if (strcmp(all->command[i].name, name) == 0)
            return &all->command[i];
        if (strncmp(all->command[i].name, name, strlen(name)) == 0) {
            found = &all->command[i];
            matches++;
        }
    }
    if (matches == 1)
        return found;
    near = command_meant(all, name);
    if (matches == 0 && activation_find(name))
        misuse(e, 0, "no command '%s': 'fn %s' chooses the function, 'plot %s' prints it", name,
               name, name);
    else if (matches > 1)
        misuse(e, 0, "'%s' may be several commands, '%s' among them: write more of it", name,
               found->name);
    else if (near)
        misuse(e, 0, "no command '%s': did you mean '%s'?", name, near);
    else
        misuse(e, 0, "no command '%s': 'help' lists them all", name);
    return NULL;
}

/* Whether the command's usage has the key: "alpha=V", or any, "KEY=VALUE". */
static bool takes_key(const struct command *c, const char *key, size_t n)
{
    const char *p = c->usage;

    while ((p = strstr(p, "=V")) != NULL) {
        if ((size_t)(p - c->usage) >= n && memcmp(p - n, key, n) == 0)
            return true;
        p++;
    }
    return strstr(c->usage, "[KEY=VALUE") != NULL;
}

/* The length of a setting's name at s when an '=' follows it within the first `bare` bytes, those
 * before any quote; else 0. "a==b" is a comparison, no setting; a="=b" is one, and so is "a==-b"
 * where the command has settings: a is to be -b, and not less by it. */
static size_t key_length(const struct command *c, const char *s, size_t bare)
{
    size_t n = 0;

    if (!isalpha((unsigned char)s[0]))
        return 0;
    while (isalnum((unsigned char)s[n]) || s[n] == '_' || s[n] == '-' || s[n] == '.')
        n++;
    if (n >= bare || s[n] != '=')
        return 0;
    if (s[n + 1] != '=' || n + 1 == bare)
        return n;
    return (s[n + 2] == '-' || s[n + 2] == '+') && takes_key(c, s, n) ? n : 0;
}

static bool option_named(const char *options, const char *name, size_t n, bool *takes_value)
{
    for (const char *p = options; *p;) {
        size_t len = strcspn(p, " ");
        size_t key = strcspn(p, "= ");

        if (key == n && strncmp(p, name, n) == 0) {
            *takes_value = key < len;
            return true;
        }
        p += len;
        p += strspn(p, " ");
    }
    return false;
}

static bool add_word(struct call *c, const char *s, int column, struct error *e)
{
    if (c->words == CALL_MAX_WORDS)
        return misuse(e, column, "more than %d words in a line", CALL_MAX_WORDS);
    c->word[c->words++] = (struct word){s, column};
    return true;
}

static bool add_assign(struct call *c, const char *key, const char *value, int column,
                       int value_column, struct error *e)
{
    if (c->assigns == CALL_MAX_WORDS)
        return misuse(e, column, "more than %d settings in a line", CALL_MAX_WORDS);
    c->assign[c->assigns++] = (struct assign){key, value, column, value_column};
    return true;
}

/* A word as it stands after unquoting. `bare` is how many of its bytes were not in quotes at the
 * start: a quoted "a=b" is a word. */
static bool take(struct call *c, char *s, size_t bare, int column, struct error *e)
{
    size_t key = key_length(c->command, s, bare);

    if (key) {
        s[key] = '\0';
        return add_assign(c, s, s + key + 1, column, column + (int)key + 1, e);
    }
    return add_word(c, s, column, e);
}

/* --key=value, --key value and --flag, where the command has such an option. *used: words consumed.
 */
static bool take_option(struct call *c, char *s, char *next, int column, int *used, struct error *e)
{
    char *name = s + 2;
    size_t n = strcspn(name, "=");
    bool takes_value = false;

    *used = 1;
    if (!option_named(c->command->options, name, n, &takes_value)) {
        if (c->command->options[0])
            return misuse(e, column, "%s has no option '%s': it takes %s", c->command->name, s,
                          c->command->options);
        return misuse(e, column, "%s has no option '%s': it takes none", c->command->name, s);
    }
    if (name[n] == '=') {
        name[n] = '\0';
        return add_assign(c, name, name + n + 1, column, column + (int)n + 3, e);
    }
    if (!takes_value)
        return add_assign(c, name, "on", column, column, e);
    if (!next)
        return misuse(e, column, "%s needs a value", s);
    *used = 2;
    return add_assign(c, name, next, column, column, e);
}

/* Reads one word at *p (no space) into place, quotes and backslashes undone; moves *p behind it. */
static bool unquote(char **p, char **word, size_t *bare, const char *line, struct error *e)
{
    char *in = *p, *out = *p, quote = 0;
    const char *opened = in;
    bool quoted = false;

    *word = out;
    *bare = 0;
    for (; *in && (quote || !isspace((unsigned char)*in)); in++) {
        if (quote == 0 && (*in == '\'' || *in == '"')) {
            quote = *in;
            opened = in;
            quoted = true;
        } else if (*in == quote && quote) {
            quote = 0;
        } else {
            if (*in == '\\' && quote != '\'' && in[1])
                in++;
            if (!quoted)
                ++*bare;
            *out++ = *in;
        }
    }
    if (quote)
        return misuse(e, (int)(opened - line), "a quote is opened and not closed");
    *p = *in ? in + 1 : in;
    *out = '\0';
    return true;
}

/* Splits c->memory, a copy of the line, from offset `from` on. */
static bool split(struct call *c, size_t from, struct error *e)
{
    char *line = c->memory, *p = line + from;
    char *word[CALL_MAX_WORDS];
    size_t bare[CALL_MAX_WORDS];
    int column[CALL_MAX_WORDS], n = 0;

    for (;;) {
        p += strspn(p, SPACE);
        if (!*p || *p == '#')
            break;
        if (n == CALL_MAX_WORDS)
            return misuse(e, (int)(p - line), "more than %d words in a line", CALL_MAX_WORDS);
        column[n] = (int)(p - line) + (*p == '"' || *p == '\'');
        if (!unquote(&p, &word[n], &bare[n], line, e))
            return false;
        n++;
    }
    for (int i = 0, used; i < n; i += used) {
        used = 1;
        if (bare[i] > 2 && word[i][0] == '-' && word[i][1] == '-' &&
            isalpha((unsigned char)word[i][2])) { /* in quotes it is a word */
            if (!take_option(c, word[i], i + 1 < n ? word[i + 1] : NULL, column[i], &used, e))
                return false;
        } else if (!take(c, word[i], bare[i], column[i], e)) {
            return false;
        }
    }
    return true;
}

/* The end of a raw rest: a comment and the space before it do not belong to it. */
static void cut_comment(char *rest)
{
    bool quoted = false;
    size_t n;

    for (char *p = rest; *p; p++) {
        if (*p == '"')
            quoted = !quoted;
        else if (!quoted && *p == '#' && p > rest && isspace((unsigned char)p[-1]))
            *p = '\0';
        if (!*p)
            break;
    }
    for (n = strlen(rest); n && isspace((unsigned char)rest[n - 1]); n--)
        rest[n - 1] = '\0';
}

/* A line of its own begins: nothing has stopped it yet, and its time starts. */
static void begin_line(struct lab *lab, const struct run *r)
{
    lab->interrupt.stopped = false;
    lab->interrupt.deadline = lab->limits && !r->deferred ? clock_now() + lab->limits->patience : 0;
}

/* What the listener hears of it: the line as it is to be recorded, or what an interrupted one did
 * before it was. */
static bool report(struct lab *lab, const struct call *c, const char *line, bool ok, FILE *out,
                   struct error *e)
{
    const struct run *r = lab->run;
    const char *done = r->as.len ? r->as.s : ok ? line : NULL;

    lab->changes++;
    if (!ok && !lab->interrupt.stopped)
        done = NULL;
    return !lab->listener || lab->listener->ran(lab, c->command, done, out, e);
}

static bool dispatch(struct lab *lab, struct call *c, const char *line, FILE *out, struct error *e)
{
    struct run *r = lab->run;
    bool ok, kept;

    if (lab->interactive && c->command->flags & CMD_SHELL)
        return misuse(e, 0, "'%s' is for the shell: actlab %s", c->command->name, line);
    if (!lab->interactive && c->command->flags & CMD_SCREEN)
        return misuse(e, 0, "'%s' needs the screen", c->command->name);
    if (r->recorded)
        begin_line(lab, r);
    if (c->command->flags & CMD_QUIET) /* it looks for a goal: what it trains is needed now */
        r->deferred = NULL;
    r->clock = r->recorded && c->command->flags & CMD_CLOCK;
    if (lab->listener && r->recorded && (!(c->command->flags & CMD_QUIET) || r->clock))
        lab->listener->begins(lab, line);
    ok = c->command->run(lab, c, out, e);
    if (r->recorded)
        lab->interrupt.deadline = 0;
    kept = report(lab, c, line, ok, out, ok ? e : NULL);
    return ok && kept;
}

const struct command *command_of(const struct command_table *all, const char *line, struct error *e)
{
    char name[64]; /* longer than any: a longer word is no command, cut or not */
    size_t n;

    line += strspn(line, SPACE);
    n = strcspn(line, SPACE);
    snprintf(name, sizeof name, "%.*s", (int)(n < sizeof name ? n : sizeof name), line);
    return command_find(all, name, e);
}

static bool run_line(struct lab *lab, const char *line, FILE *out, struct error *e)
{
    struct call c = {0};
    size_t start = strspn(line, SPACE), n, total = strlen(line);
    bool ok;

    *e = (struct error){.kind = ERROR_FAILED, .column = -1};
    if (!line[start] || line[start] == '#')
        return true;
    if (total > LINE_MAX_BYTES)
        return misuse(e, 0, "a command line has at most %d bytes", LINE_MAX_BYTES);
    n = strcspn(line + start, SPACE);
    c.command = command_of(lab->commands, line, e);
    if (!c.command) {
        e->column = (int)start;
        return false;
    }
    if (lab_rights(lab) != RIGHTS_OWN && !(c.command->flags & CMD_RESTRICTED))
        return fail(e, "'%s' is not allowed in a restricted session", c.command->name);
    c.memory = xstrdup(line);
    c.rest_column = (int)(start + n + strspn(line + start + n, SPACE));
    c.rest = c.memory + c.rest_column;
    if (c.command->flags & CMD_RAW) {
        cut_comment(c.memory + c.rest_column);
        ok = dispatch(lab, &c, line, out, e);
    } else {
        ok = split(&c, start + n, e) && dispatch(lab, &c, line, out, e);
    }
    free(c.memory);
    return ok;
}

bool lab_run_as(struct lab *lab, const char *line, struct run *r, FILE *out, struct error *e)
{
    struct run *outer = lab->run;
    const enum rights least = lab_rights(lab);
    struct error ignored;
    bool ok;

    r->outer = outer;
    r->rights = r->rights > least ? r->rights : least;
    r->whole |= outer && outer->whole;
    r->files += outer ? outer->files : 0;
    lab->run = r;
    ok = run_line(lab, line, out, e ? e : &ignored);
    lab->run = outer;
    text_free(&r->as);
    return ok;
}

bool lab_run(struct lab *lab, const char *line, FILE *out, struct error *e)
{
    struct run r = {.recorded = !lab->run};

    return lab_run_as(lab, line, &r, out, e);
}

bool lab_run_words(struct lab *lab, int n, char *const *words, FILE *out, struct error *e)
{
    struct text line = {0};
    const struct command *command;
    bool ok;

    if (e)
        *e = (struct error){.kind = ERROR_FAILED, .column = -1};
    if (n == 0)
        return true;
    command = command_find(lab->commands, words[0], e);
    if (!command)
        return false;
    text_add(&line, command->name);
    for (int i = 1; i < n; i++) {
        const bool option = strncmp(words[i], "--", 2) == 0;
        size_t key = key_length(command, words[i], strlen(words[i]));

        if (option && !key)
            key = strcspn(words[i], "=");
        if (option && !words[i][key])
            key = 0;
        if (command->flags & CMD_RAW) {
            text_printf(&line, " %s", words[i]);
        } else if (key) { /* the value is quoted, the name is not: it stays a setting */
            struct text value = {0};

            call_quote(&value, words[i] + key + 1);
            text_printf(&line, " %.*s=%s", (int)key, words[i], text_str(&value));
            text_free(&value);
        } else {
            call_quote(&line, words[i]);
        }
    }
    ok = lab_run(lab, text_str(&line), out, e);
    text_free(&line);
    return ok;
}

bool lab_runf(struct lab *lab, FILE *out, struct error *e, const char *format, ...)
{
    char *line = NULL;
    va_list ap;
    bool ok;

    va_start(ap, format);
    if (vasprintf(&line, format, ap) < 0)
        line = NULL;
    va_end(ap);
    if (!line)
        return fail(e, "out of memory");
    ok = lab_run(lab, line, out, e);
    free(line);
    return ok;
}
