/* cmd_facts.c - facts: the facts about functions, as a card or as a table; naive: the faults of
 * textbook formulas. */
#include "commands/handlers.h"

#include "base/clock.h"
#include "base/number.h"
#include "base/utf8.h"
#include "kernels/kernels.h"
#include "lab/plot_range.h"
#include "math/facts.h"
#include "math/naive.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- what a function costs -------------------------------------------------------------------- */

enum { COST_NUMBERS = 2048, COST_LEAST = 64, COST_ROUNDS = 15, COST_DEAR = 50 };

/* Seconds for f and f' of a float, measured on many of them, on fewer of a function of so many
 * operations: the best of some rounds, for what disturbs only slows. */
static double seconds(const struct fn *fn)
{
    static const double ENOUGH = 2e-5; /* of a round: long against the clock's grain */
    float z[COST_NUMBERS], a[COST_NUMBERS], d[COST_NUMBERS];
    const double fewer = COST_NUMBERS * COST_DEAR / fmax(COST_DEAR, fn_cost(fn));
    const size_t n = (size_t)fmax(COST_LEAST, fewer);
    double best = INFINITY;
    int times = 1;

    for (int i = 0; i < COST_NUMBERS; i++) /* both sides of 0 in no order that could be guessed */
        z[i] = (float)((i * 7919 % COST_NUMBERS) * (8.0 / COST_NUMBERS) - 4);
    kernel_activate(fn, z, a, d, n);
    for (int round = 0; round < COST_ROUNDS; round++) {
        const double start = clock_now();
        for (int i = 0; i < times; i++)
            kernel_activate(fn, z, a, d, n);
        const double took = clock_now() - start;
        if (took < ENOUGH && times < 64) {
            times *= 2;
            round--;
            continue;
        }
        best = fmin(best, took / times);
    }
    return best / (double)n;
}

/* Relative to relu, on this machine, now. */
static double cost(const struct fn *fn)
{
    const struct fn relu = fn_default(activation_find("relu"));
    if (fn->act == relu.act)
        return 1;
    return seconds(fn) / seconds(&relu);
}

/* --- the card --------------------------------------------------------------------------------- */

enum { CARD_INDENT = 15, CARD_COLS = 78 };

/* "label         text", the text wrapped beside the label. */
static void card_line(FILE *out, const char *label, const char *text)
{
    int col = fprintf(out, "%-*s", CARD_INDENT, label);
    bool first = true;

    while (*text) {
        const size_t n = strcspn(text, " ");
        char word[256];
        snprintf(word, sizeof word, "%.*s", (int)(n < 250 ? n : 250), text);
        const int columns = utf8_columns(word);
        if (!first && col + 1 + columns > CARD_COLS)
            col = fprintf(out, "\n%*s", CARD_INDENT, "") - 1;
        else if (!first)
            col += fprintf(out, " ");
        fputs(word, out);
        col += columns;
        first = false;
        text += n;
        text += strspn(text, " ");
    }
    putc('\n', out);
}

static void card_printf(FILE *out, const char *label, const char *format, ...) ACTLAB_PRINTF(3, 4);

static void card_printf(FILE *out, const char *label, const char *format, ...)
{
    char line[1024];
    va_list args;
    va_start(args, format);
    vsnprintf(line, sizeof line, format, args);
    va_end(args);
    card_line(out, label, line);
}

static const char *answer(enum fn_answer a)
{
    static const char *const words[] = {
        [FN_NO] = "no", [FN_YES] = "yes", [FN_UNKNOWN] = "not known"};

    return words[a];
}

static const char *short_answer(enum fn_answer a)
{
    return a == FN_UNKNOWN ? "?" : answer(a);
}

/* A bound with so many digits, or "?" where none is known. */
static const char *bound_text(char out[NUMBER_TEXT_MAX], double v, int digits)
{
    if (isnan(v))
        return "?";
    snprintf(out, NUMBER_TEXT_MAX, "%.*g", digits, v);
    return out;
}

/* "0 to 1", "-0.2785 to inf", "? to 1" */
static void range_text(const struct fn_shape *s, char *out, size_t size, const char *between)
{
    const bool both = isfinite(s->lo) && isfinite(s->hi) && s->hi > s->lo;
    const double most = fmax(fabs(s->lo), fabs(s->hi));
    const int digits = both ? number_apart(most, s->hi - s->lo, 4) : 4;
    char lo[NUMBER_TEXT_MAX], hi[NUMBER_TEXT_MAX];

    snprintf(out, size, "%s%s%s", bound_text(lo, s->lo, digits), between,
             bound_text(hi, s->hi, digits));
}

static bool bounded(const struct fn_shape *s)
{
    return isfinite(s->lo) && isfinite(s->hi);
}

