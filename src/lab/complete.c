/* complete.c - see complete.h. */
#include "lab/complete.h"

#include "base/utf8.h"
#include "base/xalloc.h"
#include "draw/theme.h"
#include "lab/command.h"
#include "lab/demo.h"
#include "lab/help.h"
#include "lab/keymap.h"
#include "lab/observe.h"

#include <ctype.h>
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Where the completion stands. */
struct place {
    struct lab *lab;
    const struct command *command; /* NULL: its name is what is looked for */
    struct candidates *c;
    int index;            /* of the argument, from 0; settings do not count */
    struct text previous; /* the argument before */
    struct text key;      /* of "key=" in front of the word, or "" */
    struct text word;     /* what is there already, unquoted */
    bool quoted;          /* inside quotes: nothing needs a backslash */
};

static void offer_n(struct place *p, const char *s, size_t n)
{
    struct candidates *c = p->c;

    if (n < p->word.len || strncmp(s, text_str(&p->word), p->word.len) != 0)
        return;
    if (n == 0 || c->n == CANDIDATES_MAX)
        return;
    c->word = xgrow(c->word, &c->cap, c->n + 2, sizeof *c->word);
    c->word[c->n++] = xstrndup(s, n);
    c->word[c->n] = NULL;
}

static void offer(struct place *p, const char *s)
{
    offer_n(p, s, strlen(s));
}

static void offer_all(struct place *p, const char *const *words)
{
    for (int i = 0; words[i]; i++)
        offer(p, words[i]);
}

static void offer_steps(struct place *p)
{
    offer(p, "next");
    offer(p, "prev");
}

static void offer_functions(struct place *p)
{
    const struct activation *a;

    for (int i = 0; (a = functions_at(p->lab->functions, i)); i++)
        offer(p, a->name);
}

static void offer_commands(struct place *p)
{
    for (int i = 0; i < command_count; i++) {
        unsigned flags = command_table[i].flags;

        if (p->lab->restricted && !(flags & CMD_RESTRICTED))
            continue;
        if (flags & (p->lab->interactive ? CMD_SHELL : CMD_SCREEN))
            continue;
        offer(p, command_table[i].name);
    }
}

static void offer_names(struct place *p, const struct setting_table *t, const char *tail)
{
    for (int i = 0; i < t->rows; i++) {
        struct text name = {0};

        text_printf(&name, "%s%s", t->row[i].name, tail);
        offer(p, text_str(&name));
        text_free(&name);
    }
}

static void offer_values(struct place *p, const struct setting_table *t, const char *name)
{
    static const char *const switches[] = {"on", "off", "toggle", NULL};
    const struct setting *s = setting_find(t, name, NULL);

    if (!s)
        return;
    if (s->type == SETTING_CHOICE) {
        offer_all(p, s->choices);
        offer_steps(p);
    } else if (s->type == SETTING_BOOL) {
        offer_all(p, switches);
    } else if (s->type == SETTING_WORD) {
        offer_functions(p);
        offer(p, s->fallback);
    }
}

static void offer_lessons(struct place *p)
{
    course_read(&p->lab->course);
    for (size_t i = 0; i < p->lab->course.lessons; i++)
        offer(p, p->lab->course.lesson[i]->name);
}

static void offer_demos(struct place *p)
{
    for (int i = 0; i < demo_count; i++)
        offer(p, demo_table[i].name);
    offer(p, "all");
}

/* Every key that is bound, as `bind` and `unbind` name it. */
static void offer_keys(struct place *p)
{
    const char *pane, *key;

    for (size_t i = 0; keymap_at(p->lab->keymap, i, &pane, &key); i++) {
        struct text name = {0};

        text_printf(&name, "%s%s%s", pane, pane[0] ? ":" : "", key);
        offer(p, text_str(&name));
        text_free(&name);
    }
}

/* Names inside an expression: only the last one is completed, the word begins there. */
static void offer_expression(struct place *p)
{
    size_t n = p->word.len, tail = 0;
    const char *s;

    while (tail < n &&
           (isalnum((unsigned char)p->word.s[n - tail - 1]) || p->word.s[n - tail - 1] == '_'))
        tail++;
    if (tail < n) { /* what is before stays as it is */
        p->c->start += (int)(n - tail);
        memmove(p->word.s, p->word.s + n - tail, tail + 1);
        p->word.len = tail;
        p->c->append = 0;
    }
    offer_functions(p);
    for (int i = 0; (s = expr_builtin(i)); i++)
        offer(p, s);
    for (int i = 0; i < observable_count; i++)
        offer(p, observable_table[i].name);
}

/* A file's name as it is written in a line. */
static void add_escaped(struct text *out, const char *s, bool quoted)
{
    for (; *s; s++) {
        if (!quoted && strchr(" \t'\"\\#", *s))
            text_add_char(out, '\\');
        text_add_char(out, *s);
    }
}

static bool shown_as_is(const char *name)
{
    struct text clean = {0};
    bool same;

    utf8_clean(&clean, name, strlen(name), false);
    same = strcmp(text_str(&clean), name) == 0;
    text_free(&clean);
    return same;
}

