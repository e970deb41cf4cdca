/* test_plot.c - the plot as a picture: how near ink lies to the curve, that nothing is drawn which
 * is not there, ticks, snapping, ends, exits. */
#include "draw/charset.h"
#include "draw/plot.h"
#include "ink.h"
#include "math/activation.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- helpers ---------------------------------------------------------------------------------- */

static double y_fn(const void *fn, double x)
{
    return fn_f(fn, x);
}

static double y_plain(const void *f, double x)
{
    return (*(double (*const *)(double))f)(x);
}

static struct curve curve_of(const struct fn *fn)
{
    struct curve c = {.y = y_fn, .context = fn, .role = ROLE_CURVE, .glyph = '*'};
    struct fn_break at[FN_MAX_BREAKS];
    c.nbreaks = fn_breaks(fn, at);
    for (int i = 0; i < c.nbreaks; i++) {
        const double x = at[i].x, left = fn_f_side(fn, x, -1), right = fn_f_side(fn, x, 1);
        c.breaks[i] =
            (struct curve_break){.x = x, .jump = left != right, .closed_left = fn_f(fn, x) == left};
    }
    return c;
}

/* A picture of one curve over a snapped window, and the place of its drawing area. */
struct picture {
    struct grid grid;
    struct plot plot;
    struct rect area;
};

static void draw(struct picture *p, const struct curve *c, int cols, int rows, double x0, double x1,
                 double y0, double y1, enum charset charset)
{
    const struct rect in = {0, 0, rows, cols};
    p->plot = (struct plot){.x0 = x0,
                            .x1 = x1,
                            .y0 = y0,
                            .y1 = y1,
                            .curve = c,
                            .curves = 1,
                            .charset = charset,
                            .tangent = -1};
    plot_snap_rows(&p->plot.y0, &p->plot.y1, plot_area(&p->plot, in).rows);
    p->area = plot_area(&p->plot, in);
    plot_snap(&p->plot.x0, &p->plot.x1, p->area.cols);
    p->area = plot_area(&p->plot, in);
    grid_init(&p->grid, rows, cols);
    plot_draw(&p->grid, in, &p->plot);
}

static const struct cell *cell_at(const struct picture *p, int row, int col)
{
    return grid_at(&p->grid, p->area.row + row, p->area.col + col);
}

static int column_of(const struct picture *p, double x)
{
    return (int)floor((x - p->plot.x0) / (p->plot.x1 - p->plot.x0) * p->area.cols);
}

/* Cells of the curve in a column. */
static int ink_in(const struct picture *p, int col)
{
    int n = 0;
    for (int row = 0; row < p->area.rows; row++)
        n += cell_at(p, row, col)->role == ROLE_CURVE;
    return n;
}

/* --- how near --------------------------------------------------------------------------------- */

static const char *const article[] = {"sigmoid", "tanh", "relu", "leaky_relu",
                                      "elu",     "gelu", "swish"};

static void add_distance(const struct picture *p, const struct fn *fn, double *sum, int *count)
{
    struct ink_curve *c = malloc(sizeof *c);
    for (int i = 0; i <= INK_CURVE; i++) {
        const double t = (double)i / INK_CURVE;
        const double y = fn_f(fn, p->plot.x0 + t * (p->plot.x1 - p->plot.x0));
        c->at[i] = (struct ink_point){t * p->area.cols,
                                      (y - p->plot.y0) / (p->plot.y1 - p->plot.y0) * p->area.rows};
    }
    for (int row = 0; row < p->area.rows; row++)
        for (int col = 0; col < p->area.cols; col++) {
            const struct cell *cell = cell_at(p, row, col);
            if (cell->role == ROLE_CURVE && cell->glyph != '^' && cell->glyph != 'v')
                ink_add(c, p->area.rows - 1 - row, col, cell->glyph, sum, count);
        }
    free(c);
}

static double rms_distance(int cols, int rows)
{
    double sum = 0;
    int count = 0;
    for (size_t i = 0; i < sizeof article / sizeof *article; i++) {
        const struct fn fn = fn_default(activation_find(article[i]));
        const struct curve c = curve_of(&fn);
        double lo, hi;
        struct picture p;
        fn_range(&fn, &lo, &hi);
        draw(&p, &c, cols, rows, -5, 5, fmax(lo, -2) - 0.1, fmin(hi, 5) + 0.1, CHARSET_ASCII);
        add_distance(&p, &fn, &sum, &count);
        grid_free(&p.grid);
    }
    return sqrt(sum / count);
}

