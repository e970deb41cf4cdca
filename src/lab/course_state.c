/* course_state.c - see course_state.h. */
#include "lab/course_state.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/xalloc.h"
#include "lab/aside.h"
#include "lab/command.h"
#include "lab/follow.h"
#include "lab/keymap.h"
#include "lab/race.h"

#include <stdlib.h>
#include <string.h>

/* Seconds for which a line of a solution stands on the screen before it runs, and the most that its
 * training takes. */
#define LINE_SECONDS  1.2
#define TRAIN_SECONDS 3.0
/* What it may take at a time: seconds, and steps between two looks at the clock. */
#define TRAIN_SLICE 0.05
enum { TRAIN_CHUNK = 16 };

/* The longest time, in seconds, that counts as spent on a page without a sign of life. */
#define PAUSE 300.0

void course_state_new(struct lab *lab)
{
    lab->learner = xcalloc(1, sizeof *lab->learner);
    lab->learner->try = lab->learner->timed = -1;
    lab->learner->seen = UINT64_MAX;
}

const struct lesson *course_lesson(const struct lab *lab)
{
    return lab->lesson >= 0 && (size_t)lab->lesson < lab->course.lessons
               ? lab->course.lesson[lab->lesson]
               : NULL;
}

/* Adds the time since the last event to the lesson that was open; nobody reads one page for longer
 * than PAUSE. */
static void count_time(struct lab *lab)
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
    learner->timed = course_lesson(lab) ? lab->lesson : -1;
}

void course_state_free(struct lab *lab)
{
    if (!lab->learner)
        return;
    count_time(lab);
    progress_save(&lab->learner->progress, NULL); /* what a full disk refused, once more */
    progress_close(&lab->learner->progress);
    progress_close(&lab->learner->shown);
    text_free(&lab->learner->report);
    free(lab->learner->goal);
    free(lab->learner);
    lab->learner = NULL;
}

/* The same where one is open for certain. */
static const struct lesson *open_lesson(const struct lab *lab)
{
    return lab->course.lesson[lab->lesson];
}

const struct lesson_try *course_try(const struct lab *lab)
{
    const struct lesson *l = course_lesson(lab);

    return l && lab->learner->try >= 0 ? &l->try[lab->learner->try] : NULL;
}

/* --- what was done ---------------------------------------------------------------------------- */

/* What a recording does is not the learner's own. */
static const struct progress *book(const struct lab *lab)
{
    return lab->player || follow_leads(lab) ? &lab->learner->shown : &lab->learner->progress;
}

void course_note(struct lab *lab, enum progress_kind kind, const char *lesson, int a, int b,
                 const char *value)
{
    struct progress_entry p = {.kind = kind, .a = a, .b = b};
    struct error e;

    snprintf(p.lesson, sizeof p.lesson, "%s", lesson);
    snprintf(p.value, sizeof p.value, "%s", value ? value : "");
    if (lab->player || follow_leads(lab)) {
        progress_keep(&lab->learner->shown, p);
        return;
    }
    count_time(lab);
    if (!progress_add(&lab->learner->progress, p, &e))
        lab_say(lab, true, "%s", e.text);
}

static bool under_way(const struct lab *lab, const struct lesson *l, int try)
{
    return l == course_lesson(lab) && lab->learner->try == try;
}

bool course_goal_done(const struct lab *lab, const struct lesson *l, int try, int goal)
{
    return (under_way(lab, l, try) && lab->learner->goal[goal].met) ||
           progress_find(book(lab), PROGRESS_GOAL, l->name, try + 1, goal + 1);
}

bool course_try_done(const struct lab *lab, const struct lesson *l, int try)
{
    for (size_t g = 0; g < l->try[try].goals.n; g++)
        if (!course_goal_done(lab, l, try, (int)g))
            return false;
    return true;
}

int course_hints_shown(const struct lab *lab, const struct lesson *l, int try)
{
    const struct progress_entry *p = progress_find(book(lab), PROGRESS_HINT, l->name, try + 1, 0);
    const int most = (int)l->try[try].hints.n;

    return !p ? 0 : p->b < most ? p->b : most;
}

const struct progress_entry *course_answer(const struct lab *lab, const struct lesson *l,
                                           int question)
{
    return progress_find(book(lab), PROGRESS_ANSWER, l->name, question + 1, 0);
}

/* --- lessons and pages ------------------------------------------------------------------------ */

