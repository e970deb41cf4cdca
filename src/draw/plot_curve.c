/* plot_curve.c - one curve as ink.
 *
 * A column is looked at from edge to edge: the curve's lowest and highest point in it, its mean,
 * where it comes in and where it goes out. Where it is nearly level, ASCII has four inks a row, a
 * quarter of a row apart: _ . - ' ; where it climbs, a slash; where it is steep, every row from the
 * lowest to the highest point, so that it never has a gap. Blocks and braille do the same with
 * their dots. Nothing joins the two sides of a cut. */
#include "base/xalloc.h"
#include "draw/plot_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { POINTS = 5, MARK_EVERY = 10 };

/* Up to these extents (rows a column) a curve counts as level, and as a slope that a slash can
 * draw. */
static const double LEVEL_EXTENT = 0.55, SLASH_EXTENT = 1.6;
/* How far outside the window a curve is still drawn at its edge: half of ASCII's quarter. */
static const double MARGIN = 0.125;

/* The curve in a column, or between a cut and its edge. Heights in rows. */
struct span {
    double width;   /* 1: the whole column */
    double columns; /* how many columns of cells that is */
    double first, last, low, high, mean;
    int points; /* 0: nothing but a gap */
};

static void look(struct span *s, const struct frame *f, const struct curve *curve, double x)
{
    const double h = frame_height(f, curve->y(curve->context, x));
    if (isnan(h))
        return;
    if (s->points++ == 0)
        s->first = s->low = s->high = h;
    s->last = h;
    s->low = fmin(s->low, h);
    s->high = fmax(s->high, h);
    s->mean += (h - s->mean) / s->points;
}

static struct span span_between(const struct frame *f, const struct curve *curve, double a,
                                double b, double column)
{
    struct span s = {.width = (b - a) / column, .columns = (b - a) / f->dx};
    for (int i = 0; i < POINTS; i++)
        look(&s, f, curve, a + (b - a) * i / (POINTS - 1));
    for (int i = 0; i < curve->nbreaks; i++) /* a kink is where the extreme may be */
        if (curve->breaks[i].x > a && curve->breaks[i].x < b) {
            const double h = frame_height(f, curve->y(curve->context, curve->breaks[i].x));
            s.low = fmin(s.low, h);
            s.high = fmax(s.high, h);
        }
    return s;
}

/* --- dashes ----------------------------------------------------------------------------------- */

static bool is_dashed(enum curve_style style)
{
    return style == CURVE_DASHED || style == CURVE_DASH_DOT;
}

/* True if there is ink in a cell: dashes go along the curve, over columns where it is level and
 * over rows where it is steep. */
static bool inked(enum curve_style style, const struct span *s, int col, int row)
{
    if (!is_dashed(style))
        return true;
    const char *const pattern = style == CURVE_DASHED ? "---   " : "---- - ";
    const int period = (int)strlen(pattern);
    const int at = (fabs(s->last - s->first) > s->columns ? row : col) % period;
    return pattern[at < 0 ? at + period : at] != ' '; /* a row below the window is -1 */
}

/* --- cells of two curves ---------------------------------------------------------------------- */

static bool is_braille(uint32_t glyph)
{
    return glyph >= 0x2800 && glyph <= 0x28ff;
}

/* True if a line leaves this cell to the dots under it: every second one of those that they share,
 * so that both are seen. Dots of braille stay beside the line's own where they are not its own. */
static bool is_left(const struct frame *f, int row, int col, uint32_t glyph, enum role role)
{
    const struct cell *under = grid_at(f->grid, f->area.row + row, f->area.col + col);
    if (!under || under->role != f->dotted || role == f->dotted || under->glyph == ' ')
        return false;
    if (is_braille(glyph) && is_braille(under->glyph) && (under->glyph | glyph) != glyph)
        return false;
    return col % 2;
}

/* --- ASCII ------------------------------------------------------------------------------------ */

/* The glyphs of a line. */
struct ink {
    const struct frame *frame;
    enum curve_style style;
    enum role role;
};

static void put_ink(const struct ink *ink, const struct span *s, int row, int col, uint32_t glyph)
{
    if (inked(ink->style, s, col, row) &&
        !is_left(ink->frame, ink->frame->area.rows - 1 - row, col, glyph, ink->role))
        frame_put(ink->frame, row, col, glyph, ink->role);
}

