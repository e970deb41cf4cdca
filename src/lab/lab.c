/* lab.c - the state: a lab, its function and its network. */
#include "lab/lab.h"

#include "base/xalloc.h"
#include "lab/decision_map.h"
#include "lab/keymap.h"
#include "lab/limits.h"
#include "lab/netview.h"
#include "lab/observe.h"
#include "lab/plot_range.h"
#include "lab/race.h"
#include "lab/timeline.h"
#include "net/network.h"

#include <stdlib.h>
#include <string.h>

void lab_free(struct lab *lab)
{
    if (!lab)
        return;
    timeline_free(lab->timeline);
    model_free(&lab->model);
    course_free(&lab->course);
    decision_map_free(lab->measured.map);
    probe_free(&lab->measured.probe);
    keymap_free(lab->keymap);
    observe_free(lab->scope);
    functions_free(lab->model.functions);
    text_free(&lab->screen.text);
    free(lab);
}

/* The function that a network with these settings runs. */
static bool net_fn(const struct lab *lab, const struct net_config *net, struct fn *fn,
                   struct error *e)
{
    const struct activation *act;

    *fn = lab->model.fn;
    if (net_config_runs_plotted(net))
        return true;
    act = functions_find(lab->model.functions, net->fn, e);
    if (!act)
        return false;
    *fn = fn_default(act);
    return true;
}

struct fn lab_net_fn(const struct lab *lab)
{
    return *trainer_fn(lab->model.trainer);
}

/* touched: what was done cannot be read off the settings. */
static void intervene(struct lab *lab, bool touched)
{
    struct history *h = &lab->model.history;

    h->touched |= touched;
    history_keep(h, lab->model.trainer, true);
    lab->measured.stale = lab->measured.bars.touched = true;
    lab->model.pass = 1;
    lab->changes++;
}

static int at_most(int v, int most)
{
    return v > most ? most : v;
}

/* The chosen unit may be gone with the network that had it. The layer after the last hidden one is
 * the output. */
static void clamp_choices(struct model *m)
{
    const int hidden = m->net.layers > 0 ? m->net.layers : 1;

    if (m->unit_layer > m->net.layers + 1)
        m->unit_layer = hidden;
    m->unit = at_most(m->unit, trainer_outs(m->trainer, m->unit_layer));
    m->input = at_most(m->input, trainer_ins(m->trainer, m->unit_layer));
    m->plot.hist_layer = at_most(m->plot.hist_layer, hidden);
    m->plot.histogram &= m->net.layers > 0;
}

/* Another network from now on. */
static void take_over(struct lab *lab, struct trainer *t, const struct net_config *net)
{
    trainer_free(lab->model.trainer);
    lab->model.trainer = t;
    lab->model.net = *net;
    clamp_choices(&lab->model);
    lab->model.running = false;
    lab->model.steps_due = 0;
    lab->model.networks++;
    lab->model.pass = 1;
    race_stop(&lab->model);
    history_clear(&lab->model.history);
    history_keep(&lab->model.history, t, false);
    lab->measured.stale = true;
    lab->changes++;
}

static bool can_hold(const struct lab *lab, const struct net_config *net, const struct fn *fn,
                     struct error *e)
{
    return limits_network(lab, net, fn, e) && net_config_fits(net, LAB_MEMORY, e);
}

/* On the samples there are, where they are the same ones and the file is not to be read again. */
static bool fresh_network(struct lab *lab, const struct net_config *net, const struct fn *plotted,
                          bool read_data, struct error *e)
{
    struct trainer *t;
    struct fn fn;

    if (!net_fn(lab, net, &fn, e))
        return false;
    if (net_config_runs_plotted(net))
        fn = *plotted;
    if (!can_hold(lab, net, &fn, e))
        return false;
    t = lab->model.trainer && !read_data ? trainer_renew(lab->model.trainer, net, &fn, e)
                                         : trainer_new(net, &fn, e);
    if (!t)
        return false;
    take_over(lab, t, net);
    return true;
}

bool lab_take_network(struct lab *lab, struct trainer *t, struct error *e)
{
    struct net_config net = *trainer_config(t);
    struct fn fn = *trainer_fn(t);

    if (!can_hold(lab, &net, &fn, e)) {
        trainer_free(t);
        return false;
    }
    strcpy(lab->model.net.fn,
           fn.act->name); /* so that the plot can follow without starting a network */
    lab_set_fn(lab, &fn, NULL);
    take_over(lab, t, &net);
    intervene(lab, true);
    if (lab->listener)
        lab->listener->replaced(lab);
    return true;
}

bool lab_begin(struct lab *lab, struct error *e)
{
    const struct fn sigmoid = fn_default(activation_find("sigmoid"));
    struct net_config net = {0};

    setting_defaults(&net_settings, &net);
    if (!fresh_network(lab, &net, &sigmoid, true, e))
        return false;
    lab->model.fn = sigmoid;
    lab->model.plot = (struct plot_state){.x0 = -PLOT_REACH,
                                          .x1 = PLOT_REACH,
                                          .saturation = lab->model.plot.saturation,
                                          .hist_layer = 1};
    lab->model.netview = NETVIEW_gradient;
    plot_fit(lab);
    return true;
}

bool lab_restart(struct lab *lab, struct error *e)
{
    if (!lab_begin(lab, e))
        return false;
    lab->model.plot.saturation = true;
    lab->model.unit_layer = lab->model.unit = 1;
    lab->model.input = 0;
    lab->screen.shown = SCREEN_LAB;
    return true;
}

