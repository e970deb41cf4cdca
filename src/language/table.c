/* table.c - see table.h. CSV as in RFC 4180 (lines end in CR LF there), TSV with \t \n \\ escaped,
 * JSON an array of objects, a row on each line. In CSV a text that begins as a formula has a ' in
 * front (OWASP, "CSV Injection"). */
#include "language/table.h"

#include "base/json.h"
#include "base/number.h"
#include "base/utf8.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void put_json(FILE *out, const char *s)
{
    struct text quoted = {0};

    json_quote(&quoted, s);
    fputs(text_str(&quoted), out);
    text_free(&quoted);
}

/* True of a text that a spreadsheet would run instead of show. */
static bool is_formula(const char *s)
{
    char *end;

    if (!*s || !strchr("=+-@\t\r", *s))
        return false;
    (void)strtod(s, &end);
    return *end != '\0';
}

static void put_csv(FILE *out, const char *s)
{
    if (!s[strcspn(s, ",\"\r\n")]) {
        fputs(s, out);
        return;
    }
    putc('"', out);
    for (; *s; s++) {
        if (*s == '"')
            putc('"', out);
        putc(*s, out);
    }
    putc('"', out);
}

static void put_tsv(FILE *out, const char *s)
{
    for (; *s; s++) {
        if (*s == '\t')
            fputs("\\t", out);
        else if (*s == '\n')
            fputs("\\n", out);
        else if (*s == '\\')
            fputs("\\\\", out);
        else
            putc(*s, out);
    }
}

/* Padded to its column's width; the last one is not padded on the right. */
static void put_text(struct table *t, const char *s)
{
    int width = t->width[t->column], pad = abs(width) - utf8_columns(s);

    if (t->column)
        putc(' ', t->out);
    if (width > 0 && pad > 0)
        fprintf(t->out, "%*s", pad, "");
    fputs(s, t->out);
    if (width < 0 && pad > 0 && t->column < t->columns - 1)
        fprintf(t->out, "%*s", pad, "");
}

/* One cell; `word`: it is text, not a number. */
static void put(struct table *t, const char *s, bool word)
{
    struct text clean = {0};

    if (word) {
        if (t->format == TABLE_CSV && is_formula(s)) /* what follows ' is shown as it is */
            text_add_char(&clean, '\'');
        utf8_clean(&clean, s, strlen(s), t->format != TABLE_TEXT);
        s = text_str(&clean);
    }
    switch (t->format) {
    case TABLE_TEXT:
        put_text(t, s);
        break;
    case TABLE_CSV:
        if (t->column)
            putc(',', t->out);
        put_csv(t->out, s);
        break;
    case TABLE_TSV:
        if (t->column)
            putc('\t', t->out);
        put_tsv(t->out, s);
        break;
    case TABLE_JSON:
        if (t->column == 0)
            fputs(t->row ? ",\n {" : "\n {", t->out);
        else
            fputs(", ", t->out);
        put_json(t->out, t->name[t->column]);
        fputs(": ", t->out);
        if (word)
            put_json(t->out, s);
        else
            fputs(s, t->out);
        break;
    }
    text_free(&clean);
    if (++t->column < t->columns)
        return;
    t->column = 0;
    t->row++;
    fputs(t->format == TABLE_JSON ? "}" : t->format == TABLE_CSV ? "\r\n" : "\n", t->out);
}

void table_begin(struct table *t, FILE *out, enum table_format format, int columns,
                 const char *const *names, const int *widths)
{
    *t = (struct table){.out = out, .format = format, .columns = columns, .name = names};
    t->width = widths;
    t->digits = 4;
    if (format == TABLE_JSON) {
        putc('[', out);
        return;
    }
    for (int i = 0; i < columns; i++)
        put(t, names[i], true);
    t->row = 0;
}

void table_real(struct table *t, double v)
{
    char s[NUMBER_TEXT_MAX];

    if (t->format == TABLE_TEXT)
        snprintf(s, sizeof s, isnan(v) ? "-" : "%.*g", t->digits, v);
    else if (t->format == TABLE_JSON && !isfinite(v))
        strcpy(s, "null");
    else
        number_text(s, v);
    put(t, s, false);
}

void table_share(struct table *t, double v)
{
    char s[NUMBER_TEXT_MAX];

    if (t->format != TABLE_TEXT || isnan(v)) {
        table_real(t, v);
        return;
    }
    snprintf(s, sizeof s, "%.0f%%", 100 * v);
    put(t, s, false);
}

void table_int(struct table *t, long long v)
{
    char s[32];

    snprintf(s, sizeof s, "%lld", v);
    put(t, s, false);
}

void table_word(struct table *t, const char *s)
{
    put(t, s, true);
}

void table_end(struct table *t)
{
    if (t->format == TABLE_JSON)
        fputs(t->row ? "\n]\n" : "]\n", t->out);
}
