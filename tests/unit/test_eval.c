/* test_eval.c - the commands that compute: def, eval, table, until, watch; and the observables. */
#include "lab.h"
#include "lab/observe.h"
#include "lab/until.h"
#include "language/args.h"
#include "replay/state.h"

#include <math.h>
#include <unistd.h>

static void wrong(struct lab *lab, const char *line, const char *message, enum error_kind kind)
{
    assert_int_equal(refuses_with(lab, line, message)->kind, kind);
}

static double observed(struct lab *lab, const char *expression)
{
    struct error e;
    double v = NAN;

    if (!observe(lab, expression, &v, &e))
        fail_msg("%s: %s", expression, e.text);
    return v;
}

static void eval_prints_exact_lines(void **state)
{
    prints(*state, "eval sigmoid -1000 0 1000", "-1000 0 0\n0 0.5 0.25\n1000 1 0\n");
    prints(*state, "eval tanh 800", "800 1 0\n");
    prints(*state, "eval relu nan -inf inf 0", "nan nan nan\n-inf 0 0\ninf inf 1\n0 0 0\n");
    prints(*state, "eval elu alpha=2 -1", "-1 -1.2642411176571153 0.7357588823428847\n");
    prints(*state, "eval elu --alpha 2 -1", "-1 -1.2642411176571153 0.7357588823428847\n");
    prints(*state, "eval identity -0.03 0.1", "-0.03 -0.03 1\n0.1 0.1 1\n");
    prints(*state, "eval 'x^2' 1/2 \"2 + 1\"", "0.5 0.25 1\n3 9 6\n");
    prints(*state, "eval swish beta=2 0 --format=csv", "x,f,df\r\n0,0,0.5\r\n");
    prints(*state, "eval identity 0.1 format=json", "[\n {\"x\": 0.1, \"f\": 0.1, \"df\": 1}\n]\n");
}

/* The plotted function is meant as it is plotted; another, or alpha= itself, is not. */
static void eval_and_table_know_what_is_set(void **state)
{
    prints(*state, "fn elu", "");
    prints(*state, "alpha 2", "");
    prints(*state, "eval elu -1", "-1 -1.2642411176571153 0.7357588823428847\n");
    prints(*state, "table elu -1 0 1 --format=csv",
           "x,f,df\r\n-1,-1.2642411176571153,0.7357588823428847\r\n0,0,2\r\n");
    prints(*state, "eval elu alpha=0 -1", "-1 -0 0\n");
    prints(*state, "eval leaky_relu -1", "-1 -0.01 0.01\n");
    prints(*state, "fn relu", "");
    prints(*state, "eval elu -1", "-1 -0.6321205588285577 0.36787944117144233\n");
}

static void eval_of_what_has_no_x_is_a_number(void **state)
{
    prints(*state, "eval 1/3", "0.3333333333333333\n");
    prints(*state, "eval layers*10", "80\n");
    prints(*state, "eval layers*10 format=json", "[\n {\"value\": 80}\n]\n");
    refuses(*state, "eval layers alpha=2", "");
    prints(*state, "eval 'layers == 8 and width == 16'", "1\n");
    wrong(*state, "eval delta(9)", "delta(9): the layers are 1 to 8", ERROR_FAILED);
    wrong(*state, "eval delta(1.5)", "delta(1.5): the layers are 1 to 8", ERROR_FAILED);
}

static void eval_says_what_is_wrong(void **state)
{
    wrong(*state, "eval gelo 1", "unknown name 'gelo' at column 6: did you mean gelu?",
          ERROR_USAGE);
    wrong(*state, "eval 'x*tahn(x)' 1", "unknown name 'tahn' at column 9: did you mean tanh?",
          ERROR_USAGE);
    refuses_at(*state, "eval 'x*tahn(x)' 1", "", 8);
    wrong(*state, "eval gelu 1 seventh",
          "unknown name 'seventh' at column 13: 'help' lists what is known", ERROR_USAGE);
    wrong(*state, "eval gelu 1 format=xml", "format must be text, csv, tsv or json, not 'xml'",
          ERROR_USAGE);
    refuses(*state, "eval", "");
    refuses(*state, "eval gelu 1 gamma=2", "");
    refuses(*state, "eval gelu 1 alpha=2", "");
    wrong(*state, "eval loss 3", "'loss' is already a number: eval it alone", ERROR_USAGE);
    prints(*state, "eval 2*3 5", "5 6 0\n");
}

