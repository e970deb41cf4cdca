/* test_excess.c - too much of anything: settings out of bounds, networks beyond memory, training
 * that diverges. Each is told with what would be right, and the lab stays usable. */
#include "base/number.h"
#include "lab.h"
#include "lab/netview.h"
#include "lab/race.h"

#include <math.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

static struct lab *lab;

static int begin(void **state)
{
    lab = *state = open_lab(NULL);
    return 0;
}

/* The message has both parts. */
static void refuses_both(const char *line, const char *part, const char *other)
{
    shows(refuses(lab, line, part)->text, other);
}

/* Just out of bounds on either side, far out, no number at all. */
static int refuse_number(const struct setting *s)
{
    double out[] = {
        s->min - 1, s->max + fmax(1, 1e-9 * s->max), s->max * 1e10 + 1, INFINITY, -INFINITY, NAN,
        s->min + .5};
    char line[100], min[40], max[40], number[NUMBER_TEXT_MAX];
    int tried = s->type == SETTING_REAL ? 6 : 7;

    snprintf(min, sizeof min, "from %s", number_shortest(number, s->min, 7));
    snprintf(max, sizeof max, "to %s", number_shortest(number, s->max, 7));
    for (int i = 0; i < tried; i++) {
        snprintf(line, sizeof line, "net %s=\"=%.17g\"", s->name, out[i]);
        refuses_both(line, min, max);
        snprintf(line, sizeof line, "layers epochs=1 width=3 %s=\"=%.17g\"", s->name, out[i]);
        refuses_both(line, s->name, max);
    }
    snprintf(line, sizeof line, "net width=3 %s=many", s->name);
    refuses(lab, line, "unknown name 'many'");
    return tried + 1;
}

static void test_settings(void **state)
{
    int tried = 0, settings = 0;

    (void)state;
    for (int i = 0; i < net_settings.rows; i++, settings++) {
        const struct setting *s = &net_settings.row[i];
        char line[100];

        if (setting_is_number(s)) {
            tried += refuse_number(s);
            continue;
        }
        snprintf(line, sizeof line, "net width=3 %s=nosuchthing", s->name);
        refuses_both(line, "nosuchthing", s->choices ? s->choices[0] : "");
        tried++;
        for (int k = 0; s->choices && s->choices[k]; k++)
            refuses_both(line, s->choices[k], s->name);
    }
    refuses(lab, "net layres=3", "did you mean 'layers'");
    tried("network", "settings out of bounds, not numbers, unknown words",
          "%d values of %d settings: the message names the bounds, nothing changes", tried,
          settings);
}

/* What fits is built, what does not is told with its size. */
static void test_memory(void **state)
{
    static const char *const large[] = {
        "net layers=200 width=512 batch=1024 optimizer=adam",
        "net layers=200 width=512 batch=1024 optimizer=adam layernorm=on",
        "layers layers=200 width=512 batch=0 optimizer=adam epochs=1",
    };
    const char *number;

    (void)state;
    for (size_t i = 0; i < sizeof large / sizeof *large; i++) {
        refuses_both(large[i], "200 layers of 512 units", "MiB, more than");
        number = strstr(refuses(lab, large[i], "take ")->text, "take ");
        assert_true(strtod(number + 5, NULL) > 1024 && strtod(number + 5, NULL) < 4096);
    }
    if ((double)sysconf(_SC_PHYS_PAGES) * (double)sysconf(_SC_PAGESIZE) < 2e9)
        return;
    run(lab, "net layers=60 width=512 batch=1024");
    refuses_both("race relu tanh elu gelu", "a race of 4: 60 layers", "MiB, more than");
    assert_null(lab->model.race);
    run(lab, "net layers=2 width=3");
    run(lab, "race relu tanh elu gelu");
    assert_int_equal(lab->model.race->racers, 4);
}

/* Leaves the process so much more address space than it has; 0: all there is. */
static void leave_space(size_t bytes)
{
    struct rlimit space;
    size_t pages = 0;

    assert_int_equal(getrlimit(RLIMIT_AS, &space), 0);
    space.rlim_cur = space.rlim_max;
    if (bytes) {
        FILE *f = fopen("/proc/self/statm", "r");

        assert_non_null(f);
        assert_int_equal(fscanf(f, "%zu", &pages), 1);
        fclose(f);
        space.rlim_cur = (rlim_t)(pages * (size_t)sysconf(_SC_PAGESIZE) + bytes);
    }
    assert_int_equal(setrlimit(RLIMIT_AS, &space), 0);
}

#ifndef __has_feature
#define __has_feature(x) 0
#endif
#if defined __SANITIZE_ADDRESS__ || __has_feature(address_sanitizer)
#define SANITIZED 1 /* its shadow of the memory is terabytes */
#else
#define SANITIZED 0
#endif

/* Where the system gives no more, a network is refused with what it would take, and the session
 * goes on. */
