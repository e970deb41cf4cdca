/* lab.h - for tests that run command lines: a lab, the lines that it runs or refuses, and what it
 * prints and shows. */
#ifndef ACTLAB_TESTS_LAB_H
#define ACTLAB_TESTS_LAB_H

#include "base/text.h"
#include "commands/handlers.h"
#include "commands/session.h"
#include "lab/lab.h"
#include "language/command.h"
#include "unit.h"

#include <string.h>

/* A lab with the lessons of this folder (NULL: with none), to be freed. */
struct lab *open_lab(const char *lessons);
/* For cmocka: *state is a lab without lessons. */
int set_up_lab(void **state);
int tear_down_lab(void **state);
#define LAB_TEST(f) cmocka_unit_test_setup_teardown(f, set_up_lab, tear_down_lab)

/* Runs a line that must not fail. */
void run(struct lab *, const char *line);
/* The same; returns what it prints, to be freed. */
char *output(struct lab *, const char *line);
/* It prints this, among other things. */
void says(struct lab *, const char *line, const char *part);
/* It does not print this. */
void omits(struct lab *, const char *line, const char *part);
/* It prints this and nothing else. */
void prints(struct lab *, const char *line, const char *whole);
/* Runs lines that stand one below the other. */
void run_lines(struct lab *, const char *lines);

/* Runs a line that must fail, with one line of a message that has this in it. Returns the error, in
 * static memory. */
const struct error *fails(struct lab *, const char *line, const char *part);
/* The same; and the lab is what it was. */
const struct error *refuses(struct lab *, const char *line, const char *part);
/* The same; and the message is about this column of the line (-1: about none). */
const struct error *refuses_at(struct lab *, const char *line, const char *part, int column);
/* The same as refuses(); and that is the whole message. */
const struct error *refuses_with(struct lab *, const char *line, const char *message);

/* A view at this size as text, in ASCII, up to date; static memory. */
const char *seen(struct lab *, void (*draw)(const struct lab *, struct grid *, struct rect),
                 int rows, int cols);
/* The text has this in it, or has not. */
void shows(const char *text, const char *part);
void lacks(const char *text, const char *part);

#endif
