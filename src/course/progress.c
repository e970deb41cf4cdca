/* progress.c - see progress.h. */
#include "course/progress.h"

#include "base/file.h"
#include "base/xalloc.h"
#include "course/progress_private.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The first line, of any version and of this one. */
#define ANY_HEADER "# actlab progress "
#define HEADER     ANY_HEADER "1\n"

/* Moves a damaged file out of the way; false when even that cannot be done. */
static bool set_aside(const char *path, struct text *where)
{
    for (int i = 1; i < 100; i++) {
        text_clear(where);
        text_printf(where, i == 1 ? "%s.damaged" : "%s.damaged-%d", path, i);
        if (access(where->s, F_OK) < 0 && errno == ENOENT)
            return rename(path, where->s) == 0;
    }
    return false;
}

static bool use_no_file(struct progress *p)
{
    free(p->path);
    p->path = NULL;
    return false;
}

/* Merges every line of the file that can be read; *bad gets the first that cannot, 0 if all can. */
static void merge_lines(struct progress *p, char *s, int *bad)
{
    int number = 2;

    *bad = 0;
    for (char *end; *s; s = end, number++) {
        struct progress_entry entry;

        end = s + strcspn(s, "\n");
        if (!*end && !*bad)
            *bad = number; /* every line that was saved has its end */
        else if (*end)
            *end++ = '\0';
        if (!*s)
            continue;
        if (progress_read_entry(s, &entry))
            progress_merge(p, &entry);
        else if (!*bad)
            *bad = number;
    }
}

static bool is_ours(const struct text *content)
{
    return strncmp(text_str(content), HEADER, sizeof HEADER - 1) == 0;
}

/* Moves the file, of which this line is damaged, out of the way, or gives up to write there. Always
 * false, with the message. */
static bool keep_damaged(struct progress *p, int line, struct error *e)
{
    struct text aside = {0};

    p->unsaved = true;
    if (set_aside(p->path, &aside)) {
        fail(e,
             "line %d of the progress file is damaged: the rest is used, and the file is kept as "
             "'%s'",
             line, aside.s);
    } else {
        fail(e, "'%s' is damaged in line %d and cannot be moved away: progress is not saved",
             p->path, line);
        use_no_file(p);
    }
    text_free(&aside);
    return false;
}

/* Nothing was ever written into it. */
static bool is_empty(const struct text *content)
{
    return strspn(text_str(content), " \t\n") == content->len;
}

/* Merges what the text of the file holds. Returns the first line that is damaged, or 0. */
static int take_content(struct progress *p, struct text *content)
{
    const bool whole = strlen(text_str(content)) == content->len; /* no NUL in it */
    int bad;

    progress_date_now(p);
    if (is_empty(content))
        return 0;
    if (!is_ours(content))
        return 1;
    merge_lines(p, content->s + sizeof HEADER - 1, &bad);
    return whole ? bad : 1;
}

/* Reads the file at p->path into p. false with a message when something is to be told; p->path is
 * NULL afterwards when the file must not be written. */
static bool read_file(struct progress *p, struct error *e)
{
    struct text content = {0};
    struct error why;
    bool ok;

    if (access(p->path, F_OK) < 0 && errno == ENOENT)
        return true;
    if (!file_read(p->path, PROGRESS_LIMIT, &content, &why)) {
        fail(e, "progress is not saved: %s", why.text);
        ok = use_no_file(p);
    } else if (strncmp(text_str(&content), ANY_HEADER, sizeof ANY_HEADER - 1) == 0 &&
               !is_ours(&content)) {
        fail(e, "'%s' belongs to another version of actlab: this session's progress is not saved",
             p->path);
        ok = use_no_file(p);
    } else {
        const int bad = take_content(p, &content);

        ok = !bad || keep_damaged(p, bad, e);
    }
    text_free(&content);
    return ok;
}

static int lock(struct progress *p, struct error *e)
{
    struct error why;
    int fd = file_lock(p->path, p->refused ? FILE_PATIENCE_AGAIN : p->patience, &why);

    p->refused = fd < 0;
    if (p->refused)
        fail(e, "cannot save progress: %s", why.text);
    return fd;
}

static bool say_full(struct error *e)
{
    return fail(e, "no room for more than %d entries of progress: progress reset LESSON makes some",
                PROGRESS_ENTRIES);
}

