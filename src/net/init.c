/* init.c - see init.h. Variances: LeCun 1998, Glorot & Bengio 2010, He 2015, Saxe 2013
 * (orthogonal). */
#include "net/init.h"

#include "base/rng.h"
#include "base/xalloc.h"

#include <math.h>
#include <stdlib.h>

enum { STREAM_WEIGHT = 16, STREAM_BIAS = 17 };

double init_deviation(const struct net_config *c, int ins, int outs)
{
    switch ((enum net_init)c->init) {
    case INIT_ZEROS:
        return 0;
    case INIT_NORMAL:
        return c->gain;
    case INIT_UNIFORM: /* in +-gain/sqrt(ins): what PyTorch's Linear starts with */
        return c->gain / sqrt(3. * ins);
    case INIT_LECUN:
        return c->gain / sqrt(ins);
    case INIT_GLOROT:
        return c->gain * sqrt(2. / (ins + outs));
    case INIT_HE:
        return c->gain * sqrt(2. / ins);
    case INIT_ORTHOGONAL: /* the shorter side's vectors have length 1 */
        return c->gain / sqrt(ins > outs ? ins : outs);
    }
    return 0;
}

/* n vectors of `size` numbers, orthonormal (n <= size): modified Gram-Schmidt on normal numbers. */
static void orthonormal(struct rng *r, double *v, int n, int size)
{
    for (int i = 0; i < n; i++) {
        double *a = v + (size_t)i * (size_t)size, length = 0;

        for (int j = 0; j < size; j++)
            a[j] = rng_normal(r);
        for (int k = 0; k < i; k++) {
            const double *b = v + (size_t)k * (size_t)size;
            double along = 0;

            for (int j = 0; j < size; j++)
                along += a[j] * b[j];
            for (int j = 0; j < size; j++)
                a[j] -= along * b[j];
        }
        for (int j = 0; j < size; j++)
            length += a[j] * a[j];
        for (int j = 0; j < size; j++)
            a[j] /= sqrt(length);
    }
}

static void orthogonal_layer(struct network *net, const struct net_config *c, struct rng *r,
                             int layer)
{
    int ins = network_ins(net, layer), outs = network_outs(net, layer);
    int n = ins < outs ? ins : outs, size = ins < outs ? outs : ins;
    double *v = xcalloc((size_t)n * (size_t)size, sizeof *v);

    orthonormal(r, v, n, size);
    for (int o = 0; o < outs; o++)
        for (int i = 0; i < ins; i++) {
            size_t at = ins < outs ? (size_t)i * (size_t)size + (size_t)o
                                   : (size_t)o * (size_t)size + (size_t)i;

            network_set(net, layer, o, i, (float)(c->gain * v[at]));
        }
    free(v);
}

static void drawn_layer(struct network *net, const struct net_config *c, struct rng *r, int layer)
{
    int ins = network_ins(net, layer), outs = network_outs(net, layer);
    double deviation = init_deviation(c, ins, outs);

    for (int o = 0; o < outs; o++)
        for (int i = 0; i < ins; i++) {
            double u = c->init == INIT_UNIFORM ? sqrt(3) * (2 * rng_uniform(r) - 1) : rng_normal(r);

            network_set(net, layer, o, i, (float)(deviation * u));
        }
}

void init_network(struct network *net, const struct net_config *c)
{
    struct rng weight, bias;

    rng_seed(&weight, c->seed, STREAM_WEIGHT);
    rng_seed(&bias, c->seed, STREAM_BIAS);
    for (int l = 1; l <= net->layers + 1; l++) {
        if (c->init == INIT_ORTHOGONAL)
            orthogonal_layer(net, c, &weight, l);
        else
            drawn_layer(net, c, &weight, l);
        if (l <= net->layers)
            for (int o = 0; o < net->width; o++)
                network_set(net, l, o, -1, (float)(c->bias + c->bias_std * rng_normal(&bias)));
    }
}
