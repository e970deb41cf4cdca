/* test_keys.c - bytes to keys: names, sequences in pieces, pastes, the mouse, rubbish. */
#include "tui/keys.h"
#include "unit.h"

#include <stdlib.h>
#include <string.h>

static void feed(struct key_reader *r, const char *s)
{
    keys_feed(r, s, strlen(s));
}

static void names(void **state)
{
    static const char *const expected[][2] = {
        {"a", "a"},
        {" ", "space"},
        {"\t", "tab"},
        {"\r", "enter"},
        {"\n", "enter"},
        {"\x7f", "backspace"},
        {"\b", "backspace"},
        {"\x01", "ctrl-a"},
        {"\x1a", "ctrl-z"},
        {"\xc3\xa9", "\xc3\xa9"},
        {"\xe6\xbc\xa2", "\xe6\xbc\xa2"},
        {"\x1b[A", "up"},
        {"\x1bOB", "down"},
        {"\x1b[C", "right"},
        {"\x1bOD", "left"},
        {"\x1b[H", "home"},
        {"\x1b[1~", "home"},
        {"\x1b[7~", "home"},
        {"\x1bOF", "end"},
        {"\x1b[5~", "pageup"},
        {"\x1b[6~", "pagedown"},
        {"\x1b[2~", "insert"},
        {"\x1b[3~", "delete"},
        {"\x1b[Z", "backtab"},
        {"\x1bOP", "f1"},
        {"\x1b[[E", "f5"},
        {"\x1b[11~", "f1"},
        {"\x1b[15~", "f5"},
        {"\x1b[24~", "f12"},
        {"\x1bOM", "enter"},
        /* known to nobody, and swallowed whole */
        {"\x1b[1;5C", ""},
        {"\x1b[?62;22c", ""},
        {"\x1b"
         "b",
         ""},
    };

    (void)state;
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        struct key_reader r = {0};
        struct key k;

        feed(&r, expected[i][0]);
        assert_true(keys_next(&r, false, &k));
        assert_string_equal(k.name, expected[i][1]);
        assert_int_equal(k.kind, KEY_PRESS);
        assert_false(keys_next(&r, false, &k));
        assert_false(keys_waiting(&r));
        keys_free(&r);
    }
}

/* Every sequence means the same when its bytes come one by one. */
static void pieces(void **state)
{
    static const char all[] = "x\x1b[A\x1b[1;5C\xe6\xbc\xa2\x1bOP\x1b[15~\x1b\xe6\xbc\xa2y";
    static const char *const expected[] = {"x", "up", "", "\xe6\xbc\xa2", "f1", "f5", "", "y"};
    struct key_reader r = {0};
    struct key k;
    size_t seen = 0;

    (void)state;
    for (size_t i = 0; i < sizeof all - 1; i++) {
        keys_feed(&r, all + i, 1);
        while (keys_next(&r, false, &k))
            assert_string_equal(k.name, expected[seen++]);
    }
    assert_int_equal(seen, 8);
    keys_free(&r);
}

/* Pieces that always end within a sequence: what is done with does not pile up. */
static void no_end(void **state)
{
    struct key_reader r = {0};
    struct key k;
    int seen = 0;

    (void)state;
    keys_feed(&r, "\x1b", 1);
    for (int i = 0; i < 100000; i++) {
        keys_feed(&r, "[A\x1b", 3);
        while (keys_next(&r, false, &k))
            seen++;
        assert_true(keys_waiting(&r));
    }
    assert_int_equal(seen, 100000);
    assert_true(r.in.cap < 1 << 16);
    keys_free(&r);
}

