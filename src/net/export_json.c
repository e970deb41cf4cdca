/* export_json.c - a network as JSON: import_json.c reads it. */
#include "base/json.h"
#include "expr/python.h"
#include "net/export.h"
#include "net/trainer_private.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Nine digits tell every float from its neighbours. JSON has no inf and no NaN: a diverged network
 * keeps null there. */
static void add_float(struct text *out, float v)
{
    if (isfinite(v))
        text_printf(out, "%.9g", (double)v);
    else
        text_add(out, "null");
}

static void add_config(struct text *out, const struct net_config *c)
{
    text_add(out, "  \"config\": {");
    for (int i = 0; i < net_settings.rows; i++) {
        const struct setting *s = &net_settings.row[i];
        struct text value = {0};

        setting_get(s, c, &value);
        text_printf(out, "%s\n    \"%s\": ", i ? "," : "", s->name);
        if (!setting_is_number(s))
            json_quote(out, text_str(&value));
        else if (s->choices && strcmp(text_str(&value), s->choices[0]) == 0)
            text_add(out, "0");
        else
            text_add(out, text_str(&value));
        text_free(&value);
    }
    text_add(out, ",\n    \"file\": ");
    json_quote(out, c->file);
    text_add(out, "\n  },\n");
}

static void add_data(struct text *out, const struct trainer *t)
{
    text_printf(out, "  \"train\": %d,\n  \"data\": [", t->data.train);
    for (int i = 0; i < t->data.n; i++) {
        text_add(out, i ? ",\n    [" : "\n    [");
        add_float(out, t->data.sample[i].x1);
        text_add(out, ", ");
        add_float(out, t->data.sample[i].x2);
        text_add(out, ", ");
        add_float(out, t->data.sample[i].y);
        text_add(out, "]");
    }
    text_add(out, "\n  ]");
}

/* One array in the layout of the parameters, if there is one: a list a layer, in it a list a unit:
 * its bias, then its weights. */
static bool add_parameters(struct text *out, const struct trainer *t, const char *name,
                           const float *array, const struct stop *stop)
{
    const struct network *net = &t->net;

    if (!array)
        return true;
    text_add(out, ",\n");
    text_printf(out, "  \"%s\": [", name);
    for (int l = 1; l <= net->layers + 1; l++) {
        text_add(out, l > 1 ? ",\n    [" : "\n    [");
        for (int o = 0; o < network_outs(net, l); o++) {
            if (stop_asked(stop))
                return false;
            text_add(out, o ? ",\n     [" : "[");
            for (int i = -1; i < network_ins(net, l); i++) {
                text_add(out, i >= 0 ? ", " : "");
                add_float(out, array[network_weight(net, l, o, i) - net->w]);
            }
            text_add(out, "]");
        }
        text_add(out, "]");
    }
    text_add(out, "\n  ]");
    return true;
}

/* The defined functions that the network's own calls, in an order in which they can be defined. */
static void add_definitions(struct text *out, const struct activation *act)
{
    const struct activation **all;
    size_t n = activation_closure(act, &all);
    bool any = false;

    text_add(out, "  \"definitions\": [");
    for (size_t i = 0; i + 1 < n; i++) {
        struct text definition = {0};

        if (!all[i]->expr)
            continue;
        text_printf(&definition, "%s(x)=%s", all[i]->name, all[i]->formula);
        text_add(out, any ? ",\n    " : "\n    ");
        json_quote(out, text_str(&definition));
        text_free(&definition);
        any = true;
    }
    text_add(out, any ? "\n  ],\n" : "],\n");
    free(all);
}

static void add_function(struct text *out, const struct fn *fn)
{
    text_add(out, "  \"function\": {\"name\": ");
    json_quote(out, fn->act->name);
    text_printf(out, ", \"alpha\": %.17g, \"beta\": %.17g, \"formula\": ", fn->alpha, fn->beta);
    json_quote(out, fn->act->expr ? fn->act->formula : "");
    text_add(out, "},\n");
}

/* [layer, biases that `revive` gives back] of each killed layer. */
static void add_killed(struct text *out, const struct trainer *t)
{
    bool any = false;

    text_add(out, ",\n  \"killed\": [");
    for (int l = 1; l <= t->net.layers; l++) {
        if (!t->killed[l])
            continue;
        text_printf(out, any ? ",\n    [%d" : "\n    [%d", l);
        for (int o = 0; o < t->net.width; o++) {
            text_add(out, ", ");
            add_float(out, t->spare[(size_t)(l - 1) * (size_t)t->net.width + (size_t)o]);
        }
        text_add(out, "]");
        any = true;
    }
    text_add(out, any ? "\n  ]" : "]");
}

size_t network_json_size(const struct trainer *t)
{
    enum { NUMBER = sizeof "-1.23456789e-05, " };
    const size_t arrays = 1 + (t->net.m != NULL) + (t->net.v != NULL);

    return NUMBER * (arrays * t->net.params + 3 * (size_t)t->data.n) + (1 << 16);
}

bool network_to_json(const struct trainer *t, const struct stop *stop, struct text *out)
{
    text_add(out, "{\n  \"format\": \"" EXPORT_FORMAT "\",\n");
    add_definitions(out, t->fn.act);
    add_function(out, &t->fn);
    text_printf(out, "  \"step\": %" PRIu64 ",\n", t->step);
    add_config(out, &t->config);
    add_data(out, t);
    if (!add_parameters(out, t, "parameters", t->net.w, stop) ||
        !add_parameters(out, t, "momentum", t->net.m, stop) ||
        !add_parameters(out, t, "squares", t->net.v, stop))
        return false;
    add_killed(out, t);
    text_add(out, "\n}\n");
    return true;
}
