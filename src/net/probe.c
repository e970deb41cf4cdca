/* probe.c - see probe.h: a pass over the training set, watched layer by layer. */
#include "net/probe.h"

#include "base/number.h"
#include "base/xalloc.h"
#include "math/facts.h"
#include "net/theory.h"
#include "net/trainer_private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Held-out samples that a curve's point takes at least, and multiplications it may always take. */
enum { TESTED_LEAST = 32, TESTED_WORK = 50000000 };

/* Sums over samples and units, per layer, as the pass goes by. */
struct tally {
    struct trainer *t;
    struct probe *out;
    double sum[NET_MAX_LAYERS + 1], squares[NET_MAX_LAYERS + 1], delta[NET_MAX_LAYERS + 1];
    uint64_t bins[NET_MAX_LAYERS + 1][PROBE_BINS];
};

static struct probe_unit *units_of(struct tally *y, int layer)
{
    return y->out->unit + (size_t)(layer - 1) * (size_t)y->out->width;
}

static int bin_of(float z)
{
    float x = (z - (float)PROBE_LO) * (float)(PROBE_BINS / (PROBE_HI - PROBE_LO));

    if (!(x > 0)) /* NaN too, somewhere */
        return 0;
    return x < PROBE_BINS ? (int)x : PROBE_BINS - 1;
}

static void tally_z(void *context, int layer, const float *z, int rows)
{
    struct tally *y = context;
    int ld = y->t->net.ld, width = y->out->width;
    uint32_t count[4][PROBE_BINS] = {{0}}; /* neighbours are alike: the next waits for no count */

    for (int s = 0; s < rows; s++, z += ld)
        for (int j = 0; j < width; j++)
            count[j % 4][bin_of(z[j])]++;
    for (int b = 0; b < PROBE_BINS; b++)
        y->bins[layer][b] += (uint64_t)count[0][b] + count[1][b] + count[2][b] + count[3][b];
}

/* On the way back activations and slopes of the whole block lie ready. */
static void tally_delta(void *context, int layer, const float *delta, int rows)
{
    struct tally *y = context;
    const struct network *net = &y->t->net;
    size_t block = (size_t)(layer - 1) * (size_t)net->rows * (size_t)net->ld;
    const float *a = net->act + block, *slope = net->slope + block;
    struct probe_unit *unit = units_of(y, layer);
    size_t n = (size_t)rows * (size_t)net->ld; /* with the padding, which is 0 */
    float sum[NET_MAX_WIDTH], least = (float)(FN_SATURATED * y->t->max_slope);
    int width = net->width;

    net->k->columns(rows, net->ld, a, net->ld, false, sum);
    for (int j = 0; j < width; j++)
        y->sum[layer] += (double)sum[j];
    y->squares[layer] += net->k->squares(n, a);
    /* In float the square of what has vanished would be 0 long before delta is. */
    y->delta[layer] += net->k->squares(n, delta);
    for (int s = 0; s < rows; s++, slope += net->ld, delta += net->ld, a += net->ld)
        for (int j = 0; j < width; j++) {
            float steep = fabsf(slope[j]);

            unit[j].slope += steep;
            unit[j].delta += (double)delta[j] * (double)delta[j];
            unit[j].activation += (double)a[j] * (double)a[j];
            unit[j].saturated += steep < least ? 1 : 0;
        }
}

/* RMS over the weights of a hidden layer, scaled: of the weights themselves or of the gradient. The
 * padding of their rows is 0. */
static double layer_rms(const struct network *net, const float *array, int layer, double scale)
{
    size_t ins = (size_t)network_ins(net, layer), outs = (size_t)network_outs(net, layer);
    const float *v = array + (network_weights(net, layer) - net->w);

    return scale * sqrt(net->k->squares(ins * (size_t)net->ld, v) / (double)(ins * outs));
}

static void finish_layer(struct tally *y, int layer, int samples)
{
    const struct network *net = &y->t->net;
    struct probe_layer *out = &y->out->layer[layer];
    struct probe_unit *unit = units_of(y, layer);
    double n = (double)samples * net->width, weights, saturated = 0;
    bool lost = isnan(y->sum[layer]); /* activations are no numbers: no unit is in any state */
    int dead = 0;

    out->mean = y->sum[layer] / n;
    out->rms = sqrt(y->squares[layer] / n);
    out->delta = sqrt(y->delta[layer] / n);
    out->grad = layer_rms(net, net->g, layer, 1. / samples);
    weights = layer_rms(net, net->w, layer, 1);
    out->update = weights > 0 ? y->t->config.lr * out->grad / weights : NAN;
    for (int b = 0; b < PROBE_BINS; b++)
        out->bins[b] = (float)((double)y->bins[layer][b] / n);
    for (int j = 0; j < net->width; j++) {
        saturated += (double)unit[j].saturated;
        unit[j].dead = unit[j].slope == 0 && !lost;
        dead += unit[j].dead;
        unit[j].slope = lost ? NAN : unit[j].slope / (float)samples;
        unit[j].delta = sqrt(unit[j].delta / samples);
        unit[j].activation = sqrt(unit[j].activation / samples);
        unit[j].saturated /= (float)samples;
    }
    out->dead = lost ? NAN : (double)dead / net->width;
    out->saturated = lost || !(y->t->max_slope > 0) ? NAN : saturated / n;
}

