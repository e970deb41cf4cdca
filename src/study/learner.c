/* learner.c - see learner.h. */
#include "study/learner.h"

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

const struct lesson_try *study_try(const struct lab *lab)
{
    const struct lesson *l = study_lesson(lab);

    return l && lab->learner->try >= 0 ? &l->try[lab->learner->try] : NULL;
}

void study_stop_try(struct lab *lab)
{
    const struct lesson_try *t = study_try(lab);

    for (size_t i = 0; t && i < t->goals.n; i++)
        goal_free(lab->learner->goal[i].goal);
    lab->learner->try = -1;
    lab->learner->solution.on = false;
    free(lab->learner->goal);
    lab->learner->goal = NULL;
}
