/* test_layers.c - the table of layers of many networks, held to golden numbers: on every path of
 * the kernels that this CPU can run, and in every build, because all are held to the same file.
 * Within 5e-5 of it each, any two builds agree to 1e-4.
 *
 * layers.txt has for each network the commands that make it, in a line, and below it a row for each
 * layer. Training spreads rounding errors, so networks are trained for a few steps only. Counts
 * (dead, saturated) must be equal: so no network of the file may have a pre-activation so near to a
 * border of f' that rounding could take it across. To add a network, add its line of commands; to
 * write all numbers afresh, from the path in plain C:
 *
 *     GENERATE=1 make check TESTS=tests/unit/test_layers
 */
#include "base/file.h"
#include "base/xalloc.h"
#include "kernels/kernels.h"
#include "lab.h"
#include "lab/settings.h"
#include "net/trainer_private.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double WITHIN = 5e-5; /* relative */

enum { DELTA, PREDICTED, GRAD, RMS, MEAN, DEAD, SATURATED, UPDATE, CHI, COLUMNS };

static const char *const column_names[COLUMNS] = {"delta", "predicted", "grad",   "rms", "mean",
                                                  "dead",  "saturated", "update", "chi"};

struct row {
    double v[COLUMNS];
};

static struct row row_of(const struct probe_layer *l)
{
    return (struct row){{[DELTA] = l->delta,
                         [PREDICTED] = l->predicted,
                         [GRAD] = l->grad,
                         [RMS] = l->rms,
                         [MEAN] = l->mean,
                         [DEAD] = l->dead,
                         [SATURATED] = l->saturated,
                         [UPDATE] = l->update,
                         [CHI] = l->chi}};
}

/* ---- the networks of the file ---------------------------------------------------------------- */

static char *path(char out[512])
{
    const char *srcdir = getenv("srcdir");

    snprintf(out, 512, "%s/tests/unit/layers.txt", srcdir ? srcdir : ".");
    return out;
}

static struct text file; /* its lines end in '\0' */
static char **line;
static size_t lines;

static int read_golden(void **state)
{
    char name[512];
    size_t cap = 0;
    struct error e;

    (void)state;
    if (!file_read(path(name), 1 << 22, &file, &e)) {
        print_error("%s\n", e.text);
        return -1;
    }
    for (char *s = file.s, *next; s < file.s + file.len; s = next) {
        next = s + strcspn(s, "\n");
        *next++ = '\0';
        line = xgrow(line, &cap, lines + 1, sizeof *line);
        line[lines++] = s;
    }
    return 0;
}

static int forget_golden(void **state)
{
    (void)state;
    free(line);
    text_free(&file);
    return 0;
}

static bool is_network(const char *s)
{
    return isalpha((unsigned char)s[0]);
}

/* A lab after the commands, measured. */
static struct lab *built(const char *commands, const char *cpu)
{
    char copy[512], *save = NULL;
    struct lab *lab;

    setenv("ACTLAB_CPU", cpu, 1);
    lab = open_lab(NULL);
    snprintf(copy, sizeof copy, "%s", commands);
    for (char *c = strtok_r(copy, ";", &save); c; c = strtok_r(NULL, ";", &save))
        run(lab, c);
    lab_measure(lab);
    return lab;
}

/* ---- borders of f' --------------------------------------------------------------------------- */

struct border {
    const struct trainer *t;
    int near;
};

/* What counts: f' is 0, small, or neither. */
static int class_of(const struct trainer *t, double z)
{
    double slope = fabs(fn_df(&t->fn, z));

    return slope < 1e-34 ? 0 : slope < .05 * t->max_slope ? 1 : 2;
}

/* A z that is 0 to the bit is so in every build: the sum of zeros. */
static void count_near(void *context, int layer, const float *z, int rows)
{
    struct border *b = context;

    (void)layer;
    for (int s = 0; s < rows; s++, z += b->t->net.ld)
        for (int j = 0; j < b->t->net.width; j++) {
            double x = (double)z[j], by = 1e-5 * (fabs(x) + .1);

            if (x != 0 && (class_of(b->t, x - by) != class_of(b->t, x) ||
                           class_of(b->t, x + by) != class_of(b->t, x)))
                b->near++;
        }
}

/* Pre-activations of the training set that are nearly at a border. */
static int borderline(struct trainer *t)
{
    struct border b = {t, 0};
    struct network_watch watch = {.forward = count_near, .context = &b};

    for (int at = 0, rows; at < t->data.train; at += rows) {
        rows = t->data.train - at < t->net.rows ? t->data.train - at : t->net.rows;
        for (int i = 0; i < rows; i++)
            trainer_fill(t, i, at + i);
        network_forward(&t->net, rows, &watch);
    }
    return b.near;
}

/* ---- held to the file ------------------------------------------------------------------------ */

struct worst {
    double off;
    char where[160];
};

/* How far off, relatively; a mean may cancel and is seen beside the root mean square. */
static double difference(const struct row *got, const struct row *want, int k)
{
    double a = got->v[k], b = want->v[k], scale = fabs(k == MEAN ? want->v[RMS] : b);

    if ((isnan(a) && isnan(b)) || a == b)
        return 0;
    if (k == DEAD || k == SATURATED) /* a count; written with seven digits */
        return fabs(a - b) < 1e-6 ? 0 : INFINITY;
    return scale > 0 && isfinite(a) ? fabs(a - b) / scale : INFINITY;
}

