/* error.c - see error.h. */
#include "base/error.h"

#include "base/text.h"
#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Names and lines of other people's files end up in messages: control characters are made visible
 * here, once. */
static void set(struct error *e, enum error_kind kind, int column, const char *format, va_list ap)
{
    char raw[2 * sizeof e->text];
    struct text clean = {0};
    int n = vsnprintf(raw, sizeof raw, format, ap);

    if (n < 0)
        n = 0;
    if ((size_t)n >= sizeof raw)
        n = sizeof raw - 1;
    utf8_clean(&clean, raw, (size_t)n, false);
    e->kind = kind;
    e->column = column;
    utf8_copy(e->text, sizeof e->text, text_str(&clean));
    text_free(&clean);
}

bool fail(struct error *e, const char *format, ...)
{
    va_list ap;

    if (e) {
        va_start(ap, format);
        set(e, ERROR_FAILED, -1, format, ap);
        va_end(ap);
    }
    return false;
}

bool misuse(struct error *e, int column, const char *format, ...)
{
    va_list ap;

    if (e) {
        va_start(ap, format);
        set(e, ERROR_USAGE, column, format, ap);
        va_end(ap);
    }
    return false;
}
