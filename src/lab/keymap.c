/* keymap.c - see keymap.h. */
#include "lab/keymap.h"

#include "base/choice.h"
#include "base/suggest.h"
#include "base/utf8.h"
#include "base/xalloc.h"
#include "lab/keys_rc.h" /* static const char keys_rc[]: the text of keys.rc */

#include <stdlib.h>
#include <string.h>

struct keymap {
    struct binding *at;
    size_t n, cap;
};

static const char *const panes[] = {"lesson", "plot", "network", "weights", "graph", "text",
                                    "list",   "play", "quiz",    "full",    "alone", "more",
                                    "away",   "kept", "unit",    NULL};

static const char *const key_names[] = {
    "space", "tab",   "backtab", "enter", "escape", "backspace", "delete", "insert", "up", "down",
    "left",  "right", "home",    "end",   "pageup", "pagedown",  "f1",     "f2",     "f3", "f4",
    "f5",    "f6",    "f7",      "f8",    "f9",     "f10",       "f11",    "f12",    NULL,
};

static const char *key_candidate(const void *context, int i)
{
    (void)context;
    return key_names[i];
}

static bool is_key(const char *key)
{
    uint32_t cp;
    size_t n = strlen(key);

    if (n && utf8_decode(key, n, &cp) == n && cp > ' ' && utf8_width(cp) > 0)
        return true;
    if (n == 6 && strncmp(key, "ctrl-", 5) == 0 && key[5] >= 'a' && key[5] <= 'z')
        return true;
    for (int i = 0; key_names[i]; i++)
        if (strcmp(key_names[i], key) == 0)
            return true;
    return false;
}

static bool no_pane(int n, const char *word, struct error *e)
{
    struct text all = {0};

    choice_list(panes, &all);
    misuse(e, -1, "no pane '%.*s': %s", n, word, text_str(&all));
    text_free(&all);
    return false;
}

/* "plot:left" is the left key of the plot pane, ":" alone is the colon. */
static bool parse_key(const char *word, const char **pane, const char **key, struct error *e)
{
    const char *colon = strchr(word, ':'), *near;

    *pane = "";
    *key = word;
    if (colon && colon > word && colon[1]) {
        int i = 0;

        while (panes[i] && (strncmp(panes[i], word, (size_t)(colon - word)) != 0 ||
                            panes[i][colon - word] != '\0'))
            i++;
        if (!panes[i])
            return no_pane((int)(colon - word), word, e);
        *pane = panes[i];
        *key = colon + 1;
    }
    if (is_key(*key))
        return true;
    near = suggest(*key, key_candidate, NULL);
    return misuse(e, -1, "no key '%s': write a character, ctrl-a ... ctrl-z, or a name such as %s",
                  *key, near ? near : "space, tab, up, f1");
}

static struct binding *find(const struct keymap *k, const char *pane, const char *key)
{
    for (size_t i = 0; i < k->n; i++)
        if (strcmp(k->at[i].key, key) == 0 && strcmp(k->at[i].pane, pane) == 0)
            return &k->at[i];
    return NULL;
}

/* The label of another key for the command, where both hold everywhere. */
static const char *label_for(const struct keymap *k, const char *pane, const char *command)
{
    for (size_t i = 0; i < k->n && !pane[0]; i++)
        if (!k->at[i].pane[0] && k->at[i].label && k->at[i].label[0] &&
            strcmp(k->at[i].command, command) == 0)
            return k->at[i].label;
    return "";
}

static struct binding *add(struct keymap *k, const char *pane, const char *key)
{
    k->at = xgrow(k->at, &k->cap, k->n + 1, sizeof *k->at);
    k->at[k->n] = (struct binding){.pane = xstrdup(pane), .key = xstrdup(key)};
    return &k->at[k->n++];
}

static void set(const struct keymap *k, struct binding *b, const struct key_line *line)
{
    char *label = xstrdup(line->labelled ? line->label : label_for(k, b->pane, line->command));

    free(b->label);
    free(b->command);
    b->label = label;
    b->command = xstrdup(line->command);
}

bool keymap_bind(struct keymap *k, const struct key_line *line, struct error *e)
{
    const char *pane, *key;
    struct binding *b;

    if (!parse_key(line->key, &pane, &key, e))
        return false;
    b = find(k, pane, key);
    set(k, b ? b : add(k, pane, key), line);
    return true;
}

