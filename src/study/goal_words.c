/* goal_words.c - a goal's expression in words: "loss above 0.62 after 100 epochs". */
#include "base/xalloc.h"
#include "lab/observe.h"
#include "study/goal.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* How an observable is called where it is no name in an expression; the others by their names. */
static const struct {
    const char *name, *words;
} said[] = {
    {"df", "f'"},
    {"lr", "learning rate"},
    {"dead", "dead share"},
    {"saturated", "saturated share"},
    {"test_loss", "held-out loss"},
    {"test_accuracy", "held-out accuracy"},
    {"predicted", "theory's delta"},
    {"predicted_factor", "theory's factor"},
    {"predicted_ratio", "theory's ratio"},
    {"depth_scale", "depth scale"},
    {"grad", "dW"},
    {"act", "a rms"},
};

/* Bytes up to the parenthesis that closes the one at s; 0: there is none. */
static size_t closing(const char *s, size_t n)
{
    int open = 0;

    for (size_t i = 0; i < n; i++) {
        open += (s[i] == '(') - (s[i] == ')');
        if (open == 0)
            return i;
    }
    return 0;
}

static const char *words_of(const char *name, size_t n)
{
    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        if (strlen(said[i].name) == n && memcmp(said[i].name, name, n) == 0)
            return said[i].words;
    return NULL;
}

static const struct observable *observable_of(const char *name, size_t n)
{
    for (int i = 0; i < observable_count; i++)
        if (strlen(observable_table[i].name) == n && memcmp(observable_table[i].name, name, n) == 0)
            return &observable_table[i];
    return NULL;
}

void goal_name(const char *s, size_t n, struct text *out)
{
    for (size_t i = 0, of; i < n; i += of) {
        const char *name = s + i, *words;
        size_t end;

        for (of = 0; i + of < n && (isalnum((unsigned char)name[of]) || name[of] == '_');)
            of++;
        if (of == 0 || isdigit((unsigned char)*name)) {
            of = of ? of : 1;
            text_add_n(out, name, of);
            continue;
        }
        end = i + of < n && name[of] == '(' ? closing(name + of, n - i - of) : 0;
        if (end && of == 3 && memcmp(name, "abs", 3) == 0) {
            text_add_char(out, '|');
            goal_name(name + of + 1, end - 1, out);
            text_add_char(out, '|');
            of += end + 1;
            continue;
        }
        words = words_of(name, of);
        text_add_n(out, words ? words : name, words ? strlen(words) : of);
        if (!end || !observable_of(name, of))
            continue;
        text_printf(out, " in layer %.*s", (int)end - 1, name + of + 1);
        of += end + 1;
    }
}

/* A condition: what is measured, on the left, and what it is compared with. sign '\0': no
 * comparison. '=': one of == and !=, or with `equal` one that may be met exactly. */
struct part {
    char left[128], right[128], sign;
    bool equal, told;
};

static void cut(char out[128], const char *s, const char *end)
{
    while (s < end && isspace((unsigned char)*s))
        s++;
    while (end > s && isspace((unsigned char)end[-1]))
        end--;
    snprintf(out, 128, "%.*s", (int)(end - s), s);
}

static struct part part_of(const char *expression, const struct expr_clause *c)
{
    const char *end = expression + c->to, *sign = c->bytes ? expression + c->sign : end;
    struct part p = {.sign = (char)(c->bytes ? *sign : '\0'), .equal = c->bytes == 2};
    double v;

    cut(p.left, expression + c->from, sign);
    cut(p.right, sign + c->bytes, end);
    if (p.sign && expr_number(p.left, NULL, &v, NULL)) {
        struct part turned = p;

        strcpy(turned.left, p.right);
        strcpy(turned.right, p.left);
        turned.sign = (char)(p.sign == '<' ? '>' : p.sign == '>' ? '<' : p.sign);
        return turned;
    }
    return p;
}

/* "f == relu(x)" */
static bool is_function(const struct part *p)
{
    return p->sign == '=' && strcmp(p->left, "f") == 0 &&
           strcmp(p->right + strcspn(p->right, "("), "(x)") == 0;
}

static bool is_time(const struct part *p)
{
    return p->sign && p->sign != '!' &&
           (strcmp(p->left, "epoch") == 0 ||
            (strcmp(p->left, "step") == 0 && p->sign == '=' && strcmp(p->right, "0") == 0));
}

