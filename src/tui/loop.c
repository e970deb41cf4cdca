/* loop.c - keys, clock and frames around one poll().
 *
 * All waiting keys are taken before a frame is drawn, or as many as a tenth of a second is enough
 * for. A frame that a key asks for comes at once, one that only the clock asks for at most `fps`
 * times a second, and none while the terminal has not taken the one before. When nothing moves the
 * program sleeps until a key or a signal. */
#include "tui/loop.h"
#include "base/clock.h"
#include "commands/session.h"
#include "draw/theme.h"
#include "lab/decision_map.h"
#include "lab/limits.h"
#include "replay/follow.h"
#include "replay/kept.h"
#include "study/experiment.h"
#include "study/opening.h"
#include "study/progress_table.h"
#include "tui/events.h"
#include "tui/output.h"
#include "tui/prompt.h"
#include "tui/signals.h"
#include "tui/terminal.h"
#include "view/view.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The clock trains in pieces of this many seconds. A key may wait for one, a step, and its picture:
 * together no longer than a step and 5 ms. */
#define BUDGET 0.003
#define TICK   (1.0 / 30)
/* More than this is not made up for after a pause. */
#define LONGEST_TICK 0.25
/* Catching up with a teacher goes in pieces of this many seconds, and is shown as often. */
#define CATCH_UP       0.02
#define CATCH_UP_FRAME 0.4
/* Once nobody has wanted anything for so long, the rest is read that the first picture did not
 * need.
 */
#define QUIET 0.1
/* A file that is followed gives no sign when it has grown: it is polled. */
#define POLL 0.1

/* Scrolls to the next place where the text asked for stands, if one was asked for. */
static void scroll_to_found(struct lab *lab, int *scroll)
{
    int found;

    if (!lab->screen.find_by)
        return;
    found = view_find(lab, terminal_rows(), terminal_cols());
    lab->screen.find_by = 0;
    lab->screen.found = found;
    if (found < 0) {
        lab_say(lab, true, "'%s' is not in this text", lab->screen.find);
        return;
    }
    if (found < *scroll || found >= *scroll + lab->screen.window)
        *scroll = found;
    if (lab->screen.chosen >= 0 && lab->screen.shown == SCREEN_TEXT)
        study_choose(lab, found); /* its lines are rows */
}

/* The mark of a list stays in sight. */
static void scroll_to_chosen(const struct lab *lab, int *scroll)
{
    int row;

    if (lab->screen.shown != SCREEN_TEXT || lab->screen.chosen < 0)
        return;
    row = view_chosen(lab, terminal_rows(), terminal_cols());
    if (row < *scroll)
        *scroll = row;
    else if (lab->screen.window > 0 && row >= *scroll + lab->screen.window)
        *scroll = row - lab->screen.window + 1;
}

/* `scroll` counts lines without knowing the window. Anything beyond the end comes back to it, so
 * that the next key up shows at once. */
static void fit_scroll(struct lab *lab)
{
    int *scroll = lab->screen.shown == SCREEN_TEXT ? &lab->screen.text_scroll : &lab->open.scroll;
    const int end = view_scroll_end(lab, terminal_rows(), terminal_cols());

    scroll_to_found(lab, scroll);
    scroll_to_chosen(lab, scroll);
    if (*scroll > end)
        *scroll = end;
}