static void put_level(const struct ink *ink, int col, const struct span *s)
{
    /* At 0, 1/4, 1/2 and 3/4 of a row; a dash of dots would not look like one. */
    const char *const glyph = is_dashed(ink->style) ? "_--'" : "_.-'";
    const int rows = ink->frame->area.rows;
    int quarter = (int)floor(s->mean * 4 + 0.5);
    if (quarter < 0)
        quarter = 0;
    if (quarter > rows * 4 - 1)
        quarter = rows * 4 - 1;
    put_ink(ink, s, quarter / 4, col, (uint32_t)glyph[quarter % 4]);
}

/* Every row from low to high; a row that is hardly entered gets ink at the end that is entered. */
static void put_rows(const struct ink *ink, int col, const struct span *s)
{
    const int bottom = (int)fmax(floor(s->low), 0);
    const int top = (int)fmin(ceil(s->high) - 1, ink->frame->area.rows - 1);
    for (int row = bottom; row <= top; row++) {
        const double from = fmax(s->low, row), to = fmin(s->high, row + 1);
        uint32_t glyph = '|';
        if (to - from < 0.12)
            continue;
        if (to - from < 0.6)
            glyph = from > row ? '\'' : '.';
        put_ink(ink, s, row, col, glyph);
    }
}

static void put_line(const struct ink *ink, int col, const struct span *s)
{
    const double extent = s->high - s->low, rise = s->last - s->first;
    const bool one_way = fabs(rise) > 0.7 * extent;
    if (extent < LEVEL_EXTENT || (!one_way && extent < 1)) {
        put_level(ink, col, s);
    } else if (one_way && extent <= SLASH_EXTENT) {
        const int row = (int)floor(s->mean);
        const uint32_t slash = rise > 0 ? '/' : '\\';
        put_ink(ink, s, row, col, slash);
        if (s->high - (row + 1) > 0.6)
            put_ink(ink, s, row + 1, col, slash);
        if (row - s->low > 0.6)
            put_ink(ink, s, row - 1, col, slash);
    } else {
        put_rows(ink, col, s);
    }
}

static void put_dots(const struct frame *f, int col, const struct span *s, uint32_t glyph,
                     enum role role)
{
    const int middle = (int)fmin(floor(s->mean), f->area.rows - 1);
    const int bottom = (int)fmax(ceil(s->low - 0.5), 0);
    const int top = (int)fmin(floor(s->high - 0.5), f->area.rows - 1);
    if (s->mean > -MARGIN && s->mean < f->area.rows + MARGIN)
        frame_put(f, middle < 0 ? 0 : middle, col, glyph, role);
    for (int row = bottom; row <= top; row++)
        frame_put(f, row, col, glyph, role);
}

/* --- dots within cells ------------------------------------------------------------------------ */

/* Which dots of each cell are set, row by row from above: bit = sub_row * sub_cols + sub_col. */
struct canvas {
    const struct frame *frame;
    uint8_t *cell;
};

static void set_dot(struct canvas *c, int col, int height)
{
    const struct frame *f = c->frame;
    const int sub_row = f->area.rows * f->set->sub_rows - 1 - height;
    if (height < 0 || sub_row < 0)
        return;
    const int cell = sub_row / f->set->sub_rows * f->area.cols + col / f->set->sub_cols;
    const int bit = sub_row % f->set->sub_rows * f->set->sub_cols + col % f->set->sub_cols;
    c->cell[cell] |= (uint8_t)(1u << bit);
}

static void set_span(struct canvas *c, int col, const struct span *s, enum curve_style style)
{
    const int scale = c->frame->set->sub_rows, most = c->frame->area.rows * scale;
    const int every = style == CURVE_DOTS ? 2 : 1;
    int bottom = (int)fmax(ceil(s->low * scale - 0.5), 0);
    int top = (int)fmin(floor(s->high * scale - 0.5), most - 1);
    if (col % every)
        return;
    if (top < bottom && s->mean > -MARGIN && s->mean < c->frame->area.rows + MARGIN)
        bottom = top = (int)fmin(fmax(floor(s->mean * scale), 0), most - 1);
    for (int height = bottom; height <= top; height += every)
        if (inked(style, s, col / c->frame->set->sub_cols, height / scale))
            set_dot(c, col, height);
}

