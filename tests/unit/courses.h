/* courses.h - for tests of the course: a folder with two small lessons, a lab that reads them, what
 * it says and what the lesson's pane shows. */
#ifndef ACTLAB_TESTS_COURSES_H
#define ACTLAB_TESTS_COURSES_H

#include "lab/lab.h"
#include "unit.h"

extern char folder[64]; /* of the lessons, and of the progress in them */

/* Around each test: *state is the lab. */
int set_up(void **state);
int tear_down(void **state);
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

/* The path of a file in the folder. */
void path_of(char out[128], const char *name);
void write_lesson(const char *name, const char *content);

/* Runs a line that must not fail. */
void run(struct lab *, const char *line);
/* Runs one that must fail with this message. */
void refuse(struct lab *, const char *line, const char *message);
/* What a line prints, to be freed. */
char *output(struct lab *, const char *line);
void expect_output(struct lab *, const char *line, const char *wanted);
void expect_in_pane(const struct lab *, const char *part);

#endif
