/* keys.c - see keys.h. */
#include "tui/keys.h"

#include "base/utf8.h"
#include "tui/keys_mouse.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    ESC = 0x1b,
    SEQUENCE_MAX = 64,
    COMPACT = 4096,
    SILENCES = 80, /* times that nothing came for the escape delay: who waits longer for the end
                      of a sequence waits for ever */
};

static const char paste_end[] = "\x1b[201~";

/* Finals of CSI and SS3 without parameters. The first match counts. */
static const struct {
    char introducer, final;
    const char *name;
} final_names[] = {
    {'[', 'A', "up"},   {'[', 'B', "down"},  {'[', 'C', "right"},   {'[', 'D', "left"},
    {'[', 'H', "home"}, {'[', 'F', "end"},   {'[', 'Z', "backtab"}, {'O', 'A', "up"},
    {'O', 'B', "down"}, {'O', 'C', "right"}, {'O', 'D', "left"},    {'O', 'H', "home"},
    {'O', 'F', "end"},  {'O', 'M', "enter"}, {'O', 'P', "f1"},      {'O', 'Q', "f2"},
    {'O', 'R', "f3"},   {'O', 'S', "f4"},    {'[', 'P', "f1"},      {'[', 'Q', "f2"},
    {'[', 'S', "f4"},   {'O', 'j', "*"},     {'O', 'k', "+"},       {'O', 'm', "-"},
    {'O', 'n', "."},    {'O', 'o', "/"},
};

/* CSI n ~ */
static const char *const tilde_names[] = {
    [1] = "home",     [2] = "insert", [3] = "delete", [4] = "end",  [5] = "pageup",
    [6] = "pagedown", [7] = "home",   [8] = "end",    [11] = "f1",  [12] = "f2",
    [13] = "f3",      [14] = "f4",    [15] = "f5",    [17] = "f6",  [18] = "f7",
    [19] = "f8",      [20] = "f9",    [21] = "f10",   [23] = "f11", [24] = "f12",
};

void keys_learn(struct key_reader *r, const char *sequence, const char *name)
{
    if (r->nlearned < KEY_LEARNED_MAX && sequence[0])
        r->learned[r->nlearned++] = (struct learned_key){sequence, name};
}

void keys_feed(struct key_reader *r, const char *bytes, size_t n)
{
    r->silences = 0;
    if (r->at == r->in.len) {
        text_clear(&r->in);
        r->at = 0;
    } else if (r->at > COMPACT) { /* each piece may end within a sequence */
        r->in.len -= r->at;
        memmove(r->in.s, r->in.s + r->at, r->in.len + 1);
        r->at = 0;
    }
    text_add_n(&r->in, bytes, n);
}

bool keys_waiting(const struct key_reader *r)
{
    return r->at < r->in.len || r->telling;
}

void keys_drop(struct key_reader *r)
{
    text_clear(&r->in);
    text_clear(&r->paste);
    r->at = 0;
    r->pasting = r->telling = r->escaped = false;
}

void keys_apart(struct key_reader *r)
{
    r->escaped = false;
}

void keys_free(struct key_reader *r)
{
    text_free(&r->in);
    text_free(&r->paste);
}

/* The meaning of a sequence, as far as it can be known. */
enum found { NONE, PART, WHOLE };

static enum found find_learned(const struct key_reader *r, const char *s, size_t n, size_t *len,
                               const char **name)
{
    enum found found = NONE;

    for (int i = 0; i < r->nlearned; i++) {
        const char *sequence = r->learned[i].sequence;
        size_t m = strlen(sequence);

        if (m <= n && memcmp(s, sequence, m) == 0) {
            *len = m;
            *name = r->learned[i].name;
            return WHOLE;
        }
        if (m > n && memcmp(s, sequence, n) == 0)
            found = PART;
    }
    return found;
}

/* CSI: parameters, intermediates, one final byte. The length of the sequence at s, 0 while it is
 * not whole. A byte that does not belong ends it. */
static size_t csi_length(const char *s, size_t n)
{
    size_t i = 2;

    if (n > 2 && s[2] == '[') /* the Linux console's f1 to f5: ESC [ [ A */
        return n > 3 ? 4 : 0;
    if (n > 2 && s[2] == 'M') /* the old mouse report: three bytes follow */
        return n > 5 ? 6 : 0;
    while (i < n && i < SEQUENCE_MAX && s[i] >= 0x20 && s[i] <= 0x3f)
        i++;
    if (i == n)
        return 0;
    return i + 1;
}

static void name_key(struct key *k, const char *name)
{
    snprintf(k->name, sizeof k->name, "%s", name);
}

