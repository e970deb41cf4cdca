/* test_export.c - a network to JSON and back to the same bits; hostile files; the JSON reader
 * itself. */
#include "base/json.h"
#include "net/export.h"
#include "unit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct trainer *make(const char *words, struct fn fn)
{
    struct net_config c = {0};
    char copy[256], *save = NULL;
    struct trainer *t;
    struct error e;

    setting_defaults(&net_settings, &c);
    snprintf(copy, sizeof copy, "layers=3 width=5 samples=40 %s", words);
    for (char *w = strtok_r(copy, " ", &save); w; w = strtok_r(NULL, " ", &save)) {
        char *value = strchr(w, '=');

        *value++ = '\0';
        if (!setting_set(setting_find(&net_settings, w, &e), &c, value, NULL, NULL, &e))
            fail_msg("%s", e.text);
    }
    t = trainer_new(&c, &fn, &e);
    if (!t)
        fail_msg("%s", e.text);
    return t;
}

static void train(struct trainer *t, int steps)
{
    while (steps-- > 0)
        trainer_step(t);
}

/* Written, read back, and both trained on: the same bits all the way. */
static void round_trip(const char *words, struct fn fn, struct functions *functions)
{
    struct trainer *t = make(words, fn), *back;
    struct text json = {0};
    struct error e;

    train(t, 23);
    network_to_json(t, NULL, &json);
    back = network_from_json("file", json.s, json.len, functions, NULL, NULL, &e);
    if (!back)
        fail_msg("%s: %s", words, e.text);
    assert_true(trainer_digest(t) == trainer_digest(back));
    train(t, 50);
    train(back, 50);
    assert_true(trainer_digest(t) == trainer_digest(back));
    trainer_free(t);
    trainer_free(back);
    text_free(&json);
}

static void test_round_trips(void **state)
{
    static const char *const words[] = {
        "optimizer=sgd",
        "optimizer=momentum lr=0.05",
        "optimizer=rmsprop lr=0.01",
        "optimizer=adam lr=0.01",
        "residual=on",
        "layernorm=on",
        "data=sine lr=0.01",
        "test=0.3 noise=0.2 decay=0.01",
        "layers=0",
        "batch=0 clip=0.5",
        "init=orthogonal bias=0.5",
    };
    struct functions *functions = functions_new();
    struct fn fn = fn_default(activation_find("elu"));
    struct error e;

    (void)state;
    fn.alpha = 0.7;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        round_trip(words[i], fn, functions);
    fn = fn_default(functions_define(functions, "mine(x)=x*sigmoid(beta*x)", &e));
    fn.beta = 1.7;
    round_trip("seed=4", fn, functions);
    functions_free(functions);
}

/* Numbers among the settings are numbers; files from when they stood in quotes still load. */
static void test_config_numbers(void **state)
{
    struct trainer *t = make("lr=0.05 batch=0 seed=7", fn_default(activation_find("elu"))), *back;
    struct functions *functions = functions_new();
    struct text json = {0}, old = {0};
    struct error e;

    (void)state;
    network_to_json(t, NULL, &json);
    assert_non_null(strstr(json.s, "\"lr\": 0.05,\n"));
    assert_non_null(strstr(json.s, "\"batch\": 0,\n"));
    assert_non_null(strstr(json.s, "\"optimizer\": \"sgd\",\n"));
    for (const char *s = json.s; *s; s++) { /* as it was */
        static const char *const were[] = {"\"lr\": 0.05", "\"batch\": 0", "\"seed\": 7"};

        for (size_t i = 0; i < sizeof were / sizeof *were; i++)
            if (strncmp(s, were[i], strlen(were[i])) == 0) {
                const char *number = strchr(were[i], ' ') + 1;

                text_printf(&old, "%.*s\"%s\"", (int)(number - were[i]), were[i], number);
                s += strlen(were[i]);
            }
        text_add_char(&old, *s);
    }
    assert_non_null(strstr(old.s, "\"batch\": \"0\",\n"));
    back = network_from_json("file", old.s, old.len, functions, NULL, NULL, &e);
    if (!back)
        fail_msg("%s", e.text);
    assert_true(trainer_config(back)->lr == .05 && trainer_config(back)->seed == 7);
    assert_int_equal(trainer_config(back)->batch, 0);
    trainer_free(back);
    trainer_free(t);
    text_free(&json);
    text_free(&old);
    functions_free(functions);
}

