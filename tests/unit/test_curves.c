/* test_curves.c - a curve as ink: how near it lies, that it has no gap and no false riser, how it
 * ends at a jump and leaves the window, its dashes. */
#include "base/number.h"
#include "draw/charset.h"
#include "draw/plot.h"
#include "ink.h"
#include "math/activation.h"
#include "math/facts.h"
#include "pictures.h"
#include "unit.h"

#include <stdlib.h>

static double y_plain(const void *f, double x)
{
    return (*(double (*const *)(double))f)(x);
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
    return number_quotient(1, x);
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
                      .glyph = ',',
                      .nbreaks = 1};
    struct picture p;
    (void)state;
    c.breaks[0] = (struct curve_break){.x = 0, .impulse = 1, .foot = 1};
    draw(&p, &c, 60, 16, -3, 3, -0.5, 1.5, CHARSET_ASCII);
    assert_int_equal(cell_at(&p, 0, column_of(&p, 0))->glyph, '^');
    assert_int_equal(cell_at(&p, 1, column_of(&p, 0))->glyph, ','); /* as f' is drawn */
    grid_free(&p.grid);
    c.breaks[0].impulse = -1;
    c.breaks[0].foot = 0;
    draw(&p, &c, 60, 16, -3, 3, -0.5, 1.5, CHARSET_ASCII);
    assert_int_equal(cell_at(&p, p.area.rows - 1, column_of(&p, 0))->glyph, 'v');
    grid_free(&p.grid);
}

/* --- dashes ----------------------------------------------------------------------------------- */

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

/* ---- cells of two curves --------------------------------------------------------------------- */

static double half(double x)
{
    (void)x;
    return 0.5;
}

/* Where dots lie under a line, every second cell is theirs: both are seen, whatever the charset. */
static void test_shared(void **state)
{
    static double (*const f)(double) = half;

    (void)state;
    for (int charset = 0; charset < CHARSETS; charset++) {
        const struct curve curve[] = {
            {.y = y_plain, .context = &f, .role = ROLE_CURVE},
            {.y = y_plain,
             .context = &f,
             .role = ROLE_DERIVATIVE,
             .style = CURVE_DOTS,
             .glyph = ','},
        };
        int seen[ROLE_COUNT] = {0};
        struct picture p;

        draw(&p, curve, 60, 16, -3, 3, -0.5, 1.5, (enum charset)charset);
        p.plot.curve = curve;
        p.plot.curves = 2;
        plot_draw(&p.grid, (struct rect){0, 0, p.grid.rows, p.grid.cols}, &p.plot);
        for (int col = 0; col < p.area.cols; col++)
            for (int row = 0; row < p.area.rows; row++)
                seen[cell_at(&p, row, col)->role]++;
        assert_in_range(seen[ROLE_CURVE], p.area.cols / 2, p.area.cols / 2 + 1);
        assert_in_range(seen[ROLE_DERIVATIVE], p.area.cols / 2, p.area.cols / 2 + 1);
        grid_free(&p.grid);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ink_is_near),     cmocka_unit_test(test_steep_has_no_gap),
        cmocka_unit_test(test_no_false_riser),  cmocka_unit_test(test_no_false_vertical),
        cmocka_unit_test(test_jumps_are_found), cmocka_unit_test(test_exits),
        cmocka_unit_test(test_impulse),         cmocka_unit_test(test_dashes),
        cmocka_unit_test(test_shared),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
