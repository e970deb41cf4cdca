/* labels.c - which word of the label of a command's key fits now, in the order of keys.rc: "run" or
 * "pause". -1: the command could do nothing. */
#include "commands/handlers.h"

#include "study/experiment.h"
#include "study/learner.h"
#include "study/notes.h"

int label_alpha(const struct lab *lab)
{
    return lab->model.fn.act->alpha.meaning ? 0 : -1;
}

int label_beta(const struct lab *lab)
{
    return lab->model.fn.act->beta.meaning ? 0 : -1;
}

int label_run(const struct lab *lab)
{
    return lab->model.running;
}

int label_reset(const struct lab *lab)
{
    return lab->model.race != NULL;
}

int label_race_only(const struct lab *lab)
{
    return lab->model.race ? 0 : -1;
}

int label_no_race(const struct lab *lab)
{
    return lab->model.race ? -1 : 0;
}

int label_lesson(const struct lab *lab)
{
    if (lab->open.lesson >= 0)
        return 0;
    return progress_last(&lab->learner->progress) ? 1 : 2;
}

int label_try(const struct lab *lab)
{
    const struct lesson_try *t = study_try(lab);

    if (!study_try_here(lab))
        return -1;
    return t && t->page == lab->open.page;
}

int label_hint(const struct lab *lab)
{
    return study_hint_here(lab) ? 0 : -1;
}

int label_answer(const struct lab *lab)
{
    return study_question_here(lab) >= 0 ? 0 : -1;
}
