/* complete_offer.h - the words that can stand at a place: each kind of thing that a command takes
 * from its table, files from their folder. */
#ifndef ACTLAB_COMMANDS_COMPLETE_OFFER_H
#define ACTLAB_COMMANDS_COMPLETE_OFFER_H

#include "commands/complete.h"
#include "language/args.h"
#include "language/command.h"

/* Where the completion stands. */
struct place {
    struct lab *lab;
    const struct command *command; /* NULL: its name is what is looked for */
    struct candidates *c;
    int index;            /* of the argument, from 0; options do not count */
    struct text first;    /* the first argument, if it is not this one */
    struct text previous; /* the argument before */
    struct text key;      /* of "key=" in front of the word, or "" */
    struct text word;     /* the part typed already, unquoted */
    bool quoted;          /* inside quotes: nothing needs a backslash */
};

/* Adds n bytes at s to the candidates, if they begin with what is there already. */
void offer(struct place *, const char *s, size_t n);
void offer_commands(struct place *);
/* The values that may follow "name=" or the name of one of these settings. */
void offer_values(struct place *, const struct setting_table *, const char *name);
/* The names of the settings, each between these. */
void offer_names(struct place *, const struct setting_table *, const char *head, const char *tail);
/* All of a kind, as args.h calls it; nothing where it is not known, as of numbers. */
void offer_kind(struct place *, struct span kind);

#endif
