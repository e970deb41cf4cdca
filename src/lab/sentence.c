/* sentence.c - see sentence.h. The cases stand in an order: the first that holds is said. */
#include "lab/sentence.h"

#include "base/number.h"
#include "lab/lab.h"
#include "lab/netview.h"

#include <math.h>

/* Shares of a layer that are worth a word; and the ratio of two layers that is no change yet. */
#define DEAD_TOLD      0.25
#define SATURATED_TOLD 0.6
#define SAME_SIZE      1.5
/* From here on a share is a multiple. */
#define LARGER 1.05

/* ---- numbers as one says them ---------------------------------------------------------------- */

/* "30 000": two digits, in threes. */
static void add_round(struct text *out, double v)
{
    const double unit = pow(10, floor(log10(v)) - 1);
    long n;

    if (v >= 1e9) {
        text_printf(out, "%.0e", v);
        return;
    }
    n = lround(unit > 1 ? round(v / unit) * unit : v);
    if (n >= 1000000)
        text_printf(out, "%ld %03ld %03ld", n / 1000000, n / 1000 % 1000, n % 1000);
    else if (n >= 10000)
        text_printf(out, "%ld %03ld", n / 1000, n % 1000);
    else
        text_printf(out, "%ld", n);
}

/* "23%", "99.4%", "0.21%"; of what is larger "1.7 times". */
static void add_share(struct text *out, double share)
{
    const double percent = 100 * share;

    if (share >= LARGER)
        text_printf(out, share < 100 ? "%.2g times" : "%.0e times", share);
    else if (percent < 10)
        text_printf(out, "%.2g%%", percent);
    else
        text_printf(out, fabs(percent - 99) < 0.95 ? "%.1f%%" : "%.0f%%", percent);
}

/* "1/30 000" or "84%", with what follows a share; "1.7 times", "640 times". */
static void add_ratio(struct text *out, double ratio, const char *of)
{
    if (ratio < 0.1 && ratio > 1e-7) {
        text_add(out, "1/");
        add_round(out, 1 / ratio);
    } else if (ratio < 0.1) {
        text_printf(out, "%.0e", ratio);
    } else if (ratio < 10) {
        add_share(out, ratio);
    } else {
        add_round(out, ratio);
        text_add(out, " times");
    }
    text_add(out, ratio < LARGER ? of : "");
}

/* ---- why there is nothing to compare --------------------------------------------------------- */

static bool is_mute(const struct lab *lab)
{
    const struct trainer *t = lab->model.trainer;
    const int layer = lab->measured.probe.layers + 1;

    for (int out = 0; out < trainer_outs(t, layer); out++)
        for (int in = 0; in < trainer_ins(t, layer); in++)
            if (trainer_weight(t, layer, out, in) != 0)
                return false;
    return true;
}

/* Layers from 1 on that no gradient reaches. */
static int unreached(const struct probe *p)
{
    int l = 0;

    while (l < p->layers && p->layer[l + 1].delta == 0)
        l++;
    return l;
}

static void say_unreached(const struct lab *lab, int lost, struct text *out)
{
    const struct probe *p = &lab->measured.probe;
    int dead = 1; /* the layer that stops it; what comes after it may be dead because of it */

    while (dead < lost && p->layer[dead].dead < 1)
        dead++;
    if (p->max_slope == 0)
        text_add(out, "f' is 0 everywhere: no gradient comes back, and no hidden layer learns.");
    else if (p->layer[dead].dead >= 1)
        text_printf(out,
                    lost > 1 ? "All of layer %d is dead, no gradient passes it: layers 1 to %d do "
                               "not learn."
                             : "All of layer %d is dead: it does not learn any more.",
                    dead, lost);
    else if (lost < p->layers)
        text_printf(out,
                    "What reaches layer %d is less than a float can hold: layers 1 to %d do not "
                    "learn.",
                    lost, lost);
    else if (is_mute(lab))
        text_add(out, "The weights of the output are 0: no gradient comes back.");
    else
        text_add(out, "No gradient comes back to the last hidden layer: no sample asks for it.");
}

/* Sentences that hold for any bars: true if one was said. */
static bool say_nothing_to_compare(const struct lab *lab, struct text *out)
{
    const struct probe *p = &lab->measured.probe;
    struct divergence d;

    if (trainer_diverged(lab->model.trainer, &d))
        text_printf(out, "Diverged at step %llu, %s: no number is left. A lower lr may help.",
                    (unsigned long long)d.step, d.where);
    else if (p->layers == 0)
        text_add(out, "No hidden layer: only a straight line.");
    else if (unreached(p))
        say_unreached(lab, unreached(p), out);
    return out->len > 0;
}

/* ---- each kind of bars ----------------------------------------------------------------------- */

/* The worst layer, if it is bad enough. */
static void add_trouble(const struct probe *p, struct text *out)
{
    int dead = 1, saturated = 1;

    for (int l = 2; l <= p->layers; l++) {
        dead = p->layer[l].dead > p->layer[dead].dead ? l : dead;
        saturated = p->layer[l].saturated > p->layer[saturated].saturated ? l : saturated;
    }
    if (p->layer[dead].dead >= DEAD_TOLD)
        text_printf(out, " Layer %d: %.0f%% of the units are dead.", dead,
                    100 * p->layer[dead].dead);
    else if (p->layer[saturated].saturated >= SATURATED_TOLD)
        text_printf(out, " Layer %d is %.0f%% saturated.", saturated,
                    100 * p->layer[saturated].saturated);
}

