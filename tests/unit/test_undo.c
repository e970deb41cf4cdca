/* test_undo.c - what was done is taken back, and done again, to the same digest. */
#include "base/rng.h"
#include "commands/key_lookup.h"
#include "folder.h"
#include "lab.h"
#include "lab/keymap.h"
#include "lab/timeline.h"
#include "replay/state.h"

#include <inttypes.h>
#include <stdlib.h>
#include <unistd.h>

static struct lab *lesson_lab(void)
{
    struct lab *lab = open_lab(getenv("ACTLAB_LESSONS"));

    lab->interactive = true;
    return lab;
}

/* Lines that a random session is made of; what cannot be done now is refused and changes nothing.
 */
static const char *const lines[] = {
    "fn elu",          "fn relu",       "fn 'x*tanh(x)'", "alpha +1step",    "alpha 0.3",
    "beta +0.5",       "cursor next",   "zoom 1.25",      "range -3 4",      "compare relu tanh",
    "net layers=+1",   "net layers=-1", "net width=6",    "net lr=next",     "net init=he",
    "net data=xor",    "net seed=+1",   "net fn=tanh",    "net fn=plotted",  "net optimizer=adam",
    "swap gelu",       "kill 1",        "revive",         "reset",           "step 3",
    "train 1 epoch",   "back 2",        "lesson 2",       "lesson next",     "lesson 4 page=2",
    "try 1",           "tangent on",    "histogram 1",    "saturation off",  "netview next",
    "race tanh elu",   "race off",      "naive on",       "def g(x)=x*x/2",  "fn g",
    "def g(x)=x^3",    "unit 1 2",      "netview loss",   "def h(x)=g(x)+1", "fn h",
    "sweep alpha 0 1", "restart",
};

/* A step of the clock, as while the network runs. */
static void clock_trains(struct lab *lab)
{
    lab_train(lab, 2);
}

/* The key's line, if it is one that may change the model: as the screen finds it, wherever one
 * looks. */
static const char *line_of(struct lab *lab, const char *key)
{
    static const char *const leaves[] = {"undo", "redo", "quit", "stop", "resume", NULL};
    const struct key_place place = {.lesson_seen = true, .network_seen = true};
    const struct binding *b = key_binding(lab, key, &place);

    const struct command *c = b ? command_of(lab->commands, b->command, NULL) : NULL;

    for (const char *const *l = leaves; b && *l; l++)
        if (strcmp(*l, b->command) == 0)
            return NULL;
    return c && !(c->flags & CMD_QUIET && c->flags & CMD_LOOK) ? b->command : NULL;
}

/* What a key does is gone after one undo, and there again after a redo. */
static bool is_undone(struct lab *lab, const char *key)
{
    const char *line = line_of(lab, key);
    const uint64_t before = state_digest(lab);
    const struct screen_state screen = lab->screen;
    uint64_t after;
    struct error e;

    lab->screen.message[0] = '\0';
    if (!line || !lab_run(lab, line, nowhere, &e))
        return false;
    lab->model.running = false;
    after = state_digest(lab);
    lab->screen.focus = screen.focus;
    lab->screen.zoomed = screen.zoomed;
    lab->screen.shown = screen.shown;
    if (after == before)
        return false;
    if (!lab_run(lab, "undo", stdout, &e))
        fail_msg("%s: undo: %s", line, e.text);
    if (state_digest(lab) != before)
        fail_msg("key %s, %s: undo does not lead back", key, line);
    if (!lab_run(lab, "redo", stdout, &e) || state_digest(lab) != after)
        fail_msg("key %s, %s: redo does not lead there", key, line);
    run(lab, "undo");
    assert_int_equal(state_digest(lab), before);
    return true;
}

