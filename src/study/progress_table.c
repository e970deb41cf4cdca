/* progress_table.c - see course_table.h. */
#include "study/progress_table.h"

#include "base/utf8.h"
#include "base/xalloc.h"
#include "draw/layout.h"
#include "study/learner.h"
#include "study/notes.h"
#include "study/page.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

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

static bool in_word(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

/* True if s holds the word, whatever the case of its letters; `whole`: not within a longer one. */
static bool holds(const char *s, const char *word, bool whole)
{
    for (const char *p = s; (p = strcasestr(p, word)); p++)
        if (!whole || ((p == s || !in_word(p[-1])) && !in_word(p[strlen(word)])))
            return true;
    return false;
}

/* True if any of the lesson's text does, or its name. */
static bool mentions(const struct lesson *l, const char *word, bool whole)
{
    struct styled_text pages = {0};
    struct text text = {0};
    bool found;

    for (int i = 0; i < (int)l->pages; i++)
        study_print_page(l, i, &pages);
    rich_to_text(&pages, 10000, false, &text);
    found = holds(text_str(&text), word, whole) || holds(l->name, word, whole);
    text_free(&text);
    styled_free(&pages);
    return found;
}

bool study_lessons_on(struct lab *lab, const char *word, struct text *out)
{
    size_t n = 0;

    course_read(&lab->course);
    for (size_t i = 0; i < lab->course.lessons; i++) {
        const struct lesson *l = lab->course.lesson[i];

        if (mentions(l, word, true))
            text_printf(out, "%s%d, %s", n++ ? "; " : "lesson ", l->number, l->title);
    }
    return n > 0 && 2 * n <= lab->course.lessons;
}

static void list_row(const struct lab *lab, const struct lesson *l, struct table *t)
{
    const struct progress *p = &lab->learner->progress;
    char date[PROGRESS_DATE_MAX];
    int tries, questions;

    study_tally(lab, l, &tries, &questions);
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

enum { LIST_COLUMNS = 6 };

/* On a screen the list is there to choose from: without what only programs need. */
static void screen_row(const struct lab *lab, const struct lesson *l, struct table *t)
{
    const struct progress *p = &lab->learner->progress;
    char date[PROGRESS_DATE_MAX];
    int tries, questions;

    study_tally(lab, l, &tries, &questions);
    table_int(t, l->number);
    table_word(t, l->title);
    if (t->columns > 2)
        share(t, page_of(p, l), l->pages);
    if (t->columns > 3)
        share(t, tries, l->tries);
    if (t->columns > 4)
        share(t, questions, l->questions);
    date_of(p, PROGRESS_PAGE, l, true, date);
    if (t->columns > 5)
        table_word(t, date);
}

/* The widths of that list's columns; returns how many of them fit: at least number and title. */
static int screen_widths(const struct lab *lab, int widths[LIST_COLUMNS])
{
    static const int usual[LIST_COLUMNS] = {2, -5, 5, 5, 5, -10};
    int n = 0, used = 0;

    memcpy(widths, usual, sizeof usual);
    for (size_t i = 0; i < lab->course.lessons; i++) {
        const int columns = utf8_columns(lab->course.lesson[i]->title);

        widths[1] = columns > -widths[1] ? -columns : widths[1];
    }
    for (; n < LIST_COLUMNS; n++) {
        used += abs(widths[n]) + (n > 0);
        if (n >= 2 && used > lab->screen.window_columns)
            break;
    }
    return n;
}

bool print_course(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    static const char *const text_names[] = {"nr",   "lesson",  "page", "tried",
                                             "quiz", "minutes", "last", "title"};
    static const char *const names[] = {
        "number",      "lesson",          "page",      "pages",   "experiments_done",
        "experiments", "questions_right", "questions", "minutes", "last",
        "title"};
    static const int widths[] = {2, -19, 5, 5, 5, 7, -10, -20};
    static const char *const screen_names[] = {"nr", "title", "page", "tried", "quiz", "last"};
    int screen[LIST_COLUMNS];
    const enum table_format format = call_format(c);
    struct table t;

    if (!study_load_progress(lab, e))
        return false;
    const bool seen = lab->run->list = lab->interactive && format == TABLE_TEXT;
    if (seen)
        table_begin(&t, out, format, screen_widths(lab, screen), screen_names, screen);
    else if (format == TABLE_TEXT)
        table_begin(&t, out, format, 8, text_names, widths);
    else
        table_begin(&t, out, format, 11, names, NULL);
    for (size_t i = 0; i < lab->course.lessons; i++) {
        bool wanted = true;

        for (int w = 1; w < c->words; w++)
            wanted &= mentions(lab->course.lesson[i], c->word[w].s, false);
        if (wanted && seen)
            screen_row(lab, lab->course.lesson[i], &t);
        else if (wanted)
            list_row(lab, lab->course.lesson[i], &t);
    }
    table_end(&t);
    for (size_t i = 0; i < lab->course.problems && format == TABLE_TEXT; i++)
        fprintf(out, "broken: %s\n", lab->course.problem[i]);
    return true;
}

/* --- the mark in the list on a screen --------------------------------------------------------- */

/* The number that a line of the list begins with; 0: its head, or what is told below. */
static int number_in(const char *text, int line)
{
    int number = 0;

    for (; line > 0 && *text; line--) {
        text += strcspn(text, "\n");
        text += *text == '\n';
    }
    return sscanf(text, "%6d", &number) == 1 ? number : 0;
}

void study_choose(struct lab *lab, int line)
{
    const char *text = text_str(&lab->screen.text);
    int last = 0;

    while (last < line && number_in(text, last + 1))
        last++;
    lab->screen.chosen = last > 0 ? last : number_in(text, 1) > 0;
    lab->changes++;
}

int study_chosen(const struct lab *lab)
{
    return lab->screen.shown == SCREEN_TEXT && lab->screen.chosen > 0
               ? number_in(text_str(&lab->screen.text), lab->screen.chosen)
               : 0;
}

void study_choose_open(struct lab *lab)
{
    const struct lesson *l = study_lesson(lab);
    const char *text = text_str(&lab->screen.text);
    int line = 1, lesson, page;

    if (!l && progress_last(&lab->learner->progress) && study_resume_place(lab, &lesson, &page))
        l = lab->course.lesson[lesson];
    while (l && number_in(text, line) && number_in(text, line) != l->number)
        line++;
    study_choose(lab, l && number_in(text, line) ? line : 1);
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

    study_tally(lab, l, &tries, &questions);
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

void print_progress(const struct lab *lab, const char *file, struct table *t)
{
    for (size_t i = 0; i < lab->course.lessons; i++)
        progress_row(lab, lab->course.lesson[i], file, t);
}

/* ---- a class --------------------------------------------------------------------------------- */

/* The part that tells paths apart: "/home/ann/x" beside "/home/ben/x" is "ann". */
void name_students(const char *const *path, int n, char **name)
{
    size_t head = 0, tail = 0; /* whole names of folders and file that all paths share */

    for (size_t i = 0; n > 1 && path[0][i]; i++) {
        int same = 1;

        while (same < n && strncmp(path[same], path[0], i + 1) == 0)
            same++;
        if (same < n)
            break;
        if (path[0][i] == '/')
            head = i + 1;
    }
    for (size_t i = 1; n > 1 && i < strlen(path[0]) - head; i++) {
        const char *end = path[0] + strlen(path[0]) - i;
        int same = 1;

        while (same < n && strlen(path[same]) > head + i &&
               strcmp(path[same] + strlen(path[same]) - i, end) == 0)
            same++;
        if (same < n)
            break;
        if (*end == '/')
            tail = i;
    }
    for (int i = 0; i < n; i++)
        name[i] = xstrndup(path[i] + head, strlen(path[i]) - head - tail);
}

/* One learner's progress in the whole course. */
struct student {
    int opened, tries, questions, hints, solutions, minutes;
    size_t all_tries, all_questions;
    const struct progress_entry *last; /* the page where one stopped, and ... */
    const struct lesson *at;           /* ... its lesson; or NULL */
};

static struct student sum_up(const struct lab *lab)
{
    const struct progress *p = &lab->learner->progress;
    struct student s = {.last = progress_last(p)};

    for (size_t i = 0; i < lab->course.lessons; i++) {
        const struct lesson *l = lab->course.lesson[i];
        const struct done d = count(p, l);
        int tries, questions;

        study_tally(lab, l, &tries, &questions);
        s.opened += page_of(p, l) > 0;
        s.tries += tries;
        s.questions += questions;
        s.all_tries += l->tries;
        s.all_questions += l->questions;
        s.hints += d.hints;
        s.solutions += d.solutions;
        s.minutes += minutes_of(p, l);
        if (s.last && progress_is_of(s.last, l->name))
            s.at = l;
    }
    return s;
}

/* "4, page 2" for people, a name and a number for programs. */
static void place(struct table *t, const struct student *s)
{
    char text[24] = "-";

    if (t->format != TABLE_TEXT) {
        table_word(t, s->at ? s->at->name : "");
        table_int(t, s->at ? s->last->a : 0);
        return;
    }
    if (s->at)
        snprintf(text, sizeof text, "%d, page %d", s->at->number, s->last->a);
    table_word(t, text);
}

void print_student(const struct lab *lab, const char *name, const char *file, struct table *t)
{
    const bool text = t->format == TABLE_TEXT;
    const struct student s = sum_up(lab);
    char date[PROGRESS_DATE_MAX] = "";

    table_word(t, name);
    if (!text)
        table_word(t, file);
    share(t, s.opened, lab->course.lessons);
    share(t, s.tries, s.all_tries);
    share(t, s.questions, s.all_questions);
    table_int(t, s.hints);
    table_int(t, s.solutions);
    table_int(t, s.minutes);
    place(t, &s);
    if (s.last)
        progress_date(s.last->when, text, date);
    table_word(t, s.last || !text ? date : "-");
}

void begin_class(struct table *t, FILE *out, enum table_format format)
{
    static const char *const text[] = {"student", "opened",  "done", "quiz", "hints",
                                       "shown",   "minutes", "at",   "last"};
    static const int widths[] = {-20, 7, 6, 6, 5, 6, 7, -11, -10};
    static const char *const names[] = {"student",
                                        "file",
                                        "lessons_opened",
                                        "lessons",
                                        "experiments_done",
                                        "experiments",
                                        "questions_right",
                                        "questions",
                                        "hints",
                                        "solutions",
                                        "minutes",
                                        "at_lesson",
                                        "at_page",
                                        "last"};

    if (format == TABLE_TEXT)
        table_begin(t, out, format, 9, text, widths);
    else
        table_begin(t, out, format, 14, names, NULL);
}

void begin_progress(struct table *t, FILE *out, enum table_format format, bool files)
{
    static const char *const text[] = {"file", "nr",    "lesson", "page",    "tried", "goals",
                                       "quiz", "hints", "solved", "minutes", "last"};
    static const int widths[] = {-20, 2, -19, 5, 5, 5, 5, 5, 6, 7, -10};
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
