/* parse.c - one line of text becomes one call: unquoting, splitting, and the check against what the
 * command's row says it takes. */
#include "base/file.h"
#include "base/xalloc.h"
#include "language/args.h"
#include "language/call.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char SPACE[] = " \t\r\n\v\f";

size_t call_key_length(const struct command *c, const char *s, size_t bare)
{
    struct arg option;
    size_t n = 0;

    if (!isalpha((unsigned char)s[0]))
        return 0;
    while (isalnum((unsigned char)s[n]) || s[n] == '_' || s[n] == '-' || s[n] == '.')
        n++;
    if (n >= bare || s[n] != '=')
        return 0;
    if (s[n + 1] != '=' || n + 1 == bare)
        return n;
    return (s[n + 2] == '-' || s[n + 2] == '+') && args_option(c, s, n, &option) ? n : 0;
}

/* The word, or the file that it names below the home folder, which a shell has written out where
 * one has seen the line. */
static char *expanded(struct call *c, char *s)
{
    const char *home = file_home(s);
    char *whole = c->spare;

    if (!home)
        return s;
    c->spare += sprintf(whole, "%s%s", home, s + 1) + 1;
    return whole;
}

/* Memory for a line's words, and for its names of files below the home folder. */
static void remember(struct call *c, const char *line)
{
    const char *home = file_home("~");
    const size_t n = strlen(line) + 1;
    size_t most = n;

    for (const char *s = line; home && (s = strchr(s, '~')); s++)
        most += strlen(home) + 1;
    c->memory = xmalloc(n + most);
    memcpy(c->memory, line, n);
    c->spare = c->memory + n;
}

static bool add_word(struct call *c, char *s, int column, struct error *e)
{
    if (c->words == CALL_MAX_WORDS)
        return misuse(e, column, "more than %d words in a line", CALL_MAX_WORDS);
    c->word[c->words++] = (struct word){expanded(c, s), column};
    return true;
}

static bool add_option(struct call *c, const struct arg *option, struct assign a, struct error *e)
{
    if (c->assigns == CALL_MAX_WORDS)
        return misuse(e, a.column, "more than %d settings in a line", CALL_MAX_WORDS);
    c->assign[c->assigns++] = a;
    return args_value(option, a.value, a.value_column, e);
}

/* A word as it stands after unquoting. `bare` is how many of its bytes were not in quotes at the
 * start: a quoted "a=b" is a word. */
static bool take(struct call *c, char *s, size_t bare, int column, struct error *e)
{
    const size_t key = call_key_length(c->command, s, bare);
    struct arg option;

    if (!key)
        return add_word(c, s, column, e);
    s[key] = '\0';
    if (!args_option(c->command, s, key, &option))
        return args_unknown(c->command, s, s, column, e);
    args_settle(&option, s, s + key + 1);
    return add_option(
        c, &option, (struct assign){s, expanded(c, s + key + 1), column, column + (int)key + 1}, e);
}

/* --key=value, --key value and --flag. *used: words consumed. */
static bool take_dashed(struct call *c, char *s, char *next, int column, int next_column, int *used,
                        struct error *e)
{
    char *key = s + 2;
    const size_t n = strcspn(key, "=");
    const bool joined = key[n] == '=';
    struct assign a = {key, "on", column, column};
    struct arg option;

    key[n] = '\0';
    if (!args_option(c->command, key, n, &option))
        return args_unknown(c->command, key, s, column, e);
    args_settle(&option, key, joined ? key + n + 1 : next);
    if (joined) {
        a = (struct assign){key, expanded(c, key + n + 1), column, column + (int)n + 3};
    } else if (option.values.n || option.setting) {
        if (!next)
            return misuse(e, column, "%s needs a value", s);
        a = (struct assign){key, expanded(c, next), column, next_column};
        *used = 2;
    }
    return add_option(c, &option, a, e);
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
        return misuse(e, (int)(opened - line), "a quote is not closed");
    *p = *in ? in + 1 : in;
    *out = '\0';
    return true;
}

/* Splits c->memory, a copy of the line, from offset `from` on. */
static bool split(struct call *c, int from, struct error *e)
{
    char *line = c->memory, *p = line + from;
    char *word[CALL_MAX_WORDS];
    size_t bare[CALL_MAX_WORDS];
    int column[CALL_MAX_WORDS + 1], n = 0;

    for (;;) {
        p += strspn(p, SPACE);
        column[n] = (int)(p - line) + (*p == '"' || *p == '\'');
        if (!*p || *p == '#')
            break;
        if (n == CALL_MAX_WORDS)
            return misuse(e, (int)(p - line), "more than %d words in a line", CALL_MAX_WORDS);
        if (!unquote(&p, &word[n], &bare[n], line, e))
            return false;
        n++;
    }
    for (int i = 0, used = 1; i < n; i += used, used = 1) {
        const bool dashed = bare[i] > 2 && strncmp(word[i], "--", 2) == 0 &&
                            isalpha((unsigned char)word[i][2]); /* in quotes it is a word */

        if (dashed ? !take_dashed(c, word[i], i + 1 < n ? word[i + 1] : NULL, column[i],
                                  column[i + 1], &used, e)
                   : !take(c, word[i], bare[i], column[i], e))
            return false;
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

/* ---- the check ------------------------------------------------------------------------------- */

static bool is_option(const struct arg *a, const char *key)
{
    return a->settings ? setting_find(&net_settings, key, NULL) != NULL : span_is(a->key, key);
}

/* Every command that prints a table has its format. */
static bool form_has_option(const struct command *c, struct span form, const char *key)
{
    struct arg a;

    while (args_next(&form, &a))
        if (is_option(&a, key))
            return true;
    return c->flags & CMD_TABLE && strcmp(key, "format") == 0;
}

/* The form that is meant has so many words, and these options. */
static bool fits(struct call *c, struct error *e)
{
    const struct span meant = args_meant(c->command, c->words ? c->word[0].s : NULL);
    struct span form = meant;
    int least = 0, most = 0, settled = 0;
    struct arg a;

    while (args_next(&form, &a))
        if (a.key.n == 0) {
            least += !a.optional;
            most = a.repeated ? CALL_MAX_WORDS : most + 1;
            for (; settled < most && settled < c->words; settled++)
                args_settle(&a, NULL, c->word[settled].s);
        }
    if (c->words < least || c->words > most)
        return call_misused(c, c->words > most ? c->word[most].column : -1, e);
    for (int i = 0; i < c->assigns; i++)
        if (!form_has_option(c->command, meant, c->assign[i].key))
            return call_misused(c, c->assign[i].column, e);
    return true;
}

bool call_parse(const struct command *command, const char *line, struct call *c, struct error *e)
{
    const size_t start = strspn(line, SPACE), end = start + strcspn(line + start, SPACE);

    c->command = command;
    c->words = c->assigns = 0;
    remember(c, line);
    c->rest_column = (int)(end + strspn(line + end, SPACE));
    c->rest = c->memory + c->rest_column;
    if (command->flags & CMD_RAW) {
        cut_comment(c->memory + c->rest_column);
        return true;
    }
    return split(c, c->rest_column, e) && fits(c, e);
}

void call_free(struct call *c)
{
    free(c->memory);
}
