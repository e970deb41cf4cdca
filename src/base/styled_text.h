/* styled_text.h - text with structure but without a width: a lesson's page before it is laid out.
 * course/ makes it from Markdown, draw/ wraps it to columns. */
#ifndef ACTLAB_BASE_STYLED_TEXT_H
#define ACTLAB_BASE_STYLED_TEXT_H

#include <stddef.h>

enum text_style {
    STYLED_PLAIN,
    STYLED_EMPHASIS,
    STYLED_STRONG,
    STYLED_CODE,
    STYLED_LINK,
    STYLED_DIM,  /* of less importance */
    STYLED_GOOD, /* a goal met, a right answer */
    STYLED_BAD,  /* a wrong one */
    STYLED_KEY,  /* a key to press */
};

enum text_block {
    STYLED_PARAGRAPH,
    STYLED_HEADING,   /* level 1..6 */
    STYLED_ITEM,      /* a list item's paragraph: `level` deep from 1, `marker` in front ("-", "3.",
                       "[ ]"); without a marker it continues the item before */
    STYLED_CODEBLOCK, /* kept line by line, never wrapped; level: how deep in lists */
    STYLED_QUOTE,     /* level: how deep, from 1 */
    STYLED_RULE,
    STYLED_LINE, /* a paragraph that follows without a blank line */
};

struct styled_span {
    enum text_style style;
    /* Clean UTF-8; a newline is a line's end in STYLED_CODEBLOCK, a hard break elsewhere. */
    char *text;
    size_t len, cap;
};

struct styled_paragraph {
    enum text_block block;
    int level;
    char marker[12];
    struct styled_span *span;
    size_t spans, cap;
};

struct styled_text {
    struct styled_paragraph *paragraph;
    size_t paragraphs, cap;
};

/* The new paragraph; the pointer holds until the next one is added. marker may be NULL. */
struct styled_paragraph *styled_add(struct styled_text *, enum text_block block, int level,
                                    const char *marker);
/* Appends n bytes, cleaned (base/utf8.h). Text of one style runs on in one span. */
void styled_append(struct styled_paragraph *, enum text_style style, const char *text, size_t n);
/* Appends a line in which `backquotes` stand around code; text outside them gets `style`. */
void styled_append_line(struct styled_paragraph *, enum text_style style, const char *text);
/* Appends copies of the paragraphs from first to last - 1. */
void styled_copy(struct styled_text *to, const struct styled_text *from, size_t first, size_t last);
void styled_free(struct styled_text *);

#endif
