/* pager.c - help, facts and every other long answer: text that scrolls over the whole screen. A
 * line that is wider than the screen goes on in the next row. */
#include "view/view.h"

#include "base/utf8.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

/* One row of the screen: a line, or a part of one. */
struct row {
    const char *s;
    size_t bytes;
    int indent;
    bool heading;
};

enum { MARGIN = 1 };

/* How many of the n bytes at s fit into so many columns: up to a space, if there is one. */
static size_t fitting(const char *s, size_t n, int cols)
{
    const size_t blank = strspn(s, " ");
    size_t space = 0, i = 0;

    for (int used = 0; i < n;) {
        uint32_t cp;
        const size_t bytes = utf8_decode(s + i, n - i, &cp);
        const int width = utf8_width(cp) < 0 ? 1 : utf8_width(cp);

        if (used + width > cols)
            return space ? space : i ? i : bytes;
        if (s[i] == ' ' && i > blank)
            space = i;
        used += width;
        i += bytes;
    }
    return n;
}

/* The row at *s, which moves on to the next one. A line that goes on is indented by two columns
 * more than its beginning. Returns false at the end. */
static bool next_row(const char **s, int *indent, int cols, struct row *r)
{
    const size_t line = strcspn(*s, "\n");
    size_t n;

    if (!**s)
        return false;
    n = fitting(*s, line, cols - MARGIN - *indent);
    *r = (struct row){*s, n, *indent, false};
    r->heading = !*indent && n == line && n && **s != ' ' && (*s)[n - 1] != '.' && n < 40 &&
                 !memmem(*s, n, "  ", 2); /* that is a row of a table */
    if (n < line) {
        if (!*indent)
            *indent = 2 + (int)strspn(*s, " ");
        if (*indent > cols / 2)
            *indent = 2;
        *s += n + strspn(*s + n, " ");
        if (**s != '\n')
            return true;
        n = 0;
    }
    *indent = 0;
    *s += n + ((*s)[n] == '\n');
    return true;
}

static int count_rows(const struct lab *lab, int cols)
{
    const char *s = text_str(&lab->screen.text);
    int rows = 0, indent = 0;
    struct row r;

    while (next_row(&s, &indent, cols, &r))
        rows++;
    return rows;
}

/* True if the row has the word, whatever its case; both are ASCII or the same bytes. */
static bool has(const struct row *r, const char *word)
{
    const size_t n = strlen(word);

    for (size_t i = 0; i + n <= r->bytes; i++)
        if (strncasecmp(r->s + i, word, n) == 0)
            return true;
    return false;
}

int view_say(struct grid *g, struct rect bottom, enum role role, const char *text)
{
    const char *s = text;
    int rows = 0, indent = 0;
    struct row r;

    while (next_row(&s, &indent, bottom.cols, &r))
        rows++;
    s = text;
    indent = 0;
    for (int i = 0; next_row(&s, &indent, bottom.cols, &r); i++) {
        struct rect in = {bottom.row - rows + 1 + i, bottom.col, 1, bottom.cols};
        struct text line = {0};

        text_add_n(&line, r.s, r.bytes);
        grid_fill(g, in, ' ', role);
        grid_text(g, in, 0, MARGIN + r.indent, role, text_str(&line));
        text_free(&line);
    }
    return rows;
}

/* The first row that is shown. */
static int first_row(const struct lab *lab, struct rect in)
{
    const int end = view_pager_end(lab, in);

    return lab->screen.text_scroll < end ? lab->screen.text_scroll : end;
}

int view_pager_end(const struct lab *lab, struct rect in)
{
    const int rows = count_rows(lab, in.cols);

    return rows > in.rows ? rows - in.rows : 0;
}

int view_pager_find(const struct lab *lab, struct rect in)
{
    const char *s = text_str(&lab->screen.text);
    const int top = first_row(lab, in);
    const bool seen = lab->screen.found >= top && lab->screen.found < top + in.rows;
    const int from = seen ? lab->screen.found : lab->screen.find_by > 0 ? top - 1 : top;
    int first = -1, last = -1, after = -1, before = -1, indent = 0;
    struct row r;

    for (int i = 0; next_row(&s, &indent, in.cols, &r); i++) {
        if (!has(&r, lab->screen.find))
            continue;
        first = first < 0 ? i : first;
        last = i;
        before = i < from ? i : before;
        after = i > from && after < 0 ? i : after;
    }
    return lab->screen.find_by > 0 ? (after >= 0 ? after : first) : before >= 0 ? before : last;
}

int view_pager_chosen(const struct lab *lab, struct rect in)
{
    const char *s = text_str(&lab->screen.text);
    int indent = 0, line = -1, row = 0;
    struct row r;

    for (; next_row(&s, &indent, in.cols, &r); row++) {
        line += r.indent == 0;
        if (line == lab->screen.chosen)
            return row;
    }
    return 0;
}

void view_pager_title(const struct lab *lab, struct rect in, char *right, size_t nright)
{
    const int first = first_row(lab, in), rows = count_rows(lab, in.cols);

    right[0] = '\0';
    if (rows > in.rows)
        snprintf(right, nright, "%d to %d of %d", first + 1, first + in.rows, rows);
}

void view_pager(const struct lab *lab, struct grid *g, struct rect in)
{
    const char *s = text_str(&lab->screen.text);
    const int first = first_row(lab, in);
    int indent = 0, line_of = -1;
    struct row r;

    for (int i = 0; i < first + in.rows && next_row(&s, &indent, in.cols, &r); i++) {
        struct text line = {0};

        line_of += r.indent == 0;
        if (i < first)
            continue;
        const bool chosen = line_of == lab->screen.chosen;
        if (chosen && !r.indent) /* said without colour, too */
            grid_put(g, in, i - first, 0, '>', ROLE_SELECTED);
        text_add_n(&line, r.s, r.bytes);
        grid_text(g, in, i - first, MARGIN + r.indent,
                  chosen || i == lab->screen.found ? ROLE_SELECTED
                  : r.heading                      ? ROLE_HEADING
                                                   : ROLE_TEXT,
                  text_str(&line));
        text_free(&line);
    }
}