static void csi_key(struct key_reader *r, struct key *k, const char *s, size_t len)
{
    char final = s[len - 1];
    long number = len > 3 ? strtol(s + 2, NULL, 10) : 0;
    bool plain = strspn(s + 2, "0123456789") == len - 3;

    if (final == '~' && plain && number == 200) {
        r->pasting = true;
        text_clear(&r->paste);
    } else if (s[2] == '[' && final >= 'A' && final <= 'E') {
        snprintf(k->name, sizeof k->name, "f%d", final - 'A' + 1);
    } else if (s[2] == '<' || (s[2] == 'M' && len == 6)) {
        keys_mouse(k, s, len);
    } else if (final == 'R' && number > 1 && sscanf(s, "\x1b[%5d;%5d", &k->row, &k->col) == 2) {
        k->kind = KEY_CURSOR; /* in row 1 it would be a key, f3 with another one held */
        k->row--;
        k->col--;
    } else if (final == '~' && plain && number > 0 &&
               number < (long)(sizeof tilde_names / sizeof *tilde_names) && tilde_names[number]) {
        name_key(k, tilde_names[number]);
    } else if (len == 3) {
        for (size_t i = 0; i < sizeof final_names / sizeof *final_names && !k->name[0]; i++)
            if (final_names[i].introducer == '[' && final_names[i].final == final)
                name_key(k, final_names[i].name);
    }
}

/* OSC: text up to BEL or ESC \, searched for in s from `from` on. Its length, 0 while its end has
 * not come. */
static size_t osc_length(const char *s, size_t n, size_t from)
{
    for (size_t i = from; i < n; i++) {
        if (s[i] == '\a' || (s[i] == '\\' && i == 0)) /* its ESC came before */
            return i + 1;
        if (s[i] == ESC) /* "ESC \", or another sequence that cuts this one short */
            return i + 1 == n ? 0 : s[i + 1] == '\\' ? i + 2 : i;
    }
    return 0;
}

/* ESC ] and a number; without one it is alt-]. */
static bool is_report(const char *s, size_t n)
{
    return n > 2 && s[0] == ESC && s[1] == ']' && s[2] >= '0' && s[2] <= '9';
}

/* OSC 11 ; rgb:R/G/B, each of one to four hexadecimal digits. */
static void background_key(struct key *k, const char *s)
{
    unsigned part[3];
    int from[3], to[3];
    double weight[] = {0.299, 0.587, 0.114}, light = 0;

    if (sscanf(s, "\x1b]11;rgb:%n%4x%n/%n%4x%n/%n%4x%n", &from[0], &part[0], &to[0], &from[1],
               &part[1], &to[1], &from[2], &part[2], &to[2]) != 3)
        return;
    for (int i = 0; i < 3; i++)
        light += weight[i] * part[i] / ((1 << 4 * (to[i] - from[i])) - 1);
    k->kind = KEY_BACKGROUND;
    k->light = light > 0.5;
}

/* A report, or the rest of one whose beginning came alone: none of it is a key. Returns how much of
 * it is done with; 0: more must come. */
static size_t take_report(struct key_reader *r, struct key *k, const char *s, size_t n, bool late)
{
    size_t len = osc_length(s, n, r->telling ? 0 : 2);

    if (len > 0 && !r->telling)
        background_key(k, s);
    if (len > 0) {
        r->telling = false;
        return len;
    }
    if (!r->telling && !late && n <= SEQUENCE_MAX)
        return 0;
    r->telling = true;
    r->silences = 0;
    return s[n - 1] == ESC && !late ? n - 1 : n; /* it may be half of the end */
}

static void ss3_key(struct key *k, char final)
{
    for (size_t i = 0; i < sizeof final_names / sizeof *final_names && !k->name[0]; i++)
        if (final_names[i].introducer == 'O' && final_names[i].final == final)
            name_key(k, final_names[i].name);
    if (k->name[0] && !k->name[1]) /* the keypad's characters */
        memcpy(k->bytes, k->name, 2);
}

static size_t plain_key(struct key *k, const char *s, size_t n, bool late)
{
    static const struct {
        char byte;
        const char *name;
    } control[] = {{'\t', "tab"},  {'\r', "enter"},     {'\n', "enter"},
                   {' ', "space"}, {'\b', "backspace"}, {0x7f, "backspace"}};
    uint32_t cp;
    size_t len;

    for (size_t i = 0; i < sizeof control / sizeof *control; i++)
        if (s[0] == control[i].byte) {
            name_key(k, control[i].name);
            return 1;
        }
    if ((unsigned char)s[0] < ' ') {
        if (s[0] >= 1 && s[0] <= 26)
            snprintf(k->name, sizeof k->name, "ctrl-%c", 'a' + s[0] - 1);
        return 1;
    }
    len = utf8_decode(s, n, &cp);
    if (cp == UTF8_BAD) {
        bool begun = (unsigned char)s[0] >= 0xC2 && n < UTF8_MAX;

        for (size_t i = 1; i < n; i++)
            begun &= ((unsigned char)s[i] & 0xC0) == 0x80;
        if (len == 1 && begun && !late)
            return 0; /* the rest of the character is on its way */
        return len;
    }
    if (utf8_width(cp) >= 0) {
        memcpy(k->name, s, len);
        k->name[len] = '\0';
    }
    return len;
}

/* How much of a sequence that is cut is done with: nothing, as its rest may be long on its way, or
 * after so many silences all. */
static size_t give_up(struct key_reader *r, size_t n, bool late)
{
    return late && ++r->silences >= SILENCES ? n : 0;
}

