/* demo.c - `demo`: what the course claims of training, shown on many seeds, each as the command
 * lines that anyone can type.
 *
 * A row is run once for each seed in a lab of its own; what it counts (or takes the median of) is
 * an expression over the observables. `of40` is what 40 seeds gave when the lessons were written.
 */
#include "base/xalloc.h"
#include "lab/command.h"
#include "lab/observe.h"
#include "lab/table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { DEMO_LINES = 6, SEEDS_MOST = 1000 };

struct demo {
    const char *name, *what;
    const char *line[DEMO_LINES];
    const char *measure; /* true or false: counted; else its median is printed */
    bool median;
    double expected; /* seeds of 40, or the median */
};

#define SOLVED "accuracy >= 0.95"
#define STUCK  "not (loss < 0.62)"

/* Two dead layers to start with: what a rate of 5 does to relu. */
#define KILLED "fn relu", "net layers=2 width=8 init=he lr=5", "train 10 epochs", "net lr=0.05"

static const struct demo demos[] = {
    {"vanishing",
     "sigmoid 8x8 does not learn",
     {"fn sigmoid", "net layers=8 width=8 lr=0.3", "train 200 epochs"},
     STUCK,
     false,
     40},
    {"depth-1",
     "sigmoid 1x8 learns",
     {"fn sigmoid", "net layers=1 width=8 lr=0.3", "train 200 epochs"},
     SOLVED,
     false,
     40},
    {"depth-3",
     "sigmoid 3x8 learns half the time",
     {"fn sigmoid", "net layers=3 width=8 lr=0.3", "train 200 epochs"},
     SOLVED,
     false,
     20},
    {"depth-5",
     "sigmoid 5x8 does not",
     {"fn sigmoid", "net layers=5 width=8 lr=0.3", "train 200 epochs"},
     SOLVED,
     false,
     0},
    {"ratio",
     "delta(1)/delta(8) of sigmoid 8x16",
     {"fn sigmoid", "net layers=8 width=16"},
     "ratio",
     true,
     2.9e-5},
    {"ratio-theory",
     "the same, predicted",
     {"fn sigmoid", "net layers=8 width=16"},
     "predicted_ratio",
     true,
     3.8e-5},
    {"cure-tanh",
     "tanh 8x8 learns",
     {"fn tanh", "net layers=8 width=8 lr=0.1", "train 200 epochs"},
     SOLVED,
     false,
     40},
    {"cure-relu",
     "relu 8x8 from He learns",
     {"fn relu", "net layers=8 width=8 init=he lr=0.05", "train 200 epochs"},
     SOLVED,
     false,
     40},
    {"cure-elu",
     "elu 8x8 learns",
     {"fn elu", "net layers=8 width=8 gain=1.22 lr=0.05", "train 200 epochs"},
     SOLVED,
     false,
     40},
    {"cure-selu",
     "selu 8x8 learns",
     {"fn selu", "net layers=8 width=8 lr=0.05", "train 200 epochs"},
     SOLVED,
     false,
     40},
    {"small-start",
     "relu from U(-1/sqrt n, 1/sqrt n) gets stuck",
     {"fn relu", "net layers=8 width=8 init=uniform lr=0.05", "train 200 epochs"},
     STUCK,
     false,
     26},
    {"large-start",
     "relu from weights three times too large does, too",
     {"fn relu", "net layers=8 width=8 gain=3 lr=0.05", "train 200 epochs"},
     STUCK,
     false,
     36},
    {"dying",
     "relu 2x8 at lr 5 loses a layer",
     {"fn relu", "net layers=2 width=8 init=he lr=5", "train 10 epochs"},
     "dead(1) == 1 or dead(2) == 1",
     false,
     40},
    {"back-relu", "... and relu never comes back", {KILLED, "train 100 epochs"}, SOLVED, false, 0},
    {"back-leaky.01",
     "... nor does leaky_relu at 0.01",
     {KILLED, "swap leaky_relu alpha=0.01", "train 100 epochs"},
     SOLVED,
     false,
     3},
    {"back-leaky.2",
     "... leaky_relu at 0.2 does",
     {KILLED, "swap leaky_relu alpha=0.2", "train 100 epochs"},
     SOLVED,
     false,
     31},
    {"back-elu", "... and elu", {KILLED, "swap elu", "train 100 epochs"}, SOLVED, false, 38},
    {"bias-relu",
     "relu 3x16 with biases of -2 is stuck",
     {"fn relu", "net layers=3 width=16 init=he bias=-2 lr=0.05", "train 60 epochs"},
     STUCK,
     false,
     38},
    {"bias-elu",
     "elu is not",
     {"fn elu", "net layers=3 width=16 init=he bias=-2 lr=0.05", "train 60 epochs"},
     SOLVED,
     false,
     40},
    {"hidden",
     "delta(1)/delta(8) of relu 8x16 from U(-1/sqrt n, 1/sqrt n)",
     {"fn relu", "net layers=8 width=16 init=uniform"},
     "ratio",
     true,
     1.4e-3},
    {"hidden-weights",
     "... which the weight gradients do not show",
     {"fn relu", "net layers=8 width=16 init=uniform"},
     "grad(1)/grad(8)",
     true,
     0.47},
};