static void say_gradient(const struct lab *lab, struct text *out)
{
    const struct probe *p = &lab->measured.probe;

    if (p->layers == 1) {
        text_printf(out, "One hidden layer: its delta, %.2g, has passed no other.",
                    p->layer[1].delta);
        add_trouble(p, out);
        return;
    }
    if (!isfinite(p->ratio)) {
        text_add(out, "The gradient of layer 1 is beyond all numbers.");
        return;
    }
    if (p->ratio > 1 / SAME_SIZE && p->ratio < SAME_SIZE) {
        text_add(out, "Going back, delta keeps its size: layer 1 gets ");
        add_ratio(out, p->ratio, " of");
        text_printf(out, " layer %d's. A layer makes it ", p->layers);
        add_share(out, p->factor);
        text_add_char(out, '.');
    } else {
        const bool grows = p->ratio > 1;

        text_printf(out, "Going back, %s ", grows ? "delta grows" : "each layer passes on");
        add_share(out, p->factor);
        text_printf(out, "%s: layer 1 gets ", grows ? " a layer" : "");
        add_ratio(out, p->ratio, " of");
        text_printf(out, " layer %d's%s.", p->layers, grows ? "" : " delta");
    }
    add_trouble(p, out);
    if (!isfinite(p->predicted_factor))
        return;
    text_add(out, p->step ? " Theory, at the start: " : " Theory: ");
    add_share(out, p->predicted_factor);
    text_add_char(out, '.');
}

static void say_weightgrad(const struct lab *lab, struct text *out)
{
    const struct probe *p = &lab->measured.probe;

    if (p->layers == 1) {
        text_printf(out, "One hidden layer: the gradient of its weights is %.2g.",
                    p->layer[1].grad);
        return;
    }
    text_add(out, "The weights of layer 1 get ");
    add_ratio(out, number_quotient(p->layer[1].grad, p->layer[p->layers].grad), " of");
    text_printf(out, " the gradient of layer %d's.", p->layers);
}

static void say_activation(const struct lab *lab, struct text *out)
{
    const struct probe *p = &lab->measured.probe;
    const double first = p->layer[1].rms, last = p->layer[p->layers].rms;

    if (p->layers == 1) {
        text_printf(out, "One hidden layer: its activations are about %.2g.", first);
        return;
    }
    if (!(last > 0) || !(first > 0)) {
        text_printf(out, "Going forward, nothing is left: layer %d answers 0.",
                    first > 0 ? p->layers : 1);
        return;
    }
    text_printf(out, "Going forward, the activations %s: layer %d's are ",
                last < first / SAME_SIZE   ? "shrink"
                : last > first * SAME_SIZE ? "grow"
                                           : "keep their size",
                p->layers);
    add_ratio(out, last / first, " of");
    text_add(out, " layer 1's.");
}

static void say_update(const struct lab *lab, struct text *out)
{
    const struct probe *p = &lab->measured.probe;
    int most = 1, least = 1;

    for (int l = 2; l <= p->layers; l++) {
        most = p->layer[l].update > p->layer[most].update ? l : most;
        least = p->layer[l].update < p->layer[least].update ? l : least;
    }
    if (!(p->layer[most].update > 0)) {
        text_add(out, "A step changes no weight.");
        return;
    }
    text_add(out, "A step changes the weights by ");
    add_ratio(out, p->layer[most].update, " of");
    text_printf(out, " their size in layer %d", most);
    if (most != least && p->layer[least].update > 0) {
        text_add(out, ", ");
        add_ratio(out, p->layer[least].update, "");
        text_printf(out, " in layer %d", least);
    }
    text_add(out, ". Healthy: about 1/1000.");
}

void lab_step_sentence(const struct lab *lab, struct text *out)
{
    const int phase = lab_step_phase(lab);
    const struct bars *b = &lab->measured.bars;
    const struct probe *p = &lab->measured.probe;
    const int last = p->layers;
    char loss[NUMBER_TEXT_MAX], before[NUMBER_TEXT_MAX];

    text_clear(out);
    number_loss(before, b->loss_before, 4);
    if (phase == PHASE_FORWARD) {
        text_printf(
            out, "1 forward: each layer answers the one before: activations %.2g, at the end %.2g.",
            b->before[1].rms, b->before[last].rms);
    } else if (phase == PHASE_LOSS) {
        text_printf(out, "2 loss: the answers are compared with the right ones: loss %s.", before);
    } else if (phase == PHASE_BACKWARD) {
        text_printf(out, "3 backward: how the loss hangs on each layer: delta %.2g in %d",
                    b->before[last].delta, last);
        if (last > 1)
            text_printf(out, ", %.2g in 1", b->before[1].delta);
        text_add_char(out, '.');
    } else {
        text_add(out, "4 update: weights move by ");
        add_ratio(out, b->before[last].update, " of");
        text_printf(out, " their size in layer %d: loss %s -> %s.", last, before,
                    number_loss(loss, p->loss, 4));
    }
}

void lab_sentence(const struct lab *lab, int netview, struct text *out)
{
    static void (*const say[NETVIEWS])(const struct lab *, struct text *) = {
        [NETVIEW_weightgrad] = say_weightgrad,
        [NETVIEW_activation] = say_activation,
        [NETVIEW_update] = say_update,
    };

    text_clear(out);
    if (!say_nothing_to_compare(lab, out))
        (say[netview] ? say[netview] : say_gradient)(lab, out);
}
