/* test_command.c - the language: splitting, finding, errors with their columns; and the one table
 * behind it. */
#include "commands/help.h"
#include "draw/charset.h"
#include "draw/theme.h"
#include "lab.h"
#include "lab/keymap.h"
#include "language/args.h"

#include <stdlib.h>

/* Runs a line that must fail with this text, at this column, as wrong usage. */
static void wrong(struct lab *lab, const char *line, const char *text, int column)
{
    assert_int_equal(refuses_at(lab, line, text, column)->kind, ERROR_USAGE);
}

static void test_table_is_complete(void **state)
{
    (void)state;
    for (int i = 0; i < command_table.n; i++) {
        const struct command *c = &command_table.command[i];

        if (!c->summary || !c->run || (i > 0 && c->group < c[-1].group))
            fail_msg("'%s' lacks a summary or a handler, or its group", c->name);
        for (int k = 0; k < i; k++)
            assert_string_not_equal(command_table.command[k].name, c->name);
        for (const char *p = c->help ? c->help : ""; *p; p++)
            assert_true((*p >= ' ' && *p < 0x7f) || *p == '\n');
    }
}

/* The command's words, or its option `key`, can be each of these names. */
static void assert_names(const char *command, const char *key, const char *const *names)
{
    const struct command *c = command_find(&command_table, command, NULL);
    struct span words = args_of(c), form;
    struct arg a;

    assert_true(args_form(&words, &form));
    while (args_next(&form, &a) && !span_is(a.key, key))
        ;
    for (int i = 0; names[i]; i++)
        if (args_find(a.values, names[i]) < 0)
            fail_msg("%s does not know '%s'", command, names[i]);
}

/* Rows that name what a table has name all of it. */
static void test_rows_know_the_tables(void **state)
{
    (void)state;
    assert_names("theme", "", theme_names);
    assert_names("plot", "theme", theme_names);
    assert_names("charset", "", charset_names);
    assert_names("plot", "charset", charset_names);
    assert_names("focus", "", pane_names);
    assert_names("plot", "color", setting_find(&lab_settings, "color", NULL)->choices);
    assert_names("show", "color", setting_find(&lab_settings, "color", NULL)->choices);
}

/* An option that a command does not have is wrong usage, said in one line: nothing is passed over
 * in silence. */
static void test_unknown_options(void **state)
{
    static const char *const option[] = {"nosuch=1", "--nosuch", "--nosuch=1"};
    FILE *out = fopen("/dev/null", "w");
    struct lab *lab = *state;
    struct error e;

    for (int i = 0; i < 2 * command_table.n; i++) {
        const struct command *c = &command_table.command[i / 2];

        lab->interactive = i % 2;
        if (c->flags & CMD_RAW && lab->interactive) /* it is no option there */
            continue;
        for (int k = 0; k < 3; k++) {
            if (lab_runf(lab, out, &e, "%s %s", c->name, option[k]))
                fail_msg("'%s %s' was accepted", c->name, option[k]);
            if (e.kind != ERROR_USAGE || strchr(e.text, '\n') || !e.text[0])
                fail_msg("%s %s: %s", c->name, option[k], e.text);
        }
    }
    lab->interactive = false;
    fclose(out);
    wrong(lab, "train 1 epochs=3", "no option 'epochs': usage: train [N] [epochs|", 8);
    wrong(lab, "reset foo=1", "reset has no option 'foo': it takes none", 6);
    wrong(lab, "plot elu gamma=2", "it takes alpha, beta, range, size, charset, color and theme",
          9);
    wrong(lab, "layers --widht 3", "did you mean 'width'", 7);
    wrong(lab, "facts format=xml", "format must be text, csv, tsv or json, not 'xml'", 13);
    wrong(lab, "plot --color red", "color must be auto, always or never, not 'red'", 13);
    wrong(lab, "eval relu --keep-going=maybe 1", "keep-going must be off or on", 23);
    wrong(lab, "lesson list page=2", "usage: lesson", 12); /* which only another form has */
    wrong(lab, "compare off relu", "usage: compare FN ... | off", 12);
    wrong(lab, "fn relu tanh", "usage: fn", 8);
    wrong(lab, "range 1", "usage: range X0 X1 | default", -1);
    wrong(lab, "net lode x.json", "usage: net", 4);
    wrong(lab, "layers epochs=1/2", "a whole number from 0", 14);
    wrong(lab, "fn elu alpha=(1", "column", 15);
}

