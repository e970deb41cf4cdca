/* test_network.c - commands, the network's above all: what they keep, what they say, and what they
 * refuse. */
#include "commands/handlers.h"
#include "commands/session.h"
#include "language/command.h"
#include "lines.h"

#include <string.h>
#include <unistd.h>

static int open_lab(void **state)
{
    (void)state;
    lab = session_open(&command_table, NULL, NULL);
    return lab ? 0 : -1;
}

static int close_lab(void **state)
{
    (void)state;
    session_close(lab);
    return 0;
}

static void refuses(const char *line, const char *part)
{
    struct error e;

    if (lab_run(lab, line, stdout, &e))
        fail_msg("%s is allowed", line);
    if (!strstr(e.text, part))
        fail_msg("%s does not name '%s': %s", line, part, e.text);
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
    char folder[] = "/tmp/actlab-test-XXXXXX", line[200], csv[60], json[60];
    uint64_t digest;

    (void)state;
    assert_non_null(mkdtemp(folder));
    snprintf(csv, sizeof csv, "%s/pts.csv", folder);
    snprintf(json, sizeof json, "%s/net.json", folder);
    write_points(csv, 20);
    snprintf(line, sizeof line, "net data=%s test=0.2 layers=2 width=4", csv);
    run(line);
    digest = trainer_digest(lab->model.trainer);
    run("train 2 steps");
    snprintf(line, sizeof line, "export %s", json);
    run(line);
    remove(csv);
    run("restart");
    has_samples(200);
    snprintf(line, sizeof line, "load %s", json);
    run(line);
    run("step");
    run("reset");
    has_samples(20);
    assert_true(trainer_digest(lab->model.trainer) == digest);
    run("net layers=3");
    run("fn tanh");
    run("race relu tanh epochs=1");
    has_samples(20);
    refuses("net seed=2", csv); /* they would be dealt otherwise, from the file */
    write_points(csv, 30);
    run("reset");
    has_samples(20);
    snprintf(line, sizeof line, "net data=%s", csv);
    run(line);
    has_samples(30);
    snprintf(line, sizeof line, "load %s", csv);
    refuses(line, "no network: load reads what 'export FILE.json' saved");
    remove(csv);
    remove(json);
    rmdir(folder);
    run("restart");
}

/* Racers are not touched by hand, and nobody believes that they are. */
static void test_behind_a_race(void **state)
{
    static const char *const lines[] = {"kill 1", "revive", "swap tanh", "weight 1 0.5"};

    (void)state;
    run("restart");
    run("kill 1");
    assert_null(strstr(lab->screen.message, "race"));
    run("race relu tanh epochs=1");
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        lab->screen.message[0] = '\0';
        run(lines[i]);
        if (!strstr(lab->screen.message, "behind the race"))
            fail_msg("'%s' says '%s'", lines[i], lab->screen.message);
    }
    run("restart");
}

/* batch=all is 0, and 0 is shown as all. */
static void test_batch_all(void **state)
{
    (void)state;
    run("restart");
    says("net", "batch      10 ");
    run("net batch=all");
    assert_int_equal(lab->model.net.batch, 0);
    says("net", "batch      all ");
    says("train", "step 1 ");
    run("net batch=+20");
    assert_int_equal(lab->model.net.batch, 20);
    run("net batch=\"=all\"");
    assert_int_equal(lab->model.net.batch, 0);
    run("net batch=0");
    says("eval batch", "0");
    says("state", "batch=\"=all\"");
    refuses("net batch=none", "none");
    refuses("net lr=all", "all");
    run("restart");
}

/* Bounds are told with all their digits, by help too. */
static void test_bounds(void **state)
{
    (void)state;
    refuses("net seed=1e16", "seed must be from 0 to 9007199254740992, not 1e+16");
    refuses("net lr=\"=-1\"", "lr must be from 0 to 1000000, not -1");
    refuses("net optimizer=best", "optimizer must be sgd, momentum, rmsprop or adam, not 'best'");
    for (int i = 0; i < net_settings.rows; i++) {
        const struct setting *s = &net_settings.row[i];
        char line[60], usual[80];
        struct text range = {0};

        snprintf(line, sizeof line, "      %-13s %.12s", s->name, s->help);
        says("help net", line);
        snprintf(line, sizeof line, "help %s", s->name);
        snprintf(usual, sizeof usual, "%s (network setting", s->name);
        says(line, usual);
        setting_range(s, &range);
        assert_true(range.len > 0 || s->type == SETTING_WORD);
        text_free(&range);
    }
    says("help net", "from 1 to 512");
    says("help net", "from 0 to 100000 or all");
    says("help net", "A number with + or - in front means by so much");
    says("help set", "from 0 to");
    says("help init", "glorot");
    says("help init", "orthogonal");
}

