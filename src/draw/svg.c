/* svg.c - the grid as a stand-alone SVG: text stays text, on a background of its own.
 *
 * A cell is 8 by 17 units. Each run of equal roles in a row is one <text> whose textLength pins it
 * to its columns, so that the picture holds together in whatever monospaced font the reader has. */
#include "draw/charset.h"
#include "draw/theme.h"

#include <stdbool.h>

enum { CELL_WIDTH = 8, CELL_HEIGHT = 17, BASELINE = 13, MARGIN = 8 };

static const char *background(int theme)
{
    theme = theme_on(theme, false); /* theme_face's is dark, too */
    return theme == THEME_DARK ? "#1e1e1e" : theme == THEME_CONTRAST ? "#000000" : "#ffffff";
}

static void add_escaped(struct text *out, const char *s)
{
    for (; *s; s++) {
        if (*s == '&')
            text_add(out, "&amp;");
        else if (*s == '<')
            text_add(out, "&lt;");
        else if (*s == '>')
            text_add(out, "&gt;");
        else if (*s == '"')
            text_add(out, "&quot;");
        else if ((unsigned char)*s >= ' ')
            text_add_char(out, *s);
    }
}

static void add_run(struct text *out, const struct cell *cell, int n, int row, int col, int theme)
{
    const struct face *face = theme_face(theme, cell->role);
    const int x = MARGIN + col * CELL_WIDTH, y = MARGIN + row * CELL_HEIGHT;
    const int width = n * CELL_WIDTH;
    if (face->reverse)
        text_printf(out, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>\n", x, y,
                    width, CELL_HEIGHT, face->rgb);
    text_printf(out, "<text x=\"%d\" y=\"%d\" textLength=\"%d\" fill=\"%s\"%s%s>", x, y + BASELINE,
                width, face->reverse ? background(theme) : face->rgb,
                face->bold ? " font-weight=\"bold\"" : "",
                face->underline ? " text-decoration=\"underline\"" : "");
    struct text run = {0};
    for (int i = 0; i < n; i++)
        glyph_add(&run, cell[i].glyph, false);
    add_escaped(out, text_str(&run));
    text_free(&run);
    text_add(out, "</text>\n");
}

void grid_to_svg(const struct grid *g, int theme, const char *title, struct text *out)
{
    const int width = g->cols * CELL_WIDTH + 2 * MARGIN;
    const int height = g->rows * CELL_HEIGHT + 2 * MARGIN;
    text_printf(out,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 "
                "0 %d %d\" "
                "role=\"img\">\n<title>",
                width, height, width, height);
    add_escaped(out, title ? title : "actlab");
    text_printf(
        out,
        "</title>\n<rect width=\"%d\" height=\"%d\" fill=\"%s\"/>\n"
        "<g font-family=\"'DejaVu Sans Mono', Menlo, Consolas, monospace\" font-size=\"13\" "
        "xml:space=\"preserve\" style=\"white-space:pre\">\n",
        width, height, background(theme));
    for (int row = 0; row < g->rows; row++) {
        const struct cell *line = &g->cell[(size_t)row * (size_t)g->cols];
        for (int col = 0, n; col < g->cols; col += n) {
            const bool reverse = theme_face(theme, line[col].role)->reverse;
            n = 1;
            if (line[col].glyph == ' ' && !reverse)
                continue;
            /* A run ends at another role, or at two blanks: a wide gap need not be stretched over.
             */
            while (col + n < g->cols && line[col + n].role == line[col].role &&
                   (reverse || line[col + n].glyph != ' ' ||
                    (col + n + 1 < g->cols && line[col + n + 1].glyph != ' ' &&
                     line[col + n + 1].role == line[col].role)))
                n++;
            add_run(out, &line[col], n, row, col, theme);
        }
    }
    text_add(out, "</g>\n</svg>\n");
}
