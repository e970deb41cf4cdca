/* pty_prompt.c - the command line in the live screen: typing, completion, search, errors, pastes,
 * resizes, history. */
#include "../unit/folder.h"
#include "../unit/unit.h"
#include "base/file.h"
#include "pty.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const long_delay[] = {"ESCDELAY=5000", NULL};
static const struct pty_options patient = {.set = long_delay};

static void assert_bottom(struct pty *p, const char *line)
{
    pty_expect(p, line);
    pty_until(p, strcmp(pty_row(p, p->screen.rows - 1), line) == 0);
}

static void assert_closed(struct pty *p)
{
    pty_settle(p, 100);
    assert_int_not_equal(pty_row(p, p->screen.rows - 1)[0], ':');
    assert_false(p->screen.cursor_shown);
    assert_false(p->ended);
}

static int step_shown(struct pty *p)
{
    for (int row = 0; row < p->screen.rows; row++) {
        const char *s = strstr(pty_row(p, row), "step ");

        if (s)
            return atoi(s + 5);
    }
    return -1;
}

static void frames_go_on(void **state)
{
    struct pty p;
    int before;

    (void)state;
    pty_open(&p, NULL, NULL);
    pty_send(&p, " :net lay");
    pty_expect(&p, ":net lay");
    pty_until(&p, step_shown(&p) > 0);
    before = step_shown(&p);
    pty_until(&p, step_shown(&p) > before);
    assert_bottom(&p, ":net lay");
    assert_int_equal(p.screen.row, 23);
    assert_int_equal(p.screen.col, 8);
    assert_true(p.screen.cursor_shown);
    pty_send(&p, "\t");
    pty_expect(&p, ":net layer");
    pty_send(&p, "s=20 fn=sigm\t\r");
    pty_expect(&p, "20x16 sigmoid");
    assert_closed(&p);
    pty_close(&p);
}

static void completion(void **state)
{
    struct pty p;

    (void)state;
    pty_open(&p, NULL, NULL);
    pty_send(&p, ":he\t");
    pty_expect(&p, ":help");
    pty_send(&p, "net\t");
    pty_expect(&p, " net ");
    pty_expect(&p, "netview");
    assert_bottom(&p, ":help net");
    assert_non_null(strstr(pty_row(&p, 22), " net ")); /* the candidates stand above the line */
    pty_send(&p, "v");
    assert_bottom(&p, ":help netv");
    assert_null(strstr(pty_row(&p, 22), " net "));
    pty_send(&p, "\x15"
                 "fn ge\t");
    pty_expect(&p, "gelu_tanh");
    assert_bottom(&p, ":fn gelu");
    pty_send(&p, "\x15"
                 "set the\tlig\t");
    assert_bottom(&p, ":set theme light");
    pty_send(&p, "\x15"
                 "net da\tcir\t");
    assert_bottom(&p, ":net data=circle");
    pty_send(&p, "\x15"
                 "bind e fn sof\t");
    pty_expect(&p, "softsign");
    assert_bottom(&p, ":bind e fn soft");
    pty_close(&p);
}

static void search(void **state)
{
    struct pty p;

    (void)state;
    pty_open(&p, NULL, NULL);
    pty_send(&p, ":fn mish\r");
    pty_expect(&p, " mish ");
    pty_send(&p, ":fn tanh\r");
    pty_expect(&p, " tanh ");
    pty_send(&p, ":\x12mi");
    pty_expect(&p, "`mi': fn mish");
    pty_send(&p, "\r");
    pty_expect(&p, " mish ");
    pty_send(&p, ":\x1b[A\x1b[A");
    assert_bottom(&p, ":fn tanh"); /* mish was used last, and stands once */
    pty_send(&p, "\x12xyz\x07");
    assert_bottom(&p, ":fn tanh");
    pty_close(&p);
}

static void leaving(void **state)
{
    static const char *const ways[] = {"\x1b", "\x04", "\r", "\x03"};

    (void)state;
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        struct pty p;

        pty_open(&p, NULL, NULL);
        pty_send(&p, ":");
        assert_bottom(&p, ":");
        assert_true(p.screen.cursor_shown);
        pty_send(&p, ways[i]);
        assert_closed(&p);
        pty_send(&p, "3"); /* keys are keys again */
        pty_expect(&p, " relu ");
        pty_close(&p);
    }
}

static void errors(void **state)
{
    struct pty p;

    (void)state;
    pty_open(&p, NULL, NULL);
    pty_send(&p, ":fn gellu\r");
    pty_expect(&p, "gelu");
    pty_expect(&p, "^");
    assert_bottom(&p, ":fn gellu");
    assert_int_equal(strchr(pty_row(&p, 22), '^') - pty_row(&p, 22), 4); /* under the word */
    assert_int_equal(p.screen.col, 9);                                   /* behind it */
    pty_send(&p, "\x7f\x7fu");
    assert_bottom(&p, ":fn gelu");
    assert_null(strchr(pty_row(&p, 22), '^'));
    pty_send(&p, "\r");
    pty_expect(&p, " gelu ");
    assert_closed(&p);
    pty_close(&p);
}

