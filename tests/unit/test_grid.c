/* test_grid.c - cells, clipping, wide glyphs, and what comes out as plain text. */
#include "base/utf8.h"
#include "draw/charset.h"
#include "draw/chart.h"
#include "draw/grid.h"
#include "unit.h"

#include <math.h>
#include <string.h>

static void assert_text(const struct grid *g, bool ascii, const char *expected)
{
    struct text t = {0};
    grid_to_text(g, ascii, &t);
    assert_string_equal(text_str(&t), expected);
    text_free(&t);
}

static void test_text(void **state)
{
    struct grid g;
    (void)state;
    grid_init(&g, 2, 8);
    const struct rect all = {0, 0, 2, 8};
    assert_int_equal(grid_text(&g, all, 0, 1, ROLE_TITLE, "ab"), 3);
    assert_int_equal(grid_text(&g, all, 1, 0, ROLE_TEXT, "alpha β"), 7);
    assert_int_equal(grid_at(&g, 0, 1)->role, ROLE_TITLE);
    assert_text(&g, false, " ab\nalpha β\n");
    assert_text(&g, true, " ab\nalpha b\n");
    grid_clear(&g);
    assert_text(&g, false, "\n\n");
    grid_free(&g);
}

static void test_clipping(void **state)
{
    struct grid g;
    (void)state;
    grid_init(&g, 3, 5);
    const struct rect inner = {1, 1, 1, 3}, outer = {-1, -1, 9, 9};
    assert_int_equal(grid_text(&g, inner, 0, 0, ROLE_TEXT, "abcdef"), 3);
    grid_put(&g, inner, 1, 0, 'x', ROLE_TEXT);
    grid_put(&g, inner, 0, -1, 'x', ROLE_TEXT);
    grid_put(&g, outer, 0, 0, 'x', ROLE_TEXT); /* above and left of the grid */
    assert_text(&g, false, "\n abc\n\n");
    assert_null(grid_at(&g, 3, 0));
    assert_null(grid_at(&g, 0, -1));
    grid_free(&g);
    grid_init(&g, -3, 7);
    assert_text(&g, false, "");
    grid_free(&g);
}

static void test_wide_glyphs(void **state)
{
    struct grid g;
    (void)state;
    grid_init(&g, 1, 6);
    const struct rect all = {0, 0, 1, 6};
    assert_int_equal(grid_text(&g, all, 0, 0, ROLE_TEXT, "日本"), 4);
    assert_text(&g, false, "日本\n");
    assert_text(&g, true, "????\n");
    grid_put(&g, all, 0, 1, 'x', ROLE_TEXT); /* its left half goes, too */
    assert_text(&g, false, " x本\n");
    grid_put(&g, all, 0, 2, 'y', ROLE_TEXT);
    assert_text(&g, false, " xy\n");
    grid_put(&g, all, 0, 5, 0x65e5, ROLE_TEXT); /* no room for both halves */
    assert_text(&g, false, " xy\n");
    grid_clear(&g);
    grid_put(&g, all, 0, 1, 0x65e5, ROLE_TEXT);
    grid_put(&g, all, 0, 0, 0x672c, ROLE_TEXT); /* over the left half of another */
    assert_text(&g, false, "本\n");
    for (int col = 0; col < 6; col++) /* every second half has a first */
        if (grid_at(&g, 0, col)->glyph == 0)
            assert_int_equal(utf8_width(grid_at(&g, 0, col - 1)->glyph), 2);
    grid_free(&g);
}

static void test_hostile_text(void **state)
{
    struct grid g;
    (void)state;
    grid_init(&g, 1, 10);
    const struct rect all = {0, 0, 1, 10};
    grid_text(&g, all, 0, 0, ROLE_TEXT,
              "a\033[2J\xff\xe2\x80\xae"
              "b");
    assert_text(&g, false,
                "a\xef\xbf\xbd[2J\xef\xbf\xbd\xef\xbf\xbd"
                "b\n");
    assert_text(&g, true, "a?[2J??b\n");
    grid_put(&g, all, 0, 0, '\n', ROLE_TEXT);
    grid_put(&g, all, 0, 1, 0x9b, ROLE_TEXT);
    struct text t = {0};
    grid_to_text(&g, false, &t);
    assert_null(strpbrk(text_str(&t), "\033\x9b"));
    assert_ptr_equal(strchr(text_str(&t), '\n'), text_str(&t) + t.len - 1);
    text_free(&t);
    grid_free(&g);
}

