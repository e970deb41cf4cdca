/* call.c - what handlers ask of their call: its options and numbers, and how it was written. */
#include "lab/observe.h"
#include "language/command.h"

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

bool call_option_int(struct lab *lab, const struct call *c, const char *key, int lo, int hi,
                     int *out, struct error *e)
{
    const char *text = call_option(c, key);
    double v;

    if (!text)
        return true;
    if (!observe(lab, text, &v, e))
        return false;
    if (!(v >= lo && v <= hi) || v != floor(v))
        return misuse(e, -1, "%s must be a whole number from %d to %d, not '%s'", key, lo, hi,
                      text);
    *out = (int)v;
    return true;
}

bool call_parameters(struct lab *lab, const struct call *c, struct fn *fn, struct error *e)
{
    for (int i = 0; i < c->assigns; i++) {
        const struct assign *a = &c->assign[i];
        const char *value = a->value + (a->value[0] == '='); /* "=-1", as where -1 means "by" */
        double v;

        if (strcmp(a->key, "alpha") != 0 && strcmp(a->key, "beta") != 0)
            continue;
        if (!expr_number(value, lab->scope, &v, e) || !fn_set_parameter(fn, a->key, v, e)) {
            if (e && e->column < 0)
                e->column = a->value_column;
            return false;
        }
    }
    return true;
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

        while (keys[k] && strcmp(keys[k], c->assign[i].key) != 0)
            k++;
        if (!keys[k])
            return misuse(e, c->assign[i].column, "%s has no setting '%s': usage: %s %s",
                          c->command->name, c->assign[i].key, c->command->name, c->command->usage);
    }
    return true;
}

const struct activation *call_activation(struct lab *lab, const struct call *c, int word,
                                         struct error *e)
{
    const struct activation *act = functions_parse(lab->model.functions, c->word[word].s, e);

    if (!act)
        call_shift(c, word, e);
    return act;
}

bool call_choice(const struct call *c, int word, const char *what, const char *const *names,
                 int *at, struct error *e)
{
    if (choice_parse(what, names, c->word[word].s, at, e))
        return true;
    call_shift(c, word, e);
    return false;
}

bool call_switch(const struct call *c, bool *on, struct error *e)
{
    if (!call_words(c, 0, 1, e))
        return false;
    if (choice_switch(c->command->name, c->words ? c->word[0].s : "toggle", on, e))
        return true;
    call_shift(c, 0, e);
    return false;
}

bool call_read_number(void *lab, const char *text, double *out, struct error *e)
{
    return expr_number(text, ((struct lab *)lab)->scope, out, e);
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

void call_quote(struct text *line, const char *word)
{
    bool plain = word[0] && word[0] != '#' && word[0] != '=' && !strpbrk(word, " \t\r\n\v\f'\"\\");

    if (line->len)
        text_add_char(line, ' ');
    if (plain) {
        text_add(line, word);
        return;
    }
    text_add_char(line, '"');
    for (; *word; word++) {
        if (*word == '"' || *word == '\\')
            text_add_char(line, '\\');
        text_add_char(line, *word);
    }
    text_add_char(line, '"');
}

bool call_layer(struct lab *lab, const struct call *c, int word, int *out, struct error *e)
{
    if (lab->model.net.layers == 0)
        return fail(e, "the network has no hidden layer: net layers=2 gives it two");
    return call_int(lab, c, word, 1, lab->model.net.layers, out, e);
}

static bool is_in(const char *const *list, const char *s)
{
    for (; *list; list++)
        if (strcmp(*list, s) == 0)
            return true;
    return false;
}

int call_again(const struct call *c, const char *const *without, struct text *line)
{
    int assigns = 0;

    text_add(line, c->command->name);
    for (int i = 0; i < c->words; i++)
        call_quote(line, c->word[i].s);
    for (int i = 0; i < c->assigns; i++)
        if (!is_in(without, c->assign[i].key)) {
            struct text value = {0};

            call_quote(&value, c->assign[i].value);
            text_printf(line, " %s=%s", c->assign[i].key, text_str(&value));
            text_free(&value);
            assigns++;
        }
    return assigns;
}

bool call_stopped(struct lab *lab, const struct call *c, const char *const *without,
                  uint64_t trained, struct error *e)
{
    struct text line = {0};
    int rest = call_again(c, without, &line) + c->words;

    lab_stopped(lab, rest ? text_str(&line) : NULL, trained, e);
    text_free(&line);
    return false;
}
