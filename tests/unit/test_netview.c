/* test_netview.c - the network pane: what stands in it and beside it, at every size. */
#include "lab.h"
#include "lab/race.h"
#include "view/netviews.h"
#include "view/view.h"

static struct lab *lab;

static int begin(void **state)
{
    lab = *state = open_lab(NULL);
    return 0;
}

static const char *shown; /* what the pane showed last */

static const char *pane(int rows, int cols)
{
    return shown = seen(lab, view_network, rows, cols);
}

static const char *title(void)
{
    static char both[256];
    char left[128] = "", right[128] = "";

    lab_measure(lab);
    view_network_title(lab, left, sizeof left, right, sizeof right);
    snprintf(both, sizeof both, "%s | %s", left, right);
    return both;
}

/* The row that begins with this, in one line. */
static const char *row_of(const char *picture, const char *begin)
{
    static char row[512];

    for (const char *s = picture; *s; s = strchr(s, '\n') + 1) {
        size_t n = strcspn(s, "\n");

        if (strncmp(s, begin, strlen(begin)) != 0)
            continue;
        snprintf(row, sizeof row, "%.*s", (int)n, s);
        return row;
    }
    fail_msg("no row begins with '%s' in\n%s", begin, picture);
    return NULL;
}

/* Numbers below each other never touch, whatever the width; the ends are always told. */
static void test_numbers(void **state)
{
    char text[8];

    (void)state;
    for (int layers = 1; layers <= NET_MAX_LAYERS; layers++)
        for (int cols = 40; cols <= 260; cols += 3) {
            struct layer_columns c = layer_columns_make(cols, layers);
            int last = 0, end = 0;

            assert_true(layer_column(&c, layers) < cols);
            for (int l = 1; l <= layers; l++) {
                if (!layer_is_numbered(&c, l))
                    continue;
                assert_true(last == 0 || layer_column(&c, l) > end);
                end = layer_column(&c, l) + snprintf(text, sizeof text, "%d", l);
                if (c.pitch < 3) /* "100%" stands below it */
                    end = layer_column(&c, l) + 4;
                last = l;
            }
            assert_true(last == layers || layer_column(&c, layers) - layer_column(&c, 1) < c.apart);
        }
    run(lab, "net layers=100 width=2");
    shows(pane(10, 80), "3 layers a column");
    shows(shown, " 1       25      50      75       100");
    shows(row_of(shown, "dead"), "dead        0%      0%      0%      0%       0%");
}

/* A layer of which all is dead says so, and none that is not. */
static void test_dead(void **state)
{
    char line[80];

    (void)state;
    run(lab, "fn relu");
    for (int layers = 2; layers <= 12; layers++) {
        snprintf(line, sizeof line, "net layers=%d width=2 init=he seed=3", layers);
        run(lab, line);
        run(lab, "kill 2");
        for (int cols = 40; cols <= 120; cols += 4) {
            const char *row = row_of(pane(8, cols), "dead");

            lacks(row, "99");
            if (!strstr(row, "100")) /* narrow layers have shares of one, and say so */
                shows(row, " 1");
            if (!strstr(row, "%"))
                shows(row, "dead of 1 ");
        }
    }
    run(lab, "net layers=8");
    shows(row_of(pane(7, 80), "dead"), "dead        0%");
    shows(row_of(pane(9, 40), "dead"), "dead of 1   0");
    run(lab, "fn step");
    shows(row_of(pane(11, 80), "saturated"), "saturated   -    -");
    shows(row_of(pane(7, 80), "dead"), "dead        100% 100%");
}

/* After a single step each view shows where the pass is. */
static void test_pass(void **state)
{
    (void)state;
    run(lab, "net layers=8");
    lab->model.pass = 2.5 / 32; /* the third layer, on the way there */
    shows(row_of(pane(7, 80), "forward"), "forward >   1    2    3    4");
    lab->model.pass = (2 + 3.5 / 8) / 4; /* the fifth on the way back */
    shows(row_of(pane(7, 80), "<"), "< backward  1    2    3    4");
    run(lab, "netview units");
    shows(row_of(pane(7, 80), "<"), "< backward  1    2    3    4");
    run(lab, "netview histogram");
    shows(pane(10, 60), "< layer 5");
    lab->model.pass = 2.5 / 32;
    shows(pane(10, 60), "layer 3 >");
    lacks(pane(10, 60), "z layer 3");
    run(lab, "netview update");
    shows(pane(7, 80), "forward >");
    run(lab, "netview map"); /* has none: the number stands behind the step */
    shows(pane(7, 80), "step 0 forward > 3");
    lab->model.pass = (2 + 3.5 / 8) / 4;
    shows(pane(7, 80), "step 0 5 < backward");
    lab->measured.probe.step = 12345678;
    shows(pane(7, 80), "step 12345678 5 <\n"); /* no word is cut */
    lab->measured.probe.step = 0;
    lab->model.pass = 1;
    lacks(pane(7, 80), "backward");
    run(lab, "netview gradient");
    run(lab, "net layers=100 width=2");
    lab->model.pass = 25.5 / 400; /* its number takes its neighbour's place */
    shows(row_of(pane(10, 80), "forward"), "forward >   1       26      50");
}