/* Standard input with these bytes. */
static void feed(const char *bytes, size_t n)
{
    char path[] = "/tmp/test_eval_XXXXXX";
    int fd = mkstemp(path);

    assert_true(fd >= 0);
    assert_true(write(fd, bytes, n) == (ssize_t)n);
    close(fd);
    assert_non_null(freopen(path, "r", stdin));
    unlink(path);
}

static void eval_reads_numbers(void **state)
{
    static const char some[] = "1\n -2.5e0 \n0x10\r\n3"; /* the last without its newline */

    feed(some, sizeof some - 1);
    prints(*state, "eval identity", "1 1 1\n-2.5 -2.5 1\n16 16 1\n3 3 1\n");
    feed("", 0);
    prints(*state, "eval identity", "");
    feed("", 0);
    prints(*state, "eval identity format=json", "[]\n");
}

static void eval_names_the_line_that_is_no_number(void **state)
{
    static const char *const bad[] = {"1\n2\nthree\n4\n", "1\n2\n\n4\n", "1\n2\n3 4\n5\n"};
    const struct error *e;

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        feed(bad[i], strlen(bad[i]));
        e = refuses(*state, "eval relu", "standard input, line 3: '");
        assert_int_equal(e->kind, ERROR_FAILED);
        shows(e->text, "is not a number");
    }
    feed("1\0\n2\n", 5);
    refuses(*state, "eval relu", "line 1");
}

/* With --keep-going all good lines are there, and it fails at the end. Lines of any length are cut,
 * not kept. */
static void eval_keeps_going(void **state)
{
    char *s = NULL, *big = malloc(1 << 20);
    size_t n = 0;
    FILE *out = open_memstream(&s, &n), *err = stderr;
    struct error e;

    memset(big, '7', 1 << 20);
    memcpy(big, "1\nnothing\n2\n", 12);
    memcpy(big + (1 << 20) - 3, "\n3\n", 3);
    feed(big, 1 << 20);
    stderr = fopen("/dev/null", "w");
    assert_false(lab_run(*state, "eval relu --keep-going", out, &e));
    fclose(stderr);
    stderr = err;
    fclose(out);
    assert_string_equal(s, "1 1 1\n2 2 1\n3 3 1\n");
    assert_string_equal(e.text, "2 of 5 lines were not numbers and were skipped");
    assert_int_equal(e.kind, ERROR_FAILED);
    free(s);
    free(big);
}

static void table_has_round_points(void **state)
{
    prints(*state, "table identity 0 0.5 0.1 --format=tsv",
           "x\tf\tdf\n0\t0\t1\n0.1\t0.1\t1\n0.2\t0.2\t1\n0.3\t0.3\t1\n0.4\t0.4\t1\n0.5\t0.5\t1\n");
    prints(*state, "table identity 0.3 -0.3 -0.3 --format=tsv",
           "x\tf\tdf\n0.3\t0.3\t1\n0\t0\t1\n-0.3\t-0.3\t1\n");
    prints(
        *state, "table relu -1 1 2",
        "           x              f             df\n          -1              0              0\n"
        "           1              1              1\n");
    wrong(*state, "table gelu 3 -3 0.5", "a step of 0.5 does not lead from 3 to -3", ERROR_USAGE);
    wrong(*state, "table gelu 0 1 1e-9", "1e+09 rows: at most 10000000 are allowed", ERROR_USAGE);
    refuses(*state, "table gelu 0 1 0", "");
    refuses(*state, "table gelu 0 inf 1", "");
    refuses(*state, "table gelu 0 1", "");
}

