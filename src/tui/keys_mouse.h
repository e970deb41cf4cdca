/* keys_mouse.h - reports of the mouse. */
#ifndef ACTLAB_TUI_KEYS_MOUSE_H
#define ACTLAB_TUI_KEYS_MOUSE_H

#include "tui/keys.h"

/* ESC [ < b ; col ; row M, or m when it is released; or the old ESC [ M and three bytes. */
void keys_mouse(struct key *, const char *s, size_t len);

#endif
