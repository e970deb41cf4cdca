/* squeeze.c - see squeeze.h. */
#include "tui/squeeze.h"

#include <stdlib.h>
#include <string.h>

enum { ESC = 0x1b, SHIFT_IN = 0x0f };

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

/* The length of an SGR sequence at s, "ESC [ parameters m"; 0: it is none. */
static size_t sgr_length(const char *s, size_t n)
{
    size_t i = 2;

    if (n < 3 || s[0] != ESC || s[1] != '[')
        return 0;
    while (i < n && ((s[i] >= '0' && s[i] <= '9') || s[i] == ';'))
        i++;
    return i < n && s[i] == 'm' ? i + 1 : 0;
}

/* Parameters that begin with a reset ("", "0", "0;1"): what was before does not matter. Returns
 * what follows the reset. */
static bool resets(const char *s, size_t n, size_t *rest)
{
    *rest = 0;
    if (n == 0)
        return true;
    if (s[0] != '0' || (n > 1 && s[1] != ';'))
        return false;
    *rest = n > 1 ? 2 : 1;
    return true;
}

struct run {
    struct text parameters;
    bool any, reset;
};

static void add_run(struct run *run, const char *s, size_t n)
{
    size_t rest;

    run->any = true;
    if (resets(s, n, &rest)) {
        run->reset = true;
        text_clear(&run->parameters);
        s += rest;
        n -= rest;
    }
    if (n && run->parameters.len)
        text_add_char(&run->parameters, ';');
    text_add_n(&run->parameters, s, n);
}

static void end_run(struct squeeze *q, struct run *run, struct text *out)
{
    const char *parameters = text_str(&run->parameters);
    bool some = parameters[0] != '\0';

    if (run->any && (some || !q->plain)) {
        text_add(out, run->reset && !q->plain && some ? "\x1b[0;" : "\x1b[");
        text_add(out, parameters);
        text_add_char(out, 'm');
    }
    if (run->any)
        q->plain = (run->reset || q->plain) && !some;
    run->any = run->reset = false;
    text_clear(&run->parameters);
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

/* Copies what is neither idle nor SGR, and keeps account of the cursor's row. */
static void copy(struct squeeze *q, const char *s, size_t n, struct text *out)
{
    size_t csi = csi_length(s, n);
    char *semicolon = NULL;
    long row = csi && s[csi - 1] == 'H' ? strtol(s + 2, &semicolon, 10) : 0;

    if (row > 0 && *semicolon == ';') {
        if (q->within_rows && row == q->row) {
            text_printf(out, "\x1b[%ldG", strtol(semicolon + 1, NULL, 10));
            text_add_n(out, s + csi, n - csi);
        } else {
            text_add_n(out, s, n);
        }
        q->row = row;
    } else {
        text_add_n(out, s, n);
        if (csi ? !strchr("KXGCD@Pbhl", s[csi - 1]) : s[0] == ESC)
            q->row = 0;
    }
    if (memchr(s + csi, '\n', n - csi))
        q->row = 0;
}

void squeeze(struct squeeze *q, const char *s, size_t n, struct text *out)
{
    struct run run = {0};

    while (n) {
        size_t idle = idle_length(q, s, n), sgr = sgr_length(s, n), take = 1;

        if (idle) {
            take = idle;
        } else if (sgr) {
            add_run(&run, s + 2, sgr - 3);
            take = sgr;
        } else {
            while (take < n && s[take] != ESC && s[take] != SHIFT_IN)
                take++;
            end_run(q, &run, out);
            copy(q, s, take, out);
        }
        s += take;
        n -= take;
    }
    end_run(q, &run, out);
    text_free(&run.parameters);
}
