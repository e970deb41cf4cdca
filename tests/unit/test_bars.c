/* test_bars.c - bars keep their scale while a network trains, and marks stay where they were. */
#include "lab.h"
#include "view/view.h"

#include <string.h>

static struct lab *lab;

static int begin(void **state)
{
    lab = *state = open_lab(NULL);
    return 0;
}

static const struct bars *measured(void)
{
    lab_measure(lab);
    return &lab->measured.bars;
}

static double delta(int layer)
{
    return lab->measured.probe.layer[layer].delta;
}

static void test_scale(void **state)
{
    double least, most;

    (void)state;
    run(lab, "fn relu");
    run(lab, "net layers=5 init=he");
    least = measured()->least.delta;
    most = measured()->most.delta;
    assert_true(least <= delta(5) && most >= delta(1));
    for (int i = 0; i < 20; i++) {
        run(lab, "train 5 epochs");
        assert_true(measured()->least.delta <= least && measured()->most.delta >= most);
        least = measured()->least.delta;
        most = measured()->most.delta;
    }
    assert_true(least < delta(1) / 2 || most > 2 * delta(5)); /* it has been elsewhere */
    run(lab, "net layers=4");
    measured();
    run(lab, "net layers=5"); /* anew, and beside nothing that it could be compared with */
    assert_true(measured()->most.delta / measured()->least.delta < most / least);
}

static void test_marks(void **state)
{
    double was;

    (void)state;
    assert_false(measured()->has_was);
    was = delta(1);
    run(lab, "train 5 epochs");
    assert_true(measured()->has_was && measured()->was_start);
    assert_true(measured()->was[1].delta == was && delta(1) != was);
    run(lab, "train 5 epochs"); /* it stays at the start */
    assert_true(measured()->was[1].delta == was);
    was = delta(1);
    run(lab, "swap tanh");
    assert_true(measured()->was[1].delta == was && !measured()->was_start);
    run(lab, "train 1 epoch");
    assert_true(measured()->was[1].delta == was); /* after that too */
    was = delta(1);
    run(lab, "reset");
    assert_true(measured()->was[1].delta == was);
    was = delta(1);
    run(lab, "undo");
    assert_true(measured()->was[1].delta == was);
    was = delta(1);
    run(lab, "fn tanh"); /* another network of as many layers */
    assert_true(measured()->was[1].delta == was);
    run(lab, "net layers=3");
    assert_false(measured()->has_was);
}

/* A mark over a bar, theory beside it to half a row, and the numbers below. */
static void test_seen(void **state)
{
    const char *shown;

    (void)state;
    run(lab, "fn relu");
    run(lab, "net layers=4 init=he");
    shown = seen(lab, view_network, 9, 80);
    shows(shown, "' theory");
    shows(shown, "\ndelta ");
    lacks(shown, "- at the start");
    run(lab, "train 60 epochs");
    shown = seen(lab, view_network, 12, 80);
    shows(shown, "- at the start");
    shows(shown, "________  ________"); /* far above the bars */
    run(lab, "swap tanh");
    shows(seen(lab, view_network, 12, 80), "- before");
    run(lab, "kill 2");
    shows(seen(lab, view_network, 8, 80), "\ndead "); /* comes first */
}

#define IN_A_LAB(test) cmocka_unit_test_setup_teardown(test, begin, tear_down_lab)

int main(void)
{
    const struct CMUnitTest tests[] = {IN_A_LAB(test_scale), IN_A_LAB(test_marks),
                                       IN_A_LAB(test_seen)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
