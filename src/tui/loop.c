/* loop.c - keys, clock and frames around one poll().
 *
 * All waiting keys are taken before a frame is drawn. A frame that a key asks for comes at once,
 * one that only the clock asks for at most `fps` times a second, and none while the terminal has
 * not taken the one before. When nothing moves the program sleeps until a key or a signal. */
#include "base/clock.h"
#include "base/utf8.h"
#include "draw/theme.h"
#include "lab/command.h"
#include "lab/course_state.h"
#include "lab/course_try.h"
#include "lab/follow.h"
#include "lab/keymap.h"
#include "lab/limits.h"
#include "tui/background.h"
#include "tui/keys.h"
#include "tui/output.h"
#include "tui/prompt.h"
#include "tui/signals.h"
#include "tui/terminal.h"
#include "tui/tui.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The clock trains in pieces of this many seconds: how long a key may wait beyond one step. */
#define BUDGET 0.005
#define TICK   (1.0 / 30)
/* Catching up with a teacher goes in pieces of this many seconds, and is shown as often. */
#define SLICE  0.02
#define GLANCE 0.4
/* What the first picture did not need is read when nobody has wanted anything for so long. */
#define CALM 0.1

struct loop {
    struct lab *lab;
    struct key_reader keys;
    struct grid grid;
    double escape_delay, fed, ticked, drawn_at, touched;
    uint64_t drawn;                 /* lab->changes when the last frame was drawn */
    bool dirty;                     /* a frame is needed for other reasons */
    bool urgent;                    /* and at once */
    bool behind;                    /* the clock owes more steps than fitted into its budget */
    bool caught_up;                 /* with what the first picture did not need */
    double credit, accounted, used; /* of processor time, where it is limited */
    double looked;                  /* when the file that is followed was looked at */
};

/* ---- commands -----------------------------------------------------------------------------------
 */

/* One short line is said at the bottom, more is a text of its own to scroll in. */
static void show_output(struct lab *lab, const char *line, char *s, size_t n)
{
    size_t first = strcspn(s, "\n"), name;

    if (first == n || first + 1 == n) {
        n = first;
        s[n] = '\0';
        if (n && utf8_columns(s) < terminal_cols() && n < sizeof lab->message) {
            lab_say(lab, false, "%s", s);
            return;
        }
    }
    if (n == 0)
        return;
    line += strspn(line, " \t");
    name = strcspn(line, "\n");
    text_clear(&lab->page_text);
    utf8_clean(&lab->page_text, s, n, true);
    snprintf(lab->page_title, sizeof lab->page_title, "%.*s",
             name < 60 ? (int)name : (int)strcspn(line, " \t"), line);
    lab->page_scroll = 0;
    lab->found = -1;
    lab->screen = SCREEN_TEXT;
    lab->changes++;
}

/* Who follows a teacher and does something goes own ways from there on. */
static void part_from_teacher(struct lab *lab, const char *line)
{
    const struct command *c;
    char name[32];

    if (!follow_leads(lab))
        return;
    line += strspn(line, " \t");
    snprintf(name, sizeof name, "%.*s", (int)strcspn(line, " \t"), line);
    c = command_find(name, NULL);
    if (c && !(c->flags & CMD_LOOK))
        follow_leave(lab);
}

static void bring_forward(struct lab *lab, enum pane pane)
{
    if (!view_pane_shown(lab, pane, terminal_rows(), terminal_cols()))
        lab->focus = pane;
}

