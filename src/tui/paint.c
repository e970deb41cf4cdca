/* paint.c - see paint.h. */
#include "tui/paint.h"

#include "base/utf8.h"
#include "base/xalloc.h"
#include "draw/charset.h"
#include "draw/theme.h"
#include "tui/pen.h"

#include <stdlib.h>
#include <string.h>

enum { BRIDGE = 4 /* bytes of a usual move to the right */ };

struct mark {
    uint32_t glyph; /* 0: the right half of a wide one */
    struct attributes attributes;
};

static struct {
    int colours; /* 0, 8, 16 or 256 */
    bool utf8;
    int rows, cols;
    struct mark *mark;   /* what the terminal shows, or will once its pass is done */
    unsigned char *pass; /* in which a cell is written; 0: nothing is to be written there */
} painter;

/* ---- cells to marks -------------------------------------------------------------------------- */

/* The theme of high contrast brings its own black: its white is nothing on a white terminal. */
static struct attributes attributes_of(int theme, enum role role)
{
    const struct face *f = theme_face(painter.colours ? theme : THEME_MONO, role);
    struct attributes a = no_attributes;

    if (painter.colours)
        a.ink = (short)(painter.colours == 256 ? f->c256 : painter.colours == 16 ? f->c16 : f->c8);
    if (a.ink >= 0 && theme == THEME_CONTRAST)
        a.paper = painter.colours == 256 ? 16 : 0;
    a.styles = (f->bold ? STYLE_BOLD : 0u) | (f->dim ? STYLE_DIM : 0u) |
               (f->reverse ? STYLE_REVERSE : 0u) | (f->underline ? STYLE_UNDERLINE : 0u);
    return pen_showing(a);
}

/* Without UTF-8 every glyph is shown as its look-alike. */
static uint32_t ascii_glyph(uint32_t glyph)
{
    struct text s = {0};
    uint32_t c;

    glyph_add(&s, glyph, true);
    c = s.len ? (unsigned char)s.s[0] : ' ';
    text_free(&s);
    return c;
}

static struct mark mark_of(const struct cell *c, const struct attributes roles[ROLE_COUNT])
{
    struct mark m = {c->glyph, roles[c->role]};

    if (!painter.utf8 && (m.glyph == 0 || m.glyph >= 0x80))
        m.glyph = m.glyph ? ascii_glyph(m.glyph) : ' ';
    if (m.glyph == 0 || (m.glyph == ' ' && !attributes_show_on_blanks(m.attributes)))
        m.attributes = no_attributes;
    return m;
}

static bool same_mark(const struct mark *a, const struct mark *b)
{
    return a->glyph == b->glyph && same_attributes(a->attributes, b->attributes);
}

static bool is_blank(const struct mark *m)
{
    return m->glyph == ' ' && same_attributes(m->attributes, no_attributes);
}

/* ---- passes ---------------------------------------------------------------------------------- */

/* The attributes that are written with in each pass; the first are those that the pen has. */
struct passes {
    struct attributes attributes[ROLE_COUNT + 2];
    unsigned char n;
};

static unsigned char pass_of(struct passes *p, struct attributes a)
{
    unsigned char i = 0;

    while (i < p->n && !same_attributes(p->attributes[i], a))
        i++;
    if (i == p->n)
        p->attributes[p->n++] = a;
    return (unsigned char)(i + 1);
}

/* A blank needs no ink: it is written together with the change on its left, if there is one. */
static bool joins_left(const struct passes *p, int i)
{
    return is_blank(&painter.mark[i]) && i % painter.cols > 0 && painter.pass[i - 1] &&
           !attributes_show_on_blanks(p->attributes[painter.pass[i - 1] - 1]);
}

/* Where a font's blocks are a little wider than a cell, a trace of one stays in the cells beside it
 * until these are written, too. */
static bool is_block(const struct mark *m)
{
    return m->glyph >= 0x2580 && m->glyph <= 0x259f;
}

static void write_blank_again(struct passes *p, int i)
{
    if (is_blank(&painter.mark[i]) && !painter.pass[i])
        painter.pass[i] = joins_left(p, i) ? painter.pass[i - 1] : pass_of(p, no_attributes);
}

