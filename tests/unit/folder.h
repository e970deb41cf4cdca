/* folder.h - for tests that make files: a fresh folder to work in, with a state folder apart, and
 * files in it. */
#ifndef ACTLAB_TESTS_FOLDER_H
#define ACTLAB_TESTS_FOLDER_H

#include <stddef.h>
#include <stdio.h>

extern char folder[64]; /* where the test works, absolute */
extern FILE *nowhere;   /* what is printed there is not looked at */

/* For cmocka, around a test or a group. $ACTLAB_LESSONS and $srcdir become absolute paths. */
int enter(void **state);
int leave(void **state);

void write_file(const char *path, const char *text);
void write_bytes(const char *path, const char *bytes, size_t n);
void append(const char *path, const char *text);

#endif
