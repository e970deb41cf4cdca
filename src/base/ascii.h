/* ascii.h - characters by their codes, where the locale shall have no say. */
#ifndef ACTLAB_BASE_ASCII_H
#define ACTLAB_BASE_ASCII_H

#include <stdbool.h>

static inline bool ascii_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* A letter or '_', which a name begins with. */
static inline bool ascii_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static inline char ascii_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* True if they differ in the case of their letters at most. */
static inline bool ascii_same(const char *a, const char *b)
{
    while (*a && ascii_lower(*a) == ascii_lower(*b))
        a++, b++;
    return ascii_lower(*a) == ascii_lower(*b);
}

static inline bool ascii_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

#endif
