/* choice.h - words that stand for one of several things: its name, the one beside it, on and off.
 */
#ifndef ACTLAB_BASE_CHOICE_H
#define ACTLAB_BASE_CHOICE_H

#include "base/error.h"
#include "base/text.h"

/* next: 1, prev: -1, any other word: 0. */
int choice_step(const char *word);
/* The place beside `at` of n > 0 places, round and round. */
int choice_beside(int at, int n, int step);
/* The place of the name in a list that ends in NULL; -1: it is not there. */
int choice_find(const char *const *names, const char *name);
/* *at becomes the place of the name that the word is, or the one beside it for next and prev. The
 * message calls it `what`; *at is left alone then. */
bool choice_parse(const char *what, const char *const *names, const char *word, int *at,
                  struct error *);
/* on, yes, true, 1 and their opposites, in any case; toggle. */
bool choice_switch(const char *what, const char *word, bool *on, struct error *);
/* Appends "a, b or c". */
void choice_list(const char *const *names, struct text *out);

#endif
