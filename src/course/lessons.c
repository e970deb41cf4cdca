/* lessons.c - see lessons.h. */
#include "course/lessons.h"

#include "base/ascii.h"
#include "base/suggest.h"
#include "base/text.h"
#include "base/xalloc.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

static int is_lesson_file(const struct dirent *d)
{
    const size_t n = strlen(d->d_name);

    return d->d_name[0] != '.' && n > 3 && strcasecmp(d->d_name + n - 3, ".md") == 0 &&
           strcasecmp(d->d_name, "README.md") != 0;
}

/* The order of names whose numbers count as numbers: 2-b before 10-a, 02-c before both. The same in
 * every locale and C library (versionsort is GNU's). */
static int by_number(const struct dirent **a, const struct dirent **b)
{
    const char *s = (*a)->d_name, *t = (*b)->d_name;

    while (*s && *t) {
        size_t zeros_s, zeros_t, n, m;

        if (!ascii_digit(*s) || !ascii_digit(*t)) {
            if (*s != *t)
                break;
            s++;
            t++;
            continue;
        }
        zeros_s = strspn(s, "0");
        zeros_t = strspn(t, "0");
        s += zeros_s;
        t += zeros_t;
        n = strspn(s, "0123456789");
        m = strspn(t, "0123456789");
        if (n != m)
            return n < m ? -1 : 1;
        if (memcmp(s, t, n) != 0)
            return memcmp(s, t, n);
        if (zeros_s != zeros_t)
            return zeros_s > zeros_t ? -1 : 1;
        s += n;
        t += n;
    }
    return (unsigned char)*s - (unsigned char)*t;
}

/* True if the same file is one of the first n, under whatever name. */
static bool has_file(const struct course *c, size_t n, const char *path)
{
    struct stat one, other;

    if (n == 0 || stat(path, &one) < 0)
        return false;
    for (size_t i = 0; i < n; i++)
        if (stat(c->file[i], &other) == 0 && one.st_dev == other.st_dev &&
            one.st_ino == other.st_ino)
            return true;
    return false;
}

bool course_add(struct course *c, const char *folder, struct error *e)
{
    struct dirent **file;
    const size_t before = c->files;
    int n = scandir(folder, &file, is_lesson_file, by_number);

    if (n < 0)
        return fail(e, "cannot read the folder of lessons '%s': %s", folder, strerror(errno));
    c->file = xgrow(c->file, &c->file_cap, c->files + (size_t)n, sizeof *c->file);
    for (int i = 0; i < n; i++) {
        struct text path = {0};

        text_printf(&path, "%s/%s", folder, file[i]->d_name);
        if (has_file(c, before, path.s)) /* a folder that is named twice */
            text_free(&path);
        else
            c->file[c->files++] = path.s;
        free(file[i]);
    }
    free(file);
    return true;
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

static void keep_problem(struct course *c, const struct error *e)
{
    c->problem = xgrow(c->problem, &c->problem_cap, c->problems + 1, sizeof *c->problem);
    c->problem[c->problems++] = xstrdup(e->text);
}

static void keep_lesson(struct course *c, struct lesson *l)
{
    c->lesson = xgrow(c->lesson, &c->cap, c->lessons + 1, sizeof *c->lesson);
    l->number = l->own_number;
    if (!l->number || find_number(c, l->number) >= 0)
        l->number = highest_number(c) + 1; /* another folder begins at 1, too */
    c->lesson[c->lessons++] = l;
}

void course_glance(struct course *c)
{
    struct error problem;

    for (size_t i = 0; i < c->files; i++) {
        struct lesson *l = lesson_glance(c->file[i], &problem);

        if (l)
            keep_lesson(c, l);
        else
            keep_problem(c, &problem);
        free(c->file[i]);
    }
    c->files = 0;
}

bool course_is_read(const struct course *c)
{
    for (size_t i = 0; i < c->lessons; i++)
        if (!lesson_is_read(c->lesson[i]))
            return false;
    return c->files == 0;
}

bool course_read_one(struct course *c, size_t i)
{
    struct error problem;

    if (lesson_read(c->lesson[i], &problem))
        return true;
    keep_problem(c, &problem);
    lesson_free(c->lesson[i]);
    c->lessons--;
    memmove(c->lesson + i, c->lesson + i + 1, (c->lessons - i) * sizeof(struct lesson *));
    return false;
}

bool course_read(struct course *c)
{
    size_t n, problems;

    course_glance(c);
    problems = c->problems;
    for (size_t i = 0; i < c->lessons;)
        i += course_read_one(c, i);
    if (c->problems == problems)
        return false;
    n = c->lessons;
    c->lessons = 0;
    for (size_t i = 0; i < n; i++) /* numbers as if the broken ones had never been there */
        keep_lesson(c, c->lesson[i]);
    return true;
}

void course_free(struct course *c)
{
    for (size_t i = 0; i < c->files; i++)
        free(c->file[i]);
    for (size_t i = 0; i < c->lessons; i++)
        lesson_free(c->lesson[i]);
    for (size_t i = 0; i < c->problems; i++)
        free(c->problem[i]);
    free(c->file);
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
            misuse(e, -1, "no lesson %s: they are numbered %d to %d%s", word, c->lesson[0]->number,
                   highest_number(c), c->problems ? "; lesson list names broken ones" : "");
        return i;
    }
    name = dashed(word);
    i = *word ? find_name(c, name) : -1;
    near = suggest(name, name_at, c);
    free(name);
    if (i == -2)
        misuse(e, -1, "'%s' could be several lessons: write more of the name", word);
    else if (i < 0 && near)
        snprintf(kind, sizeof kind, "did you mean '%s'?", near);
    if (i == -1)
        misuse(e, -1, "no lesson '%s': %s", word, kind[0] ? kind : "lesson list shows all");
    return i < 0 ? -1 : i;
}
