/* test_plotwindow.c - what is in view of a plot: the ranges of x and y, the columns, and the cursor
 * that goes over them. */
#include "lab.h"
#include "math/facts.h"
#include "view/view.h"

#include <math.h>
#include <stdio.h>

/* --- the y range ------------------------------------------------------------------------------ */

static void test_asymptotes_in_view(void **state)
{
    struct lab *lab = open_lab(NULL);
    (void)state;
    for (int i = 0; i < activation_count; i++) {
        char line[80];
        double lo, hi;
        snprintf(line, sizeof line, "fn %s", activation_table[i].name);
        run(lab, line);
        for (int zoomed = 0; zoomed < 2; zoomed++) {
            fn_range(&lab->model.fn, &lo, &hi);
            assert_true(!isfinite(lo) || lab->model.plot.y0 < lo);
            assert_true(!isfinite(hi) || lab->model.plot.y1 > hi);
            for (double x = lab->model.plot.x0; x <= lab->model.plot.x1; x += 0.01) {
                assert_in_range(fn_f(&lab->model.fn, x) >= lab->model.plot.y0, 1, 1);
                assert_true(fn_f(&lab->model.fn, x) <= lab->model.plot.y1);
                assert_true(fn_df(&lab->model.fn, x) >= lab->model.plot.y0);
                assert_true(fn_df(&lab->model.fn, x) <= lab->model.plot.y1);
            }
            run(lab, "zoom 3");
        }
        run(lab, "range default");
    }
    session_close(lab);
}

static void test_range_stands_still(void **state)
{
    static const char *const functions[] = {"elu", "celu", "leaky_relu", "prelu", "swish"};
    struct lab *lab = open_lab(NULL);
    (void)state;
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        const bool beta = strcmp(functions[i], "swish") == 0;
        char line[80];
        snprintf(line, sizeof line, "fn %s", functions[i]);
        run(lab, line);
        double y0 = lab->model.plot.y0, y1 = lab->model.plot.y1;
        for (int k = 0; k < 3; k++) { /* the first keys do not move it at all */
            run(lab, beta ? "beta +1step" : "alpha +1step");
            assert_true(lab->model.plot.y0 == y0 && lab->model.plot.y1 == y1);
        }
        int moves = 0;
        for (int k = 0; k < 40; k++) { /* the others widen it, seldom */
            run(lab, beta ? "beta +1step" : "alpha +1step");
            assert_true(lab->model.plot.y0 <= y0 && lab->model.plot.y1 >= y1);
            moves += lab->model.plot.y0 < y0 || lab->model.plot.y1 > y1;
            y0 = lab->model.plot.y0;
            y1 = lab->model.plot.y1;
        }
        assert_true(moves <= 6);
        for (int k = 0; k < 40; k++) { /* and nothing narrows it */
            run(lab, beta ? "beta -1step" : "alpha -1step");
            assert_true(lab->model.plot.y0 == y0 && lab->model.plot.y1 == y1);
        }
    }
    session_close(lab);
}

/* --- the cursor ------------------------------------------------------------------------------- */

static void test_cursor(void **state)
{
    struct lab *lab = open_lab(NULL);
    (void)state;
    lab->model.plot.columns = 70;
    run(lab, "range -2 2");
    run(lab, "cursor 0.5");
    assert_true(lab->model.plot.cursor == 0.5);
    run(lab, "cursor +0.25");
    assert_true(lab->model.plot.cursor == 0.75);
    run(lab, "cursor =-1");
    assert_true(lab->model.plot.cursor == -1);
    run(lab, "cursor 99");
    assert_true(lab->model.plot.cursor == 2);
    run(lab, "cursor first");
    assert_true(lab->model.plot.cursor == -2);
    run(lab, "cursor 0");
    for (int i = 0; i < 20; i++) { /* columns are round: the cursor reads two digits */
        run(lab, "cursor +1col");
        const double x = lab->model.plot.cursor, dx = x / (i + 1);
        char text[40];
        snprintf(text, sizeof text, "%.4g", x);
        assert_true(strtod(text, NULL) == x);
        assert_true(fabs(dx - lab->model.plot.cursor / (i + 1)) < 1e-12);
    }
    run(lab, "cursor -20col");
    assert_true(lab->model.plot.cursor == 0);
    static const double wide[] = {0.3, 0.6, 1, 1.2, 1.5, 1.8, 2, 2.4, 2.7, 3};
    run(lab, "range -5 5");
    lab->model.plot.columns = 34; /* columns of 0.3: whole numbers are among the stops */
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++) {
        run(lab, "cursor +1col");
        assert_true(lab->model.plot.cursor == wide[i]);
    }
    for (size_t i = sizeof wide / sizeof *wide - 1; i-- > 0;) {
        run(lab, "cursor -1col");
        assert_true(lab->model.plot.cursor == wide[i]);
    }
    run(lab, "range -2 2");
    lab->model.plot.columns = 0;
    run(lab, "fn gelu");
    run(lab, "cursor =-1");
    run(lab, "cursor next"); /* its minimum */
    assert_true(fabs(lab->model.plot.cursor + 0.7517915247) < 1e-8);
    run(lab, "fn relu6");
    run(lab, "range -1 8");
    run(lab, "cursor 1");
    run(lab, "cursor next");
    assert_true(lab->model.plot.cursor == 6);
    run(lab, "cursor prev");
    assert_true(lab->model.plot.cursor == 0);
    run(lab, "cursor prev"); /* past the first one to the last */
    assert_true(lab->model.plot.cursor == 6);
    run(lab, "cursor next");
    assert_true(lab->model.plot.cursor == 0);
    run(lab, "range 1 2");
    refuses_at(lab, "cursor next", "in view", -1);
    refuses_at(lab, "cursor nan", "not a number", 7);
    refuses_at(lab, "cursor 1 2", "usage: cursor", 9);
    refuses_at(lab, "cursor foo", "foo", 7);
    session_close(lab);
}