static void free_binding(struct binding *b)
{
    free(b->pane);
    free(b->key);
    free(b->command);
    free(b->label);
}

bool keymap_unbind(struct keymap *k, const char *word, struct error *e)
{
    const char *pane, *key;
    struct binding *b;

    if (!parse_key(word, &pane, &key, e))
        return false;
    b = find(k, pane, key);
    if (!b)
        return fail(e, "'%s' is not bound", word);
    free_binding(b);
    memmove(b, b + 1, (size_t)(k->at + k->n - b - 1) * sizeof *b);
    k->n--;
    return true;
}

/* A word that ends at a space, or one in quotes; moves *s behind it and the space. */
static bool read_word(const char **s, char *word, size_t size)
{
    const bool quoted = **s == '\'' || **s == '"';
    const char quote = (char)(quoted ? **s : '\0');
    const char *from = *s + (quote != '\0');
    const size_t n = quote ? strcspn(from, (const char[]){quote, '\0'}) : strcspn(from, " \t");

    if (n >= size || (quote && from[n] != quote))
        return false;
    snprintf(word, size, "%.*s", (int)n, from);
    *s = from + n + (quote != '\0');
    *s += strspn(*s, " \t");
    return true;
}

bool key_line_read(const char *line, struct key_line *out)
{
    *out = (struct key_line){.labelled = strncmp(line, "label=", 6) == 0};
    if (out->labelled)
        line += 6;
    if (out->labelled && !read_word(&line, out->label, sizeof out->label))
        return false;
    snprintf(out->key, sizeof out->key, "%.*s", (int)strcspn(line, " \t"), line);
    if (strcspn(line, " \t") >= sizeof out->key)
        return false;
    out->command = line + strcspn(line, " \t");
    out->command += strspn(out->command, " \t");
    return out->key[0] && *out->command;
}

/* The lines of the embedded file. The file is ours: a line that cannot be read, or a key that is
 * bound twice, is a bug that a test finds. */
struct keymap *keymap_new(void)
{
    struct keymap *k = xcalloc(1, sizeof *k);
    char *copy = xstrdup(keys_rc), *save = NULL;
    const char *pane, *key;
    struct key_line l;

    for (char *s = strtok_r(copy, "\n", &save); s; s = strtok_r(NULL, "\n", &save))
        if (strncmp(s, "bind ", 5) == 0 && key_line_read(s + 5, &l) &&
            parse_key(l.key, &pane, &key, NULL))
            set(k, add(k, pane, key), &l);
    free(copy);
    return k;
}

void keymap_free(struct keymap *k)
{
    if (!k)
        return;
    for (size_t i = 0; i < k->n; i++)
        free_binding(&k->at[i]);
    free(k->at);
    free(k);
}

const struct binding *keymap_find(const struct keymap *k, const char *pane, const char *key)
{
    return find(k, pane, key);
}

const char *keymap_key(const struct keymap *k, const char *pane, const char *command)
{
    for (size_t i = 0; i < k->n; i++)
        if (strcmp(k->at[i].command, command) == 0 &&
            (!k->at[i].pane[0] || strcmp(k->at[i].pane, pane) == 0 ||
             (strcmp(pane, "list") == 0 && strcmp(k->at[i].pane, "text") == 0)))
            return k->at[i].key;
    return NULL;
}

const struct binding *keymap_at(const struct keymap *k, size_t i)
{
    return i < k->n ? &k->at[i] : NULL;
}

/* As key_line_read reads it; one that is empty where it would not be. */
static void print_label(const struct keymap *k, const struct binding *b, struct text *out)
{
    const bool bare = b->label[0] && !strpbrk(b->label, " \t'\"");
    const char *quote = bare ? "" : strchr(b->label, '\'') ? "\"" : "'";

    if (!b->pane[0] && b->key[0] == '#') /* behind a label it would begin a comment */
        return;
    if (b->label[0] || label_for(k, b->pane, b->command)[0])
        text_printf(out, "label=%s%s%s ", quote, b->label, quote);
}

void binding_name(const struct binding *b, struct text *out)
{
    text_printf(out, "%s%s%s", b->pane, b->pane[0] ? ":" : "", b->key);
}

void keymap_print(const struct keymap *k, struct text *out)
{
    for (size_t i = 0; i < k->n; i++) {
        const struct binding *b = &k->at[i];

        text_add(out, "bind ");
        print_label(k, b, out);
        binding_name(b, out);
        text_printf(out, " %s\n", b->command);
    }
}