static void test_ink_is_near(void **state)
{
    (void)state;
    const double small = rms_distance(60, 16), home = rms_distance(80, 24);
    print_message("RMS distance of ink: %.3f row at 60x16, %.3f at 80x24\n", small, home);
    assert_true(small < 0.16);
    assert_true(home < 0.16);
}

/* --- no gap, no riser ------------------------------------------------------------------------- */

static double steep(double x)
{
    return 40 * x;
}
static double inverse(double x)
{
    return 1 / x;
}
static double steeper(double x)
{
    return tanh(300 * (x - 0.03));
}

static void draw_plain(struct picture *p, double (*const *f)(double), double x0, double x1,
                       double y0, double y1, enum charset charset)
{
    struct curve c = {
        .y = y_plain, .context = f, .seek_breaks = true, .role = ROLE_CURVE, .glyph = '*'};
    draw(p, &c, 60, 16, x0, x1, y0, y1, charset);
}

/* From row to row the ink goes on in the same or the next column. */
static void assert_connected(const struct picture *p, int from, int to)
{
    int top = -1, bottom = -1;
    for (int col = from; col <= to; col++) {
        int t = -1, b = -1;
        for (int row = 0; row < p->area.rows; row++)
            if (cell_at(p, row, col)->role == ROLE_CURVE) {
                t = t < 0 ? row : t;
                assert_true(b < 0 || b == row - 1); /* no hole within a column */
                b = row;
            }
        assert_true(t >= 0);
        if (col > from) {
            assert_true(t <= bottom + 1);
            assert_true(b >= top - 1);
        }
        top = t;
        bottom = b;
    }
}

static void test_steep_has_no_gap(void **state)
{
    static double (*const f[])(double) = {steep, steeper, tanh, sin};
    static const double reach[][2] = {{-0.1, 0.1}, {-1, 1}, {-5, 5}, {-30, 30}};
    (void)state;
    for (size_t i = 0; i < sizeof f / sizeof *f; i++)
        for (int charset = 0; charset < CHARSETS; charset++) {
            struct picture p;
            draw_plain(&p, &f[i], reach[i][0], reach[i][1], i == 0 ? -5 : -1.1, i == 0 ? 5 : 1.1,
                       (enum charset)charset);
            assert_connected(&p, 1, p.area.cols - 2);
            grid_free(&p.grid);
        }
}

/* At a jump there is a solid end and an open one, and nothing between them. */
static void assert_jump(const struct picture *p, double x, enum charset charset)
{
    const int col = column_of(p, x);
    int solid = -1, open = -1;
    for (int row = 0; row < p->area.rows; row++) {
        const struct cell *cell = cell_at(p, row, col);
        if (cell->role == ROLE_CURVE && cell->glyph == charset_glyphs[charset].solid)
            solid = row;
        if (cell->role == ROLE_CURVE && cell->glyph == charset_glyphs[charset].open)
            open = row;
    }
    assert_true(solid >= 0);
    assert_true(open >= 0);
    for (int side = -1; side <= 1; side++)
        for (int row = 1 + (solid < open ? solid : open); row < (solid > open ? solid : open);
             row++)
            assert_true(cell_at(p, row, col + side)->role != ROLE_CURVE);
    for (int side = -1; side <= 1; side++)
        assert_true(ink_in(p, col + side) <= 3);
}

static void test_no_false_riser(void **state)
{
    static const struct {
        const char *name;
        double alpha, beta, x[2];
        int jumps;
    } t[] = {{"step", 0, 0, {0}, 1},
             {"hardshrink", 0.5, 0, {-0.5, 0.5}, 2},
             {"hardshrink", 1.7, 0, {-1.7, 1.7}, 2},
             {"threshold", 1, -2, {1}, 1}};
    (void)state;
    for (size_t i = 0; i < sizeof t / sizeof *t; i++)
        for (int charset = 0; charset < CHARSETS; charset++) {
            const struct fn fn = {activation_find(t[i].name), t[i].alpha, t[i].beta};
            const struct curve c = curve_of(&fn);
            struct picture p;
            assert_int_equal(c.nbreaks, t[i].jumps);
            draw(&p, &c, 60, 16, -3, 3, -3, 3, (enum charset)charset);
            for (int k = 0; k < t[i].jumps; k++)
                assert_jump(&p, t[i].x[k], (enum charset)charset);
            grid_free(&p.grid);
        }
}

