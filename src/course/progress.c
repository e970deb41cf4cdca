/* progress.c - see progress.h. */
#include "course/progress.h"

#include "base/file.h"
#include "base/xalloc.h"
#include "course/progress_private.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
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

/* Merges what the text of the file holds. Returns the first line that is damaged, or 0. */
static int take_content(struct progress *p, struct text *content)
{
    const bool whole = strlen(text_str(content)) == content->len; /* no NUL in it */
    int bad;

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

/* Seconds that a save waits for another session's: it takes no longer, unless that one hangs. */
#define LOCK_SECONDS 1.0

static int lock(const char *path, struct error *e)
{
    struct error why;
    int fd = file_lock(path, LOCK_SECONDS, &why);

    if (fd < 0)
        fail(e, "cannot save progress: %s", why.text);
    return fd;
}

bool progress_save(struct progress *p, struct error *e)
{
    struct text out = {0};
    struct error told = {0};
    int fd;
    bool ok;

    if (!p->path || !p->unsaved)
        return true;
    fd = lock(p->path, e);
    if (fd < 0)
        return false;
    ok = read_file(p, &told); /* another session may have saved since */
    if (p->path) {
        text_add(&out, HEADER);
        for (size_t i = 0; i < p->n; i++)
            progress_write_entry(&out, &p->entry[i]);
        if (file_save(p->path, out.s, out.len, true, e))
            p->unsaved = false;
    }
    if (!ok && (!p->unsaved || !p->path))
        fail(e, "%s", told.text);
    close(fd);
    text_free(&out);
    return ok && !p->unsaved;
}

bool progress_open(struct progress *p, const char *path, struct error *e)
{
    *p = (struct progress){.path = xstrdup(path)};
    if (read_file(p, e))
        return true;
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
    if (ok && !is_ours(&content))
        ok = fail(e, "'%s' is not a progress file of this version of actlab", path);
    if (ok)
        merge_lines(p, content.s + sizeof HEADER - 1, &bad);
    if (ok && bad)
        ok = fail(e, "%s:%d: damaged", path, bad);
    text_free(&content);
    return ok;
}

void progress_close(struct progress *p)
{
    free(p->entry);
    free(p->path);
    *p = (struct progress){0};
}

static int64_t now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_REALTIME, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void progress_keep(struct progress *p, struct progress_entry entry)
{
    char name[PROGRESS_NAME_MAX];

    progress_encode_name(name, entry.lesson);
    strcpy(entry.lesson, name);
    if (entry.when == 0) {
        entry.when = now();
        for (size_t i = 0; i < p->n; i++) /* a clock that was set back changes nothing of this: */
            if (progress_forgets(&p->entry[i], &entry))
                entry.when = p->entry[i].when; /* entries after a reset stay, */
            else if (progress_is_reset_of(&entry, &p->entry[i]) && p->entry[i].when >= entry.when)
                entry.when = p->entry[i].when + 1; /* entries before it go */
    }
    p->unsaved |= progress_merge(p, &entry);
}

bool progress_add(struct progress *p, struct progress_entry entry, struct error *e)
{
    progress_keep(p, entry);
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
        if (p->entry[i].kind == PROGRESS_PAGE && (!last || p->entry[i].when > last->when))
            last = &p->entry[i];
    return last;
}
