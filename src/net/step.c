/* step.c - see trainer.h: one mini-batch after the other. */
#include "base/rng.h"
#include "net/trainer_private.h"

#include <math.h>

enum { STREAM_ORDER = 1 << 20 }; /* and the following ones, an epoch each */

/* The order is a function of seed and epoch alone, so that a state need not hold it. */
static void shuffle(struct trainer *t, uint64_t epoch)
{
    struct rng r;

    rng_seed(&r, t->config.seed, STREAM_ORDER + epoch);
    for (int i = 0; i < t->data.train; i++)
        t->order[i] = i;
    for (int i = t->data.train - 1; i > 0 && t->config.shuffle; i--) {
        int j = (int)rng_below(&r, (uint32_t)i + 1), k = t->order[i];

        t->order[i] = t->order[j];
        t->order[j] = k;
    }
    t->order_epoch = epoch;
}

static bool all_finite(const float *v, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!isfinite(v[i]))
            return false;
    return true;
}

/* The lowest layer with a weight, a bias or (of the rows in the block) an activation that is no
 * number. */
static int find_divergence(const struct trainer *t, int rows)
{
    const struct network *net = &t->net;
    size_t block = (size_t)net->rows * (size_t)net->ld;

    for (int l = 1; l <= net->layers; l++)
        if (!all_finite(network_weights(net, l), (size_t)network_ins(net, l) * (size_t)net->ld) ||
            !all_finite(network_biases(net, l), (size_t)net->ld) ||
            !all_finite(net->act + (size_t)(l - 1) * block, (size_t)rows * (size_t)net->ld))
            return l;
    return net->layers + 1;
}

/* True if a step is w -= lr g and nothing else. */
static bool descends(const struct net_config *c)
{
    return c->optimizer == OPT_SGD && c->l1 == 0 && c->decay == 0 && c->clip == 0 &&
           (float)c->lr > 0;
}

double trainer_work(const struct trainer *t, int passes)
{
    const double width = t->config.width;

    return t->config.layers * width * (passes * width + network_fn_work(&t->net));
}

/* A step under way: which samples, and what came of those that are done. */
struct step {
    int from, n;
    bool plain;
    double loss;
    int hits;
};

/* Forward and backward, a block at a time. False when it was given up. */
static bool take_batch(struct trainer *t, struct step *s, const struct network_watch *watch)
{
    struct network *net = &t->net;

    for (int done = 0, rows; done < s->n; done += rows) {
        rows = s->n - done < net->rows ? s->n - done : net->rows;
        for (int i = 0; i < rows; i++)
            trainer_fill(t, i, t->order[s->from + done + i]);
        if (!network_forward(net, rows, watch))
            return false;
        s->loss += network_loss(net, rows, 1 / (float)s->n);
        if (!isfinite(s->loss)) {
            t->diverged = true;
            t->bad_layer = find_divergence(t, rows);
            return true;
        }
        for (int i = 0; i < rows; i++)
            s->hits += trainer_hits(net, i);
        if (s->plain)
            network_descend(net, rows, (float)t->config.lr);
        else if (!network_backward(net, rows, done > 0, watch))
            return false;
    }
    return true;
}

static void finish_step(struct trainer *t, const struct step *s)
{
    if (s->from == 0)
        t->epoch = (struct epoch_sum){0};
    t->changes++;
    t->weights++;
    t->epoch.hits += s->hits;
    t->batch_loss = s->loss / s->n;
    t->epoch.loss += s->loss;
    t->epoch.samples += s->n;
    if (t->diverged)
        return;
    t->step++;
    if (!s->plain)
        network_update(&t->net, &t->config, (double)t->step);
}

bool trainer_try_step(struct trainer *t, const struct stop *stop)
{
    struct trainer_asking asking = {stop, TRAINER_ASK_EVERY};
    const struct network_watch watch = {.stop = trainer_ask, .context = &asking};
    int batch = trainer_batch(t), per_epoch = trainer_steps_per_epoch(t);
    int from = (int)(t->step % (uint64_t)per_epoch) * batch;
    int n = from + batch > t->data.train ? t->data.train - from : batch;
    struct step s = {from, n, descends(&t->config) && n <= t->net.rows, 0, 0};
    bool may_stop = stop && n * trainer_work(t, 3) > TRAINER_ASK_EVERY, whole;
    unsigned mode;

    if (t->diverged)
        return true;
    mode = denormals_flush();
    if (t->order_epoch != t->step / (uint64_t)per_epoch)
        shuffle(t, t->step / (uint64_t)per_epoch);
    whole = take_batch(t, &s, may_stop ? &watch : NULL);
    if (whole)
        finish_step(t, &s);
    denormals_restore(mode);
    return whole;
}

void trainer_step(struct trainer *t)
{
    trainer_try_step(t, NULL);
}
