/* config.c - see config.h: the table of network settings. */
#include "net/config.h"

#include "net/data.h"

#include <string.h>

static const char *const inits[] = {"zeros",  "normal", "uniform",    "lecun",
                                    "glorot", "he",     "orthogonal", NULL};
static const char *const datas[] = {"circle", "xor",   "gauss", "spiral",
                                    "moons",  "plane", "sine",  NULL};
static const char *const optimizers[] = {"sgd", "momentum", "rmsprop", "adam", NULL};
static const char *const losses[] = {"bce", "squared", NULL};
static const char *const inits_also[] = {"xavier", "glorot", "kaiming", "he", NULL};
static const char *const losses_also[] = {"mse", "squared", NULL};
static const char *const all[] = {"all", NULL};

#define ROW(...) SETTING_ROW(struct net_config, __VA_ARGS__)

static const struct setting rows[] = {
    ROW(layers, INT, .max = NET_MAX_LAYERS, .fallback = "8", .help = "hidden layers"),
    ROW(width, INT, .min = 1, .max = NET_MAX_WIDTH, .fallback = "16",
        .help = "units in each hidden layer"),
    ROW(fn, WORD, .fallback = NET_PLOTTED,
        .help = "activation function: a name, or 'plotted' for the one in the plot with its alpha "
                "and beta"),
    ROW(init, CHOICE, .fallback = "lecun", .choices = inits, .also = inits_also,
        .help = "initial weights, by their standard deviation: gain/sqrt(fan_in) for lecun, "
                "gain*sqrt(2/fan_in) for he, gain*sqrt(2/(fan_in+fan_out)) for glorot, the gain "
                "itself for normal; uniform: anywhere in +-gain/sqrt(fan_in); orthogonal: a random "
                "rotation times the gain"),
    ROW(gain, REAL, .max = 1000, .fallback = "1", .help = "factor on the initial weights"),
    ROW(bias, REAL, .min = -1000, .max = 1000, .fallback = "0",
        .help = "mean of the hidden layers' initial biases"),
    ROW(bias_std, REAL, .max = 1000, .fallback = "0",
        .help = "standard deviation of the hidden layers' initial biases"),
    ROW(residual, BOOL, .fallback = "off", .help = "add each hidden layer's input to its output"),
    ROW(layernorm, BOOL, .fallback = "off",
        .help =
            "bring each sample's pre-activations of a layer to mean 0 and standard deviation 1"),
    ROW(loss, CHOICE, .fallback = "bce", .choices = losses, .also = losses_also,
        .help = "binary cross-entropy or squared error; plane and sine always take squared"),
    ROW(data, CHOICE, .fallback = "circle", .choices = datas,
        .help = "what to learn, or a file of x1,x2,label lines, with commas, semicolons, tabs or "
                "blanks; "
                "labels 0 and 1, or -1 and 1, or two words: the first in the alphabet is 0"),
    ROW(noise, REAL, .max = 1, .fallback = "0",
        .help = "normal noise on the data, as a share of its scale"),
    ROW(samples, INT, .min = 2, .max = DATA_MAX_SAMPLES, .fallback = "200",
        .help = "points of generated data"),
    ROW(test, REAL, .max = .9, .fallback = "0", .help = "share of the points held out for testing"),
    ROW(batch, INT, .max = DATA_MAX_SAMPLES, .fallback = "10", .choices = all, .live = true,
        .help = "samples per step; all, or 0: the whole training set"),
    ROW(shuffle, BOOL, .fallback = "on", .live = true,
        .help = "a new order of the samples in every epoch"),
    ROW(lr, REAL, .max = 1e6, .fallback = "0.3", .live = true, .help = "learning rate"),
    ROW(optimizer, CHOICE, .fallback = "sgd", .choices = optimizers,
        .help = "how gradients become steps"),
    ROW(momentum, REAL, .max = .9999, .fallback = "0.9", .live = true,
        .help = "momentum of the momentum optimizer; adam's first decay rate"),
    ROW(decay, REAL, .max = 1000, .fallback = "0", .live = true, .help = "L2 weight decay"),
    ROW(l1, REAL, .max = 1000, .fallback = "0", .live = true, .help = "L1 weight decay"),
    ROW(clip, REAL, .max = 1e6, .fallback = "0", .live = true,
        .help = "largest norm of the whole gradient; 0: no limit"),
    ROW(seed, SEED, .max = 0x1p53, .fallback = "1", .help = "of data, weights and order"),

};

const struct setting_table net_settings = {"network setting", rows, sizeof rows / sizeof *rows};

bool net_config_runs_plotted(const struct net_config *c)
{
    return strcmp(c->fn, NET_PLOTTED) == 0;
}

bool net_config_regression(const struct net_config *c)
{
    return !c->file[0] && (c->data == DATA_PLANE || c->data == DATA_SINE);
}

int net_config_loss(const struct net_config *c)
{
    return net_config_regression(c) ? LOSS_SQUARED : c->loss;
}
