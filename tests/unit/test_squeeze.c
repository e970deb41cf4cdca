/* test_squeeze.c - fewer bytes, the same picture. */
#include "../terminal/pty_screen.h"
#include "base/rng.h"
#include "tui/squeeze.h"
#include "unit.h"

#include <stdlib.h>
#include <string.h>

enum { ROWS = 24, COLS = 80 };

static void assert_squeezed(struct squeeze *q, const char *bytes, const char *expected)
{
    struct text out = {0};

    squeeze(q, bytes, strlen(bytes), &out);
    assert_string_equal(text_str(&out), expected);
    text_free(&out);
}

static void looks(void **state)
{
    struct squeeze q = {.coloured_moves = true};

    (void)state;
    /* what a reset undoes is not said; what follows it is said with it */
    assert_squeezed(&q, "a\x1b[39m\x1b(B\x1b[mb", "a\x1b[39m\x1b[mb");
    assert_squeezed(&q, "\x1b[39m\x1b(B\x1b[mb", "b");
    assert_squeezed(&q, "\x1b(B\x1b[0;1m\x1b[38;5;214mx", "\x1b[1;38;5;214mx");
    /* not plain now: the reset must be said */
    assert_squeezed(&q, "\x1b(B\x1b[0;2my", "\x1b[0;2my");
    assert_squeezed(&q, "\x1b[1m\x1b[31mz", "\x1b[1;31mz");
    assert_squeezed(&q, "\x1b[m\x1b[m-", "\x1b[m-");
    assert_squeezed(&q, "\x1b[m-", "-");
    assert_squeezed(&q, "\x1b[0m\x1b[0;7m!", "\x1b[7m!");
    /* a colour that begins with a nought is no reset */
    assert_squeezed(&q, "\x1b[m\x1b[01;31ma", "\x1b[0;1;31ma");
    assert_squeezed(&q, "\x1b[00mb", "\x1b[mb");
    /* a blank needs no ink, but the paper; what comes after it may need neither */
    assert_squeezed(&q, "\x1b[32mc\x1b[m \x1b[32md", "\x1b[32mc d");
    assert_squeezed(&q, "\x1b[m\x1b[K\x1b[32me", "\x1b[Ke");
    assert_squeezed(&q, "\x1b[0;7m ", "\x1b[0;7m ");
    assert_squeezed(&q, "\x1b[m ", "\x1b[m ");
    assert_squeezed(&q, "\x1b[44m\x1b[K\x1b[m", "\x1b[44m\x1b[K");
    assert_squeezed(&q, " ", "\x1b[m ");
}

/* What is not understood passes as it is. */
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
    assert_squeezed(&q, "\x1b[31m\x1b[3;3H\x1b[4:3m.", "\x1b[31m\x1b[3;3H\x1b[4:3m.");
    /* a terminal that must not be moved about in while a look is on */
    assert_squeezed(&q, "\x1b[m\x1b[1ma\x1b[m\x1b[3;3Hb", "\x1b[m\x1b[1ma\x1b[m\x1b[3;3Hb");
}

