/* follow.c - see follow.h. */
#include "lab/follow.h"

#include "base/clock.h"
#include "base/utf8.h"
#include "base/xalloc.h"
#include "lab/course_state.h"
#include "lab/handlers.h"
#include "lab/keymap.h"
#include "lab/limits.h"
#include "lab/play.h"
#include "lab/record.h"
#include "lab/script.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    READ_AT_ONCE = 1 << 18,
    SCRIPT_LIMIT = 1 << 26, /* bytes of lines that are kept */
};

struct follower {
    char *path, *name;
    int fd;
    bool regular; /* a file that grows, not a pipe */
    bool ended;   /* nothing more will come */
    bool apart;
    struct text part; /* of a line whose end has not come */
    bool too_long;    /* and never fits */
    bool begun;       /* it began before we did: it is not ours */
    off_t offset;     /* read so far */
    struct script script;
    struct script_run run;
    uint64_t lines, bad; /* bad: lines that are none */
    char why[256];
    double heard;
};

/* ---- beginning and ending ----------------------------------------------------------------------
 */

static bool open_stream(struct follower *f, struct error *e)
{
    struct stat st;

    if (strcmp(f->path, "-") == 0)
        f->fd = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3);
    else
        f->fd = open(f->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (f->fd < 0)
        return errno == ENOENT
                   ? misuse(e, -1, "no file '%s': the teacher's `record` makes it; --wait waits",
                            f->path)
                   : fail(e, "cannot open '%s': %s", f->path, strerror(errno));
    if (fstat(f->fd, &st) < 0)
        return fail(e, "cannot look at '%s': %s", f->path, strerror(errno));
    f->regular = S_ISREG(st.st_mode);
    if (!f->regular && !S_ISFIFO(st.st_mode) && !S_ISSOCK(st.st_mode))
        return isatty(f->fd)
                   ? fail(e, "'%s' is a terminal: ssh -n HOST tail -n +1 -F FILE | actlab follow -",
                          f->name)
                   : fail(e, "'%s' is %s, not a file or a pipe", f->name,
                          S_ISDIR(st.st_mode) ? "a folder" : "a device");
    f->offset = 0;
    return true;
}

static void free_follower(struct follower *f)
{
    if (f->fd >= 0)
        close(f->fd);
    script_clear(&f->script);
    text_free(&f->part);
    free(f->path);
    free(f->name);
    free(f);
}

static bool readable(const struct follower *f)
{
    struct pollfd fd = {.fd = f->fd, .events = POLLIN};

    return f->regular || poll(&fd, 1, 0) > 0;
}

/* What was there before is passed over, the line that has begun included. */
static void pass_over(struct follower *f)
{
    char block[4096];
    ssize_t n;
    char last = '\n';

    while (readable(f) && (n = read(f->fd, block, sizeof block)) > 0) {
        last = block[n - 1];
        f->offset += n;
    }
    f->begun = last != '\n';
    f->run.all = true; /* the lab stays as it is, and could not begin again */
}

/* Whether the file is only not there yet: its folder is. */
static bool may_come(struct follower *f)
{
    const char *slash = strrchr(f->path, '/');
    char *folder = slash ? xstrndup(f->path, (size_t)(slash - f->path) + 1) : xstrdup(".");
    struct stat st;

    f->regular = f->fd < 0 && stat(f->path, &st) < 0 && errno == ENOENT && stat(folder, &st) == 0 &&
                 S_ISDIR(st.st_mode);
    free(folder);
    return f->regular;
}

/* As it may stand on a terminal. */
static char *shown_name(const char *path)
{
    struct text clean = {0};

    if (strcmp(path, "-") == 0)
        return xstrdup("standard input");
    utf8_clean(&clean, path, strlen(path), false);
    return clean.s ? clean.s : xstrdup("");
}

bool follow_start(struct lab *lab, const char *path, unsigned how, struct error *e)
{
    const bool from_now = how & FOLLOW_FROM_NOW;
    struct follower *f = xcalloc(1, sizeof *f);

    f->path = xstrdup(path);
    f->name = shown_name(path);
    f->heard = clock_now();
    if (!open_stream(f, e) && !(how & FOLLOW_WAIT && may_come(f))) {
        free_follower(f);
        return false;
    }
    play_stop(lab);
    follow_stop(lab);
    if (f->fd < 0)
        lab_say(lab, false, "waiting for %s: the teacher's `record` makes it", f->name);
    else if (from_now)
        pass_over(f);
    lab->follower = f;
    if (from_now || follow_rejoin(lab, e))
        return true;
    follow_stop(lab);
    return false;
}

