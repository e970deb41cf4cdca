/* config.h - everything that decides a network and its training, as one plain struct and one table.
 */
#ifndef ACTLAB_NET_CONFIG_H
#define ACTLAB_NET_CONFIG_H

#include "base/setting.h"

#include <stdint.h>

enum { NET_MAX_LAYERS = 200, NET_MAX_WIDTH = 512, NET_INPUTS = 2 };

enum net_init {
    INIT_ZEROS,
    INIT_NORMAL,
    INIT_UNIFORM,
    INIT_LECUN,
    INIT_GLOROT,
    INIT_HE,
    INIT_ORTHOGONAL
};
enum net_data { DATA_CIRCLE, DATA_XOR, DATA_GAUSS, DATA_SPIRAL, DATA_MOONS, DATA_PLANE, DATA_SINE };
enum net_optimizer { OPT_SGD, OPT_MOMENTUM, OPT_RMSPROP, OPT_ADAM };
enum net_loss { LOSS_BCE, LOSS_SQUARED };

/* The value of `fn` by which the network follows the plot. */
#define NET_PLOTTED "plotted"

struct net_config {
    int layers, width;         /* hidden layers, units in each */
    char fn[SETTING_WORD_MAX]; /* NET_PLOTTED: the function of the plot with its alpha and beta;
                                  else a name, at its defaults */
    int init;                  /* enum net_init */
    double gain; /* multiplies the weights' standard deviation; the deviation itself for `normal` */
    double bias, bias_std; /* initial biases of the hidden layers: mean and standard deviation */
    bool residual, layernorm;
    int loss;       /* enum net_loss; see net_config_loss */
    int data;       /* enum net_data */
    char file[256]; /* data=FILE.csv: then `data` does not count; "" otherwise */
    double noise;   /* 0..1: the share of the data's own scale added as normal noise */
    int samples;
    double test;  /* share held out, 0..0.9 */
    int batch;    /* 0: the whole training set */
    bool shuffle; /* another order in every epoch; else always the order of the data */
    double lr;
    int optimizer; /* enum net_optimizer */
    double momentum;
    double decay, l1; /* L2 and L1 */
    double clip;      /* largest norm of the whole gradient, 0 for none */
    uint64_t seed;
};

extern const struct setting_table net_settings;

/* True if such a network runs the function of the plot. */
bool net_config_runs_plotted(const struct net_config *);
/* The loss that is minimised: squared error for real-valued data, whatever `loss` says. */
int net_config_loss(const struct net_config *);
bool net_config_regression(const struct net_config *);

#endif
