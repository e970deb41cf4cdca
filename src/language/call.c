/* call.c - what handlers ask of their call: its words and options, and how it was written. */
#include "language/call.h"

#include "base/pasted.h"
#include "lab/observe.h"
#include "language/args.h"

#include <math.h>
#include <string.h>

/* ---- errors ---------------------------------------------------------------------------------- */

/* An error in the expression that stands at this column of the line: its own becomes one there. */
static bool wrong_at(int column, struct error *e)
{
    if (e && e->column < 0)
        e->column = column;
    else
        expr_shift_error(e, column);
    return false;
}

bool call_wrong(const struct call *c, int word, struct error *e)
{
    return wrong_at(c->word[word].column, e);
}

bool call_misused(const struct call *c, int column, struct error *e)
{
    struct text usage = {0};

    args_usage(c->command, &usage);
    misuse(e, column, "usage: %s%s%s", c->command->name, usage.len ? " " : "", text_str(&usage));
    text_free(&usage);
    return false;
}

/* ---- words ----------------------------------------------------------------------------------- */

bool call_says(const struct call *c, int word, const char *s)
{
    return word < c->words && strcmp(c->word[word].s, s) == 0;
}

bool call_choice(const struct call *c, int word, const char *what, const char *const *names,
                 int *at, struct error *e)
{
    return choice_parse(what, names, c->word[word].s, at, e) || call_wrong(c, word, e);
}

bool call_switch(const struct call *c, bool *on, struct error *e)
{
    return choice_switch(c->command->name, c->words ? c->word[0].s : "toggle", on, e) ||
           call_wrong(c, 0, e);
}

const struct activation *call_activation(struct lab *lab, const struct call *c, int word,
                                         struct error *e)
{
    const struct activation *act = functions_parse(lab->model.functions, c->word[word].s, e);

    if (!act)
        call_wrong(c, word, e);
    return act;
}

/* The next (or previous) function in the table's order, defined ones after it, round and round. */
static const struct activation *function_beside(const struct functions *all,
                                                const struct activation *now, int step)
{
    int n = 0, at = 0;

    for (; functions_at(all, n); n++)
        if (functions_at(all, n) == now)
            at = n;
    return functions_at(all, choice_beside(at, n, step)); /* there is at least one */
}

bool call_fn(struct lab *lab, const struct call *c, int word, struct fn *fn, struct error *e)
{
    const struct activation *act = call_activation(lab, c, word, e);

    if (!act)
        return false;
    *fn = act == lab->model.fn.act ? lab->model.fn : fn_default(act);
    return true;
}

bool call_function(struct lab *lab, const struct call *c, struct fn *fn, struct error *e)
{
    const int step = choice_step(c->word[0].s);
    const struct activation *act =
        step ? function_beside(lab->model.functions, lab->model.fn.act, step)
             : call_activation(lab, c, 0, e);

    if (!act)
        return false;
    *fn = fn_default(act);
    return call_parameters(lab, c, fn, e);
}

bool call_read_number(void *lab, const char *text, double *out, struct error *e)
{
    return expr_number(text, ((struct lab *)lab)->scope, out, e);
}

bool call_number(struct lab *lab, const struct call *c, int word, double *out, struct error *e)
{
    return expr_number(c->word[word].s, lab->scope, out, e) || call_wrong(c, word, e);
}

bool call_relative(struct lab *lab, const struct call *c, int word, double now, double *out,
                   struct error *e)
{
    const char *s = c->word[word].s;
    const bool relative = s[0] == '+' || pasted_minus(s), sign = s[0] == '+' || s[0] == '=';
    double v;

    if (!expr_number(s + sign, lab->scope, &v, e))
        return wrong_at(c->word[word].column + sign, e);
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

bool call_layer(struct lab *lab, const struct call *c, int word, int *out, struct error *e)
{
    if (lab->model.net.layers == 0)
        return fail(e, "the network has no hidden layer: net layers=2 gives it two");
    return call_int(lab, c, word, 1, lab->model.net.layers, out, e);
}

/* ---- options --------------------------------------------------------------------------------- */

static const struct assign *given(const struct call *c, const char *key)
{
    int i = c->assigns;

    while (i > 0 && strcmp(c->assign[i - 1].key, key) != 0)
        i--;
    return i > 0 ? &c->assign[i - 1] : NULL;
}

const char *call_option(const struct call *c, const char *key)
{
    const struct assign *a = given(c, key);

    return a ? a->value : NULL;
}

int call_option_choice(const struct call *c, const char *key, int otherwise)
{
    const char *value = call_option(c, key);
    struct arg a;

    if (!value || !args_option(c->command, key, strlen(key), &a))
        return otherwise;
    return args_find(a.values, value);
}

enum table_format call_format(const struct call *c)
{
    return (enum table_format)call_option_choice(c, "format", TABLE_TEXT);
}

bool call_flag(const struct call *c, const char *key)
{
    const char *value = call_option(c, key);

    return value && strcmp(value, "on") == 0;
}

bool call_option_int(struct lab *lab, const struct call *c, const char *key, int lo, int hi,
                     int *out, struct error *e)
{
    const struct assign *a = given(c, key);
    double v;

    if (!a)
        return true;
    if (!observe(lab, a->value, &v, e))
        return wrong_at(a->value_column, e);
    if (!(v >= lo && v <= hi) || v != floor(v))
        return misuse(e, a->value_column, "%s must be a whole number from %d to %d, not '%s'", key,
                      lo, hi, a->value);
    *out = (int)v;
    return true;
}

bool call_parameters(struct lab *lab, const struct call *c, struct fn *fn, struct error *e)
{
    for (int i = 0; i < c->assigns; i++) {
        const struct assign *a = &c->assign[i];
        const int sign = a->value[0] == '='; /* "=-1", as where -1 means "by" */
        double v;

        if (strcmp(a->key, "alpha") != 0 && strcmp(a->key, "beta") != 0)
            continue;
        if (!expr_number(a->value + sign, lab->scope, &v, e) || !fn_set_parameter(fn, a->key, v, e))
            return wrong_at(a->value_column + sign, e);
    }
    return true;
}

/* ---- written again --------------------------------------------------------------------------- */

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

void call_quote_option(struct text *line, const char *key, size_t n, const char *value)
{
    struct text quoted = {0};

    call_quote(&quoted, value);
    text_printf(line, " %.*s=%s", (int)n, key, text_str(&quoted));
    text_free(&quoted);
}

bool call_stopped(struct lab *lab, const struct call *c, uint64_t trained, struct error *e)
{
    struct text line = {0};
    int rest = c->words;

    text_add(&line, c->command->name);
    for (int i = 0; i < c->words; i++)
        call_quote(&line, c->word[i].s);
    for (int i = 0; i < c->assigns; i++) {
        const struct assign *a = &c->assign[i];

        if (!setting_find(&net_settings, a->key, NULL))
            continue;
        call_quote_option(&line, a->key, strlen(a->key), a->value);
        rest++;
    }
    lab_stopped(lab, rest ? text_str(&line) : NULL, trained, e);
    text_free(&line);
    return false;
}
