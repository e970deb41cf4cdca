/* trained.c - see trained.h. */
#include "replay/trained.h"

#include "base/pack.h"
#include "lab/race.h"

#include <math.h>

/* Of the function that a network runs: it may have been swapped, or raced with others. */
static void pack_function(struct pack *p, struct trainer *t)
{
    struct fn fn = *trainer_fn(t), set = fn;

    pack_double(p, &fn.alpha);
    pack_double(p, &fn.beta);
    p->failed |= set.act->alpha.meaning && !fn_set_parameter(&set, "alpha", fn.alpha, NULL);
    p->failed |= set.act->beta.meaning && !fn_set_parameter(&set, "beta", fn.beta, NULL);
    if (!fn_same(&set, trainer_fn(t)))
        trainer_swap(t, &set);
}

#define MOST_EVERY (UINT64_C(1) << 40) /* epochs between points of a curve */

/* NAN is a number that a curve leaves out. */
static bool is_point(const struct history_point *p)
{
    return !isinf(p->loss) && !isinf(p->accuracy) && !isinf(p->test_loss) &&
           !isinf(p->test_accuracy);
}

static void pack_point(struct pack *p, struct history_point *point, uint64_t last)
{
    pack_count(p, &point->step, last);
    pack_floats(p, &point->loss, 1, true);
    pack_floats(p, &point->accuracy, 1, true);
    pack_floats(p, &point->test_loss, 1, true);
    pack_floats(p, &point->test_accuracy, 1, true);
    p->failed |= !is_point(point);
}

static void pack_curves(struct pack *p, struct lab *lab)
{
    struct history *h = &lab->model.history;
    int points = h->points;

    pack_function(p, lab->model.trainer);
    pack_flag(p, &h->touched);
    pack_count(p, &h->point_every, MOST_EVERY);
    pack_int(p, &points, HISTORY_POINTS);
    p->failed |= h->point_every == 0;
    for (int i = 0; i < points; i++) {
        struct history_point point = {0};

        if (p->to)
            point = h->point[i];
        pack_point(p, &point, trainer_steps(lab->model.trainer));
        history_note(h, point); /* one that is there already is not noted again */
    }
}

static void pack_race(struct pack *p, struct race *race)
{
    pack_count(p, &race->every, MOST_EVERY);
    pack_int(p, &race->points, RACE_POINTS);
    pack_flag(p, &race->ahead);
    pack_int(p, &race->next, race->racers - 1);
    p->failed |= race->every == 0;
    for (int i = 0; i < race->racers; i++) {
        pack_function(p, race->racer[i].trainer);
        pack_floats(p, race->racer[i].loss, (size_t)race->points, true);
    }
}

bool trained_is_nothing(const struct lab *lab)
{
    const struct model *m = &lab->model;

    return trainer_steps(m->trainer) == 0 && !m->history.touched && !m->history.points &&
           !m->race && !trainer_diverged(m->trainer, NULL);
}

/* Bytes of curves and race, at most. */
static size_t curves_size(const struct lab *lab)
{
    const size_t racers = lab->model.race ? (size_t)lab->model.race->racers : 0;

    return 64 + (size_t)lab->model.history.points * sizeof(struct history_point) +
           racers * RACE_POINTS * sizeof(float);
}

/* Packing changes nothing of the lab. */
void trained_save(const struct lab *lab, struct text *out)
{
    struct race *race = lab->model.race;
    const size_t size = trainer_state_size(lab->model.trainer);
    struct pack p;

    text_reserve(out, (1 + (race ? (size_t)race->racers : 0)) * size + curves_size(lab));
    trainer_save_state(lab->model.trainer, out->s + out->len);
    out->len += size;
    for (int i = 0; race && i < race->racers; i++, out->len += size)
        trainer_save_state(race->racer[i].trainer, out->s + out->len);
    p = (struct pack){.to = out->s + out->len};
    pack_curves(&p, (struct lab *)lab);
    if (race)
        pack_race(&p, race);
    out->len = (size_t)(p.to - out->s);
}

static bool load_network(struct trainer *t, struct pack *p)
{
    const size_t size = trainer_state_size(t);

    if ((size_t)(p->end - p->at) < size || !trainer_load_state(t, p->at))
        return false;
    p->at += size;
    return true;
}

static bool load(struct lab *lab, struct pack *p)
{
    struct race *race = lab->model.race;
    bool ok = load_network(lab->model.trainer, p);

    for (int i = 0; race && ok && i < race->racers; i++)
        ok = load_network(race->racer[i].trainer, p);
    history_clear(&lab->model.history);
    if (ok)
        pack_curves(p, lab);
    if (race && ok)
        pack_race(p, race);
    if (race)
        race->stale = true;
    return ok && !p->failed && p->at == p->end;
}

bool trained_load(struct lab *lab, const struct text *bytes, struct error *e)
{
    struct pack p = {.at = text_str(bytes), .end = text_str(bytes) + bytes->len};

    if (!load(lab, &p)) {
        lab_reset_network(lab, NULL);
        return fail(e, "a trained network that none of this lab can be");
    }
    history_keep(&lab->model.history, lab->model.trainer, true);
    lab->measured.stale = true;
    lab->measured.after = 0;
    lab->changes++;
    return true;
}
