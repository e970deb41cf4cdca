/* functions.c - see functions.h.
 *
 * A name stands for what it meant when it was used: a function calls those that were defined before
 * it, so there is no recursion, and a later definition of the same name changes none that was made
 * before. */
#include "expr/functions.h"

#include "base/ascii.h"
#include "base/suggest.h"
#include "base/xalloc.h"
#include "expr/expr.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct defined {
    struct activation act;
    char name[FN_NAME_MAX];
    char *formula;
    char *text;  /* of an unnamed one: the expression that it was made from; else NULL */
    bool hidden; /* unnamed, or replaced by a later definition */
    struct expr *expr;
};

struct functions {
    struct defined **row; /* never moved nor freed before all are: a struct fn points to it */
    size_t rows, cap;
    size_t ahead;          /* rows behind the last one, which functions_go took back */
    struct defined **gone; /* and those that another definition has overtaken */
    size_t gones, gone_cap;
    size_t most, bytes, operations; /* 0: no limit but memory, and those of the language */
};

struct functions *functions_new(void)
{
    return xcalloc(1, sizeof(struct functions));
}

void functions_limit(struct functions *all, size_t rows, size_t bytes, size_t operations)
{
    all->most = rows;
    all->bytes = bytes;
    all->operations = operations;
}

static void free_rows(struct defined **row, size_t rows)
{
    for (size_t i = 0; i < rows; i++) {
        expr_free(row[i]->expr);
        free(row[i]->formula);
        free(row[i]->text);
        free(row[i]);
    }
    free(row);
}

void functions_free(struct functions *all)
{
    if (!all)
        return;
    free_rows(all->row, all->rows + all->ahead);
    free_rows(all->gone, all->gones);
    free(all);
}

static struct defined *find_defined(const struct functions *all, const char *name)
{
    for (size_t i = all->rows; i-- > 0;)
        if (!all->row[i]->hidden && strcmp(all->row[i]->name, name) == 0)
            return all->row[i];
    return NULL;
}

const struct activation *functions_at(const struct functions *all, int i)
{
    if (i < 0)
        return NULL;
    if (i < activation_count)
        return &activation_table[i];
    i -= activation_count;
    for (size_t k = 0; all && k < all->rows; k++)
        if (!all->row[k]->hidden && i-- == 0)
            return &all->row[k]->act;
    return NULL;
}

const struct activation *functions_same(const struct functions *all, const struct activation *act)
{
    for (size_t i = 0; act->expr && i < all->rows; i++) {
        const struct defined *d = all->row[i];

        if ((d->text || !d->hidden) && strcmp(d->name, act->name) == 0 &&
            strcmp(d->formula, act->formula) == 0 && expr_same(d->expr, act->expr))
            return &d->act;
    }
    return NULL;
}

/* Another definition comes: what was taken back will not return, but a struct fn may point to it.
 */
static void overtake(struct functions *all)
{
    all->gone = xgrow(all->gone, &all->gone_cap, all->gones + all->ahead + 1, sizeof *all->gone);
    for (size_t i = 0; i < all->ahead; i++)
        all->gone[all->gones++] = all->row[all->rows + i];
    all->ahead = 0;
}

size_t functions_mark(const struct functions *all)
{
    return all->rows;
}

/* Unnamed rows never replace another. */
static struct defined *replaced_by(const struct functions *all, const struct defined *d)
{
    for (size_t i = d->name[0] ? all->rows : 0; i-- > 0;)
        if (strcmp(all->row[i]->name, d->name) == 0)
            return all->row[i];
    return NULL;
}

void functions_go(struct functions *all, size_t mark)
{
    struct defined *before;

    while (all->rows > mark) {
        all->ahead++;
        before = replaced_by(all, all->row[--all->rows]);
        if (before)
            before->hidden = false;
    }
    while (all->rows < mark && all->ahead) {
        before = replaced_by(all, all->row[all->rows]);
        if (before)
            before->hidden = true;
        all->rows++;
        all->ahead--;
    }
}

void functions_take(struct functions *all, struct functions *from)
{
    overtake(all);
    all->row = xgrow(all->row, &all->cap, all->rows + from->rows + 1, sizeof *all->row);
    for (size_t i = 0; i < from->rows; i++) {
        struct defined *d = from->row[i], *before = d->hidden ? NULL : find_defined(all, d->name);

        if (before)
            before->hidden = true;
        all->row[all->rows++] = d;
    }
    free(from->row);
    free(from);
}

