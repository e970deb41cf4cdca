/* race.c - see race.h. */
#include "lab/race.h"

#include "base/xalloc.h"
#include "commands/handlers.h"
#include "lab/limits.h"
#include "language/table.h"
#include "net/network.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static void free_race(struct race *r)
{
    for (int i = 0; r && i < r->racers; i++) {
        trainer_free(r->racer[i].trainer);
        probe_free(&r->racer[i].probe);
    }
    free(r);
}

bool race_start(struct lab *lab, const struct fn *fn, int n, struct error *e)
{
    struct race *r = xcalloc(1, sizeof *r);

    r->every = 1;
    r->stale = true;
    for (; r->racers < n; r->racers++) {
        r->racer[r->racers].trainer = trainer_renew(lab->trainer, &lab->net, &fn[r->racers], e);
        if (!r->racer[r->racers].trainer)
            break;
    }
    if (r->racers < n) {
        free_race(r);
        return false;
    }
    race_stop(lab);
    lab->race = r;
    return true;
}

const char *racer_name(const struct racer *x)
{
    const struct activation *act = trainer_fn(x->trainer)->act;

    return act->name[0] ? act->name : act->formula;
}

void race_say_behind(struct lab *lab)
{
    if (lab->race)
        lab_say(lab, false, "done to the lab's own network, behind the race: 'reset' ends that");
}

void race_stop(struct lab *lab)
{
    free_race(lab->race);
    lab->race = NULL;
}

static void note(struct race *r)
{
    double accuracy;

    if (r->points == RACE_POINTS) {
        for (int i = 0; i < r->racers; i++)
            for (size_t k = 1; 2 * k < RACE_POINTS; k++)
                r->racer[i].loss[k] = r->racer[i].loss[2 * k];
        r->points = RACE_POINTS / 2;
        r->every *= 2;
    }
    for (int i = 0; i < r->racers; i++)
        r->racer[i].loss[r->points] = (float)trainer_epoch_loss(r->racer[i].trainer, &accuracy);
    r->points++;
}

void race_train(struct lab *lab, uint64_t n)
{
    struct race *r = lab->race;
    uint64_t epoch;

    if (!r || r->racers == 0)
        return;
    epoch = (uint64_t)trainer_steps_per_epoch(r->racer[0].trainer);
    if (r->points == 0) { /* where they begin */
        race_settle(lab);
        for (int i = 0; i < r->racers; i++)
            r->racer[i].loss[0] = (float)r->racer[i].probe.loss;
        r->points = 1;
    }
    for (uint64_t k = 0; k < n; k++) {
        for (int i = 0; i < r->racers; i++)
            trainer_step(r->racer[i].trainer);
        r->stale = true;
        if (trainer_steps(r->racer[0].trainer) % (epoch * r->every) == 0)
            note(r);
    }
}

void race_settle(struct lab *lab)
{
    struct race *r = lab->race;
    int n, train, most = lab_affordable(lab);

    if (!r || !r->stale)
        return;
    trainer_data(lab->trainer, &n, &train);
    for (int i = 0; i < r->racers; i++) {
        struct racer *x = &r->racer[i];

        if (lab->interactive && n > most) /* as of the lab's own network */
            trainer_glance(x->trainer, most, &x->probe);
        else
            trainer_probe(x->trainer, &x->probe);
    }
    r->stale = false;
}

static void print_race(const struct race *r, FILE *out, enum table_format format)
{
    static const char *const names[] = {"function", "loss", "accuracy", "ratio", "dead", "step"};
    static const int widths[] = {-14, 10, 9, 10, 6, 9};
    struct table t;

    table_begin(&t, out, format, 6, names, widths);
    for (int i = 0; i < r->racers; i++) {
        const struct probe *p = &r->racer[i].probe;
        double dead = 0;

        for (int l = 1; l <= p->layers; l++)
            dead += p->layer[l].dead / p->layers;
        table_word(&t, racer_name(&r->racer[i]));
        table_real(&t, p->loss);
        table_real(&t, p->accuracy);
        table_real(&t, p->ratio);
        table_share(&t, dead);
        table_int(&t, (long long)p->step);
    }
    table_end(&t);
}

/* What the numbers of a racer that diverged cannot tell. */
static void print_diverged(const struct race *r, FILE *out)
{
    for (int i = 0; i < r->racers; i++) {
        const struct racer *x = &r->racer[i];
        uint64_t step;
        int layer;

        if (!trainer_diverged(x->trainer, &layer, &step))
            continue;
        fprintf(out, "%s diverged at step %" PRIu64 ", ", racer_name(x), step);
        if (layer > x->probe.layers)
            fputs("in the output\n", out);
        else
            fprintf(out, "first in layer %d\n", layer);
    }
}

/* The named function or expression with its defaults, or the plotted one with its parameters as
 * they are. */
static bool racer_fn(struct lab *lab, const struct call *c, int word, struct fn *fn,
                     struct error *e)
{
    const struct activation *act = call_activation(lab, c, word, e);

    if (!act)
        return false;
    *fn = act == lab->fn.act ? lab->fn : fn_default(act);
    return true;
}

/* All of them beside the lab's own. */
static bool fits(const struct lab *lab, int n, struct error *e)
{
    struct error inner;

    return net_config_fits(&lab->net, LAB_MEMORY / ((size_t)n + 1), &inner) ||
           fail(e, "a race of %d: %s", n, inner.text);
}

bool cmd_race(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    static const char *const keys[] = {"epochs", "format", NULL};
    enum table_format format;
    struct fn fn[RACE_MOST];
    char what[DIVERGENCE_MAX];
    int n = 0;
    uint64_t done;

    if (!call_words(c, 1, -1, e) || !call_only_options(c, keys, e) ||
        !table_format_find(call_option(c, "format"), &format, e))
        return false;
    if (c->words == 1 && strcmp(c->word[0].s, "off") == 0) {
        race_stop(lab);
        return true;
    }
    if (c->words < 2 || c->words > RACE_MOST)
        return misuse(e, c->word[c->words < 2 ? 0 : RACE_MOST].column,
                      "a race takes 2 to %d functions, not %d", RACE_MOST, c->words);
    if (!call_option_int(lab, c, "epochs", 0, MOST_EPOCHS, &n, e))
        return false;
    for (int i = 0; i < c->words; i++)
        if (!racer_fn(lab, c, i, &fn[i], e) || !limits_network(lab, &lab->net, &fn[i], e))
            return false;
    if (!limits_race(lab, c->words + 1, e) || !fits(lab, c->words, e) ||
        !lab_reset_network(lab, e) || !race_start(lab, fn, c->words, e))
        return false;
    done = lab_train(lab, (uint64_t)n * (uint64_t)trainer_steps_per_epoch(lab->trainer));
    if (lab_interrupted(lab))
        return call_stopped(lab, c, keys, done, e);
    race_settle(lab);
    lab->want_network = true;
    if (lab->interactive && n == 0)
        lab_say(lab, false, "Ready: space runs it, race off ends it");
    if (!lab->interactive)
        print_race(lab->race, out, format);
    if (!lab->interactive && format == TABLE_TEXT)
        print_diverged(lab->race, out);
    if (!lab->interactive && format == TABLE_TEXT && lab_divergence(lab, what)[0])
        fprintf(out, "%s, which ended the race\n", what);
    return true;
}
