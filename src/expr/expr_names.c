/* expr_names.c - what a name in an expression may mean, and what an unknown one was meant to be. */
#include "expr/expr_parse.h"

#include "base/ascii.h"
#include "base/suggest.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const struct {
    const char *name;
    double value;
} constants[] = {
    {"pi", M_PI},
    {"e", M_E},
    {"inf", INFINITY},
    {"nan", NAN},
};

/* Other words for what has a name here. */
static const struct {
    const char *also, *name;
} aliases[] = {
    {"ln", "log"}, {"arcsin", "asin"}, {"arccos", "acos"}, {"arctan", "atan"}, {"sgn", "sign"},
};

static const char *const words[] = {"if", "and", "or", "not"};

enum {
    CONSTANTS = sizeof constants / sizeof *constants,
    ALIASES = sizeof aliases / sizeof *aliases,
    WORDS = sizeof words / sizeof *words
};

bool token_name(const struct token *t, char out[NAME_MAX_BYTES + 1])
{
    if (t->letters > NAME_MAX_BYTES)
        return false;
    memcpy(out, t->says, t->letters);
    out[t->letters] = '\0';
    return true;
}

const struct builtin *find_builtin(const char *name)
{
    for (const struct builtin *b = expr_builtins; b->name; b++)
        if (strcmp(b->name, name) == 0)
            return b;
    return NULL;
}

int symbol_arity(const struct parser *p, const char *name)
{
    int id;

    return p->scope && p->scope->symbol ? p->scope->symbol(p->scope->context, name, &id) : -1;
}

const struct activation *find_function(const struct parser *p, const char *name)
{
    const struct activation *act = activation_find(name);
    int arity = symbol_arity(p, name);

    if (!act && p->scope && p->scope->function && (arity == -1 || arity == 0))
        act = p->scope->function(p->scope->context, name);
    return act;
}

bool find_constant(const char *name, double *value)
{
    for (int i = 0; i < CONSTANTS; i++)
        if (strcmp(constants[i].name, name) == 0) {
            *value = constants[i].value;
            return true;
        }
    return false;
}

const char *expr_builtin(int i)
{
    int builtins = 0;

    if (i < 0)
        return NULL;
    if (i < CONSTANTS)
        return constants[i].name;
    i -= CONSTANTS;
    while (expr_builtins[builtins].name)
        builtins++;
    if (i < builtins)
        return expr_builtins[i].name;
    i -= builtins;
    if (i < ALIASES)
        return aliases[i].also;
    i -= ALIASES;
    return i < WORDS ? words[i] : NULL;
}

/* Every name that could have been meant: the variable, alpha and beta, built-in ones, the table's,
 * the scope's. */
static const char *candidate(const void *context, int i)
{
    const struct parser *p = context;
    const char *word;
    int n = 0;

    if (p->variable) {
        if (i < 3)
            return i == 0 ? p->variable : i == 1 ? "alpha" : "beta";
        i -= 3;
    }
    if (i < activation_count)
        return activation_table[i].name;
    i -= activation_count;
    word = expr_builtin(i);
    if (word)
        return word;
    while (expr_builtin(n))
        n++;
    i -= n;
    return p->scope && p->scope->candidate ? p->scope->candidate(p->scope->context, i) : NULL;
}

void use_known_name(const struct parser *p, char name[NAME_MAX_BYTES + 1])
{
    const char *known, *found = NULL;

    if (find_function(p, name)) /* by any of its names, and at once, however many there are */
        return;
    for (int i = 0; (known = candidate(p, i)) && (!found || strcmp(found, name) != 0); i++)
        if (strcmp(known, name) == 0 || (!found && ascii_same(known, name)))
            found = known;
    for (int i = 0; found && i < ALIASES; i++)
        if (strcmp(found, aliases[i].also) == 0)
            found = aliases[i].name;
    if (found)
        snprintf(name, NAME_MAX_BYTES + 1, "%s", found);
}

bool complain_unknown(struct parser *p, const struct token *t)
{
    char name[NAME_MAX_BYTES + 1], what[NAME_MAX_BYTES + 40], hint[120] = "";
    const char *near;

    if (!token_name(t, name)) {
        snprintf(what, sizeof what, "unknown name '%.*s...'", NAME_MAX_BYTES - 3, t->says);
        return lex_complain(&p->lex, t->s, what, "");
    }
    near = suggest(name, candidate, p);
    if (near && strcmp(near, name) == 0)
        snprintf(hint, sizeof hint, "it is not a function: write it without (...)");
    else if (near)
        snprintf(hint, sizeof hint, "did you mean %s?", near);
    else if (p->variable && t->n == 1)
        snprintf(hint, sizeof hint, "the variable here is %s", p->variable);
    else if (strcmp(name, "x") == 0)
        snprintf(hint, sizeof hint, "there is no variable here");
    else
        snprintf(hint, sizeof hint, "'help%s' lists what is known", p->variable ? " def" : "");
    snprintf(what, sizeof what, "unknown name '%s'", name);
    return lex_complain(&p->lex, t->s, what, hint);
}
