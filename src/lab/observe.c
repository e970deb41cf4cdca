/* observe.c - what of the lab can be asked by name. One row an observable; see observe.h. */
#include "lab/observe.h"

#include "base/xalloc.h"
#include "math/facts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The context of the scope's callbacks: the lab, and the layer that was asked for but does not
 * exist. */
struct observation {
    struct expr_scope scope; /* first: observe_free gets its address */
    struct lab *lab;
    const struct observable *bad;
    double bad_layer;
};

static const struct probe *probe(struct lab *lab)
{
    lab_measure(lab);
    return &lab->measured.probe;
}

static const struct probe_layer *layer(struct lab *lab, const double *args)
{
    return &probe(lab)->layer[(int)args[0]];
}

static double dead_share(const struct probe_layer *l)
{
    return l->dead;
}

static double saturated_share(const struct probe_layer *l)
{
    return l->saturated;
}

/* Of one layer, or the mean over all. */
static double share(struct lab *lab, const double *args, double (*of)(const struct probe_layer *))
{
    const struct probe *p = probe(lab);
    double sum = 0;

    if (args)
        return of(layer(lab, args));
    for (int l = 1; l <= p->layers; l++)
        sum += of(&p->layer[l]);
    return sum / p->layers;
}

/* Of a file as many as it has, whatever was asked for. */
static int sample_count(const struct lab *lab)
{
    int n;

    trainer_data(lab->model.trainer, &n, NULL);
    return n;
}

/* OBSERVE(name, value): `lab` and `args` are at hand. */
#define OBSERVE(name, value)                                                                       \
    static double observe_##name(struct lab *lab, const double *args)                              \
    {                                                                                              \
        (void)lab;                                                                                 \
        (void)args;                                                                                \
        return value;                                                                              \
    }

OBSERVE(alpha, lab->model.fn.act->alpha.meaning ? lab->model.fn.alpha : NAN)
OBSERVE(beta, lab->model.fn.act->beta.meaning ? lab->model.fn.beta : NAN)
OBSERVE(x, lab->model.plot.cursor)
OBSERVE(f, fn_f(&lab->model.fn, lab->model.plot.cursor))
OBSERVE(df, fn_df(&lab->model.fn, lab->model.plot.cursor))
OBSERVE(slope, fn_max_slope(&lab->model.fn))
OBSERVE(layers, probe(lab)->layers)
OBSERVE(width, probe(lab)->width)
OBSERVE(samples, sample_count(lab))
OBSERVE(batch, lab->model.net.batch)
OBSERVE(lr, lab->model.net.lr)
OBSERVE(gain, lab->model.net.gain)
OBSERVE(bias, lab->model.net.bias)
OBSERVE(noise, lab->model.net.noise)
OBSERVE(momentum, lab->model.net.momentum)
OBSERVE(decay, lab->model.net.decay)
OBSERVE(seed, (double)lab->model.net.seed)
OBSERVE(running, lab->model.running)
OBSERVE(step, (double)trainer_steps(lab->model.trainer))
OBSERVE(epoch,
        (double)trainer_steps(lab->model.trainer) / trainer_steps_per_epoch(lab->model.trainer))
OBSERVE(diverged, trainer_diverged(lab->model.trainer, NULL))
OBSERVE(loss, probe(lab)->loss)
OBSERVE(accuracy, probe(lab)->accuracy)
OBSERVE(test_loss, probe(lab)->test_loss)
OBSERVE(test_accuracy, probe(lab)->test_accuracy)
OBSERVE(ratio, probe(lab)->ratio)
OBSERVE(factor, probe(lab)->factor)
OBSERVE(predicted_ratio, probe(lab)->predicted_ratio)
OBSERVE(predicted_factor, probe(lab)->predicted_factor)
OBSERVE(depth_scale, probe(lab)->depth_scale)
OBSERVE(dead, share(lab, args, dead_share))
OBSERVE(saturated, share(lab, args, saturated_share))
OBSERVE(delta, layer(lab, args)->delta)
OBSERVE(grad, layer(lab, args)->grad)
OBSERVE(act, layer(lab, args)->rms)
OBSERVE(mean, layer(lab, args)->mean)
OBSERVE(update, layer(lab, args)->update)
OBSERVE(predicted, layer(lab, args)->predicted)
OBSERVE(chi, layer(lab, args)->chi)

/* clang-format off */
#define PLAIN(name, help)  {#name, 0, observe_##name, help}
#define LAYER(name, help)  {#name, 1, observe_##name, help}
#define EITHER(name, help) {#name, EXPR_OPTIONAL_ARGUMENT, observe_##name, help}
/* clang-format on */

