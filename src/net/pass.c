/* pass.c - see network.h: a block of samples forward and backward through a network, and the update
 * of its parameters. */
#include "net/network.h"

#include <math.h>
#include <string.h>

static float *block_of(const struct network *net, float *blocks, int layer)
{
    return blocks + (size_t)(layer - 1) * (size_t)net->rows * (size_t)net->ld;
}

/* Padding must stay 0 for the products to be right, and most functions are not 0 at 0. */
static void clear_padding(const struct network *net, float *block, int rows)
{
    for (int s = 0; s < rows; s++)
        memset(block + (size_t)s * (size_t)net->ld + net->width, 0,
               sizeof(float) * (size_t)(net->ld - net->width));
}

static const float LAYERNORM_EPSILON = 1e-5f; /* as PyTorch has it */

/* z -> (z - mean) / sqrt(variance + epsilon) of each row, kept for the backward pass. */
static void normalise(struct network *net, int layer, float *z, int rows)
{
    float *keep = block_of(net, net->zhat, layer),
          *inv = net->inv + (size_t)(layer - 1) * (size_t)net->rows;
    int n = net->width;

    for (int s = 0; s < rows; s++, z += net->ld, keep += net->ld) {
        float mean = 0, var = 0;

        for (int j = 0; j < n; j++)
            mean += z[j];
        mean /= (float)n;
        for (int j = 0; j < n; j++)
            var += (z[j] - mean) * (z[j] - mean);
        inv[s] = 1 / sqrtf(var / (float)n + LAYERNORM_EPSILON);
        for (int j = 0; j < n; j++)
            keep[j] = z[j] = (z[j] - mean) * inv[s];
    }
}

/* dloss/d(normalised) -> dloss/d(what was normalised), in place. */
static void normalise_back(struct network *net, int layer, float *d, int rows)
{
    const float *keep = block_of(net, net->zhat, layer);
    const float *inv = net->inv + (size_t)(layer - 1) * (size_t)net->rows;
    int n = net->width;

    for (int s = 0; s < rows; s++, d += net->ld, keep += net->ld) {
        float mean = 0, along = 0;

        for (int j = 0; j < n; j++) {
            mean += d[j];
            along += d[j] * keep[j];
        }
        mean /= (float)n;
        along /= (float)n;
        for (int j = 0; j < n; j++)
            d[j] = inv[s] * (d[j] - mean - keep[j] * along);
    }
}

static bool stops(const struct network_watch *watch, double work)
{
    return watch && watch->stop && watch->stop(watch->context, work);
}

double network_fn_work(const struct network *net)
{
    const double operation = 100;

    return net->activate ? 0 : operation * fn_cost(&net->fn);
}

/* z -> a, f'(z). An expression may take seconds for a block: it is stopped between rows. */
static bool activate(const struct network *net, float *a, float *slope, int rows,
                     const struct network_watch *watch)
{
    const int pieces = watch && watch->stop ? rows : 1;
    const size_t n = (size_t)(rows / pieces) * (size_t)net->ld;

    if (net->activate) {
        net->activate(&net->fn, a, a, slope, (size_t)rows * (size_t)net->ld);
        return true;
    }
    for (int i = 0; i < pieces; i++, a += n, slope += n) {
        kernels_activate(net->k, &net->fn, a, a, slope, n);
        if (stops(watch, (double)n * network_fn_work(net)))
            return false;
    }
    return true;
}

bool network_forward(struct network *net, int rows, const struct network_watch *watch)
{
    const float *below = net->x;
    int ld = net->ld, lda = net->ld0;
    size_t n = (size_t)rows * (size_t)ld;

    for (int l = 1; l <= net->layers; l++, lda = ld) {
        float *a = block_of(net, net->act, l), *slope = block_of(net, net->slope, l);

        net->k->product(rows, network_ins(net, l), ld, below, lda, network_weights(net, l), ld,
                        network_biases(net, l), NULL, a, ld);
        if (net->layernorm)
            normalise(net, l, a, rows);
        if (watch && watch->forward)
            watch->forward(watch->context, l, a, rows);
        if (!activate(net, a, slope, rows, watch) || stops(watch, (double)n * network_ins(net, l)))
            return false;
        if (ld > net->width) {
            clear_padding(net, a, rows);
            clear_padding(net, slope, rows);
        }
        if (net->residual && l > 1)
            for (size_t i = 0; i < n; i++)
                a[i] += below[i];
        below = a;
    }
    net->k->dots(rows, lda, below, lda, network_weights(net, net->layers + 1),
                 *network_biases(net, net->layers + 1), net->out);
    return true;
}

double network_loss(struct network *net, int rows, float scale)
{
    double loss = 0;

    if (!net->squared)
        return net->k->cross_entropy(rows, net->out, net->y, scale, net->dz);
    for (int s = 0; s < rows; s++) {
        float miss = net->out[s] - net->y[s];

        loss += (double)miss * (double)miss;
        net->dz[s] = 2 * scale * miss;
    }
    return loss;
}

/* How a layer's gradient is used: set, added, or taken off the weights at once. */
struct purpose {
    bool add;
    float rate; /* > 0: weights -= rate * gradient; g gets the biases only */
};

