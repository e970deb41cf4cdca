/* activation.h - the table of activation functions: formulas, derivatives, kinks, and what is known
 * of each. The table is the only place that knows a function; everything else reads it. */
#ifndef ACTLAB_MATH_ACTIVATION_H
#define ACTLAB_MATH_ACTIVATION_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

enum { FN_NAME_MAX = 32, FN_MAX_BREAKS = 8 };

struct expr;
struct activation;

struct dual {
    double v, d; /* value and derivative with respect to x */
};

struct fn_parameter {
    const char *meaning;             /* NULL: the function has no such parameter */
    double fallback, min, max, step; /* step: what a key adds; the coarse key adds ten of them */
    bool nonzero;                    /* celu's alpha and softplus' beta divide */
};

/* A kink is a jump of f', a jump is a jump of f itself (it has an impulse in f'). */
struct fn_break {
    double x;
    bool jump;
};

/* What the frameworks take for f' at a kink; NAN where one lacks the function. */
struct fn_frameworks {
    double pytorch, jax, keras;
};

/* How a function is evaluated that a person defined: these take the place of f, df and breaks. */
struct fn_own {
    struct dual (*at)(const struct activation *self, double x, double alpha, double beta);
    struct dual (*side)(const struct activation *self, double x, double alpha, double beta,
                        int side); /* the limit from below (side < 0) or above */
    int (*breaks)(const struct activation *self, double alpha, double beta,
                  struct fn_break out[FN_MAX_BREAKS]);
};

struct activation {
    const char *name;
    const char *formula;    /* "1/(1+e^-x)", ASCII, with alpha and beta by name, after "f(x) = " */
    const char *derivative; /* the same for f' */
    struct fn_parameter alpha, beta;
    /* Stable forms: within 8 ulp over the whole range, +-inf and NaN included. */
    double (*f)(double x, double alpha, double beta);
    double (*df)(double x, double alpha, double beta);
    int (*breaks)(double alpha, double beta, struct fn_break out[FN_MAX_BREAKS]); /* NULL: smooth */
    void (*range)(double alpha, double beta, double *lo, double *hi); /* of f; may be infinite */
    /* facts: each a short sentence or a word, for the facts card and the lessons */
    const char *good, *flaw, *use, *source;
    int year;
    /* At the default parameters: zero_centred: f is odd, its values balance around 0; monotone: f
     * never falls; smooth: f' is continuous. */
    bool zero_centred, monotone, smooth;
    /* Of a function that a person defined; NULL in the table's. */
    const struct fn_own *own;
    size_t cost; /* operations that one evaluation of it may take */
    const struct expr *expr;
};

/* An activation with its parameters bound: what is plotted, evaluated and trained. Copied by value.
 */
struct fn {
    const struct activation *act;
    double alpha, beta;
};

extern const struct activation activation_table[];
extern const int activation_count;

/* The table's row, or NULL. Case, '-' and '_' do not matter; "silu" is swish, "linear"
 * identity. */
const struct activation *activation_find(const char *name);
struct fn fn_default(const struct activation *); /* with default parameters */

double fn_f(const struct fn *, double x);
double fn_df(const struct fn *, double x);      /* at a kink: what PyTorch takes */
struct dual fn_at(const struct fn *, double x); /* both */
/* About how many operations of an expression one evaluation of f or f' takes, at most. */
double fn_cost(const struct fn *);
/* Kinks and jumps in ascending order; at most FN_MAX_BREAKS. */
int fn_breaks(const struct fn *, struct fn_break out[FN_MAX_BREAKS]);
/* Limits at x from below (side < 0) or above (side > 0), within an ulp or two for the table's. */
double fn_f_side(const struct fn *, double x, int side);
double fn_df_side(const struct fn *, double x, int side);
/* Of f. For a defined function an estimate from samples: a side where f still grows at 1e300 is
 * unbounded. */
void fn_range(const struct fn *, double *lo, double *hi);
/* Where |f'| is below this share of its largest a unit is saturated: little of the gradient passes.
 */
#define FN_SATURATED 0.05
/* The largest |f'| over [-50, 50], kinks and one-sided limits included: what "saturated" is
 * relative to. A scan of a thousand f', some 50 microseconds: not for an inner loop. */
double fn_max_slope(const struct fn *);
/* false, with the bounds named, when v cannot be this parameter's value ("alpha" or "beta"). */
bool fn_set_parameter(struct fn *, const char *which, double v, struct error *);
bool fn_same(const struct fn *, const struct fn *);

#endif
