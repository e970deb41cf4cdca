/* events.h - what can happen at the terminal, and waiting for it: one poll() over the keyboard, the
 * signals, a stream and, when a frame waits, the room for it. */
#ifndef ACTLAB_TUI_EVENTS_H
#define ACTLAB_TUI_EVENTS_H

#include <stdbool.h>
#include <stddef.h>

enum terminal_event {
    TERMINAL_INPUT = 1,      /* events_read has something */
    TERMINAL_READY = 2,      /* room for a frame; only when asked for */
    TERMINAL_RESIZED = 4,    /* terminal_rows and terminal_cols are new */
    TERMINAL_STOPPED = 8,    /* ^Z: call terminal_suspend */
    TERMINAL_CONTINUED = 16, /* after a stop that nobody announced */
    TERMINAL_INTERRUPT = 32, /* ^C typed at the terminal */
    TERMINAL_END = 64,       /* a signal, or nobody at the other end: call terminal_end */
    TERMINAL_STREAM = 128,   /* the descriptor of events_stream has something, or its end */
};

/* Waits for something to happen, at most `seconds` (negative: for ever); without `for_keys` neither
 * keys nor the stream count. Returns a set of events. For terminal.c, which acts on some of them:
 * all others call terminal_wait. */
unsigned events_wait(double seconds, bool for_keys, bool for_room);
/* Waits for input on this descriptor as well; -1: for none. */
void events_stream(int fd);
/* True when something waits at the keyboard. */
bool events_key_waits(void);
/* Finds out if the other end of the line is gone; output_gone() then says so. */
void events_check_line(void);
/* Up to n bytes that wait at the keyboard; never blocks. */
size_t events_read(char *bytes, size_t n);

#endif
