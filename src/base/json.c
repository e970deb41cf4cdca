/* json.c - see json.h. */
#include "base/json.h"

#include "base/text.h"
#include "base/utf8.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void json_begin(struct json *j, const char *name, const char *s, size_t n, struct error *e)
{
    *j = (struct json){.name = name, .s = s, .n = n, .e = e};
}

bool json_fail(struct json *j, const char *format, ...)
{
    char what[256];
    va_list ap;
    int line = 1;

    if (j->failed)
        return false;
    j->failed = true;
    va_start(ap, format);
    vsnprintf(what, sizeof what, format, ap);
    va_end(ap);
    for (size_t i = 0; i < j->at && i < j->n; i++)
        line += j->s[i] == '\n';
    return fail(j->e, "%s:%d: %s", j->name, line, what);
}

/* The next byte that is no space, or 0 at the end. */
static char peek(struct json *j)
{
    while (j->at < j->n && strchr(" \t\r\n", j->s[j->at]) && j->s[j->at])
        j->at++;
    if (j->at < j->n)
        return j->s[j->at];
    return '\0';
}

int json_peek(struct json *j)
{
    return j->failed ? 0 : (unsigned char)peek(j);
}

static bool expect(struct json *j, char c)
{
    if (j->failed)
        return false;
    if (peek(j) != c)
        return json_fail(j, "expected '%c'", c);
    j->at++;
    return true;
}

bool json_open(struct json *j, char bracket)
{
    if (!expect(j, bracket))
        return false;
    if (j->depth == JSON_DEPTH)
        return json_fail(j, "nested more than %d deep", JSON_DEPTH);
    j->open[j->depth] = bracket;
    j->first[j->depth++] = true;
    return true;
}

/* True if another member follows at this level; otherwise the closing bracket is passed. */
static bool next(struct json *j, char open, char close)
{
    if (j->failed)
        return false;
    if (j->depth == 0 || j->open[j->depth - 1] != open)
        return json_fail(j, "the reader is in no '%c'", open);
    if (peek(j) == close) {
        j->at++;
        j->depth--;
        return false;
    }
    if (!j->first[j->depth - 1] && !expect(j, ','))
        return false;
    j->first[j->depth - 1] = false;
    return true;
}

bool json_key(struct json *j, char *key, size_t size)
{
    return next(j, '{', '}') && json_string(j, key, size) && expect(j, ':');
}

bool json_more(struct json *j)
{
    enum { EVERY = 1 << 14 }; /* about a millisecond */

    if (++j->values % EVERY == 0 && stop_asked(j->stop))
        return json_fail(j, "stopped");
    return next(j, '[', ']');
}

static size_t count_digits(const char *s)
{
    return strspn(s, "0123456789");
}

/* RFC 8259's grammar is stricter than strtod's: no hexadecimal, no "inf", no leading '+' or zeros,
 * digits on both sides of a point. */
static bool is_number(const char *s)
{
    s += *s == '-';
    if (!count_digits(s) || (*s == '0' && count_digits(s) > 1))
        return false;
    s += count_digits(s);
    if (*s == '.') {
        if (!count_digits(++s))
            return false;
        s += count_digits(s);
    }
    if (*s == 'e' || *s == 'E') {
        s++;
        s += *s == '+' || *s == '-';
        if (!count_digits(s))
            return false;
        s += count_digits(s);
    }
    return *s == '\0';
}

bool json_real(struct json *j, double *out)
{
    char digits[64];
    size_t n = 0;

    if (j->failed)
        return false;
    peek(j);
    while (n < sizeof digits - 1 && j->at + n < j->n &&
           strchr("+-.0123456789eE", j->s[j->at + n]) && j->s[j->at + n]) {
        digits[n] = j->s[j->at + n];
        n++;
    }
    digits[n] = '\0';
    if (n == 0 || n == sizeof digits - 1 || !is_number(digits))
        return json_fail(j, "expected a number");
    *out = strtod(digits, NULL);
    if (!isfinite(*out))
        return json_fail(j, "'%s' is too large for a number", digits);
    j->at += n;
    return true;
}

static bool hex4(struct json *j, uint32_t *out)
{
    *out = 0;
    for (int i = 0; i < 4; i++, j->at++) {
        const char *digits = "0123456789abcdefABCDEF", *d;

        if (j->at >= j->n || !j->s[j->at] || !(d = strchr(digits, j->s[j->at])))
            return json_fail(j, "\\u needs four hexadecimal digits");
        *out = *out << 4 | (uint32_t)(d - digits < 16 ? d - digits : d - digits - 6);
    }
    return true;
}

