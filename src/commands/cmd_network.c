/* cmd_network.c - the network's settings, its training, and what is done to it. */
#include "commands/handlers.h"

#include "base/number.h"
#include "base/utf8.h"
#include "commands/progress_bar.h"
#include "lab/limits.h"
#include "lab/netview.h"
#include "lab/race.h"
#include "lab/sentence.h"
#include "study/opening.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

/* The next or previous of the learning rates that one tries in turn. */
static double rate_neighbour(double lr, int by)
{
    static const double ladder[] = {1e-4, 3e-4, 1e-3, 3e-3, 0.01, 0.03, 0.05,
                                    0.1,  0.3,  1,    3,    5,    10};
    int n = sizeof ladder / sizeof *ladder, i;

    if (by > 0) {
        for (i = 0; i < n - 1 && ladder[i] <= lr * 1.0001; i++)
            ;
        return ladder[i];
    }
    for (i = n - 1; i > 0 && ladder[i] >= lr * 0.9999; i--)
        ;
    return ladder[i];
}

/* fn=next: the plotted one, then each of the table, round and round. */
static void function_neighbour(const struct lab *lab, struct net_config *net, int step)
{
    const struct functions *all = lab->model.functions;
    int n = 0, at = 0;

    for (; functions_at(all, n); n++)
        if (strcmp(functions_at(all, n)->name, net->fn) == 0)
            at = n + 1;
    at = choice_beside(at, n + 1, step);
    utf8_copy(net->fn, sizeof net->fn, at == 0 ? NET_PLOTTED : functions_at(all, at - 1)->name);
}

static bool names_file(const struct assign *a)
{
    return strcmp(a->key, "file") == 0 ||
           (strcmp(a->key, "data") == 0 && strchr(a->value, '.') != NULL);
}

static bool set_one(struct lab *lab, struct net_config *net, const struct assign *a,
                    struct error *e)
{
    const int by = choice_step(a->value);
    const struct setting *s;
    bool ok = true;

    if (strcmp(a->key, "lr") == 0 && by) {
        net->lr = rate_neighbour(net->lr, by);
    } else if (strcmp(a->key, "fn") == 0 && by) {
        function_neighbour(lab, net, by);
    } else if (names_file(a)) {
        if (lab_rights(lab) == RIGHTS_STRANGER)
            return fail(e, "data from a file is not allowed in a restricted session");
        if (strlen(a->value) >= sizeof net->file)
            return misuse(e, a->value_column, "a file's name may have at most %zu bytes",
                          sizeof net->file - 1);
        if (strpbrk(a->value, "\n\r"))
            return misuse(e, a->value_column,
                          "a file's name with a newline does not fit into a line");
        strcpy(net->file, a->value);
    } else {
        s = setting_find(&net_settings, a->key, NULL);
        ok = setting_set(s, net, a->value, call_read_number, lab, e);
        if (ok && strcmp(a->key, "data") == 0)
            net->file[0] = '\0';
        if (ok && strcmp(a->key, "fn") == 0 && strcmp(a->value, NET_PLOTTED) != 0) {
            const struct activation *act = functions_meant(lab->model.functions, a->value, e);

            ok = act != NULL;
            if (ok)
                utf8_copy(net->fn, sizeof net->fn, act->name);
        }
    }
    if (!ok)
        e->column = a->value_column + (e->column > 0 ? e->column : 0);
    return ok;
}

/* All settings among the options of the call; the lab's change only if every one is right. */
static bool apply(struct lab *lab, const struct call *c, struct error *e)
{
    struct net_config net = lab->model.net;
    bool any = false, read_data = false;

    for (int i = 0; i < c->assigns; i++) {
        const struct assign *a = &c->assign[i];

        if (!names_file(a) && !setting_find(&net_settings, a->key, NULL))
            continue;
        if (!set_one(lab, &net, a, e))
            return false;
        any = true;
        read_data |= names_file(a);
    }
    return !any || lab_set_net(lab, &net, read_data, e);
}

static void print_settings(const struct lab *lab, FILE *out)
{
    struct net_config used = lab->model.net;

    used.loss = net_config_loss(&used);
    for (int i = 0; i < net_settings.rows; i++) {
        struct text value = {0};

        setting_get(&net_settings.row[i], &used, &value);
        fprintf(out, "%-10s %-10s %s", net_settings.row[i].name, text_str(&value),
                net_settings.row[i].help);
        if (study_chose(lab, net_settings.row[i].name, text_str(&value)))
            fputs(" (the lesson's)", out);
        else if (!setting_is_default(&net_settings.row[i], &lab->model.net))
            fprintf(out, " (usual: %s)", net_settings.row[i].fallback);
        fputc('\n', out);
        text_free(&value);
    }
    if (lab->model.net.file[0]) {
        fprintf(out, "%-10s ", "file");
        utf8_print(out, lab->model.net.file, false);
        putc('\n', out);
    }
}

