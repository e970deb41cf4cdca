/* expr.c - from text to code: the lexer and the parser of the one expression language.
 *
 * Precedence climbing (Richards 1979): one function a nesting level, so a limit on the depth is a
 * limit on the stack. Code is emitted on the way, in postfix order; nothing is kept but the code.
 */
#include "math/expr.h"

#include "base/setting.h"
#include "base/xalloc.h"
#include "math/expr_code.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_MAX_BYTES = 40, NUMBER_MAX_BYTES = 400 };

enum token_kind { TOKEN_END, TOKEN_NUMBER, TOKEN_NAME, TOKEN_SIGN };

/* Loosest first. */
enum precedence {
    PREC_ANY,
    PREC_OR,
    PREC_AND,
    PREC_NOT,
    PREC_COMPARE,
    PREC_ADD,
    PREC_MULTIPLY,
    PREC_NEGATE,
    PREC_POWER,
};

struct token {
    enum token_kind kind;
    const char *s;
    size_t n;
    double number;
};

struct parser {
    const char *text, *end, *at; /* at: behind the token */
    struct token token;          /* the one to look at */
    const char *variable;
    const struct expr_scope *scope;
    struct expr *out;
    int depth, stack;
    struct error *e;
};

static const struct {
    const char *name;
    double value;
} constants[] = {
    {"pi", M_PI},
    {"e", M_E},
    {"inf", INFINITY},
    {"nan", NAN},
};

static const char *const words[] = {"if", "and", "or", "not"};

enum { CONSTANTS = sizeof constants / sizeof *constants, WORDS = sizeof words / sizeof *words };

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

static const struct {
    const char *sign;
    enum precedence prec;
    enum opcode op;
} operators[] = {
    {"or", PREC_OR, OP_OR},
    {"and", PREC_AND, OP_AND},
    {"<=", PREC_COMPARE, OP_LESS_EQUAL},
    {">=", PREC_COMPARE, OP_GREATER_EQUAL},
    {"==", PREC_COMPARE, OP_EQUAL},
    {"!=", PREC_COMPARE, OP_NOT_EQUAL},
    {"<", PREC_COMPARE, OP_LESS},
    {">", PREC_COMPARE, OP_GREATER},
    {"+", PREC_ADD, OP_ADD},
    {"-", PREC_ADD, OP_SUBTRACT},
    {"*", PREC_MULTIPLY, OP_MULTIPLY},
    {"/", PREC_MULTIPLY, OP_DIVIDE},
    {"^", PREC_POWER, OP_POWER},
};

enum { OPERATORS = sizeof operators / sizeof *operators };

static int column(const struct parser *p, const char *s)
{
    return (int)(s - p->text);
}

/* "... at column 5: hint": one shape for all messages, so that expr_shift_error can find the
 * number. */
static bool complain(struct parser *p, const char *s, const char *what, const char *hint)
{
    return misuse(p->e, column(p, s), "%s at column %d%s%s", what, column(p, s) + 1,
                  *hint ? ": " : "", hint);
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

/* The lexer. Characters are ASCII by their codes: the locale has no say. */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* The character at s for a message: whole if it is UTF-8, as a number if it is no text. */
static void quote_character(const struct parser *p, const char *s, char *out, size_t size)
{
    unsigned char c = (unsigned char)*s;
    int n = c < 0x80 ? 1 : c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : 2;

    if (c < 0x20 || c == 0x7f)
        snprintf(out, size, "byte 0x%02x", c);
    else
        snprintf(out, size, "'%.*s'", (int)(p->end - s < n ? p->end - s : n), s);
}

static bool read_number(struct parser *p, const char *s)
{
    const char *t = s;
    char digits[NUMBER_MAX_BYTES + 1], *stop;

    while (t < p->end && is_digit(*t))
        t++;
    if (t < p->end && *t == '.')
        t++;
    while (t < p->end && is_digit(*t))
        t++;
    if (t < p->end && (*t == 'e' || *t == 'E')) {
        const char *exponent = t + 1;

        if (exponent < p->end && (*exponent == '+' || *exponent == '-'))
            exponent++;
        if (exponent < p->end && is_digit(*exponent)) {
            while (exponent < p->end && is_digit(*exponent))
                exponent++;
            t = exponent;
        }
    }
    if (t - s > NUMBER_MAX_BYTES)
        return complain(p, s, "a number too long", "400 characters are the most");
    memcpy(digits, s, (size_t)(t - s));
    digits[t - s] = '\0';
    p->token = (struct token){TOKEN_NUMBER, s, (size_t)(t - s), strtod(digits, &stop)};
    p->at = t;
    return true;
}

static bool read_sign(struct parser *p, const char *s)
{
    char what[64], quoted[32];
    size_t left = (size_t)(p->end - s);

    for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++) {
        size_t n = strlen(foreign[i].sign);

        if (left >= n && memcmp(s, foreign[i].sign, n) == 0 &&
            !(n == 1 && left > 1 && s[1] == '=')) {
            snprintf(what, sizeof what, "'%s'", foreign[i].sign);
            return complain(p, s, what, foreign[i].hint);
        }
    }
    for (int i = 0; i < OPERATORS; i++) {
        size_t n = strlen(operators[i].sign);

        if (left >= n && memcmp(s, operators[i].sign, n) == 0) {
            p->token = (struct token){TOKEN_SIGN, s, n, 0};
            p->at = s + n;
            return true;
        }
    }
    if (*s == '(' || *s == ')' || *s == ',') {
        p->token = (struct token){TOKEN_SIGN, s, 1, 0};
        p->at = s + 1;
        return true;
    }
    quote_character(p, s, quoted, sizeof quoted);
    snprintf(what, sizeof what, "%s", quoted);
    return complain(p, s, what, "an expression has numbers, names, + - * / ^ ( ) , < > = and !=");
}

