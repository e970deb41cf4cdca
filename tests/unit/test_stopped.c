/* test_stopped.c - a command that trains and is stopped: what it did by then is what the recording
 * has, so that playing it, on another machine and at another speed, ends in the same bits. */
#include "commands/source.h"
#include "lab/race.h"
#include "replay/record.h"
#include "replay/state.h"
#include "sessions.h"

#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ^C, as the lab sees it: from the n-th time on that it asks, until the command has ended. */
static int patience;

static bool interrupted(void)
{
    return patience > 0 ? --patience == 0 : patience == 0;
}

/* Runs the line and interrupts it when it has asked n times. Whether it was stopped by that. */
static bool run_stopped(struct lab *lab, const char *line, int n)
{
    struct error e;
    bool ok;

    lab->interrupt.asked = interrupted;
    patience = n;
    ok = lab_run(lab, line, nowhere, &e);
    lab->interrupt.asked = NULL;
    patience = -1;
    if (!ok && !strstr(e.text, "stopped") && !strstr(e.text, "it did not hold within"))
        fail_msg("%s: %s", line, e.text);
    return !ok && strstr(e.text, "stopped");
}

/* Lab, network and every racer. */
static void all_of(struct lab *lab, struct text *out)
{
    state_of(lab, out);
    for (int i = 0; lab->model.race && i < lab->model.race->racers; i++)
        text_printf(out, "%s %016" PRIx64 "\n",
                    trainer_fn(lab->model.race->racer[i].trainer)->act->name,
                    trainer_digest(lab->model.race->racer[i].trainer));
}

/* A recording of all that the lab has done since it opened, played in another one. */
static void assert_replays(struct lab *lab, const char *path, const char *what)
{
    struct text here = {0}, there = {0};
    struct lab *other = open_session(false);

    play_whole(other, path, what);
    all_of(lab, &here);
    all_of(other, &there);
    if (strcmp(here.s, there.s) != 0)
        fail_msg("%s: recorded\n%splayed\n%s", what, here.s, there.s);
    text_free(&here);
    text_free(&there);
    session_close(other);
}

static const char *const lines[] = {
    "train 30 epochs",
    "step 900",
    "until loss < 0 limit=30",
    "watch loss epochs=30 every=4",
    "layers epochs=30",
    "layers fn=relu layers=+1 width=5 lr=\"=0.1\" epochs=30 format=csv",
    "race tanh relu swish epochs=30",
    "race \"leaky_relu\" elu epochs=30 --format=json",
    "back 200",
    "back 90",
};

/* Whatever comes before and after, on a screen and in a shell. */
static void test_lines(void **state)
{
    static const int when[] = {1, 2, 3, 37, 150, 1000000};
    int stopped = 0;

    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        for (size_t k = 0; k < sizeof when / sizeof *when; k++) {
            bool until = strstr(lines[i], "until"); /* on a screen the clock does it */
            struct lab *lab = open_session(k % 2 && !until);
            char what[200];
            bool was;

            snprintf(what, sizeof what, "%s, stopped at the %d. look", lines[i], when[k]);
            run(lab, "net layers=2 width=4 samples=60 seed=3");
            run(lab, "record ! a");
            run(lab, "train 40 epochs");
            lab_train(lab, 7);
            was = run_stopped(lab, lines[i], when[k]);
            stopped += was;
            if (when[k] == 1 && !was)
                fail_msg("%s: it went on", what);
            if (when[k] == 1000000 && was)
                fail_msg("%s: it stopped", what);
            run(lab, "record ! b"); /* which begins with what led here */
            lab_train(lab, 5);
            run(lab, "swap gelu");
            run(lab, "step 3");
            run(lab, "record off");
            assert_replays(lab, "b", what);
            session_close(lab);
        }
    assert_true(stopped > 40);
    tried("network",
          "training stopped by ^C at any step: train, step, until, watch, layers, race, back",
          "%d recordings play to the same bits, racers too", stopped);
}

/* The file that was being recorded when it was stopped. */
static void test_same_file(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct lab *lab = open_session(false);

        run(lab, "net layers=2 width=4 samples=60 seed=4");
        run(lab, "record ! a");
        run(lab, "step 247");
        assert_true(run_stopped(lab, lines[i], strstr(lines[i], "back") ? 1 : 20));
        run(lab, "step 3");
        run(lab, "record off");
        assert_replays(lab, "a", lines[i]);
        session_close(lab);
    }
}

