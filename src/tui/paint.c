/* paint.c - see paint.h. */
#include "tui/paint.h"

#include "draw/charset.h"
#include "draw/theme.h"

#include <curses.h>
#include <string.h>

enum { TOGETHER = 4 /* cells that stand so near are drawn at once */ };

static struct {
    int colours; /* 0, 8, 16 or 256 */
    bool utf8;
    struct grid shown; /* what curses knows of the picture */
    int theme;         /* -1: none yet */
    attr_t attributes[ROLE_COUNT];
    short pair[ROLE_COUNT];
    bool retell; /* curses must hear every cell again */
} painter;

/* Pairs are numbered by their colour, so that roles of one colour change nothing between them. The
 * theme of high contrast brings its own black: its white is nothing on a white terminal. */
static void face_of(int theme, enum role role)
{
    const struct face *f = theme_face(painter.colours ? theme : THEME_MONO, role);
    int colour = painter.colours == 0     ? -1
                 : painter.colours == 256 ? f->c256
                 : painter.colours == 16  ? f->c16
                                          : f->c8;

    painter.attributes[role] = (f->bold ? A_BOLD : 0) | (f->dim ? A_DIM : 0) |
                               (f->reverse ? A_REVERSE : 0) | (f->underline ? A_UNDERLINE : 0);
    painter.pair[role] = (short)(colour + 1);
    if (colour >= 0 && theme == THEME_CONTRAST) {
        painter.pair[role] = (short)(painter.pair[role] + painter.colours + 1);
        init_pair(painter.pair[role], (short)colour, painter.colours == 256 ? 16 : COLOR_BLACK);
    } else if (colour >= 0) {
        init_pair(painter.pair[role], (short)colour, -1);
    }
}

/* Without UTF-8 every glyph is shown as its look-alike. */
static wchar_t ascii_glyph(uint32_t glyph)
{
    struct text s = {0};
    wchar_t c;

    glyph_add(&s, glyph, true);
    c = s.len ? (wchar_t)(unsigned char)s.s[0] : L' ';
    text_free(&s);
    return c;
}

static void put_cell(int row, int col, const struct cell *c)
{
    wchar_t glyph[2] = {(wchar_t)c->glyph, 0};
    cchar_t cell;

    if (c->glyph == 0)
        return; /* the right half of a wide glyph */
    if (!painter.utf8 && c->glyph >= 0x80)
        glyph[0] = ascii_glyph(c->glyph);
    setcchar(&cell, glyph, painter.attributes[c->role], painter.pair[c->role], NULL);
    mvadd_wch(row, col, &cell);
}

static bool has_wide(const struct grid *g, int row)
{
    for (int col = 0; col < g->cols; col++)
        if (g->cell[row * g->cols + col].glyph == 0)
            return true;
    return false;
}

static bool same_cell(const struct cell *a, const struct cell *b)
{
    return a->glyph == b->glyph && a->role == b->role;
}

/* Only what differs from the last picture is told to curses. A row with wide glyphs, before or now,
 * is told whole: half of a glyph cannot be changed. */
static void draw_cells(const struct grid *g)
{
    for (int row = 0; row < g->rows; row++) {
        const size_t first = (size_t)row * (size_t)g->cols;
        const struct cell *now = g->cell + first;
        struct cell *was = painter.shown.cell + first;
        bool wide = has_wide(g, row) || has_wide(&painter.shown, row);

        for (int col = 0; col < g->cols; col++) {
            bool same = same_cell(&now[col], &was[col]);

            if (painter.retell && !wide) /* after erase(): blank already */
                same = now[col].glyph == ' ' && !painter.attributes[now[col].role] &&
                       !painter.pair[now[col].role];
            if (!same || wide)
                put_cell(row, col, &now[col]);
            was[col] = now[col];
        }
    }
}

static bool look_alike(enum role a, enum role b)
{
    return painter.attributes[a] == painter.attributes[b] && painter.pair[a] == painter.pair[b];
}

/* Changed cells that stand together. */
struct stretch {
    int from, to;   /* cells of the grid, the last one not counted */
    enum role role; /* that begins it; of what it takes away, when it is blank */
};

/* The next one at or after cell `at`; false when there is none. */
static bool next_stretch(const struct grid *g, int at, struct stretch *s)
{
    const struct cell *now = g->cell, *was = painter.shown.cell;
    const int cells = g->rows * g->cols;
    int end;

    while (at < cells && same_cell(&now[at], &was[at]))
        at++;
    if (at == cells)
        return false;
    end = (at / g->cols + 1) * g->cols;
    *s = (struct stretch){at, at + 1, was[at].role};
    for (int i = at, ink = 0; i < end && i < s->to + TOGETHER; i++) {
        if (same_cell(&now[i], &was[i]))
            continue;
        if (!ink && now[i].glyph != ' ') {
            s->role = now[i].role;
            ink = 1;
        }
        s->to = i + 1;
    }
    return true;
}

/* A small change is drawn look by look, so that each look is said once and not in every row. All
 * reach the terminal together. */
static void draw_by_look(const struct grid *g, const bool changed[ROLE_COUNT])
{
    struct stretch s;

    for (int role = 0; role < ROLE_COUNT; role++) {
        if (!changed[role])
            continue;
        for (int at = 0; next_stretch(g, at, &s); at = s.to) {
            if (!look_alike(s.role, (enum role)role))
                continue;
            for (int i = s.from; i < s.to; i++) {
                put_cell(i / g->cols, i % g->cols, &g->cell[i]);
                painter.shown.cell[i] = g->cell[i];
            }
        }
        wnoutrefresh(stdscr);
        doupdate();
    }
}

/* Draws a change that is small and has no wide glyphs; false when it is not. */
static bool draw_change(const struct grid *g)
{
    const int cells = g->rows * g->cols;
    bool changed[ROLE_COUNT] = {false};
    struct stretch s;
    int n = 0;

    for (int i = 0; i < cells; i++)
        if (g->cell[i].glyph == 0 || painter.shown.cell[i].glyph == 0)
            return false;
    for (int at = 0; next_stretch(g, at, &s); at = s.to) {
        changed[s.role] = true;
        n += s.to - s.from;
    }
    if (n > cells / 8)
        return false;
    draw_by_look(g, changed);
    return true;
}

void paint_start(int colours, bool utf8)
{
    painter.colours = colours;
    painter.utf8 = utf8;
    painter.theme = -1;
}

void paint_forget(void)
{
    grid_free(&painter.shown);
    painter.theme = -1;
}

void paint(const struct grid *g, int theme, bool whole)
{
    if (painter.shown.rows != g->rows || painter.shown.cols != g->cols) {
        grid_free(&painter.shown);
        grid_init(&painter.shown, g->rows, g->cols);
        painter.retell = true;
    }
    if (theme != painter.theme) {
        for (int role = 0; role < ROLE_COUNT; role++)
            face_of(theme, (enum role)role);
        painter.theme = theme;
        painter.retell = true; /* curses still sends only what looks different */
    }
    if (painter.retell)
        erase();
    if (whole || painter.retell || !draw_change(g))
        draw_cells(g);
    painter.retell = false;
}
