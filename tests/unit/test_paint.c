/* test_paint.c - few bytes, and the terminal shows the picture. */
#include "../terminal/pty_screen.h"
#include "base/rng.h"
#include "base/utf8.h"
#include "draw/theme.h"
#include "tui/paint.h"
#include "tui/pen.h"
#include "unit.h"

#include <curses.h>
#include <stdlib.h>
#include <string.h>
#include <term.h>

static struct text out;

/* Takes a terminal by its name; false where this system does not know it. */
static bool use_terminal(const char *name, bool line_feeds)
{
    int status;

    if (cur_term)
        del_curterm(cur_term); /* the one before it: setupterm makes another */
    if (setupterm(name, 1, &status) == ERR)
        return false;
    text_clear(&out);
    pen_start(&out, line_feeds);
    return true;
}

static void assert_bytes(const char *expected)
{
    assert_string_equal(text_str(&out), expected);
    text_clear(&out);
}

static void feed(struct pty_screen *s)
{
    assert_int_equal(pty_screen_feed(s, text_str(&out), out.len), out.len);
    text_clear(&out);
}

/* --- the pen ---------------------------------------------------------------------------------- */

static void move_and_write(int row, int col)
{
    pen_move(row, col);
    pen_write('.');
}

static void moves(void **state)
{
    (void)state;
    if (!use_terminal("xterm-256color", true))
        skip();
    pen_clear(24, 80);
    text_clear(&out);
    move_and_write(2, 4);
    assert_bytes("\x1b[3;5H.");
    move_and_write(2, 3); /* back */
    assert_bytes("\b\b.");
    move_and_write(2, 29);
    assert_bytes("\x1b[30G.");
    move_and_write(3, 0);
    assert_bytes("\n\r.");
    move_and_write(3, 2);
    assert_bytes("\x1b[C.");
    move_and_write(2, 3); /* up */
    assert_bytes("\x1b[A.");
    move_and_write(20, 5);
    assert_bytes("\x1b[21;6H.");
    move_and_write(0, 0);
    assert_bytes("\x1b[1d\r.");
    pen_move(0, 1); /* there already */
    assert_bytes("");
    /* behind the last column terminals differ, and a wide character may be narrow */
    move_and_write(4, 79);
    assert_int_equal(pen_col(), -1);
    text_clear(&out);
    move_and_write(4, 78);
    assert_bytes("\x1b[5;79H.");
    pen_move(6, 0);
    pen_write(0x754c);
    text_clear(&out);
    move_and_write(6, 2);
    assert_bytes("\x1b[7;3H.");
}

/* Where a line feed also goes back to the first column it is no move down. */
static void line_feeds(void **state)
{
    (void)state;
    if (!use_terminal("xterm-256color", false))
        skip();
    pen_clear(24, 80);
    pen_move(2, 4);
    text_clear(&out);
    pen_move(3, 4);
    assert_bytes("\x1b[4d");
}

static void attributes(void **state)
{
    const struct attributes orange = {214, -1, 0}, strong = {-1, -1, STYLE_BOLD},
                            both = {214, -1, STYLE_BOLD}, on_black = {231, 16, STYLE_UNDERLINE};

    (void)state;
    if (!use_terminal("xterm-256color", true))
        skip();
    pen_clear(24, 80);
    text_clear(&out);
    pen_use(orange);
    assert_bytes("\x1b[38;5;214m");
    pen_use(both);
    assert_bytes("\x1b[1m");
    pen_use(both);
    assert_bytes("");
    pen_use(strong); /* less of it is all off first, and one sequence */
    assert_bytes("\x1b[0;1m");
    pen_use(on_black);
    assert_bytes("\x1b[0;4;38;5;231;48;5;16m");
    pen_use(no_attributes);
    assert_bytes("\x1b[m");
    assert_true(attributes_show_on_blanks(on_black));
    assert_false(attributes_show_on_blanks(both));
}

/* A terminal is told only what it can do. */
static void terminals(void **state)
{
    const struct attributes faint = {-1, -1, STYLE_DIM | STYLE_BOLD},
                            link = {6, -1, STYLE_UNDERLINE | STYLE_BOLD},
                            title = {-1, -1, STYLE_BOLD | STYLE_REVERSE};

    (void)state;
    if (use_terminal("vt100", true)) {
        assert_int_equal(pen_showing(faint).styles, STYLE_BOLD);
        pen_clear(24, 80);
        text_clear(&out);
        pen_use(title); /* its entry has a pause behind either of them */
        assert_bytes("\x1b[1;7m");
    }
    if (use_terminal("linux", true)) { /* it has its own colours for these two */
        assert_int_equal(pen_showing(faint).styles, STYLE_DIM | STYLE_BOLD);
        assert_int_equal(pen_showing(link).styles, STYLE_BOLD);
    }
    /* one that scrolls behind the last cell */
    if (use_terminal("ansi", true)) {
        pen_clear(24, 80);
        pen_move(23, 78);
        text_clear(&out);
        pen_write('a');
        pen_write('b');
        assert_bytes("a");
    }
}

/* Nothing that is no picture reaches a terminal. */
static void commands(void **state)
{
    (void)state;
    if (!use_terminal("xterm-256color", true))
        skip();
    pen_clear(24, 80);
    text_clear(&out);
    pen_write(0x1b);
    pen_write(0x9b);
    pen_write(0x202e);
    assert_bytes("???");
}

/* --- pictures --------------------------------------------------------------------------------- */

enum { FRAMES = 400 };

