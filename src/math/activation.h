/* activation.h - a row of the table of activation functions (activations.def), and what can be done
 * with one: find it, bind its parameters, evaluate it. Its shape is in facts.h. */
#ifndef ACTLAB_MATH_ACTIVATION_H
#define ACTLAB_MATH_ACTIVATION_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

enum { FN_NAME_MAX = 32, FN_MAX_BREAKS = 8, FN_MAX_TURNS = 4 };

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

/* The slope that a framework takes for f' at a kink, by where it comes from. */
enum fn_take {
    TAKE_NONE, /* no such function, or no derivative */
    TAKE_ZERO,
    TAKE_LEFT,  /* the slope from below */
    TAKE_RIGHT, /* the slope from above */
    TAKE_INNER, /* the slope on the side of 0 */
    TAKE_OUTER, /* the slope on the far side of 0 */
};

enum fn_answer { FN_NO, FN_YES, FN_UNKNOWN };

/* The bounds may be infinite; they are NAN where they are not known. */
struct fn_shape {
    double lo, hi;             /* f lies between, and comes as near as one likes to both */
    double slope_lo, slope_hi; /* f', one-sided limits included */
    enum fn_answer odd;        /* f(-x) = -f(x): zero-centred, its values balance */
    enum fn_answer monotone;   /* f never falls */
    enum fn_answer smooth;     /* f' is continuous */
};

/* How a function is evaluated that a person defined: these take the place of f, df, breaks and
 * turns.
 */
struct fn_own {
    struct dual (*at)(const struct activation *self, double x, double alpha, double beta);
    struct dual (*side)(const struct activation *self, double x, double alpha, double beta,
                        int side); /* the limit from below (side < 0) or above */
    int (*breaks)(const struct activation *self, double alpha, double beta,
                  struct fn_break out[FN_MAX_BREAKS]);
    struct fn_shape (*shape)(const struct activation *self, double alpha, double beta);
};

struct activation {
    const char *name, *also; /* other names, a blank between them; or NULL */
    const char *formula;     /* "1/(1+e^-x)", ASCII, with alpha and beta by name, after "f(x) = " */
    const char *derivative;  /* the same for f' */
    struct fn_parameter alpha, beta;
    /* Stable forms: within 8 ulp over the whole range, +-inf and NaN included. */
    double (*f)(double x, double alpha, double beta);
    double (*df)(double x, double alpha, double beta);
    /* Derivatives of f by its parameters; NULL where it has none. */
    double (*by_alpha)(double x, double alpha, double beta);
    double (*by_beta)(double x, double alpha, double beta);
    int (*breaks)(double alpha, double beta, struct fn_break out[FN_MAX_BREAKS]); /* NULL: smooth */
    /* Where f or f' turns: between two neighbours among these, the breaks and the infinities both
     * rise or both fall all the way; of a function that never ends to turn, the highest and the
     * lowest. NULL: nowhere. */
    int (*turns)(double alpha, double beta, double out[FN_MAX_TURNS]);
    const char *pytorch; /* Python, of a tensor x and of alpha and beta */
    struct {
        enum fn_take pytorch, jax, keras;
    } at_kinks;             /* PyTorch 2.7, jax.nn, Keras 3 on TensorFlow */
    const char *frameworks; /* how they differ in names, defaults or values; or NULL */
    /* facts: each a short sentence or a word, for the facts card and the lessons */
    const char *good, *flaw, *use, *source;
    int year;
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

/* The table's row, by its name or another of its names, or NULL. Case, '-' and '_' do not matter.
 */
const struct activation *activation_find(const char *name);
struct fn fn_default(const struct activation *); /* with default parameters */

double fn_f(const struct fn *, double x);
double fn_df(const struct fn *, double x);      /* at a kink: PyTorch's choice */
struct dual fn_at(const struct fn *, double x); /* both */
/* About how many operations of an expression one evaluation of f or f' takes, at most. */
double fn_cost(const struct fn *);
/* Kinks and jumps in ascending order; at most FN_MAX_BREAKS. */
int fn_breaks(const struct fn *, struct fn_break out[FN_MAX_BREAKS]);
/* Limits at x from below (side < 0) or above (side > 0), within an ulp or two for the table's. */
double fn_f_side(const struct fn *, double x, int side);
double fn_df_side(const struct fn *, double x, int side);
/* false, with the bounds named, when v cannot be this parameter's value ("alpha" or "beta"). */
bool fn_set_parameter(struct fn *, const char *which, double v, struct error *);
bool fn_same(const struct fn *, const struct fn *);

#endif
