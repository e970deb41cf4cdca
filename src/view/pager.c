/* pager.c - help, facts and every other long answer: text that scrolls over the whole screen. */
#include "view/view.h"

#include <string.h>

static int count_lines(const char *s)
{
    int n = 0;

    for (; *s; s += strcspn(s, "\n"), s += *s == '\n')
        n++;
    return n;
}

int view_pager_end(const struct lab *lab, struct rect in)
{
    int lines = count_lines(text_str(&lab->page_text));

    return lines > in.rows ? lines - in.rows : 0;
}

void view_pager(const struct lab *lab, struct grid *g, struct rect in)
{
    const char *s = text_str(&lab->page_text);
    int end = view_pager_end(lab, in), skip = lab->page_scroll < end ? lab->page_scroll : end;

    for (int i = 0; *s && i < skip + in.rows; i++) {
        size_t n = strcspn(s, "\n");

        if (i >= skip) {
            struct text line = {0};
            bool heading = n && s[0] != ' ' && s[n - 1] != '.' && n < 40;

            text_add_n(&line, s, n);
            grid_text(g, in, i - skip, 1, heading ? ROLE_HEADING : ROLE_TEXT, text_str(&line));
            text_free(&line);
        }
        s += n + (s[n] == '\n');
    }
    if (skip < end)
        grid_text(g, in, in.rows - 1, in.cols - 7, ROLE_DIM, "- more");
}
