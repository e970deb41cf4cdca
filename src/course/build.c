/* build.c - what every part of a lesson's making needs: the line of a place in the source, and the
 * first error. */
#include "course/build.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static bool inside(const struct builder *b, const char *p)
{
    return p >= b->source && p < b->source + b->n;
}

/* The line of a place in the source; places mostly come in ascending order. */
int build_line_of(struct builder *b, const char *p)
{
    if (!inside(b, p))
        return b->line;
    if (p < b->counted) {
        b->counted = b->source;
        b->line = 1;
    }
    for (const char *end; (end = memchr(b->counted, '\n', (size_t)(p - b->counted))) != NULL;) {
        b->counted = end + 1;
        b->line++;
    }
    b->counted = p;
    return b->line;
}

int build_wrong(struct builder *b, int line, const char *format, ...)
{
    char reason[400];
    va_list ap;

    va_start(ap, format);
    vsnprintf(reason, sizeof reason, format, ap);
    va_end(ap);
    if (!b->bad)
        fail(b->e, "%s:%d: %s", b->l->path, line, reason);
    b->bad = true;
    return 1;
}