struct lab *lab_new(struct error *e)
{
    struct lab *lab = xcalloc(1, sizeof *lab);

    setting_defaults(&lab_settings, &lab->set);
    lab->model.functions = functions_new();
    lab->scope = observe_new(lab);
    lab->keymap = keymap_new();
    lab->measured.map = decision_map_new();
    lab->open.lesson = lab->open.try = lab->screen.chosen = -1;
    lab->screen.focus = PANE_PLOT;
    if (!lab_restart(lab, e)) {
        lab_free(lab);
        return NULL;
    }
    timeline_clear(lab);
    return lab;
}

bool lab_reset_network(struct lab *lab, struct error *e)
{
    struct net_config same = lab->model.net;

    return fresh_network(lab, &same, &lab->model.fn, false, e);
}

/* True if every difference between two configurations may act on a running network. */
static bool live_change(const struct net_config *was, const struct net_config *is)
{
    bool live = strcmp(was->file, is->file) == 0;

    for (int i = 0; i < net_settings.rows; i++) {
        struct text a = {0}, b = {0};

        setting_get(&net_settings.row[i], was, &a);
        setting_get(&net_settings.row[i], is, &b);
        if (strcmp(text_str(&a), text_str(&b)) != 0 && !net_settings.row[i].live)
            live = false;
        text_free(&a);
        text_free(&b);
    }
    return live;
}

/* Has another network taken the place of a trained one, whoever is at the screen hears it, and how
 * to have that one back. */
static void say_gone(struct lab *lab, uint64_t steps, int steps_per_epoch)
{
    const uint64_t per = (uint64_t)steps_per_epoch, n = steps < per ? steps : steps / per;

    if (lab->interactive && steps > 0)
        lab_say(lab, false, "a fresh network: %s brings the one of %llu %s%s back",
                lab_way(lab, "undo"), (unsigned long long)n, steps < per ? "step" : "epoch",
                n == 1 ? "" : "s");
}

bool lab_set_net(struct lab *lab, const struct net_config *net, bool read_data, struct error *e)
{
    const uint64_t steps = trainer_steps(lab->model.trainer);
    const int per_epoch = trainer_steps_per_epoch(lab->model.trainer);

    if (read_data || !live_change(&lab->model.net, net)) {
        if (!fresh_network(lab, net, &lab->model.fn, read_data, e))
            return false;
        say_gone(lab, steps, per_epoch);
        return true;
    }
    lab->model.net = *net;
    trainer_tune(lab->model.trainer, net);
    intervene(lab, trainer_steps(lab->model.trainer) > 0);
    return true;
}

void lab_intervene(struct lab *lab)
{
    intervene(lab, true);
}

bool lab_set_fn(struct lab *lab, const struct fn *fn, struct error *e)
{
    if (net_config_runs_plotted(&lab->model.net)) {
        struct net_config same = lab->model.net;
        bool running = lab->model.running;
        const uint64_t steps = trainer_steps(lab->model.trainer);
        const int per_epoch = trainer_steps_per_epoch(lab->model.trainer);

        if (!fresh_network(lab, &same, fn, false, e))
            return false;
        say_gone(lab, steps, per_epoch);
        lab->model.running =
            running; /* flipping through the functions while it trains compares them */
    } else if (lab->interactive) { /* f may have been pressed long ago, or by mistake */
        lab_say(lab, false, "the network keeps %s: net fn=plotted gives it the plot's function",
                lab->model.net.fn);
    }
    if (lab->model.plot.naive) { /* its range is that of one formula's trouble */
        lab->model.plot.naive = false;
        lab->model.plot.x0 = -PLOT_REACH;
        lab->model.plot.x1 = PLOT_REACH;
    }
    lab->model.fn = *fn;
    lab->model.plot.has_ghost = false;
    lab->model.plot.sweep.on = false;
    plot_fit(lab);
    lab->changes++;
    return true;
}

bool lab_renew(const struct lab *lab, struct fn *fn)
{
    const struct activation *act = functions_now(lab->model.functions, fn->act);
    struct fn fresh;

    if (!act || act == fn->act)
        return false;
    fresh = fn_default(act);
    if (fn->act->alpha.meaning && act->alpha.meaning)
        fresh.alpha = fn->alpha;
    if (fn->act->beta.meaning && act->beta.meaning)
        fresh.beta = fn->beta;
    *fn = fresh;
    return true;
}

void lab_renew_curves(struct lab *lab)
{
    for (int i = 0; i < lab->model.plot.compares; i++)
        lab_renew(lab, &lab->model.plot.compare[i]);
}

bool lab_set_parameter(struct lab *lab, const char *which, double v, struct error *e)
{
    struct fn changed = lab->model.fn;

    if (!fn_set_parameter(&changed, which, v, e))
        return false;
    if (fn_same(&changed, &lab->model.fn))
        return true;
    if (!lab->model.plot.has_ghost)
        lab->model.plot.ghost = lab->model.fn;
    lab->model.plot.has_ghost = true;
    lab->model.fn = changed;
    plot_extend(lab);
    if (net_config_runs_plotted(&lab->model.net)) {
        trainer_swap(lab->model.trainer, &changed);
        intervene(lab, trainer_steps(lab->model.trainer) > 0);
    }
    lab->changes++;
    return true;
}