/* What the charsets are made of has ASCII look-alikes, and takes one column. */
static void test_charsets(void **state)
{
    (void)state;
    for (int i = 0; i < CHARSETS; i++) {
        const struct glyphs *g = &charset_glyphs[i];
        const uint32_t all[] = {g->vertical,   g->horizontal, g->corner, g->tick_left,
                                g->tick_below, g->zero_row,   g->up,     g->zero_column,
                                g->down,       g->stem,       g->solid,  g->open,
                                g->point,      g->caret,      g->flat,   g->flat_tick,
                                g->dot,        g->bar[0],     g->bar[1], g->bar[8]};
        for (size_t k = 0; k < sizeof all / sizeof *all; k++) {
            struct text t = {0};
            glyph_add(&t, all[k], true);
            assert_int_equal(t.len, 1);
            assert_true(t.s[0] != '?' && (unsigned char)t.s[0] < 0x80);
            assert_int_equal(utf8_width(all[k]), 1);
            assert_true(i != CHARSET_ASCII || all[k] < 0x80);
            text_free(&t);
        }
    }
    assert_int_equal(charset_detect("linux", true), CHARSET_BLOCK);
    assert_int_equal(charset_detect("xterm-256color", true), CHARSET_BRAILLE);
    assert_int_equal(charset_detect("xterm-256color", false), CHARSET_ASCII);
    assert_int_equal(charset_detect("vt100", true), CHARSET_ASCII);
    assert_int_equal(charset_detect("vte-256color", true), CHARSET_BRAILLE);
    assert_int_equal(charset_detect(NULL, true), CHARSET_BRAILLE);
}

static void test_charts(void **state)
{
    const float v[] = {9, 9, 0, 1, 2, 3, NAN}, fall[] = {3, 2, 1, 0, 3, 0};
    struct grid g;
    (void)state;
    grid_init(&g, 3, 5);
    const struct rect all = {0, 0, 3, 5};
    chart_spark(&g, all, v, 7, 0, 3, CHARSET_ASCII, ROLE_BAR); /* all seven */
    assert_text(&g, false, "''.-'\n\n\n");
    grid_clear(&g);
    chart_spark(&g, all, v + 2, 4, 0, 3, CHARSET_ASCII, ROLE_BAR);
    assert_text(&g, false, "_.-'\n\n\n");
    grid_clear(&g);
    chart_line(&g, all, fall, 6, 0, 3, CHARSET_BRAILLE, ROLE_BAR); /* without a gap */
    assert_text(&g, false, "\u2811\u2884\u28b7\n\n\n");
    grid_clear(&g);
    chart_bar(&g, all, 0, 2, 1.4, CHARSET_ASCII, ROLE_BAR);
    chart_bar(&g, all, 3, 1, 99, CHARSET_ASCII, ROLE_BAR);
    chart_bar(&g, all, 4, 1, NAN, CHARSET_ASCII, ROLE_BAR);
    assert_text(&g, false, "   #\n__ #\n## #\n");
    grid_clear(&g);
    chart_bar(&g, all, 0, 1, 1.5, CHARSET_BLOCK, ROLE_BAR);
    assert_text(&g, false, "\n▄\n█\n");
    grid_free(&g);
    for (int i = 0; i < CHARSETS; i++) {
        assert_int_equal(chart_heat(0, (enum charset)i), ' ');
        assert_true(chart_heat(1e-9, (enum charset)i) != ' ');
        assert_int_equal(chart_heat(7, (enum charset)i), chart_heat(1, (enum charset)i));
        assert_int_equal(chart_heat(NAN, (enum charset)i), '?');
        assert_int_equal(chart_heat_decade(3, 3, (enum charset)i), chart_heat(1, (enum charset)i));
        assert_int_equal(chart_heat_decade(0.31, 3, (enum charset)i),
                         chart_heat(1, (enum charset)i));
        assert_true(chart_heat_decade(0.29, 3, (enum charset)i) !=
                    chart_heat_decade(0.31, 3, (enum charset)i));
        assert_int_equal(chart_heat_decade(0, 3, (enum charset)i),
                         chart_heat(1e-9, (enum charset)i));
        assert_int_equal(chart_heat_decade(0, 0, (enum charset)i),
                         chart_heat(1e-9, (enum charset)i));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text),        cmocka_unit_test(test_clipping),
        cmocka_unit_test(test_wide_glyphs), cmocka_unit_test(test_hostile_text),
        cmocka_unit_test(test_charsets),    cmocka_unit_test(test_charts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
