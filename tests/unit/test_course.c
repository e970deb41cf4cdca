/* test_course.c - the course as a learner and a teacher meet it: experiments, hints, solutions,
 * quizzes, resuming, and `check` on lessons that are wrong in every way it knows. */
#include "unit.h"

#include "base/file.h"
#include "base/text.h"
#include "course/template.h"
#include "draw/layout.h"
#include "lab/command.h"
#include "lab/course_check.h"
#include "lab/course_done.h"
#include "lab/course_page.h"
#include "lab/course_solution.h"
#include "lab/course_state.h"
#include "lab/course_table.h"
#include "lab/course_try.h"
#include "lab/state.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static char folder[64];

static void path_of(char out[128], const char *name)
{
    snprintf(out, 128, "%s/%s", folder, name);
}

static void write_lesson(const char *name, const char *content)
{
    char path[128];
    FILE *f;

    path_of(path, name);
    f = fopen(path, "w");
    assert_non_null(f);
    fputs(content, f);
    fclose(f);
}

static const char first[] =
    "# First\n\n```lab\nfn relu\nnet layers=1 width=4 seed=1\n```\n\n"
    "## One\n\nText.\n\n"
    "```try\ntitle: To three\nnet layers=2\ngoal: layers == 3 # three of them\n"
    "goal: width == 5\n```\n"
    "```hint\nUse `net`.\n```\n```hint\nReally.\n```\n"
    "```solution\nnet layers=3\nnet width=5\n```\n\n"
    "## Two\n\n"
    "```try\ngoal: step >= 40\n```\n```solution\ntrain 2 epochs\n```\n\n"
    "## Quiz\n\nOne?\n\n- [x] yes -- so it is\n- [ ] no -- not so\n\n"
    "Both?\n\n- [x] a -- A\n- [x] b -- B\n- [ ] c -- C\n\n"
    "## Sources\n\n- This.\n";
static const char second[] = "# Second\n\ntext\n";

static int set_up(void **state)
{
    struct error e;

    strcpy(folder, "/tmp/actlab-course-XXXXXX");
    if (!mkdtemp(folder))
        return -1;
    setenv("XDG_STATE_HOME", folder, 1);
    write_lesson("1-first.md", first);
    write_lesson("2-second.md", second);
    *state = lab_new(folder, &e);
    return *state ? 0 : -1;
}

static int tear_down(void **state)
{
    char command[128];

    lab_free(*state);
    snprintf(command, sizeof command, "rm -r '%s'", folder);
    return system(command);
}

static void run(struct lab *lab, const char *line)
{
    struct error e;
    char *said = NULL;
    size_t n = 0;
    FILE *out = open_memstream(&said, &n);

    if (!lab_run(lab, line, out, &e))
        fail_msg("%s: %s", line, e.text);
    fclose(out);
    free(said);
}

static void refuse(struct lab *lab, const char *line, const char *message)
{
    struct error e;
    FILE *out = fopen("/dev/null", "w");

    assert_false(lab_run(lab, line, out, &e));
    assert_string_equal(e.text, message);
    fclose(out);
}

static char *output(struct lab *lab, const char *line)
{
    struct error e;
    char *said = NULL;
    size_t n = 0;
    FILE *out = open_memstream(&said, &n);

    if (!lab_run(lab, line, out, &e))
        fail_msg("%s: %s", line, e.text);
    fclose(out);
    return said;
}

static void expect_output(struct lab *lab, const char *line, const char *wanted)
{
    char *said = output(lab, line);

    assert_string_equal(said, wanted);
    free(said);
}

/* What the pane shows. */
static char *pane(const struct lab *lab)
{
    struct rich page = {0}, below = {0};
    struct text t = {0};

    course_page(lab, &page, &below);
    rich_to_text(&page, 60, true, &t);
    text_add(&t, "====\n");
    rich_to_text(&below, 60, true, &t);
    rich_free(&page);
    rich_free(&below);
    return t.s;
}

static void expect_in_pane(const struct lab *lab, const char *part)
{
    char *s = pane(lab);

    if (!strstr(s, part))
        fail_msg("'%s' is not in the pane:\n%s", part, s);
    free(s);
}

