/* functions.h - functions defined by the user: names for expressions. They behave as the rows of
 * the table of activations do. */
#ifndef ACTLAB_EXPR_FUNCTIONS_H
#define ACTLAB_EXPR_FUNCTIONS_H

#include "base/text.h"
#include "math/activation.h"

struct functions;
struct functions *functions_new(void);
void functions_free(struct functions *);
/* No more than `rows` definitions and expressions in all, none longer than `bytes`, none that costs
 * more than `operations` (expr_cost). */
void functions_limit(struct functions *, size_t rows, size_t bytes, size_t operations);
/* `taken` says which words are no names, as they mean something else already. */
void functions_reserve(struct functions *, bool (*taken)(const void *context, const char *word),
                       const void *context);
/* An empty set with the same limits and words. */
struct functions *functions_like(const struct functions *);
/* "name(x) = expr", parameters alpha and beta free to use with defaults 1. Redefining replaces;
 * earlier `struct fn`s keep the old row (it stays alive until functions_free). Refuses recursion,
 * the table's own names, words of the language and those that are reserved. */
const struct activation *functions_define(struct functions *, const char *definition,
                                          struct error *);
/* Finds in the table first, then among the defined. With `e`: an unknown name is an error that
 * names the nearest. */
const struct activation *functions_find(const struct functions *, const char *name,
                                        struct error *e);
/* The same of a name that a person typed: in any letters, if it is none as it stands. */
const struct activation *functions_meant(const struct functions *, const char *name,
                                         struct error *);
/* i-th of all: the table's, then the defined ones; NULL past the end. */
const struct activation *functions_at(const struct functions *, int i);
/* All definitions as `def` lines that make the same functions again, in their order. */
void functions_print(const struct functions *, struct text *out);
/* "gelu" or any expression in x as a function whose name is "": `plot '1/x'`. */
const struct activation *functions_parse(struct functions *, const char *text, struct error *);
/* The function that the name of this one, or the expression that it is, means by now: another where
 * a definition of the name, or of one that it calls, has been replaced. NULL: none, or there is no
 * room for it. */
const struct activation *functions_now(struct functions *, const struct activation *);
/* The one with this name that means the same as a function of elsewhere, or NULL. */
const struct activation *functions_same(const struct functions *, const struct activation *);
/* How many there are; and back (or forth again, until another one is defined) to so many, as they
 * were then. */
size_t functions_mark(const struct functions *);
void functions_go(struct functions *, size_t mark);
/* Takes over all of `from`, which is gone then, as if its definitions followed now. `replaced`,
 * which may be NULL, gets a sentence for each name that means something else from now on. */
void functions_take(struct functions *, struct functions *from, struct text *replaced);

#endif
