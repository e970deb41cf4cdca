/* page.c - see study_page.h. Experiments and questions were taken out of a page's text;
 * here they are put back where they stood, with marks and live values. */
#include "study/page.h"

#include "base/utf8.h"
#include "draw/layout.h"
#include "lab/keymap.h"
#include "study/experiment.h"
#include "study/learner.h"
#include "study/notes.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void say(struct styled_paragraph *p, enum text_style style, const char *format, ...)
    ACTLAB_PRINTF(3, 4);
static void say(struct styled_paragraph *p, enum text_style style, const char *format, ...)
{
    char part[512];
    va_list ap;

    va_start(ap, format);
    vsnprintf(part, sizeof part, format, ap);
    va_end(ap);
    styled_append(p, style, part, strlen(part));
}

/* A key for the command, or the command itself after a colon, as it is typed. */
static void say_key(const struct lab *lab, struct styled_paragraph *p, const char *command)
{
    const char *key = keymap_key(lab->keymap, "lesson", command);

    if (key)
        say(p, STYLED_KEY, "%s", key);
    else
        say(p, STYLED_KEY, ":%s", command);
}

static bool ascii(const struct lab *lab)
{
    return lab->set.charset == CHARSET_ASCII;
}

/* --- experiments ------------------------------------------------------------------------------ */

static void add_try_heading(struct styled_text *r, const struct lesson_try *t, int i)
{
    struct styled_paragraph *p = styled_add(r, STYLED_HEADING, 3, NULL);

    say(p, STYLED_PLAIN, t->title[0] ? "Try %d: %s" : "Try %d%s", i + 1, t->title);
}

/* Goal and value on one line of the pane: 34 columns, without the mark and "  now ". */
enum { GOAL_LINE = 34 - 4 - 6 };

static void add_goal(const struct lab *lab, struct styled_text *r, const struct lesson_line *goal,
                     const char *mark, enum text_style style, const char *before, const char *now)
{
    struct styled_paragraph *p = styled_add(r, STYLED_ITEM, 1, mark);
    struct text words = {0};

    if (lab && lab->set.goals == GOALS_WORDS)
        goal_words(lab, goal->text, &words);
    else
        text_add(&words, goal->text);
    if (goal->note[0]) {
        styled_append_line(p, STYLED_PLAIN, goal->note);
        say(p, STYLED_DIM, ": ");
    }
    styled_append(p, style, words.s, words.len);
    if (now[0]) {
        const int note = goal->note[0] ? utf8_columns(goal->note) + 2 : 0;
        const bool fits = note + utf8_columns(words.s) + utf8_columns(now) <= GOAL_LINE;

        say(p, STYLED_DIM, "%s%s ", fits ? "  " : "\n", before);
        say(p, STYLED_STRONG, "%s", now);
    }
    text_free(&words);
}

static void add_try_keys(const struct lab *lab, struct styled_text *r, const struct lesson *l,
                         int i)
{
    const bool running = lab->open.try == i;
    const int hints = (int)l->try[i].hints.n, shown = study_hints_shown(lab, l, i);
    struct styled_paragraph *p;

    p = styled_add(r, STYLED_LINE, 0, NULL);
    if (running && study_try_met(lab)) {
        say(p, STYLED_GOOD, "Done. ");
        say_key(lab, p, "lesson next");
        say(p, STYLED_DIM, " goes on");
        return;
    }
    if (!running) {
        say_key(lab, p, "try");
        say(p, STYLED_DIM, study_try_done(lab, l, i) ? " does it again" : " starts it");
        return;
    }
    if (shown < hints) {
        say_key(lab, p, "hint");
        say(p, STYLED_DIM, shown ? " next hint  " : " hint  ");
    }
    say_key(lab, p, "try");
    say(p, STYLED_DIM, " afresh  ");
    if (shown == hints && l->try[i].solution.n) {
        say_key(lab, p, "solution");
        say(p, STYLED_DIM, " shows how");
    }
}

