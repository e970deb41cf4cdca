/* timeline.c - see timeline.h. */
#include "lab/timeline.h"

#include "base/shared.h"
#include "base/utf8.h"
#include "base/xalloc.h"
#include "lab/limits.h"
#include "lab/race.h"
#include "net/network.h"

#include <stdlib.h>
#include <string.h>

/* Where a command ended: training since then is the clock's. */
struct place {
    const struct trainer *trainer;
    uint64_t step;
};

/* The lab before a command, or before it was taken back. */
struct moment {
    char did[TIMELINE_DID_MAX];
    struct model model; /* with a history and a race of its own */
    struct fn runs;     /* the network's function */
    struct open_page open;
    void *state;            /* of the network, shared; NULL: there was no memory for it */
    void *racer[RACE_MOST]; /* of the racers */
    uint64_t changes;       /* trainer_state_changes of `state` */
    size_t functions;       /* functions_mark */
    uint64_t steps;         /* of the network's training */
    struct place place;     /* where the command before it had ended */
    bool looks;             /* the command after it only moved the plot */
};

struct stack {
    struct moment *at[TIMELINE_MOMENTS];
    int n;
};

struct timeline {
    struct stack past, future;
    struct moment *begun; /* before the command that runs */
    struct place place;   /* where the last command ended */
    struct place undone;  /* where one was taken back last, ... */
    uint64_t changes;     /* ... and trainer_state_changes then */
    bool forgotten;       /* something fell out */
};

/* ---- moments --------------------------------------------------------------------------------- */

static struct race *race_copy(const struct race *r)
{
    struct race *copy = xcalloc(1, sizeof *copy);

    *copy = *r;
    copy->stale = true;
    for (int i = 0; i < r->racers; i++) {
        trainer_keep(copy->racer[i].trainer);
        copy->racer[i].probe = (struct probe){0};
    }
    return copy;
}

static void *save(const struct trainer *t)
{
    void *block = shared_new(trainer_state_size(t));

    if (block)
        trainer_save_state(t, block);
    return block;
}

/* `last`: the moment before, whose state is shared where nothing has been trained since. */
static struct moment *take(const struct lab *lab, const struct moment *last, const char *did)
{
    const struct model *m = &lab->model;
    struct moment *now = xcalloc(1, sizeof *now);

    utf8_copy(now->did, sizeof now->did, did);
    now->model = *m;
    now->runs = *trainer_fn(m->trainer);
    now->place = lab->timeline->place;
    now->open = lab->open;
    now->functions = functions_mark(m->functions);
    now->changes = trainer_state_changes(m->trainer);
    now->steps = trainer_steps(m->trainer);
    trainer_keep(m->trainer);
    now->model.history = history_copy(&m->history);
    if (last && last->model.trainer == m->trainer && last->changes == now->changes)
        now->state = shared_keep(last->state);
    else
        now->state = history_state_block(&m->history, m->trainer);
    if (m->race) {
        now->model.race = race_copy(m->race);
        for (int i = 0; i < m->race->racers; i++)
            now->racer[i] = save(m->race->racer[i].trainer);
    }
    return now;
}

static void drop(struct moment *moment)
{
    if (!moment)
        return;
    model_free(&moment->model);
    shared_drop(moment->state);
    for (int i = 0; i < RACE_MOST; i++)
        shared_drop(moment->racer[i]);
    free(moment);
}

static bool is_whole(const struct moment *moment)
{
    const struct race *r = moment->model.race;
    bool whole = moment->state != NULL;

    for (int i = 0; r && i < r->racers; i++)
        whole &= moment->racer[i] != NULL;
    return whole;
}

/* The lab becomes what it was then; the moment is used up. */
static void bring_back(struct lab *lab, struct moment *moment)
{
    struct model *m = &lab->model;
    const uint64_t networks = m->networks + 1; /* for whoever remembers one by its number */
    struct race *r = moment->model.race;

    model_free(m);
    *m = moment->model;
    m->networks = networks;
    m->running = m->plot.sweep.on = false;
    m->until.goal[0] = '\0';
    m->steps_due = 0;
    m->pass = 1;
    trainer_swap(m->trainer, &moment->runs);
    trainer_tune(m->trainer, &m->net);
    trainer_load_state(m->trainer, moment->state);
    for (int i = 0; r && i < r->racers; i++)
        trainer_load_state(r->racer[i].trainer, moment->racer[i]);
    functions_go(m->functions, moment->functions);
    lab->open = moment->open;
    lab->timeline->place = moment->place;
    lab->measured.stale = true;
    lab->measured.after = 0;
    lab->changes++;
    if (lab->listener)
        lab->listener->replaced(lab);
    moment->model = (struct model){0};
    drop(moment);
}

