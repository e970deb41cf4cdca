/* test_plot.c - the plot around its curves: ticks, snapping, what is marked on the axis, tangent,
 * histogram, a clear spot; every size. */
#include "draw/charset.h"
#include "draw/plot.h"
#include "math/activation.h"
#include "pictures.h"
#include "unit.h"

#include <math.h>
#include <stdlib.h>

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

/* --- marks ------------------------------------------------------------------------------------ */

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
        cmocka_unit_test(test_ticks),
        cmocka_unit_test(test_snap),
        cmocka_unit_test(test_ticks_are_even),
        cmocka_unit_test(test_flat_is_on_the_axis),
        cmocka_unit_test(test_tangent_reaches_both_edges),
        cmocka_unit_test(test_histogram_has_its_rows),
        cmocka_unit_test(test_any_size),
        cmocka_unit_test(test_clear_spot),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