static void add_live_try(const struct lab *lab, struct styled_text *r, const struct lesson *l,
                         int i)
{
    const struct lesson_try *t = &l->try[i];
    const bool running = lab->open.try == i;
    const int shown = study_hints_shown(lab, l, i), hints = running && shown ? shown - 1 : 0;
    const bool met = running && study_try_met(lab);

    add_try_heading(r, t, i);
    for (int g = 0; g < (int)t->goals.n; g++) {
        const struct goal_now *now = running ? &lab->learner->goal[g] : NULL;
        const bool done = now ? now->met : study_goal_done(lab, l, i, g);
        const char *mark = !done ? "[ ]" : ascii(lab) ? "[x]" : "[\u2713]";
        char at[GOAL_AT_MAX];

        add_goal(lab, r, &t->goals.at[g], mark, done ? STYLED_GOOD : STYLED_CODE,
                 done ? "at" : "now",
                 !now   ? ""
                 : done ? study_met_at(now, at)
                        : now->value);
    }
    for (int h = hints; h < shown && !met; h++) { /* while it runs the last one is enough */
        struct styled_paragraph *p = styled_add(r, STYLED_LINE, 0, NULL);

        say(p, STYLED_DIM, "Hint: ");
        styled_append_line(p, STYLED_PLAIN, t->hints.at[h].text);
    }
    add_try_keys(lab, r, l, i);
}

static void add_printed_try(struct styled_text *r, const struct lesson_try *t, int i)
{
    add_try_heading(r, t, i);
    for (size_t g = 0; g < t->goals.n; g++)
        add_goal(NULL, r, &t->goals.at[g], "[ ]", STYLED_CODE, "", "");
}

/* --- quizzes ---------------------------------------------------------------------------------- */

static void add_question(struct styled_text *r, const struct lesson_question *q)
{
    struct styled_paragraph *p = styled_add(r, STYLED_PARAGRAPH, 0, NULL);

    styled_append_line(p, STYLED_STRONG, q->text);
}

/* True if choice i (from 1) is in a list like "1,3". */
static bool was_chosen(const char *list, int i)
{
    while (*list) {
        int n = 0, v = 0;

        if (sscanf(list, "%9d%n", &v, &n) == 1 && v == i)
            return true;
        list += n ? n : 1;
        list += *list == ',';
    }
    return false;
}

static struct styled_paragraph *add_choice(struct styled_text *r, const struct lesson_choice *c,
                                           int i)
{
    struct styled_paragraph *p;
    char marker[16];

    snprintf(marker, sizeof marker, "%d.", i);
    p = styled_add(r, STYLED_ITEM, 1, marker);
    styled_append_line(p, STYLED_PLAIN, c->text);
    return p;
}

static void add_how_to_answer(const struct lab *lab, struct styled_text *r,
                              const struct lesson_question *q)
{
    struct styled_paragraph *p = styled_add(r, STYLED_PARAGRAPH, 0, NULL);
    const char *first = keymap_key(lab->keymap, "quiz", "answer 1");
    size_t right = 0;

    for (size_t i = 0; i < q->choices; i++)
        right += q->choice[i].right;
    if (right > 1 || !first) {
        say(p, STYLED_KEY, ":answer %s", right > 1 ? "1 2" : "1");
        say(p, STYLED_DIM, right > 1 ? " names all the right ones" : " answers");
        return;
    }
    say(p, STYLED_KEY, "%s", first);
    say(p, STYLED_DIM, " to ");
    say(p, STYLED_KEY, "%zu", q->choices);
    say(p, STYLED_DIM, " answers");
}

/* Of its page: they stand in order. */
static bool is_last_question(const struct lesson *l, int i)
{
    return (size_t)i + 1 == l->questions || l->question[i + 1].page != l->question[i].page;
}

static void add_live_question(const struct lab *lab, struct styled_text *r, const struct lesson *l,
                              int i)
{
    const struct lesson_question *q = &l->question[i];
    const struct progress_entry *answer = study_answer(lab, l, i);

    add_question(r, q);
    for (size_t k = 0; k < q->choices; k++) {
        const struct lesson_choice *c = &q->choice[k];
        struct styled_paragraph *p = add_choice(r, c, (int)k + 1);

        if (!answer || !was_chosen(answer->value, (int)k + 1))
            continue;
        say(p, STYLED_PLAIN, "\n");
        if (c->right)
            say(p, STYLED_GOOD, ascii(lab) ? "(+) " : "\u2713 ");
        else
            say(p, STYLED_BAD, ascii(lab) ? "(-) " : "\u2717 ");
        styled_append_line(p, STYLED_PLAIN, c->explanation);
    }
    if (!answer || !answer->b) {
        add_how_to_answer(lab, r, q);
    } else if (study_question_here(lab) < 0 && is_last_question(l, i)) {
        struct styled_paragraph *p = styled_add(r, STYLED_PARAGRAPH, 0, NULL);

        say_key(lab, p, "lesson next");
        say(p, STYLED_DIM, " goes on");
    }
}

