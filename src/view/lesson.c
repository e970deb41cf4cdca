/* lesson.c - the lesson pane: a page of text that scrolls. */
#include "view/view.h"

#include "draw/layout.h"
#include "study/learner.h"
#include "study/page.h"

#include <stdio.h>

void view_lesson_title(const struct lab *lab, char *left, size_t nleft, char *right, size_t nright)
{
    const struct lesson *l = study_lesson(lab);

    if (!l) {
        snprintf(left, nleft, "actlab");
        right[0] = '\0';
        return;
    }
    snprintf(left, nleft, "%s", l->page[lab->open.page].title);
    snprintf(right, nright, "%d/%zu", lab->open.page + 1, l->pages);
}

/* Rows for what stands below the text: all it needs, but the text and its rule keep a few. */
enum { ROWS_KEPT = 4 };

static int rows_below(int needed, int rows)
{
    const int most = rows > 3 * ROWS_KEPT ? rows - ROWS_KEPT : rows - ROWS_KEPT / 2 - 1;

    return needed < most ? needed : most;
}

/* Lines of more than this are hard to read; on a wide pane the text stands in its middle. */
enum { MEASURE = 76 };

static struct rect text_rect(struct rect in)
{
    const int spare = in.cols - 2 > MEASURE ? in.cols - 2 - MEASURE : 0;

    return (struct rect){in.row, in.col + 1 + spare / 2, in.rows, in.cols - 2 - spare};
}

static int text_end(const struct styled_text *text, struct rect in)
{
    const int lines = rich_draw(text, NULL, text_rect(in), 0);

    return lines > in.rows ? lines - in.rows : 0;
}

/* The last column is kept for the marks that say that there is more above or below. */
static void draw_text(const struct lab *lab, const struct styled_text *text, struct grid *g,
                      struct rect in)
{
    const bool ascii = lab->set.charset == CHARSET_ASCII;
    const int end = text_end(text, in), skip = lab->open.scroll < end ? lab->open.scroll : end;

    rich_draw(text, g, text_rect(in), skip);
    if (skip > 0)
        grid_put(g, in, 0, in.cols - 1, ascii ? '^' : 0x25B2, ROLE_KEY);
    if (skip < end)
        grid_put(g, in, in.rows - 1, in.cols - 1, ascii ? 'v' : 0x25BC, ROLE_KEY);
}

/* Cuts the rows for `below`, and one for a rule, off the end of *in. Returns how many of its lines
 * are to be left out at its start: where there are too few rows, its heading goes. */
static int cut_foot(const struct styled_text *below, struct rect *in, struct rect *foot)
{
    const int needed = rich_draw(below, NULL, text_rect(*in), 0);
    const struct styled_text heading = {.paragraph = below->paragraph, .paragraphs = 1};
    const int of_heading = rich_draw(&heading, NULL, text_rect(*in), 0);

    *foot = text_rect(*in);
    foot->rows = rows_below(needed, in->rows);
    foot->row += in->rows - foot->rows;
    in->rows -= foot->rows + 1;
    return needed - foot->rows < of_heading ? needed - foot->rows : of_heading;
}

void view_lesson(const struct lab *lab, struct grid *g, struct rect in)
{
    struct rect foot;
    struct styled_text page = {0}, below = {0};

    if (in.cols < 3 || in.rows < 1)
        return;
    study_page(lab, &page, &below);
    if (below.paragraphs) {
        const bool ascii = lab->set.charset == CHARSET_ASCII;
        const int skip = cut_foot(&below, &in, &foot);

        grid_fill(g, (struct rect){foot.row - 1, foot.col, 1, foot.cols}, ascii ? '-' : 0x2500,
                  ROLE_RULE);
        rich_draw(&below, g, foot, skip);
    }
    if (in.rows > 0)
        draw_text(lab, &page, g, in);
    styled_free(&page);
    styled_free(&below);
}

bool view_lesson_fits(const struct lab *lab, struct rect in)
{
    return in.cols < 3 || study_page_rows(lab, text_rect(in).cols, true) <= in.rows;
}

/* The part of the pane that is left for the page, and the page itself, which the caller frees. */
static struct rect page_rect(const struct lab *lab, struct rect in, struct styled_text *page)
{
    struct rect foot;
    struct styled_text below = {0};

    study_page(lab, page, &below);
    if (below.paragraphs)
        cut_foot(&below, &in, &foot);
    styled_free(&below);
    return in;
}

int view_lesson_end(const struct lab *lab, struct rect in)
{
    struct styled_text page = {0};
    int end = 0;

    if (in.cols < 3 || in.rows < 1)
        return 0;
    in = page_rect(lab, in, &page);
    if (in.rows > 0)
        end = text_end(&page, in);
    styled_free(&page);
    return end;
}

int view_lesson_rows(const struct lab *lab, struct rect in)
{
    struct styled_text page = {0};

    if (in.cols < 3 || in.rows < 1)
        return 0;
    in = page_rect(lab, in, &page);
    styled_free(&page);
    return in.rows > 0 ? in.rows : 0;
}