static void put_canvas(const struct canvas *c, enum role role)
{
    const struct frame *f = c->frame;
    for (int row = 0; row < f->area.rows; row++)
        for (int col = 0; col < f->area.cols; col++) {
            const uint8_t dots = c->cell[row * f->area.cols + col];
            const struct cell *under = grid_at(f->grid, f->area.row + row, f->area.col + col);
            if (!dots || !under)
                continue;
            uint32_t glyph = charset_dots(f->charset, dots);
            if (is_left(f, row, col, glyph, role))
                continue;
            /* Where curves meet, the dots of both stay; a ghost would be taken for a part of the
             * curve. */
            if (is_braille(glyph) && is_braille(under->glyph) && under->role != ROLE_GHOST &&
                under->role != ROLE_TANGENT)
                glyph |= under->glyph;
            grid_put(f->grid, f->area, row, col, glyph, role);
        }
}

/* --- where a curve leaves the window, ends and impulses --------------------------------------- */

enum { ABOVE = 1, BELOW = 2, OVER = 4, UNDER = 8 }; /* wholly above, below; reaching over, under */

static uint8_t place(const struct frame *f, const struct span *s)
{
    if (s->points == 0)
        return 0;
    if (s->low > f->area.rows + MARGIN)
        return ABOVE;
    if (s->high < -MARGIN)
        return BELOW;
    return (uint8_t)((s->high > f->area.rows + MARGIN ? OVER : 0) | (s->low < -MARGIN ? UNDER : 0));
}

/* One mark where the curve goes out and one where it comes back, not one for each column between.
 */
static void mark_exits(const struct frame *f, const uint8_t *places, uint8_t wholly, uint8_t partly,
                       enum role role)
{
    const int cols = f->area.cols, row = wholly == ABOVE ? f->area.rows - 1 : 0;
    const uint32_t glyph = wholly == ABOVE ? f->set->up : f->set->down;
    bool never_inside = true;
    for (int col = 0; col < cols; col++)
        never_inside = never_inside && places[col] == wholly;
    for (int col = 0; col < cols; col++) {
        const uint8_t left = col > 0 ? places[col - 1] : places[col];
        const uint8_t right = col < cols - 1 ? places[col + 1] : places[col];
        const bool edge = col == 0 || col == cols - 1;
        /* the first and the last have no neighbour: half of one may be in the window */
        const bool border = !(left & (ABOVE | BELOW)) || !(right & (ABOVE | BELOW)) ||
                            (edge && (places[col] & partly));
        const bool peak = (places[col] & partly) && !((left | right) & wholly);
        if ((places[col] & wholly) ? border || (never_inside && edge) : peak)
            frame_put(f, row, col, glyph, role);
    }
}

/* Takes the line x = 0 away from between the two ends of a jump: it would look like a riser. */
static void clear_riser(const struct frame *f, double x, double a, double b)
{
    const int col = frame_column(f, x);
    const int low = (int)fmax(fmin(a, b), -1), high = (int)fmin(fmax(a, b), f->area.rows);
    for (int row = low + 1; row < high; row++) {
        const struct cell *cell =
            grid_at(f->grid, f->area.row + f->area.rows - 1 - row, f->area.col + col);
        if (cell && cell->role == ROLE_AXIS && cell->glyph == f->set->zero_column)
            frame_put(f, row, col, ' ', ROLE_TEXT);
    }
}

static void mark_cut(const struct frame *f, const struct curve *curve, const struct cut *cut)
{
    const int col = frame_column(f, cut->x), rows = f->area.rows;
    if (cut->impulse != 0) {
        const int foot = (int)fmin(fmax(floor(frame_height(f, cut->foot)), -1), rows);
        const int step = cut->impulse > 0 ? 1 : -1, end = cut->impulse > 0 ? rows - 1 : 0;
        for (int row = foot + step; row * step < end * step; row += step)
            frame_put(f, row, col, f->set->stem, curve->role);
        frame_put(f, end, col, step > 0 ? f->set->up : f->set->down, curve->role);
    }
    if (!cut->ends)
        return;
    clear_riser(f, cut->x, frame_height(f, curve->y(curve->context, cut->left)),
                frame_height(f, curve->y(curve->context, cut->right)));
    for (int side = 0; side < 2; side++) {
        const double x = side ? cut->right : cut->left;
        const double h = frame_height(f, curve->y(curve->context, x));
        const bool solid = cut->closed_left == (side == 0);
        if (h > -MARGIN && h < rows + MARGIN)
            frame_put(f, (int)fmin(fmax(floor(h), 0), rows - 1), col,
                      solid ? f->set->solid : f->set->open, curve->role);
    }
}