static void draw(struct loop *loop)
{
    struct lab *lab = loop->lab;
    int rows = terminal_rows(), cols = terminal_cols();
    struct rect cursor;

    if (lab_measure_frame(lab, false))
        study_check_goals(lab); /* the lesson's goals */
    fit_scroll(lab);
    if (loop->grid.rows != rows || loop->grid.cols != cols) {
        grid_free(&loop->grid);
        grid_init(&loop->grid, rows, cols);
    }
    decision_map_frame(lab, true);
    view_screen(lab, prompt_picture(), &loop->grid, &cursor);
    decision_map_frame(lab, false);
    terminal_mouse(lab->set.mouse);
    if (theme_on(lab->set.theme, true) != theme_on(lab->set.theme, false))
        terminal_ask_background();
    if (lab->set.charset != CHARSET_ASCII)
        terminal_ask_width();
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

/* Does what the teacher did. While there is much to catch up with, keys wait for a slice of it. A
 * session that watches is not idle; one that takes no picture, though one is ready, does not watch.
 */
static void follow(struct loop *loop, unsigned events, bool want)
{
    struct lab *lab = loop->lab;
    double now = clock_now();

    if (!lab->replay.follower || !(events & TERMINAL_STREAM || follow_behind(lab) ||
                                   (follow_watches(lab) && now >= loop->polled + POLL)))
        return;
    lab->model.plot.columns = view_plot_columns(lab, terminal_rows(), terminal_cols());
    loop->line_began = now;
    loop->keys_checked = 0;
    lab->interrupt.asked = loop_line_interrupted;
    follow_tick(lab, loop->drawn_at > 0 ? CATCH_UP : -1); /* first of all there is a picture */
    lab->interrupt.asked = loop_interrupted;
    events_stream(follow_fd(lab));
    loop->polled = now;
    if (follow_leads(lab) && follow_heard(lab) > loop->touched &&
        (!want || events & TERMINAL_READY))
        loop->touched = follow_heard(lab);
}

/* How long the loop may sleep; negative: until something happens. */
static double time_to_sleep(const struct loop *loop, double now, bool changed, bool want)
{
    const struct lab *lab = loop->lab;
    double seconds = -1;

    if (session_moving(lab))
        seconds = loop->behind ? 0 : until(loop->ticked + TICK, now);
    if (changed && !want)
        seconds = sooner(seconds, until(loop->drawn_at + 1.0 / lab->set.fps, now));
    if (follow_behind(lab))
        seconds = 0;
    if (follow_watches(lab))
        seconds = sooner(seconds, until(loop->polled + POLL, now));
    if (keys_waiting(&loop->keys))
        seconds = sooner(seconds, until(loop->fed + loop->escape_delay, now));
    if (kept_due(lab) >= 0)
        seconds = sooner(seconds, until(kept_due(lab), now));
    if (lab->set.idle_timeout > 0)
        seconds = sooner(seconds, until(loop->touched + lab->set.idle_timeout, now));
    if (!loop->caught_up && loop->drawn_at > 0)
        seconds = sooner(seconds, until(loop->drawn_at + QUIET, now));
    return loop->more ? 0 : seconds;
}

static void tick(struct loop *loop)
{
    double now = clock_now(), seconds = now - loop->ticked;

    if (!loop->behind && seconds < TICK)
        return;
    loop->lab->interrupt.stopped = false;
    session_tick(loop->lab, seconds < LONGEST_TICK ? seconds : LONGEST_TICK, BUDGET);
    if (loop->lab->interrupt
            .stopped) /* ^C was for a line that was played: no key for the session */
        signals_busy(false);
    loop->behind =
        (loop->lab->model.running ? clock_now() - now >= BUDGET : decision_map_behind(loop->lab)) &&
        !loop->lab->limits;
    loop->ticked = now;
}

/* Everything but keys. Returns false when the loop must end. */
static bool on_events(struct loop *loop, unsigned events)
{
    struct key interrupt = {.name = "ctrl-c", .bytes = "\x03"};

    if (events & TERMINAL_END)
        return false;
    if (events & TERMINAL_STOPPED && loop->lab->rights == RIGHTS_OWN) /* nobody would continue it */
        loop_suspend(loop);
    if (events & (TERMINAL_STOPPED | TERMINAL_CONTINUED | TERMINAL_RESIZED))
        loop->dirty = loop->urgent = true;
    if (events & TERMINAL_INTERRUPT && loop->more)
        loop_drop_keys(loop);
    else if (events & TERMINAL_INTERRUPT)
        loop_key(loop, &interrupt);
    return true;
}

/* How long a session with a limited share of the processor must rest now. What it has not used it
 * may use later, up to the burst. */
static double time_to_rest(struct loop *loop)
{
    const struct limits *most = loop->lab->limits;
    double now, used;

    if (!most)
        return 0;
    now = clock_now();
    used = clock_used();
    loop->credit += (now - loop->accounted) * most->share - (used - loop->used);
    if (loop->credit > most->burst)
        loop->credit = most->burst;
    loop->accounted = now;
    loop->used = used;
    return loop->credit < 0 ? -loop->credit / most->share : 0;
}

/* Deals with whatever has come: keys; else the ESC that nothing has followed, or the clock, for
 * which a picture that a key waits for does not wait. Returns false when the loop must end. */
static bool react(struct loop *loop, unsigned events, bool moving)
{
    const bool answering = loop->urgent && events & TERMINAL_READY;

    if (!on_events(loop, events))
        return false;
    if (events & TERMINAL_INPUT || loop->more)
        return on_events(loop, loop_read_keys(loop));
    if (keys_waiting(&loop->keys) && clock_now() >= loop->fed + loop->escape_delay) {
        loop_take_keys(loop, true);
        loop->fed = clock_now();
    } else if (moving && !answering) {
        tick(loop);
    }
    return true;
}

/* Once nobody has wanted anything for a while after the first picture. */
static void catch_up(struct loop *loop)
{
    if (loop->caught_up || loop->drawn_at <= 0 || clock_now() < loop->drawn_at + QUIET)
        return;
    loop->caught_up = true;
    study_catch_up(loop->lab);
}

static void end_if_idle(struct loop *loop)
{
    struct lab *lab = loop->lab;

    if (lab->set.idle_timeout <= 0 || clock_now() < loop->touched + lab->set.idle_timeout)
        return;
    lab_say(lab, false, "ended after %g seconds without a key", lab->set.idle_timeout);
    lab->interrupt.quit = true;
}

/* Returns false when a signal or a lost terminal ended it. */
static bool run_loop(struct loop *loop)
{
    struct lab *lab = loop->lab;

    while (!lab->interrupt.quit) {
        double now = clock_now();
        bool changed = loop->dirty || lab->changes != loop->drawn;
        bool want = changed && (loop->urgent || now >= loop->drawn_at + 1.0 / lab->set.fps);
        bool moving = session_moving(lab);
        bool hurried = follow_behind(lab) && !loop->urgent && now < loop->drawn_at + CATCH_UP_FRAME;
        double rest = time_to_rest(loop);
        unsigned events;

        if (lab->limits)
            signals_limit(0); /* for what follows until the next turn */
        if (rest > 0) {       /* keys wait; signals do not */
            if (!on_events(loop, terminal_rest(rest)))
                return false;
            continue;
        }
        want &= !hurried;
        if (!moving) {
            loop->ticked = now;
            loop->behind = false;
        }
        events = terminal_wait(time_to_sleep(loop, now, changed, want), want);
        if (!react(loop, events, moving))
            return false;
        follow(loop, events, want);
        if (want && events & TERMINAL_READY && !lab->interrupt.quit)
            draw(loop);
        else
            catch_up(loop);
        kept_save(lab, false);
        end_if_idle(loop);
    }
    return true;
}

/* A stream on standard input leaves the keys to the terminal itself. */
static bool keys_beside_stream(const struct lab *lab, struct error *e)
{
    int fd;

    if (!lab->replay.follower || isatty(STDIN_FILENO))
        return true;
    fd = open("/dev/tty", O_RDWR | O_CLOEXEC);
    if (fd < 0 || dup2(fd, STDIN_FILENO) < 0)
        return fail(e, "there is no terminal to read keys from: %s", strerror(errno));
    close(fd);
    return true;
}

/* The first bytes of a stream on standard input are waited for before the terminal is taken: the
 * program that brings them may have to ask for a password first. That there is a terminal to be
 * taken is known before. */
static bool stream_begins(const struct lab *lab, struct error *e)
{
    struct pollfd stream = {.fd = follow_fd(lab), .events = POLLIN};

    if (!follow_input(lab) || stream.fd < 0)
        return true;
    if (!terminal_possible(e))
        return false;
    while (poll(&stream, 1, -1) < 0 && errno == EINTR)
        ;
    return true;
}

/* A command over ssh for anything but the lab is told that there is nothing else. */
static bool opens_here(const struct lab *lab, struct error *e)
{
    if (lab->rights == RIGHTS_OWN || (isatty(STDIN_FILENO) && isatty(STDOUT_FILENO)))
        return true;
    return fail(e, "there is only the laboratory here, and it needs a terminal: ssh -t HOST");
}

int tui_run(struct lab *lab)
{
    struct loop loop = {.lab = lab, .dirty = true, .urgent = true};
    struct error e;
    bool whole;

    if (!keys_beside_stream(lab, &e) || !opens_here(lab, &e) || !stream_begins(lab, &e) ||
        !terminal_start(&e)) {
        fprintf(stderr, "actlab: %s\n", e.text);
        return 1;
    }
    lab->interactive = true;
    loop_set_current(&loop);
    lab->interrupt.asked = loop_interrupted;
    terminal_teach(&loop.keys);
    events_stream(follow_fd(lab));
    loop.escape_delay = terminal_escape_delay();
    loop.ticked = loop.touched = loop.accounted = clock_now();
    loop.used = clock_used();
    loop.credit = lab->limits ? lab->limits->burst : 0;
    signals_limit_always(lab->limits ? lab->limits->command : 0);
    kept_begin(lab);
    whole = run_loop(&loop);
    kept_save(lab, true);
    signals_limit_always(0);
    if (!whole)
        terminal_end();
    terminal_stop();
    if (lab->set.idle_timeout > 0 && lab->screen.message[0]) {
        char line[sizeof lab->screen.message + 16];

        snprintf(line, sizeof line, "actlab: %s\n", lab->screen.message);
        output_say(line);
    }
    prompt_free();
    keys_free(&loop.keys);
    grid_free(&loop.grid);
    lab->interactive = false;
    lab->interrupt.asked = NULL;
    loop_set_current(NULL);
    return 0;
}
