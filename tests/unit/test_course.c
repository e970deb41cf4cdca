/* test_course.c - the course as a learner and a teacher meet it: lessons opened, read page by page,
 * listed and left alone where they fail; quizzes; what is kept for the next session. */
#include "courses.h"

#include "base/file.h"
#include "base/text.h"
#include "replay/state.h"
#include "study/experiment.h"
#include "study/learner.h"
#include "study/notes.h"
#include "study/opening.h"
#include "study/page.h"
#include "study/progress_table.h"
#include "study/solution.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static void opening_sets_the_lab(void **state)
{
    struct lab *lab = *state;

    run(lab, "net layers=5 width=3 lr=2");
    run(lab, "lesson 1");
    assert_string_equal(lab->model.fn.act->name, "relu");
    assert_int_equal(lab->model.net.layers, 1);
    assert_true(lab->model.net.lr < 2); /* from the defaults, not from what was there */
    assert_int_equal(lab->open.page, 0);
    refuses_with(lab, "lesson 3", "no lesson 3: they are numbered 1 to 2");
    refuses_with(lab, "lesson secnd", "no lesson 'secnd': did you mean 'second'?");
    refuses_with(lab, "lesson 1 page=9", "lesson 1 has the pages 1 to 4, not 9");
}

static void pages_turn_over_lessons(void **state)
{
    struct lab *lab = *state;

    run(lab, "lesson next"); /* none is open: the first */
    assert_int_equal(lab->open.lesson, 0);
    for (int i = 0; i < 3; i++)
        run(lab, "lesson next");
    assert_int_equal(lab->open.page, 3);
    run(lab, "lesson next");
    assert_int_equal(lab->open.lesson, 1);
    refuses_with(lab, "lesson next",
                 "this is the last page of the last lesson: progress shows how far you are");
    run(lab, "lesson prev");
    assert_int_equal(lab->open.lesson, 0);
    assert_int_equal(lab->open.page, 3);
    run(lab, "lesson first page=1");
    refuses_with(lab, "lesson prev", "this is the first page of the first lesson");
}

/* Underlined are terms: whole sentences of hints and explanations would hide them. */
static void only_terms_are_emphasised(void **state)
{
    struct lab *lab = *state;

    run(lab, "lesson 1");
    run(lab, "try");
    run(lab, "hint");
    run(lab, "answer question=1 2");
    for (int i = 0; i < 2; i++) {
        struct styled_text page = {0}, below = {0};

        study_page(lab, &page, &below);
        for (size_t k = 0; k < page.paragraphs + below.paragraphs; k++) {
            const struct styled_paragraph *p =
                k < page.paragraphs ? &page.paragraph[k] : &below.paragraph[k - page.paragraphs];

            for (size_t s = 0; s < p->spans; s++)
                assert_int_not_equal(p->span[s].style, STYLED_EMPHASIS);
        }
        styled_free(&page);
        styled_free(&below);
        run(lab, "lesson page=3");
    }
}

/* The list on a screen has a mark; a recording keeps what it chose. */
static void a_lesson_is_chosen_in_the_list(void **state)
{
    struct lab *lab = *state;
    char path[128], line[200], *said;
    struct text recording = {0};

    refuses_with(lab, "lesson chosen", "there is no list to choose from: lesson list opens one");
    lab->interactive = true;
    study_check_goals(lab);
    path_of(path, "list.act");
    snprintf(line, sizeof line, "record %s", path);
    run(lab, line);
    lab->screen.window_columns = 20;
    said = output(lab, "lesson list");
    assert_string_equal(said, "nr title   page\n 1 First    0/4\n 2 Second   0/1\n");
    text_clear(&lab->screen.text);
    text_add(&lab->screen.text, said);
    free(said);
    lab->screen.shown = SCREEN_TEXT;
    study_choose_open(lab);
    assert_int_equal(study_chosen(lab), 1);
    run(lab, "scroll +7");
    assert_int_equal(study_chosen(lab), 2);
    run(lab, "scroll -9");
    assert_int_equal(study_chosen(lab), 1);
    run(lab, "scroll last");
    run(lab, "lesson chosen");
    assert_int_equal(lab->open.lesson, 1);
    study_choose_open(lab);
    assert_int_equal(study_chosen(lab), 2);
    run(lab, "record off");
    assert_true(file_read(path, 10000, &recording, NULL));
    assert_non_null(strstr(recording.s, " lesson 2 page=1\n"));
    assert_null(strstr(recording.s, "chosen"));
    text_free(&recording);
}

