/* opening.c - see opening.h. */
#include "study/opening.h"

#include "base/capture.h"
#include "language/command.h"
#include "study/learner.h"
#include "study/notes.h"

#include <string.h>

bool study_catch_up(struct lab *lab)
{
    if (!course_read(&lab->course))
        return false;
    lab->changes++;
    return true;
}

bool study_run_line(struct lab *lab, const struct lesson *l, const struct lesson_line *line,
                    struct run *run, FILE *out, struct error *e)
{
    struct error inner = {.text = ""};
    const struct command *c = command_of(lab->commands, line->text, &inner);

    /* A lesson that opens itself would never be open. */
    if (c && (!(c->flags & CMD_REPLAY) || c->group == GROUP_COURSE))
        return fail(e, "%s:%d: '%s' is not allowed in a lesson", l->path, line->line, c->name);
    if (c && c->flags & CMD_SCREEN && !lab->interactive)
        return true; /* it says where to look: there is nothing to see */
    if (c && lab_run_as(lab, line->text, run, out, &inner))
        return true;
    return fail(e, "%s:%d: %s", l->path, line->line, inner.text);
}

/* Without a word, but for errors. It is done whole, in the instant that a lesson's author took care
 * of: half of it would be no beginning, and is undone. */
static bool run_quietly(struct lab *lab, const struct lesson *l, const struct lesson_lines *lines,
                        struct error *e)
{
    struct capture unheard;
    bool ok = true;

    if (!capture_begin(&unheard, e))
        return false;
    for (size_t i = 0; i < lines->n && ok; i++)
        ok = study_run_line(lab, l, &lines->at[i], &(struct run){.whole = true}, unheard.out, e);
    capture_free(&unheard);
    return ok;
}

/* All that a beginning that fails must bring back. */
struct before {
    struct model model;
    struct settings set;
    struct screen_state screen;
};

/* From now on the lab has no network, until the caller builds one or bring_back does. */
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
bool study_reset(struct lab *lab, const struct lesson *l, const struct lesson_try *t,
                 struct error *e)
{
    struct before was = remember(lab);
    const int try = lab->open.try;
    bool ok;

    lab->open.try = -1; /* training at a beginning meets no goal of the one before */
    ok = lab_begin(lab, e) && run_quietly(lab, l, &l->setup, e) &&
         (!t || run_quietly(lab, l, &t->setup, e));
    lab->open.try = try;
    if (ok)
        model_free(&was.model);
    else
        bring_back(lab, &was);
    return ok;
}

bool study_open(struct lab *lab, int lesson, int page, struct error *e)
{
    const struct lesson *l = lab->course.lesson[lesson];

    if (!study_reset(lab, l, NULL, e))
        return false;
    study_stop_try(lab);
    lab->open.lesson = lesson;
    study_note(lab, PROGRESS_OPEN, l->name, 0, 0, NULL);
    study_turn(lab, page);
    return true;
}

void study_turn(struct lab *lab, int page)
{
    const struct lesson *l = lab->course.lesson[lab->open.lesson]; /* one is open */

    lab->open.page = page < 0 ? 0 : page >= (int)l->pages ? (int)l->pages - 1 : page;
    lab->open.scroll = 0;
    lab->changes++;
    study_note(lab, PROGRESS_PAGE, l->name, lab->open.page + 1, 0, NULL);
}

void study_close(struct lab *lab)
{
    study_stop_try(lab);
    progress_close(&lab->learner->shown);
    lab->open.lesson = -1;
    lab->open.page = lab->open.scroll = 0;
    lab->changes++;
}

/* "net layers=8 lr=0.3" sets lr to 0.3. */
static bool line_sets(const char *line, const char *setting, const char *value)
{
    const size_t name = strlen(setting), n = strlen(value);

    if (strncmp(line, "net ", 4) != 0)
        return false;
    for (const char *s = line; (s = strchr(s, ' '));) {
        s++;
        if (strncmp(s, setting, name) == 0 && s[name] == '=' &&
            strncmp(s + name + 1, value, n) == 0 && (!s[name + 1 + n] || s[name + 1 + n] == ' '))
            return true;
    }
    return false;
}

bool study_chose(const struct lab *lab, const char *setting, const char *value)
{
    const struct lesson *l = study_lesson(lab);
    const struct lesson_try *t = study_try(lab);

    for (size_t i = 0; l && i < l->setup.n; i++)
        if (line_sets(l->setup.at[i].text, setting, value))
            return true;
    for (size_t i = 0; t && i < t->setup.n; i++)
        if (line_sets(t->setup.at[i].text, setting, value))
            return true;
    return false;
}
