/* pty_screen.c - the little terminal behind pty.h: of an xterm what a full-screen program uses. */
#include "pty_screen.h"

#include "base/utf8.h"
#include "base/xalloc.h"

#include <stdlib.h>
#include <string.h>

static int clamp(int v, int lo, int hi)
{
    return v < lo ? lo : v > hi ? hi : v;
}

static void set(struct pty_screen *s, int row, int col, uint32_t glyph)
{
    const uint32_t seen = 1u << (PTY_STYLES + 4) | 1u << (PTY_STYLES + 7) | 1u << (PTY_STYLES + 9);

    row = clamp(row, 0, PTY_ROWS - 1);
    col = clamp(col, 0, PTY_COLS - 1);
    s->cell[row][col] = glyph;
    /* a blank shows paper, and of the styles but underline, reverse and strike */
    s->look[row][col] = glyph != ' ' ? s->pen : s->pen & (seen | 0x1ffu << PTY_PAPER);
}

/* What is erased keeps the paper. */
static void blank(struct pty_screen *s, int row, int from, int to)
{
    const uint32_t pen = s->pen;

    s->pen &= 0x1ffu << PTY_PAPER;
    for (int col = from; col < to; col++)
        set(s, row, col, ' ');
    s->pen = pen;
}

void pty_screen_free(struct pty_screen *s)
{
    free(s->cell);
    free(s->look);
    s->cell = s->look = NULL;
}

void pty_screen_reset(struct pty_screen *s, int rows, int cols)
{
    if (!s->cell)
        s->cell = xcalloc(PTY_ROWS, sizeof *s->cell);
    if (!s->look)
        s->look = xcalloc(PTY_ROWS, sizeof *s->look);
    s->pen = 0;
    s->rows = rows;
    s->cols = cols;
    s->top = 0;
    s->bottom = rows - 1;
    for (int row = 0; row < PTY_ROWS; row++)
        blank(s, row, 0, PTY_COLS);
    s->row = s->col = 0;
    s->pending = false;
    s->saved_row = s->saved_col = 0;
    s->saved_pen = 0;
}

static void move_rows(struct pty_screen *s, int to, int from, int n)
{
    memmove(s->cell[to], s->cell[from], (size_t)n * sizeof s->cell[0]);
    memmove(s->look[to], s->look[from], (size_t)n * sizeof s->look[0]);
}

/* Lines from..bottom move by n: up when positive. */
static void scroll(struct pty_screen *s, int from, int n)
{
    int lines = s->bottom - from + 1, by = abs(n) > lines ? lines : abs(n);

    if (n > 0) {
        move_rows(s, from, from + by, lines - by);
        for (int row = s->bottom - by + 1; row <= s->bottom; row++)
            blank(s, row, 0, PTY_COLS);
    } else {
        move_rows(s, from + by, from, lines - by);
        for (int row = from; row < from + by; row++)
            blank(s, row, 0, PTY_COLS);
    }
}

static void line_feed(struct pty_screen *s)
{
    if (s->row == s->bottom)
        scroll(s, s->top, 1);
    else if (s->row < s->rows - 1)
        s->row++;
}

static void put(struct pty_screen *s, uint32_t glyph)
{
    int width = utf8_width(glyph);

    if (width <= 0)
        return;
    if (s->pending) {
        s->col = 0;
        line_feed(s);
        s->pending = false;
    }
    set(s, s->row, s->col, glyph);
    if (width == 2)
        set(s, s->row, s->col + 1, 0);
    s->last = glyph;
    s->col += width;
    if (s->col >= s->cols) {
        s->col = s->cols - 1;
        s->pending = true;
    }
}

static void shift_cells(struct pty_screen *s, int n)
{
    int room = s->cols - s->col, by = abs(n) > room ? room : abs(n);
    int to = n > 0 ? s->col + by : s->col, from = n > 0 ? s->col : s->col + by;
    size_t size = (size_t)(room - by) * sizeof(uint32_t);

    memmove(s->cell[s->row] + to, s->cell[s->row] + from, size);
    memmove(s->look[s->row] + to, s->look[s->row] + from, size);
    if (n > 0)
        blank(s, s->row, s->col, s->col + by);
    else
        blank(s, s->row, s->cols - by, s->cols);
}

static void erase_display(struct pty_screen *s, int how)
{
    for (int row = 0; row < s->rows; row++)
        if (how == 2 || (how == 0 && row > s->row) || (how == 1 && row < s->row))
            blank(s, row, 0, PTY_COLS);
    if (how != 2)
        blank(s, s->row, how == 0 ? s->col : 0, how == 0 ? PTY_COLS : s->col + 1);
}

static void erase_line(struct pty_screen *s, int how)
{
    blank(s, s->row, how == 0 ? s->col : 0, how == 1 ? s->col + 1 : PTY_COLS);
}

/* Sets the ink or the paper. */
static void paint(struct pty_screen *s, int shift, int colour)
{
    s->pen &= ~(0x1ffu << shift);
    s->pen |= (uint32_t)(colour + 1) << shift;
}

static void colours(struct pty_screen *s, const char *parameters)
{
    int v[16] = {0}, n = 0;

    for (const char *p = parameters; p && n < 16; p = strchr(p, ';') ? strchr(p, ';') + 1 : NULL)
        v[n++] = atoi(p);
    for (int i = 0; i < n; i++) {
        if (v[i] == 0)
            s->pen = 0;
        else if (v[i] < 10)
            s->pen |= 1u << (PTY_STYLES + v[i]);
        else if (v[i] == 38 || v[i] == 48) {
            paint(s, v[i] == 38 ? 0 : PTY_PAPER, i + 2 < n ? v[i + 2] : 0);
            i += 2;
        } else if (v[i] >= 30 && v[i] < 40)
            paint(s, 0, v[i] == 39 ? -1 : v[i] - 30);
        else if (v[i] >= 40 && v[i] < 50)
            paint(s, PTY_PAPER, v[i] == 49 ? -1 : v[i] - 40);
        else if (v[i] >= 90 && v[i] < 98)
            paint(s, 0, v[i] - 90 + 8);
    }
}