bool cmd_net(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    const uint64_t seed = lab->model.net.seed;
    const char *rate = call_option(c, "lr");
    char file[sizeof lab->model.net.file];

    if (call_says(c, 0, "details")) {
        net_details(lab, out);
        return true;
    }
    if (c->words) {
        char *words[] = {(char *)"load", (char *)c->word[1].s};

        return lab_run_words(lab, 2, words, out, e);
    }
    if (c->assigns == 0)
        print_settings(lab, out);
    strcpy(file, lab->model.net.file);
    if (!apply(lab, c, e))
        return false;
    if (c->assigns > 0 && lab_recorded(lab)) /* a lesson's own lines leave the screen to its text */
        lab->screen.want_network = true;
    if (lab->replay.recorder && lab->interactive && lab->model.net.file[0] &&
        strcmp(lab->model.net.file, file) != 0)
        lab_say(lab, false,
                "recorded by its name only: followers without that file keep other data");
    else if (lab->interactive && lab_recorded(lab) && lab->model.net.seed != seed)
        lab_say(lab, false, "seed %llu: data, weights and order drawn anew",
                (unsigned long long)lab->model.net.seed);
    else if (lab->interactive && lab_recorded(lab) && rate && choice_step(rate))
        lab_say(lab, false, "learning rate %.3g", lab->model.net.lr); /* no bar moves at once */
    return true;
}

bool cmd_run(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    (void)out;
    if (c->words && !call_says(c, 0, "toggle"))
        return misuse(e, c->word[0].column, "run, or run toggle, not run %s", c->word[0].s);
    if (c->words && lab->model.running) {
        lab->model.running = false;
        return true;
    }
    if (trainer_diverged(lab->model.trainer, NULL))
        return lab_diverged(lab, e);
    lab->model.running = true;
    lab->model.until.goal[0] = '\0';
    return true;
}

bool cmd_pause(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    (void)c;
    (void)out;
    (void)e;
    lab->model.running = false;
    return true;
}

enum { MOST_STEPS = 1000000000 };

/* "  loss 0.0123  accuracy 0.980", a regression's without accuracy; then whether it diverged. */
static void print_result(const struct lab *lab, FILE *out)
{
    const struct probe *p = &lab->measured.probe;
    char loss[NUMBER_TEXT_MAX], what[DIVERGENCE_MAX];

    fprintf(out, "  loss %s", number_loss(loss, p->loss, 4));
    if (!isnan(p->accuracy))
        fprintf(out, "  accuracy %.3f", p->accuracy);
    fprintf(out, "%s%s\n", p->diverged ? "\n" : "", lab_divergence(lab, what));
}

static bool train(struct lab *lab, uint64_t steps, FILE *out, struct error *e)
{
    uint64_t done;

    if (trainer_diverged(lab->model.trainer, NULL))
        return lab_diverged(lab, e);
    lab->model.pass = 1;
    done = train_with_bar(lab, steps);
    if (lab_interrupted(lab))
        return lab_stopped(lab, NULL, done, e);
    lab_measure(lab);
    if (!lab->interactive) {
        fprintf(out, "step %" PRIu64 "  epoch %.6g", lab->measured.probe.step,
                lab->measured.probe.epoch);
        print_result(lab, out);
    }
    return true;
}

bool cmd_step(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    int n = 1;

    if (c->words && !call_int(lab, c, 0, 1, MOST_STEPS, &n, e))
        return false;
    if (n == 1 && lab->interactive) {
        lab_measure(lab);
        bars_step(lab);
    }
    if (!train(lab, (uint64_t)n, out, e))
        return false;
    lab->model.pass = lab->interactive && lab->set.animation && n == 1 ? 0 : 1;
    return true;
}

bool cmd_train(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    int n = 1, per_epoch = trainer_steps_per_epoch(lab->model.trainer);
    const char *unit = c->words == 2 ? c->word[1].s : "epochs";
    bool epochs = strcmp(unit, "epochs") == 0 || strcmp(unit, "epoch") == 0;

    if (c->words && !call_int(lab, c, 0, 1, MOST_STEPS, &n, e))
        return false;
    if (!epochs && strcmp(unit, "steps") != 0 && strcmp(unit, "step") != 0)
        return misuse(e, c->word[1].column, "train N epochs or train N steps, not '%s'", unit);
    return train(lab, (uint64_t)n * (uint64_t)(epochs ? per_epoch : 1), out, e);
}

bool cmd_reset(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    (void)c;
    (void)out;
    return lab_reset_network(lab, e);
}

bool cmd_back(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    uint64_t now = trainer_steps(lab->model.trainer), to, reached;
    int n = 1;

    if (c->words && !call_int(lab, c, 0, 1, MOST_STEPS, &n, e))
        return false;
    if (now == 0)
        return fail(
            e, "this network has not been trained yet: back goes to its earlier steps, not to the "
               "network before it");
    to = now > (uint64_t)n ? now - (uint64_t)n : 0;
    if (!lab_rewind(lab, to, &reached, e))
        return false;
    if (reached < to) { /* it trains its way from a state that is kept, and was stopped */
        char did[40];

        snprintf(did, sizeof did, "back %" PRIu64, now - reached);
        return lab_stopped(lab, did, 0, e);
    }
    if (now < (uint64_t)n && lab->interactive)
        lab_say(lab, false, "back at step 0: only %" PRIu64 " had been trained", now);
    else if (now < (uint64_t)n)
        fprintf(out, "back at step 0: only %" PRIu64 " had been trained\n", now);
    else if (lab->interactive)
        lab_say(lab, false, "back at step %" PRIu64, reached);
    return true;
}

