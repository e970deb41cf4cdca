/* follow_stream.c - the teacher's lines, as they come through a file that grows, may be replaced or
 * may not be there yet, or through a pipe. */
#include "base/clock.h"
#include "base/utf8.h"
#include "base/xalloc.h"
#include "replay/follow_private.h"
#include "replay/recording.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum {
    READ_AT_ONCE = 1 << 18,
    KEPT_MOST = 1 << 25, /* bytes of lines since the last whole state: a hundred lectures */
    GRAIN = 2            /* seconds: the coarsest time of a file, FAT's */
};

bool follow_open(struct follower *f, struct error *e)
{
    struct stat st;

    if (strcmp(f->path, "-") == 0)
        f->fd = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3);
    else
        f->fd = open(f->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (f->fd < 0)
        return errno == ENOENT
                   ? misuse(e, -1,
                            "no file '%s': the teacher's `record` creates it; --wait waits for it",
                            f->path)
                   : fail(e, "cannot open '%s': %s", f->path, strerror(errno));
    if (fstat(f->fd, &st) < 0)
        return fail(e, "cannot examine '%s': %s", f->path, strerror(errno));
    f->regular = S_ISREG(st.st_mode);
    if (!f->regular && !S_ISFIFO(st.st_mode) && !S_ISSOCK(st.st_mode))
        return isatty(f->fd)
                   ? fail(e, "'%s' is a terminal: ssh -n HOST tail -n +1 -F FILE | actlab follow -",
                          f->name)
                   : fail(e, "'%s' is %s, not a file or a pipe", f->name,
                          S_ISDIR(st.st_mode) ? "a folder" : "a device");
    f->offset = f->regular ? lseek(f->fd, 0, SEEK_CUR) : 0;
    f->tails = 0;
    f->at_rest = false;
    return true;
}

/* The bytes that were read last still stand where they stood: else the file has been written again.
 */
static bool same_tail(const struct follower *f)
{
    char now[sizeof f->tail];

    ssize_t n;

    if (!f->regular || f->tails == 0)
        return true;
    n = pread(f->fd, now, f->tails, f->offset - (off_t)f->tails);
    return n < 0 || ((size_t)n == f->tails && memcmp(now, f->tail, f->tails) == 0);
}

static bool named(const struct follower *f, struct stat *st)
{
    return (strcmp(f->path, "-") == 0 ? fstat(f->fd, st) : stat(f->path, st)) == 0;
}

/* A file is looked at ten times a second: one question to the system is enough for that while
 * nothing has changed. */
static bool unchanged(const struct follower *f)
{
    const struct stat *old = &f->seen;
    struct stat now;

    return f->regular && f->at_rest && named(f, &now) && now.st_ino == old->st_ino &&
           now.st_dev == old->st_dev && now.st_size == old->st_size &&
           now.st_ctime == old->st_ctime;
}

/* All of the file has been read. A file that was written just now may be written again within the
 * same second: its time tells nothing yet. */
static void have_read_all(struct follower *f)
{
    f->at_rest = f->regular && fstat(f->fd, &f->seen) == 0 && f->seen.st_size == f->offset &&
                 f->seen.st_ctime < time(NULL) - GRAIN;
}

static void have_read(struct follower *f, const char *bytes, size_t n)
{
    size_t keep = n < sizeof f->tail ? sizeof f->tail - n : 0;

    f->offset += (off_t)n;
    if (n > sizeof f->tail) {
        bytes += n - sizeof f->tail;
        n = sizeof f->tail;
    }
    keep = keep < f->tails ? keep : f->tails;
    memmove(f->tail, f->tail + f->tails - keep, keep);
    memcpy(f->tail + keep, bytes, n);
    f->tails = keep + n;
}

static bool readable(const struct follower *f)
{
    struct pollfd fd = {.fd = f->fd, .events = POLLIN};

    return f->regular || poll(&fd, 1, 0) > 0;
}

bool follow_may_come(struct follower *f)
{
    const char *slash = strrchr(f->path, '/');
    char *folder = slash ? xstrndup(f->path, (size_t)(slash - f->path) + 1) : xstrdup(".");
    struct stat st;

    f->regular = f->fd < 0 && stat(f->path, &st) < 0 && errno == ENOENT && stat(folder, &st) == 0 &&
                 S_ISDIR(st.st_mode);
    free(folder);
    return f->regular;
}

void follow_pass_over(struct follower *f)
{
    char block[4096];
    ssize_t n;
    char last = '\n';

    while (readable(f) && (n = read(f->fd, block, sizeof block)) > 0) {
        last = block[n - 1];
        have_read(f, block, (size_t)n);
    }
    f->begun = last != '\n';
    f->replay.begun = f->replay.own = true; /* the lab stays as it is */
}

static void bad_line(struct follower *f, const char *why)
{
    struct text clean = {0};

    f->bad++;
    utf8_clean(&clean, f->part.s ? f->part.s : "", strnlen(text_str(&f->part), 60), false);
    snprintf(f->why, sizeof f->why, "%s: %s", why, text_str(&clean));
    text_free(&clean);
}

/* The file is a new one, or has been emptied and written again. */
static void new_recording(struct lab *lab)
{
    struct follower *f = lab->replay.follower;

    replay_clear(&f->replay);
    whole_free(&f->state);
    f->lines = f->bad = 0;
    if (f->over && !lab->screen.message_is_error)
        lab->screen.message[0] = '\0'; /* that the one before has ended */
}

