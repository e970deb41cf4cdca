/* expr_parse.c - from tokens to code.
 *
 * Precedence climbing (Richards 1979): one function a nesting level, so a limit on the depth is a
 * limit on the stack. Code is emitted on the way, in postfix order; nothing is kept but the code.
 */
#include "expr/expr_parse.h"

#include "base/xalloc.h"

#include <stdio.h>
#include <string.h>

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
    PREC_OPERAND,
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

/* ---- emission: `effect` is by how much the stack grows
 * -------------------------------------------
 */

static struct instruction *emit(struct parser *p, enum opcode op, int effect)
{
    struct expr *e = p->out;
    struct instruction *c;

    if (e->size == EXPR_MAX_CODE || p->stack + effect >= EXPR_STACK || e->cost >= EXPR_MAX_COST) {
        char what[64];

        if (e->size == EXPR_MAX_CODE)
            snprintf(what, sizeof what, "more than %d operations", EXPR_MAX_CODE);
        else if (e->cost >= EXPR_MAX_COST)
            snprintf(what, sizeof what, "more than %d operations with those of all calls",
                     EXPR_MAX_COST);
        else
            snprintf(what, sizeof what, "more than %d values waiting", EXPR_STACK - 1);
        lex_complain(&p->lex, p->lex.token.s, what, "make it shorter");
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

static int find_operator(const struct token *t)
{
    for (int i = 0; i < OPERATORS; i++)
        if (lex_is(t, operators[i].sign))
            return i;
    return -1;
}

/* ---- parsing --------------------------------------------------------------------------------- */

static bool parse(struct parser *p, enum precedence least);

static bool expect(struct parser *p, const char *sign, const char *where)
{
    char what[80];

    if (lex_is(&p->lex.token, sign))
        return lex_next(&p->lex);
    snprintf(what, sizeof what, "'%s' is missing %s", sign, where);
    return lex_complain(&p->lex, p->lex.token.s, what, "");
}

/* The arguments of a call, the token being '(': how many, or -1. */
static int parse_arguments(struct parser *p, const char *name)
{
    char where[NAME_MAX_BYTES + 40];
    int n = 0;

    if (!lex_next(&p->lex))
        return -1;
    snprintf(where, sizeof where, "after the arguments of %s", name);
    if (lex_is(&p->lex.token, ")"))
        return lex_next(&p->lex) ? 0 : -1;
    p->brackets++;
    for (;;) {
        if (n == EXPR_MAX_ARGS) {
            char hint[32];

            snprintf(hint, sizeof hint, "at most %d are allowed", EXPR_MAX_ARGS);
            lex_complain(&p->lex, p->lex.token.s, "too many arguments", hint);
            return -1;
        }
        if (!parse(p, PREC_ANY))
            return -1;
        n++;
        if (!lex_is(&p->lex.token, ","))
            break;
        if (!lex_next(&p->lex))
            return -1;
    }
    p->brackets--;
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
    return lex_complain(&p->lex, t->s, what, "");
}

static bool emit_activation(struct parser *p, const struct token *t, const char *name,
                            const struct activation *act, int n)
{
    int most = 1 + (act->alpha.meaning != NULL) + (act->beta.meaning != NULL);
    struct instruction *c;

    if (!check_arity(p, t, name, 1, most, n))
        return false;
    if (act->expr) {
        if (act->expr->calls + 1 > EXPR_MAX_CALLS) {
            char what[64];

            snprintf(what, sizeof what, "functions that call each other more than %d deep",
                     EXPR_MAX_CALLS);
            return lex_complain(&p->lex, t->s, what, "");
        }
        if (act->expr->calls + 1 > p->out->calls)
            p->out->calls = act->expr->calls + 1;
        p->out->cost += act->expr->cost;
    }
    c = emit(p, OP_ACTIVATION, 1 - n);
    if (!c)
        return false;
    c->args = n;
    c->act = act;
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

        snprintf(what, sizeof what, "%s needs an argument", name);
        snprintf(hint, sizeof hint, "write %s(%s)", name, arity == 1 ? "1" : "1, 1");
        return lex_complain(&p->lex, t->s, what, hint);
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

    p->brackets++;
    if (!lex_next(&p->lex) || !expect(p, "(", where) || !parse(p, PREC_ANY) ||
        !expect(p, ",", where))
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
    p->brackets--;
    return expect(p, ")", where);
}

static bool emit_builtin(struct parser *p, const struct builtin *b, int n)
{
    struct instruction *c = emit(p, OP_BUILTIN, 1 - n);

    if (!c)
        return false;
    c->args = n;
    c->builtin = b;
    return true;
}

/* A pasted root: of what follows right behind it, a number, a name, a call or a bracket. */
static bool parse_root(struct parser *p)
{
    char name[NAME_MAX_BYTES + 1];

    return token_name(&p->lex.token, name) && lex_next(&p->lex) && parse(p, PREC_OPERAND) &&
           emit_builtin(p, find_builtin(name), 1);
}

static bool parse_call(struct parser *p, const struct token *t, const char *name)
{
    const struct builtin *b = find_builtin(name);
    const struct activation *act = find_function(p, name);
    int n;

    if (!b && !act && symbol_arity(p, name) == -1) {
        if (p->variable && (strcmp(name, p->variable) == 0 || strcmp(name, "alpha") == 0 ||
                            strcmp(name, "beta") == 0)) {
            char what[NAME_MAX_BYTES + 40], hint[NAME_MAX_BYTES + 40];

            snprintf(what, sizeof what, "%s is not a function", name);
            snprintf(hint, sizeof hint, "write %s*( to multiply", name);
            return lex_complain(&p->lex, t->s, what, hint);
        }
        return complain_unknown(p, t);
    }
    if (!lex_next(&p->lex))
        return false;
    n = parse_arguments(p, name);
    if (n < 0)
        return false;
    if (act) /* before a built-in of the same name: the table's is as good or better */
        return emit_activation(p, t, name, act, n);
    if (!b)
        return emit_symbol(p, t, name, n);
    return check_arity(p, t, name, b->least, b->most, n) && emit_builtin(p, b, n);
}

static bool parse_plain_name(struct parser *p, const struct token *t, const char *name)
{
    char what[NAME_MAX_BYTES + 40], hint[NAME_MAX_BYTES + 40];
    double constant;

    if (find_constant(name, &constant))
        return emit_number(p, constant) && lex_next(&p->lex);
    if (p->variable) {
        enum opcode op = strcmp(name, p->variable) == 0 ? OP_X
                         : strcmp(name, "alpha") == 0   ? OP_ALPHA
                         : strcmp(name, "beta") == 0    ? OP_BETA
                                                        : OP_NUMBER;

        if (op != OP_NUMBER) {
            p->out->uses_x |= op == OP_X;
            p->out->uses_alpha |= op == OP_ALPHA;
            p->out->uses_beta |= op == OP_BETA;
            return emit(p, op, 1) && lex_next(&p->lex);
        }
    }
    if (symbol_arity(p, name) != -1)
        return emit_symbol(p, t, name, 0) && lex_next(&p->lex);
    if (find_builtin(name) || find_function(p, name)) {
        snprintf(what, sizeof what, "%s is missing its argument", name);
        snprintf(hint, sizeof hint, "write %s(%s)", name, p->variable ? p->variable : "1");
        return lex_complain(&p->lex, t->s, what, hint);
    }
    return complain_unknown(p, t);
}

static bool parse_name(struct parser *p)
{
    struct token t = p->lex.token;
    char name[NAME_MAX_BYTES + 1];

    if (lex_is(&t, "if"))
        return parse_if(p);
    if (find_operator(&t) >= 0)
        return lex_complain(&p->lex, t.s, "a value is missing", "");
    if (!token_name(&t, name))
        return complain_unknown(p, &t);
    use_known_name(p, name);
    return lex_before_bracket(&p->lex) ? parse_call(p, &t, name) : parse_plain_name(p, &t, name);
}

static bool parse_brackets(struct parser *p)
{
    bool ok;

    p->brackets++;
    ok = lex_next(&p->lex) && parse(p, PREC_ANY);
    p->brackets--;
    return ok && expect(p, ")", "to close the bracket");
}

static bool parse_operand(struct parser *p, enum precedence least)
{
    const struct token *t = &p->lex.token;

    if (t->kind == TOKEN_NUMBER)
        return emit_number(p, t->number) && lex_next(&p->lex);
    if (lex_is(t, "("))
        return parse_brackets(p);
    if (lex_is(t, "-"))
        return lex_next(&p->lex) && parse(p, PREC_NEGATE) && emit(p, OP_NEGATE, 0);
    if (lex_is(t, "+"))
        return lex_next(&p->lex) && parse(p, PREC_NEGATE);
    if (lex_is(t, "not")) {
        if (least > PREC_NOT)
            return lex_complain(&p->lex, t->s, "'not' in the middle", "write (not ...)");
        return lex_next(&p->lex) && parse(p, PREC_NOT) && emit(p, OP_NOT, 0);
    }
    if (t->kind == TOKEN_ROOT)
        return parse_root(p);
    if (t->kind == TOKEN_NAME)
        return parse_name(p);
    return lex_complain(&p->lex, t->s, "a value is missing", "");
}

/* Behind a whole operand: anything but an operator, a comma or a bracket is a forgotten operator.
 */
static bool check_follows(struct parser *p)
{
    const struct token *t = &p->lex.token;

    if (t->kind == TOKEN_NUMBER || (t->kind == TOKEN_NAME && find_operator(t) < 0) ||
        t->kind == TOKEN_ROOT || lex_is(t, "("))
        return lex_complain(&p->lex, t->s, "an operator is missing", "write * to multiply");
    return true;
}

/* The operator at hand ends a clause, or is the comparison of one. */
static void note_clause(struct parser *p, enum precedence prec)
{
    struct expr *e = p->out;
    struct expr_clause *c = &e->clause[e->clauses - 1];
    const size_t at = (size_t)(p->lex.token.s - p->lex.text), n = p->lex.token.n;

    if (p->brackets)
        return;
    if (prec == PREC_COMPARE) {
        c->sign = at;
        c->bytes = n;
    } else if (prec <= PREC_AND && e->clauses < EXPR_MAX_CLAUSES) {
        c->to = at;
        e->clause[e->clauses++] = (struct expr_clause){.from = at + n};
    }
}

static bool parse_operator(struct parser *p, int i, bool *compared)
{
    enum precedence prec = operators[i].prec;
    size_t from = p->out->size;
    enum opcode op = operators[i].op;

    if (prec == PREC_COMPARE && *compared)
        return lex_complain(&p->lex, p->lex.token.s, "two comparisons in a row",
                            "write a < b and b < c");
    *compared = prec == PREC_COMPARE;
    note_clause(p, prec);
    if (!lex_next(&p->lex))
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

    if (++p->depth > EXPR_MAX_DEPTH) {
        char what[64];

        snprintf(what, sizeof what, "nesting deeper than %d", EXPR_MAX_DEPTH);
        return lex_complain(&p->lex, p->lex.token.s, what, "give a part a name with def");
    }
    if (!parse_operand(p, least))
        return false;
    for (;;) {
        if (!check_follows(p))
            return false;
        i = find_operator(&p->lex.token);
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
    struct parser p = {.lex = {.text = text, .end = text + n, .at = text, .e = e},
                       .variable = variable,
                       .scope = scope};
    bool ok;

    if (n > EXPR_MAX_BYTES) {
        misuse(e, -1, "the expression has %zu bytes: at most %d are allowed", n, EXPR_MAX_BYTES);
        return NULL;
    }
    p.out = xcalloc(1, sizeof *p.out);
    p.out->memo = xcalloc(1, sizeof *p.out->memo);
    if (scope) {
        p.out->value = scope->value;
        p.out->context = scope->context;
    }
    p.out->clauses = 1;
    ok = lex_next(&p.lex);
    if (ok && p.lex.token.kind == TOKEN_END)
        ok = misuse(e, 0, "the expression is empty at column 1: write one such as %s",
                    variable ? "x*sigmoid(x)" : "1/3");
    ok = ok && parse(&p, PREC_ANY);
    if (ok && p.lex.token.kind != TOKEN_END)
        ok = lex_complain(&p.lex, p.lex.token.s,
                          lex_is(&p.lex.token, ")") ? "one ')' too many" : "a ',' outside a call",
                          "");
    if (!ok) {
        expr_free(p.out);
        return NULL;
    }
    p.out->clause[p.out->clauses - 1].to = n;
    return p.out;
}