/* Columns around x hold no ink that reaches over more than half of the rows. */
static void assert_no_vertical(const struct picture *p, double x)
{
    for (int col = column_of(p, x) - 1; col <= column_of(p, x) + 1; col++) {
        int up = 0, down = 0;
        for (int row = 0; row < p->area.rows; row++)
            if (cell_at(p, row, col)->role == ROLE_CURVE)
                ++*(row < p->area.rows / 2 ? &up : &down);
        /* A branch of a pole fills its half at most; an exit's mark may stand in the other. */
        assert_true(up <= 1 || down <= 1);
    }
}

static void test_no_false_vertical(void **state)
{
    static double (*const f[])(double) = {inverse, tan, log};
    (void)state;
    for (int charset = 0; charset < CHARSETS; charset++) {
        struct picture p;
        draw_plain(&p, &f[0], -2, 2, -5, 5, (enum charset)charset);
        assert_no_vertical(&p, 0);
        grid_free(&p.grid);
        draw_plain(&p, &f[1], -5, 5, -5, 5, (enum charset)charset);
        for (int k = -2; k <= 1; k++)
            assert_no_vertical(&p, (k + 0.5) * 3.14159265358979);
        grid_free(&p.grid);
        draw_plain(&p, &f[2], -2, 5, -3, 3, (enum charset)charset);
        for (int col = 0; col < column_of(&p, 0); col++) /* no logarithm below 0: a gap */
            assert_int_equal(ink_in(&p, col), 0);
        assert_true(ink_in(&p, column_of(&p, 1)) > 0);
        grid_free(&p.grid);
    }
}

/* --- finding jumps that nobody told of -------------------------------------------------------- */

static double sawtooth(double x)
{
    return x - floor(x);
}

static void test_jumps_are_found(void **state)
{
    static double (*const f)(double) = sawtooth;
    (void)state;
    struct picture p;
    draw_plain(&p, &f, -2.5, 2.5, -0.2, 1.2, CHARSET_ASCII);
    for (int k = -2; k <= 2; k++) {
        const int col = column_of(&p, k);
        const int low =
            p.area.rows - 1 - (int)floor((0 - p.plot.y0) / (p.plot.y1 - p.plot.y0) * p.area.rows);
        assert_int_equal(cell_at(&p, low, col)->glyph,
                         '@'); /* floor takes the upper step: 0 is solid */
        assert_int_equal(ink_in(&p, col), 2);
    }
    grid_free(&p.grid);
}

/* --- what leaves the window ------------------------------------------------------------------- */

static double parabola(double x)
{
    return x * x;
}
static double nothing(double x)
{
    (void)x;
    return NAN;
}
static double infinite(double x)
{
    return x < 0 ? -INFINITY : INFINITY;
}

static int count_glyph(const struct picture *p, uint32_t glyph, int *first)
{
    int n = 0;
    for (int row = 0; row < p->area.rows; row++)
        for (int col = 0; col < p->area.cols; col++)
            if (cell_at(p, row, col)->role == ROLE_CURVE && cell_at(p, row, col)->glyph == glyph) {
                if (n++ == 0)
                    *first = row;
            }
    return n;
}

static void test_exits(void **state)
{
    static double (*const f[])(double) = {parabola, nothing, infinite};
    int row = -1;
    struct picture p;
    (void)state;
    draw_plain(&p, &f[0], -5, 5, -1, 9, CHARSET_ASCII);
    assert_int_equal(count_glyph(&p, '^', &row), 2);
    assert_int_equal(row, 0);
    assert_int_equal(count_glyph(&p, 'v', &row), 0);
    grid_free(&p.grid);
    draw_plain(&p, &f[1], -5, 5, -1, 9, CHARSET_ASCII);
    for (int col = 0; col < p.area.cols; col++)
        assert_int_equal(ink_in(&p, col), 0);
    grid_free(&p.grid);
    for (int charset = 0; charset < CHARSETS; charset++) { /* a curve that is never inside */
        draw_plain(&p, &f[2], -5, 5, -1, 9, (enum charset)charset);
        assert_true(count_glyph(&p, charset_glyphs[charset].up, &row) <= 2);
        grid_free(&p.grid);
    }
}

