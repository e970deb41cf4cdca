/* lab.c - the state: a lab, its function and its network. */
#include "lab/lab.h"

#include "base/utf8.h"
#include "base/xalloc.h"
#include "draw/theme.h"
#include "lab/decision_map.h"
#include "lab/keymap.h"
#include "lab/limits.h"
#include "lab/observe.h"
#include "lab/plot_range.h"
#include "lab/race.h"
#include "net/network.h"
#include "replay/follow.h"
#include "replay/play.h"
#include "replay/record.h"
#include "study/learner.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

const char *const pane_names[PANES + 1] = {
    [PANE_LESSON] = "lesson", [PANE_PLOT] = "plot", [PANE_NETWORK] = "network"};

int lab_theme(const struct lab *lab)
{
    return theme_on(lab->set.theme, lab->light);
}

const char *lab_key_pane(const struct lab *lab)
{
    if (lab->player)
        return "play";
    if (lab->screen == SCREEN_TEXT)
        return lab->chosen >= 0 ? "list" : "text";
    if (lab->focus == PANE_NETWORK && !lab->race &&
        strcmp(netview_names[lab->netview], "weights") == 0)
        return "weights";
    return pane_names[lab->focus];
}

const char *lab_way(const struct lab *lab, const char *command)
{
    const char *key =
        lab->interactive ? keymap_key(lab->keymap, pane_names[PANE_LESSON], command) : NULL;

    return key ? key : command;
}

const char *lab_key_command(const struct lab *lab, const char *key, bool lesson_seen)
{
    const bool at_work = !lab->player && lab->screen == SCREEN_LAB;
    const char *command = NULL;

    if (at_work && lesson_seen && course_question_here(lab) >= 0)
        command = keymap_own(lab->keymap, "quiz", key);
    if (at_work && lab->zoomed && !command)
        command = keymap_own(lab->keymap, "full", key);
    return command ? command : keymap_find(lab->keymap, lab_key_pane(lab), key);
}

void lab_free(struct lab *lab)
{
    if (!lab)
        return;
    record_free(lab);
    play_stop(lab);
    follow_stop(lab);
    free(lab->followed);
    race_stop(lab);
    course_state_free(lab);
    course_free(&lab->course);
    history_free(&lab->history);
    decision_map_free(lab->decision_map);
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

/* The function that a network with these settings runs. */
static bool net_fn(const struct lab *lab, const struct net_config *net, struct fn *fn,
                   struct error *e)
{
    const struct activation *act;

    *fn = lab->fn;
    if (net_config_runs_plotted(net))
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
    if (!limits_network(lab, net, &fn, e) || !net_config_fits(net, LAB_MEMORY, e))
        return false;
    t = lab->trainer && !read_data ? trainer_renew(lab->trainer, net, &fn, e)
                                   : trainer_new(net, &fn, e);
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

bool lab_begin(struct lab *lab, struct error *e)
{
    const struct fn sigmoid = fn_default(activation_find("sigmoid"));
    struct net_config net = {0};

    setting_defaults(&net_settings, &net);
    if (!fresh_network(lab, &net, &sigmoid, true, e))
        return false;
    lab->fn = sigmoid;
    lab->plot = (struct plot_state){
        .x0 = -PLOT_REACH, .x1 = PLOT_REACH, .saturation = lab->plot.saturation, .hist_layer = 1};
    lab->netview = 0; /* the gradient's bars */
    plot_fit(lab);
    return true;
}

bool lab_restart(struct lab *lab, struct error *e)
{
    if (!lab_begin(lab, e))
        return false;
    lab->plot.saturation = true;
    lab->unit_layer = lab->unit = 1;
    lab->screen = SCREEN_LAB;
    return true;
}

struct lab *lab_new(const char *lessons, struct error *e)
{
    struct lab *lab = xcalloc(1, sizeof *lab);

    setting_defaults(&lab_settings, &lab->set);
    lab->functions = functions_new();
    lab->scope = observe_new(lab);
    lab->keymap = keymap_new();
    lab->decision_map = decision_map_new();
    lab->lesson = lab->chosen = -1;
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

    return fresh_network(lab, &same, &lab->fn, false, e);
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

/* Has another network taken the place of a trained one, whoever is at the screen hears it: no
 * command brings that one back, because recordings leave out what was thrown away. */
static void say_gone(struct lab *lab, uint64_t steps, int steps_per_epoch, const char *advice)
{
    const uint64_t per = (uint64_t)steps_per_epoch, n = steps < per ? steps : steps / per;

    if (lab->interactive && steps > 0)
        lab_say(lab, false, "a fresh network: training of %llu %s%s is gone%s",
                (unsigned long long)n, steps < per ? "step" : "epoch", n == 1 ? "" : "s", advice);
}

bool lab_set_net(struct lab *lab, const struct net_config *net, bool read_data, struct error *e)
{
    const uint64_t steps = trainer_steps(lab->trainer);
    const int per_epoch = trainer_steps_per_epoch(lab->trainer);

    if (read_data || !live_change(&lab->net, net)) {
        if (!fresh_network(lab, net, &lab->fn, read_data, e))
            return false;
        say_gone(lab, steps, per_epoch, "");
        return true;
    }
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
    if (net_config_runs_plotted(&lab->net)) {
        struct net_config same = lab->net;
        bool running = lab->running;
        const uint64_t steps = trainer_steps(lab->trainer);
        const int per_epoch = trainer_steps_per_epoch(lab->trainer);

        if (!fresh_network(lab, &same, fn, false, e))
            return false;
        say_gone(lab, steps, per_epoch, " (swap NAME keeps it)");
        lab->running = running; /* flipping through the functions while it trains compares them */
    } else if (lab->interactive) { /* f may have been pressed long ago, or by mistake */
        lab_say(lab, false, "the network keeps %s: net fn=plotted gives it the plot's function",
                lab->net.fn);
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
    if (net_config_runs_plotted(&lab->net)) {
        trainer_swap(lab->trainer, &changed);
        lab_intervene(lab);
    }
    lab->changes++;
    return true;
}
