/* layout.c - see layout.h.
 *
 * Wide and high: header, lesson | plot, network, keys. Narrow (under 64 columns): lesson and plot
 * share one place, the focused one shows. Low (under 18 rows): one pane alone, the focused one. */
#include "view/layout.h"

#include "view/view.h"

enum { NARROW = 64, LOW = 18, LESSON_LEAST = 36, LESSON_MOST = 56, NETWORK_LEAST = 7, HIGH = 44 };

static void place(struct layout *l, enum pane p, int row, int col, int rows, int cols)
{
    l->title[p] = (struct rect){row, col, 1, cols};
    l->body[p] = (struct rect){row + 1, col, rows - 1, cols};
}

/* The upper panes on `rows` rows from row 1 on, title included. */
static void place_upper(struct layout *l, int rows, int cols, enum pane focus)
{
    int lesson = cols * 9 / 25;

    if (cols < NARROW) {
        place(l, focus == PANE_LESSON ? PANE_LESSON : PANE_PLOT, 1, 0, rows, cols);
        return;
    }
    if (lesson < LESSON_LEAST)
        lesson = LESSON_LEAST;
    if (lesson > LESSON_MOST)
        lesson = LESSON_MOST;
    place(l, PANE_LESSON, 1, 0, rows, lesson);
    place(l, PANE_PLOT, 1, lesson + 1, rows, cols - lesson - 1);
    l->gutter = (struct rect){1, lesson, rows, 1};
}

struct layout layout_make(int rows, int cols, enum pane focus, bool zoomed)
{
    struct layout l = {0};
    int network;

    if (rows < SCREEN_MIN_ROWS || cols < SCREEN_MIN_COLS) {
        l.too_small = true;
        return l;
    }
    l.top = (struct rect){0, 0, 1, cols};
    l.bottom = (struct rect){rows - 1, 0, 1, cols};
    if (zoomed || rows < LOW) {
        place(&l, focus, 1, 0, rows - 2, cols);
        return l;
    }
    network = (rows - 4) * 7 / 20; /* a third of what rules, header and keys leave ... */
    if (rows > HIGH)
        network += (rows - HIGH) / 8; /* ... and more of what the plot does not need */
    if (network < NETWORK_LEAST)
        network = NETWORK_LEAST;
    place_upper(&l, rows - 3 - network, cols, focus);
    place(&l, PANE_NETWORK, rows - 2 - network, 0, network + 1, cols);
    return l;
}

int layout_panes(const struct layout *l)
{
    int shown = 0;

    for (int p = 0; p < PANES; p++)
        shown += l->title[p].rows;
    return shown;
}
