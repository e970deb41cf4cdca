/* trainer_private.h - what a trainer is made of, for the files that share its work: trainer.c,
 * step.c, probe.c, state.c, and what writes and reads it as a file. */
#ifndef ACTLAB_NET_TRAINER_PRIVATE_H
#define ACTLAB_NET_TRAINER_PRIVATE_H

#include "net/network.h"
#include "net/trainer.h"

/* Of the samples trained since the epoch began, each as it was before its step. */
struct epoch_sum {
    double loss;
    int samples, hits;
};

struct trainer {
    struct net_config config;
    struct fn fn;
    struct dataset data;
    struct network net;
    int *order;           /* the training samples in the order of this epoch */
    uint64_t order_epoch; /* the epoch that `order` is of; UINT64_MAX: of none */
    uint64_t step;
    uint64_t changes; /* of weights and function ... */
    uint64_t weights; /* ... and of what a state holds alone */
    int owners;
    double batch_loss;
    struct epoch_sum epoch;
    bool diverged;
    int bad_layer;
    bool killed[NET_MAX_LAYERS + 1];
    float *spare;     /* the biases of killed layers as they were, [layer-1][width] */
    double max_slope; /* of |f'|; NAN where it is not known or infinite */
    bool labelled;

    /* The theory of this function and config; worked out when first asked for. */
    bool theory_known, theory_applies;
    double theory_delta[NET_MAX_LAYERS + 1], theory_chi[NET_MAX_LAYERS + 1], theory_depth;
};

/* A stop that is asked now and then: as a network_watch asks it, with this as its context. */
struct trainer_asking {
    const struct stop *stop;
    double left; /* multiplications until it is asked again, at first TRAINER_ASK_EVERY */
};
#define TRAINER_ASK_EVERY 1e8 /* some milliseconds' worth */
bool trainer_ask(void *asking, double work);

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

/* True if the network's answer for the sample in this row is its label. */
static inline bool trainer_hits(const struct network *net, int row)
{
    return (net->out[row] > (net->squared ? .5f : 0)) == (net->y[row] > .5f);
}

#endif
