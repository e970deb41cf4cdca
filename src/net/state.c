/* state.c - what training changes, as bytes to come back to, and as a digest to compare. */
#include "net/trainer_private.h"

#include "base/digest.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

struct head {
    uint64_t step;
    double batch_loss;
    struct epoch_sum epoch;
    int bad_layer;
    bool diverged;
    bool killed[NET_MAX_LAYERS + 1];
};

struct part {
    void *at;
    size_t bytes;
};

enum { PARTS = 4 };

static void parts(const struct trainer *t, struct part out[PARTS])
{
    size_t n = t->net.params * sizeof(float);

    out[0] = (struct part){t->net.w, n};
    out[1] = (struct part){t->net.m, t->net.m ? n : 0};
    out[2] = (struct part){t->net.v, t->net.v ? n : 0};
    out[3] = (struct part){t->spare, (size_t)t->net.layers * (size_t)t->net.width * sizeof(float)};
}

size_t trainer_state_size(const struct trainer *t)
{
    struct part p[PARTS];
    size_t n = sizeof(struct head);

    parts(t, p);
    for (int i = 0; i < PARTS; i++)
        n += p[i].bytes;
    return n;
}

void trainer_save_state(const struct trainer *t, void *state)
{
    struct head head;
    struct part p[PARTS];
    char *at = state;

    memset(&head, 0, sizeof head); /* no byte of a state is left to chance: they may be compared */
    head.step = t->step;
    head.batch_loss = t->batch_loss;
    head.epoch = t->epoch;
    head.bad_layer = t->bad_layer;
    head.diverged = t->diverged;
    memcpy(head.killed, t->killed, sizeof head.killed);
    memcpy(at, &head, sizeof head);
    at += sizeof head;
    parts(t, p);
    for (int i = 0; i < PARTS; at += p[i++].bytes)
        if (p[i].bytes)
            memcpy(at, p[i].at, p[i].bytes);
}

void trainer_load_state(struct trainer *t, const void *state)
{
    struct head head;
    struct part p[PARTS];
    const char *at = state;

    memcpy(&head, at, sizeof head);
    at += sizeof head;
    t->step = head.step;
    t->changes++;
    t->weights++;
    t->batch_loss = head.batch_loss;
    t->epoch = head.epoch;
    t->bad_layer = head.bad_layer;
    t->diverged = head.diverged;
    memcpy(t->killed, head.killed, sizeof t->killed);
    parts(t, p);
    for (int i = 0; i < PARTS; at += p[i++].bytes)
        if (p[i].bytes)
            memcpy(p[i].at, at, p[i].bytes);
    network_refresh(&t->net);
}

static bool head_is_sound(const struct trainer *t, const char *state, uint64_t step)
{
    const char *flag = state + offsetof(struct head, killed);
    struct head h;

    if (state[offsetof(struct head, diverged)])
        return false;
    for (int l = 0; l <= NET_MAX_LAYERS; l++)
        if (flag[l] != 0 && (flag[l] != 1 || l == 0 || l > t->net.layers))
            return false;
    memcpy(&h, state, sizeof h);
    return h.step == step && isfinite(h.batch_loss) && isfinite(h.epoch.loss) &&
           h.epoch.samples >= 0 && h.epoch.samples <= t->data.train && h.epoch.hits >= 0 &&
           h.epoch.hits <= h.epoch.samples && h.bad_layer >= 0 && h.bad_layer <= t->net.layers + 1;
}

bool trainer_state_is_sound(const struct trainer *t, const void *state, uint64_t step)
{
    const char *at = (const char *)state + sizeof(struct head),
               *end = (const char *)state + trainer_state_size(t);

    if (!head_is_sound(t, state, step))
        return false;
    for (float v; at < end; at += sizeof v) {
        memcpy(&v, at, sizeof v);
        if (!isfinite(v))
            return false;
    }
    return true;
}

/* One array in the layout of the parameters, without its padding: layer, out, bias first, then in.
 */
static uint64_t digest_array(const struct trainer *t, uint64_t h, const float *array)
{
    const struct network *net = &t->net;

    for (int l = 1; array && l <= net->layers + 1; l++)
        for (int o = 0; o < network_outs(net, l); o++)
            for (int i = -1; i < network_ins(net, l); i++)
                h = digest_add(h, array + (network_weight(net, l, o, i) - net->w), sizeof *array);
    return h;
}

uint64_t trainer_digest(const struct trainer *t)
{
    uint64_t h = digest_add(DIGEST_START, &t->step, sizeof t->step);

    h = digest_array(t, h, t->net.w);
    h = digest_array(t, h, t->net.m);
    return digest_array(t, h, t->net.v);
}
