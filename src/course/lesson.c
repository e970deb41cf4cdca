/* lesson.c - from Markdown to a lesson. md4c calls back for each block, span and piece of text;
 * what they mean depends on where they stand: in a heading, in a block of ours, in a quiz, or in
 * the body of a page. The source is cleaned before it is parsed, and its character references
 * after, so that nothing harmful is left in a lesson. */
#include "course/lesson.h"

#include "base/file.h"
#include "base/plain_text.h"
#include "base/utf8.h"
#include "base/xalloc.h"
#include "course/markdown.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static void free_lines(struct lesson_lines *l)
{
    for (size_t i = 0; i < l->n; i++) {
        free(l->at[i].text);
        free(l->at[i].note);
    }
    free(l->at);
}

static void free_try(struct lesson_try *t)
{
    free(t->title);
    free_lines(&t->setup);
    free_lines(&t->goals);
    free_lines(&t->hints);
    free_lines(&t->solution);
}

static void free_question(struct lesson_question *q)
{
    for (size_t i = 0; i < q->choices; i++) {
        free(q->choice[i].text);
        free(q->choice[i].explanation);
    }
    free(q->choice);
    free(q->text);
}

void lesson_free(struct lesson *l)
{
    if (!l)
        return;
    for (size_t i = 0; i < l->pages; i++) {
        free(l->page[i].title);
        styled_free(&l->page[i].body);
    }
    for (size_t i = 0; i < l->tries; i++)
        free_try(&l->try[i]);
    for (size_t i = 0; i < l->questions; i++)
        free_question(&l->question[i]);
    free_lines(&l->setup);
    free(l->page);
    free(l->try);
    free(l->question);
    free(l->name);
    free(l->path);
    free(l->title);
    text_free(&l->unread);
    free(l);
}

/* "lessons/02-sigmoid.md" is number 2, "sigmoid". */
static void name_lesson(struct lesson *l, const char *path)
{
    const char *base = strrchr(path, '/');
    size_t n;

    base = base ? base + 1 : path;
    l->path = xstrdup(path);
    if (isdigit((unsigned char)*base)) {
        const char *name = base;
        long number = strtol(base, NULL, 10);

        while (isdigit((unsigned char)*name))
            name++;
        while (*name == '-' || *name == '_')
            name++;
        if (*name && *name != '.' && number <= 9999) {
            base = name;
            l->own_number = l->number = (int)number;
        }
    }
    n = strlen(base);
    if (n > 3 && strcasecmp(base + n - 3, ".md") == 0)
        n -= 3;
    struct text name = {0};
    utf8_clean(&name, base, n, false);
    l->name = xstrdup(text_str(&name));
    text_free(&name);
}

/* Makes the text what the parser relies on: plain, nothing harmful in it; as many lines as before.
 */
static void clean_source(struct text *out, const char *s, size_t n)
{
    struct text plain = {0};

    text_add_n(&plain, s, n);
    plain_text(&plain, 0);
    utf8_clean(out, text_str(&plain), plain.len, true);
    text_free(&plain);
}

static struct lesson *lesson_new(const char *path, const char *text, size_t n, struct error *e)
{
    struct lesson *l;

    if (n > LESSON_LIMIT) {
        fail(e, "%s: longer than %d bytes, the most that a lesson may have", path, LESSON_LIMIT);
        return NULL;
    }
    l = xcalloc(1, sizeof *l);
    name_lesson(l, path);
    text_reserve(&l->unread, n);
    clean_source(&l->unread, text, n);
    return l;
}

bool lesson_read(struct lesson *l, struct error *e)
{
    struct text source = l->unread;
    bool ok;

    if (lesson_is_read(l))
        return true;
    l->unread = (struct text){0};
    free(l->title);
    l->title = NULL;
    ok = markdown_lesson(l, text_str(&source), source.len, e);
    text_free(&source);
    return ok;
}

bool lesson_is_read(const struct lesson *l)
{
    return !l->unread.s;
}

/* A title that means the same to any reader of Markdown: "# " and plain words on the first line,
 * an empty line after it. */
static bool find_title(struct lesson *l)
{
    const char *s = text_str(&l->unread);
    const size_t n = strcspn(s, "\n");

    if (strncmp(s, "# ", 2) != 0 || !isalnum((unsigned char)s[2]) || strncmp(s + n, "\n\n", 2) != 0)
        return false;
    for (size_t i = 2; i < n; i++)
        if (!isalnum((unsigned char)s[i]) && !strchr(" -,:'()?", s[i]))
            return false;
    if (s[n - 1] == ' ')
        return false;
    l->title = xstrndup(s + 2, n - 2);
    return true;
}

struct lesson *lesson_parse(const char *path, const char *text, size_t n, struct error *e)
{
    struct lesson *l = lesson_new(path, text, n, e);

    if (!l || lesson_read(l, e))
        return l;
    lesson_free(l);
    return NULL;
}

static struct lesson *from_file(const char *path, bool title, struct error *e)
{
    struct text text = {0};
    struct lesson *l = NULL;

    if (file_read(path, LESSON_LIMIT, &text, e))
        l = lesson_new(path, text_str(&text), text.len, e);
    text_free(&text);
    if (!l || (title && find_title(l)) || lesson_read(l, e))
        return l;
    lesson_free(l);
    return NULL;
}

struct lesson *lesson_load(const char *path, struct error *e)
{
    return from_file(path, false, e);
}

struct lesson *lesson_glance(const char *path, struct error *e)
{
    return from_file(path, true, e);
}
