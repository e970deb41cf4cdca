/* pty.c - see pty.h. */
#include "pty.h"

#include "../unit/unit.h"
#include "base/clock.h"
#include "base/utf8.h"
#include "pty_screen.h"
#include "pty_trace.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- the state folder ------------------------------------------------------------------------ */

static char folder[] = "/tmp/actlab-pty-XXXXXX";

static int remove_one(const char *path, const struct stat *st, int flag, struct FTW *ftw)
{
    (void)st, (void)flag, (void)ftw;
    return remove(path);
}

static void remove_folder(void)
{
    nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

const char *pty_state_folder(void)
{
    static bool made;

    if (!made) {
        made = true;
        if (!mkdtemp(folder)) {
            perror(folder);
            exit(99);
        }
        atexit(remove_folder);
    }
    return folder;
}

const char *pty_path(const char *name)
{
    static char path[16][300];
    static int at;

    at = (at + 1) % 16;
    snprintf(path[at], sizeof path[at], "%s/%s", pty_state_folder(), name);
    return path[at];
}

/* ---- starting -------------------------------------------------------------------------------- */

static void set_environment(const struct pty_options *o)
{
    setenv("TERM", o->term ? o->term : "xterm-256color", 1);
    setenv("LC_ALL", o->locale ? o->locale : "C.UTF-8", 1);
    setenv("XDG_STATE_HOME", pty_state_folder(), 1);
    setenv("XDG_CONFIG_HOME", pty_state_folder(), 1);
    setenv("INPUTRC", "/dev/null", 1);
    setenv("ASAN_OPTIONS", "detect_leaks=0", 0); /* it cannot work under a tracer */
    unsetenv("LINES");
    unsetenv("COLUMNS");
    unsetenv("NO_COLOR");
    unsetenv("COLORTERM");
    unsetenv("ESCDELAY");
    for (const char *const *set = o->set; set && *set; set++) {
        if (strchr(*set, '='))
            putenv((char *)*set);
        else
            unsetenv(*set);
    }
}

static _Noreturn void child(const struct pty *p, const struct pty_options *o,
                            const char *const *argv)
{
    const char *program = o->program ? o->program : getenv("ACTLAB");
    const char *args[32] = {program};

    for (int i = 0; argv && argv[i] && i < 30; i++)
        args[i + 1] = argv[i];
    setsid();
    ioctl(p->slave, TIOCSCTTY, 0);
    for (int fd = 0; fd < 3; fd++)
        dup2(p->slave, fd);
    close(p->master);
    close(p->slave);
    for (int number = 1; number < 32; number++)
        signal(number, SIG_DFL);
    set_environment(o);
    if (p->traced)
        pty_trace_me();
    execv(program, (char *const *)args);
    _exit(127);
}

void pty_start(struct pty *p, const struct pty_options *options, const char *const *argv)
{
    struct pty_options none = {0}, *o = options ? (struct pty_options *)options : &none;
    struct winsize size = {.ws_row = (unsigned short)(o->rows ? o->rows : 24),
                           .ws_col = (unsigned short)(o->cols ? o->cols : 80)};

    memset(p, 0, sizeof *p);
    pty_state_folder();
    if (!getenv("ACTLAB")) {
        fputs("pty: ACTLAB must name the program\n", stderr);
        exit(99);
    }
    p->traced = o->traced;
    p->direct = !o->program;
    p->master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (p->master < 0 || grantpt(p->master) < 0 || unlockpt(p->master) < 0) {
        perror("pty");
        exit(99);
    }
    fcntl(p->master, F_SETFL, O_NONBLOCK);
    p->slave = open(ptsname(p->master), O_RDWR | O_NOCTTY);
    tcgetattr(p->slave, &p->modes);
    if (!o->unsized)
        ioctl(p->slave, TIOCSWINSZ, &size);
    pty_screen_reset(&p->screen, size.ws_row, size.ws_col);
    p->pid = fork();
    if (p->pid == 0)
        child(p, o, argv);
    if (p->traced)
        pty_trace_begin(p);
}

/* ---- watching -------------------------------------------------------------------------------- */

static void watch_child(struct pty *p)
{
    pid_t got;

    while (!p->ended && (got = waitpid(p->pid, &p->status, WNOHANG)) != 0) {
        if (got == p->pid && p->traced && WIFSTOPPED(p->status)) {
            pty_trace_step(p);
            continue;
        }
        p->ended = got < 0 || !WIFSTOPPED(p->status);
    }
}

static size_t take(struct pty *p)
{
    char block[65536 + sizeof p->part];
    ssize_t n;
    size_t used;

    memcpy(block, p->part, p->nparts);
    n = read(p->master, block + p->nparts, 65536);
    if (n <= 0)
        return 0;
    text_add_n(&p->bytes, block + p->nparts, (size_t)n);
    used = pty_screen_feed(&p->screen, block, p->nparts + (size_t)n);
    p->nparts = p->nparts + (size_t)n - used;
    if (p->nparts > sizeof p->part)
        p->nparts = 0;
    memmove(p->part, block + used, p->nparts);
    return (size_t)n;
}

/* /proc/PID/stat behind the program's name; "" where there is none. */
static const char *proc_stat(const struct pty *p, char *line, size_t size)
{
    char name[64];
    size_t n = 0;
    FILE *f;

    snprintf(name, sizeof name, "/proc/%d/stat", (int)p->pid);
    f = fopen(name, "r");
    if (f) {
        n = fread(line, 1, size - 1, f);
        fclose(f);
    }
    line[n] = '\0';
    return strrchr(line, ')') ? strrchr(line, ')') + 1 : "";
}

/* Whether the program waits: on a busy machine silence alone may mean that it had no turn yet. */
static bool asleep(const struct pty *p)
{
    char line[1024];
    const char *state = proc_stat(p, line, sizeof line);

    return !state[0] || state[1] == 'S' || state[1] == 'Z';
}

long pty_proc(pid_t pid, const char *file, const char *format)
{
    char name[64], line[256];
    long n = 0;
    FILE *f;

    snprintf(name, sizeof name, "/proc/%d/%s", (int)pid, file);
    f = fopen(name, "r");
    while (f && fgets(line, sizeof line, f))
        sscanf(line, format, &n);
    if (f)
        fclose(f);
    return n;
}

/* How often the program went to sleep so far. */
static long times_slept(const struct pty *p)
{
    return pty_proc(p->pid, "status", "voluntary_ctxt_switches: %ld");
}

/* Whether it has taken what was sent last, and waits for more. Of a program elsewhere nothing is
 * known but what it says. */
static bool answered(const struct pty *p, double waited)
{
    if (!p->direct)
        return p->bytes.len || waited > 0.5;
    return (waited > at_most(2) || times_slept(p) != p->slept) && asleep(p);
}

static size_t watch(struct pty *p, double longest, double quiet, const char *wanted)
{
    double begun = clock_now(), end = begun + longest, last = begun;

    for (;;) {
        struct pollfd fd = {.fd = p->master, .events = POLLIN};
        double now;

        watch_child(p);
        if (poll(&fd, 1, p->traced ? 0 : 2) > 0 && take(p)) {
            last = clock_now();
            if (wanted && pty_shows(p, wanted))
                break;
            continue;
        }
        now = clock_now();
        if (quiet > 0 && !answered(p, now - begun))
            last = now;
        if (p->ended || now >= end || (quiet > 0 && now >= last + quiet))
            break;
        if (p->traced)
            usleep(200);
    }
    return p->bytes.len;
}

size_t pty_settle(struct pty *p, int quiet)
{
    text_clear(&p->bytes);
    return watch(p, at_most(10), quiet / 1000.0, NULL);
}

size_t pty_wait(struct pty *p, int ms)
{
    text_clear(&p->bytes);
    return watch(p, ms / 1000.0, 0, NULL);
}

void pty_read(struct pty *p, int ms)
{
    watch(p, ms / 1000.0, 0, NULL);
}

void pty_works(struct pty *p, double seconds)
{
    const double enough = pty_cpu_seconds(p) + seconds;

    pty_until(p, pty_cpu_seconds(p) >= enough || p->ended);
}

void pty_send_n(struct pty *p, const char *keys, size_t n)
{
    p->slept = times_slept(p);
    while (n) {
        ssize_t done = write(p->master, keys, n);

        if (done < 0 && errno == EAGAIN) {
            watch(p, 0.01, 0, NULL);
            continue;
        }
        if (done <= 0)
            return;
        keys += done;
        n -= (size_t)done;
    }
}

void pty_send(struct pty *p, const char *keys)
{
    pty_send_n(p, keys, strlen(keys));
}

size_t pty_type(struct pty *p, const char *keys)
{
    pty_send(p, keys);
    return pty_settle(p, 60);
}

void pty_command(struct pty *p, const char *format, ...)
{
    char line[600] = ":";
    va_list ap;

    va_start(ap, format);
    vsnprintf(line + 1, sizeof line - 2, format, ap);
    va_end(ap);
    pty_send(p, strcat(line, "\r"));
}

void pty_resize(struct pty *p, int rows, int cols)
{
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols};

    p->screen.rows = rows;
    p->screen.cols = cols;
    p->screen.top = 0;
    p->screen.bottom = rows - 1;
    if (p->screen.row >= rows)
        p->screen.row = rows - 1;
    if (p->screen.col >= cols)
        p->screen.col = cols - 1;
    p->slept = times_slept(p);
    ioctl(p->master, TIOCSWINSZ, &size);
}