static bool write_file(struct progress *p, struct error *e)
{
    struct text out = {0};

    text_add(&out, HEADER);
    for (size_t i = 0; i < p->n; i++)
        progress_write_entry(&out, &p->entry[i]);
    p->unsaved = !file_save(p->path, out.s, out.len, true, e);
    for (size_t i = 0; i < p->n && !p->unsaved; i++)
        p->entry[i].fresh = false;
    text_free(&out);
    return !p->unsaved;
}

/* Another session may have saved since: what the file holds is read before it is written. What
 * finds no room beside this session's would be lost: then nothing is written. */
static bool unite(struct progress *p, struct error *e)
{
    struct error told = {0};
    bool ok;

    p->full = false;
    ok = read_file(p, &told);
    if (p->full)
        return say_full(e);
    if (p->path && !write_file(p, e))
        return false;
    return ok || fail(e, "%s", told.text);
}

bool progress_save(struct progress *p, struct error *e)
{
    int fd;
    bool ok;

    if (!p->path || !p->unsaved)
        return true;
    fd = lock(p, e);
    if (fd < 0)
        return false;
    ok = unite(p, e);
    close(fd);
    return ok;
}

bool progress_open(struct progress *p, const char *path, struct error *e)
{
    *p = (struct progress){.path = xstrdup(path), .patience = FILE_PATIENCE};
    if (read_file(p, e))
        return !p->full || say_full(e);
    progress_save(p, NULL); /* as much of a damaged file as could be read */
    return false;
}

bool progress_read(struct progress *p, const char *path, struct error *e)
{
    struct text content = {0};
    bool ok;
    int bad;

    *p = (struct progress){0};
    ok = file_read(path, PROGRESS_LIMIT, &content, e);
    if (ok && !is_ours(&content) && !is_empty(&content))
        ok = fail(e, "'%s' is not a progress file of this version of actlab", path);
    bad = ok ? take_content(p, &content) : 0;
    if (bad)
        ok = fail(e, "%s:%d: damaged", path, bad);
    else if (p->full)
        ok = fail(e, "%s: more than %d entries: the rest is left out", path, PROGRESS_ENTRIES);
    text_free(&content);
    return ok;
}

void progress_close(struct progress *p)
{
    free(p->entry);
    free(p->path);
    *p = (struct progress){0};
}

void progress_keep(struct progress *p, struct progress_entry entry)
{
    char name[PROGRESS_NAME_MAX];
    const int64_t date = progress_date_now(p);

    progress_encode_name(name, entry.lesson);
    strcpy(entry.lesson, name);
    entry.fresh = entry.kind == PROGRESS_RESET;
    if (entry.when == 0)
        entry.when = date;
    p->unsaved |= progress_merge(p, &entry);
}

bool progress_add(struct progress *p, struct progress_entry entry, struct error *e)
{
    p->full = false;
    progress_keep(p, entry);
    if (p->full)
        return say_full(e);
    return progress_save(p, e);
}

const struct progress_entry *progress_find(const struct progress *p, enum progress_kind kind,
                                           const char *lesson, int a, int b)
{
    struct progress_entry key = {.kind = kind, .a = a, .b = b};

    progress_encode_name(key.lesson, lesson);
    for (size_t i = 0; i < p->n; i++)
        if (progress_same_key(&p->entry[i], &key))
            return &p->entry[i];
    return NULL;
}

bool progress_is_of(const struct progress_entry *p, const char *lesson)
{
    char name[PROGRESS_NAME_MAX];

    progress_encode_name(name, lesson);
    return strcmp(name, p->lesson) == 0;
}

const struct progress_entry *progress_last(const struct progress *p)
{
    const struct progress_entry *last = NULL;

    for (size_t i = 0; i < p->n; i++)
        if (p->entry[i].kind == PROGRESS_PAGE &&
            (!last || progress_order(p, &p->entry[i], last) > 0))
            last = &p->entry[i];
    return last;
}

void progress_print(const struct progress *p, const char *before, struct text *out)
{
    for (size_t i = 0; i < p->n; i++) {
        text_add(out, before);
        progress_write_entry(out, &p->entry[i]);
    }
}

bool progress_take_line(struct progress *p, const char *line)
{
    char *copy = xstrdup(line);
    struct progress_entry entry;
    const bool ok = progress_read_entry(copy, &entry);

    if (ok)
        progress_merge(p, &entry);
    free(copy);
    return ok;
}
