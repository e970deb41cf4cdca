/* expr_parse.h - what the parser and its names share. Private to expr*.c. */
#ifndef ACTLAB_EXPR_EXPR_PARSE_H
#define ACTLAB_EXPR_EXPR_PARSE_H

#include "expr/expr_code.h"
#include "expr/expr_lex.h"

enum { NAME_MAX_BYTES = 40 };

struct parser {
    struct lexer lex;
    const char *variable; /* the name of x, NULL: there is none */
    const struct expr_scope *scope;
    struct expr *out;
    int depth, stack; /* of nesting; of values when the code runs */
    int brackets;     /* that are open */
};

/* The token as a C string; false when it is too long to be any name. */
bool token_name(const struct token *, char out[NAME_MAX_BYTES + 1]);
bool find_constant(const char *name, double *value);
const struct builtin *find_builtin(const char *name);
/* The arity of the scope's symbol, or -1. */
int symbol_arity(const struct parser *, const char *name);
/* The table's function, or one that was defined, unless the name belongs to a symbol with
 * arguments, such as delta(1). */
const struct activation *find_function(const struct parser *, const char *name);
/* A name that is not known as it stands, but in other letters or by another word, becomes the one
 * that is. */
void use_known_name(const struct parser *, char name[NAME_MAX_BYTES + 1]);
/* "unknown name ...: did you mean ...?" Always false. */
bool complain_unknown(struct parser *, const struct token *);

#endif
