/* expr_lex.c - see expr_lex.h. */
#include "expr/expr_lex.h"

#include "base/ascii.h"
#include "base/pasted.h"
#include "expr/expr.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NUMBER_MAX_BYTES = 400 };

/* Written by people of other languages, and what to write here. */
static const struct {
    const char *sign, *hint;
} foreign[] = {
    {"**", "write ^ for a power"},
    {"&&", "write and"},
    {"||", "write or"},
    {"=", "write == to compare"},
    {"!", "write not, or != to compare"},
    {"?", "write if(c, a, b)"},
    {"[", "write ( and )"},
    {"]", "write ( and )"},
    {"{", "write ( and )"},
    {"}", "write ( and )"},
    {"'", "write df for the derivative"},
    {"|", "write abs(...)"},
};

/* Two characters before one: "<=" is not "<". */
static const char *const signs[] = {"<=", ">=", "==", "!=", "<", ">", "+",
                                    "-",  "*",  "/",  "^",  "(", ")", ","};

bool lex_complain(struct lexer *l, const char *s, const char *what, const char *hint)
{
    int column = (int)(s - l->text);

    return misuse(l->e, column, "%s at column %d%s%s", what, column + 1, *hint ? ": " : "", hint);
}

void expr_shift_error(struct error *e, int by)
{
    static const char mark[] = " at column ";
    char *number, *rest, tail[sizeof e->text];
    long column;

    if (!e || e->column < 0)
        return;
    e->column += by;
    number = strstr(e->text, mark);
    if (!number)
        return;
    number += sizeof mark - 1;
    column = strtol(number, &rest, 10) + by;
    snprintf(tail, sizeof tail, "%s", rest);
    snprintf(number, sizeof e->text - (size_t)(number - e->text), "%ld%s", column, tail);
}

/* The character at s for a message: whole if it is UTF-8, as a number if it is no text. */
static void quote_character(const struct lexer *l, const char *s, char *out, size_t size)
{
    unsigned char c = (unsigned char)*s;
    int n = c < 0x80 ? 1 : c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : 2;

    if (c < 0x20 || c == 0x7f)
        snprintf(out, size, "byte 0x%02x", c);
    else
        snprintf(out, size, "'%.*s'", (int)(l->end - s < n ? l->end - s : n), s);
}

static bool read_number(struct lexer *l, const char *s)
{
    const char *t = s;
    char digits[NUMBER_MAX_BYTES + 1], *stop;

    while (t < l->end && ascii_digit(*t))
        t++;
    if (t < l->end && *t == '.')
        t++;
    while (t < l->end && ascii_digit(*t))
        t++;
    if (t < l->end && (*t == 'e' || *t == 'E')) {
        const char *exponent = t + 1;

        if (exponent < l->end && (*exponent == '+' || *exponent == '-'))
            exponent++;
        if (exponent < l->end && ascii_digit(*exponent)) {
            while (exponent < l->end && ascii_digit(*exponent))
                exponent++;
            t = exponent;
        }
    }
    if (t - s > NUMBER_MAX_BYTES) {
        char hint[40];

        snprintf(hint, sizeof hint, "at most %d characters are allowed", NUMBER_MAX_BYTES);
        return lex_complain(l, s, "a number too long", hint);
    }
    memcpy(digits, s, (size_t)(t - s));
    digits[t - s] = '\0';
    l->token = (struct token){
        .kind = TOKEN_NUMBER, .s = s, .n = (size_t)(t - s), .number = strtod(digits, &stop)};
    l->at = t;
    return true;
}

/* The n bytes at s are a token that says this. */
static bool take(struct lexer *l, enum token_kind kind, const char *s, size_t n, const char *says,
                 size_t letters)
{
    l->token = (struct token){kind, s, n, says, letters, 0};
    l->at = s + n;
    return true;
}