static bool run(struct lab *lab, const char *line, struct error *e)
{
    const int lesson = lab->lesson, page = lab->page;
    char *said = NULL;
    size_t n = 0;
    FILE *out = open_memstream(&said, &n);
    bool ok;

    if (!out)
        return fail(e, "out of memory");
    part_from_teacher(lab, line);
    lab->plot.columns = view_plot_columns(lab, terminal_rows(), terminal_cols());
    lab->window = view_scroll_rows(lab, terminal_rows(), terminal_cols());
    signals_busy(true);
    if (lab->limits)
        signals_limit(lab->limits->command);
    ok = lab_run(lab, line, out, e);
    signals_limit(0);
    signals_busy(false);
    fclose(out);
    /* Who turns a page wants to read it, also where one pane has the screen to itself. */
    if ((lab->lesson != lesson || lab->page != page) && lab->lesson >= 0)
        bring_forward(lab, PANE_LESSON);
    /* where the digits are answers, and where what has the focus is what is read */
    if ((lab->lesson != lesson || lab->page != page) &&
        (course_quiz_here(lab) || (lab->set.reader && lab->lesson >= 0)))
        lab->focus = PANE_LESSON;
    if (lab->want_network)
        bring_forward(lab, PANE_NETWORK);
    lab->want_network = false;
    if (ok)
        show_output(lab, line, said, n);
    free(said);
    return ok;
}

/* A page is read to its end before the next one. Whether there is more only the view knows. */
static const char *read_on(const struct lab *lab, const char *command)
{
    if (strcmp(command, "lesson next") == 0 && lab->screen == SCREEN_LAB && lab->lesson >= 0 &&
        lab->scroll < view_scroll_end(lab, terminal_rows(), terminal_cols()))
        return "scroll +1page";
    return command;
}

static void run_key(struct lab *lab, const char *line)
{
    struct error e = {.column = -1};

    if (!run(lab, line, &e))
        lab_say(lab, true, "%s", e.text);
}

/* ---- keys ---------------------------------------------------------------------------------------
 */

/* What is pasted beside the prompt never runs as keys: its first line goes into the prompt, to be
 * looked at. */
static void on_paste(struct loop *loop)
{
    char *text = loop->keys.paste.s;

    if (!text)
        return;
    if (!prompt_is_open()) {
        text += strspn(text, " \t\n");
        text[strcspn(text, "\n")] = '\0';
        prompt_open(loop->lab, text, run);
    } else {
        prompt_paste(text);
    }
}

static void on_mouse(struct loop *loop, const struct key *k)
{
    struct lab *lab = loop->lab;
    char line[64];
    double x;

    if (!lab->set.mouse || prompt_is_open() || lab->screen != SCREEN_LAB)
        return;
    if (k->button == MOUSE_WHEEL_UP) {
        run_key(lab, "zoom 1.25");
    } else if (k->button == MOUSE_WHEEL_DOWN) {
        run_key(lab, "zoom 0.8");
    } else if (k->button == MOUSE_LEFT &&
               view_plot_x(lab, terminal_rows(), terminal_cols(), k->row, k->col, &x)) {
        /* "=" for a number below zero is not a step to the left */
        snprintf(line, sizeof line, "cursor %s%.12g", x < 0 ? "=" : "", x);
        run_key(lab, line);
    }
}

static void on_press(struct loop *loop, const struct key *k)
{
    struct lab *lab = loop->lab;
    const char *command;

    if (lab->message[0]) {
        lab->message[0] = '\0';
        loop->dirty = true;
    }
    if (lab->plot.sweep.on) { /* any key stops it, and does no more */
        lab->plot.sweep.on = false;
        lab->changes++;
        return;
    }
    if (!k->name[0]) {
        follow_leave(lab);
        return;
    }
    command = keymap_find(lab->keymap, lab_key_pane(lab), k->name);
    if (command)
        run_key(lab, strcmp(k->name, "right") == 0 ? command : read_on(lab, command));
    else if (strcmp(k->name, "ctrl-c") == 0)
        lab->quit = true; /* whatever is bound: there is always a way out */
    else
        follow_leave(lab);
}

