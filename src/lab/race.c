/* race.c - see race.h. */
#include "lab/race.h"

#include "base/xalloc.h"

#include <stdlib.h>

static void free_race(struct race *r)
{
    for (int i = 0; r && i < r->racers; i++) {
        trainer_free(r->racer[i].trainer);
        probe_free(&r->racer[i].probe);
    }
    free(r);
}

bool race_start(struct model *m, const struct fn *fn, int n, struct error *e)
{
    struct race *r = xcalloc(1, sizeof *r);

    r->every = 1;
    r->stale = true;
    for (; r->racers < n; r->racers++) {
        r->racer[r->racers].trainer = trainer_renew(m->trainer, &m->net, &fn[r->racers], e);
        if (!r->racer[r->racers].trainer)
            break;
    }
    if (r->racers < n) {
        free_race(r);
        return false;
    }
    race_stop(m);
    m->race = r;
    return true;
}

const char *racer_name(const struct racer *x)
{
    const struct activation *act = trainer_fn(x->trainer)->act;

    return act->name[0] ? act->name : act->formula;
}

void race_stop(struct model *m)
{
    free_race(m->race);
    m->race = NULL;
}

static void note(struct race *r)
{
    double accuracy;

    if (r->points == RACE_POINTS) {
        for (int i = 0; i < r->racers; i++)
            r->points = history_thin(r->racer[i].loss, RACE_POINTS, sizeof *r->racer[i].loss);
        r->every *= 2;
    }
    for (int i = 0; i < r->racers; i++)
        r->racer[i].loss[r->points] = (float)trainer_epoch_loss(r->racer[i].trainer, &accuracy);
    r->points++;
}

bool race_train(struct race *r, int samples, const struct stop *stop)
{
    const uint64_t epoch = (uint64_t)trainer_steps_per_epoch(r->racer[0].trainer);

    if (r->points == 0) { /* where they begin */
        race_measure(r, samples);
        for (int i = 0; i < r->racers; i++)
            r->racer[i].loss[0] = (float)r->racer[i].probe.loss;
        r->points = 1;
    }
    r->stale = true;
    for (; r->next < r->racers; r->next++)
        if (!trainer_try_step(r->racer[r->next].trainer, stop))
            return false;
    r->next = 0;
    if (trainer_steps(r->racer[0].trainer) % (epoch * r->every) == 0)
        note(r);
    return true;
}

void race_measure(struct race *r, int samples)
{
    for (int i = 0; r->stale && i < r->racers; i++) {
        struct racer *x = &r->racer[i];

        if (samples)
            trainer_glance(x->trainer, samples, &x->probe);
        else
            trainer_probe(x->trainer, &x->probe);
    }
    r->stale = false;
}
