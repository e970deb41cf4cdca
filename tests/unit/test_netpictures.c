/* test_netpictures.c - the network pane's views: whole numbers, nothing left out without a word,
 * room that is used. */
#include "lab.h"
#include "lab/netview.h"
#include "view/view.h"

#include <unistd.h>

/* The pane at this size after these lines. */
static char *pane_in(enum charset charset, const char *lines, int rows, int cols)
{
    struct lab *lab = open_lab(NULL);
    struct text t = {0};
    struct grid g;

    lab->set.charset = CHARSET_ASCII;
    run_lines(lab, lines);
    lab_measure(lab);
    lab->set.charset = (int)charset;
    grid_init(&g, rows, cols);
    view_network(lab, &g, (struct rect){0, 0, rows, cols});
    grid_to_text(&g, charset == CHARSET_ASCII, &t);
    grid_free(&g);
    session_close(lab);
    return t.s;
}

static char *pane(const char *lines, int rows, int cols)
{
    return pane_in(CHARSET_ASCII, lines, rows, cols);
}

static const char diverged[] = "fn elu\nalpha 2\nnet lr=30\ntrain 1 epoch\n";

static char *after_diverging(const char *view, int rows, int cols)
{
    char lines[128];

    snprintf(lines, sizeof lines, "%snetview %s", diverged, view);
    return pane(lines, rows, cols);
}

/* However large: all digits of the exponent, no sign before nan, bars to both sides of a zero. */
static void test_weights_whole(void **state)
{
    char *s = after_diverging("weights", 7, 80);

    (void)state;
    shows(s, "bias -4.7e+07 ############|");
    shows(s, "delta nan");
    lacks(s, "-nan");
    free(s);
    s = pane("net layers=1 width=2\nunit 1 1\nweight 0 -123.456\nweight 1 0.00001\nweight 2 5000\n"
             "netview weights",
             7, 80);
    shows(s, "bias -123.456");
    shows(s, "+1.0e-05             |=");
    shows(s, "+5000.00             |####");
    free(s);
}

static void test_weights_say_how_many(void **state)
{
    char *s = pane("net width=24\nunit 2 1\nnetview weights", 7, 80);

    (void)state;
    shows(s, "0-17 of 24");
    free(s);
    s = pane("net width=24\nunit 2 1\ninput 20\nnetview weights", 7, 80);
    shows(s, "18-24 of 24");
    free(s);
    s = pane("net width=12\nunit 2 1\nnetview weights", 7, 80);
    lacks(s, " of 12");
    free(s);
    s = pane("net width=24\nunit 2 1\nnetview weights", 10, 40); /* a word whole, or not at all */
    shows(s, "0-17 of 24");
    lacks(s, "delt ");
    free(s);
}

static void test_output_weights(void **state)
{
    char *s = pane("net layers=2 width=4\nunit 3 1\nnetview weights", 7, 80);

    (void)state;
    shows(s, "layer 3, the output");
    shows(s, "   4  ");
    free(s);
    s = pane("net layers=0\nnetview weights", 7, 80);
    shows(s, "layer 1, the output");
    free(s);
}

static int count(const char *picture, const char *what)
{
    int n = 0;

    for (const char *s = picture; (s = strstr(s, what)); s += strlen(what))
        n++;
    return n;
}

static void test_units_say_what_a_cell_is(void **state)
{
    char *s = pane("net width=512 layers=4\nnetview units", 7, 80);

    (void)state;
    shows(s, "a cell: worst of 12");
    free(s);
    s = pane("net layers=100 width=4\nnetview units", 7, 80);
    shows(s, "1 of 3 layers");
    free(s);
    s = pane("net layers=4 width=16\nnetview units", 7, 80);
    lacks(s, "worst");
    lacks(s, "diverged");
    free(s);
}

/* One dead unit is seen whichever of many it is. */
static void test_units_show_the_worst(void **state)
{
    char *none, *some;

    (void)state;
    none = pane("fn relu\nnet width=512 layers=1 init=he\nnetview units", 5, 40);
    some =
        pane("fn relu\nnet width=512 layers=1 init=he\nunit 1 301\nweight 0 -1000\nnetview units",
             5, 40);
    assert_true(count(some, "x") > 0);
    assert_int_equal(count(some, "x"), count(none, "x") + 1);
    free(none);
    free(some);
}

static void test_units_diverged(void **state)
{
    char *s = after_diverging("units", 7, 80);

    (void)state;
    shows(s, "! diverged");
    free(s);
}

/* With room a unit is more than a letter, and all of them are there. */
static void test_units_grow(void **state)
{
    char *s = pane("fn relu\nnet width=4 layers=1 init=he\nkill 1\nnetview units", 16, 60);

    (void)state;
    shows(s, "xxxxx");
    free(s);
    s = pane("fn relu\nnet width=16 layers=1 init=he\nkill 1\nnetview units", 6, 21);
    shows(s, " x x x x\n"); /* can be counted */
    free(s);
}

static void test_histogram_all_layers(void **state)
{
    char *s = pane("net layers=8\nnetview histogram", 7, 80);

    (void)state;
    assert_int_equal(count(s, "<-6"), 2); /* two beside each other */
    assert_int_equal(count(s, ">6"), 2);
    lacks(s, "of 8");
    free(s);
    s = pane("net layers=100\nnetview histogram", 7, 80);
    shows(s, "6 of 100 layers");
    free(s);
    s = pane("net layers=30\nnetview histogram", 12, 90);
    shows(s, "22 of 30 layers");
    free(s);
    s = pane("net layers=30\nnetview histogram", 10, 40);
    shows(s, "9 of 30");
    free(s);
}

