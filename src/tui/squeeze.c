/* squeeze.c - see squeeze.h. */
#include "tui/squeeze.h"

#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ESC = 0x1b, SHIFT_IN = 0x0f, PALETTE = 1000, SHOWS_ON_BLANKS = 1 << 4 | 1 << 7 | 1 << 9 };

/* ---- looks ----------------------------------------------------------------------------------- */

static bool same_look(const struct look *a, const struct look *b)
{
    return a->known && b->known && a->ink == b->ink && a->paper == b->paper &&
           a->styles == b->styles;
}

/* The n bytes of an SGR sequence's parameters, done to a look. False: one is not understood. */
static bool apply(struct look *look, const char *s, size_t n)
{
    const char *end = s + n;

    do {
        char *after = (char *)s;
        long v = s < end && *s != ';' ? strtol(s, &after, 10) : 0;

        if (v == 0)
            *look = (struct look){.known = true};
        else if (v < 10)
            look->styles |= 1u << v;
        else if ((v >= 30 && v <= 37) || (v >= 90 && v <= 97))
            look->ink = (int)v;
        else if ((v >= 40 && v <= 47) || (v >= 100 && v <= 107))
            look->paper = (int)v;
        else if (v == 39)
            look->ink = 0;
        else if (v == 49)
            look->paper = 0;
        else if ((v == 38 || v == 48) && strncmp(after, ";5;", 3) == 0)
            *(v == 38 ? &look->ink : &look->paper) = PALETTE + (int)strtol(after + 3, &after, 10);
        else if (v != 10) /* the font that there is */
            return false;
        s = after + 1;
    } while (s <= end);
    return look->known;
}

static void add_parameter(char *out, size_t size, int v)
{
    size_t n = strlen(out);

    snprintf(out + n, size - n, "%s%d", n ? ";" : "", v);
}

static void add_colour(char *out, size_t size, int v, int palette)
{
    size_t n = strlen(out);

    if (v < PALETTE)
        add_parameter(out, size, v);
    else
        snprintf(out + n, size - n, "%s%d;5;%d", n ? ";" : "", palette, v - PALETTE);
}

/* What leads from one look to another that has all of it, and more or other colours. */
static void add_change(char *out, size_t size, const struct look *from, const struct look *to)
{
    for (int i = 1; i < 10; i++)
        if (to->styles & ~from->styles & 1u << i)
            add_parameter(out, size, i);
    if (to->ink && to->ink != from->ink)
        add_colour(out, size, to->ink, 38);
    if (to->paper && to->paper != from->paper)
        add_colour(out, size, to->paper, 48);
}

static void say_look(struct squeeze *q, struct text *out)
{
    const struct look plain = {.known = true}, *now = &q->look, *want = &q->wanted;
    bool less = !now->known || now->styles & ~want->styles || (now->ink && !want->ink) ||
                (now->paper && !want->paper);
    char all[64] = "", anew[72], further[64] = "";

    if (!want->known || same_look(now, want))
        return;
    add_change(all, sizeof all, &plain, want);
    snprintf(anew, sizeof anew, "%s%s", !same_look(now, &plain) && all[0] ? "0;" : "", all);
    if (!less)
        add_change(further, sizeof further, now, want);
    text_add(out, "\x1b[");
    text_add(out, less || strlen(anew) < strlen(further) ? anew : further);
    text_add_char(out, 'm');
    q->look = *want;
}

/* Whether a blank shows nothing of the look. */
static bool unseen(const struct look *look)
{
    return look->known && !look->paper && !(look->styles & SHOWS_ON_BLANKS);
}

/* ---- places ---------------------------------------------------------------------------------- */

static bool same_place(struct place a, struct place b)
{
    return a.row == b.row && a.col == b.col;
}

static void keep_shorter(char best[32], const char *a, const char *b)
{
    if (strlen(a) + strlen(b) < strlen(best))
        strcpy(stpcpy(best, a), b);
}

static const char *repeated(char out[8], char c, int n)
{
    memset(out, c, (size_t)n);
    out[n] = '\0';
    return out;
}

static const char *sequence(char out[16], int n, char final)
{
    if (n == 1)
        snprintf(out, 16, "\x1b[%c", final);
    else
        snprintf(out, 16, "\x1b[%d%c", n, final);
    return out;
}