/* ---- what changed ---------------------------------------------------------------------------- */

static bool same_curves(const struct plot_state *a, const struct plot_state *b)
{
    bool same = a->tangent == b->tangent && a->saturation == b->saturation &&
                a->histogram == b->histogram && a->hist_layer == b->hist_layer &&
                a->compares == b->compares && a->difference == b->difference &&
                a->naive == b->naive && a->sweep.on == b->sweep.on;

    for (int i = 0; same && i < a->compares; i++)
        same = fn_same(&a->compare[i], &b->compare[i]);
    return same;
}

static bool same_place(const struct plot_state *a, const struct plot_state *b)
{
    return a->x0 == b->x0 && a->x1 == b->x1 && a->cursor == b->cursor;
}

static bool same_network(const struct model *a, const struct moment *b)
{
    const struct model *m = &b->model;

    return a->trainer == m->trainer && trainer_state_changes(a->trainer) == b->changes &&
           fn_same(trainer_fn(a->trainer), &b->runs) &&
           /* copies of each other, where nothing has changed; NOLINTNEXTLINE */
           memcmp(&a->net, &m->net, sizeof a->net) == 0;
}

/* All that a command may have changed but where the plot is looked at. */
static bool same_but_place(const struct lab *lab, const struct moment *was)
{
    const struct model *a = &lab->model, *b = &was->model;

    return fn_same(&a->fn, &b->fn) && same_curves(&a->plot, &b->plot) && same_network(a, was) &&
           !a->race == !b->race && a->netview == b->netview && a->unit_layer == b->unit_layer &&
           a->unit == b->unit && a->input == b->input &&
           functions_mark(a->functions) == was->functions && lab->open.lesson == was->open.lesson &&
           lab->open.page == was->open.page && lab->open.try == was->open.try;
}

/* ---- the two stacks -------------------------------------------------------------------------- */

static struct moment *top(const struct stack *s)
{
    return s->n ? s->at[s->n - 1] : NULL;
}

static void clear(struct stack *s)
{
    while (s->n)
        drop(s->at[--s->n]);
}

/* The oldest n go. */
static void drop_oldest(struct stack *s, int n)
{
    for (int i = 0; i < n; i++)
        drop(s->at[i]);
    s->n -= n;
    memmove(s->at, s->at + n, (size_t)s->n * sizeof *s->at);
}

static void push(struct stack *s, struct moment *moment)
{
    if (s->n == TIMELINE_MOMENTS)
        drop_oldest(s, 1);
    s->at[s->n++] = moment;
}

/* Bytes of a moment that the one after it (NULL: the lab) does not hold, too. */
static size_t own_bytes(const struct moment *moment, const struct moment *after,
                        const struct trainer *now)
{
    const struct model *m = &moment->model;
    const size_t state = trainer_state_size(m->trainer);
    const struct trainer *next = after ? after->model.trainer : now;
    size_t bytes = after && after->state == moment->state ? 0 : state;

    if (next != m->trainer)
        bytes += network_bytes(&m->net, 16) + (size_t)m->history.states * state;
    return bytes;
}

static size_t most_bytes(const struct lab *lab)
{
    return lab->limits ? lab->limits->history : TIMELINE_BYTES;
}

/* It is told once: with large networks it is so after every command. */
static void say_forgotten(struct lab *lab)
{
    if (!lab->timeline->forgotten && lab->interactive)
        lab_say(lab, false, "undo goes back %d commands now: older ones take more than %zu MiB",
                lab->timeline->past.n, most_bytes(lab) >> 20);
    lab->timeline->forgotten = true;
}

/* Moments that take too much memory are dropped, but for the last one. */
static void trim(struct lab *lab)
{
    struct stack *past = &lab->timeline->past;
    const size_t most = most_bytes(lab);
    size_t bytes = 0;

    for (int i = past->n - 1; i >= 0; i--) {
        bytes +=
            own_bytes(past->at[i], i + 1 < past->n ? past->at[i + 1] : NULL, lab->model.trainer);
        if (bytes > most && i + 1 < past->n) {
            drop_oldest(past, i + 1);
            say_forgotten(lab);
            return;
        }
    }
}

void timeline_free(struct timeline *t)
{
    if (!t)
        return;
    clear(&t->past);
    clear(&t->future);
    drop(t->begun);
    free(t);
}

static struct place place_now(const struct lab *lab)
{
    return (struct place){lab->model.trainer, trainer_steps(lab->model.trainer)};
}

