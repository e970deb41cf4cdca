/* test_pytorch.c - the PyTorch script of a network, where there is a PyTorch, measures and trains
 * as the network itself does. */
#include "expr/python.h"
#include "folder.h"
#include "net/export.h"
#include "net/probe.h"
#include "unit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct trainer *make(const char *words, const struct fn *fn)
{
    struct net_config c = {0};
    char copy[256], *save = NULL;
    struct error e;
    struct trainer *t;

    setting_defaults(&net_settings, &c);
    snprintf(copy, sizeof copy, "%s", words);
    for (char *w = strtok_r(copy, " ", &save); w; w = strtok_r(NULL, " ", &save)) {
        char *value = strchr(w, '=');

        *value++ = '\0';
        if (!setting_set(setting_find(&net_settings, w, NULL), &c, value, NULL, NULL, &e))
            fail_msg("%s", e.text);
    }
    t = trainer_new(&c, fn, &e);
    if (!t)
        fail_msg("%s", e.text);
    return t;
}

static struct trainer *make_named(const char *words, const char *name)
{
    struct fn fn = fn_default(activation_find(name));

    return make(words, &fn);
}

static void steps(struct trainer *t, int n)
{
    while (n--)
        trainer_step(t);
}

static void test_diverged(void **state)
{
    struct trainer *t = make_named("layers=2 lr=1e6 loss=squared", "relu");
    struct text out = {0};
    struct error e;

    (void)state;
    for (int i = 0; i < 1000 && !trainer_diverged(t, NULL); i++)
        trainer_step(t);
    assert_false(network_to_pytorch(t, &out, &e));
    assert_non_null(strstr(e.text, "diverged"));
    assert_int_equal(out.len, 0);
    text_free(&out);
    trainer_free(t);
}

/* A Python that has PyTorch, or NULL. */
static const char *python(void)
{
    static const char *const candidates[] = {NULL, "python3", "/usr/bin/python3"};

    for (int i = 0; i < 3; i++) {
        const char *p = i ? candidates[i] : getenv("PYTHON");
        char command[300];

        if (!p)
            continue;
        snprintf(
            command, sizeof command,
            "%s -c 'import importlib.util, sys; sys.exit(not importlib.util.find_spec(\"torch\"))' "
            ">/dev/null 2>&1",
            p);
        if (system(command) == 0)
            return p;
    }
    return NULL;
}

static void near(const char *what, int net, int layer, double got, double expected)
{
    if (!(fabs(got - expected) <= 1e-4 * fabs(expected) + 1e-12))
        fail_msg("network %d, layer %d: %s is %g in PyTorch, %g here", net, layer, what, got,
                 expected);
}

/* Reads the table that the script printed and holds it to the probe. */
static void compare_table(FILE *f, int net, const struct probe *p)
{
    char line[300];

    while (fgets(line, sizeof line, f) && strncmp(line, "layer", 5) != 0)
        ;
    for (int l = 1; l <= p->layers; l++) {
        const struct probe_layer *s = &p->layer[l];
        double layer, delta, grad, rms, mean, dead, saturated, update;

        assert_non_null(fgets(line, sizeof line, f));
        if (sscanf(line, "%lf %lf %lf %lf %lf %lf %lf %lf", &layer, &delta, &grad, &rms, &mean,
                   &dead, &saturated, &update) != 8)
            fail_msg("network %d: %s", net, line);
        near("delta", net, l, delta, s->delta);
        near("grad", net, l, grad, s->grad);
        near("rms", net, l, rms, s->rms);
        if (fabs(mean - s->mean) > 1e-4 * s->rms)
            fail_msg("network %d, layer %d: mean %g, %g here", net, l, mean, s->mean);
        near("dead", net, l, dead, s->dead);
        /* a slope at the very border may fall on either side of it */
        if (fabs(saturated - s->saturated) > 1e-4 * s->saturated + 2. / (p->samples * p->width))
            fail_msg("network %d, layer %d: saturated %g, %g here", net, l, saturated,
                     s->saturated);
        near("update", net, l, update, s->update);
    }
    assert_non_null(fgets(line, sizeof line, f));
    near("loss", net, 0, atof(line + 5), p->loss);
}

/* Deeper than Python reads brackets: x + sin(x + sin(... */
static void define_deep(struct functions *functions)
{
    struct text definition = {0};

    text_add(&definition, "deep(x) = ");
    for (int i = 0; i < 90; i++)
        text_add(&definition, "x/2 + sin(");
    text_add(&definition, "x");
    for (int i = 0; i < 90; i++)
        text_add(&definition, ")/3");
    assert_non_null(functions_define(functions, text_str(&definition), NULL));
    text_free(&definition);
}