static const struct terminal {
    const char *name;
    int colours;
    bool utf8;
} terminal[] = {
    {"xterm-256color", 256, true},  {"xterm-256color", 0, false},
    {"xterm-16color", 16, true},    {"linux", 8, true},
    {"screen-256color", 256, true}, {"vt100", 0, false},
};

/* A rectangle of one glyph in one role: text, a curve's part, a hole, a wide character's row. */
static void draw_something(struct rng *r, struct grid *g)
{
    static const uint32_t glyph[] = {' ', ' ', 'a', '-', '.', 0x2847, 0x2500, 0xe9, 0x754c};
    const struct rect all = {0, 0, g->rows, g->cols};
    const int row = (int)rng_below(r, (uint32_t)g->rows),
              col = (int)rng_below(r, (uint32_t)g->cols);
    const int high = 1 + (int)rng_below(r, 3), wide = 1 + (int)rng_below(r, 30);
    const enum role role = (enum role)rng_below(r, ROLE_COUNT);
    const uint32_t what = glyph[rng_below(r, sizeof glyph / sizeof *glyph)];

    for (int i = row; i < row + high; i++)
        for (int k = col; k < col + wide; k += what == 0x754c ? 2 : 1)
            grid_put(g, all, i, k, what, role);
}

/* The look that a cell must have on the test's screen (pty_screen.h). */
static uint32_t look_of(const struct terminal *t, int theme, enum role role, bool blank)
{
    const struct face *f = theme_face(t->colours ? theme : THEME_MONO, role);
    const int ink = t->colours == 256  ? f->c256
                    : t->colours == 16 ? f->c16
                    : t->colours       ? f->c8
                                       : -1;
    const int black = t->colours == 256 ? 16 : 0;
    const bool paper = ink >= 0 && theme == THEME_CONTRAST;
    const bool linux_ink = strcmp(t->name, "linux") == 0 && ink >= 0;
    uint32_t look = 0;

    look |= f->reverse ? 1u << (PTY_STYLES + 7) : 0;
    look |= f->underline && !linux_ink ? 1u << (PTY_STYLES + 4) : 0;
    look |= paper ? (uint32_t)(black + 1) << PTY_PAPER : 0;
    if (blank)
        return look;
    look |= f->bold ? 1u << (PTY_STYLES + 1) : 0;
    look |= f->dim && !linux_ink ? 1u << (PTY_STYLES + 2) : 0;
    return look | (ink >= 0 ? (uint32_t)(ink + 1) : 0);
}

static void assert_shown(const struct terminal *t, int theme, const struct grid *g,
                         const struct pty_screen *s, int frame)
{
    for (int row = 0; row < g->rows; row++)
        for (int col = 0; col < g->cols; col++) {
            const struct cell *c = grid_at(g, row, col);
            const uint32_t shown = s->cell[row][col];
            const uint32_t look = s->look[row][col];

            if (t->utf8 ? shown != c->glyph : c->glyph < 0x80 && c->glyph && shown != c->glyph)
                fail_msg("%s, frame %d: %x at %d, %d, not %x", t->name, frame, shown, row, col,
                         c->glyph);
            if (c->glyph == 0) /* belongs to the one before it */
                continue;
            if (look != look_of(t, theme, (enum role)c->role, shown == ' '))
                fail_msg("%s, frame %d: look %x at %d, %d, not %x", t->name, frame, look, row, col,
                         look_of(t, theme, (enum role)c->role, shown == ' '));
        }
}

/* Frames follow each other, each a change of the one before; now and then another theme or size,
 * and someone else writes over it all. */
static void follow_frames(const struct terminal *t, struct rng *r)
{
    struct pty_screen s = {0};
    struct grid g = {0};
    int theme = THEME_DARK;

    paint_start(t->colours, t->utf8);
    for (int frame = 0; frame < FRAMES; frame++) {
        bool whole = frame == 0 || rng_below(r, 40) == 0;

        if (frame == 0 || rng_below(r, 60) == 0) {
            grid_free(&g);
            grid_init(&g, 2 + (int)rng_below(r, 30), 2 + (int)rng_below(r, 90));
            pty_screen_reset(&s, g.rows, g.cols);
            whole = true;
        }
        if (rng_below(r, 20) == 0)
            theme = 1 + (int)rng_below(r, THEMES - 1);
        for (uint32_t n = rng_below(r, rng_below(r, 5) ? 6 : 60); n > 0; n--)
            draw_something(r, &g);
        paint(&g, theme, whole);
        feed(&s);
        assert_shown(t, theme, &g, &s, frame);
        paint(&g, theme, false); /* nothing has changed: nothing is said */
        assert_int_equal(out.len, 0);
        pen_move(g.rows / 2, g.cols / 2);
        feed(&s);
        assert_int_equal(s.row, g.rows / 2);
        assert_int_equal(s.col, g.cols / 2);
    }
    grid_free(&g);
    paint_free();
    pty_screen_free(&s);
}

static void pictures(void **state)
{
    int tried_on = 0;
    struct rng r;

    (void)state;
    rng_seed(&r, 5, 0);
    for (size_t i = 0; i < sizeof terminal / sizeof *terminal; i++) {
        if (use_terminal(terminal[i].name, true)) {
            follow_frames(&terminal[i], &r);
            tried_on++;
        }
    }
    tried("thrift", "pictures at random, each a change of the one before",
          "%d shown as drawn on each of %d terminals", FRAMES, tried_on);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(moves),     cmocka_unit_test(line_feeds), cmocka_unit_test(attributes),
        cmocka_unit_test(terminals), cmocka_unit_test(commands),   cmocka_unit_test(pictures),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);

    text_free(&out);
    return failed;
}
