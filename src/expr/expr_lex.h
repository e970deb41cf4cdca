/* expr_lex.h - an expression's text as tokens. Private to expr*.c. */
#ifndef ACTLAB_EXPR_EXPR_LEX_H
#define ACTLAB_EXPR_EXPR_LEX_H

#include "base/error.h"

#include <stddef.h>

enum token_kind { TOKEN_END, TOKEN_NUMBER, TOKEN_NAME, TOKEN_SIGN, TOKEN_ROOT };

struct token {
    enum token_kind kind;
    const char *s; /* in the text, n bytes */
    size_t n;
    const char *says; /* its word or sign, `letters` bytes: s, or what a pasted one stands for */
    size_t letters;
    double number;
};

struct lexer {
    const char *text, *end, *at; /* at: behind the token */
    struct token token;          /* the one to look at */
    bool raised;                 /* it is the ^ that raised digits stand for: they come next */
    struct error *e;
};

/* Reads the next token; false, with the error, at what is none. */
bool lex_next(struct lexer *);
/* True if the token is this word, given in small letters, or sign, or stands for it. */
bool lex_is(const struct token *, const char *);
/* True if the token is followed by '('. */
bool lex_before_bracket(const struct lexer *);
/* "... at column 5: hint", always false: one shape for all messages, so that expr_shift_error finds
 * the number. s is where in the text; the hint may be "". */
bool lex_complain(struct lexer *, const char *s, const char *what, const char *hint);

#endif
