/* progress.c - see progress.h. */
#include "course/progress.h"

#include "base/file.h"
#include "base/utf8.h"
#include "base/xalloc.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#define HEADER "# actlab progress 1\n"

static const char *const kinds[PROGRESS_KINDS] = {
    [PROGRESS_OPEN] = "open", [PROGRESS_PAGE] = "page",         [PROGRESS_GOAL] = "goal",
    [PROGRESS_HINT] = "hint", [PROGRESS_SOLUTION] = "solution", [PROGRESS_ANSWER] = "answer",
    [PROGRESS_TIME] = "time", [PROGRESS_RESET] = "reset",
};

/* --- one line --------------------------------------------------------------------------------- */

void progress_date(int64_t when, bool day, char out[PROGRESS_DATE_MAX])
{
    const time_t seconds = (time_t)(when / 1000);
    struct tm tm;

    gmtime_r(&seconds, &tm);
    strftime(out, PROGRESS_DATE_MAX - 8, day ? "%Y-%m-%d" : "%Y-%m-%dT%H:%M:%S", &tm);
    if (!day)
        snprintf(out + strlen(out), 8, ".%03dZ", (int)(when % 1000));
}

static bool read_date(const char *s, int64_t *when)
{
    struct tm tm = {0};
    int milliseconds, end = 0;

    if (sscanf(s, "%4d-%2d-%2dT%2d:%2d:%2d.%3dZ%n", &tm.tm_year, &tm.tm_mon, &tm.tm_mday,
               &tm.tm_hour, &tm.tm_min, &tm.tm_sec, &milliseconds, &end) != 7 ||
        !end || s[end])
        return false;
    tm.tm_year -= 1900;
    tm.tm_mon -= 1;
    *when = (int64_t)timegm(&tm) * 1000 + milliseconds;
    return *when > 0;
}

/* A lesson's name as one word: what is no plain letter is written as %XX. */
static void encode_name(char out[PROGRESS_NAME_MAX], const char *name)
{
    size_t n = 0;

    for (; *name && n + 4 < PROGRESS_NAME_MAX; name++) {
        const unsigned char c = (unsigned char)*name;

        if (c > 0x20 && c < 0x7F && c != '%')
            out[n++] = (char)c;
        else
            n += (size_t)snprintf(out + n, 4, "%%%02X", c);
    }
    out[n] = '\0';
}

/* How many words follow the lesson's name. */
static const int words_after[PROGRESS_KINDS] = {
    [PROGRESS_PAGE] = 1,     [PROGRESS_GOAL] = 2,   [PROGRESS_HINT] = 2,
    [PROGRESS_SOLUTION] = 1, [PROGRESS_ANSWER] = 3, [PROGRESS_TIME] = 1,
};

static void write_entry(struct text *out, const struct progress_entry *p)
{
    char date[PROGRESS_DATE_MAX];

    progress_date(p->when, false, date);
    text_printf(out, "%s %s %s", date, kinds[p->kind], p->lesson);
    if (p->kind == PROGRESS_ANSWER)
        text_printf(out, " %d %s %s", p->a, p->b ? "right" : "wrong", p->value);
    else if (p->kind == PROGRESS_GOAL || p->kind == PROGRESS_HINT)
        text_printf(out, " %d %d", p->a, p->b);
    else if (words_after[p->kind] == 1)
        text_printf(out, " %d", p->a);
    text_add_char(out, '\n');
}

static bool read_int(const char *s, int *v)
{
    char *end;
    const long n = strtol(s, &end, 10);

    *v = (int)n;
    return end != s && !*end && n >= 1 && n <= 99999999;
}

/* As encode_name writes it: an entry of the file is printed as it stands. */
static bool is_name(const char *s)
{
    size_t n = 0;

    while (s[n] > 0x20 && s[n] < 0x7F)
        n++;
    return n && !s[n] && n < PROGRESS_NAME_MAX;
}

