/* cmd_unit.c - one unit's weights: `unit` and `input` choose, `weight` changes. */
#include "base/pasted.h"
#include "commands/handlers.h"
#include "lab/race.h"

#include <math.h>

/* A whole number from lo to hi; with + or - in front it is added to `now`, and stays within. */
static bool whole(struct lab *lab, const struct call *c, int word, int lo, int hi, int now,
                  int *out, struct error *e)
{
    double v;

    if (!call_relative(lab, c, word, now, &v, e))
        return false;
    if (c->word[word].s[0] == '+' || pasted_minus(c->word[word].s))
        v = fmin(fmax(v, lo), hi);
    if (!(v >= lo && v <= hi) || v != floor(v))
        return misuse(e, c->word[word].column, "'%s' must be a whole number from %d to %d",
                      c->word[word].s, lo, hi);
    *out = (int)v;
    return true;
}

/* next and prev of n things; false for any other word. */
static bool turn(const char *word, int n, int *at)
{
    const int step = choice_step(word);

    *at = choice_beside(*at, n, step);
    return step != 0;
}

bool cmd_unit(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    int layer, unit, at, most;

    (void)out;
    layer = lab->model.unit_layer;
    unit = lab->model.unit;
    at = (layer - 1) * lab->model.net.width + unit - 1;
    if (c->words == 1 &&
        turn(c->word[0].s, lab->model.net.layers * lab->model.net.width + 1, &at)) {
        layer = at / lab->model.net.width + 1;
        unit = at % lab->model.net.width + 1;
    } else if ((c->words == 2 &&
                !whole(lab, c, 0, 1, lab->model.net.layers + 1, layer, &layer, e)) ||
               !whole(lab, c, c->words - 1, 1, trainer_outs(lab->model.trainer, layer), unit, &unit,
                      e)) {
        return false;
    }
    lab->model.unit_layer = layer;
    lab->model.unit = unit;
    most = trainer_ins(lab->model.trainer, layer);
    lab->model.input = lab->model.input > most ? most : lab->model.input;
    return true;
}

bool cmd_input(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    int most;

    (void)out;
    most = trainer_ins(lab->model.trainer, lab->model.unit_layer);
    return turn(c->word[0].s, most + 1, &lab->model.input) ||
           whole(lab, c, 0, 0, most, lab->model.input, &lab->model.input, e);
}

bool cmd_weight(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    int layer, unit, in, value = c->words - 1;
    double w, now;

    (void)out;
    layer = lab->model.unit_layer;
    unit = lab->model.unit - 1;
    in = lab->model.input;
    if (c->words == 2 && !call_int(lab, c, 0, 0, trainer_ins(lab->model.trainer, layer), &in, e))
        return false;
    now = in ? trainer_weight(lab->model.trainer, layer, unit, in - 1)
             : trainer_bias(lab->model.trainer, layer, unit);
    if (!call_relative(lab, c, value, now, &w, e))
        return false;
    if (!(fabs(w) <= 1e6))
        return misuse(e, c->word[value].column, "a weight must be from -1000000 to 1000000");
    trainer_set_weight(lab->model.trainer, layer, unit, in - 1, (float)w);
    lab->model.input = in;
    lab_intervene(lab);
    lab_say_behind(lab);
    return true;
}
