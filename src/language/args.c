/* args.c - see args.h. */
#include "language/args.h"

#include "base/ascii.h"
#include "base/suggest.h"
#include "language/command.h"
#include "language/table.h"
#include "net/config.h"

#include <ctype.h>
#include <string.h>

enum { USAGE_MOST = 66 /* bytes of a usage that says every option */ };

static struct span span_of(const char *s)
{
    return (struct span){s, strlen(s)};
}

bool span_is(struct span a, const char *s)
{
    return a.n == strlen(s) && memcmp(a.s, s, a.n) == 0;
}

/* ---- reading a row's text -------------------------------------------------------------------- */

/* Cuts what stands in front of the separator, or all, off *left. */
static bool cut(struct span *left, const char *separator, struct span *piece)
{
    const size_t n = strlen(separator);
    size_t i = 0;

    if (!left->s)
        return false;
    while (i < left->n && (i + n > left->n || memcmp(left->s + i, separator, n) != 0))
        i++;
    *piece = (struct span){left->s, i};
    *left = i < left->n ? (struct span){left->s + i + n, left->n - i - n} : (struct span){NULL, 0};
    return true;
}

struct span args_of(const struct command *c)
{
    return span_of(c->args ? c->args : "");
}

bool args_form(struct span *left, struct span *form)
{
    return cut(left, " | ", form);
}

bool args_alternative(struct span *values, struct span *one)
{
    return values->n > 0 && cut(values, "|", one);
}

static size_t key_of(struct span item)
{
    size_t n = 0;

    while (n < item.n &&
           (isalpha((unsigned char)item.s[n]) || item.s[n] == '_' || item.s[n] == '-'))
        n++;
    return n < item.n && item.s[n] == '=' ? n : 0;
}

bool args_next(struct span *form, struct arg *a)
{
    struct span item, after;
    size_t key;

    if (form->n == 0 || !cut(form, " ", &item))
        return false;
    *a = (struct arg){.text = item};
    after = *form;
    if (cut(&after, " ", &a->values) && a->values.n >= 3 && memcmp(a->values.s, "...", 3) == 0) {
        a->repeated = true;
        a->text.n = (size_t)(a->values.s + a->values.n - a->text.s);
        *form = after;
    }
    a->optional = item.s[0] == '[' && a->text.s[a->text.n - 1] == ']';
    if (a->optional)
        item = (struct span){item.s + 1, item.n - (a->repeated ? 1 : 2)};
    key = key_of(item);
    if (item.n > 2 && memcmp(item.s, "--", 2) == 0) {
        a->key = (struct span){item.s + 2, item.n - 2};
        a->values = (struct span){NULL, 0};
    } else {
        a->key = (struct span){item.s, key};
        a->values = key ? (struct span){item.s + key + 1, item.n - key - 1} : item;
    }
    a->settings = span_is(a->key, "NAME");
    return true;
}

bool args_literal(struct span a)
{
    for (size_t i = 0; i < a.n; i++)
        if (!islower((unsigned char)a.s[i]) && a.s[i] != '_')
            return false;
    return a.n > 0;
}

struct span args_kind(struct span a)
{
    size_t n = 0;

    while (a.n && !isupper((unsigned char)a.s[a.n - 1]))
        a.n--;
    while (n < a.n && isupper((unsigned char)a.s[a.n - n - 1]))
        n++;
    return (struct span){a.s + a.n - n, n};
}

/* In any letters: a is in small ones. */
static bool says_so(struct span a, const char *word)
{
    size_t i = 0;

    while (i < a.n && ascii_lower(word[i]) == a.s[i])
        i++;
    return i == a.n && !word[i];
}

int args_find(struct span values, const char *word)
{
    struct span one;

    for (int i = 0; args_alternative(&values, &one); i++)
        if (args_literal(one) && says_so(one, word))
            return i;
    return -1;
}

/* The values of an option; a flag has no row of its own for them. */
static struct span values_of(const struct arg *a)
{
    return a->values.n || (a->key.n == 0 || a->setting) ? a->values : span_of("off|on");
}

void args_settle(const struct arg *a, char *key, char *value)
{
    struct span left = values_of(a), one;

    if (key)
        memcpy(key, a->key.s, a->key.n);
    while (value && args_alternative(&left, &one))
        if (args_literal(one) && says_so(one, value))
            memcpy(value, one.s, one.n);
}

struct span args_meant(const struct command *c, const char *first)
{
    struct span left = args_of(c), form, start, meant;
    struct arg a;

    args_form(&left, &meant);
    while (first && args_form(&left, &form)) {
        start = form;
        if (args_next(&form, &a) && args_find(a.values, first) >= 0)
            return start;
    }
    return meant;
}

/* The i-th argument of all forms. */
static bool arg_at(const struct command *c, int i, struct arg *a)
{
    struct span left = args_of(c), form;

    while (args_form(&left, &form))
        while (args_next(&form, a))
            if (i-- == 0)
                return true;
    return false;
}

