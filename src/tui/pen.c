/* pen.c - see pen.h. */
#include "tui/pen.h"

#include "base/utf8.h"
#include "tui/terminal_private.h"

#include <curses.h>
#include <stdlib.h>
#include <string.h>
#include <term.h>

enum { WAY = 48 /* bytes for a move; no shortest one is longer */ };

/* clang-format off */
#define CAPABILITIES(X)                                                                            \
    X(cup) X(hpa) X(vpa) X(cuu) X(cud) X(cuf) X(cub) X(cuu1) X(cud1) X(cuf1) X(cub1) X(cr)         \
    X(clear) X(el) X(csr) X(sgr0) X(op) X(bold) X(dim) X(rev) X(smul) X(setaf) X(setab)            \
    X(civis) X(cnorm)
/* clang-format on */

#define MEMBER(name) const char *name;
#define READ(name)   can.name = terminal_capability(#name);

/* By their names in terminfo; "" where the terminal cannot. */
static struct {
    CAPABILITIES(MEMBER)
} can;

static struct {
    struct text *out;
    int rows, cols, row, col;
    struct attributes attributes;
    char reset[16];   /* takes all attributes off; "" where that takes more than one sequence */
    bool line_feeds;  /* move down */
    bool moves_inked; /* may move while attributes are on */
    bool scrolls;     /* when the last cell of the screen is written to */
    unsigned styles, styles_in_colour;
} pen;

/* The bits of enum style in their order: what begins a style, and its bit in "ncv", the styles that
 * cannot be had together with a colour. */
enum { STYLES = 4 };
static const unsigned without_colour[STYLES] = {32, 16, 4, 2};

static const char *style_on(int i)
{
    const char *const on[STYLES] = {can.bold, can.dim, can.rev, can.smul};

    return on[i];
}

const struct attributes no_attributes = {-1, -1, 0};

bool same_attributes(struct attributes a, struct attributes b)
{
    return a.ink == b.ink && a.paper == b.paper && a.styles == b.styles;
}

bool attributes_show_on_blanks(struct attributes a)
{
    return a.paper >= 0 || a.styles & (STYLE_REVERSE | STYLE_UNDERLINE);
}

/* ---- the terminal ---------------------------------------------------------------------------- */

/* The terminal's "sgr0" also chooses a character set, which nobody here ever changes: the part of
 * it that ECMA-48 knows is enough. */
static void find_reset(void)
{
    const char *s = strstr(can.sgr0, "\x1b[");
    size_t n = s ? 2 + strspn(s + 2, "0123456789;") : 0;

    pen.reset[0] = '\0';
    if (n && s[n] == 'm' && n + 2 <= sizeof pen.reset) {
        memcpy(pen.reset, s, n + 1);
        pen.reset[n + 1] = '\0';
    }
}

static void find_styles(void)
{
    const int ncv = tigetnum("ncv");

    pen.styles = pen.styles_in_colour = 0;
    for (int i = 0; i < STYLES; i++) {
        if (!style_on(i)[0] || tigetnum("xmc") > 0) /* it has none, or they take columns */
            continue;
        pen.styles |= 1u << i;
        if (ncv < 0 || !((unsigned)ncv & without_colour[i]))
            pen.styles_in_colour |= 1u << i;
    }
}

void pen_start(struct text *out, bool line_feeds)
{
    CAPABILITIES(READ)
    pen.out = out;
    pen.row = pen.col = -1;
    pen.line_feeds = line_feeds;
    pen.moves_inked = tigetflag("msgr") > 0;
    pen.scrolls = tigetflag("am") > 0 && tigetflag("xenl") <= 0;
    find_reset();
    find_styles();
}

struct attributes pen_showing(struct attributes a)
{
    a.styles &= a.ink < 0 && a.paper < 0 ? pen.styles : pen.styles_in_colour;
    return a;
}

int pen_row(void)
{
    return pen.row;
}

int pen_col(void)
{
    return pen.col;
}

struct attributes pen_attributes(void)
{
    return pen.attributes;
}

/* ---- bytes ----------------------------------------------------------------------------------- */

static void add(const char *s)
{
    text_add(pen.out, s);
}

/* Sequences of SGR in a row are one: "ESC [ 1 m", "ESC [ 3 3 m" are "ESC [ 1 ; 3 3 m". The first of
 * them began at `from`. */
static void add_rendition(const char *s, size_t from)
{
    struct text *out = pen.out;
    const size_t n = out->len;

    if (n == from || out->s[n - 1] != 'm' || strncmp(s, "\x1b[", 2) != 0 ||
        strcmp(s + 2 + strspn(s + 2, "0123456789;"), "m") != 0) {
        add(s);
        return;
    }
    out->len--;
    text_add(out, out->s[n - 2] == '[' ? "0;" : ";");
    text_add(out, s + 2);
}

