/* charset.h - the characters that pictures are made of, as data: one row of glyphs for each
 * charset.
 *
 * ascii is for any terminal and any pipe, block needs the quadrants of Unicode 3.2, braille a font
 * that has them (the Linux console has not). */
#ifndef ACTLAB_DRAW_CHARSET_H
#define ACTLAB_DRAW_CHARSET_H

#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

enum charset { CHARSET_ASCII, CHARSET_BLOCK, CHARSET_BRAILLE, CHARSETS };
extern const char *const charset_names[]; /* "ascii" "block" "braille" NULL */

struct glyphs {
    int sub_cols, sub_rows;                /* dots in a cell; 1x1: glyphs by height and slope */
    uint32_t vertical, horizontal, corner; /* axes */
    uint32_t tick_left, tick_below;        /* where a label stands beside or below them */
    uint32_t zero_column, zero_row;        /* the lines x = 0 and y = 0 */
    uint32_t up, down;                     /* where a curve leaves the window; an impulse's head */
    uint32_t stem;                         /* of an impulse */
    uint32_t solid, open;                  /* ends at a jump */
    uint32_t point, caret;                 /* the cursor: on the curve, and where that is not
                                      enough on the axis */
    uint32_t flat, flat_tick;              /* the x axis where f' is flat, and a tick there */
    uint32_t dot;                   /* a curve of dots where cells have too few of their own */
    uint32_t bar[9];                /* heights of a bar within a row, from none to all of it */
    uint32_t mark[2];               /* where a bar was: at the foot of a row, in the middle */
    uint32_t spot[2];               /* a height beside a bar: in the lower half, the upper half */
    uint32_t half_left, half_right; /* half a column of a bar that lies */
    uint32_t field[2][2];           /* under data, of either class: unsure, sure */
    const char *heat;               /* shares from none to all, UTF-8 */
};

extern const struct glyphs charset_glyphs[CHARSETS];

/* vt100 and kin, which have neither colours nor UTF-8; not vte. */
bool term_is_vt(const char *term);
/* The richest charset that this terminal and locale can show. term may be NULL (a pipe). */
enum charset charset_detect(const char *term, bool utf8);
/* The glyph of a cell with these dots, row by row from above: bit = sub_row * sub_cols + sub_col.
 * Not for ascii, which has no dots. */
uint32_t charset_dots(enum charset, uint8_t dots);
/* Appends a glyph; 0 (the second half of a wide one) appends nothing. ascii: its nearest
 * look-alike, one byte a column. */
void glyph_add(struct text *, uint32_t glyph, bool ascii);

#endif