void follow_stop(struct lab *lab)
{
    if (!lab->follower)
        return;
    free_follower(lab->follower);
    lab->follower = NULL;
    lab->changes++;
}

/* As the lab is when it opens, but for settings, keys and what was done of the course. */
static bool begin_again(struct lab *lab, struct error *e)
{
    course_close(lab);
    if (!lab_restart(lab, e))
        return false;
    functions_free(lab->functions); /* nothing is left that shows or runs one of them */
    lab->functions = functions_new();
    limits_functions(lab);
    record_begin_again(lab);
    return true;
}

bool follow_rejoin(struct lab *lab, struct error *e)
{
    struct follower *f = lab->follower;

    if (!f)
        return fail(e, "nobody is followed: follow FILE");
    f->apart = false;
    f->run = (struct script_run){0};
    return begin_again(lab, e);
}

void follow_leave(struct lab *lab)
{
    struct follower *f = lab->follower;
    const char *key = keymap_key(lab->keymap, "plot", "follow");

    if (!f || f->apart)
        return;
    f->apart = true;
    lab_say(lab, false, "You are by yourself now: %s goes back to %s", key ? key : ":follow",
            f->name);
}

/* ---- reading -----------------------------------------------------------------------------------
 */

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
    struct follower *f = lab->follower;
    struct error e;

    script_clear(&f->script);
    f->run = (struct script_run){0};
    if (!f->apart && !begin_again(lab, &e))
        lab_say(lab, true, "%s", e.text);
}

static void take_line(struct lab *lab)
{
    struct follower *f = lab->follower;
    const char *line = text_str(&f->part), *command;
    double seconds;

    f->lines++;
    if (f->begun) {
        f->lines--;
        f->begun = false;
    } else if (f->too_long) {
        bad_line(f, "too long a line");
    } else if (strlen(line) != f->part.len) {
        bad_line(f, "a line with a NUL byte");
    } else if (strcmp(line, RECORDING_HEADER) == 0) {
        if (f->script.lines)
            new_recording(lab);
    } else if (!play_parse(line, &seconds, &command)) {
        bad_line(f, "not a time in seconds and a command");
    } else if (*command) {
        script_add(&f->script, command);
    }
}

