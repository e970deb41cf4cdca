/* styled_text.c - see rich.h. */
#include "base/styled_text.h"

#include "base/text.h"
#include "base/utf8.h"
#include "base/xalloc.h"

#include <stdlib.h>
#include <string.h>

struct styled_paragraph *styled_add(struct styled_text *r, enum text_block block, int level,
                                    const char *marker)
{
    struct styled_paragraph *p;

    r->paragraph = xgrow(r->paragraph, &r->cap, r->paragraphs + 1, sizeof *r->paragraph);
    p = &r->paragraph[r->paragraphs++];
    *p = (struct styled_paragraph){.block = block, .level = level};
    if (marker)
        utf8_copy(p->marker, sizeof p->marker, marker);
    return p;
}

static struct styled_span *span_of(struct styled_paragraph *p, enum text_style style)
{
    if (p->spans && p->span[p->spans - 1].style == style)
        return &p->span[p->spans - 1];
    p->span = xgrow(p->span, &p->cap, p->spans + 1, sizeof *p->span);
    p->span[p->spans] = (struct styled_span){.style = style};
    return &p->span[p->spans++];
}

void styled_append(struct styled_paragraph *p, enum text_style style, const char *text, size_t n)
{
    struct styled_span *span;
    struct text clean;

    if (!n)
        return;
    span = span_of(p, style);
    clean = (struct text){span->text, span->len, span->cap};
    utf8_clean(&clean, text, n, true);
    span->text = clean.s;
    span->len = clean.len;
    span->cap = clean.cap;
}

void styled_append_line(struct styled_paragraph *p, enum text_style style, const char *text)
{
    const char *open, *close;

    while ((open = strchr(text, '`')) != NULL && (close = strchr(open + 1, '`')) != NULL) {
        styled_append(p, style, text, (size_t)(open - text));
        styled_append(p, STYLED_CODE, open + 1, (size_t)(close - open - 1));
        text = close + 1;
    }
    styled_append(p, style, text, strlen(text));
}

void styled_copy(struct styled_text *to, const struct styled_text *from, size_t first, size_t last)
{
    for (size_t i = first; i < last && i < from->paragraphs; i++) {
        const struct styled_paragraph *p = &from->paragraph[i];
        struct styled_paragraph *q = styled_add(to, p->block, p->level, p->marker);

        for (size_t k = 0; k < p->spans; k++)
            styled_append(q, p->span[k].style, p->span[k].text, p->span[k].len);
    }
}

void styled_free(struct styled_text *r)
{
    for (size_t i = 0; i < r->paragraphs; i++) {
        for (size_t k = 0; k < r->paragraph[i].spans; k++)
            free(r->paragraph[i].span[k].text);
        free(r->paragraph[i].span);
    }
    free(r->paragraph);
    *r = (struct styled_text){0};
}
