/* rich.h - text with structure but without a width: what a lesson page is before it is laid out.
 * course/ makes it from Markdown, draw/ wraps it to columns. */
#ifndef ACTLAB_BASE_RICH_H
#define ACTLAB_BASE_RICH_H

#include <stddef.h>

enum rich_style { RICH_PLAIN, RICH_EMPHASIS, RICH_STRONG, RICH_CODE, RICH_LINK };

enum rich_block {
    RICH_PARAGRAPH,
    RICH_HEADING, /* level 1..6 */
    RICH_ITEM,    /* a list item's paragraph: `level` deep, `marker` in front ("-", "3.", "[ ]") */
    RICH_CODEBLOCK, /* kept line by line, never wrapped */
    RICH_QUOTE,
    RICH_RULE,
};

struct rich_span {
    enum rich_style style;
    char *text; /* clean UTF-8; in RICH_CODEBLOCK with newlines; a hard break is "\n" elsewhere */
};

struct rich_paragraph {
    enum rich_block block;
    int level;
    char marker[12];
    struct rich_span *span;
    size_t spans, cap;
};

struct rich {
    struct rich_paragraph *paragraph;
    size_t paragraphs, cap;
};

struct rich_paragraph *rich_add(struct rich *, enum rich_block block, int level,
                                const char *marker);
void rich_append(struct rich_paragraph *, enum rich_style style, const char *text, size_t n);
void rich_free(struct rich *);

#endif
