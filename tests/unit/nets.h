/* nets.h - networks for tests: the default settings, a trainer that is there. */
#ifndef ACTLAB_TESTS_NETS_H
#define ACTLAB_TESTS_NETS_H

#include "fns.h"
#include "net/config.h"
#include "net/data.h"
#include "net/probe.h"
#include "net/theory.h"
#include "net/trainer.h"
#include "unit.h"

static inline struct net_config defaults(void)
{
    struct net_config c = {0};

    setting_defaults(&net_settings, &c);
    return c;
}

static inline struct trainer *start(const struct net_config *c, const char *name)
{
    struct fn fn = fn_named(name);
    struct error e;
    struct trainer *t = trainer_new(c, &fn, &e);

    if (!t)
        fail_msg("%s", e.text);
    return t;
}

static inline void steps(struct trainer *t, int n)
{
    while (n--)
        trainer_step(t);
}

static inline double loss_of(struct trainer *t)
{
    struct probe p = {0};
    double loss;

    trainer_probe(t, &p);
    loss = p.loss;
    probe_free(&p);
    return loss;
}

#endif
