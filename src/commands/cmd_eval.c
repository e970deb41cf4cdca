/* cmd_eval.c - eval and table: functions as numbers, for people and for pipelines. */
#include "base/number.h"
#include "base/pasted.h"
#include "base/plain_text.h"
#include "base/xalloc.h"
#include "commands/handlers.h"
#include "lab/limits.h"
#include "lab/observe.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { NUMBER_LINE_MAX = 256, MOST_ROWS = 10000000, MOST_ROWS_ON_SCREEN = 10000 };

static const char *const names[] = {"x", "f", "df"};

enum { X_DIGITS = 4 }; /* at least, as text */

/* Rows of x, f(x), f'(x). As text they are bare numbers that read back as they are, with nothing to
 * skip for the next program. */
struct rows {
    struct fn fn;
    struct table table;
    int width[3];
    bool bare;
};

/* digits: of the numbers, where they are text for people. */
static void rows_begin(struct rows *r, const struct call *c, FILE *out, bool bare, int digits)
{
    r->bare = bare && call_format(c) == TABLE_TEXT;
    r->table.out = out;
    if (r->bare)
        return;
    for (int i = 0; i < 3; i++)
        r->width[i] = digits + (i ? 10 : 8);
    table_begin(&r->table, out, call_format(c), 3, names, r->width);
    r->table.digits = digits;
}

#if !HAVE_DECL_FWRITE_UNLOCKED
#define fwrite_unlocked fwrite
#endif

static void put_bare(FILE *out, double v, char after)
{
    char s[NUMBER_TEXT_MAX + 1];
    int n = number_text(s, v);

    s[n] = after;
    fwrite_unlocked(s, 1, (size_t)n + 1, out);
}

static void rows_add(struct rows *r, double x)
{
    double f = fn_f(&r->fn, x), df = fn_df(&r->fn, x);

    if (r->bare) {
        put_bare(r->table.out, x, ' ');
        put_bare(r->table.out, f, ' ');
        put_bare(r->table.out, df, '\n');
        return;
    }
    table_real(&r->table, x);
    table_real(&r->table, f);
    table_real(&r->table, df);
}

static void rows_end(struct rows *r)
{
    if (!r->bare)
        table_end(&r->table);
}

/* A line of standard input, cut to fit: false at the end. *whole: it was neither cut nor had a NUL
 * in it; one that is not may have no end, and is read no further without `to_its_end`. */
static bool read_line(FILE *in, char line[NUMBER_LINE_MAX], bool to_its_end, bool *whole)
{
    size_t n = 0;
    int c = 0;

    *whole = true;
    flockfile(in);
    while ((*whole || to_its_end) && (c = getc_unlocked(in)) != EOF && !plain_line_end(in, c)) {
        if (c == '\0' || n == NUMBER_LINE_MAX - 1)
            *whole = false;
        else
            line[n++] = (char)c;
    }
    funlockfile(in);
    line[n] = '\0';
    return c != EOF || n > 0 || !*whole;
}

static bool read_number(const char *line, double *x)
{
    const size_t minus = pasted_minus(line += strspn(line, " \t"));
    char *end;

    line += minus > 1 ? minus : 0;
    *x = minus > 1 ? -strtod(line, &end) : strtod(line, &end);
    if (end == line)
        return false;
    return end[strspn(end, " \t\r\v\f")] == '\0';
}

static bool is_observable(const char *name)
{
    for (int i = 0; i < observable_count; i++)
        if (strcmp(observable_table[i].name, name) == 0)
            return true;
    return false;
}

/* A number a line from standard input: constant memory, however many there are. It ends when nobody
 * takes what comes of them, too. */
static bool stream(struct rows *r, bool keep_going, struct error *e)
{
    bool whole, prompt = isatty(STDIN_FILENO);
    unsigned long long number = 0, bad = 0;
    char line[NUMBER_LINE_MAX];
    double x;

    while (!ferror(r->table.out) && read_line(stdin, line, keep_going, &whole)) {
        number++;
        if (whole && read_number(number == 1 ? plain_start(line) : line, &x)) {
            rows_add(r, x);
            if (prompt)
                fflush(r->table.out);
            continue;
        }
        bad++;
        fail(e, "standard input, line %llu: '%.60s%s' is not a number%s", number, line,
             whole && strlen(line) <= 60 ? "" : "...",
             keep_going ? "" : " (--keep-going skips such lines)");
        if (!keep_going)
            break;
        fprintf(stderr, "actlab: %s\n", e->text);
    }
    rows_end(r);
    if (number == 0 && is_observable(r->fn.act->name)) /* it may be the other that was meant */
        return fail(e, "the function %s needs a number: eval %s X, or eval %s+0 for the observable",
                    r->fn.act->name, r->fn.act->name, r->fn.act->name);
    if (ferror(stdin))
        return fail(e, "standard input could not be read after line %llu", number);
    if (bad && keep_going)
        fail(e, "%llu of %llu lines were not numbers and were skipped", bad, number);
    return bad == 0;
}

