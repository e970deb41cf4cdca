/* test_trainer.c - what a network does: determinism, optimisers, states, killed layers, divergence,
 * the probe; all but its gradients. */
#include "math/kernels.h"
#include "nets.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

/* The same seed gives the same bits; another, others. */
static void test_reproducible(void **state)
{
    static const char *const names[] = {"sigmoid", "gelu", "softplus"};

    (void)state;
    for (int opt = OPT_SGD; opt <= OPT_ADAM; opt++) {
        struct net_config c = defaults();
        struct trainer *a, *b, *other;

        c.optimizer = opt;
        c.lr = .01;
        c.batch = 7;
        c.layers = 3;
        c.width = 5 + 8 * opt;
        a = start(&c, names[opt % 3]);
        b = start(&c, names[opt % 3]);
        c.seed = 2;
        other = start(&c, names[opt % 3]);
        assert_true(trainer_digest(a) == trainer_digest(b));
        steps(a, 100);
        steps(b, 50);
        loss_of(b); /* looking changes nothing */
        steps(b, 50);
        steps(other, 100);
        assert_true(trainer_digest(a) == trainer_digest(b));
        assert_true(trainer_digest(a) != trainer_digest(other));
        assert_true(loss_of(a) == loss_of(b));
        trainer_free(a);
        trainer_free(b);
        trainer_free(other);
    }
}

static void test_state(void **state)
{
    (void)state;
    for (int opt = OPT_SGD; opt <= OPT_ADAM; opt++) {
        struct net_config c = defaults();
        struct trainer *t;
        uint64_t there, here;
        void *kept, *again;

        c.optimizer = opt;
        c.lr = .01;
        t = start(&c, "tanh");
        steps(t, 33);
        trainer_kill(t, 2);
        kept = malloc(trainer_state_size(t));
        again = malloc(trainer_state_size(t));
        trainer_save_state(t, kept);
        here = trainer_digest(t);
        steps(t, 47);
        there = trainer_digest(t);
        trainer_revive(t);
        trainer_load_state(t, kept);
        assert_int_equal(trainer_steps(t), 33);
        assert_true(trainer_digest(t) == here);
        steps(t, 47);
        assert_true(trainer_digest(t) == there);
        trainer_load_state(t, kept);
        trainer_save_state(t, again);
        assert_memory_equal(kept, again, trainer_state_size(t));
        free(kept);
        free(again);
        trainer_free(t);
    }
}

/* Every sample once an epoch, the last batch shorter; the order another in each epoch, or the
 * data's own. */
static void test_batches(void **state)
{
    struct net_config c = defaults();
    struct trainer *t, *whole;

    (void)state;
    c.batch = 60;
    t = start(&c, "tanh");
    assert_int_equal(trainer_steps_per_epoch(t), 4);
    trainer_free(t);
    c.batch = 0;
    t = start(&c, "tanh");
    c.batch = 100000;
    whole = start(&c, "tanh");
    assert_int_equal(trainer_steps_per_epoch(t), 1);
    steps(t, 5);
    steps(whole, 5);
    assert_true(trainer_digest(t) == trainer_digest(whole));
    trainer_free(t);
    trainer_free(whole);
}

/* More samples a batch than a block holds: the gradient is that of all of them, in whatever pieces.
 */
static void test_blocks(void **state)
{
    struct net_config c = defaults();
    struct trainer *t, *small;

    (void)state;
    c.samples = 1000;
    c.shuffle = false;
    c.lr = .05;
    c.batch = 0;
    t = start(&c, "tanh");
    c.batch = 3; /* the same network with room for fewer rows */
    small = start(&c, "tanh");
    c.batch = 0;
    trainer_tune(small, &c);
    for (int i = 0; i < 10; i++) {
        trainer_step(t);
        trainer_step(small);
        if (!(fabs(trainer_batch_loss(t) - trainer_batch_loss(small)) < 1e-5))
            fail_msg("step %d: %g against %g", i, trainer_batch_loss(t), trainer_batch_loss(small));
    }
    assert_true(fabs(trainer_weight(t, 1, 0, 0) - trainer_weight(small, 1, 0, 0)) < 1e-5);
    trainer_free(t);
    trainer_free(small);
}

/* Each optimiser and each setting learns the circle, and does what it says. */
static void test_optimizers(void **state)
{
    static const double rates[] = {.1, .02, .003, .005};

    (void)state;
    for (int opt = OPT_SGD; opt <= OPT_ADAM; opt++) {
        struct net_config c = defaults();
        struct trainer *t;
        struct probe p = {0};

        c.optimizer = opt;
        c.lr = rates[opt];
        c.layers = 2;
        t = start(&c, "tanh");
        steps(t, 2000);
        trainer_probe(t, &p);
        if (!(p.accuracy >= .95))
            fail_msg("optimizer %d: accuracy %g, loss %g", opt, p.accuracy, p.loss);
        probe_free(&p);
        trainer_free(t);
    }
}

