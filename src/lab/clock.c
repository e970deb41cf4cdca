/* clock.c - what goes on by the clock: sweeps, training, passes, recordings and solutions; and
 * what is measured before a picture. */
#include "base/clock.h"
#include "lab/decision_map.h"
#include "lab/lab.h"
#include "lab/race.h"
#include "lab/until.h"
#include "replay/play.h"
#include "replay/record.h"
#include "study/experiment.h"
#include "study/solution.h"

#include <math.h>

/* Seconds that a sweep takes for its way, and what a single step is shown for. */
#define SWEEP_SECONDS 4.0
#define PASS_SECONDS  1.0

static bool tick_sweep(struct lab *lab, double seconds)
{
    double at = lab->plot.sweep.at + seconds / SWEEP_SECONDS;
    struct fn ghost = lab->plot.has_ghost ? lab->plot.ghost : lab->fn;
    double v;

    if (!lab->plot.sweep.on)
        return false;
    if (at >= 1 || !lab->set.animation) {
        at = 1;
        lab->plot.sweep.on = false;
    }
    lab->plot.sweep.at = at;
    v = lab->plot.sweep.from + at * (lab->plot.sweep.to - lab->plot.sweep.from);
    if (!lab_set_parameter(lab, lab->plot.sweep.beta ? "beta" : "alpha", v, NULL))
        return true; /* a value that the function cannot have (celu's zero) is passed by */
    lab->plot.ghost = ghost;
    record_line(lab, "%s =%.17g", lab->plot.sweep.beta ? "beta" : "alpha", v);
    return true;
}

/* The statistics of a network that trains on the screen, if it is time for them: so often that they
 * take a ninth of it at most, and once a frame. No picture that a key asks for waits for them. */
static bool look(struct lab *lab)
{
    double begun = clock_now();

    if (!lab->running || !lab->interactive || !lab->probe_stale || begun < lab->frame_at)
        return false;
    lab_settle_frame(lab, true);
    course_settle(lab); /* the lesson's goals */
    lab->changes++;
    lab->frame_at = fmax(lab->frame_at, begun + 1. / lab->set.fps);
    return true;
}

/* What is looked at may take as long as a step: a key waits for one of them, not for all. Measures
 * and map have their share of the time, and leave most of it to the steps. */
static bool tick_training(struct lab *lab, double seconds, double budget)
{
    double end = clock_now() + budget;
    uint64_t before = trainer_steps(lab->trainer);
    bool done = look(lab) || decision_map_tick(lab, end);

    lab->owed += lab->set.speed > 0 ? seconds * lab->set.speed : 1e18;
    while (lab->running && lab->owed >= 1 && !(done && clock_now() >= end)) {
        lab_train(lab, 1);
        until_look(lab);
        lab->owed -= 1;
        done = true;
    }
    /* What could not be done in time is let go: a slow machine is slow, not late. */
    if (lab->owed > 1)
        lab->owed = 1;
    if (clock_now() < end)
        look(lab);
    return trainer_steps(lab->trainer) != before || !lab->running;
}

/* A single step is shown as a wave through the layers and back. */
static bool tick_pass(struct lab *lab, double seconds)
{
    if (lab->pass >= 1)
        return false;
    lab->pass = lab->set.animation ? lab->pass + seconds / PASS_SECONDS : 1;
    lab->changes++;
    return true;
}

bool lab_tick(struct lab *lab, double seconds, double budget)
{
    bool swept = tick_sweep(lab, seconds);
    bool trained = lab->running ? tick_training(lab, seconds, budget)
                                : decision_map_tick(lab, clock_now() + budget);
    bool played = play_tick(lab, seconds);
    bool solved = course_tick(lab, seconds);
    bool passed = tick_pass(lab, seconds);
    struct error e;

    record_settle(lab);
    if (!record_alive(lab, &e))
        lab_say(lab, true, "%s", e.text);
    return swept || trained || played || solved || passed;
}

bool lab_moving(const struct lab *lab)
{
    int line, lines;
    bool paused;

    return lab->running || decision_map_behind(lab) || lab->pass < 1 || lab->plot.sweep.on ||
           course_playing(lab) || (play_place(lab, &line, &lines, &paused) && !paused);
}

int lab_pass_layer(const struct lab *lab, bool *forward)
{
    int layers = lab->net.layers, at = (int)(lab->pass * 2 * layers);

    if (lab->pass >= 1 || layers == 0)
        return 0;
    *forward = at < layers;
    return *forward ? at + 1 : 2 * layers - at;
}

int lab_affordable(const struct lab *lab)
{
    double work = lab->interactive ? 2.5e8 : 1e11, width = lab->net.width;
    double n = work / (6 * width * width * lab->net.layers + 1);

    return n < 32 ? 32 : n > 1e6 ? 1000000 : (int)n;
}

void lab_settle(struct lab *lab)
{
    int n, train, most = lab_affordable(lab);

    if (lab->probe_stale) {
        trainer_data(lab->trainer, &n, &train);
        if (n <= most)
            trainer_probe(lab->trainer, &lab->probe);
        else
            trainer_glance(lab->trainer, most, &lab->probe);
        lab->probe_stale = false;
    }
    race_settle(lab);
}

bool lab_settle_frame(struct lab *lab, bool due)
{
    double begun = clock_now();
    bool same = lab->networks == lab->framed && trainer_steps(lab->trainer) >= lab->probe.step;

    if (lab->running && same && !(due && begun >= lab->frame_at))
        return false;
    lab_settle(lab);
    lab->framed = lab->networks;
    lab->frame_at = clock_now() + 8 * (clock_now() - begun);
    return true;
}