static void test_impulse(void **state)
{
    const struct fn fn = fn_default(activation_find("step"));
    struct curve c = {.y = y_fn,
                      .context = &fn,
                      .role = ROLE_DERIVATIVE,
                      .style = CURVE_DOTS,
                      .glyph = 'o',
                      .nbreaks = 1};
    struct picture p;
    (void)state;
    c.breaks[0] = (struct curve_break){.x = 0, .impulse = 1, .foot = 1};
    draw(&p, &c, 60, 16, -3, 3, -0.5, 1.5, CHARSET_ASCII);
    assert_int_equal(cell_at(&p, 0, column_of(&p, 0))->glyph, '^');
    assert_int_equal(cell_at(&p, 1, column_of(&p, 0))->glyph, 'o'); /* as f' is drawn */
    grid_free(&p.grid);
    c.breaks[0].impulse = -1;
    c.breaks[0].foot = 0;
    draw(&p, &c, 60, 16, -3, 3, -0.5, 1.5, CHARSET_ASCII);
    assert_int_equal(cell_at(&p, p.area.rows - 1, column_of(&p, 0))->glyph, 'v');
    grid_free(&p.grid);
}

/* --- numbers ---------------------------------------------------------------------------------- */

static void test_ticks(void **state)
{
    static const struct {
        double lo, hi;
        int most;
        double step;
    } t[] = {{-5, 5, 7, 2},       {-5, 5, 11, 1},      {0, 1, 7, 0.2},      {0, 1, 11, 0.1},
             {-1e6, 1e6, 5, 5e5}, {3, 3.01, 7, 0.002}, {0, 1e-9, 3, 5e-10}, {-5, 5, 1, 10}};
    (void)state;
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        const double step = plot_tick_step(t[i].lo, t[i].hi, t[i].most);
        assert_true(fabs(step / t[i].step - 1) < 1e-9);
        assert_true(floor(t[i].hi / step + 1e-9) - ceil(t[i].lo / step - 1e-9) + 1 <= t[i].most);
    }
}

static void test_snap(void **state)
{
    (void)state;
    for (int cols = 1; cols < 300; cols++)
        for (double width = 1e-6; width < 1e7; width *= 3.7) {
            double x0 = -width / 2, x1 = width / 2;
            plot_snap(&x0, &x1, cols);
            const double dx = (x1 - x0) / cols, lead = dx / pow(10, floor(log10(dx) + 1e-9));
            assert_true(fabs(lead * 4 - round(lead * 4)) < 1e-6); /* two digits at most */
            assert_true(x1 - x0 >= 0.979 * width);
            assert_true(x1 - x0 <= 1.51 * width);
            assert_true(fabs((x0 + x1) / 2) <= dx * 0.51); /* the centre is kept */
            const double middle = x0 / dx + 0.5;           /* 0 is the middle of a column */
            assert_true(fabs(middle - round(middle)) < 1e-6);
        }
    double a = 3, b = 3, c = -INFINITY, d = 1;
    plot_snap(&a, &b, 10);
    plot_snap(&c, &d, 10);
    assert_true(a == 3 && b == 3 && c == -INFINITY && d == 1);
}

/* Where ticks stand on the axis: in the column left of the area, or in the row below it. */
static int tick_places(const struct picture *p, bool of_x, int at[100])
{
    int n = 0;
    for (int i = 0; i < (of_x ? p->area.cols : p->area.rows); i++) {
        const int row = of_x ? p->area.row + p->area.rows : p->area.row + i;
        const int col = of_x ? p->area.col + i : p->area.col - 1;
        if (grid_at(&p->grid, row, col)->glyph == '+')
            at[n++] = i;
    }
    return n;
}

/* Ticks are round numbers, and as even as these allow: a whole number of cells apart, or
 * one off. */
