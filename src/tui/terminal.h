/* terminal.h - the terminal: opened, drawn on, read from, and given back as it was.
 *
 * The only file with curses. Curses here only composes bytes: it writes into a file in memory, and
 * a frame goes to the terminal as one write(2); the terminal's modes and its keys are ours. */
#ifndef ACTLAB_TUI_TERMINAL_H
#define ACTLAB_TUI_TERMINAL_H

#include "base/error.h"
#include "draw/grid.h"
#include "tui/keys.h"

/* Takes the terminal on standard input and output. On an error nothing has been touched. */
bool terminal_start(struct error *);
/* Gives it back. May be called at any time, more than once; also runs at exit(). */
void terminal_stop(void);

bool terminal_utf8(void); /* the locale's characters are UTF-8 */
int terminal_rows(void);
int terminal_cols(void);
/* Asks the terminal, once, what colour its background has (background.h). */
void terminal_ask_background(void);
/* Teaches the reader what this terminal's keys send. */
void terminal_teach(struct key_reader *);
double terminal_escape_delay(void); /* seconds */

/* The grid in the theme's colours, in one write; what has not changed costs nothing. The cursor is
 * shown at *cursor (row -1: hidden). */
void terminal_draw(const struct grid *, const struct rect *cursor, int theme);
void terminal_redraw(void);   /* the next frame draws every cell */
void terminal_mouse(bool on); /* with the next frame */

enum terminal_event {
    TERMINAL_INPUT = 1,      /* terminal_read has something */
    TERMINAL_READY = 2,      /* room for a frame; only when asked for */
    TERMINAL_RESIZED = 4,    /* terminal_rows and terminal_cols are new */
    TERMINAL_STOPPED = 8,    /* ^Z: call terminal_suspend */
    TERMINAL_CONTINUED = 16, /* after a stop that nobody announced */
    TERMINAL_INTERRUPT = 32, /* ^C typed at the terminal */
    TERMINAL_STREAM = 128,   /* the descriptor of terminal_stream has something, or its end */
    TERMINAL_END = 64,       /* a signal, or nobody at the other end: call terminal_end */
};

/* Waits for something to happen, at most `seconds` (negative: for ever). Returns a set of events.
 */
unsigned terminal_wait(double seconds, bool for_room);
/* Waits for input on this descriptor as well; -1: for none. */
void terminal_stream(int fd);
/* The same while keys have to wait. */
unsigned terminal_rest(double seconds);
/* Up to n bytes that wait at the keyboard; never blocks. */
size_t terminal_read(char *bytes, size_t n);
void terminal_suspend(void); /* returns when continued */
/* Restores the terminal and ends the program by the signal that asked for it. */
_Noreturn void terminal_end(void);

#endif
