/* solution.c - see course_solution.h. */
#include "study/solution.h"

#include "base/capture.h"
#include "base/clock.h"
#include "study/experiment.h"
#include "study/notes.h"
#include "study/opening.h"

#include <stdlib.h>
#include <string.h>

/* Seconds for which a line of a solution stands on the screen before it runs, and the most that its
 * training takes. */
#define LINE_SECONDS  1.2
#define TRAIN_SECONDS 3.0
/* Its share of time: seconds at once, and steps between two looks at the clock. */
#define TRAIN_SLICE 0.05
enum { TRAIN_CHUNK = 16 };

bool study_playing(const struct lab *lab)
{
    return lab->learner->solution.on;
}

bool study_solve(struct lab *lab, FILE *out, struct error *e)
{
    struct learner *learner = lab->learner;
    const struct lesson *l = study_lesson(lab);
    const struct lesson_lines *lines;
    bool ok;

    ok = study_begin(lab, lab->open.try, e); /* from its beginning: earlier doings do not disturb */
    if (!ok)
        return false;
    lines = &l->try[lab->open.try].solution;
    study_note(lab, PROGRESS_SOLUTION, l->name, lab->open.try + 1, 0, NULL);
    if (lab->interactive) {
        learner->solution.on = true;
        learner->solution.line = 0;
        learner->solution.wait = 0;
        learner->solution.steps = 0;
        return true;
    }
    for (size_t i = 0; i < lines->n && ok; i++) {
        fprintf(out, "> %s\n", lines->at[i].text);
        ok = study_run_line(lab, l, &lines->at[i], &(struct run){.recorded = true}, out, e);
    }
    return ok;
}

/* "train 200 epochs" is shown as training, not as its end. */
static uint64_t training_of(const struct lab *lab, const char *line)
{
    char unit[8] = "epochs", rest;
    unsigned n = 1;
    int words = sscanf(line, "train %6u %7s %c", &n, unit, &rest);

    if (words < 1 || words > 2 || n == 0 || strpbrk(line, "+-") ||
        trainer_diverged(lab->model.trainer, NULL))
        return 0;
    if (strncmp(unit, "step", 4) == 0)
        return n;
    return strncmp(unit, "epoch", 5) == 0
               ? (uint64_t)n * (uint64_t)trainer_steps_per_epoch(lab->model.trainer)
               : 0;
}

static void play_next(struct lab *lab, const struct lesson_line *line)
{
    struct learner *learner = lab->learner;
    struct error e;
    struct capture unheard;

    lab_say(lab, false, ": %s", line->text);
    learner->solution.wait = lab->set.animation ? LINE_SECONDS : 0;
    learner->solution.steps = training_of(lab, line->text);
    if (learner->solution.steps)
        return;
    if (!capture_begin(&unheard, &e) ||
        !study_run_line(lab, study_lesson(lab), line, &(struct run){.recorded = true}, unheard.out,
                        &e)) {
        learner->solution.on = false;
        lab_say(lab, true, "%s", e.text);
    }
    capture_free(&unheard);
}

/* Trains what is due in this time, as far as the machine gets without keeping a key waiting; a
 * diverged network ends it. */
static void play_training(struct lab *lab, uint64_t all, double seconds)
{
    struct learner *learner = lab->learner;
    uint64_t due = (uint64_t)((double)all * seconds / TRAIN_SECONDS) + 1;
    const double end = clock_now() + TRAIN_SLICE;

    if (due > learner->solution.steps || !lab->set.animation)
        due = learner->solution.steps;
    while (due > 0 && learner->solution.steps > 0 && clock_now() < end) {
        const uint64_t n = due < TRAIN_CHUNK ? due : TRAIN_CHUNK;

        due -= n;
        learner->solution.steps = lab_train(lab, n) < n ? 0 : learner->solution.steps - n;
    }
}

bool study_tick(struct lab *lab, double seconds)
{
    struct learner *learner = lab->learner;
    const struct lesson_try *t = study_try(lab);
    const struct lesson_lines *lines;

    if (!learner->solution.on || !t)
        return false;
    lines = &t->solution;
    if (learner->solution.steps) {
        play_training(lab, training_of(lab, lines->at[learner->solution.line - 1].text), seconds);
        return true;
    }
    if (lab->model.running) /* an `until` of the solution */
        return false;
    learner->solution.wait -= seconds;
    if (learner->solution.wait > 0)
        return false;
    if (learner->solution.line < lines->n)
        play_next(lab, &lines->at[learner->solution.line++]);
    else
        learner->solution.on = false;
    return true;
}