enum { DEMOS = sizeof demos / sizeof *demos };

static const char *demo_name(const void *context, int i)
{
    (void)context;
    return i < DEMOS ? demos[i].name : NULL;
}

static bool run_seed(struct lab *lab, const struct demo *d, int seed, double *value, FILE *nowhere,
                     struct error *e)
{
    if (!lab_run(lab, "restart", nowhere, e) || !lab_runf(lab, nowhere, e, "net seed=%d", seed))
        return false;
    for (int i = 0; i < DEMO_LINES && d->line[i]; i++)
        if (!lab_run(lab, d->line[i], nowhere, e))
            return false;
    return observe(lab, d->measure, value, e);
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

/* The count of what is true, or the median. */
static double summary(const struct demo *d, double *value, int n)
{
    double sum = 0;

    if (d->median) {
        qsort(value, (size_t)n, sizeof *value, ascending);
        return n % 2 ? value[n / 2] : (value[n / 2 - 1] + value[n / 2]) / 2;
    }
    for (int i = 0; i < n; i++)
        sum += value[i] != 0;
    return sum;
}

static bool run_demo(const struct demo *d, int seeds, struct table *t, struct error *e)
{
    struct lab *lab = lab_new(NULL, e);
    double *value = xcalloc((size_t)seeds, sizeof *value);
    FILE *nowhere = fopen("/dev/null", "w");
    bool ok = lab && nowhere;

    for (int i = 0; ok && i < seeds; i++)
        ok = run_seed(lab, d, i + 1, &value[i], nowhere, e);
    if (ok) {
        table_word(t, d->name);
        table_real(t, summary(d, value, seeds));
        table_word(t, d->median ? "median" : "seeds");
        table_int(t, seeds);
        table_real(t, d->expected);
        table_word(t, d->what);
        fflush(t->out);
    }
    if (nowhere)
        fclose(nowhere);
    free(value);
    lab_free(lab);
    return ok;
}

static void print_lines(FILE *out)
{
    for (int i = 0; i < DEMOS; i++) {
        fprintf(out, "%-15s %s\n", demos[i].name, demos[i].what);
        for (int k = 0; k < DEMO_LINES && demos[i].line[k]; k++)
            fprintf(out, "    %s\n", demos[i].line[k]);
        fprintf(out, "    # %s: %g%s\n", demos[i].measure, demos[i].expected,
                demos[i].median ? "" : " of 40 seeds");
    }
}

bool cmd_demo(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    static const char *const names[] = {"demo", "result", "what", "seeds", "of40", "claim"};
    static const int widths[] = {-15, 10, -6, 5, 9, -56};
    static const char *const keys[] = {"seeds", "format", NULL};
    const char *option = call_option(c, "seeds");
    enum table_format format;
    double seeds = 10;
    struct table t;
    bool ok = true;

    if (!call_only_options(c, keys, e) || !table_format_find(call_option(c, "format"), &format, e))
        return false;
    if (option &&
        (!expr_number(option, lab->scope, &seeds, e) || !(seeds >= 1 && seeds <= SEEDS_MOST)))
        return misuse(e, -1, "seeds must be from 1 to %d, not '%s'", SEEDS_MOST, option);
    if (c->words == 0) {
        print_lines(out);
        return true;
    }
    for (int i = 0; i < c->words; i++) {
        int k = 0;

        while (k < DEMOS && strcmp(demos[k].name, c->word[i].s) != 0)
            k++;
        if (k == DEMOS && strcmp(c->word[i].s, "all") != 0) {
            const char *near = nearest(c->word[i].s, demo_name, NULL);

            return misuse(e, c->word[i].column, "no demonstration '%s': %s%s", c->word[i].s,
                          near ? "did you mean " : "'demo' lists them, 'all' runs every one",
                          near ? near : "");
        }
    }
    table_begin(&t, out, format, 6, names, widths);
    for (int k = 0; k < DEMOS && ok; k++) {
        bool wanted = false;

        for (int i = 0; i < c->words; i++)
            wanted |= strcmp(c->word[i].s, demos[k].name) == 0 || strcmp(c->word[i].s, "all") == 0;
        if (wanted)
            ok = run_demo(&demos[k], (int)seeds, &t, e);
    }
    table_end(&t);
    return ok;
}
