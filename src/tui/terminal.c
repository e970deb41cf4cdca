/* terminal.c - see terminal.h.
 *
 * All bytes are gathered in memory and written at once, so that one frame is one write whatever its
 * size, and a write that stalls can be left when a signal asks for it. */
#include "tui/terminal.h"

#include "base/xalloc.h"
#include "tui/output.h"
#include "tui/paint.h"
#include "tui/pen.h"
#include "tui/questions.h"
#include "tui/signals.h"
#include "tui/terminal_private.h"

#include <curses.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <term.h>
#include <termios.h>
#include <unistd.h>

static const char mouse_on[] = "\x1b[?1000h\x1b[?1006h", mouse_off[] = "\x1b[?1006l\x1b[?1000l";

static struct {
    bool open;       /* the terminal is ours: its modes are set, the screen is up */
    struct text out; /* what waits to be sent */
    int colours;     /* 0, 8, 16 or 256 */
    int rows, cols;
    bool repaint; /* the next frame sends every cell */
    bool cursor, mouse, mouse_wanted;
    struct termios modes; /* as they were */
    struct text restoring;
} term;

/* ---- bytes ----------------------------------------------------------------------------------- */

/* The bytes that give the terminal back, ready for a handler: to the last row, no colours, a
 * cursor, the screen that was. */
static void prepare_restoring(void)
{
    static const char *const names[] = {"sgr0", "op", "cnorm", "rmcup"};

    text_clear(&term.restoring);
    if (term.mouse_wanted)
        text_add(&term.restoring, mouse_off);
    text_add(&term.restoring, terminal_capability("BD")); /* pastes come as they are */
    text_add(&term.restoring, tiparm(terminal_capability("cup"), term.rows - 1, 0));
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        text_add(&term.restoring, terminal_capability(names[i]));
    if (!terminal_capability("rmcup")[0])
        text_add(&term.restoring, "\r\n");
    signals_arm(&term.modes, text_str(&term.restoring), term.restoring.len);
}

/* ---- opening and closing --------------------------------------------------------------------- */

/* Characters as they come, echo off, signals on. Flow control stays where the terminal needs it. */
static void set_modes(void)
{
    struct termios raw = term.modes;

    raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO | ECHONL | IEXTEN);
    raw.c_lflag |= ISIG;
    raw.c_iflag &= ~(tcflag_t)(ICRNL | INLCR | IGNCR | ISTRIP | PARMRK);
    if (tigetflag("xon") <= 0)
        raw.c_iflag &= ~(tcflag_t)IXON;
    raw.c_oflag &= ~(tcflag_t)OPOST;
    raw.c_cc[VMIN] = 1;
    raw.c_cc[VTIME] = 0;
    while (tcsetattr(IN, TCSADRAIN, &raw) < 0 && errno == EINTR && !signals_ending())
        ;
}

/* How many colours: the terminal's, unless NO_COLOR asks for none. */
static int count_colours(void)
{
    const char *none = getenv("NO_COLOR");
    int n = tigetnum("colors");

    if ((none && none[0]) || n < 8 || !terminal_capability("setaf")[0])
        return 0;
    return n >= 256 ? 256 : n >= 16 ? 16 : 8;
}

/* A line feed is a move as long as nothing on its way makes it a new line. */
static bool sends_line_feeds(void)
{
    struct termios now;

    return tcgetattr(OUT, &now) == 0 && !(now.c_oflag & OPOST);
}

static void start_bytes(void)
{
    text_add(&term.out, terminal_capability("BE")); /* pastes come marked */
    term.mouse = false;
    term.repaint = true;
}

static void take_terminal(void)
{
    prepare_restoring();
    set_modes();
    pen_start(&term.out, sends_line_feeds());
    text_add(&term.out, terminal_capability("smcup"));
    start_bytes();
    term.open = true;
}

bool terminal_start(struct error *e)
{
    if (!terminal_there(e))
        return false;
    if (tcgetattr(IN, &term.modes) < 0)
        return fail(e, "cannot read the terminal's modes: %s", strerror(errno));
    if (!terminal_find_entry(e) || !signals_start(e))
        return false;
    term.colours = count_colours();
    paint_start(term.colours, terminal_utf8());
    output_begin();
    terminal_measure(&term.rows, &term.cols);
    take_terminal();
    xalloc_on_failure(signals_restore); /* to compose bytes takes memory */
    atexit(terminal_stop);
    return true;
}

