/* cmd_course.c - lessons, experiments, quizzes, progress. */
#include "lab/command.h"

#include "base/file.h"
#include "base/utf8.h"
#include "course/template.h"
#include "draw/layout.h"
#include "lab/course_check.h"
#include "lab/course_page.h"
#include "lab/course_state.h"
#include "lab/table.h"

#include <ctype.h>
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
    struct rich pages = {0};
    struct text text = {0};

    if (lab->interactive || lab->player)
        return;
    for (int i = first; i < last; i++)
        course_print_page(course_lesson(lab), i, &pages);
    rich_to_text(&pages, columns_of(out), !call_utf8(), &text);
    fputs(text_str(&text), out);
    text_free(&text);
    rich_free(&pages);
}

static bool no_lesson(struct error *e)
{
    return fail(e, "no lesson is open: lesson 1 opens the first, lesson list shows all");
}

static bool open_at(struct lab *lab, int lesson, int page, FILE *out, struct error *e)
{
    if (!course_open(lab, lesson, page, e))
        return false;
    print_pages(lab, lab->page, lab->page + 1, out);
    return true;
}

/* A page on; from the last to the next lesson. */
static bool turn(struct lab *lab, int by, FILE *out, struct error *e)
{
    const struct lesson *l = course_lesson(lab);
    int lesson, page;

    if (!l) {
        if (!course_resume_place(lab, &lesson, &page))
            return fail(e, "there are no lessons: start actlab with --lessons FOLDER");
        if (lab->depth == 1) /* whoever plays it back stopped somewhere else */
            snprintf(lab->record_as, sizeof lab->record_as, "lesson %d page=%d",
                     lab->course.lesson[lesson]->number, page + 1);
        return open_at(lab, lesson, page, out, e);
    }
    lesson = lab->lesson + by;
    page = lab->page + by;
    if (page >= 0 && page < (int)l->pages) {
        course_turn(lab, page);
        print_pages(lab, page, page + 1, out);
        return true;
    }
    if (lesson < 0)
        return fail(e, "this is the first page of the first lesson");
    if (lesson >= (int)lab->course.lessons)
        return fail(e, "this is the last page of the last lesson: progress shows what was done");
    return open_at(lab, lesson, by > 0 ? 0 : (int)lab->course.lesson[lesson]->pages - 1, out, e);
}

/* Whether any of the lesson's text holds the word, whatever the case of its letters. */
static bool mentions(const struct lesson *l, const char *word)
{
    struct rich pages = {0};
    struct text text = {0};
    bool found;

    for (int i = 0; i < (int)l->pages; i++)
        course_print_page(l, i, &pages);
    rich_to_text(&pages, 10000, false, &text);
    found = strcasestr(text_str(&text), word) != NULL || strcasestr(l->name, word) != NULL;
    text_free(&text);
    rich_free(&pages);
    return found;
}

static void date_of(const struct progress *p, enum progress_kind kind, const struct lesson *l,
                    bool day, char out[PROGRESS_DATE_MAX])
{
    const struct progress_entry *q = progress_find(p, kind, l->name, 0, 0);

    strcpy(out, day ? "-" : "");
    if (q)
        progress_date(q->when, day, out);
}

/* "2/3" for people, two numbers for programs. */
static void share(struct table *t, int done, size_t of)
{
    char s[48];

    snprintf(s, sizeof s, "%d/%zu", done, of);
    if (t->format == TABLE_TEXT) {
        table_word(t, s);
        return;
    }
    table_int(t, done);
    table_int(t, (long long)of);
}

static int minutes_of(const struct progress *p, const struct lesson *l)
{
    const struct progress_entry *q = progress_find(p, PROGRESS_TIME, l->name, 0, 0);

    return q ? (q->a + 59) / 60 : 0;
}

static int page_of(const struct progress *p, const struct lesson *l)
{
    const struct progress_entry *q = progress_find(p, PROGRESS_PAGE, l->name, 0, 0);

    return q ? q->a : 0;
}

