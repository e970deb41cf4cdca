/* test_plotview.c - the plot pane and its commands: what is said beside the curves, and the plot as
 * it is printed. */
#include "lab.h"
#include "view/plotview.h"
#include "view/view.h"

#include <math.h>

static const char *pane(struct lab *lab)
{
    return seen(lab, view_plot, 20, 70);
}

/* --- what stands above the curves ------------------------------------------------------------- */

/* From column to column the cursor reads another number, wherever the window is. */
static void test_readings_differ(void **state)
{
    static const char *const ranges[] = {
        "-5 5",          "-0.001 0.001",       "1 1.001",       "99 101",          "999 1001",
        "-5000 5000",    "99990 100010",       "123456 123457", "1000000 1000010", "-1e9 1e9",
        "-1000010 -1e6", "1e12 1000000000010", "1e100 1.1e100", "1e-100 2e-100"};
    struct lab *lab = *state;

    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
        char line[64], left[128], right[128], before[128] = "";

        snprintf(line, sizeof line, "range %s", ranges[i]);
        run(lab, line);
        run(lab, "cursor first");
        for (int col = 0; col < 30; col++) {
            const char *x;

            view_plot_title(lab, left, sizeof left, right, sizeof right);
            x = strstr(right, "x ");
            assert_non_null(x);
            assert_true(strlen(right) < 48);
            if (strncmp(x, before, strcspn(x, "f")) == 0)
                fail_msg("range %s, column %d: %s", ranges[i], col, right);
            strcpy(before, x);
            run(lab, "cursor +1col");
        }
    }
}

/* The same of heights that a far-off function has. */
static void test_far_heights(void **state)
{
    struct lab *lab = *state;
    char left[128], right[128];

    run(lab, "fn tanh");
    run(lab, "compare 1e6+x");
    run(lab, "fn 1e6+x");
    run(lab, "compare 1e6-x");
    run(lab, "cursor 3");
    view_plot_title(lab, left, sizeof left, right, sizeof right);
    shows(right, " 1000003");
}

/* --- what stands beside the curves ------------------------------------------------------------ */

static void test_difference(void **state)
{
    double at;
    const struct fn a = fn_default(activation_find("gelu"));
    const struct fn b = fn_default(activation_find("gelu_tanh"));
    const double d = plot_largest_difference(&a, &b, -5, 5, &at);
    struct lab *lab = open_lab(NULL);
    (void)state;
    assert_true(d > 4.72e-4 && d < 4.74e-4);
    assert_true(fabs(fabs(at) - 2.699) < 0.01);
    run(lab, "fn gelu");
    refuses_at(lab, "difference on", "compare", -1);
    run(lab, "compare gelu_tanh");
    run(lab, "difference on");
    shows(pane(lab), "gelu - gelu_tanh");
    shows(pane(lab), "largest 0.000473 at x = ");
    run(lab, "compare off");
    lacks(pane(lab), "gelu - gelu_tanh");
    refuses_at(lab, "compare relu nosuch", "nosuch", 13);
    run(lab, "compare relu swish tanh");
    shows(pane(lab), "%%% tanh");
    refuses_at(lab, "compare relu swish tanh elu", "usage", 24);
    session_close(lab);
}

static void test_saturation(void **state)
{
    double from[4], to[4], share;
    const struct fn sigmoid = fn_default(activation_find("sigmoid"));
    const struct fn relu = fn_default(activation_find("relu"));
    const struct fn identity = fn_default(activation_find("identity"));
    /* s(1-s) = 0.05/4 where |x| = acosh(2/0.05 - 1) = ln((1+sqrt(.95))/(1-sqrt(.95))) */
    const double edge = log((1 + sqrt(0.95)) / (1 - sqrt(0.95)));
    struct lab *lab = open_lab(NULL);
    (void)state;
    assert_int_equal(plot_flat_spans(&sigmoid, -10, 10, from, to, &share), 2);
    assert_true(fabs(to[0] + edge) < 1e-9 && fabs(from[1] - edge) < 1e-9);
    assert_true(fabs(share - (20 - 2 * edge) / 20) < 1e-9);
    assert_int_equal(plot_flat_spans(&relu, -3, 1, from, to, &share), 1);
    assert_true(fabs(share - 0.75) < 1e-9);
    assert_int_equal(plot_flat_spans(&identity, -3, 1, from, to, &share), 0);
    assert_true(share == 0);
    run(lab, "fn relu");
    shows(pane(lab), "saturated: 5");
    run(lab, "saturation off");
    lacks(pane(lab), "saturated");
    refuses_at(lab, "saturation maybe", "must be on or off", 11);
    session_close(lab);
}

