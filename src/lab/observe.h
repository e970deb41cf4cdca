/* observe.h - observables: the quantities that experiments check, `watch` shows and scripts print,
 * by plain names.
 */
#ifndef ACTLAB_LAB_OBSERVE_H
#define ACTLAB_LAB_OBSERVE_H

#include "lab/lab.h"

struct observable {
    const char *name;
    int arity; /* 0; 1: of a layer, from 1; EXPR_OPTIONAL_ARGUMENT: of a layer, or of all */
    double (*value)(struct lab *, const double *args);
    const char *help;
};

extern const struct observable observable_table[];
extern const int observable_count;

/* The scope of lab's expressions: the observables and the defined functions. Freed by observe_free.
 * A layer that does not exist yields NaN there, and an error from observe(). */
struct expr_scope *observe_new(struct lab *);
void observe_free(struct expr_scope *);
/* An expression over the observables, to be evaluated again and again; freed by expr_free. */
struct expr *observe_parse(struct lab *, const char *expression, size_t n, struct error *);
/* Its value now. An error when it asks for a layer that does not exist. */
bool observe_expr(struct lab *, const struct expr *, double *out, struct error *);
/* Evaluates an expression over the observables now. An error when it asks for a layer that does not
 * exist. */
bool observe(struct lab *, const char *expression, double *out, struct error *);

#endif