/* A lesson goes on where one was, from the list and by its number; page=1 begins. A recording says
 * the page, and a shell prints all. */
static void the_bookmark_stays(void **state)
{
    struct lab *lab = *state;
    struct text list = {0};
    char path[128], line[200];
    struct text recording = {0};

    lab->interactive = true;
    study_check_goals(lab);
    path_of(path, "bookmark.act");
    snprintf(line, sizeof line, "record %s", path);
    run(lab, "lesson 1 page=3");
    run(lab, "lesson 2");
    assert_int_equal(lab->open.page, 0);
    run(lab, line);
    lab->screen.message[0] = '\0';
    run(lab, "lesson 1");
    assert_int_equal(lab->open.lesson, 0);
    assert_int_equal(lab->open.page, 2);
    assert_string_equal(lab->screen.message, "going on at page 3: lesson 1 page=1 begins");
    run(lab, "record off");
    assert_true(file_read(path, 10000, &recording, NULL));
    assert_non_null(strstr(recording.s, " lesson 1 page=3\n"));
    text_free(&recording);
    study_close(lab);
    text_add(&list, "nr title   page\n 1 First    3/4\n 2 Second   1/1\n");
    text_clear(&lab->screen.text);
    text_add(&lab->screen.text, list.s);
    lab->screen.shown = SCREEN_TEXT;
    study_choose_open(lab); /* the one visited last, though none is open */
    assert_int_equal(study_chosen(lab), 1);
    run(lab, "lesson 2");
    study_close(lab);
    study_choose_open(lab);
    assert_int_equal(study_chosen(lab), 2);
    run(lab, "scroll first");
    run(lab, "lesson chosen");
    assert_int_equal(lab->open.page, 2);
    run(lab, "lesson 1 page=1");
    run(lab, "lesson 1");
    assert_int_equal(lab->open.page, 0);
    text_free(&list);
}

static void quizzes_explain(void **state)
{
    struct lab *lab = *state;

    run(lab, "lesson 1 page=3");
    expect_in_pane(lab, "1. yes\n2. no\n");
    prints(lab, "answer 2", "[-] 2. no\n   not so\nNot yet right: try again.\n");
    expect_in_pane(lab, "2. no\n   (-) not so\n");
    prints(lab, "answer 1", "[+] 1. yes\n   so it is\n");
    expect_in_pane(lab, "(+) so it is");
    prints(lab, "answer 1", "[+] 1. a\n   A\nNot yet right: try again.\n");
    prints(lab, "answer 2 1", "[+] 1. a\n   A\n[+] 2. b\n   B\n");
    refuses_with(lab, "answer 1",
                 "no question is open here: answer question=1 K answers one again");
    expect_in_pane(lab, "(+) B\n3. c\n\nn goes on");
    run(lab, "answer question=1 2");
    refuses_with(lab, "answer question=3 1", "lesson 1 has the questions 1 to 2, not 3");
    refuses_with(lab, "answer question=1 4", "'4' must be a whole number from 1 to 2");
}

