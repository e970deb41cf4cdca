/* complete.c - see complete.h. */
#include "commands/complete.h"

#include "base/xalloc.h"
#include "commands/complete_offer.h"
#include "commands/options.h"

#include <ctype.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* Words that stand for themselves, and things of the kinds that capitals name. */
static void offer_alternatives(struct place *p, struct span values)
{
    struct span one;

    while (args_alternative(&values, &one)) {
        if (args_literal(one))
            offer(p, one.s, one.n);
        else
            offer_kind(p, args_kind(one));
    }
}

/* The form's words that may stand here, optional ones before them left out. */
static void offer_form(struct place *p, struct span form)
{
    int least = 0, most = 0; /* places where it may stand */
    struct arg a;

    while (args_next(&form, &a)) {
        if (a.key.n)
            continue;
        if (p->index >= least && (p->index <= most || a.repeated))
            offer_alternatives(p, a.values);
        least += !a.optional;
        most = a.repeated ? INT_MAX - 1 : most + 1;
    }
}

static void offer_words(struct place *p)
{
    struct span left = args_of(p->command), form;

    if (p->index > 0) {
        offer_form(p, args_meant(p->command, text_str(&p->first)));
        return;
    }
    while (args_form(&left, &form))
        offer_form(p, form);
}

/* Names of options: with dashes in front as the shell's users write them, and then flags, too. The
 * settings of the network are the arguments of a command that has them; other options would drown
 * the words. */
static void offer_options(struct place *p, const char *dashes, bool only_settings)
{
    struct arg a;

    for (int i = 0; args_option_at(p->command, i, &a); i++) {
        struct text name = {0};

        if (a.settings) {
            offer_names(p, &net_settings, dashes, "=");
        } else if (!only_settings && (a.values.n || dashes[0])) {
            text_printf(&name, "%s%.*s%s", dashes, (int)a.key.n, a.key.s, a.values.n ? "=" : "");
            offer(p, name.s, name.len);
        }
        text_free(&name);
    }
    if (p->c->n > 0 && strchr(p->c->word[p->c->n - 1], '='))
        p->c->append = 0;
}

static void offer_option_values(struct place *p)
{
    struct arg a;

    if (!args_option(p->command, p->key.s, p->key.len, &a))
        return;
    if (a.setting)
        offer_values(p, &net_settings, p->key.s);
    if (a.setting && strcmp(p->key.s, "data") == 0)
        offer_kind(p, (struct span){"FILE", 4});
    offer_alternatives(p, a.values);
}

static void offer_argument(struct place *p)
{
    if (p->key.len > 2 && memcmp(p->key.s, "--", 2) == 0) {
        memmove(p->key.s, p->key.s + 2, p->key.len - 1);
        p->key.len -= 2;
    } else if (p->word.len > 1 && memcmp(p->word.s, "--", 2) == 0) {
        offer_options(p, "--", false);
        return;
    }
    if (p->key.len) {
        offer_option_values(p);
        return;
    }
    offer_words(p);
    offer_options(p, "", p->c->n > 0 && !p->word.len);
}

static bool is_option(const char *word)
{
    return strchr(word, '=') || strncmp(word, "--", 2) == 0;
}

/* Reads the line up to the point as the dispatcher would. Returns the word's first byte. */
static int split(struct place *p, const char *line, int at, int point)
{
    int start = at;
    char quote = 0;

    text_clear(&p->word);
    p->quoted = false;
    for (int i = at; i < point; i++) {
        char ch = line[i];

        if (quote ? ch == quote : ch == '\'' || ch == '"') {
            p->quoted = !quote;
            if (quote) {
                quote = '\0';
            } else {
                quote = ch;
                start = i + 1;
            }
        } else if (!quote && isspace((unsigned char)ch)) {
            if (p->word.len && (!is_option(p->word.s) || p->command == NULL)) {
                if (p->index == 0)
                    text_add(&p->first, p->word.s);
                text_clear(&p->previous);
                text_add(&p->previous, p->word.s);
                p->index++;
            }
            text_clear(&p->word);
            start = i + 1;
        } else {
            if (ch == '\\' && quote != '\'' && i + 1 < point)
                ch = line[++i];
            text_add_char(&p->word, ch);
        }
    }
    return start;
}

