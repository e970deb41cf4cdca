/* test_demonstrations.c - what the course shows of training, with fixed seeds: every row of `demo`,
 * as the commands that anyone can type. A row states what 40 seeds gave; here fewer run, and each
 * is held to its share of them, less what chance may take. */
#include "commands/complete.h"
#include "commands/demo.h"
#include "commands/manual.h"
#include "lab.h"
#include "net/theory.h"
#include "net/trainer.h"

#include <math.h>

enum { TRAINED = 10, /* seeds where networks are trained */ UNTRAINED = 40 };

/* What holds, by the name of the demonstration. Where all seeds or none are expected, so it is
 * here. */
static const struct bounds {
    const char *name;
    int seeds;
    double least, most;
} bounds[] = {
    {"vanishing", TRAINED, 10, 10},
    {"depth-1", TRAINED, 10, 10},
    {"depth-2", TRAINED, 10, 10},
    {"depth-3", TRAINED, 2, 8},
    {"depth-5", TRAINED, 0, 0},
    {"depth-6", TRAINED, 0, 0},
    {"depth-8", TRAINED, 0, 0},
    {"ratio", UNTRAINED, 2.3e-5, 3.5e-5},
    {"ratio-low", UNTRAINED, 1e-5, 1.7e-5},
    {"ratio-high", UNTRAINED, 5e-5, 8e-5},
    {"ratio-theory", UNTRAINED, 3.7e-5, 3.9e-5},
    {"cure-tanh", TRAINED, 10, 10},
    {"cure-relu", TRAINED, 10, 10},
    {"cure-elu", TRAINED, 10, 10},
    {"cure-selu", TRAINED, 10, 10},
    {"small-start", TRAINED, 3, 10},
    {"small-uniform", TRAINED, 3, 10},
    {"large-start", TRAINED, 7, 10},
    {"dying", TRAINED, 9, 10},
    {"dying-lr1", TRAINED, 0, 0},
    {"back-relu", TRAINED, 0, 0},
    {"back-leaky.01", TRAINED, 0, 3},
    {"back-leaky.2", TRAINED, 5, 10},
    {"back-leaky.2-300", TRAINED, 8, 10},
    {"back-elu", TRAINED, 8, 10},
    {"bias-relu", TRAINED, 8, 10},
    {"bias-leaky.01", TRAINED, 8, 10},
    {"bias-leaky.2", TRAINED, 10, 10},
    {"bias-elu", TRAINED, 10, 10},
    {"hidden", UNTRAINED, .0010, .0018},
    {"hidden-weights", UNTRAINED, .35, .60},
};

static double results[sizeof bounds / sizeof *bounds];

static double result_of(const char *name)
{
    for (size_t i = 0; i < sizeof bounds / sizeof *bounds; i++)
        if (strcmp(bounds[i].name, name) == 0)
            return results[i];
    fail_msg("no bounds for the demonstration %s", name);
    return NAN;
}

static void test_rows(void **state)
{
    (void)state;
    assert_int_equal(demo_count, sizeof bounds / sizeof *bounds);
    for (int i = 0; i < demo_count; i++) {
        const struct bounds *b = &bounds[i];
        struct error e;

        assert_string_equal(demo_table[i].name, b->name);
        if (!demo_run(&command_table, &demo_table[i], b->seeds, &results[i], &e))
            fail_msg("%s: %s", b->name, e.text);
        if (!(results[i] >= b->least && results[i] <= b->most))
            fail_msg("%s: %g on %d seeds, not %g to %g", b->name, results[i], b->seeds, b->least,
                     b->most);
    }
    tried("network",
          "what the course claims about training: `demo all`, 10 seeds each (40 untrained)",
          "all %d rows; depth 1, 2, 3, 5, 6, 8 of sigmoid learn on %g, %g, %g, %g, %g, %g",
          demo_count, result_of("depth-1"), result_of("depth-2"), result_of("depth-3"),
          result_of("depth-5"), result_of("depth-6"), result_of("depth-8"));
    tried("network", "a layer that died at lr 5 comes back",
          "relu %g, leaky 0.01 %g, leaky 0.2 %g (%g in 300 epochs), elu %g of 10",
          result_of("back-relu"), result_of("back-leaky.01"), result_of("back-leaky.2"),
          result_of("back-leaky.2-300"), result_of("back-elu"));
}