/* The script's table has five digits of everything. */
static void test_script_digits(void **state)
{
    struct trainer *t = make("seed=3", fn_default(activation_find("relu")));
    struct text script = {0};
    struct error e;

    (void)state;
    assert_true(network_to_pytorch(t, &script, &e));
    assert_non_null(strstr(script.s, "%5d %11.5e %11.5e %11.5e %11.4e %11.5e %11.5e %11.5e"));
    trainer_free(t);
    text_free(&script);
}

/* A defined function comes along: a lab that never heard of it can load the file. */
static void test_definition_travels(void **state)
{
    struct functions *here = functions_new(), *there = functions_new();
    struct error e;
    struct fn fn = fn_default(functions_define(here, "mine(x)=x*tanh(x)", &e));
    struct trainer *t = make("seed=2", fn), *back;
    struct text json = {0};

    (void)state;
    network_to_json(t, NULL, &json);
    back = network_from_json("file", json.s, json.len, there, NULL, NULL, &e);
    if (!back)
        fail_msg("%s", e.text);
    assert_non_null(functions_find(there, "mine", NULL));
    assert_true(fn_f(trainer_fn(back), 2) == 2 * tanh(2));
    trainer_free(t);
    trainer_free(back);
    text_free(&json);
    functions_free(here);
    functions_free(there);
}

/* So do the functions that it calls, and layers that were killed. */
static void test_company_travels(void **state)
{
    struct functions *here = functions_new(), *there = functions_new();
    struct trainer *t, *back;
    struct text json = {0};
    struct error e;

    (void)state;
    assert_non_null(functions_define(here, "g(x) = x*sigmoid(2*x)", &e));
    assert_non_null(functions_define(here, "h(u) = g(u) + if(u < 0, 0.1*u, 1)", &e));
    assert_non_null(functions_define(here, "g(x) = h(x)/2", &e)); /* another g needs the first */
    t = make("seed=2", fn_default(functions_find(here, "g", &e)));
    train(t, 5);
    trainer_kill(t, 2, NULL);
    train(t, 5);
    network_to_json(t, NULL, &json);
    back = network_from_json("file", json.s, json.len, there, NULL, NULL, &e);
    if (!back)
        fail_msg("%s", e.text);
    train(t, 20);
    train(back, 20);
    assert_true(trainer_digest(t) == trainer_digest(back));
    trainer_revive(t);
    trainer_revive(back);
    assert_true(trainer_digest(t) == trainer_digest(back));
    trainer_free(t);
    trainer_free(back);
    text_free(&json);
    functions_free(here);
    functions_free(there);
}

static void assert_prints(const struct functions *functions, const char *want)
{
    struct text got = {0};

    functions_print(functions, &got);
    assert_string_equal(text_str(&got), want);
    text_free(&got);
}

static void load(const struct text *json, struct functions *functions, const struct trainer *same)
{
    struct error e;
    struct trainer *t = network_from_json("file", json->s, json->len, functions, NULL, NULL, &e);

    if (!t)
        fail_msg("%s", e.text);
    assert_true(trainer_digest(t) == trainer_digest(same));
    assert_true(fn_f(trainer_fn(t), 0.7) == fn_f(trainer_fn(same), 0.7));
    trainer_free(t);
}

