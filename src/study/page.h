/* page.h - pages as styled text, for the lesson pane and for print. */
#ifndef ACTLAB_STUDY_PAGE_H
#define ACTLAB_STUDY_PAGE_H

#include "base/styled_text.h"
#include "lab/lab.h"

/* The current page of the open lesson with its experiments and quizzes as they stand for this
 * learner; without a lesson, a welcome. The experiment under way stands apart, in `below`: it stays
 * in sight while one scrolls and turns pages, until it is done and left. */
void study_page(const struct lab *, struct styled_text *, struct styled_text *below);
/* A page as its author wrote it, heading included: for a pipe. */
void study_print_page(const struct lesson *, int page, struct styled_text *);
/* How many of the lesson's experiments are done and questions answered right. */
void study_tally(const struct lab *, const struct lesson *, int *tries, int *questions);

#endif
