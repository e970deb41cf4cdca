/* plain_text.c - see plain_text.h. */
#include "base/plain_text.h"

#include "base/utf8.h"

#include <stdint.h>
#include <string.h>

static const char MARK[] = "\xEF\xBB\xBF";

enum { MARK_BYTES = sizeof MARK - 1 };

/* Bytes in pairs; `high` is the place of the more significant one. */
struct utf16 {
    const unsigned char *s;
    size_t n;
    int high;
};

static bool begins_utf16(struct utf16 *in)
{
    if (in->n < 2 || in->s[0] + in->s[1] != 0xFE + 0xFF || (in->s[0] != 0xFE && in->s[1] != 0xFE))
        return false;
    in->high = in->s[0] == 0xFE ? 0 : 1;
    return true;
}

/* The next 16 bits; UTF8_BAD for the half of a pair that ends a file. */
static uint32_t take_unit(struct utf16 *in)
{
    const uint32_t unit =
        in->n < 2 ? UTF8_BAD : (uint32_t)in->s[in->high] << 8 | in->s[1 - in->high];
    const size_t took = in->n < 2 ? in->n : 2;

    in->s += took;
    in->n -= took;
    return unit;
}

static bool is_low(uint32_t unit)
{
    return unit >= 0xDC00 && unit < 0xE000;
}

static uint32_t take_character(struct utf16 *in)
{
    const uint32_t unit = take_unit(in);
    struct utf16 behind = *in;
    uint32_t low;

    if (unit < 0xD800 || unit >= 0xE000)
        return unit;
    low = in->n ? take_unit(&behind) : 0;
    if (is_low(unit) || !is_low(low))
        return UTF8_BAD;
    *in = behind;
    return 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
}

/* The bytes from `from` on as UTF-8, if they begin as UTF-16 does. */
static void to_utf8(struct text *t, size_t from)
{
    struct utf16 in = {(const unsigned char *)t->s + from, t->len - from, 0};
    struct text out = {0};

    if (!begins_utf16(&in))
        return;
    text_add_n(&out, t->s, from);
    take_unit(&in); /* the mark */
    while (in.n) {
        char bytes[UTF8_MAX];

        text_add_n(&out, bytes, utf8_encode(take_character(&in), bytes));
    }
    text_free(t);
    *t = out;
}

void plain_text(struct text *t, size_t from)
{
    size_t kept = from, i = from;

    if (t->len == from)
        return;
    to_utf8(t, from);
    if (t->len - from >= MARK_BYTES && memcmp(t->s + from, MARK, MARK_BYTES) == 0)
        i += MARK_BYTES;
    else if (t->len == from || !memchr(t->s + from, '\r', t->len - from))
        return;
    for (; i < t->len; i++) {
        const bool cr = t->s[i] == '\r';

        t->s[kept++] = (char)(cr ? '\n' : t->s[i]);
        i += cr && i + 1 < t->len && t->s[i + 1] == '\n';
    }
    t->len = kept;
    t->s[kept] = '\0';
}

bool plain_line_end(FILE *f, int c)
{
    if (c == '\r') {
        c = getc(f);
        if (c != '\n' && c != EOF)
            ungetc(c, f);
        return true;
    }
    return c == '\n';
}

const char *plain_start(const char *line)
{
    return strncmp(line, MARK, MARK_BYTES) == 0 ? line + MARK_BYTES : line;
}