/* On a screen everything is saved at once; the next session goes on. */
static void another_session_goes_on(void **state)
{
    struct lab *lab = *state, *next;

    lab->interactive = true;
    study_check_goals(lab);
    assert_string_equal(lab->screen.message, "");
    run(lab, "lesson 1");
    run(lab, "solution");
    while (study_playing(lab))
        session_tick(lab, 0.1, 0.005), study_check_goals(lab);
    run(lab, "lesson 1 page=3");
    run(lab, "answer 1");

    next = open_lab(folder); /* the first has not even ended */
    next->interactive = true;
    study_check_goals(next);
    assert_string_equal(next->screen.message, "n goes on at lesson 1, page 3: First");
    run(next, "lesson next");
    assert_int_equal(next->open.page, 2);
    assert_true(study_try_done(next, next->course.lesson[0], 0));
    expect_in_pane(next, "(+) so it is");
    session_close(next);

    next = open_lab(folder); /* a shell shows it */
    says(next, "progress --format=csv", "1,first,3,4,1,2,2,3,1,2,0,1,0,20");
    says(next, "lesson list --format=json", "\"experiments_done\": 1");
    refuses_with(
        next, "progress reset first",
        "this deletes the progress in lesson 1, First: progress reset first ! confirms it");
    run(next, "progress reset first !");
    nanosleep(&(struct timespec){0, 5000000}, NULL); /* dates are to the millisecond */
    says(next, "progress --format=csv", "1,first,0,4,0,2,0,3,0,2,0,0,0,");
    session_close(next);
    run(lab, "lesson 1 page=2"); /* the first session does not bring it back */
    next = open_lab(folder);
    says(next, "progress --format=csv", "1,first,2,4,0,2,0,3,0,2,0,0,0,");
    session_close(next);
}

static void a_shell_saves_nothing(void **state)
{
    struct lab *lab = *state;
    char path[128];

    run(lab, "lesson 1");
    run(lab, "solution");
    path_of(path, "actlab");
    assert_int_equal(access(path, F_OK), -1);
}

static void only_safe_commands_run(void **state)
{
    struct lab *lab = *state;
    char path[128], message[200];

    write_file("3-bad.md", "# Bad\n\n```lab\nfn tanh\nrecord /tmp/actlab-never\n```\n\ntext\n");
    path_of(path, "3-bad.md");
    course_free(&lab->course);
    assert_true(course_add(&lab->course, folder, NULL));
    snprintf(message, sizeof message, "%s:5: 'record' is not allowed in a lesson", path);
    refuses_with(lab, "lesson 3", message);
    assert_int_equal(access("/tmp/actlab-never", F_OK), -1);
    write_file("3-bad.md", "# Bad\n\n```lab\nlesson 3\n```\n\n```try\ntry 1\ngoal: x == 0\n```\n");
    course_free(&lab->course);
    assert_true(course_add(&lab->course, folder, NULL));
    snprintf(message, sizeof message, "%s:4: 'lesson' is not allowed in a lesson", path);
    refuses_with(lab, "lesson 3", message);
}

static void lists_and_searches(void **state)
{
    struct lab *lab = *state;
    char *all = output(lab, "lesson list --format=tsv"), *some;

    assert_non_null(strstr(all, "1\tfirst\t0\t4\t0\t2\t0\t2\t0\t"));
    assert_non_null(strstr(all, "2\tsecond"));
    some = output(lab, "lesson list sources --format=tsv");
    assert_non_null(strstr(some, "first"));
    assert_null(strstr(some, "second"));
    free(all);
    free(some);
}

/* Help on a topic leads to the lessons on it, by whole words, unless it is in most of them. */
static void help_leads_to_lessons(void **state)
{
    struct lab *lab = *state;

    write_file("3-way.md", "# Around\n\nA residual way, and momentums.\n");
    course_free(&lab->course);
    assert_true(course_add(&lab->course, folder, NULL));
    says(lab, "help residual", "\n\n    lesson 3, Around\n");
    omits(lab, "help momentum", "lesson");
}