static bool next(struct parser *p)
{
    const char *s = p->at;

    while (s < p->end && is_space(*s))
        s++;
    if (s == p->end) {
        p->token = (struct token){TOKEN_END, s, 0, 0};
        p->at = s;
        return true;
    }
    if (is_digit(*s) || (*s == '.' && s + 1 < p->end && is_digit(s[1])))
        return read_number(p, s);
    if (is_letter(*s)) {
        const char *t = s;

        while (t < p->end && (is_letter(*t) || is_digit(*t)))
            t++;
        p->token = (struct token){TOKEN_NAME, s, (size_t)(t - s), 0};
        p->at = t;
        return true;
    }
    return read_sign(p, s);
}

static bool is(const struct token *t, const char *s)
{
    return (t->kind == TOKEN_NAME || t->kind == TOKEN_SIGN) && strlen(s) == t->n &&
           memcmp(t->s, s, t->n) == 0;
}

static int find_operator(const struct token *t)
{
    for (int i = 0; i < OPERATORS; i++)
        if (is(t, operators[i].sign))
            return i;
    return -1;
}

static bool at_open(const struct parser *p)
{
    const char *s = p->at;

    while (s < p->end && is_space(*s))
        s++;
    return s < p->end && *s == '(';
}

/* Emission. `effect`: by how much the stack grows. */

static struct instruction *emit(struct parser *p, enum opcode op, int effect)
{
    struct expr *e = p->out;
    struct instruction *c;

    if (e->size == EXPR_MAX_CODE || p->stack + effect >= EXPR_STACK || e->cost >= EXPR_MAX_COST) {
        complain(p, p->token.s,
                 e->size == EXPR_MAX_CODE   ? "more than 5000 operations"
                 : e->cost >= EXPR_MAX_COST ? "more than 20000 operations with those of all calls"
                                            : "more than 255 values waiting",
                 "make it shorter");
        return NULL;
    }
    e->code = xgrow(e->code, &e->cap, e->size + 1, sizeof *e->code);
    c = &e->code[e->size++];
    *c = (struct instruction){.op = op};
    p->stack += effect;
    e->cost++;
    return c;
}

static bool emit_number(struct parser *p, double v)
{
    struct instruction *c = emit(p, OP_NUMBER, 1);

    if (c)
        c->number = v;
    return c;
}

/* Jumps from instruction `from` to what is emitted next. */
static void land(struct parser *p, size_t from)
{
    p->out->code[from].target = (int)p->out->size;
}

/* Names. */

static bool token_name(const struct token *t, char out[NAME_MAX_BYTES + 1])
{
    if (t->n > NAME_MAX_BYTES)
        return false;
    memcpy(out, t->s, t->n);
    out[t->n] = '\0';
    return true;
}

static const struct builtin *find_builtin(const char *name)
{
    for (const struct builtin *b = expr_builtins; b->name; b++)
        if (strcmp(b->name, name) == 0)
            return b;
    return NULL;
}

/* The arity of the scope's symbol, or -1. */
static int symbol_arity(const struct parser *p, const char *name)
{
    int id;

    return p->scope && p->scope->symbol ? p->scope->symbol(p->scope->context, name, &id) : -1;
}

