/* check.c - see check.h. */
#include "net/check.h"

#include "net/trainer_private.h"

#include <math.h>

static bool check_parameter(const struct fn *fn, const char *which, struct error *e)
{
    const bool beta = which[0] == 'b';
    struct fn copy = *fn;

    if (!(beta ? fn->act->beta : fn->act->alpha).meaning)
        return true;
    return fn_set_parameter(&copy, which, beta ? fn->beta : fn->alpha, e);
}

static bool check_samples(const struct net_config *c, const struct net_sample *sample, int n,
                          struct error *e)
{
    const bool labels = net_config_loss(c) != LOSS_SQUARED;

    for (int i = 0; i < n; i++) {
        const struct net_sample *s = &sample[i];

        if (!isfinite(s->x1) || !isfinite(s->x2) || !isfinite(s->y))
            return fail(e, "sample %d: %g, %g, %g are not all numbers", i + 1, (double)s->x1,
                        (double)s->x2, (double)s->y);
        if (labels && !dataset_is_label(s->y))
            return fail(e, "sample %d: the label is %g, not 0 or 1 (loss=squared takes any number)",
                        i + 1, (double)s->y);
    }
    return true;
}

bool net_check(const struct net_config *c, const struct fn *fn, const struct net_sample *sample,
               int n, int train, struct error *e)
{
    if (n < 2 || n > DATA_MAX_SAMPLES)
        return fail(e, "a network is trained on 2 to %d samples, not %d", DATA_MAX_SAMPLES, n);
    if (!c->file[0] && n != c->samples)
        return fail(e, "there are %d samples, not the %d of samples=%d", n, c->samples, c->samples);
    if (train != dataset_train(c, n))
        return fail(e, "train must be %d, not %d: what test=%g of %d samples leaves",
                    dataset_train(c, n), train, c->test, n);
    return check_parameter(fn, "alpha", e) && check_parameter(fn, "beta", e) &&
           check_samples(c, sample, n, e);
}

static bool check_floats(const float *v, size_t n, float least, const char *what, struct error *e)
{
    for (size_t i = 0; i < n; i++)
        if (!isfinite(v[i]) || v[i] < least)
            return fail(e, "%g among the %s: no training ends in that", (double)v[i], what);
    return true;
}

bool net_check_parameters(const struct trainer *t, struct error *e)
{
    const struct network *net = &t->net;
    const size_t spares = (size_t)net->layers * (size_t)net->width;

    return check_floats(net->w, net->params, -INFINITY, "parameters", e) &&
           check_floats(net->m, net->m ? net->params : 0, -INFINITY, "momentum", e) &&
           check_floats(net->v, net->v ? net->params : 0, 0, "squares", e) &&
           check_floats(t->spare, spares, -INFINITY, "biases of killed layers", e);
}
