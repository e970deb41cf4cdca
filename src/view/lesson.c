/* lesson.c - the lesson pane: a page of text that scrolls. */
#include "view/view.h"

#include "draw/layout.h"
#include "lab/course_page.h"
#include "lab/course_state.h"

#include <stdio.h>

void view_lesson_title(const struct lab *lab, char *left, size_t nleft, char *right, size_t nright)
{
    const struct lesson *l = course_lesson(lab);

    if (!l) {
        snprintf(left, nleft, "actlab");
        right[0] = '\0';
        return;
    }
    snprintf(left, nleft, "%s", l->page[lab->page].title);
    snprintf(right, nright, "%d/%zu", lab->page + 1, l->pages);
}

/* The last column is kept for the marks that say that there is more above or below. */
void view_lesson(const struct lab *lab, struct grid *g, struct rect in)
{
    const bool ascii = lab->set.charset == CHARSET_ASCII;
    const struct rect body = {in.row, in.col + 1, in.rows, in.cols - 2};
    struct rich page = {0};
    int lines, skip = lab->scroll;

    if (body.cols < 1 || body.rows < 1)
        return;
    course_page(lab, &page);
    lines = rich_draw(&page, NULL, body, 0);
    if (skip > lines - body.rows)
        skip = lines > body.rows ? lines - body.rows : 0;
    rich_draw(&page, g, body, skip);
    if (skip > 0)
        grid_put(g, in, 0, in.cols - 1, ascii ? '^' : 0x25B2, ROLE_KEY);
    if (skip + body.rows < lines)
        grid_put(g, in, in.rows - 1, in.cols - 1, ascii ? 'v' : 0x25BC, ROLE_KEY);
    rich_free(&page);
}
