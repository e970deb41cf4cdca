/* test_check.c - `check` on lessons that are wrong in every way it knows, and the template that new
 * lessons begin with. */
#include "courses.h"

#include "base/file.h"
#include "commands/check.h"
#include "course/template.h"
#include "study/experiment.h"
#include "study/opening.h"
#include "view/view.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

    write_file("c.md", content);
    path_of(path, "c.md");
    *problems = course_check(&command_table, NULL, path, out);
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
                   ":9: the goal 'layers == 1' is met before anything is done");
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
                   ":1: no experiment: a lesson needs at least one block ```try");
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

/* A page is not longer than the screen on which its experiment is done. */
static void check_counts_lines(void **state)
{
    char page[600] = "# T\n\n" LAB;
    int problems;
    char *said;

    (void)state;
    for (int i = 0; i < 8; i++)
        strcat(page, "A line.\n\n");
    strcat(page, TRY SOLUTION QUIZ SOURCES);
    said = check(page, &problems);
    assert_int_equal(problems, 0);
    free(said);
    page[0] = '\0';
    strcat(page, "# T\n\n" LAB);
    for (int i = 0; i < 9; i++)
        strcat(page, "A line.\n\n");
    strcat(page, TRY SOLUTION QUIZ SOURCES);
    expect_problem(page, ":26: page 1 and its experiment take 22 lines, an 80x24 screen has 21: "
                         "shorten the page");
}

/* Whatever has the focus: of the page that an experiment is on nothing is below. */
static void experiments_are_in_sight(void **state)
{
    struct lab *lab;
    struct error e;
    int tried = 0;

    (void)state;
    unless_brief();
    lab = open_lab(getenv("ACTLAB_LESSONS"));
    course_read(&lab->course);
    for (int i = 0; i < (int)lab->course.lessons; i++) {
        assert_true(study_open(lab, i, 0, &e));
        for (int k = 0; k < (int)study_lesson(lab)->tries; k++, tried++) {
            assert_true(study_begin(lab, k, &e));
            for (int focus = 0; focus < PANES; focus++) {
                lab->screen.focus = (enum pane)focus;
                if (view_scroll_end(lab, 24, 80) > 0)
                    fail_msg("lesson %d, experiment %d: %d lines are out of sight", i + 1, k + 1,
                             view_scroll_end(lab, 24, 80));
                assert_true(view_pane_shown(lab, (enum pane)focus, 24, 80));
            }
        }
    }
    assert_true(tried > 40);
    session_close(lab);
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
    refuses(lab, line, message);
    strcat(path, ".md");
    snprintf(line, sizeof line, "check %s", path);
    run(lab, line);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(check_proves),
        TEST(check_refutes),
        TEST(check_counts_lines),
        TEST(experiments_are_in_sight),
        TEST(the_template_is_a_lesson),
        TEST(new_lessons_begin_with_it),
    };

    return cmocka_run_group_tests_name("check", tests, NULL, NULL);
}
