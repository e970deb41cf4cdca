/* courses.h - for tests of the course: a folder with two small lessons, a lab that reads them, and
 * what the lesson's pane shows. */
#ifndef ACTLAB_TESTS_COURSES_H
#define ACTLAB_TESTS_COURSES_H

#include "folder.h"
#include "lab.h"

/* Around each test: *state is the lab. Progress is kept in the folder of the lessons. */
int set_up(void **state);
int tear_down(void **state);
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

/* The path of a file in the folder. */
void path_of(char out[128], const char *name);
void expect_in_pane(const struct lab *, const char *part);

#endif