static int compare(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void sort(struct candidates *c)
{
    size_t kept = 0;

    if (c->n == 0)
        return;
    qsort(c->word, c->n, sizeof *c->word, compare);
    for (size_t i = 0; i < c->n; i++) {
        if (kept && strcmp(c->word[kept - 1], c->word[i]) == 0)
            free(c->word[i]);
        else
            c->word[kept++] = c->word[i];
    }
    c->n = kept;
    c->word[kept] = NULL;
}

static void complete_from(struct lab *, const char *line, int at, int point, struct candidates *);

/* Behind the word at `at`, quotes and all, and the space that follows it. */
static int skip_word(const char *line, int at)
{
    char quote = 0;

    for (; line[at] && (quote || !isspace((unsigned char)line[at])); at++) {
        if (quote && line[at] == quote)
            quote = 0;
        else if (!quote && (line[at] == '\'' || line[at] == '"'))
            quote = line[at];
    }
    return at + (int)strspn(line + at, " \t");
}

/* The rest of a raw line is not split: it is a command line of its own (`bind KEY COMMAND`) after
 * as many words as stand in front of it, or an expression. */
static void complete_raw(struct place *p, const char *line, int at, int point)
{
    struct span form = args_of(p->command);
    struct arg a;

    while (args_next(&form, &a)) {
        const struct span kind = args_kind(a.values);
        int end;

        at += (int)strspn(line + at, " \t");
        if (a.key.n && strncmp(line + at, a.key.s, a.key.n + 1) == 0) /* "label='try it' t try" */
            at = skip_word(line, at);
        if (a.key.n)
            continue;
        end = at + (int)strcspn(line + at, " \t");
        if (span_is(kind, "COMMAND")) {
            complete_from(p->lab, line, at, point, p->c);
            return;
        }
        if (end >= point || span_is(kind, "EXPR")) { /* which takes all that is left */
            p->c->start = at < point ? at : point;
            text_add_n(&p->word, line + p->c->start, (size_t)(point - p->c->start));
            offer_alternatives(p, a.values);
            return;
        }
        at = end;
    }
}

/* The value of "key=value" begins behind the '='. */
static void split_setting(struct place *p)
{
    const char *equals = strchr(text_str(&p->word), '=');
    size_t key;

    if (!equals || p->quoted)
        return;
    key = (size_t)(equals - p->word.s);
    text_add_n(&p->key, p->word.s, key);
    memmove(p->word.s, equals + 1, p->word.len - key);
    p->word.len -= key + 1;
    p->c->start += (int)key + 1;
}

/* A command line that begins at byte `at`. */
static void complete_from(struct lab *lab, const char *line, int at, int point,
                          struct candidates *c)
{
    struct place p = {.lab = lab, .c = c};
    int end;

    at += (int)strspn(line + at, " \t");
    if (at > point)
        at = point;
    end = at + (int)strcspn(line + at, " \t");
    c->append = ' ';
    if (end >= point) {
        c->start = split(&p, line, at, point);
        offer_commands(&p);
    } else {
        p.command = command_of(lab->commands, line + at, NULL);
        if (p.command && p.command->flags & CMD_RAW) {
            complete_raw(&p, line, end, point);
        } else if (p.command) {
            c->start = split(&p, line, end, point);
            split_setting(&p);
            offer_argument(&p);
        }
    }
    text_free(&p.first);
    text_free(&p.previous);
    text_free(&p.key);
    text_free(&p.word);
}

void lab_complete(struct lab *lab, const char *line, int point, struct candidates *c)
{
    complete_from(lab, line, 0, point, c);
    sort(c);
}

void lab_complete_program(struct lab *lab, const char *line, struct candidates *c)
{
    const int point = (int)strlen(line);
    int at = (int)strspn(line, " \t");

    while (line[at] == '-') {
        struct place p = {.lab = lab, .c = c};
        const int end = at + (int)strcspn(line + at, " \t");
        char *word = xstrndup(line + at, (size_t)(end - at));
        const enum option_id id = option_find(word);
        bool here = end == point;

        if (here) {
            text_add(&p.word, word);
            for (int i = 0; i < OPTIONS; i++)
                offer(&p, program_options[i].name, strlen(program_options[i].name));
        } else if (id != OPTIONS && program_options[id].argument[0]) {
            at = skip_word(line, at);
            here = !strpbrk(line + at, " \t");
            if (here && id != OPTION_LINE) {
                text_add(&p.word, line + at);
                offer_kind(&p, (struct span){"FILE", 4});
            }
        }
        c->append = ' ';
        c->start = at;
        free(word);
        text_free(&p.word);
        if (here) {
            sort(c);
            return;
        }
        at = skip_word(line, at);
    }
    complete_from(lab, line, at, point, c);
    sort(c);
}

void candidates_free(struct candidates *c)
{
    for (size_t i = 0; i < c->n; i++)
        free(c->word[i]);
    free(c->word);
    *c = (struct candidates){0};
}
