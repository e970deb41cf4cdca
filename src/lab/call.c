/* call.c - what a command's handler asks of the call that it was given. */
#include "lab/command.h"
#include "lab/record.h"

#include <math.h>
#include <string.h>

const char *call_option(const struct call *c, const char *key)
{
    const char *value = NULL; /* the last one counts, as for every program's options */

    for (int i = 0; i < c->assigns; i++)
        if (strcmp(c->assign[i].key, key) == 0)
            value = c->assign[i].value;
    return value;
}

void call_line(const struct call *c, const char *const *without, struct text *out)
{
    text_add(out, c->command->name);
    for (int i = 0; i < c->words; i++)
        line_add_word(out, c->word[i].s);
    for (int i = 0; i < c->assigns; i++) {
        struct text value = {0};
        int k = 0;

        while (without[k] && strcmp(without[k], c->assign[i].key) != 0)
            k++;
        if (without[k])
            continue;
        line_add_word(&value, c->assign[i].value);
        text_printf(out, " %s=%s", c->assign[i].key, text_str(&value));
        text_free(&value);
    }
}

bool call_stopped(struct lab *lab, const struct call *c, uint64_t trained, struct error *e)
{
    static const char *const without[] = {"epochs", "format", NULL};
    struct text line = {0};

    call_line(c, without, &line);
    lab->depth--;
    record_line(lab, "%s", text_str(&line));
    lab->depth++;
    text_free(&line);
    return lab_stopped(lab, trained, e);
}

bool call_words(const struct call *c, int least, int most, struct error *e)
{
    if (c->words < least || (most >= 0 && c->words > most))
        return misuse(e, c->words > most && most >= 0 ? c->word[most].column : -1, "usage: %s %s",
                      c->command->name, c->command->usage);
    return true;
}

bool call_only_options(const struct call *c, const char *const *keys, struct error *e)
{
    for (int i = 0; i < c->assigns; i++) {
        int k = 0;

        while (keys[k] && strcmp(keys[k], c->assign[i].key))
            k++;
        if (!keys[k])
            return misuse(e, c->assign[i].column, "%s has no setting '%s': usage: %s %s",
                          c->command->name, c->assign[i].key, c->command->name, c->command->usage);
    }
    return true;
}

void call_shift(const struct call *c, int word, struct error *e)
{
    if (e && e->column < 0)
        e->column = c->word[word].column;
    else
        expr_shift_error(e, c->word[word].column);
}

bool call_number(struct lab *lab, const struct call *c, int word, double *out, struct error *e)
{
    if (expr_number(c->word[word].s, lab->scope, out, e))
        return true;
    call_shift(c, word, e);
    return false;
}

bool call_relative(struct lab *lab, const struct call *c, int word, double now, double *out,
                   struct error *e)
{
    struct call shifted = *c;
    const char *s = c->word[word].s;
    bool relative = s[0] == '+' || s[0] == '-';
    double v;

    if (s[0] == '+' || s[0] == '=') {
        shifted.word[word].s++;
        shifted.word[word].column++;
    }
    if (!call_number(lab, &shifted, word, &v, e))
        return false;
    *out = relative ? now + v : v;
    return true;
}

bool call_int(struct lab *lab, const struct call *c, int word, int lo, int hi, int *out,
              struct error *e)
{
    double v;

    if (!call_number(lab, c, word, &v, e))
        return false;
    if (!(v >= lo && v <= hi) || v != floor(v))
        return misuse(e, c->word[word].column, "'%s' must be a whole number from %d to %d",
                      c->word[word].s, lo, hi);
    *out = (int)v;
    return true;
}
