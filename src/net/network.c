/* network.c - see network.h: memory and parameters. */
#include "net/network.h"

#include "base/xalloc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    LINE = 16,       /* floats of a cache line: where arrays begin */
    ARRAYS = 20,     /* no more than so many: each may lose a line to that */
    ROWS_LEAST = 64, /* of a block: a larger batch may be asked for later (trainer_tune) */
};

static int padded(int n, int lanes)
{
    return (n + lanes - 1) / lanes * lanes;
}

/* Floats of each array, in the order in which they lie in memory; shared by network_init and
 * network_bytes. */
struct sizes {
    size_t weights, params, back, moment, block, x, column, zhat, up;
    int moments;
};

static struct sizes measure(const struct net_config *c, int lanes)
{
    size_t ld = (size_t)padded(c->width, lanes), ld0 = (size_t)padded(NET_INPUTS, lanes),
           layers = (size_t)c->layers;
    int batch = c->batch && c->batch < NETWORK_BLOCK ? c->batch : NETWORK_BLOCK;
    size_t rows = (size_t)(batch < ROWS_LEAST ? ROWS_LEAST : batch);
    struct sizes s = {0};

    s.weights = layers ? NET_INPUTS * ld + (layers - 1) * (size_t)c->width * ld + ld : ld0;
    s.params = s.weights + layers * ld + (size_t)lanes;
    s.back = layers > 1 ? (layers - 1) * (size_t)c->width * ld : 0;
    s.moments = c->optimizer == OPT_SGD ? 0 : c->optimizer == OPT_ADAM ? 2 : 1;
    s.block = layers * rows * ld;
    s.x = rows * ld0;
    s.column = rows;
    s.zhat = c->layernorm ? s.block + layers * rows : 0;
    s.up = rows * ld;
    return s;
}

size_t network_bytes(const struct net_config *c, int lanes)
{
    struct sizes s = measure(c, lanes);

    return sizeof(float) * (s.params * (2 + (size_t)s.moments) + s.back + 2 * s.block + s.x +
                            3 * s.column + s.zhat + 4 * s.up + (size_t)ARRAYS * LINE);
}

static double mebibytes(const struct net_config *c)
{
    return (double)network_bytes(c, kernels_for(c->width)->lanes) / (1 << 20);
}

bool net_config_refuse(const struct net_config *c, const char *what, struct error *e)
{
    const char *kept = c->optimizer == OPT_ADAM  ? ", or an optimizer that keeps less than adam"
                       : c->optimizer != OPT_SGD ? ", or optimizer=sgd"
                                                 : "";
    char batch[16] = "all";

    if (c->batch)
        snprintf(batch, sizeof batch, "%d", c->batch);
    return fail(e,
                "%d layers of %d units with batch %s take %.0f MiB, more than %s: use fewer "
                "layers, units or samples per batch%s",
                c->layers, c->width, batch, mebibytes(c), what, kept);
}

bool net_config_fits(const struct net_config *c, size_t limit, struct error *e)
{
    char most[32];

    if (mebibytes(c) <= (double)limit / (1 << 20))
        return true;
    snprintf(most, sizeof most, "%.0f", (double)limit / (1 << 20));
    return net_config_refuse(c, most, e);
}

/* The next n floats of the arena, on a cache line. */
static float *take(float **at, size_t n)
{
    float *p = *at;

    *at += (n + LINE - 1) / LINE * LINE;
    return p;
}

bool network_init(struct network *net, const struct net_config *c, const struct fn *fn,
                  const struct kernels *k)
{
    struct sizes s = measure(c, k->lanes);
    float *at;

    *net = (struct network){
        .layers = c->layers,
        .width = c->width,
        .ld = padded(c->width, k->lanes),
        .ld0 = padded(NET_INPUTS, k->lanes),
        .rows = (int)s.column,
        .residual = c->residual,
        .layernorm = c->layernorm,
        .squared = net_config_loss(c) == LOSS_SQUARED,
        .k = k,
        .weights = s.weights,
        .params = s.params,
    };
    network_set_fn(net, fn);
    at = net->memory = xarena(network_bytes(c, k->lanes));
    if (!at)
        return false;
    net->w = take(&at, s.params);
    net->g = take(&at, s.params);
    net->m = c->optimizer == OPT_MOMENTUM || c->optimizer == OPT_ADAM ? take(&at, s.params) : NULL;
    net->v = c->optimizer == OPT_RMSPROP || c->optimizer == OPT_ADAM ? take(&at, s.params) : NULL;
    net->back = take(&at, s.back);
    net->act = take(&at, s.block);
    net->slope = take(&at, s.block);
    net->x = take(&at, s.x);
    net->out = take(&at, s.column);
    net->y = take(&at, s.column);
    net->dz = take(&at, s.column);
    net->zhat = take(&at, s.zhat);
    net->inv = net->zhat + s.block;
    for (int i = 0; i < 2; i++) {
        net->delta[i] = take(&at, s.up);
        net->up[i] = take(&at, s.up);
    }
    return true;
}

void network_set_fn(struct network *net, const struct fn *fn)
{
    net->fn = *fn;
    net->activate = net->k->activation(fn->act);
}

void network_free(struct network *net)
{
    free(net->memory);
    net->memory = NULL;
}

int network_ins(const struct network *net, int layer)
{
    return layer == 1 ? NET_INPUTS : net->width;
}

int network_outs(const struct network *net, int layer)
{
    return layer == net->layers + 1 ? 1 : net->width;
}

static size_t weights_at(const struct network *net, int layer)
{
    size_t ld = (size_t)net->ld;

    return layer == 1 ? 0 : NET_INPUTS * ld + (size_t)(layer - 2) * (size_t)net->width * ld;
}

float *network_weights(const struct network *net, int layer)
{
    return net->w + weights_at(net, layer);
}

float *network_biases(const struct network *net, int layer)
{
    return net->w + net->weights + (size_t)(layer - 1) * (size_t)net->ld;
}

static size_t parameter_at(const struct network *net, int layer, int out, int in)
{
    if (in < 0)
        return net->weights + (size_t)(layer - 1) * (size_t)net->ld + (size_t)out;
    if (layer == net->layers + 1)
        return weights_at(net, layer) + (size_t)in;
    return weights_at(net, layer) + (size_t)in * (size_t)net->ld + (size_t)out;
}

float *network_weight(const struct network *net, int layer, int out, int in)
{
    return net->w + parameter_at(net, layer, out, in);
}

const float *network_gradient(const struct network *net, int layer, int out, int in)
{
    return net->g + parameter_at(net, layer, out, in);
}

float *network_back(const struct network *net, int layer)
{
    return net->back + (size_t)(layer - 2) * (size_t)net->width * (size_t)net->ld;
}

void network_set(struct network *net, int layer, int out, int in, float w)
{
    net->w[parameter_at(net, layer, out, in)] = w;
    if (in >= 0 && layer > 1 && layer <= net->layers)
        network_back(net, layer)[(size_t)out * (size_t)net->ld + (size_t)in] = w;
}

void network_refresh_layer(struct network *net, int layer)
{
    net->k->transpose(net->width, net->width, network_weights(net, layer), net->ld,
                      network_back(net, layer), net->ld);
}

void network_refresh(struct network *net)
{
    for (int l = 2; l <= net->layers; l++)
        network_refresh_layer(net, l);
}
