/* test_doors.c - what no network may have is refused by every door that it could come through: a
 * command, a file of a network, a file of points. */
#include "folder.h"
#include "lab.h"

#include "base/file.h"
#include "lab/race.h"

#include <string.h>

/* The text with the first `from` replaced. */
static char *edited(const char *s, const char *from, const char *to)
{
    const char *at = strstr(s, from);
    char *out = NULL;

    if (!at)
        fail_msg("no '%s' in\n%s", from, s);
    assert_true(asprintf(&out, "%.*s%s%s", (int)(at - s), s, to, at + strlen(from)) > 0);
    return out;
}

/* A network that has been trained, as a file. To be freed. */
static char *network(const char *fn, const char *settings)
{
    struct lab *lab = open_lab(NULL);
    struct text json = {0};
    struct error e;

    run(lab, fn);
    run(lab, settings);
    run(lab, "step 3");
    run(lab, "export ! network.json");
    assert_true(file_read("network.json", 1 << 20, &json, &e));
    session_close(lab);
    return json.s;
}

static char *usual(void)
{
    return network("fn elu", "net layers=2 width=3 samples=8 optimizer=adam batch=2 test=0.25");
}

/* `load` refuses the file and says why: the lab is what it was. */
static void load_refuses(struct lab *lab, const char *json, const char *part)
{
    write_file("bad.json", json);
    refuses(lab, "load bad.json", part);
}

/* Each setting, beyond each of its bounds. */
static void settings(void **state)
{
    static const struct {
        const char *name, *now, *bad, *part;
    } rows[] = {
        {"layers", "2", "201", "from 0 to 200"},
        {"layers", "2", "-1", "from 0 to 200"},
        {"layers", "2", "1.5", "whole number"},
        {"width", "3", "0", "from 1 to 512"},
        {"width", "3", "513", "from 1 to 512"},
        {"gain", "1", "-1", "from 0 to 1000"},
        {"gain", "1", "1001", "from 0 to 1000"},
        {"bias", "0", "1001", "from -1000 to 1000"},
        {"bias_std", "0", "-1", "from 0 to 1000"},
        {"noise", "0", "1.5", "from 0 to 1"},
        {"samples", "8", "1", "from 2 to 100000"},
        {"samples", "8", "100001", "from 2 to 100000"},
        {"test", "0.25", "0.95", "from 0 to 0.9"},
        {"test", "0.25", "-0.1", "from 0 to 0.9"},
        {"batch", "2", "100001", "from 0 to 100000"},
        {"lr", "0.3", "-1", "from 0 to 1"},
        {"lr", "0.3", "1e7", "from 0 to 1"},
        {"momentum", "0.9", "1", "from 0 to 0.9999"},
        {"decay", "0", "-1", "from 0 to 1000"},
        {"l1", "0", "1001", "from 0 to 1000"},
        {"clip", "0", "-1", "from 0 to 1"},
        {"seed", "1", "-1", "from 0 to"},
        {"seed", "1", "1.5", "whole number"},
        {"fn", "\"plotted\"", "\"sigmod\"", "sigmoid"},
        {"init", "\"lecun\"", "\"lecum\"", "lecun"},
        {"residual", "\"off\"", "\"perhaps\"", "on or off"},
        {"layernorm", "\"off\"", "\"perhaps\"", "on or off"},
        {"shuffle", "\"on\"", "\"perhaps\"", "on or off"},
        {"loss", "\"bce\"", "\"hinge\"", "bce or squared"},
        {"data", "\"circle\"", "\"square\"", "circle"},
        {"optimizer", "\"adam\"", "\"adan\"", "adam"},
    };
    char *json = usual();

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char was[64], is[64], line[64], *bad;

        snprintf(was, sizeof was, "\"%s\": %s", rows[i].name, rows[i].now);
        snprintf(is, sizeof is, "\"%s\": %s", rows[i].name, rows[i].bad);
        bad = edited(json, was, is);
        load_refuses(*state, bad, rows[i].part);
        free(bad);
        snprintf(line, sizeof line, "net %s=\"=%s\"", rows[i].name, rows[i].bad);
        if (rows[i].bad[0] == '"')
            snprintf(line, sizeof line, "net %s=%s", rows[i].name, rows[i].bad);
        refuses(*state, line, rows[i].part);
    }
    free(json);
    tried("hostile input", "settings beyond their bounds, by the command and in a file",
          "%zu refused by both for the same reason", sizeof rows / sizeof *rows);
}