static void test_columns_on_screen(void **state)
{
    struct lab *lab = open_lab(NULL);
    (void)state;
    for (int cols = 40; cols < 220; cols += 7)
        for (int rows = 12; rows < 60; rows += 5) {
            const int n = view_plot_columns(lab, rows, cols);
            double x, before = -INFINITY;
            int found = 0;
            assert_true(n > 10 && n < cols);
            for (int row = 0; row < rows && !found; row++)
                for (int col = 0; col < cols; col++)
                    if (view_plot_x(lab, rows, cols, row, col, &x)) {
                        assert_true(x > before);
                        before = x;
                        found++;
                    }
            assert_int_equal(found, n);
            assert_false(view_plot_x(lab, rows, cols, 0, 0, &x));
            assert_false(view_plot_x(lab, rows, cols, rows - 1, cols / 2, &x));
        }
    assert_int_equal(view_plot_columns(lab, 5, 20), 0);
    session_close(lab);
}

/* x goes to the extremes of the curve that is drawn. */
static void test_points_of_a_difference(void **state)
{
    struct lab *lab = open_lab(NULL);
    (void)state;
    run(lab, "fn gelu");
    run(lab, "compare gelu_tanh");
    run(lab, "difference on");
    run(lab, "cursor =2.5");
    run(lab, "cursor next");
    assert_true(fabs(lab->model.plot.cursor - 2.699) < 1e-3);
    assert_non_null(strstr(lab->screen.message, "minimum at 2.699"));
    run(lab, "compare gelu"); /* nothing but zero */
    refuses_at(lab, "cursor next", "f - g", -1);
    session_close(lab);
}

/* --- windows ---------------------------------------------------------------------------------- */

static void test_ranges(void **state)
{
    struct lab *lab = open_lab(NULL);
    (void)state;
    run(lab, "range -3*pi 3*pi");
    assert_true(fabs(lab->model.plot.x1 - 9.42477796) < 1e-7);
    run(lab, "range default");
    run(lab, "cursor 1");
    run(lab, "zoom 2"); /* the cursor stays where it is on the screen */
    assert_true(lab->model.plot.x0 == -2 && lab->model.plot.x1 == 3 && lab->model.plot.cursor == 1);
    run(lab, "pan 0.5");
    assert_true(lab->model.plot.x0 == 0.5 && lab->model.plot.x1 == 5.5 &&
                lab->model.plot.cursor == 3.5);
    refuses_at(lab, "range 2 1", "go up", 6);
    refuses_at(lab, "range 1 1", "go up", 6);
    refuses_at(lab, "range 1 inf", "between", 6);
    refuses_at(lab, "range nan 1", "go up", 6);
    refuses_at(lab, "range 1e16 1e16+2", "too few", 6);
    refuses_at(lab, "zoom 0", "positive", 5);
    refuses_at(lab, "zoom -1", "positive", 5);
    refuses_at(lab, "zoom nan", "positive", 5);
    refuses_at(lab, "plot range=1", "X0:X1", 11);
    refuses_at(lab, "plot range=2:1", "go up", 11);
    refuses_at(lab, "plot gelu size=0x3", "size", -1);
    refuses_at(lab, "plot gelu alpha=2", "no parameter", 16);
    refuses_at(lab, "plot nosuch", "nosuch", 5);
    refuses_at(lab, "plot gelu charset=foo", "foo", 18);
    refuses_at(lab, "plot gelu width=3", "width", 10);
    refuses_at(lab, "charset foo", "foo", 8);
    for (int i = 0; i < 200; i++) { /* as deep as one can, then an error and no change */
        struct error e;
        lab_run(lab, "zoom 10", stderr, &e);
    }
    assert_true(lab->model.plot.x1 > lab->model.plot.x0);
    seen(lab, view_plot, 20, 70);
    run(lab, "range -1e150 1e150");
    seen(lab, view_plot, 20, 70);
    run(lab, "fn exp(exp(x))");
    seen(lab, view_plot, 20, 70);
    assert_true(lab->model.plot.x0 == -1e150);
    session_close(lab);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_asymptotes_in_view),
        cmocka_unit_test(test_range_stands_still),
        cmocka_unit_test(test_cursor),
        cmocka_unit_test(test_columns_on_screen),
        cmocka_unit_test(test_points_of_a_difference),
        cmocka_unit_test(test_ranges),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
