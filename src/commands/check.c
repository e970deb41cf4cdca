/* check.c - see course_check.h. Every experiment is begun as a learner begins it; then its
 * solution is run line by line. A goal counts as met when it was so after any line, as it does for
 * a learner. */
#include "commands/check.h"

#include "base/capture.h"
#include "base/utf8.h"
#include "base/xalloc.h"
#include "commands/session.h"
#include "draw/layout.h"
#include "lab/observe.h"
#include "language/command.h"
#include "study/experiment.h"
#include "study/opening.h"
#include "study/page.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

struct check {
    const struct lesson *lesson;
    struct lab *lab;
    FILE *out;
    int problems;
    int too_long; /* the page that was last found so, from 1 */
};

static void wrong(struct check *c, int line, const char *format, ...) ACTLAB_PRINTF(3, 4);
static void wrong(struct check *c, int line, const char *format, ...)
{
    char reason[512];
    struct text clean = {0};
    va_list ap;

    va_start(ap, format);
    vsnprintf(reason, sizeof reason, format, ap);
    va_end(ap);
    utf8_print(c->out, c->lesson->path, false);
    utf8_clean(&clean, reason, strlen(reason), false);
    fprintf(c->out, ":%d: %s\n", line, text_str(&clean));
    text_free(&clean);
    c->problems++;
}

/* A message that names file and line already. */
static void wrong_line(struct check *c, const struct error *e)
{
    fprintf(c->out, "%s\n", e->text);
    c->problems++;
}

/* --- text ------------------------------------------------------------------------------------- */

static void check_page(struct check *c, int page)
{
    struct styled_text text = {0};
    struct text torn = {0};

    study_print_page(c->lesson, page, &text);
    if (rich_overflow(&text, CHECK_COLUMNS, &torn))
        wrong(c, 1, "page %d: '%s' does not fit into %d columns", page + 1, text_str(&torn),
              CHECK_COLUMNS);
    text_free(&torn);
    styled_free(&text);
}

static void check_text(struct check *c)
{
    const struct lesson *l = c->lesson;

    for (int i = 0; i < (int)l->pages; i++)
        check_page(c, i);
    if (!l->tries)
        wrong(c, 1, "no experiment: a lesson needs at least one block ```try");
    if (!l->questions)
        wrong(c, 1, "no quiz: a heading 'Quiz' with a question and its choices is missing");
    if (!l->sources)
        wrong(c, 1, "no sources: a heading 'Sources' with something below it is missing");
    for (size_t i = 0; i < l->questions; i++)
        for (size_t k = 0; k < l->question[i].choices; k++)
            if (!l->question[i].choice[k].explanation[0])
                wrong(c, l->question[i].line, "choice %zu of the quiz has no explanation", k + 1);
}

/* --- experiments ------------------------------------------------------------------------------ */

/* Evaluates a goal; an expression that is wrong in itself is a problem of the lesson. */
static bool met(struct check *c, const struct lesson_line *goal, bool *sound)
{
    struct error e;
    double v = 0;

    if (!observe(c->lab, goal->text, &v, &e)) {
        if (*sound)
            wrong(c, goal->line, "goal '%s': %s", goal->text, e.text);
        *sound = false;
        return false;
    }
    return v == v && v != 0;
}

struct goal_report {
    char before[GOAL_NOW_MAX], after[GOAL_NOW_MAX];
    bool sound, early, late;
};

static void evaluate_before(struct check *c, const struct lesson_try *t, struct goal_report *r)
{
    for (size_t i = 0; i < t->goals.n; i++) {
        r[i].sound = true;
        goal_now(c->lab, c->lab->learner->goal[i].goal, r[i].before);
        r[i].early = met(c, &t->goals.at[i], &r[i].sound);
    }
}

static void evaluate_after(struct check *c, const struct lesson_try *t, struct goal_report *r)
{
    for (size_t i = 0; i < t->goals.n; i++) {
        if (r[i].late || !r[i].sound)
            continue;
        goal_now(c->lab, c->lab->learner->goal[i].goal, r[i].after);
        r[i].late = met(c, &t->goals.at[i], &r[i].sound);
    }
}

