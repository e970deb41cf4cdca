/* layout.c - see layout.h. A line is built cell by cell in a buffer of the width; whenever a glyph
 * does not fit, the line is given out up to the last place where it may break, and what came after
 * that place moves to the start of the next. */
#include "draw/layout.h"

#include "base/utf8.h"
#include "base/xalloc.h"
#include "draw/charset.h"

#include <stdlib.h>
#include <string.h>

enum {
    TAB_STOP = 4,
    ITEM_INDENT = 2,
    CODE_INDENT = 2,
    NO_BREAK = 0xA0, /* the space that a line does not break at */
    MAX_DEPTH = 8,   /* levels beyond this are indented no further */
};

struct wrap {
    struct cell *cell; /* the line so far */
    int width, n;      /* columns there are, and used */
    int start;         /* hanging indent: columns that a wrapped line begins with */
    int quotes;        /* of the indent, this many pairs are "| " */
    int breakable;     /* the last column where the line may break; `start` when nowhere */
    int lines;         /* given out */
    /* where lines go: both may be NULL */
    struct grid *grid;
    struct rect in;
    int skip;
    struct text *out;
    bool ascii;
    /* overflow: */
    struct text *torn; /* gets the first thing that was cut in two */
    bool tore;
};

static const enum role roles[] = {
    [STYLED_PLAIN] = ROLE_TEXT, [STYLED_EMPHASIS] = ROLE_EMPHASIS, [STYLED_STRONG] = ROLE_STRONG,
    [STYLED_CODE] = ROLE_CODE,  [STYLED_LINK] = ROLE_LINK,         [STYLED_DIM] = ROLE_DIM,
    [STYLED_GOOD] = ROLE_GOOD,  [STYLED_BAD] = ROLE_BAD,           [STYLED_KEY] = ROLE_KEY,
};

static void give(struct wrap *w, int n)
{
    const int row = w->lines++ - w->skip;

    while (n > 0 && w->cell[n - 1].glyph == ' ')
        n--;
    if (w->grid && row >= 0 && row < w->in.rows)
        for (int i = 0; i < n; i++)
            if (w->cell[i].glyph)
                grid_put(w->grid, w->in, row, i, w->cell[i].glyph, (enum role)w->cell[i].role);
    if (!w->out)
        return;
    for (int i = 0; i < n; i++)
        glyph_add(w->out, w->cell[i].glyph, w->ascii);
    text_add_char(w->out, '\n');
}

static void begin_line(struct wrap *w)
{
    for (int i = 0; i < w->start; i++)
        w->cell[i] = (struct cell){i % 2 == 0 && i / 2 < w->quotes ? '|' : ' ', ROLE_DIM};
    w->n = w->breakable = w->start;
}

static void end_line(struct wrap *w)
{
    give(w, w->n);
    begin_line(w);
}

static void add_cells(struct wrap *w, uint32_t glyph, int width, enum role role)
{
    w->cell[w->n++] = (struct cell){glyph, (uint8_t)role};
    if (width == 2)
        w->cell[w->n++] = (struct cell){0, (uint8_t)role};
}

/* Gives out what is before the last place to break; a word that fills the line is cut. */
static void overflow(struct wrap *w, bool may_tear)
{
    const int from = w->breakable, tail = w->n - from;

    if (from == w->start) {
        if (!may_tear && w->torn && !w->tore) {
            w->tore = true;
            for (int i = w->start; i < w->n; i++)
                glyph_add(w->torn, w->cell[i].glyph, false);
        }
        end_line(w);
        return;
    }
    struct cell *kept = xmalloc(((size_t)tail + 1) * sizeof *kept);
    memcpy(kept, w->cell + from, (size_t)tail * sizeof *kept);
    give(w, from);
    begin_line(w);
    memcpy(w->cell + w->start, kept, (size_t)tail * sizeof *kept);
    w->n += tail;
    free(kept);
}

static bool letter(uint32_t glyph)
{
    return (glyph >= 'a' && glyph <= 'z') || (glyph >= 'A' && glyph <= 'Z') || glyph > 0x7F;
}

/* True if a line may end before `glyph` with no space there: after a hyphen between letters, a
 * dash, on either side of a wide glyph, after the slashes of an address. */
static bool breaks_before(const struct wrap *w, uint32_t glyph, int width, enum text_style style)
{
    if (w->n <= w->start)
        return false;
    const uint32_t last = w->cell[w->n - 1].glyph;
    if (style == STYLED_LINK && last == '/' && glyph != '/')
        return true;
    if (width == 2 || last == 0 || last == 0x2014)
        return true;
    return style != STYLED_CODE && last == '-' && w->n >= w->start + 2 &&
           letter(w->cell[w->n - 2].glyph) && letter(glyph);
}

