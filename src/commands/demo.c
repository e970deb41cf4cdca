/* demo.c - `demo`: runs the demonstrations of demos.def on many seeds. */
#include "commands/demo.h"

#include "base/capture.h"
#include "base/number.h"
#include "base/suggest.h"
#include "base/xalloc.h"
#include "commands/handlers.h"
#include "commands/session.h"
#include "lab/observe.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SEEDS = 10, SEEDS_MOST = 1000 };

const struct demo demo_table[] = {
#define DEMO(name, claim, measure, what, of40, ...)                                                \
    {name, claim, measure, DEMO_##what, of40, (const char *const[]){__VA_ARGS__, NULL}},
#include "commands/demos.def"
#undef DEMO
};

const int demo_count = sizeof demo_table / sizeof *demo_table;

static const char *const whats[] = {
    [DEMO_COUNT] = "seeds", [DEMO_MEDIAN] = "median", [DEMO_LOW] = "5 %", [DEMO_HIGH] = "95 %"};

static const char *demo_name(const void *context, int i)
{
    (void)context;
    return i < demo_count ? demo_table[i].name : NULL;
}

static const struct demo *find(const char *name)
{
    for (int i = 0; i < demo_count; i++)
        if (strcmp(demo_table[i].name, name) == 0)
            return &demo_table[i];
    return NULL;
}

/* A line after divergence is not run; the divergence itself is measured. */
static bool run_seed(struct lab *lab, const struct demo *d, int seed, double *value,
                     struct error *e)
{
    struct capture unheard;
    bool ok;

    if (!capture_begin(&unheard, e))
        return false;
    ok = lab_run(lab, "restart", unheard.out, e) &&
         lab_runf(lab, unheard.out, e, "net seed=%d", seed);
    for (int i = 0; ok && d->line[i] && !trainer_diverged(lab->model.trainer, NULL); i++)
        ok = lab_run(lab, d->line[i], unheard.out, e);
    capture_free(&unheard);
    return ok && observe(lab, d->measure, value, e);
}

/* The value that a share of the values, which are sorted, lies below. */
static double quantile(const double *value, int n, double share)
{
    double at = share * (n - 1);
    int i = at < n - 1 ? (int)at : n - 1, next = i + 1 < n ? i + 1 : i;

    return value[i] + (at - i) * (value[next] - value[i]);
}

static double summary(enum demo_what what, double *value, int n)
{
    static const double share[] = {[DEMO_MEDIAN] = .5, [DEMO_LOW] = .05, [DEMO_HIGH] = .95};
    double sum = 0;

    if (what != DEMO_COUNT) {
        qsort(value, (size_t)n, sizeof *value, number_ascending);
        return quantile(value, n, share[what]);
    }
    for (int i = 0; i < n; i++)
        sum += value[i] != 0;
    return sum;
}

bool demo_run(const struct command_table *commands, const struct demo *d, int seeds, double *result,
              struct error *e)
{
    struct lab *lab = session_open(commands, NULL, e);
    double *value = xcalloc((size_t)seeds, sizeof *value);
    bool ok = lab != NULL;

    for (int i = 0; ok && i < seeds; i++)
        ok = run_seed(lab, d, i + 1, &value[i], e);
    if (ok)
        *result = summary(d->what, value, seeds);
    free(value);
    session_close(lab);
    return ok;
}

static void print_result(const struct demo *d, int seeds, double result, struct table *t)
{
    table_word(t, d->name);
    table_real(t, result);
    table_word(t, whats[d->what]);
    table_int(t, seeds);
    table_real(t, d->of40);
    table_word(t, d->claim);
    fflush(t->out);
}

/* Each as it is typed. */
static void list(FILE *out)
{
    for (const struct demo *d = demo_table; d < demo_table + demo_count; d++) {
        fprintf(out, "%-16s %s\n", d->name, d->claim);
        for (int k = 0; d->line[k]; k++)
            fprintf(out, "    %s\n", d->line[k]);
        fprintf(out, d->what == DEMO_COUNT ? "    # %s: %g of 40 seeds\n" : "    # %s: %g (%s)\n",
                d->measure, d->of40, whats[d->what]);
    }
}

static void list_table(FILE *out, enum table_format format)
{
    static const char *const names[] = {"demo", "lines", "measure", "what", "of40", "claim"};
    struct table t;

    table_begin(&t, out, format, 6, names, NULL);
    for (const struct demo *d = demo_table; d < demo_table + demo_count; d++) {
        struct text lines = {0};

        for (int k = 0; d->line[k]; k++)
            text_printf(&lines, "%s%s", k ? "; " : "", d->line[k]);
        table_word(&t, d->name);
        table_word(&t, text_str(&lines));
        table_word(&t, d->measure);
        table_word(&t, whats[d->what]);
        table_real(&t, d->of40);
        table_word(&t, d->claim);
        text_free(&lines);
    }
    table_end(&t);
}

static bool check_names(const struct call *c, struct error *e)
{
    for (int i = 0; i < c->words; i++) {
        const char *s = c->word[i].s, *near;

        if (find(s) || strcmp(s, "all") == 0)
            continue;
        near = suggest(s, demo_name, NULL);
        return misuse(e, c->word[i].column, "no demonstration '%s': %s%s", s,
                      near ? "did you mean " : "'demo' lists them, 'all' runs every one",
                      near ? near : "");
    }
    return true;
}

static bool wanted(const struct call *c, const struct demo *d)
{
    for (int i = 0; i < c->words; i++)
        if (strcmp(c->word[i].s, d->name) == 0 || strcmp(c->word[i].s, "all") == 0)
            return true;
    return false;
}

bool cmd_demo(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    static const char *const names[] = {"demo", "result", "what", "seeds", "of40", "claim"};
    static const int widths[] = {-16, 9, -6, 5, 7, -32};
    const enum table_format format = call_format(c);
    int seeds = SEEDS;
    double result;
    struct table t;
    bool ok = true;

    if (!call_option_int(lab, c, "seeds", 1, SEEDS_MOST, &seeds, e))
        return false;
    if (c->words == 0) {
        if (format == TABLE_TEXT)
            list(out);
        else
            list_table(out, format);
        return true;
    }
    if (!check_names(c, e))
        return false;
    table_begin(&t, out, format, 6, names, widths);
    for (const struct demo *d = demo_table; ok && d < demo_table + demo_count; d++) {
        if (!wanted(c, d))
            continue;
        ok = demo_run(lab->commands, d, seeds, &result, e);
        if (ok)
            print_result(d, seeds, result, &t);
    }
    table_end(&t);
    return ok;
}
