/* test_experiment.c - experiments of a lesson as a learner does them: begun, hinted at, their goals
 * met and kept, done anew, and their solutions played. */
#include "courses.h"

#include "study/experiment.h"
#include "study/goal.h"
#include "study/learner.h"
#include "study/notes.h"
#include "study/solution.h"

#include <string.h>

static void goals_are_met_and_stay_met(void **state)
{
    struct lab *lab = *state;

    refuses_with(lab, "try", "no lesson is open: lesson 1 opens the first, lesson list shows all");
    run(lab, "lesson 1");
    run(lab, "net layers=3 width=5"); /* before it began: that does not count */
    assert_false(study_try_done(lab, lab->course.lesson[0], 0));
    refuses_with(lab, "hint", "no experiment is under way: try starts one");
    prints(lab, "try", "Try 1: To three\n  [ ] layers == 3   now 2\n  [ ] width == 5   now 4\n");
    assert_int_equal(lab->model.net.layers, 2);
    expect_in_pane(lab, "[ ] three of them: layers exactly 3");
    expect_in_pane(lab, "now 2");
    prints(lab, "net layers=3", "A goal is met; there is more to do in this experiment\n");
    run(lab, "net layers=4");
    assert_true(study_goal_done(lab, lab->course.lesson[0], 0, 0));
    expect_in_pane(lab, "[x] three of them");
    prints(lab, "net width=5", "Experiment 1 is done: To three\n");
    assert_true(study_try_done(lab, lab->course.lesson[0], 0));
    refuses_with(lab, "try 3", "'3' must be a whole number from 1 to 2");
    run(lab, "try"); /* on a page where all is done it starts again */
    assert_int_equal(lab->open.try, 0);
    run(lab, "lesson 1 page=1");
    run(lab, "try 2"); /* it turns the page */
    assert_int_equal(lab->open.try, 1);
    assert_int_equal(lab->open.page, 1);
    assert_int_equal(lab->model.net.layers, 1);
}

/* Again means again: the ticks on the screen are those of this time, the file keeps the others. */
static void an_experiment_is_done_anew(void **state)
{
    struct lab *lab = *state;

    lab->interactive = true;
    study_check_goals(lab);
    run(lab, "lesson 1");
    run(lab, "try");
    run(lab, "net layers=3 width=5");
    study_check_goals(lab);
    expect_in_pane(lab, "Done. n goes on");
    run(lab, "try");
    study_check_goals(lab);
    expect_in_pane(lab, "[ ] three of them: layers exactly 3\n    now 2");
    expect_in_pane(lab, "[ ] width exactly 5  now 4");
    assert_true(study_try_done(lab, lab->course.lesson[0], 0));
    assert_false(study_try_met(lab));
    run(lab, "net layers=3");
    study_check_goals(lab);
    assert_string_equal(lab->screen.message,
                        "A goal is met; there is more to do in this experiment");
    run(lab, "net width=5");
    study_check_goals(lab);
    assert_string_equal(lab->screen.message, "Experiment 1 is done: To three");
}

/* Of conditions joined by `and` those that wait to be met are told, by name. */
static void a_goal_says_what_is_missing(void **state)
{
    struct lab *lab = *state;
    struct goal *goal;
    char now[GOAL_NOW_MAX];

    run(lab, "net layers=2 width=5 fn=relu");
    run(lab, "fn relu");
    goal = goal_parse(lab, "f == relu(x) and layers >= 2 and width == 4 and epoch > 3", NULL);
    assert_string_equal(goal_now(lab, goal, now), "width 5, epoch 0");
    run(lab, "net width=4");
    assert_string_equal(goal_now(lab, goal, now), "epoch 0");
    run(lab, "train 4 epochs");
    assert_true(goal_met(lab, goal));
    assert_non_null(strstr(goal_now(lab, goal, now), "layers 2, width 4"));
    goal_free(goal);
    goal = goal_parse(lab, "layers == 3", NULL);
    assert_string_equal(goal_now(lab, goal, now), "2");
    goal_free(goal);
}

/* Said in words; the code is a key away. */
static void a_goal_is_said_in_words(void **state)
{
    static const struct {
        const char *code, *words;
    } goals[] = {
        {"loss > 0.62 and epoch >= 100", "loss above 0.62 after 100 epochs"},
        {"epoch >= 60 and loss > 0.62", "loss above 0.62 after 60 epochs"},
        {"epoch <= 50 and accuracy >= 0.95", "accuracy at least 0.95 within 50 epochs"},
        {"0.03 < df and df < 0.05", "f' between 0.03 and 0.05"},
        {"abs(x - loss) < 0.05", "|x - loss| below 0.05"},
        {"x == -2 and -1.75 < f and f < -1.71", "x exactly -2, f between -1.75 and -1.71"},
        {"dead(2) < 1 and delta(1) > 0", "dead share in layer 2 below 1, delta in layer 1 above 0"},
        {"step == 0 and dead < 0.5", "dead share below 0.5 before training"},
        {"f == relu(x) and layers >= 8", "f is relu, layers at least 8"},
        {"dead(1) >= 1/8", "dead share in layer 1 at least 1/8"},
        {"lr >= 3 and test_accuracy > 1/2",
         "learning rate at least 3, held-out accuracy above 1/2"},
        {"abs(factor/predicted_factor - 1) < 0.02", "|factor/theory's factor - 1| below 0.02"},
        {"abs(max(alpha*x, x) - f) > 0.5", "|max(alpha*x, x) - f| above 0.5"},
        {"diverged", "diverged"},
        {"loss < 1 or ratio == 1", "loss < 1 or ratio == 1"},
    };
    struct lab *lab = *state;

    for (size_t i = 0; i < sizeof goals / sizeof *goals; i++) {
        struct text words = {0};

        goal_words(lab, goals[i].code, &words);
        assert_string_equal(text_str(&words), goals[i].words);
        text_free(&words);
    }
    run(lab, "lesson 1");
    run(lab, "try 1");
    run(lab, "set goals next");
    expect_in_pane(lab, "[ ] three of them: layers == 3");
    run(lab, "set goals next");
    expect_in_pane(lab, "[ ] three of them: layers exactly 3");
}

