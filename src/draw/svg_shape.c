/* svg_shape.c - lines, blocks and braille as shapes.
 *
 * Fonts draw them narrower or lower than a cell, which leaves gaps between rows, or not at all. */
#include "draw/svg_shape.h"

enum { W = SVG_CELL_WIDTH, H = SVG_CELL_HEIGHT, BOXES_MAX = 4 };

/* A filled rectangle, from the upper left corner of the cell. */
struct box {
    double x, y, width, height;
};

/* Lines: the boxes of each, the first of no width ends them. */
static const struct line {
    uint32_t glyph;
    struct box box[BOXES_MAX];
} lines[] = {
    {0x2500, {{0, 8, W, 1}}},                                                    /* ─ */
    {0x2501, {{0, 7.5, W, 2}}},                                                  /* ━ */
    {0x2502, {{3.5, 0, 1, H}}},                                                  /* │ */
    {0x2506, {{3.5, 1, 1, 4}, {3.5, 7, 1, 4}, {3.5, 13, 1, 3}}},                 /* ┆ */
    {0x2508, {{0.5, 8, 1, 1}, {2.5, 8, 1, 1}, {4.5, 8, 1, 1}, {6.5, 8, 1, 1}}},  /* ┈ */
    {0x250a, {{3.5, 1, 1, 2}, {3.5, 5, 1, 2}, {3.5, 9, 1, 2}, {3.5, 13, 1, 2}}}, /* ┊ */
    {0x2514, {{3.5, 0, 1, 9}, {3.5, 8, 4.5, 1}}},                                /* └ */
    {0x2524, {{3.5, 0, 1, H}, {0, 8, 4, 1}}},                                    /* ┤ */
    {0x252c, {{0, 8, W, 1}, {3.5, 8, 1, 9}}},                                    /* ┬ */
    {0x252f, {{0, 7.5, W, 2}, {3.5, 8, 1, 9}}},                                  /* ┯ */
};

/* Quadrants of U+2596 to U+259F: 1 upper left, 2 upper right, 4 lower left, 8 lower right. */
static const unsigned char quadrants[] = {4, 8, 1, 13, 9, 7, 11, 2, 6, 14};

static const struct line *line_of(uint32_t glyph)
{
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        if (lines[i].glyph == glyph)
            return &lines[i];
    return NULL;
}

enum svg_kind svg_kind(uint32_t glyph)
{
    if (glyph > 0x2800 && glyph <= 0x28ff)
        return SVG_DOTS;
    if (glyph >= 0x2591 && glyph <= 0x2593)
        return SVG_SHADE + (enum svg_kind)(glyph - 0x2591);
    if ((glyph >= 0x2580 && glyph <= 0x259f && glyph != 0x2594 && glyph != 0x2595) ||
        line_of(glyph))
        return SVG_BOXES;
    return SVG_TEXT;
}

static void add_box(struct text *path, int x, int y, struct box b)
{
    text_printf(path, "M%g %gh%gv%gh-%gz", x + b.x, y + b.y, b.width, b.height, b.width);
}

static void add_block(struct text *path, int x, int y, uint32_t glyph)
{
    if (glyph == 0x2580)
        add_box(path, x, y, (struct box){0, 0, W, H / 2.0});
    else if (glyph <= 0x2588) { /* lower eighths */
        const double height = H * (glyph - 0x2580) / 8.0;
        add_box(path, x, y, (struct box){0, H - height, W, height});
    } else if (glyph <= 0x258f) /* left eighths */
        add_box(path, x, y, (struct box){0, 0, W * (0x2590 - glyph) / 8.0, H});
    else if (glyph == 0x2590)
        add_box(path, x, y, (struct box){W / 2.0, 0, W / 2.0, H});
    else
        for (int i = 0; i < 4; i++)
            if (quadrants[glyph - 0x2596] >> i & 1)
                add_box(path, x, y,
                        (struct box){i % 2 * W / 2.0, (i >> 1) * H / 2.0, W / 2.0, H / 2.0});
}

/* Braille's bits, column by column from above: dots 1, 2, 3, 7 and 4, 5, 6, 8. */
static void add_dots(struct text *path, int x, int y, uint32_t glyph)
{
    static const unsigned char bit[2][4] = {{0, 1, 2, 6}, {3, 4, 5, 7}};
    for (int col = 0; col < 2; col++)
        for (int row = 0; row < 4; row++)
            if (glyph >> bit[col][row] & 1)
                text_printf(path, "M%g %gh0", x + W * (col + 0.5) / 2, y + H * (row + 0.5) / 4);
}

void svg_shape(struct text *path, int x, int y, uint32_t glyph)
{
    const struct line *line = line_of(glyph);
    if (svg_kind(glyph) == SVG_DOTS)
        add_dots(path, x, y, glyph);
    else if (!line)
        add_block(path, x, y, glyph);
    else
        for (int i = 0; i < BOXES_MAX && line->box[i].width > 0; i++)
            add_box(path, x, y, line->box[i]);
}
