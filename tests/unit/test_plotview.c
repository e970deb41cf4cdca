/* test_plotview.c - the plot pane and its commands: what is in view, what is read, what is said
 * beside the curves. */
#include "lab/command.h"
#include "unit.h"
#include "view/plotview.h"
#include "view/view.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct lab *fresh(void)
{
    struct error e;
    struct lab *lab = lab_new(NULL, &e);
    assert_non_null(lab);
    lab->picture = view_picture;
    return lab;
}

/* Runs a line that must do; what it prints goes to out, which may be NULL. */
static void run(struct lab *lab, const char *line, struct text *out)
{
    struct error e;
    char *said = NULL;
    size_t n = 0;
    FILE *f = open_memstream(&said, &n);
    if (!lab_run(lab, line, f, &e))
        fail_msg("%s: %s", line, e.text);
    fclose(f);
    if (out) {
        text_clear(out);
        text_add_n(out, said, n);
    }
    free(said);
}

static void refuse(struct lab *lab, const char *line, const char *expected, int column)
{
    struct error e;
    FILE *f = fopen("/dev/null", "w");
    if (lab_run(lab, line, f, &e))
        fail_msg("%s was accepted", line);
    fclose(f);
    if (!strstr(e.text, expected))
        fail_msg("%s: '%s' is not in '%s'", line, expected, e.text);
    assert_int_equal(e.column, column);
}

/* The pane at this size, in ASCII. */
static void pane(struct lab *lab, int rows, int cols, struct text *out)
{
    struct grid g;
    lab->set.charset = CHARSET_ASCII;
    grid_init(&g, rows, cols);
    view_plot(lab, &g, (struct rect){0, 0, rows, cols});
    text_clear(out);
    grid_to_text(&g, false, out);
    grid_free(&g);
}

static void assert_shows(struct lab *lab, const char *what)
{
    struct text t = {0};
    pane(lab, 20, 70, &t);
    if (!strstr(text_str(&t), what))
        fail_msg("'%s' is not in\n%s", what, text_str(&t));
    text_free(&t);
}

static void assert_hides(struct lab *lab, const char *what)
{
    struct text t = {0};
    pane(lab, 20, 70, &t);
    if (strstr(text_str(&t), what))
        fail_msg("'%s' is in\n%s", what, text_str(&t));
    text_free(&t);
}

/* --- the y range ------------------------------------------------------------------------------ */

static void test_asymptotes_in_view(void **state)
{
    struct lab *lab = fresh();
    (void)state;
    for (int i = 0; i < activation_count; i++) {
        char line[80];
        double lo, hi;
        snprintf(line, sizeof line, "fn %s", activation_table[i].name);
        run(lab, line, NULL);
        for (int zoomed = 0; zoomed < 2; zoomed++) {
            fn_range(&lab->fn, &lo, &hi);
            assert_true(!isfinite(lo) || lab->plot.y0 < lo);
            assert_true(!isfinite(hi) || lab->plot.y1 > hi);
            for (double x = lab->plot.x0; x <= lab->plot.x1; x += 0.01) {
                assert_in_range(fn_f(&lab->fn, x) >= lab->plot.y0, 1, 1);
                assert_true(fn_f(&lab->fn, x) <= lab->plot.y1);
                assert_true(fn_df(&lab->fn, x) >= lab->plot.y0);
                assert_true(fn_df(&lab->fn, x) <= lab->plot.y1);
            }
            run(lab, "zoom 3", NULL);
        }
        run(lab, "range default", NULL);
    }
    lab_free(lab);
}

