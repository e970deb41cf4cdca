/* hand_over.h - the program run with something hostile, and judged: it ends soon, with a decent
 * status and a message, and never sends a terminal anything but text. */
#ifndef ACTLAB_TESTS_HAND_OVER_H
#define ACTLAB_TESTS_HAND_OVER_H

extern int handed_over; /* how often, so far */
extern double longest;  /* seconds that one of them took */

/* Runs the program with these words (NULL-terminated); the first "@" of each is replaced by `file`.
 * Its standard input is the file of this name, or empty for NULL. Fails the test that it is called
 * from. */
void hand_over(const char *const *template, const char *file, const char *input);

#endif
