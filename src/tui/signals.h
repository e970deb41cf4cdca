/* signals.h - signals as events for the loop, and the terminal restored when there is no loop left.
 *
 * A handler writes its signal to a pipe and does no more. Three cases cannot wait for the loop: a
 * crash, a demand to end while a long command runs, and one that the loop has not heeded for a
 * second, for whatever it does there has been no end to. Those handlers write prepared bytes, put
 * the terminal's modes back, and let the signal do what it does without us.
 *
 * ^C is no demand but a key: what runs long asks for it (signals_interrupted) and stops. It becomes
 * a demand when it is typed again: at once while a command runs, and after a second that nobody has
 * heard the first in anywhere else. A timer would be shorter by a key, but it would take a session
 * with all that is in it from whoever only meant to stop a step that takes its time. */
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
/* Whatever is done now ends: after so many seconds of processor time the program does, by SIGPROF,
 * the terminal restored; 0: after those of signals_limit_always. */
void signals_limit(double seconds);
/* Where nothing else is said; 0: never. They begin anew with each signals_limit(0). */
void signals_limit_always(double seconds);
/* A demand to end has come: it is heeded within a second from now, or nobody waits for that. For
 * whoever has used SIGALRM in the meantime. */
void signals_heed(void);
/* ^C was typed while a command runs, or the program shall end: it should stop. */
bool signals_interrupted(void);
/* ^Z was typed, and nobody has read the pipe since. */
bool signals_stopped(void);
void signals_suspend(void);             /* stops the program; returns when it is continued */
_Noreturn void signals_die(int number); /* 0: as if the terminal had hung up */

#endif
