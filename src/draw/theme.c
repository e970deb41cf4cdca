/* theme.c - the palette, and the grid as text with colours.
 *
 * A theme is two tables: hues (what the eye tells apart) and, for each role, a hue with attributes.
 * The hues are Okabe and Ito's as near as 256, 16 and 8 colours allow. Rules, axes and what else
 * may recede are faint instead of grey: three bytes instead of ten, and right on dark and light.
 * Dark blue never stands on black, nor yellow on white. */
#include "draw/theme.h"
#include "draw/charset.h"

#include <stdlib.h>
#include <string.h>

const char *const theme_names[] = {"auto", "dark", "light", "mono", "contrast", NULL};

/* clang-format off */
#define PLAIN -1, -1, -1

/* Hues: 256 colours, 16, 8, and RGB for SVG. */
#define DARK_INK        PLAIN, "#d4d4d4"
#define DARK_FAINT      PLAIN, "#8a8a8a"
#define DARK_F          214, 11, 3, "#e69f00" /* orange */
#define DARK_DF         117, 14, 6, "#56b4e9" /* sky blue */
#define DARK_THIRD      42, 10, 2, "#00b383"  /* bluish green */
#define DARK_FOURTH     227, 3, 3, "#f0e442"  /* yellow */
#define DARK_FIFTH      176, 13, 5, "#cc79a7" /* reddish purple */
#define DARK_WARN       209, 9, 1, "#ff7f50"  /* vermillion */
#define DARK_UNDER0     94, 3, 3, "#7a5400"   /* F and DF, darkened: the ground under the data */
#define DARK_UNDER1     24, 6, 6, "#1f5f85"

#define LIGHT_INK       PLAIN, "#1c1c1c"
#define LIGHT_FAINT     PLAIN, "#767676"
#define LIGHT_F         130, 1, 1, "#b84a00"  /* orange, as on dark: a class has both */
#define LIGHT_DF        25, 4, 4, "#0072b2"   /* blue */
#define LIGHT_THIRD     29, 0, 0, "#007a59"   /* bluish green; of few colours none can be read */
#define LIGHT_FOURTH    126, 5, 5, "#a64d7e"  /* reddish purple */
#define LIGHT_FIFTH     93, 12, 4, "#7a1fe0"  /* violet */
#define LIGHT_WARN      88, 13, 5, "#870000"  /* so dark that nobody takes it for orange */
#define LIGHT_UNDER0    216, 9, 1, "#f0b890" /* F and DF, lightened */
#define LIGHT_UNDER1    153, 12, 4, "#a9cfe8"

#define MONO_INK        PLAIN, "#1c1c1c"
#define MONO_FAINT      MONO_INK
#define MONO_F          MONO_INK
#define MONO_DF         MONO_INK
#define MONO_THIRD      MONO_INK
#define MONO_FOURTH     MONO_INK
#define MONO_FIFTH      MONO_INK
#define MONO_WARN       MONO_INK
#define MONO_UNDER0     MONO_INK
#define MONO_UNDER1     MONO_INK

#define CONTRAST_INK    PLAIN, "#ffffff"
#define CONTRAST_FAINT  CONTRAST_INK
#define CONTRAST_F      226, 11, 3, "#ffff00"
#define CONTRAST_DF     51, 14, 6, "#00ffff"
#define CONTRAST_THIRD  46, 10, 2, "#00ff00"
#define CONTRAST_FOURTH 213, 13, 5, "#ff87ff"
#define CONTRAST_FIFTH  215, 9, 1, "#ffaf5f"
#define CONTRAST_WARN   CONTRAST_FIFTH
#define CONTRAST_UNDER0 CONTRAST_F
#define CONTRAST_UNDER1 CONTRAST_DF

#define STARK_INK       PLAIN, "#000000"      /* contrast on light */
#define STARK_FAINT     STARK_INK
#define STARK_F         88, 1, 1, "#870000"
#define STARK_DF        19, 4, 4, "#0000af"
#define STARK_THIRD     23, 0, 0, "#005f5f"
#define STARK_FOURTH    90, 5, 5, "#870087"
#define STARK_FIFTH     235, 12, 4, "#262626"
#define STARK_WARN      125, 5, 5, "#a8005b"
#define STARK_UNDER0    STARK_F
#define STARK_UNDER1    STARK_DF