/* Rows far from 0, or close together, are told apart by as many digits as they need. */
static void table_rows_differ(void **state)
{
    prints(*state, "table identity 1000000 1000003 1",
           "              x                 f                df\n"
           "        1000000           1000000                 1\n"
           "        1000001           1000001                 1\n"
           "        1000002           1000002                 1\n"
           "        1000003           1000003                 1\n");
    says(*state, "table identity 1e16 1.0000000000000004e16 2", "\n        10000000000000002 ");
    says(*state, "table relu 3 3.0002 0.0001", "\n       3.0001 ");
    says(*state, "table relu 5e-324 1e-323 5e-324 --format=tsv", "\n9.88131291682493e-324\t");
    refuses(*state, "table relu -1e308 1e308 5e-324", "rows");
}

static void def_makes_a_function_like_any_other(void **state)
{
    struct lab *lab = *state;

    run(lab, "def f(x)=x*sigmoid(1.702*x) # nearly gelu");
    prints(lab, "eval f 0", "0 0 0.5\n");
    prints(lab, "def", "def f(x) = x*sigmoid(1.702*x)\n");
    run(lab, "fn f");
    assert_string_equal(lab->model.fn.act->name, "f");
    assert_string_equal(trainer_fn(lab->model.trainer)->act->name, "f");
    run(lab, "train 2 epochs");
    run(lab, "def 'soft(t) = softplus(beta*t)/beta'");
    run(lab, "fn soft beta=3");
    assert_true(lab->model.fn.beta == 3);
    wrong(lab, "def g(x) = 1 + g(x)",
          "g calls itself at column 16: it can use only functions defined before it", ERROR_USAGE);
    refuses_at(lab, "def g(x) = 1 + g(x)", "", 15);
    wrong(lab, "def g(x) = rleu(x)", "unknown name 'rleu' at column 12: did you mean relu?",
          ERROR_USAGE);
}

/* fn prev is the function before, whatever is defined: no word of a command is a name. */
static void words_of_commands_are_no_names(void **state)
{
    static const char *const some[] = {"next", "prev", "on", "off", "list", "plotted", "all"};
    struct lab *lab = *state;
    int words = 0;

    for (size_t i = 0; i < sizeof some / sizeof *some; i++)
        assert_true(args_understood(lab->commands, some[i]));
    for (int i = 0; i < lab->commands->n; i++) {
        struct span left = args_of(&lab->commands->command[i]), form, one;
        struct arg a;

        while (args_form(&left, &form))
            while (args_next(&form, &a))
                while (a.key.n == 0 && args_alternative(&a.values, &one)) {
                    char line[80];

                    if (!args_literal(one))
                        continue;
                    snprintf(line, sizeof line, "def %.*s(x) = 2*x", (int)one.n, one.s);
                    refuses(lab, line, "already has a meaning");
                    words++;
                }
    }
    assert_true(words > 30);
    run(lab, "def prevail(x) = 2*x");
    assert_false(args_understood(lab->commands, "prevail"));
}

/* The network learns with a definition as it does with the table's function. */
static void a_defined_function_trains(void **state)
{
    struct lab *lab = *state;
    double loss, delta;

    run(lab, "net layers=3 lr=0.05 init=lecun");
    run(lab, "fn elu alpha=0.7");
    delta = observed(lab, "delta(1)");
    run(lab, "train 20 epochs");
    loss = observed(lab, "loss");
    assert_true(loss < 0.5);
    run(lab, "def mine(x) = if(x > 0, x, alpha*expm1(x))");
    run(lab, "fn mine alpha=0.7");
    assert_true(fabs(observed(lab, "delta(1)") / delta - 1) < 1e-4);
    run(lab, "train 20 epochs");
    assert_true(fabs(observed(lab, "loss") - loss) < 0.01);
}

static void redefining_changes_what_is_shown(void **state)
{
    struct lab *lab = *state;

    run(lab, "def bend(x) = alpha*x");
    run(lab, "fn bend alpha=2");
    run(lab, "def bend(x) = alpha*x^2");
    assert_true(fn_f(&lab->model.fn, 3) == 18);
    assert_true(fn_f(trainer_fn(lab->model.trainer), 3) == 18);
    run(lab, "net fn=bend");
    run(lab, "fn relu");
    run(lab, "def bend(x) = x + 100");
    assert_true(fn_f(trainer_fn(lab->model.trainer), 3) == 103);
}

