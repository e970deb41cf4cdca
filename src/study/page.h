/* page.h - pages as styled text, for the lesson pane and for print. */
#ifndef ACTLAB_STUDY_PAGE_H
#define ACTLAB_STUDY_PAGE_H

#include "base/styled_text.h"
#include "lab/lab.h"

/* The current page of the open lesson with its experiments and quizzes as they stand for this
 * learner; without a lesson, a welcome. The experiment under way stands apart, in `below`: it stays
 * in sight while one scrolls and turns pages, until it is done and left. */
void study_page(const struct lab *, struct styled_text *, struct styled_text *below);
/* Rows that the open page takes with the experiment under way on it, each value on a line of its
 * own, with or without the longest of its hints; 0: none is under way here. */
int study_page_rows(const struct lab *, int columns, bool hint);
/* Which panes its goals are about. */
void study_needs(const struct lab *, bool *plot, bool *network);
/* A page as its author wrote it, heading included: for a pipe. */
void study_print_page(const struct lesson *, int page, struct styled_text *);
/* How many of the lesson's experiments are done and questions answered right. */
void study_tally(const struct lab *, const struct lesson *, int *tries, int *questions);

#endif
