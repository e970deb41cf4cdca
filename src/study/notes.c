/* notes.c - see notes.h. */
#include "study/notes.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/xalloc.h"
#include "lab/keymap.h"
#include "study/learner.h"

#include <stdlib.h>
#include <string.h>

/* Nobody reads one page for longer: the most seconds that count as spent on it without a sign of
 * life. */
#define PAUSE 300.0

void study_count_time(struct lab *lab)
{
    struct learner *learner = lab->learner;
    const double now = clock_now(), since = now - learner->noted;
    struct progress_entry p = {.kind = PROGRESS_TIME};
    const struct progress_entry *old;

    if (learner->timed >= 0) {
        const char *name = lab->course.lesson[learner->timed]->name;

        learner->seconds += since < PAUSE ? since : PAUSE;
        old = progress_find(&learner->progress, PROGRESS_TIME, name, 0, 0);
        p.a = (old ? old->a : 0) + (int)learner->seconds;
        learner->seconds -= (int)learner->seconds;
        snprintf(p.lesson, sizeof p.lesson, "%s", name);
        if (p.a > 0)
            progress_keep(&learner->progress, p);
    }
    learner->noted = now;
    learner->timed = study_lesson(lab) ? lab->open.lesson : -1;
}

void learner_new(struct lab *lab)
{
    lab->learner = xcalloc(1, sizeof *lab->learner);
    lab->open.try = lab->learner->timed = lab->learner->told = -1;
    lab->learner->seen = UINT64_MAX;
}

void learner_free(struct lab *lab)
{
    if (!lab->learner)
        return;
    study_count_time(lab);
    progress_save(&lab->learner->progress, NULL); /* what a full disk refused, once more */
    progress_close(&lab->learner->progress);
    progress_close(&lab->learner->shown);
    text_free(&lab->learner->report);
    study_stop_try(lab);
    free(lab->learner);
    lab->learner = NULL;
}

bool study_is_shown(const struct lab *lab)
{
    return lab->replay.player || lab->replay.leads ||
           (lab->run && lab->run->rights == RIGHTS_RECORDING);
}

static const struct progress *book(const struct lab *lab)
{
    return study_is_shown(lab) ? &lab->learner->shown : &lab->learner->progress;
}

void study_note(struct lab *lab, enum progress_kind kind, const char *lesson, int a, int b,
                const char *value)
{
    struct progress_entry p = {.kind = kind, .a = a, .b = b};
    struct error e;

    snprintf(p.lesson, sizeof p.lesson, "%s", lesson);
    snprintf(p.value, sizeof p.value, "%s", value ? value : "");
    if (study_is_shown(lab) || lab->replay.recorder)
        progress_keep(&lab->learner->shown, p);
    if (study_is_shown(lab))
        return;
    study_count_time(lab);
    if (!progress_add(&lab->learner->progress, p, &e))
        lab_say(lab, true, "%s", e.text);
}

static bool under_way(const struct lab *lab, const struct lesson *l, int try)
{
    return l == study_lesson(lab) && lab->open.try == try;
}

bool study_goal_done(const struct lab *lab, const struct lesson *l, int try, int goal)
{
    return (under_way(lab, l, try) && lab->learner->goal[goal].met) ||
           progress_find(book(lab), PROGRESS_GOAL, l->name, try + 1, goal + 1);
}

bool study_try_done(const struct lab *lab, const struct lesson *l, int try)
{
    for (size_t g = 0; g < l->try[try].goals.n; g++)
        if (!study_goal_done(lab, l, try, (int)g))
            return false;
    return true;
}

int study_hints_shown(const struct lab *lab, const struct lesson *l, int try)
{
    const struct progress_entry *p = progress_find(book(lab), PROGRESS_HINT, l->name, try + 1, 0);
    const int most = (int)l->try[try].hints.n;

    return !p ? 0 : p->b < most ? p->b : most;
}

const struct progress_entry *study_answer(const struct lab *lab, const struct lesson *l,
                                          int question)
{
    return progress_find(book(lab), PROGRESS_ANSWER, l->name, question + 1, 0);
}

int study_question_here(const struct lab *lab)
{
    const struct lesson *l = study_lesson(lab);

    for (int i = 0; l && i < (int)l->questions; i++) {
        const struct progress_entry *a = study_answer(lab, l, i);

        if (l->question[i].page == lab->open.page && !(a && a->b))
            return i;
    }
    return -1;
}

/* --- the file --------------------------------------------------------------------------------- */

/* make: its folder, too, where there is none yet. */
static bool open_file(struct lab *lab, bool make, struct error *e)
{
    struct text path = {0};
    bool ok;

    progress_close(&lab->learner->progress);
    ok = file_state_path("progress", make, &path, e) &&
         progress_open(&lab->learner->progress, path.s, e);
    text_free(&path);
    return ok;
}

/* What a shell does further is not saved. */
static void keep_in_memory(struct progress *p)
{
    free(p->path);
    p->path = NULL;
}

bool study_load_progress(struct lab *lab, struct error *e)
{
    struct progress *p = &lab->learner->progress;

    if (lab->learner->loaded)
        return true;
    lab->learner->loaded = true;
    if (!open_file(lab, false, e))
        return false;
    keep_in_memory(p);
    return true;
}

bool study_forget(struct lab *lab, const char *lesson, struct error *e)
{
    struct progress_entry p = {.kind = PROGRESS_RESET};
    bool ok;

    snprintf(p.lesson, sizeof p.lesson, "%s", lesson ? lesson : "*");
    if (!lab->interactive && !open_file(lab, true, e)) /* this is saved, from a shell as well */
        return false;
    if (!lesson || (study_lesson(lab) && strcmp(study_lesson(lab)->name, lesson) == 0))
        study_stop_try(lab);
    ok = progress_add(&lab->learner->progress, p, e);
    if (!lab->interactive)
        keep_in_memory(&lab->learner->progress);
    return ok;
}

/* The first picture tells how much was done of each lesson: what was begun must be read. */
static void read_begun(struct lab *lab)
{
    const struct progress *p = &lab->learner->progress;
    struct course *c = &lab->course;

    for (size_t i = 0; i < c->lessons;) {
        bool begun = false;

        for (size_t k = 0; k < p->n && !begun; k++)
            begun = progress_is_of(&p->entry[k], c->lesson[i]->name);
        i += !begun || course_read_one(c, i);
    }
}

void study_load(struct lab *lab)
{
    struct learner *learner = lab->learner;
    struct error e = {.text = ""};
    int lesson, page;

    learner->loaded = true;
    course_glance(&lab->course);
    if (!open_file(lab, true, &e)) {
        lab_say(lab, true, "%s", e.text);
        return;
    }
    read_begun(lab);
    if (lab->open.lesson < 0 && !lab->screen.message[0] && progress_last(&learner->progress) &&
        study_resume_place(lab, &lesson, &page)) {
        const char *key = keymap_key(lab->keymap, "plot", "lesson next");

        lab_say(lab, false, "%s goes on at lesson %d, page %d: %s", key ? key : "lesson next",
                lab->course.lesson[lesson]->number, page + 1, lab->course.lesson[lesson]->title);
    }
}
