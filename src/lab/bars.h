/* bars.h - what was seen of the layers before: so that bars keep their scale while a network
 * trains, and a mark stays where each of them was. */
#ifndef ACTLAB_LAB_BARS_H
#define ACTLAB_LAB_BARS_H

#include "net/probe.h"

struct lab;

struct bars {
    /* Where each bar was: at the start of a training, or before what was done last. [1..layers] */
    struct probe_layer was[NET_MAX_LAYERS + 1];
    bool has_was;   /* ... of a network of as many layers */
    bool was_start; /* ... which was this one, untrained */
    /* The least and the most above 0 of each number but shares since then; a most of 0: there was
     * none. */
    struct probe_layer least, most;
    bool touched; /* something but training has changed the network since the last measure */

    /* Before the step that is shown. */
    struct probe_layer before[NET_MAX_LAYERS + 1];
    double loss_before;

    /* The last measure. */
    struct probe_layer last[NET_MAX_LAYERS + 1];
    int layers; /* 0: none yet */
    uint64_t step, network;
};

/* lab->measured.probe is fresh: takes note of it. */
void bars_measured(struct lab *);
/* The same: before a step that will be shown. */
void bars_step(struct lab *);

#endif