static void gradient_of(struct network *net, int layer, int rows, const float *below, int lda,
                        const float *delta, struct purpose p)
{
    float *w = network_weights(net, layer), *g = net->g + (w - net->w);
    int ins = network_ins(net, layer), ld = net->ld;

    if (p.rate > 0)
        net->k->descend(rows, ins, ld, below, lda, delta, ld, p.rate, w, ld);
    else
        net->k->gradient(rows, ins, ld, below, lda, delta, ld, p.add, g, ld);
    net->k->columns(rows, ld, delta, ld, p.add, net->g + (network_biases(net, layer) - net->w));
}

/* The output layer, whose weights are one row over its inputs. */
static void gradient_of_output(struct network *net, int rows, struct purpose p)
{
    int top = net->layers, ld = top ? net->ld : net->ld0;
    const float *below = top ? block_of(net, net->act, top) : net->x;
    float *w = network_weights(net, top + 1), *g = net->g + (w - net->w);
    float *gb = net->g + (network_biases(net, top + 1) - net->w), sum = 0;

    for (int s = 0; s < rows; s++)
        sum += net->dz[s];
    *gb = p.add ? *gb + sum : sum;
    if (p.rate > 0)
        net->k->descend(rows, 1, ld, net->dz, 1, below, ld, p.rate, w, ld);
    else
        net->k->gradient(rows, 1, ld, net->dz, 1, below, ld, p.add, g, ld);
}

/* delta of the layer from `up`, its dloss/da. */
static void through_activation(struct network *net, int layer, const float *up, float *delta,
                               int rows)
{
    const float *slope = block_of(net, net->slope, layer);

    for (size_t i = 0, n = (size_t)rows * (size_t)net->ld; i < n; i++)
        delta[i] = up[i] * slope[i];
}

static bool backward(struct network *net, int rows, struct purpose p,
                     const struct network_watch *watch)
{
    int top = net->layers, ld = net->ld;
    bool plain = !net->residual; /* then dloss/da need not be kept beside delta */

    if (top)
        net->k->product(rows, 1, ld, net->dz, 1, network_weights(net, top + 1), ld, NULL,
                        plain ? block_of(net, net->slope, top) : NULL,
                        plain ? net->delta[top & 1] : net->up[top & 1], ld);
    gradient_of_output(net, rows, p);
    for (int l = top; l >= 1; l--) {
        float *delta = net->delta[l & 1], *up = net->up[l & 1];
        float *lower_delta = net->delta[~l & 1], *lower_up = net->up[~l & 1];

        if (!plain)
            through_activation(net, l, up, delta, rows);
        if (watch && watch->backward)
            watch->backward(watch->context, l, delta, rows);
        if (net->layernorm)
            normalise_back(net, l, delta, rows);
        if (l > 1)
            net->k->product(rows, net->width, ld, delta, ld, network_back(net, l), ld, NULL,
                            plain ? block_of(net, net->slope, l - 1) : NULL,
                            plain ? lower_delta : lower_up, ld);
        if (l > 1 && !plain)
            for (size_t i = 0, n = (size_t)rows * (size_t)ld; i < n; i++)
                lower_up[i] += up[i];
        gradient_of(net, l, rows, l > 1 ? block_of(net, net->act, l - 1) : net->x,
                    l > 1 ? ld : net->ld0, delta, p);
        if (p.rate > 0 && l < top) /* one layer late: memory just written is slow to read */
            network_refresh_layer(net, l + 1);
        if (stops(watch, 2. * rows * ld * network_ins(net, l)))
            return false;
    }
    return true;
}

bool network_backward(struct network *net, int rows, bool add, const struct network_watch *watch)
{
    return backward(net, rows, (struct purpose){.add = add}, watch);
}

void network_descend(struct network *net, int rows, float rate)
{
    struct kernel_update u = {.rule = RULE_SGD, .lr = rate, .scale = 1};

    backward(net, rows, (struct purpose){.rate = rate}, NULL);
    net->k->update(&u, net->params - net->weights, net->w + net->weights, net->g + net->weights,
                   NULL, NULL);
}

/* The factor that brings the whole gradient's norm down to `clip`; padding is zero and does not
 * count. */
static double clip_scale(const struct network *net, double clip)
{
    double norm = sqrt(net->k->squares(net->params, net->g));

    return norm > clip ? clip / norm : 1;
}

void network_update(struct network *net, const struct net_config *c, double step)
{
    static const enum kernel_rule rules[] = {[OPT_SGD] = RULE_SGD,
                                             [OPT_MOMENTUM] = RULE_MOMENTUM,
                                             [OPT_RMSPROP] = RULE_RMSPROP,
                                             [OPT_ADAM] = RULE_ADAM};
    struct kernel_update u = {
        .rule = rules[c->optimizer],
        .lr = (float)c->lr,
        .scale = c->clip > 0 ? (float)clip_scale(net, c->clip) : 1,
        .l1 = (float)c->l1,
        .decay = (float)c->decay,
        .momentum = (float)c->momentum,
    };
    size_t w = net->weights, b = net->params - net->weights;

    if (u.rule == RULE_ADAM) {
        u.correct1 = (float)(1 - pow(c->momentum, step));
        u.correct2 = (float)(1 - pow(.999, step));
    }
    net->k->update(&u, w, net->w, net->g, net->m, net->v);
    u.l1 = u.decay = 0; /* decay pulls at weights, not at biases */
    net->k->update(&u, b, net->w + w, net->g + w, net->m ? net->m + w : NULL,
                   net->v ? net->v + w : NULL);
    network_refresh(net);
}
