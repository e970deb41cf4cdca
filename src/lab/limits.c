/* limits.c - see limits.h. */
#include "lab/limits.h"

#include "net/network.h"

#include <sys/resource.h>
#include <sys/time.h>
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
    .command = 60,
    .network = 32 << 20,
    .history = 8 << 20,
    .functions = 200,
    .expression = 2000,
    .operations = 400,
    .rows = 2000,
    .cells = 100000,
    .idle = 1800,
    .idle_most = 14400,
    .share = 0.25,
    .burst = 10,
    .memory = 192 << 20,
    .file = 8 << 20,
};

/* The limits of a stranger's lines in a session of one's own: networks that are built and measured
 * in seconds. */
static const struct limits stranger = {.look = 4e9, .network = 512 << 20};

void lab_restrict(struct lab *lab)
{
    lab->rights = RIGHTS_STRANGER;
    lab->limits = &restricted_limits;
    lab->set.idle_timeout = lab->limits->idle;
    lab->model.history.most = lab->limits->history;
    functions_limit(lab->model.functions, lab->limits->functions, lab->limits->expression,
                    lab->limits->operations);
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

void limits_time(const struct lab *lab)
{
    struct itimerval when = {{0, 0}, {0, 0}};

    if (!lab->limits)
        return;
    when.it_value.tv_sec = (time_t)lab->limits->command;
    setitimer(ITIMER_PROF, &when, NULL);
}

/* Multiplications and additions for each sample, about. A function of the table costs as much as
 * eight of them, an operation of any other as much as four. */
static double cost(const struct net_config *c, size_t operations)
{
    const double function = operations > 2 ? 4.0 * (double)operations : 8;

    return (double)c->layers * c->width * (c->width + function) + 3.0 * c->width;
}

bool limits_network(const struct lab *lab, const struct net_config *c, const struct fn *fn,
                    struct error *e)
{
    const struct limits *most = lab->limits                     ? lab->limits
                                : lab_rights(lab) != RIGHTS_OWN ? &stranger
                                                                : NULL;
    const char *who = lab->limits ? "a restricted session" : "what a stranger may ask for";
    const size_t own = fn->act->expr ? expr_cost(fn->act->expr) : 0;

    if (!most)
        return true;
    if (cost(c, own) * c->samples <= most->look)
        return net_config_fits(c, most->network, e);
    if (own > 2)
        return fail(e,
                    "%d layers of %d units that take %zu operations each, on %d samples, are too "
                    "much for %s: use fewer of any of them",
                    c->layers, c->width, own, c->samples, who);
    return fail(e,
                "%d layers of %d units on %d samples are too much for %s: "
                "layers x units^2 x samples may be %.0f million",
                c->layers, c->width, c->samples, who, most->look / 1e6);
}

bool limits_race(const struct lab *lab, int networks, struct error *e)
{
    return !lab->limits ||
           net_config_fits(&lab->model.net, lab->limits->network / (size_t)networks, e);
}

bool limits_picture(const struct lab *lab, int cols, int rows, struct error *e)
{
    if (!lab->limits || cols * rows <= lab->limits->cells)
        return true;
    return misuse(e, -1,
                  "size=%dx%d is too much for a restricted session: at most %d cells are allowed",
                  cols, rows, lab->limits->cells);
}

bool limits_idle(struct lab *lab, double was, struct error *e)
{
    const double now = lab->set.idle_timeout;

    if (!lab->limits || (now >= 1 && now <= lab->limits->idle_most))
        return true;
    lab->set.idle_timeout = was;
    return misuse(e, -1, "idle_timeout must be from 1 to %g in a restricted session, not %g",
                  lab->limits->idle_most, now);
}