/* Attributes: bold, dim, reverse, underline. In mono they stay with words, for a curve's glyphs tell it apart and each
 * change costs bytes; where contrast counts nothing is faint and curves are bold. */
#define NONE  false, false, false, false
#define BOLD  true, false, false, false
#define DIM   false, true, false, false
#define BACK  false, false, true, false
#define LINED false, false, false, true
#define FOCUS true, false, true, false

/* A role's hue, its attributes, those in mono, those where contrast counts. */
#define ROLES(X)                          \
    X(TEXT, INK, NONE, NONE, NONE)        \
    X(DIM, FAINT, DIM, NONE, NONE)        \
    X(TITLE, INK, BOLD, BOLD, BOLD)       \
    X(FOCUS, F, FOCUS, FOCUS, FOCUS)      \
    X(FOCUS_DERIVATIVE, DF, FOCUS, FOCUS, FOCUS) \
    X(RULE, FAINT, DIM, NONE, NONE)       \
    X(HEADING, F, BOLD, BOLD, BOLD)       \
    X(EMPHASIS, INK, LINED, LINED, LINED) \
    X(STRONG, INK, BOLD, BOLD, BOLD)      \
    X(CODE, INK, BOLD, NONE, BOLD)        \
    X(LINK, DF, LINED, LINED, LINED)      \
    X(KEY, INK, BOLD, BOLD, BOLD)         \
    X(AXIS, FAINT, DIM, NONE, NONE)       \
    X(CURVE, F, NONE, NONE, BOLD)         \
    X(DERIVATIVE, DF, NONE, NONE, BOLD)   \
    X(GHOST, FAINT, DIM, NONE, NONE)      \
    X(CURSOR, F, NONE, NONE, BOLD)        \
    X(TANGENT, THIRD, NONE, NONE, BOLD)   \
    X(COMPARE1, THIRD, NONE, NONE, BOLD)  \
    X(COMPARE2, FOURTH, NONE, NONE, BOLD) \
    X(COMPARE3, FIFTH, NONE, NONE, BOLD)  \
    X(FLAT, INK, NONE, NONE, BOLD)        \
    X(HISTOGRAM, THIRD, NONE, NONE, NONE) \
    X(BAR, INK, NONE, NONE, BOLD)         \
    X(THEORY, FIFTH, NONE, NONE, BOLD)    \
    X(DEAD, WARN, BOLD, BOLD, BOLD)       \
    X(SATURATED, FOURTH, NONE, NONE, BOLD)\
    X(ALIVE, THIRD, NONE, NONE, BOLD)     \
    X(CLASS0, F, BOLD, BOLD, BOLD)        \
    X(CLASS1, DF, BOLD, BOLD, BOLD)       \
    X(FIELD0, UNDER0, NONE, NONE, NONE)   \
    X(FIELD1, UNDER1, NONE, NONE, NONE)   \
    X(GOOD, THIRD, BOLD, BOLD, BOLD)      \
    X(BAD, WARN, BOLD, BOLD, BOLD)        \
    X(SELECTED, INK, BACK, BACK, BACK)

#define ON_DARK(role, hue, attr, mono, contrast)  [ROLE_##role] = {DARK_##hue, attr},
#define ON_LIGHT(role, hue, attr, mono, contrast) [ROLE_##role] = {LIGHT_##hue, attr},
#define IN_MONO(role, hue, attr, mono, contrast)  [ROLE_##role] = {MONO_##hue, mono},
#define CONTRAST(role, hue, attr, mono, contrast) [ROLE_##role] = {CONTRAST_##hue, contrast},
#define STARK(role, hue, attr, mono, contrast)    [ROLE_##role] = {STARK_##hue, contrast},

