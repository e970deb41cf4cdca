/* pty_screen.h - bytes to a screen; part of pty.h. */
#ifndef ACTLAB_TESTS_PTY_SCREEN_H
#define ACTLAB_TESTS_PTY_SCREEN_H

#include "pty.h"

void pty_screen_reset(struct pty_screen *, int rows, int cols);
/* Returns how many bytes were used: a sequence that is cut at the end is left for the next time. */
size_t pty_screen_feed(struct pty_screen *, const char *bytes, size_t n);

#endif
