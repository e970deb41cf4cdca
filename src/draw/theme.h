/* theme.h - roles to colours. One palette for the terminal, ANSI output and SVG.
 *
 * Hues are Okabe and Ito's (2008), told apart by colour-blind people. Colour never says something
 * alone. */
#ifndef ACTLAB_DRAW_THEME_H
#define ACTLAB_DRAW_THEME_H

#include "draw/grid.h"

enum {
    THEME_AUTO,
    THEME_DARK,
    THEME_LIGHT,
    THEME_MONO,
    THEME_CONTRAST,
    THEME_CONTRAST_LIGHT,
    THEMES
};
extern const char *const theme_names[]; /* "auto" "dark" "light" "mono" "contrast" NULL: who names
                                           contrast gets what the background needs */

struct face {
    short c256, c16, c8; /* foreground; -1: the terminal's own. c16: 0..15, c8: 0..7 */
    const char *rgb;     /* "#e69f00" for SVG */
    bool bold, dim, reverse, underline;
};

/* THEME_AUTO and THEME_CONTRAST on a light background, or on a dark one, as the theme that is right
 * there; any other is itself. */
int theme_on(int theme, bool light);
/* True if COLORFGBG ("15;0", as rxvt and konsole set it) names a light background; NULL and any
 * other text mean dark. */
bool theme_background_light(const char *colorfgbg);
/* THEME_AUTO's is that of THEME_DARK. */
const struct face *theme_face(int theme, enum role);
/* How many colours a terminal of this name shows: 0 (attributes only), 8, 16 or 256. The values of
 * TERM, COLORTERM and NO_COLOR, each of which may be NULL. */
int theme_colours(const char *term, const char *colorterm, const char *no_color);

/* The grid with SGR sequences, a line a row, reset at the end of each. colours: 0 (attributes
 * only), 8, 16, 256. */
void grid_to_ansi(const struct grid *, int theme, int colours, bool ascii, struct text *out);
/* A stand-alone SVG, readable on light and dark pages (its own background). Text as text,
 * monospace. */
void grid_to_svg(const struct grid *, int theme, const char *title, struct text *out);

#endif
