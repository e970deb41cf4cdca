/* lab.c - the state and its clock. */
#include "lab/lab.h"

#include "base/clock.h"
#include "base/utf8.h"
#include "base/xalloc.h"
#include "draw/theme.h"
#include "lab/course_solution.h"
#include "lab/course_state.h"
#include "lab/follow.h"
#include "lab/keymap.h"
#include "lab/limits.h"
#include "lab/observe.h"
#include "lab/play.h"
#include "lab/plot_range.h"
#include "lab/race.h"
#include "lab/record.h"
#include "lab/until.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

int lab_theme(const struct lab *lab)
{
    return theme_on(lab->set.theme, lab->light);
}

void lab_free(struct lab *lab)
{
    if (!lab)
        return;
    record_free(lab);
    play_stop(lab);
    follow_stop(lab);
    race_stop(lab);
    course_state_free(lab);
    course_free(&lab->course);
    history_free(&lab->history);
    trainer_free(lab->trainer);
    probe_free(&lab->probe);
    keymap_free(lab->keymap);
    observe_free(lab->scope);
    functions_free(lab->functions);
    text_free(&lab->page_text);
    free(lab);
}

void lab_say(struct lab *lab, bool error, const char *format, ...)
{
    char raw[2 * sizeof lab->message];
    struct text clean = {0};
    va_list ap;

    va_start(ap, format);
    vsnprintf(raw, sizeof raw, format, ap);
    va_end(ap);
    utf8_clean(&clean, raw, strlen(raw), false);
    utf8_copy(lab->message, sizeof lab->message, text_str(&clean));
    text_free(&clean);
    lab->message_is_error = error;
    lab->changes++;
}

static bool runs_plotted(const struct net_config *net)
{
    return strcmp(net->fn, "plotted") == 0;
}

/* The function that a network with these settings runs. */
static bool net_fn(const struct lab *lab, const struct net_config *net, struct fn *fn,
                   struct error *e)
{
    const struct activation *act;

    *fn = lab->fn;
    if (runs_plotted(net))
        return true;
    act = functions_find(lab->functions, net->fn, e);
    if (!act)
        return false;
    *fn = fn_default(act);
    return true;
}

struct fn lab_net_fn(const struct lab *lab)
{
    return *trainer_fn(lab->trainer);
}

/* Another network from now on. */
static void take_over(struct lab *lab, struct trainer *t, const struct net_config *net)
{
    trainer_free(lab->trainer);
    lab->trainer = t;
    lab->net = *net;
    lab->running = false;
    lab->owed = 0;
    lab->networks++;
    lab->pass = 1;
    race_stop(lab);
    history_clear(&lab->history);
    history_keep(&lab->history, t, false);
    lab->probe_stale = true;
    lab->changes++;
}

static bool fresh_network(struct lab *lab, const struct net_config *net, const struct fn *plotted,
                          struct error *e)
{
    struct trainer *t;
    struct fn fn;

    if (!net_fn(lab, net, &fn, e))
        return false;
    if (runs_plotted(net))
        fn = *plotted;
    if (!limits_network(lab, net, &fn, e) || !net_config_fits(net, LAB_MEMORY, e))
        return false;
    t = trainer_new(net, &fn, e);
    if (!t)
        return false;
    take_over(lab, t, net);
    return true;
}

void lab_take_network(struct lab *lab, struct trainer *t)
{
    struct net_config net = *trainer_config(t);
    struct fn fn = *trainer_fn(t);

    strcpy(lab->net.fn, fn.act->name); /* so that the plot can follow without starting a network */
    lab_set_fn(lab, &fn, NULL);
    take_over(lab, t, &net);
}

bool lab_restart(struct lab *lab, struct error *e)
{
    struct fn fn = fn_default(activation_find("sigmoid"));
    struct net_config net;

    setting_defaults(&net_settings, &net);
    net.file[0] = '\0';
    if (!fresh_network(lab, &net, &fn, e))
        return false;
    lab->fn = fn;
    lab->plot = (struct plot_state){
        .x0 = -PLOT_REACH, .x1 = PLOT_REACH, .saturation = true, .hist_layer = 1};
    lab->netview = 0;
    lab->unit_layer = lab->unit = 1;
    lab->screen = SCREEN_LAB;
    plot_fit(lab);
    return true;
}

