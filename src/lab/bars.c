/* bars.c - see bars.h. */
#include "lab/bars.h"

#include "lab/lab.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

static double *number(struct probe_layer *l, size_t offset)
{
    return (double *)(void *)((char *)l + offset);
}

static void widen(struct bars *b, struct probe_layer *layer, int layers)
{
    static const size_t offsets[] = {
        offsetof(struct probe_layer, delta),     offsetof(struct probe_layer, grad),
        offsetof(struct probe_layer, rms),       offsetof(struct probe_layer, update),
        offsetof(struct probe_layer, predicted),
    };

    for (int l = 1; l <= layers; l++)
        for (size_t i = 0; i < sizeof offsets / sizeof *offsets; i++) {
            const double v = *number(&layer[l], offsets[i]);
            double *least = number(&b->least, offsets[i]), *most = number(&b->most, offsets[i]);

            if (!(v > 0) || !isfinite(v))
                continue;
            *least = *most > 0 ? fmin(*least, v) : v;
            *most = fmax(*most, v);
        }
}

void bars_measured(struct lab *lab)
{
    struct bars *b = &lab->measured.bars;
    struct probe *p = &lab->measured.probe;
    const bool other = lab->model.networks != b->network || p->step < b->step || b->touched;
    const bool begins = !other && b->step == 0 && p->step > 0;

    if (other || begins) {
        b->has_was = b->layers > 0 && b->layers == p->layers;
        b->was_start = begins;
        memcpy(b->was, b->last, sizeof b->was);
        b->least = b->most = (struct probe_layer){0};
        if (b->has_was)
            widen(b, b->was, b->layers);
    }
    widen(b, p->layer, p->layers);
    memcpy(b->last, p->layer, sizeof b->last);
    b->layers = p->layers;
    b->step = p->step;
    b->network = lab->model.networks;
    b->touched = false;
}

void bars_step(struct lab *lab)
{
    struct bars *b = &lab->measured.bars;

    memcpy(b->before, b->last, sizeof b->before);
    b->loss_before = lab->measured.probe.loss;
}