static void on_key(struct loop *loop, const struct key *k)
{
    struct lab *lab = loop->lab;

    loop->urgent = true;
    if (k->kind == KEY_PASTE) {
        on_paste(loop);
        loop->dirty = true;
    } else if (k->kind == KEY_MOUSE) {
        on_mouse(loop, k);
    } else if (k->kind == KEY_BACKGROUND) {
        background_told();
        lab->light = k->light;
        loop->dirty = true;
    } else if (prompt_is_open()) {
        prompt_key(k);
        loop->dirty = true;
    } else {
        on_press(loop, k);
    }
    if (lab->want_prompt) {
        lab->want_prompt = false;
        prompt_open(lab, lab->prompt_text, run);
        loop->dirty = true;
    }
    if (lab->want_redraw) {
        lab->want_redraw = false;
        terminal_redraw();
        loop->dirty = true;
    }
}

static void take_keys(struct loop *loop, bool late)
{
    struct key k;

    while (!loop->lab->quit && keys_next(&loop->keys, late, &k))
        on_key(loop, &k);
}

/* What else happened meanwhile is returned. */
static unsigned read_keys(struct loop *loop)
{
    unsigned events = 0, now;
    char bytes[4096];
    size_t n;

    do { /* keys that arrive meanwhile are taken before the frame, too */
        n = terminal_read(bytes, sizeof bytes);
        keys_feed(&loop->keys, bytes, n);
        take_keys(loop, false);
        now = n && !loop->lab->quit ? terminal_wait(0, false) : 0;
        events |= now & ~(unsigned)TERMINAL_INPUT;
    } while (now & TERMINAL_INPUT);
    loop->fed = loop->touched = clock_now();
    return events;
}

/* ---- frames -------------------------------------------------------------------------------------
 */

/* `scroll` counts lines without knowing the window: what is beyond the end comes back to it, so
 * that the next key up is seen at once. */
static void settle_scroll(struct lab *lab)
{
    int *scroll = lab->screen == SCREEN_TEXT ? &lab->page_scroll : &lab->scroll;
    int end = view_scroll_end(lab, terminal_rows(), terminal_cols()), found;

    if (lab->find_by) {
        found = view_find(lab, terminal_rows(), terminal_cols());
        lab->found = found;
        if (found >= 0 && (found < *scroll || found >= *scroll + lab->window))
            *scroll = found;
        else if (found < 0)
            lab_say(lab, true, "'%s' is not in this text", lab->find);
        lab->find_by = 0;
    }
    if (*scroll > end)
        *scroll = end;
}

static void draw(struct loop *loop)
{
    struct lab *lab = loop->lab;
    int rows = terminal_rows(), cols = terminal_cols();
    struct rect cursor;

    if (lab_settle_frame(lab))
        course_settle(lab); /* the lesson's goals */
    settle_scroll(lab);
    if (loop->grid.rows != rows || loop->grid.cols != cols) {
        grid_free(&loop->grid);
        grid_init(&loop->grid, rows, cols);
    }
    view_screen(lab, prompt_picture(), &loop->grid, &cursor);
    terminal_mouse(lab->set.mouse);
    if (lab->set.theme == THEME_AUTO)
        terminal_ask_background();
    output_give_up_at(lab->set.idle_timeout > 0 ? loop->touched + lab->set.idle_timeout : 0);
    terminal_draw(&loop->grid, &cursor, lab_theme(lab));
    loop->drawn = lab->changes;
    loop->dirty = loop->urgent = false;
    loop->drawn_at = clock_now();
}

static double sooner(double a, double b)
{
    return a < 0 ? b : b < 0 ? a : a < b ? a : b;
}

static double until(double then, double now)
{
    return then > now ? then - now : 0;
}

/* A file that is followed says nothing when it has grown. */
#define LOOK 0.1

/* A line of the teacher's, or of whoever writes there, may take as long as it likes: keys do not
 * wait for it much longer than for a slice. */
#define LINE 0.3

static double line_began, keys_looked;

static bool line_interrupted(void)
{
    double now = clock_now();

    if (signals_interrupted() || now < line_began + LINE || now < keys_looked + SLICE)
        return signals_interrupted();
    keys_looked = now;
    return terminal_key_waits();
}