static void test_scarce(void **state)
{
    (void)state;
    unless_brief();
    if (SANITIZED || access("/proc/self/statm", R_OK) != 0)
        skip();
    run(lab, "restart");
    run(lab, "train 3");
    leave_space(300 << 20);
    refuses_both("net layers=200 width=512 batch=1024",
                 "200 layers of 512 units with batch 1024 take ", "MiB, more than can be had now");
    refuses_both("net layers=100 width=512 optimizer=adam", "more than can be had now",
                 "an optimizer that keeps less than adam");
    refuses_both("net layers=100 width=512 optimizer=momentum", "more than can be had now",
                 "optimizer=sgd");
    /* the network fits, the states to go back to do not; neither does it as text */
    run(lab, "net layers=60 width=512 samples=20");
    run(lab, "step 2");
    run(lab, "net lr=0.01");
    run(lab, "step 2");
    refuses_both("back 1", "no state is kept", "reset");
    refuses(lab, "export /tmp/actlab-no-such.json", "MiB of text, more memory than there is");
    run(lab, "net layers=2 width=8");
    run(lab, "train 2");
    run(lab, "back 3");
    leave_space(0);
    run(lab, "net layers=60 width=512 samples=20");
    run(lab, "step 2");
    run(lab, "back 1");
    run(lab, "restart");
}

static void diverge(void)
{
    run(lab, "restart");
    run(lab, "fn relu");
    run(lab, "net layers=4 width=6 loss=squared lr=1e6");
    says(lab, "train 5 epochs", "the network diverged at step 2, first in layer 1");
}

/* Which layer, which step; and what is not known is not shown as a number. */
static void test_divergence_is_shown(void **state)
{
    (void)state;
    diverge();
    says(lab, "layers", "the network diverged at step 2, first in layer 1");
    says(lab, "layers format=json", "\"delta\": null");
    says(lab, "layers format=json", "\"dead\": null");
    for (size_t i = 0; netview_names[i]; i++) {
        char line[40];

        snprintf(line, sizeof line, "netview %s", netview_names[i]);
        run(lab, line);
        says(lab, "show size=80x24", "first in layer 1  diverged at step 2");
        says(lab, "show size=40x12", "diverged at step 2");
        free(output(lab, "show size=200x60"));
    }
    assert_true(isnan(lab->measured.probe.layer[1].dead) &&
                isnan(lab->measured.probe.layer[4].saturated));
    assert_false(lab->measured.probe.unit[0].dead);
    run(lab, "restart");
    run(lab, "fn relu");
    run(lab, "net layers=3 width=4 loss=squared lr=1e6");
    says(lab, "layers epochs=3", "the network diverged at step 2");
    run(lab, "net lr=1e6 layers=2");
    says(lab, "race relu tanh epochs=3", "the network diverged at step 2");
    run(lab, "restart");
    run(lab, "net layers=0 data=plane lr=1e6");
    says(lab, "train 100 epochs", "in the output");
}

/* What needs a network that goes on says why not; back and reset bring it back. */
static void test_divergence_is_left(void **state)
{
    (void)state;
    diverge();
    refuses(lab, "train 1", "diverged at step 2, first in layer 1: back N or reset");
    refuses(lab, "step", "back N or reset");
    refuses(lab, "run", "back N or reset");
    refuses_both("until loss < 0.1", "diverged at step 2", "loss < 0.1");
    refuses(lab, "export /tmp/actlab-no-such.json", "back N or reset");
    run(lab, "facts relu");
    run(lab, "eval delta(1)");
    run(lab, "swap tanh");
    run(lab, "kill 1");
    run(lab, "back 1");
    says(lab, "layers", "step 1");
    assert_false(trainer_diverged(lab->model.trainer, NULL));
    run(lab, "reset");
    run(lab, "net lr=0.01");
    says(lab, "train 5 epochs", "step 100");
    assert_true(isfinite(lab->measured.probe.loss));
    diverge();
    run(lab, "fn tanh");
    run(lab, "net lr=0.1");
    says(lab, "train 5 epochs", "step 100");
    tried("network", "a diverged network: its views, tables and commands",
          "every one names step and layer, back and reset undo it");
}

/* A share of units is exact, whatever the width: goals ask whether it is 1. */
static void test_shares(void **state)
{
    (void)state;
    run(lab, "restart");
    run(lab, "fn relu");
    for (int width = 1; width <= 200; width++) {
        char line[64];

        snprintf(line, sizeof line, "net layers=1 width=%d samples=7", width);
        run(lab, line);
        run(lab, "kill 1");
        lab_measure(lab);
        if (lab->measured.probe.layer[1].dead != 1 || lab->measured.probe.layer[1].saturated != 1)
            fail_msg("width %d: %.17g dead, %.17g saturated", width,
                     lab->measured.probe.layer[1].dead, lab->measured.probe.layer[1].saturated);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_settings),
        cmocka_unit_test(test_memory),
        cmocka_unit_test(test_scarce),
        cmocka_unit_test(test_divergence_is_shown),
        cmocka_unit_test(test_divergence_is_left),
        cmocka_unit_test(test_shares),
    };

    return cmocka_run_group_tests(tests, begin, tear_down_lab);
}
