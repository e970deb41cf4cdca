/* lessons.h - the lessons of a course, read no sooner than they are needed: a shell command seldom
 * needs any, and the first picture only their titles. */
#ifndef ACTLAB_COURSE_LESSONS_H
#define ACTLAB_COURSE_LESSONS_H

#include "course/lesson.h"

/* The lessons of one or more folders in the order of their files' names. A file that is broken is
 * passed over, kept in `problem`. */
struct course {
    char **file; /* not looked at yet */
    size_t files, file_cap;
    struct lesson **lesson;
    size_t lessons, cap;
    char **problem; /* "PATH:LINE: reason" */
    size_t problems, problem_cap;
};

/* Adds the lessons of a folder: its *.md files but README.md, in the order of their names (2 before
 * 10). false, with nothing added, when the folder cannot be read. */
bool course_add(struct course *, const char *folder, struct error *);
/* Enough to list the lessons: names, numbers and titles. Which are broken may not be known yet. */
void course_glance(struct course *);
/* All of one of them. False when it is broken: then it is gone from the list. */
bool course_read_one(struct course *, size_t i);
/* All of all of them, once and for good. True when one that was listed is gone. */
bool course_read(struct course *);
bool course_is_read(const struct course *);
void course_free(struct course *);
/* Of a course that is read. By number, by name, or by the start of a name; -1 with a message. */
int course_find(const struct course *, const char *word, struct error *);

#endif
