/* test_layout.c - the panes' places, as pictures: no overlap, no gap, nothing outside, at every
 * size. */
#include "commands/check.h"
#include "unit.h"
#include "view/layout.h"
#include "view/view.h"

#include <string.h>

static char canvas[64][256];

static void paint(struct rect r, char c)
{
    for (int y = r.row; y < r.row + r.rows; y++)
        for (int x = r.col; x < r.col + r.cols; x++) {
            assert_in_range(y, 0, 63);
            assert_in_range(x, 0, 255);
            assert_int_equal(canvas[y][x], ' ');
            canvas[y][x] = c;
        }
}

static void draw(int rows, int cols, enum pane focus, bool zoomed, enum room room)
{
    struct layout l = layout_make(rows, cols, focus, zoomed, room);

    memset(canvas, ' ', sizeof canvas);
    assert_false(l.too_small);
    paint(l.top, 't');
    paint(l.bottom, 'b');
    paint(l.gutter, '|');
    for (int p = 0; p < PANES; p++) {
        assert_int_equal(l.title[p].rows > 0, l.body[p].rows > 0);
        paint(l.title[p], '-');
        paint(l.body[p], "LPN"[p]);
    }
    for (int y = 0; y < 64; y++)
        for (int x = 0; x < 256; x++)
            assert_int_equal(canvas[y][x] == ' ', y >= rows || x >= cols);
}

static void test_every_size_is_covered(void **state)
{
    (void)state;
    for (int rows = SCREEN_MIN_ROWS; rows <= 64; rows++)
        for (int cols = SCREEN_MIN_COLS; cols <= 256; cols += 3)
            for (int focus = 0; focus < PANES; focus++)
                for (int zoomed = 0; zoomed < 2; zoomed++) {
                    for (int room = ROOM_SHARED; room <= ROOM_NO_NETWORK; room++)
                        draw(rows, cols, (enum pane)focus, zoomed, (enum room)room);
                }
}

static void test_focused_pane_shows(void **state)
{
    (void)state;
    for (int rows = SCREEN_MIN_ROWS; rows <= 60; rows += 4)
        for (int cols = SCREEN_MIN_COLS; cols <= 200; cols += 8)
            for (int focus = 0; focus < PANES; focus++)
                for (int room = ROOM_SHARED; room <= ROOM_NO_NETWORK; room++)
                    assert_true(layout_make(rows, cols, (enum pane)focus, false, (enum room)room)
                                    .body[focus]
                                    .rows >= 5);
}

static void test_home_size(void **state)
{
    struct layout l = layout_make(24, 80, PANE_PLOT, false, ROOM_SHARED);

    (void)state;
    assert_true(l.body[PANE_LESSON].cols >= 34); /* the narrowest that lessons are written for */
    assert_true(l.body[PANE_PLOT].cols >= 40 && l.body[PANE_PLOT].rows >= 12);
    assert_true(l.body[PANE_NETWORK].cols == 80 && l.body[PANE_NETWORK].rows >= 6);
}

/* A page that needs room has a column of its own, on which `check` counts. */
static void test_room(void **state)
{
    struct layout l = layout_make(24, 80, PANE_LESSON, false, ROOM_NO_PLOT);

    (void)state;
    assert_int_equal(l.body[PANE_LESSON].rows, CHECK_ROWS);
    assert_int_equal(l.body[PANE_LESSON].cols, CHECK_COLUMNS + 2);
    assert_int_equal(l.body[PANE_NETWORK].rows, CHECK_ROWS);
    assert_int_equal(l.title[PANE_PLOT].rows, 0);
    l = layout_make(24, 80, PANE_PLOT, false, ROOM_NO_NETWORK);
    assert_int_equal(l.body[PANE_PLOT].rows, CHECK_ROWS);
    assert_int_equal(l.title[PANE_NETWORK].rows, 0);
    l = layout_make(24, 80, PANE_PLOT, false, ROOM_NO_PLOT); /* not the one with the focus */
    assert_int_equal(l.body[PANE_LESSON].rows, CHECK_ROWS);
    assert_int_equal(layout_panes(&l), 3);
    l = layout_make(24, 60, PANE_LESSON, false, ROOM_COLUMN);
    assert_int_equal(layout_panes(&l), 1);
}

static void test_too_small(void **state)
{
    (void)state;
    assert_true(layout_make(SCREEN_MIN_ROWS - 1, 80, PANE_PLOT, false, ROOM_SHARED).too_small);
    assert_true(layout_make(24, SCREEN_MIN_COLS - 1, PANE_PLOT, false, ROOM_SHARED).too_small);
    assert_true(layout_make(1, 1, PANE_PLOT, true, ROOM_SHARED).too_small);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_size_is_covered),
        cmocka_unit_test(test_focused_pane_shows),
        cmocka_unit_test(test_home_size),
        cmocka_unit_test(test_room),
        cmocka_unit_test(test_too_small),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
