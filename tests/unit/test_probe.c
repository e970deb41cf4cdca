/* test_probe.c - what is seen in a network and changed in it by hand: the probe's figures, a killed
 * layer, single weights, another function. */
#include "kernels/kernels.h"
#include "nets.h"

#include <float.h>
#include <math.h>

/* Whether numbers below FLT_MIN can be made 0; valgrind's processor cannot. */
static bool flushes(void)
{
    volatile float tiny = FLT_MIN, half;
    unsigned mode = denormals_flush();

    half = tiny / 2;
    denormals_restore(mode);
    return half == 0;
}

/* A killed layer is dead on every sample; revived, the network is what it was. */
static void test_kill(void **state)
{
    static const char *const names[] = {"relu", "sigmoid", "gelu", "elu", "hardtanh", "tanh"};

    (void)state;
    if (!flushes()) {
        print_message("no processor that takes tiny numbers for 0: skipped\n");
        skip();
    }
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct net_config c = defaults();
        struct trainer *t;
        struct probe p = {0};
        uint64_t before;

        c.init = INIT_HE;
        t = start(&c, names[i]);
        before = trainer_digest(t);
        trainer_kill(t, 4, NULL);
        trainer_kill(t, 4, NULL);
        trainer_kill(t, 0, NULL);
        trainer_kill(t, 9, NULL);
        trainer_probe(t, &p);
        if (p.layer[4].dead != 1)
            fail_msg("%s: %g of the killed layer is dead", names[i], p.layer[4].dead);
        assert_true(p.layer[4].delta == 0 && p.layer[1].delta == 0);
        assert_true(p.layer[3].dead < 1);
        trainer_revive(t);
        trainer_probe(t, &p);
        assert_true(p.layer[4].dead < 1);
        assert_true(trainer_digest(t) == before);
        probe_free(&p);
        trainer_free(t);
    }
}

static void test_weights(void **state)
{
    struct net_config c = defaults();
    struct trainer *t;
    float xy[4] = {.5f, 1, -1, .25f}, before[2], after[2], again[2];

    (void)state;
    c.layers = 3;
    c.width = 5;
    t = start(&c, "tanh");
    trainer_predict(t, xy, 2, before);
    assert_true(before[0] > 0 && before[0] < 1 && before[0] != before[1]);
    for (int l = 1; l <= 4; l++)
        for (int in = -1; in < trainer_ins(t, l); in++) {
            float old = trainer_weight(t, l, trainer_outs(t, l) - 1, in);

            assert_true(trainer_set_weight(t, l, trainer_outs(t, l) - 1, in, old + 1));
            assert_true(trainer_weight(t, l, trainer_outs(t, l) - 1, in) == old + 1);
            trainer_predict(t, xy, 2, after);
            assert_true(after[0] != before[0] && after[1] != before[1]);
            assert_true(trainer_set_weight(t, l, trainer_outs(t, l) - 1, in, old));
            trainer_predict(t, xy, 2, again);
            assert_memory_equal(again, before, sizeof again);
        }
    assert_false(trainer_set_weight(t, 0, 0, 0, 1));
    assert_false(trainer_set_weight(t, 5, 0, 0, 1));
    assert_false(trainer_set_weight(t, 4, 1, 0, 1));
    assert_false(trainer_set_weight(t, 1, 0, 2, 1));
    assert_false(trainer_set_weight(t, 1, 0, 0, NAN));
    assert_true(isnan(trainer_weight(t, 1, 5, 0)));
    trainer_free(t);
}

/* Nothing but the activation differs after a swap. */
static void test_swap(void **state)
{
    struct net_config c = defaults();
    struct trainer *t = start(&c, "relu"), *other = start(&c, "tanh");
    struct fn tanh_fn = fn_named("tanh");

    (void)state;
    trainer_swap(t, &tanh_fn);
    assert_true(loss_of(t) == loss_of(other));
    steps(t, 10);
    steps(other, 10);
    assert_true(trainer_digest(t) == trainer_digest(other));
    trainer_free(t);
    trainer_free(other);
}

