/* define.c - see functions.h: reading a definition.
 *
 * A name stands for what it meant when it was used: a function calls those that were defined before
 * it, so there is no recursion, and a later definition of the same name changes none that was made
 * before. */
#include "base/ascii.h"
#include "base/xalloc.h"
#include "expr/expr_shape.h"
#include "expr/functions_private.h"

#include <stdlib.h>
#include <string.h>

/* The functions that an expression in a definition may call. */
struct inside {
    const struct functions *all;
    const char *defining; /* NULL: it has no name */
    bool recursive;       /* it asked for itself */
};

static const struct activation *inside_function(void *context, const char *name)
{
    struct inside *in = context;
    const struct defined *d;

    if (in->defining && strcmp(name, in->defining) == 0) {
        in->recursive = true;
        return NULL;
    }
    d = functions_named(in->all, name);
    return d ? &d->act : NULL;
}

static const char *inside_candidate(const void *context, int i)
{
    const struct inside *in = context;
    const struct activation *act = functions_at(in->all, activation_count + i);

    return act ? act->name : NULL;
}

static struct expr *parse_inside(struct functions *all, const char *defining, const char *variable,
                                 const char *text, size_t n, struct error *e)
{
    struct inside in = {all, defining, false};
    struct expr_scope scope = {NULL, NULL, inside_function, inside_candidate, &in};
    struct expr *expr;

    if (all->most && all->rows >= all->most) {
        fail(e, "this session can hold at most %zu functions", all->most);
        return NULL;
    }
    if (all->bytes && n > all->bytes) {
        misuse(e, -1, "the function has %zu bytes: this session allows at most %zu", n, all->bytes);
        return NULL;
    }
    expr = expr_parse(text, n, variable, &scope, e);
    if (in.recursive && e)
        misuse(e, e->column,
               "%s calls itself at column %d: it can use only functions defined before it",
               defining, e->column + 1);
    if (expr && all->operations && expr_cost(expr) > all->operations) {
        misuse(e, -1,
               "the function takes %zu operations, with those of all functions it calls: this "
               "session allows at most %zu",
               expr_cost(expr), all->operations);
        expr_free(expr);
        return NULL;
    }
    return expr;
}

/* How the rows of definitions are evaluated. */

static struct dual own_at(const struct activation *self, double x, double alpha, double beta)
{
    return expr_eval(self->expr, x, alpha, beta);
}

static struct dual own_side(const struct activation *self, double x, double alpha, double beta,
                            int side)
{
    return expr_side(self->expr, x, alpha, beta, side);
}

static int own_breaks(const struct activation *self, double alpha, double beta,
                      struct fn_break out[FN_MAX_BREAKS])
{
    return expr_breaks(self->expr, alpha, beta, out);
}

static struct fn_shape own_shape(const struct activation *self, double alpha, double beta)
{
    return expr_shape(self->expr, alpha, beta);
}

static const struct fn_own own = {own_at, own_side, own_breaks, own_shape};

static struct fn_parameter parameter(const struct expr *expr, const char *name)
{
    struct fn_parameter p = {0};

    if (expr_uses(expr, name)) {
        p = (struct fn_parameter){.fallback = 1, .min = -100, .max = 100, .step = 0.05};
        p.meaning = "as the definition uses it";
    }
    return p;
}

/* Takes expr, formula, and text, which is NULL for what has a name. */
static const struct activation *add(struct functions *all, const char *name, struct expr *expr,
                                    char *formula, char *text)
{
    struct defined *d = xcalloc(1, sizeof *d);
    const char *hint = expr_hint(expr);

    strncpy(d->name, name, sizeof d->name - 1);
    d->expr = expr;
    d->formula = formula;
    d->text = text;
    d->hidden = text != NULL;
    d->act = (struct activation){
        .name = d->name,
        .formula = d->formula,
        .derivative = "exact: carried through every operation beside the value",
        .alpha = parameter(expr, "alpha"),
        .beta = parameter(expr, "beta"),
        .good = "It is yours: plot it, train it, compare it",
        .flaw = hint ? hint : "Nobody has looked for it yet",
        .use = "To try an idea",
        .source = "defined here",
        .own = &own,
        .cost = expr_cost(expr),
        .expr = expr,
    };
    functions_enter(all, d);
    return &d->act;
}

/* Reading a definition. */

static bool in_word(char c)
{
    return ascii_letter(c) || ascii_digit(c);
}

static const char *skip_space(const char *s)
{
    while (ascii_space(*s))
        s++;
    return s;
}

/* The word at *s into out; *s behind it. false when there is none, or one that does not fit or
 * begins with a digit. */
static bool read_word(const char **s, char out[FN_NAME_MAX])
{
    const char *from = *s;
    size_t n;

    while (in_word(**s))
        (*s)++;
    n = (size_t)(*s - from);
    if (n == 0 || n >= FN_NAME_MAX || ascii_digit(*from))
        return false;
    memcpy(out, from, n);
    out[n] = '\0';
    return true;
}

