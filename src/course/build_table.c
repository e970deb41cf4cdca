/* build_table.c - tables; see build.h. */
#include "course/build.h"

#include "base/utf8.h"
#include "base/xalloc.h"

#include <stdlib.h>
#include <string.h>

int build_enter_table(struct builder *b, const MD_BLOCK_TABLE_DETAIL *d)
{
    if (d->col_count > MAX_TABLE_COLUMNS)
        return build_wrong(b, b->line, "a table of %u columns: at most %d are allowed",
                           d->col_count, MAX_TABLE_COLUMNS);
    b->columns = (int)d->col_count;
    memset(b->right, 0, sizeof b->right);
    return 0;
}

void build_enter_cell(struct builder *b, const MD_BLOCK_TD_DETAIL *d)
{
    b->right[b->cells % (size_t)b->columns] = d->align == MD_ALIGN_RIGHT;
    text_clear(&b->plain);
    b->place = IN_CELL;
}

void build_leave_cell(struct builder *b)
{
    b->cell = xgrow(b->cell, &b->cell_cap, b->cells + 1, sizeof *b->cell);
    b->cell[b->cells++] = b->plain;
    b->plain = (struct text){0};
    b->place = IN_BODY;
}

static void pad(struct text *out, int columns)
{
    while (columns-- > 0)
        text_add_char(out, ' ');
}

/* Columns as wide as their widest cell, two spaces apart, a rule below the head. */
void build_leave_table(struct builder *b)
{
    struct text out = {0};
    int width[MAX_TABLE_COLUMNS] = {0};
    const size_t columns = (size_t)b->columns;

    for (size_t i = 0; i < b->cells; i++) {
        const int w = utf8_columns(text_str(&b->cell[i]));

        if (w > width[i % columns])
            width[i % columns] = w;
    }
    for (size_t i = 0; i < b->cells; i++) {
        const char *s = text_str(&b->cell[i]);
        const size_t k = i % columns;
        const int room = width[k] - utf8_columns(s);
        const bool last = k + 1 == columns;

        pad(&out, b->right[k] ? room : 0);
        text_add(&out, s);
        pad(&out, last ? 0 : 2 + (b->right[k] ? 0 : room));
        if (last)
            text_add_char(&out, '\n');
        if (i + 1 != columns)
            continue;
        for (size_t c = 0; c < columns; c++) {
            for (int w = 0; w < width[c]; w++)
                text_add_char(&out, '-');
            text_add(&out, c + 1 < columns ? "  " : "\n");
        }
    }
    styled_append(styled_add(&build_page(b)->body, STYLED_CODEBLOCK, b->lists, NULL), STYLED_PLAIN,
                  text_str(&out), out.len);
    text_free(&out);
    for (size_t i = 0; i < b->cells; i++)
        text_free(&b->cell[i]);
    b->cells = 0;
    b->open = false;
}