static void test_ticks_are_even(void **state)
{
    static const double y[][2] = {{-0.06, 1.06}, {-1.12, 1.12}, {-2.4, 5.3}, {-0.3, 9}, {-40, 170}};
    const struct fn fn = fn_default(activation_find("tanh"));
    const struct curve c = curve_of(&fn);
    int at[100];
    (void)state;
    for (size_t i = 0; i < sizeof y / sizeof *y; i++)
        for (int rows = 10; rows < 52; rows += 3)
            for (int cols = 40; cols < 160; cols += 7) {
                struct picture p;
                draw(&p, &c, cols, rows, -5, 5, y[i][0], y[i][1], CHARSET_ASCII);
                for (int of_x = 0; of_x < 2; of_x++) {
                    const int n = tick_places(&p, of_x, at);
                    assert_in_range(n, 2, 7);
                    for (int k = 2; k < n; k++)
                        if (abs(at[k] - at[k - 1] - (at[1] - at[0])) > 1)
                            fail_msg("%dx%d, y to %g, %s: ticks %d and %d cells apart", cols, rows,
                                     y[i][1], of_x ? "x" : "y", at[1] - at[0], at[k] - at[k - 1]);
                }
                grid_free(&p.grid);
            }
}

static void test_flat_is_on_the_axis(void **state)
{
    const struct fn fn = fn_default(activation_find("tanh"));
    const struct curve c = curve_of(&fn);
    (void)state;
    for (int charset = 0; charset < CHARSETS; charset++) {
        const struct glyphs *set = &charset_glyphs[charset];
        struct picture p;
        draw(&p, &c, 60, 16, -5, 5, -1.1, 1.1, (enum charset)charset);
        p.plot.flats = 1;
        p.plot.flat0[0] = 2;
        p.plot.flat1[0] = 9;
        grid_clear(&p.grid);
        plot_draw(&p.grid, (struct rect){0, 0, 16, 60}, &p.plot);
        for (int row = 0; row <= p.area.rows; row++)
            for (int col = 0; col < p.area.cols; col++) {
                const struct cell *cell = cell_at(&p, row, col);
                const double x = p.plot.x0 + (col + 0.5) * (p.plot.x1 - p.plot.x0) / p.area.cols;
                assert_int_equal(cell->role == ROLE_FLAT, row == p.area.rows && x >= 2);
                if (cell->role == ROLE_FLAT)
                    assert_true(cell->glyph == set->flat || cell->glyph == set->flat_tick);
            }
        grid_free(&p.grid);
    }
}

/* Dashes and gaps, whatever the slope; a tangent goes over the whole width. */
static void test_dashes(void **state)
{
    static double (*const f[])(double) = {tanh, steep};
    (void)state;
    for (int charset = 0; charset < CHARSETS; charset++)
        for (int i = 0; i < 2; i++)
            for (int style = CURVE_DASHED; style <= CURVE_DASH_DOT; style++) {
                const struct curve line = {.y = y_plain, .context = &f[i], .role = ROLE_CURVE};
                struct curve dashed = line;
                struct picture whole, p;
                int ink = 0, all = 0;
                dashed.style = (enum curve_style)style;
                draw(&whole, &line, 60, 30, -1, 1, -1.1, 1.1, (enum charset)charset);
                draw(&p, &dashed, 60, 30, -1, 1, -1.1, 1.1, (enum charset)charset);
                for (int col = 0; col < p.area.cols; col++) {
                    ink += ink_in(&p, col);
                    all += ink_in(&whole, col);
                }
                assert_in_range(ink, all / 3, all * 7 / 8);
                grid_free(&whole.grid);
                grid_free(&p.grid);
            }
}

static void test_tangent_reaches_both_edges(void **state)
{
    const struct fn fn = fn_default(activation_find("sigmoid"));
    const struct curve c = curve_of(&fn);
    struct picture p;
    int first = 99, last = -1;
    (void)state;
    draw(&p, &c, 60, 16, -5, 5, -1, 2, CHARSET_ASCII);
    p.plot.has_cursor = true;
    p.plot.cursor = 0;
    p.plot.tangent = 0;
    p.plot.tangent_slope = 0.25;
    plot_draw(&p.grid, (struct rect){0, 0, 16, 60}, &p.plot);
    for (int row = 0; row < p.area.rows; row++)
        for (int col = 0; col < p.area.cols; col++)
            if (cell_at(&p, row, col)->role == ROLE_TANGENT) {
                first = col < first ? col : first;
                last = col > last ? col : last;
            }
    assert_true(first <= 2 && last >= p.area.cols - 3);
    grid_free(&p.grid);
}

