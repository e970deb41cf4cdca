/* functions_private.h - what functions.c and define.c share: the rows of the set. */
#ifndef ACTLAB_EXPR_FUNCTIONS_PRIVATE_H
#define ACTLAB_EXPR_FUNCTIONS_PRIVATE_H

#include "expr/functions.h"

struct defined {
    struct activation act; /* first: what others see of it */
    char name[FN_NAME_MAX];
    char *formula;
    char *text;  /* of an unnamed one: the expression that it was made from; else NULL */
    bool hidden; /* unnamed, or replaced by a later definition */
    bool called; /* by one that counts: for functions_print */
    struct expr *expr;
    struct defined *next; /* in its chain */
};

struct functions {
    struct defined **row; /* never moved nor freed before all are: a struct fn points to it */
    size_t rows, cap;
    size_t ahead;          /* rows behind the last one, which functions_go took back */
    struct defined **gone; /* and those that another definition has overtaken */
    size_t gones, gone_cap;
    struct defined **shown; /* those that are not hidden, in the same order */
    size_t shown_rows, shown_cap;
    struct defined **chain;         /* those that can be found, by the digest of name or text */
    size_t chains;                  /* a power of 2 */
    size_t most, bytes, operations; /* 0: no limit but memory, and those of the language */
    bool (*taken)(const void *context, const char *word); /* NULL: no word is reserved */
    const void *context;
};

/* The definition of this name, or NULL ... */
struct defined *functions_named(const struct functions *, const char *name);
/* ... and the unnamed function that was made from this text. */
struct defined *functions_of_text(const struct functions *, const char *text);
/* Takes the row, last of all; it hides one of the same name. */
void functions_enter(struct functions *, struct defined *);

#endif