/* ---- asking ---------------------------------------------------------------------------------- */

static void add_row(const struct pty *p, int row, struct text *out)
{
    size_t end = out->len;

    for (int col = 0; col < p->screen.cols; col++) {
        uint32_t glyph = p->screen.cell[row][col];
        char bytes[UTF8_MAX];

        if (glyph)
            text_add_n(out, bytes, utf8_encode(glyph, bytes));
        if (glyph != ' ')
            end = out->len;
    }
    if (out->s)
        out->s[out->len = end] = '\0';
}

const char *pty_row(const struct pty *p, int row)
{
    static struct text line;

    text_clear(&line);
    if (row >= 0 && row < p->screen.rows)
        add_row(p, row, &line);
    return text_str(&line);
}

bool pty_shows(const struct pty *p, const char *text)
{
    for (int row = 0; row < p->screen.rows; row++)
        if (strstr(pty_row(p, row), text))
            return true;
    return false;
}

void pty_text(const struct pty *p, struct text *out)
{
    for (int row = 0; row < p->screen.rows; row++) {
        add_row(p, row, out);
        text_add_char(out, '\n');
    }
}

void pty_expect(struct pty *p, const char *text)
{
    struct text screen = {0};
    bool ended;

    if (pty_shows(p, text))
        return;
    text_clear(&p->bytes);
    watch(p, at_most(5), 0, text);
    if (pty_shows(p, text))
        return;
    ended = p->ended;
    pty_text(p, &screen);
    fprintf(stderr, "%s", text_str(&screen)); /* print_error() would cut it */
    text_free(&screen);
    pty_close(p);
    fail_msg("not on the screen: '%s'%s", text, ended ? " (the program ended)" : "");
}