static void list_row(const struct lab *lab, const struct lesson *l, struct table *t)
{
    const struct progress *p = &lab->learner->progress;
    char date[PROGRESS_DATE_MAX];
    int tries, questions;

    course_tally(lab, l, &tries, &questions);
    date_of(p, PROGRESS_PAGE, l, t->format == TABLE_TEXT, date);
    table_int(t, l->number);
    table_word(t, l->name);
    share(t, page_of(p, l), l->pages);
    share(t, tries, l->tries);
    share(t, questions, l->questions);
    table_int(t, minutes_of(p, l));
    table_word(t, date);
    table_word(t, l->title);
}

static bool list(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    static const char *const text_names[] = {"nr",   "lesson",  "page", "tried",
                                             "quiz", "minutes", "last", "title"};
    static const char *const names[] = {
        "number",      "lesson",          "page",      "pages",   "experiments_done",
        "experiments", "questions_right", "questions", "minutes", "last",
        "title"};
    static const int widths[] = {2, -22, 5, 5, 5, 7, -10, -20};
    enum table_format format;
    struct table t;

    if (!table_format_find(call_option(c, "format"), &format, e) || !course_load_progress(lab, e))
        return false;
    if (format == TABLE_TEXT)
        table_begin(&t, out, format, 8, text_names, widths);
    else
        table_begin(&t, out, format, 11, names, NULL);
    for (size_t i = 0; i < lab->course.lessons; i++) {
        bool wanted = true;

        for (int w = 1; w < c->words; w++)
            wanted &= mentions(lab->course.lesson[i], c->word[w].s);
        if (wanted)
            list_row(lab, lab->course.lesson[i], &t);
    }
    table_end(&t);
    for (size_t i = 0; i < lab->course.problems && format == TABLE_TEXT; i++)
        fprintf(out, "broken: %s\n", lab->course.problem[i]);
    return true;
}

/* A file "NAME.md" in the current folder (or where NAME says), ready to be written on. */
static bool new_lesson(struct lab *lab, const char *name, FILE *out, struct error *e)
{
    struct text path = {0};
    const size_t n = strlen(name);
    bool ok;

    if (lab->restricted)
        return fail(e, "writing a lesson is not allowed in a restricted session");
    if (!*name || name[n - 1] == '/')
        return misuse(e, -1, "lesson new NAME: a name for the file");
    text_printf(&path, "%s%s", name, n > 3 && strcmp(name + n - 3, ".md") == 0 ? "" : ".md");
    ok = file_save(path.s, lesson_template, strlen(lesson_template), false, e);
    if (ok)
        fprintf(out, "%s begins with a lesson that works: write over it, then `check %s`\n", path.s,
                path.s);
    else if (access(path.s, F_OK) == 0)
        fail(e, "'%s' exists: choose another name", path.s);
    text_free(&path);
    return ok;
}

bool cmd_lesson(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    static const char *const keys[] = {"page", "format", NULL};
    const char *word = c->words ? c->word[0].s : NULL, *option = call_option(c, "page");
    double page = 1;
    int i;

    if (!call_only_options(c, keys, e))
        return false;
    if (word && strcmp(word, "list") == 0)
        return list(lab, c, out, e);
    if (word && strcmp(word, "new") == 0)
        return call_words(c, 2, 2, e) && new_lesson(lab, c->word[1].s, out, e);
    if (!call_words(c, 0, 1, e))
        return false;
    if (word && strcmp(word, "next") == 0)
        return turn(lab, 1, out, e);
    if (word && strcmp(word, "prev") == 0)
        return turn(lab, -1, out, e);
    if (!word && !option) {
        if (!course_lesson(lab))
            return no_lesson(e);
        lab->focus = PANE_LESSON;
        print_pages(lab, lab->page, lab->page + 1, out);
        return true;
    }
    i = word ? course_find(&lab->course, word, e) : lab->lesson;
    if (i < 0)
        return word ? false : no_lesson(e);
    if (option && (!expr_number(option, lab->scope, &page, e) ||
                   !(page >= 1 && page <= (double)lab->course.lesson[i]->pages)))
        return misuse(e, -1, "lesson %d has the pages 1 to %zu, not %s",
                      lab->course.lesson[i]->number, lab->course.lesson[i]->pages, option);
    if (!word) {
        course_turn(lab, (int)page - 1);
        print_pages(lab, lab->page, lab->page + 1, out);
        return true;
    }
    if (!course_open(lab, i, (int)page - 1, e))
        return false;
    if (option)
        print_pages(lab, lab->page, lab->page + 1, out);
    else
        print_pages(lab, 0, (int)lab->course.lesson[i]->pages, out);
    return true;
}