/* What the probe says, counted again by hand from the network's own weights. */
static void test_probe(void **state)
{
    struct net_config c = defaults();
    struct trainer *t;
    struct probe p = {0}, part = {0};
    double bins = 0, dead = 0, hits = 0;
    const struct net_sample *s;
    int n, train;

    (void)state;
    c.layers = 1;
    c.width = 16;
    c.bias = -2;
    c.test = .2;
    t = start(&c, "relu");
    trainer_probe(t, &p);
    s = trainer_data(t, &n, &train);
    for (int o = 0; o < 16; o++) {
        bool alive = false;

        for (int i = 0; i < train; i++)
            alive |= trainer_weight(t, 1, o, 0) * s[i].x1 + trainer_weight(t, 1, o, 1) * s[i].x2 +
                         trainer_bias(t, 1, o) >
                     0;
        dead += alive ? 0 : 1. / 16;
        assert_int_equal(p.unit[o].dead, !alive);
    }
    assert_true(dead > 0 && dead < 1 && fabs(p.layer[1].dead - dead) < 1e-9);
    for (int b = 0; b < PROBE_BINS; b++)
        bins += (double)p.layer[1].bins[b];
    assert_true(fabs(bins - 1) < 1e-5);
    for (int i = train; i < n; i++) {
        float xy[2] = {s[i].x1, s[i].x2}, y;

        trainer_predict(t, xy, 1, &y);
        hits += (y > .5f) == (s[i].y == 1);
    }
    assert_true(fabs(p.test_accuracy - hits / (n - train)) < 1e-9);
    assert_int_equal(p.samples, train);
    trainer_glance(t, 10, &part);
    assert_int_equal(part.samples, 10);
    assert_true(isnan(part.test_loss) && part.layer[1].dead >= p.layer[1].dead);
    trainer_glance(t, 1 << 30, &part);
    assert_true(part.loss == p.loss && part.layer[1].delta == p.layer[1].delta);
    probe_free(&part);
    probe_free(&p);
    trainer_free(t);
}

/* A curve takes all held-out samples of a small network, and of a large one no more than a step
 * takes time for. */
static void test_held_out(void **state)
{
    struct net_config c = defaults();
    struct probe p = {0};
    struct trainer *t;
    double loss, accuracy;

    (void)state;
    c.test = .5;
    c.samples = 1000;
    t = start(&c, "tanh");
    trainer_probe(t, &p);
    trainer_test(t, &loss, &accuracy);
    assert_true(loss == p.test_loss && accuracy == p.test_accuracy);
    probe_free(&p);
    trainer_free(t);
    c.layers = 100;
    c.width = 128;
    c.samples = 3000;
    t = start(&c, "tanh");
    trainer_test(t, &loss, &accuracy);
    assert_true(fabs(50 * accuracy - round(50 * accuracy)) < 1e-9); /* of 1500 */
    trainer_free(t);
    c.batch = 600;
    t = start(&c, "tanh");
    trainer_test(t, &loss, &accuracy);
    assert_true(fabs(1230 * accuracy - round(1230 * accuracy)) < 1e-9);
    trainer_free(t);
}

/* What vanishes is measured as far down as a float reaches, not only as far as its square does. */
static void test_tiny_deltas(void **state)
{
    struct net_config c = defaults();
    struct trainer *t;
    struct probe p = {0};

    (void)state;
    c.layers = 50;
    c.width = 8;
    t = start(&c, "sigmoid");
    trainer_probe(t, &p);
    assert_true(p.layer[1].delta > 0 && p.layer[1].delta < 1e-28);
    for (int l = 1; l < 50; l++) {
        double factor = p.layer[l].delta / p.layer[l + 1].delta;

        if (!(factor > 0.08 && factor < 0.7))
            fail_msg("layer %d: delta shrinks by %g", l, factor);
    }
    probe_free(&p);
    trainer_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kill),     cmocka_unit_test(test_weights),
        cmocka_unit_test(test_swap),     cmocka_unit_test(test_probe),
        cmocka_unit_test(test_held_out), cmocka_unit_test(test_tiny_deltas),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