/* The length of the key that begins with ESC at s; 0 while more must come. */
static size_t escape_key(struct key_reader *r, struct key *k, const char *s, size_t n, bool late)
{
    const char *name = NULL;
    size_t len = 0;
    enum found found = find_learned(r, s, n, &len, &name);

    if (found == WHOLE) {
        name_key(k, name);
        return len;
    }
    if (n == 1 || (found == PART && !late)) {
        if (!late)
            return 0;
        name_key(k, "escape");
        r->escaped = true;
        return n;
    }
    if (s[1] == '[') {
        len = csi_length(s, n);
        if (len == 0)
            return give_up(r, n, late);
        csi_key(r, k, s, len);
        return len;
    }
    if (s[1] == ']' && n == 2)
        return give_up(r, n, late);
    if (s[1] == 'O') {
        if (n == 2)
            return give_up(r, n, late);
        ss3_key(k, s[2]);
        return 3;
    }
    if (s[1] == ESC) { /* the first one stands alone */
        name_key(k, "escape");
        return 1;
    }
    /* alt and a key: no name, but a line editor knows it */
    if ((unsigned char)s[1] >= 0x80) {
        size_t character = plain_key(&(struct key){0}, s + 1, n - 1, late);

        return character ? 1 + character : 0;
    }
    return 2;
}

/* After an ESC that was taken for a key, as nothing had followed it, comes what may be the rest of
 * the sequence that it began: a terminal sends no "[" or "O" without parameters or a final that
 * keys have, and no "]" without a number. WHOLE: *len of it are done with. */
static enum found find_rest(struct key_reader *r, struct key *k, const char *s, size_t n, bool late,
                            size_t *len)
{
    char whole[SEQUENCE_MAX + 2] = {ESC};
    const size_t m = n < SEQUENCE_MAX ? n : SEQUENCE_MAX;

    if (!*s || !strchr("[]O", *s) || (n > 1 && (s[1] == '[' || s[1] == ESC)))
        return NONE;
    memcpy(whole + 1, s, m);
    r->telling = is_report(whole, m + 1);
    if (*s == ']' && n > 1 && !r->telling)
        return NONE;
    *len = r->telling ? 2 : escape_key(r, k, whole, m + 1, late);
    if (*len == 0)
        return PART;
    memcpy(k->bytes, whole, *len < sizeof k->bytes ? *len : 0);
    --*len;
    return *len > 2 || n == 1 || r->telling || k->name[0] || k->kind != KEY_PRESS ? WHOLE : NONE;
}

/* Moves what has come of a paste; true when its end has come, too. */
static bool take_paste(struct key_reader *r, bool late)
{
    const char *s = r->in.s + r->at;
    size_t n = r->in.len - r->at, keep = sizeof paste_end - 2;
    const char *end = memmem(s, n, paste_end, sizeof paste_end - 1);
    size_t take = end ? (size_t)(end - s) : n > keep && !late ? n - keep : late ? n : 0;
    size_t room = PASTE_MAX_BYTES - r->paste.len;

    text_add_n(&r->paste, s, take < room ? take : room);
    r->at += take + (end ? sizeof paste_end - 1 : 0);
    return end;
}

static void finish_paste(struct key_reader *r, struct key *k)
{
    struct text clean = {0};

    for (size_t i = 0; i < r->paste.len; i++) /* terminals send a newline as the enter key */
        if (r->paste.s[i] == '\r')
            r->paste.s[i] = '\n';
    utf8_clean(&clean, text_str(&r->paste), r->paste.len, true);
    text_free(&r->paste);
    r->paste = clean;
    r->pasting = false;
    k->kind = KEY_PASTE;
}

bool keys_next(struct key_reader *r, bool late, struct key *k)
{
    if (late && r->telling && r->at == r->in.len && ++r->silences >= SILENCES)
        r->telling = false; /* its end will not come any more */
    while (r->at < r->in.len) {
        const char *s = r->in.s + r->at;
        size_t n = r->in.len - r->at, len;
        enum found rest;

        *k = (struct key){0};
        if (r->pasting) {
            if (!take_paste(r, late))
                return false;
            finish_paste(r, k);
            return true;
        }
        if (r->telling || is_report(s, n)) {
            len = take_report(r, k, s, n, late);
            r->at += len;
            if (len == 0 || k->kind != KEY_PRESS)
                return len > 0;
            continue;
        }
        rest = r->escaped ? find_rest(r, k, s, n, late, &len) : NONE;
        if (rest == PART)
            return false;
        r->escaped = false;
        if (rest == WHOLE) {
            r->at += len;
            if (k->name[0] || k->kind != KEY_PRESS)
                return true;
            continue;
        }
        *k = (struct key){0};
        len = *s == ESC ? escape_key(r, k, s, n, late) : plain_key(k, s, n, late);
        if (len == 0)
            return false;
        if (k->kind == KEY_PRESS && !k->bytes[0] && len < sizeof k->bytes)
            memcpy(k->bytes, s, len);
        r->at += len;
        if (!r->pasting && (k->name[0] || k->bytes[0] || k->kind != KEY_PRESS))
            return true;
    }
    return false;
}
