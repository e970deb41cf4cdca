/* test_network.c - commands, the network's above all: what they keep, what they say, and what they
 * refuse. */
#include "folder.h"
#include "lab.h"

#include <unistd.h>

static struct lab *lab;

static int begin(void **state)
{
    lab = *state = open_lab(NULL);
    return enter(NULL);
}

static int end(void **state)
{
    return tear_down_lab(state) || leave(NULL);
}

static void write_points(const char *path, int n)
{
    FILE *f = fopen(path, "w");

    assert_non_null(f);
    for (int i = 0; i < n; i++)
        fprintf(f, "%d,%d,%d\n", i, -i, i % 2);
    fclose(f);
}

static void has_samples(int wanted)
{
    int n;

    trainer_data(lab->model.trainer, &n, NULL);
    assert_int_equal(n, wanted);
}

/* A network on a file's points begins again on them, whatever became of the file: after `load` it
 * may be on another machine. Who names the file has it read. */
static void test_data_stay(void **state)
{
    uint64_t digest;

    (void)state;
    write_points("pts.csv", 20);
    run(lab, "net data=pts.csv test=0.2 layers=2 width=4");
    digest = trainer_digest(lab->model.trainer);
    run(lab, "train 2 steps");
    run(lab, "export net.json");
    remove("pts.csv");
    run(lab, "restart");
    has_samples(200);
    run(lab, "load net.json");
    run(lab, "step");
    run(lab, "reset");
    has_samples(20);
    assert_true(trainer_digest(lab->model.trainer) == digest);
    run(lab, "net layers=3");
    run(lab, "fn tanh");
    run(lab, "race relu tanh epochs=1");
    has_samples(20);
    refuses(lab, "net seed=2", "pts.csv"); /* they would be dealt otherwise, from the file */
    write_points("pts.csv", 30);
    run(lab, "reset");
    has_samples(20);
    run(lab, "net data=pts.csv");
    has_samples(30);
    refuses(lab, "load pts.csv", "is not a network: load reads what 'export FILE.json' saved");
    run(lab, "restart");
}

/* Racers are not touched by hand, and nobody believes that they are. */
static void test_behind_a_race(void **state)
{
    static const char *const lines[] = {"kill 1", "revive", "swap tanh", "weight 1 0.5"};

    (void)state;
    run(lab, "restart");
    run(lab, "kill 1");
    assert_null(strstr(lab->screen.message, "race"));
    run(lab, "race relu tanh epochs=1");
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        lab->screen.message[0] = '\0';
        run(lab, lines[i]);
        if (!strstr(lab->screen.message, "behind the race"))
            fail_msg("'%s' says '%s'", lines[i], lab->screen.message);
    }
    run(lab, "restart");
}

/* batch=all is 0, and 0 is shown as all. */
static void test_batch_all(void **state)
{
    (void)state;
    run(lab, "restart");
    says(lab, "net", "batch      10 ");
    run(lab, "net batch=all");
    assert_int_equal(lab->model.net.batch, 0);
    says(lab, "net", "batch      all ");
    says(lab, "train", "step 1 ");
    run(lab, "net batch=+20");
    assert_int_equal(lab->model.net.batch, 20);
    run(lab, "net batch=\"=all\"");
    assert_int_equal(lab->model.net.batch, 0);
    run(lab, "net batch=0");
    says(lab, "eval batch", "0");
    says(lab, "state", "batch=\"=all\"");
    refuses(lab, "net batch=none", "none");
    refuses(lab, "net lr=all", "all");
    run(lab, "restart");
}

/* Bounds are told with all their digits, by help too. */
static void test_bounds(void **state)
{
    (void)state;
    refuses(lab, "net seed=1e16", "seed must be from 0 to 9007199254740992, not 1e+16");
    refuses(lab, "net lr=\"=-1\"", "lr must be from 0 to 1000000, not -1");
    refuses(lab, "net optimizer=best",
            "optimizer must be sgd, momentum, rmsprop or adam, not 'best'");
    for (int i = 0; i < net_settings.rows; i++) {
        const struct setting *s = &net_settings.row[i];
        char line[60], usual[80];
        struct text range = {0};

        snprintf(line, sizeof line, "      %-13s %.12s", s->name, s->help);
        says(lab, "help net", line);
        snprintf(line, sizeof line, "help %s", s->name);
        snprintf(usual, sizeof usual, "%s (network setting", s->name);
        says(lab, line, usual);
        setting_range(s, &range);
        assert_true(range.len > 0 || s->type == SETTING_WORD);
        text_free(&range);
    }
    says(lab, "help net", "from 1 to 512");
    says(lab, "help net", "from 0 to 100000 or all");
    says(lab, "help net", "A number with + or - in front is added");
    says(lab, "help set", "from 0 to");
    says(lab, "help init", "glorot");
    says(lab, "help init", "orthogonal");
}

