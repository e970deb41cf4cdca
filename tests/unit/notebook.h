/* notebook.h - for tests of progress: the file "progress" in the folder of the test (folder.h). */
#ifndef ACTLAB_TESTS_NOTEBOOK_H
#define ACTLAB_TESTS_NOTEBOOK_H

#include "course/progress.h"

static const char path[] = "progress";

/* Opens it; nothing may be told. */
void open_it(struct progress *);
struct progress_entry entry(enum progress_kind, const char *lesson, int a, int b, const char *value,
                            int64_t when);
/* Adds such an entry, which must be saved. */
void add(struct progress *, enum progress_kind, const char *lesson, int a, int b, const char *value,
         int64_t when);
/* The file's text; to be freed. */
char *content(void);

#endif