static const struct face faces[THEMES][ROLE_COUNT] = {
    [THEME_DARK] = {ROLES(ON_DARK)},
    [THEME_LIGHT] = {ROLES(ON_LIGHT)},
    [THEME_MONO] = {ROLES(IN_MONO)},
    [THEME_CONTRAST] = {ROLES(CONTRAST)},
    [THEME_CONTRAST_LIGHT] = {ROLES(STARK)},
};
/* clang-format on */

const struct face *theme_face(int theme, enum role role)
{
    if (theme <= THEME_AUTO || theme >= THEMES)
        theme = THEME_DARK;
    return &faces[theme][(unsigned)role < ROLE_COUNT ? role : ROLE_TEXT];
}

int theme_on(int theme, bool light)
{
    if (theme == THEME_CONTRAST && light)
        return THEME_CONTRAST_LIGHT;
    return theme != THEME_AUTO ? theme : light ? THEME_LIGHT : THEME_DARK;
}

bool theme_background_light(const char *colorfgbg)
{
    const char *last = colorfgbg ? strrchr(colorfgbg, ';') : NULL;
    char *end;
    long n;

    if (!last)
        return false;
    n = strtol(last + 1, &end, 10);
    return end > last + 1 && *end == '\0' && (n == 7 || (n >= 9 && n <= 15));
}

/* xterm-mono, linux-m; not st-meta. */
static bool is_monochrome(const char *term)
{
    const size_t n = strlen(term);

    return strstr(term, "-mono") || (n >= 2 && strcmp(term + n - 2, "-m") == 0);
}

int theme_colours(const char *term, const char *colorterm, const char *no_color)
{
    if ((no_color && *no_color) || !term || !*term)
        return 0;
    if (strcmp(term, "dumb") == 0 || term_is_vt(term) || is_monochrome(term))
        return 0;
    if ((colorterm && *colorterm) || strstr(term, "256color") || strstr(term, "direct") ||
        strncmp(term, "alacritty", 9) == 0 || strstr(term, "kitty"))
        return 256;
    if (strstr(term, "16color"))
        return 16;
    return 8;
}

/* The colour of a face at this depth, -1 for the terminal's own. */
static int colour(const struct face *face, int colours)
{
    return colours >= 256 ? face->c256 : colours >= 16 ? face->c16 : colours >= 8 ? face->c8 : -1;
}

static void add_sgr(struct text *out, const struct face *face, int colours)
{
    const int c = colour(face, colours);
    text_add(out, "\033[0");
    if (face->bold)
        text_add(out, ";1");
    if (face->dim)
        text_add(out, ";2");
    if (face->underline)
        text_add(out, ";4");
    if (face->reverse)
        text_add(out, ";7");
    if (c >= 16)
        text_printf(out, ";38;5;%d", c);
    else if (c >= 8)
        text_printf(out, ";%d", 90 + c - 8);
    else if (c >= 0)
        text_printf(out, ";%d", 30 + c);
    text_add_char(out, 'm');
}

static bool same_face(const struct face *a, const struct face *b, int colours)
{
    return colour(a, colours) == colour(b, colours) && a->bold == b->bold && a->dim == b->dim &&
           a->underline == b->underline && a->reverse == b->reverse;
}

void grid_to_ansi(const struct grid *g, int theme, int colours, bool ascii, struct text *out)
{
    const struct face *plain = &(struct face){PLAIN, NULL, NONE};
    for (int row = 0; row < g->rows; row++) {
        const struct cell *line = &g->cell[(size_t)row * (size_t)g->cols];
        const struct face *now = plain;
        int end = g->cols;
        while (end > 0 && line[end - 1].glyph == ' ' &&
               !theme_face(theme, line[end - 1].role)->reverse)
            end--;
        for (int col = 0; col < end; col++) {
            const struct face *face = theme_face(theme, line[col].role);
            /* A blank looks the same in every colour: no need to change for it. */
            const bool seen = line[col].glyph != ' ' || face->reverse || face->underline ||
                              now->reverse || now->underline;
            if (seen && !same_face(face, now, colours)) {
                add_sgr(out, face, colours);
                now = face;
            }
            glyph_add(out, line[col].glyph, ascii);
        }
        if (!same_face(now, plain, colours))
            text_add(out, "\033[0m");
        text_add_char(out, '\n');
    }
}