/* What stands beside a view is about what it shows. */
static void test_side(void **state)
{
    (void)state;
    run(lab, "net test=0.2");
    shows(pane(7, 80), "factor   x 0.2");
    shows(shown, "' theory x 0.234\n");
    run(lab, "step");
    shows(pane(7, 80), "' theory x 0.234 at start\n");
    shows(shown, "step 1  held out 0.");
    run(lab, "netview weightgrad");
    shows(pane(7, 80), "dW       x ");
    shows(shown, "1st/last ");
    lacks(shown, "theory");
    run(lab, "netview activation");
    shows(pane(7, 80), "a rms    x ");
    shows(shown, "last/1st ");
    run(lab, "netview units");
    shows(pane(7, 80), "saturated 0.0%");
    lacks(shown, "theory");
    run(lab, "netview loss");
    shows(pane(7, 80), "accuracy 0.");
    shows(shown, "held out 0.");
    lacks(shown, "loss 0 to");
    lacks(shown, "theory");
    run(lab, "netview map");
    shows(pane(7, 80), "accuracy 0.");
}

/* Update ratio and chi of each layer have a view, and rows below the others where there is room. */
static void test_update(void **state)
{
    const char *row;

    (void)state;
    run(lab, "fn tanh");
    run(lab, "netview update");
    row = row_of(pane(7, 80), "update");
    shows(row, "update      2e-3 4e-3 ");
    shows(shown, "good ");
    shows(shown, "most     0.");
    run(lab, "netview gradient");
    lacks(pane(7, 80), "\nupdate");
    shows(pane(12, 120), "\nupdate ");
    shows(shown, "\nmean a ");
    run(lab, "net layers=2 init=zeros");
    shows(row_of(pane(12, 120), "update"), " -");
}

/* What theory says in depth stands apart, and never beside bars that it is not about. */
static void test_details(void **state)
{
    (void)state;
    lacks(pane(12, 120), "chi");
    lacks(shown, "depth scale");
    says(lab, "net details", "layer 1 gets 1/31 000 of layer 8's delta. Theory: 23%.");
    says(lab, "net details", "chi is 0.0557, and\ndelta^2 falls by e in 0.346 layers");
    run(lab, "fn tanh");
    run(lab, "net gain=1.8");
    says(lab, "net details", "delta^2 grows by e in 4.19 layers");
    run(lab, "net gain=1");
    says(lab, "net details", "neither falls nor grows");
    run(lab, "fn relu");
    run(lab, "net init=he");
    run(lab, "kill 2");
    lacks(pane(12, 120), "critical");
    run(lab, "net layernorm=on");
    says(lab, "net details", "Theory predicts nothing here");
    run(lab, "net layers=0");
    says(lab, "net details", "No hidden layer");
}

/* The sentence has the rows that there are, and is whole or leaves its last ones out. */
static void test_sentence(void **state)
{
    (void)state;
    shows(pane(8, 80), "\nGoing back, each layer passes on 23%: layer 1 gets 1/31 000 of layer 8's "
                       "delta.\n");
    lacks(shown, "Theory:");
    shows(pane(12, 120), "delta. Theory: 23%.\n");
    shows(pane(9, 40),
          "\nGoing back, each layer passes on 23%:\nlayer 1 gets 1/31 000 of layer 8's\n"
          "delta. Theory: 23%.\n");
    lacks(pane(5, 80), "Going");
    run(lab, "netview update");
    shows(pane(8, 80),
          "\nA step changes the weights by 1/94 of their size in layer 8, 3e-08 in layer 1.");
    run(lab, "netview map");
    lacks(pane(8, 80), "A step changes");
}

