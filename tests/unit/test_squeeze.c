/* test_squeeze.c - fewer bytes, the same picture. */
#include "tui/squeeze.h"
#include "unit.h"

#include <string.h>

static void assert_squeezed(struct squeeze *q, const char *bytes, const char *expected)
{
    struct text out = {0};

    squeeze(q, bytes, strlen(bytes), &out);
    assert_string_equal(text_str(&out), expected);
    text_free(&out);
}

static void neighbours(void **state)
{
    struct squeeze q = {0};

    (void)state;
    /* what a reset undoes is not said; what follows it is said with it */
    assert_squeezed(&q, "a\x1b[39m\x1b(B\x1b[mb", "a\x1b[mb");
    assert_squeezed(&q, "\x1b(B\x1b[0;1m\x1b[38;5;214mx", "\x1b[1;38;5;214mx");
    /* not plain now: the reset must be said */
    assert_squeezed(&q, "\x1b(B\x1b[0;2my", "\x1b[0;2my");
    assert_squeezed(&q, "\x1b[1m\x1b[31mz", "\x1b[1;31mz");
    assert_squeezed(&q, "\x1b[m\x1b[m", "\x1b[m");
    assert_squeezed(&q, "\x1b[m-", "-");
    assert_squeezed(&q, "\x1b[0m\x1b[0;7m!", "\x1b[7m!");
}

/* What is not known to be idle passes as it is. */
static void others(void **state)
{
    struct squeeze q = {.palette = "\x1b]104\a"};

    (void)state;
    assert_squeezed(&q, "\x1b[2;5Hab\x1b[K\r\n\x1b[?25l", "\x1b[2;5Hab\x1b[K\r\n\x1b[?25l");
    assert_squeezed(&q, "\x1b]104\aq\x0f\x1b(B", "q");
    assert_squeezed(&q, "\x1b]0;title\a\x1b(0x\x1b[1 q", "\x1b]0;title\a\x1b(0x\x1b[1 q");
    assert_squeezed(&q, "\x1b[1", "\x1b[1");
    assert_squeezed(&q, "\x1b", "\x1b");
    assert_squeezed(&q, "", "");
    /* the order of colours and moves is kept */
    assert_squeezed(&q, "\x1b[31m\x1b[3;3H\x1b[m.", "\x1b[31m\x1b[3;3H\x1b[m.");
}

static void moves(void **state)
{
    struct squeeze q = {.within_rows = true}, plain = {0};

    (void)state;
    assert_squeezed(&q, "\x1b[2;5Hab\x1b[2;30Hc\x1b[3;1Hd\x1b[3;70He",
                    "\x1b[2;5Hab\x1b[30Gc\x1b[3;1Hd\x1b[70Ge");
    assert_squeezed(&q, "\x1b[3;5H.\x1b[1m\x1b[K\x1b[3;9H",
                    "\x1b[5G.\x1b[1m\x1b[K\x1b[9G");     /* over frames */
    assert_squeezed(&q, "\n\x1b[3;5Hx", "\n\x1b[3;5Hx"); /* where it is now is not known */
    assert_squeezed(&q, "\x1b[9d\x1b[3;5Hx", "\x1b[9d\x1b[3;5Hx");
    assert_squeezed(&q,
                    "\x1b"
                    "M\x1b[3;5Hx",
                    "\x1b"
                    "M\x1b[3;5Hx");
    assert_squeezed(&q, "\x1b[H\x1b[1;5Hx", "\x1b[H\x1b[1;5Hx");
    assert_squeezed(&plain, "\x1b[2;5Hab\x1b[2;30Hc", "\x1b[2;5Hab\x1b[2;30Hc");
}

/* A colour that begins with a nought is no reset. */
static void first_zero(void **state)
{
    struct squeeze q = {0};

    (void)state;
    assert_squeezed(&q, "\x1b[01;31ma", "\x1b[01;31ma");
    assert_squeezed(&q, "\x1b[00mb", "\x1b[00mb");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(neighbours),
        cmocka_unit_test(others),
        cmocka_unit_test(first_zero),
        cmocka_unit_test(moves),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