/* Gives the terminal back, but stays ready to take it again. */
static void leave_terminal(void)
{
    if (!term.open)
        return;
    term.open = false;
    if (tcgetpgrp(IN) == getpgrp()) { /* else it is someone else's now */
        text_add_n(&term.out, text_str(&term.restoring), term.restoring.len);
        /* if nobody reads them, at least those that give the terminal back */
        output_last(text_str(&term.out), term.out.len, text_str(&term.restoring),
                    term.restoring.len);
        while (tcsetattr(IN, question_open() && !output_gone() ? TCSAFLUSH : TCSANOW, &term.modes) <
                   0 &&
               errno == EINTR)
            ;
    }
    text_clear(&term.out);
    signals_disarm();
}

void terminal_stop(void)
{
    if (!term.open)
        return;
    leave_terminal();
    signals_stop();
    paint_free();
    terminal_forget_entry();
    text_free(&term.out);
    text_free(&term.restoring);
    xalloc_on_failure(NULL);
}

void terminal_suspend(void)
{
    leave_terminal();
    signals_suspend();
    signals_drain(); /* of the continuation, and of changes that are looked at now */
    if (signals_ending())
        return;
    terminal_measure(&term.rows, &term.cols);
    take_terminal();
}

void terminal_end(void)
{
    int number = signals_ending();

    terminal_stop();
    signals_die(number);
}

/* ---- waiting --------------------------------------------------------------------------------- */

static unsigned wait_for(double seconds, bool for_keys, bool for_room)
{
    unsigned events = events_wait(seconds, for_keys, for_room);

    if (events & TERMINAL_RESIZED) {
        terminal_measure(&term.rows, &term.cols);
        prepare_restoring();
        term.repaint = true;
    }
    if (events & TERMINAL_CONTINUED) {
        set_modes();
        start_bytes();
    }
    return events;
}

unsigned terminal_wait(double seconds, bool for_room)
{
    return wait_for(seconds, true, for_room);
}

unsigned terminal_rest(double seconds)
{
    return wait_for(seconds, false, false);
}

void terminal_ask_background(void)
{
    if (term.colours)
        text_add(&term.out, question_ask(QUESTION_BACKGROUND, getenv("TERM")));
}

void terminal_ask_width(void)
{
    const char *question;

    if (!terminal_utf8() || term.rows <= QUESTION_ROW ||
        !*(question = question_ask(QUESTION_WIDTH, getenv("TERM"))))
        return;
    text_add(&term.out, tiparm(terminal_capability("cup"), QUESTION_ROW, 0));
    text_add(&term.out, question);
    term.repaint = true;
}

/* ---- drawing --------------------------------------------------------------------------------- */

void terminal_redraw(void)
{
    term.repaint = true;
}

void terminal_mouse(bool on)
{
    term.mouse_wanted = on && terminal_capability("kmous")[0];
}

int terminal_rows(void)
{
    return term.rows;
}

int terminal_cols(void)
{
    return term.cols;
}

static void draw_cursor(const struct rect *cursor)
{
    bool show =
        cursor->row >= 0 && cursor->row < term.rows && cursor->col >= 0 && cursor->col < term.cols;

    if (show)
        pen_move(cursor->row, cursor->col);
    if (show != term.cursor || term.repaint)
        pen_show_cursor(show);
    term.cursor = show;
}

void terminal_draw(const struct grid *g, const struct rect *cursor, int theme)
{
    if (!term.open || g->rows != term.rows || g->cols != term.cols)
        return;
    paint(g, theme, term.repaint);
    draw_cursor(cursor);
    if (term.mouse != term.mouse_wanted) {
        text_add(&term.out, term.mouse_wanted ? mouse_on : mouse_off);
        term.mouse = term.mouse_wanted;
        prepare_restoring();
    }
    term.repaint = false;
    output_write(text_str(&term.out), term.out.len);
    text_clear(&term.out);
}
