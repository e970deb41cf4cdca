/* observe.h - observables: what experiments check, `watch` shows and scripts print, by plain names.
 */
#ifndef ACTLAB_LAB_OBSERVE_H
#define ACTLAB_LAB_OBSERVE_H

#include "lab/lab.h"

struct observable {
    const char *name;
    int arity; /* 0, or 1: of a layer (from 1) */
    double (*value)(struct lab *, const double *args);
    const char *help;
};

extern const struct observable observable_table[];
extern const int observable_count;

/* The scope of lab's expressions; its context is the lab. Freed by observe_free. */
struct expr_scope *observe_new(struct lab *);
void observe_free(struct expr_scope *);
/* Evaluates an expression over the observables now. */
bool observe(struct lab *, const char *expression, double *out, struct error *);

#endif