static void take_bytes(struct lab *lab, const char *s, size_t n)
{
    struct follower *f = lab->follower;

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

/* Whether a file is another one than the one that is open, or shorter than what was read. */
static bool replaced(const struct follower *f)
{
    struct stat open_one, named;

    if (!f->regular || fstat(f->fd, &open_one) < 0)
        return false;
    if (open_one.st_size < f->offset)
        return true;
    return strcmp(f->path, "-") != 0 && stat(f->path, &named) == 0 && named.st_size > 0 &&
           (named.st_ino != open_one.st_ino || named.st_dev != open_one.st_dev);
}

static void read_again(struct lab *lab)
{
    struct follower *f = lab->follower;
    int old = f->fd;
    struct error e;

    if (strcmp(f->path, "-") == 0) {
        lseek(f->fd, 0, SEEK_SET);
        f->offset = 0;
    } else if (open_stream(f, &e)) {
        close(old);
    } else {
        if (f->fd >= 0)
            close(f->fd);
        f->fd = old;
        f->ended = true;
        lab_say(lab, true, "%s", e.text);
        return;
    }
    text_clear(&f->part);
    f->too_long = false;
    new_recording(lab);
}

/* A file that was waited for. */
static bool has_come(struct lab *lab)
{
    struct follower *f = lab->follower;
    struct error e;

    if (open_stream(f, &e)) {
        lab->message[0] = '\0'; /* that it is waited for */
        return true;
    }
    if (f->fd >= 0 || access(f->path, F_OK) == 0) { /* something else has come */
        f->ended = true;
        lab_say(lab, true, "%s", e.text);
    }
    return false;
}

static bool read_stream(struct lab *lab)
{
    struct follower *f = lab->follower;
    static const char ended[] = "the stream '%s' has ended";
    bool any = false;

    if (f->ended || (f->fd < 0 && !has_come(lab)))
        return false;
    if (replaced(f))
        read_again(lab);
    for (size_t total = 0; total < READ_AT_ONCE && !f->ended && readable(f);) {
        char block[16384];
        ssize_t n = read(f->fd, block, sizeof block);

        if (n < 0 && (errno == EINTR || errno == EAGAIN))
            break;
        if (n <= 0) {
            f->ended = !f->regular;
            if (f->ended)
                lab_say(lab, false, ended, f->name);
            break;
        }
        f->offset += n;
        total += (size_t)n;
        take_bytes(lab, block, (size_t)n);
        any = true;
    }
    if (f->script.bytes > SCRIPT_LIMIT) {
        f->ended = true;
        lab_say(lab, true, "the stream '%s' is longer than what can be kept", f->name);
    }
    if (any)
        f->heard = clock_now();
    return any;
}

/* ---- doing -------------------------------------------------------------------------------------
 */

bool follow_tick(struct lab *lab, double seconds)
{
    struct follower *f = lab->follower;
    uint64_t changes = lab->changes;
    enum script_state state;
    struct error e;

    if (!f)
        return false;
    if (read_stream(lab))
        lab->changes++;
    if (f->apart || !script_waits(&f->script, &f->run))
        return lab->changes != changes;
    state = script_go(lab, &f->script, &f->run, seconds);
    if (state == SCRIPT_CUT)
        follow_leave(lab);
    if (state == SCRIPT_WRONG) {
        f->run = (struct script_run){.all = true};
        if (!begin_again(lab, &e))
            lab_say(lab, true, "%s", e.text);
    }
    lab->changes++;
    return true;
}

bool follow_behind(const struct lab *lab)
{
    const struct follower *f = lab->follower;

    return f && !f->apart && script_waits(&f->script, &f->run);
}

bool follow_leads(const struct lab *lab)
{
    return lab->follower && !lab->follower->apart;
}

int follow_fd(const struct lab *lab)
{
    const struct follower *f = lab->follower;

    return f && !f->regular && !f->ended ? f->fd : -1;
}

bool follow_watches(const struct lab *lab)
{
    return lab->follower && lab->follower->regular && !lab->follower->ended;
}

double follow_heard(const struct lab *lab)
{
    return lab->follower ? lab->follower->heard : 0;
}

bool follow_place(const struct lab *lab, struct follow_place *p)
{
    const struct follower *f = lab->follower;

    if (!f)
        return false;
    *p = (struct follow_place){
        .name = f->name,
        .apart = f->apart,
        .ended = f->ended,
        .waiting = f->fd < 0,
        .lines = f->lines,
        .failed = f->bad + f->run.failed,
        .why = f->run.failed ? f->run.why : f->why,
        .share =
            script_waits(&f->script, &f->run) ? (double)f->run.at / (double)f->script.lines : 1,
    };
    return true;
}

/* ---- the command -------------------------------------------------------------------------------
 */

static void print_place(const struct lab *lab, FILE *out)
{
    struct follow_place p;

    if (!follow_place(lab, &p))
        return;
    fprintf(out, "%s %s: %llu lines, %llu passed over%s%s\n",
            p.waiting ? "waiting for"
            : p.ended ? "followed"
                      : "following",
            p.name, (unsigned long long)p.lines, (unsigned long long)p.failed,
            p.failed ? ", the last one " : "", p.failed ? p.why : "");
}

static bool take_options(const struct call *c, unsigned *how, struct error *e)
{
    static const char *const keys[] = {"from", "wait", NULL};
    const char *from = call_option(c, "from"), *wait = call_option(c, "wait");

    if (!call_only_options(c, keys, e))
        return false;
    *how = from && strcmp(from, "now") == 0 ? FOLLOW_FROM_NOW : 0;
    if (from && !*how && strcmp(from, "start") != 0)
        return misuse(e, -1, "from=start or from=now, not from=%s", from);
    if (wait && strcmp(wait, "on") == 0)
        *how |= FOLLOW_WAIT;
    else if (wait && strcmp(wait, "off") != 0)
        return misuse(e, -1, "wait is on or off, not '%s'", wait);
    return true;
}

bool cmd_follow(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    const char *word = c->words ? c->word[0].s : "";
    unsigned how;

    if (!call_words(c, 0, 1, e) || !take_options(c, &how, e))
        return false;
    if (strcmp(word, "off") == 0) {
        follow_stop(lab);
        return true;
    }
    if (strcmp(word, "leave") == 0) {
        if (!lab->follower)
            return fail(e, "nobody is followed");
        follow_leave(lab);
        return true;
    }
    if (!*word && follow_leads(lab)) {
        print_place(lab, out);
        return true;
    }
    if (!*word)
        return follow_rejoin(lab, e);
    if (lab->restricted)
        return fail(e, "a file cannot be followed from within a restricted session");
    if (!follow_start(lab, word, how, e))
        return false;
    lab->depth--; /* these commands are the teacher's, not parts of this one */
    while (!lab->interactive && lab->follower->regular &&
           (follow_tick(lab, 1) || follow_behind(lab)))
        ; /* a script has all that is there at once */
    lab->depth++;
    return true;
}
