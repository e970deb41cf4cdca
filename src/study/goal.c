/* goal.c - see goal.h. A goal is mostly comparisons joined by `and`: each has a side that is
 * measured and one that is a number. */
#include "study/goal.h"

#include "lab/observe.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

bool goal_met(struct lab *lab, const char *expression)
{
    double v;

    return observe(lab, expression, &v, NULL) && !isnan(v) && v != 0;
}

static const char AND[] = "and";

static bool word_at(const char *start, const char *p, const char *word)
{
    const size_t n = strlen(word);

    return strncmp(p, word, n) == 0 && !isalnum((unsigned char)p[n]) && p[n] != '_' &&
           (p == start || (!isalnum((unsigned char)p[-1]) && p[-1] != '_'));
}

/* The end of the clause at s: the next `and` outside parentheses, or the end. */
static const char *clause_end(const char *s)
{
    const char *start = s;
    int depth = 0;

    for (; *s; s++) {
        depth += (*s == '(') - (*s == ')');
        if (depth == 0 && word_at(start, s, AND))
            break;
    }
    return s;
}

/* The comparison within [s, end) outside parentheses, or end. *n: its length. */
static const char *comparison(const char *s, const char *end, size_t *n)
{
    int depth = 0;

    for (; s < end; s++) {
        depth += (*s == '(') - (*s == ')');
        if (depth == 0 && strchr("<>=!", *s)) {
            *n = s + 1 < end && s[1] == '=' ? 2 : 1;
            return s;
        }
    }
    *n = 0;
    return end;
}

struct side {
    char text[128];
    double value;
};

static bool side(struct lab *lab, const char *s, const char *end, struct side *out)
{
    const char *p;

    while (s < end && isspace((unsigned char)*s))
        s++;
    while (end > s && isspace((unsigned char)end[-1]))
        end--;
    if (end - s >= (int)sizeof out->text || s == end)
        return false;
    memcpy(out->text, s, (size_t)(end - s));
    out->text[end - s] = '\0';
    for (p = out->text; *p && !isalpha((unsigned char)*p); p++)
        ;
    if (!*p || expr_number(out->text, NULL, &out->value, NULL)) /* the same whatever happens */
        return false;
    return observe(lab, out->text, &out->value, NULL);
}

enum { MOST_SIDES = 4, LONGEST_NAME = 16 };

static void add_side(struct lab *lab, const char *s, const char *end, struct side *all, int *n)
{
    if (*n == MOST_SIDES || !side(lab, s, end, &all[*n]))
        return;
    for (int i = 0; i < *n; i++)
        if (strcmp(all[i].text, all[*n].text) == 0)
            return;
    ++*n;
}

/* Enough digits to tell the value from its target, and a word where there is no number. */
static void print_value(char *out, size_t size, double v)
{
    if (isnan(v))
        snprintf(out, size, "nothing");
    else
        snprintf(out, size, "%.4g", v);
}

static bool clause_met(struct lab *lab, const char *s, const char *end)
{
    struct text clause = {0};
    bool met;

    text_add_n(&clause, s, (size_t)(end - s));
    met = goal_met(lab, text_str(&clause));
    text_free(&clause);
    return met;
}

/* The sides of the clauses: of all, or of those that are still to be met. */
static int find_sides(struct lab *lab, const char *expression, bool unmet, struct side *all)
{
    int n = 0;

    for (const char *s = expression, *end; *s; s = *end ? end + sizeof AND - 1 : end) {
        size_t length;
        const char *cut = comparison(s, end = clause_end(s), &length);

        if (unmet && clause_met(lab, s, end))
            continue;
        add_side(lab, s, cut, all, &n);
        add_side(lab, cut + length, end, all, &n);
    }
    return n;
}

const char *goal_now(struct lab *lab, const char *expression, char out[GOAL_NOW_MAX])
{
    struct side all[MOST_SIDES];
    size_t used = 0;
    int n = find_sides(lab, expression, true, all);
    const bool several = *clause_end(expression) != '\0';

    if (n == 0)
        n = find_sides(lab, expression, false, all);
    out[0] = '\0';
    for (int i = 0; i < n && used < GOAL_NOW_MAX; i++) {
        const bool named = (n > 1 || several) && strlen(all[i].text) <= LONGEST_NAME;
        char value[24];

        print_value(value, sizeof value, all[i].value);
        used += (size_t)snprintf(out + used, GOAL_NOW_MAX - used, "%s%s%s%s", i ? ", " : "",
                                 named ? all[i].text : "", named ? " " : "", value);
    }
    return out;
}
