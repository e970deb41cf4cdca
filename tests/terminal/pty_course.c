/* pty_course.c - the whole course in a terminal, as a learner plays it: from the first start to the
 * last lesson done, left in the middle and resumed. Every experiment is begun with its key and
 * solved by its solution, every question answered, wrong first. */
#include "../unit/unit.h"
#include "pty.h"

#include "course/lessons.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct course course;

static int load(void **state)
{
    const char *folder = getenv("ACTLAB_LESSONS");

    (void)state;
    if (!course_add(&course, folder ? folder : "lessons", NULL))
        return -1;
    course_read(&course);
    return 0;
}

static int unload(void **state)
{
    (void)state;
    course_free(&course);
    return 0;
}

static void start(struct pty *p)
{
    static const char *const words[] = {"--no-rc", "-c", "set animation off", "-i", NULL};
    struct pty_options o = {.rows = 40, .cols = 100};

    pty_start(p, &o, words);
    pty_expect(p, "A course about");
}

static void type(struct pty *p, const char *line)
{
    char keys[200];

    snprintf(keys, sizeof keys, ":%s\r", line);
    pty_send(p, keys);
}

/* The page's place, as the rule of its pane shows it. */
static void expect_page(struct pty *p, const struct lesson *l, int page)
{
    char place[64];

    snprintf(place, sizeof place, "lesson %d/%zu", l->number, course.lessons);
    pty_expect(p, place);
    snprintf(place, sizeof place, " %d/%zu ", page + 1, l->pages);
    pty_expect(p, place);
}

static void play_experiments(struct pty *p, const struct lesson *l, int page)
{
    char text[80];

    for (size_t i = 0; i < l->tries; i++) {
        if (l->try[i].page != page)
            continue;
        pty_send(p, "t");
        pty_expect(p, "now ");
        snprintf(text, sizeof text, "Try %zu", i + 1);
        pty_expect(p, text);
        assert_false(pty_shows(p, "Done."));
        if (l->try[i].hints.n) {
            pty_send(p, "h");
            pty_expect(p, "Hint:");
        }
        pty_send(p, "o");
        snprintf(text, sizeof text, "Experiment %zu is done", i + 1);
        pty_expect(p, text);
        pty_expect(p, "Done. n goes on");
    }
}

static void answer(struct pty *p, const struct lesson_question *q)
{
    char keys[8];
    int right = 0, wrong = 0;

    for (int k = 0; k < (int)q->choices; k++)
        *(q->choice[k].right ? &right : &wrong) = k + 1;
    snprintf(keys, sizeof keys, "%d", wrong);
    pty_send(p, keys);
    pty_expect(p, "Not yet right: try again");
    snprintf(keys, sizeof keys, "%d", right);
    pty_send(p, keys);
    pty_expect(p, "\u2713");
    assert_false(pty_shows(p, "Not yet right"));
}

static void play_page(struct pty *p, const struct lesson *l, int page)
{
    expect_page(p, l, page);
    play_experiments(p, l, page);
    for (size_t i = 0; i < l->questions; i++)
        if (l->question[i].page == page) {
            type(p, "focus lesson");
            pty_expect(p, "answers");
            answer(p, &l->question[i]);
        }
}

static void the_whole_course(void **state)
{
    const size_t middle = course.lessons / 2;
    char text[80];
    struct pty p;

    (void)state;
    assert_true(course.lessons >= 12);
    start(&p);
    assert_false(pty_shows(&p, "goes on at lesson"));
    pty_send(&p, "n");
    for (size_t i = 0; i < course.lessons; i++) {
        const struct lesson *l = course.lesson[i];

        for (int page = 0; page < (int)l->pages; page++) {
            play_page(&p, l, page);
            if (i == middle && page == 1) { /* enough for today */
                type(&p, "quit");
                assert_true(pty_ended(&p, 5000));
                assert_true(pty_modes_restored(&p));
                pty_close(&p);
                start(&p);
                snprintf(text, sizeof text, "goes on at lesson %d", l->number);
                pty_expect(&p, text);
                pty_send(&p, "n");
                expect_page(&p, l, page);
                assert_false(pty_shows(&p, "[ ]")); /* what was done is done */
            }
            if (page + 1 < (int)l->pages || i + 1 < course.lessons)
                pty_send(&p, "n");
        }
    }
    snprintf(text, sizeof text, "Done: %zu of %zu experiments",
             course.lesson[course.lessons - 1]->tries, course.lesson[course.lessons - 1]->tries);
    type(&p, "scroll last");
    pty_expect(&p, text);
    type(&p, "lesson list");
    for (size_t i = 0; i < course.lessons; i++) {
        const struct lesson *l = course.lesson[i];

        snprintf(text, sizeof text, "%zu/%zu   %zu/%zu", l->tries, l->tries, l->questions,
                 l->questions);
        pty_expect(&p, l->name);
        pty_expect(&p, text);
    }
    assert_false(pty_shows(&p, " 0/"));
    pty_close(&p);
}

/* On a small screen: n reads a page to its end before it turns it, a quiz takes digits whatever had
 * the focus, and no key changes the lab behind a long text. */
static void reading(void **state)
{
    static const char *const words[] = {"--no-rc", "-i", NULL};
    const struct lesson *first = course.lesson[0], *l = course.lesson[1];
    char line[64], home[300];
    const char *set[] = {home, NULL}; /* who has answered nothing yet */
    struct pty_options o = {.set = set};
    struct pty p;
    int turns = 0;

    (void)state;
    snprintf(home, sizeof home, "XDG_STATE_HOME=%s/reading", pty_state_folder());
    pty_start(&p, &o, words);
    pty_expect(&p, "actlab");
    snprintf(line, sizeof line, "lesson 1 page=%zu", first->pages); /* sources: a long page */
    type(&p, line);
    expect_page(&p, first, (int)first->pages - 1);
    snprintf(line, sizeof line, " %zu/%zu ", first->pages, first->pages);
    while (pty_shows(&p, line) && turns++ < 10) { /* each press shows something */
        char top[400];

        snprintf(top, sizeof top, "%s", pty_row(&p, 4));
        pty_send(&p, "n");
        pty_settle(&p, 100);
        assert_string_not_equal(top, pty_row(&p, 4));
    }
    assert_in_range(turns, 2, 9);
    expect_page(&p, l, 0);
    pty_send(&p, "?");
    pty_expect(&p, "Keys: function");
    pty_send(&p, "d3f");
    pty_settle(&p, 100);
    pty_send(&p, "/delta(\r");
    pty_expect(&p, "delta(layer)");
    pty_send(&p, "q");
    expect_page(&p, l, 0);
    assert_true(pty_shows(&p, " sigmoid lecun lr 0.3 circle"));
    snprintf(line, sizeof line, "lesson 2 page=%d", l->question[0].page + 1);
    type(&p, line);
    pty_expect(&p, "answers");
    snprintf(line, sizeof line, "%d", l->question[0].choice[0].right ? 2 : 1);
    pty_send(&p, line);
    pty_expect(&p, "Not yet right");
    pty_send(&p, "o"); /* no experiment here: nothing is solved unseen */
    pty_expect(&p, "no experiment");
    pty_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_whole_course),
                                       cmocka_unit_test(reading)};

    return cmocka_run_group_tests_name("course in a terminal", tests, load, unload);
}
