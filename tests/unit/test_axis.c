/* test_axis.c - windows of any size and place: every search for round numbers ends, ticks stand
 * inside, and no two of their labels are the same. */
#include "base/number.h"
#include "draw/plot.h"
#include "draw/plot_axis.h"
#include "unit.h"

#include <float.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_CELLS = 300 };

/* Windows that are drawn, from the finest to the widest. */
static const double windows[][2] = {
    {-5, 5},
    {0, 1e-317},
    {-3e-310, 2e-310},
    {0, DBL_MIN},
    {1e-300, 2e-300},
    {1e-150, 2e-150},
    {0.1, 0.1000000001},
    {1, 1 + 1e-9},
    {1, 1 + 1e-11},
    {-1 - 1e-9, -1},
    {999990, 1000000},
    {1000000, 1000003},
    {1000000, 1000010},
    {-1000010, -1000000},
    {123456789, 123456790},
    {1e12, 1e12 + 5},
    {-1e15, -1e15 + 300},
    {1e100, 1.0000001e100},
    {-1e149, 1e150},
    {1.0000001e150, 1.0000002e150},
    {0, 1.7e308},
    {1.5e308, 1.51e308},
    {-8e307, 8e307},
};

/* What no window is: too fine for doubles, too wide for them, none at all. */
static const double none[][2] = {
    {0, 0},
    {1, 1},
    {0, 5e-324},
    {-5e-324, 5e-324},
    {5e-324, 1e-323},
    {1, 1 + DBL_EPSILON},
    {1e300, 1e300 * (1 + DBL_EPSILON)},
    {DBL_MAX / 2, DBL_MAX},
    {-DBL_MAX, DBL_MAX},
    {5, -5},
    {DBL_MAX, -DBL_MAX},
    {-INFINITY, 0},
    {0, INFINITY},
    {NAN, 1},
    {0, NAN},
};

/* --- numbers ---------------------------------------------------------------------------------- */

static void test_numbers(void **state)
{
    (void)state;
    assert_int_equal(number_to_int(2.9), 2);
    assert_int_equal(number_to_int(-2.9), -2);
    assert_int_equal(number_to_int(1e300), INT_MAX);
    assert_int_equal(number_to_int(-INFINITY), INT_MIN);
    assert_int_equal(number_to_int(NAN), 0);
    assert_int_equal(number_apart(1000010, 2, 3), 7);
    assert_int_equal(number_apart(1000010, 0.5, 3), 8);
    assert_int_equal(number_apart(-5, 2, 3), 3);
    assert_int_equal(number_apart(5e-324, 5e-324, 1), 1);
    assert_int_equal(number_apart(1e150, 1e-150, 3), 17);
    assert_int_equal(number_apart(0, 1, 3), 3);
    assert_int_equal(number_apart(1, 0, 3), 17);
}

/* --- steps ------------------------------------------------------------------------------------ */

static double count(double lo, double hi, double step)
{
    return floor(hi / step + 1e-9) - ceil(lo / step - 1e-9) + 1;
}

static void test_steps(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof windows / sizeof *windows; i++)
        for (int most = 1; most < 12; most++) {
            const double lo = windows[i][0], hi = windows[i][1];
            const double step = plot_tick_step(lo, hi, most);
            assert_true(step > 0 && isfinite(step));
            if (hi < 1e308) /* there is no wider step than the last number */
                assert_true(count(lo, hi, step) <= most);
            assert_true(most < 2 || count(lo, hi, step) >= most / 4);
        }
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        for (int most = -1; most < 12; most++)
            assert_true(plot_tick_step(none[i][0], none[i][1], most) > 0);
}

/* What can be snapped stays about where it was; what cannot stays. */
static void check_snapped(double lo, double hi, int cells, bool rows)
{
    double a = lo, b = hi;
    if (rows)
        plot_snap_rows(&a, &b, cells);
    else
        plot_snap(&a, &b, cells);
    if (memcmp(&a, &lo, sizeof a) == 0 && memcmp(&b, &hi, sizeof b) == 0)
        return;
    assert_true(isfinite(a) && isfinite(b) && a < b && hi > lo);
    assert_true(b - a >= 0.97 * (hi - lo) && b - a <= 2.1 * (hi - lo));
    assert_true(a <= lo / 2 + hi / 2 && b >= lo / 2 + hi / 2);
}

static void test_snapping(void **state)
{
    (void)state;
    for (int cells = 0; cells < MOST_CELLS; cells += 7)
        for (int rows = 0; rows < 2; rows++) {
            for (size_t i = 0; i < sizeof windows / sizeof *windows; i++)
                check_snapped(windows[i][0], windows[i][1], cells, rows);
            for (size_t i = 0; i < sizeof none / sizeof *none; i++)
                check_snapped(none[i][0], none[i][1], cells, rows);
        }
}

/* --- ticks and labels ------------------------------------------------------------------------- */