static void put(struct wrap *w, uint32_t glyph, enum text_style style, enum role role)
{
    if (glyph == '\n') {
        end_line(w);
        return;
    }
    if (glyph == ' ' || glyph == '\t') {
        if (w->n == w->start)
            return;
        if (w->n < w->width)
            add_cells(w, ' ', 1, role);
        w->breakable = w->n;
        return;
    }
    int width = utf8_width(glyph);
    if (width == 0)
        return; /* a cell holds one glyph: marks that combine with it have no place */
    if (width < 0 || width > w->width - w->start) {
        glyph = UTF8_BAD;
        width = 1;
    }
    if (breaks_before(w, glyph, width, style))
        w->breakable = w->n;
    while (w->n + width > w->width)
        overflow(w, style == STYLED_LINK);
    add_cells(w, glyph == NO_BREAK ? ' ' : glyph, width, role);
}

static void put_text(struct wrap *w, const char *s, size_t n, enum text_style style, enum role role,
                     bool whole)
{
    while (n) {
        uint32_t glyph;
        const size_t took = utf8_decode(s, n, &glyph);

        put(w, whole && glyph == ' ' ? NO_BREAK : glyph, style, role);
        s += took;
        n -= took;
    }
}

static void blank(struct wrap *w)
{
    w->start = 0;
    begin_line(w);
    end_line(w);
}

/* The indent never takes more than half of the line. */
static void indent(struct wrap *w, int columns)
{
    w->start = columns < w->width / 2 ? columns : w->width / 2;
}

static int line_columns(const char *s, size_t n)
{
    int columns = 0;

    while (n) {
        uint32_t glyph;
        const size_t took = utf8_decode(s, n, &glyph);
        const int width = utf8_width(glyph);

        columns += glyph == '\t' ? TAB_STOP - columns % TAB_STOP : width < 0 ? 1 : width;
        s += took;
        n -= took;
    }
    return columns;
}

/* A command in the text, as `:unit 1 1`, is not broken where half of a line holds it: its first
 * half is another command. */
static bool is_whole(const struct wrap *w, const struct styled_span *s)
{
    return s->style == STYLED_CODE && line_columns(s->text, s->len) <= (w->width - w->start) / 2;
}

static void put_spans(struct wrap *w, const struct styled_paragraph *p)
{
    for (size_t i = 0; i < p->spans; i++) {
        const struct styled_span *s = &p->span[i];
        enum role role = roles[s->style];

        if (p->block == STYLED_HEADING && s->style == STYLED_PLAIN)
            role = ROLE_HEADING;
        put_text(w, s->text, s->len, s->style, role, is_whole(w, s));
    }
}

static void lay_heading(struct wrap *w, const struct styled_paragraph *p)
{
    const int before = w->lines;
    int length;

    indent(w, 0);
    begin_line(w);
    put_spans(w, p);
    length = w->lines == before ? w->n : w->width;
    end_line(w);
    if (p->level > 2)
        return;
    for (int i = 0; i < length; i++)
        add_cells(w, p->level == 1 ? '=' : '-', 1, ROLE_RULE);
    end_line(w);
}

static int depth(const struct styled_paragraph *p)
{
    return p->level > MAX_DEPTH ? MAX_DEPTH : p->level;
}

static void lay_item(struct wrap *w, const struct styled_paragraph *p)
{
    const int outer = (depth(p) > 0 ? depth(p) - 1 : 0) * ITEM_INDENT;
    const int marker = p->marker[0] ? utf8_columns(p->marker) + 1 : ITEM_INDENT;

    indent(w, outer);
    begin_line(w);
    if (p->marker[0] && w->start + marker <= w->width / 2 + 1) {
        for (const char *s = p->marker; *s;) {
            uint32_t glyph;
            s += utf8_decode(s, strlen(s), &glyph);
            if (utf8_width(glyph) == 1)
                add_cells(w, glyph, 1, ROLE_TEXT);
        }
        add_cells(w, ' ', 1, ROLE_TEXT);
        indent(w, w->n);
        w->breakable = w->n;
    } else {
        indent(w, outer + marker);
        begin_line(w);
    }
    put_spans(w, p);
    end_line(w);
}

