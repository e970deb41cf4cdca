/* text.c - see text.h. */
#include "base/text.h"

#include "base/xalloc.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void grow(struct text *t, size_t more)
{
    t->s = xgrow(t->s, &t->cap, t->len + more + 1, 1);
}

void text_reserve(struct text *t, size_t more)
{
    size_t room = t->len + more + 1;

    if (room > t->cap) {
        t->s = xrealloc(t->s, room);
        t->cap = room;
        t->s[t->len] = '\0';
    }
}

void text_add_n(struct text *t, const char *s, size_t n)
{
    grow(t, n);
    if (n)
        memcpy(t->s + t->len, s, n);
    t->len += n;
    t->s[t->len] = '\0';
}

void text_add(struct text *t, const char *s)
{
    text_add_n(t, s, strlen(s));
}

void text_add_char(struct text *t, char c)
{
    text_add_n(t, &c, 1);
}

void text_printf(struct text *t, const char *format, ...)
{
    va_list ap;
    int n;

    va_start(ap, format);
    n = vsnprintf(NULL, 0, format, ap);
    va_end(ap);
    if (n <= 0)
        return;
    grow(t, (size_t)n);
    va_start(ap, format);
    vsnprintf(t->s + t->len, (size_t)n + 1, format, ap);
    va_end(ap);
    t->len += (size_t)n;
}

const char *text_str(const struct text *t)
{
    return t->s ? t->s : "";
}

char *text_trimmed(const char *s, size_t n)
{
    while (n && isspace((unsigned char)*s))
        s++, n--;
    while (n && isspace((unsigned char)s[n - 1]))
        n--;
    return xstrndup(s, n);
}

void text_clear(struct text *t)
{
    t->len = 0;
    if (t->s)
        t->s[0] = '\0';
}

void text_free(struct text *t)
{
    free(t->s);
    *t = (struct text){0};
}