static void moves(void **state)
{
    struct squeeze q = {.moves = true, .coloured_moves = true, .rows = ROWS, .cols = COLS};

    (void)state;
    assert_squeezed(&q, "\x1b[2;5Hab\x1b[2;30Hc\x1b[3;1Hd\x1b[3;70He",
                    "\x1b[2;5Hab\x1b[30Gc\n\rd\x1b[70Ge");
    assert_squeezed(&q, "\x1b[3;69H.", "\b\b."); /* over frames */
    assert_squeezed(&q, "\x1b[5;69H.\x1b[7;69H.", "\n\n\b.\n\n\b.");
    assert_squeezed(&q, "\x1b[4;69H\x1b[20;1H\x1b[6;69H.", "\x1b[A\b."); /* only the last counts */
    assert_squeezed(&q, "\x1b[16;70H.", "\x1b[10B.");
    assert_squeezed(&q, "\x1b[H.", "\x1b[H.");
    /* behind the last column terminals differ: only what is absolute is safe */
    assert_squeezed(&q, "\x1b[1;80H.\x1b[1;79H.", "\x1b[80G.\x1b[79G.");
    assert_squeezed(&q, "\x1b[1;80H.\x1b[2;80H.", ".\n\x1b[80G.");
    assert_squeezed(&q, "\b.", "\b."); /* where that leads to is not known ... */
    assert_squeezed(&q, "\x1b[2;79H.", "\x1b[2;79H.");
    /* a look that is said before it is needed keeps no move from being short */
    assert_squeezed(&q, "\x1b[m\x1b[32m\x1b[3;79H\x1b[m\x1b[1m.", "\n\b\x1b[0;1m.");
    assert_squeezed(&q, "\x1b[9d\x1b[4;5Hx", "\n\x1b[5Gx");
    assert_squeezed(&q,
                    "\x1b"
                    "M\x1b[3;5Hx",
                    "\x1b"
                    "M\x1b[3;5Hx");
    assert_squeezed(&q, "\x1b[24;5H\n\x1b[3;5Hx", "\x1b[21B\b\n\x1b[3;5Hx"); /* it scrolls */
    /* the cursor is moved where it is seen, and only there */
    assert_squeezed(&q, "\x1b[9;9H", "");
    q.cursor = true;
    assert_squeezed(&q, "\x1b[4;6H", "\n");
}

/* Between margins the last row is where a line feed scrolls. */
static void margins(void **state)
{
    struct squeeze q = {.moves = true, .coloured_moves = true, .rows = ROWS, .cols = COLS};

    (void)state;
    assert_squeezed(&q, "\x1b[3;23r\x1b[23;1H\n\x1b[1;24r\x1b[m\x1b[23;1Hx",
                    "\x1b[3;23r\x1b[23;1H\n\x1b[1;24r\x1b[23;1H\x1b[mx");
    assert_squeezed(&q, "\x1b[3;23r\x1b[3;1H\x1bM\x1b[5;1Hx\x1b[6;1Hx",
                    "\x1b[3;23r\x1b[3;1H\x1bM\x1b[5;1Hx\x1b[6d\bx");
    assert_squeezed(&q, "\x1b[r\x1b[5;1Hx\x1b[6;2Hx", "\x1b[r\x1b[5;1Hx\nx");
}

/* --- anything that curses may write ----------------------------------------------------------- */

/* One thing after another as curses does it: moves to anywhere in one of many ways, looks, text,
 * erasing, and things that the squeezer does not know. */
static void add_something(struct rng *r, struct text *out)
{
    static const char *const sgr[] = {"m",        "0m",      "1m",     "0;2m",     "7m",
                                      "38;5;75m", "0;1;31m", "39;49m", "48;5;17m", "0;10m",
                                      "32m",      "0;4;36m", "39m",    "91m",      "44m",
                                      "2m",       "4:3m",    "01;33m", ";1m",      "22m"};
    static const char *const words[] = {"a",   "bc", " ",      "   ",    "⣀⡠",
                                        "x y", "界", "..  ..", "e\u0301"};
    static const char *const erasing[] = {"K", "1K", "5X", "J", "2P", "3@"};
    static const char *const rest[] = {"\x1b(B", "\x1b]0;t\a", "\x1b[?7h", "\x1b[4l",
                                       "\033M",  "\x1b[2L",    "\0337",    "\0338"};
    const int row = 1 + (int)rng_below(r, ROWS), col = 1 + (int)rng_below(r, COLS);
    const int by = 1 + (int)rng_below(r, 4);

    switch (rng_below(r, 17)) {
    case 0:
    case 1:
        text_printf(out, "\x1b[%d;%dH", row, col);
        break;
    case 2:
        text_printf(out, "\x1b[%dG", col);
        break;
    case 3:
        text_printf(out, "\x1b[%dd", row);
        break;
    case 4:
        text_printf(out, "\x1b[%d%c", by, "ABCD"[rng_below(r, 4)]);
        break;
    case 5:
        text_add_char(out, "\r\b\n"[rng_below(r, 3)]);
        break;
    case 6:
        text_printf(out, "\x1b[%s", erasing[rng_below(r, 6)]);
        break;
    case 7:
        if (rng_below(r, 4) == 0)
            text_add(out, rest[rng_below(r, sizeof rest / sizeof *rest)]);
        break;
    case 8:
    case 9:
    case 10:
        text_printf(out, "\x1b[%s", sgr[rng_below(r, sizeof sgr / sizeof *sgr)]);
        break;
    case 11: /* repeated, as curses does with what it has just printed */
        text_printf(out, "%c\x1b[%db", ".- x"[rng_below(r, 4)], by);
        break;
    case 12: /* margins, now and then, and what scrolls between them */
        if (rng_below(r, 4) == 0)
            text_add(out, rng_below(r, 2) ? "\x1b[r" : "\0337\x1b[3;23r\0338\r\n\x1b[1;24r");
        else if (rng_below(r, 4) == 0 && row + by <= ROWS)
            text_printf(out, "\x1b[%d;%dr\x1b[%d;1H\n", row, row + by, row + by);
        break;
    default:
        text_add(out, words[rng_below(r, sizeof words / sizeof *words)]);
    }
}