/* The ways to the column, each behind the way to the row. */
static void along(const struct squeeze *q, const char *down, char best[32])
{
    int by = q->to.col - q->at.col;
    char s[16], far[24];

    if (q->at.col && by == 0)
        keep_shorter(best, down, "");
    keep_shorter(best, down, sequence(s, q->to.col, 'G'));
    if (q->at.col && by > 0)
        keep_shorter(best, down, sequence(s, by, 'C'));
    if (q->at.col && by < 0)
        keep_shorter(best, down, sequence(s, -by, 'D'));
    if (q->at.col && by < 0 && by > -8)
        keep_shorter(best, down, repeated(s, '\b', -by));
    if (q->to.col == 1) {
        keep_shorter(best, down, "\r");
    } else {
        snprintf(far, sizeof far, "\r%s", sequence(s, q->to.col - 1, 'C'));
        keep_shorter(best, down, far);
    }
}

static void say_place(struct squeeze *q, struct text *out)
{
    const int by = q->to.row - q->at.row;
    const bool from_here = q->at.row && !q->bottom; /* at a margin one stops, or all scrolls */
    char best[32] = "\x1b[H", s[16];

    if (same_place(q->at, q->to))
        return;
    if (q->to.row > 1 || q->to.col > 1)
        snprintf(best, sizeof best, "\x1b[%d;%dH", q->to.row, q->to.col);
    if (q->at.row && by == 0)
        along(q, "", best);
    if (from_here && by > 0 && by < 8)
        along(q, repeated(s, '\n', by), best);
    if (from_here && by > 0)
        along(q, sequence(s, by, 'B'), best);
    if (from_here && by < 0)
        along(q, sequence(s, -by, 'A'), best);
    if (q->at.row && by != 0)
        along(q, sequence(s, q->to.row, 'd'), best);
    text_add(out, best);
    q->at = q->to;
}

/* Notes a move to the place; false where that cannot be said in another way. */
static bool move_to(struct squeeze *q, int row, int col)
{
    if (!q->moves || row < 1 || col < 1 || row > q->rows || col > q->cols)
        return false;
    q->to = (struct place){row, col};
    return true;
}

static bool move_by(struct squeeze *q, int rows, int cols)
{
    return q->to.row && q->to.col && move_to(q, q->to.row + rows, q->to.col + cols);
}

/* ---- what curses writes ---------------------------------------------------------------------- */

void squeeze_settle(struct squeeze *q, struct text *out)
{
    say_place(q, out);
    say_look(q, out);
}

void squeeze_forget(struct squeeze *q)
{
    q->look = q->wanted = q->saved = (struct look){0};
    q->at = q->to = (struct place){0};
    q->top = q->bottom = 0;
}

/* Something that is not understood, and may leave the cursor anywhere. */
static void pass(struct squeeze *q, const char *s, size_t n, struct text *out)
{
    squeeze_settle(q, out);
    text_add_n(out, s, n);
    q->at = q->to = (struct place){0};
}

/* What prints or erases here. Blanks need no ink. */
static void print(struct squeeze *q, const char *s, size_t n, bool blank, struct text *out)
{
    say_place(q, out);
    if (!blank || !unseen(&q->look) || !unseen(&q->wanted))
        say_look(q, out);
    text_add_n(out, s, n);
}

static void advance(struct squeeze *q, int cols)
{
    if (cols < 0 || !q->at.col || q->at.col + cols > q->cols + 1)
        q->at = (struct place){0};
    else
        q->at.col = q->at.col + cols > q->cols ? 0 : q->at.col + cols;
    q->to = q->at;
}

/* The length of a sequence at s that only says again what is so: ASCII as the character set, the
 * palette as it came. 0: it is something else. */
static size_t idle_length(const struct squeeze *q, const char *s, size_t n)
{
    size_t palette = q->palette ? strlen(q->palette) : 0;

    if (s[0] == SHIFT_IN)
        return 1;
    if (n >= 3 && memcmp(s, "\x1b(B", 3) == 0)
        return 3;
    if (palette && n >= palette && memcmp(s, q->palette, palette) == 0)
        return palette;
    return 0;
}

/* The length of the control sequence "ESC [ parameters final" at s; 0: it is none. */
static size_t csi_length(const char *s, size_t n)
{
    size_t i = 2;

    if (n < 3 || s[0] != ESC || s[1] != '[')
        return 0;
    while (i < n && s[i] >= 0x20 && s[i] <= 0x3f)
        i++;
    return i < n ? i + 1 : 0;
}

static void on_sgr(struct squeeze *q, const char *s, size_t n, struct text *out)
{
    if (strspn(s + 2, "0123456789;") == n - 3 && apply(&q->wanted, s + 2, n - 3)) {
        if (!q->coloured_moves)
            say_look(q, out);
        return;
    }
    say_look(q, out);
    text_add_n(out, s, n);
    q->look = q->wanted = (struct look){0};
}