static void compare(const char *network, const char *cpu, const char *golden, const struct probe *p,
                    int l, struct worst *worst)
{
    struct row got = row_of(&p->layer[l]), want;
    const char *at = golden;
    char *end;

    assert_true(l <= p->layers);
    assert_int_equal(strtol(at, &end, 10), l);
    for (int k = 0; k < COLUMNS; k++) {
        double off;

        at = end;
        want.v[k] = strtod(at, &end);
        if (end == at)
            fail_msg("'%s' has no %s", golden, column_names[k]);
        off = difference(&got, &want, k);
        if (off > WITHIN)
            fail_msg("%s: %s: layer %d: %s is %.9g, not %.9g", network, cpu, l, column_names[k],
                     got.v[k], want.v[k]);
        if (off > worst->off) {
            worst->off = off;
            snprintf(worst->where, sizeof worst->where, "%s of layer %d of %s", column_names[k], l,
                     network);
        }
    }
}

/* All networks of the file on one path of the kernels. */
static int held(const char *cpu, struct worst *worst)
{
    int networks = 0, seen = 0;

    for (size_t i = 0; i < lines; i++) {
        struct lab *lab;
        int l = 0;

        if (!is_network(line[i]) || seen++ % rounds(1, 4))
            continue;
        lab = built(line[i], cpu);
        while (i + (size_t)l + 1 < lines && isdigit((unsigned char)line[i + (size_t)l + 1][0])) {
            l++;
            compare(line[i], cpu, line[i + (size_t)l], &lab->measured.probe, l, worst);
        }
        assert_int_equal(l, lab->measured.probe.layers);
        session_close(lab);
        networks++;
    }
    return networks;
}

static void test_golden(void **state)
{
    struct text paths = {0};
    struct worst all = {0};
    int networks = 0;

    (void)state;
    for (const struct kernels *const *k = kernels_available(); *k; k++) {
        struct worst worst = {0};

        networks = held((*k)->name, &worst);
        print_message("%s: %d networks, largest difference %.1e: %s\n", (*k)->name, networks,
                      worst.off, worst.where);
        text_printf(&paths, "%s%s", paths.len ? ", " : "", (*k)->name);
        if (worst.off > all.off)
            all = worst;
    }
    unsetenv("ACTLAB_CPU");
    tried("accuracy",
          "layer tables of every function, initialisation, optimiser: any build, any CPU",
          "%d networks by %s: within %.0e of golden numbers", networks, text_str(&paths), all.off);
    text_free(&paths);
}

/* ---- what the file must have ----------------------------------------------------------------- */

/* Whether a network of the file has these words, the last of them whole. */
static bool occurs(const char *words)
{
    size_t n = strlen(words);

    for (size_t i = 0; i < lines; i++) {
        const char *at = is_network(line[i]) ? strstr(line[i], words) : NULL;

        if (at && !isalnum((unsigned char)at[n]) && at[n] != '_')
            return true;
    }
    return false;
}

static void assert_choices(const char *name)
{
    const struct setting *s = setting_find(&net_settings, name, NULL);

    for (int i = 0; s->choices[i]; i++) {
        char words[64];

        snprintf(words, sizeof words, "%s=%s", name, s->choices[i]);
        if (!occurs(words) && strcmp(s->choices[i], s->fallback) != 0)
            fail_msg("layers.txt has no network with %s", words);
    }
}

static void test_complete(void **state)
{
    (void)state;
    for (int i = 0; i < activation_count; i++) {
        char words[64];

        snprintf(words, sizeof words, "fn %s", activation_table[i].name);
        if (!occurs(words))
            fail_msg("layers.txt has no network with %s", words);
    }
    assert_choices("init");
    assert_choices("loss");
    assert_choices("optimizer");
    assert_choices("data");
    assert_true(occurs("residual=on") && occurs("layernorm=on"));
}

static void test_no_border(void **state)
{
    int bad = 0;

    (void)state;
    for (size_t i = 0; i < lines; i++)
        if (is_network(line[i])) {
            struct lab *lab = built(line[i], "scalar");
            int near = borderline(lab->model.trainer);

            session_close(lab);
            bad += near > 0;
            if (near)
                print_error("%s: %d pre-activations at a border of f'\n", line[i], near);
        }
    if (bad)
        fail_msg("%d networks need another seed", bad);
}

/* ---- written afresh -------------------------------------------------------------------------- */

static void write_rows(FILE *out, const struct probe *p)
{
    for (int l = 1; l <= p->layers; l++) {
        struct row r = row_of(&p->layer[l]);

        fprintf(out, "%d", l);
        for (int k = 0; k < COLUMNS; k++)
            fprintf(out, " %.7g", r.v[k]);
        fputc('\n', out);
    }
}

static void generate(void **state)
{
    char name[512];
    FILE *out = fopen(path(name), "w");

    (void)state;
    assert_non_null(out);
    for (size_t i = 0; i < lines; i++) {
        if (isdigit((unsigned char)line[i][0]))
            continue;
        fprintf(out, "%s\n", line[i]);
        if (is_network(line[i])) {
            struct lab *lab = built(line[i], "scalar");

            write_rows(out, &lab->measured.probe);
            session_close(lab);
        }
    }
    assert_int_equal(fclose(out), 0);
    test_no_border(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_complete),
        cmocka_unit_test(test_no_border),
        cmocka_unit_test(test_golden),
    };
    const struct CMUnitTest writing[] = {cmocka_unit_test(generate)};

    if (getenv("GENERATE"))
        return cmocka_run_group_tests(writing, read_golden, forget_golden);
    return cmocka_run_group_tests(tests, read_golden, forget_golden);
}