/* "-3, 3", "0 (a jump)", "none" */
static void breaks_text(const struct fn *fn, char *out, size_t size)
{
    struct fn_break at[FN_MAX_BREAKS];
    const int n = fn_breaks(fn, at);
    int digits = 4;
    size_t len = 0;

    for (int i = 1; i < n; i++)
        digits =
            number_apart(fmax(fabs(at[i - 1].x), fabs(at[i].x)), at[i].x - at[i - 1].x, digits);
    snprintf(out, size, "none");
    for (int i = 0; i < n && len < size; i++)
        len += (size_t)snprintf(out + len, size - len, "%s%.*g%s", i ? ", " : "", digits, at[i].x,
                                at[i].jump ? " (a jump)" : "");
}

static void card_parameter(FILE *out, const char *name, const struct fn_parameter *p, double now)
{
    if (p->meaning)
        card_printf(out, name, "%.6g now, %.6g by default, %.6g to %.6g: %s", now, p->fallback,
                    p->min, p->max, p->meaning);
}

static void card(FILE *out, const struct fn *fn)
{
    const struct activation *a = fn->act;
    const struct fn_shape s = fn_shape(fn);
    char text[256];

    fprintf(out, "%s\n\n", a->name[0] ? a->name : "f");
    card_printf(out, "f(x)", "%s", a->formula);
    if (a->derivative[0])
        card_printf(out, "f'(x)", "%s", a->derivative);
    card_parameter(out, "alpha", &a->alpha, fn->alpha);
    card_parameter(out, "beta", &a->beta, fn->beta);
    range_text(&s, text, sizeof text, " to ");
    if (isnan(s.lo) && isnan(s.hi))
        card_line(out, "range", answer(FN_UNKNOWN));
    else
        card_printf(out, "range", "%s%s", text, bounded(&s) ? ", bounded" : "");
    if (isnan(fn_max_slope(fn)))
        card_line(out, "largest slope", answer(FN_UNKNOWN));
    else
        card_printf(out, "largest slope", "%.4g", fn_max_slope(fn));
    card_line(out, "zero-centred", answer(s.odd));
    card_line(out, "monotone", answer(s.monotone));
    card_line(out, "smooth", answer(s.smooth));
    breaks_text(fn, text, sizeof text);
    card_line(out, "kinks", text);
    card_printf(out, "cost", "%.1f times relu's, f and f' together, on this machine", cost(fn));
    if (a->year)
        card_printf(out, "from", "%s, %d", a->source, a->year);
    if (a->frameworks)
        card_line(out, "frameworks", a->frameworks);
    if (a->good && a->good[0])
        card_line(out, "good", a->good);
    if (a->flaw && a->flaw[0])
        card_line(out, "flaw", a->flaw);
    if (a->use && a->use[0])
        card_line(out, "use", a->use);
}

/* --- the table -------------------------------------------------------------------------------- */

/* For people the short columns only; programs get the sentences, too. */
static const char *const fact_names[] = {"name", "year",     "range",  "slope",   "smooth",
                                         "zero", "monotone", "kinks",  "cost",    "good",
                                         "flaw", "use",      "source", "formula", "derivative"};
static const int fact_widths[] = {-12, 4, 14, 7, 6, 5, 8, 5, 5, 0, 0, 0, 0, 0, 0};
enum { FACTS_SHORT = 9, FACTS_ALL = 15 };

static void fact_row(struct table *t, const struct fn *fn)
{
    const struct activation *a = fn->act;
    const struct fn_shape s = fn_shape(fn);
    struct fn_break at[FN_MAX_BREAKS];
    char range[64];

    range_text(&s, range, sizeof range, "..");
    table_word(t, a->name[0] ? a->name : "f");
    table_int(t, a->year);
    table_word(t, range);
    table_real(t, fn_max_slope(fn));
    table_word(t, short_answer(s.smooth));
    table_word(t, short_answer(s.odd));
    table_word(t, short_answer(s.monotone));
    table_int(t, fn_breaks(fn, at));
    table_real(t, round(10 * cost(fn)) / 10);
    if (t->columns == FACTS_SHORT)
        return;
    const char *const words[] = {a->good, a->flaw, a->use, a->source, a->formula, a->derivative};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        table_word(t, words[i] ? words[i] : "");
}

bool cmd_facts(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    const enum table_format format = call_format(c);
    const struct activation *act = NULL;
    struct table t = {0};
    struct fn fn;

    if (c->words == 1) {
        act = call_says(c, 0, "plotted") ? lab->model.fn.act : call_activation(lab, c, 0, e);
        if (!act)
            return false;
        fn = act == lab->model.fn.act ? lab->model.fn : fn_default(act);
        if (format == TABLE_TEXT) {
            card(out, &fn);
            return true;
        }
    }
    table_begin(&t, out, format, format == TABLE_TEXT ? FACTS_SHORT : FACTS_ALL, fact_names,
                fact_widths);
    if (act)
        fact_row(&t, &fn);
    for (int i = 0; !act && functions_at(lab->model.functions, i); i++) {
        if (lab_cut_short(lab, e))
            return false;
        fn = fn_default(functions_at(lab->model.functions, i));
        fact_row(&t, &fn);
    }
    table_end(&t);
    if (format == TABLE_TEXT)
        fputs("\nzero: positive and negative outputs balance. cost: time for f and f', relu = 1; "
              "facts NAME\ntells more.\n",
              out);
    return true;
}