static void parameters_of_the_function(void **state)
{
    char *json = usual(), *own = network("def mine(x)=alpha*x", "net samples=8"), *bad;

    run(*state, "fn elu");
    refuses(*state, "alpha 500", "alpha of elu must be from -3 to 5, not 500");
    bad = edited(json, "\"alpha\": 1,", "\"alpha\": 500,");
    load_refuses(*state, bad, "alpha of elu must be from -3 to 5, not 500");
    free(bad);
    bad = edited(json, "\"alpha\": 1, ", "");
    load_refuses(*state, bad, "alpha of elu must be from -3 to 5");
    free(bad);
    bad = edited(json, "\"fn\": \"plotted\"", "\"fn\": \"relu\"");
    load_refuses(*state, bad, "fn is relu, and the function elu");
    free(bad);
    bad = edited(json, "\"name\": \"elu\"", "\"name\": \"\"");
    load_refuses(*state, bad, "no function");
    free(bad);
    free(json);
    free(own);
}

/* Samples, in a file of points and in a file of a network. */
static void samples(void **state)
{
    static const struct {
        const char *bad, *part;
    } rows[] = {
        {"0, 0, 3", "the label is 3, not 0 or 1"},
        {"0, 0, 0.5", "the label is 0.5, not 0 or 1"},
        {"1e39, 0, 1", ""},
        {"0, -1e39, 1", ""},
        {"0, 0", ""},
        {"0, 0, 1, 1", ""},
        {"nan, 0, 1", ""},
    };
    char *json = usual(), *first = strstr(json, "\"data\": [") + strlen("\"data\": [");
    char sample[100], *bad;

    first += strspn(first, " \n");
    snprintf(sample, sizeof sample, "%.*s", (int)strcspn(first, "]") + 1, first);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[100];

        snprintf(text, sizeof text, "[%s]", rows[i].bad);
        bad = edited(json, sample, text);
        load_refuses(*state, bad, rows[i].part);
        free(bad);
        snprintf(text, sizeof text, "1,1,1\n%s\n1,0,1\n", rows[i].bad);
        write_file("bad.csv", text);
        refuses(*state, "net data=bad.csv", rows[i].part[0] ? rows[i].part : "bad.csv, line 2");
    }
    bad = edited(json, "\"data\": [", "\"data\": [[0, 0, 1],");
    load_refuses(*state, bad, "there are 9 samples, not the 8 of samples=8");
    free(bad);
    bad = edited(json, "\"samples\": 8", "\"samples\": 80");
    load_refuses(*state, bad, "there are 8 samples, not the 80 of samples=80");
    free(bad);
    bad = edited(json, "\"train\": 6", "\"train\": 7");
    load_refuses(*state, bad, "train must be 6, not 7: what test=0.25 of 8 samples leaves");
    free(bad);
    bad = edited(json, "\"test\": 0.25", "\"test\": 0.5");
    load_refuses(*state, bad, "train must be 4, not 6");
    free(bad);
    write_file("bad.csv", "1,1,1\n");
    refuses(*state, "net data=bad.csv", "at least 2");
    free(json);
}

/* What loss=squared takes, and then bce does not. */
static void labels_follow_the_loss(void **state)
{
    char *json = network("fn tanh", "net samples=4 data=plane loss=squared"), *bad;

    write_file("real.csv", "0,0,3\n1,1,0.5\n");
    refuses(*state, "net data=real.csv", "the label is 3");
    run(*state, "net data=real.csv loss=squared");
    refuses(*state, "net loss=bce", "the label is 3");
    write_file("good.json", json);
    run(*state, "load good.json");
    bad = edited(json, "\"data\": \"plane\"", "\"data\": \"circle\"");
    write_file("good.json", bad);
    run(*state, "load good.json");
    free(json);
    json = bad;
    bad = edited(json, "\"loss\": \"squared\"", "\"loss\": \"bce\"");
    load_refuses(*state, bad, "not 0 or 1 (loss=squared takes any number)");
    free(bad);
    free(json);
}

