/* import_json.c - reading what export_json.c wrote. The file may be anyone's. */
#include "base/json.h"
#include "base/xalloc.h"
#include "expr/expr.h"
#include "net/check.h"
#include "net/export.h"
#include "net/trainer_private.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FORMULA_MAX = EXPR_MAX_BYTES + FN_NAME_MAX + 8 };

/* The members of a file that mean something; those up to DATA come before any parameters. */
enum member {
    FUNCTION,
    DEFINITIONS,
    CONFIG,
    TRAIN,
    DATA,
    FORMAT,
    STEP,
    PARAMETERS,
    MOMENTUM,
    SQUARES,
    KILLED,
    MEMBERS
};

static const char *const names[MEMBERS] = {"function", "definitions", "config", "train",
                                           "data",     "format",      "step",   "parameters",
                                           "momentum", "squares",     "killed"};

/* The part of a file that is read before the network can be built; parameters come last, and are
 * read into the network. */
struct archive {
    struct json j;
    const struct functions *known;
    struct functions *own; /* the file's definitions, which become known when all is well */
    bool is_new;           /* fn is one of them */
    struct net_config config;
    struct fn fn;
    struct net_sample *sample;
    size_t samples, cap;
    double train, step;
    enum member at; /* what is being read */
    unsigned seen;  /* which there have been, a bit each */
    struct trainer *trainer;
};

static bool has_seen(const struct archive *a, enum member m)
{
    return a->seen & 1u << m;
}

/* A setting's value: a number, or a word in quotes, in which older files have numbers, too. */
static bool read_value(struct json *j, char *out, size_t size)
{
    double v;

    if (json_peek(j) == '"')
        return json_string(j, out, size);
    if (!json_real(j, &v))
        return false;
    snprintf(out, size, "%.17g", v);
    return true;
}

static void read_config(struct archive *a)
{
    char key[32], value[sizeof a->config.file];
    uint64_t seen = 0; /* a bit for each row */
    struct error e;

    json_open(&a->j, '{');
    while (json_key(&a->j, key, sizeof key) && read_value(&a->j, value, sizeof value)) {
        char absolute[sizeof value + 1];
        const struct setting *s;

        if (strcmp(key, "file") == 0) {
            strcpy(a->config.file, value);
            continue;
        }
        s = setting_find(&net_settings, key, &e);
        if (!s) {
            json_fail(&a->j, "%s", e.text);
            return;
        }
        if (seen & UINT64_C(1) << (s - net_settings.row))
            json_fail(&a->j, "more than one %s", key);
        seen |= UINT64_C(1) << (s - net_settings.row);
        snprintf(absolute, sizeof absolute, "=%s", value);
        if (!setting_set(s, &a->config, setting_is_number(s) ? absolute : value, NULL, NULL, &e))
            json_fail(&a->j, "%s", e.text);
    }
}

/* A function of the file's own from its formula. */
static const struct activation *make_function(struct archive *a, const char *name,
                                              const char *formula, struct error *e)
{
    const struct activation *act;
    struct text definition = {0};

    if (!*name)
        return functions_parse(a->own, formula, e);
    act = functions_find(a->own, name, NULL);
    if (act && strcmp(act->formula, formula) == 0)
        return act;
    text_printf(&definition, "%s(x)=%s", name, formula);
    act = functions_define(a->own, text_str(&definition), e);
    text_free(&definition);
    return act;
}

/* A function of the table, one that is already defined, or a new one from its formula. */
static void find_function(struct archive *a, const char *name, const char *formula)
{
    const struct activation *act, *same;
    struct error e;

    act = *formula ? make_function(a, name, formula, &e) : functions_find(a->own, name, NULL);
    if (!act && !*formula)
        act = functions_find(a->known, name, &e);
    if (!act) {
        json_fail(&a->j, "%s", e.text);
        return;
    }
    same = functions_same(a->known, act);
    a->is_new = act->expr && !same;
    a->fn = fn_default(same ? same : act);
}

static void read_definitions(struct archive *a)
{
    char definition[FORMULA_MAX];
    struct error e;

    json_open(&a->j, '[');
    while (json_more(&a->j) && json_string(&a->j, definition, sizeof definition))
        if (!functions_define(a->own, definition, &e))
            json_fail(&a->j, "%s", e.text);
}