static void put_code_line(struct wrap *w, const char *s, size_t n)
{
    const int room = w->width - w->start;
    const bool fits = line_columns(s, n) <= room;
    int column = 0;

    if (!fits && w->torn && !w->tore) {
        w->tore = true;
        text_add_n(w->torn, s, n);
    }
    while (n && column < room - !fits) {
        uint32_t glyph;
        const size_t took = utf8_decode(s, n, &glyph);
        int width = utf8_width(glyph);

        s += took;
        n -= took;
        if (glyph == '\t') {
            do {
                add_cells(w, ' ', 1, ROLE_CODE);
                column++;
            } while (column % TAB_STOP && column < room - !fits);
            continue;
        }
        if (width == 0)
            continue;
        if (width < 0) {
            glyph = UTF8_BAD;
            width = 1;
        }
        if (column + width > room - !fits)
            break;
        add_cells(w, glyph, width, ROLE_CODE);
        column += width;
    }
    if (!fits) {
        while (w->n < w->width - 1)
            add_cells(w, ' ', 1, ROLE_CODE);
        add_cells(w, '>', 1, ROLE_DIM);
    }
    end_line(w);
}

/* The next line of *s, without its newline; false at the end. */
static bool next_line(const char **s, size_t *left, const char **line, size_t *n)
{
    if (!*left)
        return false;
    const char *end = memchr(*s, '\n', *left);
    *line = *s;
    *n = end ? (size_t)(end - *s) : *left;
    *left -= *n + (end != NULL);
    *s += *n + (end != NULL);
    return true;
}

static void lay_code(struct wrap *w, const struct styled_paragraph *p)
{
    const char *s = p->spans ? p->span[0].text : "", *line, *again = s;
    size_t left = p->spans ? p->span[0].len : 0, rest = left, n;
    int widest = 0;

    while (next_line(&again, &rest, &line, &n))
        if (line_columns(line, n) > widest)
            widest = line_columns(line, n);
    indent(w, depth(p) * ITEM_INDENT + CODE_INDENT);
    if (widest > w->width - w->start) /* rather at the edge than cut */
        indent(w, 0);
    begin_line(w);
    while (next_line(&s, &left, &line, &n))
        put_code_line(w, line, n);
}

static void lay_quote(struct wrap *w, const struct styled_paragraph *p)
{
    w->quotes = depth(p);
    indent(w, 2 * w->quotes);
    begin_line(w);
    put_spans(w, p);
    end_line(w);
    w->quotes = 0;
}

static void lay(struct wrap *w, const struct styled_paragraph *p)
{
    switch (p->block) {
    case STYLED_HEADING:
        lay_heading(w, p);
        return;
    case STYLED_ITEM:
        lay_item(w, p);
        return;
    case STYLED_CODEBLOCK:
        lay_code(w, p);
        return;
    case STYLED_QUOTE:
        lay_quote(w, p);
        return;
    case STYLED_RULE:
        indent(w, 0);
        begin_line(w);
        for (int i = 0; i < w->width; i++)
            add_cells(w, '-', 1, ROLE_RULE);
        end_line(w);
        return;
    case STYLED_PARAGRAPH:
    case STYLED_LINE:
        indent(w, 0);
        begin_line(w);
        put_spans(w, p);
        end_line(w);
        return;
    }
}

/* Blocks are apart by a blank line, but not the items of a list, what belongs to an item, and what
 * stands below its heading. */
static bool apart(const struct styled_paragraph *a, const struct styled_paragraph *b)
{
    if (b->block == STYLED_LINE)
        return false;
    if (a->block == STYLED_HEADING)
        return a->level <= 2;
    if (a->block == STYLED_ITEM && b->block == STYLED_ITEM)
        return !a->marker[0] || !b->marker[0];
    if (b->block == STYLED_CODEBLOCK && b->level > 0)
        return false;
    return true;
}

static void lay_all(struct wrap *w, const struct styled_text *r, int width)
{
    w->width = width > 0 ? width : 1;
    w->cell = xcalloc((size_t)w->width + 2, sizeof *w->cell);
    for (size_t i = 0; i < r->paragraphs; i++) {
        if (i && apart(&r->paragraph[i - 1], &r->paragraph[i]))
            blank(w);
        lay(w, &r->paragraph[i]);
    }
    free(w->cell);
}

int rich_draw(const struct styled_text *r, struct grid *g, struct rect in, int skip)
{
    struct wrap w = {.grid = g, .in = in, .skip = skip};

    lay_all(&w, r, in.cols);
    return w.lines;
}

void rich_to_text(const struct styled_text *r, int width, bool ascii, struct text *out)
{
    struct wrap w = {.out = out, .ascii = ascii};

    lay_all(&w, r, width);
}

bool rich_overflow(const struct styled_text *r, int width, struct text *out)
{
    struct wrap w = {.torn = out};

    lay_all(&w, r, width);
    return w.tore;
}
