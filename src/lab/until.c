/* until.c - see until.h. */
#include "lab/until.h"

#include "lab/observe.h"

#include <inttypes.h>
#include <string.h>

static bool holds(struct lab *lab, const char *goal, bool *met, struct error *e)
{
    double v;

    if (!observe(lab, goal, &v, e))
        return false;
    *met = v < 0 || v > 0;
    return true;
}

static bool at_epoch(const struct lab *lab)
{
    return trainer_steps(lab->model.trainer) %
               (uint64_t)trainer_steps_per_epoch(lab->model.trainer) ==
           0;
}

/* To the end of the epoch that is under way. */
static void train_epoch(struct lab *lab)
{
    uint64_t per_epoch = (uint64_t)trainer_steps_per_epoch(lab->model.trainer);

    lab_train(lab, per_epoch - trainer_steps(lab->model.trainer) % per_epoch);
}

bool until_train(struct lab *lab, const char *goal, int limit, struct error *e)
{
    char what[DIVERGENCE_MAX];
    bool met;

    for (int epoch = 0;; epoch++) {
        if (!holds(lab, goal, &met, e))
            return false;
        if (met)
            return true;
        if (trainer_diverged(lab->model.trainer, NULL))
            return fail(e, "%s before it held: %s", lab_divergence(lab, what), goal);
        if (epoch == limit)
            return fail(e, "it did not hold within %d epochs: %s (limit=N allows more)", limit,
                        goal);
        train_epoch(lab);
        if (lab_interrupted(lab))
            return lab_stopped(lab, NULL, 0, e); /* the training is recorded */
    }
}

static void say_met(struct lab *lab, const char *goal)
{
    lab_say(lab, false, "%s: step %" PRIu64 ", epoch %.6g", goal, trainer_steps(lab->model.trainer),
            (double)trainer_steps(lab->model.trainer) /
                trainer_steps_per_epoch(lab->model.trainer));
}

bool until_run(struct lab *lab, const char *goal, int limit, struct error *e)
{
    uint64_t per_epoch = (uint64_t)trainer_steps_per_epoch(lab->model.trainer);
    bool met;

    if (strlen(goal) >= sizeof lab->model.until.goal)
        return misuse(e, -1, "on the screen a goal may have at most %zu bytes",
                      sizeof lab->model.until.goal - 1);
    if (!holds(lab, goal, &met, e))
        return false;
    if (met) {
        say_met(lab, goal);
        return true;
    }
    if (trainer_diverged(lab->model.trainer, NULL))
        return lab_diverged(lab, e);
    strcpy(lab->model.until.goal, goal);
    lab->model.until.end =
        (trainer_steps(lab->model.trainer) / per_epoch + (uint64_t)limit) * per_epoch;
    lab->model.running = true;
    lab_say(lab, false, "training until %s", goal);
    return true;
}

void until_check(struct lab *lab)
{
    char goal[sizeof lab->model.until.goal];
    struct error e;
    bool met = false, ok;

    if (!lab->model.until.goal[0] || (lab->model.running && !at_epoch(lab)))
        return;
    strcpy(goal, lab->model.until.goal);
    lab->model.until.goal[0] = '\0';
    if (!lab->model.running) /* it diverged, and has been told so */
        return;
    ok = holds(lab, goal, &met, &e);
    if (ok && !met && trainer_steps(lab->model.trainer) < lab->model.until.end) {
        strcpy(lab->model.until.goal, goal);
        return;
    }
    lab->model.running = false;
    if (!ok)
        lab_say(lab, true, "%s", e.text); /* its layer went away */
    else if (met)
        say_met(lab, goal);
    else
        lab_say(lab, true, "not reached yet: %s (until again goes on)", goal);
}

const char *until_goal(const struct lab *lab)
{
    return lab->model.running && lab->model.until.goal[0] ? lab->model.until.goal : NULL;
}
