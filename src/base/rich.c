/* rich.c - see rich.h. */
#include "base/rich.h"

#include "base/text.h"
#include "base/utf8.h"
#include "base/xalloc.h"

#include <stdlib.h>
#include <string.h>

struct rich_paragraph *rich_add(struct rich *r, enum rich_block block, int level,
                                const char *marker)
{
    struct rich_paragraph *p;

    r->paragraph = xgrow(r->paragraph, &r->cap, r->paragraphs + 1, sizeof *r->paragraph);
    p = &r->paragraph[r->paragraphs++];
    *p = (struct rich_paragraph){.block = block, .level = level};
    if (marker)
        utf8_copy(p->marker, sizeof p->marker, marker);
    return p;
}

static struct rich_span *span_of(struct rich_paragraph *p, enum rich_style style)
{
    if (p->spans && p->span[p->spans - 1].style == style)
        return &p->span[p->spans - 1];
    p->span = xgrow(p->span, &p->cap, p->spans + 1, sizeof *p->span);
    p->span[p->spans] = (struct rich_span){.style = style};
    return &p->span[p->spans++];
}

void rich_append(struct rich_paragraph *p, enum rich_style style, const char *text, size_t n)
{
    struct rich_span *span;
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

void rich_append_line(struct rich_paragraph *p, enum rich_style style, const char *text)
{
    const char *open, *close;

    while ((open = strchr(text, '`')) != NULL && (close = strchr(open + 1, '`')) != NULL) {
        rich_append(p, style, text, (size_t)(open - text));
        rich_append(p, RICH_CODE, open + 1, (size_t)(close - open - 1));
        text = close + 1;
    }
    rich_append(p, style, text, strlen(text));
}

void rich_copy(struct rich *to, const struct rich *from, size_t first, size_t last)
{
    for (size_t i = first; i < last && i < from->paragraphs; i++) {
        const struct rich_paragraph *p = &from->paragraph[i];
        struct rich_paragraph *q = rich_add(to, p->block, p->level, p->marker);

        for (size_t k = 0; k < p->spans; k++)
            rich_append(q, p->span[k].style, p->span[k].text, p->span[k].len);
    }
}

void rich_free(struct rich *r)
{
    for (size_t i = 0; i < r->paragraphs; i++) {
        for (size_t k = 0; k < r->paragraph[i].spans; k++)
            free(r->paragraph[i].span[k].text);
        free(r->paragraph[i].span);
    }
    free(r->paragraph);
    *r = (struct rich){0};
}
