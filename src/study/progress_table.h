/* progress_table.h - the course and what was done of it, as tables. */
#ifndef ACTLAB_STUDY_PROGRESS_TABLE_H
#define ACTLAB_STUDY_PROGRESS_TABLE_H

#include "language/call.h"

/* `lesson list [WORD ...]`: the map of the course, or of the lessons that mention each word. */
bool print_course(struct lab *, const struct call *, FILE *out, struct error *);

/* Appends "lesson 9, Vanishing gradients; 11, Initialisation": those with this word. False when
 * there are none, or when most have it: then it is a word of every day. */
bool study_lessons_on(struct lab *, const char *word, struct text *out);

/* That list stands in lab->screen.text: marks its line, or the nearest one that is a lesson's. */
void study_choose(struct lab *, int line);
/* The number of the lesson in the marked line; 0: none. */
int study_chosen(const struct lab *);
/* A list that has just been opened: marks the lesson that is open, else the first. */
void study_choose_open(struct lab *);

/* A row for each lesson; with files, `file` names whose progress it is, else it is NULL. The
 * progress is the one that the lab has now. Ended by table_end. */
void begin_progress(struct table *, FILE *out, enum table_format, bool files);
void print_progress(const struct lab *, const char *file, struct table *);

/* A class: a row for each learner over the whole course. Names are the parts of the files' paths
 * that tell them apart: n of them, to be freed one by one. */
void name_students(const char *const *path, int n, char **name);
void begin_class(struct table *, FILE *out, enum table_format);
void print_student(const struct lab *, const char *name, const char *file, struct table *);

#endif