/* The short way of plain descent goes where the long way goes. */
static void test_short_way(void **state)
{
    (void)state;
    for (int bits = 0; bits < 4; bits++) {
        struct net_config c = defaults();
        struct trainer *brief, *full;

        c.layers = 3;
        c.width = 21;
        c.lr = .05;
        c.residual = bits & 1;
        c.layernorm = bits & 2;
        brief = start(&c, "gelu");
        c.clip = 1e5; /* never reached */
        full = start(&c, "gelu");
        for (int i = 0; i < 50; i++) {
            trainer_step(brief);
            trainer_step(full);
            assert_true(fabs(trainer_batch_loss(brief) - trainer_batch_loss(full)) < 1e-5);
        }
        for (int l = 1; l <= 4; l++)
            for (int i = -1; i < trainer_ins(full, l); i++)
                assert_true(fabsf(trainer_weight(brief, l, 0, i) - trainer_weight(full, l, 0, i)) <
                            1e-5f);
        trainer_free(brief);
        trainer_free(full);
    }
}

static double squared_weights(const struct trainer *t)
{
    double sum = 0;

    for (int l = 1; l <= trainer_config(t)->layers + 1; l++)
        for (int o = 0; o < trainer_outs(t, l); o++)
            for (int i = 0; i < trainer_ins(t, l); i++)
                sum += pow((double)trainer_weight(t, l, o, i), 2);
    return sum;
}

/* The length of the first step, over all weights and biases. */
static double first_step(const struct net_config *c)
{
    struct trainer *a = start(c, "tanh"), *b = start(c, "tanh");
    double sum = 0;

    trainer_step(b);
    for (int l = 1; l <= c->layers + 1; l++)
        for (int o = 0; o < trainer_outs(a, l); o++)
            for (int i = -1; i < trainer_ins(a, l); i++)
                sum += pow((double)(trainer_weight(a, l, o, i) - trainer_weight(b, l, o, i)), 2);
    trainer_free(a);
    trainer_free(b);
    return sqrt(sum);
}

static void test_decay_and_clip(void **state)
{
    struct net_config c = defaults();
    struct trainer *plain, *l1, *l2;
    double free_step, clipped;

    (void)state;
    c.layers = 2;
    c.lr = .1;
    plain = start(&c, "tanh");
    c.l1 = .01;
    l1 = start(&c, "tanh");
    c.l1 = 0;
    c.decay = .02;
    l2 = start(&c, "tanh");
    steps(plain, 1000);
    steps(l1, 1000);
    steps(l2, 1000);
    assert_true(squared_weights(l1) < .9 * squared_weights(plain));
    assert_true(squared_weights(l2) < .9 * squared_weights(plain));
    trainer_free(plain);
    trainer_free(l1);
    trainer_free(l2);
    c.decay = 0;
    free_step = first_step(&c);
    c.clip = free_step / c.lr / 2;
    clipped = first_step(&c);
    assert_true(fabs(clipped / free_step - .5) < 1e-4);
    c.clip *= 10;
    assert_true(fabs(first_step(&c) / free_step - 1) < 1e-5);
}

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
        trainer_kill(t, 4);
        trainer_kill(t, 4);
        trainer_kill(t, 0);
        trainer_kill(t, 9);
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

static void test_divergence(void **state)
{
    struct net_config c = defaults();
    struct trainer *t;
    struct probe p = {0};
    uint64_t at, digest;
    int layer = 0;

    (void)state;
    c.lr = 1e6;
    c.loss = LOSS_SQUARED;
    t = start(&c, "relu");
    for (int i = 0; i < 1000 && !trainer_diverged(t, NULL, NULL); i++)
        trainer_step(t);
    assert_true(trainer_diverged(t, &layer, &at));
    assert_in_range(layer, 1, 9);
    assert_int_equal(at, trainer_steps(t));
    digest = trainer_digest(t);
    trainer_step(t);
    assert_true(trainer_digest(t) == digest && trainer_steps(t) == at);
    trainer_probe(t, &p);
    assert_true(p.diverged);
    probe_free(&p);
    trainer_free(t);
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

/* Depths at both ends, widths that are no multiple of a vector. */
static void test_extremes(void **state)
{
    static const struct {
        int layers, width, batch;
    } sizes[] = {{0, 16, 10}, {1, 1, 1}, {200, 3, 10}, {2, 512, 1}, {3, 17, 0}, {2, 100, 33}};

    (void)state;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct net_config c = defaults();
        struct trainer *t;
        struct probe p = {0};

        c.layers = sizes[i].layers;
        c.width = sizes[i].width;
        c.batch = sizes[i].batch;
        t = start(&c, "sigmoid");
        steps(t, 3);
        trainer_probe(t, &p);
        assert_true(isfinite(p.loss) && !p.diverged);
        assert_int_equal(p.layers, sizes[i].layers);
        probe_free(&p);
        trainer_free(t);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reproducible),   cmocka_unit_test(test_state),
        cmocka_unit_test(test_batches),        cmocka_unit_test(test_blocks),
        cmocka_unit_test(test_short_way),      cmocka_unit_test(test_optimizers),
        cmocka_unit_test(test_decay_and_clip), cmocka_unit_test(test_kill),
        cmocka_unit_test(test_divergence),     cmocka_unit_test(test_weights),
        cmocka_unit_test(test_swap),           cmocka_unit_test(test_probe),
        cmocka_unit_test(test_tiny_deltas),    cmocka_unit_test(test_extremes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
