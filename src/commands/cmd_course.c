/* cmd_course.c - lessons, experiments, quizzes. */
#include "commands/handlers.h"

#include "base/file.h"
#include "base/utf8.h"
#include "course/template.h"
#include "draw/layout.h"
#include "lab/timeline.h"
#include "replay/follow.h"
#include "replay/record.h"
#include "study/experiment.h"
#include "study/notes.h"
#include "study/opening.h"
#include "study/page.h"
#include "study/progress_table.h"
#include "study/solution.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* --- lesson ----------------------------------------------------------------------------------- */

enum { PIPE_COLUMNS = 72, MOST_COLUMNS = 100 };

static int columns_of(FILE *out)
{
    struct winsize size;
    const int fd = fileno(out);

    if (fd < 0 || !isatty(fd) || ioctl(fd, TIOCGWINSZ, &size) < 0 || size.ws_col == 0)
        return PIPE_COLUMNS;
    return size.ws_col > MOST_COLUMNS ? MOST_COLUMNS : size.ws_col;
}

/* Pages [first, last) on paper. On the screen the pane shows the page: nothing is printed. */
static void print_pages(const struct lab *lab, int first, int last, FILE *out)
{
    struct styled_text pages = {0};
    struct text text = {0};

    if (lab->interactive || lab->replay.player || follow_leads(lab))
        return;
    for (int i = first; i < last; i++)
        study_print_page(study_lesson(lab), i, &pages);
    rich_to_text(&pages, columns_of(out), !call_utf8(), &text);
    fputs(text_str(&text), out);
    text_free(&text);
    styled_free(&pages);
}

static bool no_lesson(struct error *e)
{
    return fail(e, "no lesson is open: lesson 1 opens the first, lesson list shows all");
}

static bool open_at(struct lab *lab, int lesson, int page, FILE *out, struct error *e)
{
    if (!study_open(lab, lesson, page, e))
        return false;
    print_pages(lab, lab->open.page, lab->open.page + 1, out);
    return true;
}

/* A page on; from the last to the next lesson. */
static bool turn(struct lab *lab, int by, FILE *out, struct error *e)
{
    const struct lesson *l = study_lesson(lab);
    int lesson, page;

    if (!l) {
        if (!study_resume_place(lab, &lesson, &page))
            return fail(e, "there are no lessons: start actlab with --lessons FOLDER");
        /* whoever plays it back stopped somewhere else */
        lab_record_as(lab, "lesson %d page=%d", lab->course.lesson[lesson]->number, page + 1);
        return open_at(lab, lesson, page, out, e);
    }
    lesson = lab->open.lesson + by;
    page = lab->open.page + by;
    if (page >= 0 && page < (int)l->pages) {
        study_turn(lab, page);
        print_pages(lab, page, page + 1, out);
        return true;
    }
    if (lesson < 0)
        return fail(e, "this is the first page of the first lesson");
    if (lesson >= (int)lab->course.lessons)
        return fail(e, "this is the last page of the last lesson: progress shows how far you are");
    return open_at(lab, lesson, by > 0 ? 0 : (int)lab->course.lesson[lesson]->pages - 1, out, e);
}

/* A file "NAME.md" in the current folder (or where NAME says), ready to be written on. */
static bool new_lesson(struct lab *lab, const char *name, FILE *out, struct error *e)
{
    struct text path = {0}, shown = {0};
    const size_t n = strlen(name);
    bool ok;

    if (lab_rights(lab) != RIGHTS_OWN)
        return fail(e, "writing a lesson is not allowed in a restricted session");
    if (!*name || name[n - 1] == '/')
        return misuse(e, -1, "lesson new NAME: a name for the file");
    text_printf(&path, "%s%s", name, n > 3 && strcmp(name + n - 3, ".md") == 0 ? "" : ".md");
    utf8_clean(&shown, path.s, path.len, false);
    ok = file_save(path.s, lesson_template, strlen(lesson_template), false, e);
    if (ok)
        fprintf(out, "%s begins with a lesson that works: write over it, then `check %s`\n",
                shown.s, shown.s);
    else if (access(path.s, F_OK) == 0)
        fail(e, "'%s' exists: choose another name", path.s);
    text_free(&path);
    text_free(&shown);
    return ok;
}

