/* state.c - see state.h. */
#include "replay/state.h"

#include "base/digest.h"
#include "base/pack.h"
#include "lab/netview.h"
#include "lab/race.h"
#include "language/call.h"
#include "study/learner.h"

#include <inttypes.h>
#include <string.h>

/* ---- lines ----------------------------------------------------------------------------------- */

/* First of all: the lesson and its experiment set everything else, and `restart` undoes that. */
static void add_lesson(const struct lab *lab, struct text *out)
{
    const struct lesson *l = study_lesson(lab);
    const int page = lab->open.page + 1;

    if (!l)
        return;
    text_printf(out, "lesson %d page=%d\n", l->number, page);
    if (lab->open.try >= 0)
        text_printf(out, "try %d\nlesson page=%d\n", lab->open.try + 1, page);
    text_add(out, "restart\n");
}

/* A sum, as 0 is the same as -0 to a lab. */
static void add_number(struct text *out, const char *before, double v)
{
    text_printf(out, "%s%.17g", before, v + 0.0);
}

/* The name of a function, or what it is made of, as one word. */
static void add_function(struct text *out, const struct activation *act)
{
    text_printf(out, " \"%s\"", act->name[0] ? act->name : act->formula);
}

static void add_function_lines(const struct lab *lab, struct text *out)
{
    const struct fn *fn = &lab->model.fn;
    const struct plot_state *p = &lab->model.plot;

    functions_print(lab->model.functions, out);
    text_add(out, "fn");
    add_function(out, fn->act);
    if (fn->act->alpha.meaning)
        add_number(out, " alpha=", fn->alpha);
    if (fn->act->beta.meaning)
        add_number(out, " beta=", fn->beta);
    text_add(out, p->compares ? "\ncompare" : "");
    for (int i = 0; i < p->compares; i++)
        add_function(out, p->compare[i].act);
    text_add_char(out, '\n');
}

/* `naive` chooses a range: it stands before that. */
static void add_plot(const struct lab *lab, struct text *out)
{
    const struct plot_state *p = &lab->model.plot;

    if (p->difference)
        text_add(out, "difference on\n");
    if (p->naive)
        text_add(out, "naive on\n");
    add_number(out, "range =", p->x0);
    add_number(out, " =", p->x1);
    add_number(out, "\ncursor =", p->cursor);
    text_add_char(out, '\n');
    if (p->tangent)
        text_add(out, "tangent on\n");
    if (!p->saturation)
        text_add(out, "saturation off\n");
}

/* A file has a line of its own: who has it not, has all but that. */
static void add_network(const struct lab *lab, struct text *out)
{
    const struct race *race = lab->model.race;

    text_add(out, "net");
    for (int i = 0; i < net_settings.rows; i++) {
        text_printf(out, " %s=\"", net_settings.row[i].name);
        if (setting_is_number(&net_settings.row[i]))
            text_add(out, "=");
        setting_get(&net_settings.row[i], &lab->model.net, out);
        text_add(out, "\"");
    }
    if (lab->model.net.file[0]) {
        text_add(out, "\nnet");
        call_quote_option(out, "file", 4, lab->model.net.file);
    }
    text_add(out, race ? "\nrace" : "");
    for (int i = 0; race && i < race->racers; i++)
        add_function(out, trainer_fn(race->racer[i].trainer)->act);
    text_add_char(out, '\n');
}

/* The parts of the network that are looked at; it must be there for them. */
static void add_choices(const struct lab *lab, struct text *out)
{
    const struct model *m = &lab->model;

    if (m->plot.histogram || m->plot.hist_layer > 1)
        text_printf(out, "histogram %d\n", m->plot.hist_layer);
    if (!m->plot.histogram && m->plot.hist_layer > 1)
        text_add(out, "histogram off\n");
    if (m->netview)
        text_printf(out, "netview %s\n", netview_names[m->netview]);
    if (m->unit_layer > 1 || m->unit > 1)
        text_printf(out, "unit %d %d\n", m->unit_layer, m->unit);
    if (m->input)
        text_printf(out, "input %d\n", m->input);
}

void state_settings(const struct lab *lab, struct text *out)
{
    add_function_lines(lab, out);
    add_plot(lab, out);
    add_network(lab, out);
    add_choices(lab, out);
}

/* The step at which a network diverges is not done, and must be tried. */
void state_commands(const struct lab *lab, struct text *out)
{
    const struct trainer *t = lab->model.trainer;
    const uint64_t steps = trainer_steps(t) + trainer_diverged(t, NULL);

    add_lesson(lab, out);
    state_settings(lab, out);
    if (steps)
        text_printf(out, "step %" PRIu64 "\n", steps);
}

/* ---- what they leave out --------------------------------------------------------------------- */

/* `race` would give it other parameters now. */
static bool racer_is_other(const struct lab *lab, const struct fn *fn)
{
    const struct fn fresh = fn->act == lab->model.fn.act ? lab->model.fn : fn_default(fn->act);

    return !fn_same(fn, &fresh);
}

const char *state_gap(const struct lab *lab)
{
    const struct model *m = &lab->model;

    if (m->history.touched)
        return "the network was changed while it trained, by swap, kill, weight, alpha, lr or the "
               "like, or came from a file: 'export FILE.json' keeps it";
    if (!trainer_data_is_made(m->trainer))
        return "the samples came with a network from a file: 'export FILE.json' keeps them";
    for (int i = 0; m->race && i < m->race->racers; i++)
        if (racer_is_other(lab, trainer_fn(m->race->racer[i].trainer)))
            return "alpha or beta has turned since the race began";
    return NULL;
}

/* ---- the digest ------------------------------------------------------------------------------ */

/* Racers go where the lab's own network goes: their functions decide. */
static uint64_t digest_racers(uint64_t h, const struct race *race)
{
    struct pack p = {.digest = &h};

    for (int i = 0; race && i < race->racers; i++) {
        struct fn fn = *trainer_fn(race->racer[i].trainer);

        pack_double(&p, &fn.alpha);
        pack_double(&p, &fn.beta);
    }
    return h;
}

uint64_t state_digest(const struct lab *lab)
{
    const struct lesson *l = study_lesson(lab);
    struct text text = {0};
    uint64_t h;

    if (l)
        text_printf(&text, "%s %d %d\n", l->name, lab->open.page, lab->open.try);
    state_settings(lab, &text);
    text_printf(&text, "%016" PRIx64 " %016" PRIx64 "\n", trainer_digest(lab->model.trainer),
                trainer_data_digest(lab->model.trainer));
    h = digest_racers(digest_add(DIGEST_START, text_str(&text), text.len), lab->model.race);
    text_free(&text);
    return h;
}
