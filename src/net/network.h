/* network.h - the multilayer perceptron itself: parameters, forward and backward over a block of
 * samples.
 *
 * Shapes: layers 1..L are hidden and have `width` units, layer L+1 is the one output. For a block
 * of rows samples
 *
 *     a[0] = x  [rows][2]
 *     z[l] = a[l-1] W[l] + b[l]
 *     a[l] = f(z[l])  (+ a[l-1] if residual, from layer 2)
 *     out  = a[L] w + b
 *
 * all float, batch-major, rows padded to `ld` floats with zeros. W[l] is kept as [in][out], so that
 * the forward product and the gradient read whole rows; `back` holds the same as [out][in] for the
 * product that carries delta to the layer below. */
#ifndef ACTLAB_NET_NETWORK_H
#define ACTLAB_NET_NETWORK_H

#include "kernels/kernels.h"
#include "net/config.h"

enum { NETWORK_BLOCK = 256 }; /* rows at once, at most: bounds memory, stays in cache */

/* Looks at a pass as it happens: z before the activation takes its place, and delta = dloss/dz
 * (times the pass's scale). Rows of ld floats. With layer normalisation z is the normalised one,
 * what f is applied to. Any of the three may be NULL. */
struct network_watch {
    void (*forward)(void *context, int layer, const float *z, int rows);
    void (*backward)(void *context, int layer, const float *delta, int rows);
    /* Asked between pieces, with the multiplications of the last one: true gives the pass up. */
    bool (*stop)(void *context, double work);
    void *context;
};

struct network {
    int layers, width;
    int ld, ld0; /* padded width; padded number of inputs */
    int rows;    /* samples that fit in a block */
    bool residual, layernorm, squared;
    struct fn fn;
    const struct kernels *k;
    kernel_activation *activate; /* of fn; NULL: through fn_f and fn_df */

    size_t weights, params;  /* floats: of all weights; with the biases, which follow the weights */
    float *w, *g;            /* parameters and their gradient, the same layout */
    float *m, *v;            /* of the optimiser, or NULL */
    float *back;             /* layers 2..L as [out][in] */
    float *x, *out;          /* the block's inputs [rows][ld0], its logits (or values) [rows] */
    float *y;                /* its targets [rows] */
    float *act, *slope;      /* a and f'(z) of layers 1..L, [layer-1][rows][ld] */
    float *zhat, *inv;       /* layer normalisation: normalised z, 1/deviation [layer-1][rows] */
    float *delta[2], *up[2]; /* dloss/dz, dloss/da of the layer at hand and the one below */
    float *dz;               /* dloss/dout [rows] */
    void *memory;
};

/* All parameters zero. The number of optimiser arrays (0..2) follows from the config. False where
 * there is no memory for it. */
bool network_init(struct network *, const struct net_config *, const struct fn *,
                  const struct kernels *);
void network_free(struct network *);
void network_set_fn(struct network *, const struct fn *);
size_t network_bytes(const struct net_config *, int lanes);
/* True if such a network fits in `limit` bytes; the error says how much it would take. */
bool net_config_fits(const struct net_config *, size_t limit, struct error *);
/* Says that such a network takes more memory than `what`, how much, and what would help: false. */
bool net_config_refuse(const struct net_config *, const char *what, struct error *);

/* Layer l's weights: a row of ld floats for each input, its outs side by side; the output layer has
 * one row, over its ins. */
float *network_weights(const struct network *, int layer);
float *network_biases(const struct network *, int layer);
int network_ins(const struct network *, int layer);
int network_outs(const struct network *, int layer);
/* The weight from `in` to `out` of layer l; in == -1: the bias of `out`. */
float *network_weight(const struct network *, int layer, int out, int in);
const float *network_gradient(const struct network *, int layer, int out, int in);
void network_set(struct network *, int layer, int out, int in, float w);
/* Layer l's weights (2..L) as [out][in]. */
float *network_back(const struct network *, int layer);
/* Brings `back` up to date after the weights changed. */
void network_refresh_layer(struct network *, int layer);
void network_refresh(struct network *);

/* Multiplications that take as long as an evaluation of f, about: of an expression; 0 for what the
 * kernels know. */
double network_fn_work(const struct network *);
/* x -> out, keeping what the backward pass needs. watch may be NULL. False when it was given up. */
bool network_forward(struct network *, int rows, const struct network_watch *watch);
/* Sum of the losses of the block's `out` against y. Sets dz to scale * dloss/dout. */
double network_loss(struct network *, int rows, float scale);
/* dz -> g; added to g when `add`. False when it was given up: then g is of no use. */
bool network_backward(struct network *, int rows, bool add, const struct network_watch *watch);
/* Backward and plain gradient descent in one, each layer while it is at hand: the same as
 * network_backward and an update by SGD, but of g only the biases are kept. rate > 0. */
void network_descend(struct network *, int rows, float rate);
/* One update of all parameters by g. `step` counts from 1. */
void network_update(struct network *, const struct net_config *, double step);

#endif