static void pastes(void **state)
{
    struct pty p;

    (void)state;
    pty_open(&p, NULL, NULL);
    /* beside the prompt: into it, the first line only, and nothing runs */
    pty_send(&p, "\x1b[200~net layers=3\nqqq\x1b[201~");
    assert_bottom(&p, ":net layers=3");
    pty_send(&p, "\x1b");
    assert_closed(&p);
    assert_true(pty_shows(&p, "8x16"));
    /* in the prompt: characters of one and two columns, newlines as spaces, controls harmless */
    pty_send(&p, ":fn \x1b[200~\xc3\xa4\xe6\xbc\xa2\nz\x1b\x07\xe2\x80\xae\x1b[201~!");
    pty_expect(&p, ":fn \xc3\xa4\xe6\xbc\xa2 z");
    pty_wait(&p, 60);
    assert_null(strchr(text_str(&p.bytes), '\x07'));
    assert_null(strstr(text_str(&p.bytes), "\xe2\x80\xae"));
    assert_int_equal(p.screen.col, 1 + 3 + 1 + 2 + 1 + 1 + 3 + 1);
    pty_send(&p, "\x1b");
    assert_closed(&p);
    pty_close(&p);
    pty_open(&p, &patient, NULL); /* a paste that comes in pieces, and a character in halves */
    pty_send(&p, "\x1b[200~al");
    pty_wait(&p, 60);
    pty_send(&p, "pha 1\x1b[20");
    pty_wait(&p, 10);
    pty_send(&p, "1~");
    assert_bottom(&p, ":alpha 1");
    pty_send(&p, "\xc3");
    pty_wait(&p, 5);
    pty_send(&p, "\xa9");
    assert_bottom(&p, ":alpha 1\xc3\xa9");
    pty_close(&p);
}

/* Escape sequences that arrive in pieces are still one key. The pieces come within the time that a
 * key may take however seldom this test has its turn. */
static void slow_keys(void **state)
{
    struct pty p;

    (void)state;
    pty_open(&p, &patient, NULL);
    pty_send(&p, ":abc");
    pty_expect(&p, ":abc");
    for (int i = 0; i < 3; i++) {
        static const char *const pieces[] = {"\x1b", "[", "D"};

        for (int k = 0; k < 3; k++) {
            pty_send(&p, pieces[k]);
            usleep(3000);
        }
    }
    pty_send(&p, "x");
    assert_bottom(&p, ":xabc");
    pty_send(&p, "\x1b[1;5X\x1b[?1;2c"); /* what is unknown is nothing at all */
    pty_send(&p, "y");
    assert_bottom(&p, ":xyabc");
    pty_close(&p);
}

static void resizing(void **state)
{
    struct pty p;

    (void)state;
    pty_open(&p, NULL, NULL);
    pty_send(&p, " :net layers=12");
    pty_expect(&p, ":net layers=12");
    pty_resize(&p, 40, 120);
    pty_until(&p, strcmp(pty_row(&p, 39), ":net layers=12") == 0 && p.screen.row == 39);
    pty_resize(&p, 5, 20);
    pty_expect(&p, "40x12");
    pty_resize(&p, 24, 80);
    assert_bottom(&p, ":net layers=12");
    pty_send(&p, "0\r");
    pty_expect(&p, "120x16");
    pty_resize(&p, 30, 100); /* and it goes on working once the prompt is closed */
    pty_until(&p, pty_row(&p, 29)[0] != '\0');
    assert_closed(&p);
    pty_close(&p);
}

static int count(const char *s, const char *line)
{
    int n = 0;

    for (; (s = strstr(s, line)); s += strlen(line))
        n++;
    return n;
}

static void history(void **state)
{
    struct pty a, b;
    struct text kept = {0};

    (void)state;
    pty_open(&a, NULL, NULL);
    pty_open(&b, NULL, NULL); /* two sessions of one person */
    for (int i = 0; i < 2; i++) {
        pty_send(&a, ":fn elu\r");
        pty_expect(&a, " elu ");
        pty_settle(&a, 100); /* the second time it stands there already */
        pty_send(&b, ":fn celu\r");
        pty_expect(&b, " celu ");
        pty_settle(&b, 100);
    }
    pty_close(&a);
    pty_close(&b);
    assert_true(file_read(pty_path("actlab/history"), 1 << 20, &kept, NULL));
    assert_int_equal(count(kept.s, "fn elu\n"), 1);
    assert_int_equal(count(kept.s, "fn celu\n"), 1);
    text_free(&kept);
    pty_open(&a, NULL, NULL);
    pty_send(&a, ":\x1b[A");
    assert_bottom(&a, ":fn celu");
    pty_send(&a, "\x1b[A");
    assert_bottom(&a, ":fn elu");
    pty_close(&a);
}

