/* cmd_race.c - race: one network, several functions. */
#include "commands/handlers.h"
#include "lab/limits.h"
#include "lab/race.h"
#include "net/network.h"

#include <inttypes.h>
#include <string.h>

static void print_race(const struct race *r, FILE *out, enum table_format format)
{
    static const char *const names[] = {"function", "loss", "accuracy", "ratio", "dead", "step"};
    static const int widths[] = {-14, 10, 9, 10, 6, 9};
    struct table t;

    table_begin(&t, out, format, 6, names, widths);
    for (int i = 0; i < r->racers; i++) {
        const struct probe *p = &r->racer[i].probe;
        double dead = 0;

        for (int l = 1; l <= p->layers; l++)
            dead += p->layer[l].dead / p->layers;
        table_word(&t, racer_name(&r->racer[i]));
        table_real(&t, p->loss);
        table_real(&t, p->accuracy);
        table_real(&t, p->ratio);
        table_share(&t, dead);
        table_int(&t, (long long)p->step);
    }
    table_end(&t);
}

/* Where a racer diverged, which its numbers do not say. */
static void print_diverged(const struct race *r, FILE *out)
{
    for (int i = 0; i < r->racers; i++) {
        const struct racer *x = &r->racer[i];
        struct divergence d;

        if (trainer_diverged(x->trainer, &d))
            fprintf(out, "%s diverged at step %" PRIu64 ", %s\n", racer_name(x), d.step, d.where);
    }
}

/* All of them beside the lab's own. */
static bool fits(const struct lab *lab, int n, struct error *e)
{
    struct error inner;

    return net_config_fits(&lab->model.net, LAB_MEMORY / ((size_t)n + 1), &inner) ||
           fail(e, "a race of %d: %s", n, inner.text);
}

bool cmd_race(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    const enum table_format format = call_format(c);
    struct fn fn[RACE_MOST];
    char what[DIVERGENCE_MAX];
    int n = 0;
    uint64_t done;

    if (call_says(c, 0, "off")) {
        race_stop(&lab->model);
        return true;
    }
    if (c->words > RACE_MOST)
        return misuse(e, c->word[RACE_MOST].column, "a race takes 2 to %d functions, not %d",
                      RACE_MOST, c->words);
    if (!call_option_int(lab, c, "epochs", 0, MOST_EPOCHS, &n, e))
        return false;
    for (int i = 0; i < c->words; i++)
        if (!call_fn(lab, c, i, &fn[i], e) || !limits_network(lab, &lab->model.net, &fn[i], e))
            return false;
    if (!limits_race(lab, c->words + 1, e) || !fits(lab, c->words, e) ||
        !lab_reset_network(lab, e) || !race_start(&lab->model, fn, c->words, e))
        return false;
    done = lab_train(lab, (uint64_t)n * (uint64_t)trainer_steps_per_epoch(lab->model.trainer));
    if (lab_interrupted(lab))
        return call_stopped(lab, c, done, e);
    race_measure(lab->model.race, lab_race_samples(lab));
    lab->screen.want_network = true;
    if (lab->interactive && n == 0)
        lab_say(lab, false, "Ready: space runs it, race off ends it");
    if (!lab->interactive)
        print_race(lab->model.race, out, format);
    if (!lab->interactive && format == TABLE_TEXT)
        print_diverged(lab->model.race, out);
    if (!lab->interactive && format == TABLE_TEXT && lab_divergence(lab, what)[0])
        fprintf(out, "%s, which ended the race\n", what);
    return true;
}
