/* state.c - what training changes, as bytes to come back to, and as digests to compare. */
#include "net/trainer_private.h"

#include "base/digest.h"
#include "base/pack.h"

#include <math.h>

/* The parameters, or what the optimiser keeps of each, without the padding of the rows: so they are
 * the same whatever vectors the CPU has. */
static void pack_parameters(struct pack *p, struct trainer *t, float *array)
{
    struct network *net = &t->net;

    for (int l = 1; array && l <= net->layers + 1; l++) {
        const bool last = l == net->layers + 1; /* one row, over its ins */
        const size_t n = (size_t)(last ? network_ins(net, l) : network_outs(net, l));
        float *row = array + (network_weights(net, l) - net->w);

        for (int i = 0; i < (last ? 1 : network_ins(net, l)); i++, row += net->ld)
            pack_floats(p, row, n, t->diverged);
        pack_floats(p, array + (network_biases(net, l) - net->w), (size_t)network_outs(net, l),
                    t->diverged);
    }
}

/* The biases of what is not killed do not count, and are 0. */
static void pack_killed(struct pack *p, struct trainer *t)
{
    float none[NET_MAX_WIDTH] = {0};
    const size_t n = (size_t)t->net.width;

    for (int l = 1; l <= t->net.layers; l++) {
        pack_flag(p, &t->killed[l]);
        pack_floats(p, t->killed[l] ? t->spare + (size_t)(l - 1) * n : none, n, t->diverged);
    }
}

/* All that decides the steps to come, but for settings, function and samples. */
static void pack_deciding(struct pack *p, struct trainer *t)
{
    pack_count(p, &t->step, UINT64_C(1) << 53);
    pack_flag(p, &t->diverged);
    pack_int(p, &t->bad_layer, t->diverged ? t->net.layers + 1 : 0);
    pack_parameters(p, t, t->net.w);
    pack_parameters(p, t, t->net.m);
    pack_parameters(p, t, t->net.v);
    pack_killed(p, t);
}

/* The sums that curves are drawn of. */
static void pack_epoch(struct pack *p, struct trainer *t)
{
    pack_double(p, &t->batch_loss);
    pack_double(p, &t->epoch.loss);
    pack_int(p, &t->epoch.samples, DATA_MAX_SAMPLES);
    pack_int(p, &t->epoch.hits, t->epoch.samples);
    p->failed |= !t->diverged && (isinf(t->batch_loss) || !isfinite(t->epoch.loss));
}

size_t trainer_state_size(const struct trainer *t)
{
    const size_t arrays = 1 + (t->net.m != NULL) + (t->net.v != NULL);
    const size_t units = (size_t)t->net.layers * (size_t)t->net.width;
    size_t parameters = 0;

    for (int l = 1; l <= t->net.layers + 1; l++)
        parameters += (size_t)network_outs(&t->net, l) * (size_t)(network_ins(&t->net, l) + 1);
    return 6 * 8 + 1 + sizeof(float) * (arrays * parameters + units) + (size_t)t->net.layers;
}

/* Packing changes nothing of the trainer. */
void trainer_save_state(const struct trainer *t, void *state)
{
    struct pack p = {.to = state};

    pack_deciding(&p, (struct trainer *)t);
    pack_epoch(&p, (struct trainer *)t);
}

bool trainer_load_state(struct trainer *t, const void *state)
{
    struct pack p = {.at = state, .end = (const char *)state + trainer_state_size(t)};

    pack_deciding(&p, t);
    pack_epoch(&p, t);
    t->changes++;
    t->weights++;
    network_refresh(&t->net);
    return !p.failed;
}

uint64_t trainer_digest(const struct trainer *t)
{
    uint64_t h = DIGEST_START;
    struct pack p = {.digest = &h};
    struct fn fn = t->fn;

    pack_deciding(&p, (struct trainer *)t);
    pack_double(&p, &fn.alpha);
    pack_double(&p, &fn.beta);
    return h;
}

static uint64_t digest_data(const struct dataset *d)
{
    uint64_t h = DIGEST_START;
    struct pack p = {.digest = &h};

    for (int i = 0; i < d->n; i++) {
        const struct net_sample *s = &d->sample[i];
        float sample[] = {s->x1, s->x2, s->y, (float)(i < d->train)};

        pack_floats(&p, sample, 4, true);
    }
    return h;
}

uint64_t trainer_data_digest(const struct trainer *t)
{
    return digest_data(&t->data);
}

bool trainer_data_is_made(const struct trainer *t)
{
    struct dataset made;
    bool same;

    if (t->config.file[0])
        return true;
    if (!dataset_make(&made, &t->config, NULL))
        return false;
    same = digest_data(&made) == digest_data(&t->data);
    dataset_free(&made);
    return same;
}
