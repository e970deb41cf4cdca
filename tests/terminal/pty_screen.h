/* pty_screen.h - bytes to a screen; part of pty.h. */
#ifndef ACTLAB_TESTS_PTY_SCREEN_H
#define ACTLAB_TESTS_PTY_SCREEN_H

#include "pty.h"

/* A look: the ink in bits 0 to 8 and the paper in bits 9 to 17, 0 the default, else the number of
 * the colour + 1; from bit 18 the styles 1 (bold) to 9. */
enum { PTY_PAPER = 9, PTY_STYLES = 17 };

void pty_screen_free(struct pty_screen *);
void pty_screen_reset(struct pty_screen *, int rows, int cols);
/* Returns how many bytes were used: a sequence that is cut at the end is left for the next time. */
size_t pty_screen_feed(struct pty_screen *, const char *bytes, size_t n);

#endif
