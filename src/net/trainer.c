/* trainer.c - see trainer.h: a network with its data, trained one mini-batch at a time. */
#include "net/trainer.h"

#include "base/rng.h"
#include "base/xalloc.h"
#include "math/facts.h"
#include "net/check.h"
#include "net/init.h"
#include "net/trainer_private.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Half of the machine's memory: the other half is for a second network, and for the states that one
 * can go back to. */
static size_t memory_limit(void)
{
    long pages = sysconf(_SC_PHYS_PAGES), page = sysconf(_SC_PAGESIZE);
    double half;

    if (pages <= 0 || page <= 0)
        return (size_t)1 << 30;
    half = .5 * (double)pages * (double)page;
    /* 32 bits may not hold what a big host has. */
    return half < (double)SIZE_MAX ? (size_t)half : SIZE_MAX;
}

/* The trainer owns the data; where it cannot be built they are freed. */
static struct trainer *build(const struct net_config *c, const struct fn *fn, struct dataset *data,
                             struct error *e)
{
    struct trainer *t;

    if (!net_check(c, fn, data->sample, data->n, data->train, e)) {
        dataset_free(data);
        return NULL;
    }
    t = xcalloc(1, sizeof *t);
    t->owners = 1;
    t->config = *c;
    t->data = *data;
    t->labelled = dataset_is_labelled(data);
    if (!network_init(&t->net, c, fn, kernels_for(c->width))) {
        trainer_free(t);
        net_config_refuse(c, "can be had now", e);
        return NULL;
    }
    init_network(&t->net, c);
    t->order = xcalloc((size_t)t->data.train, sizeof *t->order);
    t->order_epoch = UINT64_MAX;
    t->spare = xcalloc((size_t)c->layers * (size_t)c->width + 1, sizeof *t->spare);
    t->batch_loss = NAN;
    trainer_swap(t, fn);
    return t;
}

struct trainer *trainer_new(const struct net_config *c, const struct fn *fn, struct error *e)
{
    struct dataset data;

    if (!net_config_fits(c, memory_limit(), e) || !dataset_make(&data, c, e))
        return NULL;
    return build(c, fn, &data, e);
}

struct trainer *trainer_new_with(const struct net_config *c, const struct fn *fn,
                                 const struct net_sample *sample, int n, int train, struct error *e)
{
    struct dataset data = {NULL, n, train};

    if (!net_config_fits(c, memory_limit(), e))
        return NULL;
    data.sample = xcalloc((size_t)n, sizeof *sample);
    memcpy(data.sample, sample, (size_t)n * sizeof *sample);
    return build(c, fn, &data, e);
}

struct trainer *trainer_renew(const struct trainer *t, const struct net_config *c,
                              const struct fn *fn, struct error *e)
{
    if (!dataset_same(&t->config, c))
        return trainer_new(c, fn, e);
    return trainer_new_with(c, fn, t->data.sample, t->data.n, t->data.train, e);
}

struct trainer *trainer_keep(struct trainer *t)
{
    t->owners++;
    return t;
}

void trainer_free(struct trainer *t)
{
    if (!t || --t->owners > 0)
        return;
    dataset_free(&t->data);
    network_free(&t->net);
    free(t->order);
    free(t->spare);
    free(t);
}

int trainer_batch(const struct trainer *t)
{
    int b = t->config.batch;

    return b == 0 || b > t->data.train ? t->data.train : b;
}

int trainer_steps_per_epoch(const struct trainer *t)
{
    int b = trainer_batch(t);

    return (t->data.train + b - 1) / b;
}

double trainer_batch_loss(const struct trainer *t)
{
    return t->batch_loss;
}

double trainer_epoch_loss(const struct trainer *t, double *accuracy)
{
    *accuracy = t->labelled && t->epoch.samples ? (double)t->epoch.hits / t->epoch.samples : NAN;
    return t->epoch.samples ? t->epoch.loss / t->epoch.samples : NAN;
}

uint64_t trainer_steps(const struct trainer *t)
{
    return t->step;
}

uint64_t trainer_changes(const struct trainer *t)
{
    return t->changes;
}

uint64_t trainer_state_changes(const struct trainer *t)
{
    return t->weights;
}

const struct net_config *trainer_config(const struct trainer *t)
{
    return &t->config;
}

const struct fn *trainer_fn(const struct trainer *t)
{
    return &t->fn;
}

bool trainer_diverged(const struct trainer *t, struct divergence *d)
{
    if (!t->diverged || !d)
        return t->diverged;
    *d = (struct divergence){.step = t->step, .layer = t->bad_layer, .where = "in the output"};
    if (d->layer <= t->config.layers)
        snprintf(d->where, sizeof d->where, "first in layer %d", d->layer);
    return true;
}

void trainer_swap(struct trainer *t, const struct fn *fn)
{
    double steepest = fn_max_slope(fn);

    t->fn = *fn;
    if (!net_config_runs_plotted(&t->config) && fn->act->name[0]) /* resets use it again */
        snprintf(t->config.fn, sizeof t->config.fn, "%s", fn->act->name);
    network_set_fn(&t->net, fn);
    t->changes++;
    t->max_slope = isfinite(steepest) ? steepest : NAN;
    t->theory_known = false;
}

