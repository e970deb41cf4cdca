/* probe.h - what is measured of a network, layer by layer, over its whole training set. */
#ifndef ACTLAB_NET_PROBE_H
#define ACTLAB_NET_PROBE_H

#include "net/config.h"

enum {
    PROBE_BINS = 24
}; /* of the histogram of z, over [PROBE_LO, PROBE_HI]; outliers in the end bins */
#define PROBE_LO (-6.0)
#define PROBE_HI 6.0

struct probe_layer {
    double delta;     /* RMS over batch and units of dloss/dz, per sample (not divided by the batch
                         size) */
    double grad;      /* RMS of dloss/dW */
    double mean, rms; /* of the activations */
    double saturated; /* share of (unit, sample) with |f'(z)| < 5 % of max |f'|; NAN where f' is 0
                         everywhere, and so is max |f'| */
    double dead;      /* share of units with f'(z) = 0 on every sample; this and the one above are
                         NAN where activations are no numbers */
    double update;    /* RMS(lr dW) / RMS(W) */
    double predicted; /* delta as mean-field theory predicts it, scaled to the last layer's measured
                         delta; NAN if none */
    double chi;       /* the theory's factor chi_l at this layer */
    float bins[PROBE_BINS]; /* shares of z, summing to 1 */
};

/* A unit's state for the unit map. */
struct probe_unit {
    float slope;       /* mean |f'(z)| over the samples; NAN where activations are no numbers */
    double delta;      /* RMS of its delta; in float its square would be 0 long before it is */
    double activation; /* RMS of its activations */
    bool dead;         /* f'(z) = 0 on every sample */
    float saturated;   /* share of samples */
};

struct probe {
    int layers, width;
    /* [1..layers]; hidden layers count from 1 at the input */
    struct probe_layer layer[NET_MAX_LAYERS + 1];
    struct probe_unit *unit; /* [layer-1][unit], layers x width; owned by the probe */
    size_t unit_cap;
    double max_slope;                /* the largest |f'|, which saturation is relative to; or NAN */
    double loss, accuracy;           /* accuracy of a regression: NAN */
    double test_loss, test_accuracy; /* NAN without held-out data */
    double ratio;                    /* delta(1) / delta(layers) */
    double factor; /* ratio^(1/(layers-1)): the factor of one layer on the way back */
    double predicted_ratio, predicted_factor;
    /* Layers over which delta^2 changes by e: -1/ln chi at the fixed point of the lengths
     * (Schoenholz et al. 2017, see theory.h); infinite at criticality. */
    double depth_scale;
    uint64_t step;
    double epoch;
    bool diverged;
    int samples; /* of the training set that were measured */
};

void probe_free(struct probe *);

#endif