/* Bars have rows of their own: none in the area, no curve among them. */
static void test_histogram_has_its_rows(void **state)
{
    static const float bins[] = {0.1f, 0.4f, 0.9f, 0.2f};
    const struct fn fn = fn_default(activation_find("tanh"));
    const struct curve c = curve_of(&fn);
    struct picture p;
    int bars = 0;
    (void)state;
    draw(&p, &c, 60, 16, -5, 5, -1.1, 1.1, CHARSET_BLOCK);
    p.plot.bins = bins;
    p.plot.nbins = 4;
    p.plot.bins_lo = -4;
    p.plot.bins_hi = 4;
    const struct rect in = {0, 0, 16, 60}, area = plot_area(&p.plot, in);
    assert_true(area.rows < p.area.rows);
    grid_clear(&p.grid);
    plot_draw(&p.grid, in, &p.plot);
    for (int row = 0; row < 16; row++)
        for (int col = 0; col < 60; col++) {
            const int role = grid_at(&p.grid, row, col)->role;
            const bool strip = row >= area.rows && row < p.area.rows;
            bars += role == ROLE_HISTOGRAM;
            assert_true(role != ROLE_HISTOGRAM || strip);
            assert_true(role != ROLE_CURVE || row < area.rows);
        }
    assert_true(bars > 10);
    grid_free(&p.grid);
}

/* --- all sizes, all bytes --------------------------------------------------------------------- */

static void test_any_size(void **state)
{
    const struct fn fn = fn_default(activation_find("tanh"));
    const float bins[] = {0.1f, 0.4f, 0.3f, 0.2f};
    (void)state;
    for (int rows = 0; rows < 30; rows++)
        for (int cols = 0; cols < 90; cols += 1 + cols / 20)
            for (int charset = 0; charset < CHARSETS; charset++) {
                const struct curve c = curve_of(&fn);
                const struct plot p = {.x0 = -5,
                                       .x1 = 5,
                                       .y0 = -1,
                                       .y1 = 1,
                                       .curve = &c,
                                       .curves = 1,
                                       .charset = (enum charset)charset,
                                       .has_cursor = true,
                                       .cursor = 1,
                                       .tangent_slope = 0.4,
                                       .flats = 1,
                                       .flat0 = {-5},
                                       .flat1 = {-2},
                                       .bins = bins,
                                       .nbins = 4,
                                       .bins_lo = -4,
                                       .bins_hi = 4};
                struct grid g;
                struct text text = {0};
                grid_init(&g, rows + 2, cols + 2);
                plot_draw(&g, (struct rect){1, 1, rows, cols}, &p);
                for (int i = 0; i < rows + 2; i++) { /* nothing beside its rectangle */
                    assert_int_equal(grid_at(&g, i, 0)->glyph, ' ');
                    assert_int_equal(grid_at(&g, i, cols + 1)->glyph, ' ');
                }
                grid_to_text(&g, false, &text);
                for (size_t i = 0; charset == CHARSET_ASCII && i < text.len; i++)
                    assert_true((unsigned char)text.s[i] < 0x80);
                text_free(&text);
                grid_free(&g);
            }
}

static void test_clear_spot(void **state)
{
    const struct fn fn = fn_default(activation_find("relu"));
    const struct curve c = curve_of(&fn);
    struct picture p;
    (void)state;
    draw(&p, &c, 60, 16, -5, 5, -1, 5, CHARSET_ASCII);
    const struct rect spot = plot_clear_spot(&p.grid, p.area, 3, 12);
    for (int row = spot.row; row < spot.row + spot.rows; row++)
        for (int col = spot.col; col < spot.col + spot.cols; col++)
            assert_true(grid_at(&p.grid, row, col)->role != ROLE_CURVE);
    grid_free(&p.grid);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ink_is_near),
        cmocka_unit_test(test_steep_has_no_gap),
        cmocka_unit_test(test_no_false_riser),
        cmocka_unit_test(test_no_false_vertical),
        cmocka_unit_test(test_jumps_are_found),
        cmocka_unit_test(test_exits),
        cmocka_unit_test(test_impulse),
        cmocka_unit_test(test_ticks),
        cmocka_unit_test(test_snap),
        cmocka_unit_test(test_ticks_are_even),
        cmocka_unit_test(test_flat_is_on_the_axis),
        cmocka_unit_test(test_dashes),
        cmocka_unit_test(test_tangent_reaches_both_edges),
        cmocka_unit_test(test_histogram_has_its_rows),
        cmocka_unit_test(test_any_size),
        cmocka_unit_test(test_clear_spot),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
