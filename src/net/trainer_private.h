/* trainer_private.h - what a trainer is made of; for the files that share its work (trainer.c,
 * probe.c). */
#ifndef ACTLAB_NET_TRAINER_PRIVATE_H
#define ACTLAB_NET_TRAINER_PRIVATE_H

#include "net/network.h"
#include "net/trainer.h"

struct trainer {
    struct net_config config;
    struct fn fn;
    struct dataset data;
    struct network net;
    int *order;           /* the training samples in the order of this epoch */
    uint64_t order_epoch; /* the epoch that `order` is of; UINT64_MAX: of none */
    uint64_t step;
    double batch_loss;
    bool diverged;
    int bad_layer;
    bool killed[NET_MAX_LAYERS + 1];
    float *spare; /* the biases of killed layers as they were, [layer-1][width] */
    double max_slope;
    bool labelled;

    /* What theory says of this function and config; worked out when first asked for. */
    bool theory_known, theory_applies;
    double theory_delta[NET_MAX_LAYERS + 1], theory_chi[NET_MAX_LAYERS + 1], theory_depth;
};

/* Samples of the training set in one step. */
int trainer_batch(const struct trainer *);
/* Copies sample `index` to row `row` of the network's block. */
static inline void trainer_fill(struct trainer *t, int row, int index)
{
    const struct net_sample *s = &t->data.sample[index];
    float *x = t->net.x + (size_t)row * (size_t)t->net.ld0;

    x[0] = s->x1;
    x[1] = s->x2;
    t->net.y[row] = s->y;
}

#endif