/* The lab as `state` prints it, made again, is the same lab. */
static void definitions_survive_in_a_state(void **state)
{
    struct lab *lab = *state, *again = open_lab(NULL);
    struct text all = {0};

    run(lab, "def h(x) = x");
    run(lab, "def k(x) = h(x) + tanh(x)");
    run(lab, "def h(x) = k(x)*alpha");
    run(lab, "fn h alpha=0.5");
    run(lab, "step 30");
    state_commands(lab, &all);
    run_lines(again, all.s);
    assert_true(state_digest(lab) == state_digest(again));
    text_free(&all);
    session_close(again);
}

static void until_trains_until(void **state)
{
    struct lab *lab = *state;
    const struct error *e;
    uint64_t step;

    run(lab, "net fn=tanh lr=0.1 init=lecun");
    run(lab, "until accuracy >= 0.95 and loss < 0.3 limit=500");
    assert_true(observed(lab, "accuracy") >= 0.95 && observed(lab, "loss") < 0.3);
    step = trainer_steps(lab->model.trainer);
    assert_true(step > 0 && step % (uint64_t)trainer_steps_per_epoch(lab->model.trainer) == 0);
    run(lab, "until loss < 0.3"); /* holds already */
    assert_true(trainer_steps(lab->model.trainer) == step);
    e = fails(lab, "until accuracy > 2 limit=3", "");
    assert_string_equal(e->text,
                        "it did not hold within 3 epochs: accuracy > 2 (limit=N allows more)");
    assert_int_equal(e->kind, ERROR_FAILED);
    assert_true(trainer_steps(lab->model.trainer) ==
                step + 3 * (uint64_t)trainer_steps_per_epoch(lab->model.trainer));
    wrong(lab, "until  accurcy > 2", "unknown name 'accurcy' at column 8: did you mean accuracy?",
          ERROR_USAGE);
    wrong(lab, "until dead(77) > 2", "dead(77): the layers are 1 to 8", ERROR_FAILED);
    wrong(lab, "until ''", "the expression is empty at column 8: write one such as 1/3",
          ERROR_USAGE);
    wrong(lab, "until loss < 1 limit=0", "limit must be a whole number from 1 to 1000000, not '0'",
          ERROR_USAGE);
}

/* On the screen the clock trains, and frames go on. */
static void until_runs_on_the_screen(void **state)
{
    struct lab *lab = *state;
    uint64_t per_epoch;

    run(lab, "net fn=tanh lr=0.1 layers=3");
    run(lab, "set speed 0");
    lab->interactive = true;
    per_epoch = (uint64_t)trainer_steps_per_epoch(lab->model.trainer);
    run(lab, "until epoch >= 3.5");
    assert_true(lab->model.running && trainer_steps(lab->model.trainer) == 0);
    assert_string_equal(until_goal(lab), "epoch >= 3.5");
    for (int i = 0; i < 1000 && lab->model.running; i++)
        session_tick(lab, 0.01, 0.001);
    assert_false(lab->model.running);
    assert_null(until_goal(lab));
    assert_true(trainer_steps(lab->model.trainer) == 4 * per_epoch);
    assert_string_equal(lab->screen.message, "epoch >= 3.5: step 80, epoch 4");

    run(lab, "until epoch > 1"); /* holds already */
    assert_false(lab->model.running);
    run(lab, "until accuracy > 2 limit=2");
    for (int i = 0; i < 1000 && lab->model.running; i++)
        session_tick(lab, 0.01, 0.001);
    assert_true(trainer_steps(lab->model.trainer) == 6 * per_epoch);
    assert_true(lab->screen.message_is_error);
    assert_string_equal(lab->screen.message, "not reached yet: accuracy > 2 (until again goes on)");

    run(lab, "until accuracy > 2"); /* a run by hand goes on for good */
    run(lab, "pause");
    run(lab, "run");
    assert_null(until_goal(lab));
    wrong(lab, "until accuracy(1) > 2", "accuracy takes 0 arguments, not 1, at column 7",
          ERROR_USAGE);
}

