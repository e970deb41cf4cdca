/* test_base.c - strings, widths, random numbers, files, settings. */
#include "base/ascii.h"
#include "base/base64.h"
#include "base/clock.h"
#include "base/digest.h"
#include "base/error.h"
#include "base/file.h"
#include "base/json.h"
#include "base/number.h"
#include "base/plain_text.h"
#include "base/rng.h"
#include "base/setting.h"
#include "base/styled_text.h"
#include "base/suggest.h"
#include "base/text.h"
#include "base/utf8.h"
#include "base/xalloc.h"
#include "folder.h"
#include "unit.h"

#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void test_text_grows(void **state)
{
    struct text t = {0};

    (void)state;
    assert_string_equal(text_str(&t), "");
    for (int i = 0; i < 1000; i++)
        text_printf(&t, "%d,", i % 10);
    assert_int_equal(t.len, 2000);
    assert_int_equal(t.s[2000], '\0');
    text_clear(&t);
    assert_string_equal(text_str(&t), "");
    text_free(&t);
}

/* Every scalar value survives a round trip; nothing else is taken for one. */
static void test_utf8_round_trip(void **state)
{
    (void)state;
    for (uint32_t cp = 1; cp <= 0x10FFFF; cp++) {
        char bytes[UTF8_MAX];
        uint32_t back;
        size_t n;

        if (cp >= 0xD800 && cp <= 0xDFFF)
            continue;
        n = utf8_encode(cp, bytes);
        assert_int_equal(utf8_decode(bytes, n, &back), n);
        assert_int_equal(back, cp);
        if (n > 1) { /* cut short, it is invalid and takes one byte */
            assert_int_equal(utf8_decode(bytes, n - 1, &back), 1);
            assert_int_equal(back, UTF8_BAD);
        }
    }
}

static void test_utf8_refuses(void **state)
{
    static const char *const bad[] = {
        "\x80",         "\xC0\x80",         "\xC1\xBF",         "\xE0\x80\x80",
        "\xED\xA0\x80", "\xF0\x80\x80\x80", "\xF4\x90\x80\x80", "\xF8\x88\x80\x80\x80",
        "\xFF",         "\xE2\x28\xA1",
    };
    uint32_t cp;

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_int_equal(utf8_decode(bad[i], strlen(bad[i]), &cp), 1);
        assert_int_equal(cp, UTF8_BAD);
    }
}

static void test_utf8_width(void **state)
{
    (void)state;
    assert_int_equal(utf8_width('a'), 1);
    assert_int_equal(utf8_width(0x2801), 1); /* braille, whatever the locale */
    assert_int_equal(utf8_width(0x4E2D), 2);
    assert_int_equal(utf8_width(0x0301), 0);
    assert_int_equal(utf8_width(0x1B), -1);
    assert_int_equal(utf8_width(0xAD), -1);   /* seen or not, as the terminal likes */
    assert_int_equal(utf8_width(0x9B), -1);   /* C1's own escape sequence introducer */
    assert_int_equal(utf8_width(0x202E), -1); /* right-to-left override */
    assert_int_equal(utf8_width(0x2067), -1);
    assert_int_equal(utf8_columns("a\xE4\xB8\xAD"
                                  "e\xCC\x81"),
                     4);
}

static void test_utf8_clean(void **state)
{
    const char hostile[] = "a\x1b[31mb\xC2\x9B"
                           "c\xE2\x80\xAE"
                           "d\xFF\n\t\x7f";
    struct text t = {0};

    (void)state;
    utf8_clean(&t, hostile, sizeof hostile - 1, true);
    for (size_t i = 0; i < t.len;) {
        uint32_t cp;

        i += utf8_decode(t.s + i, t.len - i, &cp);
        assert_true(cp == '\n' || cp == '\t' || utf8_width(cp) > 0);
    }
    text_clear(&t);
    utf8_clean(&t, "a\nb", 3, false);
    assert_string_equal(t.s, "a\xEF\xBF\xBD"
                             "b");
    text_free(&t);
}