bool cmd_swap(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    struct fn fn;

    (void)out;
    if (!call_function(lab, c, &fn, e) || !limits_network(lab, &lab->model.net, &fn, e))
        return false;
    if (!net_config_runs_plotted(&lab->model.net) && !fn.act->name[0])
        return fail(e,
                    "a network with a function of its own takes one with a name: "
                    "def mine(x) = %s, then swap mine",
                    fn.act->formula);
    trainer_swap(lab->model.trainer, &fn);
    if (net_config_runs_plotted(&lab->model.net)) {
        struct net_config held = lab->model.net; /* the plot follows, the weights stay */

        utf8_copy(lab->model.net.fn, sizeof lab->model.net.fn, fn.act->name);
        lab_set_fn(lab, &fn, NULL);
        lab->model.net = held;
    } else {
        utf8_copy(lab->model.net.fn, sizeof lab->model.net.fn, fn.act->name);
        trainer_tune(lab->model.trainer, &lab->model.net);
    }
    lab_intervene(lab);
    lab_say_behind(lab);
    return true;
}

bool cmd_kill(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    const struct stop stop = lab_stop(lab);
    int layer;

    (void)out;
    if (!call_layer(lab, c, 0, &layer, e))
        return false;
    if (!trainer_kill(lab->model.trainer, layer, &stop))
        return lab_broken_off(lab, e);
    lab_intervene(lab);
    lab_say_behind(lab);
    return true;
}

bool cmd_revive(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    (void)c;
    (void)out;
    (void)e;
    trainer_revive(lab->model.trainer);
    lab_intervene(lab);
    lab_say_behind(lab);
    return true;
}

static int training_samples(const struct lab *lab)
{
    int n, train;

    trainer_data(lab->model.trainer, &n, &train);
    return train;
}

static void print_ratio(const struct lab *lab, FILE *out)
{
    const struct probe *p = &lab->measured.probe;
    struct text said = {0};

    if (p->layers > 0 && isfinite(p->ratio) && p->ratio > 0) {
        fprintf(out, "\nratio %.3g  (x %.3g a layer)", p->ratio, p->factor);
    } else {
        lab_sentence(lab, NETVIEW_gradient, &said);
        fprintf(out, "%s%s", p->layers > 0 ? "\n" : "", text_str(&said));
        text_free(&said);
    }
    if (isfinite(p->predicted_ratio) && isfinite(p->ratio))
        fprintf(out, "  theory %.3g  (x %.3g a layer)", p->predicted_ratio, p->predicted_factor);
}

static void print_layers(const struct lab *lab, FILE *out, enum table_format format)
{
    static const char *const names[] = {"layer", "delta", "predicted", "grad",   "rms",
                                        "mean",  "dead",  "saturated", "update", "chi"};
    static const int widths[] = {5, 10, 10, 10, 9, 9, 5, 9, 9, 7};
    const struct probe *p = &lab->measured.probe;
    struct table t;

    table_begin(&t, out, format, 10, names, widths);
    for (int l = 1; l <= p->layers; l++) {
        const struct probe_layer *s = &p->layer[l];

        table_int(&t, l);
        table_real(&t, s->delta);
        table_real(&t, s->predicted);
        table_real(&t, s->grad);
        table_real(&t, s->rms);
        table_real(&t, s->mean);
        table_share(&t, s->dead);
        table_share(&t, s->saturated);
        table_real(&t, s->update);
        table_real(&t, s->chi);
    }
    table_end(&t);
    if (format != TABLE_TEXT)
        return;
    print_ratio(lab, out);
    if (lab->model.net.optimizer != OPT_SGD && p->layers > 0)
        fputs(
            "\nupdate is lr dW, as sgd would move the weights: this optimizer moves them otherwise",
            out);
    if (p->samples < training_samples(lab))
        fprintf(out, "\nmeasured on the first %d samples", p->samples);
    fprintf(out, "\nstep %" PRIu64, p->step);
    print_result(lab, out);
}

bool cmd_layers(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    int n = 0;
    uint64_t done;

    if (!call_option_int(lab, c, "epochs", 0, MOST_EPOCHS, &n, e) || !apply(lab, c, e))
        return false;
    done = lab_train(lab, (uint64_t)n * (uint64_t)trainer_steps_per_epoch(lab->model.trainer));
    if (lab_interrupted(lab))
        return call_stopped(lab, c, done, e);
    lab_measure(lab);
    print_layers(lab, out, call_format(c));
    return true;
}

bool cmd_netview(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    (void)out;
    if (!call_choice(c, 0, "netview", netview_names, &lab->model.netview, e))
        return false;
    lab->screen.want_network = true;
    if (lab->model.race && lab->interactive)
        lab_say(lab, false, "The pane shows the race until it ends: race off, or reset");
    return true;
}
