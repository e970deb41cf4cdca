/* trainer.h - a network with its data and optimiser, trained one mini-batch at a time.
 *
 * The same config, function, build and kind of CPU give the same bits. Float inside; statistics in
 * double. */
#ifndef ACTLAB_NET_TRAINER_H
#define ACTLAB_NET_TRAINER_H

#include "base/stop.h"
#include "math/activation.h"
#include "net/config.h"
#include "net/data.h"
#include "net/probe.h"

struct trainer;

/* Builds data and network as the config says. fn: the function of the hidden layers. NULL on an
 * error. */
struct trainer *trainer_new(const struct net_config *, const struct fn *fn, struct error *);
/* The same on the caller's samples, which are copied: training samples first, held-out ones from
 * `train` on. */
struct trainer *trainer_new_with(const struct net_config *, const struct fn *fn,
                                 const struct net_sample *, int n, int train, struct error *);
/* On the samples of another trainer, if the config asks for the same ones: a file is not read
 * again, and may be gone. */
struct trainer *trainer_renew(const struct trainer *, const struct net_config *,
                              const struct fn *fn, struct error *);
/* One owner more: trainer_free is to be called once for each. */
struct trainer *trainer_keep(struct trainer *);
void trainer_free(struct trainer *);

/* One mini-batch: forward, backward, update. Allocates nothing. A diverged network (a loss that is
 * not finite) stays as it is. */
void trainer_step(struct trainer *);
/* The same, but where it takes longer than some milliseconds it can be stopped: then it returns
 * false, and the network is what it was. Only a batch that is taken in one block, by plain descent,
 * goes back without asking. */
bool trainer_try_step(struct trainer *, const struct stop *);
/* Multiplications, about, that a sample takes for so many passes over its weights and one over its
 * activations. */
double trainer_work(const struct trainer *, int passes);
/* Forward and backward over the whole training set (and forward over the held-out one) without an
 * update. */
void trainer_probe(struct trainer *, struct probe *out);
/* The same over the first `samples` of the training set only (all, if there are fewer) and without
 * the held-out ones (NAN): for a big network, at every frame. Keep it under a tenth of
 * the samples trained since the last frame. */
void trainer_glance(struct trainer *, int samples, struct probe *out);
/* The loss of the last mini-batch, from before its update; NAN before the first. */
double trainer_batch_loss(const struct trainer *);

/* Over the epoch that has ended, or is under way: the mean loss of its samples, each from before
 * its own step, and the share that was right. It costs nothing. NAN before the first step. */
double trainer_epoch_loss(const struct trainer *, double *accuracy);
/* The held-out samples, forward only; NAN without any. Of a large network that trains in small
 * batches only the first of them, at least 32: as many as take no longer than a step or a few
 * milliseconds. trainer_probe takes them all. */
void trainer_test(struct trainer *, double *loss, double *accuracy);

uint64_t trainer_steps(const struct trainer *);
/* Counts up with whatever changes what the network answers. */
uint64_t trainer_changes(const struct trainer *);
/* Counts up with whatever changes what trainer_save_state saves. */
uint64_t trainer_state_changes(const struct trainer *);
int trainer_steps_per_epoch(const struct trainer *);
const struct net_config *trainer_config(const struct trainer *);
const struct fn *trainer_fn(const struct trainer *);
/* Where a network ceased to be numbers. */
struct divergence {
    uint64_t step;
    int layer;      /* one more than there are hidden ones: the output */
    char where[32]; /* "first in layer 3", "in the output" */
};
/* Fills *d, which may be NULL, when it has. */
bool trainer_diverged(const struct trainer *, struct divergence *d);

/* Another function, or the same with other parameters, on the same weights. */
void trainer_swap(struct trainer *, const struct fn *);
/* Takes over the settings that act on a running network (the live ones of net_settings). */
void trainer_tune(struct trainer *, const struct net_config *);
/* kill: lowers the biases of layer l (from 1) until no training sample brings a unit of it to where
 * f' is not 0 (10 below 0 for functions that have no such place); the weights stay. revive: gives
 * all killed layers their biases back. False when it was stopped, with nothing changed. */
bool trainer_kill(struct trainer *, int layer, const struct stop *);
void trainer_revive(struct trainer *);

/* Training samples, then held-out ones; *train is where the latter begin. */
const struct net_sample *trainer_data(const struct trainer *, int *n, int *train);
/* p[i]: the network's probability (or value) at (xy[2i], xy[2i+1]). */
void trainer_predict(struct trainer *, const float *xy, int n, float *p);
/* Weights of layer l = 1..layers+1 (the last is the output), row-major [out][in], and biases. */
float trainer_weight(const struct trainer *, int layer, int out, int in);
float trainer_bias(const struct trainer *, int layer, int out);
/* in == -1: the bias. false when there is no such weight, or w is not finite. */
bool trainer_set_weight(struct trainer *, int layer, int out, int in, float w);
/* Numbers of inputs and of outputs of layer l. */
int trainer_ins(const struct trainer *, int layer);
int trainer_outs(const struct trainer *, int layer);

/* Everything that training changes, for exact rewinding: as bytes that mean the same on every
 * machine and CPU. */
size_t trainer_state_size(const struct trainer *);
void trainer_save_state(const struct trainer *, void *state);
/* For any trainer of the same layers, width and optimiser. The bytes may be anyone's: false
 * when they are no state that it could go on from, and then it is in none. */
bool trainer_load_state(struct trainer *, const void *state);
/* A digest (FNV-1a 64, the same on every byte order) of all that decides the steps to come but
 * settings and data: step, weights, optimiser, parameters of the function, killed layers. */
uint64_t trainer_digest(const struct trainer *);
/* The same of the samples. */
uint64_t trainer_data_digest(const struct trainer *);
/* True if the config makes these samples again, or names their file. */
bool trainer_data_is_made(const struct trainer *);

#endif
