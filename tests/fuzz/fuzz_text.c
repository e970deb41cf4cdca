/* fuzz_text.c - any bytes on their way to a terminal: cleaned once they are clean for good, as wide
 * as they are said to be, and so in tables, messages, cells and laid-out text. */
#include "fuzz.h"

#include "base/utf8.h"
#include "draw/layout.h"
#include "language/table.h"

#include <stdlib.h>
#include <string.h>

static void check_clean(const char *s, size_t n, bool lines)
{
    struct text once = {0}, twice = {0};

    utf8_clean(&once, s, n, lines);
    require_clean(text_str(&once), once.len, lines);
    utf8_clean(&twice, text_str(&once), once.len, lines);
    require(once.len == twice.len && memcmp(text_str(&once), text_str(&twice), once.len) == 0,
            "cleaned twice, two texts", text_str(&once));
    text_free(&once);
    text_free(&twice);
}

static void check_characters(const char *s, size_t n)
{
    while (n) {
        char again[UTF8_MAX];
        uint32_t cp;
        size_t took = utf8_decode(s, n, &cp);

        require(took >= 1 && took <= n && took <= UTF8_MAX, "took", "decode");
        if (cp != UTF8_BAD || took > 1)
            require(utf8_encode(cp, again) == took && memcmp(again, s, took) == 0,
                    "encoded otherwise", "encode");
        s += took;
        n -= took;
    }
}

/* s is a C string from here on. */
static void check_copies(const char *s)
{
    char room[40];

    for (size_t size = 1; size <= sizeof room; size += 13) {
        memset(room, 'x', sizeof room);
        utf8_copy(room, size, s);
        require(strlen(room) < size && strncmp(room, s, strlen(room)) == 0, "copied", "copy");
        for (size_t i = size; i < sizeof room; i++)
            require(room[i] == 'x', "written past the room", "copy");
    }
}

static void check_cells(const char *s)
{
    const struct rect in = {0, 2, 2, 17};
    struct grid g;

    grid_init(&g, 2, 23);
    grid_text(&g, in, 0, 0, ROLE_TEXT, s);
    grid_text(&g, in, 1, 15, ROLE_TEXT, s);
    for (int row = 0; row < g.rows; row++)
        for (int col = 0; col < g.cols; col++) {
            uint32_t glyph = grid_at(&g, row, col)->glyph;

            require(glyph == 0 || utf8_width(glyph) > 0, "a glyph of no width", s);
            require((col >= in.col && col < in.col + in.cols) || glyph == ' ',
                    "outside its rectangle", s);
            require(glyph == 0 || utf8_width(glyph) == 1 ||
                        (col + 1 < g.cols && grid_at(&g, row, col + 1)->glyph == 0),
                    "half of a wide glyph", s);
        }
    grid_free(&g);
}

static void check_tables(const char *s)
{
    const char *names[] = {"a", s};
    static const int widths[] = {-7, 5};

    for (int format = TABLE_TEXT; format <= TABLE_JSON; format++) {
        char *said = NULL;
        size_t n = 0;
        FILE *out = open_memstream(&said, &n);
        struct table t;

        table_begin(&t, out, (enum table_format)format, 2, names, widths);
        table_word(&t, s);
        table_real(&t, 1.5);
        table_end(&t);
        fclose(out);
        for (size_t i = 0; i < n; i++) /* CSV's lines end in two, a lone one may stand in quotes */
            if (said[i] == '\r')
                said[i] = '\n';
        require_clean(said, n, true);
        free(said);
    }
}

static void check_layout(const char *s, size_t n, int width)
{
    struct styled_text r = {0};
    struct text text = {0};

    styled_append(styled_add(&r, STYLED_PARAGRAPH, 0, NULL), STYLED_PLAIN, s, n);
    styled_append_line(styled_add(&r, STYLED_ITEM, 1 + width % 4, "-"), STYLED_EMPHASIS, s);
    styled_append(styled_add(&r, STYLED_CODEBLOCK, 0, NULL), STYLED_CODE, s, n);
    styled_append(styled_add(&r, STYLED_HEADING, 1 + width % 6, NULL), STYLED_STRONG, s, n);
    rich_to_text(&r, width, false, &text);
    require_clean(text_str(&text), text.len, true);
    text_clear(&text);
    rich_to_text(&r, width, true, &text);
    for (size_t i = 0; i < text.len; i++)
        require((unsigned char)text.s[i] < 0x80, "not ASCII", "layout");
    text_free(&text);
    styled_free(&r);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *s = malloc(size + 1);
    struct error e;

    memcpy(s, data, size);
    s[size] = '\0';
    check_clean(s, size, false);
    check_clean(s, size, true);
    check_characters(s, size);
    check_layout(s, size, 1 + (int)(size % 40));
    fail(&e, "'%s': %s", s, s);
    require_clean(e.text, strlen(e.text), false);
    check_copies(s);
    check_cells(s);
    check_tables(s);
    free(s);
    return 0;
}