static void opening_sets_the_lab(void **state)
{
    struct lab *lab = *state;

    run(lab, "net layers=5 width=3 lr=2");
    run(lab, "lesson 1");
    assert_string_equal(lab->fn.act->name, "relu");
    assert_int_equal(lab->net.layers, 1);
    assert_true(lab->net.lr < 2); /* from the defaults, not from what was there */
    assert_int_equal(lab->page, 0);
    refuse(lab, "lesson 3", "no lesson 3: there are 1 to 2");
    refuse(lab, "lesson secnd", "no lesson 'secnd': did you mean 'second'?");
    refuse(lab, "lesson 1 page=9", "lesson 1 has the pages 1 to 4, not 9");
}

static void pages_turn_over_lessons(void **state)
{
    struct lab *lab = *state;

    run(lab, "lesson next"); /* none is open: the first */
    assert_int_equal(lab->lesson, 0);
    for (int i = 0; i < 3; i++)
        run(lab, "lesson next");
    assert_int_equal(lab->page, 3);
    run(lab, "lesson next");
    assert_int_equal(lab->lesson, 1);
    refuse(lab, "lesson next",
           "this is the last page of the last lesson: progress shows what was done");
    run(lab, "lesson prev");
    assert_int_equal(lab->lesson, 0);
    assert_int_equal(lab->page, 3);
    run(lab, "lesson first page=1");
    refuse(lab, "lesson prev", "this is the first page of the first lesson");
}

static void goals_are_met_and_stay_met(void **state)
{
    struct lab *lab = *state;

    refuse(lab, "try", "no lesson is open: lesson 1 opens the first, lesson list shows all");
    run(lab, "lesson 1");
    run(lab, "net layers=3 width=5"); /* before it began: that does not count */
    assert_false(course_try_done(lab, lab->course.lesson[0], 0));
    refuse(lab, "hint", "no experiment is under way: try starts one");
    expect_output(lab, "try",
                  "Try 1: To three\n  [ ] layers == 3   now 2\n  [ ] width == 5   now 4\n");
    assert_int_equal(lab->net.layers, 2);
    expect_in_pane(lab, "[ ] three of them: layers == 3");
    expect_in_pane(lab, "now 2");
    expect_output(lab, "net layers=3", "A goal is met; there is more to do in this experiment\n");
    run(lab, "net layers=4");
    assert_true(course_goal_done(lab, lab->course.lesson[0], 0, 0));
    expect_in_pane(lab, "[x] three of them");
    expect_output(lab, "net width=5", "Experiment 1 is done: To three\n");
    assert_true(course_try_done(lab, lab->course.lesson[0], 0));
    refuse(lab, "try 3", "'3' must be a whole number from 1 to 2");
    run(lab, "try"); /* on a page where all is done it starts again */
    assert_int_equal(lab->learner->try, 0);
    run(lab, "lesson 1 page=1");
    run(lab, "try 2"); /* it turns the page */
    assert_int_equal(lab->learner->try, 1);
    assert_int_equal(lab->page, 1);
    assert_int_equal(lab->net.layers, 1);
}

/* Again means again: the ticks on the screen are those of this time, the file keeps the others. */
static void an_experiment_is_done_anew(void **state)
{
    struct lab *lab = *state;

    lab->interactive = true;
    course_settle(lab);
    run(lab, "lesson 1");
    run(lab, "try");
    run(lab, "net layers=3 width=5");
    course_settle(lab);
    expect_in_pane(lab, "Done. n goes on");
    run(lab, "try");
    course_settle(lab);
    expect_in_pane(lab, "[ ] three of them: layers == 3\n    now 2");
    expect_in_pane(lab, "[ ] width == 5  now 4");
    assert_true(course_try_done(lab, lab->course.lesson[0], 0));
    assert_false(course_try_met(lab));
    run(lab, "net layers=3");
    course_settle(lab);
    assert_string_equal(lab->message, "A goal is met; there is more to do in this experiment");
    run(lab, "net width=5");
    course_settle(lab);
    assert_string_equal(lab->message, "Experiment 1 is done: To three");
}