static void vi_mode(void **state)
{
    char setting[320];
    const char *const set[] = {setting, NULL};
    struct pty_options o = {.set = set};
    struct pty p;

    (void)state;
    write_file(pty_path("inputrc"), "$if actlab\nset editing-mode vi\n$endif\n");
    snprintf(setting, sizeof setting, "INPUTRC=%s", pty_path("inputrc"));
    pty_open(&p, &o, NULL);
    pty_send(&p, ":fn gelu");
    pty_expect(&p, ":fn gelu");
    pty_type(&p, "\x1b"); /* to movement, not out */
    pty_send(&p, "0x");
    assert_bottom(&p, ":n gelu");
    pty_send(&p, "\x1b");
    assert_closed(&p);
    pty_close(&p);
}

/* A count of a million, a line of a megabyte, yanks upon yanks: the screen goes on. */
static void nothing_keeps_the_prompt_for_long(void **state)
{
    static const char *const keys[] = {
        "\x1b"
        "1\x1b"
        "0\x1b"
        "0\x1b"
        "0\x1b"
        "0\x1b"
        "0\x1b"
        "0a",                                           /* alt-digits: a count */
        "\x15\x19\x19\x19\x19\x19\x19\x19\x19\x19\x19", /* kill, ten yanks */
    };
    char *megabyte = malloc(1 << 20);
    struct pty p;
    double before;
    long kib;

    (void)state;
    pty_open(&p, NULL, NULL);
    pty_send(&p, ":");
    pty_settle(&p, 60);
    memset(megabyte, 'b', 1 << 20);
    before = pty_cpu_seconds(&p);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        pty_send(&p, keys[i]);
        pty_settle(&p, 60);
        pty_expect(&p, ":aaaaaaaa");
    }
    assert_true(pty_cpu_seconds(&p) - before < 1);
    pty_send_n(&p, megabyte, 1 << 17); /* the line is full */
    pty_expect(&p, "at most 65536 bytes");
    kib = pty_proc(p.pid, "status", "VmRSS: %ld");
    pty_send_n(&p, megabyte, 1 << 20);
    pty_settle(&p, 60);
    kib = pty_proc(p.pid, "status", "VmRSS: %ld") - kib;
    assert_true(PTY_SANITIZED || kib < 1 << 12); /* what comes then is not kept */
    pty_expect(&p, "at most 65536 bytes");
    for (size_t i = 0; i < 1 << 20; i++) /* nor is how the line came about */
        megabyte[i] = i % 2 ? '\x7f' : 'b';
    kib = pty_proc(p.pid, "status", "VmRSS: %ld");
    pty_send_n(&p, megabyte, 1 << 20);
    pty_settle(&p, 60);
    kib = pty_proc(p.pid, "status", "VmRSS: %ld") - kib;
    assert_true(PTY_SANITIZED || kib < 1 << 14);
    pty_send(&p, "\x15xyz"); /* it takes keys at once */
    pty_expect(&p, ":xyz");
    pty_send(&p, "\x15"
                 "fn relu\r");
    pty_expect(&p, " relu ");
    assert_closed(&p);
    free(megabyte);
    pty_close(&p);
}

/* A search that a prefix ends, a count before a key that means nothing, keys that say to stop:
 * where readline 8.2 jumps to where it no longer is. */
static void readline_stays_where_it_is(void **state)
{
    static const char *const keys[][6] = {
        {"\x12", "fn", "\x18", "e"},
        {"\x12", "\x18", "z", "\x07"},
        {"\x12", "a", "\x18", "("},
        {"\x1b"
         "1",
         "\x1bh", "\x12", "a", "\x18", "e"},
        {"\x12", "a", "\x1b\x07"},
        {"\x1b"
         "2",
         "\x18", "\x1a"},
        {"\x13", "x", "\x18", "\x18"},
        {"\x18(", "ab", "\x18)", "\x12", "a",
         "\x18"
         "e"},
        {"\x1b"
         "3",
         "\x12", "f", "\x18q"},
        {"\x1bp", "f", "\x18", "z"},
    };
    struct pty p;

    (void)state;
    pty_open(&p, NULL, NULL);
    pty_send(&p, ":fn relu\r");
    pty_expect(&p, " relu ");
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        pty_send(&p, ":");
        pty_settle(&p, 20);
        for (size_t k = 0; k < 6 && keys[i][k]; k++) {
            pty_send(&p, keys[i][k]);
            pty_settle(&p, 20);
        }
        if (p.ended)
            fail_msg("keys %zu ended it with %x", i, (unsigned)p.status);
        pty_send(&p, "\x03");
        assert_closed(&p);
    }
    pty_send(&p, ":fn tanh\r");
    pty_expect(&p, " tanh ");
    tried("hostile input", "keys at the prompt that readline 8.2 crashes on",
          "%zu ways, the prompt goes on", sizeof keys / sizeof *keys);
    pty_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(frames_go_on),
        cmocka_unit_test(completion),
        cmocka_unit_test(search),
        cmocka_unit_test(leaving),
        cmocka_unit_test(errors),
        cmocka_unit_test(pastes),
        cmocka_unit_test(slow_keys),
        cmocka_unit_test(resizing),
        cmocka_unit_test(history),
        cmocka_unit_test(vi_mode),
        cmocka_unit_test(nothing_keeps_the_prompt_for_long),
        cmocka_unit_test(readline_stays_where_it_is),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