/* The bounds above are for 40 seeds what the table says: a row that is rewritten is looked at. */
static void test_bounds(void **state)
{
    (void)state;
    for (int i = 0; i < demo_count; i++) {
        double share = demo_table[i].what == DEMO_COUNT ? bounds[i].seeds / 40. : 1;

        if (!(demo_table[i].of40 * share >= bounds[i].least &&
              demo_table[i].of40 * share <= bounds[i].most))
            fail_msg("%s: %g is not in %g to %g", bounds[i].name, demo_table[i].of40 * share,
                     bounds[i].least, bounds[i].most);
    }
}

/* Without roff's escapes. */
static void unescape(char *s)
{
    char *out = s;

    for (; *s; s++)
        if (s[0] == '\\' && s[1] == '&')
            s++;
        else if (s[0] != '\\')
            *out++ = *s;
    *out = '\0';
}

/* Every name is found where one looks for it: in the list, in help, by TAB, in the manual. */
static void test_learnable(void **state)
{
    struct lab *lab = open_lab(NULL);
    struct candidates c = {0};
    char *list = output(lab, "demo"), *json = output(lab, "demo --format=json"),
         *help = output(lab, "help demo"), *manual = NULL;
    size_t n = 0;
    FILE *out = open_memstream(&manual, &n);

    (void)state;
    assert_non_null(out);
    manual_page(&command_table, out, "0", "today");
    fclose(out);
    unescape(manual);
    lab_complete(lab, "demo ", 5, &c);
    assert_int_equal(c.n, demo_count + 1); /* `all`, too */
    for (int i = 0; i < demo_count; i++) {
        const struct demo *d = &demo_table[i];
        size_t k = 0;

        shows(list, d->name);
        shows(json, d->name);
        shows(help, d->name);
        shows(manual, d->name);
        shows(manual, d->claim);
        while (k < c.n && strcmp(c.word[k], d->name) != 0)
            k++;
        assert_true(k < c.n);
        for (int l = 0; d->line[l]; l++) {
            shows(list, d->line[l]);
            shows(json, d->line[l]);
        }
    }
    candidates_free(&c);
    free(list);
    free(json);
    free(help);
    free(manual);
    session_close(lab);
}

static void test_refusals(void **state)
{
    static const char *const lines[][2] = {
        {"demo vanishin", "did you mean vanishing"}, {"demo ratio seeds=0", "from 1 to 1000"},
        {"demo ratio seeds=2.5", "whole number"},    {"demo ratio seeds=many", "many"},
        {"demo ratio lr=1", "no option 'lr'"},
    };
    struct lab *lab = open_lab(NULL);

    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        refuses(lab, lines[i][0], lines[i][1]);
    session_close(lab);
}

/* A network of one input's worth of sign is dead at birth with P = 1 - (1 - 2^-n)^L (Lu 2019): here
 * on the ray of one sample. */
static void test_born_dead(void **state)
{
    static const struct {
        int width;
        double share;
    } rows[] = {{2, .94}, {3, .74}, {4, .48}, {8, .04}};
    struct fn relu = fn_default(activation_find("relu"));

    (void)state;
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        struct net_config c = {0};
        const struct net_sample one[2] = {{1, 0, 1}, {.5f, 0, 0}};
        int dead = 0, nets = 400;

        setting_defaults(&net_settings, &c);
        c.layers = 10;
        c.init = INIT_HE;
        c.width = rows[r].width;
        c.samples = 2;
        for (int i = 0; i < nets; i++) {
            struct trainer *t;
            struct probe p = {0};

            c.seed = (uint64_t)i + 1;
            t = trainer_new_with(&c, &relu, one, 2, 2, NULL);
            assert_non_null(t);
            trainer_probe(t, &p);
            for (int l = 1, found = 0; l <= p.layers; l++)
                if (p.layer[l].dead == 1 && !found++)
                    dead++;
            trainer_free(t);
            probe_free(&p);
        }
        if (fabs(dead / (double)nets - rows[r].share) > .08)
            fail_msg("width %d: %d of %d born dead, not %g", rows[r].width, dead, nets,
                     rows[r].share);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bounds),    cmocka_unit_test(test_rows),
        cmocka_unit_test(test_learnable), cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_born_dead),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
