/* signals.h - signals as events for the loop, and the terminal restored when there is no loop left.
 *
 * A handler writes its signal to a pipe and does no more. Two cases cannot wait for the loop: a
 * crash, and a demand to end while a long command runs. Those handlers write prepared bytes, put
 * the terminal's modes back, and let the signal do what it does without us. */
#ifndef ACTLAB_TUI_SIGNALS_H
#define ACTLAB_TUI_SIGNALS_H

#include "base/error.h"

#include <stddef.h>
#include <termios.h>

bool signals_start(struct error *);
void signals_stop(void); /* every signal does again what it did before */
/* How the terminal is restored from now on. Bytes are copied, at most SIGNALS_BYTES. */
enum { SIGNALS_BYTES = 256 };
void signals_arm(const struct termios *modes, const char *bytes, size_t n);
void signals_disarm(void);
/* Does so now, if armed: for a handler, or where no memory is left. */
void signals_restore(void);

int signals_fd(void); /* readable when something has come */
/* The events since the last call: a set of enum terminal_event. */
unsigned signals_drain(void);
int signals_ending(void);     /* the signal that wants the program to end, 0: none */
void signals_busy(bool busy); /* a command runs: nobody reads the pipe for a while */
/* The same while a key is dealt with that should take no time: ^C is still a key afterwards. */
void signals_brief(bool busy);
/* The command that runs now must end: after so many seconds of processor time the program does, by
 * SIGPROF, the terminal restored; 0: it need not. */
void signals_limit(double seconds);
/* ^C was typed while a command runs: it should stop. A second one ends the program. */
bool signals_interrupted(void);
/* ^Z was typed, and nobody has read the pipe since. */
bool signals_stopped(void);
void signals_suspend(void);             /* stops the program; returns when it is continued */
_Noreturn void signals_die(int number); /* 0: as if the terminal had hung up */

#endif