static void feed(struct pty_screen *s, const char *bytes, size_t n)
{
    assert_int_equal(pty_screen_feed(s, bytes, n), n);
}

/* Behind the last column it matters to a terminal, and not to curses, how one came there. */
static void same_screen(const struct pty_screen *a, const struct pty_screen *b, const char *bytes,
                        const char *out)
{
    for (int row = 0; row < ROWS; row++)
        for (int col = 0; col < COLS; col++)
            if (a->cell[row][col] != b->cell[row][col] || a->look[row][col] != b->look[row][col])
                fail_msg("row %d, column %d: %x %x, not %x %x, after '%s' as '%s'", row, col,
                         b->cell[row][col], b->look[row][col], a->cell[row][col], a->look[row][col],
                         bytes, out);
}

static void anything(void **state)
{
    enum { RUNS = 3000 };
    struct pty_screen plain = {0}, squeezed = {0};
    struct rng r;
    size_t before = 0, after = 0;

    (void)state;
    rng_seed(&r, 5, 0);
    for (int run = 0; run < RUNS; run++) {
        struct squeeze q = {
            .moves = run % 4 != 3, .coloured_moves = run % 5 != 4, .rows = ROWS, .cols = COLS};
        struct text bytes = {0}, out = {0};

        pty_screen_reset(&plain, ROWS, COLS);
        pty_screen_reset(&squeezed, ROWS, COLS);
        for (int frame = 0; frame < 4; frame++) {
            text_clear(&bytes);
            text_clear(&out);
            for (uint32_t n = rng_below(&r, 30); n > 0; n--)
                add_something(&r, &bytes);
            q.cursor = rng_below(&r, 2);
            squeeze(&q, text_str(&bytes), bytes.len, &out);
            feed(&plain, text_str(&bytes), bytes.len);
            feed(&squeezed, text_str(&out), out.len);
            same_screen(&plain, &squeezed, text_str(&bytes), text_str(&out));
            if (q.cursor && (plain.row != squeezed.row || plain.col != squeezed.col))
                fail_msg("cursor at %d, %d, not %d, %d after '%s'", squeezed.row, squeezed.col,
                         plain.row, plain.col, text_str(&bytes));
            before += bytes.len;
            after += out.len;
        }
        text_clear(&out);
        squeeze_settle(&q, &out);
        feed(&squeezed, text_str(&out), out.len);
        assert_int_equal(squeezed.row, plain.row);
        assert_int_equal(squeezed.col, plain.col);
        assert_int_equal(squeezed.pen, plain.pen);
        text_free(&bytes);
        text_free(&out);
    }
    assert_true(after < before);
    pty_screen_free(&plain);
    pty_screen_free(&squeezed);
    tried("thrift", "bytes of curses squeezed, at random",
          "same picture %d times, %.0f %% of the bytes", 4 * RUNS,
          100.0 * (double)after / (double)before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(looks),   cmocka_unit_test(others),   cmocka_unit_test(moves),
        cmocka_unit_test(margins), cmocka_unit_test(anything),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
