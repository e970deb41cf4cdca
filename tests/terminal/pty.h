/* pty.h - a program in a pseudo terminal: keys go in, bytes come out and become a screen.
 *
 * The screen is a small terminal of our own that understands what the lab sends to an xterm, so
 * that a test can say what a person would see. With `traced` set (Linux) the program's system calls
 * are counted, too, and the files that they name noted. */
#ifndef ACTLAB_TESTS_PTY_H
#define ACTLAB_TESTS_PTY_H

#include "../unit/unit.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>
#include <termios.h>

/* Whether AddressSanitizer is in: it reports a crash its own way, and takes memory and time. */
#ifndef __has_feature
#define __has_feature(x) 0
#endif
#if defined __SANITIZE_ADDRESS__ || __has_feature(address_sanitizer)
#define PTY_SANITIZED 1
#else
#define PTY_SANITIZED 0
#endif

enum { PTY_ROWS = 220, PTY_COLS = 520 }; /* the largest screen */

struct pty_screen {
    int rows, cols, row, col, top, bottom;
    uint32_t (*cell)[PTY_COLS]; /* PTY_ROWS of them */
    uint32_t (*look)[PTY_COLS]; /* of each cell: ink, paper and styles, see pty_screen.h */
    uint32_t pen;               /* the look of what is printed next */
    uint32_t last;              /* what REP repeats */
    int saved_row, saved_col;   /* by ESC 7 */
    uint32_t saved_pen;
    bool pending; /* the cursor stands behind the last column */
    bool cursor_shown, alternate;
};

struct pty {
    int master, slave; /* the slave stays open here: its modes can be asked after the end */
    pid_t pid;
    bool traced, ended;
    int status;           /* as waitpid gives it, once ended */
    struct termios modes; /* before the program began */
    struct pty_screen screen;
    struct text bytes;  /* what the last pty_settle read */
    long writes, calls; /* system calls since pty_count: write() to the terminal, and all */
    struct text paths;  /* that it named to the system since its start, a line each */
    long spawned;       /* programs and processes that it started, and sockets */
    bool direct;        /* it is the program itself that runs here, no other that has it */
    long slept;         /* how often it had been asleep when something was sent */
    char part[64];      /* of a sequence that was cut */
    size_t nparts;
};

/* What a program is started with; NULL and 0 are defaults. */
struct pty_options {
    int rows, cols;         /* 24, 80 */
    const char *term;       /* xterm-256color */
    const char *locale;     /* C.UTF-8 */
    const char *program;    /* $ACTLAB; another is given it by that name */
    const char *const *set; /* "NAME=VALUE" or "NAME" to unset, NULL-terminated */
    bool traced;
    bool unsized; /* the terminal does not say how large it is */
};

/* The program under test: $ACTLAB, with the shipped lessons and a state folder of its own. argv[0]
 * is put in front; NULL-terminated. */
void pty_start(struct pty *, const struct pty_options *, const char *const *argv);
/* The same; then waits until the lab is on the screen and stands still. */
void pty_open(struct pty *, const struct pty_options *, const char *const *argv);
/* Reads until the program waits and nothing came for `quiet` milliseconds, or the program has
 * ended, at most 10 s. Returns the number of bytes. */
size_t pty_settle(struct pty *, int quiet);
/* As pty_settle, but for a fixed time: only where nothing that happens then can be waited for. */
size_t pty_wait(struct pty *, int ms);
/* The same; what comes joins the bytes. */
void pty_read(struct pty *, int ms);
/* Reads, from a clean slate, until the condition holds; fails the test after 10 s. */
#define pty_until(p, condition)                                                                    \
    do {                                                                                           \
        const double end = clock_now() + at_most(10);                                              \
                                                                                                   \
        for (text_clear(&(p)->bytes); !(condition); pty_read(p, 10))                               \
            if (clock_now() > end)                                                                 \
                fail_msg("in vain waited for: %s", #condition);                                    \
    } while (0)
/* Reads until the program has had a processor for so long since this was called. */
void pty_works(struct pty *, double seconds);
void pty_send(struct pty *, const char *keys);
void pty_send_n(struct pty *, const char *keys, size_t n);
/* Sends keys and settles; returns the number of bytes that came. */
size_t pty_type(struct pty *, const char *keys);
/* Sends a line to the prompt: ":", the line, enter. */
void pty_command(struct pty *, const char *format, ...) ACTLAB_PRINTF(2, 3);
void pty_resize(struct pty *, int rows, int cols);
/* A row of the screen as UTF-8 without trailing spaces; static memory. */
const char *pty_row(const struct pty *, int row);
/* Whether the text stands anywhere on the screen, on one row. */
bool pty_shows(const struct pty *, const char *text);
/* Reads until the screen shows the text; fails the test after 5 s, with the screen printed. */
void pty_expect(struct pty *, const char *text);
/* The whole screen as text, as `actlab show` prints it. */
void pty_text(const struct pty *, struct text *out);
/* Waits for the end, at most `ms` (a slow machine: longer); false when it goes on. What is read
 * joins the bytes. */
bool pty_ended(struct pty *, int ms);
/* Sends keys that must end the program within 3 s, with status 0 and the terminal as it was, and
 * closes. */
void pty_quit(struct pty *, const char *keys);
/* Whether the terminal's modes are what they were before the start. */
bool pty_modes_restored(const struct pty *);
double pty_cpu_seconds(const struct pty *); /* the program has had a processor for, so far */
void pty_hang_up(struct pty *);             /* the other end of the line is gone */
void pty_close(struct pty *);               /* kills what still runs */

/* A number in a line of /proc/PID/FILE, as sscanf takes it; 0 where there is none. */
long pty_proc(pid_t, const char *file, const char *format);
/* Runs a line of the shell, in which $A is the program and $D the state folder. Returns its status;
 * `said` becomes what it prints. */
int pty_shell(const char *line, struct text *said);

/* A fresh folder for one test program's state, removed at its end; static memory. */
const char *pty_state_folder(void);
/* The path of a file in it; static memory, of the last sixteen. */
const char *pty_path(const char *name);

#endif
