/* init.h - first weights and biases. */
#ifndef ACTLAB_NET_INIT_H
#define ACTLAB_NET_INIT_H

#include "net/network.h"

/* Draws all parameters as the config says, in the order layer, out, in: the same seed gives the
 * same weights to any function. */
void init_network(struct network *, const struct net_config *);
/* The standard deviation of a weight of a layer with so many inputs and outputs. */
double init_deviation(const struct net_config *, int ins, int outs);

#endif
