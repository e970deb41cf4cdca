/* goal.c - see goal.h. A goal is mostly comparisons joined by `and`: each has a side that is
 * measured and one that is a number. */
#include "study/goal.h"

#include "base/xalloc.h"
#include "lab/observe.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_SIDES = 4, LONGEST_NAME = 24 };

struct side {
    char text[128];
    struct expr *expr;
};

struct clause {
    struct expr *whole;
    struct side side[2];
    int sides; /* that are measured: numbers are the same whatever happens */
};

struct goal {
    struct expr *whole;
    struct clause clause[EXPR_MAX_CLAUSES];
    int clauses;
};

static void add_side(struct lab *lab, struct clause *c, const char *s, const char *end)
{
    struct side *side = &c->side[c->sides];
    size_t named;
    double v;

    while (s < end && isspace((unsigned char)*s))
        s++;
    while (end > s && isspace((unsigned char)end[-1]))
        end--;
    if (end - s >= (int)sizeof side->text || s == end)
        return;
    memcpy(side->text, s, (size_t)(end - s));
    side->text[end - s] = '\0';
    for (named = 0; side->text[named] && !isalpha((unsigned char)side->text[named]);)
        named++;
    if (!side->text[named] || expr_number(side->text, NULL, &v, NULL)) /* a constant */
        return;
    side->expr = observe_parse(lab, side->text, strlen(side->text), NULL);
    c->sides += side->expr != NULL;
}

struct goal *goal_parse(struct lab *lab, const char *expression, struct error *e)
{
    struct expr *whole = observe_parse(lab, expression, strlen(expression), e);
    const struct expr_clause *part;
    struct goal *g;

    if (!whole)
        return NULL;
    g = xcalloc(1, sizeof *g);
    g->whole = whole;
    g->clauses = expr_clauses(whole, &part);
    for (int i = 0; i < g->clauses; i++, part++) {
        const char *end = expression + part->to;
        const char *sign = part->bytes ? expression + part->sign : end;

        g->clause[i].whole =
            observe_parse(lab, expression + part->from, part->to - part->from, NULL);
        add_side(lab, &g->clause[i], expression + part->from, sign);
        add_side(lab, &g->clause[i], sign + part->bytes, end);
    }
    return g;
}

void goal_free(struct goal *g)
{
    if (!g)
        return;
    for (struct clause *c = g->clause; c < g->clause + g->clauses; c++) {
        expr_free(c->whole);
        for (int i = 0; i < c->sides; i++)
            expr_free(c->side[i].expr);
    }
    expr_free(g->whole);
    free(g);
}

static bool is_true(struct lab *lab, const struct expr *expr)
{
    double v;

    return expr && observe_expr(lab, expr, &v, NULL) && !isnan(v) && v != 0;
}

bool goal_met(struct lab *lab, const struct goal *g)
{
    return g && is_true(lab, g->whole);
}

/* Enough digits to tell the value from its target, and a word where there is no number. */
static void print_value(char *out, size_t size, double v)
{
    if (isnan(v))
        snprintf(out, size, "nothing");
    else
        snprintf(out, size, "%.4g", v);
}

static bool is_among(const struct side *const *all, int n, const struct side *one)
{
    for (int i = 0; i < n; i++)
        if (strcmp(all[i]->text, one->text) == 0)
            return true;
    return false;
}

/* The sides of the clauses, each once: of all, or of those that are still to be met. */
static int find_sides(struct lab *lab, const struct goal *g, bool unmet, const struct side **all)
{
    int n = 0;

    for (const struct clause *c = g->clause; c < g->clause + g->clauses; c++) {
        if (unmet && is_true(lab, c->whole))
            continue;
        for (int i = 0; i < c->sides && n < MOST_SIDES; i++)
            if (!is_among(all, n, &c->side[i]))
                all[n++] = &c->side[i];
    }
    return n;
}

const char *goal_now(struct lab *lab, const struct goal *g, char out[GOAL_NOW_MAX])
{
    const struct side *all[MOST_SIDES];
    size_t used = 0;
    int n = 0, shown = 0;

    out[0] = '\0';
    if (g)
        n = find_sides(lab, g, true, all);
    if (g && n == 0)
        n = find_sides(lab, g, false, all);
    for (int i = 0; i < n && used < GOAL_NOW_MAX; i++) {
        struct text name = {0};
        char value[24];
        double v;

        if (!observe_expr(lab, all[i]->expr, &v, NULL))
            continue;
        goal_name(all[i]->text, strlen(all[i]->text), &name);
        const bool named = (n > 1 || g->clauses > 1) && name.len <= LONGEST_NAME;

        print_value(value, sizeof value, v);
        used += (size_t)snprintf(out + used, GOAL_NOW_MAX - used, "%s%s%s%s", shown++ ? ", " : "",
                                 named ? name.s : "", named ? " " : "", value);
        text_free(&name);
    }
    return out;
}