bool cmd_lesson(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    const char *word = c->words ? c->word[0].s : NULL, *option = call_option(c, "page");
    char number[16];
    int page = 1;
    int i;

    course_read(&lab->course);
    if (call_says(c, 0, "list"))
        return print_course(lab, c, out, e);
    if (call_says(c, 0, "new"))
        return new_lesson(lab, c->word[1].s, out, e);
    if (word && choice_step(word))
        return turn(lab, choice_step(word), out, e);
    if (!word && !option) {
        if (!study_lesson(lab))
            return no_lesson(e);
        lab->screen.focus = PANE_LESSON;
        print_pages(lab, lab->open.page, lab->open.page + 1, out);
        return true;
    }
    if (call_says(c, 0, "chosen")) {
        if (!study_chosen(lab))
            return fail(e, "there is no list to choose from: lesson list opens one");
        snprintf(number, sizeof number, "%d", study_chosen(lab));
        word = number;
    }
    i = word ? course_find(&lab->course, word, e) : lab->open.lesson;
    if (i < 0)
        return word ? false : no_lesson(e);
    if (!call_option_int(lab, c, "page", 1, (int)lab->course.lesson[i]->pages, &page, e))
        return misuse(e, -1, "lesson %d has the pages 1 to %zu, not %s",
                      lab->course.lesson[i]->number, lab->course.lesson[i]->pages, option);
    if (!word) {
        study_turn(lab, page - 1);
        print_pages(lab, lab->open.page, lab->open.page + 1, out);
        return true;
    }
    if (!option && lab->interactive && !study_is_shown(lab))
        page = study_bookmark(lab, i) + 1;
    if (!study_open(lab, i, page - 1, e))
        return false;
    if (lab->interactive && !option) /* whoever plays it back stopped somewhere else */
        lab_record_as(lab, "lesson %d page=%d", lab->course.lesson[i]->number, page);
    if (page > 1 && !option && !lab->screen.message[0])
        lab_say(lab, false, "going on at page %d: lesson %d page=1 begins", page,
                lab->course.lesson[i]->number);
    if (option)
        print_pages(lab, lab->open.page, lab->open.page + 1, out);
    else
        print_pages(lab, 0, (int)lab->course.lesson[i]->pages, out);
    return true;
}

/* --- try, hint, solution ---------------------------------------------------------------------- */

static void print_goals(const struct lab *lab, FILE *out)
{
    const struct lesson_try *t = study_try(lab);

    fprintf(out, "Try %d%s%s\n", lab->open.try + 1, t->title[0] ? ": " : "", t->title);
    for (size_t i = 0; i < t->goals.n; i++)
        fprintf(out, "  [%c] %s   now %s\n", lab->learner->goal[i].met ? 'x' : ' ',
                t->goals.at[i].text, lab->learner->goal[i].value);
}

static bool none_here(const struct lab *lab, struct error *e)
{
    const struct lesson_try *t = study_try(lab);
    const char *on = lab_way(lab, "lesson next");

    if (!t || study_try_met(lab))
        return fail(e, "no experiment on this page: %s reads on", on);
    return fail(e, "no experiment on this page: %s reads on, lesson page=%d goes back to Try %d",
                on, t->page + 1, lab->open.try + 1);
}

/* The experiment that the call means: its number, or the next one to do. */
static bool which_try(struct lab *lab, const struct call *c, int *try, struct error *e)
{
    const struct lesson *l = study_lesson(lab);

    if (!l)
        return no_lesson(e);
    if (!l->tries)
        return fail(e, "lesson %d has no experiments", l->number);
    *try = study_next_try(lab);
    if (!c->words && lab->interactive && !study_try_here(lab)) /* one means what one sees */
        return none_here(lab, e);
    if (c->words && !call_int(lab, c, 0, 1, (int)l->tries, try, e))
        return false;
    *try -= c->words > 0;
    return true;
}

bool cmd_try(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    int try = -1;

    if (!which_try(lab, c, &try, e) || !study_begin(lab, try, e))
        return false;
    study_check_goals(lab);
    /* which one is next depends on what this learner has done */
    lab_record_as(lab, "try %d", try + 1);
    if (!lab->interactive)
        print_goals(lab, out);
    return true;
}

bool cmd_hint(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    const struct lesson *l = study_lesson(lab);
    const struct lesson_try *t = study_try(lab);
    const int i = lab->open.try;
    /* one means what one sees; a recording may come from where nothing is seen */
    const bool by_eye = lab->interactive && !lab->replay.player && !follow_leads(lab);
    int shown;

    (void)c;
    if (!l)
        return no_lesson(e);
    if (by_eye && !study_try_here(lab))
        return none_here(lab, e);
    if (!t || (by_eye && t->page != lab->open.page))
        return fail(e, "no experiment is under way: %s starts one", lab_way(lab, "try"));
    if (by_eye && study_try_met(lab))
        return fail(e, "this experiment is done: %s goes on", lab_way(lab, "lesson next"));
    shown = study_hints_shown(lab, l, i);
    if (shown == (int)t->hints.n)
        return fail(e, "%s: %s shows how it is done",
                    shown ? "there are no more hints" : "this experiment has no hints",
                    lab_way(lab, "solution"));
    study_note(lab, PROGRESS_HINT, l->name, i + 1, shown + 1, NULL);
    if (!lab->interactive)
        fprintf(out, "%s\n", t->hints.at[shown].text);
    return true;
}