/* What the terminal says of its background, whole and in pieces; nothing of it is ever a key. */
static void background(void **state)
{
    static const struct {
        const char *bytes;
        bool report, light;
    } told[] = {
        {"\x1b]11;rgb:ffff/ffff/ffff\x1b\\", true, true},
        {"\x1b]11;rgb:0000/0000/0000\a", true, false},
        {"\x1b]11;rgb:f/f/d\a", true, true},
        {"\x1b]11;rgb:20/30/c0\x1b\\", true, false},
        {"\x1b]11;rgb:ffff/ffff\a", false, false},
        {"\x1b]52;c;cXE=\a", false, false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof told / sizeof *told; i++)
        for (size_t cut = 0; cut < strlen(told[i].bytes); cut++) {
            struct key_reader r = {0};
            struct key k;
            bool report = false;

            keys_feed(&r, told[i].bytes, cut);
            for (int late = 0; late < 2; late++) {
                while (cut > 2 && keys_next(&r, late && cut > 12, &k))
                    fail_msg("%zu, cut at %zu: key '%s'", i, cut, k.name);
            }
            keys_feed(&r, told[i].bytes + cut, strlen(told[i].bytes) - cut);
            keys_feed(&r, "y", 1);
            assert_true(keys_next(&r, false, &k));
            if (k.kind == KEY_BACKGROUND) {
                report = true;
                assert_int_equal(k.light, told[i].light);
                assert_true(keys_next(&r, false, &k));
            }
            if (cut <= 12) /* what came too late is only swallowed */
                assert_int_equal(report, told[i].report);
            while (!k.name[0] && keys_next(&r, false, &k))
                ;
            assert_string_equal(k.name, "y");
            assert_false(keys_waiting(&r));
            keys_free(&r);
        }
}

/* The end of a report may never come: the keys are not dead for that. */
static void endless_report(void **state)
{
    struct key_reader r = {0};
    struct key k;
    int silences = 0;

    (void)state;
    keys_feed(&r, "\x1b]11;rgb:20", 11);
    assert_false(keys_next(&r, true, &k));
    keys_feed(&r, "/30", 3); /* it goes on after a while */
    assert_false(keys_next(&r, false, &k));
    while (keys_waiting(&r) && silences++ < 1000)
        assert_false(keys_next(&r, true, &k));
    assert_in_range(silences, 2, 100);
    keys_feed(&r, "q", 1);
    assert_true(keys_next(&r, false, &k));
    assert_string_equal(k.name, "q");
    keys_free(&r);
}

static void escape(void **state)
{
    struct key_reader r = {0};
    struct key k;

    (void)state;
    feed(&r, "\x1b");
    assert_false(keys_next(&r, false, &k));
    assert_true(keys_waiting(&r));
    assert_true(keys_next(&r, true, &k));
    assert_string_equal(k.name, "escape");
    feed(&r, "\x1b\x1b[A");
    assert_true(keys_next(&r, false, &k));
    assert_string_equal(k.name, "escape");
    assert_true(keys_next(&r, false, &k));
    assert_string_equal(k.name, "up");
    feed(&r, "\x1b[1;"); /* cut, and nothing follows: it is dropped at last */
    assert_false(keys_next(&r, false, &k));
    for (int i = 0; i < 100; i++)
        if (keys_next(&r, true, &k))
            assert_string_equal(k.name, "");
    assert_false(keys_waiting(&r));
    keys_free(&r);
}

/* So often nothing comes for the escape delay: no key but ESC itself. */
static void silence(struct key_reader *r, int times)
{
    struct key k;

    for (int i = 0; i < times; i++)
        while (keys_next(r, true, &k))
            if (k.name[0] && strcmp(k.name, "escape") != 0)
                fail_msg("a key of its own: '%s'", k.name);
}

/* Over a slow line each byte comes alone, long after the one before: no "[" is a key for that, and
 * no answer of the terminal's. */
static void slow_line(void **state)
{
    static const char *const sequences[][2] = {
        {"\x1b[A", "up"},
        {"\x1bOB", "down"},
        {"\x1b[5~", "pageup"},
        {"\x1b[1;5C", ""},
        {"\x1b[15~", "f5"},
        {"\x1bOP", "f1"},
        {"\x1b[<0;5;5M", ""},
        {"\x1b[?62;22c", ""},
        {"\x1b]11;rgb:ffff/0000/a0b1\x1b\\", ""},
        {"\x1b]11;rgb:aaaa/bbbb/cccc\a", ""},
    };
    struct key k;

    (void)state;
    for (size_t i = 0; i < sizeof sequences / sizeof *sequences; i++)
        for (int times = 1; times < 60; times += 29)
            for (size_t cut = 1; cut <= strlen(sequences[i][0]); cut++) {
                struct key_reader r = {0};
                const char *s = sequences[i][0];
                const size_t n = strlen(s);
                bool named = !sequences[i][1][0];

                for (size_t at = 0; at < n; at += at < cut ? cut : 1) {
                    keys_feed(&r, s + at, at < cut ? cut : 1);
                    while (keys_next(&r, false, &k)) {
                        if (k.name[0] && strcmp(k.name, sequences[i][1]) != 0)
                            fail_msg("%s, cut at %zu: '%s'", s + 1, cut, k.name);
                        named |= k.name[0] != '\0';
                    }
                    if (at + 1 < n && at + cut < n)
                        silence(&r, times);
                }
                if (!named)
                    fail_msg("%s, cut at %zu: no key", s + 1, cut);
                feed(&r, "y");
                assert_true(keys_next(&r, false, &k));
                while (!k.name[0] && keys_next(&r, false, &k))
                    ;
                assert_string_equal(k.name, "y");
                keys_free(&r);
            }
}

/* What no sequence can be is a key after ESC, too; and so is "[", once it cannot be the rest. */
static void keys_after_escape(void **state)
{
    static const char *const typed[] = {"n", "[n", "]x", "Oz", "[[", "12", NULL};
    struct key k;

    (void)state;
    for (int i = 0; typed[i]; i++) {
        struct key_reader r = {0};

        feed(&r, "\x1b");
        silence(&r, 3);
        feed(&r, typed[i]);
        for (const char *c = typed[i]; *c; c++) {
            assert_true(keys_next(&r, false, &k));
            assert_int_equal(k.name[0], *c);
        }
        assert_false(keys_waiting(&r));
        feed(&r, "\x1b");
        silence(&r, 3);
        keys_apart(&r);
        feed(&r, "[");
        assert_true(keys_next(&r, false, &k));
        assert_string_equal(k.name, "[");
        feed(&r, "\x1b");
        silence(&r, 3);
        feed(&r, "["); /* nothing follows: it is forgotten in the end */
        silence(&r, 100);
        assert_false(keys_waiting(&r));
        keys_free(&r);
    }
}

static void learned(void **state)
{
    struct key_reader r = {0};
    struct key k;

    (void)state;
    keys_learn(&r,
               "\x1b"
               "A",
               "up"); /* a VT52 */
    keys_learn(&r, "\x1b[225z", "f2");
    feed(&r, "\x1b");
    assert_false(keys_next(&r, false, &k));
    feed(&r, "A\x1b[225z");
    assert_true(keys_next(&r, false, &k));
    assert_string_equal(k.name, "up");
    assert_true(keys_next(&r, false, &k));
    assert_string_equal(k.name, "f2");
    keys_free(&r);
}

static void paste(void **state)
{
    static const char all[] = "\x1b[200~one\rtwo\x1b[A\x07\xff q\x1b[201~z";
    struct key_reader r = {0};
    struct key k;

    (void)state;
    for (size_t i = 0; i < sizeof all - 2; i++) {
        keys_feed(&r, all + i, 1);
        if (i < sizeof all - 3)
            assert_false(keys_next(&r, false, &k));
    }
    assert_true(keys_next(&r, false, &k));
    assert_int_equal(k.kind, KEY_PASTE);
    assert_string_equal(r.paste.s, "one\ntwo\xef\xbf\xbd[A\xef\xbf\xbd\xef\xbf\xbd q");
    feed(&r, "z");
    assert_true(keys_next(&r, false, &k));
    assert_string_equal(k.name, "z");
    keys_free(&r);
}

static void huge_paste(void **state)
{
    struct key_reader r = {0};
    struct key k;
    char block[4096];

    (void)state;
    memset(block, 'x', sizeof block);
    feed(&r, "\x1b[200~");
    for (int i = 0; i < 100; i++) {
        keys_feed(&r, block, sizeof block);
        assert_false(keys_next(&r, false, &k));
    }
    feed(&r, "\x1b[201~");
    assert_true(keys_next(&r, false, &k));
    assert_int_equal(r.paste.len, PASTE_MAX_BYTES);
    keys_free(&r);
}

static void mouse(void **state)
{
    struct key_reader r = {0};
    struct key k;

    (void)state;
    feed(&r, "\x1b[<0;12;3M\x1b[<0;12;3m\x1b[<64;1;1M\x1b[<65;1;1M\x1b[M !!");
    assert_true(keys_next(&r, false, &k));
    assert_int_equal(k.kind, KEY_MOUSE);
    assert_int_equal(k.button, MOUSE_LEFT);
    assert_int_equal(k.col, 11);
    assert_int_equal(k.row, 2);
    assert_true(keys_next(&r, false, &k));
    assert_int_equal(k.button, MOUSE_OTHER); /* the release */
    assert_true(keys_next(&r, false, &k));
    assert_int_equal(k.button, MOUSE_WHEEL_UP);
    assert_true(keys_next(&r, false, &k));
    assert_int_equal(k.button, MOUSE_WHEEL_DOWN);
    assert_true(keys_next(&r, false, &k));
    assert_int_equal(k.kind, KEY_MOUSE);
    assert_int_equal(k.button, MOUSE_LEFT);
    assert_int_equal(k.col, 0);
    assert_false(keys_next(&r, false, &k));
    keys_free(&r);
}

/* Anything ends in keys, and names are always whole characters. */
static void rubbish(void **state)
{
    struct key_reader r = {0};
    unsigned seed = 1;
    struct key k;

    (void)state;
    for (int i = 0; i < 20000; i++) {
        char byte = (char)(rand_r(&seed) % (i % 3 ? 256 : 32));

        keys_feed(&r, &byte, 1);
        while (keys_next(&r, i % 50 == 0, &k))
            assert_true(strlen(k.name) < KEY_NAME_MAX && strlen(k.bytes) < KEY_BYTES_MAX);
    }
    keys_free(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(endless_report),
        cmocka_unit_test(names),
        cmocka_unit_test(pieces),
        cmocka_unit_test(no_end),
        cmocka_unit_test(escape),
        cmocka_unit_test(slow_line),
        cmocka_unit_test(keys_after_escape),
        cmocka_unit_test(learned),
        cmocka_unit_test(paste),
        cmocka_unit_test(huge_paste),
        cmocka_unit_test(mouse),
        cmocka_unit_test(rubbish),
        cmocka_unit_test(background),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