/* A word of a lesson leads to its setting, also where it is the beginning of a command. */
static void test_help_on_values(void **state)
{
    (void)state;
    says("help he", "he (network setting: net init=he)\n    first weights");
    says("help spiral", "net data=spiral");
    says("help adam", "net optimizer=adam");
    says("help braille", "braille (setting: set charset braille)");
    says("help hel", "help [NAME]");
    refuses("help everything", "no command 'everything'");
}

static void test_messages(void **state)
{
    static const char update[] = "this optimizer moves them otherwise";
    char *said;

    (void)state;
    run("restart");
    said = said_by("layers");
    assert_null(strstr(said, update));
    free(said);
    says("layers optimizer=adam", update);
    says("layers layers=0", "no hidden layer\nstep 0");
    run("restart");
    /* no gradient is left to predict at the top, but chi says why */
    says("layers fn=relu init=he bias==-0.5", "0%       72%         0  0.5158\n");
    run("restart");
    run("net layers=0");
    refuses("kill 1", "the network has no hidden layer: net layers=2");
    refuses("histogram 1", "the network has no hidden layer: net layers=2");
    run("restart");
    refuses("kill 9", "from 1 to 8");
    run("step 3");
    says("back 5", "back at step 0: only 3 had been trained\n");
    run("step 3");
    says("back 3", "");
    run("step 3");
    lab->interactive = true;
    run("back 9");
    lab->interactive = false;
    assert_string_equal(lab->screen.message, "back at step 0: only 3 had been trained");
}

/* A trained network does not go without a word. */
static void test_gone(void **state)
{
    (void)state;
    lab->interactive = true;
    run("restart");
    lab->screen.message[0] = '\0';
    run("net width=12");
    assert_string_equal(lab->screen.message, "");
    run("train 3");
    run("net width=+1");
    assert_string_equal(lab->screen.message, "a fresh network: training of 3 epochs is gone");
    refuses("back", "this network has not been trained yet");
    run("step");
    run("plot x*sigmoid(x)");
    assert_string_equal(lab->screen.message,
                        "a fresh network: training of 1 step is gone (swap NAME keeps it)");
    run("net fn=tanh");
    run("step");
    lab->screen.message[0] = '\0';
    run("net lr=0.1");
    assert_int_equal(trainer_steps(lab->model.trainer), 1);
    assert_string_equal(lab->screen.message, "");
    run("plot relu");
    assert_int_equal(trainer_steps(lab->model.trainer), 1);
    assert_string_equal(lab->screen.message,
                        "the network keeps tanh: net fn=plotted gives it the plot's function");
    lab->screen.message[0] = '\0';
    run("reset"); /* as was asked for */
    assert_string_equal(lab->screen.message, "");
    lab->interactive = false;
    run("restart");
}

/* On the screen naive is left by the same words. */
static void test_naive_again(void **state)
{
    (void)state;
    run("restart");
    lab->interactive = true;
    run("naive sigmoid");
    assert_true(lab->model.plot.naive);
    assert_non_null(strstr(lab->screen.message, "naive again ends it"));
    run("naive sigmoid");
    assert_false(lab->model.plot.naive);
    assert_true(lab->model.plot.x1 == PLOT_REACH);
    run("naive gelu");
    assert_true(lab->model.plot.naive);
    run("naive on");
    assert_true(lab->model.plot.naive);
    run("naive");
    assert_false(lab->model.plot.naive);
    lab->interactive = false;
    run("restart");
}

/* step is a function and an observable: who gives it no number is told how to ask for either. */
static void test_eval_step(void **state)
{
    (void)state;
    assert_non_null(freopen("/dev/null", "r", stdin));
    refuses("eval step", "no number came for the function step: eval step X, or eval step+0");
    run("eval gelu"); /* an empty stream */
    says("eval step 1", "1");
    run("step 2");
    says("eval step+0", "2\n");
    run("restart");
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

    return cmocka_run_group_tests(tests, open_lab, close_lab);
}