struct lab *lab_new(const char *lessons, struct error *e)
{
    struct lab *lab = xcalloc(1, sizeof *lab);

    setting_defaults(&lab_settings, &lab->set);
    lab->functions = functions_new();
    lab->scope = observe_new(lab);
    lab->keymap = keymap_new();
    lab->lesson = -1;
    lab->focus = PANE_PLOT;
    if (!lab_restart(lab, e) || (lessons && !course_add(&lab->course, lessons, e))) {
        lab_free(lab);
        return NULL;
    }
    course_state_new(lab);
    return lab;
}

bool lab_reset_network(struct lab *lab, struct error *e)
{
    struct net_config same = lab->net;

    return fresh_network(lab, &same, &lab->fn, e);
}

/* Whether every difference between two configurations may act on a running network. */
static bool live_change(const struct net_config *was, const struct net_config *is)
{
    bool live = strcmp(was->file, is->file) == 0;

    for (int i = 0; i < net_settings.rows; i++) {
        struct text a = {0}, b = {0};

        setting_get(&net_settings.row[i], was, &a);
        setting_get(&net_settings.row[i], is, &b);
        if (strcmp(text_str(&a), text_str(&b)) != 0 &&
            !net_setting_is_live(net_settings.row[i].name))
            live = false;
        text_free(&a);
        text_free(&b);
    }
    return live;
}

bool lab_set_net(struct lab *lab, const struct net_config *net, struct error *e)
{
    if (!live_change(&lab->net, net))
        return fresh_network(lab, net, &lab->fn, e);
    lab->net = *net;
    trainer_tune(lab->trainer, net);
    lab_intervene(lab);
    return true;
}

void lab_intervene(struct lab *lab)
{
    history_keep(&lab->history, lab->trainer, true);
    lab->probe_stale = true;
    lab->changes++;
}

bool lab_set_fn(struct lab *lab, const struct fn *fn, struct error *e)
{
    if (runs_plotted(&lab->net)) {
        struct net_config same = lab->net;
        bool running = lab->running;

        if (!fresh_network(lab, &same, fn, e))
            return false;
        lab->running = running; /* flipping through the functions while it trains compares them */
    }
    if (lab->plot.naive) { /* its range is that of one formula's trouble */
        lab->plot.naive = false;
        lab->plot.x0 = -PLOT_REACH;
        lab->plot.x1 = PLOT_REACH;
    }
    lab->fn = *fn;
    lab->plot.has_ghost = false;
    lab->plot.sweep.on = false;
    plot_fit(lab);
    lab->changes++;
    return true;
}

bool lab_set_parameter(struct lab *lab, const char *which, double v, struct error *e)
{
    struct fn changed = lab->fn;

    if (!fn_set_parameter(&changed, which, v, e))
        return false;
    if (fn_same(&changed, &lab->fn))
        return true;
    if (!lab->plot.has_ghost)
        lab->plot.ghost = lab->fn;
    lab->plot.has_ghost = true;
    lab->fn = changed;
    plot_extend(lab);
    if (runs_plotted(&lab->net)) {
        trainer_swap(lab->trainer, &changed);
        lab_intervene(lab);
    }
    lab->changes++;
    return true;
}

static void note_beginning(struct lab *lab)
{
    const struct probe *p = &lab->probe;

    lab_settle(lab);
    history_note(&lab->history, (struct history_point){.step = p->step,
                                                       .loss = (float)p->loss,
                                                       .accuracy = (float)p->accuracy,
                                                       .test_loss = (float)p->test_loss,
                                                       .test_accuracy = (float)p->test_accuracy});
}

/* What training knows anyway: to measure the network at every epoch would cost more than to train
 * it. */
static void note_epoch(struct lab *lab)
{
    double loss, accuracy, test_loss, test_accuracy;

    loss = trainer_epoch_loss(lab->trainer, &accuracy);
    trainer_test(lab->trainer, &test_loss, &test_accuracy);
    history_note(&lab->history, (struct history_point){.step = trainer_steps(lab->trainer),
                                                       .loss = (float)loss,
                                                       .accuracy = (float)accuracy,
                                                       .test_loss = (float)test_loss,
                                                       .test_accuracy = (float)test_accuracy});
}