static void test_range_stands_still(void **state)
{
    static const char *const functions[] = {"elu", "celu", "leaky_relu", "prelu", "swish"};
    struct lab *lab = fresh();
    (void)state;
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        const bool beta = strcmp(functions[i], "swish") == 0;
        char line[80];
        snprintf(line, sizeof line, "fn %s", functions[i]);
        run(lab, line, NULL);
        double y0 = lab->plot.y0, y1 = lab->plot.y1;
        for (int k = 0; k < 3; k++) { /* the first keys do not move it at all */
            run(lab, beta ? "beta +1step" : "alpha +1step", NULL);
            assert_true(lab->plot.y0 == y0 && lab->plot.y1 == y1);
        }
        int moves = 0;
        for (int k = 0; k < 40; k++) { /* the others widen it, seldom */
            run(lab, beta ? "beta +1step" : "alpha +1step", NULL);
            assert_true(lab->plot.y0 <= y0 && lab->plot.y1 >= y1);
            moves += lab->plot.y0 < y0 || lab->plot.y1 > y1;
            y0 = lab->plot.y0;
            y1 = lab->plot.y1;
        }
        assert_true(moves <= 6);
        for (int k = 0; k < 40; k++) { /* and nothing narrows it */
            run(lab, beta ? "beta -1step" : "alpha -1step", NULL);
            assert_true(lab->plot.y0 == y0 && lab->plot.y1 == y1);
        }
    }
    lab_free(lab);
}

/* --- the cursor ------------------------------------------------------------------------------- */

static void test_cursor(void **state)
{
    struct lab *lab = fresh();
    (void)state;
    lab->plot.columns = 70;
    run(lab, "range -2 2", NULL);
    run(lab, "cursor 0.5", NULL);
    assert_true(lab->plot.cursor == 0.5);
    run(lab, "cursor +0.25", NULL);
    assert_true(lab->plot.cursor == 0.75);
    run(lab, "cursor =-1", NULL);
    assert_true(lab->plot.cursor == -1);
    run(lab, "cursor 99", NULL);
    assert_true(lab->plot.cursor == 2);
    run(lab, "cursor first", NULL);
    assert_true(lab->plot.cursor == -2);
    run(lab, "cursor 0", NULL);
    for (int i = 0; i < 20; i++) { /* columns are round: the cursor reads two digits */
        run(lab, "cursor +1col", NULL);
        const double x = lab->plot.cursor, dx = x / (i + 1);
        char text[40];
        snprintf(text, sizeof text, "%.4g", x);
        assert_true(strtod(text, NULL) == x);
        assert_true(fabs(dx - lab->plot.cursor / (i + 1)) < 1e-12);
    }
    run(lab, "cursor -20col", NULL);
    assert_true(lab->plot.cursor == 0);
    static const double wide[] = {0.3, 0.6, 1, 1.2, 1.5, 1.8, 2, 2.4, 2.7, 3};
    run(lab, "range -5 5", NULL);
    lab->plot.columns = 34; /* columns of 0.3: whole numbers are among the stops */
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++) {
        run(lab, "cursor +1col", NULL);
        assert_true(lab->plot.cursor == wide[i]);
    }
    for (size_t i = sizeof wide / sizeof *wide - 1; i-- > 0;) {
        run(lab, "cursor -1col", NULL);
        assert_true(lab->plot.cursor == wide[i]);
    }
    run(lab, "range -2 2", NULL);
    lab->plot.columns = 0;
    run(lab, "fn gelu", NULL);
    run(lab, "cursor =-1", NULL);
    run(lab, "cursor next", NULL); /* its minimum */
    assert_true(fabs(lab->plot.cursor + 0.7517915247) < 1e-8);
    run(lab, "fn relu6", NULL);
    run(lab, "range -1 8", NULL);
    run(lab, "cursor 1", NULL);
    run(lab, "cursor next", NULL);
    assert_true(lab->plot.cursor == 6);
    run(lab, "cursor prev", NULL);
    assert_true(lab->plot.cursor == 0);
    run(lab, "cursor prev", NULL); /* past the first one to the last */
    assert_true(lab->plot.cursor == 6);
    run(lab, "cursor next", NULL);
    assert_true(lab->plot.cursor == 0);
    run(lab, "range 1 2", NULL);
    refuse(lab, "cursor next", "in view", -1);
    refuse(lab, "cursor nan", "not a number", 7);
    refuse(lab, "cursor 1 2", "usage: cursor", 9);
    refuse(lab, "cursor foo", "foo", 7);
    lab_free(lab);
}

static void test_columns_on_screen(void **state)
{
    struct lab *lab = fresh();
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
    lab_free(lab);
}

