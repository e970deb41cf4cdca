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
                pty_command(&p, "quit");
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
    pty_command(&p, "scroll last");
    pty_expect(&p, text);
    pty_command(&p, "lesson list");
    for (size_t i = 0; i < course.lessons; i++) {
        const struct lesson *l = course.lesson[i];

        snprintf(text, sizeof text, "%zu/%zu   %zu/%zu", l->tries, l->tries, l->questions,
                 l->questions);
        pty_expect(&p, l->title);
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
    pty_command(&p, "%s", line);
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
    pty_expect(&p, "Words of this page");
    pty_send(&p, "?"); /* once more: everything */
    pty_expect(&p, "Keys: function");
    pty_send(&p, "d3f");
    pty_settle(&p, 100);
    pty_send(&p, "/delta(\r");
    pty_expect(&p, "delta(layer)");
    pty_send(&p, "q");
    expect_page(&p, l, 0);
    assert_true(pty_shows(&p, " sigmoid lecun lr 0.3 circle"));
    pty_command(&p, "lesson 2 page=%d", l->question[0].page + 1);
    pty_expect(&p, "answers");
    snprintf(line, sizeof line, "%d", l->question[0].choice[0].right ? 2 : 1);
    pty_send(&p, line);
    pty_expect(&p, "Not yet right");
    pty_send(&p, "o"); /* no experiment here: nothing is solved unseen */
    pty_expect(&p, "no experiment");
    pty_close(&p);
}

/* A quiz takes the digits and nothing else: arrows stay with the plot, and once it is answered the
 * digits are functions again. */
static void a_quiz_leaves_the_focus(void **state)
{
    static const char *const words[] = {"--no-rc", "-c", "set charset ascii", "-i", NULL};
    const struct lesson *l = course.lesson[1];
    char home[300], line[64], digit[2] = "1";
    const char *set[] = {home, NULL};
    struct pty_options o = {.set = set};
    struct pty p;

    (void)state;
    snprintf(home, sizeof home, "XDG_STATE_HOME=%s/quiz", pty_state_folder());
    pty_start(&p, &o, words);
    pty_expect(&p, "n course");
    pty_command(&p, "lesson 2 page=%d", l->question[0].page + 1);
    snprintf(line, sizeof line, "1-%zu answer", l->question[0].choices);
    pty_expect(&p, line);
    pty_send(&p, "\033[C"); /* right: the plot's */
    pty_expect(&p, " x  2.400");
    pty_send(&p, "z"); /* where the question is not seen, the digit is a function */
    pty_expect(&p, "z back");
    pty_send(&p, "3");
    pty_expect(&p, " relu ");
    pty_send(&p, "q");
    pty_expect(&p, line);
    for (size_t k = 0; k < l->question[0].choices; k++)
        if (l->question[0].choice[k].right)
            digit[0] = (char)('1' + k);
    pty_send(&p, digit);
    pty_expect(&p, "n goes on");
    pty_send(&p, "2"); /* twice, or too late: no function's key */
    pty_expect(&p, "no question is open here: n reads on");
    pty_expect(&p, " relu ");
    pty_close(&p);
}

/* What lies on top is left before the program is, and a lesson that is opened is seen. */
static void the_way_back_comes_first(void **state)
{
    static const char *const words[] = {"--no-rc", "-c", "set charset ascii", "-i", NULL};
    char home[300], place[32];
    const char *set[] = {home, NULL};
    struct pty_options o = {.set = set};
    struct pty p;

    (void)state;
    snprintf(home, sizeof home, "XDG_STATE_HOME=%s/back", pty_state_folder());
    pty_start(&p, &o, words);
    pty_expect(&p, "? help  z full");
    pty_send(&p, "z");
    pty_expect(&p, " z back");
    pty_send(&p, "\033");
    pty_expect(&p, "z full");
    pty_send(&p, "z");
    pty_expect(&p, " z back");
    pty_send(&p, "q");
    pty_expect(&p, "z full");
    pty_send(&p, "m");
    pty_expect(&p, "nr title");
    pty_expect(&p, "enter opens the lesson");
    pty_expect(&p, "> 1 ");
    pty_send(&p, "n");
    pty_expect(&p, "nothing to search for yet: / TEXT");
    pty_command(&p, "lesson 4");
    expect_page(&p, course.lesson[3], 0);
    assert_false(pty_shows(&p, "nr title"));
    pty_send(&p, "m");
    pty_expect(&p, "> 4 ");
    pty_send(&p, "jj\r");
    expect_page(&p, course.lesson[5], 0);
    pty_send(&p, "m");
    pty_expect(&p, "> 6 ");
    pty_resize(&p, 12, 40);
    pty_settle(&p, 100);
    pty_send(&p, "qm"); /* a row each on a small screen, and the mark stays in sight */
    pty_expect(&p, "> 6 ");
    pty_send(&p, "jjjjjjjjjjj");
    pty_expect(&p, ">12 Choosing one");
    pty_expect(&p, " 11 Init");
    assert_false(pty_shows(&p, "> 6 "));
    pty_send(&p, "k\r");
    snprintf(place, sizeof place, " 1/%zu ", course.lesson[10]->pages);
    pty_expect(&p, place);
    assert_false(pty_shows(&p, ">11"));
    pty_close(&p);
}

/* Keys that change what is seen somewhere else say what they did. */
static void keys_say_what_they_did(void **state)
{
    static const char *const words[] = {"--no-rc", "-c", "set charset ascii", "-i", NULL};
    char home[300];
    const char *set[] = {home, NULL};
    struct pty_options o = {.set = set};
    struct pty p;

    (void)state;
    snprintf(home, sizeof home, "XDG_STATE_HOME=%s/keys", pty_state_folder());
    pty_start(&p, &o, words);
    pty_expect(&p, "actlab");
    pty_send(&p, "c");
    pty_expect(&p, "glyphs: block");
    pty_send(&p, "T");
    pty_expect(&p, "theme: ");
    pty_send(&p, "I");
    pty_expect(&p, "seed 2: ");
    pty_send(&p, "5F");
    pty_expect(&p, "largest slope  1");
    pty_send(&p, "q:lesson \t\t");
    pty_expect(&p, "gelu");
    pty_settle(&p, 100);
    for (int row = 2; row < 23; row++) /* completions stand under a rule */
        if (strstr(pty_row(&p, row), " choosing  ")) {
            assert_int_equal(strncmp(pty_row(&p, row - 1), "\u2500\u2500\u2500\u2500", 12), 0);
            break;
        }
    pty_send(&p, "\033");
    pty_settle(&p, 200);
    pty_command(&p, "lesson 1 page=1");
    pty_settle(&p, 100);
    for (int page = 0; page < (int)course.lesson[0]->pages; page++)
        if (course.lesson[0]->try[0].page == page) {
            pty_command(&p, "lesson page=%d", page + 1);
            pty_settle(&p, 100);
            pty_send(&p, ".");
            pty_expect(&p, "has not begun: t begins it");
        }
    pty_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_whole_course), cmocka_unit_test(reading),
        cmocka_unit_test(a_quiz_leaves_the_focus), cmocka_unit_test(the_way_back_comes_first),
        cmocka_unit_test(keys_say_what_they_did)};

    return cmocka_run_group_tests_name("course in a terminal", tests, load, unload);
}
