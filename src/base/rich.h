/* rich.h - text with structure but without a width: what a lesson page is before it is laid out.
 * course/ makes it from Markdown, draw/ wraps it to columns. */
#ifndef ACTLAB_BASE_RICH_H
#define ACTLAB_BASE_RICH_H

#include <stddef.h>

enum rich_style {
    RICH_PLAIN,
    RICH_EMPHASIS,
    RICH_STRONG,
    RICH_CODE,
    RICH_LINK,
    RICH_DIM,  /* what may be overlooked */
    RICH_GOOD, /* a goal met, a right answer */
    RICH_BAD,  /* a wrong one */
    RICH_KEY,  /* a key to press */
};

enum rich_block {
    RICH_PARAGRAPH,
    RICH_HEADING,   /* level 1..6 */
    RICH_ITEM,      /* a list item's paragraph: `level` deep from 1, `marker` in front ("-", "3.",
                       "[ ]"); without a marker it continues the item before */
    RICH_CODEBLOCK, /* kept line by line, never wrapped; level: how deep in lists */
    RICH_QUOTE,     /* level: how deep, from 1 */
    RICH_RULE,
    RICH_LINE, /* a paragraph that follows without a blank line */
};

struct rich_span {
    enum rich_style style;
    /* Clean UTF-8; a newline is a line's end in RICH_CODEBLOCK, a hard break elsewhere. */
    char *text;
    size_t len, cap;
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

/* The new paragraph; the pointer holds until the next one is added. marker may be NULL. */
struct rich_paragraph *rich_add(struct rich *, enum rich_block block, int level,
                                const char *marker);
/* Appends n bytes, cleaned (base/utf8.h). Text of one style runs on in one span. */
void rich_append(struct rich_paragraph *, enum rich_style style, const char *text, size_t n);
/* Appends a line in which `backquotes` stand around code; what is outside them gets `style`. */
void rich_append_line(struct rich_paragraph *, enum rich_style style, const char *text);
/* Appends copies of the paragraphs from first to last - 1. */
void rich_copy(struct rich *to, const struct rich *from, size_t first, size_t last);
void rich_free(struct rich *);

#endif
