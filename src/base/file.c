/* file.c - see file.h. */
#include "base/file.h"

#include "base/clock.h"
#include "base/plain_text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

const char *file_home(const char *name)
{
    return name[0] == '~' && (name[1] == '/' || !name[1]) ? getenv("HOME") : NULL;
}

static bool read_all(int fd, const char *path, size_t limit, struct text *out, struct error *e)
{
    const size_t from = out->len;
    char block[1 << 16];
    size_t total = 0;

    for (;;) {
        ssize_t n = read(fd, block, sizeof block);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return fail(e, "cannot read '%s': %s", path, strerror(errno));
        if (n == 0)
            break;
        total += (size_t)n;
        if (total > limit)
            return fail(e, "'%s' is longer than %zu bytes, the most that can be read", path, limit);
        text_add_n(out, block, (size_t)n);
    }
    plain_text(out, from);
    return true;
}

bool file_read(const char *path, size_t limit, struct text *out, struct error *e)
{
    struct stat st;
    bool ok;
    int fd;

    if (strcmp(path, "-") == 0)
        return read_all(STDIN_FILENO, "standard input", limit, out, e);
    fd = open(path,
              O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY); /* O_NONBLOCK: a FIFO must not hang */
    if (fd < 0 && errno == ENOENT)
        return misuse(e, -1, "no file '%s': check its name, or give its full path", path);
    if (fd < 0)
        return fail(e, "cannot open '%s': %s", path, strerror(errno));
    if (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode)) {
        close(fd);
        return fail(e, "'%s' is %s, not a regular file", path,
                    S_ISDIR(st.st_mode) ? "a folder" : "a device or a pipe");
    }
    ok = read_all(fd, path, limit, out, e);
    close(fd);
    return ok;
}

static bool write_all(int fd, const char *bytes, size_t n)
{
    while (n) {
        ssize_t done = write(fd, bytes, n);

        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return false;
        bytes += done;
        n -= (size_t)done;
    }
    return true;
}

/* mkstemp makes files that only their owner reads; a saved file keeps the mode of the one it
 * replaces, a new one gets what the umask allows. */
static void set_mode(int fd, const struct stat *old)
{
    mode_t mask = umask(0);

    umask(mask);
    if (fchmod(fd, old ? old->st_mode & 0777 : 0666 & ~mask) < 0)
        return; /* a file system without modes: it has none to keep */
}

enum { LINKS_MOST = 40 };

/* Where a symbolic link leads, also where nothing is yet: the link stays, what it leads to is
 * replaced. */
static bool follow_links(struct text *path)
{
    char to[4096];
    ssize_t n;

    for (int i = 0; (n = readlink(path->s, to, sizeof to)) >= 0; i++) {
        const char *slash = strrchr(path->s, '/');
        struct text next = {0};

        if (i == LINKS_MOST || (size_t)n == sizeof to) {
            errno = i == LINKS_MOST ? ELOOP : ENAMETOOLONG;
            return false;
        }
        if (to[0] != '/' && slash)
            text_add_n(&next, path->s, (size_t)(slash + 1 - path->s));
        text_add_n(&next, to, (size_t)n);
        text_free(path);
        *path = next;
    }
    return true;
}

/* Under the name when it is free, even if it was taken a moment ago. */
static bool put_new(const char *temporary, const char *path)
{
    int fd;

    if (link(temporary, path) == 0) {
        unlink(temporary);
        return true;
    }
    if (errno == EEXIST)
        return false;
    fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600); /* it knows no hard links */
    if (fd < 0)
        return false;
    close(fd);
    if (rename(temporary, path) == 0)
        return true;
    unlink(path);
    return false;
}

/* A new file beside `target`, which may be a link to be followed first. */
static int make_beside(struct text *target, bool links, const struct stat *old,
                       struct text *temporary)
{
    int fd;

    if (links && !follow_links(target))
        return -1;
    text_printf(temporary, "%s.XXXXXX", target->s);
    fd = mkostemp(temporary->s, O_CLOEXEC);
    if (fd >= 0)
        set_mode(fd, old);
    return fd;
}

int file_beside(const char *path, struct text *temporary, struct text *target, struct error *e)
{
    struct stat old;
    bool is = stat(path, &old) == 0;
    int fd;

    text_add(target, path);
    fd = make_beside(target, true, is ? &old : NULL, temporary);
    if (fd < 0)
        fail(e, "cannot write '%s': %s", path, strerror(errno));
    return fd;
}