/* What steers the training is told first; what has no room is counted. */
static void test_settings(void **state)
{
    (void)state;
    run(lab, "net momentum=0.9 decay=0.001 optimizer=adam noise=0.2 samples=150 batch=7 seed=42 "
             "gain=1.3 bias=0.1 init=he");
    shows(pane(8, 80), "optimizer adam  batch 7\n");
    shows(shown, "decay 0.001  5 more: net\n");
    shows(pane(13, 80), "bias 0.1  noise 0.2\n");
    shows(shown, "samples 150  seed 42\n");
    lacks(shown, "more: net");
}

/* Why no gradient is left: a dead layer stops it, a deep network makes too little of it. */
static void test_lost(void **state)
{
    (void)state;
    run(lab, "net layers=3 fn=relu bias=0.5"); /* the layer above the dead one is alive */
    run(lab, "kill 2");
    says(lab, "layers", "All of layer 2 is dead, no gradient passes it: layers 1 to 2 do");
    run(lab, "net layers=75 fn=sigmoid");
    says(lab, "layers", "is less than a float can hold");
}

/* Names of three curves have room beside the numbers, if need be short ones. */
static void test_legend(void **state)
{
    (void)state;
    run(lab, "net layers=12 data=moons test=0.3");
    run(lab, "train 2 epochs");
    run(lab, "netview map");
    pane(57, 200);
    shows(shown, "loss * held out + acc  ");
    pane(20, 160);
    shows(shown, "loss  * held out  + accuracy");
}

/* The run beside the bars has a scale; the axis of a curve says what it counts. */
static void test_loss(void **state)
{
    (void)state;
    run(lab, "fn relu");
    run(lab, "net layers=3 init=he");
    run(lab, "train 60 epochs");
    shows(pane(7, 80), "loss 0 to 1.6 .____");
    run(lab, "netview loss");
    shows(pane(9, 80), " epoch");
}

/* A regression has no accuracy, and the loss that is minimised is told. */
static void test_regression(void **state)
{
    static const char *const names[] = {"gradient", "map", "loss", "units"};
    char line[40];

    (void)state;
    run(lab, "fn tanh");
    run(lab, "net data=plane test=0.2");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(line, sizeof line, "netview %s", names[i]);
        run(lab, line);
        lacks(pane(7, 80), "nan");
    }
    lacks(title(), "acc");
    omits(lab, "train 1 epoch", "accuracy");
    omits(lab, "layers", "accuracy");
    says(lab, "net", "loss       squared ");
    run(lab, "race tanh relu epochs=1");
    lacks(pane(7, 80), "nan");
}

/* A race has the pane to itself, whatever view was chosen. */
static void test_race(void **state)
{
    (void)state;
    run(lab, "net layers=4 width=8");
    run(lab, "netview weights");
    run(lab, "focus network");
    assert_string_equal(lab_key_pane(lab), "weights");
    run(lab, "race sigmoid relu x^2 'sin(x)' epochs=3");
    assert_string_equal(lab_key_pane(lab), "network");
    shows(pane(7, 80), "--- sigmoid       0.");
    shows(shown, "\n+++ x^2 ");
    shows(shown, "\n### sin(x) ");
    lacks(shown, "factor");
    lacks(shown, "\nloss");
    shows(pane(21, 80), "+++");
    assert_true(strlen(pane(21, 80)) > 21 + 800); /* the plot fills it */
    shows(pane(9, 40), "--- sigmoid       0.6");
    shows(title(), "Race 4x8 lecun lr 0.3 circle | epoch 3  ahead ");
    run(lab, "race off");
    assert_string_equal(lab_key_pane(lab), "weights");
    refuses(lab, "race relu tanh elu gelu selu", "a race takes 2 to 4 functions, not 5");
    refuses(lab, "race relu", "usage: race FN FN ...");
    refuses(lab, "race relu nosuch", "nosuch");
    run(lab, "net lr=1000");
    says(lab, "race tanh exp(x) epochs=1", "exp(x) diverged at step ");
    shows(pane(7, 80), "xxx exp(x)        diverged at step ");
    lacks(shown, "nan");
}

#define IN_A_LAB(test) cmocka_unit_test_setup_teardown(test, begin, tear_down_lab)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_LAB(test_numbers),  IN_A_LAB(test_dead),     IN_A_LAB(test_pass),
        IN_A_LAB(test_side),     IN_A_LAB(test_update),   IN_A_LAB(test_details),
        IN_A_LAB(test_sentence), IN_A_LAB(test_settings), IN_A_LAB(test_regression),
        IN_A_LAB(test_race),     IN_A_LAB(test_legend),   IN_A_LAB(test_lost),
        IN_A_LAB(test_loss),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