/* What means the same is not defined again; the same words that mean something else are. */
static void test_loads_do_not_pile_up(void **state)
{
    struct functions *here = functions_new(), *there = functions_new();
    struct text json = {0}, unnamed = {0}, once = {0};
    struct trainer *t, *u;
    struct error e;

    (void)state;
    assert_non_null(functions_define(here, "g(x) = x*sigmoid(2*x)", &e));
    assert_non_null(functions_define(here, "h(x) = g(x)/2", &e));
    t = make("seed=2", fn_default(functions_find(here, "h", &e)));
    u = make("seed=2", fn_default(functions_parse(here, "h(x)+x", &e)));
    network_to_json(t, NULL, &json);
    network_to_json(u, NULL, &unnamed);
    functions_print(here, &once);
    for (int i = 0; i < 3; i++) {
        load(&json, here, t);
        load(&unnamed, here, u);
    }
    assert_prints(here, text_str(&once));

    assert_non_null(functions_define(there, "g(x) = sin(x)", &e));
    assert_non_null(functions_define(there, "h(x) = g(x)/2", &e));
    for (int i = 0; i < 3; i++)
        load(&json, there, t);
    assert_prints(there, "def g(x) = x*sigmoid(2*x)\ndef h(x) = g(x)/2\n");
    trainer_free(t);
    trainer_free(u);
    text_free(&json);
    text_free(&unnamed);
    text_free(&once);
    functions_free(here);
    functions_free(there);
}

/* The text with the first `from` replaced. */
static char *edited(const char *s, const char *from, const char *to)
{
    const char *at = strstr(s, from);
    char *out = NULL;

    assert_non_null(at);
    assert_true(asprintf(&out, "%.*s%s%s", (int)(at - s), s, to, at + strlen(from)) > 0);
    return out;
}

static void test_bad_files(void **state)
{
    static const char *const edits[][3] = {
        {"actlab network 1", "actlab network 9", "format"},
        {"\"name\": \"tanh\"", "\"name\": \"tahn\"", "did you mean tanh"},
        {"\"layers\": 3", "\"layers\": 4", "layer 4"},
        {"\"layers\": 3", "\"layers\": 3000", "from 0 to 200"},
        {"\"width\": 5", "\"width\": 6", "layer 1"},
        {"\"layers\": 3", "\"layers\": 200", "more parameters than"},
        {"\"width\": 5", "\"width\": 512", "more parameters than"},
        {"\"train\": 40", "\"train\": 41", "train must be"},
        {"\"parameters\": [", "\"momentum\": [", "keeps no momentum"},
        {"\"data\": [", "\"data\": [[1, 2], ", "a sample is"},
        {"\"step\": 0", "\"step\": -1", "step"},
        {"\"step\": 0", "\"step\": 0x1", "expected"},
        {"\"step\": 0", "\"step\": 1e999", "number"},
        {"\"killed\": []", "\"killed\": [[4]]", "from 1 to 3"},
        {"\"killed\": []", "\"killed\": [[3, 1]]", "5 biases"},
        {"\"definitions\": []", "\"definitions\": [\"f(x) = f(x)\"]", "f"},
        {"\"definitions\": []", "\"definitions\": [\"mine(x) = x\", \"f(x) = y\"]", "y"},
        {"\"definitions\": []", "\"definitions\": [\"mine(x) = x\"], \"train\": \"\"", "number"},
        {"\"step\": 0", "\"function\": {\"name\": \"tanh\"}, \"step\": 0", "more than one"},
        {"\"config\": {", "\"config\": {\"colour\": \"red\", ", "no network setting"},
    };
    struct functions *functions = functions_new();
    struct trainer *t = make("seed=3", fn_default(activation_find("tanh")));
    struct text json = {0};
    struct error e;

    (void)state;
    network_to_json(t, NULL, &json);
    assert_non_null(functions_define(functions, "mine(x) = sin(x)", &e));
    for (size_t i = 0; i < sizeof edits / sizeof *edits; i++) {
        char *bad = edited(json.s, edits[i][0], edits[i][1]);

        if (network_from_json("bad.json", bad, strlen(bad), functions, NULL, NULL, &e))
            fail_msg("'%s' was accepted", edits[i][1]);
        if (!strstr(e.text, edits[i][2]) || strncmp(e.text, "bad.json:", 9) != 0)
            fail_msg("'%s': '%s' does not say '%s'", edits[i][1], e.text, edits[i][2]);
        assert_prints(functions, "def mine(x) = sin(x)\n"); /* it is as if nothing had been tried */
        free(bad);
    }
    for (size_t n = 0; n < json.len - 2; n += 1 + n / 50) /* cut short anywhere */
        assert_null(network_from_json("cut", json.s, n, functions, NULL, NULL, &e));
    assert_prints(functions, "def mine(x) = sin(x)\n");
    for (size_t i = 0; i < json.len;
         i += 7) { /* a byte changed: an error or a network, never a crash */
        char kept = json.s[i];

        json.s[i] = (char)(kept ^ (1 + i % 127));
        trainer_free(network_from_json("bit", json.s, json.len, functions, NULL, NULL, &e));
        json.s[i] = kept;
    }
    trainer_free(t);
    text_free(&json);
    functions_free(functions);
}

