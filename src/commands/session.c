/* session.c - see session.h. */
#include "commands/session.h"

#include "base/clock.h"
#include "lab/decision_map.h"
#include "lab/keymap.h"
#include "lab/timeline.h"
#include "lab/until.h"
#include "language/args.h"
#include "replay/follow.h"
#include "replay/kept.h"
#include "replay/play.h"
#include "replay/record.h"
#include "study/experiment.h"
#include "study/learner.h"
#include "study/notes.h"
#include "study/solution.h"

#include <math.h>
#include <stdlib.h>

/* ---- opening and closing --------------------------------------------------------------------- */

/* Goals are looked at when an epoch ends, so that when one is met does not depend on pictures. */
static void trained(struct lab *lab, uint64_t steps)
{
    record_trained(lab, steps);
    kept_changed(lab, true);
    if (!trainer_diverged(lab->model.trainer, NULL))
        study_epoch_ended(lab);
}

/* A follower who does something leaves the teacher from there on. */
static void begins(struct lab *lab, const struct command *c, const char *line)
{
    if (lab->interactive && lab->run->rights == RIGHTS_OWN && !(c->flags & CMD_LOOK))
        follow_leave(lab);
    if (lab->run->rights != RIGHTS_OWN && !lab->screen.message_is_error)
        lab->screen.message[0] = '\0'; /* it was about what somebody else did before */
    if (!(c->flags & CMD_QUIET) || lab->run->clock)
        timeline_begin(lab, line);
}

static bool ran(struct lab *lab, const struct command *c, const char *line, FILE *out,
                struct error *e)
{
    bool ok = true;

    if (!lab_recorded(lab))
        return true;
    timeline_end(lab, line != NULL);
    record_command(lab, c->flags & CMD_QUIET ? NULL : line, lab->run->trained);
    record_flush(lab);
    if (line && !(c->flags & CMD_LOOK))
        kept_changed(lab, false);
    if (line && e)
        ok = record_alive(lab, e);
    study_report(lab, out);
    return ok;
}

static const struct lab_listener listener = {
    .begins = begins, .trained = trained, .ran = ran, .replaced = record_replaced};

struct lab *session_open(const struct command_table *commands, const char *lessons, struct error *e)
{
    struct lab *lab = lab_new(e);

    if (lab && lessons && !course_add(&lab->course, lessons, e)) {
        lab_free(lab);
        return NULL;
    }
    if (!lab)
        return NULL;
    lab->commands = commands;
    functions_reserve(lab->model.functions, args_understood, commands);
    lab->listener = &listener;
    learner_new(lab);
    return lab;
}

void session_close(struct lab *lab)
{
    if (!lab)
        return;
    kept_free(lab);
    record_stop(lab, NULL);
    play_stop(lab);
    follow_stop(lab);
    free(lab->replay.followed);
    learner_free(lab);
    lab_free(lab);
}

/* ---- the clock ------------------------------------------------------------------------------- */

/* Seconds that a sweep takes for its way, and what the pictures of a step take. */
#define SWEEP_SECONDS 4.0
#define PASS_SECONDS  8.0

static bool tick_sweep(struct lab *lab, double seconds)
{
    double at = lab->model.plot.sweep.at + seconds / SWEEP_SECONDS;
    struct fn ghost = lab->model.plot.has_ghost ? lab->model.plot.ghost : lab->model.fn;
    double v;

    if (!lab->model.plot.sweep.on)
        return false;
    if (at >= 1 || !lab->set.animation) {
        at = 1;
        lab->model.plot.sweep.on = false;
    }
    lab->model.plot.sweep.at = at;
    v = lab->model.plot.sweep.from + at * (lab->model.plot.sweep.to - lab->model.plot.sweep.from);
    if (!lab_set_parameter(lab, lab->model.plot.sweep.beta ? "beta" : "alpha", v, NULL))
        return true; /* a value that the function cannot have (celu's zero) is passed by */
    lab->model.plot.ghost = ghost;
    record_line(lab, "%s =%.17g", lab->model.plot.sweep.beta ? "beta" : "alpha", v);
    return true;
}

/* The statistics of a network that trains on the screen, if it is time for them: so often that they
 * take a ninth of it at most, and once a frame. No picture that a key asks for waits for them. */
static bool measure(struct lab *lab)
{
    double begun = clock_now();

    if (!lab->model.running || !lab->interactive || !lab->measured.stale ||
        begun < lab->measured.after)
        return false;
    lab_measure_frame(lab, true);
    study_check_goals(lab);
    lab->changes++;
    lab->measured.after = fmax(lab->measured.after, begun + 1. / lab->set.fps);
    return true;
}

/* Steps a second for eyes: two epochs at first, as many more with each that is done, up to what the
 * eye can no longer follow. A goal that is waited for has no use of the first ones. */
static double pace(const struct lab *lab)
{
    enum { BEGIN = 2, MOST_STEPS = 400 };
    const double epoch = trainer_steps_per_epoch(lab->model.trainer);
    const double done = (double)trainer_steps(lab->model.trainer) / epoch;

    if (lab->set.speed <= 0)
        return 1e18;
    return lab->set.speed *
           (until_goal(lab) ? MOST_STEPS : fmin(epoch * (BEGIN + done / BEGIN), MOST_STEPS));
}

/* Measuring may take as long as a step: a key waits for one of them, not for all. Measures and map
 * have their share of the time, and leave most of it to the steps. */
static bool tick_training(struct lab *lab, double seconds, double budget)
{
    double end = clock_now() + budget;
    uint64_t before = trainer_steps(lab->model.trainer);
    bool done = measure(lab) || decision_map_tick(lab, end);

    lab->model.steps_due += seconds * pace(lab);
    while (lab->model.running && lab->model.steps_due >= 1 && !(done && clock_now() >= end)) {
        lab_train(lab, 1);
        until_check(lab);
        lab->model.steps_due -= 1;
        done = true;
    }
    /* Steps that were not done in time are dropped: a slow machine is slow, not late. */
    if (lab->model.steps_due > 1)
        lab->model.steps_due = 1;
    if (clock_now() < end)
        measure(lab);
    return trainer_steps(lab->model.trainer) != before || !lab->model.running;
}

/* A single step is shown in four pictures. */
static bool tick_pass(struct lab *lab, double seconds)
{
    if (lab->model.pass >= 1)
        return false;
    lab->model.pass = lab->set.animation ? lab->model.pass + seconds / PASS_SECONDS : 1;
    lab->changes++;
    return true;
}

bool session_tick(struct lab *lab, double seconds, double budget)
{
    bool swept = tick_sweep(lab, seconds);
    bool trained = lab->model.running ? tick_training(lab, seconds, budget)
                                      : decision_map_tick(lab, clock_now() + budget);
    bool played = play_tick(lab, seconds);
    bool solved = study_tick(lab, seconds);
    bool passed = tick_pass(lab, seconds);
    struct error e;

    record_flush(lab);
    if (!record_alive(lab, &e))
        lab_say(lab, true, "%s", e.text);
    return swept || trained || played || solved || passed;
}

bool session_moving(const struct lab *lab)
{
    int line, lines;
    bool paused;

    return lab->model.running || decision_map_behind(lab) || lab->model.pass < 1 ||
           lab->model.plot.sweep.on || study_playing(lab) ||
           (play_place(lab, &line, &lines, &paused) && !paused);
}
