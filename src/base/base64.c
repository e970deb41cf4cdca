/* base64.c - see base64.h. */
#include "base/base64.h"

#include <stdint.h>
#include <string.h>

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void base64_add(struct text *out, const void *bytes, size_t n)
{
    const unsigned char *p = bytes;

    text_reserve(out, (n + 2) / 3 * 4);
    for (; n > 0; p += 3, n -= n < 3 ? n : 3) {
        uint32_t v = (uint32_t)p[0] << 16 | (uint32_t)(n > 1 ? p[1] : 0) << 8 | (n > 2 ? p[2] : 0);
        char four[4] = {digits[v >> 18], digits[v >> 12 & 63], digits[v >> 6 & 63], digits[v & 63]};

        for (size_t k = n + 1; k < 4; k++) /* no byte fills these */
            four[k] = '=';
        text_add_n(out, four, 4);
    }
}

bool base64_read(const char *s, struct text *out)
{
    const size_t n = strlen(s), before = out->len;

    text_reserve(out, n / 4 * 3);
    for (size_t i = 0; i + 4 <= n; i += 4) {
        const bool last = i + 4 == n;
        const size_t pad = last && s[i + 3] == '=' ? 1 + (size_t)(s[i + 2] == '=') : 0;
        uint32_t v = 0;
        char three[3];

        for (size_t k = 0; k < 4; k++) {
            const char *digit = k >= 4 - pad ? digits : strchr(digits, s[i + k]);

            if (!digit) {
                out->len = before;
                return false;
            }
            v = v << 6 | (uint32_t)(digit - digits);
        }
        three[0] = (char)(v >> 16);
        three[1] = (char)(v >> 8);
        three[2] = (char)v;
        text_add_n(out, three, 3 - pad);
    }
    if (n % 4 == 0)
        return true;
    out->len = before;
    return false;
}
