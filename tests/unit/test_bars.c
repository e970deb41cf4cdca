/* test_bars.c - training that can be watched: its pace, bars that keep their scale, marks that stay
 * where they were. */
#include "commands/session.h"
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

/* Epochs after so many seconds of the clock. */
static double epochs_after(double seconds)
{
    run(lab, "reset");
    run(lab, "run");
    for (double t = 0; t < seconds - 1e-9; t += 0.05)
        session_tick(lab, 0.05, 10);
    run(lab, "pause");
    lab_measure(lab);
    return lab->measured.probe.epoch;
}

/* On the screen training begins slowly, whatever an epoch's steps, and soon goes faster. Nothing
 * but the clock waits, and the bits are the same. */
static void test_pace(void **state)
{
    char left[128], right[128];
    uint64_t digest, steps;

    (void)state;
    run(lab, "net layers=2 width=4");
    assert_float_equal(epochs_after(1), 2.5, 0.5);
    assert_true(epochs_after(5) > 20);
    run(lab, "net batch=100");
    assert_float_equal(epochs_after(1), 2.5, 0.7);
    run(lab, "speed half");
    assert_float_equal(epochs_after(1), 1.2, 0.4);
    run(lab, "speed 4");
    assert_true(epochs_after(1) > 10);
    digest = trainer_digest(lab->model.trainer);
    steps = trainer_steps(lab->model.trainer);
    run(lab, "reset");
    assert_true(lab_train(lab, steps) == steps);
    assert_true(trainer_digest(lab->model.trainer) == digest);
    run(lab, "speed max");
    run(lab, "speed half");
    assert_float_equal(lab->set.speed, 64, 0);
    run(lab, "speed double");
    assert_float_equal(lab->set.speed, 0, 0);
    run(lab, "speed 2");
    run(lab, "run");
    view_network_title(lab, left, sizeof left, right, sizeof right);
    shows(left, "Training x2 2x4");
    refuses(lab, "speed fast", "fast");
}

/* A step is seen as it goes through the layers and back; what changed and by how much is said. */
static void test_step(void **state)
{
    const char *shown;

    (void)state;
    run(lab, "net layers=4 width=4");
    lab->interactive = true;
    run(lab, "step");
    assert_float_equal(lab->model.pass, 0, 0);
    lab->model.pass = 1.5 / 16; /* the second layer */
    shown = seen(lab, view_network, 9, 80);
    shows(shown, "\n1 forward: ");
    shows(shown, "a rms");
    shows(shown, "\na rms       .535      .514\n"); /* two bars ... */
    lacks(shown, "========  ========  ========");   /* ... and none yet beyond them */
    lab->model.pass = 0.3;
    shows(seen(lab, view_network, 9, 80), "\n2 loss: ");
    lab->model.pass = 0.5 + 1.5 / 16;
    shown = seen(lab, view_network, 9, 80);
    shows(shown, "\n3 backward: ");
    shows(shown, "\ndelta                           ."); /* from the end to the third */
    lab->model.pass = 0.9;
    shown = seen(lab, view_network, 9, 80);
    shows(shown, "\n4 update: weights move by 1/");
    shows(shown, " -> 0.");
    run(lab, "swap tanh"); /* something else is to be seen */
    shows(seen(lab, view_network, 9, 80), "\nGoing back, ");
    run(lab, "step");
    run(lab, "run");
    shows(seen(lab, view_network, 9, 80), "\nGoing back, ");
    lab->interactive = false;
}

#define IN_A_LAB(test) cmocka_unit_test_setup_teardown(test, begin, tear_down_lab)

int main(void)
{
    const struct CMUnitTest tests[] = {IN_A_LAB(test_scale), IN_A_LAB(test_marks),
                                       IN_A_LAB(test_seen), IN_A_LAB(test_pace),
                                       IN_A_LAB(test_step)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
