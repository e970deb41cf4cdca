/* test_history.c - the curves that training leaves behind: what an epoch's points say, that they
 * are the same however one came there, and that they cost next to nothing. */
#include "base/clock.h"
#include "lab.h"
#include "lab/race.h"
#include "net/trainer.h"

#include <math.h>

static struct lab *with_net(const char *net)
{
    struct lab *lab = open_lab(NULL);

    run(lab, net);
    return lab;
}

/* An epoch's loss is the mean over its samples, whatever the batches are; accuracy counts them. */
static void test_epoch(void **state)
{
    static const char *const nets[] = {
        "net layers=2 samples=60 batch=7 test=0.3", "net layers=1 samples=50 batch=0",
        "net layers=3 samples=300 batch=300 loss=squared", "net layers=2 samples=40 batch=1"};

    (void)state;
    for (size_t i = 0; i < sizeof nets / sizeof *nets; i++) {
        struct lab *lab = with_net(nets[i]);
        struct trainer *t = lab->model.trainer;
        int n, train, batch = lab->model.net.batch;
        double loss, accuracy, test_loss, test_accuracy;
        struct probe p = {0};

        trainer_data(t, &n, &train);
        batch = batch ? batch : train;
        assert_true(isnan(trainer_epoch_loss(t, &accuracy)) && isnan(accuracy));
        for (int epoch = 0; epoch < 3; epoch++) {
            double sum = 0;

            for (int from = 0; from < train; from += batch) {
                trainer_step(t);
                sum += trainer_batch_loss(t) * (from + batch > train ? train - from : batch);
            }
            loss = trainer_epoch_loss(t, &accuracy);
            assert_true(fabs(loss - sum / train) < 1e-12);
            assert_true(fabs(accuracy * train - round(accuracy * train)) < 1e-9);
        }
        trainer_probe(t, &p);
        trainer_test(t, &test_loss, &test_accuracy);
        assert_true(n > train ? test_loss == p.test_loss && test_accuracy == p.test_accuracy
                              : isnan(test_loss) && isnan(test_accuracy));
        probe_free(&p);
        session_close(lab);
    }
}

/* Where nothing is learned, an epoch's figures are the network's. */
static void test_standing(void **state)
{
    struct lab *lab = with_net("net layers=2 samples=60 batch=7 lr=0");
    const struct history_point *point = lab->model.history.point;

    (void)state;
    run(lab, "train 5 epochs");
    point = lab->model.history.point;
    assert_int_equal(lab->model.history.points, 6);
    for (int i = 1; i < 6; i++)
        assert_true(fabsf(point[i].loss - point[0].loss) < 1e-6f &&
                    point[i].accuracy == point[0].accuracy);
    session_close(lab);
}

static void assert_same_points(const struct lab *a, const struct lab *b)
{
    assert_int_equal(a->model.history.points, b->model.history.points);
    for (int i = 0; i < a->model.history.points; i++) {
        const struct history_point *p = &a->model.history.point[i], *q = &b->model.history.point[i];

        if (p->step != q->step || p->loss != q->loss || p->accuracy != q->accuracy ||
            p->test_loss != q->test_loss || p->test_accuracy != q->test_accuracy)
            fail_msg("point %d: step %d loss %g, and step %d loss %g", i, (int)p->step,
                     (double)p->loss, (int)q->step, (double)q->loss);
    }
}

/* Back into the middle of an epoch, and on again: the epoch's sum is a part of the state. */
static void test_back(void **state)
{
    static const char *const net = "net layers=3 width=8 samples=90 batch=8 test=0.2 seed=5";
    struct lab *straight = with_net(net), *winding = with_net(net);

    (void)state;
    run(straight, "step 200");
    run(winding, "step 133");
    run(winding, "back 50");
    run(winding, "train 1 epoch");
    run(winding, "back 3");
    run(winding, "step 111");
    run(winding, "step 200");
    run(winding, "back 200");
    assert_int_equal(trainer_steps(winding->model.trainer), 200);
    assert_same_points(straight, winding);
    session_close(straight);
    session_close(winding);
}