bool file_save(const char *path, const char *bytes, size_t n, bool replace, struct error *e)
{
    struct text target = {0}, temporary = {0};
    struct stat old;
    bool ok = false, is;
    int fd;

    text_add(&target, path);
    is = replace && stat(path, &old) == 0;
    if (is && !S_ISREG(old.st_mode)) {
        text_free(&target);
        return fail(e, "cannot write '%s': it is %s, not a regular file", path,
                    S_ISDIR(old.st_mode) ? "a folder" : "a device or a pipe");
    }
    fd = make_beside(&target, replace, is ? &old : NULL, &temporary);
    if (fd < 0) {
        fail(e, "cannot write '%s': %s", path, strerror(errno));
        text_free(&temporary);
        text_free(&target);
        return false;
    }
    if (!write_all(fd, bytes, n) || fsync(fd) < 0) {
        fail(e, "cannot write '%s': %s", path, strerror(errno));
        close(fd);
    } else if (close(fd) < 0) {
        fail(e, "cannot write '%s': %s", path, strerror(errno));
    } else if (replace ? rename(temporary.s, target.s) < 0 : !put_new(temporary.s, path)) {
        if (!replace && errno == EEXIST)
            fail(e, "'%s' exists: add ! to replace it", path);
        else
            fail(e, "cannot write '%s': %s", path, strerror(errno));
    } else {
        ok = true;
    }
    if (!ok)
        unlink(temporary.s);
    text_free(&temporary);
    text_free(&target);
    return ok;
}

int file_lock(const char *path, double seconds, struct error *e)
{
    static const struct timespec moment = {0, 1000000}; /* 1 ms: others wait, too */
    const double end = clock_now() + seconds;
    struct text name = {0};
    int fd;

    text_printf(&name, "%s.lock", path);
    fd = open(name.s, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);
    if (fd < 0)
        fail(e, "'%s': %s", name.s, strerror(errno));
    text_free(&name);
    while (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) < 0) {
        if (clock_now() < end && (errno == EWOULDBLOCK || errno == EINTR)) {
            nanosleep(&moment, NULL);
            continue;
        }
        fail(e, "another session holds its lock");
        close(fd);
        fd = -1;
    }
    return fd;
}

static bool make_folders(char *path, struct error *e)
{
    if (mkdir(path, 0700) == 0 || errno == EEXIST)
        return true;
    for (char *p = path + 1;; p++) {
        char c = *p;

        if (c != '/' && c != '\0')
            continue;
        *p = '\0';
        if (mkdir(path, 0700) < 0 && errno != EEXIST)
            return fail(e, "cannot make the folder '%s': %s", path, strerror(errno));
        *p = c;
        if (c == '\0')
            return true;
    }
}

/* The folder named by the variable, or its default below the home folder. Relative values are
 * ignored, as the XDG base directory specification asks. */
static bool xdg(const char *variable, const char *fallback, struct text *out, struct error *e)
{
    const char *folder = getenv(variable), *home = getenv("HOME");

    if (folder && folder[0] == '/')
        text_printf(out, "%s/actlab", folder);
    else if (home && home[0] == '/')
        text_printf(out, "%s/%s/actlab", home, fallback);
    else
        return fail(e, "no home folder: set HOME or %s", variable);
    return true;
}

bool file_state_path(const char *name, bool make, struct text *out, struct error *e)
{
    text_clear(out);
    if (!xdg("XDG_STATE_HOME", ".local/state", out, e))
        return false;
    if (make && !make_folders(out->s, e))
        return false;
    text_printf(out, "/%s", name);
    return true;
}

bool file_config_path(const char *name, struct text *out, struct error *e)
{
    text_clear(out);
    if (!xdg("XDG_CONFIG_HOME", ".config", out, e))
        return false;
    text_printf(out, "/%s", name);
    return true;
}

bool file_line(FILE *f, size_t limit, struct text *line, struct error *e)
{
    bool any = false, too_long = false;
    int c = 0;

    text_clear(line);
    if (e)
        *e = (struct error){.column = -1};
    flockfile(f);
    while (!too_long && (c = getc_unlocked(f)) != EOF) {
        any = true;
        if (plain_line_end(f, c))
            break;
        if (line->len < limit)
            text_add_char(line, (char)c);
        else
            too_long = true;
    }
    funlockfile(f);
    if (c == EOF && ferror(f))
        return fail(e, "cannot read: %s", strerror(errno));
    if (too_long)
        return fail(e, "a line is longer than %zu bytes", limit);
    return any;
}

void file_line_rest(FILE *f)
{
    int c;

    flockfile(f);
    while ((c = getc_unlocked(f)) != EOF && !plain_line_end(f, c))
        ;
    funlockfile(f);
}

bool file_beside_program(const char *relative, struct text *path)
{
    char self[4096];
    ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
    char *slash;

    if (n <= 0)
        return false;
    self[n] = '\0';
    slash = strrchr(self, '/');
    if (!slash)
        return false;
    *slash = '\0';
    text_clear(path);
    text_printf(path, "%s/%s", self, relative);
    return true;
}