/* Each tick in the window, and each label another than that of the tick before it, and true. */
static void check_axis(const struct axis *a, int cells)
{
    char label[AXIS_LABEL_MAX], before[AXIS_LABEL_MAX] = "";
    assert_in_range(a->ticks, 0, cells + 1);
    for (int i = 0; i < a->ticks; i++) {
        const double v = axis_tick(a, i);
        const double slack = 1e-6 * a->step + 4 * DBL_EPSILON * fabs(v);
        assert_true(v >= a->lo - slack && v <= a->hi + slack);
        const int n = axis_label(a, i, label);
        assert_int_equal(n, strlen(label));
        assert_string_not_equal(label, before);
        assert_true(fabs(strtod(label, NULL) - v) < 0.01 * a->step);
        strcpy(before, label);
    }
}

static void test_labels(void **state)
{
    (void)state;
    for (int cells = 3; cells < MOST_CELLS; cells++)
        for (int gap = -1; gap < 2; gap += 2) {
            for (size_t i = 0; i < sizeof windows / sizeof *windows; i++) {
                const struct axis a = plot_axis_over(windows[i][0], windows[i][1], cells, 2, gap);
                check_axis(&a, cells);
                if (cells >= 60)
                    assert_true(a.ticks >= 2);
            }
            for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
                const struct axis a = plot_axis_over(none[i][0], none[i][1], cells, 2, gap);
                assert_in_range(a.ticks, 0, cells + 1);
            }
        }
}

/* The words of the two pictures by which this was found. */
static void test_far_from_0(void **state)
{
    static const char *const words[] = {"1000000", "1000002", "1000004",
                                        "1000006", "1000008", "1000010"};
    const struct axis a = plot_axis_over(1000000, 1000010, 70, 2, 1);
    char label[AXIS_LABEL_MAX];
    (void)state;
    assert_int_equal(a.ticks, 6);
    for (int i = 0; i < a.ticks; i++) {
        axis_label(&a, i, label);
        assert_string_equal(label, words[i]);
    }
}

/* --- whole pictures --------------------------------------------------------------------------- */

static const double heights[] = {0,        5e-324,  -5e-324,  1e-310,    1,   1e300,
                                 -DBL_MAX, DBL_MAX, INFINITY, -INFINITY, NAN, 1 + DBL_EPSILON};

/* One of the heights above in each part of the window, or the same everywhere. */
struct leaps {
    double x0, width;
    int from, n;
};

static double leap(const void *context, double x)
{
    const struct leaps *l = context;
    const int at = number_to_int((x - l->x0) / l->width * l->n);
    return heights[(l->from + abs(at % l->n)) % (int)(sizeof heights / sizeof *heights)];
}

static void draw_window(const double x[2], const double y[2], const struct leaps *l, int rows,
                        int cols, enum charset charset)
{
    const struct curve curve[] = {
        {.y = leap,
         .context = l,
         .seek_breaks = true,
         .breaks = {{.x = x[0] / 2 + x[1] / 2, .impulse = 1, .foot = 1e308}},
         .nbreaks = 1},
        {.y = leap,
         .context = l,
         .breaks = {{.x = x[0] / 2 + x[1] / 2, .jump = true}},
         .nbreaks = 1,
         .style = CURVE_MARKED,
         .glyph = 'x'}};
    const struct plot p = {.x0 = x[0],
                           .x1 = x[1],
                           .y0 = y[0],
                           .y1 = y[1],
                           .curve = curve,
                           .curves = 2,
                           .charset = charset,
                           .has_cursor = true,
                           .cursor = x[0],
                           .tangent = 0,
                           .tangent_slope = 1e308};
    struct grid grid = {0};
    grid_init(&grid, rows, cols);
    plot_draw(&grid, (struct rect){0, 0, rows, cols}, &p);
    grid_free(&grid);
}

/* Every window with every window of heights: it ends, and the sanitizers have nothing to say. */
static void test_pictures(void **state)
{
    enum { N = sizeof windows / sizeof *windows, ALL = N + sizeof none / sizeof *none };
    static const int sizes[][2] = {{24, 80}, {5, 9}, {12, 40}};
    (void)state;
    for (int i = 0; i < ALL; i++)
        for (int j = 0; j < ALL; j++) {
            const double *x = i < N ? windows[i] : none[i - N];
            const double *y = j < N ? windows[j] : none[j - N];
            const struct leaps l = {x[0], x[1] - x[0], i + j, 1 + i % 5};
            const int *size = sizes[(i + j) % 3];
            draw_window(x, y, &l, size[0], size[1], (enum charset)(j % CHARSETS));
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers),    cmocka_unit_test(test_steps),
        cmocka_unit_test(test_snapping),   cmocka_unit_test(test_labels),
        cmocka_unit_test(test_far_from_0), cmocka_unit_test(test_pictures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