static void watch_prints_rows(void **state)
{
    char *s = output(*state, "watch loss 'delta(1)/delta(8)' dead(2) epochs=5 every=2 format=csv");
    int lines = 0;

    assert_memory_equal(s, "step,epoch,loss,delta(1)/delta(8),dead(2)\r\n0,0,", 47);
    for (const char *p = s; (p = strchr(p, '\n')); p++)
        lines++;
    assert_int_equal(lines, 1 + 4); /* epochs 0 2 4 5 */
    assert_true(observed(*state, "epoch") == 5);
    free(s);
    wrong(*state, "watch loss delta(20)", "delta(20): the layers are 1 to 8", ERROR_FAILED);
}

static void observables_are_what_they_say(void **state)
{
    struct lab *lab = *state;

    run(lab, "net layers=3 width=5 lr=0.25 seed=7");
    run(lab, "fn swish beta=2");
    lab->model.plot.cursor = 0.5;
    assert_true(observed(lab, "x") == 0.5);
    assert_true(observed(lab, "f") == fn_f(&lab->model.fn, 0.5));
    assert_true(observed(lab, "df") == fn_df(&lab->model.fn, 0.5));
    assert_true(isnan(observed(lab, "alpha")));
    assert_true(observed(lab, "beta") == 2);
    assert_true(observed(lab, "layers*100 + width*10 + lr") == 350.25);
    assert_true(observed(lab, "seed") == 7);
    assert_true(observed(lab, "step") == 0 && observed(lab, "epoch") == 0);
    run(lab, "step 5");
    assert_true(observed(lab, "step") == 5);
    assert_true(observed(lab, "epoch") == 5.0 / trainer_steps_per_epoch(lab->model.trainer));
    lab_measure(lab);
    assert_true(observed(lab, "loss") == lab->measured.probe.loss);
    assert_true(observed(lab, "ratio") ==
                lab->measured.probe.layer[1].delta / lab->measured.probe.layer[3].delta);
    assert_true(observed(lab, "delta(1)/delta(layers)") == observed(lab, "ratio"));
    assert_true(observed(lab, "saturated(2)") == lab->measured.probe.layer[2].saturated);
    assert_true(fabs(observed(lab, "saturated - (saturated(1)+saturated(2)+saturated(3))/3")) <
                1e-15);
    assert_true(observed(lab, "act(3)") == lab->measured.probe.layer[3].rms);
    run(lab, "def f(x) = x^2"); /* a function beside the observable f */
    assert_true(observed(lab, "f(3)") == 9);
    assert_true(observed(lab, "f") == fn_f(&lab->model.fn, 0.5));
}

static void every_observable_has_help_and_a_value(void **state)
{
    for (int i = 0; i < observable_count; i++) {
        const struct observable *o = &observable_table[i];
        char text[64];

        assert_true(strlen(o->help) > 5);
        snprintf(text, sizeof text, o->arity == 1 ? "%s(1)" : "%s", o->name);
        observed(*state, text);
        if (o->arity == EXPR_OPTIONAL_ARGUMENT) {
            snprintf(text, sizeof text, "%s(2)", o->name);
            observed(*state, text);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        LAB_TEST(eval_prints_exact_lines),
        LAB_TEST(eval_and_table_know_what_is_set),
        LAB_TEST(eval_of_what_has_no_x_is_a_number),
        LAB_TEST(eval_says_what_is_wrong),
        LAB_TEST(eval_reads_numbers),
        LAB_TEST(eval_names_the_line_that_is_no_number),
        LAB_TEST(eval_keeps_going),
        LAB_TEST(table_has_round_points),
        LAB_TEST(table_rows_differ),
        LAB_TEST(def_makes_a_function_like_any_other),
        LAB_TEST(words_of_commands_are_no_names),
        LAB_TEST(a_defined_function_trains),
        LAB_TEST(redefining_changes_what_is_shown),
        LAB_TEST(definitions_survive_in_a_state),
        LAB_TEST(until_trains_until),
        LAB_TEST(until_runs_on_the_screen),
        LAB_TEST(watch_prints_rows),
        LAB_TEST(observables_are_what_they_say),
        LAB_TEST(every_observable_has_help_and_a_value),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
