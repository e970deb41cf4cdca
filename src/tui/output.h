/* output.h - the terminal as something that bytes are written to, and that may take none: nobody
 * reads at the other end, or the line was cut without a word. Nothing waits there for longer than
 * it should. */
#ifndef ACTLAB_TUI_OUTPUT_H
#define ACTLAB_TUI_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>

/* A terminal has been opened: it is there, and given as long as it takes. */
void output_begin(void);
/* By then, a time of clock_now(), the terminal is given up if it has not taken everything; 0:
 * never.
 */
void output_give_up_at(double when);
/* Writes all of it, at once where the terminal takes it so. false when a signal asks for the end,
 * or the terminal is gone. */
bool output_write(const char *s, size_t n);
/* The same for the last bytes, in a second; else what waits in the line makes room for
 * `restoring`, which gives the terminal back. */
void output_last(const char *s, size_t n, const char *restoring, size_t m);
/* A line on standard error, after the last bytes; lost where nobody takes it. */
void output_say(const char *line);
/* The terminal is gone, as someone found out. */
void output_lost(void);
bool output_gone(void);

#endif
