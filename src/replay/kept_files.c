/* kept_files.c - see kept_files.h. */
#include "replay/kept_files.h"

#include "base/file.h"
#include "replay/recording.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    MOST_FILES = 16, /* sittings at the same time */
    OLD_FILES = 3,   /* so many that are over stay */
};

void kept_files_begin(struct kept_files *k)
{
    k->lock = k->mine = -1;
}

void kept_files_end(struct kept_files *k)
{
    if (k->lock >= 0)
        close(k->lock);
}

bool kept_files_path(int slot, struct text *path)
{
    if (!file_state_path("session", false, path, NULL))
        return false;
    if (slot)
        text_printf(path, ".%d", slot + 1);
    return true;
}

static struct flock byte_of(int slot)
{
    return (struct flock){.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = slot, .l_len = 1};
}

/* One descriptor for all: to close another would give our lock back. */
static bool open_lock(struct kept_files *k, bool make)
{
    struct text path = {0};

    if (k->lock < 0 && file_state_path("session.lock", false, &path, NULL))
        k->lock = open(path.s, O_RDWR | O_CLOEXEC | O_NOFOLLOW | (make ? O_CREAT : 0), 0600);
    text_free(&path);
    return k->lock >= 0;
}

static bool is_taken(const struct kept_files *k, int slot)
{
    struct flock lock = byte_of(slot);

    return slot == k->mine ||
           (k->lock >= 0 && fcntl(k->lock, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK);
}

/* The time of a file that this program can read, with what it says of itself; NAN: there is none,
 * -INFINITY: there is something else, which is left alone. */
static double file_time(int slot, char about[KEPT_ABOUT_MAX])
{
    struct text path = {0}, line = {0};
    struct stat st = {0};
    double time = NAN;
    FILE *f = NULL;
    int version;

    if (kept_files_path(slot, &path) && lstat(path.s, &st) == 0)
        time = -INFINITY;
    if (!isnan(time) && S_ISREG(st.st_mode))
        f = fopen(path.s, "re");
    if (f && file_line(f, KEPT_ABOUT_MAX, &line, NULL) && (version = recording_version(line.s)) &&
        version <= RECORDING_VERSION)
        time = (double)st.st_mtim.tv_sec + 1e-9 * (double)st.st_mtim.tv_nsec;
    if (time > 0 && file_line(f, KEPT_ABOUT_MAX, &line, NULL) &&
        strncmp(line.s, KEPT_ABOUT, strlen(KEPT_ABOUT)) == 0)
        snprintf(about, KEPT_ABOUT_MAX, "%s", line.s + strlen(KEPT_ABOUT));
    if (f)
        fclose(f);
    text_free(&path);
    text_free(&line);
    return time;
}

struct kept_over kept_files_look(struct kept_files *k)
{
    struct kept_over o = {.newest = -1, .oldest = -1, .free = -1, .strange = -1};
    double first = INFINITY, last = -INFINITY;

    open_lock(k, false);
    for (int i = 0; i < MOST_FILES && o.free < 0; i++) {
        char about[KEPT_ABOUT_MAX] = "";
        double time;

        if (is_taken(k, i))
            continue;
        time = file_time(i, about);
        if (isnan(time))
            o.free = i;
        else if (time < 0)
            o.strange = i;
        if (!(time > 0))
            continue;
        o.n++;
        if (time < first)
            o.oldest = i;
        if (time >= last) {
            o.newest = i;
            memcpy(o.about, about, sizeof about);
        }
        first = fmin(first, time);
        last = fmax(last, time);
    }
    return o;
}

/* A file of our own: a new one, or that of the sitting that has been over for longest. */
static bool claim(struct kept_files *k)
{
    enum { TIMES = MOST_FILES }; /* others may be as quick */

    if (!open_lock(k, true))
        return false;
    for (int i = 0; i < TIMES && k->mine < 0; i++) {
        const struct kept_over o = kept_files_look(k);
        char about[KEPT_ABOUT_MAX];
        const int slot = o.n >= OLD_FILES || o.free < 0 ? o.oldest : o.free;
        struct flock lock = byte_of(slot);

        if (slot >= 0 && fcntl(k->lock, F_SETLK, &lock) == 0)
            k->mine = slot;
        if (slot >= 0 && slot == o.free && !isnan(file_time(slot, about)))
            k->mine = -1; /* a sitting as short as this moment: its lock stays with us */
    }
    if (k->mine < 0)
        errno = EBUSY;
    return k->mine >= 0;
}

static bool write_all(int fd, const struct text *bytes)
{
    for (size_t at = 0; at < bytes->len;) {
        const ssize_t n = write(fd, bytes->s + at, bytes->len - at);

        if (n < 0 && errno != EINTR)
            return false;
        at += n > 0 ? (size_t)n : 0;
    }
    return true;
}

/* Whole or not at all. The name of the file that is written is ours, too: a torn one that was left
 * is written over. */
static bool write_file(int slot, const struct text *bytes, bool sync)
{
    struct text path = {0}, other = {0};
    bool ok;
    int fd, error;

    kept_files_path(slot, &path);
    text_printf(&other, "%s.new", text_str(&path));
    fd = open(other.s, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    ok = fd >= 0 && write_all(fd, bytes) && (!sync || fsync(fd) == 0);
    ok = fd >= 0 && close(fd) == 0 && ok && rename(other.s, path.s) == 0;
    error = errno;
    if (!ok && fd >= 0)
        unlink(other.s);
    text_free(&path);
    text_free(&other);
    errno = error;
    return ok;
}

bool kept_files_write(struct kept_files *k, const struct text *bytes, bool sync)
{
    return (k->mine >= 0 || claim(k)) && write_file(k->mine, bytes, sync);
}
