/* cmd_watch.c - until and watch: training that looks at what it does. */
#include "base/xalloc.h"
#include "commands/handlers.h"
#include "lab/observe.h"
#include "lab/until.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { UNTIL_EPOCHS = 1000 /* unless limit= says otherwise */ };

/* All words as one expression, with the spaces between them: positions stay those of the line.
 * To be freed. */
static char *joined(const struct call *c)
{
    struct text all = {0};
    char *copy;

    for (int i = 0; i < c->words; i++) {
        if (i)
            text_add_char(&all, ' ');
        while (i && (int)all.len < c->word[i].column - c->word[0].column)
            text_add_char(&all, ' ');
        text_add(&all, c->word[i].s);
    }
    copy = xstrdup(text_str(&all));
    text_free(&all);
    return copy;
}

/* Its training is recorded as the clock's, so that a recording is right after a goal that was not
 * met or a run that was ended by hand. */
bool cmd_until(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    uint64_t start;
    char *goal;
    int limit = UNTIL_EPOCHS;
    bool ok;

    if (!call_option_int(lab, c, "limit", 1, MOST_EPOCHS, &limit, e))
        return false;
    goal = joined(c);
    start = trainer_steps(lab->model.trainer);
    ok = lab->interactive ? until_run(lab, goal, limit, e) : until_train(lab, goal, limit, e);
    free(goal);
    if (!ok && e->kind == ERROR_USAGE)
        call_wrong(c, 0, e);
    if (ok && !lab->interactive) {
        lab_measure(lab);
        fprintf(out, "step %" PRIu64 "  epoch %.6g  trained %" PRIu64 "\n",
                lab->measured.probe.step, lab->measured.probe.epoch,
                lab->measured.probe.step - start);
    }
    return ok;
}

static bool watch_row(struct lab *lab, const struct call *c, struct table *t, struct error *e)
{
    double v[CALL_MAX_WORDS];

    for (int i = 0; i < c->words; i++)
        if (!observe(lab, c->word[i].s, &v[i], e))
            return call_wrong(c, i, e);
    table_int(t, (long long)trainer_steps(lab->model.trainer));
    table_real(t, (double)trainer_steps(lab->model.trainer) /
                      trainer_steps_per_epoch(lab->model.trainer));
    for (int i = 0; i < c->words; i++)
        table_real(t, v[i]);
    return true;
}

static bool check_all(struct lab *lab, const struct call *c, struct error *e)
{
    double v;

    for (int i = 0; i < c->words; i++)
        if (!observe(lab, c->word[i].s, &v, e))
            return call_wrong(c, i, e);
    return true;
}

bool cmd_watch(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    const char *names[CALL_MAX_WORDS + 2] = {"step", "epoch"};
    int widths[CALL_MAX_WORDS + 2] = {8, 8}, epochs = 20, every = 1;
    struct table table;
    uint64_t start;
    bool ok;

    if (!call_option_int(lab, c, "epochs", 1, MOST_EPOCHS, &epochs, e) ||
        !call_option_int(lab, c, "every", 1, MOST_EPOCHS, &every, e) || !check_all(lab, c, e))
        return false;
    for (int i = 0; i < c->words; i++) {
        int n = (int)strlen(c->word[i].s);

        names[i + 2] = c->word[i].s;
        widths[i + 2] = n < 10 ? 10 : n;
    }
    if (lab->run->deferred) /* all at once: nobody sees the rows */
        every = epochs;
    table_begin(&table, out, call_format(c), c->words + 2, names, widths);
    start = trainer_steps(lab->model.trainer);
    ok = watch_row(lab, c, &table, e);
    for (int done = 0; ok && done < epochs && !lab_interrupted(lab); done += every) {
        int now = epochs - done < every ? epochs - done : every;

        lab_train(lab, (uint64_t)now * (uint64_t)trainer_steps_per_epoch(lab->model.trainer));
        ok = watch_row(lab, c, &table, e);
        if (trainer_diverged(lab->model.trainer, NULL))
            break;
    }
    table_end(&table);
    if (ok && lab_interrupted(lab))
        return lab_stopped(lab, NULL, trainer_steps(lab->model.trainer) - start, e);
    return ok;
}