/* However far training goes in one command, or by the clock between two pictures. */
static void a_goal_says_when_it_was_met(void **state)
{
    struct lab *lab = *state;
    char *said;

    run(lab, "lesson 1");
    run(lab, "try 2");
    said = output(lab, "train 9 epochs");
    assert_non_null(strstr(said, "Experiment 2 is done at epoch 2\n"));
    free(said);
    expect_in_pane(lab, "[x] step >= 40  at epoch 2");
    run(lab, "try 1");
    expect_in_pane(lab, "[ ] three of them");
    run(lab, "train 1 step");
    run(lab, "net layers=3"); /* a fresh network: no epoch to speak of */
    expect_in_pane(lab, "[x] three of them: layers == 3\n");
}

/* What is not on the page is not begun, hinted at or shown unseen. */
static void a_page_without_an_experiment_says_so(void **state)
{
    struct lab *lab = *state;

    lab->interactive = true;
    course_settle(lab);
    run(lab, "lesson 1 page=4");
    refuse(lab, "try", "no experiment on this page: n reads on");
    refuse(lab, "hint", "no experiment on this page: n reads on");
    run(lab, "lesson page=1");
    refuse(lab, "hint", "no experiment is under way: t starts one");
    run(lab, "try");
    assert_true(course_hint_here(lab));
    run(lab, "lesson page=4");
    assert_false(course_hint_here(lab));
    expect_in_pane(lab, "Try 1 on page 1 is not done yet");
    for (int i = 0; i < 3; i++)
        refuse(lab,
               i == 0   ? "try"
               : i == 1 ? "hint"
                        : "solution",
               "no experiment on this page: n reads on, lesson page=1 goes back to Try 1");
    run(lab, "lesson page=1");
    run(lab, "net layers=3 width=5");
    course_settle(lab);
    assert_false(course_hint_here(lab));
    refuse(lab, "hint", "this experiment is done: n goes on");
    run(lab, "lesson page=4");
    refuse(lab, "try", "no experiment on this page: n reads on");
}

static void who_has_not_begun_is_told_once(void **state)
{
    struct lab *lab = *state;
    const struct command *fn = command_find("fn", NULL), *theme = command_find("theme", NULL);

    lab->interactive = true;
    course_settle(lab);
    run(lab, "lesson 1");
    course_remind(lab, theme);
    assert_string_equal(lab->message, "");
    course_remind(lab, fn);
    assert_string_equal(lab->message, "Try 1 has not begun: t begins it, and then it counts");
    lab->message[0] = '\0';
    course_remind(lab, fn);
    assert_string_equal(lab->message, "");
    run(lab, "lesson 1");
    lab->learner->told = -1;
    run(lab, "try");
    course_remind(lab, fn);
    assert_string_equal(lab->message, "");
}

static void hints_come_one_by_one(void **state)
{
    struct lab *lab = *state;

    run(lab, "lesson 1");
    run(lab, "try");
    expect_output(lab, "hint", "Use `net`.\n");
    expect_in_pane(lab, "Hint: Use net.");
    expect_output(lab, "hint", "Really.\n");
    refuse(lab, "hint", "there are no more hints: solution shows how it is done");
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
        struct rich page = {0}, below = {0};

        course_page(lab, &page, &below);
        for (size_t k = 0; k < page.paragraphs + below.paragraphs; k++) {
            const struct rich_paragraph *p =
                k < page.paragraphs ? &page.paragraph[k] : &below.paragraph[k - page.paragraphs];

            for (size_t s = 0; s < p->spans; s++)
                assert_int_not_equal(p->span[s].style, RICH_EMPHASIS);
        }
        rich_free(&page);
        rich_free(&below);
        run(lab, "lesson page=3");
    }
}

/* The list on a screen has a mark; a recording keeps what it chose. */
static void a_lesson_is_chosen_in_the_list(void **state)
{
    struct lab *lab = *state;
    char path[128], line[200], *said;
    struct text recording = {0};

    refuse(lab, "lesson chosen", "there is no list to choose from: lesson list opens one");
    lab->interactive = true;
    course_settle(lab);
    path_of(path, "list.act");
    snprintf(line, sizeof line, "record %s", path);
    run(lab, line);
    lab->window_columns = 20;
    said = output(lab, "lesson list");
    assert_string_equal(said, "nr title   page\n 1 First    0/4\n 2 Second   0/1\n");
    text_clear(&lab->page_text);
    text_add(&lab->page_text, said);
    free(said);
    lab->screen = SCREEN_TEXT;
    course_choose_open(lab);
    assert_int_equal(course_chosen(lab), 1);
    run(lab, "scroll +7");
    assert_int_equal(course_chosen(lab), 2);
    run(lab, "scroll -9");
    assert_int_equal(course_chosen(lab), 1);
    run(lab, "scroll last");
    run(lab, "lesson chosen");
    assert_int_equal(lab->lesson, 1);
    course_choose_open(lab);
    assert_int_equal(course_chosen(lab), 2);
    run(lab, "record off");
    assert_true(file_read(path, 10000, &recording, NULL));
    assert_non_null(strstr(recording.s, " lesson 2\n"));
    assert_null(strstr(recording.s, "chosen"));
    text_free(&recording);
}