bool course_fresh_lab(struct lab *lab, struct error *e)
{
    const struct fn sigmoid = fn_default(activation_find("sigmoid"));
    struct net_config net = lab->net;

    setting_defaults(&net_settings, &lab->net);
    lab->net.file[0] = '\0';
    lab->plot = (struct plot_state){
        .x0 = -PLOT_REACH, .x1 = PLOT_REACH, .saturation = lab->plot.saturation, .hist_layer = 1};
    lab->running = false;
    lab->netview = 0; /* lessons speak of the gradient's bars */
    race_stop(lab);
    if (lab_set_fn(lab, &sigmoid, e)) {
        lab->running = false;
        return true;
    }
    lab->net = net;
    return false;
}

bool course_run_line(struct lab *lab, const struct lesson *l, const struct lesson_line *line,
                     FILE *out, struct error *e)
{
    struct error inner = {.text = ""};
    const struct command *c = command_of(line->text, &inner);

    /* A lesson that opens itself would never be open. */
    if (c && (!(c->flags & CMD_REPLAY) || strcmp(c->group, "course") == 0))
        return fail(e, "%s:%d: '%s' is not allowed in a lesson", l->path, line->line, c->name);
    if (c && c->flags & CMD_SCREEN && !lab->interactive)
        return true; /* it says where to look: there is nothing to see */
    if (c && lab_run(lab, line->text, out, &inner))
        return true;
    return fail(e, "%s:%d: %s", l->path, line->line, inner.text);
}

/* Without a word, but for errors. It is done whole, in the instant that a lesson's author took care
 * of: half of it would be no beginning. */
static bool run_quietly(struct lab *lab, const struct lesson *l, const struct lesson_lines *lines,
                        struct error *e)
{
    bool (*interrupted)(void) = lab->interrupted;
    char *said = NULL;
    size_t n = 0;
    FILE *out = open_memstream(&said, &n);
    bool ok = true;

    if (!out)
        return fail(e, "out of memory");
    lab->interrupted = NULL;
    lab->depth++; /* they belong to the command that is recorded */
    for (size_t i = 0; i < lines->n && ok; i++)
        ok = course_run_line(lab, l, &lines->at[i], out, e);
    lab->depth--;
    lab->interrupted = interrupted;
    fclose(out);
    free(said);
    return ok;
}

static void stop_experiment(struct lab *lab)
{
    lab->learner->try = -1;
    lab->learner->solution.on = false;
    free(lab->learner->goal);
    lab->learner->goal = NULL;
}

void course_close(struct lab *lab)
{
    stop_experiment(lab);
    progress_close(&lab->learner->shown);
    lab->lesson = -1;
    lab->page = lab->scroll = 0;
    lab->changes++;
}

/* The lab as a lesson, or with `t` its experiment, begins; unchanged on an error. */
static bool begin_afresh(struct lab *lab, const struct lesson *l, const struct lesson_try *t,
                         struct error *e)
{
    struct aside *a = aside_begin(lab);

    if (course_fresh_lab(lab, e) && run_quietly(lab, l, &l->setup, e) &&
        (!t || run_quietly(lab, l, &t->setup, e))) {
        aside_drop(a);
        return true;
    }
    aside_return(lab, a);
    return false;
}

bool course_open(struct lab *lab, int lesson, int page, struct error *e)
{
    const struct lesson *l = lab->course.lesson[lesson];

    if (!begin_afresh(lab, l, NULL, e))
        return false;
    stop_experiment(lab);
    lab->lesson = lesson;
    course_note(lab, PROGRESS_OPEN, l->name, 0, 0, NULL);
    course_turn(lab, page);
    return true;
}

void course_turn(struct lab *lab, int page)
{
    const struct lesson *l = open_lesson(lab);

    lab->page = page < 0 ? 0 : page >= (int)l->pages ? (int)l->pages - 1 : page;
    lab->scroll = 0;
    lab->changes++;
    course_note(lab, PROGRESS_PAGE, l->name, lab->page + 1, 0, NULL);
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

/* --- experiments ------------------------------------------------------------------------------ */

bool course_quiz_here(const struct lab *lab)
{
    const struct lesson *l = course_lesson(lab);

    for (size_t i = 0; l && i < l->questions; i++)
        if (l->question[i].page == lab->page)
            return true;
    return false;
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

bool course_begin(struct lab *lab, int try, struct error *e)
{
    struct learner *learner = lab->learner;
    const struct lesson *l = open_lesson(lab);
    const struct lesson_try *t = &l->try[try];

    if (!begin_afresh(lab, l, t, e))
        return false;
    stop_experiment(lab);
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
    const struct lesson_try *t = &open_lesson(lab)->try[lab->learner->try];
    char text[200];
    bool all = true;

    for (size_t i = 0; i < t->goals.n; i++)
        all &= course_goal_done(lab, open_lesson(lab), lab->learner->try, (int)i);
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
            course_note(lab, PROGRESS_GOAL, open_lesson(lab)->name, learner->try + 1, (int)i + 1,
                        NULL);
        }
    }
    if (met)
        say_done(lab);
    return changed || met;
}

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

