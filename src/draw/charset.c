/* charset.c - charsets as data, their choice, and ASCII look-alikes for what is not ASCII. */
#include "draw/charset.h"
#include "base/utf8.h"

#include <string.h>

const char *const charset_names[] = {"ascii", "block", "braille", NULL};

/* The glyphs that blocks and braille share: they differ in the dots of a cell. */
#define UNICODE_GLYPHS                                                                             \
    .vertical = 0x2502, .horizontal = 0x2500, .corner = 0x2514, .tick_left = 0x2524,               \
    .tick_below = 0x252c, .zero_column = 0x250a, .zero_row = 0x2508, .up = 0x25b2, .down = 0x25bc, \
    .stem = 0x2506, .solid = 0x25cf, .open = 0x25cb, .point = 0x25c6, .caret = 0x25b2,             \
    .flat = 0x2501, .flat_tick = 0x252f, .dot = 0x2022,                                            \
    .bar = {' ', 0x2581, 0x2582, 0x2583, 0x2584, 0x2585, 0x2586, 0x2587, 0x2588},                  \
    .mark = {0x2026, 0x2504}, .spot = {0x2596, 0x2598}, .half_left = 0x258c, .half_right = 0x2590, \
    .field = {{' ', 0x2591}, {0x2592, 0x2593}}, .heat = " ░▒▓█"

const struct glyphs charset_glyphs[CHARSETS] = {
    [CHARSET_ASCII] =
        {
            .sub_cols = 1,
            .sub_rows = 1,
            .vertical = '|',
            .horizontal = '-',
            .corner = '+',
            .tick_left = '+',
            .tick_below = '+',
            .zero_column = ':',
            .zero_row = '-',
            .up = '^',
            .down = 'v',
            .stem = ',',
            .solid = '@',
            .open = 'O',
            .point = '*',
            .caret = '^',
            .flat = '=',
            .flat_tick = '+',
            .dot = ',',
            .bar = {' ', '_', '_', '_', '=', '=', '#', '#', '#'},
            .mark = {'.', '-'},
            .spot = {'.', '\''},
            .half_left = '=',
            .half_right = '=',
            .field = {{' ', ' '}, {'.', ':'}},
            .heat = " .:-=+*#%@",
        },
    [CHARSET_BLOCK] =
        {
            .sub_cols = 2,
            .sub_rows = 2,
            UNICODE_GLYPHS,
        },
    [CHARSET_BRAILLE] =
        {
            .sub_cols = 2,
            .sub_rows = 4,
            UNICODE_GLYPHS,
        },
};

bool term_is_vt(const char *term)
{
    return strncmp(term, "vt", 2) == 0 && term[2] >= '0' && term[2] <= '9';
}

enum charset charset_detect(const char *term, bool utf8)
{
    if (!utf8)
        return CHARSET_ASCII;
    if (!term || !*term)
        return CHARSET_BRAILLE;
    /* The console's font has 256 or 512 glyphs; vt100 and the others are 8-bit terminals whatever
     * the locale says. */
    static const struct {
        const char *prefix;
        enum charset charset;
    } poor[] = {
        {"linux", CHARSET_BLOCK}, {"dumb", CHARSET_ASCII}, {"ansi", CHARSET_ASCII},
        {"cons", CHARSET_ASCII},  {"sun", CHARSET_ASCII},
    };
    if (term_is_vt(term))
        return CHARSET_ASCII;
    for (size_t i = 0; i < sizeof poor / sizeof *poor; i++)
        if (strncmp(term, poor[i].prefix, strlen(poor[i].prefix)) == 0)
            return poor[i].charset;
    return CHARSET_BRAILLE;
}