static void test_help_knows_every_command(void **state)
{
    char *printed = NULL;
    size_t n = 0;
    FILE *out = open_memstream(&printed, &n);

    help_screen(*state, out);
    help_usage(&command_table, out);
    fclose(out);
    for (int i = 0; i < command_table.n; i++)
        if (!strstr(printed, command_table.command[i].summary))
            fail_msg("help does not mention '%s'", command_table.command[i].name);
    free(printed);
    printed = NULL;
    out = open_memstream(&printed, &n);
    assert_true(help_section(*state, "network", out)); /* a part of it by itself */
    assert_false(help_section(*state, "net", out));
    fclose(out);
    assert_ptr_equal(strstr(printed, "Keys: network\n"), printed);
    assert_non_null(strstr(printed, "netview gradient"));
    assert_non_null(strstr(printed, "\nCommands: network\n"));
    assert_null(strstr(printed, "lesson next"));
    free(printed);
}

/* Every default key is bound to a line that the language knows, and that runs. */
static void test_every_key_works(void **state)
{
    struct lab *lab = *state;
    const struct binding *b;
    FILE *out = fopen("/dev/null", "w");
    struct error e;
    int n = 0;

    lab->interactive = true;
    for (size_t i = 0; (b = keymap_at(lab->keymap, i)); i++, n++) {
        /* what a key asks for may be impossible just now (no lesson, no beta), but never a wrong
         * line */
        if (!lab_run(lab, b->command, out, &e) && e.kind == ERROR_USAGE)
            fail_msg("key %s: %s: %s", b->key, b->command, e.text);
        if (keymap_find(lab->keymap, b->pane, b->key) != b)
            fail_msg("key %s is bound twice", b->key);
    }
    assert_true(n > 50);
    fclose(out);
}

/* What a message says is so as long as it stands. */
static void test_messages(void **state)
{
    struct run recorded = {.rights = RIGHTS_RECORDING, .recorded = true};
    struct lab *lab = open_lab(getenv("ACTLAB_LESSONS"));

    (void)state;
    lab->interactive = true;
    run(lab, "def mine(x) = x*x");
    assert_string_equal(lab->screen.message, "mine(x) = x*x: type fn mine to see it");
    run(lab, "fn mine");
    run(lab, "def mine(x) = x");
    assert_string_equal(lab->screen.message, "f is now mine(x) = x");
    assert_true(lab_run_as(lab, "fn relu", &recorded, stdout, NULL)); /* the teacher goes on */
    assert_string_equal(lab->screen.message, "");
    run(lab, "net lr=0.01");
    says(lab, "net", "learning rate (usual: 0.3)");
    run(lab, "lesson 2");
    run(lab, "net layers=3");
    says(lab, "net", "hidden layers (usual: 8)");
    run(lab, "try 3");
    says(lab, "net", "units in each hidden layer (the lesson's)\n");
    session_close(lab);
}

static void test_splitting(void **state)
{
    struct lab *lab = *state;

    run(lab, "");
    run(lab, "   # only a comment");
    run(lab, "fn relu # and why");
    assert_string_equal(lab->model.fn.act->name, "relu");
    run(lab, "  fn\t'elu'   alpha=\"0.5\"");
    assert_string_equal(lab->model.fn.act->name, "elu");
    run(lab, "fn 'x * x'");
    assert_true(fn_f(&lab->model.fn, 3) == 9);
    run(lab, "fn x\\ *\\ 2");
    assert_true(fn_f(&lab->model.fn, 3) == 6);
    wrong(lab, "fn 'x * x", "quote", 3);
}

static void test_numbers(void **state)
{
    struct lab *lab = *state;

    run(lab, "fn elu");
    run(lab, "alpha 1/4");
    assert_true(lab->model.fn.alpha == 0.25);
    run(lab, "alpha +0.25");
    assert_true(lab->model.fn.alpha == 0.5);
    run(lab, "alpha -0.25");
    assert_true(lab->model.fn.alpha == 0.25);
    run(lab, "alpha default");
    assert_true(lab->model.fn.alpha == lab->model.fn.act->alpha.fallback);
    run(lab, "alpha +1step");
    assert_true(lab->model.fn.alpha > lab->model.fn.act->alpha.fallback);
    /* "=-1" is minus one, wherever -1 means "by" */
    run(lab, "net bias==-3");
    run(lab, "net bias==-3");
    assert_true(lab->model.net.bias == -3);
    run(lab, "net bias=-1");
    assert_true(lab->model.net.bias == -4);
    run(lab, "net bias=0");
    run(lab, "fn elu alpha==-1");
    assert_true(lab->model.fn.alpha == -1);
    run(lab, "fn elu alpha=-1");
    assert_true(lab->model.fn.alpha == -1);
    run(lab, "until alpha==-1"); /* where an expression is wanted, it compares */
    wrong(lab, "alpha lots", "lots", 6);
    wrong(lab, "alpha", "usage: alpha", -1);
    wrong(lab, "alpha 1 2", "usage: alpha", 8);
    wrong(lab, "scroll nan", "'nan' is not a number of lines", 7);
    wrong(lab, "scroll nanpage", "'nanpage' is not a number of lines", 7);
    wrong(lab, "scroll inf-inf", "not a number of lines", 7);
}