/* Every key, in a trained network, whatever has the focus and whatever the panes show. */
static void every_key_is_undone(void **state)
{
    static const char *const places[] = {
        "focus lesson",   "focus plot",      "focus network",   "netview weights",
        "lesson 3",       "try 1",           "fn elu alpha=2",  "full on",
        "race relu gelu", "sweep alpha 0 1", "lesson page=999",
    };
    struct lab *lab;
    int tried = 0;

    (void)state;
    unless_brief();
    lab = lesson_lab();
    run(lab, "lesson 3 page=2");
    for (size_t p = 0; p < sizeof places / sizeof *places; p++) {
        const struct binding *b;
        struct error e;

        lab_run(lab, places[p], stdout, &e);
        run(lab, "net layers=3 width=4");
        lab_run(lab, "train 2 epochs", stdout, &e);
        for (size_t i = 0; (b = keymap_at(lab->keymap, i)); i++)
            tried += is_undone(lab, b->key);
    }
    assert_in_range(tried, 30 * (int)(sizeof places / sizeof *places), 4000);
    session_close(lab);
}

/* The network that was replaced comes back with its epoch, loss and curves. */
static void a_replaced_network_comes_back(void **state)
{
    struct lab *lab = *state;
    const uint64_t steps = 5 * 20;
    double loss;
    int points;

    run(lab, "train 5 epochs");
    lab_measure(lab);
    loss = lab->measured.probe.loss;
    points = lab->model.history.points;
    run(lab, "net layers=+1");
    assert_int_equal(trainer_steps(lab->model.trainer), 0);
    says(lab, "undo", "undone: net layers=+1");
    lab_measure(lab);
    assert_int_equal(trainer_steps(lab->model.trainer), steps);
    assert_true(lab->measured.probe.loss == loss);
    assert_int_equal(lab->model.history.points, points);
    says(lab, "redo", "done again: net layers=+1");
    assert_int_equal(trainer_steps(lab->model.trainer), 0);
    run(lab, "undo");
    run(lab, "train 1 epoch"); /* something else was done */
    fails(lab, "redo", "nothing has been undone");
}

/* Also that of a file, with the functions that came with it. */
static void a_loaded_network_goes_again(void **state)
{
    struct lab *lab = *state;
    uint64_t before;

    run(lab, "def g(x)=x*tanh(x)");
    run(lab, "fn g");
    run(lab, "export network.json");
    run(lab, "restart");
    run(lab, "train 2 epochs");
    before = state_digest(lab);
    run(lab, "load network.json");
    assert_int_not_equal(state_digest(lab), before);
    says(lab, "undo", "undone: load");
    assert_int_equal(state_digest(lab), before);
}

/* What the clock has trained since the last command goes step by step. */
static void the_clock_is_taken_back_by_steps(void **state)
{
    struct lab *lab = *state;
    uint64_t before, after;

    run(lab, "fn tanh");
    before = state_digest(lab);
    clock_trains(lab);
    after = state_digest(lab);
    says(lab, "undo", "a step of training");
    assert_int_equal(trainer_steps(lab->model.trainer), 1);
    run(lab, "undo");
    assert_int_equal(state_digest(lab), before);
    run(lab, "undo");
    assert_string_equal(lab->model.fn.act->name, "sigmoid");
    fails(lab, "undo", "nothing has been done");
    for (int i = 0; i < 3; i++)
        run(lab, "redo");
    assert_int_equal(state_digest(lab), after);
    fails(lab, "redo", "nothing has been undone");
}

/* A key by mistake while it trains: one undo brings back what was trained, though the new network
 * has gone on. Once that has gone further its steps are taken back one by one. */
static void a_stray_key_costs_nothing(void **state)
{
    struct lab *lab = *state;
    uint64_t before;

    run(lab, "fn tanh");
    for (int i = 0; i < 6; i++)
        clock_trains(lab);
    before = state_digest(lab);
    run(lab, "fn next");
    for (int i = 0; i < 3; i++)
        clock_trains(lab);
    says(lab, "undo", "fn next");
    assert_int_equal(state_digest(lab), before);
    run(lab, "fn next");
    for (int i = 0; i < 9; i++)
        clock_trains(lab);
    says(lab, "undo", "a step of training");
}

