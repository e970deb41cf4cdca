/* train.c - training: steps, what they leave in the history, divergence, and the way back. */
#include "base/clock.h"
#include "lab/lab.h"
#include "lab/limits.h"
#include "lab/plot_range.h"
#include "lab/race.h"
#include "replay/record.h"
#include "study/experiment.h"

static void note_beginning(struct lab *lab)
{
    const struct probe *p = &lab->probe;

    lab_settle(lab);
    history_note(&lab->history, (struct history_point){.step = p->step,
                                                       .loss = (float)p->loss,
                                                       .accuracy = (float)p->accuracy,
                                                       .test_loss = (float)p->test_loss,
                                                       .test_accuracy = (float)p->test_accuracy});
}

/* What training knows anyway: to measure the network at every epoch would cost more than to train
 * it. */
static void note_epoch(struct lab *lab)
{
    double loss, accuracy, test_loss, test_accuracy;

    loss = trainer_epoch_loss(lab->trainer, &accuracy);
    trainer_test(lab->trainer, &test_loss, &test_accuracy);
    history_note(&lab->history, (struct history_point){.step = trainer_steps(lab->trainer),
                                                       .loss = (float)loss,
                                                       .accuracy = (float)accuracy,
                                                       .test_loss = (float)test_loss,
                                                       .test_accuracy = (float)test_accuracy});
}

/* One step and what it leaves behind. Points fall on epochs' ends only, so that they do not depend
 * on the clock. */
static void train_one(struct lab *lab)
{
    trainer_step(lab->trainer);
    lab->probe_stale = true;
    if (trainer_diverged(lab->trainer, NULL, NULL))
        return;
    history_keep(&lab->history, lab->trainer, false);
    if (history_due(&lab->history, lab->trainer))
        note_epoch(lab);
    course_look(lab);
}

const char *lab_divergence(const struct lab *lab, char out[DIVERGENCE_MAX])
{
    uint64_t step;
    int layer;

    if (!trainer_diverged(lab->trainer, &layer, &step))
        out[0] = '\0';
    else if (layer > lab->net.layers)
        snprintf(out, DIVERGENCE_MAX, "the network diverged at step %llu, in the output",
                 (unsigned long long)step);
    else
        snprintf(out, DIVERGENCE_MAX, "the network diverged at step %llu, first in layer %d",
                 (unsigned long long)step, layer);
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

    lab->running = false;
    lab_say(lab, true, "%s: back N, or reset", lab_divergence(lab, what));
}

bool lab_interrupted(const struct lab *lab)
{
    if (lab->put_off && *lab->put_off) /* as if it had been stopped before its first step */
        return true;
    return (lab->interrupted && lab->interrupted()) ||
           (lab->deadline > 0 && clock_now() > lab->deadline);
}

bool lab_stopped(struct lab *lab, const char *did, uint64_t trained, struct error *e)
{
    lab->stopped = true;
    lab->depth--;
    if (did)
        record_line(lab, "%s", did);
    record_steps(lab, trained);
    lab->depth++;
    if (lab->deadline > 0 && clock_now() > lab->deadline)
        return fail(e, "stopped at step %llu: in a restricted session a command trains %g s",
                    (unsigned long long)trainer_steps(lab->trainer), lab->limits->patience);
    return fail(e, "stopped at step %llu", (unsigned long long)trainer_steps(lab->trainer));
}

uint64_t lab_train(struct lab *lab, uint64_t n)
{
    uint64_t done = 0;

    if (lab->put_off && n > 1) {
        *lab->put_off += n;
        return 0;
    }
    if (n && trainer_steps(lab->trainer) == 0) /* where the curves begin */
        note_beginning(lab);
    while (done < n && !trainer_diverged(lab->trainer, NULL, NULL) && !lab_interrupted(lab)) {
        race_train(lab, 1);
        train_one(lab);
        done++;
    }
    if (done) {
        lab->changes++;
        record_steps(lab, done);
    }
    if (trainer_diverged(lab->trainer, NULL, NULL))
        say_divergence(lab);
    return done;
}

bool lab_rewind(struct lab *lab, uint64_t step, uint64_t *reached, struct error *e)
{
    const struct history_state *s = history_rewind(&lab->history, step);

    if (!s)
        return fail(e, "no state is kept at or before step %llu: reset starts afresh",
                    (unsigned long long)step);
    lab->running = false;
    race_stop(lab); /* racers keep no history */
    trainer_swap(lab->trainer, &s->fn);
    trainer_tune(lab->trainer, &s->config);
    trainer_load_state(lab->trainer, s->state);
    lab->net = s->config;
    if (net_config_runs_plotted(&lab->net) && !fn_same(&lab->fn, &s->fn)) {
        lab->fn = s->fn;
        plot_fit(lab);
    }
    lab->probe_stale = true;
    lab->changes++;
    lab->depth++; /* these steps belong to the command, not to the clock */
    lab_train(lab, step - trainer_steps(lab->trainer));
    lab->depth--;
    *reached = trainer_steps(lab->trainer);
    return true;
}