static void test_unknown_names(void **state)
{
    struct lab *lab = *state;

    wrong(lab, "nett layers=3", "did you mean 'net'", 0);
    wrong(lab, "quiz", "did you mean 'answer'", 0);
    wrong(lab, "save net.json", "did you mean 'export'", 0);
    wrong(lab, "help teacher", "did you mean 'follow'", 5);
    wrong(lab, "fn sigmod", "sigmoid", 3);
    wrong(lab, "net layres=3", "did you mean 'layers'", 4);
    wrong(lab, "net layers=1000", "from 0 to 200", 11);
    wrong(lab, "net init=hee", "he", 9);
    wrong(lab, "net width=4 layers=999", "from 0 to 200", 19);
    wrong(lab, "fn elu gamma=2", "gamma", 7);
    wrong(lab, "layers --fromat=json", "--fromat", 7);
    wrong(lab, "set fsp 3", "did you mean 'fps'", 4);
    wrong(lab, "lr 0.1", "'lr' is a setting of the network: net lr=0.1", 0);
    wrong(lab, "set lr 0.1", "'lr' is a setting of the network: net lr=0.1", 4);
    wrong(lab, "momentum", "net momentum=0.9", 0);
    wrong(lab, "fps 10", "'fps' is a setting: set fps 10", 0);
    wrong(lab, "bind f13 run", "no key 'f13'", -1);
    wrong(lab, "bind e run-away", "no command", 7);
}

static void test_network_commands(void **state)
{
    struct lab *lab = *state;
    uint64_t digest;

    run(lab, "net layers=2 width=4 lr=0.1 seed=3");
    digest = trainer_digest(lab->model.trainer);
    run(lab, "train 2 epochs");
    assert_true(trainer_digest(lab->model.trainer) != digest);
    run(lab, "reset");
    assert_true(trainer_digest(lab->model.trainer) == digest);
    run(lab, "net lr=next"); /* acts on the running network */
    assert_true(lab->model.net.lr > 0.1);
    assert_true(trainer_digest(lab->model.trainer) == digest);
    run(lab, "net seed=4");
    assert_true(trainer_digest(lab->model.trainer) != digest);
}

/* Back is exact, through interventions too. */
static void test_back_is_exact(void **state)
{
    struct lab *lab = *state;
    uint64_t at100, at37;

    run(lab, "fn tanh");
    run(lab, "net layers=3 width=5 seed=9");
    run(lab, "step 37");
    at37 = trainer_digest(lab->model.trainer);
    run(lab, "step 63");
    at100 = trainer_digest(lab->model.trainer);
    run(lab, "step 50");
    run(lab, "back 50");
    assert_true(trainer_digest(lab->model.trainer) == at100);
    run(lab, "swap relu");
    run(lab, "step 10");
    run(lab, "net lr=0.01");
    run(lab, "step 10");
    run(lab, "back 83");
    assert_true(trainer_digest(lab->model.trainer) == at37);
    assert_string_equal(lab->model.fn.act->name, "tanh");
    run(lab, "step 63");
    assert_true(trainer_digest(lab->model.trainer) == at100);
}

/* Two labs that heard the same commands are the same; `state` leads a third one to the same place.
 */
static void test_same_commands_same_state(void **state)
{
    struct lab *lab = *state, *other = open_lab(NULL);
    char *a, *b;

    for (int i = 0; i < 2; i++) {
        struct lab *l = i ? other : lab;

        run(l, "fn elu alpha=0.7");
        run(l, "net layers=4 width=6 init=he lr=0.05 data=xor seed=5");
        run(l, "step 123");
        run(l, "range -3 3");
    }
    a = output(lab, "state");
    b = output(other, "state");
    assert_string_equal(a, b);
    session_close(other);
    other = open_lab(NULL);
    run_lines(other, b);
    b = (free(b), output(other, "state"));
    assert_string_equal(a, b);
    session_close(other);
    free(a);
    free(b);
}

static void test_words_are_not_split_again(void **state)
{
    struct lab *lab = *state;
    char *words[] = {(char *)"fn", (char *)"x + 1", (char *)"alpha=2 "};
    FILE *out = fopen("/dev/null", "w");
    struct error e;

    assert_false(lab_run_words(lab, 3, words, out, &e)); /* "alpha" is no parameter of x + 1 */
    assert_true(lab_run_words(lab, 2, words, out, &e));
    assert_true(fn_f(&lab->model.fn, 1) == 2);
    fclose(out);
}

static void test_restricted(void **state)
{
    struct lab *lab = *state;

    lab->rights = RIGHTS_STRANGER;
    refuses(lab, "record /tmp/x", "restricted");
    refuses(lab, "net file=/etc/passwd", "");
    run(lab, "fn gelu");
}