static bool run_solution(struct check *c, const struct lesson_try *t, struct goal_report *r)
{
    struct capture unheard;
    struct error e;
    bool ok = capture_begin(&unheard, &e);

    if (!ok)
        wrong_line(c, &e);
    for (size_t i = 0; i < t->solution.n && ok; i++) {
        ok = study_run_line(c->lab, c->lesson, &t->solution.at[i], &(struct run){0}, unheard.out,
                            &e);
        if (ok)
            evaluate_after(c, t, r);
        else
            wrong_line(c, &e);
    }
    capture_free(&unheard);
    return ok;
}

static void report(struct check *c, const struct lesson_try *t, const struct goal_report *r,
                   bool solved)
{
    for (size_t i = 0; i < t->goals.n; i++) {
        const struct lesson_line *goal = &t->goals.at[i];
        const bool good = r[i].sound && !r[i].early && r[i].late;

        fprintf(c->out, "    %-4s %s\n         before: %s   after: %s\n", good ? "ok" : "FAIL",
                goal->text, r[i].before, r[i].after);
        if (r[i].sound && r[i].early)
            wrong(c, goal->line, "the goal '%s' is met before anything is done", goal->text);
        if (r[i].sound && solved && !r[i].late)
            wrong(c, goal->line, "the solution does not meet the goal '%s'", goal->text);
    }
}

/* Of the experiment that has just begun. A page is measured until it is found too long. */
static void check_length(struct check *c, const struct lesson_try *t)
{
    const int rows = c->too_long == t->page + 1 ? 0 : study_page_rows(c->lab, CHECK_COLUMNS, false);

    if (rows <= CHECK_ROWS)
        return;
    c->too_long = t->page + 1;
    wrong(c, t->line,
          "page %d and its experiment take %d lines, an 80x24 screen has %d: shorten the page",
          t->page + 1, rows, CHECK_ROWS);
}

static void check_try(struct check *c, int i)
{
    const struct lesson_try *t = &c->lesson->try[i];
    struct goal_report *r;
    struct error e;
    bool solved;

    fprintf(c->out, "  try %d%s%s\n", i + 1, t->title[0] ? ": " : "", t->title);
    if (!study_begin(c->lab, i, &e)) {
        wrong_line(c, &e);
        return;
    }
    check_length(c, t);
    if (!t->solution.n) {
        wrong(c, t->line, "no solution: a block ```solution with the commands is missing");
        return;
    }
    r = xcalloc(t->goals.n, sizeof *r);
    evaluate_before(c, t, r);
    solved = run_solution(c, t, r);
    report(c, t, r, solved);
    free(r);
}

static void check_lesson(struct check *c)
{
    const struct lesson *l = c->lesson;
    struct error e;

    utf8_print(c->out, l->path, false);
    fprintf(c->out, ": %s, %zu pages, %d words, %zu experiments, %zu question%s\n", l->title,
            l->pages, l->words, l->tries, l->questions, l->questions == 1 ? "" : "s");
    check_text(c);
    if (!study_open(c->lab, 0, 0, &e)) {
        wrong_line(c, &e);
        return;
    }
    for (int i = 0; i < (int)l->tries && !lab_interrupted(c->lab); i++)
        check_try(c, i);
}

int course_check(const struct command_table *commands, bool (*asked)(void), const char *path,
                 FILE *out)
{
    struct check c = {.out = out};
    struct error e;
    struct lesson *l = lesson_load(path, &e);

    if (!l || !(c.lab = session_open(commands, NULL, &e))) {
        fprintf(out, "%s\n", e.text);
        lesson_free(l);
        return 1;
    }
    c.lesson = l;
    c.lab->interrupt.asked = asked;
    c.lab->rights = RIGHTS_STRANGER; /* a lesson may be anyone's */
    c.lab->course.lesson = xgrow(NULL, &c.lab->course.cap, 1, sizeof *c.lab->course.lesson);
    c.lab->course.lesson[0] = l; /* the lab's, from here on */
    c.lab->course.lessons = 1;
    check_lesson(&c);
    session_close(c.lab);
    return c.problems;
}