/* --- windows ---------------------------------------------------------------------------------- */

static void test_ranges(void **state)
{
    struct lab *lab = fresh();
    (void)state;
    run(lab, "range -3*pi 3*pi", NULL);
    assert_true(fabs(lab->plot.x1 - 9.42477796) < 1e-7);
    run(lab, "range default", NULL);
    run(lab, "cursor 1", NULL);
    run(lab, "zoom 2", NULL); /* the cursor stays where it is on the screen */
    assert_true(lab->plot.x0 == -2 && lab->plot.x1 == 3 && lab->plot.cursor == 1);
    run(lab, "pan 0.5", NULL);
    assert_true(lab->plot.x0 == 0.5 && lab->plot.x1 == 5.5 && lab->plot.cursor == 3.5);
    refuse(lab, "range 2 1", "goes up", 6);
    refuse(lab, "range 1 1", "goes up", 6);
    refuse(lab, "range 1 inf", "within", 6);
    refuse(lab, "range nan 1", "goes up", 6);
    refuse(lab, "range 1e16 1e16+2", "too few", 6);
    refuse(lab, "zoom 0", "positive", 5);
    refuse(lab, "zoom -1", "positive", 5);
    refuse(lab, "zoom nan", "positive", 5);
    refuse(lab, "plot range=1", "X0:X1", 11);
    refuse(lab, "plot range=2:1", "goes up", 11);
    refuse(lab, "plot gelu size=0x3", "size", -1);
    refuse(lab, "plot gelu alpha=2", "no parameter", 16);
    refuse(lab, "plot nosuch", "nosuch", 5);
    refuse(lab, "plot gelu charset=foo", "foo", 18);
    refuse(lab, "plot gelu width=3", "width", 10);
    refuse(lab, "charset foo", "foo", 8);
    for (int i = 0; i < 200; i++) { /* as deep as one can, then an error and no change */
        struct error e;
        lab_run(lab, "zoom 10", stderr, &e);
    }
    assert_true(lab->plot.x1 > lab->plot.x0);
    struct text t = {0};
    pane(lab, 20, 70, &t);
    run(lab, "range -1e150 1e150", NULL);
    pane(lab, 20, 70, &t);
    run(lab, "fn exp(exp(x))", NULL);
    pane(lab, 20, 70, &t);
    text_free(&t);
    assert_true(lab->plot.x0 == -1e150);
    lab_free(lab);
}

/* --- what stands beside the curves ------------------------------------------------------------ */

static void test_difference(void **state)
{
    double at;
    const struct fn a = fn_default(activation_find("gelu"));
    const struct fn b = fn_default(activation_find("gelu_tanh"));
    const double d = plot_largest_difference(&a, &b, -5, 5, &at);
    struct lab *lab = fresh();
    (void)state;
    assert_true(d > 4.72e-4 && d < 4.74e-4);
    assert_true(fabs(fabs(at) - 2.699) < 0.01);
    run(lab, "fn gelu", NULL);
    refuse(lab, "difference on", "compare", -1);
    run(lab, "compare gelu_tanh", NULL);
    run(lab, "difference on", NULL);
    assert_shows(lab, "gelu - gelu_tanh");
    assert_shows(lab, "largest 0.000473 at x = ");
    run(lab, "compare off", NULL);
    assert_hides(lab, "gelu - gelu_tanh");
    refuse(lab, "compare relu nosuch", "nosuch", 13);
    run(lab, "compare relu swish tanh", NULL);
    assert_shows(lab, "%%% tanh");
    refuse(lab, "compare relu swish tanh elu", "usage", 24);
    lab_free(lab);
}