static void read_function(struct archive *a)
{
    char key[32], name[FN_NAME_MAX] = "", formula[FORMULA_MAX] = "";
    double alpha = NAN, beta = NAN;
    struct error e;

    json_open(&a->j, '{');
    while (json_key(&a->j, key, sizeof key)) {
        if (strcmp(key, "name") == 0)
            json_string(&a->j, name, sizeof name);
        else if (strcmp(key, "formula") == 0)
            json_string(&a->j, formula, sizeof formula);
        else if (strcmp(key, "alpha") == 0)
            json_real(&a->j, &alpha);
        else if (strcmp(key, "beta") == 0)
            json_real(&a->j, &beta);
        else
            json_skip(&a->j);
    }
    if (a->j.failed)
        return;
    find_function(a, name, formula);
    if (a->j.failed)
        return;
    if ((a->fn.act->alpha.meaning && !fn_set_parameter(&a->fn, "alpha", alpha, &e)) ||
        (a->fn.act->beta.meaning && !fn_set_parameter(&a->fn, "beta", beta, &e)))
        json_fail(&a->j, "%s", e.text);
}

static bool read_float(struct json *j, float *out)
{
    double v;

    if (!json_real(j, &v))
        return false;
    *out = (float)v; /* NOLINT(clang-analyzer-core.NullDereference) */
    return isfinite(*out) || json_fail(j, "%g is too large for a network", v);
}

static void read_data(struct archive *a)
{
    json_open(&a->j, '[');
    while (json_more(&a->j)) {
        float v[3];

        if (a->samples == DATA_MAX_SAMPLES) {
            json_fail(&a->j, "more than %d samples", DATA_MAX_SAMPLES);
            return;
        }
        json_open(&a->j, '[');
        for (int i = 0; i < 3; i++)
            if (!json_more(&a->j) || !read_float(&a->j, &v[i])) {
                json_fail(&a->j, "a sample is [x1, x2, label]");
                return;
            }
        if (json_more(&a->j))
            json_fail(&a->j, "a sample is [x1, x2, label]");
        a->sample = xgrow(a->sample, &a->cap, a->samples + 1, sizeof *a->sample);
        a->sample[a->samples++] = (struct net_sample){v[0], v[1], v[2]};
    }
}

/* True if the rest of the file can hold the parameters, two bytes each at least: a few bytes must
 * not build a network of millions. */
static bool can_hold(struct archive *a)
{
    const double width = a->config.width, layers = a->config.layers;
    const double n = (NET_INPUTS + 1) * width + (layers - 1) * (width + 1) * width;

    return layers < 1 || n <= (double)(a->j.n - a->j.at) / 2 ||
           json_fail(&a->j, "%g layers of %g units have more parameters than the file can hold",
                     layers, width);
}

/* The function that the settings name is the one that the file brings; an unnamed one may run where
 * a named one did. */
static bool names_function(struct archive *a)
{
    const struct activation *act;
    struct error e;

    if (net_config_runs_plotted(&a->config))
        return true;
    act = functions_find(a->own, a->config.fn, NULL);
    if (!act)
        act = functions_find(a->known, a->config.fn, &e);
    if (!act)
        return json_fail(&a->j, "%s", e.text);
    return !a->fn.act->name[0] || strcmp(act->name, a->fn.act->name) == 0 ||
           json_fail(&a->j, "fn is %s, and the function %s", a->config.fn, a->fn.act->name);
}

/* Parameters follow what they belong to: the network is built when the first of them comes. */
static bool build(struct archive *a)
{
    struct error e;

    if (a->trainer || a->j.failed)
        return a->trainer && !a->j.failed;
    for (enum member m = 0; m <= DATA; m++)
        if (m != DEFINITIONS && !has_seen(a, m))
            return json_fail(&a->j, "%s must come before the parameters", names[m]);
    if (!(a->train >= 1 && a->train <= (double)a->samples) || a->train != floor(a->train))
        return json_fail(&a->j, "train must be from 1 to %zu", a->samples);
    if (!names_function(a) || !can_hold(a))
        return false;
    a->trainer =
        trainer_new_with(&a->config, &a->fn, a->sample, (int)a->samples, (int)a->train, &e);
    return a->trainer || json_fail(&a->j, "%s", e.text);
}

/* One layer's list of units, each its bias and its weights. Says what is missing or too much. */
static bool read_layer(struct archive *a, int l, float *array)
{
    const struct network *net = &a->trainer->net;
    int outs = network_outs(net, l), ins = network_ins(net, l);

    if (!json_more(&a->j) || !json_open(&a->j, '['))
        return json_fail(&a->j, "layer %d is missing", l);
    for (int o = 0; o < outs; o++) {
        if (!json_more(&a->j) || !json_open(&a->j, '['))
            return json_fail(&a->j, "layer %d must have %d units, not %d", l, outs, o);
        for (int i = -1; i < ins; i++)
            if (!json_more(&a->j) ||
                !read_float(&a->j, &array[network_weight(net, l, o, i) - net->w]))
                return json_fail(&a->j, "layer %d, unit %d must have %d numbers", l, o + 1,
                                 ins + 1);
        if (json_more(&a->j))
            return json_fail(&a->j, "layer %d, unit %d has more than %d numbers", l, o + 1,
                             ins + 1);
    }
    return !json_more(&a->j) || json_fail(&a->j, "layer %d has more than %d units", l, outs);
}

