/* measure.c - what only a picture can measure: how far it scrolls, what is in sight. */
#include "view/layout.h"
#include "view/view.h"

struct rect view_pager_rect(int rows, int cols)
{
    return (struct rect){2, 0, rows - 3, cols};
}

int view_scroll_end(const struct lab *lab, int rows, int cols)
{
    struct layout l = layout_make(rows, cols, lab->screen.focus, lab->screen.zoomed);

    if (l.too_small)
        return 0;
    if (lab->screen.shown == SCREEN_TEXT)
        return view_pager_end(lab, view_pager_rect(rows, cols));
    return l.title[PANE_LESSON].rows ? view_lesson_end(lab, l.body[PANE_LESSON]) : 0;
}

int view_scroll_rows(const struct lab *lab, int rows, int cols)
{
    struct layout l = layout_make(rows, cols, lab->screen.focus, lab->screen.zoomed);

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
    return layout_make(rows, cols, lab->screen.focus, lab->screen.zoomed).title[pane].rows > 0;
}

struct key_place view_key_place(const struct lab *lab, int rows, int cols)
{
    const struct layout l = layout_make(rows, cols, lab->screen.focus, lab->screen.zoomed);

    return (struct key_place){.lesson_seen = l.title[PANE_LESSON].rows > 0,
                              .network_seen = l.title[PANE_NETWORK].rows > 0,
                              .more = lab->open.scroll < view_scroll_end(lab, rows, cols),
                              .alone = layout_panes(&l) == 1};
}