/* A unit's weights are chosen and changed by where one stands, or by number. */
static void test_weights(void **state)
{
    struct lab *lab = *state;
    float was;

    run(lab, "restart");
    run(lab, "net layers=3 width=4");
    run(lab, "unit 2 4");
    run(lab, "unit next"); /* on to the next layer */
    assert_int_equal(lab->model.unit_layer, 3);
    assert_int_equal(lab->model.unit, 1);
    run(lab, "unit prev");
    assert_int_equal(lab->model.unit_layer, 2);
    assert_int_equal(lab->model.unit, 4);
    run(lab, "unit +1 +0");
    run(lab, "unit +1 +0");
    run(lab, "unit +1 +0"); /* the output is the end, and has one unit */
    assert_int_equal(lab->model.unit_layer, 4);
    assert_int_equal(lab->model.unit, 1);
    run(lab, "weight 4 0.5");
    assert_true(trainer_weight(lab->model.trainer, 4, 0, 3) == .5F);
    run(lab, "unit next"); /* round to the first */
    assert_int_equal(lab->model.unit_layer, 1);
    run(lab, "unit 3 2");
    run(lab, "input 3");
    was = trainer_weight(lab->model.trainer, 3, 1, 2);
    run(lab, "weight +0.25");
    assert_true(trainer_weight(lab->model.trainer, 3, 1, 2) == was + .25F);
    run(lab, "input next");
    run(lab, "input next"); /* after the last the bias */
    assert_int_equal(lab->model.input, 0);
    run(lab, "weight =-1");
    assert_true(trainer_bias(lab->model.trainer, 3, 1) == -1);
    run(lab, "weight 4 0.5");
    assert_int_equal(lab->model.input, 4);
    assert_true(trainer_weight(lab->model.trainer, 3, 1, 3) == .5F);
    run(lab, "unit 1 1"); /* which has two inputs */
    assert_int_equal(lab->model.input, 2);
    wrong(lab, "unit 5 1", "from 1 to 4", 5);
    wrong(lab, "unit 4 2", "from 1 to 1", 7);
    wrong(lab, "input 3", "from 0 to 2", 6);
    wrong(lab, "weight 3 1", "from 0 to 2", 7);
    wrong(lab, "weight 2e6", "from -1000000 to 1000000", 7);
    run(lab, "unit 3 4");
    run(lab, "net layers=0"); /* only the output is left */
    run(lab, "weight 0 2");
    assert_true(trainer_bias(lab->model.trainer, 1, 0) == 2);
    run(lab, "net layers=3 width=4");
    run(lab, "unit 3 4");
    run(lab, "net layers=1 width=2"); /* the chosen unit is gone: its neighbour is there */
    run(lab, "weight 0 1");
    assert_true(trainer_bias(lab->model.trainer, 1, 1) == 1);
    run(lab, "restart");
}

/* What is swapped in is what the network has from then on: after a step back and after a reset. */
static void test_swap_stays(void **state)
{
    struct lab *lab = *state;

    run(lab, "restart");
    run(lab, "net fn=tanh layers=2 width=4");
    run(lab, "step 4");
    run(lab, "swap relu");
    run(lab, "step 10");
    run(lab, "back 5");
    assert_string_equal(lab->model.net.fn, "relu");
    assert_string_equal(trainer_config(lab->model.trainer)->fn, "relu");
    run(lab, "reset");
    assert_string_equal(trainer_fn(lab->model.trainer)->act->name, "relu");
    run(lab, "restart");
}

/* A delta that vanished is still a number of its unit, not 0. */
static void test_small_delta(void **state)
{
    struct lab *lab = *state;

    run(lab, "restart");
    run(lab, "net layers=38");
    lab_measure(lab);
    assert_true(lab->measured.probe.layer[1].delta > 0 &&
                lab->measured.probe.layer[1].delta < 1e-23);
    for (int j = 0; j < lab->measured.probe.width; j++)
        assert_true(lab->measured.probe.unit[j].delta > 0);
    run(lab, "restart");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        LAB_TEST(test_table_is_complete),
        LAB_TEST(test_rows_know_the_tables),
        LAB_TEST(test_unknown_options),
        LAB_TEST(test_help_knows_every_command),
        LAB_TEST(test_every_key_works),
        LAB_TEST(test_messages),
        LAB_TEST(test_splitting),
        LAB_TEST(test_numbers),
        LAB_TEST(test_unknown_names),
        LAB_TEST(test_network_commands),
        LAB_TEST(test_back_is_exact),
        LAB_TEST(test_same_commands_same_state),
        LAB_TEST(test_words_are_not_split_again),
        LAB_TEST(test_restricted),
        LAB_TEST(test_weights),
        LAB_TEST(test_swap_stays),
        LAB_TEST(test_small_delta),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
