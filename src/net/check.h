/* check.h - what is asked of a network by whatever door it comes: a command, a file of points, a
 * file of a network, a recorded state. Each setting's own bounds are in its row (config.c). */
#ifndef ACTLAB_NET_CHECK_H
#define ACTLAB_NET_CHECK_H

#include "net/trainer.h"

/* Settings, function and samples, the first `train` of them to train on, before a network is built:
 * whether they can belong together. The error says the first thing that cannot. */
bool net_check(const struct net_config *, const struct fn *, const struct net_sample *, int n,
               int train, struct error *);
/* Weights, what the optimiser keeps, and the biases of killed layers: all finite, and no mean of
 * squares negative. */
bool net_check_parameters(const struct trainer *, struct error *);

#endif
