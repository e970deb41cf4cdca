/* learner.c - see learner.h. */
#include "study/learner.h"

#include "base/xalloc.h"

#include <stdlib.h>

const struct lesson *study_lesson(const struct lab *lab)
{
    return lab->open.lesson >= 0 && (size_t)lab->open.lesson < lab->course.lessons
               ? lab->course.lesson[lab->open.lesson]
               : NULL;
}

bool study_resume_place(const struct lab *lab, int *lesson, int *page)
{
    const struct progress_entry *last = progress_last(&lab->learner->progress);

    *lesson = *page = 0;
    for (size_t i = 0; last && i < lab->course.lessons; i++)
        if (progress_is_of(last, lab->course.lesson[i]->name)) {
            *lesson = (int)i;
            *page = last->a - 1;
        }
    return lab->course.lessons > 0;
}

int study_bookmark(const struct lab *lab, int lesson)
{
    const struct lesson *l = lab->course.lesson[lesson];
    const struct progress_entry *p =
        progress_find(&lab->learner->progress, PROGRESS_PAGE, l->name, 0, 0);

    return p && p->a >= 1 && p->a <= (int)l->pages ? p->a - 1 : 0;
}

const struct lesson_try *study_try(const struct lab *lab)
{
    const struct lesson *l = study_lesson(lab);

    return l && lab->open.try >= 0 ? &l->try[lab->open.try] : NULL;
}

static void free_goals(struct learner *learner)
{
    for (size_t i = 0; i < learner->goals; i++)
        goal_free(learner->goal[i].goal);
    free(learner->goal);
    learner->goal = NULL;
    learner->goals = 0;
}

void study_set_goals(struct lab *lab)
{
    struct learner *learner = lab->learner;
    const struct lesson_try *t = study_try(lab);

    free_goals(learner);
    if (!t)
        return;
    learner->goal = xcalloc(t->goals.n, sizeof *learner->goal);
    learner->goals = t->goals.n;
    for (size_t i = 0; i < t->goals.n; i++)
        learner->goal[i].goal = goal_parse(lab, t->goals.at[i].text, NULL);
    learner->seen = UINT64_MAX;
    learner->begun = trainer_steps(lab->model.trainer);
}

void study_stop_try(struct lab *lab)
{
    free_goals(lab->learner);
    lab->open.try = -1;
    lab->learner->solution.on = false;
}
