/* grid.c - cells, and how they are written. A glyph of two columns takes its own cell and the next,
 * whose glyph is 0; whoever overwrites one half blanks the other, so that no half of a character is
 * ever sent to a terminal. */
#include "draw/grid.h"
#include "base/utf8.h"
#include "base/xalloc.h"
#include "draw/charset.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void grid_init(struct grid *g, int rows, int cols)
{
    g->rows = rows > 0 ? rows : 0;
    g->cols = cols > 0 ? cols : 0;
    g->cell = xcalloc((size_t)g->rows * (size_t)g->cols + 1, sizeof *g->cell);
    grid_clear(g);
}

void grid_free(struct grid *g)
{
    free(g->cell);
    *g = (struct grid){0};
}

void grid_clear(struct grid *g)
{
    const size_t n = (size_t)g->rows * (size_t)g->cols;
    for (size_t i = 0; i < n; i++)
        g->cell[i] = (struct cell){' ', ROLE_TEXT};
}

struct cell *grid_at(const struct grid *g, int row, int col)
{
    if (row < 0 || row >= g->rows || col < 0 || col >= g->cols)
        return NULL;
    return &g->cell[(size_t)row * (size_t)g->cols + (size_t)col];
}

/* Blanks the other half of a wide glyph that the cell `here` at (row, col) belongs to. */
static void split(struct grid *g, const struct cell *here, int row, int col)
{
    struct cell *left = grid_at(g, row, col - 1), *right = grid_at(g, row, col + 1);
    if (here->glyph == 0 && left)
        left->glyph = ' ';
    if (here->glyph != 0 && right && right->glyph == 0)
        right->glyph = ' ';
}

void grid_put(struct grid *g, struct rect in, int row, int col, uint32_t glyph, enum role role)
{
    if (row < 0 || row >= in.rows || col < 0 || col >= in.cols)
        return;
    struct cell *cell = grid_at(g, in.row + row, in.col + col);
    if (!cell)
        return;
    /* ASCII is by far the commonest: no need to ask for its width. */
    int width = glyph >= ' ' && glyph < 0x7f ? 1 : utf8_width(glyph);
    if (width == 0)
        return;
    if (width < 0) {
        glyph = UTF8_BAD;
        width = 1;
    }
    split(g, cell, in.row + row, in.col + col);
    *cell = (struct cell){glyph, (uint8_t)role};
    if (width == 1)
        return;
    struct cell *next = col + 1 < in.cols ? grid_at(g, in.row + row, in.col + col + 1) : NULL;
    if (!next) {
        cell->glyph = ' ';
        return;
    }
    split(g, next, in.row + row, in.col + col + 1);
    *cell = (struct cell){glyph, (uint8_t)role}; /* split() may have taken it for an old half */
    *next = (struct cell){0, (uint8_t)role};
}

void grid_fill(struct grid *g, struct rect in, uint32_t glyph, enum role role)
{
    for (int row = 0; row < in.rows; row++)
        for (int col = 0; col < in.cols; col++)
            grid_put(g, in, row, col, glyph, role);
}

int grid_text(struct grid *g, struct rect in, int row, int col, enum role role, const char *s)
{
    size_t n = strlen(s);
    while (n > 0) {
        uint32_t glyph;
        const size_t took = utf8_decode(s, n, &glyph);
        s += took;
        n -= took;
        int width = utf8_width(glyph);
        if (width < 0) {
            glyph = UTF8_BAD;
            width = 1;
        }
        if (width == 0)
            continue;
        if (col >= in.cols)
            break;
        grid_put(g, in, row, col, glyph, role);
        col += width;
    }
    return col < in.cols ? col : in.cols;
}

int grid_printf(struct grid *g, struct rect in, int row, int col, enum role role,
                const char *format, ...)
{
    char line[1024];
    va_list args;
    va_start(args, format);
    vsnprintf(line, sizeof line, format, args);
    va_end(args);
    return grid_text(g, in, row, col, role, line);
}

void grid_to_text(const struct grid *g, bool ascii, struct text *out)
{
    for (int row = 0; row < g->rows; row++) {
        const struct cell *line = &g->cell[(size_t)row * (size_t)g->cols];
        int end = g->cols;
        while (end > 0 && line[end - 1].glyph == ' ')
            end--;
        for (int col = 0; col < end; col++)
            glyph_add(out, line[col].glyph, ascii);
        text_add_char(out, '\n');
    }
}