const struct observable observable_table[] = {
    PLAIN(x, "position of the plot's cursor"),
    PLAIN(f, "the plotted function at the cursor"),
    PLAIN(df, "its derivative at the cursor"),
    PLAIN(alpha, "the plotted function's alpha; nan if it has none"),
    PLAIN(beta, "the plotted function's beta; nan if it has none"),
    PLAIN(slope, "the largest |f'| of the plotted function"),
    PLAIN(loss, "mean loss over the training set"),
    PLAIN(accuracy, "share of the training set classified correctly; nan for regression"),
    PLAIN(test_loss, "mean loss over the held-out samples; nan if there are none"),
    PLAIN(test_accuracy, "accuracy on the held-out samples; nan if there are none"),
    PLAIN(step, "mini-batches trained"),
    PLAIN(epoch, "passes over the training set, with fractions"),
    PLAIN(diverged, "1 once the loss is not a finite number"),
    PLAIN(running, "1 while the network trains on the screen"),
    PLAIN(layers, "hidden layers of the network"),
    PLAIN(width, "units in each hidden layer"),
    PLAIN(lr, "the learning rate"),
    PLAIN(batch, "samples in a mini-batch; 0: all"),
    PLAIN(samples, "samples of the data"),
    PLAIN(gain, "factor on the initial weights' standard deviation"),
    PLAIN(bias, "mean of the initial biases"),
    PLAIN(noise, "noise in the data, from 0 to 1"),
    PLAIN(momentum, "the optimizer's momentum"),
    PLAIN(decay, "L2 weight decay"),
    PLAIN(seed, "the seed of data and weights"),
    LAYER(delta, "root mean square of dloss/dz in layer l"),
    LAYER(grad, "root mean square of dloss/dW"),
    LAYER(act, "root mean square of the activations"),
    LAYER(mean, "mean of the activations"),
    LAYER(update, "RMS(lr dW)/RMS(W): with sgd near 0.001 is healthy; others move by more or less "
                  "than lr dW"),
    EITHER(dead, "share of units with f' = 0 on every sample; dead: mean over the layers"),
    EITHER(saturated, "share of units and samples with |f'| < 5 % of its largest; or the mean"),
    LAYER(predicted, "delta as mean-field theory predicts it"),
    LAYER(chi, "the factor on delta^2 that theory gives this layer"),
    PLAIN(ratio, "delta(1)/delta(layers)"),
    PLAIN(factor, "factor of one layer on delta on its way back: ratio^(1/(layers-1))"),
    PLAIN(predicted_ratio, "ratio as theory predicts it"),
    PLAIN(predicted_factor, "factor as theory predicts it"),
    PLAIN(depth_scale, "layers in which delta^2 falls by a factor of e on its way back, in theory; "
                       "below 0: it grows"),
};
const int observable_count = sizeof observable_table / sizeof *observable_table;

static int symbol(void *context, const char *name, int *id)
{
    (void)context;
    for (int i = 0; i < observable_count; i++)
        if (strcmp(observable_table[i].name, name) == 0) {
            *id = i;
            return observable_table[i].arity;
        }
    return -1;
}

static double value(void *context, int id, const double *args)
{
    struct observation *o = context;
    const struct observable *row = &observable_table[id];

    if (args && !(args[0] >= 1 && args[0] <= probe(o->lab)->layers && args[0] == floor(args[0]))) {
        if (!o->bad) {
            o->bad = row;
            o->bad_layer = args[0];
        }
        return NAN;
    }
    return row->value(o->lab, args);
}

static const struct activation *function(void *context, const char *name)
{
    struct observation *o = context;

    return functions_find(o->lab->model.functions, name, NULL);
}

/* The observables' names, then those of defined functions. */
static const char *candidate(const void *context, int i)
{
    const struct observation *o = context;
    const struct activation *act;

    if (i < observable_count)
        return observable_table[i].name;
    act = functions_at(o->lab->model.functions, activation_count + i - observable_count);
    return act ? act->name : NULL;
}

struct expr_scope *observe_new(struct lab *lab)
{
    struct observation *o = xcalloc(1, sizeof *o);

    o->scope = (struct expr_scope){symbol, value, function, candidate, o};
    o->lab = lab;
    return &o->scope;
}

void observe_free(struct expr_scope *scope)
{
    free(scope);
}

struct expr *observe_parse(struct lab *lab, const char *expression, size_t n, struct error *e)
{
    return expr_parse(expression, n, NULL, lab->scope, e);
}

bool observe_expr(struct lab *lab, const struct expr *expr, double *out, struct error *e)
{
    struct observation *o = lab->scope->context;
    int layers;

    o->bad = NULL;
    *out = expr_eval(expr, 0, 0, 0).v;
    if (!o->bad)
        return true;
    layers = probe(lab)->layers; /* what asks for layer 0 has measured nothing yet */
    if (layers == 0)
        return fail(e, "%s(%.9g): the network has no hidden layers", o->bad->name, o->bad_layer);
    if (layers == 1)
        return fail(e, "%s(%.9g): there is only layer 1", o->bad->name, o->bad_layer);
    return fail(e, "%s(%.9g): the layers are 1 to %d", o->bad->name, o->bad_layer, layers);
}

bool observe(struct lab *lab, const char *expression, double *out, struct error *e)
{
    struct expr *expr = observe_parse(lab, expression, strlen(expression), e);
    bool ok = expr && observe_expr(lab, expr, out, e);

    expr_free(expr);
    return ok;
}