static void solutions_are_played(void **state)
{
    struct lab *lab = *state;
    double seconds = 0;

    run(lab, "lesson 1");
    expect_output(lab, "solution",
                  "> net layers=3\nA goal is met; there is more to do in this experiment\n"
                  "> net width=5\nExperiment 1 is done: To three\n");
    lab->interactive = true; /* by the clock, line by line, training in view */
    run(lab, "solution 2");
    assert_true(course_playing(lab));
    assert_int_equal(trainer_steps(lab->trainer), 0);
    bool between = false;
    for (; course_playing(lab) && seconds < 20; seconds += 0.05) {
        const uint64_t steps = trainer_steps(lab->trainer);

        lab_tick(lab, 0.05, 0.005);
        course_settle(lab);
        between |= steps > 0 && steps < 40;
    }
    assert_true(seconds > 1 && seconds < 10);
    assert_true(between);
    assert_int_equal(trainer_steps(lab->trainer), 40);
    assert_true(course_try_done(lab, lab->course.lesson[0], 1));
}

static void quizzes_explain(void **state)
{
    struct lab *lab = *state;

    run(lab, "lesson 1 page=3");
    expect_in_pane(lab, "1. yes\n2. no\n");
    expect_output(lab, "answer 2", "[-] 2. no\n   not so\nNot yet right: try again.\n");
    expect_in_pane(lab, "2. no\n   (-) not so\n");
    expect_output(lab, "answer 1", "[+] 1. yes\n   so it is\n");
    expect_in_pane(lab, "(+) so it is");
    expect_output(lab, "answer 1", "[+] 1. a\n   A\nNot yet right: try again.\n");
    expect_output(lab, "answer 2 1", "[+] 1. a\n   A\n[+] 2. b\n   B\n");
    refuse(lab, "answer 1", "no question is open here: answer question=1 K answers one again");
    expect_in_pane(lab, "(+) B\n3. c\n\nn goes on");
    run(lab, "answer question=1 2");
    refuse(lab, "answer question=3 1", "lesson 1 has the questions 1 to 2, not 3");
    refuse(lab, "answer question=1 4", "'4' must be a whole number from 1 to 2");
}