static void test_kink_inspector(void **state)
{
    struct lab *lab = open_lab(NULL);
    (void)state;
    run(lab, "fn leaky_relu");
    shows(pane(lab), "kink at 0: f' 0.01 | 1");
    shows(pane(lab), "PyTorch 0.01  JAX 1  Keras 0.01");
    run(lab, "cursor 1");
    lacks(pane(lab), "kink");
    run(lab, "fn hardshrink");
    run(lab, "cursor 0.5");
    shows(pane(lab), "jump at 0.5: f 0 | 0.5");
    run(lab, "fn step"); /* no framework has it */
    run(lab, "cursor 0");
    shows(pane(lab), "jump at 0: f 0 | 1");
    lacks(pane(lab), "PyTorch");
    session_close(lab);
}

static int curve_cells(struct lab *lab, const char *line, int rows, int cols)
{
    struct grid g;
    int n = 0;
    run(lab, line);
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
    struct lab *lab = open_lab(NULL);
    (void)state;
    lab->set.charset = CHARSET_ASCII;
    run(lab, "fn hardtanh");
    for (int i = 0; i < 4; i++) {
        const int rows = sizes[i][0], cols = sizes[i][1];
        const int bare = curve_cells(lab, "saturation off", rows, cols); /* and no cursor */
        run(lab, "cursor 1");
        const int kink = curve_cells(lab, "saturation on", rows, cols);
        assert_true(kink >= bare - 1); /* the cursor stands on the curve */
        run(lab, "cursor 3");
    }
    session_close(lab);
}

static void test_tangent(void **state)
{
    struct lab *lab = open_lab(NULL);
    (void)state;
    run(lab, "cursor 1.5");
    run(lab, "tangent on");
    shows(pane(lab), "--- - tangent, slope 0.149");
    run(lab, "compare tanh");
    shows(pane(lab), "tangent, slope 0.149");
    run(lab, "difference on"); /* of what is drawn: less tanh's 0.181 */
    shows(pane(lab), "tangent, slope -0.0316");
    run(lab, "compare off");
    run(lab, "fn relu");
    run(lab, "cursor 0");
    shows(pane(lab), "no tangent");
    run(lab, "fn sigmoid");
    run(lab, "naive on");
    lacks(pane(lab), "tangent");
    run(lab, "tangent off");
    run(lab, "tangent on");
    assert_non_null(strstr(lab->screen.message, "naive off"));
    session_close(lab);
}

static void test_focus_is_inverted(void **state)
{
    struct lab *lab = open_lab(NULL);
    struct grid g;
    struct rect cursor;
    (void)state;
    lab->set.charset = CHARSET_ASCII;
    run(lab, "focus plot");
    grid_init(&g, 24, 80);
    view_screen(lab, NULL, &g, &cursor);
    int f = 0, df = 0;
    for (int col = 0; col < 80; col++) {
        f += grid_at(&g, 1, col)->role == ROLE_FOCUS;
        df += grid_at(&g, 1, col)->role == ROLE_FOCUS_DERIVATIVE;
    }
    assert_true(f >= 4 && df == 4); /* the mark and "f - ", "f' o" */
    run(lab, "plot x*sigmoid(x)");
    view_screen(lab, NULL, &g, &cursor);
    struct text t = {0};
    grid_to_text(&g, true, &t);
    shows(text_str(&t), "formula  f(x) = x*sigmoid(x)  f' exact");
    text_free(&t);
    grid_free(&g);
    session_close(lab);
}

/* A step of one's own has its impulse and its ends, too. */
static void test_defined_jump(void **state)
{
    struct lab *lab = open_lab(NULL);
    (void)state;
    run(lab, "def mine(x)=if(x>0.5,2,-1)");
    run(lab, "fn mine");
    shows(pane(lab), "^");
    shows(pane(lab), "@");
    shows(pane(lab), "O---");
    run(lab, "fn relu"); /* kinks of both, in order */
    run(lab, "compare hardshrink");
    run(lab, "difference on");
    struct plot_curves curves;
    plot_curves_make(lab, &curves);
    assert_int_equal(curves.curves, 1);
    assert_int_equal(curves.curve[0].nbreaks, 3);
    for (int i = 1; i < 3; i++)
        assert_true(curves.curve[0].breaks[i - 1].x < curves.curve[0].breaks[i].x);
    session_close(lab);
}

