/* complete.h - what could stand at a place in a command line: for TAB in the prompt and for shells.
 *
 * All of it is read from the tables: commands, their arguments and options, settings, functions,
 * observables, lessons, keys; only files are looked up outside. */
#ifndef ACTLAB_COMMANDS_COMPLETE_H
#define ACTLAB_COMMANDS_COMPLETE_H

#include "lab/lab.h"

enum { CANDIDATES_MAX = 2000 };

struct candidates {
    int start;   /* byte of the line where what they replace begins; it ends at the point */
    char append; /* the character after a sole candidate: ' ', or 0 after "key=" and "folder/" */
    char **word; /* sorted, without repeats, NULL at the end; as they are written in a line */
    size_t n, cap;
};

/* Fills *c (all zero before) with what may stand at byte `point` of the line. */
void lab_complete(struct lab *, const char *line, int point, struct candidates *c);
/* The same at the end of the words behind the program's name: its options come first. */
void lab_complete_program(struct lab *, const char *line, struct candidates *c);
void candidates_free(struct candidates *);

#endif
