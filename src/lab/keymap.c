/* keymap.c - see keymap.h. */
#include "lab/keymap.h"

#include "base/suggest.h"
#include "base/utf8.h"
#include "base/xalloc.h"
#include "lab/keys_rc.h" /* static const char keys_rc[]: the text of keys.rc */

#include <stdlib.h>
#include <string.h>

struct binding {
    char *pane; /* "" everywhere */
    char *key, *command;
};

struct keymap {
    struct binding *at;
    size_t n, cap;
};

static const char *const panes[] = {"lesson", "plot", "network", "weights", "text",
                                    "list",   "play", "quiz",    "full",    NULL};

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
            return misuse(e, -1,
                          "no pane '%.*s': write lesson, plot, network, weights, text, list, play, "
                          "quiz or full",
                          (int)(colon - word), word);
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

static void add(struct keymap *k, const char *pane, const char *key, const char *command)
{
    k->at = xgrow(k->at, &k->cap, k->n + 1, sizeof *k->at);
    k->at[k->n++] = (struct binding){xstrdup(pane), xstrdup(key), xstrdup(command)};
}

bool keymap_bind(struct keymap *k, const char *word, const char *command, struct error *e)
{
    const char *pane, *key;
    struct binding *b;

    if (!parse_key(word, &pane, &key, e))
        return false;
    b = find(k, pane, key);
    if (b) {
        free(b->command);
        b->command = xstrdup(command);
        return true;
    }
    add(k, pane, key, command);
    return true;
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
    free(b->pane);
    free(b->key);
    free(b->command);
    memmove(b, b + 1, (size_t)(k->at + k->n - b - 1) * sizeof *b);
    k->n--;
    return true;
}

/* One line "bind KEY COMMAND" of the embedded file. The file is ours: a line that cannot be read,
 * or a key that is bound twice, is a bug that a test finds. */
static void read_line(struct keymap *k, char *line)
{
    char *save = NULL, *word = strtok_r(line, " ", &save);
    const char *pane, *key;

    if (!word || strcmp(word, "bind") != 0)
        return;
    word = strtok_r(NULL, " ", &save);
    if (word && parse_key(word, &pane, &key, NULL))
        add(k, pane, key, save + strspn(save, " "));
}

struct keymap *keymap_new(void)
{
    struct keymap *k = xcalloc(1, sizeof *k);
    char *copy = xstrdup(keys_rc), *save = NULL;

    for (char *line = strtok_r(copy, "\n", &save); line; line = strtok_r(NULL, "\n", &save))
        read_line(k, line);
    free(copy);
    return k;
}

void keymap_free(struct keymap *k)
{
    if (!k)
        return;
    for (size_t i = 0; i < k->n; i++) {
        free(k->at[i].pane);
        free(k->at[i].key);
        free(k->at[i].command);
    }
    free(k->at);
    free(k);
}

/* While a long text hides the lab no key changes it unseen. */
static bool over_a_text(const char *command)
{
    static const char *const may[] = {"prompt", "help", "redraw", "quit", "theme next"};

    for (size_t i = 0; i < sizeof may / sizeof *may; i++)
        if (strcmp(may[i], command) == 0)
            return true;
    return false;
}

const char *keymap_find(const struct keymap *k, const char *pane, const char *key)
{
    const struct binding *b = find(k, pane, key);

    if (!b && strcmp(pane, "list") == 0)
        b = find(k, pane = "text", key);
    if (!b)
        b = find(k, "", key);
    if (b && strcmp(pane, "text") == 0 && !b->pane[0] && !over_a_text(b->command))
        return NULL;
    return b ? b->command : NULL;
}

const char *keymap_own(const struct keymap *k, const char *pane, const char *key)
{
    const struct binding *b = find(k, pane, key);

    return b ? b->command : NULL;
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

const char *keymap_at(const struct keymap *k, size_t i, const char **pane, const char **key)
{
    if (i >= k->n)
        return NULL;
    *pane = k->at[i].pane;
    *key = k->at[i].key;
    return k->at[i].command;
}

void keymap_print(const struct keymap *k, struct text *out)
{
    for (size_t i = 0; i < k->n; i++)
        text_printf(out, "bind %s%s%s %s\n", k->at[i].pane, k->at[i].pane[0] ? ":" : "",
                    k->at[i].key, k->at[i].command);
}