/* One step and what it leaves behind. Points fall on epochs' ends only, so that they do not depend
 * on the clock. */
static void train_one(struct lab *lab)
{
    trainer_step(lab->trainer);
    lab->probe_stale = true;
    if (trainer_diverged(lab->trainer, NULL, NULL))
        return;
    history_keep(&lab->history, lab->trainer, false);
    if (history_due(&lab->history, lab->trainer))
        note_epoch(lab);
}

const char *lab_divergence(const struct lab *lab, char out[80])
{
    uint64_t step;
    int layer;

    if (!trainer_diverged(lab->trainer, &layer, &step))
        out[0] = '\0';
    else if (layer > lab->net.layers)
        snprintf(out, 80, "the network diverged at step %llu, in the output",
                 (unsigned long long)step);
    else
        snprintf(out, 80, "the network diverged at step %llu, first in layer %d",
                 (unsigned long long)step, layer);
    return out;
}

bool lab_diverged(const struct lab *lab, struct error *e)
{
    char what[80];

    return fail(e, "%s: back N or reset, then perhaps a lower learning rate",
                lab_divergence(lab, what));
}

static void say_divergence(struct lab *lab)
{
    char what[80];

    lab->running = false;
    lab_say(lab, true, "%s: back N, or reset", lab_divergence(lab, what));
}

bool lab_interrupted(const struct lab *lab)
{
    return (lab->interrupted && lab->interrupted()) ||
           (lab->deadline > 0 && clock_now() > lab->deadline);
}

bool lab_stopped(struct lab *lab, const char *did, uint64_t trained, struct error *e)
{
    lab->stopped = true;
    lab->depth--;
    if (did)
        record_line(lab, "%s", did);
    record_steps(lab, trained);
    lab->depth++;
    if (lab->deadline > 0 && clock_now() > lab->deadline)
        return fail(e, "stopped at step %llu: in a restricted session a command trains %g s",
                    (unsigned long long)trainer_steps(lab->trainer), lab->limits->patience);
    return fail(e, "stopped at step %llu", (unsigned long long)trainer_steps(lab->trainer));
}

uint64_t lab_train(struct lab *lab, uint64_t n)
{
    uint64_t done = 0;

    if (n && trainer_steps(lab->trainer) == 0) /* where the curves begin */
        note_beginning(lab);
    while (done < n && !trainer_diverged(lab->trainer, NULL, NULL) && !lab_interrupted(lab)) {
        race_train(lab, 1);
        train_one(lab);
        done++;
    }
    if (done) {
        lab->changes++;
        record_steps(lab, done);
    }
    if (trainer_diverged(lab->trainer, NULL, NULL))
        say_divergence(lab);
    return done;
}

bool lab_rewind(struct lab *lab, uint64_t step, uint64_t *reached, struct error *e)
{
    const struct history_state *s = history_rewind(&lab->history, step);

    if (!s)
        return fail(e, "no state is kept at or before step %llu: reset starts afresh",
                    (unsigned long long)step);
    lab->running = false;
    race_stop(lab); /* racers keep no history */
    trainer_swap(lab->trainer, &s->fn);
    trainer_tune(lab->trainer, &s->config);
    trainer_load_state(lab->trainer, s->state);
    lab->net = s->config;
    if (runs_plotted(&lab->net) && !fn_same(&lab->fn, &s->fn)) {
        lab->fn = s->fn;
        plot_fit(lab);
    }
    lab->probe_stale = true;
    lab->changes++;
    lab->depth++; /* these steps belong to the command, not to the clock */
    lab_train(lab, step - trainer_steps(lab->trainer));
    lab->depth--;
    *reached = trainer_steps(lab->trainer);
    return true;
}

/* A sweep takes four seconds for its way. */
static bool tick_sweep(struct lab *lab, double seconds)
{
    double at = lab->plot.sweep.at + seconds / 4;
    struct fn ghost = lab->plot.has_ghost ? lab->plot.ghost : lab->fn;
    double v;

    if (!lab->plot.sweep.on)
        return false;
    if (at >= 1 || !lab->set.animation) {
        at = 1;
        lab->plot.sweep.on = false;
    }
    lab->plot.sweep.at = at;
    v = lab->plot.sweep.from + at * (lab->plot.sweep.to - lab->plot.sweep.from);
    if (!lab_set_parameter(lab, lab->plot.sweep.beta ? "beta" : "alpha", v, NULL))
        return true; /* a value that the function cannot have (celu's zero) is passed by */
    lab->plot.ghost = ghost;
    record_line(lab, "%s =%.17g", lab->plot.sweep.beta ? "beta" : "alpha", v);
    return true;
}