/* Forward over samples [from, to), and backward too when watched. Returns the mean loss. */
static double pass(struct trainer *t, int from, int to, const struct network_watch *watch,
                   double *accuracy)
{
    struct network *net = &t->net;
    double loss = 0;
    int hits = 0;

    for (int at = from, rows; at < to; at += rows) {
        rows = to - at < net->rows ? to - at : net->rows;
        for (int i = 0; i < rows; i++)
            trainer_fill(t, i, at + i);
        network_forward(net, rows, watch);
        loss += network_loss(net, rows, 1);
        if (watch)
            network_backward(net, rows, at > from, watch);
        for (int i = 0; i < rows; i++)
            hits += trainer_hits(net, i);
    }
    *accuracy = t->labelled && to > from ? (double)hits / (to - from) : NAN;
    return to > from ? loss / (to - from) : NAN;
}

static void know_theory(struct trainer *t)
{
    float *x = xcalloc(NET_INPUTS * (size_t)t->data.train, sizeof *x), *next = x;
    double sigma = theory_sigma_w(&t->config), q, chi;

    for (int i = 0; i < t->data.train; i++) {
        *next++ = t->data.sample[i].x1;
        *next++ = t->data.sample[i].x2;
    }
    t->theory_applies =
        theory_predict(&t->config, &t->fn, x, t->data.train, t->theory_delta, t->theory_chi);
    free(x);
    q = t->theory_applies ? theory_fixed_point(&t->fn, 1, sigma, t->config.bias_std) : NAN;
    chi = isfinite(q) ? theory_chi(&t->fn, q, sigma) : NAN;
    t->theory_depth = fabs(chi - 1) < 1e-6 ? INFINITY : -1 / log(chi);
    t->theory_known = true;
}

static void compare_theory(struct trainer *t, struct probe *out)
{
    int top = out->layers;

    if (!t->theory_known)
        know_theory(t);
    for (int l = 1; l <= top; l++) {
        out->layer[l].predicted =
            t->theory_applies ? t->theory_delta[l] * out->layer[top].delta : NAN;
        out->layer[l].chi = t->theory_chi[l]; /* also where no gradient is left to predict */
    }
    out->ratio = out->factor = out->predicted_ratio = out->predicted_factor = NAN;
    out->depth_scale = t->theory_applies ? t->theory_depth : NAN;
    if (!top)
        return;
    out->ratio = number_quotient(out->layer[1].delta, out->layer[top].delta);
    out->predicted_ratio = t->theory_applies ? t->theory_delta[1] : NAN;
    out->factor = top > 1 ? pow(out->ratio, 1. / (top - 1)) : 1;
    out->predicted_factor = top > 1 ? pow(out->predicted_ratio, 1. / (top - 1)) : 1;
}

static void measure(struct trainer *t, int samples, bool test, struct probe *out)
{
    struct tally *y = xcalloc(1, sizeof *y);
    struct network_watch watch = {.forward = tally_z, .backward = tally_delta, .context = y};
    struct probe_unit *unit = out->unit;
    size_t units = (size_t)t->net.layers * (size_t)t->net.width, cap = out->unit_cap;
    unsigned mode = denormals_flush();

    unit = xgrow(unit, &cap, units + 1, sizeof *unit);
    memset(unit, 0, sizeof *unit * units);
    *out = (struct probe){
        .layers = t->net.layers, .width = t->net.width, .unit = unit, .unit_cap = cap};
    y->t = t;
    y->out = out;
    out->step = t->step;
    out->epoch = (double)t->step / trainer_steps_per_epoch(t);
    out->samples = samples;
    out->max_slope = t->max_slope;
    out->loss = pass(t, 0, samples, &watch, &out->accuracy);
    for (int l = 1; l <= out->layers; l++)
        finish_layer(y, l, samples);
    out->test_loss =
        pass(t, t->data.train, test ? t->data.n : t->data.train, NULL, &out->test_accuracy);
    out->diverged = t->diverged || !isfinite(out->loss);
    denormals_restore(mode);
    compare_theory(t, out);
    free(y);
}

void trainer_probe(struct trainer *t, struct probe *out)
{
    measure(t, t->data.train, true, out);
}

void trainer_glance(struct trainer *t, int samples, struct probe *out)
{
    if (samples < 1)
        samples = 1;
    measure(t, samples < t->data.train ? samples : t->data.train, false, out);
}

/* Forward, twice as many samples as a step has take no longer than it; those of a small network
 * take nothing to speak of. By settings alone, not by the clock: curves are the same everywhere. */
static int tested(const struct trainer *t)
{
    const double work = trainer_work(t, 1) + 1;
    const double most = fmax(TESTED_LEAST, 2. * trainer_batch(t) + TESTED_WORK / work);
    const int held_out = t->data.n - t->data.train;

    return held_out < most ? held_out : (int)most;
}

void trainer_test(struct trainer *t, double *loss, double *accuracy)
{
    unsigned mode = denormals_flush();

    *loss = pass(t, t->data.train, t->data.train + tested(t), NULL, accuracy);
    denormals_restore(mode);
}

void probe_free(struct probe *p)
{
    free(p->unit);
    p->unit = NULL;
    p->unit_cap = 0;
}
