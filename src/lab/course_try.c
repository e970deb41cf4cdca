/* course_try.c - see course_try.h. */
#include "lab/course_try.h"

#include "base/xalloc.h"
#include "lab/course_done.h"
#include "lab/course_state.h"

#include <stdlib.h>
#include <string.h>

const struct lesson_try *course_try(const struct lab *lab)
{
    const struct lesson *l = course_lesson(lab);

    return l && lab->learner->try >= 0 ? &l->try[lab->learner->try] : NULL;
}

bool course_try_here(const struct lab *lab)
{
    const struct lesson *l = course_lesson(lab);
    const int next = l && l->tries ? course_next_try(lab) : -1;

    return next >= 0 && (l->try[next].page == lab->page || next == lab->learner->try);
}

int course_next_try(const struct lab *lab)
{
    const struct lesson *l = course_lesson(lab);
    const int now = lab->learner->try;
    int done_here = -1, later = -1;

    if (!l || !l->tries)
        return -1;
    for (int i = (int)l->tries - 1; i >= 0; i--) {
        if (l->try[i].page == lab->page)
            done_here = i;
        else if (l->try[i].page > lab->page && !course_try_done(lab, l, i))
            later = i;
    }
    for (int i = 0; i < (int)l->tries; i++)
        if (l->try[i].page == lab->page && !course_try_done(lab, l, i))
            return i;
    if (now >= 0 && (l->try[now].page == lab->page || !course_try_done(lab, l, now)))
        return now;
    if (done_here >= 0)
        return done_here;
    return later >= 0 ? later : 0;
}

void course_stop_try(struct lab *lab)
{
    lab->learner->try = -1;
    lab->learner->solution.on = false;
    free(lab->learner->goal);
    lab->learner->goal = NULL;
}

bool course_begin(struct lab *lab, int try, struct error *e)
{
    struct learner *learner = lab->learner;
    const struct lesson *l = course_lesson(lab);
    const struct lesson_try *t = &l->try[try];

    if (!course_begin_afresh(lab, l, t, e))
        return false;
    course_stop_try(lab);
    if (t->page != lab->page)
        course_turn(lab, t->page);
    learner->goal = xcalloc(t->goals.n, sizeof *learner->goal);
    learner->try = try;
    learner->seen = UINT64_MAX;
    lab->changes++;
    return true;
}

static void say_done(struct lab *lab)
{
    const struct lesson_try *t = &course_lesson(lab)->try[lab->learner->try];
    char text[200];
    bool all = true;

    for (size_t i = 0; i < t->goals.n; i++)
        all &= course_goal_done(lab, course_lesson(lab), lab->learner->try, (int)i);
    if (all)
        snprintf(text, sizeof text, "Experiment %d is done%s%s", lab->learner->try + 1,
                 t->title[0] ? ": " : "", t->title);
    else
        snprintf(text, sizeof text, "A goal is met; there is more to do in this experiment");
    if (lab->interactive)
        lab_say(lab, false, "%s", text);
    else
        text_printf(&lab->learner->report, "%s\n", text);
}

/* Looks at the goals of the experiment under way. */
static bool look(struct lab *lab)
{
    const struct lesson_try *t = course_try(lab);
    struct learner *learner = lab->learner;
    bool changed = false, met = false;

    for (size_t i = 0; t && i < t->goals.n; i++) {
        struct goal_now *g = &learner->goal[i];
        char now[GOAL_NOW_MAX];

        goal_now(lab, t->goals.at[i].text, now);
        if (strcmp(now, g->value) != 0) {
            memcpy(g->value, now, sizeof now);
            changed = true;
        }
        if (!g->met && goal_met(lab, t->goals.at[i].text)) {
            g->met = met = true;
            course_note(lab, PROGRESS_GOAL, course_lesson(lab)->name, learner->try + 1, (int)i + 1,
                        NULL);
        }
    }
    if (met)
        say_done(lab);
    return changed || met;
}

bool course_settle(struct lab *lab)
{
    struct learner *learner = lab->learner;
    bool changed;

    if (lab->interactive && !learner->loaded)
        course_load(lab);
    if (lab->changes == learner->seen)
        return false;
    changed = look(lab);
    if (changed)
        lab->changes++;
    learner->seen = lab->changes;
    return changed;
}

void course_report(struct lab *lab, FILE *out)
{
    course_settle(lab);
    if (lab->learner->report.len)
        fputs(lab->learner->report.s, out);
    text_clear(&lab->learner->report);
}
