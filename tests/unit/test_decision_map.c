/* test_decision_map.c - what the map shows: worked out at once, or in pieces that end at the same.
 */
#include "lab/decision_map.h"

#include "lab.h"

enum { ROWS = 21, COLS = 37, CELLS = ROWS * COLS };

static const struct map_place place = {ROWS, COLS, -2, 2, -1.5, 1.5};
static struct lab *lab;
static float whole[CELLS], shown[CELLS];
static bool known[CELLS];

static int begin(void **state)
{
    lab = *state = open_lab(NULL);
    return 0;
}

/* How many cells a frame knows. */
static int frame(void)
{
    int n = 0;

    decision_map_frame(lab, true);
    decision_map_answers(lab, &place, shown, known);
    decision_map_frame(lab, false);
    for (int i = 0; i < CELLS; i++)
        n += known[i];
    return n;
}

static void read_whole(void)
{
    decision_map_answers(lab, &place, whole, known);
    for (int i = 0; i < CELLS; i++)
        assert_true(known[i]);
}

/* By the clock to the end, in so many ticks at least. */
static void finish(int least)
{
    int ticks = 0;

    for (; decision_map_behind(lab); ticks++) {
        assert_true(decision_map_tick(lab, 0));
        assert_true(ticks < CELLS);
        frame();
    }
    assert_true(ticks >= least);
    assert_false(decision_map_tick(lab, 0));
    assert_int_equal(frame(), CELLS);
    read_whole();
    assert_memory_equal(shown, whole, sizeof whole);
}

static void at_once(void **state)
{
    float middle[2] = {0, 0}, v;

    (void)state;
    run(lab, "train 5 epochs");
    read_whole();
    trainer_predict(lab->model.trainer, middle, 1, &v);
    assert_true(whole[ROWS / 2 * COLS + COLS / 2] == v);
    assert_false(decision_map_behind(lab)); /* no frame has asked */
    assert_false(decision_map_tick(lab, 0));
}

/* A frame of a network whose answers take too long waits for none of them. */
static void in_pieces(void **state)
{
    (void)state;
    run(lab, "net layers=60 width=256 init=he fn=tanh");
    assert_int_equal(frame(), 0);
    assert_true(decision_map_behind(lab));
    assert_true(decision_map_tick(lab, 0));
    assert_in_range(frame(), 64, CELLS); /* each stands for others, too */
    finish(2);
}

static void follows(void **state)
{
    static const char *const lines[] = {"step 1", "swap relu", "kill 2",    "revive",
                                        "back 1", "unit 1 1",  "weight 0.5"};

    (void)state;
    run(lab, "net layers=3 width=8");
    frame();
    finish(0);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        run(lab, lines[i]);
        assert_int_equal(decision_map_behind(lab), strncmp(lines[i], "unit", 4) != 0);
        frame();
        finish(0);
    }
    run(lab, "net seed=2");
    frame();
    finish(0);
}

/* While the network trains, a round goes on, then the next begins. */
static void trains(void **state)
{
    (void)state;
    run(lab, "net layers=20 width=64");
    lab->interactive = true;
    frame();
    lab->model.running = true;
    for (int i = 0; i < 400; i++) {
        session_tick(lab, 1, 0);
        frame();
    }
    assert_true(trainer_steps(lab->model.trainer) >= 100);
    assert_int_equal(frame(), CELLS);
    lab->model.running = false;
    frame();
    finish(0);
}

/* Nothing is worked out for a map that is not shown any more. */
static void not_shown(void **state)
{
    (void)state;
    run(lab, "net layers=60 width=256 init=he fn=tanh");
    frame();
    assert_true(decision_map_behind(lab) && session_moving(lab));
    decision_map_frame(lab, true);
    decision_map_frame(lab, false);
    assert_false(decision_map_behind(lab) || session_moving(lab));
}

/* However long its first frame is in coming, the clock has nothing to do for another network. */
static void another_network(void **state)
{
    (void)state;
    run(lab, "net layers=60 width=256 init=he fn=tanh");
    frame();
    assert_true(decision_map_behind(lab) && session_moving(lab));
    run(lab, "net seed=2");
    assert_false(decision_map_behind(lab) || session_moving(lab));
    assert_false(decision_map_tick(lab, 0));
    frame();
    assert_true(decision_map_behind(lab) && session_moving(lab));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(at_once, begin, tear_down_lab),
        cmocka_unit_test_setup_teardown(in_pieces, begin, tear_down_lab),
        cmocka_unit_test_setup_teardown(follows, begin, tear_down_lab),
        cmocka_unit_test_setup_teardown(trains, begin, tear_down_lab),
        cmocka_unit_test_setup_teardown(not_shown, begin, tear_down_lab),
        cmocka_unit_test_setup_teardown(another_network, begin, tear_down_lab),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