void trainer_tune(struct trainer *t, const struct net_config *c)
{
    /* `batch` may ask for more rows at once than were allotted: they are then taken in blocks of
     * what there is. */
    t->config.batch = c->batch;
    t->config.shuffle = c->shuffle;
    t->config.lr = c->lr;
    t->config.momentum = c->momentum;
    t->config.decay = c->decay;
    t->config.l1 = c->l1;
    t->config.clip = c->clip;
    t->order_epoch = UINT64_MAX;
}

/* Runs the whole training set forward under `watch`. False when it was given up. */
static bool watch_all(struct trainer *t, const struct network_watch *watch)
{
    for (int done = 0, rows; done < t->data.train; done += rows) {
        rows = t->data.train - done < t->net.rows ? t->data.train - done : t->net.rows;
        for (int i = 0; i < rows; i++)
            trainer_fill(t, i, done + i);
        if (!network_forward(&t->net, rows, watch))
            return false;
    }
    return true;
}

struct highest {
    struct trainer_asking asking; /* first: what trainer_ask gets */
    const struct network *net;
    int layer;
    float z[NET_MAX_WIDTH];
};

static void note_highest(void *context, int layer, const float *z, int rows)
{
    struct highest *h = context;

    for (int s = 0; s < rows && layer == h->layer; s++, z += h->net->ld)
        for (int j = 0; j < h->net->width; j++)
            if (z[j] > h->z[j])
                h->z[j] = z[j];
}

/* Where f' is 0 in float from here down, or -10. */
static double dead_below(const struct fn *fn)
{
    for (int power = 0; power <= 10; power++) {
        const double x = -ldexp(1, power);

        if (fabs(fn_df(fn, x)) < (double)FLT_MIN && fabs(fn_df(fn, 8 * x)) < (double)FLT_MIN)
            return 2 * x; /* well past a kink at x itself */
    }
    return -10;
}

bool trainer_kill(struct trainer *t, int layer, const struct stop *stop)
{
    struct highest h = {.asking = {stop, TRAINER_ASK_EVERY}, .net = &t->net, .layer = layer};
    struct network_watch watch = {
        .forward = note_highest, .stop = stop ? trainer_ask : NULL, .context = &h};
    double place = dead_below(&t->fn);
    float *b;

    if (layer < 1 || layer > t->net.layers || t->killed[layer])
        return true;
    for (int j = 0; j < t->net.width; j++)
        h.z[j] = -FLT_MAX;
    if (!watch_all(t, &watch))
        return false;
    b = network_biases(&t->net, layer);
    memcpy(t->spare + (size_t)(layer - 1) * (size_t)t->net.width, b,
           sizeof *b * (size_t)t->net.width);
    for (int j = 0; j < t->net.width; j++)
        b[j] += (float)(place - (t->net.layernorm ? 0 : (double)h.z[j]));
    t->killed[layer] = true;
    t->changes++;
    t->weights++;
    return true;
}

void trainer_revive(struct trainer *t)
{
    size_t n = (size_t)t->net.width;

    for (int l = 1; l <= t->net.layers; l++) {
        if (t->killed[l])
            memcpy(network_biases(&t->net, l), t->spare + (size_t)(l - 1) * n,
                   sizeof *t->spare * n);
        t->killed[l] = false;
    }
    t->changes++;
    t->weights++;
}

const struct net_sample *trainer_data(const struct trainer *t, int *n, int *train)
{
    if (n)
        *n = t->data.n;
    if (train)
        *train = t->data.train;
    return t->data.sample;
}

void trainer_predict(struct trainer *t, const float *xy, int n, float *p)
{
    struct network *net = &t->net;
    unsigned mode = denormals_flush();

    for (int done = 0, rows; done < n; done += rows) {
        rows = n - done < net->rows ? n - done : net->rows;
        for (int i = 0; i < rows; i++)
            memcpy(net->x + (size_t)i * (size_t)net->ld0, xy + 2 * (size_t)(done + i),
                   2 * sizeof *xy);
        network_forward(net, rows, NULL);
        for (int i = 0; i < rows; i++)
            p[done + i] = net->squared ? net->out[i] : 1 / (1 + expf(-net->out[i]));
    }
    denormals_restore(mode);
}

int trainer_ins(const struct trainer *t, int layer)
{
    return network_ins(&t->net, layer);
}

int trainer_outs(const struct trainer *t, int layer)
{
    return network_outs(&t->net, layer);
}

static bool exists(const struct trainer *t, int layer, int out, int in)
{
    return layer >= 1 && layer <= t->net.layers + 1 && out >= 0 &&
           out < network_outs(&t->net, layer) && in >= -1 && in < network_ins(&t->net, layer);
}

float trainer_weight(const struct trainer *t, int layer, int out, int in)
{
    return exists(t, layer, out, in) ? *network_weight(&t->net, layer, out, in) : NAN;
}

float trainer_bias(const struct trainer *t, int layer, int out)
{
    return trainer_weight(t, layer, out, -1);
}

bool trainer_set_weight(struct trainer *t, int layer, int out, int in, float w)
{
    if (!exists(t, layer, out, in) || !isfinite(w))
        return false;
    network_set(&t->net, layer, out, in, w);
    t->changes++;
    t->weights++;
    return true;
}
