/* demo.h - the demonstrations of demos.def: the course's claims about training, each as command
 * lines that anyone can type. */
#ifndef ACTLAB_COMMANDS_DEMO_H
#define ACTLAB_COMMANDS_DEMO_H

#include "language/command.h"

enum demo_what { DEMO_COUNT, DEMO_MEDIAN, DEMO_LOW, DEMO_HIGH };

struct demo {
    const char *name, *claim;
    const char *measure; /* an expression over the observables, after the lines */
    enum demo_what what; /* is made of the measures of all seeds */
    double of40;         /* the result on 40 seeds when the lessons were written */
    const char *const *line;
};

extern const struct demo demo_table[];
extern const int demo_count;

/* Runs the demonstration with each of the seeds 1, 2, ... in a lab of its own. */
bool demo_run(const struct command_table *, const struct demo *, int seeds, double *result,
              struct error *);

#endif
