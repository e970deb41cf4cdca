/* terminal.h - the terminal: opened, drawn on, read from, and given back as it was.
 *
 * Of ncurses only terminfo is used, which knows how each terminal is told what to do: here and in
 * terminal_entry.c (what the terminal is like) and pen.c (how it is drawn on). The modes, the keys
 * and the picture are ours; a frame is composed in memory and goes out as one write(2). */
#ifndef ACTLAB_TUI_TERMINAL_H
#define ACTLAB_TUI_TERMINAL_H

#include "base/error.h"
#include "draw/grid.h"
#include "tui/events.h"
#include "tui/keys.h"

/* True when standard input and output are a terminal that can be taken. Nothing is touched. */
bool terminal_possible(struct error *);
/* Takes the terminal on standard input and output. On an error nothing has been touched. */
bool terminal_start(struct error *);
/* Gives it back. May be called at any time, more than once; also runs at exit(). */
void terminal_stop(void);

bool terminal_utf8(void); /* the locale's characters are UTF-8 */
int terminal_rows(void);
int terminal_cols(void);
/* Asks the terminal, once, what colour its background has, and how wide it draws lines and blocks
 * (questions.h). */
void terminal_ask_background(void);
void terminal_ask_width(void);
/* Teaches the reader what this terminal's keys send. */
void terminal_teach(struct key_reader *);
double terminal_escape_delay(void); /* seconds */

/* The grid in the theme's colours, in one write; what has not changed costs nothing. The cursor is
 * shown at *cursor (row -1: hidden). */
void terminal_draw(const struct grid *, const struct rect *cursor, int theme);
void terminal_redraw(void);   /* the next frame draws every cell */
void terminal_mouse(bool on); /* with the next frame */

/* Waits for something to happen, at most `seconds` (negative: for ever). Returns a set of events.
 */
unsigned terminal_wait(double seconds, bool for_room);
/* The same while keys have to wait. */
unsigned terminal_rest(double seconds);
void terminal_suspend(void); /* returns when continued */
/* Restores the terminal and ends the program by the signal that asked for it. */
_Noreturn void terminal_end(void);

#endif