/* Weights, momentum and squares. */
static void trained(void **state)
{
    char *json = usual(), *squares = strstr(json, "\"squares\": [\n    [[");
    char *bad, *number = squares + strlen("\"squares\": [\n    [[");

    bad = edited(json, "\"parameters\": [\n    [[", "\"parameters\": [\n    [[1e39, ");
    load_refuses(*state, bad, "too large");
    free(bad);
    assert_true(asprintf(&bad, "%.*s-%s", (int)(number - json), json, number) > 0);
    load_refuses(*state, bad, "among the squares: no training ends in that");
    free(bad);
    bad = edited(json, "\"squares\"", "\"circles\"");
    load_refuses(*state, bad, "no squares");
    free(bad);
    bad = edited(json, "\"momentum\": [", "\"impetus\": [");
    load_refuses(*state, bad, "no momentum");
    free(bad);
    bad = edited(json, "\"step\": 3", "\"step\": 1.5");
    load_refuses(*state, bad, "whole number");
    free(bad);
    free(json);
}

/* Each member once, and what the network is built of before its parameters. */
static void members(void **state)
{
    static const char *const once[] = {"format", "function", "step",       "config",   "train",
                                       "data",   "killed",   "parameters", "momentum", "squares"};
    char *json = usual(), name[32], *bad;

    for (size_t i = 0; i < sizeof once / sizeof *once; i++) {
        const char *value;
        size_t n;
        int depth = 0;

        snprintf(name, sizeof name, "\n  \"%s\": ", once[i]);
        value = strstr(json, name) + strlen(name);
        for (n = 0; depth > 0 || !strchr(",\n", value[n]); n++)
            depth += (value[n] == '[' || value[n] == '{') - (value[n] == ']' || value[n] == '}');
        assert_true(asprintf(&bad, "%.*s, %s%.*s%s", (int)(value + n - json), json, name, (int)n,
                             value, value + n) > 0);
        snprintf(name, sizeof name, "more than one %s", once[i]);
        load_refuses(*state, bad, name);
        free(bad);
    }
    bad = edited(json, "\"width\": 3,", "\"width\": 3, \"layers\": 3,");
    load_refuses(*state, bad, "more than one layers");
    free(bad);
    bad = edited(json, "\"train\": 6", "\"trail\": 6");
    load_refuses(*state, bad, "train must come before the parameters");
    free(bad);
    bad = edited(json, "\"config\"", "\"configuration\"");
    load_refuses(*state, bad, "config must come before the parameters");
    free(bad);
    bad = edited(json, "\"killed\"", "\"definitions\": [], \"killed\"");
    load_refuses(*state, bad, "more than one definitions");
    free(bad);
    free(json);
}

/* A function that takes the name of another says so, and takes its place where that was shown. */
static void names(void **state)
{
    char *json = network("def mine(x)=x*sigmoid(2*x)", "net samples=8 fn=mine");
    struct lab *lab = *state;
    char *s;

    write_file("mine.json", json);
    prints(lab, "load mine.json", ""); /* there was none */
    prints(lab, "load mine.json", ""); /* it means the same */
    run(lab, "def mine(x)=sin(x)");
    run(lab, "fn tanh");
    run(lab, "compare mine");
    prints(lab, "load mine.json", "mine(x) is x*sigmoid(2*x) now, no longer sin(x)\n");
    assert_ptr_equal(lab->model.plot.compare[0].act,
                     functions_find(lab->model.functions, "mine", NULL));
    s = output(lab, "def");
    assert_non_null(strstr(s, "def mine(x) = x*sigmoid(2*x)\n"));
    free(s);
    lab->interactive = true;
    run(lab, "def mine(x)=cos(x)");
    run(lab, "load mine.json");
    assert_string_equal(lab->screen.message,
                        "loaded: mine.json; mine(x) is x*sigmoid(2*x) now, no longer cos(x)");
    free(json);
}

static int begin(void **state)
{
    return enter(state) || set_up_lab(state);
}

static int end(void **state)
{
    return tear_down_lab(state) || leave(state);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(settings), TEST(parameters_of_the_function),
        TEST(samples),  TEST(labels_follow_the_loss),
        TEST(trained),  TEST(members),
        TEST(names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