static void test_utf8_copy_cuts_between_characters(void **state)
{
    char to[5];

    (void)state;
    utf8_copy(to, sizeof to, "ab\xE2\x82\xAC");
    assert_string_equal(to, "ab");
    utf8_copy(to, sizeof to,
              "a\xE2\x82\xAC"
              "b");
    assert_string_equal(to, "a\xE2\x82\xAC");
}

static void test_rng_is_the_published_one(void **state)
{
    /* pcg32-demo of the reference implementation: seed 42, stream 54 */
    static const uint32_t expected[] = {0xa15c02b7, 0x7b47f409, 0xba1d3330,
                                        0x83d2f293, 0xbfa4784b, 0xcbed606e};
    struct rng r;

    (void)state;
    rng_seed(&r, 42, 54);
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
        assert_int_equal(rng_u32(&r), expected[i]);
}

static void test_rng_moments(void **state)
{
    struct rng r;
    double sum = 0, square = 0, uniform = 0;
    int n = 200000, count[5] = {0};

    (void)state;
    rng_seed(&r, 7, 1);
    for (int i = 0; i < n; i++) {
        double z = rng_normal(&r), u = rng_uniform(&r);

        assert_true(u >= 0 && u < 1);
        sum += z;
        square += z * z;
        uniform += u;
        count[rng_below(&r, 5)]++;
    }
    assert_true(fabs(sum / n) < 0.01);
    assert_true(fabs(square / n - 1) < 0.02);
    assert_true(fabs(uniform / n - 0.5) < 0.005);
    for (int i = 0; i < 5; i++)
        assert_true(abs(count[i] - n / 5) < n / 100);
}

static void test_file_save_is_whole_or_not(void **state)
{
    static const char path[] = "a.txt", fifo[] = "fifo";
    struct text t = {0};
    struct error e;

    (void)state;
    assert_true(file_save(path, "one", 3, false, &e));
    assert_false(file_save(path, "two", 3, false, &e));
    assert_non_null(strstr(e.text, "exists"));
    assert_true(file_read(path, 100, &t, &e));
    assert_string_equal(t.s, "one");
    assert_true(file_save(path, "three", 5, true, &e));
    text_clear(&t);
    assert_true(file_read(path, 5, &t, &e));
    assert_string_equal(t.s, "three");
    assert_false(file_read(path, 4, &t, &e)); /* longer than allowed */
    assert_false(file_read(folder, 100, &t, &e));
    assert_non_null(strstr(e.text, "folder"));
    assert_int_equal(mkfifo(fifo, 0600), 0);
    assert_false(file_read(fifo, 100, &t, &e)); /* and does not hang */
    unlink(fifo);
    unlink(path);
    assert_int_equal(rmdir(folder), 0); /* no temporary file is left */
    text_free(&t);
}

/* What is replaced stays what it was: a link leads to it, and who may read it may still. */
static void test_file_save_keeps(void **state)
{
    static const char path[] = "a.txt", link[] = "link", fifo[] = "fifo";
    struct text t = {0};
    struct error e;
    struct stat st;

    (void)state;
    assert_int_equal(symlink("a.txt", link), 0);
    assert_false(
        file_save(link, "new", 3, false, &e)); /* the name is taken, by a link to nothing */
    assert_true(file_save(link, "one", 3, true, &e));
    assert_int_equal(chmod(path, 0640), 0);
    assert_true(file_save(link, "two", 3, true, &e));
    assert_int_equal(lstat(link, &st), 0);
    assert_true(S_ISLNK(st.st_mode));
    assert_int_equal(lstat(path, &st), 0);
    assert_true(S_ISREG(st.st_mode));
    assert_int_equal(st.st_mode & 07777, 0640);
    assert_true(file_read(path, 100, &t, &e));
    assert_string_equal(t.s, "two");
    unlink(link);
    assert_int_equal(symlink("link", link), 0);
    assert_false(file_save(link, "x", 1, true, &e)); /* round and round */
    assert_int_equal(mkfifo(fifo, 0600), 0);
    assert_false(file_save(fifo, "x", 1, true, &e));
    assert_non_null(strstr(e.text, "not a regular file"));
    unlink(link);
    unlink(fifo);
    unlink(path);
    assert_int_equal(rmdir(folder), 0); /* no temporary file is left */
    text_free(&t);
}

