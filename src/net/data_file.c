/* data_file.c - see data.h: samples from a file of x1,x2,label lines. */
#include "net/data.h"

#include "base/pasted.h"
#include "base/plain_text.h"
#include "base/xalloc.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { CELLS = 3, CELL_MAX = 64 };

struct reading {
    const char *name;
    int line;
    char between; /* cells: ';' ',' or a tab, or ' ' for blanks; 0: not known yet */
    bool regression;
    bool numbers, minus, zero; /* a label is a number; -1; 0 */
    char word[2][CELL_MAX];
    int words; /* labels that are words */
    struct error *e;
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* The first of the usual separators that is in the line. */
static char separator(const char *s, const char *end)
{
    for (const char *c = ";,\t"; *c; c++)
        if (memchr(s, *c, (size_t)(end - s)))
            return *c;
    return ' ';
}

/* The cell at *s without the blanks and the quotes around it; *s is behind what ends it, NULL where
 * the line does. False if it does not fit, or a quote is not closed. */
static bool read_cell(const char **s, const char *end, char between, char out[CELL_MAX])
{
    const char *from = *s, *to;
    bool quoted;

    while (from < end && is_blank(*from) && *from != between)
        from++;
    while (between == ' ' && from < end && is_blank(*from))
        from++;
    for (to = from; to < end && *to != between && !(between == ' ' && *to == '\t');)
        to++;
    *s = to < end ? to + 1 : NULL;
    while (to > from && is_blank(to[-1]))
        to--;
    quoted = from < to && *from == '"';
    if (quoted && (to - from < 2 || to[-1] != '"'))
        return false;
    from += quoted, to -= quoted;
    if (to - from >= CELL_MAX)
        return false;
    memcpy(out, from, (size_t)(to - from));
    out[to - from] = '\0';
    return true;
}

/* True if the whole cell is a number, finite or not. A comma that parts no cells is a decimal one.
 */
static bool read_number(char *cell, char between, float *v)
{
    const size_t minus = pasted_minus(cell);
    char *comma = between == ',' ? NULL : strchr(cell, ','), *stop;

    if (comma)
        *comma = '.';
    if (minus > 1)
        *(cell += minus - 1) = '-';
    *v = strtof(cell, &stop);
    return stop > cell && stop[strspn(stop, " \t")] == '\0';
}

static bool read_word(struct reading *r, const char *cell, float *y)
{
    int i = 0;

    while (i < r->words && strcmp(r->word[i], cell) != 0)
        i++;
    if (i == 2)
        return fail(r->e, "%s, line %d: '%s' is a third label, beside '%s' and '%s'", r->name,
                    r->line, cell, r->word[0], r->word[1]);
    if (i == r->words)
        strcpy(r->word[r->words++], cell);
    *y = (float)i;
    return true;
}

/* Labels are all 0 and 1, or all -1 and 1; a regression takes any. */
static bool check_label(struct reading *r, float y)
{
    r->numbers = true;
    r->minus |= y == -1;
    r->zero |= y == 0;
    if (r->minus && r->zero && !r->regression)
        return fail(r->e, "%s, line %d: labels are 0 and 1, or -1 and 1, not all three", r->name,
                    r->line);
    return r->regression || y == 0 || fabsf(y) == 1 ||
           fail(r->e, "%s, line %d: the label is %g, not 0 or 1 (loss=squared takes any number)",
                r->name, r->line, (double)y);
}

static bool read_row(struct reading *r, const char *s, const char *end, float v[CELLS])
{
    static const char *const column[CELLS] = {"x1", "x2", "the label"};
    char cell[CELL_MAX];

    for (int i = 0; i < CELLS; i++) {
        const bool last = i == CELLS - 1;

        if (!s || !read_cell(&s, end, r->between, cell) || (last && s))
            break;
        if (read_number(cell, r->between, &v[i])) {
            if (!isfinite(v[i]))
                return fail(r->e, "%s, line %d: %s is %s, not a finite number", r->name, r->line,
                            column[i], cell);
            if (last && r->words == 0)
                return check_label(r, v[i]);
        } else if (last && !r->numbers &&
                   (isalpha((unsigned char)*cell) || (unsigned char)*cell >= 0x80)) {
            return read_word(r, cell, &v[i]);
        } else {
            break;
        }
    }
    return fail(r->e,
                "%s, line %d: expected three numbers separated by commas: x1,x2,label (or by "
                "semicolons, tabs or blanks)",
                r->name, r->line);
}

static bool is_empty(const char *s, const char *end)
{
    while (s < end && is_blank(*s))
        s++;
    return s == end || *s == '#';
}

/* True if a line names columns: there is a letter in it, and no cell is a number. */
static bool is_heading(const char *s, const char *end)
{
    const char between = separator(s, end);
    bool letters = false;

    while (s) {
        char cell[CELL_MAX];
        float v;

        if (!read_cell(&s, end, between, cell))
            continue;
        if (read_number(cell, between, &v))
            return false;
        for (const char *c = cell; *c; c++)
            letters |= isalpha((unsigned char)*c) || (unsigned char)*c >= 0x80;
    }
    return letters;
}

/* Labels as they came become 0 and 1: of -1 and 1 the lower, of words the first in the alphabet. */
static void settle_labels(const struct reading *r, struct net_sample *sample, int n)
{
    const bool turned = r->words == 2 && strcmp(r->word[0], r->word[1]) > 0;

    for (int i = 0; i < n; i++)
        if (turned)
            sample[i].y = 1 - sample[i].y;
        else if (r->minus && !r->regression)
            sample[i].y = sample[i].y > 0 ? 1.0F : 0.0F;
}

static bool read_lines(struct reading *r, const char *text, const char *end, struct dataset *out)
{
    const char *stop;
    bool first = true;
    size_t cap = 0;

    for (; text < end; text = stop + 1) {
        float v[CELLS];
        const char *last;

        stop = memchr(text, '\n', (size_t)(end - text));
        if (!stop)
            stop = end;
        r->line++;
        if (is_empty(text, stop))
            continue;
        for (last = stop; is_blank(last[-1]);)
            last--;
        if (first) {
            first = false;
            if (is_heading(text, last))
                continue;
        }
        if (!r->between)
            r->between = separator(text, last);
        if (!read_row(r, text, last, v))
            return false;
        if (out->n == DATA_MAX_SAMPLES)
            return fail(r->e, "%s, line %d: more than %d samples", r->name, r->line,
                        DATA_MAX_SAMPLES);
        out->sample = xgrow(out->sample, &cap, (size_t)out->n + 1, sizeof *out->sample);
        out->sample[out->n++] = (struct net_sample){v[0], v[1], v[2]};
    }
    if (out->n < 2)
        return fail(r->e, "%s: at least 2 lines of x1,x2,label are needed, not %d", r->name,
                    out->n);
    return true;
}

bool dataset_parse(const char *name, const char *text, size_t n, bool regression,
                   struct dataset *out, struct error *e)
{
    struct reading r = {.name = name, .regression = regression, .e = e};
    const int before = out->n;
    struct text plain = {0};
    bool ok;

    text_add_n(&plain, text, n);
    plain_text(&plain, 0);
    ok = read_lines(&r, text_str(&plain), text_str(&plain) + plain.len, out);
    settle_labels(&r, out->sample + before, out->n - before);
    text_free(&plain);
    return ok;
}