/* eval EXPR without an x: a number, if x does not occur in it: "1/3", "delta(1)/delta(8)". */
static bool eval_number(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    static const char *const name[] = {"value"};
    struct table table;
    double v;

    if (call_option(c, "alpha") || call_option(c, "beta"))
        return misuse(e, c->assign[0].column, "alpha and beta need a function: eval elu alpha=2 1");
    if (!observe(lab, c->word[0].s, &v, e))
        return call_wrong(c, 0, e);
    if (call_format(c) == TABLE_TEXT) {
        put_bare(out, v, '\n');
        return true;
    }
    table_begin(&table, out, call_format(c), 1, name, NULL);
    table_real(&table, v);
    table_end(&table);
    return true;
}

/* True if the first word is a function that takes numbers, not an expression that is one. */
static bool is_function(struct lab *lab, const char *word)
{
    const struct activation *act = functions_parse(lab->model.functions, word, NULL);

    return act && (act->name[0] || expr_uses(act->expr, "x"));
}

/* True if it is an observable, and no function of x. */
static bool is_of_network(struct lab *lab, const char *expression)
{
    struct error ignored = {0};
    double number;

    return !functions_parse(lab->model.functions, expression, NULL) &&
           observe(lab, expression, &number, &ignored);
}

/* A word beside the numbers, out of a pipeline's way. */
static void hint(struct lab *lab, const char *what)
{
    if (lab->interactive)
        lab_say(lab, false, "%s", what);
    else
        fprintf(stderr, "actlab: %s\n", what);
}

bool cmd_eval(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    struct rows rows = {0};
    double *x;
    bool ok = true, none = false;

    if (c->words == 1 && !is_function(lab, c->word[0].s))
        return eval_number(lab, c, out, e);
    if (c->words > 1 && is_of_network(lab, c->word[0].s))
        return misuse(e, c->word[1].column, "'%.60s' is already a number: eval it alone",
                      c->word[0].s);
    if (!call_fn(lab, c, 0, &rows.fn, e) || !call_parameters(lab, c, &rows.fn, e))
        return false;
    if (c->words == 1 && !lab->interactive && lab_rights(lab) == RIGHTS_OWN) {
        rows_begin(&rows, c, out, true, X_DIGITS);
        return stream(&rows, call_flag(c, "keep-going"), e);
    }
    x = xcalloc((size_t)c->words + 1, sizeof *x);
    x[1] = lab->model.plot.cursor; /* without a number, on the screen: at the cursor */
    for (int i = 1; ok && i < c->words; i++)
        ok = call_number(lab, c, i, &x[i], e);
    if (ok) {
        rows_begin(&rows, c, out, true, X_DIGITS);
        for (int i = 1; i < c->words || i == 1; i++) {
            rows_add(&rows, x[i]);
            none |= isnan(fn_f(&rows.fn, x[i]));
        }
        rows_end(&rows);
        if (none && rows.fn.act->expr && expr_hint(rows.fn.act->expr))
            hint(lab, expr_hint(rows.fn.act->expr));
    }
    free(x);
    return ok;
}

/* The i-th point from x0 on, as a person would have written it: 0.3, not 0.30000000000000004; but
 * with all the digits that tell it from the next. */
static double point(double x0, double step, int digits, int i)
{
    char text[NUMBER_TEXT_MAX];
    double x = x0 + i * step;

    if (fabs(x) < 1e-9 * fabs(step))
        return 0;
    number_digits(text, x, digits > 15 ? digits : 15);
    return strtod(text, NULL);
}

bool cmd_table(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    struct rows rows = {0};
    double x0, x1, step, count;
    int digits, most = lab->limits        ? lab->limits->rows
                       : lab->interactive ? MOST_ROWS_ON_SCREEN
                                          : MOST_ROWS;

    if (!call_fn(lab, c, 0, &rows.fn, e) || !call_parameters(lab, c, &rows.fn, e) ||
        !call_number(lab, c, 1, &x0, e) || !call_number(lab, c, 2, &x1, e) ||
        !call_number(lab, c, 3, &step, e))
        return false;
    if (!isfinite(x0) || !isfinite(x1) || !isfinite(step) || step == 0)
        return misuse(e, c->word[3].column,
                      "X0, X1 and STEP must be finite and STEP not 0: table gelu -3 3 0.5");
    count = floor((x1 - x0) / step * (1 + 1e-12) + 1e-9) + 1;
    if (count < 1)
        return misuse(e, c->word[3].column, "a step of %.9g does not lead from %.9g to %.9g", step,
                      x0, x1);
    if (!(count <= most))
        return misuse(e, c->word[3].column, "%.9g rows: at most %d are allowed", count, most);
    digits = number_apart(fmax(fabs(x0), fabs(x1)), step, X_DIGITS);
    rows_begin(&rows, c, out, false, digits);
    for (int i = 0; i < (int)count && !ferror(out); i++) {
        if (lab_cut_short(lab, e))
            return false;
        rows_add(&rows, point(x0, step, digits, i));
    }
    rows_end(&rows);
    return true;
}