/* Whether some function's code calls this one: then a replaced definition still counts. */
static bool is_called(const struct functions *all, const struct activation *act)
{
    for (size_t i = 0; i < all->rows; i++)
        if (expr_calls(all->row[i]->expr, act))
            return true;
    return false;
}

void functions_print(const struct functions *all, struct text *out)
{
    for (size_t i = 0; i < all->rows; i++) {
        const struct defined *d = all->row[i];

        if (d->name[0] && (!d->hidden || is_called(all, &d->act)))
            text_printf(out, "def %s(x) = %s\n", d->name, d->formula);
    }
}

static const char *name_at(const void *context, int i)
{
    const struct activation *act = functions_at(context, i);

    return act ? act->name : NULL;
}

const struct activation *functions_find(const struct functions *all, const char *name,
                                        struct error *e)
{
    const struct activation *act = activation_find(name);
    const struct defined *d = act || !all ? NULL : find_defined(all, name);
    const char *near;

    if (act || d)
        return act ? act : &d->act;
    near = e ? suggest(name, name_at, all) : NULL;
    if (near)
        misuse(e, -1, "no function '%.60s': did you mean %s?", name, near);
    else
        misuse(e, -1, "no function '%.60s': choose one of %s ... %s, or define it with def", name,
               activation_table[0].name, activation_table[activation_count - 1].name);
    return NULL;
}

/* What an expression in a definition may call. */
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
    d = find_defined(in->all, name);
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
    return expr_shape(self, alpha, beta);
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

/* Takes expr and formula. */
static const struct activation *add(struct functions *all, const char *name, struct expr *expr,
                                    char *formula)
{
    struct defined *d = xcalloc(1, sizeof *d);

    strncpy(d->name, name, sizeof d->name - 1);
    d->expr = expr;
    d->formula = formula;
    d->act = (struct activation){
        .name = d->name,
        .formula = d->formula,
        .derivative = "exact: carried through every operation beside the value",
        .alpha = parameter(expr, "alpha"),
        .beta = parameter(expr, "beta"),
        .good = "It is yours: plot it, train it, compare it",
        .flaw = "Nobody has looked for it yet",
        .use = "To try an idea",
        .source = "defined here",
        .own = &own,
        .cost = expr_cost(expr),
        .expr = expr,
    };
    overtake(all);
    all->row = xgrow(all->row, &all->cap, all->rows + 1, sizeof *all->row);
    all->row[all->rows++] = d;
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
        if (strcmp(word, name) == 0)
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
static bool read_head(const char *definition, char name[FN_NAME_MAX], char variable[FN_NAME_MAX],
                      const char **body, struct error *e)
{
    const char *s = skip_space(definition), *at = s;

    if (!read_word(&s, name))
        return misuse(e, (int)(at - definition),
                      "a definition begins with a name of at most %d letters, digits and _: "
                      "def mine(x) = x*tanh(x)",
                      FN_NAME_MAX - 1);
    if (is_taken(name))
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
    struct defined *before;
    struct expr *expr;
    size_t n;

    if (!read_head(definition, name, variable, &body, e))
        return NULL;
    n = trimmed(body);
    expr = parse_inside(all, name, variable, body, n, e);
    if (!expr) {
        expr_shift_error(e, (int)(body - definition));
        return NULL;
    }
    before = find_defined(all, name);
    if (before)
        before->hidden = true;
    return add(all, name, expr, formula_of(body, n, variable));
}

const struct activation *functions_parse(struct functions *all, const char *text, struct error *e)
{
    const struct activation *act;
    char name[FN_NAME_MAX];
    struct expr *expr;
    size_t n;

    text = skip_space(text);
    n = trimmed(text);
    if (n < sizeof name) {
        memcpy(name, text, n);
        name[n] = '\0';
        act = functions_find(all, name, NULL);
        if (act)
            return act;
    }
    for (size_t i = 0; i < all->rows; i++)
        if (all->row[i]->text && strcmp(all->row[i]->text, text) == 0)
            return &all->row[i]->act;
    expr = parse_inside(all, NULL, "x", text, n, e);
    if (!expr)
        return NULL;
    act = add(all, "", expr, formula_of(text, n, "x"));
    all->row[all->rows - 1]->hidden = true;
    all->row[all->rows - 1]->text = xstrdup(text);
    return act;
}
