/* panes.h - for tests of the plot pane: a lab, what its commands say, and the pane as text. */
#ifndef ACTLAB_TESTS_PANES_H
#define ACTLAB_TESTS_PANES_H

#include "base/text.h"
#include "lab/lab.h"
#include "unit.h"

struct lab *fresh(void);
/* Runs a line that must do; what it prints goes to out, which may be NULL. */
void run(struct lab *, const char *line, struct text *out);
/* Runs one that must not: with this in its message, the error at this column (-1: nowhere). */
void refuse(struct lab *, const char *line, const char *expected, int column);

/* The pane at this size, in ASCII. */
void pane(struct lab *, int rows, int cols, struct text *out);
void assert_shows(struct lab *, const char *what);
void assert_hides(struct lab *, const char *what);

#endif
