/* step.c - actlab's own training step, timed by the protocol of README.md. The trainer does all
 * that it does in the lab: fills the mini-batch, looks for divergence, and is looked at 30 times a
 * second (STATISTICS=0 leaves that out). */
#include "net/trainer.h"
#include "problem.h"

const char *const rival = "actlab";

static struct trainer *trainer;
static struct probe probe;
static int most; /* samples of a look */
static double next_look;
static int patience; /* steps until the clock is asked again: it costs as much as a small step */
static double statistics; /* looks a second */

void rival_init(const struct start *s)
{
    static const char *const names[] = {
        [TANH] = "tanh", [SIGMOID] = "sigmoid", [RELU] = "relu", [GELU_TANH] = "gelu_tanh"};
    const struct problem *p = s->problem;
    struct net_config c = {0};
    struct fn fn = fn_default(activation_find(names[p->function]));
    struct net_sample *sample = calloc((size_t)(BATCHES * p->batch), sizeof *sample);

    setting_defaults(&net_settings, &c);
    c.layers = p->layers;
    c.width = p->width;
    c.batch = p->batch;
    c.samples = BATCHES * p->batch;
    c.lr = (double)RATE;
    c.shuffle = false;
    for (int i = 0; i < c.samples; i++)
        sample[i] = (struct net_sample){s->x[2 * i], s->x[2 * i + 1], s->y[i]};
    trainer = trainer_new_with(&c, &fn, sample, c.samples, c.samples, NULL);
    for (int l = 0; l <= p->layers; l++)
        for (int o = 0; o < outs_of(p, l); o++) {
            trainer_set_weight(trainer, l + 1, o, -1, s->b[l][o]);
            for (int i = 0; i < ins_of(p, l); i++)
                trainer_set_weight(trainer, l + 1, o, i, s->w[l][o * ins_of(p, l) + i]);
        }
    free(sample);
    statistics = getenv("STATISTICS") ? atof(getenv("STATISTICS")) : 30;
    trainer_probe(trainer, &probe); /* the theory is worked out once */
    most = (int)fmin(c.samples, 2.5e8 / (6. * c.width * c.width * c.layers));
}

/* What the lab does for a frame (lab_measure_frame): a look at all samples, or at as many as a
 * quarter of a GFLOP affords, and none before training had eight times as long. */
static void look(void)
{
    double t = now(), end;

    patience = 64;
    if (t < next_look)
        return;
    trainer_glance(trainer, most, &probe);
    end = now();
    next_look = fmax(t + 1 / statistics, end + 8 * (end - t));
}

double rival_step(int batch)
{
    (void)batch; /* the trainer takes them in turn by itself */
    trainer_step(trainer);
    if (statistics > 0 && (--patience < 0 || trainer_config(trainer)->width > 32))
        look();
    return trainer_batch_loss(trainer);
}