/* Does what the teacher did. While there is much to catch up with, keys wait for a slice of it.
 * Who watches is not idle; who takes no picture, though one is ready, does not watch. */
static void follow(struct loop *loop, unsigned events, bool want)
{
    struct lab *lab = loop->lab;
    double now = clock_now();

    if (!lab->follower || !(events & TERMINAL_STREAM || follow_behind(lab) ||
                            (follow_watches(lab) && now >= loop->looked + LOOK)))
        return;
    lab->plot.columns = view_plot_columns(lab, terminal_rows(), terminal_cols());
    line_began = now;
    keys_looked = 0;
    lab->interrupted = line_interrupted;
    follow_tick(lab, SLICE);
    lab->interrupted = signals_interrupted;
    terminal_stream(follow_fd(lab));
    loop->looked = now;
    if (follow_leads(lab) && follow_heard(lab) > loop->touched &&
        (!want || events & TERMINAL_READY))
        loop->touched = follow_heard(lab);
}

/* How long the loop may sleep; negative: until something happens. */
static double patience(const struct loop *loop, double now, bool changed, bool want)
{
    const struct lab *lab = loop->lab;
    double seconds = -1;

    if (lab_moving(lab))
        seconds = loop->behind ? 0 : until(loop->ticked + TICK, now);
    if (changed && !want)
        seconds = sooner(seconds, until(loop->drawn_at + 1.0 / lab->set.fps, now));
    if (follow_behind(lab))
        seconds = 0;
    if (follow_watches(lab))
        seconds = sooner(seconds, until(loop->looked + LOOK, now));
    if (keys_waiting(&loop->keys))
        seconds = sooner(seconds, until(loop->fed + loop->escape_delay, now));
    if (lab->set.idle_timeout > 0)
        seconds = sooner(seconds, until(loop->touched + lab->set.idle_timeout, now));
    if (!loop->caught_up && loop->drawn_at > 0)
        seconds = sooner(seconds, until(loop->drawn_at + CALM, now));
    return seconds;
}

static void tick(struct loop *loop)
{
    double now = clock_now(), seconds = now - loop->ticked;

    if (!loop->behind && seconds < TICK)
        return;
    lab_tick(loop->lab, seconds < 0.25 ? seconds : 0.25, BUDGET);
    loop->behind = loop->lab->running && clock_now() - now >= BUDGET && !loop->lab->limits;
    loop->ticked = now;
}

/* Everything but keys. Returns false when the loop must end. */
static bool on_events(struct loop *loop, unsigned events)
{
    struct key interrupt = {.name = "ctrl-c", .bytes = "\x03"};

    if (events & TERMINAL_END)
        return false;
    if (events & TERMINAL_STOPPED && !loop->lab->restricted) { /* nobody would continue it */
        terminal_suspend();
        loop->ticked = loop->touched = clock_now();
    }
    if (events & (TERMINAL_STOPPED | TERMINAL_CONTINUED | TERMINAL_RESIZED))
        loop->dirty = loop->urgent = true;
    if (events & TERMINAL_INTERRUPT)
        on_key(loop, &interrupt);
    return true;
}

/* How long a session with a limited share of the processor must rest now. What it has not used it
 * may use later, up to the burst. */
static double tired(struct loop *loop)
{
    const struct limits *most = loop->lab->limits;
    double now = clock_now(), used = clock_used();

    if (!most)
        return 0;
    loop->credit += (now - loop->accounted) * most->share - (used - loop->used);
    if (loop->credit > most->burst)
        loop->credit = most->burst;
    loop->accounted = now;
    loop->used = used;
    return loop->credit < 0 ? -loop->credit / most->share : 0;
}

