/* lesson.c - from Markdown to a lesson. md4c calls back for each block, span and piece of text;
 * what they mean depends on where they stand: in a heading, in a block of ours, in a quiz, or in
 * the body of a page. The source is cleaned before it is parsed, and its character references
 * after, so that nothing harmful is left in a lesson. */
#include "course/lesson.h"

#include "base/file.h"
#include "base/setting.h"
#include "base/utf8.h"
#include "base/xalloc.h"
#include "course/markdown.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
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
        rich_free(&l->page[i].body);
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
            l->number = (int)number;
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

/* What the parser may rely on: UTF-8, LF at the ends of lines, nothing harmful; as many lines as
 * before. */
static void clean_source(struct text *out, const char *s, size_t n)
{
    if (n >= 3 && memcmp(s, "\xEF\xBB\xBF", 3) == 0) { /* a byte order mark */
        s += 3;
        n -= 3;
    }
    while (n) {
        const char *cr = memchr(s, '\r', n);
        const size_t plain = cr ? (size_t)(cr - s) : n;

        utf8_clean(out, s, plain, true);
        s += plain;
        n -= plain;
        if (cr) {
            text_add_char(out, '\n');
            s++;
            n--;
            if (n && *s == '\n') {
                s++;
                n--;
            }
        }
    }
}

struct lesson *lesson_parse(const char *path, const char *text, size_t n, struct error *e)
{
    struct lesson *l;
    struct text source = {0};
    bool ok;

    if (n > LESSON_LIMIT) {
        fail(e, "%s: longer than %d bytes, the most that a lesson may have", path, LESSON_LIMIT);
        return NULL;
    }
    l = xcalloc(1, sizeof *l);
    name_lesson(l, path);
    clean_source(&source, text, n);
    ok = markdown_lesson(l, text_str(&source), source.len, e);
    text_free(&source);
    if (ok)
        return l;
    lesson_free(l);
    return NULL;
}

struct lesson *lesson_load(const char *path, struct error *e)
{
    struct text text = {0};
    struct lesson *l = NULL;

    if (file_read(path, LESSON_LIMIT, &text, e))
        l = lesson_parse(path, text_str(&text), text.len, e);
    text_free(&text);
    return l;
}

static int is_lesson_file(const struct dirent *d)
{
    const size_t n = strlen(d->d_name);

    return d->d_name[0] != '.' && n > 3 && strcasecmp(d->d_name + n - 3, ".md") == 0 &&
           strcasecmp(d->d_name, "README.md") != 0;
}

static int find_number(const struct course *c, long number)
{
    for (size_t i = 0; i < c->lessons; i++)
        if (c->lesson[i]->number == number)
            return (int)i;
    return -1;
}

static int highest_number(const struct course *c)
{
    int highest = 0;

    for (size_t i = 0; i < c->lessons; i++)
        if (c->lesson[i]->number > highest)
            highest = c->lesson[i]->number;
    return highest;
}

static void add_file(struct course *c, const char *path)
{
    struct error problem;
    struct lesson *l = lesson_load(path, &problem);

    if (!l) {
        c->problem = xgrow(c->problem, &c->problem_cap, c->problems + 1, sizeof *c->problem);
        c->problem[c->problems++] = xstrdup(problem.text);
        return;
    }
    c->lesson = xgrow(c->lesson, &c->cap, c->lessons + 1, sizeof *c->lesson);
    if (!l->number || find_number(c, l->number) >= 0)
        l->number = highest_number(c) + 1; /* another folder begins at 1, too */
    c->lesson[c->lessons++] = l;
}

bool course_load(struct course *c, const char *folder, struct error *e)
{
    struct dirent **file;
    int n = scandir(folder, &file, is_lesson_file, versionsort);

    if (n < 0)
        return fail(e, "cannot read the folder of lessons '%s': %s", folder, strerror(errno));
    for (int i = 0; i < n; i++) {
        struct text path = {0};

        text_printf(&path, "%s/%s", folder, file[i]->d_name);
        add_file(c, path.s);
        text_free(&path);
        free(file[i]);
    }
    free(file);
    return true;
}

void course_free(struct course *c)
{
    for (size_t i = 0; i < c->lessons; i++)
        lesson_free(c->lesson[i]);
    for (size_t i = 0; i < c->problems; i++)
        free(c->problem[i]);
    free(c->lesson);
    free(c->problem);
    *c = (struct course){0};
}

/* The lesson of this name; else the only one whose name begins so. -2: several do. */
static int find_name(const struct course *c, const char *word)
{
    int found = -1;

    for (size_t i = 0; i < c->lessons; i++)
        if (strcasecmp(c->lesson[i]->name, word) == 0)
            return (int)i;
    for (size_t i = 0; i < c->lessons; i++)
        if (strncasecmp(c->lesson[i]->name, word, strlen(word)) == 0)
            found = found == -1 ? (int)i : -2;
    return found;
}

/* Commands write names with '_' where files have '-'. */
static char *dashed(const char *word)
{
    char *copy = xstrdup(word);

    for (char *p = copy; *p; p++)
        if (*p == '_')
            *p = '-';
    return copy;
}

static const char *name_at(const void *context, int i)
{
    const struct course *c = context;

    return (size_t)i < c->lessons ? c->lesson[i]->name : NULL;
}

int course_find(const struct course *c, const char *word, struct error *e)
{
    char *end, *name, kind[64] = "";
    const char *near;
    long number = strtol(word, &end, 10);
    int i;

    if (!c->lessons) {
        fail(e, "there are no lessons: start actlab with --lessons FOLDER");
        return -1;
    }
    if (end != word && !*end) {
        i = find_number(c, number);
        if (i < 0)
            misuse(e, -1, "no lesson %s: there are %d to %d%s", word, c->lesson[0]->number,
                   highest_number(c), c->problems ? "; lesson list names broken ones" : "");
        return i;
    }
    name = dashed(word);
    i = *word ? find_name(c, name) : -1;
    near = nearest(name, name_at, c);
    free(name);
    if (i == -2)
        misuse(e, -1, "'%s' may be several lessons: write more of the name", word);
    else if (i < 0 && near)
        snprintf(kind, sizeof kind, "did you mean '%s'?", near);
    if (i == -1)
        misuse(e, -1, "no lesson '%s': %s", word, kind[0] ? kind : "lesson list shows all");
    return i < 0 ? -1 : i;
}
