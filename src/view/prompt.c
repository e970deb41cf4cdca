/* prompt.c - the command line, and over it an error or the completions that TAB found. */
#include "base/utf8.h"
#include "view/view.h"

#include <string.h>

enum { CANDIDATE_ROWS = 6 };

/* Walks over the candidates as they stand in rows; draws those of the rows [first, first + rows)
 * if there is a grid. Returns how many rows there are, and the row of the selected one. */
static int lay_candidates(struct grid *g, struct rect in, const struct prompt_picture *p, int first,
                          int *selected)
{
    int row = 0, col = 1;

    *selected = 0;
    for (int i = 0; p->candidates[i]; i++) {
        int width = utf8_columns(p->candidates[i]);

        if (col > 1 && col + width > in.cols) {
            row++;
            col = 1;
        }
        if (i == p->selected)
            *selected = row;
        if (g)
            grid_text(g, in, row - first, col, i == p->selected ? ROLE_SELECTED : ROLE_TEXT,
                      p->candidates[i]);
        col += width + 2;
    }
    return row + 1;
}

/* Candidates over the prompt under a rule of their own, the selected one kept in sight. */
static void draw_candidates(struct grid *g, struct rect above, const struct prompt_picture *p,
                            uint32_t rule)
{
    int selected, rows = lay_candidates(NULL, above, p, 0, &selected), first = 0;
    int most = above.row / 2 < CANDIDATE_ROWS ? above.row / 2 : CANDIDATE_ROWS;
    struct rect in = above;

    in.rows = rows < most ? rows : most;
    if (in.rows < 1)
        return;
    if (selected >= in.rows)
        first = selected - in.rows + 1;
    in.row -= in.rows - 1;
    grid_fill(g, in, ' ', ROLE_TEXT);
    grid_fill(g, (struct rect){in.row - 1, in.col, 1, in.cols}, rule, ROLE_RULE);
    lay_candidates(g, in, p, first, &selected);
    if (first + in.rows < rows)
        grid_text(g, in, in.rows - 1, in.cols - 4, ROLE_DIM, " ...");
}

void view_prompt(const struct lab *lab, struct grid *g, struct rect bottom,
                 const struct prompt_picture *p, struct rect *cursor)
{
    struct rect above = bottom;
    int skip = p->cursor + 2 > bottom.cols ? p->cursor + 2 - bottom.cols : 0;
    const char *s = p->text;

    for (int left = skip; *s && left > 0;) { /* a long line shows the part where the cursor is */
        uint32_t cp;

        s += utf8_decode(s, strlen(s), &cp);
        left -= utf8_width(cp) < 0 ? 1 : utf8_width(cp);
    }
    grid_fill(g, bottom, ' ', ROLE_TEXT);
    grid_text(g, bottom, 0, 0, ROLE_KEY, ":");
    grid_text(g, bottom, 0, 1, ROLE_TEXT, s);
    *cursor = (struct rect){bottom.row, 1 + p->cursor - skip, 1, 1};
    above.row--;
    if (p->error) {
        if (p->error_column >= 0 && above.row > 0) {
            /* the message stands over the caret, the caret over the word */
            grid_fill(g, above, ' ', ROLE_BAD);
            grid_put(g, above, 0, 1 + p->error_column - skip, '^', ROLE_BAD);
            above.row--;
        }
        view_say(g, above, ROLE_BAD, p->error);
    } else if (p->candidates) {
        draw_candidates(g, above, p, lab->set.charset == CHARSET_ASCII ? '-' : 0x2500);
    }
}
