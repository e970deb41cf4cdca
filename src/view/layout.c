/* layout.c - see layout.h.
 *
 * Wide and high: header, lesson | plot, network, keys. Narrow (under 64 columns): lesson and plot
 * share one place, the focused one shows. Low (under 18 rows): one pane alone, the focused one. A
 * page that needs room has its column from top to bottom, and beside it what its experiment needs;
 * where it is narrow, all there is, while it has the focus. */
#include "view/layout.h"

#include "view/view.h"

enum { NARROW = 64, LOW = 18, LESSON_LEAST = 36, LESSON_MOST = 56, NETWORK_LEAST = 7, HIGH = 44 };

static void place(struct layout *l, enum pane p, int row, int col, int rows, int cols)
{
    l->title[p] = (struct rect){row, col, 1, cols};
    l->body[p] = (struct rect){row + 1, col, rows - 1, cols};
}

static int lesson_columns(int cols)
{
    const int lesson = cols * 9 / 25;

    return lesson < LESSON_LEAST ? LESSON_LEAST : lesson > LESSON_MOST ? LESSON_MOST : lesson;
}

/* The lesson on `rows` rows from row 1 on, title included, and the column to its right. */
static void place_lesson(struct layout *l, int rows, int lesson)
{
    place(l, PANE_LESSON, 1, 0, rows, lesson);
    l->gutter = (struct rect){1, lesson, rows, 1};
}

struct layout layout_make(int rows, int cols, enum pane focus, bool zoomed, enum room room)
{
    const int lesson = lesson_columns(cols);
    const bool narrow = cols < NARROW, roomy = room != ROOM_SHARED && !narrow;
    struct layout l = {0};
    int network, left = roomy ? lesson + 1 : 0;

    if (rows < SCREEN_MIN_ROWS || cols < SCREEN_MIN_COLS) {
        l.too_small = true;
        return l;
    }
    l.top = (struct rect){0, 0, 1, cols};
    l.bottom = (struct rect){rows - 1, 0, 1, cols};
    if (zoomed || rows < LOW || (narrow && room != ROOM_SHARED && focus == PANE_LESSON)) {
        place(&l, focus, 1, 0, rows - 2, cols);
        return l;
    }
    network = (rows - 4) * 7 / 20; /* a third of what rules, header and keys leave ... */
    if (rows > HIGH)
        network += (rows - HIGH) / 8; /* ... and more of what the plot does not need */
    if (network < NETWORK_LEAST)
        network = NETWORK_LEAST;
    if (room == ROOM_NO_NETWORK && roomy && focus != PANE_NETWORK)
        network = -1;
    if (room == ROOM_NO_PLOT && roomy && focus != PANE_PLOT)
        network = rows - 3;
    if (!narrow)
        place_lesson(&l, roomy ? rows - 2 : rows - 3 - network, lesson);
    if (narrow)
        place(&l, focus == PANE_LESSON ? PANE_LESSON : PANE_PLOT, 1, 0, rows - 3 - network, cols);
    else if (network < rows - 3)
        place(&l, PANE_PLOT, 1, lesson + 1, rows - 3 - network, cols - lesson - 1);
    if (network > 0)
        place(&l, PANE_NETWORK, rows - 2 - network, left, network + 1, cols - left);
    return l;
}

int layout_panes(const struct layout *l)
{
    int shown = 0;

    for (int p = 0; p < PANES; p++)
        shown += l->title[p].rows;
    return shown;
}