static void test_saturation(void **state)
{
    double from[4], to[4], share;
    const struct fn sigmoid = fn_default(activation_find("sigmoid"));
    const struct fn relu = fn_default(activation_find("relu"));
    const struct fn identity = fn_default(activation_find("identity"));
    /* s(1-s) = 0.05/4 where |x| = acosh(2/0.05 - 1) = ln((1+sqrt(.95))/(1-sqrt(.95))) */
    const double edge = log((1 + sqrt(0.95)) / (1 - sqrt(0.95)));
    struct lab *lab = fresh();
    (void)state;
    assert_int_equal(plot_flat_spans(&sigmoid, -10, 10, from, to, &share), 2);
    assert_true(fabs(to[0] + edge) < 1e-9 && fabs(from[1] - edge) < 1e-9);
    assert_true(fabs(share - (20 - 2 * edge) / 20) < 1e-9);
    assert_int_equal(plot_flat_spans(&relu, -3, 1, from, to, &share), 1);
    assert_true(fabs(share - 0.75) < 1e-9);
    assert_int_equal(plot_flat_spans(&identity, -3, 1, from, to, &share), 0);
    assert_true(share == 0);
    run(lab, "fn relu", NULL);
    assert_shows(lab, "saturated: 5");
    run(lab, "saturation off", NULL);
    assert_hides(lab, "saturated");
    refuse(lab, "saturation maybe", "neither", 11);
    lab_free(lab);
}

static void test_kink_inspector(void **state)
{
    struct lab *lab = fresh();
    (void)state;
    run(lab, "fn leaky_relu", NULL);
    assert_shows(lab, "kink at 0: f' 0.01 | 1");
    assert_shows(lab, "PyTorch 0.01  JAX 1  Keras 0.01");
    run(lab, "cursor 1", NULL);
    assert_hides(lab, "kink");
    run(lab, "fn hardshrink", NULL);
    run(lab, "cursor 0.5", NULL);
    assert_shows(lab, "jump at 0.5: f 0 | 0.5");
    run(lab, "fn step", NULL); /* no framework has it */
    run(lab, "cursor 0", NULL);
    assert_shows(lab, "jump at 0: f 0 | 1");
    assert_hides(lab, "PyTorch");
    lab_free(lab);
}

static int curve_cells(struct lab *lab, const char *line, int rows, int cols)
{
    struct grid g;
    int n = 0;
    run(lab, line, NULL);
    grid_init(&g, rows, cols);
    view_plot(lab, &g, (struct rect){0, 0, rows, cols});
    for (int i = 0; i < rows * cols; i++)
        n += g.cell[i].role == ROLE_CURVE && g.cell[i].glyph < 0x80 &&
             strchr("_.-'/\\|O@", (int)g.cell[i].glyph);
    grid_free(&g);
    return n;
}

/* However many facts there are, they stand beside the curve. */
static void test_legend_covers_no_curve(void **state)
{
    static const int sizes[][2] = {{9, 40}, {13, 43}, {20, 70}, {40, 100}};
    struct lab *lab = fresh();
    (void)state;
    lab->set.charset = CHARSET_ASCII;
    run(lab, "fn hardtanh", NULL);
    for (int i = 0; i < 4; i++) {
        const int rows = sizes[i][0], cols = sizes[i][1];
        const int bare = curve_cells(lab, "saturation off", rows, cols); /* and no cursor */
        run(lab, "cursor 1", NULL);
        const int kink = curve_cells(lab, "saturation on", rows, cols);
        assert_true(kink >= bare - 1); /* the cursor stands on the curve */
        run(lab, "cursor 3", NULL);
    }
    lab_free(lab);
}

static void test_tangent(void **state)
{
    struct lab *lab = fresh();
    (void)state;
    run(lab, "cursor 1.5", NULL);
    run(lab, "tangent on", NULL);
    assert_shows(lab, "--- - tangent, slope 0.149");
    run(lab, "compare tanh", NULL);
    assert_shows(lab, "tangent, slope 0.149");
    run(lab, "difference on", NULL); /* of what is drawn: less tanh's 0.181 */
    assert_shows(lab, "tangent, slope -0.0316");
    run(lab, "compare off", NULL);
    run(lab, "fn relu", NULL);
    run(lab, "cursor 0", NULL);
    assert_shows(lab, "no tangent");
    run(lab, "fn sigmoid", NULL);
    run(lab, "naive on", NULL);
    assert_hides(lab, "tangent");
    run(lab, "tangent off", NULL);
    run(lab, "tangent on", NULL);
    assert_non_null(strstr(lab->message, "naive off"));
    lab_free(lab);
}

