/* pty_trace.h - the program's system calls, counted and looked at (Linux, by ptrace); part of
 * pty.h.
 */
#ifndef ACTLAB_TESTS_PTY_TRACE_H
#define ACTLAB_TESTS_PTY_TRACE_H

#include "pty.h"

/* In the child, before it becomes the program. */
void pty_trace_me(void);
/* In the parent, once there is a child. */
void pty_trace_begin(struct pty *);
/* The program has stopped: at a system call, which is counted as it begins, or for a signal, which
 * it gets. */
void pty_trace_step(struct pty *);

#endif