bool course_load_progress(struct lab *lab, struct error *e)
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

bool course_forget(struct lab *lab, const char *lesson, struct error *e)
{
    struct progress_entry p = {.kind = PROGRESS_RESET};
    bool ok;

    snprintf(p.lesson, sizeof p.lesson, "%s", lesson ? lesson : "*");
    if (!lab->interactive && !open_file(lab, true, e)) /* this is saved, from a shell as well */
        return false;
    if (!lesson || (course_lesson(lab) && strcmp(course_lesson(lab)->name, lesson) == 0))
        stop_experiment(lab);
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

bool course_catch_up(struct lab *lab)
{
    if (!course_read(&lab->course))
        return false;
    lab->changes++;
    return true;
}

/* The screen has just opened: what was done before, and where one may go on. */
static void load(struct lab *lab)
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
    if (lab->lesson < 0 && !lab->message[0] && progress_last(&learner->progress) &&
        course_resume_place(lab, &lesson, &page)) {
        const char *key = keymap_key(lab->keymap, "plot", "lesson next");

        lab_say(lab, false, "%s goes on at lesson %d, page %d: %s", key ? key : "lesson next",
                lab->course.lesson[lesson]->number, page + 1, lab->course.lesson[lesson]->title);
    }
}

bool course_settle(struct lab *lab)
{
    struct learner *learner = lab->learner;
    bool changed;

    if (lab->interactive && !learner->loaded)
        load(lab);
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

/* --- solutions -------------------------------------------------------------------------------- */

bool course_playing(const struct lab *lab)
{
    return lab->learner->solution.on;
}

bool course_solve(struct lab *lab, FILE *out, struct error *e)
{
    struct learner *learner = lab->learner;
    const struct lesson *l = open_lesson(lab);
    const struct lesson_lines *lines;
    bool ok;

    ok =
        course_begin(lab, learner->try, e); /* from its beginning: what was done does not disturb */
    if (!ok)
        return false;
    lines = &l->try[learner->try].solution;
    course_note(lab, PROGRESS_SOLUTION, l->name, learner->try + 1, 0, NULL);
    if (lab->interactive) {
        learner->solution.on = true;
        learner->solution.line = 0;
        learner->solution.wait = 0;
        learner->solution.steps = 0;
        return true;
    }
    lab->depth--; /* each line is recorded, not the word "solution" */
    for (size_t i = 0; i < lines->n && ok; i++) {
        fprintf(out, "> %s\n", lines->at[i].text);
        ok = course_run_line(lab, l, &lines->at[i], out, e);
    }
    lab->depth++;
    return ok;
}

/* "train 200 epochs" is shown as training, not as its end. */
static uint64_t training_of(const struct lab *lab, const char *line)
{
    char unit[8] = "epochs", rest;
    unsigned n = 1;
    int words = sscanf(line, "train %6u %7s %c", &n, unit, &rest);

    if (words < 1 || words > 2 || n == 0 || strpbrk(line, "+-") ||
        trainer_diverged(lab->trainer, NULL, NULL))
        return 0;
    if (strncmp(unit, "step", 4) == 0)
        return n;
    return strncmp(unit, "epoch", 5) == 0
               ? (uint64_t)n * (uint64_t)trainer_steps_per_epoch(lab->trainer)
               : 0;
}

static void play_line(struct lab *lab, const struct lesson_line *line)
{
    struct learner *learner = lab->learner;
    struct error e;
    char *said = NULL;
    size_t n = 0;
    FILE *out;

    lab_say(lab, false, ": %s", line->text);
    learner->solution.wait = lab->set.animation ? LINE_SECONDS : 0;
    learner->solution.steps = training_of(lab, line->text);
    if (learner->solution.steps)
        return;
    out = open_memstream(&said, &n);
    if (out && !course_run_line(lab, open_lesson(lab), line, out, &e)) {
        learner->solution.on = false;
        lab_say(lab, true, "%s", e.text);
    }
    if (out)
        fclose(out);
    free(said);
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

bool course_tick(struct lab *lab, double seconds)
{
    struct learner *learner = lab->learner;
    const struct lesson_try *t = course_try(lab);
    const struct lesson_lines *lines;

    if (!learner->solution.on || !t)
        return false;
    lines = &t->solution;
    if (learner->solution.steps) {
        play_training(lab, training_of(lab, lines->at[learner->solution.line - 1].text), seconds);
        return true;
    }
    if (lab->running) /* an `until` of the solution */
        return false;
    learner->solution.wait -= seconds;
    if (learner->solution.wait > 0)
        return false;
    if (learner->solution.line < lines->n)
        play_line(lab, &lines->at[learner->solution.line++]);
    else
        learner->solution.on = false;
    return true;
}
