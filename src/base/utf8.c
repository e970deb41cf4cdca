/* utf8.c - see utf8.h. */
#include "base/utf8.h"

#include <locale.h>
#include <string.h>
#include <wchar.h>

size_t utf8_decode(const char *s, size_t n, uint32_t *cp)
{
    static const uint32_t least[] = {0, 0x80, 0x800, 0x10000};
    const unsigned char *u = (const unsigned char *)s;
    size_t more;
    uint32_t c;

    if (u[0] < 0x80) {
        *cp = u[0];
        return 1;
    }
    *cp = UTF8_BAD;
    if (u[0] >= 0xC2 && u[0] <= 0xDF)
        more = 1, c = u[0] & 0x1Fu;
    else if (u[0] >= 0xE0 && u[0] <= 0xEF)
        more = 2, c = u[0] & 0x0Fu;
    else if (u[0] >= 0xF0 && u[0] <= 0xF4)
        more = 3, c = u[0] & 0x07u;
    else
        return 1;
    if (n < more + 1)
        return 1;
    for (size_t i = 1; i <= more; i++) {
        if ((u[i] & 0xC0) != 0x80)
            return 1;
        c = c << 6 | (u[i] & 0x3Fu);
    }
    if (c < least[more] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
        return 1;
    *cp = c;
    return more + 1;
}

size_t utf8_encode(uint32_t cp, char out[UTF8_MAX])
{
    if (cp < 0x80) {
        out[0] = (char)cp;
        return 1;
    }
    if (cp < 0x800) {
        out[0] = (char)(0xC0 | cp >> 6);
        out[1] = (char)(0x80 | (cp & 0x3F));
        return 2;
    }
    if (cp < 0x10000) {
        out[0] = (char)(0xE0 | cp >> 12);
        out[1] = (char)(0x80 | (cp >> 6 & 0x3F));
        out[2] = (char)(0x80 | (cp & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | cp >> 18);
    out[1] = (char)(0x80 | (cp >> 12 & 0x3F));
    out[2] = (char)(0x80 | (cp >> 6 & 0x3F));
    out[3] = (char)(0x80 | (cp & 0x3F));
    return 4;
}

struct range {
    uint32_t first, last;
};

/* Characters that may change the direction, the place or the meaning of their neighbours. */
static const struct range harmful[] = {
    {0x0000, 0x001F}, {0x007F, 0x009F}, {0x00AD, 0x00AD},   {0x061C, 0x061C},
    {0x180E, 0x180E}, {0x200B, 0x200F}, {0x2028, 0x202E},   {0x2060, 0x206F},
    {0xFEFF, 0xFEFF}, {0xFFF9, 0xFFFB}, {0xE0000, 0xE0FFF},
};

/* For a machine without any UTF-8 locale: the wide and the combining ranges that lessons may meet
 * (Unicode 15). */
static const struct range wide[] = {
    {0x1100, 0x115F},   {0x2E80, 0x303E},   {0x3041, 0xA4CF},   {0xAC00, 0xD7A3},
    {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},   {0xFF00, 0xFF60},   {0xFFE0, 0xFFE6},
    {0x1F300, 0x1F64F}, {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD},
};
static const struct range combining[] = {
    {0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD}, {0x0610, 0x061A}, {0x064B, 0x065F},
    {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}, {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F},
};

#define IN(table, cp) in(table, sizeof(table) / sizeof *(table), cp)

static bool in(const struct range *r, size_t n, uint32_t cp)
{
    for (size_t i = 0; i < n; i++)
        if (cp >= r[i].first && cp <= r[i].last)
            return true;
    return false;
}

/* The C library's own idea of width, asked under UTF-8 whatever the user's locale is. -1: it does
 * not know. */
static int library_width(uint32_t cp)
{
    static locale_t utf8; /* opened once: a cache, not state */
    static bool tried;
    locale_t old;
    int width;

    if (!tried) {
        tried = true;
        utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
        if (!utf8)
            utf8 = newlocale(LC_CTYPE_MASK, "en_US.UTF-8", (locale_t)0);
    }
    if (!utf8)
        return -1;
    old = uselocale(utf8);
    width = wcwidth((wchar_t)cp);
    uselocale(old);
    return width;
}

int utf8_width(uint32_t cp)
{
    int width;

    if (cp >= 0x20 && cp < 0x7F)
        return 1;
    if (cp > 0x10FFFF || IN(harmful, cp))
        return -1;
    width = library_width(cp);
    if (width >= 0)
        return width;
    return IN(combining, cp) ? 0 : IN(wide, cp) ? 2 : 1;
}

int utf8_columns(const char *s)
{
    size_t n = strlen(s);
    int columns = 0;

    while (n) {
        uint32_t cp;
        size_t took = utf8_decode(s, n, &cp);
        int width = utf8_width(cp);

        columns += width < 0 ? 1 : width;
        s += took;
        n -= took;
    }
    return columns;
}

/* True if eight bytes are all printable ASCII: none of 0x80 and more, none that 0x20 cannot be
 * taken from, none that 1 carries beyond 0x7F. */
static bool eight_plain(const char *s)
{
    const uint64_t ones = 0x0101010101010101u, tops = 0x80 * ones;
    uint64_t v;

    memcpy(&v, s, sizeof v);
    return !((v | (v - 0x20 * ones) | (v + ones)) & tops);
}

/* How many bytes at s are plain: printable ASCII, and ends of lines. Most text is nothing else. */
static size_t plain_bytes(const char *s, size_t n, bool lines)
{
    size_t i = 0;

    for (;;) {
        while (i + 8 <= n && eight_plain(s + i))
            i += 8;
        if (i < n && ((s[i] >= 0x20 && s[i] < 0x7F) || (lines && (s[i] == '\n' || s[i] == '\t'))))
            i++;
        else
            return i;
    }
}

void utf8_clean(struct text *out, const char *s, size_t n, bool keep_lines)
{
    while (n) {
        size_t took = plain_bytes(s, n, keep_lines);
        uint32_t cp;

        if (took) {
            text_add_n(out, s, took);
        } else {
            took = utf8_decode(s, n, &cp);
            if (cp == UTF8_BAD || utf8_width(cp) < 0)
                text_add(out, "\xEF\xBF\xBD");
            else
                text_add_n(out, s, took);
        }
        s += took;
        n -= took;
    }
}

void utf8_print(FILE *out, const char *s, bool keep_lines)
{
    struct text clean = {0};

    utf8_clean(&clean, s, strlen(s), keep_lines);
    fputs(text_str(&clean), out);
    text_free(&clean);
}

void utf8_copy(char *to, size_t size, const char *s)
{
    size_t n = strlen(s), kept = 0;

    while (kept < n) {
        uint32_t cp;
        size_t took = utf8_decode(s + kept, n - kept, &cp);

        if (kept + took >= size)
            break;
        kept += took;
    }
    memcpy(to, s, kept);
    to[kept] = '\0';
}