/* On a screen everything is saved at once; the next session goes on. */
static void another_session_goes_on(void **state)
{
    struct lab *lab = *state, *next;
    struct error e;
    char *said;

    lab->interactive = true;
    course_settle(lab);
    assert_string_equal(lab->message, "");
    run(lab, "lesson 1");
    run(lab, "solution");
    while (course_playing(lab))
        lab_tick(lab, 0.1, 0.005), course_settle(lab);
    run(lab, "lesson 1 page=3");
    run(lab, "answer 1");

    next = lab_new(folder, &e); /* the first has not even ended */
    next->interactive = true;
    course_settle(next);
    assert_string_equal(next->message, "n goes on at lesson 1, page 3: First");
    run(next, "lesson next");
    assert_int_equal(next->page, 2);
    assert_true(course_try_done(next, next->course.lesson[0], 0));
    expect_in_pane(next, "(+) so it is");
    lab_free(next);

    next = lab_new(folder, &e); /* a shell shows it */
    said = output(next, "progress --format=csv");
    assert_non_null(strstr(said, "1,first,3,4,1,2,2,3,1,2,0,1,0,20"));
    free(said);
    said = output(next, "lesson list --format=json");
    assert_non_null(strstr(said, "\"experiments_done\": 1"));
    free(said);
    refuse(next, "progress reset first",
           "this forgets the progress in lesson 1, First: progress reset first ! does it");
    run(next, "progress reset first !");
    nanosleep(&(struct timespec){0, 5000000}, NULL); /* dates are to the millisecond */
    said = output(next, "progress --format=csv");
    assert_non_null(strstr(said, "1,first,0,4,0,2,0,3,0,2,0,0,0,"));
    free(said);
    lab_free(next);
    run(lab, "lesson 1 page=2"); /* the first session does not bring it back */
    next = lab_new(folder, &e);
    said = output(next, "progress --format=csv");
    if (!strstr(said, "1,first,2,4,0,2,0,3,0,2,0,0,0,"))
        fail_msg("%s", said);
    free(said);
    lab_free(next);
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

    write_lesson("3-bad.md", "# Bad\n\n```lab\nfn tanh\nrecord /tmp/actlab-never\n```\n\ntext\n");
    path_of(path, "3-bad.md");
    course_free(&lab->course);
    assert_true(course_add(&lab->course, folder, NULL));
    snprintf(message, sizeof message, "%s:5: 'record' is not allowed in a lesson", path);
    refuse(lab, "lesson 3", message);
    assert_int_equal(access("/tmp/actlab-never", F_OK), -1);
    write_lesson("3-bad.md",
                 "# Bad\n\n```lab\nlesson 3\n```\n\n```try\ntry 1\ngoal: x == 0\n```\n");
    course_free(&lab->course);
    assert_true(course_add(&lab->course, folder, NULL));
    snprintf(message, sizeof message, "%s:4: 'lesson' is not allowed in a lesson", path);
    refuse(lab, "lesson 3", message);
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

/* A recording that began in the middle of an experiment leads to the same state. */
static void state_names_the_lesson(void **state)
{
    struct lab *lab = *state, *other = lab_new(folder, NULL);
    char *commands, *save = NULL;

    run(lab, "lesson 1");
    run(lab, "try 2");
    run(lab, "train 1 epoch");
    run(lab, "lesson page=3");
    commands = output(lab, "state");
    assert_memory_equal(commands, "lesson 1 page=3\ntry 2\nlesson page=3\nfn \"relu\"", 42);
    for (char *line = strtok_r(commands, "\n", &save); line; line = strtok_r(NULL, "\n", &save))
        run(other, line);
    free(commands);
    assert_int_equal(state_digest(lab), state_digest(other));
    assert_int_equal(other->learner->try, 1);
    lab_free(other);
}

/* What a recording does is seen, and is not the learner's own. */
static void recordings_keep_no_progress(void **state)
{
    struct lab *lab = *state;
    char path[128], line[200];

    write_lesson("r.act", "0.000 lesson 1\n0.000 try\n0.000 hint\n0.000 net layers=3\n"
                          "0.000 lesson page=3\n0.000 answer 2\n9.000 lesson page=2\n");
    path_of(path, "r.act");
    lab->interactive = true;
    course_settle(lab);
    snprintf(line, sizeof line, "play %s", path);
    run(lab, line);
    for (int i = 0; i < 10; i++) {
        lab_tick(lab, 0.1, 0.01);
        course_settle(lab);
    }
    assert_non_null(lab->player);
    expect_in_pane(lab, "(-) not so"); /* on the quiz's page the experiment takes a line */
    run(lab, "lesson page=1");
    expect_in_pane(lab, "Hint: Use net.");
    expect_in_pane(lab, "[x] three of them");
    assert_int_equal(lab->learner->progress.n, 0);
    run(lab, "play stop");
    assert_false(course_answer(lab, lab->course.lesson[0], 0));
}

/* --- check ------------------------------------------------------------------------------------ */

#define LAB      "```lab\nfn relu\nnet layers=1 width=4 seed=1\n```\n\n"
#define TRY      "```try\ngoal: layers == 3\n```\n"
#define SOLUTION "```solution\nnet layers=3\n```\n\n"
#define QUIZ     "## Quiz\n\nOne?\n\n- [x] yes -- so\n- [ ] no -- not so\n\n"
#define SOURCES  "## Sources\n\n- This.\n"

static char *check(const char *content, int *problems)
{
    char path[128], *said = NULL;
    size_t n = 0;
    FILE *out = open_memstream(&said, &n);

    write_lesson("c.md", content);
    path_of(path, "c.md");
    *problems = course_check(path, out);
    fclose(out);
    return said;
}

static void expect_problem(const char *content, const char *message)
{
    char wanted[400];
    int problems;
    char *said = check(content, &problems);

    snprintf(wanted, sizeof wanted, "%s/c.md%s", folder, message);
    if (!strstr(said, wanted) || problems != 1)
        fail_msg("%d problems, wanted one: '%s', got:\n%s", problems, wanted, said);
    free(said);
}

static void check_proves(void **state)
{
    int problems;
    char *said = check("# T\n\n" LAB TRY SOLUTION QUIZ SOURCES, &problems);

    (void)state;
    assert_int_equal(problems, 0);
    assert_non_null(strstr(said, "  try 1\n    ok   layers == 3\n         before: 1   after: 3\n"));
    free(said);
}

static void check_refutes(void **state)
{
    (void)state;
    expect_problem("# T\n\n" LAB "```try\ngoal: layers == 1\n```\n"
                   "```solution\nreset\n```\n\n" QUIZ SOURCES,
                   ":9: the goal 'layers == 1' is met before anything was done");
    expect_problem("# T\n\n" LAB TRY "```solution\nnet layers=2\n```\n\n" QUIZ SOURCES,
                   ":9: the solution does not meet the goal 'layers == 3'");
    expect_problem("# T\n\n" LAB TRY "```solution\nnet layers=3\nnte width=2\n```\n\n" QUIZ SOURCES,
                   ":13: no command 'nte': did you mean 'net'?");
    expect_problem("# T\n\n```lab\nfn rleu\n```\n\ntext\n\n" QUIZ SOURCES TRY SOLUTION, ":4: ");
    expect_problem("# T\n\n" LAB
                   "```try\nnet width=900\ngoal: layers == 3\n```\n" SOLUTION QUIZ SOURCES,
                   ":9: ");
    expect_problem("# T\n\n" LAB "```try\ngoal: layesr == 3\n```\n" SOLUTION QUIZ SOURCES,
                   ":9: goal 'layesr == 3': ");
    expect_problem("# T\n\n" LAB "```try\ngoal: delta(9) > 3\n```\n" SOLUTION QUIZ SOURCES,
                   ":9: goal 'delta(9) > 3': ");
    expect_problem("# T\n\n" LAB TRY QUIZ SOURCES,
                   ":8: no solution: a block ```solution with the commands is missing");
    expect_problem("# T\n\n" LAB TRY SOLUTION SOURCES,
                   ":1: no quiz: a heading 'Quiz' with a question and its choices is missing");
    expect_problem("# T\n\n" LAB "text\n\n" QUIZ SOURCES,
                   ":1: no experiment: a lesson has one block ```try or more");
    expect_problem("# T\n\n" LAB TRY SOLUTION QUIZ,
                   ":1: no sources: a heading 'Sources' with something below it is missing");
    expect_problem("# T\n\n" LAB TRY SOLUTION
                   "## Quiz\n\nOne?\n\n- [x] yes\n- [ ] no -- not so\n\n" SOURCES,
                   ":19: choice 1 of the quiz has no explanation");
    expect_problem("# T\n\n" LAB TRY SOLUTION
                   "## Quiz\n\nOne?\n\n- [ ] yes -- a\n- [ ] no -- b\n\n" SOURCES,
                   ":19: a quiz without a right answer: mark it with [x]");
    expect_problem(
        "# T\n\n" LAB "```\n0123456789012345678901234567890123\n```\n\n"
        "```\n01234567890123456789012345678901234\n```\n\n" TRY SOLUTION QUIZ SOURCES,
        ":1: page 1: '01234567890123456789012345678901234' does not fit into 34 columns");
    expect_problem("# T\n\n" LAB "```tyr\n```\n", ":8: unknown block 'tyr'");
    expect_problem("# T\n\n" LAB TRY
                   "```solution\nnet data=secret.csv layers=3\n```\n\n" QUIZ SOURCES,
                   ":12: data from a file is not allowed in a restricted session");
}

static void the_template_is_a_lesson(void **state)
{
    const char *srcdir = getenv("srcdir");
    struct text readme = {0};
    char path[300], *in_readme;
    int problems;
    char *said = check(lesson_template, &problems);

    (void)state;
    if (problems)
        fail_msg("%s", said);
    free(said);
    snprintf(path, sizeof path, "%s/lessons/README.md", srcdir ? srcdir : ".");
    assert_true(file_read(path, 1 << 20, &readme, NULL));
    in_readme = strstr(readme.s, "    # A title\n");
    assert_non_null(in_readme);
    for (const char *want = lesson_template; *want;) { /* the same, indented */
        size_t n = strcspn(want, "\n");

        if (n) {
            assert_memory_equal(in_readme, "    ", 4);
            in_readme += 4;
        }
        assert_memory_equal(in_readme, want, n + 1);
        in_readme += n + 1;
        want += n + 1;
    }
    assert_string_equal(in_readme, "");
    text_free(&readme);
}

static void new_lessons_begin_with_it(void **state)
{
    struct lab *lab = *state;
    char path[128], line[200], message[200];

    path_of(path, "mine");
    snprintf(line, sizeof line, "lesson new %s", path);
    run(lab, line);
    snprintf(message, sizeof message, "'%s.md' exists: choose another name", path);
    refuse(lab, line, message);
    strcat(path, ".md");
    snprintf(line, sizeof line, "check %s", path);
    run(lab, line);
}

/* A lesson whose lines fail is not opened, and nothing has changed: not the network, not what was
 * trained, not the experiment under way. */
static void what_fails_opens_nothing(void **state)
{
    struct lab *lab;
    uint64_t before;
    struct error e;
    int lesson, page;

    (void)state;
    write_lesson("3-broken.md", "# Broken\n\n```lab\nfn gelu\nrange -1 1\nfn geluu\n```\n\ntext\n");
    write_lesson("4-broken.md", "# Half\n\n## A\n\ntext\n\n## B\n\n```try\nnet layers=2\nrace "
                                "relu tanh\nfn geluu\ngoal: step >= 40\n```\n");
    lab = lab_new(folder, &e);
    assert_non_null(lab);
    run(lab, "lesson 1");
    run(lab, "try 1");
    run(lab, "net layers=4 width=6");
    run(lab, "race sigmoid tanh epochs=1");
    run(lab, "train 1 epoch");
    before = state_digest(lab);
    assert_false(lab_run(lab, "lesson 3", stderr, &e));
    assert_non_null(strstr(e.text, "3-broken.md:6: "));
    assert_true(state_digest(lab) == before);
    assert_int_equal(lab->lesson, 0);
    assert_ptr_equal(course_try(lab), &course_lesson(lab)->try[0]);
    assert_non_null(lab->race);
    assert_true(course_resume_place(lab, &lesson, &page));
    assert_int_equal(lesson, 0);
    run(lab, "lesson 4");
    run(lab, "net layers=1");
    run(lab, "train 30 steps");
    before = state_digest(lab);
    assert_false(lab_run(lab, "try 1", stderr, &e));
    assert_true(state_digest(lab) == before);
    assert_int_equal(lab->page, 0);
    assert_null(course_try(lab));
    assert_null(lab->race);
    run(lab, "back 10"); /* its history is there, too */
    lab_settle(lab);
    lab_free(lab);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(opening_sets_the_lab),
        TEST(what_fails_opens_nothing),
        TEST(pages_turn_over_lessons),
        TEST(goals_are_met_and_stay_met),
        TEST(an_experiment_is_done_anew),
        TEST(a_goal_says_when_it_was_met),
        TEST(a_page_without_an_experiment_says_so),
        TEST(who_has_not_begun_is_told_once),
        TEST(hints_come_one_by_one),
        TEST(only_terms_are_emphasised),
        TEST(a_lesson_is_chosen_in_the_list),
        TEST(solutions_are_played),
        TEST(quizzes_explain),
        TEST(another_session_goes_on),
        TEST(a_shell_saves_nothing),
        TEST(only_safe_commands_run),
        TEST(lists_and_searches),
        TEST(state_names_the_lesson),
        TEST(recordings_keep_no_progress),
        TEST(check_proves),
        TEST(check_refutes),
        TEST(the_template_is_a_lesson),
        TEST(new_lessons_begin_with_it),
    };

    return cmocka_run_group_tests_name("course", tests, NULL, NULL);
}