/* A racer's curve is the one that its network has when it runs alone. */
static void test_race(void **state)
{
    struct lab *race = with_net("net layers=2 width=6 samples=50"), *alone;

    (void)state;
    run(race, "race tanh relu epochs=6");
    for (int i = 0; i < 2; i++) {
        alone = with_net("net layers=2 width=6 samples=50");
        run(alone, i ? "fn relu" : "fn tanh");
        run(alone, "train 6 epochs");
        assert_int_equal(race->model.race->points, alone->model.history.points);
        for (int k = 0; k < alone->model.history.points; k++)
            assert_true(race->model.race->racer[i].loss[k] == alone->model.history.point[k].loss);
        session_close(alone);
    }
    session_close(race);
}

/* Large racers are measured on the screen over no more samples than the lab's own network. */
static void test_large_race(void **state)
{
    struct lab *lab = with_net("net layers=20 width=256 samples=60");

    (void)state;
    lab->interactive = true;
    run(lab, "race tanh relu");
    assert_int_equal(lab_affordable(lab), 32);
    lab_measure(lab);
    assert_int_equal(lab->measured.probe.samples, 32);
    for (int i = 0; i < 2; i++)
        assert_int_equal(lab->model.race->racer[i].probe.samples, 32);
    lab->interactive = false;
    lab->model.race->stale = true;
    lab_measure(lab);
    assert_int_equal(lab->model.race->racer[0].probe.samples, 60);
    session_close(lab);
}

/* Training in the lab takes hardly longer than by the trainer alone, however short an epoch is. The
 * least of many rounds, in turn: what else the machine does only adds, and where it adds to nearly
 * all more rounds are made, until both have had one that was not disturbed. */
static void test_cost(void **state)
{
    static const struct {
        const char *net;
        int steps;
    } rows[] = {{"net layers=6 width=8 samples=200 batch=10 lr=0.001", 400},
                {"net layers=8 width=16 samples=100 batch=10 lr=0.001", 200},
                {"net layers=10 width=32 samples=128 batch=64 lr=0.001", 20}};
    double worst = 0;

    (void)state;
    unless_brief();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct lab *lab = with_net(rows[i].net);
        double alone = INFINITY, whole = INFINITY;

        lab_train(lab, 64); /* until the first states are kept */
        for (int round = 0; round < 60 || (round < 1000 && whole > 1.15 * alone); round++) {
            double from = clock_used();

            for (int k = 0; k < rows[i].steps; k++)
                trainer_step(lab->model.trainer);
            alone = fmin(alone, clock_used() - from);
            from = clock_used();
            lab_train(lab, (uint64_t)rows[i].steps);
            whole = fmin(whole, clock_used() - from);
        }
        if (whole > 1.15 * alone)
            fail_msg("%s: in the lab a step takes %.2f times as long", rows[i].net, whole / alone);
        worst = fmax(worst, whole / alone - 1);
        session_close(lab);
    }
    tried("speed", "a step in the lab, with the curves of every epoch and the states to go back to",
          "at most %.0f %% longer than the trainer's alone", 100 * worst);
}

/* While a network trains on the screen, a picture that a key asks for takes the statistics there
 * are; the clock brings new ones, and a picture for them. A network that has none yet is measured.
 */
static void test_frames(void **state)
{
    struct lab *lab = with_net("net layers=3 width=8");
    uint64_t changes;
    double ticked;

    (void)state;
    lab->interactive = lab->model.running = true;
    assert_true(lab_measure_frame(lab, false));
    lab->measured.after = 0;
    for (int i = 0; i < 5; i++) {
        lab_train(lab, 1);
        assert_false(lab_measure_frame(lab, false));
        assert_int_equal(lab->measured.probe.step, 0);
    }
    changes = lab->changes;
    ticked = clock_now();
    session_tick(lab, 0.02, 0);
    assert_int_equal(lab->measured.probe.step, 5);
    assert_true(lab->changes > changes);
    assert_true(lab->measured.after >= ticked + .5 / lab->set.fps);
    session_tick(lab, 0.02, 0); /* it was measured just now */
    assert_int_equal(lab->measured.probe.step, 5);
    run(lab, "pause");
    assert_true(lab_measure_frame(lab, false));
    assert_int_equal(lab->measured.probe.step, trainer_steps(lab->model.trainer));
    run(lab, "fn tanh");
    lab->model.running = true;
    assert_true(lab_measure_frame(lab, false));
    session_close(lab);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_epoch),      cmocka_unit_test(test_standing),
        cmocka_unit_test(test_back),       cmocka_unit_test(test_race),
        cmocka_unit_test(test_cost),       cmocka_unit_test(test_frames),
        cmocka_unit_test(test_large_race),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
