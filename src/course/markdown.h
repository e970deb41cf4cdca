/* markdown.h - Markdown to a lesson. Only its own file and build_*.c know md4c. */
#ifndef ACTLAB_COURSE_MARKDOWN_H
#define ACTLAB_COURSE_MARKDOWN_H

#include "course/lesson.h"

/* Fills l (its path set, for messages) from a clean source. l is to be freed on an error, too. */
bool markdown_lesson(struct lesson *l, const char *source, size_t n, struct error *);

#endif