void pty_open(struct pty *p, const struct pty_options *options, const char *const *argv)
{
    pty_start(p, options, argv);
    pty_expect(p, " sigmoid ");
    pty_settle(p, 60);
}

bool pty_ended(struct pty *p, int ms)
{
    const double end = clock_now() + at_most(ms / 1000.0);

    while (!p->ended && clock_now() < end)
        watch(p, 0.01, 0, NULL);
    while (take(p) && clock_now() < end + 1) /* what it wrote at its end */
        ;
    return p->ended;
}

bool pty_modes_restored(const struct pty *p)
{
    struct termios now;

    if (tcgetattr(p->slave, &now) < 0)
        return false;
    return now.c_iflag == p->modes.c_iflag && now.c_oflag == p->modes.c_oflag &&
           now.c_cflag == p->modes.c_cflag && now.c_lflag == p->modes.c_lflag &&
           memcmp(now.c_cc, p->modes.c_cc, sizeof now.c_cc) == 0;
}

void pty_quit(struct pty *p, const char *keys)
{
    pty_send(p, keys);
    assert_true(pty_ended(p, 3000));
    assert_true(WIFEXITED(p->status));
    assert_int_equal(WEXITSTATUS(p->status), 0);
    assert_true(pty_modes_restored(p));
    pty_close(p);
}

double pty_cpu_seconds(const struct pty *p)
{
    char line[1024];
    unsigned long user = 0, system = 0;
    const long ns = pty_proc(p->pid, "schedstat", "%ld"); /* finer, where there is one */

    if (ns > 0)
        return 1e-9 * (double)ns;
    if (sscanf(proc_stat(p, line, sizeof line),
               " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &system) != 2)
        return 0;
    return (double)(user + system) / (double)sysconf(_SC_CLK_TCK);
}

void pty_hang_up(struct pty *p)
{
    if (p->master >= 0)
        close(p->master);
    p->master = -1;
}

void pty_close(struct pty *p)
{
    if (!p->ended) {
        kill(p->pid, SIGKILL);
        waitpid(p->pid, &p->status, 0);
    }
    p->ended = true;
    pty_hang_up(p);
    close(p->slave);
    text_free(&p->bytes);
    pty_screen_free(&p->screen);
    text_free(&p->paths);
}

/* ---- beside the terminal --------------------------------------------------------------------- */

int pty_shell(const char *line, struct text *said)
{
    struct text all = {0};
    char block[4096];
    size_t n;
    FILE *f;

    text_clear(said);
    text_printf(&all,
                "A=\"$ACTLAB\" D='%s' TERM=xterm XDG_STATE_HOME='%s' XDG_CONFIG_HOME='%s'; "
                "export TERM XDG_STATE_HOME XDG_CONFIG_HOME; %s",
                pty_state_folder(), pty_state_folder(), pty_state_folder(), line);
    f = popen(all.s, "r");
    assert_non_null(f);
    while ((n = fread(block, 1, sizeof block, f)) > 0)
        text_add_n(said, block, n);
    text_free(&all);
    return WEXITSTATUS(pclose(f));
}
