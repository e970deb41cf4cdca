/* test_complete.c - what TAB offers, read from the tables. */
#include "commands/complete.h"
#include "folder.h"
#include "lab.h"

#include <sys/stat.h>

static struct lab *lab;

/* '|' in the line is the point; the candidates are given as one string, ' ' after each. */
static int complete(const char *marked, struct text *words, char *append)
{
    struct candidates c = {0};
    char line[256];
    const char *point = strchr(marked, '|');
    int start;

    snprintf(line, sizeof line, "%.*s%s", (int)(point - marked), marked, point + 1);
    lab_complete(lab, line, (int)(point - marked), &c);
    for (size_t i = 0; i < c.n; i++)
        text_printf(words, "%s ", c.word[i]);
    *append = c.append;
    start = c.start;
    candidates_free(&c);
    return start;
}

static void assert_offers(const char *marked, const char *expected, int start, char append)
{
    struct text words = {0};
    char after;
    int at = complete(marked, &words, &after);

    assert_string_equal(text_str(&words), expected);
    if (expected[0]) {
        assert_int_equal(at, start);
        assert_int_equal(after, append);
    }
    text_free(&words);
}

/* At least these, for lists that may grow. */
static void assert_among(const char *marked, const char *word, bool is)
{
    struct text words = {0}, wanted = {0};
    char after;

    complete(marked, &words, &after);
    text_printf(&wanted, " %s ", word);
    if ((strncmp(text_str(&words), wanted.s + 1, wanted.len - 1) == 0 ||
         strstr(text_str(&words), wanted.s)) != is)
        fail_msg("%s: '%s'", marked, text_str(&words));
    text_free(&words);
    text_free(&wanted);
}

static void commands(void **state)
{
    (void)state;
    assert_offers("hel|", "help ", 0, ' ');
    assert_offers("  hel|", "help ", 2, ' ');
    assert_offers("help netv|", "netview ", 5, ' ');
    assert_among("help depth|", "depth_scale", true);
    assert_among("help scre|", "screen", true);
    assert_among("help complet|", "complete", true); /* which is no command here */
    assert_offers("zzz|", "", 0, ' ');
    assert_offers("zzz x|", "", 0, ' ');
    assert_among("|", "fn", true);
    assert_among("|", "show", !lab->interactive);
    assert_among("hel|p", "help", true); /* the point may stand inside */
}

static void arguments(void **state)
{
    (void)state;
    assert_offers("fn gel|", "gelu gelu_tanh ", 3, ' ');
    assert_offers("fn softp|", "softplus ", 3, ' ');
    assert_offers("fn ne|", "next ", 3, ' ');
    assert_offers("eval upd|", "update ", 5, ' ');
    assert_offers("eval delta(1)/dep|", "depth_scale ", 14, 0);
    assert_offers("alpha d|", "default ", 6, ' ');
    assert_offers("set them|", "theme ", 4, ' ');
    assert_offers("set theme li|", "light ", 10, ' ');
    assert_offers("set mouse |", "off on toggle ", 10, ' ');
    assert_offers("theme d|", "dark ", 6, ' ');
    assert_offers("train 5 ep|", "epoch epochs ", 8, ' ');
    assert_offers("focus n|", "network next ", 6, ' ');
    assert_offers("demo dying back-l|", "back-leaky.01 back-leaky.2 back-leaky.2-300 ", 11, ' ');
}

static void settings(void **state)
{
    (void)state;
    assert_offers("net laye|", "layernorm= layers= ", 4, 0);
    assert_offers("net batch=a|", "all ", 10, ' ');
    assert_offers("net layers=8 wid|", "width= ", 13, 0);
    assert_offers("net init=he ini|", "init= ", 12, 0);
    assert_offers("net init=le|", "lecun ", 9, ' ');
    assert_offers("net fn=gel|", "gelu gelu_tanh ", 7, ' ');
    assert_offers("fn elu al|", "alpha= ", 7, 0);
}

static void nested(void **state)
{
    (void)state;
    assert_offers("bind e fn gel|", "gelu gelu_tanh ", 10, ' ');
    assert_offers("bind e hel|", "help ", 7, ' ');
    assert_offers("bind e net init=le|", "lecun ", 16, ' ');
    assert_among("unbind plot:le|", "plot:left", true);
}

static void files(void **state)
{
    static const char *const names[] = {"one.act", "two words", ".hidden", "bad\x1b[2J"};
    char line[128], expected[128];

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        write_file(names[i], "");
    assert_int_equal(mkdir("sub", 0700), 0);
    snprintf(line, sizeof line, "source %s/o|", folder);
    snprintf(expected, sizeof expected, "%s/one.act ", folder);
    assert_offers(line, expected, 7, ' ');
    assert_offers("source ./two\\ w|", "./two\\ words ", 7, ' ');
    assert_offers("source './two w|", "./two words ", 8, ' ');
    assert_offers("source ./s|", "./sub/ ", 7, 0);
    assert_offers("source ./b|", "", 0, 0); /* what cannot be shown is not offered */
    lab->rights = RIGHTS_STRANGER;          /* nor anything to strangers */
    assert_offers("source ./o|", "", 0, 0);
    lab->rights = RIGHTS_OWN;
}

/* No beginning of any line, with the point anywhere, can upset it. */
static void anywhere(void **state)
{
    static const char *const lines[] = {
        "net layers=8 init=le data='a b",
        "bind plot:left cursor -1col",
        "bind bind bind fn gelu x",
        "fn \"gel\\",
        "set  theme   light",
        "   ",
        "=",
        "net =x = a=",
        "source ../",
        "help help help",
    };

    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        for (int point = 0; point <= (int)strlen(lines[i]); point++) {
            struct candidates c = {0};

            lab_complete(lab, lines[i], point, &c);
            assert_true(c.n == 0 || (c.start >= 0 && c.start <= point));
            candidates_free(&c);
        }
}

static int begin(void **state)
{
    lab = *state = open_lab(NULL);
    return enter(NULL);
}

static int end(void **state)
{
    return tear_down_lab(state) || leave(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(commands), cmocka_unit_test(arguments), cmocka_unit_test(settings),
        cmocka_unit_test(nested),   cmocka_unit_test(files),     cmocka_unit_test(anywhere),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