/* The table's function, or one that was defined, unless the name belongs to a symbol with
 * arguments, such as delta(1). */
static const struct activation *find_function(const struct parser *p, const char *name)
{
    const struct activation *act = activation_find(name);
    int arity = symbol_arity(p, name);

    if (!act && p->scope && p->scope->function && (arity == -1 || arity == 0))
        act = p->scope->function(p->scope->context, name);
    return act;
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

static bool unknown(struct parser *p, const struct token *t)
{
    char name[NAME_MAX_BYTES + 1], what[NAME_MAX_BYTES + 40], hint[120] = "";
    const char *near;

    if (!token_name(t, name)) {
        snprintf(what, sizeof what, "unknown name '%.*s...'", NAME_MAX_BYTES - 3, t->s);
        return complain(p, t->s, what, "");
    }
    near = nearest(name, candidate, p);
    if (near)
        snprintf(hint, sizeof hint, "did you mean %s?", near);
    else if (p->variable && t->n == 1)
        snprintf(hint, sizeof hint, "the variable here is %s", p->variable);
    else if (strcmp(name, "x") == 0)
        snprintf(hint, sizeof hint, "there is no variable here");
    else
        snprintf(hint, sizeof hint, "'help%s' lists what is known", p->variable ? " def" : "");
    snprintf(what, sizeof what, "unknown name '%s'", name);
    return complain(p, t->s, what, hint);
}

/* Parsing. */

static bool parse(struct parser *p, enum precedence least);

static bool expect(struct parser *p, const char *sign, const char *where)
{
    char what[80];

    if (is(&p->token, sign))
        return next(p);
    snprintf(what, sizeof what, "'%s' is missing %s", sign, where);
    return complain(p, p->token.s, what, "");
}

/* The arguments of a call, the token being '(': how many, or -1. */
static int parse_arguments(struct parser *p, const char *name)
{
    char where[NAME_MAX_BYTES + 40];
    int n = 0;

    if (!next(p))
        return -1;
    snprintf(where, sizeof where, "after the arguments of %s", name);
    if (is(&p->token, ")"))
        return next(p) ? 0 : -1;
    for (;;) {
        if (n == EXPR_MAX_ARGS) {
            complain(p, p->token.s, "too many arguments", "8 are the most");
            return -1;
        }
        if (!parse(p, PREC_ANY))
            return -1;
        n++;
        if (!is(&p->token, ","))
            break;
        if (!next(p))
            return -1;
    }
    return expect(p, ")", where) ? n : -1;
}

/* "clip takes 3 arguments, not 1, at column 4" */
static bool check_arity(struct parser *p, const struct token *t, const char *name, int least,
                        int most, int n)
{
    char what[NAME_MAX_BYTES + 80], range[32];

    if (n >= least && n <= most)
        return true;
    if (least == most)
        snprintf(range, sizeof range, "%d", least);
    else
        snprintf(range, sizeof range, "%d to %d", least, most);
    snprintf(what, sizeof what, "%s takes %s argument%s, not %d,", name, range,
             most == 1 ? "" : "s", n);
    return complain(p, t->s, what, "");
}

static bool emit_activation(struct parser *p, const struct token *t, const char *name,
                            const struct activation *act, int n)
{
    int most = 1 + (act->alpha.meaning != NULL) + (act->beta.meaning != NULL);
    struct instruction *c;

    if (!check_arity(p, t, name, 1, most, n))
        return false;
    if (act->expr) {
        if (act->expr->calls + 1 > EXPR_MAX_CALLS)
            return complain(p, t->s, "functions that call each other more than 40 deep", "");
        if (act->expr->calls + 1 > p->out->calls)
            p->out->calls = act->expr->calls + 1;
        p->out->cost += act->expr->cost;
    }
    c = emit(p, OP_ACTIVATION, 1 - n);
    if (!c)
        return false;
    c->args = n;
    c->act = act;
    c->partial = act->expr ? NULL : expr_partial(act->name);
    return true;
}

static bool emit_symbol(struct parser *p, const struct token *t, const char *name, int n)
{
    int id = 0, arity = p->scope->symbol(p->scope->context, name, &id);
    struct instruction *c;

    if (arity == EXPR_OPTIONAL_ARGUMENT) {
        if (!check_arity(p, t, name, 0, 1, n))
            return false;
    } else if (arity > 0 && n == 0) {
        char what[NAME_MAX_BYTES + 40], hint[2 * NAME_MAX_BYTES + 40];

        snprintf(what, sizeof what, "%s is of something", name);
        snprintf(hint, sizeof hint, "write %s(%s)", name, arity == 1 ? "1" : "1, 1");
        return complain(p, t->s, what, hint);
    } else if (!check_arity(p, t, name, arity, arity, n)) {
        return false;
    }
    c = emit(p, OP_SYMBOL, 1 - n);
    if (!c)
        return false;
    c->args = n;
    c->target = id;
    return true;
}

/* if(c, a, b): only the branch that counts is evaluated. */
static bool parse_if(struct parser *p)
{
    size_t to_else, to_end;
    const char *where = "in if(condition, then, else)";

    if (!next(p) || !expect(p, "(", where) || !parse(p, PREC_ANY) || !expect(p, ",", where))
        return false;
    to_else = p->out->size;
    if (!emit(p, OP_JUMP_IF_FALSE, -1) || !parse(p, PREC_ANY) || !expect(p, ",", where))
        return false;
    to_end = p->out->size;
    if (!emit(p, OP_JUMP, 0))
        return false;
    p->stack--; /* the other branch starts as this one did */
    land(p, to_else);
    if (!parse(p, PREC_ANY))
        return false;
    land(p, to_end);
    return expect(p, ")", where);
}

static bool parse_call(struct parser *p, const struct token *t, const char *name)
{
    const struct builtin *b = find_builtin(name);
    const struct activation *act = find_function(p, name);
    struct instruction *c;
    int n;

    if (!b && !act && symbol_arity(p, name) == -1) {
        if (p->variable && (strcmp(name, p->variable) == 0 || strcmp(name, "alpha") == 0 ||
                            strcmp(name, "beta") == 0)) {
            char what[NAME_MAX_BYTES + 40], hint[NAME_MAX_BYTES + 40];

            snprintf(what, sizeof what, "%s is no function", name);
            snprintf(hint, sizeof hint, "write %s*( to multiply", name);
            return complain(p, t->s, what, hint);
        }
        return unknown(p, t);
    }
    if (!next(p))
        return false;
    n = parse_arguments(p, name);
    if (n < 0)
        return false;
    if (act) /* before a built-in of the same name: the table's is as good or better */
        return emit_activation(p, t, name, act, n);
    if (!b)
        return emit_symbol(p, t, name, n);
    if (!check_arity(p, t, name, b->least, b->most, n))
        return false;
    c = emit(p, OP_BUILTIN, 1 - n);
    if (!c)
        return false;
    c->args = n;
    c->builtin = b;
    return true;
}

static bool parse_plain_name(struct parser *p, const struct token *t, const char *name)
{
    char what[NAME_MAX_BYTES + 40], hint[NAME_MAX_BYTES + 40];

    for (int i = 0; i < CONSTANTS; i++)
        if (strcmp(constants[i].name, name) == 0)
            return emit_number(p, constants[i].value) && next(p);
    if (p->variable) {
        enum opcode op = strcmp(name, p->variable) == 0 ? OP_X
                         : strcmp(name, "alpha") == 0   ? OP_ALPHA
                         : strcmp(name, "beta") == 0    ? OP_BETA
                                                        : OP_NUMBER;

        if (op != OP_NUMBER) {
            p->out->uses_x |= op == OP_X;
            p->out->uses_alpha |= op == OP_ALPHA;
            p->out->uses_beta |= op == OP_BETA;
            return emit(p, op, 1) && next(p);
        }
    }
    if (symbol_arity(p, name) != -1)
        return emit_symbol(p, t, name, 0) && next(p);
    if (find_builtin(name) || find_function(p, name)) {
        snprintf(what, sizeof what, "%s has no argument", name);
        snprintf(hint, sizeof hint, "write %s(%s)", name, p->variable ? p->variable : "1");
        return complain(p, t->s, what, hint);
    }
    return unknown(p, t);
}

static bool parse_name(struct parser *p)
{
    struct token t = p->token;
    char name[NAME_MAX_BYTES + 1];

    if (is(&t, "if"))
        return parse_if(p);
    if (find_operator(&t) >= 0)
        return complain(p, t.s, "a value is missing", "");
    if (!token_name(&t, name))
        return unknown(p, &t);
    return at_open(p) ? parse_call(p, &t, name) : parse_plain_name(p, &t, name);
}

static bool parse_operand(struct parser *p, enum precedence least)
{
    const struct token *t = &p->token;

    if (t->kind == TOKEN_NUMBER)
        return emit_number(p, t->number) && next(p);
    if (is(t, "("))
        return next(p) && parse(p, PREC_ANY) && expect(p, ")", "to close the bracket");
    if (is(t, "-"))
        return next(p) && parse(p, PREC_NEGATE) && emit(p, OP_NEGATE, 0);
    if (is(t, "+"))
        return next(p) && parse(p, PREC_NEGATE);
    if (is(t, "not")) {
        if (least > PREC_NOT)
            return complain(p, t->s, "'not' in the middle", "write (not ...)");
        return next(p) && parse(p, PREC_NOT) && emit(p, OP_NOT, 0);
    }
    if (t->kind == TOKEN_NAME)
        return parse_name(p);
    return complain(p, t->s, "a value is missing", "");
}

/* Behind a whole operand: anything but an operator, a comma or a bracket is a forgotten operator.
 */
static bool check_follows(struct parser *p)
{
    const struct token *t = &p->token;

    if (t->kind == TOKEN_NUMBER || (t->kind == TOKEN_NAME && find_operator(t) < 0) || is(t, "("))
        return complain(p, t->s, "an operator is missing", "write * to multiply");
    return true;
}

static bool parse_operator(struct parser *p, int i, bool *compared)
{
    enum precedence prec = operators[i].prec;
    size_t from = p->out->size;
    enum opcode op = operators[i].op;

    if (prec == PREC_COMPARE && *compared)
        return complain(p, p->token.s, "two comparisons in a row", "write a < b and b < c");
    *compared = prec == PREC_COMPARE;
    if (!next(p))
        return false;
    if (op == OP_AND || op == OP_OR) {
        if (!emit(p, op, -1) || !parse(p, prec + 1))
            return false;
        if (!emit(p, OP_TRUTH, 0))
            return false;
        land(p, from);
        return true;
    }
    /* ^ alone groups to the right, and takes a sign there: 2^-1 */
    return parse(p, prec == PREC_POWER ? PREC_NEGATE : prec + 1) && emit(p, op, -1);
}

static bool parse(struct parser *p, enum precedence least)
{
    bool compared = false;
    int i;

    if (++p->depth > EXPR_MAX_DEPTH)
        return complain(p, p->token.s, "nesting deeper than 200", "give a part a name with def");
    if (!parse_operand(p, least))
        return false;
    for (;;) {
        if (!check_follows(p))
            return false;
        i = find_operator(&p->token);
        if (i < 0 || operators[i].prec < least)
            break;
        if (!parse_operator(p, i, &compared))
            return false;
    }
    p->depth--;
    return true;
}

struct expr *expr_parse(const char *text, size_t n, const char *variable,
                        const struct expr_scope *scope, struct error *e)
{
    struct parser p = {
        .text = text, .end = text + n, .at = text, .variable = variable, .scope = scope, .e = e};
    bool ok;

    if (n > EXPR_MAX_BYTES) {
        misuse(e, -1, "an expression of %zu bytes: %d are the most", n, EXPR_MAX_BYTES);
        return NULL;
    }
    p.out = xcalloc(1, sizeof *p.out);
    p.out->memo = xcalloc(1, sizeof *p.out->memo);
    if (scope) {
        p.out->value = scope->value;
        p.out->context = scope->context;
    }
    ok = next(&p);
    if (ok && p.token.kind == TOKEN_END)
        ok = misuse(e, 0, "the expression is empty at column 1: write one such as %s",
                    variable ? "x*sigmoid(x)" : "1/3");
    ok = ok && parse(&p, PREC_ANY);
    if (ok && p.token.kind != TOKEN_END)
        ok = complain(&p, p.token.s, is(&p.token, ")") ? "a ')' too much" : "a ',' outside a call",
                      "");
    if (!ok) {
        expr_free(p.out);
        return NULL;
    }
    return p.out;
}

void expr_free(struct expr *e)
{
    if (!e)
        return;
    free(e->code);
    free(e->memo);
    free(e);
}

bool expr_uses(const struct expr *e, const char *name)
{
    if (strcmp(name, "alpha") == 0)
        return e->uses_alpha;
    if (strcmp(name, "beta") == 0)
        return e->uses_beta;
    return strcmp(name, "x") == 0 && e->uses_x;
}

bool expr_calls(const struct expr *e, const struct activation *act)
{
    for (size_t i = 0; i < e->size; i++)
        if (e->code[i].act == act)
            return true;
    return false;
}

bool expr_number(const char *text, const struct expr_scope *scope, double *out, struct error *e)
{
    struct expr *expr = expr_parse(text, strlen(text), NULL, scope, e);

    if (!expr)
        return false;
    *out = expr_eval(expr, 0, 0, 0).v;
    expr_free(expr);
    return true;
}
