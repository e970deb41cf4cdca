/* setting.c - see setting.h. */
#include "base/setting.h"

#include "base/ascii.h"
#include "base/choice.h"
#include "base/number.h"
#include "base/pasted.h"
#include "base/suggest.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *row_name(const void *context, int i)
{
    const struct setting_table *t = context;

    return i < t->rows ? t->row[i].name : NULL;
}

const struct setting *setting_find(const struct setting_table *t, const char *name, struct error *e)
{
    const char *near;

    for (int i = 0; i < t->rows; i++)
        if (ascii_same(t->row[i].name, name))
            return &t->row[i];
    near = suggest(name, row_name, t);
    if (near)
        misuse(e, -1, "no %s '%s': did you mean '%s'?", t->what, name, near);
    else
        misuse(e, -1, "no %s '%s': choose one of %s ... %s", t->what, name, t->row[0].name,
               t->row[t->rows - 1].name);
    return NULL;
}

static bool plain_number(void *context, const char *text, double *out, struct error *e)
{
    char *end;

    (void)context;
    *out = strtod(text, &end);
    if (end == text || *end)
        return misuse(e, -1, "'%s' is not a number", text);
    return true;
}

static void *field(const struct setting *s, void *values)
{
    return (char *)values + s->offset;
}

static const void *const_field(const struct setting *s, const void *values)
{
    return (const char *)values + s->offset;
}

static double number_of(const struct setting *s, const void *values)
{
    const void *p = const_field(s, values);

    switch (s->type) {
    case SETTING_INT:
        return *(const int *)p;
    case SETTING_SEED:
        return (double)*(const uint64_t *)p;
    default:
        return *(const double *)p;
    }
}

enum { DIGITS = 7 /* of a bound, at least: 1000000 */ };

/* Bounds and what is beyond them, with all digits that tell them from each other. */
static bool out_of_range(const struct setting *s, const char *kind, double v, struct error *e)
{
    char min[NUMBER_TEXT_MAX], max[NUMBER_TEXT_MAX], got[NUMBER_TEXT_MAX];

    return misuse(e, -1, "%s must be%s from %s to %s, not %s", s->name, kind,
                  number_shortest(min, s->min, DIGITS), number_shortest(max, s->max, DIGITS),
                  number_shortest(got, v, 9));
}

static bool set_number(const struct setting *s, void *values, const char *text,
                       setting_number *read, void *context, struct error *e)
{
    bool relative = text[0] == '+' || pasted_minus(text), absolute = text[0] == '=';
    double v;

    if (s->choices && ascii_same(text + absolute, s->choices[0]))
        v = relative = 0;
    else if (!(read ? read : plain_number)(context, text + (absolute || text[0] == '+'), &v, e))
        return false;
    if (relative)
        v += number_of(s, values);
    if (isnan(v) || v < s->min || v > s->max)
        return out_of_range(s, "", v, e);
    if (s->type == SETTING_REAL) {
        *(double *)field(s, values) = v;
        return true;
    }
    if (v != floor(v))
        return out_of_range(s, " a whole number", v, e);
    if (s->type == SETTING_INT)
        *(int *)field(s, values) = (int)v;
    else
        *(uint64_t *)field(s, values) = (uint64_t)v;
    return true;
}

/* The choice's own word for one of its others. */
static const char *own_word(const struct setting *s, const char *word)
{
    for (const char *const *also = s->also; also && *also; also += 2)
        if (ascii_same(also[0], word))
            return also[1];
    return word;
}

int setting_choice(const struct setting *s, const char *word)
{
    return s->type == SETTING_CHOICE ? choice_find(s->choices, own_word(s, word)) : -1;
}

bool setting_set(const struct setting *s, void *values, const char *text, setting_number *read,
                 void *context, struct error *e)
{
    switch (s->type) {
    case SETTING_BOOL:
        return choice_switch(s->name, text, field(s, values), e);
    case SETTING_CHOICE:
        return choice_parse(s->name, s->choices, own_word(s, text), field(s, values), e);
    case SETTING_WORD:
        if (strlen(text) >= SETTING_WORD_MAX)
            return misuse(e, -1, "%s takes at most %d bytes", s->name, SETTING_WORD_MAX - 1);
        strcpy(field(s, values), text);
        return true;
    case SETTING_INT:
    case SETTING_SEED:
    case SETTING_REAL:
        return set_number(s, values, text, read, context, e);
    }
    return false;
}

void setting_get(const struct setting *s, const void *values, struct text *out)
{
    const void *p = const_field(s, values);
    char shortest[NUMBER_TEXT_MAX];

    switch (s->type) {
    case SETTING_BOOL:
        text_add(out, *(const bool *)p ? "on" : "off");
        return;
    case SETTING_CHOICE:
        text_add(out, s->choices[*(const int *)p]);
        return;
    case SETTING_WORD:
        text_add(out, p);
        return;
    case SETTING_INT:
    case SETTING_SEED:
    case SETTING_REAL:
        if (s->choices && number_of(s, values) == 0)
            text_add(out, s->choices[0]);
        else
            text_add(out, number_shortest(shortest, number_of(s, values), 6));
        return;
    }
}

bool setting_is_number(const struct setting *s)
{
    return s->type == SETTING_INT || s->type == SETTING_SEED || s->type == SETTING_REAL;
}

void setting_range(const struct setting *s, struct text *out)
{
    char min[NUMBER_TEXT_MAX], max[NUMBER_TEXT_MAX];

    if (setting_is_number(s))
        text_printf(out, "from %s to %s%s", number_shortest(min, s->min, DIGITS),
                    number_shortest(max, s->max, DIGITS), s->choices ? " or " : "");
    else if (s->type == SETTING_BOOL)
        text_add(out, "on or off");
    if (s->choices)
        choice_list(s->choices, out);
    for (const char *const *also = s->also; also && *also; also += 2)
        text_printf(out, "%s%s is %s", also == s->also ? "; " : ", ", also[0], also[1]);
}

void setting_defaults(const struct setting_table *t, void *values)
{
    for (int i = 0; i < t->rows; i++) {
        char absolute[SETTING_WORD_MAX + 1] = "=";
        const struct setting *s = &t->row[i];

        strncat(absolute, s->fallback, SETTING_WORD_MAX - 1);
        setting_set(s, values, setting_is_number(s) ? absolute : s->fallback, NULL, NULL, NULL);
    }
}

bool setting_is_default(const struct setting *s, const void *values)
{
    struct text now = {0};
    bool same;

    setting_get(s, values, &now);
    same = strcmp(text_str(&now), s->fallback) == 0;
    if (!same && setting_is_number(s))
        same = number_of(s, values) == strtod(s->fallback, NULL);
    text_free(&now);
    return same;
}