static void test_ghost_and_histogram(void **state)
{
    struct lab *lab = open_lab(NULL);
    (void)state;
    run(lab, "fn elu");
    run(lab, "alpha 1.5");
    run(lab, "alpha +1step");
    shows(pane(lab), "-- -- alpha 1"); /* where it began to turn */
    run(lab, "alpha 1");
    lacks(pane(lab), "-- alpha");
    run(lab, "histogram 2");
    lab_measure(lab);
    shows(pane(lab), "z of layer 2");
    shows(pane(lab), "##");
    refuses_at(lab, "histogram 99", "whole number", 10);
    run(lab, "net layers=1");
    lab_measure(lab);
    lacks(pane(lab), "z of layer 2"); /* there is none any more */
    session_close(lab);
}

static void test_sweep(void **state)
{
    struct lab *lab = open_lab(NULL);
    (void)state;
    run(lab, "fn elu");
    run(lab, "sweep alpha 0 2"); /* nobody watches */
    assert_true(lab->model.fn.alpha == 2 && !lab->model.plot.sweep.on);
    lab->interactive = true;
    run(lab, "sweep alpha 0 2");
    assert_true(lab->model.fn.alpha == 0 && lab->model.plot.sweep.on);
    for (int i = 0; i < 1000 && lab->model.plot.sweep.on; i++)
        session_tick(lab, 0.02, 0);
    assert_true(lab->model.fn.alpha == 2 && !lab->model.plot.sweep.on);
    refuses_at(lab, "sweep gamma 0 1", "alpha or beta", 6);
    refuses_at(lab, "sweep beta 0 1", "beta", -1);
    refuses_at(lab, "sweep alpha 0 99", "alpha", -1);
    session_close(lab);
}

static void test_naive(void **state)
{
    struct lab *lab = open_lab(NULL);
    (void)state;
    says(lab, "naive tanh", "not a number");
    says(lab, "naive sigmoid --format=csv", "x,naive,stable,digits,verdict\r\n");
    refuses_at(lab, "naive identity", "no textbook formula", -1);
    run(lab, "fn tanh");
    run(lab, "naive on");
    assert_true(lab->model.plot.x1 > 710 && lab->model.plot.x1 < 2000);
    shows(pane(lab), "above 709.8: not a number");
    run(lab, "fn relu"); /* another function: the view is the usual one */
    assert_true(lab->model.plot.x1 == 5 && !lab->model.plot.naive);
    session_close(lab);
}

/* --- printing --------------------------------------------------------------------------------- */

static void test_printing(void **state)
{
    struct lab *lab = open_lab(NULL);
    char *said = output(lab, "plot elu alpha=2 charset=ascii size=60x16");
    int lines = 0, widest = 0, now = 0;

    (void)state;
    for (const char *s = said; *s; s++) {
        assert_true((unsigned char)*s < 0x80);
        now = *s == '\n' ? 0 : now + 1;
        widest = now > widest ? now : widest;
        lines += *s == '\n';
    }
    assert_int_equal(lines, 16);
    assert_true(widest <= 60 && widest > 50);
    shows(said, "alpha 2");
    free(said);
    assert_true(lab->model.fn.alpha ==
                2); /* as on the screen: what is plotted is the lab's function */
    says(lab, "plot 1/x range=-2:2 color=always theme=light charset=ascii", "\033[");
    says(lab, "facts elu", "Clevert");
    run(lab, "fn elu alpha=0.5");
    says(lab, "facts plotted", "alpha          0.5 now");
    says(lab, "facts", "\n\nzero: ");
    says(lab, "facts", " cost: ");
    says(lab, "facts --format=json", "\"sigmoid\"");
    refuses_at(lab, "facts elu width=1", "width", 10);
    refuses_at(lab, "facts nosuch", "nosuch", 6);
    session_close(lab);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_difference),
        cmocka_unit_test(test_saturation),
        cmocka_unit_test(test_kink_inspector),
        cmocka_unit_test(test_legend_covers_no_curve),
        cmocka_unit_test(test_tangent),
        cmocka_unit_test(test_focus_is_inverted),
        cmocka_unit_test(test_defined_jump),
        cmocka_unit_test(test_ghost_and_histogram),
        cmocka_unit_test(test_sweep),
        cmocka_unit_test(test_naive),
        cmocka_unit_test(test_printing),
        LAB_TEST(test_readings_differ),
        LAB_TEST(test_far_heights),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
