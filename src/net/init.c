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
    case INIT_UNIFORM: /* in +-gain/sqrt(ins), as PyTorch's Linear starts */
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

/* Vectors are the columns of v, [size][ld]; the first n of them become orthonormal (n <= size).
 * Panel by panel: the part of a panel that lies along the vectors before it is taken off twice
 * ("twice is enough": Giraud & Langou 2005), as products of matrices, which makes 512 vectors a
 * matter of milliseconds; within the panel it is Gram-Schmidt, one by one. */
enum { PANEL = 16 };

static double dot(const float *a, const float *b, int n)
{
    double sum = 0;

    for (int i = 0; i < n; i++)
        sum += (double)a[i] * (double)b[i];
    return sum;
}

/* The same for the few vectors of a panel, here as rows. */
static void orthonormal_rows(float *v, int n, int size)
{
    for (int i = 0; i < n; i++) {
        float *a = v + (size_t)i * (size_t)size;
        double length;

        for (int k = 0; k < 2 * i; k++) {
            const float *b = v + (size_t)(k % i) * (size_t)size;
            float along = (float)dot(a, b, size);

            for (int j = 0; j < size; j++)
                a[j] -= along * b[j];
        }
        length = sqrt(dot(a, a, size));
        for (int j = 0; j < size; j++)
            a[j] = (float)((double)a[j] / length);
    }
}

static void orthonormal(const struct kernels *k, float *v, int n, int size, int ld)
{
    float *along = xcalloc((size_t)n * PANEL, sizeof *along);
    float *part = xcalloc((size_t)size * PANEL, sizeof *part);

    for (int from = 0; from < n; from += PANEL) {
        int columns = n - from < PANEL ? n - from : PANEL;

        for (int twice = 0; from > 0 && twice < 2; twice++) {
            k->gradient(size, from, PANEL, v, ld, v + from, ld, false, along, PANEL);
            k->product(size, from, PANEL, v, ld, along, PANEL, NULL, NULL, part, PANEL);
            for (int j = 0; j < size; j++)
                for (int i = 0; i < columns; i++)
                    v[j * ld + from + i] -= part[j * PANEL + i];
        }
        k->transpose(size, columns, v + from, ld, part, size);
        orthonormal_rows(part, columns, size);
        k->transpose(columns, size, part, size, v + from, ld);
    }
    free(along);
    free(part);
}

static void orthogonal_layer(struct network *net, const struct net_config *c, struct rng *r,
                             int layer)
{
    int ins = network_ins(net, layer), outs = network_outs(net, layer);
    int n = ins < outs ? ins : outs, size = ins < outs ? outs : ins,
        ld = (n + PANEL - 1) / PANEL * PANEL;
    float *v = xcalloc((size_t)size * (size_t)ld, sizeof *v);

    for (int i = 0; i < n; i++)
        for (int j = 0; j < size; j++)
            v[j * ld + i] = (float)rng_normal(r);
    orthonormal(net->k, v, n, size, ld);
    for (int o = 0; o < outs; o++)
        for (int i = 0; i < ins; i++)
            network_set(net, layer, o, i,
                        (float)c->gain * (ins < outs ? v[o * ld + i] : v[i * ld + o]));
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