static void offer_files(struct place *p)
{
    const char *slash = strrchr(text_str(&p->word), '/');
    size_t folder_length = slash ? (size_t)(slash - p->word.s) + 1 : 0;
    const char *begin = text_str(&p->word) + folder_length;
    struct text folder = {0}, escaped = {0};
    struct dirent *entry;
    DIR *dir;

    if (p->lab->restricted)
        return;
    text_add_n(&folder, text_str(&p->word), folder_length);
    dir = opendir(folder_length ? folder.s : ".");
    while (dir && (entry = readdir(dir)) && p->c->n < CANDIDATES_MAX) {
        struct text path = {0};
        struct stat st;

        if ((entry->d_name[0] == '.' && begin[0] != '.') || !shown_as_is(entry->d_name) ||
            strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0 ||
            strncmp(entry->d_name, begin, strlen(begin)) != 0)
            continue;
        text_printf(&path, "%s%s", text_str(&folder), entry->d_name);
        text_clear(&escaped);
        add_escaped(&escaped, path.s, p->quoted);
        if (stat(path.s, &st) == 0 && S_ISDIR(st.st_mode)) {
            text_add_char(&escaped, '/');
            p->c->append = 0;
        }
        text_free(&path);
        p->c->word = xgrow(p->c->word, &p->c->cap, p->c->n + 2, sizeof *p->c->word);
        p->c->word[p->c->n++] = xstrdup(escaped.s);
        p->c->word[p->c->n] = NULL;
    }
    if (dir)
        closedir(dir);
    text_free(&folder);
    text_free(&escaped);
}

static void offer_theme(struct place *p)
{
    offer_all(p, theme_names);
    offer_steps(p);
}

static void offer_charset(struct place *p)
{
    offer_all(p, charset_names);
    offer_steps(p);
}

static void offer_netview(struct place *p)
{
    offer_all(p, netview_names);
    offer_steps(p);
}

static void offer_pane(struct place *p)
{
    offer_all(p, pane_names);
    offer_steps(p);
}

static void offer_settings(struct place *p)
{
    offer_names(p, &lab_settings, "");
}

static void offer_setting_value(struct place *p)
{
    offer_values(p, &lab_settings, text_str(&p->previous));
}

static void offer_topic(struct place *p)
{
    const char *name;

    offer_commands(p);
    for (int i = 0; (name = help_topic_at(i)); i++)
        if (!command_find(name, NULL))
            offer(p, name);
}

static void offer_net(struct place *p)
{
    offer_names(p, &net_settings, "=");
    p->c->append = 0;
}

/* The words of command.h's `completes`. */
static const struct {
    const char *name;
    void (*offer)(struct place *);
} kinds[] = {
    {"function", offer_functions},    {"file", offer_files},      {"lesson", offer_lessons},
    {"command", offer_commands},      {"key", offer_keys},        {"setting", offer_settings},
    {"value", offer_setting_value},   {"net", offer_net},         {"theme", offer_theme},
    {"charset", offer_charset},       {"netview", offer_netview}, {"pane", offer_pane},
    {"expression", offer_expression}, {"topic", offer_topic},     {"demo", offer_demos},
};

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

static bool is_kind(const char *kind, size_t n, const char *name)
{
    return strlen(name) == n && strncmp(name, kind, n) == 0;
}

static void offer_kind(struct place *p, const char *kind, size_t n)
{
    if (n && kind[n - 1] == '*')
        n--;
    if (n > 5 && strncmp(kind, "word:", 5) == 0) {
        for (size_t i = 5, len; i < n; i += len + 1) {
            for (len = 0; i + len < n && kind[i + len] != ','; len++)
                ;
            offer_n(p, kind + i, len);
        }
        return;
    }
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (is_kind(kind, n, kinds[i].name))
            kinds[i].offer(p);
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
            offer_n(p, word + i, len);
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

                offer_n(p, s, key + 1);
                if (p->c->n > before)
                    p->c->append = 0;
            } else if (p->key.len == key && strncmp(p->key.s, s, key) == 0) {
                for (size_t i = 0, len; i < value; i += len + 1) {
                    for (len = 0; i + len < value && s[key + 1 + i + len] != '|'; len++)
                        ;
                    if (islower((unsigned char)s[key + 1 + i]))
                        offer_n(p, s + key + 1 + i, len);
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

static void offer_argument(struct place *p)
{
    const struct command *command = p->command;
    const char *kind;
    size_t n;

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
        if (is_kind(kind, n, "command")) {
            complete_from(p->lab, line, at, point, p->c);
            return;
        }
        if (end >= point || is_kind(kind, n, "expression")) { /* which takes all that is left */
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
        p.command = command_of(line + at, NULL);
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

void candidates_free(struct candidates *c)
{
    for (size_t i = 0; i < c->n; i++)
        free(c->word[i]);
    free(c->word);
    *c = (struct candidates){0};
}