static void take_header(struct lab *lab, int version)
{
    struct follower *f = lab->replay.follower;
    struct error e;

    if (f->replay.lines.len) {
        new_recording(lab);
        f->lines = 1; /* this one */
    }
    if (!recording_readable(version, &e))
        bad_line(f, e.text);
}

static void take_command(struct follower *f, const char *line)
{
    const char *command;
    double seconds;

    if (!recording_parse(line, &seconds, &command))
        bad_line(f, "not a time in seconds and a command");
    else if (*command)
        replay_add(&f->replay, command);
}

/* A whole line, without its end. */
static void read_line(struct lab *lab, const char *line)
{
    struct follower *f = lab->replay.follower;
    const int version = recording_version(line);

    if (version) {
        take_header(lab, version);
        return;
    }
    switch (whole_read(&f->state, line)) {
    case WHOLE_PART:
        break;
    case WHOLE_READ:
        replay_add_state(&f->replay, f->state.text.s);
        break;
    case WHOLE_TORN:
        bad_line(f, "a state of which lines are missing or damaged");
        break;
    case WHOLE_NONE:
        take_command(f, line);
    }
}

static void take_line(struct lab *lab)
{
    struct follower *f = lab->replay.follower;
    const char *line = text_str(&f->part);

    f->lines += !f->begun;
    f->over = !f->begun && !f->too_long && recording_ends(line);
    if (f->over)
        lab_say(lab, false, "the recording '%s' has ended", f->name);
    if (f->begun)
        f->begun = false;
    else if (f->too_long)
        bad_line(f, "too long a line");
    else if (strlen(line) != f->part.len)
        bad_line(f, "a line with a NUL byte");
    else
        read_line(lab, line);
}

static void take_bytes(struct lab *lab, const char *s, size_t n)
{
    struct follower *f = lab->replay.follower;

    while (n) {
        const char *end = memchr(s, '\n', n);
        size_t length = end ? (size_t)(end - s) : n;

        if (f->part.len + length > LINE_MAX_BYTES)
            f->too_long = true;
        else if (!f->too_long)
            text_add_n(&f->part, s, length);
        if (!end)
            return;
        take_line(lab);
        text_clear(&f->part);
        f->too_long = false;
        s = end + 1;
        n -= length + 1;
    }
}

/* The file is another one than the one that is open, or shorter than what was read. */
static bool replaced(const struct follower *f)
{
    struct stat open_one, at_name;

    if (!f->regular || fstat(f->fd, &open_one) < 0)
        return false;
    if (open_one.st_size < f->offset)
        return true;
    return named(f, &at_name) && S_ISREG(at_name.st_mode) && at_name.st_size > 0 &&
           (at_name.st_ino != open_one.st_ino || at_name.st_dev != open_one.st_dev);
}

/* Something else that stands at the name now may not stay there: it is told once, and one goes on
 * looking. */
static void cannot_follow(struct lab *lab, int old, const struct error *e)
{
    struct follower *f = lab->replay.follower;

    if (f->fd >= 0 && f->fd != old)
        close(f->fd);
    f->fd = old;
    f->regular = true;
    if (!f->told)
        lab_say(lab, true, "%s", e->text);
    f->told = true;
}

/* False when there is nothing else to be read for now. */
static bool read_again(struct lab *lab)
{
    struct follower *f = lab->replay.follower;
    int old = f->fd;
    struct error e;

    if (strcmp(f->path, "-") == 0) {
        lseek(f->fd, 0, SEEK_SET);
        f->offset = 0;
        f->tails = 0;
    } else if (follow_open(f, &e)) {
        close(old);
    } else {
        cannot_follow(lab, old, &e);
        lseek(f->fd, f->offset, SEEK_SET);
        return false;
    }
    f->told = false;
    text_clear(&f->part);
    f->too_long = false;
    new_recording(lab);
    return true;
}

/* A file that was waited for. */
static bool has_come(struct lab *lab)
{
    struct follower *f = lab->replay.follower;
    struct error e;

    if (follow_open(f, &e)) {
        lab->screen.message[0] = '\0'; /* that it is waited for */
        f->told = false;
        return true;
    }
    if (f->fd >= 0 || access(f->path, F_OK) == 0) /* something else has come */
        cannot_follow(lab, -1, &e);
    return false;
}

bool follow_read(struct lab *lab)
{
    struct follower *f = lab->replay.follower;
    bool any = false;

    if (f->ended || (f->fd < 0 && !has_come(lab)) || unchanged(f))
        return false;
    if (replaced(f))
        read_again(lab);
    for (size_t total = 0; total < READ_AT_ONCE && !f->ended && readable(f);) {
        char block[16384];
        ssize_t n = read(f->fd, block, sizeof block);

        if (n < 0 && (errno == EINTR || errno == EAGAIN))
            break;
        if (n >= 0 && !same_tail(f)) { /* looked at after the read: it is all of one piece */
            if (!read_again(lab))
                break;
            any = true;
            continue;
        }
        if (n <= 0) {
            f->ended = !f->regular;
            have_read_all(f);
            if (f->ended)
                lab_say(lab, false, "the stream '%s' has ended", f->name);
            break;
        }
        have_read(f, block, (size_t)n);
        total += (size_t)n;
        take_bytes(lab, block, (size_t)n);
        any = true;
    }
    if (f->replay.lines.len > KEPT_MOST) {
        f->ended = true;
        lab_say(lab, true, "the stream '%s' is too long to be kept", f->name);
    }
    if (any)
        f->heard = clock_now();
    return any;
}
