/* kernels.h - whole arrays in float: activations, matrix products, updates, vectorised for the CPU
 * at hand.
 *
 * Arrays of samples are batch-major: row s holds sample s, `ld` floats from one row to the next. A
 * network pads its rows to a whole number of vectors (`lanes`), so no kernel that works on rows has
 * a remainder of columns to care for. Every table below has the same meaning; they differ in
 * rounding only (see kernels.c for how one is chosen). */
#ifndef ACTLAB_KERNELS_KERNELS_H
#define ACTLAB_KERNELS_KERNELS_H

#include "math/activation.h"

#include <stddef.h>

/* a[i] = f(z[i]) and d[i] = f'(z[i]) for i < n, any n, in one pass; d may be NULL; a may be z. */
typedef void kernel_activation(const struct fn *fn, const float *z, float *a, float *d, size_t n);

enum kernel_rule { RULE_SGD, RULE_MOMENTUM, RULE_RMSPROP, RULE_ADAM };

/* clang-format off */
/* One update of n parameters w by their gradients g. With g' = scale g + l1 sign(w) + decay w:
 *
 *   SGD       w -= lr g'
 *   momentum  m = momentum m + g'
 *             w -= lr m                                                          (Polyak 1964)
 *   RMSProp   v = .99 v + .01 g'^2
 *             w -= lr g' / (sqrt v + 1e-8)                            (Tieleman & Hinton 2012)
 *   Adam      m = momentum m + (1 - momentum) g',  v = .999 v + .001 g'^2
 *             w -= lr (m / correct1) / (sqrt(v / correct2) + 1e-8)         (Kingma & Ba 2014) */
/* clang-format on */
struct kernel_update {
    enum kernel_rule rule;
    float lr, scale, l1, decay, momentum;
    float correct1, correct2; /* Adam: 1 - momentum^t and 1 - .999^t */
};

struct kernels {
    const char *name; /* "scalar", "sse2", "avx2", "avx512" */
    int lanes;        /* floats of a vector: rows of a network are padded to a multiple of it */
    /* c[s][j] = (bias[j] + sum_k a[s][k] b[k][j]) * mul[s][j], s < rows, k < depth, j < cols. bias
     * and mul may be NULL (0 and 1); mul has the rows of c. cols is a multiple of lanes. c overlaps
     * nothing but mul. */
    void (*product)(int rows, int depth, int cols, const float *a, int lda, const float *b, int ldb,
                    const float *bias, const float *mul, float *c, int ldc);
    /* g[i][j] (+)= sum_s a[s][i] d[s][j], i < ins, j < cols, s < rows: added when `add`. cols is a
     * multiple of lanes. */
    void (*gradient)(int rows, int ins, int cols, const float *a, int lda, const float *d, int ldd,
                     bool add, float *g, int ldg);
    /* w[i][j] -= rate * sum_s a[s][i] d[s][j]: a gradient that goes no further than its update.
     * rate > 0. */
    void (*descend)(int rows, int ins, int cols, const float *a, int lda, const float *d, int ldd,
                    float rate, float *w, int ldw);
    /* sum[j] (+)= sum_s d[s][j], j < cols, a multiple of lanes. */
    void (*columns)(int rows, int cols, const float *d, int ldd, bool add, float *sum);
    /* z[s] = bias + sum_j a[s][j] w[j], j < cols, a multiple of lanes. */
    void (*dots)(int rows, int cols, const float *a, int lda, const float *w, float bias, float *z);
    /* The sum of the squares of n floats, in double: no square is lost or infinite. Any n. */
    double (*squares)(size_t n, const float *v);
    /* b[j][i] = a[i][j], i < rows, j < cols. */
    void (*transpose)(int rows, int cols, const float *a, int lda, float *b, int ldb);
    /* Binary cross-entropy of logits: dz[s] = scale (sigmoid(z[s]) - y[s]); returns the sum of the
     * losses. dz may be NULL. */
    double (*cross_entropy)(int n, const float *z, const float *y, float scale, float *dz);
    /* m and v as the rule needs them, else NULL. Any n. */
    void (*update)(const struct kernel_update *, size_t n, float *w, const float *g, float *m,
                   float *v);
    /* The kernel of this function, or NULL where there is none (a defined function). */
    kernel_activation *(*activation)(const struct activation *);
};

/* All tables of this build that this CPU can run, slowest first, NULL at the end. */
const struct kernels *const *kernels_available(void);
/* The fastest for rows of `width` floats. The environment's ACTLAB_CPU (a name) is the most that is
 * chosen. */
const struct kernels *kernels_for(int width);

/* Any function, kernel or not: a defined one goes through fn_f and fn_df. */
void kernels_activate(const struct kernels *, const struct fn *, const float *z, float *a, float *d,
                      size_t n);
/* The same with the fastest table. Float results are within 2e-6 of the double functions,
 * relatively; where terms of f' cancel, of the terms. Exceptions, all below 1e-3 in size: in the
 * far negative tail of gelu_tanh and of functions with a parameter the rounded inner argument shows
 * (2e-5), and what is below 1e-35 may be 0. f of NaN is NaN. */
void kernel_activate(const struct fn *, const float *z, float *a, float *d, size_t n);

/* Numbers below 1.2e-38 count as 0 between the two calls: without, a vanishing gradient makes each
 * operation a hundred times slower. The value returned is what to restore. No effect where the CPU
 * has no such switch. */
unsigned denormals_flush(void);
void denormals_restore(unsigned);

#endif