static void add_reset(void)
{
    if (pen.reset[0]) {
        add(pen.reset);
    } else {
        add(can.op);
        add(can.sgr0);
    }
    pen.attributes = no_attributes;
}

void pen_use(struct attributes want)
{
    const struct attributes now = pen.attributes;
    const size_t from = pen.out->len;

    if (now.styles & ~want.styles || (now.ink >= 0 && want.ink < 0) ||
        (now.paper >= 0 && want.paper < 0))
        add_reset();
    for (int i = 0; i < STYLES; i++)
        if (want.styles & ~pen.attributes.styles & 1u << i)
            add_rendition(style_on(i), from);
    if (want.ink != pen.attributes.ink)
        add_rendition(tiparm(can.setaf, want.ink), from);
    if (want.paper != pen.attributes.paper)
        add_rendition(tiparm(can.setab, want.paper), from);
    pen.attributes = want;
}

/* ---- moves ----------------------------------------------------------------------------------- */

/* Keeps the shorter of two ways; "" is none. */
static void consider(char best[WAY], const char *way)
{
    const size_t n = strlen(way), shortest = strlen(best);

    if (n && n < (shortest ? shortest : WAY))
        memcpy(best, way, n + 1);
}

static void consider_steps(char best[WAY], const char *step, int n)
{
    char way[WAY] = "";

    if ((size_t)n * strlen(step) >= WAY)
        return;
    for (int i = 0; i < n; i++)
        strcat(way, step);
    consider(best, way);
}

static void consider_by(char best[WAY], const char *capability, int n)
{
    if (capability[0])
        consider(best, tiparm(capability, n));
}

static void find_row(char best[WAY], int row)
{
    const int by = row - pen.row;

    consider_by(best, can.vpa, row);
    consider_by(best, by > 0 ? can.cud : can.cuu, abs(by));
    if (by < 0 || pen.line_feeds || strcmp(can.cud1, "\n") != 0)
        consider_steps(best, by > 0 ? can.cud1 : can.cuu1, abs(by));
}

static void find_column(char best[WAY], int col)
{
    const int by = col - pen.col;
    char way[WAY] = "", rest[WAY] = "";

    consider_by(best, can.hpa, col);
    consider_by(best, by > 0 ? can.cuf : can.cub, abs(by));
    consider_steps(best, by > 0 ? can.cuf1 : can.cub1, abs(by));
    if (col > 0)
        consider_by(rest, can.cuf, col);
    if (strlen(can.cr) + strlen(rest) < WAY && (col == 0 || rest[0])) {
        strcat(strcat(way, can.cr), rest);
        consider(best, way);
    }
}

void pen_move(int row, int col)
{
    char way[2 * WAY] = "", down[WAY] = "", along[WAY] = "";
    const char *absolute;

    if (row == pen.row && col == pen.col)
        return;
    if (!pen.moves_inked)
        pen_use(no_attributes);
    if (pen.row >= 0 && row != pen.row)
        find_row(down, row);
    if (pen.row >= 0 && col != pen.col)
        find_column(along, col);
    if (pen.row >= 0 && (down[0] || row == pen.row) && (along[0] || col == pen.col))
        strcat(strcpy(way, down), along);
    absolute = tiparm(can.cup, row, col);
    add(way[0] && strlen(way) < strlen(absolute) ? way : absolute);
    pen.row = row;
    pen.col = col;
}

/* ---- writing and erasing --------------------------------------------------------------------- */

void pen_clear(int rows, int cols)
{
    pen.rows = rows;
    pen.cols = cols;
    add(can.sgr0); /* all of it: whatever ran before may have left another character set */
    add_reset();
    if (can.csr[0])
        add(tiparm(can.csr, 0, rows - 1));
    add(can.clear);
    pen.row = pen.col = 0;
}

/* A wide character may be shown in one column, and terminals differ in where they stand behind the
 * last one: the next move is to an absolute place. */
void pen_write(uint32_t glyph)
{
    char bytes[UTF8_MAX];
    int width = utf8_width(glyph);

    if (width < 1) { /* never, as grids are filled; what is no picture may be a command */
        glyph = '?';
        width = 1;
    }
    if (pen.scrolls && pen.row == pen.rows - 1 && pen.col + width >= pen.cols)
        return;
    text_add_n(pen.out, bytes, utf8_encode(glyph, bytes));
    pen.col += width;
    if (width > 1 || pen.col >= pen.cols)
        pen.row = pen.col = -1;
}

bool pen_erase_rest(void)
{
    add(can.el);
    return can.el[0];
}

void pen_show_cursor(bool show)
{
    add(show ? can.cnorm : can.civis);
}