/* --- try, hint, solution ---------------------------------------------------------------------- */

static void print_goals(const struct lab *lab, FILE *out)
{
    const struct lesson_try *t = course_try(lab);

    fprintf(out, "Try %d%s%s\n", lab->learner->try + 1, t->title[0] ? ": " : "", t->title);
    for (size_t i = 0; i < t->goals.n; i++)
        fprintf(out, "  [%c] %s   now %s\n", lab->learner->goal[i].met ? 'x' : ' ',
                t->goals.at[i].text, lab->learner->goal[i].value);
}

/* The experiment that the call means: its number, or the next one to do. */
static bool which_try(struct lab *lab, const struct call *c, int *try, struct error *e)
{
    const struct lesson *l = course_lesson(lab);

    if (!call_words(c, 0, 1, e))
        return false;
    if (!l)
        return no_lesson(e);
    if (!l->tries)
        return fail(e, "lesson %d has no experiments", l->number);
    *try = course_next_try(lab);
    if (c->words && !call_int(lab, c, 0, 1, (int)l->tries, try, e))
        return false;
    *try -= c->words > 0;
    return true;
}

bool cmd_try(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    int try;

    if (!which_try(lab, c, &try, e) || !course_begin(lab, try, e))
        return false;
    course_settle(lab);
    if (!lab->interactive)
        print_goals(lab, out);
    return true;
}

bool cmd_hint(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    const struct lesson *l = course_lesson(lab);
    const struct lesson_try *t = course_try(lab);
    const int i = lab->learner->try;
    int shown;

    if (!call_words(c, 0, 0, e))
        return false;
    if (!t)
        return l ? fail(e, "no experiment is under way: try starts one") : no_lesson(e);
    shown = course_hints_shown(lab, l, i);
    if (shown == (int)t->hints.n)
        return fail(e, shown ? "there are no more hints: solution shows how it is done"
                             : "this experiment has no hints: solution shows how it is done");
    course_note(lab, PROGRESS_HINT, l->name, i + 1, shown + 1, NULL);
    if (!lab->interactive)
        fprintf(out, "%s\n", t->hints.at[shown].text);
    return true;
}

bool cmd_solution(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    int try;

    if (!which_try(lab, c, &try, e))
        return false;
    if (!c->words && lab->learner->try >= 0)
        try = lab->learner->try;
    if (!course_lesson(lab)->try[try].solution.n)
        return fail(e, "this experiment has no solution in its lesson");
    return course_begin(lab, try, e) && course_solve(lab, out, e);
}

/* --- answer ----------------------------------------------------------------------------------- */

/* The question that an answer without a number is for: the first on the page without a right
 * answer, else the first in the lesson. */
static int open_question(const struct lab *lab, const struct lesson *l)
{
    int elsewhere = -1;

    for (int i = 0; i < (int)l->questions; i++) {
        const struct progress_entry *a = course_answer(lab, l, i);

        if (a && a->b)
            continue;
        if (l->question[i].page == lab->page)
            return i;
        if (elsewhere < 0)
            elsewhere = i;
    }
    return lab->interactive ? -1 : elsewhere; /* on a screen one answers what one sees */
}