/* A word of a lesson leads to its setting, also where it is the beginning of a command. */
static void test_help_on_values(void **state)
{
    (void)state;
    says(lab, "help he", "he (network setting: net init=he)\n    initial weights");
    says(lab, "help spiral", "net data=spiral");
    says(lab, "help adam", "net optimizer=adam");
    says(lab, "help braille", "braille (setting: set charset braille)");
    says(lab, "help hel", "help [TOPIC ...]");
    refuses(lab, "help everything", "no command 'everything'");
}

static void test_messages(void **state)
{
    static const char update[] = "this optimizer moves them otherwise";

    (void)state;
    run(lab, "restart");
    omits(lab, "layers", update);
    says(lab, "layers optimizer=adam", update);
    says(lab, "layers layers=0", "No hidden layer: only a straight line.\nstep 0");
    run(lab, "restart");
    /* no gradient is left to predict at the top, but chi says why */
    says(lab, "layers fn=relu init=he bias==-0.5", "0%       72%         0  0.5158\n");
    run(lab, "restart");
    run(lab, "net layers=0");
    refuses(lab, "kill 1", "the network has no hidden layer: net layers=2");
    refuses(lab, "histogram 1", "the network has no hidden layer: net layers=2");
    run(lab, "restart");
    refuses(lab, "kill 9", "from 1 to 8");
    run(lab, "step 3");
    says(lab, "back 5", "back at step 0: only 3 had been trained\n");
    run(lab, "step 3");
    says(lab, "back 3", "");
    run(lab, "step 3");
    lab->interactive = true;
    run(lab, "back 9");
    lab->interactive = false;
    assert_string_equal(lab->screen.message, "back at step 0: only 3 had been trained");
}

/* A trained network does not go without a word. */
static void test_gone(void **state)
{
    (void)state;
    lab->interactive = true;
    run(lab, "restart");
    lab->screen.message[0] = '\0';
    run(lab, "net width=12");
    assert_string_equal(lab->screen.message, "");
    run(lab, "train 3");
    run(lab, "net width=+1");
    assert_string_equal(lab->screen.message, "a fresh network: u brings the one of 3 epochs back");
    refuses(lab, "back", "this network has not been trained yet");
    run(lab, "step");
    run(lab, "plot x*sigmoid(x)");
    assert_string_equal(lab->screen.message, "a fresh network: u brings the one of 1 step back");
    run(lab, "net fn=tanh");
    run(lab, "step");
    lab->screen.message[0] = '\0';
    run(lab, "net lr=0.1");
    assert_int_equal(trainer_steps(lab->model.trainer), 1);
    assert_string_equal(lab->screen.message, "");
    run(lab, "plot relu");
    assert_int_equal(trainer_steps(lab->model.trainer), 1);
    assert_string_equal(lab->screen.message,
                        "the network keeps tanh: net fn=plotted gives it the plot's function");
    lab->screen.message[0] = '\0';
    run(lab, "reset"); /* as was asked for */
    assert_string_equal(lab->screen.message, "");
    lab->interactive = false;
    run(lab, "restart");
}

/* On the screen naive is left by the same words. */
static void test_naive_again(void **state)
{
    (void)state;
    run(lab, "restart");
    lab->interactive = true;
    run(lab, "naive sigmoid");
    assert_true(lab->model.plot.naive);
    assert_non_null(strstr(lab->screen.message, "naive again ends it"));
    run(lab, "naive sigmoid");
    assert_false(lab->model.plot.naive);
    assert_true(lab->model.plot.x1 == PLOT_REACH);
    run(lab, "naive gelu");
    assert_true(lab->model.plot.naive);
    run(lab, "naive on");
    assert_true(lab->model.plot.naive);
    run(lab, "naive");
    assert_false(lab->model.plot.naive);
    lab->interactive = false;
    run(lab, "restart");
}

/* step is a function and an observable: who gives it no number is told how to ask for either. */
static void test_eval_step(void **state)
{
    (void)state;
    assert_non_null(freopen("/dev/null", "r", stdin));
    refuses(lab, "eval step", "the function step needs a number: eval step X, or eval step+0");
    run(lab, "eval gelu"); /* an empty stream */
    says(lab, "eval step 1", "1");
    run(lab, "step 2");
    says(lab, "eval step+0", "2\n");
    run(lab, "restart");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_data_stay),      cmocka_unit_test(test_behind_a_race),
        cmocka_unit_test(test_batch_all),      cmocka_unit_test(test_bounds),
        cmocka_unit_test(test_messages),       cmocka_unit_test(test_gone),
        cmocka_unit_test(test_naive_again),    cmocka_unit_test(test_eval_step),
        cmocka_unit_test(test_help_on_values),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