/* Notes what the terminal is to show, and the pass in which each cell that changes is written. */
static void plan(const struct grid *g, int theme, struct passes *p)
{
    struct attributes roles[ROLE_COUNT];
    bool block_gone = false;

    for (int role = 0; role < ROLE_COUNT; role++)
        roles[role] = attributes_of(theme, (enum role)role);
    p->attributes[0] = pen_attributes();
    p->n = 1;
    for (int i = 0; i < g->rows * g->cols; i++) {
        const struct mark now = mark_of(&g->cell[i], roles), was = painter.mark[i];
        const bool same = same_mark(&now, &was);

        painter.mark[i] = now;
        painter.pass[i] = same || now.glyph == 0 ? 0
                          : joins_left(p, i)     ? painter.pass[i - 1]
                                                 : pass_of(p, now.attributes);
        if (block_gone && i % g->cols > 0)
            write_blank_again(p, i);
        block_gone = !same && is_block(&was);
        if (block_gone && i % g->cols > 0)
            write_blank_again(p, i - 1);
    }
}

/* ---- bytes ----------------------------------------------------------------------------------- */

static bool needs_no_ink(const struct mark *m)
{
    return is_blank(m) && !attributes_show_on_blanks(pen_attributes());
}

static void write_mark(int i)
{
    const struct mark *m = &painter.mark[i];

    if (!needs_no_ink(m))
        pen_use(m->attributes);
    pen_write(m->glyph);
    painter.pass[i] = 0;
}

/* A cell that the pen can write, with the attributes that it has, though nobody needs it. */
static bool can_rewrite(int i)
{
    const struct mark *m = &painter.mark[i];

    return needs_no_ink(m) || (m->glyph != 0 && painter.pass[i] == 0 &&
                               same_attributes(m->attributes, pen_attributes()));
}

/* Goes to a cell; over a few cells to the right by writing them again. */
static void go_to(int to)
{
    const int row = to / painter.cols, first = row * painter.cols;
    int from = pen_row() == row ? first + pen_col() : to, bytes = 0;
    char s[UTF8_MAX];

    for (int i = from; i < to && bytes <= BRIDGE; i++)
        bytes += can_rewrite(i) ? (int)utf8_encode(painter.mark[i].glyph, s) : BRIDGE + 1;
    while (from < to && bytes <= BRIDGE)
        write_mark(from++);
    pen_move(row, to - first);
}

/* Blanks all of a row from cell `at` on, where that is shorter than to write it. */
static bool erase_rest(int at)
{
    const int end = (at / painter.cols + 1) * painter.cols;
    int changes = 0;

    for (int i = at; i < end; i++) {
        if (!is_blank(&painter.mark[i]))
            return false;
        changes += painter.pass[i] != 0;
    }
    if (changes < BRIDGE)
        return false;
    if (!needs_no_ink(&painter.mark[at]))
        pen_use(no_attributes);
    if (!pen_erase_rest())
        return false;
    memset(painter.pass + at, 0, (size_t)(end - at));
    return true;
}

static void write_pass(unsigned char pass)
{
    const size_t cells = (size_t)painter.rows * (size_t)painter.cols;
    const unsigned char *next = painter.pass;

    while ((next = memchr(next, pass, cells - (size_t)(next - painter.pass)))) {
        const int i = (int)(next - painter.pass);

        go_to(i);
        if (!erase_rest(i))
            write_mark(i);
    }
}

/* ---- pictures -------------------------------------------------------------------------------- */

void paint_start(int colours, bool utf8)
{
    painter.colours = colours;
    painter.utf8 = utf8;
}

void paint_free(void)
{
    free(painter.mark);
    free(painter.pass);
    painter.mark = NULL;
    painter.pass = NULL;
    painter.rows = painter.cols = 0;
}

/* The terminal shows nothing but blanks. */
static void begin(int rows, int cols)
{
    const size_t cells = (size_t)rows * (size_t)cols;

    if (rows != painter.rows || cols != painter.cols) {
        painter.mark = xrealloc(painter.mark, cells * sizeof *painter.mark);
        painter.pass = xrealloc(painter.pass, cells);
        painter.rows = rows;
        painter.cols = cols;
    }
    for (size_t i = 0; i < cells; i++)
        painter.mark[i] = (struct mark){' ', no_attributes};
    pen_clear(rows, cols);
}

void paint(const struct grid *g, int theme, bool whole)
{
    struct passes p;

    if (whole || g->rows != painter.rows || g->cols != painter.cols)
        begin(g->rows, g->cols);
    plan(g, theme, &p);
    for (unsigned char pass = 1; pass <= p.n; pass++)
        write_pass(pass);
}