static bool which_question(struct lab *lab, const struct call *c, int *question, struct error *e)
{
    const struct lesson *l = course_lesson(lab);
    const char *option = call_option(c, "question");
    double v = 0;

    if (!l)
        return no_lesson(e);
    if (!l->questions)
        return fail(e, "lesson %d has no quiz", l->number);
    if (option) {
        if (!expr_number(option, lab->scope, &v, e) || !(v >= 1 && v <= (double)l->questions))
            return misuse(e, -1, "lesson %d has the questions 1 to %zu, not %s", l->number,
                          l->questions, option);
        *question = (int)v - 1;
        return true;
    }
    *question = open_question(lab, l);
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

bool cmd_answer(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    static const char *const keys[] = {"question", NULL};
    enum { MOST = 32 };
    const struct lesson_question *q;
    bool chosen[MOST] = {0}, right = true;
    struct text list = {0};
    int question = 0;

    if (!call_words(c, 1, MOST, e) || !call_only_options(c, keys, e) ||
        !which_question(lab, c, &question, e))
        return false;
    q = &course_lesson(lab)->question[question];
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
    course_note(lab, PROGRESS_ANSWER, course_lesson(lab)->name, question + 1, right,
                text_str(&list));
    text_free(&list);
    if (!lab->interactive)
        print_explanations(q, chosen, right, out);
    else if (!lab->message_is_error || !lab->message[0])
        lab_say(lab, false, right ? "Right" : "Not yet right: try again");
    return true;
}

/* --- progress --------------------------------------------------------------------------------- */

static bool asked(const char *what)
{
    char answer[16] = "";

    fprintf(stderr, "Forget %s? Type yes: ", what);
    fflush(stderr);
    return fgets(answer, sizeof answer, stdin) && strncmp(answer, "yes", 3) == 0;
}

static bool reset(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    const bool sure = c->words > 1 && strcmp(c->word[c->words - 1].s, "!") == 0;
    const char *name = c->words - sure > 1 ? c->word[1].s : NULL;
    char what[128] = "the progress in all lessons";
    int i = -1;

    if (!call_words(c, 1, 2 + sure, e))
        return false;
    if (name && (i = course_find(&lab->course, name, e)) < 0)
        return false;
    if (name)
        snprintf(what, sizeof what, "the progress in lesson %d, %s", lab->course.lesson[i]->number,
                 lab->course.lesson[i]->title);
    if (!sure && (lab->interactive || !isatty(STDIN_FILENO) || lab->depth > 1))
        return fail(e, "this forgets %s: progress reset %s%s! does it", what, name ? name : "",
                    name ? " " : "");
    if (!sure && !asked(what))
        return fail(e, "nothing was forgotten");
    if (!course_load_progress(lab, e))
        return false;
    if (!course_forget(lab, i < 0 ? NULL : lab->course.lesson[i]->name, e))
        return false;
    if (lab->interactive)
        lab_say(lab, false, "Forgotten: %s", what);
    else
        fprintf(out, "forgotten: %s\n", what);
    return true;
}

struct done {
    int goals, all_goals, hints, solutions;
};

static struct done count(const struct progress *p, const struct lesson *l)
{
    struct done d = {0};

    for (size_t i = 0; i < p->n; i++) {
        const struct progress_entry *q = &p->entry[i];
        const size_t try = (size_t)q->a - 1;

        if (!progress_is_of(q, l->name))
            continue;
        d.goals +=
            q->kind == PROGRESS_GOAL && try < l->tries && (size_t)q->b <= l->try[try].goals.n;
        d.hints += q->kind == PROGRESS_HINT ? q->b : 0;
        d.solutions += q->kind == PROGRESS_SOLUTION;
    }
    for (size_t i = 0; i < l->tries; i++)
        d.all_goals += (int)l->try[i].goals.n;
    return d;
}

static void progress_row(const struct lab *lab, const struct lesson *l, const char *file,
                         struct table *t)
{
    const struct progress *p = &lab->learner->progress;
    const struct done d = count(p, l);
    const bool text = t->format == TABLE_TEXT;
    char date[PROGRESS_DATE_MAX];
    int tries, questions;

    course_tally(lab, l, &tries, &questions);
    if (file)
        table_word(t, file);
    table_int(t, l->number);
    table_word(t, l->name);
    share(t, page_of(p, l), l->pages);
    share(t, tries, l->tries);
    share(t, d.goals, (size_t)d.all_goals);
    share(t, questions, l->questions);
    table_int(t, d.hints);
    table_int(t, d.solutions);
    table_int(t, minutes_of(p, l));
    if (!text) {
        date_of(p, PROGRESS_OPEN, l, false, date);
        table_word(t, date);
    }
    date_of(p, PROGRESS_PAGE, l, text, date);
    table_word(t, date);
}

static void print_progress(const struct lab *lab, const char *file, struct table *t)
{
    for (size_t i = 0; i < lab->course.lessons; i++)
        progress_row(lab, lab->course.lesson[i], file, t);
}

static void begin_progress(struct table *t, FILE *out, enum table_format format, bool files)
{
    static const char *const text[] = {"file", "nr",    "lesson", "page",    "tried", "goals",
                                       "quiz", "hints", "solved", "minutes", "last"};
    static const int widths[] = {-20, 2, -22, 5, 5, 5, 5, 5, 6, 7, -10};
    static const char *const names[] = {
        "file",      "number",           "lesson",      "page",
        "pages",     "experiments_done", "experiments", "goals_done",
        "goals",     "questions_right",  "questions",   "hints",
        "solutions", "minutes",          "first",       "last"};
    const int skip = !files;

    if (format == TABLE_TEXT)
        table_begin(t, out, format, 11 - skip, text + skip, widths + skip);
    else
        table_begin(t, out, format, 16 - skip, names + skip, NULL);
}

/* A class: the files of several learners, one after the other. */
static bool progress_of_files(struct lab *lab, const struct call *c, enum table_format format,
                              FILE *out, struct error *e)
{
    const struct progress own = lab->learner->progress;
    struct table t;
    bool ok = true;

    if (lab->restricted)
        return fail(e, "files are not read in a restricted session");
    begin_progress(&t, out, format, true);
    for (int i = 0; i < c->words && ok; i++) {
        ok = progress_read(&lab->learner->progress, c->word[i].s, e);
        if (ok)
            print_progress(lab, c->word[i].s, &t);
        progress_close(&lab->learner->progress);
    }
    table_end(&t);
    lab->learner->progress = own;
    return ok;
}

bool cmd_progress(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    static const char *const keys[] = {"format", NULL};
    enum table_format format;
    struct table t;

    if (!call_only_options(c, keys, e) || !table_format_find(call_option(c, "format"), &format, e))
        return false;
    if (c->words && strcmp(c->word[0].s, "reset") == 0)
        return reset(lab, c, out, e);
    if (c->words)
        return progress_of_files(lab, c, format, out, e);
    if (!course_load_progress(lab, e))
        return false;
    begin_progress(&t, out, format, false);
    print_progress(lab, NULL, &t);
    table_end(&t);
    return true;
}

/* --- check ------------------------------------------------------------------------------------ */

/* The folder of a course holds a page for its authors, too: checking all of its files
 * passes it over. */
static bool is_readme(const char *path)
{
    const char *base = strrchr(path, '/');

    return strcasecmp(base ? base + 1 : path, "README.md") == 0;
}

bool cmd_check(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    int problems = 0, bad = 0, lessons = 0;

    (void)lab;
    if (!call_words(c, 1, -1, e))
        return false;
    for (int i = 0; i < c->words; i++) {
        int n;

        if (is_readme(c->word[i].s))
            continue;
        n = course_check(c->word[i].s, out);
        fflush(out);
        lessons++;
        problems += n;
        bad += n > 0;
    }
    if (problems)
        return fail(e, "%d problem%s in %d of %d lessons", problems, problems == 1 ? "" : "s", bad,
                    lessons);
    fprintf(out, "%d lesson%s proved\n", lessons, lessons == 1 ? "" : "s");
    return true;
}