/* A race is stopped in lockstep: no racer goes on by itself. */
static void test_lockstep(void **state)
{
    struct lab *lab = open_session(true);

    (void)state;
    assert_true(run_stopped(lab, "race tanh relu swish epochs=1000000", 50));
    assert_true(trainer_steps(lab->model.trainer) > 10 && trainer_steps(lab->model.trainer) < 60);
    for (int i = 0; i < 3; i++)
        assert_int_equal(trainer_steps(lab->model.race->racer[i].trainer),
                         trainer_steps(lab->model.trainer));
    session_close(lab);
}

/* One step of these takes as long as many: a batch of many blocks, an expression of a thousand
 * operations in a batch of one block, others beside it. */
static const char *const long_steps[][2] = {
    {"net samples=20000 batch=all layers=4 width=64", ""},
    {"net samples=20000 batch=15000 layers=4 width=64 optimizer=adam layernorm=on", ""},
    {"net samples=200 batch=all layers=4 width=64 fn=dear", ""},
    {"net samples=20000 batch=all layers=2 width=64", "race relu tanh epochs=1"},
};

/* A lab with that network, and what it calls. */
static struct lab *open_long_step(size_t i)
{
    struct lab *lab = open_session(true);

    run(lab, "def once(x)=sin(x)*cos(x)+exp(-x*x)+sin(x/2)*cos(x/3)+exp(-x*x/4)");
    run(lab, "def dear(x)=once(x)+once(x+1)+once(x+2)+once(x+3)+once(x+4)+once(x+5)+once(x+6)");
    run(lab, long_steps[i][0]);
    if (long_steps[i][1][0])
        run_stopped(lab, long_steps[i][1], 1);
    return lab;
}

/* Within its first step, wherever that is: nothing has changed, and the step ends in the same bits
 * when it is done at last. */
static void test_within_a_step(void **state)
{
    int looks = 0;

    (void)state;
    unless_brief();
    for (size_t i = 0; i < sizeof long_steps / sizeof *long_steps; i++) {
        struct lab *never = open_long_step(i), *lab = open_long_step(i);
        struct text before = {0}, after = {0};
        int n = 2; /* the first look is before the step */

        state_of(lab, &before);
        for (; run_stopped(lab, "step", n) && trainer_steps(lab->model.trainer) == 0; n++) {
            text_clear(&after);
            state_of(lab, &after);
            assert_string_equal(text_str(&after), text_str(&before));
        }
        if (n < 5)
            fail_msg("%s: only %d looks in a step", long_steps[i][0], n - 2);
        looks += n - 2;
        run(never, "step");
        text_clear(&before);
        text_clear(&after);
        all_of(never, &before);
        all_of(lab, &after);
        assert_string_equal(text_str(&after), text_str(&before));
        text_free(&before);
        text_free(&after);
        session_close(never);
        session_close(lab);
    }
    tried("network", "training stopped by ^C within a step that takes long",
          "%d times, each without a trace", looks);
}

static void test_killing(void **state)
{
    struct lab *lab;
    uint64_t before;

    (void)state;
    unless_brief();
    lab = open_long_step(0);
    before = trainer_digest(lab->model.trainer);
    assert_true(run_stopped(lab, "kill 2", 1));
    assert_true(trainer_digest(lab->model.trainer) == before);
    assert_false(run_stopped(lab, "kill 2", 1000000));
    assert_true(trainer_digest(lab->model.trainer) != before);
    session_close(lab);
}

/* An experiment begins whole, or not at all. */
static void test_experiment(void **state)
{
    struct lab *lab = open_session(true), *other = open_session(true);

    (void)state;
    for (int i = 0; i < 2; i++)
        run(i ? lab : other, "lesson dying-relu page=2");
    run(lab, "record ! a");
    assert_false(run_stopped(lab, "try 1", 1));
    run(other, "try 1");
    assert_true(state_digest(lab) == state_digest(other));
    assert_int_equal(trainer_steps(lab->model.trainer), trainer_steps(other->model.trainer));
    run(lab, "record off");
    assert_replays(lab, "a", "try 1");
    session_close(lab);
    session_close(other);
}

