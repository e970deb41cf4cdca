/* error.h - what went wrong, in one line that a person can act on.
 *
 * Every function that can fail returns bool (or NULL) and takes a `struct error *` last. The text
 * says what was wrong, where, and what would be right; it has no final newline and no "error:". */
#ifndef ACTLAB_BASE_ERROR_H
#define ACTLAB_BASE_ERROR_H

#include <stdbool.h>

enum error_kind {
    ERROR_FAILED = 1, /* the command could not be done: exit status 1 */
    ERROR_USAGE = 2,  /* the command was wrongly put: exit status 2 */
};

struct error {
    enum error_kind kind;
    int column; /* byte offset of the culprit in the line that was parsed, -1 if there is none */
    char text[512]; /* cut, never overflowed; control bytes are made visible */
};

#if defined(__GNUC__)
#define ACTLAB_PRINTF(f, a) __attribute__((format(printf, f, a)))
#else
#define ACTLAB_PRINTF(f, a)
#endif

/* Each fills *e (which may be NULL) and returns false, so that `return fail(e, ...)` reads well. */
bool fail(struct error *e, const char *format, ...) ACTLAB_PRINTF(2, 3);
bool misuse(struct error *e, int column, const char *format, ...) ACTLAB_PRINTF(3, 4);

#endif