static bool tick_training(struct lab *lab, double seconds, double budget)
{
    double end = clock_now() + budget;
    uint64_t before = trainer_steps(lab->trainer);

    if (!lab->running)
        return false;
    lab->owed += lab->set.speed > 0 ? seconds * lab->set.speed : 1e18;
    do {
        uint64_t chunk = lab->owed >= 1 ? 1 : 0;

        if (!chunk)
            break;
        lab_train(lab, chunk);
        until_look(lab);
        lab->owed -= (double)chunk;
    } while (lab->running && clock_now() < end);
    if (lab->owed > 1)
        lab->owed =
            1; /* what could not be done in time is let go: a slow machine is slow, not late */
    return trainer_steps(lab->trainer) != before || !lab->running;
}

/* A single step is shown as a wave through the layers and back, in about a second. */
static bool tick_pass(struct lab *lab, double seconds)
{
    if (lab->pass >= 1)
        return false;
    lab->pass = lab->set.animation ? lab->pass + seconds : 1;
    lab->changes++;
    return true;
}

int lab_pass_layer(const struct lab *lab, bool *forward)
{
    int layers = lab->net.layers, at = (int)(lab->pass * 2 * layers);

    if (lab->pass >= 1 || layers == 0)
        return 0;
    *forward = at < layers;
    return *forward ? at + 1 : 2 * layers - at;
}

bool lab_tick(struct lab *lab, double seconds, double budget)
{
    bool swept = tick_sweep(lab, seconds);
    bool trained = tick_training(lab, seconds, budget);
    bool played = play_tick(lab, seconds);
    bool solved = course_tick(lab, seconds);
    bool passed = tick_pass(lab, seconds);
    struct error e;

    record_settle(lab);
    if (!record_alive(lab, &e))
        lab_say(lab, true, "%s", e.text);
    return swept || trained || played || solved || passed;
}

bool lab_moving(const struct lab *lab)
{
    int line, lines;
    bool paused;

    return lab->running || lab->pass < 1 || lab->plot.sweep.on || course_playing(lab) ||
           (play_place(lab, &line, &lines, &paused) && !paused);
}

const char *const pane_names[PANES + 1] = {
    [PANE_LESSON] = "lesson", [PANE_PLOT] = "plot", [PANE_NETWORK] = "network"};

const char *lab_key_pane(const struct lab *lab)
{
    if (lab->player)
        return "play";
    if (lab->screen == SCREEN_TEXT)
        return "text";
    if (lab->focus == PANE_NETWORK && strcmp(netview_names[lab->netview], "weights") == 0)
        return "weights";
    return pane_names[lab->focus];
}

/* Samples whose forward and backward pass take about 10 ms on the screen, where a key waits for it,
 * or a second or two in a shell; never fewer than 32. All samples, for any network but the largest.
 */
static int affordable(const struct lab *lab)
{
    double work = lab->interactive ? 5e8 : 1e11, width = lab->net.width;
    double n = work / (6 * width * width * lab->net.layers + 1);

    return n < 32 ? 32 : n > 1e6 ? 1000000 : (int)n;
}

void lab_settle(struct lab *lab)
{
    int n, train, most = affordable(lab);

    if (lab->probe_stale) {
        trainer_data(lab->trainer, &n, &train);
        if (n <= most)
            trainer_probe(lab->trainer, &lab->probe);
        else
            trainer_glance(lab->trainer, most, &lab->probe);
        lab->probe_stale = false;
    }
    race_settle(lab);
}

bool lab_settle_frame(struct lab *lab)
{
    double begun = clock_now();
    bool same = lab->networks == lab->framed && trainer_steps(lab->trainer) >= lab->probe.step;

    if (lab->running && same && begun < lab->frame_at)
        return false;
    lab_settle(lab);
    lab->framed = lab->networks;
    lab->frame_at = clock_now() + 8 * (clock_now() - begun);
    return true;
}
