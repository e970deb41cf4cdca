/* test_trainer.c - how a network is trained: determinism, states, batches, optimisers, divergence,
 * sizes; all but its gradients. */
#include "nets.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

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
        trainer_kill(t, 2, NULL);
        kept = malloc(trainer_state_size(t));
        again = malloc(trainer_state_size(t));
        trainer_save_state(t, kept);
        here = trainer_digest(t);
        steps(t, 47);
        there = trainer_digest(t);
        trainer_revive(t);
        assert_true(trainer_load_state(t, kept));
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

static void test_divergence(void **state)
{
    struct net_config c = defaults();
    struct trainer *t;
    struct probe p = {0};
    struct divergence d;
    uint64_t digest;

    (void)state;
    c.lr = 1e6;
    c.loss = LOSS_SQUARED;
    t = start(&c, "relu");
    for (int i = 0; i < 1000 && !trainer_diverged(t, NULL); i++)
        trainer_step(t);
    assert_true(trainer_diverged(t, &d));
    assert_in_range(d.layer, 1, 9);
    assert_non_null(strstr(d.where, d.layer == 9 ? "in the output" : "first in layer "));
    assert_int_equal(d.step, trainer_steps(t));
    digest = trainer_digest(t);
    trainer_step(t);
    assert_true(trainer_digest(t) == digest && trainer_steps(t) == d.step);
    trainer_probe(t, &p);
    assert_true(p.diverged);
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
        cmocka_unit_test(test_decay_and_clip), cmocka_unit_test(test_divergence),
        cmocka_unit_test(test_extremes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