static void test_json_values(void **state)
{
    static const char text[] =
        " {\"a\\u0062\\n\": [1, -2.5e3, \"\\ud83d\\ude00\", {\"x\": [[]]}, true], \"z\": null} ";
    struct error e;
    struct json j;
    char s[32];
    double v;

    (void)state;
    json_begin(&j, "t", text, sizeof text - 1, &e);
    assert_true(json_open(&j, '{'));
    assert_true(json_key(&j, s, sizeof s));
    assert_true(json_open(&j, '['));
    assert_true(json_more(&j) && json_real(&j, &v) && v == 1);
    assert_true(json_more(&j) && json_real(&j, &v) && v == -2500);
    assert_true(json_more(&j) && json_string(&j, s, sizeof s));
    assert_string_equal(s, "\xF0\x9F\x98\x80");
    assert_true(json_more(&j) && json_skip(&j));
    assert_true(json_more(&j) && json_skip(&j));
    assert_false(json_more(&j));
    assert_true(json_key(&j, s, sizeof s) && json_skip(&j));
    assert_false(json_key(&j, s, sizeof s));
    assert_true(json_end(&j));
}

static void test_json_refuses(void **state)
{
    static const char *const bad[] = {
        "",
        "{",
        "[1,]",
        "[1 2]",
        "{\"a\" 1}",
        "{a: 1}",
        "[01]",
        "[+1]",
        "[.5]",
        "[1.]",
        "[0x1]",
        "[inf]",
        "[nan]",
        "[\"\\x\"]",
        "[\"\\ud800\"]",
        "[\"a\nb\"]",
        "[tru]",
        "[1]]",
        "{\"a\":1,}",
        "[\"abc",
        "[1e999]",
        "[1.e2]",
        "[1e]",
        "[1e+]",
        "[-]",
        "[-.5]",
        "[1.2.3]",
        "[1-2]",
        "[00]",
        "{\"a\":\"\n\"}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\ud800\"}",
        "{\"\t\":1}",
    };
    struct error e;
    char deep[200];

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct json j;
        char s[32];

        json_begin(&j, "t", bad[i], strlen(bad[i]), &e);
        if (bad[i][0] == '[') {
            json_open(&j, '[');
            while (json_more(&j)) {
                if (j.s[j.at] == '"')
                    json_string(&j, s, sizeof s);
                else
                    json_skip(&j);
            }
        } else {
            json_skip(&j);
        }
        json_end(&j);
        if (!j.failed)
            fail_msg("'%s' was accepted", bad[i]);
    }
    memset(deep, '[', sizeof deep);
    {
        struct json j;

        json_begin(&j, "t", deep, sizeof deep, &e);
        assert_false(json_skip(&j));
        assert_non_null(strstr(e.text, "more than"));
    }
}

static void test_json_quotes(void **state)
{
    struct text out = {0};

    (void)state;
    json_quote(&out, "a\xff\"\\\n\xc3\xa9\xe2\x82");
    assert_string_equal(text_str(&out), "\"a\\ufffd\\\"\\\\\\u000a\xc3\xa9\\ufffd\\ufffd\"");
    text_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round_trips),          cmocka_unit_test(test_definition_travels),
        cmocka_unit_test(test_company_travels),      cmocka_unit_test(test_bad_files),
        cmocka_unit_test(test_config_numbers),       cmocka_unit_test(test_script_digits),
        cmocka_unit_test(test_loads_do_not_pile_up), cmocka_unit_test(test_json_values),
        cmocka_unit_test(test_json_refuses),         cmocka_unit_test(test_json_quotes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