static void say_time(const struct part *p, struct text *out)
{
    text_add(out, out->len ? " " : "");
    if (p->left[0] == 's')
        text_add(out, "before training");
    else
        text_printf(out, "%s %s epochs",
                    p->sign == '<'   ? "within"
                    : p->sign == '>' ? "after"
                                     : "at",
                    p->right);
}

/* The other bound of the same thing: "0.2 < ratio and ratio < 3". */
static struct part *other_bound(struct part *part, int n, const struct part *p)
{
    for (struct part *q = part; q < part + n; q++)
        if (!q->told && q != p && strcmp(q->left, p->left) == 0 &&
            ((q->sign == '<' && p->sign == '>') || (q->sign == '>' && p->sign == '<')))
            return q;
    return NULL;
}

static void say(struct part *part, int n, struct part *p, struct text *out)
{
    struct part *other = other_bound(part, n, p);

    text_add(out, out->len ? ", " : "");
    goal_name(p->left, strlen(p->left), out);
    p->told = true;
    if (!p->sign)
        return;
    if (other) {
        const struct part *low = p->sign == '>' ? p : other, *high = p->sign == '>' ? other : p;

        other->told = true;
        text_printf(out, " between %s and %s", low->right, high->right);
        return;
    }
    if (is_function(p)) {
        text_printf(out, " is %.*s", (int)strcspn(p->right, "("), p->right);
        return;
    }
    text_add(out, p->sign == '>'   ? (p->equal ? " at least " : " above ")
                  : p->sign == '<' ? (p->equal ? " at most " : " below ")
                  : p->sign == '=' ? " exactly "
                                   : " not ");
    goal_name(p->right, strlen(p->right), out);
}

/* Nothing stands around the conditions but `and` between them: no `or`, `not` or parenthesis. */
static bool only_and(const char *expression, const struct expr_clause *c, int n)
{
    size_t at = 0;

    for (int i = 0; i <= n; i++) {
        char between[128];

        cut(between, expression + at, i < n ? expression + c[i].from : strchr(expression, '\0'));
        if (strcmp(between, i > 0 && i < n ? "and" : "") != 0)
            return false;
        at = i < n ? c[i].to : at;
    }
    return true;
}

/* The conditions of an expression; 0: it is another kind of one. */
static int parts_of(const struct lab *lab, const char *expression, struct part *part)
{
    struct expr *whole = expr_parse(expression, strlen(expression), NULL, lab->scope, NULL);
    const struct expr_clause *c;
    int n = whole ? expr_clauses(whole, &c) : 0;

    if (n && !only_and(expression, c, n))
        n = 0;
    for (int i = 0; i < n; i++)
        part[i] = part_of(expression, &c[i]);
    expr_free(whole);
    return n;
}

void goal_words(const struct lab *lab, const char *expression, struct text *out)
{
    struct part part[EXPR_MAX_CLAUSES];
    const int n = parts_of(lab, expression, part);

    for (int i = 0; i < n; i++)
        if (!part[i].told && !is_time(&part[i]))
            say(part, n, &part[i], out);
    for (int i = 0; i < n; i++)
        if (is_time(&part[i]))
            say_time(&part[i], out);
    text_add(out, n ? "" : expression);
}

/* Which names it has: those of the plot, and the observables that are no names of it. */
static void find_names(const char *s, bool *plot, bool *network)
{
    static const char of_plot[] = " x f df slope alpha beta ";

    while (*(s += strcspn(s, "abcdefghijklmnopqrstuvwxyz"))) {
        const size_t n = strspn(s, "abcdefghijklmnopqrstuvwxyz_0123456789");
        char name[32];

        snprintf(name, sizeof name, " %.*s ", (int)n, s);
        if (strstr(of_plot, name))
            *plot = true;
        else if (observable_of(s, n))
            *network = true;
        s += n;
    }
}

void goal_needs(const struct lab *lab, const char *expression, bool *plot, bool *network)
{
    struct part part[EXPR_MAX_CLAUSES];
    const int n = parts_of(lab, expression, part);

    if (n == 0)
        find_names(expression, plot, network);
    for (int i = 0; i < n; i++) {
        if (is_function(&part[i]))
            continue;
        find_names(part[i].left, plot, network);
        find_names(part[i].right, plot, network);
    }
}