static bool read_entry(char *line, struct progress_entry *p)
{
    enum { MOST = 6 };
    char *word[MOST + 1], *save = NULL;
    int n = 0, kind = 0;

    *p = (struct progress_entry){0};
    for (char *s = strtok_r(line, " ", &save); s && n <= MOST; s = strtok_r(NULL, " ", &save))
        word[n++] = s;
    if (n < 3 || n > MOST || !read_date(word[0], &p->when))
        return false;
    while (kind < PROGRESS_KINDS && strcmp(kinds[kind], word[1]) != 0)
        kind++;
    if (kind == PROGRESS_KINDS || n != 3 + words_after[kind] || !is_name(word[2]))
        return false;
    p->kind = (enum progress_kind)kind;
    strcpy(p->lesson, word[2]);
    if (n > 3 && !read_int(word[3], &p->a))
        return false;
    if (n == 5)
        return read_int(word[4], &p->b);
    if (n < 6)
        return true;
    p->b = strcmp(word[4], "right") == 0;
    if ((!p->b && strcmp(word[4], "wrong") != 0) || strlen(word[5]) >= sizeof p->value ||
        strspn(word[5], "0123456789,") != strlen(word[5]))
        return false;
    strcpy(p->value, word[5]);
    return true;
}

/* --- merging ---------------------------------------------------------------------------------- */

static bool same_key(const struct progress_entry *p, const struct progress_entry *q)
{
    if (p->kind != q->kind || strcmp(p->lesson, q->lesson) != 0)
        return false;
    switch (p->kind) {
    case PROGRESS_GOAL:
        return p->a == q->a && p->b == q->b;
    case PROGRESS_HINT:
    case PROGRESS_SOLUTION:
    case PROGRESS_ANSWER:
        return p->a == q->a;
    default:
        return true;
    }
}

/* Whether q should take the place of p, which has the same key. */
static bool better(const struct progress_entry *q, const struct progress_entry *p)
{
    switch (p->kind) {
    case PROGRESS_PAGE:
    case PROGRESS_RESET:
        return q->when > p->when;
    case PROGRESS_HINT:
        return q->b > p->b;
    case PROGRESS_TIME:
        return q->a > p->a;
    case PROGRESS_ANSWER: /* the first right one; else the last one */
        return q->b != p->b ? q->b : q->b ? q->when < p->when : q->when > p->when;
    default:
        return q->when < p->when;
    }
}

static bool is_reset_of(const struct progress_entry *reset, const struct progress_entry *p)
{
    return reset->kind == PROGRESS_RESET &&
           (strcmp(reset->lesson, "*") == 0 || strcmp(reset->lesson, p->lesson) == 0);
}

static bool forgets(const struct progress_entry *reset, const struct progress_entry *p)
{
    return reset != p && is_reset_of(reset, p) && p->when < reset->when;
}

static void drop_forgotten(struct progress *p, const struct progress_entry reset)
{
    size_t kept = 0;

    for (size_t i = 0; i < p->n; i++)
        if (!forgets(&reset, &p->entry[i]) ||
            (p->entry[i].kind == PROGRESS_RESET && strcmp(p->entry[i].lesson, reset.lesson) == 0))
            p->entry[kept++] = p->entry[i];
    p->n = kept;
}

/* true when it changed something. */
static bool merge(struct progress *p, const struct progress_entry *q)
{
    size_t i = 0;

    for (size_t k = 0; k < p->n; k++)
        if (forgets(&p->entry[k], q) && !same_key(&p->entry[k], q))
            return false;
    while (i < p->n && !same_key(&p->entry[i], q))
        i++;
    if (i < p->n) {
        if (!better(q, &p->entry[i]))
            return false;
        p->entry[i] = *q;
    } else if (p->n == PROGRESS_ENTRIES) {
        return false;
    } else {
        p->entry = xgrow(p->entry, &p->cap, p->n + 1, sizeof *p->entry);
        p->entry[p->n++] = *q;
    }
    if (q->kind == PROGRESS_RESET)
        drop_forgotten(p, *q);
    return true;
}