/* However far training goes in one command, or by the clock between two pictures. */
static void a_goal_says_when_it_was_met(void **state)
{
    struct lab *lab = *state;

    run(lab, "lesson 1");
    run(lab, "try 2");
    says(lab, "train 9 epochs", "Experiment 2 is done at epoch 2\n");
    expect_in_pane(lab, "[x] step at least 40  at epoch 2");
    run(lab, "try 1");
    expect_in_pane(lab, "[ ] three of them");
    run(lab, "train 1 step");
    run(lab, "net layers=3"); /* a fresh network: no epoch to speak of */
    expect_in_pane(lab, "[x] three of them: layers exactly 3\n");
}

/* What is not on the page is not begun, hinted at or shown unseen. */
static void a_page_without_an_experiment_says_so(void **state)
{
    struct lab *lab = *state;

    lab->interactive = true;
    study_check_goals(lab);
    run(lab, "lesson 1 page=4");
    refuses_with(lab, "try", "no experiment on this page: n reads on");
    refuses_with(lab, "hint", "no experiment on this page: n reads on");
    run(lab, "lesson page=1");
    refuses_with(lab, "hint", "no experiment is under way: t starts one");
    run(lab, "try");
    assert_true(study_hint_here(lab));
    run(lab, "lesson page=4");
    assert_false(study_hint_here(lab));
    expect_in_pane(lab, "Try 1 on page 1 is not done yet");
    for (int i = 0; i < 3; i++)
        refuses_with(lab,
                     i == 0   ? "try"
                     : i == 1 ? "hint"
                              : "solution",
                     "no experiment on this page: n reads on, lesson page=1 goes back to Try 1");
    run(lab, "lesson page=1");
    run(lab, "net layers=3 width=5");
    study_check_goals(lab);
    assert_false(study_hint_here(lab));
    refuses_with(lab, "hint", "this experiment is done: n goes on");
    run(lab, "lesson page=4");
    refuses_with(lab, "try", "no experiment on this page: n reads on");
}

static void who_has_not_begun_is_told_once(void **state)
{
    struct lab *lab = *state;
    const struct command *fn = command_find(&command_table, "fn", NULL),
                         *theme = command_find(&command_table, "theme", NULL);

    lab->interactive = true;
    study_check_goals(lab);
    run(lab, "lesson 1");
    study_remind(lab, theme);
    assert_string_equal(lab->screen.message, "");
    study_remind(lab, fn);
    assert_string_equal(lab->screen.message,
                        "Try 1 has not begun: t begins it, and then it counts");
    lab->screen.message[0] = '\0';
    study_remind(lab, fn);
    assert_string_equal(lab->screen.message, "");
    run(lab, "lesson 1");
    lab->learner->told = -1;
    run(lab, "try");
    study_remind(lab, fn);
    assert_string_equal(lab->screen.message, "");
}

static void hints_come_one_by_one(void **state)
{
    struct lab *lab = *state;

    run(lab, "lesson 1");
    run(lab, "try");
    prints(lab, "hint", "Use `net`.\n");
    expect_in_pane(lab, "Hint: Use net.");
    prints(lab, "hint", "Really.\n");
    refuses_with(lab, "hint", "there are no more hints: solution shows how it is done");
}

static void solutions_are_played(void **state)
{
    struct lab *lab = *state;
    double seconds = 0;

    run(lab, "lesson 1");
    prints(lab, "solution",
           "> net layers=3\nA goal is met; there is more to do in this experiment\n"
           "> net width=5\nExperiment 1 is done: To three\n");
    lab->interactive = true; /* by the clock, line by line, training in view */
    run(lab, "solution 2");
    assert_true(study_playing(lab));
    assert_int_equal(trainer_steps(lab->model.trainer), 0);
    bool between = false;
    for (; study_playing(lab) && seconds < 20; seconds += 0.05) {
        const uint64_t steps = trainer_steps(lab->model.trainer);

        session_tick(lab, 0.05, 0.005);
        study_check_goals(lab);
        between |= steps > 0 && steps < 40;
    }
    assert_true(seconds > 1 && seconds < 10);
    assert_true(between);
    assert_int_equal(trainer_steps(lab->model.trainer), 40);
    assert_true(study_try_done(lab, lab->course.lesson[0], 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(goals_are_met_and_stay_met),     TEST(an_experiment_is_done_anew),
        TEST(a_goal_says_what_is_missing),    TEST(a_goal_is_said_in_words),
        TEST(a_goal_says_when_it_was_met),    TEST(a_page_without_an_experiment_says_so),
        TEST(who_has_not_begun_is_told_once), TEST(hints_come_one_by_one),
        TEST(solutions_are_played),
    };

    return cmocka_run_group_tests_name("experiments", tests, NULL, NULL);
}