/* A recording that began in the middle of an experiment leads to the same state. */
static void state_names_the_lesson(void **state)
{
    struct lab *lab = *state, *other = open_lab(folder);
    char *commands;

    run(lab, "lesson 1");
    run(lab, "try 2");
    run(lab, "train 1 epoch");
    run(lab, "lesson page=3");
    commands = output(lab, "state");
    assert_memory_equal(commands, "lesson 1 page=3\ntry 2\nlesson page=3\nrestart\nfn \"relu\"",
                        50);
    run_lines(other, commands);
    free(commands);
    assert_int_equal(state_digest(lab), state_digest(other));
    assert_int_equal(other->open.try, 1);
    session_close(other);
}

/* What a recording does is seen, and is not the learner's own. */
static void recordings_keep_no_progress(void **state)
{
    struct lab *lab = *state;
    char path[128], line[200];

    write_file("r.act", "0.000 lesson 1\n0.000 try\n0.000 hint\n0.000 net layers=3\n"
                        "0.000 lesson page=3\n0.000 answer 2\n9.000 lesson page=2\n");
    path_of(path, "r.act");
    lab->interactive = true;
    study_check_goals(lab);
    snprintf(line, sizeof line, "play %s", path);
    run(lab, line);
    for (int i = 0; i < 10; i++) {
        session_tick(lab, 0.1, 0.01);
        study_check_goals(lab);
    }
    assert_non_null(lab->replay.player);
    expect_in_pane(lab, "(-) not so"); /* on the quiz's page the experiment takes a line */
    run(lab, "lesson page=1");
    expect_in_pane(lab, "Hint: Use net.");
    expect_in_pane(lab, "[x] three of them");
    assert_int_equal(lab->learner->progress.n, 0);
    run(lab, "play stop");
    assert_false(study_answer(lab, lab->course.lesson[0], 0));
}

/* A lesson whose lines fail is not opened, and nothing has changed: not the network, not what was
 * trained, not the experiment under way. */
static void what_fails_opens_nothing(void **state)
{
    struct lab *lab;
    uint64_t before;
    int lesson, page;

    (void)state;
    write_file("3-broken.md", "# Broken\n\n```lab\nfn gelu\nrange -1 1\nfn geluu\n```\n\ntext\n");
    write_file("4-broken.md", "# Half\n\n## A\n\ntext\n\n## B\n\n```try\nnet layers=2\nrace "
                              "relu tanh\nfn geluu\ngoal: step >= 40\n```\n");
    lab = open_lab(folder);
    run(lab, "lesson 1");
    run(lab, "try 1");
    run(lab, "net layers=4 width=6");
    run(lab, "race sigmoid tanh epochs=1");
    run(lab, "train 1 epoch");
    before = state_digest(lab);
    fails(lab, "lesson 3", "3-broken.md:6: ");
    assert_true(state_digest(lab) == before);
    assert_int_equal(lab->open.lesson, 0);
    assert_ptr_equal(study_try(lab), &study_lesson(lab)->try[0]);
    assert_non_null(lab->model.race);
    assert_true(study_resume_place(lab, &lesson, &page));
    assert_int_equal(lesson, 0);
    run(lab, "lesson 4");
    run(lab, "net layers=1");
    run(lab, "train 30 steps");
    before = state_digest(lab);
    fails(lab, "try 1", "");
    assert_true(state_digest(lab) == before);
    assert_int_equal(lab->open.page, 0);
    assert_null(study_try(lab));
    assert_null(lab->model.race);
    run(lab, "back 10"); /* its history is there, too */
    lab_measure(lab);
    session_close(lab);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(opening_sets_the_lab),
        TEST(what_fails_opens_nothing),
        TEST(pages_turn_over_lessons),
        TEST(only_terms_are_emphasised),
        TEST(a_lesson_is_chosen_in_the_list),
        TEST(the_bookmark_stays),
        TEST(quizzes_explain),
        TEST(another_session_goes_on),
        TEST(a_shell_saves_nothing),
        TEST(only_safe_commands_run),
        TEST(lists_and_searches),
        TEST(help_leads_to_lessons),
        TEST(state_names_the_lesson),
        TEST(recordings_keep_no_progress),
    };

    return cmocka_run_group_tests_name("course", tests, NULL, NULL);
}