static void test_file_line(void **state)
{
    char text[] = "one\n\nlonger than ten bytes\nlast";
    FILE *f = fmemopen(text, sizeof text - 1, "r");
    struct text line = {0};
    struct error e;

    (void)state;
    assert_true(file_line(f, 10, &line, &e));
    assert_string_equal(text_str(&line), "one");
    assert_true(file_line(f, 10, &line, &e));
    assert_string_equal(text_str(&line), "");
    assert_false(file_line(f, 10, &line, &e));
    file_line_rest(f);
    assert_non_null(strstr(e.text, "longer than 10"));
    assert_true(file_line(f, 10, &line, &e));
    assert_string_equal(text_str(&line), "last");
    assert_false(file_line(f, 10, &line, &e));
    assert_string_equal(e.text, "");
    fclose(f);
    text_free(&line);
}

/* What editors of other systems make of "a", an empty line, "\u00e9", a character beyond 16 bits
 * and "z" without an end. */
static void test_plain_text(void **state)
{
#define BYTES(s)                                                                                   \
    {                                                                                              \
        s, sizeof s - 1                                                                            \
    }
    static const char plain[] = "a\n\n\xC3\xA9\xF0\x9F\x98\x80\nz";
    static const struct {
        const char *s;
        size_t n;
    } same[] = {
        BYTES("a\n\n\xC3\xA9\xF0\x9F\x98\x80\nz"),
        BYTES("\xEF\xBB\xBF"
              "a\n\n\xC3\xA9\xF0\x9F\x98\x80\nz"),
        BYTES("\xEF\xBB\xBF"
              "a\r\n\r\n\xC3\xA9\xF0\x9F\x98\x80\r\nz"),
        BYTES("a\r\r\xC3\xA9\xF0\x9F\x98\x80\rz"),
        BYTES("\xFF\xFE"
              "a\0\r\0\n\0\r\0\n\0\xE9\0\x3D\xD8\0\xDE\r\0\n\0z\0"),
        BYTES("\xFE\xFF\0a\0\r\0\n\0\r\0\n\0\xE9\xD8\x3D\xDE\0\0\r\0\n\0z"),
    };
    static const char half[] = "\xFF\xFE\x3D\xD8"
                               "a\0\0\xDE"
                               "b"; /* two halves of pairs, and of a character */
    struct text t = {0};

    (void)state;
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        text_add(&t, "\r"); /* what was there stays */
        text_add_n(&t, same[i].s, same[i].n);
        plain_text(&t, 1);
        assert_int_equal(t.len, sizeof plain);
        assert_string_equal(t.s + 1, plain);
        text_free(&t);
    }
    plain_text(&t, 0);
    assert_int_equal(t.len, 0);
    text_add_n(&t, half, sizeof half - 1);
    plain_text(&t, 0);
    assert_string_equal(t.s, "\xEF\xBF\xBD"
                             "a\xEF\xBF\xBD\xEF\xBF\xBD");
    text_free(&t);
    assert_string_equal(plain_start("\xEF\xBB\xBFx"), "x");
    assert_string_equal(plain_start("\xEFx"), "\xEFx");
}

static void test_file_line_of_any_system(void **state)
{
    char text[] = "one\r\n\r\nlonger than ten bytes\r\nold\rmac\r";
    static const char *const lines[] = {"one", "", NULL, "old", "mac"};
    FILE *f = fmemopen(text, sizeof text - 1, "r");
    struct text line = {0};
    struct error e;

    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        assert_int_equal(file_line(f, 10, &line, &e), lines[i] != NULL);
        if (lines[i])
            assert_string_equal(text_str(&line), lines[i]);
        else
            file_line_rest(f);
    }
    assert_false(file_line(f, 10, &line, &e));
    assert_string_equal(e.text, "");
    fclose(f);
    text_free(&line);
}

struct values {
    bool on;
    int count, kind;
    uint64_t seed;
    double rate;
    char word[SETTING_WORD_MAX];
};

