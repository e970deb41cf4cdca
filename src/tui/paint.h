/* paint.h - a picture told to curses: only what has changed, and what looks alike together. */
#ifndef ACTLAB_TUI_PAINT_H
#define ACTLAB_TUI_PAINT_H

#include "draw/grid.h"

#include <stdbool.h>

/* For a terminal with so many colours (0, 8, 16 or 256); without UTF-8 every glyph is shown as its
 * look-alike in ASCII. */
void paint_start(int colours, bool utf8);
/* Curses then still has to be refreshed. A `whole` picture is one that it will send anew. */
void paint(const struct grid *, int theme, bool whole);
void paint_forget(void);

#endif
