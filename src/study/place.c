/* place.c - see place.h. */
#include "study/place.h"

#include "study/learner.h"
#include "study/notes.h"

#include <inttypes.h>
#include <string.h>

void place_begin(struct lab *lab)
{
    if (!study_is_shown(lab))
        progress_close(&lab->learner->shown);
}

void place_print(const struct lab *lab, struct text *out)
{
    const struct learner *learner = lab->learner;
    const struct lesson *l = study_lesson(lab);
    const struct lesson_try *t = study_try(lab);
    char name[PROGRESS_NAME_MAX];

    progress_print(&learner->shown, "done ", out);
    if (l) {
        progress_encode_name(name, l->name);
        text_printf(out, "lesson %d %s\n", lab->open.page + 1, name);
    }
    if (t)
        text_printf(out, "try %d %" PRIu64 "\n", lab->open.try + 1, learner->begun);
    for (size_t i = 0; t && i < t->goals.n; i++)
        if (learner->goal[i].met)
            text_printf(out, "met %zu %" PRIu64 " %.17g\n", i + 1, learner->goal[i].step,
                        learner->goal[i].epoch);
}

static bool take_done(struct lab *lab, const char *rest, struct error *e)
{
    return progress_take_line(&lab->learner->shown, rest) ||
           fail(e, "no note of the course: %s", rest);
}

static bool take_lesson(struct lab *lab, const char *rest, struct error *e)
{
    char name[PROGRESS_NAME_MAX];
    int page, at = 0, i = -1;

    course_read(&lab->course); /* also its experiments */
    if (sscanf(rest, "%9d %n", &page, &at) != 1 || !at || page < 1)
        return fail(e, "no page of a lesson: %s", rest);
    for (size_t k = 0; k < lab->course.lessons; k++) {
        progress_encode_name(name, lab->course.lesson[k]->name);
        if (strcmp(name, rest + at) == 0)
            i = (int)k;
    }
    if (i < 0)
        return fail(e, "no lesson '%s' here", rest + at);
    lab->open.lesson = i;
    lab->open.page = page > (int)lab->course.lesson[i]->pages ? 0 : page - 1;
    return true;
}

static bool take_try(struct lab *lab, const char *rest, struct error *e)
{
    const struct lesson *l = study_lesson(lab);
    uint64_t begun;
    int try;

    if (sscanf(rest, "%9d %19" SCNu64, &try, &begun) != 2 || !l || try < 1 || try > (int)l->tries)
        return fail(e, "no experiment here: %s", rest);
    lab->open.try = try - 1;
    study_set_goals(lab);
    lab->learner->begun = begun;
    return true;
}

static bool take_met(struct lab *lab, const char *rest, struct error *e)
{
    const struct lesson_try *t = study_try(lab);
    struct goal_now now = {0};
    int goal;

    if (sscanf(rest, "%9d %19" SCNu64 " %lf", &goal, &now.step, &now.epoch) != 3 || !t ||
        goal < 1 || goal > (int)t->goals.n || !(now.epoch >= 0 && now.epoch < 1e18))
        return fail(e, "no goal here: %s", rest);
    lab->learner->goal[goal - 1].met = true;
    lab->learner->goal[goal - 1].step = now.step;
    lab->learner->goal[goal - 1].epoch = now.epoch;
    return true;
}

static const struct {
    const char *word;
    bool (*take)(struct lab *, const char *rest, struct error *);
} kinds[] = {
    {"done ", take_done}, {"lesson ", take_lesson}, {"try ", take_try}, {"met ", take_met}};

bool place_take(struct lab *lab, const char *line, struct error *e)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        const size_t n = strlen(kinds[i].word);

        if (strncmp(line, kinds[i].word, n) == 0)
            return kinds[i].take(lab, line + n, e);
    }
    return fail(e, "no place in the course: %s", line);
}