/* All of the table's functions, and settings and definitions of all kinds, in one run of Python. */
static void test_python(void **state)
{
    static const char *const words[] = {
        "layers=8 width=16 batch=0",
        "layers=3 width=7 batch=0 residual=on optimizer=momentum lr=.02 clip=1",
        "layers=4 batch=0 layernorm=on optimizer=adam lr=.01",
        "layers=2 batch=0 data=sine optimizer=rmsprop lr=.003 test=.2",
        "layers=0 batch=0",
        "layers=3 batch=0 loss=squared l1=.001 decay=.01 lr=.02"};
    enum { EXTRA = 6, MOST = 64 };
    char path[100], command[400];
    const char *run = python();
    struct trainer *net[MOST];
    struct probe p = {0};
    struct functions *functions = functions_new();
    int nets = 0;
    FILE *f;

    (void)state;
    if (!run) {
        functions_free(functions);
        print_message("no PyTorch here: skipped\n");
        skip();
    }
    assert_non_null(functions_define(functions, "soft(x) = log1p(exp(-abs(x))) + max(x, 0)", NULL));
    assert_non_null(
        functions_define(functions, "mine(x) = x*tanh(soft(x))^2/(1 + alpha*x^2)", NULL));
    assert_non_null(functions_define(
        functions,
        "cases(x) = if(x > 1 and not(x > 2), x^2/2, clip(x, -1, 3)) + elu(x, 2) + min(x, 1, 2*x)",
        NULL));
    assert_non_null(functions_define(functions, "flat(x) = 3", NULL));
    define_deep(functions);
    assert_non_null(functions_define(functions, "half(x) = if(x > 0, sqrt(x + .1), x/2)", NULL));
    for (int i = 0; i < activation_count; i++) {
        struct fn fn = fn_default(&activation_table[i]);

        if (i % 2 && fn.act->alpha.meaning)
            fn.alpha += .25;
        if (fn.act->beta.meaning)
            fn.beta += .5;
        net[nets++] = make("layers=3 width=6 samples=60 batch=0 gain=1.4 bias_std=.3 lr=.03", &fn);
    }
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        net[nets++] = make_named(words[i], i % 2 ? "gelu" : "tanh");
    for (int i = 0; i < EXTRA; i++) {
        static const char *const names[EXTRA] = {"soft", "mine", "cases", "flat", "deep", "half"};
        struct fn fn = fn_default(functions_find(functions, names[i], NULL));

        net[nets++] = make("layers=3 width=6 samples=60 batch=0 lr=.03", &fn);
    }
    for (int i = 0; i < nets; i++) {
        struct text out = {0};
        struct error e;

        if (i >= activation_count)
            steps(net[i], 40);
        if (!network_to_pytorch(net[i], &out, &e))
            fail_msg("network %d: %s", i, e.text);
        snprintf(path, sizeof path, "%02d.py", i);
        write_file(path, out.s);
        text_free(&out);
    }
    snprintf(command, sizeof command,
             "OMP_NUM_THREADS=1 %s -W ignore -c 'import sys, runpy, glob\nsys.argv[1:] = [\"2\"]\n"
             "for p in sorted(glob.glob(\"*.py\")):\n    runpy.run_path(p)' 2>&1",
             run);
    f = popen(command, "r");
    assert_non_null(f);
    for (int i = 0; i < nets; i++) {
        struct probe after = {0};
        double loss;
        char line[300];

        trainer_probe(net[i], &p);
        compare_table(f, i, &p);
        for (int k = 0; k < 2; k++) { /* two epochs on */
            assert_non_null(fgets(line, sizeof line, f));
            if (sscanf(line, "epoch %*d loss %lf", &loss) != 1 || !isfinite(loss))
                fail_msg("network %d: %s", i, line);
        }
        while (fgets(line, sizeof line, f) && strncmp(line, "loss", 4) != 0)
            ; /* the table after training */
        steps(net[i], 2 * trainer_steps_per_epoch(net[i]));
        trainer_probe(net[i], &after);
        if (!(fabs(loss - after.loss) < 1e-4 * after.loss))
            fail_msg("network %d: loss %g after training on in PyTorch, %g here", i, loss,
                     after.loss);
        probe_free(&after);
    }
    while (fgetc(f) != EOF)
        ;
    assert_int_equal(pclose(f), 0);
    for (int i = 0; i < nets; i++)
        trainer_free(net[i]);
    probe_free(&p);
    functions_free(functions);
}

