/* state.c - see state.h. */
#include "replay/state.h"

#include "base/digest.h"
#include "language/call.h"
#include "study/learner.h"

#include <inttypes.h>

static void add_number(struct text *out, const char *before, double v)
{
    text_printf(out, "%s%.17g", before, v);
}

/* First of all: opening a lesson and beginning its experiment set everything else. */
static void add_lesson(const struct lab *lab, struct text *out)
{
    const struct lesson *l = study_lesson(lab);

    if (!l)
        return;
    text_printf(out, "lesson %d page=%d\n", l->number, lab->open.page + 1);
    if (lab->open.try >= 0)
        text_printf(out, "try %d\nlesson page=%d\n", lab->open.try + 1, lab->open.page + 1);
}

/* The name of a function, or what it is made of, as one word. */
static void add_function(struct text *out, const struct activation *act)
{
    text_printf(out, " \"%s\"", act->name[0] ? act->name : act->formula);
}

static void add_plot(const struct lab *lab, struct text *out)
{
    const struct fn *fn = &lab->model.fn;
    const struct plot_state *p = &lab->model.plot;

    text_add(out, "fn");
    add_function(out, fn->act);
    if (fn->act->alpha.meaning)
        add_number(out, " alpha=", fn->alpha);
    if (fn->act->beta.meaning)
        add_number(out, " beta=", fn->beta);
    if (p->naive) /* before the range, which it chooses */
        text_add(out, "\nnaive on");
    add_number(out, "\nrange =", p->x0);
    add_number(out, " =", p->x1);
    add_number(out, "\ncursor =", p->cursor);
    if (p->compares) {
        text_add(out, "\ncompare");
        for (int i = 0; i < p->compares; i++)
            add_function(out, p->compare[i].act);
        if (p->difference)
            text_add(out, "\ndifference on");
    }
    if (p->tangent)
        text_add(out, "\ntangent on");
    if (!p->saturation)
        text_add(out, "\nsaturation off");
    if (p->histogram)
        text_printf(out, "\nhistogram %d", p->hist_layer);
    text_add(out, "\n");
}

static void add_network(const struct lab *lab, struct text *out)
{
    text_add(out, "net");
    for (int i = 0; i < net_settings.rows; i++) {
        text_printf(out, " %s=\"", net_settings.row[i].name);
        if (setting_is_number(&net_settings.row[i]))
            text_add(out, "=");
        setting_get(&net_settings.row[i], &lab->model.net, out);
        text_add(out, "\"");
    }
    if (lab->model.net.file[0])
        call_quote_option(out, "file", 4, lab->model.net.file);
    text_add(out, "\n");
    if (trainer_steps(lab->model.trainer))
        text_printf(out, "step %" PRIu64 "\n", trainer_steps(lab->model.trainer));
}

void state_commands(const struct lab *lab, struct text *out)
{
    add_lesson(lab, out);
    functions_print(lab->model.functions, out);
    add_plot(lab, out);
    add_network(lab, out);
}

uint64_t state_digest(const struct lab *lab)
{
    struct text text = {0};
    uint64_t weights = trainer_digest(lab->model.trainer), h = DIGEST_START;
    int place[3] = {lab->open.lesson, lab->open.page, lab->model.netview};

    state_commands(lab, &text);
    h = digest_add(h, text_str(&text), text.len);
    h = digest_add(h, &weights, sizeof weights);
    h = digest_add(h, place, sizeof place);
    text_free(&text);
    return h;
}