/* Returns false when a signal or a lost terminal ended it. */
static bool run_loop(struct loop *loop)
{
    struct lab *lab = loop->lab;

    while (!lab->quit) {
        double now = clock_now();
        bool changed = loop->dirty || lab->changes != loop->drawn;
        bool want = changed && (loop->urgent || now >= loop->drawn_at + 1.0 / lab->set.fps);
        bool moving = lab_moving(lab);
        bool hurried = follow_behind(lab) && !loop->urgent && now < loop->drawn_at + GLANCE;
        double rest = tired(loop);
        unsigned events;

        if (rest > 0) { /* keys wait; signals do not */
            if (!on_events(loop, terminal_rest(rest)))
                return false;
            continue;
        }
        want &= !hurried;
        if (!moving) {
            loop->ticked = now;
            loop->behind = false;
        }
        events = terminal_wait(patience(loop, now, changed, want), want);
        if (!on_events(loop, events))
            return false;
        if (events & TERMINAL_INPUT) {
            if (!on_events(loop, read_keys(loop)))
                return false;
        } else if (keys_waiting(&loop->keys) && clock_now() >= loop->fed + loop->escape_delay) {
            take_keys(loop, true);
        } else if (moving) {
            tick(loop);
        }
        follow(loop, events, want);
        if (want && events & TERMINAL_READY && !lab->quit)
            draw(loop);
        else if (!loop->caught_up && loop->drawn_at > 0 && clock_now() >= loop->drawn_at + CALM) {
            loop->caught_up = true;
            course_catch_up(lab);
        }
        if (lab->set.idle_timeout > 0 && clock_now() >= loop->touched + lab->set.idle_timeout) {
            lab_say(lab, false, "ended after %g seconds without a key", lab->set.idle_timeout);
            lab->quit = true;
        }
    }
    return true;
}

/* A stream on standard input leaves the keys to the terminal itself. Its first bytes are waited
 * for: the program that brings them may have to ask for a password first. */
static bool keys_beside_stream(struct lab *lab, struct error *e)
{
    struct pollfd stream = {.fd = follow_fd(lab), .events = POLLIN};
    int fd;

    if (!lab->follower || isatty(STDIN_FILENO))
        return true;
    while (stream.fd >= 0 && poll(&stream, 1, -1) < 0 && errno == EINTR)
        ;
    fd = open("/dev/tty", O_RDWR | O_CLOEXEC);
    if (fd < 0 || dup2(fd, STDIN_FILENO) < 0)
        return fail(e, "there is no terminal to read keys from: %s", strerror(errno));
    close(fd);
    return true;
}

/* Who comes through ssh for anything but the lab is told what there is. */
static bool opens_here(const struct lab *lab, struct error *e)
{
    if (!lab->restricted || (isatty(STDIN_FILENO) && isatty(STDOUT_FILENO)))
        return true;
    return fail(e, "here is nothing but the laboratory, and it needs a terminal: ssh -t HOST");
}

int tui_run(struct lab *lab)
{
    struct loop loop = {.lab = lab, .dirty = true, .urgent = true};
    struct error e;
    bool whole;

    if (!keys_beside_stream(lab, &e) || !opens_here(lab, &e) || !terminal_start(&e)) {
        fprintf(stderr, "actlab: %s\n", e.text);
        return 1;
    }
    lab->interactive = true;
    lab->interrupted = signals_interrupted;
    terminal_teach(&loop.keys);
    terminal_stream(follow_fd(lab));
    loop.escape_delay = terminal_escape_delay();
    loop.ticked = loop.touched = loop.accounted = clock_now();
    loop.used = clock_used();
    loop.credit = lab->limits ? lab->limits->burst : 0;
    whole = run_loop(&loop);
    if (!whole)
        terminal_end();
    terminal_stop();
    if (lab->set.idle_timeout > 0 && lab->message[0]) {
        char line[sizeof lab->message + 16];

        snprintf(line, sizeof line, "actlab: %s\n", lab->message);
        output_say(line);
    }
    prompt_free();
    keys_free(&loop.keys);
    grid_free(&loop.grid);
    lab->interactive = false;
    lab->interrupted = NULL;
    return 0;
}