void timeline_clear(struct lab *lab)
{
    timeline_free(lab->timeline);
    lab->timeline = xcalloc(1, sizeof *lab->timeline);
    lab->timeline->place = place_now(lab);
}

static bool same_spot(const struct place *a, const struct place *b)
{
    return a->trainer == b->trainer && a->step == b->step;
}

void timeline_begin(struct lab *lab, const char *line)
{
    struct timeline *t = lab->timeline;

    drop(t->begun);
    t->begun = take(lab, top(&t->past), line);
}

/* The plot was moved before, too, and nothing else has happened: one moment stands for all. */
static bool goes_on(const struct timeline *t, const struct moment *last)
{
    return last && last->looks && t->begun->looks && !t->future.n &&
           same_spot(&t->begun->place, &last->place);
}

void timeline_end(struct lab *lab, bool ok)
{
    struct timeline *t = lab->timeline;
    struct moment *begun = t->begun;

    if (!begun) /* the command has cleared the timeline */
        return;
    begun->looks = same_but_place(lab, begun);
    if (!ok || !is_whole(begun) ||
        (begun->looks && same_place(&lab->model.plot, &begun->model.plot)) ||
        goes_on(t, top(&t->past))) {
        drop(begun);
    } else {
        clear(&t->future);
        t->forgotten |= t->past.n == TIMELINE_MOMENTS;
        push(&t->past, begun);
        trim(lab);
    }
    t->begun = NULL;
    t->place = place_now(lab);
}

/* Takes back the last step of the clock, by what training keeps. */
static bool take_back_step(struct lab *lab, struct moment *now, struct error *e)
{
    const struct place place = lab->timeline->place;
    uint64_t reached;

    utf8_copy(now->did, sizeof now->did, "a step of training");
    if (!lab_rewind(lab, trainer_steps(lab->model.trainer) - 1, &reached, e))
        return false;
    lab->timeline->place = place;
    return true;
}

/* The last command put another network in the place of one that had been trained further, and so
 * the steps since then are gone with it: nobody wants to take them back one by one. */
static bool has_replaced(const struct lab *lab, const struct moment *last)
{
    return last && last->model.trainer != lab->model.trainer &&
           last->steps >= trainer_steps(lab->model.trainer);
}

/* To travel is nothing that could be undone. */
static void drop_begun(struct timeline *t)
{
    drop(t->begun);
    t->begun = NULL;
}

static bool fail_empty(const struct lab *lab, struct error *e)
{
    if (lab->timeline->forgotten)
        return fail(e,
                    "nothing more can be undone: the last %d things are kept, within %zu MiB of "
                    "memory",
                    TIMELINE_MOMENTS, most_bytes(lab) >> 20);
    return fail(e, "nothing has been done that could be undone");
}

bool timeline_undo(struct lab *lab, char did[TIMELINE_DID_MAX], struct error *e)
{
    struct timeline *t = lab->timeline;
    const struct place place = place_now(lab);
    struct moment *now, *last = top(&t->past);
    bool ok = true;

    drop_begun(t);
    if (place.trainer == t->place.trainer && place.step > t->place.step &&
        !has_replaced(lab, last)) {
        now = take(lab, last, "");
        ok = take_back_step(lab, now, e);
        lab_record_as(lab, "back 1");
    } else if (last) {
        now = take(lab, last, last->did);
        t->past.n--;
        bring_back(lab, last);
    } else {
        return fail_empty(lab, e);
    }
    utf8_copy(did, TIMELINE_DID_MAX, now->did);
    if (ok && is_whole(now))
        push(&t->future, now);
    else
        drop(now);
    t->undone = place_now(lab);
    t->changes = trainer_state_changes(lab->model.trainer);
    return ok;
}

bool timeline_redo(struct lab *lab, char did[TIMELINE_DID_MAX], struct error *e)
{
    struct timeline *t = lab->timeline;
    const struct place place = place_now(lab);
    struct moment *next = top(&t->future), *now;

    drop_begun(t);
    if (!next || !same_spot(&place, &t->undone) ||
        trainer_state_changes(lab->model.trainer) != t->changes) {
        clear(&t->future);
        return fail(e, "nothing has been undone that could be done again");
    }
    now = take(lab, top(&t->past), next->did);
    utf8_copy(did, TIMELINE_DID_MAX, next->did);
    t->future.n--;
    bring_back(lab, next);
    push(&t->past, now);
    t->undone = place_now(lab);
    t->changes = trainer_state_changes(lab->model.trainer);
    return true;
}
