/* limits.c - see limits.h. */
#include "lab/limits.h"

#include <sys/resource.h>
#include <unistd.h>

#if defined __SANITIZE_ADDRESS__
#define SANITIZED 1
#elif defined __has_feature
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif

/* The course's networks need a fiftieth of this. A step of the largest takes some 10 ms. */
const struct limits restricted_limits = {
    .look = 2e7,
    .patience = 5,
    .network = 32 << 20,
    .history = 8 << 20,
    .functions = 200,
    .expression = 2000,
    .rows = 2000,
    .idle = 1800,
    .idle_most = 14400,
    .share = 0.25,
    .burst = 10,
    .memory = 192 << 20,
    .file = 8 << 20,
};

void lab_restrict(struct lab *lab)
{
    lab->restricted = true;
    lab->limits = &restricted_limits;
    lab->set.idle_timeout = lab->limits->idle;
    lab->history.most = lab->limits->history;
    functions_limit(lab->functions, lab->limits->functions, lab->limits->expression);
}

static void limit(int what, size_t most)
{
    struct rlimit now;

    if (getrlimit(what, &now) < 0)
        return;
    if (now.rlim_max == RLIM_INFINITY || now.rlim_max > most)
        now.rlim_max = most;
    if (now.rlim_cur == RLIM_INFINITY || now.rlim_cur > now.rlim_max)
        now.rlim_cur = now.rlim_max;
    (void)setrlimit(what, &now); /* lowering is always allowed */
}

void restrict_process(void)
{
#ifndef SANITIZED /* whose shadow of the memory is terabytes */
    limit(RLIMIT_DATA, restricted_limits.memory);
#endif
    limit(RLIMIT_FSIZE, restricted_limits.file);
    limit(RLIMIT_CORE, 0);
#ifdef RLIMIT_NPROC
    limit(RLIMIT_NPROC, 0); /* this process is there already; no shell ever will be */
#endif
    if (nice(10) < 0) /* -1 may be a priority, too */
        return;
}

/* Multiplications and additions for each sample, about: a layer costs at least what its units'
 * functions cost. */
static double weights(const struct net_config *c)
{
    return (double)c->layers * c->width * (c->width + 8.0) + 3.0 * c->width;
}

bool limits_network(const struct lab *lab, const struct net_config *c, struct error *e)
{
    const struct limits *most = lab->limits;
    const double look = weights(c) * c->samples;

    if (!most)
        return true;
    if (look <= most->look)
        return net_config_fits(c, most->network, e);
    return fail(e,
                "%d layers of %d units on %d samples are too much for a restricted session: "
                "layers x units^2 x samples may be %.0f million",
                c->layers, c->width, c->samples, most->look / 1e6);
}

bool limits_idle(struct lab *lab, double was, struct error *e)
{
    const double now = lab->set.idle_timeout;

    if (!lab->limits || (now >= 1 && now <= lab->limits->idle_most))
        return true;
    lab->set.idle_timeout = was;
    return misuse(e, -1, "idle_timeout is from 1 to %g in a restricted session, not %g",
                  lab->limits->idle_most, now);
}