static void add_printed_question(struct styled_text *r, const struct lesson_question *q)
{
    add_question(r, q);
    for (size_t k = 0; k < q->choices; k++)
        add_choice(r, &q->choice[k], (int)k + 1);
}

/* --- pages ------------------------------------------------------------------------------------ */

/* Everything that stands after so many paragraphs of the page. lab NULL: printed. */
static void add_inserts(const struct lab *lab, struct styled_text *r, const struct lesson *l,
                        int page, size_t after)
{
    for (int i = 0; i < (int)l->tries; i++) {
        if (l->try[i].page != page || l->try[i].after != after)
            continue;
        if (lab && lab->open.try == i)
            continue; /* it stands below */
        if (lab)
            add_live_try(lab, r, l, i);
        else
            add_printed_try(r, &l->try[i], i);
    }
    for (int i = 0; i < (int)l->questions; i++) {
        if (l->question[i].page != page || l->question[i].after != after)
            continue;
        if (lab)
            add_live_question(lab, r, l, i);
        else
            add_printed_question(r, &l->question[i]);
    }
}

static void add_page(const struct lab *lab, struct styled_text *r, const struct lesson *l, int page)
{
    const struct styled_text *body = &l->page[page].body;

    for (size_t i = 0; i < body->paragraphs; i++) {
        add_inserts(lab, r, l, page, i);
        styled_copy(r, body, i, i + 1);
    }
    add_inserts(lab, r, l, page, body->paragraphs);
}

void study_print_page(const struct lesson *l, int page, struct styled_text *r)
{
    const struct lesson_page *p = &l->page[page];

    if (page == 0)
        styled_append(styled_add(r, STYLED_HEADING, 1, NULL), STYLED_PLAIN, l->title,
                      strlen(l->title));
    if (!p->goes_on && strcmp(p->title, l->title) != 0)
        styled_append(styled_add(r, STYLED_HEADING, 2, NULL), STYLED_PLAIN, p->title,
                      strlen(p->title));
    add_page(NULL, r, l, page);
}

void study_tally(const struct lab *lab, const struct lesson *l, int *tries, int *questions)
{
    *tries = *questions = 0;
    for (size_t i = 0; i < l->tries; i++)
        *tries += study_try_done(lab, l, (int)i);
    for (size_t i = 0; i < l->questions; i++) {
        const struct progress_entry *a = study_answer(lab, l, (int)i);

        *questions += a && a->b;
    }
}

/* Progress here, and the way on. */
static void add_end(const struct lab *lab, struct styled_text *r, const struct lesson *l)
{
    struct styled_paragraph *p;
    int tries, questions;

    study_tally(lab, l, &tries, &questions);
    styled_add(r, STYLED_RULE, 0, NULL);
    p = styled_add(r, STYLED_LINE, 0, NULL);
    say(p, STYLED_PLAIN, "Done: %d of %zu experiments, %d of %zu questions.", tries, l->tries,
        questions, l->questions);
    p = styled_add(r, STYLED_LINE, 0, NULL);
    if ((size_t)lab->open.lesson + 1 < lab->course.lessons) {
        const struct lesson *next = lab->course.lesson[lab->open.lesson + 1];

        say_key(lab, p, "lesson next");
        say(p, STYLED_PLAIN, " goes on to lesson %d, ", next->number);
        say(p, STYLED_STRONG, "%s", next->title);
    } else {
        say(p, STYLED_PLAIN, "This was the last lesson. ");
        say(p, STYLED_KEY, ":progress");
        say(p, STYLED_PLAIN, " shows your progress.");
    }
}

static void add_contents(const struct lab *lab, struct styled_text *r)
{
    for (size_t i = 0; i < lab->course.lessons; i++) {
        const struct lesson *l = lab->course.lesson[i];
        struct styled_paragraph *p;
        char marker[16];
        int tries, questions;

        study_tally(lab, l, &tries, &questions);
        snprintf(marker, sizeof marker, "%d.", l->number);
        p = styled_add(r, STYLED_ITEM, 1, marker);
        say(p, STYLED_PLAIN, "%s", l->title);
        if (tries + questions)
            say(p, STYLED_GOOD, "  %d/%zu", tries + questions, l->tries + l->questions);
    }
}