/* --- a whole curve ---------------------------------------------------------------------------- */

struct pen {
    const struct frame *frame;
    const struct curve *curve;
    struct canvas canvas; /* cell: NULL when whole glyphs are put */
    uint32_t dot;
};

static void put_span(struct pen *pen, int col, const struct span *s)
{
    const struct curve *curve = pen->curve;
    if (pen->canvas.cell)
        set_span(&pen->canvas, col, s, curve->style);
    else if (curve->style == CURVE_LINE || is_dashed(curve->style))
        put_line(&(struct ink){pen->frame, curve->style, curve->role}, col, s);
    else
        put_dots(pen->frame, col, s, pen->dot, curve->role);
}

/* One column (of cells, or of dots in them): the pieces between the cuts in it. Returns the places
 * of all of them. */
static uint8_t draw_column(struct pen *pen, int col, double width, const struct cut *cut, int cuts)
{
    const double x0 = pen->frame->x0 + col * width, x1 = x0 + width;
    struct span widest = {0};
    bool ends = false, outside = false;
    uint8_t places = 0;
    double a = x0;
    for (int i = 0; i <= cuts; i++) {
        if (i < cuts && (cut[i].right <= x0 || cut[i].left >= x1))
            continue;
        const double b = i < cuts ? cut[i].left : x1;
        if (b > a) {
            const struct span s = span_between(pen->frame, pen->curve, a, b, width);
            const uint8_t at = place(pen->frame, &s);
            places |= at;
            if (s.points && s.width > widest.width) {
                widest = s;
                outside = at & (ABOVE | BELOW);
            }
        }
        if (i < cuts) {
            ends = ends || cut[i].ends;
            a = fmax(a, cut[i].right);
        }
    }
    /* Beside an end the piece must have most of the column: else the end itself is the ink, and
     * nothing rises to it. */
    if (widest.points && !outside && (!ends || widest.width > 0.501))
        put_span(pen, col, &widest);
    return places;
}

void curve_draw(const struct frame *f, const struct curve *curve)
{
    const bool glyphs =
        f->set->sub_rows == 1 || (curve->style == CURVE_DOTS && f->set->sub_rows < 4);
    const int parts = glyphs ? 1 : f->set->sub_cols;
    struct pen pen = {.frame = f, .curve = curve, .canvas = {.frame = f}};
    struct cut cut[CUTS_MAX];
    const int cuts = curve_cuts(curve, f, cut);
    uint8_t *places = xcalloc((size_t)f->area.cols, 1);

    pen.dot = f->charset == CHARSET_ASCII ? (uint32_t)curve->glyph : f->set->dot;
    if (!glyphs)
        pen.canvas.cell = xcalloc((size_t)f->area.rows * (size_t)f->area.cols, 1);
    for (int col = 0; col < f->area.cols * parts; col++)
        places[col / parts] |= draw_column(&pen, col, f->dx / parts, cut, cuts);
    if (pen.canvas.cell) {
        put_canvas(&pen.canvas, curve->role);
        free(pen.canvas.cell);
    }
    if (!is_dashed(curve->style)) {
        mark_exits(f, places, ABOVE, OVER, curve->role);
        mark_exits(f, places, BELOW, UNDER, curve->role);
        for (int i = 0; i < cuts; i++) {
            const bool crowded = (i > 0 && cut[i].x - cut[i - 1].x < 2 * f->dx) ||
                                 (i + 1 < cuts && cut[i + 1].x - cut[i].x < 2 * f->dx);
            if (!crowded)
                mark_cut(f, curve, &cut[i]);
        }
    }
    free(places);
}

void curve_mark(const struct frame *f, const struct curve *curve, int index)
{
    if (curve->style != CURVE_MARKED || f->set->sub_rows == 1)
        return;
    for (int col = 3 * index; col < f->area.cols; col += MARK_EVERY) {
        const double h = frame_height(f, curve->y(curve->context, f->x0 + (col + 0.5) * f->dx));
        if (h >= 0 && h < f->area.rows)
            frame_put(f, (int)h, col, (uint32_t)curve->glyph, curve->role);
    }
}