bool args_take_kind(const struct command *c, const char *kind)
{
    struct span one;
    struct arg a;

    for (int i = 0; arg_at(c, i, &a); i++)
        while (a.key.n == 0 && args_alternative(&a.values, &one))
            if (span_is(args_kind(one), kind))
                return true;
    return false;
}

static bool says(const struct command *c, const char *word)
{
    struct arg a;

    for (int i = 0; arg_at(c, i, &a); i++)
        if (a.key.n == 0 && args_find(a.values, word) >= 0)
            return true;
    return false;
}

bool args_understood(const void *table, const char *word)
{
    const struct command_table *all = table;

    for (int i = 0; i < all->n; i++)
        if (ascii_same(all->command[i].name, word) || says(&all->command[i], word))
            return true;
    return false;
}

bool args_take_settings(const struct command *c)
{
    struct arg a;

    for (int i = 0; arg_at(c, i, &a); i++)
        if (a.settings)
            return true;
    return false;
}

/* ---- options --------------------------------------------------------------------------------- */

bool args_option_at(const struct command *c, int i, struct arg *a)
{
    for (int k = 0; arg_at(c, k, a); k++)
        if (a->key.n && i-- == 0)
            return true;
    *a = (struct arg){.key = span_of("format"), .values = span_of(TABLE_FORMATS)};
    return i == 0 && c->flags & CMD_TABLE;
}

bool args_option(const struct command *c, const char *key, size_t n, struct arg *a)
{
    char name[SETTING_WORD_MAX];
    const struct setting *setting = NULL;

    snprintf(name, sizeof name, "%.*s", (int)n, key);
    for (int i = 0; args_option_at(c, i, a); i++) {
        if (says_so(a->key, name) && !a->settings)
            return true;
        if (a->settings)
            setting = setting_find(&net_settings, name, NULL);
    }
    *a = (struct arg){.key = setting ? span_of(setting->name) : (struct span){key, n},
                      .setting = setting};
    return setting != NULL;
}

bool args_value(const struct arg *a, const char *value, int column, struct error *e)
{
    struct span left = values_of(a), one;
    struct text list = {0};
    bool all = !a->setting;

    if (args_find(left, value) >= 0)
        return true;
    while (args_alternative(&left, &one)) {
        all &= args_literal(one);
        text_printf(&list, "%s%.*s",
                    list.len == 0 ? ""
                    : left.s      ? ", "
                                  : " or ",
                    (int)one.n, one.s);
    }
    if (all)
        misuse(e, column, "%.*s must be %s, not '%s'", (int)a->key.n, a->key.s, list.s, value);
    text_free(&list);
    return !all;
}

/* The names of all options, each with a NUL behind it. */
static void add_keys(const struct command *c, struct text *out)
{
    struct arg a;

    for (int i = 0; args_option_at(c, i, &a); i++) {
        for (int k = 0; a.settings && k < net_settings.rows; k++)
            text_add_n(out, net_settings.row[k].name, strlen(net_settings.row[k].name) + 1);
        if (a.settings)
            continue;
        text_add_n(out, a.key.s, a.key.n);
        text_add_char(out, '\0');
    }
    text_add_char(out, '\0');
}

static const char *key_at(const void *keys, int i)
{
    const char *s = keys;

    while (*s && i-- > 0)
        s += strlen(s) + 1;
    return *s ? s : NULL;
}

/* "it takes alpha, beta and format"; the usage of a command that takes no option. */
static void add_taken(const struct command *c, struct text *out)
{
    struct arg a, next;

    if (!args_option_at(c, 0, &a)) {
        text_printf(out, c->args ? "usage: %s " : "it takes none", c->name);
        args_usage(c, out);
        return;
    }
    text_add(out, "it takes ");
    for (int i = 0; args_option_at(c, i, &a); i++) {
        if (i > 0)
            text_add(out, args_option_at(c, i + 1, &next) ? ", " : " and ");
        if (a.settings)
            text_add(out, "the network's settings");
        else
            text_add_n(out, a.key.s, a.key.n);
    }
}

bool args_unknown(const struct command *c, const char *key, const char *shown, int column,
                  struct error *e)
{
    struct text keys = {0}, taken = {0};
    const char *near;

    add_keys(c, &keys);
    near = suggest(key, key_at, keys.s);
    if (near)
        text_printf(&taken, "did you mean '%s'?", near);
    else
        add_taken(c, &taken);
    misuse(e, column, "%s has no option '%.60s': %s", c->name, shown, taken.s);
    text_free(&keys);
    text_free(&taken);
    return false;
}

/* ---- usage ----------------------------------------------------------------------------------- */

void args_usage(const struct command *c, struct text *out)
{
    struct span left = args_of(c), form;
    struct arg a;

    if (left.n <= USAGE_MOST) {
        text_add_n(out, left.s, left.n);
        return;
    }
    while (args_form(&left, &form)) {
        while (args_next(&form, &a))
            if (a.key.n == 0)
                text_printf(out, "%.*s ", (int)a.text.n, a.text.s);
        text_add(out, left.s ? "| " : "[KEY=VALUE ...]");
    }
}
