/* complete.c - see complete.h. */
#include "commands/complete.h"

#include "base/xalloc.h"
#include "commands/complete_offer.h"
#include "commands/options.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* The i-th word of a list, the last one again where it ends in `repeat`. */
static bool nth_word(const char *list, int i, const char *repeat, const char **word, size_t *n)
{
    const char *last = NULL;
    size_t length = 0;

    for (const char *s = list + strspn(list, " "); *s; s += strspn(s, " ")) {
        size_t len = strcspn(s, " ");

        last = s;
        length = len;
        if (i-- == 0)
            break;
        s += len;
    }
    if (!last)
        return false;
    if (i >= 0 && (!repeat[0] || length < strlen(repeat) ||
                   strncmp(last + length - strlen(repeat), repeat, strlen(repeat)) != 0))
        return false;
    *word = last;
    *n = length;
    return true;
}

/* Words in small letters among the alternatives of the usage are meant as they stand:
 * "V|default". */
static void offer_literals(struct place *p, const char *usage)
{
    const char *word;
    size_t n;

    if (!nth_word(usage, p->index, "...]", &word, &n))
        return;
    for (size_t i = 0; i < n;) {
        size_t len = 0;
        bool small = true;

        while (i + len < n && !strchr("[]|", word[i + len])) {
            small &= islower((unsigned char)word[i + len]) || word[i + len] == '_';
            len++;
        }
        if (small)
            offer(p, word + i, len);
        i += len + 1;
    }
}

/* "key=value" options: names from the options and the usage, and a choice's values. */
static void offer_options(struct place *p, const char *list)
{
    for (const char *s = list; *s; s++) {
        size_t key = strspn(s, "abcdefghijklmnopqrstuvwxyz_");

        if (key && s[key] == '=') {
            size_t value = strcspn(s + key + 1, " ]");

            if (!text_str(&p->key)[0]) {
                size_t before = p->c->n;

                offer(p, s, key + 1);
                if (p->c->n > before)
                    p->c->append = 0;
            } else if (p->key.len == key && strncmp(p->key.s, s, key) == 0) {
                for (size_t i = 0, len; i < value; i += len + 1) {
                    for (len = 0; i + len < value && s[key + 1 + i + len] != '|'; len++)
                        ;
                    if (islower((unsigned char)s[key + 1 + i]))
                        offer(p, s + key + 1 + i, len);
                }
            }
            s += key + value;
        } else if (key) {
            s += key - 1;
        }
        if (!*s)
            break;
    }
}

/* The same as the shell's users write them: "--key=" and "--key". */
static void offer_dashed(struct place *p)
{
    for (const char *s = p->command->options; *s; s += strspn(s, " ")) {
        const size_t key = strcspn(s, "= "), n = key + (s[key] == '=');
        char *name = xmalloc(n + 3);
        const size_t before = p->c->n;

        snprintf(name, n + 3, "--%.*s", (int)n, s);
        offer(p, name, n + 2);
        if (p->c->n > before && s[key] == '=')
            p->c->append = 0;
        free(name);
        s += strcspn(s, " ");
    }
}

static void offer_argument(struct place *p)
{
    const struct command *command = p->command;
    const char *kind;
    size_t n;

    if (p->key.len > 2 && memcmp(p->key.s, "--", 2) == 0) {
        memmove(p->key.s, p->key.s + 2, p->key.len - 1);
        p->key.len -= 2;
    } else if (p->word.len > 1 && memcmp(p->word.s, "--", 2) == 0) {
        offer_dashed(p);
        return;
    }
    if (p->key.len) {
        if (strstr(command->completes, "net*")) {
            offer_values(p, &net_settings, p->key.s);
            if (strcmp(p->key.s, "data") == 0)
                offer_files(p);
        }
        offer_options(p, command->options);
        return;
    }
    offer_literals(p, command->usage);
    if (nth_word(command->completes, p->index, "*", &kind, &n))
        offer_kind(p, kind, n);
    if (p->word.len || p->c->n == 0) { /* options would drown the arguments */
        offer_options(p, command->options);
        offer_options(p, command->usage);
    }
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
            if (p->word.len) {
                if (!strchr(text_str(&p->word), '=') || p->command == NULL) {
                    text_clear(&p->previous);
                    text_add(&p->previous, p->word.s);
                    p->index++;
                }
                text_clear(&p->word);
            }
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

/* The rest of a raw line is not split: it is a command line of its own (`bind KEY COMMAND`) after
 * as many words as stand in front of it, or an expression. */
static void complete_raw(struct place *p, const char *line, int at, int point)
{
    const char *kind;
    size_t n;

    for (int i = 0; nth_word(p->command->completes, i, "", &kind, &n); i++) {
        int end;

        at += (int)strspn(line + at, " \t");
        end = at + (int)strcspn(line + at, " \t");
        if (offer_is_kind(kind, n, "command")) {
            complete_from(p->lab, line, at, point, p->c);
            return;
        }
        if (end >= point ||
            offer_is_kind(kind, n, "expression")) { /* which takes all that is left */
            p->c->start = at < point ? at : point;
            text_add_n(&p->word, line + p->c->start, (size_t)(point - p->c->start));
            offer_kind(p, kind, n);
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
    text_free(&p.previous);
    text_free(&p.key);
    text_free(&p.word);
}

void lab_complete(struct lab *lab, const char *line, int point, struct candidates *c)
{
    complete_from(lab, line, 0, point, c);
    sort(c);
}

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
                offer_files(&p);
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