static void add_welcome(const struct lab *lab, struct styled_text *r)
{
    struct styled_paragraph *p = styled_add(r, STYLED_PARAGRAPH, 0, NULL);
    int lesson, page;

    if (!study_resume_place(lab, &lesson, &page)) {
        say(p, STYLED_PLAIN, "There are no lessons here: start with ");
        say(p, STYLED_CODE, "--lessons FOLDER");
        say(p, STYLED_PLAIN, ".");
    } else {
        const struct lesson *l = lab->course.lesson[lesson];

        say(p, STYLED_PLAIN,
            "A course about the functions inside neural networks, with a laboratory "
            "beside it.");
        p = styled_add(r, STYLED_PARAGRAPH, 0, NULL);
        say_key(lab, p, "lesson next");
        if (progress_last(&lab->learner->progress))
            say(p, STYLED_PLAIN, " goes on at lesson %d, page %d. ", l->number, page + 1);
        else
            say(p, STYLED_PLAIN, " opens the first lesson. ");
        say_key(lab, p, "help");
        say(p, STYLED_PLAIN, " explains the keys, ");
        say(p, STYLED_KEY, ":lesson 4");
        say(p, STYLED_PLAIN, " opens the fourth.");
        add_contents(lab, r);
    }
    for (size_t i = 0; i < lab->course.problems; i++) {
        p = styled_add(r, STYLED_PARAGRAPH, 0, NULL);
        say(p, STYLED_BAD, "Broken: ");
        say(p, STYLED_PLAIN, "%s", lab->course.problem[i]);
    }
}

/* Each goal with a value below it, the longest hint, and the keys: whatever comes, it takes no more
 * lines than this. */
static void add_longest_try(const struct lab *lab, struct styled_text *r,
                            const struct lesson_try *t, bool hint)
{
    const char *longest = "";

    add_try_heading(r, t, 0);
    for (size_t g = 0; g < t->goals.n; g++) {
        add_goal(lab, r, &t->goals.at[g], "[ ]", STYLED_CODE, "", "");
        say(&r->paragraph[r->paragraphs - 1], STYLED_DIM, "\nnow");
    }
    for (size_t h = 0; hint && h < t->hints.n; h++)
        if (strlen(t->hints.at[h].text) > strlen(longest))
            longest = t->hints.at[h].text;
    if (*longest) {
        struct styled_paragraph *p = styled_add(r, STYLED_LINE, 0, NULL);

        say(p, STYLED_DIM, "Hint: ");
        styled_append_line(p, STYLED_PLAIN, longest);
    }
    say(styled_add(r, STYLED_LINE, 0, NULL), STYLED_DIM, "t afresh");
}

int study_page_rows(const struct lab *lab, int columns, bool hint)
{
    const struct rect in = {0, 0, 1, columns};
    const struct lesson_try *t = study_try(lab);
    struct styled_text page = {0}, below = {0};
    int rows;

    if (!t || t->page != lab->open.page)
        return 0;
    add_page(lab, &page, study_lesson(lab), lab->open.page);
    add_longest_try(lab, &below, t, hint);
    rows = rich_draw(&page, NULL, in, 0) + 1 + rich_draw(&below, NULL, in, 0);
    styled_free(&page);
    styled_free(&below);
    return rows;
}

void study_needs(const struct lab *lab, bool *plot, bool *network)
{
    const struct lesson_try *t = study_try(lab);

    *plot = *network = false;
    for (size_t g = 0; t && g < t->goals.n; g++)
        goal_needs(lab, t->goals.at[g].text, plot, network);
}

void study_page(const struct lab *lab, struct styled_text *r, struct styled_text *below)
{
    const struct lesson *l = study_lesson(lab);
    const int try = lab->open.try;

    if (!l) {
        add_welcome(lab, r);
        return;
    }
    add_page(lab, r, l, lab->open.page);
    if (lab->open.page == (int)l->pages - 1)
        add_end(lab, r, l);
    if (try >= 0 && l->try[try].page == lab->open.page)
        add_live_try(lab, below, l, try);
    else if (try >= 0 && !study_try_met(lab)) /* a line: the page that is read needs the room */
        say(styled_add(below, STYLED_LINE, 0, NULL), STYLED_DIM,
            "Try %d on page %d is not done yet", try + 1, l->try[try].page + 1);
}
