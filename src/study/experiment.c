/* experiment.c - see study_try.h. */
#include "study/experiment.h"

#include "base/xalloc.h"
#include "study/learner.h"
#include "study/notes.h"
#include "study/opening.h"

#include <stdlib.h>
#include <string.h>

bool study_try_met(const struct lab *lab)
{
    const struct lesson_try *t = study_try(lab);

    for (size_t i = 0; t && i < t->goals.n; i++)
        if (!lab->learner->goal[i].met)
            return false;
    return t != NULL;
}

bool study_try_here(const struct lab *lab)
{
    const struct lesson *l = study_lesson(lab);

    for (size_t i = 0; l && i < l->tries; i++)
        if (l->try[i].page == lab->open.page)
            return true;
    return false;
}

bool study_done_here(const struct lab *lab)
{
    const struct lesson_try *t = study_try(lab);

    return t && t->page == lab->open.page && study_try_met(lab);
}

bool study_hint_here(const struct lab *lab)
{
    const struct lesson_try *t = study_try(lab);

    return t && t->page == lab->open.page && !study_try_met(lab) &&
           study_hints_shown(lab, study_lesson(lab), lab->open.try) < (int)t->hints.n;
}

int study_next_try(const struct lab *lab)
{
    const struct lesson *l = study_lesson(lab);
    const int now = lab->open.try;
    int done_here = -1, later = -1;

    if (!l || !l->tries)
        return -1;
    for (int i = (int)l->tries - 1; i >= 0; i--) {
        if (l->try[i].page == lab->open.page)
            done_here = i;
        else if (l->try[i].page > lab->open.page && !study_try_done(lab, l, i))
            later = i;
    }
    for (int i = 0; i < (int)l->tries; i++)
        if (l->try[i].page == lab->open.page && !study_try_done(lab, l, i))
            return i;
    if (now >= 0 && (l->try[now].page == lab->open.page || !study_try_done(lab, l, now)))
        return now;
    if (done_here >= 0)
        return done_here;
    return later >= 0 ? later : 0;
}

bool study_begin(struct lab *lab, int try, struct error *e)
{
    const struct lesson *l = study_lesson(lab);
    const struct lesson_try *t = &l->try[try];

    if (!study_reset(lab, l, t, e))
        return false;
    study_stop_try(lab);
    if (t->page != lab->open.page)
        study_turn(lab, t->page);
    lab->open.try = try;
    study_set_goals(lab);
    lab->changes++;
    return true;
}

const char *study_met_at(const struct goal_now *g, char out[GOAL_AT_MAX])
{
    out[0] = '\0';
    if (g->step && g->epoch < 1)
        snprintf(out, GOAL_AT_MAX, "step %llu", (unsigned long long)g->step);
    else if (g->step)
        snprintf(out, GOAL_AT_MAX, "epoch %.4g", g->epoch);
    return out;
}

static void say_done(struct lab *lab, const struct goal_now *last)
{
    const struct lesson_try *t = &study_lesson(lab)->try[lab->open.try];
    char text[200], at[GOAL_AT_MAX];

    study_met_at(last, at);
    if (study_try_met(lab))
        snprintf(text, sizeof text, "Experiment %d is done%s%s%s%s", lab->open.try + 1,
                 at[0] ? " at " : "", at, t->title[0] ? ": " : "", t->title);
    else
        snprintf(text, sizeof text, "A goal is met; there is more to do in this experiment");
    if (lab->interactive)
        lab_say(lab, false, "%s", text);
    else
        text_printf(&lab->learner->report, "%s\n", text);
}

/* Looks at the goals of the experiment under way. */
static bool check_goals(struct lab *lab)
{
    const struct lesson_try *t = study_try(lab);
    struct learner *learner = lab->learner;
    const uint64_t step = trainer_steps(lab->model.trainer);
    struct goal_now *met = NULL;
    bool changed = false;

    for (size_t i = 0; t && i < t->goals.n; i++) {
        struct goal_now *g = &learner->goal[i];
        char now[GOAL_NOW_MAX];

        goal_now(lab, g->goal, now);
        if (strcmp(now, g->value) != 0) {
            memcpy(g->value, now, sizeof now);
            changed = true;
        }
        if (!g->met && goal_met(lab, g->goal)) {
            g->met = true;
            g->step = step != learner->begun ? step : 0;
            g->epoch = (double)step / trainer_steps_per_epoch(lab->model.trainer);
            met = g;
            study_note(lab, PROGRESS_GOAL, study_lesson(lab)->name, lab->open.try + 1, (int)i + 1,
                       NULL);
        }
    }
    if (met)
        say_done(lab, met);
    return changed || met;
}

void study_epoch_ended(struct lab *lab)
{
    if (!lab->learner || lab->open.try < 0 || study_try_met(lab))
        return;
    if (trainer_steps(lab->model.trainer) % (uint64_t)trainer_steps_per_epoch(lab->model.trainer) ==
        0)
        check_goals(lab);
}

bool study_check_goals(struct lab *lab)
{
    struct learner *learner = lab->learner;
    bool changed;

    if (lab->interactive && !learner->loaded)
        study_load(lab);
    if (lab->changes == learner->seen)
        return false;
    changed = check_goals(lab);
    if (changed)
        lab->changes++;
    learner->seen = lab->changes;
    return changed;
}

void study_remind(struct lab *lab, const struct command *c)
{
    struct learner *learner = lab->learner;
    const struct lesson *l = study_lesson(lab);
    const bool works = c->group <= GROUP_NETWORK && !(c->flags & CMD_LOOK);

    if (!works || !lab->interactive || lab->replay.player || learner->told == lab->open.lesson ||
        !study_try_here(lab))
        return;
    const int next = study_next_try(lab);
    if (next == lab->open.try || study_try_done(lab, l, next) || lab->screen.message[0])
        return;
    learner->told = lab->open.lesson;
    lab_say(lab, false, "Try %d has not begun: %s begins it, and then it counts", next + 1,
            lab_way(lab, "try"));
}

void study_report(struct lab *lab, FILE *out)
{
    study_check_goals(lab);
    if (lab->learner->report.len)
        fputs(lab->learner->report.s, out);
    text_clear(&lab->learner->report);
}