/* --- the file --------------------------------------------------------------------------------- */

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
        if (read_entry(s, &entry))
            merge(p, &entry);
        else if (!*bad)
            *bad = number;
    }
}

static bool is_ours(const struct text *content)
{
    return strncmp(text_str(content), HEADER, sizeof HEADER - 1) == 0;
}

/* Reads the file at p->path into p. false with a message when something is to be told; p->path is
 * NULL afterwards when the file must not be written. */
static bool read_file(struct progress *p, struct error *e)
{
    struct text content = {0}, aside = {0};
    struct error why;
    int bad = 0;
    bool ok = true;

    if (access(p->path, F_OK) < 0 && errno == ENOENT)
        return true;
    if (!file_read(p->path, PROGRESS_LIMIT, &content, &why)) {
        fail(e, "progress is not saved: %s", why.text);
        text_free(&content);
        return use_no_file(p);
    }
    if (strncmp(text_str(&content), "# actlab progress ", 18) == 0 && !is_ours(&content)) {
        fail(e, "'%s' is of another version of actlab: progress of this session is not saved",
             p->path);
        text_free(&content);
        return use_no_file(p);
    }
    if (strlen(text_str(&content)) != content.len)
        bad = 1;
    if (!is_ours(&content)) {
        bad = 1;
    } else {
        int line;

        merge_lines(p, content.s + sizeof HEADER - 1, &line);
        bad = bad ? bad : line;
    }
    if (bad) {
        ok = set_aside(p->path, &aside);
        if (ok)
            fail(
                e,
                "line %d of the progress file is damaged: what can be read of it goes on, the file "
                "is kept as '%s'",
                bad, aside.s);
        else
            fail(e, "'%s' is damaged in line %d and cannot be moved: nothing is saved", p->path,
                 bad);
        if (!ok)
            use_no_file(p);
        p->unsaved = true;
        ok = false;
    }
    text_free(&content);
    text_free(&aside);
    return ok;
}

static void pause_a_little(void)
{
    const struct timespec t = {0, 10000000}; /* 10 ms */

    nanosleep(&t, NULL);
}

/* The lock is a file of its own: the other one is replaced at every save. -1: no lock to be had. */
static int lock(const char *path, struct error *e)
{
    struct text name = {0};
    int fd;

    text_printf(&name, "%s.lock", path);
    fd = open(name.s, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0)
        fail(e, "cannot save progress: '%s': %s", name.s, strerror(errno));
    text_free(&name);
    for (int tries = 0; fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) < 0; tries++) {
        if (tries < 100 && (errno == EWOULDBLOCK || errno == EINTR)) {
            pause_a_little();
            continue;
        }
        fail(e, "cannot save progress: another session holds its lock");
        close(fd);
        fd = -1;
    }
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
    ok = read_file(p, &told); /* what another session has saved since */
    if (p->path) {
        text_add(&out, HEADER);
        for (size_t i = 0; i < p->n; i++)
            write_entry(&out, &p->entry[i]);
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
    progress_save(p, NULL); /* what could be read of a damaged file */
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
        ok = fail(e, "'%s' is no progress file of this version of actlab", path);
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

    encode_name(name, entry.lesson);
    strcpy(entry.lesson, name);
    if (entry.when == 0) {
        entry.when = now();
        for (size_t i = 0; i < p->n; i++) /* a clock that was set back changes nothing of this: */
            if (forgets(&p->entry[i], &entry))
                entry.when = p->entry[i].when; /* what is done after a reset stays, */
            else if (is_reset_of(&entry, &p->entry[i]) && p->entry[i].when >= entry.when)
                entry.when = p->entry[i].when + 1; /* what was done before it goes */
    }
    p->unsaved |= merge(p, &entry);
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

    encode_name(key.lesson, lesson);
    for (size_t i = 0; i < p->n; i++)
        if (same_key(&p->entry[i], &key))
            return &p->entry[i];
    return NULL;
}

bool progress_is_of(const struct progress_entry *p, const char *lesson)
{
    char name[PROGRESS_NAME_MAX];

    encode_name(name, lesson);
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