/* Look-alikes, in ascending order of first code point. */
static const struct {
    uint32_t first, last;
    char ascii;
} look_alike[] = {
    {0xa0, 0xa0, ' '},     {0xab, 0xab, '<'},      {0xb1, 0xb1, '~'},      {0xb2, 0xb2, '2'},
    {0xb3, 0xb3, '3'},     {0xb7, 0xb7, '.'},      {0xb9, 0xb9, '1'},      {0xbb, 0xbb, '>'},
    {0xd7, 0xd7, 'x'},     {0x3b1, 0x3b1, 'a'},    {0x3b2, 0x3b2, 'b'},    {0x3b4, 0x3b4, 'd'},
    {0x3bb, 0x3bb, 'l'},   {0x3c3, 0x3c3, 's'},    {0x3c7, 0x3c7, 'x'},    {0x2000, 0x200a, ' '},
    {0x2010, 0x2015, '-'}, {0x2018, 0x201b, '\''}, {0x201c, 0x201f, '"'},  {0x2022, 0x2022, 'o'},
    {0x2026, 0x2026, '.'}, {0x2032, 0x2032, '\''}, {0x2190, 0x2190, '<'},  {0x2191, 0x2191, '^'},
    {0x2192, 0x2192, '>'}, {0x2193, 0x2193, 'v'},  {0x2202, 0x2202, 'd'},  {0x2212, 0x2212, '-'},
    {0x221a, 0x221a, 'V'}, {0x2248, 0x2248, '~'},  {0x2264, 0x2264, '<'},  {0x2265, 0x2265, '>'},
    {0x2500, 0x2501, '-'}, {0x2502, 0x2503, '|'},  {0x2504, 0x2505, '-'},  {0x2506, 0x2507, ':'},
    {0x2508, 0x2509, '-'}, {0x250a, 0x250b, ':'},  {0x250c, 0x254b, '+'},  {0x254c, 0x254d, '-'},
    {0x254e, 0x254f, ':'}, {0x2550, 0x2550, '='},  {0x2551, 0x2551, '|'},  {0x2552, 0x2570, '+'},
    {0x2571, 0x2571, '/'}, {0x2572, 0x2572, '\\'}, {0x2580, 0x2580, '\''}, {0x2581, 0x2583, '_'},
    {0x2584, 0x2585, '='}, {0x2586, 0x2590, '#'},  {0x2591, 0x2591, '.'},  {0x2592, 0x2592, ':'},
    {0x2593, 0x259f, '#'}, {0x25a0, 0x25a1, '#'},  {0x25b2, 0x25b4, '^'},  {0x25b6, 0x25b8, '>'},
    {0x25bc, 0x25be, 'v'}, {0x25c0, 0x25c2, '<'},  {0x25c6, 0x25c7, '*'},  {0x25cb, 0x25cb, 'O'},
    {0x25cf, 0x25cf, '@'}, {0x2713, 0x2714, 'x'},  {0x2717, 0x2718, 'x'},  {0x2800, 0x2800, ' '},
    {0x2801, 0x28ff, '*'},
};

static char nearest_ascii(uint32_t glyph)
{
    size_t lo = 0, hi = sizeof look_alike / sizeof *look_alike;
    while (lo < hi) {
        const size_t mid = (lo + hi) / 2;
        if (glyph < look_alike[mid].first)
            hi = mid;
        else if (glyph > look_alike[mid].last)
            lo = mid + 1;
        else
            return look_alike[mid].ascii;
    }
    return '?';
}

uint32_t charset_dots(enum charset charset, uint8_t dots)
{
    static const uint16_t quadrants[16] = {' ',    0x2598, 0x259d, 0x2580, 0x2596, 0x258c,
                                           0x259e, 0x259b, 0x2597, 0x259a, 0x2590, 0x259c,
                                           0x2584, 0x2599, 0x259f, 0x2588};
    static const uint8_t braille[8] = {0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80};
    uint32_t glyph = 0x2800;

    if (charset == CHARSET_BLOCK)
        return quadrants[dots & 15];
    for (int bit = 0; bit < 8; bit++)
        if (dots >> bit & 1)
            glyph |= braille[bit];
    return glyph;
}

void glyph_add(struct text *out, uint32_t glyph, bool ascii)
{
    if (glyph == 0)
        return;
    if (glyph < 0x7f) {
        text_add_char(out, (char)glyph);
        return;
    }
    if (ascii) {
        const char c = nearest_ascii(glyph);
        text_add_char(out, c);
        if (utf8_width(glyph) == 2)
            text_add_char(out, c);
        return;
    }
    char bytes[UTF8_MAX];
    text_add_n(out, bytes, utf8_encode(glyph, bytes));
}
