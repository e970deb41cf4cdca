/* terminal.c - see terminal.h.
 *
 * Curses is given a file in memory as its output and never the terminal: each frame is read back
 * from there and written at once, so that one frame is one write whatever its size, and a write
 * that stalls can be left when a signal asks for it. */
#include "tui/terminal.h"

#include "base/xalloc.h"
#include "tui/background_colour.h"
#include "tui/memory_file.h"
#include "tui/output.h"
#include "tui/paint.h"
#include "tui/signals.h"
#include "tui/squeeze.h"
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
    bool open;      /* the terminal is ours: its modes are set, the screen is up */
    SCREEN *screen; /* kept for good once there: ncurses cannot give it all back */
    FILE *bytes;    /* what curses writes, until it is sent */
    struct text out;
    struct squeeze squeeze;
    int colours; /* 0, 8, 16 or 256 */
    int rows, cols;
    bool repaint; /* curses must send every cell again */
    bool cursor, mouse, mouse_wanted;
    const char *paste_on, *paste_off, *reset;
    struct termios modes; /* as they were */
    struct text restoring;
} term;

/* ---- bytes ----------------------------------------------------------------------------------- */

/* Moves what curses has written into term.out. */
static void gather(void)
{
    struct text raw = {0};

    memory_file_take(term.bytes, &raw);
    squeeze(&term.squeeze, text_str(&raw), raw.len, &term.out);
    text_free(&raw);
}

static void send_out(void)
{
    gather();
    output_write(text_str(&term.out), term.out.len);
    text_clear(&term.out);
}

/* The last bytes; where nobody reads them, at least those that give the terminal back. */
static void send_last(void)
{
    gather();
    output_last(text_str(&term.out), term.out.len, text_str(&term.restoring), term.restoring.len);
}

static int add_restoring(int c)
{
    text_add_char(&term.restoring, (char)c);
    return c;
}

/* The bytes that give the terminal back, ready for a handler: to the last row, no colours, a
 * cursor, the screen that was. */
static void prepare_restoring(void)
{
    static const char *const names[] = {"sgr0", "op", "cnorm", "rmcup"};
    const char *move = terminal_capability("cup");

    text_clear(&term.restoring);
    if (term.mouse_wanted)
        text_add(&term.restoring, mouse_off);
    text_add(&term.restoring, term.paste_off);
    if (move[0])
        tputs(tiparm(move, term.rows - 1, 0), 1, add_restoring);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        tputs(terminal_capability(names[i]), 1, add_restoring);
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

static void measure(void)
{
    terminal_measure(&term.rows, &term.cols);
    term.squeeze.rows = term.rows;
    term.squeeze.cols = term.cols;
}

/* How many colours: the terminal's, unless NO_COLOR asks for none. */
static int count_colours(void)
{
    const char *none = getenv("NO_COLOR");
    int n = tigetnum("colors");

    if ((none && none[0]) || n < 8 || start_color() == ERR || use_default_colors() == ERR)
        return 0;
    return n >= 256 ? 256 : n >= 16 ? 16 : 8;
}

/* The size is set by resizeterm, whatever LINES and COLUMNS say; but curses must start with one,
 * and a terminal's entry may have none. ncurses 6.5 then gives up if it may not look at those two.
 */
static SCREEN *new_screen(const char *name)
{
    SCREEN *screen;

    use_env(FALSE);
    use_tioctl(TRUE);
    screen = newterm(name, term.bytes, stdin);
    if (!screen) {
        use_env(TRUE);
        screen = newterm(name, term.bytes, stdin);
    }
    return screen;
}

static bool open_curses(struct error *e)
{
    const char *name = getenv("TERM");

    if (term.screen)
        return true;
    term.bytes = memory_file_open();
    if (!term.bytes)
        return fail(e, "no file in memory for the screen: %s", strerror(errno));
    term.screen = new_screen(name);
    /* Over ssh the machine may be older than the terminal. */
    if (!term.screen && speaks_xterm(name))
        term.screen = new_screen("xterm-256color");
    if (!term.screen)
        return terminal_no_screen(e);
    if (!terminal_capability("cup")[0])
        return fail(e, "the terminal '%.64s' cannot move its cursor: try TERM=vt100", name);
    typeahead(-1);
    leaveok(stdscr, TRUE);
    term.colours = count_colours();
    paint_start(term.colours, terminal_utf8());
    term.reset = strchr(terminal_capability("sgr0"), '$') ? "" : terminal_capability("sgr0");
    term.squeeze.palette = terminal_capability("oc");
    term.squeeze.coloured_moves = tigetflag("msgr") > 0;
    term.paste_on = terminal_capability("BE");
    term.paste_off = terminal_capability("BD");
    /* Until the first endwin() curses flushes at every cursor move. */
    endwin();
    gather();
    text_clear(&term.out);
    return true;
}

/* Whatever ran before may have left its colours, or a character set of lines. */
static void start_bytes(void)
{
    squeeze_forget(&term.squeeze);
    text_add(&term.out, term.reset);
    text_add(&term.out, term.paste_on);
    term.mouse = false;
    term.repaint = true;
}

static void take_terminal(void)
{
    prepare_restoring();
    set_modes();
    term.squeeze.moves = terminal_moves_plainly();
    start_bytes();
    term.open = true;
}

bool terminal_start(struct error *e)
{
    if (!terminal_there(e))
        return false;
    if (tcgetattr(IN, &term.modes) < 0)
        return fail(e, "cannot read the terminal's modes: %s", strerror(errno));
    if (!open_curses(e))
        return false;
    if (!signals_start(e))
        return false;
    output_begin();
    measure();
    resizeterm(term.rows, term.cols);
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
    if (term.mouse)
        text_add(&term.out, mouse_off);
    text_add(&term.out, term.paste_off);
    curs_set(1);
    endwin();
    if (tcgetpgrp(IN) == getpgrp()) { /* else it is someone else's now */
        gather();
        squeeze_settle(&term.squeeze, &term.out);
        send_last();
        while (tcsetattr(IN, background_expected() && !output_gone() ? TCSAFLUSH : TCSANOW,
                         &term.modes) < 0 &&
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
    paint_forget();
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
    measure();
    resizeterm(term.rows, term.cols);
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
        measure();
        resizeterm(term.rows, term.cols);
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
        text_add(&term.out, background_question(getenv("TERM")));
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

    if (show != term.cursor || term.repaint)
        curs_set(show);
    term.cursor = term.squeeze.cursor = show;
    leaveok(stdscr, !show);
    if (show)
        move(cursor->row, cursor->col);
}

void terminal_draw(const struct grid *g, const struct rect *cursor, int theme)
{
    if (!term.open || g->rows != term.rows || g->cols != term.cols)
        return;
    if (term.repaint)
        clearok(curscr, TRUE);
    paint(g, theme, term.repaint);
    draw_cursor(cursor);
    wnoutrefresh(stdscr);
    doupdate();
    if (term.mouse != term.mouse_wanted) {
        text_add(&term.out, term.mouse_wanted ? mouse_on : mouse_off);
        term.mouse = term.mouse_wanted;
        prepare_restoring();
    }
    term.repaint = false;
    send_out();
}
