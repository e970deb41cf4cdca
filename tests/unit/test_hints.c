/* test_hints.c - what a key does now, and the keys that the bottom line of the screen shows. */
#include "commands/key_lookup.h"
#include "folder.h"
#include "lab.h"
#include "study/notes.h"
#include "view/view.h"

#include <stdlib.h>

static struct lab *lab;

static void draw(const struct lab *l, struct grid *g, struct rect in)
{
    (void)in;
    l->picture(l, PICTURE_SCREEN, g);
}

/* The bottom line of a screen of this size, as the next key leaves it; static memory. */
static const char *bottom(int rows, int cols)
{
    const char *line;

    lab->screen.message[0] = '\0';
    line = seen(lab, draw, rows, cols);

    for (const char *next; (next = strchr(line, '\n')) && next[1];)
        line = next + 1;
    return line;
}

/* What a key does on a screen of this size; "" nothing. */
static const char *does(const char *key, int rows, int cols)
{
    const struct key_place place = view_key_place(lab, rows, cols);
    const struct binding *b = key_binding(lab, key, &place);

    return b ? b->command : "";
}

static int set_up(void **state)
{
    (void)state;
    lab = open_lab(getenv("ACTLAB_LESSONS"));
    lab->interactive = true;
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    session_close(lab);
    return 0;
}

static void a_label_is_shown(void **state)
{
    (void)state;
    lacks(bottom(24, 200), "eleven");
    run(lab, "bind label=eleven e fn elu");
    shows(bottom(24, 200), "e eleven");
    run(lab, "bind label='one or two' ctrl-x fn relu");
    shows(bottom(24, 200), "ctrl-x one or two");
    run(lab, "bind label='' ctrl-x fn relu");
    lacks(bottom(24, 200), "ctrl-x");
    run(lab, "bind ctrl-x lesson next"); /* it has the label of the other key for it */
    run(lab, "unbind n");
    shows(bottom(24, 200), "ctrl-x course");
    run(lab, "bind n fn relu");
    lacks(bottom(24, 200), "n course");
    says(lab, "keys", "bind label='next/go on/course' ctrl-x lesson next\n");
}

static void labels_fit_the_moment(void **state)
{
    (void)state;
    shows(bottom(24, 80), "space run ");
    run(lab, "run");
    shows(bottom(24, 80), "space pause");
    run(lab, "pause");
    lacks(bottom(24, 80), "A alpha");
    run(lab, "fn elu");
    shows(bottom(24, 80), "A alpha");
    lacks(bottom(24, 200), "end the race");
    run(lab, "race relu tanh");
    shows(bottom(24, 200), "S epoch  r end the race");
    run(lab, "full on"); /* the way back comes first, and q is one, too */
    assert_ptr_equal(strstr(bottom(24, 200), "z back"), bottom(24, 200) + 1);
    lacks(bottom(24, 200), "q quit");
    assert_string_equal(does("q", 24, 200), "full off");
}

static void a_page_is_read_to_its_end(void **state)
{
    (void)state;
    assert_string_equal(does("n", 24, 80), "lesson next");
    run(lab, "lesson 2");
    run(lab, "focus lesson");
    assert_string_equal(does("n", 12, 80), "scroll +1page");
    shows(bottom(12, 80), "n more");
    assert_string_equal(does("right", 12, 80), "lesson next");
    lab->open.scroll = view_scroll_end(lab, 12, 80);
    assert_string_equal(does("n", 12, 80), "lesson next");
    shows(bottom(12, 80), "n next");
}

static void a_long_text_hides_keys(void **state)
{
    (void)state;
    lab->screen.shown = SCREEN_TEXT;
    lab->screen.chosen = -1;
    assert_string_equal(does("r", 24, 80), "");
    assert_string_equal(does(":", 24, 80), "prompt");
    assert_string_equal(does("q", 24, 80), "close");
    assert_string_equal(does("space", 24, 80), "scroll +1page");
    shows(bottom(24, 80), "space on  left back  / find  q close");
    lab->screen.chosen = 1; /* a list: what scrolls moves the mark */
    assert_string_equal(does("enter", 24, 80), "lesson chosen");
    assert_string_equal(does("down", 24, 80), "scroll +1");
    shows(bottom(24, 80), "j down  k up  enter opens the lesson  q close");
}

static void one_pane_alone(void **state)
{
    (void)state;
    shows(bottom(12, 40), " tab focus  n course");
    run(lab, "focus network");
    shows(bottom(12, 40), " tab focus  n course  space run");
}

/* A digit that comes after the right answer is no function's key. */
static void a_digit_after_the_answer(void **state)
{
    (void)state;
    run(lab, "lesson 2");
    assert_string_equal(does("2", 24, 80), "fn tanh");
    while (study_question_here(lab) < 0)
        run(lab, "lesson next");
    for (int k = 1; study_question_here(lab) >= 0; k++) {
        char line[16];

        snprintf(line, sizeof line, "answer %d", k % 4);
        lab_run(lab, line, stdout, &(struct error){.column = -1});
        assert_in_range(k, 1, 40);
    }
    assert_string_equal(does("2", 24, 80), "answer 2");
    assert_string_equal(does("7", 24, 80), "answer 7");
    fails(lab, "answer 2", "no question is open here: n reads on");
    lacks(bottom(24, 200), " answer ");
}

/* + and - change the weight that is in sight, whatever has the focus; a layer elsewhere. */
static void what_is_in_sight_has_the_keys(void **state)
{
    (void)state;
    assert_string_equal(does("+", 24, 80), "net layers=+1");
    run(lab, "netview weights");
    for (int pane = 0; pane < PANES; pane++) {
        lab->screen.focus = (enum pane)pane;
        assert_string_equal(does("+", 24, 80), "weight +0.1");
        assert_string_equal(does("-", 24, 80), "weight -0.1");
        shows(bottom(24, 200), "+ more  - less");
    }
    lab->screen.focus = PANE_PLOT;
    assert_string_equal(does("left", 24, 80), "cursor -1col");
    run(lab, "full on");
    assert_string_equal(does("+", 24, 80), "net layers=+1");
    lacks(bottom(24, 200), "+ more");
}

/* What a line came to is known without reading it again. */
static void a_line_tells_what_it_was(void **state)
{
    struct run r = {.recorded = true};
    FILE *out = fopen("/dev/null", "w");

    (void)state;
    assert_true(lab_run_as(lab, " les list information # words", &r, out, NULL));
    assert_string_equal(r.command->name, "lesson");
    assert_true(r.list);
    r = (struct run){.recorded = true};
    assert_true(lab_run_as(lab, "lesson list format=csv", &r, out, NULL));
    assert_false(r.list);
    r = (struct run){.recorded = true};
    assert_true(lab_run_as(lab, "facts plotted", &r, out, NULL));
    assert_string_equal(r.title, "facts sigmoid");
    r = (struct run){.recorded = true};
    assert_false(lab_run_as(lab, "nosuch", &r, out, NULL));
    assert_null(r.command);
    fclose(out);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_label_is_shown),
        TEST(labels_fit_the_moment),
        TEST(a_page_is_read_to_its_end),
        TEST(a_long_text_hides_keys),
        TEST(one_pane_alone),
        TEST(a_line_tells_what_it_was),
        TEST(a_digit_after_the_answer),
        TEST(what_is_in_sight_has_the_keys),
    };

    return cmocka_run_group_tests(tests, enter, leave);
}
