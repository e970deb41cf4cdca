/* train.c - training: steps, what they leave in the history, divergence, and the way back. */
#include "base/clock.h"
#include "lab/lab.h"
#include "lab/limits.h"
#include "lab/plot_range.h"
#include "lab/race.h"

static void note_beginning(struct lab *lab)
{
    const struct probe *p = &lab->measured.probe;

    lab_measure(lab);
    history_note(&lab->model.history,
                 (struct history_point){.step = p->step,
                                        .loss = (float)p->loss,
                                        .accuracy = (float)p->accuracy,
                                        .test_loss = (float)p->test_loss,
                                        .test_accuracy = (float)p->test_accuracy});
}

/* Figures that training has anyway: to measure the network at every epoch would cost more than to
 * train it. */
static void note_epoch(struct lab *lab)
{
    double loss, accuracy, test_loss, test_accuracy;

    loss = trainer_epoch_loss(lab->model.trainer, &accuracy);
    trainer_test(lab->model.trainer, &test_loss, &test_accuracy);
    history_note(&lab->model.history,
                 (struct history_point){.step = trainer_steps(lab->model.trainer),
                                        .loss = (float)loss,
                                        .accuracy = (float)accuracy,
                                        .test_loss = (float)test_loss,
                                        .test_accuracy = (float)test_accuracy});
}

/* A step of the networks that race the lab's own. False when it was stopped. */
static bool train_race(struct lab *lab, const struct stop *stop)
{
    struct race *r = lab->model.race;

    if (r && !r->ahead)
        r->ahead = race_train(r, lab_race_samples(lab), stop);
    return !r || r->ahead;
}

/* One step and what it leaves behind; false when it was stopped. Points fall on epochs' ends only,
 * so that they do not depend on the clock. */
static bool train_one(struct lab *lab)
{
    const struct stop stop = lab_stop(lab);

    if (!train_race(lab, &stop) || !trainer_try_step(lab->model.trainer, &stop))
        return false;
    if (lab->model.race)
        lab->model.race->ahead = false;
    lab->measured.stale = true;
    if (trainer_diverged(lab->model.trainer, NULL))
        return true;
    history_keep(&lab->model.history, lab->model.trainer, false);
    if (history_due(&lab->model.history, lab->model.trainer))
        note_epoch(lab);
    return true;
}

const char *lab_divergence(const struct lab *lab, char out[DIVERGENCE_MAX])
{
    struct divergence d;

    out[0] = '\0';
    if (trainer_diverged(lab->model.trainer, &d))
        snprintf(out, DIVERGENCE_MAX, "the network diverged at step %llu, %s",
                 (unsigned long long)d.step, d.where);
    return out;
}

bool lab_diverged(const struct lab *lab, struct error *e)
{
    char what[DIVERGENCE_MAX];

    return fail(e, "%s: back N or reset, then perhaps a lower learning rate",
                lab_divergence(lab, what));
}

static void say_divergence(struct lab *lab)
{
    char what[DIVERGENCE_MAX];

    lab->model.running = false;
    lab_say(lab, true, "%s: back N, or reset", lab_divergence(lab, what));
}

/* Seconds in which a line that must be done whole is not interrupted; it hardly ever takes longer.
 */
static const double WHOLE = 1;

/* ^C, or the end of the time that a command has. */
static bool is_asked(const struct lab *lab)
{
    const struct interrupt *i = &lab->interrupt;
    const bool whole = lab->run && lab->run->whole && clock_now() < i->began + WHOLE;

    return (!whole && i->asked && i->asked()) || (i->deadline > 0 && clock_now() > i->deadline);
}

/* The steps that the line which runs only counts. */
static uint64_t *deferred(const struct lab *lab)
{
    return lab->run ? lab->run->deferred : NULL;
}

bool lab_interrupted(const struct lab *lab)
{
    const uint64_t *counted = deferred(lab);

    return (counted && *counted) || is_asked(lab); /* as if stopped before its first step */
}

static bool asked(void *lab)
{
    return is_asked(lab);
}

struct stop lab_stop(struct lab *lab)
{
    return (struct stop){asked, lab};
}

bool lab_cut_short(struct lab *lab, struct error *e)
{
    return is_asked(lab) && !lab_broken_off(lab, e);
}

bool lab_broken_off(struct lab *lab, struct error *e)
{
    lab->interrupt.stopped = true;
    return fail(e, "stopped");
}

bool lab_stopped(struct lab *lab, const char *did, uint64_t trained, struct error *e)
{
    const struct interrupt *i = &lab->interrupt;

    lab->interrupt.stopped = true;
    if (lab_recorded(lab)) {
        lab->run->trained = trained;
        text_clear(&lab->run->as);
        text_add(&lab->run->as, did ? did : "");
    }
    if (i->deadline > 0 && clock_now() > i->deadline)
        return fail(e, "stopped at step %llu: in a restricted session a command may train for %g s",
                    (unsigned long long)trainer_steps(lab->model.trainer), lab->limits->patience);
    return fail(e, "stopped at step %llu", (unsigned long long)trainer_steps(lab->model.trainer));
}

uint64_t lab_train(struct lab *lab, uint64_t n)
{
    struct model *m = &lab->model;
    uint64_t done = 0, *counted = deferred(lab);

    if (counted && n > 1) {
        *counted += n;
        return 0;
    }
    if (n && trainer_steps(m->trainer) == 0) /* where the curves begin */
        note_beginning(lab);
    while (done < n && !trainer_diverged(m->trainer, NULL) && !lab_interrupted(lab) &&
           train_one(lab)) {
        done++;
        if (lab->listener)
            lab->listener->trained(lab, 1);
    }
    if (done)
        lab->changes++;
    if (trainer_diverged(m->trainer, NULL))
        say_divergence(lab);
    return done;
}

bool lab_rewind(struct lab *lab, uint64_t step, uint64_t *reached, struct error *e)
{
    const struct history_state *s = history_rewind(&lab->model.history, step);

    if (!s)
        return fail(
            e, "step %llu is not known here: no state is kept at or before it, reset starts afresh",
            (unsigned long long)step);
    lab->model.running = false;
    race_stop(&lab->model); /* racers keep no history */
    trainer_swap(lab->model.trainer, &s->fn);
    trainer_tune(lab->model.trainer, &s->config);
    trainer_load_state(lab->model.trainer, s->state);
    lab->model.net = s->config;
    if (net_config_runs_plotted(&lab->model.net) && !fn_same(&lab->model.fn, &s->fn)) {
        lab->model.fn = s->fn;
        plot_fit(lab);
    }
    lab->measured.stale = true;
    lab->changes++;
    lab_train(lab, step - trainer_steps(lab->model.trainer));
    *reached = trainer_steps(lab->model.trainer);
    return true;
}
