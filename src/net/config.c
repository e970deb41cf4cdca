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
static const char *const all[] = {"all", NULL};

#define AT(field) offsetof(struct net_config, field)

static const struct setting rows[] = {
    {"layers", SETTING_INT, AT(layers), 0, NET_MAX_LAYERS, "8", NULL, "hidden layers"},
    {"width", SETTING_INT, AT(width), 1, NET_MAX_WIDTH, "16", NULL, "units in each hidden layer"},
    {"fn", SETTING_WORD, AT(fn), 0, 0, NET_PLOTTED, NULL,
     "activation function: a name, or 'plotted' for the one in the plot with its alpha and beta"},
    {"init", SETTING_CHOICE, AT(init), 0, 0, "lecun", inits,
     "first weights, by their deviation: gain/sqrt(fan_in) for lecun, gain*sqrt(2/fan_in) for he, "
     "gain*sqrt(2/(fan_in+fan_out)) for glorot, the gain itself for normal; uniform: anywhere in "
     "+-gain/sqrt(fan_in); orthogonal: a random rotation times the gain"},
    {"gain", SETTING_REAL, AT(gain), 0, 1000, "1", NULL, "multiplies the first weights"},
    {"bias", SETTING_REAL, AT(bias), -1000, 1000, "0", NULL,
     "first biases of the hidden layers: their mean"},
    {"bias_std", SETTING_REAL, AT(bias_std), 0, 1000, "0", NULL,
     "first biases of the hidden layers: their deviation"},
    {"residual", SETTING_BOOL, AT(residual), 0, 0, "off", NULL,
     "add each hidden layer's input to its output"},
    {"layernorm", SETTING_BOOL, AT(layernorm), 0, 0, "off", NULL,
     "bring each sample's pre-activations of a layer to mean 0 and deviation 1"},
    {"loss", SETTING_CHOICE, AT(loss), 0, 0, "bce", losses,
     "binary cross-entropy or squared error; plane and sine always take squared"},
    {"data", SETTING_CHOICE, AT(data), 0, 0, "circle", datas,
     "what to learn, or a file of x1,x2,label lines"},
    {"noise", SETTING_REAL, AT(noise), 0, 1, "0", NULL,
     "normal noise on the data, as a share of its scale"},
    {"samples", SETTING_INT, AT(samples), 2, DATA_MAX_SAMPLES, "200", NULL,
     "points of generated data"},
    {"test", SETTING_REAL, AT(test), 0, .9, "0", NULL, "share of the points held out for testing"},
    {"batch", SETTING_INT, AT(batch), 0, DATA_MAX_SAMPLES, "10", all,
     "samples a step; all, or 0, is the whole training set"},
    {"shuffle", SETTING_BOOL, AT(shuffle), 0, 0, "on", NULL,
     "another order of the samples in every epoch"},
    {"lr", SETTING_REAL, AT(lr), 0, 1e6, "0.3", NULL, "learning rate"},
    {"optimizer", SETTING_CHOICE, AT(optimizer), 0, 0, "sgd", optimizers,
     "how gradients become steps"},
    {"momentum", SETTING_REAL, AT(momentum), 0, .9999, "0.9", NULL,
     "of the momentum optimiser; for adam its first decay rate"},
    {"decay", SETTING_REAL, AT(decay), 0, 1000, "0", NULL, "L2 weight decay"},
    {"l1", SETTING_REAL, AT(l1), 0, 1000, "0", NULL, "L1 weight decay"},
    {"clip", SETTING_REAL, AT(clip), 0, 1e6, "0", NULL,
     "largest norm of the whole gradient; 0 is no limit"},
    {"seed", SETTING_SEED, AT(seed), 0, 0x1p53, "1", NULL, "of data, weights and order"},
};

const struct setting_table net_settings = {"network setting", rows, sizeof rows / sizeof *rows};

bool net_setting_is_live(const char *name)
{
    static const char *const live[] = {"batch", "shuffle", "lr", "momentum", "decay", "l1", "clip"};

    for (size_t i = 0; i < sizeof live / sizeof *live; i++)
        if (strcmp(name, live[i]) == 0)
            return true;
    return false;
}

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