static void read_parameters(struct archive *a)
{
    const struct network *net;
    float *array;

    if (!build(a))
        return;
    net = &a->trainer->net;
    array = a->at == PARAMETERS ? net->w : a->at == MOMENTUM ? net->m : net->v;
    if (!array)
        json_fail(&a->j, "this optimizer keeps no %s", names[a->at]);
    json_open(&a->j, '[');
    for (int l = 1; l <= net->layers + 1; l++)
        if (!read_layer(a, l, array))
            return;
    if (json_more(&a->j))
        json_fail(&a->j, "%s has more than %d layers", names[a->at], net->layers + 1);
}

static void read_killed(struct archive *a)
{
    if (!build(a))
        return;
    json_open(&a->j, '[');
    while (json_more(&a->j)) {
        const struct network *net = &a->trainer->net;
        double l = 0;

        json_open(&a->j, '[');
        if (!json_more(&a->j) || !json_real(&a->j, &l) || !(l >= 1 && l <= net->layers) ||
            l != floor(l)) {
            json_fail(&a->j, "a killed layer must be [layer, biases], layers from 1 to %d",
                      net->layers);
            return;
        }
        for (int o = 0; o < net->width; o++)
            if (!json_more(&a->j) ||
                !read_float(&a->j,
                            &a->trainer->spare[(size_t)(l - 1) * (size_t)net->width + (size_t)o])) {
                json_fail(&a->j, "killed layer %.0f must have %d biases", l, net->width);
                return;
            }
        if (json_more(&a->j))
            json_fail(&a->j, "killed layer %.0f has more than %d biases", l, net->width);
        a->trainer->killed[(int)l] = true;
    }
}

static void read_format(struct archive *a)
{
    char format[64];

    if (json_string(&a->j, format, sizeof format) && strcmp(format, EXPORT_FORMAT) != 0)
        json_fail(&a->j, "the format is '%s', not '" EXPORT_FORMAT "'", format);
}

static void read_step(struct archive *a)
{
    if (json_real(&a->j, &a->step) &&
        (!(a->step >= 0 && a->step <= 0x1p53) || a->step != floor(a->step)))
        json_fail(&a->j, "step must be a whole number");
}

static void read_train(struct archive *a)
{
    json_real(&a->j, &a->train);
}

static void read_member(struct archive *a, const char *key)
{
    static void (*const read[MEMBERS])(struct archive *) = {
        read_function, read_definitions, read_config,     read_train,      read_data,  read_format,
        read_step,     read_parameters,  read_parameters, read_parameters, read_killed};

    for (a->at = 0; a->at < MEMBERS && strcmp(names[a->at], key) != 0;)
        a->at++;
    if (a->at == MEMBERS)
        json_skip(&a->j);
    else if (has_seen(a, a->at))
        json_fail(&a->j, "more than one %s", key);
    else if (a->trainer && a->at <= DATA)
        json_fail(&a->j, "%s must come before the parameters", key);
    else
        read[a->at](a);
    a->seen |= a->at < MEMBERS ? 1u << a->at : 0;
}

/* Asks for what must be there, and that it is all right together. */
static void check(struct archive *a)
{
    struct error e;

    if (!has_seen(a, FORMAT))
        json_fail(&a->j, "no format: this is not a network that actlab saved");
    else if (!has_seen(a, PARAMETERS))
        json_fail(&a->j, "no parameters");
    else if (a->trainer && a->trainer->net.m && !has_seen(a, MOMENTUM))
        json_fail(&a->j, "no momentum, which this optimizer keeps");
    else if (a->trainer && a->trainer->net.v && !has_seen(a, SQUARES))
        json_fail(&a->j, "no squares, which this optimizer keeps");
    else if (a->trainer && !net_check_parameters(a->trainer, &e))
        json_fail(&a->j, "%s", e.text);
}

static void read_archive(struct archive *a)
{
    char key[32];

    json_open(&a->j, '{');
    while (json_key(&a->j, key, sizeof key))
        read_member(a, key);
    json_end(&a->j);
    check(a);
}

struct trainer *network_from_json(const char *name, const char *s, size_t n,
                                  struct functions *functions, struct text *replaced,
                                  const struct stop *stop, struct error *e)
{
    struct archive a = {.known = functions, .own = functions_like(functions)};

    setting_defaults(&net_settings, &a.config);
    json_begin(&a.j, name, s, n, e);
    a.j.stop = stop;
    read_archive(&a);
    free(a.sample);
    if (a.j.failed) {
        trainer_free(a.trainer);
        functions_free(a.own);
        return NULL;
    }
    if (a.is_new)
        functions_take(functions, a.own, replaced);
    else
        functions_free(a.own);
    a.trainer->step = (uint64_t)a.step;
    network_refresh(&a.trainer->net);
    return a.trainer;
}
