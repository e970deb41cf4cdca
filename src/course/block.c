/* block.c - see block.h. Blocks are lists of command lines, but for hints, which are prose; a try
 * has lines `title:` and `goal:` besides. */
#include "course/block.h"

#include "base/text.h"
#include "base/xalloc.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const kinds[] = {"lab", "try", "hint", "solution"};
const char block_languages[] =
    "text, math, python, c, sh, console, json, csv, r, julia, javascript, rust";

enum block_kind block_kind_find(const char *word)
{
    const char *p = block_languages;
    const size_t n = strlen(word);

    if (!n)
        return BLOCK_OTHER;
    for (int i = 0; i < BLOCK_OTHER; i++)
        if (strcmp(kinds[i], word) == 0)
            return (enum block_kind)i;
    while ((p = strstr(p, word)) != NULL) { /* a whole word of the list */
        if ((p == block_languages || p[-1] == ' ') && (p[n] == ',' || !p[n]))
            return BLOCK_OTHER;
        p += n;
    }
    return BLOCK_UNKNOWN;
}

/* Takes over text and note. */
static void add_line(struct lesson_lines *l, char *text, char *note, int line)
{
    l->at = xgrow(l->at, &l->cap, l->n + 1, sizeof *l->at);
    l->at[l->n++] = (struct lesson_line){.text = text, .note = note, .line = line};
}

static char *cut(const char *s, const char *end)
{
    return text_trimmed(s, (size_t)(end - s));
}

static void add_goal(struct lesson_try *t, const char *s, const char *end, int line)
{
    const char *note = memchr(s, '#', (size_t)(end - s));

    add_line(&t->goals, cut(s, note ? note : end), note ? cut(note + 1, end) : xstrdup(""), line);
}

/* The word before a colon at the start of the line: commands never look like this. */
static size_t key_length(const char *s, const char *end)
{
    size_t n = 0;

    while (s + n < end && isalpha((unsigned char)s[n]))
        n++;
    return n && s + n < end && s[n] == ':' ? n : 0;
}

static bool is_key(const char *s, size_t n, const char *key)
{
    return strlen(key) == n && strncmp(s, key, n) == 0;
}

static bool add_try_line(struct lesson *l, const char *s, const char *end, int line,
                         struct error *e)
{
    struct lesson_try *t = &l->try[l->tries - 1];
    const size_t key = key_length(s, end);

    if (!key) {
        add_line(&t->setup, cut(s, end), xstrdup(""), line);
        return true;
    }
    if (is_key(s, key, "goal")) {
        add_goal(t, s + key + 1, end, line);
        if (!t->goals.at[t->goals.n - 1].text[0])
            return fail(e, "%s:%d: a goal without an expression", l->path, line);
        return true;
    }
    if (!is_key(s, key, "title"))
        return fail(e, "%s:%d: unknown '%.*s:' in a try: write title: or goal:", l->path, line,
                    (int)(key < 20 ? key : 20), s);
    free(t->title);
    t->title = cut(s + key + 1, end);
    return true;
}

static bool add_line_of(struct lesson *l, enum block_kind kind, const char *s, const char *end,
                        int line, struct error *e)
{
    while (s < end && isspace((unsigned char)*s))
        s++;
    if (s == end || *s == '#')
        return true;
    if (kind == BLOCK_TRY)
        return add_try_line(l, s, end, line, e);
    add_line(kind == BLOCK_LAB ? &l->setup : &l->try[l->tries - 1].solution, cut(s, end),
             xstrdup(""), line);
    return true;
}

/* Lines of a hint's paragraph run on; paragraphs are apart by a newline. */
static void add_hint(struct lesson_try *t, const char *s, int line)
{
    struct text out = {0};
    const char *gap = "";

    while (*s) {
        const char *end = s + strcspn(s, "\n");
        char *piece = cut(s, end);

        if (*piece) {
            text_printf(&out, "%s%s", gap, piece);
            gap = " ";
        } else if (out.len) {
            gap = "\n";
        }
        free(piece);
        s = *end ? end + 1 : end;
    }
    add_line(&t->hints, out.s ? out.s : xstrdup(""), xstrdup(""), line);
}

bool block_add(struct lesson *l, enum block_kind kind, const char *text, int line, struct error *e)
{
    if (kind == BLOCK_TRY) {
        l->try = xgrow(l->try, &l->try_cap, l->tries + 1, sizeof *l->try);
        l->try[l->tries++] = (struct lesson_try){.title = xstrdup(""),
                                                 .line = line,
                                                 .page = (int)l->pages - 1,
                                                 .after = l->page[l->pages - 1].body.paragraphs};
    }
    if (!l->tries && kind != BLOCK_LAB)
        return fail(e, "%s:%d: a %s before any try: it must follow the try that it belongs to",
                    l->path, line, kinds[kind]);
    if (kind == BLOCK_HINT) {
        add_hint(&l->try[l->tries - 1], text, line);
        return true;
    }
    for (int at = line + 1; *text; at++) {
        const char *end = text + strcspn(text, "\n");

        if (!add_line_of(l, kind, text, end, at, e))
            return false;
        text = *end ? end + 1 : end;
    }
    return true;
}