static void modes(struct pty_screen *s, const char *parameters, bool on)
{
    if (strstr(parameters, "?25"))
        s->cursor_shown = on;
    if (strstr(parameters, "?1049"))
        s->alternate = on;
}

static void csi(struct pty_screen *s, char final, const char *parameters)
{
    int a = atoi(parameters), n = a > 0 ? a : 1;
    const char *second = strchr(parameters, ';');
    int b = second ? atoi(second + 1) : 0;

    if (final != 'm' && final != 'b')
        s->pending = false;
    switch (final) {
    case 'H':
        s->row = clamp(n - 1, 0, s->rows - 1);
        s->col = clamp((b > 0 ? b : 1) - 1, 0, s->cols - 1);
        break;
    case 'A':
        s->row = clamp(s->row - n, 0, s->rows - 1);
        break;
    case 'B':
        s->row = clamp(s->row + n, 0, s->rows - 1);
        break;
    case 'C':
        s->col = clamp(s->col + n, 0, s->cols - 1);
        break;
    case 'D':
        s->col = clamp(s->col - n, 0, s->cols - 1);
        break;
    case 'G':
        s->col = clamp(n - 1, 0, s->cols - 1);
        break;
    case 'd':
        s->row = clamp(n - 1, 0, s->rows - 1);
        break;
    case 'J':
        erase_display(s, a);
        break;
    case 'K':
        erase_line(s, a);
        break;
    case 'X':
        blank(s, s->row, s->col, clamp(s->col + n, 0, s->cols));
        break;
    case '@':
        shift_cells(s, n);
        break;
    case 'P':
        shift_cells(s, -n);
        break;
    case 'b':
        for (int i = 0; i < n; i++)
            put(s, s->last);
        break;
    case 'L':
        scroll(s, s->row, -n);
        break;
    case 'M':
        scroll(s, s->row, n);
        break;
    case 'S':
        scroll(s, s->top, n);
        break;
    case 'T':
        scroll(s, s->top, -n);
        break;
    case 'r':
        s->top = clamp(n - 1, 0, s->rows - 1);
        s->bottom = b > 0 ? clamp(b - 1, 0, s->rows - 1) : s->rows - 1;
        s->row = s->col = 0;
        break;
    case 'm':
        colours(s, parameters);
        break;
    case 'h':
    case 'l':
        modes(s, parameters, final == 'h');
        break;
    default: /* a stack of titles: nothing that is seen here */
        break;
    }
}

/* The length of the escape sequence at p; 0 when it is cut. */
static size_t escape(struct pty_screen *s, const char *p, size_t n)
{
    char parameters[64];
    size_t i = 2;

    if (n < 2)
        return 0;
    if (p[1] == ']') {
        if (n > 2 && p[2] == 'R') /* the Linux console's palette */
            return 3;
        for (i = 2; i < n; i++) /* up to BEL or ESC \ */
            if (p[i] == '\a' || (p[i] == '\\' && p[i - 1] == '\x1b'))
                return i + 1;
        return 0;
    }
    if (p[1] == '(' || p[1] == ')')
        return n < 3 ? 0 : 3;
    if (p[1] == 'M') {
        if (s->row == s->top)
            scroll(s, s->top, -1);
        else
            s->row = clamp(s->row - 1, 0, s->rows - 1);
    }
    if (p[1] == '7') {
        s->saved_row = s->row;
        s->saved_col = s->col;
        s->saved_pen = s->pen;
    } else if (p[1] == '8') {
        s->row = clamp(s->saved_row, 0, s->rows - 1);
        s->col = clamp(s->saved_col, 0, s->cols - 1);
        s->pen = s->saved_pen;
        s->pending = false;
    }
    if (p[1] != '[')
        return 2;
    while (i < n && p[i] >= 0x20 && p[i] <= 0x3f)
        i++;
    if (i == n)
        return 0;
    if (i - 2 < sizeof parameters) {
        memcpy(parameters, p + 2, i - 2);
        parameters[i - 2] = '\0';
        csi(s, p[i], parameters);
    }
    return i + 1;
}

size_t pty_screen_feed(struct pty_screen *s, const char *p, size_t n)
{
    size_t done = 0;

    while (done < n) {
        const char *c = p + done;
        size_t left = n - done, took = 1;
        uint32_t cp;

        if (*c == 0x1b) {
            took = escape(s, c, left);
            if (took == 0)
                break;
        } else if (*c == '\r') {
            s->col = 0;
            s->pending = false;
        } else if (*c == '\n') {
            line_feed(s);
            s->pending = false;
        } else if (*c == '\b') {
            s->col = clamp(s->col - 1, 0, s->cols - 1);
            s->pending = false;
        } else if (*c == '\t') {
            s->col = clamp((s->col / 8 + 1) * 8, 0, s->cols - 1);
        } else if ((unsigned char)*c >= ' ') {
            took = utf8_decode(c, left, &cp);
            if (cp == UTF8_BAD && left < UTF8_MAX)
                break; /* cut */
            put(s, cp);
        }
        done += took;
    }
    return done;
}