/* The number that raised digits are, with or without a raised minus. */
static bool read_raised(struct lexer *l)
{
    const char *s = l->at, *digits = s;
    const struct pasted *p;
    double v = 0, sign = 1;

    l->raised = false;
    while ((p = pasted_at(s, (size_t)(l->end - s))) && *p->meant == '^') {
        if (p->meant[1] == '-' && s > l->at)
            break;
        s += strlen(p->sign);
        if (p->meant[1] == '-')
            sign = -1, digits = s;
        else
            v = 10 * v + (p->meant[1] - '0');
    }
    if (s == digits)
        return lex_complain(l, s, "a raised minus without a number", "");
    l->token = (struct token){
        .kind = TOKEN_NUMBER, .s = l->at, .n = (size_t)(s - l->at), .number = sign * v};
    l->at = s;
    return true;
}

/* A pasted sign that begins a token. */
static bool read_pasted(struct lexer *l, const char *s, const struct pasted *p)
{
    const size_t n = strlen(p->sign), letters = strlen(p->meant);

    if (*p->meant == '^') { /* its digits are the next token */
        l->raised = true;
        return take(l, TOKEN_SIGN, s, 0, p->meant, 1);
    }
    if (p->meant[letters - 1] == '(' && letters > 1)
        return take(l, TOKEN_ROOT, s, n, p->meant, letters - 1);
    return take(l, ascii_letter(*p->meant) ? TOKEN_NAME : TOKEN_SIGN, s, n, p->meant, letters);
}

static bool read_sign(struct lexer *l, const char *s)
{
    char what[32];
    size_t left = (size_t)(l->end - s);

    for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++) {
        size_t n = strlen(foreign[i].sign);

        if (left >= n && memcmp(s, foreign[i].sign, n) == 0 &&
            !(n == 1 && left > 1 && s[1] == '=')) {
            snprintf(what, sizeof what, "'%s'", foreign[i].sign);
            return lex_complain(l, s, what, foreign[i].hint);
        }
    }
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        size_t n = strlen(signs[i]);

        if (left >= n && memcmp(s, signs[i], n) == 0)
            return take(l, TOKEN_SIGN, s, n, s, n);
    }
    quote_character(l, s, what, sizeof what);
    return lex_complain(l, s, what,
                        "an expression has numbers, names, + - * / ^ ( ) , < > = and !=");
}

/* Behind what is space, typed or pasted. */
static const char *skip_space(const struct lexer *l, const char *s)
{
    const struct pasted *p;

    for (;;) {
        while (s < l->end && ascii_space(*s))
            s++;
        p = s < l->end ? pasted_at(s, (size_t)(l->end - s)) : NULL;
        if (!p || *p->meant != ' ')
            return s;
        s += strlen(p->sign);
    }
}

bool lex_next(struct lexer *l)
{
    const char *s = l->raised ? l->at : skip_space(l, l->at), *t = s;
    const struct pasted *p;

    if (l->raised)
        return read_raised(l);
    if (s == l->end)
        return take(l, TOKEN_END, s, 0, s, 0);
    if (ascii_digit(*s) || (*s == '.' && s + 1 < l->end && ascii_digit(s[1])))
        return read_number(l, s);
    while (t < l->end && (ascii_letter(*t) || (t > s && ascii_digit(*t))))
        t++;
    if (t > s)
        return take(l, TOKEN_NAME, s, (size_t)(t - s), s, (size_t)(t - s));
    p = pasted_at(s, (size_t)(l->end - s));
    return p ? read_pasted(l, s, p) : read_sign(l, s);
}

bool lex_is(const struct token *t, const char *s)
{
    size_t n = 0;

    if (t->kind != TOKEN_NAME && t->kind != TOKEN_SIGN)
        return false;
    while (n < t->letters && s[n] && ascii_lower(t->says[n]) == s[n])
        n++;
    return n == t->letters && !s[n];
}

bool lex_before_bracket(const struct lexer *l)
{
    const char *s = skip_space(l, l->at);

    return s < l->end && *s == '(';
}