static const char *const kinds[] = {"small", "large", NULL};
#define ROW(...) SETTING_ROW(struct values, __VA_ARGS__, .help = "h")
static const struct setting rows[] = {
    ROW(on, BOOL, .fallback = "on"),
    ROW(count, INT, .min = 1, .max = 10, .fallback = "3"),
    ROW(kind, CHOICE, .choices = kinds, .fallback = "large"),
    ROW(seed, SEED, .max = 0x1p53, .fallback = "1"),
    ROW(rate, REAL, .min = -2, .max = 2, .fallback = "-0.5"),
    ROW(word, WORD, .fallback = "plotted"),
};
static const struct setting_table table = {"test setting", rows, sizeof rows / sizeof *rows};

static void set(struct values *v, const char *name, const char *text)
{
    struct error e;

    if (!setting_set(setting_find(&table, name, &e), v, text, NULL, NULL, &e))
        fail_msg("%s", e.text);
}

static void test_settings(void **state)
{
    struct values v;
    struct text t = {0};

    (void)state;
    setting_defaults(&table, &v);
    assert_true(v.on && v.count == 3 && v.kind == 1 && v.seed == 1 && v.rate == -0.5);
    for (int i = 0; i < table.rows; i++)
        assert_true(setting_is_default(&rows[i], &v));
    set(&v, "count", "+2");
    assert_int_equal(v.count, 5);
    set(&v, "rate", "-0.25");
    assert_true(v.rate == -0.75);
    set(&v, "rate", "=-1");
    assert_true(v.rate == -1);
    set(&v, "kind", "next");
    assert_int_equal(v.kind, 0);
    set(&v, "on", "toggle");
    assert_false(v.on);
    v.rate = 0.1;
    setting_get(&rows[4], &v, &t);
    assert_string_equal(t.s, "0.1");
    text_free(&t);
}

static void test_settings_refuse(void **state)
{
    static const char *const bad[][3] = {
        {"count", "11", "from 1 to 10"},    {"count", "+8", "from 1 to 10"},
        {"count", "2.5", "whole number"},   {"count", "many", "not a number"},
        {"kind", "huge", "small or large"}, {"on", "maybe", "on or off"},
        {"rate", "nan", "from -2 to 2"},
    };
    struct values v, before;
    struct error e;

    (void)state;
    memset(&v, 0, sizeof v); /* its padding is compared, too */
    setting_defaults(&table, &v);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        memcpy(&before, &v, sizeof v);
        assert_false(
            setting_set(setting_find(&table, bad[i][0], &e), &v, bad[i][1], NULL, NULL, &e));
        assert_non_null(strstr(e.text, bad[i][2]));
        assert_int_equal(e.kind, ERROR_USAGE);
        assert_memory_equal(&v, &before, sizeof v);
    }
    assert_null(setting_find(&table, "cuont", &e));
    assert_non_null(strstr(e.text, "did you mean 'count'"));
    assert_null(setting_find(&table, "xyzzy", &e));
    assert_null(strstr(e.text, "did you mean"));
}

static void test_errors_are_clean(void **state)
{
    struct error e;

    (void)state;
    assert_false(fail(&e, "no file '%s'", "\x1b]0;owned\x07"));
    assert_null(strchr(e.text, 0x1b));
    assert_null(strchr(e.text, 0x07));
    assert_false(fail(NULL, "nobody listens"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text_grows),
        cmocka_unit_test(test_utf8_round_trip),
        cmocka_unit_test(test_utf8_refuses),
        cmocka_unit_test(test_utf8_width),
        cmocka_unit_test(test_utf8_clean),
        cmocka_unit_test(test_utf8_copy_cuts_between_characters),
        cmocka_unit_test(test_rng_is_the_published_one),
        cmocka_unit_test(test_rng_moments),
        cmocka_unit_test_setup_teardown(test_file_save_is_whole_or_not, enter, leave),
        cmocka_unit_test(test_plain_text),
        cmocka_unit_test(test_file_line),
        cmocka_unit_test(test_file_line_of_any_system),
        cmocka_unit_test_setup_teardown(test_file_save_keeps, enter, leave),
        cmocka_unit_test(test_settings),
        cmocka_unit_test(test_settings_refuse),
        cmocka_unit_test(test_errors_are_clean),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
