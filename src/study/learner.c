/* learner.c - see course_state.h. */
#include "study/learner.h"

#include "base/capture.h"
#include "base/xalloc.h"
#include "language/command.h"
#include "study/experiment.h"
#include "study/notes.h"

#include <stdlib.h>
#include <string.h>

void course_state_new(struct lab *lab)
{
    lab->learner = xcalloc(1, sizeof *lab->learner);
    lab->learner->try = lab->learner->timed = lab->learner->told = -1;
    lab->learner->seen = UINT64_MAX;
}

void course_state_free(struct lab *lab)
{
    if (!lab->learner)
        return;
    course_count_time(lab);
    progress_save(&lab->learner->progress, NULL); /* what a full disk refused, once more */
    progress_close(&lab->learner->progress);
    progress_close(&lab->learner->shown);
    text_free(&lab->learner->report);
    free(lab->learner->goal);
    free(lab->learner);
    lab->learner = NULL;
}

const struct lesson *course_lesson(const struct lab *lab)
{
    return lab->open.lesson >= 0 && (size_t)lab->open.lesson < lab->course.lessons
               ? lab->course.lesson[lab->open.lesson]
               : NULL;
}

int course_question_here(const struct lab *lab)
{
    const struct lesson *l = course_lesson(lab);

    for (int i = 0; l && i < (int)l->questions; i++) {
        const struct progress_entry *a = course_answer(lab, l, i);

        if (l->question[i].page == lab->open.page && !(a && a->b))
            return i;
    }
    return -1;
}

bool course_resume_place(const struct lab *lab, int *lesson, int *page)
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

bool course_catch_up(struct lab *lab)
{
    if (!course_read(&lab->course))
        return false;
    lab->changes++;
    return true;
}

bool course_run_line(struct lab *lab, const struct lesson *l, const struct lesson_line *line,
                     struct run *run, FILE *out, struct error *e)
{
    struct error inner = {.text = ""};
    const struct command *c = command_of(lab->commands, line->text, &inner);

    /* A lesson that opens itself would never be open. */
    if (c && (!(c->flags & CMD_REPLAY) || strcmp(c->group, "course") == 0))
        return fail(e, "%s:%d: '%s' is not allowed in a lesson", l->path, line->line, c->name);
    if (c && c->flags & CMD_SCREEN && !lab->interactive)
        return true; /* it says where to look: there is nothing to see */
    if (c && lab_run_as(lab, line->text, run, out, &inner))
        return true;
    return fail(e, "%s:%d: %s", l->path, line->line, inner.text);
}

/* Without a word, but for errors. It is done whole, in the instant that a lesson's author took care
 * of: half of it would be no beginning. */
static bool run_quietly(struct lab *lab, const struct lesson *l, const struct lesson_lines *lines,
                        struct error *e)
{
    struct capture unheard;
    bool ok = true;

    if (!capture_begin(&unheard, e))
        return false;
    for (size_t i = 0; i < lines->n && ok; i++)
        ok = course_run_line(lab, l, &lines->at[i], &(struct run){.whole = true}, unheard.out, e);
    capture_free(&unheard);
    return ok;
}

/* What a beginning that fails must bring back. */
struct before {
    struct model model;
    struct settings set;
    struct screen_state screen;
};

/* From now on the lab has no network: what follows builds one, or bring_back does. */
static struct before remember(struct lab *lab)
{
    const struct before was = {lab->model, lab->set, lab->screen};

    lab->model.trainer = NULL;
    lab->model.race = NULL;
    lab->model.history = (struct history){.most = was.model.history.most};
    return was;
}

/* Functions that were defined since stay. */
static void bring_back(struct lab *lab, const struct before *was)
{
    model_free(&lab->model);
    lab->model = was->model;
    lab->set = was->set;
    lab->screen.focus = was->screen.focus;
    lab->screen.zoomed = was->screen.zoomed;
    lab->screen.shown = was->screen.shown;
    lab->measured.stale = true; /* it is of the other network */
    lab->measured.after = 0;
    lab->changes++;
}

/* All of it or nothing: half of a beginning would be neither the old lab nor the new one. */
bool course_begin_afresh(struct lab *lab, const struct lesson *l, const struct lesson_try *t,
                         struct error *e)
{
    struct before was = remember(lab);
    const int try = lab->learner->try;
    bool ok;

    lab->learner->try = -1; /* what a beginning trains meets no goal of the one before */
    ok = lab_begin(lab, e) && run_quietly(lab, l, &l->setup, e) &&
         (!t || run_quietly(lab, l, &t->setup, e));
    lab->learner->try = try;
    if (ok)
        model_free(&was.model);
    else
        bring_back(lab, &was);
    return ok;
}

bool course_open(struct lab *lab, int lesson, int page, struct error *e)
{
    const struct lesson *l = lab->course.lesson[lesson];

    if (!course_begin_afresh(lab, l, NULL, e))
        return false;
    course_stop_try(lab);
    lab->open.lesson = lesson;
    course_note(lab, PROGRESS_OPEN, l->name, 0, 0, NULL);
    course_turn(lab, page);
    return true;
}

void course_turn(struct lab *lab, int page)
{
    const struct lesson *l = lab->course.lesson[lab->open.lesson]; /* one is open */

    lab->open.page = page < 0 ? 0 : page >= (int)l->pages ? (int)l->pages - 1 : page;
    lab->open.scroll = 0;
    lab->changes++;
    course_note(lab, PROGRESS_PAGE, l->name, lab->open.page + 1, 0, NULL);
}

void course_close(struct lab *lab)
{
    course_stop_try(lab);
    progress_close(&lab->learner->shown);
    lab->open.lesson = -1;
    lab->open.page = lab->open.scroll = 0;
    lab->changes++;
}