/* One character behind a backslash. */
static bool escape(struct json *j, uint32_t *cp)
{
    static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
    const char *p;
    uint32_t low;

    if (j->at >= j->n)
        return json_fail(j, "the string does not end");
    if (j->s[j->at] == 'u') {
        j->at++;
        if (!hex4(j, cp))
            return false;
        if (*cp < 0xD800 || *cp > 0xDFFF)
            return true;
        if (*cp > 0xDBFF || j->at + 1 >= j->n || j->s[j->at] != '\\' || j->s[j->at + 1] != 'u')
            return json_fail(j, "half of a surrogate pair");
        j->at += 2;
        if (!hex4(j, &low))
            return false;
        if (low < 0xDC00 || low > 0xDFFF)
            return json_fail(j, "half of a surrogate pair");
        *cp = 0x10000 + ((*cp - 0xD800) << 10) + (low - 0xDC00);
        return true;
    }
    p = j->s[j->at] ? strchr(from, j->s[j->at]) : NULL;
    if (!p)
        return json_fail(j, "JSON has no such escape after a backslash");
    *cp = (unsigned char)to[p - from];
    j->at++;
    return true;
}

/* One character of a string. */
static bool character(struct json *j, uint32_t *cp)
{
    if ((unsigned char)j->s[j->at] < 0x20)
        return json_fail(j, "a control character in a string");
    if (j->s[j->at] == '\\') {
        j->at++;
        return escape(j, cp);
    }
    j->at += utf8_decode(j->s + j->at, j->n - j->at, cp);
    return true;
}

bool json_string(struct json *j, char *out, size_t size)
{
    size_t used = 0;

    if (!expect(j, '"'))
        return false;
    while (j->at < j->n && j->s[j->at] != '"') {
        char bytes[UTF8_MAX];
        uint32_t cp = 0;
        size_t n;

        if (!character(j, &cp))
            return false;
        n = utf8_encode(utf8_width(cp) < 0 ? (uint32_t)UTF8_BAD : cp, bytes);
        if (used + n >= size)
            return json_fail(j, "a string is longer than %zu bytes", size - 1);
        memcpy(out + used, bytes, n);
        used += n;
    }
    out[used] = '\0';
    return expect(j, '"');
}

/* A string of any length, unread. */
static bool skip_string(struct json *j)
{
    if (!expect(j, '"'))
        return false;
    while (j->at < j->n && j->s[j->at] != '"') {
        uint32_t cp = 0;

        if (!character(j, &cp))
            return false;
    }
    return expect(j, '"');
}

static bool skip_word(struct json *j)
{
    static const char *const words[] = {"true", "false", "null"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t n = strlen(words[i]);

        if (j->n - j->at >= n && strncmp(j->s + j->at, words[i], n) == 0) {
            j->at += n;
            return true;
        }
    }
    return json_fail(j, "expected a value");
}

bool json_skip(struct json *j)
{
    double number;
    char c;

    if (j->failed)
        return false;
    c = peek(j);
    if (c == '"')
        return skip_string(j);
    if (c == '-' || (c >= '0' && c <= '9'))
        return json_real(j, &number);
    if (c == '[') { /* depth is limited, so is the recursion */
        if (!json_open(j, '['))
            return false;
        while (json_more(j))
            json_skip(j);
        return !j->failed;
    }
    if (c == '{') {
        if (!json_open(j, '{'))
            return false;
        while (next(j, '{', '}') && skip_string(j) && expect(j, ':'))
            json_skip(j);
        return !j->failed;
    }
    return !j->failed && skip_word(j);
}

bool json_end(struct json *j)
{
    return !j->failed &&
           (peek(j) == '\0' && j->at >= j->n ? true
                                             : json_fail(j, "unexpected text after the end"));
}

void json_quote(struct text *out, const char *s)
{
    size_t n = strlen(s);

    text_add_char(out, '"');
    while (n) {
        uint32_t cp;
        size_t taken = utf8_decode(s, n, &cp);

        if (cp == '"' || cp == '\\')
            text_printf(out, "\\%c", (char)cp);
        else if (cp == UTF8_BAD || utf8_width(cp) < 0)
            text_printf(out, "\\u%04x", (unsigned)(cp > 0xFFFF ? (uint32_t)UTF8_BAD : cp));
        else
            text_add_n(out, s, taken);
        s += taken;
        n -= taken;
    }
    text_add_char(out, '"');
}
