/* measure.c - what only a picture can measure: how far it scrolls, what is in sight. */
#include "study/page.h"
#include "view/layout.h"
#include "view/view.h"

struct layout view_layout(const struct lab *lab, int rows, int cols)
{
    const enum pane focus = lab->screen.focus;
    const struct layout l = layout_make(rows, cols, focus, lab->screen.zoomed, ROOM_SHARED);
    bool plot, network;

    if (l.too_small || lab->screen.zoomed || view_lesson_fits(lab, l.body[PANE_LESSON]))
        return l;
    study_needs(lab, &plot, &network);
    return layout_make(rows, cols, focus, false,
                       plot && network ? ROOM_COLUMN
                       : plot          ? ROOM_NO_NETWORK
                                       : ROOM_NO_PLOT);
}

struct rect view_pager_rect(int rows, int cols)
{
    return (struct rect){2, 0, rows - 3, cols};
}

int view_scroll_end(const struct lab *lab, int rows, int cols)
{
    struct layout l = view_layout(lab, rows, cols);

    if (l.too_small)
        return 0;
    if (lab->screen.shown == SCREEN_TEXT)
        return view_pager_end(lab, view_pager_rect(rows, cols));
    return l.title[PANE_LESSON].rows ? view_lesson_end(lab, l.body[PANE_LESSON]) : 0;
}

int view_scroll_rows(const struct lab *lab, int rows, int cols)
{
    struct layout l = view_layout(lab, rows, cols);

    if (l.too_small)
        return 0;
    if (lab->screen.shown == SCREEN_TEXT)
        return view_pager_rect(rows, cols).rows;
    return l.title[PANE_LESSON].rows ? view_lesson_rows(lab, l.body[PANE_LESSON]) : 0;
}

int view_find(const struct lab *lab, int rows, int cols)
{
    return view_pager_find(lab, view_pager_rect(rows, cols));
}

int view_chosen(const struct lab *lab, int rows, int cols)
{
    return view_pager_chosen(lab, view_pager_rect(rows, cols));
}

bool view_pane_shown(const struct lab *lab, enum pane pane, int rows, int cols)
{
    return view_layout(lab, rows, cols).title[pane].rows > 0;
}

struct key_place view_key_place(const struct lab *lab, int rows, int cols)
{
    const struct layout l = view_layout(lab, rows, cols);

    return (struct key_place){.lesson_seen = l.title[PANE_LESSON].rows > 0,
                              .network_seen = l.title[PANE_NETWORK].rows > 0,
                              .more = lab->open.scroll < view_scroll_end(lab, rows, cols),
                              .alone = layout_panes(&l) == 1};
}