static void test_histogram_diverged(void **state)
{
    char *s = after_diverging("histogram", 9, 80);

    (void)state;
    shows(s, "! diverged");
    free(s);
}

static void test_loss_diverged(void **state)
{
    char *s = after_diverging("loss", 7, 80);

    (void)state;
    shows(s, "diverged at step 2");
    lacks(s, "train to see");
    lacks(s, "held out");
    free(s);
    s = pane("net layers=2 loss=squared fn=relu lr=1e6\ntrain 1 epoch\nnetview loss", 12, 40);
    shows(s, "- loss"); /* which began with a number, and is drawn there */
    free(s);
    s = pane("netview loss", 7, 80);
    shows(s, "train to see the loss fall");
    free(s);
}

/* Where the loss is large for most of the run the axis is, too. */
static void test_loss_large(void **state)
{
    static const char large[] =
        "net layers=6 width=10 fn=relu init=he lr=1000\ntrain 5 epochs\nnetview loss";
    char *s = pane(large, 7, 80);

    (void)state;
    shows(s, "200 +");
    assert_int_equal(count(s, "^"), 2); /* the first steps' is larger yet */
    free(s);
    s = pane_in(CHARSET_BRAILLE, large, 21, 80);
    assert_int_equal(count(s, "\u25b2"), 2); /* at the left edge, too */
    free(s);
}

/* Far from the origin: the data's own range, its numbers and what the signs mean. */
static void test_map_range(void **state)
{
    char name[] = "/tmp/actlab-map-XXXXXX.csv", lines[128], *s;
    const int fd = mkstemps(name, 4);

    (void)state;
    assert_true(fd >= 0);
    for (int i = 0; i < 25; i++)
        dprintf(fd, "%d,%d,%d\n", 100 + i % 5, 1000 + i / 5, i % 2);
    close(fd);
    snprintf(lines, sizeof lines, "net data=%s test=0\nnetview map\n", name);
    s = pane(lines, 21, 52);
    unlink(name);
    assert_int_equal(count(s, "o") + count(s, "x"), 25 + 2); /* each in a cell of its own */
    shows(s, "o class 1  x class 0");
    shows(s, ":. answers 1  blank answers 0");
    free(s);
}

/* Further out still, numbers differ only in their last digits; all of these are there, or none. */
static void test_map_far_out(void **state)
{
    char name[] = "/tmp/actlab-map-XXXXXX.csv", lines[128], *s;
    const int fd = mkstemps(name, 4);

    (void)state;
    assert_true(fd >= 0);
    for (int i = 0; i < 25; i++)
        dprintf(fd, "%d,%d,%d\n", 1000000 + i % 5, 9000000 + i / 5, i % 2);
    close(fd);
    snprintf(lines, sizeof lines, "net data=%s test=0\nnetview map\n", name);
    s = pane(lines, 21, 52);
    unlink(name);
    shows(s, "999995      1000000    1000005");
    lacks(s, "1e+06");
    lacks(s, "9.0"); /* 9.00005e+06 has no room */
    free(s);
}

/* At home, zoomed, the map takes all rows that there are. */
static void test_map_fills(void **state)
{
    char *s = pane("netview map", 21, 80), *row = s;

    (void)state;
    for (int i = 0; i < 21; i++) {
        assert_true(row[0] != '\n' && strspn(row, " ") < 50);
        row = strchr(row, '\n') + 1;
    }
    free(s);
}

static void test_no_layers(void **state)
{
#define NETVIEW(name, by_layer, needs_layers, alone, side, help) needs_layers,
    static const bool needs_layers[] = {
#include "lab/netviews.def"
    };
#undef NETVIEW

    (void)state;
    for (int i = 0; i < NETVIEWS; i++) {
        char lines[64], *s;

        if (!needs_layers[i])
            continue;
        snprintf(lines, sizeof lines, "net layers=0\nnetview %s", netview_names[i]);
        s = pane(lines, 20, 80);
        assert_true(strncmp(s, "No hidden layer: only a straight line.", 38) == 0);
        shows(s, "class 1");
        free(s);
        s = pane(lines, 9, 40);
        shows(s, "straight line.");
        shows(s, "xx");
        free(s);
    }
}

/* Where there is much room bars, units, histograms, map and losses are seen at once. */
static void test_much_room(void **state)
{
    char *s = pane("net layers=4", 21, 200);

    (void)state;
    shows(s, "delta");
    shows(s, "units");
    shows(s, "z layer 4");
    shows(s, "train to see");
    free(s);
    s = pane("net layers=4\nnetview units", 47, 160);
    shows(s, "units");
    shows(s, "saturated   0%");
    shows(s, "class 1");
    free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_weights_whole),
        cmocka_unit_test(test_weights_say_how_many),
        cmocka_unit_test(test_output_weights),
        cmocka_unit_test(test_units_say_what_a_cell_is),
        cmocka_unit_test(test_units_show_the_worst),
        cmocka_unit_test(test_units_diverged),
        cmocka_unit_test(test_units_grow),
        cmocka_unit_test(test_histogram_all_layers),
        cmocka_unit_test(test_histogram_diverged),
        cmocka_unit_test(test_loss_diverged),
        cmocka_unit_test(test_loss_large),
        cmocka_unit_test(test_map_range),
        cmocka_unit_test(test_map_far_out),
        cmocka_unit_test(test_map_fills),
        cmocka_unit_test(test_no_layers),
        cmocka_unit_test(test_much_room),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