/* What trains nothing but may take long: asked once, it ends, and has changed nothing. */
static void test_looks(void **state)
{
    static const struct {
        const char *line, *says;
        int n; /* how often it is asked by then */
    } looks[] = {
        {"table gelu 0 1000000 1", "stopped", 3},  {"facts", "stopped", 2},
        {"export n.json", "stopped", 2},           {"load saved.json", "saved.json:", 1},
        {"source script", "script:3: stopped", 3}, {"check lesson.md", "stopped", 4},
    };
    struct lab *lab = open_session(false);

    (void)state;
    run(lab, "net layers=3 width=128 samples=40 seed=7");
    run(lab, "export saved.json");
    run(lab, "net layers=3 width=8 samples=30000 batch=all seed=5");
    write_file("script", "# a script\nset fps 20\nset fps 21\nset fps 22\n");
    write_file("lesson.md", "# One\n\nText.\n\n```try\ntitle: Train\nnet samples=50\n"
                            "goal: loss < 0\n```\n\n```solution\ntrain 100000 epochs\n```\n");
    for (size_t i = 0; i < sizeof looks / sizeof *looks; i++) {
        const uint64_t before = state_digest(lab);
        struct error e;
        bool ok;

        lab->interrupt.asked = interrupted;
        patience = looks[i].n;
        ok = lab_run(lab, looks[i].line, nowhere, &e);
        if (ok || patience > 0 || !strstr(e.text, looks[i].says))
            fail_msg("%s: %s", looks[i].line, ok ? "it went on" : e.text);
        lab->interrupt.asked = NULL;
        patience = -1;
        if (strncmp(looks[i].line, "source", 6) != 0 && state_digest(lab) != before)
            fail_msg("%s: the lab has changed", looks[i].line);
    }
    assert_int_equal(access("n.json", F_OK), -1);
    session_close(lab);
}

/* A beginning that takes longer than a second is stopped, too, and undone. */
static void test_long_beginning(void **state)
{
    struct lab *lab = open_session(true);
    uint64_t before;
    struct error e;

    (void)state;
    mkdir("lessons", 0700);
    write_file("lessons/90-long.md", "# Long\n\nText.\n\n```lab\ntrain 100000000 epochs\n```\n");
    assert_true(course_add(&lab->course, "lessons", &e));
    run(lab, "fn elu");
    before = state_digest(lab);
    lab->interrupt.asked = interrupted;
    patience = 0; /* from the first time on */
    assert_false(lab_run(lab, "lesson long", nowhere, &e));
    lab->interrupt.asked = NULL;
    patience = -1;
    shows(e.text, "stopped at step");
    assert_true(state_digest(lab) == before);
    assert_int_equal(lab->open.lesson, -1);
    session_close(lab);
}

/* What a recording does while another is made. */
static void test_played_while_recording(void **state)
{
    static const char *const controls[] = {"play skip", "play step"};

    (void)state;
    write_file("c", "# actlab recording 1\n0.000 restart\n0.100 net layers=2 width=3 samples=40\n"
                    "0.200 step 21\n0.300 swap tanh\n");
    for (size_t i = 0; i < sizeof controls / sizeof *controls; i++) {
        struct lab *lab = open_session(true);

        run(lab, "fn elu");
        run(lab, "record ! a");
        run(lab, "play c");
        for (int k = 0; k < 10 && lab->replay.player; k++)
            run(lab, controls[i]);
        assert_null(lab->replay.player);
        assert_int_equal(trainer_steps(lab->model.trainer), 21);
        run(lab, "record off");
        assert_replays(lab, "a", controls[i]);
        session_close(lab);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_same_file),
        cmocka_unit_test(test_lockstep),
        cmocka_unit_test(test_within_a_step),
        cmocka_unit_test(test_killing),
        cmocka_unit_test(test_experiment),
        cmocka_unit_test(test_looks),
        cmocka_unit_test(test_long_beginning),
        cmocka_unit_test(test_played_while_recording),
    };

    return cmocka_run_group_tests(tests, enter, leave);
}