/* Definitions whose branch not taken has no slope, or an infinite one; what they call, too. */
static const char *const guarded[] = {
    "root(x) = if(x > 0, sqrt(x), 0)",
    "inverse(x) = if(abs(x) > 1, 1/x, x)",
    "pole(x) = 1/(x-0.5)",
    "calls(x) = if(x > 1, pole(x) + elu(x, x), if(x > 0, log(x), x^2))",
    "powers(x) = if(x < 0, 0, x^1.5) + pow(if(x > 0.5, x, 1), 0.5)",
    "far(x) = if(x > 1 and log(x) > 0.5, asin(1/x), exp(min(x, 1.25)))",
    "own(x) = 1/(1 + exp(-300*x))", /* beyond what a float's exponent holds */
};

static const double points[] = {-2, -1, -0.5, -0.01, 0, 0.01, 0.5, 1, 1.5, 2, 3};

enum { GUARDED = sizeof guarded / sizeof *guarded, POINTS = sizeof points / sizeof *points };

static const struct activation *define_guarded(struct functions *functions, int i)
{
    struct error e;
    const struct activation *act = functions_define(functions, guarded[i], &e);

    if (!act)
        fail_msg("%s: %s", guarded[i], e.text);
    return act;
}

static void test_branches_as_text(void **state)
{
    struct functions *functions = functions_new();
    struct text out = {0};

    (void)state;
    python_functions(define_guarded(functions, 0), &out);
    assert_non_null(strstr(out.s, "torch.where(c1, torch.sqrt(at(a1, x)), "));
    assert_non_null(strstr(out.s, "    a1, b1 = both(m, c1), both(m, ~c1)\n"));
    assert_non_null(strstr(out.s, "torch.full_like(u, 0.5)"));
    text_clear(&out);
    define_guarded(functions, 2);
    python_functions(define_guarded(functions, 3), &out);
    assert_non_null(strstr(out.s, "f_pole(x, m=a1)"));
    assert_non_null(strstr(out.s, "(1.0 / at(m, (x - 0.5)))"));
    text_clear(&out);
    python_functions(define_guarded(functions, 6), &out);
    assert_null(strstr(out.s, "at(")); /* where there is no branch, nothing is in the way */
    text_free(&out);
    functions_free(functions);
}

/* Each is differentiated by PyTorch at kinks and beside them, as it is here. */
static void test_branches(void **state)
{
    const char *run = python();
    struct functions *functions = functions_new();
    const struct activation *act[GUARDED];
    char command[400], line[300];
    FILE *script, *f;

    (void)state;
    for (int i = 0; i < GUARDED; i++)
        act[i] = define_guarded(functions, i);
    if (!run) {
        functions_free(functions);
        print_message("no PyTorch here: skipped\n");
        skip();
    }
    script = fopen("branches.txt", "w");
    assert_non_null(script);
    fprintf(script, "import torch\nimport torch.nn.functional as F\n");
    for (int i = 0; i < GUARDED; i++) {
        struct text out = {0};

        python_functions(act[i], &out);
        fprintf(script, "%s\nx = torch.tensor([", out.s);
        for (int k = 0; k < POINTS; k++)
            fprintf(script, "%.9g, ", points[k]);
        fprintf(script, "], requires_grad=True)\nf_%s(x).sum().backward()\n", act[i]->name);
        fprintf(script, "for d in x.grad:\n    print(d.item())\n");
        text_free(&out);
    }
    assert_int_equal(fclose(script), 0);
    snprintf(command, sizeof command, "OMP_NUM_THREADS=1 %s -W ignore branches.txt 2>&1", run);
    f = popen(command, "r");
    assert_non_null(f);
    for (int i = 0; i < GUARDED; i++)
        for (int k = 0; k < POINTS; k++) {
            const struct fn fn = fn_default(act[i]);
            const double d = fn_df(&fn, (double)(float)points[k]);

            assert_non_null(fgets(line, sizeof line, f));
            if (isfinite(d) && !(fabs(atof(line) - d) <= 1e-5 * fabs(d) + 1e-12))
                fail_msg("%s at %g: %g here, %s in PyTorch", guarded[i], points[k], d, line);
        }
    assert_int_equal(pclose(f), 0);
    functions_free(functions);
    tried("export", "PyTorch's slopes of own functions at kinks and where a branch is not taken",
          "%d functions at %d points as here", GUARDED, POINTS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_diverged),
        cmocka_unit_test(test_branches_as_text),
        cmocka_unit_test(test_branches),
        cmocka_unit_test(test_python),
    };

    return cmocka_run_group_tests(tests, enter, leave);
}