static bool is_taken(const char *name)
{
    const char *word;

    for (int i = 0; (word = expr_builtin(i)); i++)
        if (strcmp(word, name) == 0 || (name[1] && ascii_same(word, name))) /* E is free */
            return true;
    return strcmp(name, "alpha") == 0 || strcmp(name, "beta") == 0 || activation_find(name) != NULL;
}

/* The expression as typed, but with the variable called x, since it is shown behind "f(x) = ". */
static char *formula_of(const char *text, size_t n, const char *variable)
{
    struct text out = {0};
    size_t length = strlen(variable);
    char *formula;

    for (size_t i = 0; i < n;) {
        size_t from = i;

        while (i < n && in_word(text[i]))
            i++;
        if (i == from) {
            text_add_n(&out, ascii_space(text[i]) ? " " : text + i, 1);
            i++;
        } else if (i - from == length && memcmp(text + from, variable, length) == 0) {
            text_add(&out, "x");
        } else {
            text_add_n(&out, text + from, i - from);
        }
    }
    formula = xstrdup(text_str(&out));
    text_free(&out);
    return formula;
}

/* "name(x) =" up to the expression. */
static bool read_head(const struct functions *all, const char *definition, char name[FN_NAME_MAX],
                      char variable[FN_NAME_MAX], const char **body, struct error *e)
{
    const char *s = skip_space(definition), *at = s;

    if (!read_word(&s, name))
        return misuse(e, (int)(at - definition),
                      "a definition begins with a name of at most %d letters, digits and _: "
                      "def mine(x) = x*tanh(x)",
                      FN_NAME_MAX - 1);
    if (is_taken(name) || (all->taken && all->taken(all->context, name)))
        return misuse(e, (int)(at - definition), "'%s' already has a meaning: choose another name",
                      name);
    s = skip_space(s);
    if (*s != '(')
        return misuse(e, (int)(s - definition), "'(' is missing after %s: def %s(x) = ...", name,
                      name);
    at = s = skip_space(s + 1);
    if (!read_word(&s, variable))
        return misuse(e, (int)(at - definition), "the variable is missing: def %s(x) = ...", name);
    if (is_taken(variable) || strcmp(variable, name) == 0)
        return misuse(e, (int)(at - definition),
                      "'%s' already has a meaning and cannot be the variable: def %s(x) = ...",
                      variable, name);
    s = skip_space(s);
    if (*s == ',')
        return misuse(e, (int)(s - definition),
                      "only one variable is allowed: def %s(%s) = ... may use alpha and beta, too",
                      name, variable);
    if (*s != ')')
        return misuse(e, (int)(s - definition), "')' is missing: def %s(%s) = ...", name, variable);
    s = skip_space(s + 1);
    if (*s != '=')
        return misuse(e, (int)(s - definition), "'=' is missing: def %s(%s) = ...", name, variable);
    *body = skip_space(s + 1);
    return true;
}

static size_t trimmed(const char *s)
{
    size_t n = strlen(s);

    while (n && ascii_space(s[n - 1]))
        n--;
    return n;
}

const struct activation *functions_define(struct functions *all, const char *definition,
                                          struct error *e)
{
    char name[FN_NAME_MAX], variable[FN_NAME_MAX];
    const char *body = definition;
    struct expr *expr;
    size_t n;

    if (!read_head(all, definition, name, variable, &body, e))
        return NULL;
    n = trimmed(body);
    expr = parse_inside(all, name, variable, body, n, e);
    if (!expr) {
        expr_shift_error(e, (int)(body - definition));
        return NULL;
    }
    return add(all, name, expr, formula_of(body, n, variable), NULL);
}

static void note_replaced(void *context, const struct activation *act)
{
    if (act->own)
        *(bool *)context |= ((const struct defined *)act)->hidden; /* `act` is its first member */
}

/* An unnamed one that calls what means another function by now is not that of the same text. */
static bool is_outdated(const struct defined *d)
{
    bool replaced = false;

    expr_each_call(d->expr, note_replaced, &replaced);
    return replaced;
}

const struct activation *functions_parse(struct functions *all, const char *text, struct error *e)
{
    const struct activation *act;
    const struct defined *same;
    char name[FN_NAME_MAX];
    struct expr *expr;
    size_t n;

    text = skip_space(text);
    n = trimmed(text);
    if (n < sizeof name) {
        memcpy(name, text, n);
        name[n] = '\0';
        act = functions_meant(all, name, NULL);
        if (act)
            return act;
    }
    same = functions_of_text(all, text);
    if (same && !is_outdated(same))
        return &same->act;
    expr = parse_inside(all, NULL, "x", text, n, e);
    return expr ? add(all, "", expr, formula_of(text, n, "x"), xstrdup(text)) : NULL;
}

const struct activation *functions_now(struct functions *all, const struct activation *act)
{
    const struct defined *d = (const struct defined *)act; /* `act` is its first member, if it is */

    if (act->name[0])
        return functions_find(all, act->name, NULL);
    return is_outdated(d) ? functions_parse(all, d->text, NULL) : act;
}