/* x goes to the extremes of the curve that is drawn. */
static void test_points_of_a_difference(void **state)
{
    struct lab *lab = fresh();
    (void)state;
    run(lab, "fn gelu", NULL);
    run(lab, "compare gelu_tanh", NULL);
    run(lab, "difference on", NULL);
    run(lab, "cursor =2.5", NULL);
    run(lab, "cursor next", NULL);
    assert_true(fabs(lab->plot.cursor - 2.699) < 1e-3);
    assert_non_null(strstr(lab->message, "minimum at 2.699"));
    run(lab, "compare gelu", NULL); /* nothing but zero */
    refuse(lab, "cursor next", "f - g", -1);
    lab_free(lab);
}

static void test_focus_is_inverted(void **state)
{
    struct lab *lab = fresh();
    struct grid g;
    struct rect cursor;
    (void)state;
    lab->set.charset = CHARSET_ASCII;
    run(lab, "focus plot", NULL);
    grid_init(&g, 24, 80);
    view_screen(lab, NULL, &g, &cursor);
    int f = 0, df = 0;
    for (int col = 0; col < 80; col++) {
        f += grid_at(&g, 1, col)->role == ROLE_FOCUS;
        df += grid_at(&g, 1, col)->role == ROLE_FOCUS_DERIVATIVE;
    }
    assert_true(f >= 4 && df == 4); /* the mark and "f - ", "f' o" */
    run(lab, "plot x*sigmoid(x)", NULL);
    view_screen(lab, NULL, &g, &cursor);
    struct text t = {0};
    grid_to_text(&g, true, &t);
    assert_non_null(strstr(text_str(&t), "formula  f(x) = x*sigmoid(x)  f' exact"));
    text_free(&t);
    grid_free(&g);
    lab_free(lab);
}

/* A step of one's own has its impulse and its ends, too. */
static void test_defined_jump(void **state)
{
    struct lab *lab = fresh();
    struct text t = {0};
    (void)state;
    run(lab, "def mine(x)=if(x>0.5,2,-1)", NULL);
    run(lab, "fn mine", NULL);
    pane(lab, 20, 70, &t);
    assert_non_null(strstr(text_str(&t), "^"));
    assert_non_null(strstr(text_str(&t), "@"));
    assert_non_null(strstr(text_str(&t), "O---"));
    run(lab, "fn relu", NULL); /* kinks of both, in order */
    run(lab, "compare hardshrink", NULL);
    run(lab, "difference on", NULL);
    struct plot_curves curves;
    plot_curves_make(lab, &curves);
    assert_int_equal(curves.curves, 1);
    assert_int_equal(curves.curve[0].nbreaks, 3);
    for (int i = 1; i < 3; i++)
        assert_true(curves.curve[0].breaks[i - 1].x < curves.curve[0].breaks[i].x);
    text_free(&t);
    lab_free(lab);
}

static void test_ghost_and_histogram(void **state)
{
    struct lab *lab = fresh();
    (void)state;
    run(lab, "fn elu", NULL);
    run(lab, "alpha 1.5", NULL);
    run(lab, "alpha +1step", NULL);
    assert_shows(lab, "-- -- alpha 1"); /* where it began to turn */
    run(lab, "alpha 1", NULL);
    assert_hides(lab, "-- alpha");
    run(lab, "histogram 2", NULL);
    lab_settle(lab);
    assert_shows(lab, "z of layer 2");
    assert_shows(lab, "##");
    refuse(lab, "histogram 99", "whole number", 10);
    run(lab, "net layers=1", NULL);
    lab_settle(lab);
    assert_hides(lab, "z of layer 2"); /* there is none any more */
    lab_free(lab);
}

