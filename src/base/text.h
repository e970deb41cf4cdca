/* text.h - a string that grows. Always NUL-terminated once something was added. Running out of
 * memory ends the program with a message (see xalloc.h): a terminal laboratory has no better
 * answer. */
#ifndef ACTLAB_BASE_TEXT_H
#define ACTLAB_BASE_TEXT_H

#include "base/error.h"

#include <stddef.h>

struct text {
    char *s;    /* NULL while empty */
    size_t len; /* bytes, the NUL not counted */
    size_t cap;
};

void text_add(struct text *, const char *s);
void text_add_n(struct text *, const char *s, size_t n);
void text_add_char(struct text *, char c);
void text_printf(struct text *, const char *format, ...) ACTLAB_PRINTF(2, 3);
/* Makes room for so many bytes more at once, where it is known how many will come. */
void text_reserve(struct text *, size_t more);
/* The content as a C string, "" when empty. Owned by the text. */
const char *text_str(const struct text *);
/* A copy of the n bytes at s without white space around them; to be freed. */
char *text_trimmed(const char *s, size_t n);
void text_clear(struct text *); /* empties, keeps the memory */
void text_free(struct text *);

#endif