static bool on_move(struct squeeze *q, const char *s, size_t n)
{
    char *after;
    int a = (int)strtol(s + 2, &after, 10),
        b = *after == ';' ? (int)strtol(after + 1, NULL, 10) : 0;

    a = a > 0 ? a : 1;
    switch (s[n - 1]) {
    case 'H':
        return move_to(q, a, b > 0 ? b : 1);
    case 'd':
        return q->to.col && move_to(q, a, q->to.col);
    case 'G':
        return q->to.row && move_to(q, q->to.row, a);
    case 'A':
        return !q->bottom && move_by(q, -a, 0);
    case 'B':
        return !q->bottom && move_by(q, a, 0);
    case 'C':
        return move_by(q, 0, a);
    case 'D':
        return move_by(q, 0, -a);
    default:
        return false;
    }
}

/* Modes of the terminal: those of the cursor's look, of keys, pastes and the mouse leave it where
 * it is; another screen, and what else there may be, does not. */
static void on_mode(struct squeeze *q, const char *s, size_t n, struct text *out)
{
    static const char *const harmless[] = {"?25", "?12",   "?1",    "?7",   "4",
                                           "34",  "?2004", "?1000", "?1006"};

    for (size_t i = 0; i < sizeof harmless / sizeof *harmless; i++)
        if (strlen(harmless[i]) == n - 3 && memcmp(s + 2, harmless[i], n - 3) == 0) {
            text_add_n(out, s, n);
            return;
        }
    pass(q, s, n, out);
}

/* The margins "ESC [ top ; bottom r". A line feed on the last row between them moves all that is
 * between them, and not the cursor. */
static void on_margins(struct squeeze *q, const char *s, size_t n, struct text *out)
{
    char *after;
    const int top = (int)strtol(s + 2, &after, 10),
              bottom = *after == ';' ? (int)strtol(after + 1, NULL, 10) : 0;

    pass(q, s, n, out);
    q->top = top > 0 ? top : 1;
    q->bottom = bottom > 0 ? bottom : q->rows;
    if (q->top == 1 && q->bottom >= q->rows)
        q->top = q->bottom = 0;
}

static void on_csi(struct squeeze *q, const char *s, size_t n, struct text *out)
{
    if (s[n - 1] == 'm') {
        on_sgr(q, s, n, out);
    } else if (s[n - 1] == 'h' || s[n - 1] == 'l') {
        on_mode(q, s, n, out);
    } else if (s[n - 1] == 'r') {
        on_margins(q, s, n, out);
    } else if (strchr("KJX@P", s[n - 1])) {
        print(q, s, n, true, out);
    } else if (s[n - 1] == 'b') { /* once more what was printed last, in the look it has */
        print(q, s, n, true, out);
        advance(q, atoi(s + 2) > 0 ? atoi(s + 2) : 1);
    } else if (!on_move(q, s, n)) {
        pass(q, s, n, out);
    }
}

static void on_control(struct squeeze *q, const char *s, struct text *out)
{
    bool done = false;

    if (*s == '\r' && q->to.row)
        done = move_to(q, q->to.row, 1);
    else if (*s == '\n')
        done = q->to.row != q->bottom && move_by(q, 1, 0);
    else if (*s == '\b')
        done = move_by(q, 0, -1);
    if (!done)
        pass(q, s, 1, out);
}

/* The length of what begins at s and is no control sequence: a character, or all up to the next
 * ESC. */
static size_t on_other(struct squeeze *q, const char *s, size_t n, struct text *out)
{
    size_t took = 1;
    uint32_t cp;

    if (*s == ESC) {
        while (took < n && s[took] != ESC)
            took++;
        pass(q, s, took, out);
        if (took > 1 && s[1] == '7')
            q->saved = q->look;
        else if (took > 1 && s[1] == '8')
            q->look = q->wanted = q->saved;
    } else if ((unsigned char)*s < ' ') {
        on_control(q, s, out);
    } else {
        took = utf8_decode(s, n, &cp);
        print(q, s, took, cp == ' ', out);
        advance(q, utf8_width(cp));
    }
    return took;
}

void squeeze(struct squeeze *q, const char *s, size_t n, struct text *out)
{
    while (n) {
        size_t idle = idle_length(q, s, n), csi = csi_length(s, n), take;

        if (idle)
            take = idle;
        else if (csi)
            on_csi(q, s, take = csi, out);
        else
            take = on_other(q, s, n, out);
        s += take;
        n -= take;
    }
    if (q->cursor)
        say_place(q, out);
}