static void test_sweep(void **state)
{
    struct lab *lab = fresh();
    (void)state;
    run(lab, "fn elu", NULL);
    run(lab, "sweep alpha 0 2", NULL); /* nobody watches */
    assert_true(lab->fn.alpha == 2 && !lab->plot.sweep.on);
    lab->interactive = true;
    run(lab, "sweep alpha 0 2", NULL);
    assert_true(lab->fn.alpha == 0 && lab->plot.sweep.on);
    for (int i = 0; i < 1000 && lab->plot.sweep.on; i++)
        lab_tick(lab, 0.02, 0);
    assert_true(lab->fn.alpha == 2 && !lab->plot.sweep.on);
    refuse(lab, "sweep gamma 0 1", "alpha or beta", 6);
    refuse(lab, "sweep beta 0 1", "beta", -1);
    refuse(lab, "sweep alpha 0 99", "alpha", -1);
    lab_free(lab);
}

static void test_naive(void **state)
{
    struct lab *lab = fresh();
    struct text t = {0};
    (void)state;
    run(lab, "naive tanh", &t);
    assert_non_null(strstr(text_str(&t), "not a number"));
    run(lab, "naive sigmoid --format=csv", &t);
    assert_non_null(strstr(text_str(&t), "x,naive,stable,digits,verdict\r\n"));
    refuse(lab, "naive identity", "no textbook formula", -1);
    run(lab, "fn tanh", NULL);
    run(lab, "naive on", NULL);
    assert_true(lab->plot.x1 > 710 && lab->plot.x1 < 2000);
    assert_shows(lab, "above 709.8: not a number");
    run(lab, "fn relu", NULL); /* another function: the view is the usual one */
    assert_true(lab->plot.x1 == 5 && !lab->plot.naive);
    text_free(&t);
    lab_free(lab);
}

/* --- printing --------------------------------------------------------------------------------- */

static void test_printing(void **state)
{
    struct lab *lab = fresh();
    struct text t = {0};
    (void)state;
    run(lab, "plot elu alpha=2 charset=ascii size=60x16", &t);
    int lines = 0, widest = 0, now = 0;
    for (size_t i = 0; i < t.len; i++) {
        assert_true((unsigned char)t.s[i] < 0x80);
        now = t.s[i] == '\n' ? 0 : now + 1;
        widest = now > widest ? now : widest;
        lines += t.s[i] == '\n';
    }
    assert_int_equal(lines, 16);
    assert_true(widest <= 60 && widest > 50);
    assert_non_null(strstr(text_str(&t), "alpha 2"));
    assert_true(lab->fn.alpha == 2); /* as on the screen: what is plotted is the lab's function */
    run(lab, "plot 1/x range=-2:2 color=always theme=light charset=ascii", &t);
    assert_non_null(strstr(text_str(&t), "\033["));
    run(lab, "facts elu", &t);
    assert_non_null(strstr(text_str(&t), "Clevert"));
    run(lab, "fn elu alpha=0.5", NULL);
    run(lab, "facts plotted", &t);
    assert_non_null(strstr(text_str(&t), "alpha          0.5 now"));
    run(lab, "facts", &t);
    assert_non_null(strstr(text_str(&t), "\n\nzero: "));
    assert_non_null(strstr(text_str(&t), " cost: "));
    run(lab, "facts --format=json", &t);
    assert_non_null(strstr(text_str(&t), "\"sigmoid\""));
    refuse(lab, "facts elu width=1", "width", 10);
    refuse(lab, "facts nosuch", "nosuch", 6);
    text_free(&t);
    lab_free(lab);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_asymptotes_in_view),
        cmocka_unit_test(test_range_stands_still),
        cmocka_unit_test(test_cursor),
        cmocka_unit_test(test_columns_on_screen),
        cmocka_unit_test(test_ranges),
        cmocka_unit_test(test_difference),
        cmocka_unit_test(test_saturation),
        cmocka_unit_test(test_kink_inspector),
        cmocka_unit_test(test_legend_covers_no_curve),
        cmocka_unit_test(test_tangent),
        cmocka_unit_test(test_points_of_a_difference),
        cmocka_unit_test(test_focus_is_inverted),
        cmocka_unit_test(test_defined_jump),
        cmocka_unit_test(test_ghost_and_histogram),
        cmocka_unit_test(test_sweep),
        cmocka_unit_test(test_naive),
        cmocka_unit_test(test_printing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