/* The plot that is moved by a key that is held down is one thing that was done. */
static void moves_of_the_plot_are_one(void **state)
{
    struct lab *lab = *state;
    const uint64_t before = state_digest(lab);

    for (int i = 0; i < 9; i++)
        run(lab, "cursor +0.1");
    run(lab, "undo");
    assert_int_equal(state_digest(lab), before);
}

/* At least fifty deep; five hundred random lines, all undone, all redone. */
static void random_sessions_are_undone_and_redone(void **state)
{
    static uint64_t digest[TIMELINE_MOMENTS + 1];
    const int n = (int)(sizeof lines / sizeof *lines);
    struct lab *lab = lesson_lab();
    struct rng r;
    struct error e;
    int undone = 0, done = 0;

    (void)state;
    rng_seed(&r, 7, 1);
    run(lab, "net layers=2 width=4 samples=40 batch=10");
    for (int i = 0; i < 500; i++) {
        lab_run(lab, lines[rng_below(&r, (uint32_t)n)], stdout, &e);
        if (rng_below(&r, 9) == 0)
            clock_trains(lab);
    }
    lab->screen.message[0] = '\0';
    digest[0] = state_digest(lab);
    while (undone < TIMELINE_MOMENTS && lab_run(lab, "undo", stdout, &e))
        digest[++undone] = state_digest(lab);
    assert_in_range(undone, 50, TIMELINE_MOMENTS);
    while (undone > done && lab_run(lab, "redo", stdout, &e)) {
        done++;
        if (state_digest(lab) != digest[undone - done])
            fail_msg("redo %d of %d leads elsewhere", done, undone);
    }
    assert_int_equal(done, undone);
    session_close(lab);
}

/* The bound of memory holds, and that it was reached is told. */
static void memory_is_bounded(void **state)
{
    struct lab *lab = *state;
    struct error e;
    int undone = 0, told = 0;

    unless_brief();
    lab->interactive = true;
    run(lab, "net layers=30 width=256 samples=20");
    for (int i = 0; i < 80; i++) {
        if (strstr(lab->screen.message, "older ones take more than 256 MiB"))
            told++;
        lab->screen.message[0] = '\0';
        run(lab, i % 2 ? "net init=he" : "net init=glorot");
        run(lab, "step 1");
    }
    assert_int_equal(told, 1);
    while (lab_run(lab, "undo", stdout, &e))
        undone++;
    assert_in_range(undone, 10, 100);
    assert_non_null(strstr(e.text, "the last 200 things are kept, within 256 MiB"));
}

/* So does that of their number. */
static void what_falls_out_is_told(void **state)
{
    struct lab *lab = *state;
    char line[24];

    fails(lab, "undo", "nothing has been done");
    for (int i = 0; i <= TIMELINE_MOMENTS; i++) {
        snprintf(line, sizeof line, "net seed=%d", i + 2);
        run(lab, line);
    }
    for (int i = 0; i < TIMELINE_MOMENTS; i++)
        run(lab, "undo");
    assert_int_equal(lab->model.net.seed, 2);
    fails(lab, "undo", "the last 200 things are kept");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_key_is_undone),
        LAB_TEST(a_replaced_network_comes_back),
        LAB_TEST(a_loaded_network_goes_again),
        LAB_TEST(the_clock_is_taken_back_by_steps),
        LAB_TEST(a_stray_key_costs_nothing),
        LAB_TEST(moves_of_the_plot_are_one),
        cmocka_unit_test(random_sessions_are_undone_and_redone),
        LAB_TEST(memory_is_bounded),
        LAB_TEST(what_falls_out_is_told),
    };

    return cmocka_run_group_tests(tests, enter, leave);
}
