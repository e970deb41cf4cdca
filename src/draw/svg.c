/* svg.c - the grid as a stand-alone SVG: text stays text, on a background of its own.
 *
 * Each run of equal roles in a row is one <text> whose textLength pins it to its columns, so that
 * the picture holds together in whatever monospaced font the reader has; or one <path>, where the
 * glyphs are lines, blocks or dots. */
#include "draw/charset.h"
#include "draw/svg_shape.h"
#include "draw/theme.h"

#include <stdbool.h>

enum { CELL_WIDTH = SVG_CELL_WIDTH, CELL_HEIGHT = SVG_CELL_HEIGHT, BASELINE = 13, MARGIN = 8 };

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

static void add_rect(struct text *out, int x, int y, int n, const char *colour, const char *more)
{
    text_printf(out, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"%s/>\n", x, y,
                n * CELL_WIDTH, CELL_HEIGHT, colour, more);
}

static void add_shapes(struct text *out, const struct cell *cell, int n, int x, int y,
                       const char *colour)
{
    static const char *const quarters[] = {" fill-opacity=\".25\"", " fill-opacity=\".5\"",
                                           " fill-opacity=\".75\""};
    const enum svg_kind kind = svg_kind(cell->glyph);

    if (kind >= SVG_SHADE) {
        add_rect(out, x, y, n, colour, quarters[kind - SVG_SHADE]);
        return;
    }
    text_printf(out, "<path %s=\"%s\" d=\"", kind == SVG_DOTS ? "class=\"dots\" stroke" : "fill",
                colour);
    for (int i = 0; i < n; i++)
        svg_shape(out, x + i * CELL_WIDTH, y, cell[i].glyph);
    text_add(out, "\"/>\n");
}

static void add_run(struct text *out, const struct cell *cell, int n, int row, int col, int theme)
{
    const struct face *face = theme_face(theme, cell->role);
    const char *const colour = face->reverse ? background(theme) : face->rgb;
    const int x = MARGIN + col * CELL_WIDTH, y = MARGIN + row * CELL_HEIGHT;

    if (face->reverse)
        add_rect(out, x, y, n, face->rgb, "");
    if (svg_kind(cell->glyph) != SVG_TEXT) {
        add_shapes(out, cell, n, x, y, colour);
        return;
    }
    text_printf(out, "<text x=\"%d\" y=\"%d\" textLength=\"%d\" fill=\"%s\"%s%s>", x, y + BASELINE,
                n * CELL_WIDTH, colour, face->bold ? " font-weight=\"bold\"" : "",
                face->underline ? " text-decoration=\"underline\"" : "");
    struct text run = {0};
    for (int i = 0; i < n; i++)
        glyph_add(&run, cell[i].glyph, false);
    add_escaped(out, text_str(&run));
    text_free(&run);
    text_add(out, "</text>\n");
}

/* How many of the n cells one run takes: it ends at another role, another kind of glyph, or two
 * blanks, as a wide gap need not be stretched over. */
static int run_length(const struct cell *cell, int n, bool reverse)
{
    int i = 1;

    while (i < n && cell[i].role == cell->role &&
           svg_kind(cell[i].glyph) == svg_kind(cell->glyph) &&
           (reverse || cell[i].glyph != ' ' ||
            (i + 1 < n && cell[i + 1].glyph != ' ' && cell[i + 1].role == cell->role)))
        i++;
    return i;
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
        "</title>\n<style>path,rect{shape-rendering:crispEdges}"
        ".dots{shape-rendering:auto;stroke-width:2.4;stroke-linecap:round}</style>\n"
        "<rect width=\"%d\" height=\"%d\" fill=\"%s\"/>\n"
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
            n = run_length(&line[col], g->cols - col, reverse);
            add_run(out, &line[col], n, row, col, theme);
        }
    }
    text_add(out, "</g>\n</svg>\n");
}