/* --- the textbook formulas -------------------------------------------------------------------- */

static const char *const naive_names[] = {"x", "naive", "stable", "digits", "verdict"};
static const int naive_widths[] = {12, 14, 14, 7, -24};

/* A number inside a span that is typical of it: near where the trouble begins when it never ends.
 */
static double typical(const struct naive_span *s)
{
    const double least = fmin(fabs(s->from), fabs(s->to)), most = fmax(fabs(s->from), fabs(s->to));
    const double sign = s->to <= 0 ? -1 : 1;
    if (s->from == s->to)
        return s->from;
    if (s->from < 0 && s->to > 0)
        return isfinite(s->to) ? s->to / 1000 : 1;
    if (least == 0)
        return sign * (isfinite(most) ? most / 1000 : 1);
    return sign * (most > 1e3 * least ? 1.5 * least : sqrt(least) * sqrt(most));
}

static void naive_table(struct lab *lab, const struct naive_form *form, const struct fn *fn,
                        enum table_format format, FILE *out)
{
    struct naive_span span[NAIVE_MAX_SPANS];
    double x[NAIVE_MAX_SPANS + 3] = {-1, 1, lab->model.plot.cursor};
    int n = 3;
    struct table t = {0};

    const int spans = naive_spans(form, fn, span);
    for (int i = 0; i < spans; i++)
        x[n++] = typical(&span[i]);
    qsort(x, (size_t)n, sizeof *x, number_ascending);
    table_begin(&t, out, format, 5, naive_names, naive_widths);
    for (int i = 0; i < n; i++) {
        if (i > 0 && x[i] == x[i - 1])
            continue;
        const struct naive_reading r = naive_read(form, fn, x[i]);
        table_real(&t, x[i]);
        table_real(&t, r.naive);
        table_real(&t, r.stable);
        table_real(&t, r.digits);
        table_word(&t, naive_verdict_text(r.verdict));
    }
    table_end(&t);
}

static bool naive_print(struct lab *lab, enum table_format format, const struct fn *fn, FILE *out)
{
    for (int i = 0; naive_form(fn->act, i); i++) {
        const struct naive_form *form = naive_form(fn->act, i);
        if (format == TABLE_TEXT) {
            fprintf(out, "%s%s(x) = %s\n\n", i ? "\n" : "", fn->act->name, form->formula);
            card_line(out, "trouble", form->trouble);
            card_line(out, "cure", form->cure);
            putc('\n', out);
        } else if (i > 0) {
            break; /* one table in a file */
        }
        naive_table(lab, form, fn, format, out);
    }
    return true;
}

/* The view in which the trouble shows: as far as the outermost place where it begins. */
static void naive_range(struct lab *lab, const struct fn *fn)
{
    struct naive_span span[NAIVE_MAX_SPANS];
    double far = 0;
    for (int i = 0; naive_form(fn->act, i); i++) {
        const int n = naive_spans(naive_form(fn->act, i), fn, span);
        for (int k = 0; k < n; k++) {
            const double edges[] = {fabs(span[k].from), fabs(span[k].to)};
            for (int side = 0; side < 2; side++)
                if (edges[side] < 1e5)
                    far = fmax(far, edges[side]);
        }
    }
    far = far > 1e-3 ? 1.4 * far : PLOT_REACH;
    lab->model.plot.x0 = -far;
    lab->model.plot.x1 = far;
}

bool cmd_naive(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    bool off = call_says(c, 0, "off");
    const bool on = call_says(c, 0, "on");
    struct fn fn = lab->model.fn;

    if (c->words == 1 && !off && !on) {
        const struct activation *act = call_activation(lab, c, 0, e);
        if (!act)
            return false;
        if (act != fn.act)
            fn = fn_default(act);
    }
    if (!off && !naive_form(fn.act, 0))
        return fail(e, "%s has no textbook formula that goes wrong: sigmoid, tanh and gelu have",
                    fn.act->name[0] ? fn.act->name : "this function");
    if (!lab->interactive && !off && !on)
        return naive_print(lab, call_format(c), &fn, out);
    off |= !on && lab->model.plot.naive &&
           fn.act == lab->model.fn.act; /* the same again takes it away */
    if (fn.act != lab->model.fn.act && !lab_set_fn(lab, &fn, e))
        return false;
    if (lab->interactive && !off)
        lab_say(lab, false, "digits that the textbook formula gets right; naive again ends it");
    lab->model.plot.naive = !off;
    lab->model.plot.compares = 0;
    lab->model.plot.difference = false;
    if (off) {
        lab->model.plot.x0 = -PLOT_REACH;
        lab->model.plot.x1 = PLOT_REACH;
    } else {
        naive_range(lab, &lab->model.fn);
    }
    plot_fit(lab);
    return true;
}