bool cmd_solution(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    int try = -1;
    bool ok;

    if (!which_try(lab, c, &try, e))
        return false;
    if (!c->words && lab->open.try >= 0)
        try = lab->open.try;
    if (!study_lesson(lab)->try[try].solution.n)
        return fail(e, "this experiment has no solution in its lesson");
    timeline_begin(lab, "solution"); /* it is not recorded as a line, but can be taken back */
    ok = study_begin(lab, try, e);
    timeline_end(lab, ok);
    if (!ok)
        return false;
    record_line(lab, "try %d", try + 1);
    return study_solve(lab, out, e);
}

/* --- answer ----------------------------------------------------------------------------------- */

/* The question that an answer without a number is for: the first on the page without a right
 * answer, else the first in the lesson. */
static int open_question(const struct lab *lab, const struct lesson *l)
{
    const int here = study_question_here(lab);

    if (here >= 0 || lab->interactive) /* on a screen one answers what one sees */
        return here;
    for (int i = 0; i < (int)l->questions; i++) {
        const struct progress_entry *a = study_answer(lab, l, i);

        if (!a || !a->b)
            return i;
    }
    return -1;
}

static bool which_question(struct lab *lab, const struct call *c, int *question, struct error *e)
{
    const struct lesson *l = study_lesson(lab);
    const char *option = call_option(c, "question");

    if (!l)
        return no_lesson(e);
    if (!l->questions)
        return fail(e, "lesson %d has no quiz", l->number);
    if (option) {
        if (!call_option_int(lab, c, "question", 1, (int)l->questions, question, e))
            return misuse(e, -1, "lesson %d has the questions 1 to %zu, not %s", l->number,
                          l->questions, option);
        --*question;
        return true;
    }
    *question = open_question(lab, l);
    if (*question < 0 && lab->interactive)
        return fail(e, "no question is open here: %s reads on", lab_way(lab, "lesson next"));
    if (*question < 0)
        return fail(e, "no question is open here: answer question=1 K answers one again");
    return true;
}

static void print_explanations(const struct lesson_question *q, const bool *chosen, bool right,
                               FILE *out)
{
    for (size_t k = 0; k < q->choices; k++)
        if (chosen[k])
            fprintf(out, "%s %zu. %s\n   %s\n", q->choice[k].right ? "[+]" : "[-]", k + 1,
                    q->choice[k].text, q->choice[k].explanation);
    if (!right)
        fprintf(out, "Not yet right: try again.\n");
}

/* Which question is open depends on what this learner has answered. */
static void note_answer(struct lab *lab, const struct call *c, int question)
{
    struct text line = {0};

    text_printf(&line, "answer question=%d", question + 1);
    for (int i = 0; i < c->words; i++)
        text_printf(&line, " %s", c->word[i].s);
    lab_record_as(lab, "%s", line.s);
    text_free(&line);
}

bool cmd_answer(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    enum { MOST = 32 };
    const struct lesson_question *q;
    bool chosen[MOST] = {0}, right = true;
    struct text list = {0};
    int question = 0;

    if (c->words > MOST)
        return call_misused(c, c->word[MOST].column, e);
    if (!which_question(lab, c, &question, e))
        return false;
    q = &study_lesson(lab)->question[question];
    for (int i = 0; i < c->words; i++) {
        int k;

        if (!call_int(lab, c, i, 1, q->choices < MOST ? (int)q->choices : MOST, &k, e))
            return false;
        chosen[k - 1] = true;
    }
    for (size_t k = 0; k < q->choices && k < MOST; k++) {
        right &= chosen[k] == q->choice[k].right;
        if (chosen[k])
            text_printf(&list, "%s%zu", list.len ? "," : "", k + 1);
    }
    study_note(lab, PROGRESS_ANSWER, study_lesson(lab)->name, question + 1, right, text_str(&list));
    if (lab_recorded(lab))
        note_answer(lab, c, question);
    text_free(&list);
    if (!lab->interactive)
        print_explanations(q, chosen, right, out);
    else if (!lab->screen.message_is_error || !lab->screen.message[0])
        lab_say(lab, false, right ? "Right" : "Not yet right: try again");
    return true;
}
