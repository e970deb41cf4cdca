/* test_checkpoint.c - checkpoints in recordings: who joins late need not train, and comes to the
 * same bits; a false one is not taken. */
#include "base/base64.h"
#include "base/clock.h"
#include "base/file.h"
#include "commands/source.h"
#include "replay/checkpoint.h"
#include "replay/follow.h"
#include "replay/play.h"
#include "replay/record.h"
#include "sessions.h"

#include <math.h>
#include <string.h>

/* A session with what would be checkpoints after half of its deeds. */
static struct lab *checkpointed_session(unsigned seed, const char *file)
{
    struct lab *lab = open_session(true);
    struct text whole = {0}, line = {0}, out = {0};
    struct error e;
    struct rng r;
    size_t done = 0;
    FILE *f;

    rng_seed(&r, seed, 3);
    small(lab);
    run(lab, "record ! plain.act");
    for (int i = 5 + (int)rng_below(&r, 40); i > 0; i--) {
        act(lab, &r);
        record_flush(lab);
        if (rng_below(&r, 2) == 0 || !checkpoint_line(lab, &line))
            continue;
        text_clear(&whole);
        assert_true(file_read("plain.act", 1 << 24, &whole, &e));
        text_add_n(&out, whole.s + done, whole.len - done);
        text_printf(&out, "%s\n", line.s);
        done = whole.len;
    }
    run(lab, "record off");
    text_clear(&whole);
    assert_true(file_read("plain.act", 1 << 24, &whole, &e));
    text_add_n(&out, whole.s + done, whole.len - done);
    f = fopen(file, "w");
    assert_int_equal(fwrite(out.s, 1, out.len, f), out.len);
    fclose(f);
    text_free(&whole);
    text_free(&line);
    text_free(&out);
    return lab;
}

static void same_number(float a, float b)
{
    assert_true(a == b || (isnan(a) && isnan(b)));
}

static void same_curves(const struct lab *a, const struct lab *b)
{
    assert_int_equal(a->model.history.points, b->model.history.points);
    assert_int_equal(a->model.history.point_every, b->model.history.point_every);
    for (int i = 0; i < a->model.history.points; i++) {
        assert_int_equal(a->model.history.point[i].step, b->model.history.point[i].step);
        same_number(a->model.history.point[i].loss, b->model.history.point[i].loss);
        same_number(a->model.history.point[i].accuracy, b->model.history.point[i].accuracy);
        same_number(a->model.history.point[i].test_loss, b->model.history.point[i].test_loss);
    }
}

static void checkpoints_lead_to_the_same_bits(void **state)
{
    int taken = 0, sessions = rounds(60, 3);

    (void)state;
    for (unsigned seed = 1; seed <= (unsigned)sessions; seed++) {
        struct lab *lab = checkpointed_session(seed, "c.act"), *student = open_session(true),
                   *played = open_session(false);
        struct follow_place place;
        struct error e;
        char what[64];

        snprintf(what, sizeof what, "session %u, with checkpoints", seed);
        assert_true(follow_start(student, "c.act", 0, &e));
        catch_up(student, seed % 4 ? 1 : 0);
        same(lab, student, what);
        same_curves(lab, student);
        assert_true(follow_place(student, &place));
        if (place.failed)
            fail_msg("%s: %s", what, place.why);
        taken += student->model.history.states < lab->model.history.states;
        follow_leave(student); /* what it records then leads there, too */
        run(student, "record ! left.act");
        lab_train(student, 7);
        run(student, "record off");
        play_whole(played, "left.act", what);
        same(student, played, what);
        session_close(lab);
        session_close(student);
        session_close(played);
    }
    assert_true(taken > 0);
    tried("class", "checkpoints in recordings of random sessions",
          "%d sessions end in the same bits, curves and all", sessions);
}

/* The lab's network trained by hand, as lines, a checkpoint and more lines. */
static void write_with_checkpoint(const char *name, const char *before, const char *checkpoint,
                                  const char *after)
{
    write_file(name, before);
    append(name, checkpoint);
    append(name, "\n");
    append(name, after);
}

static const char lines_before[] =
    RECORDING_HEADER "\n0.0 restart\n0.1 net layers=3 width=8\n"
                     "0.2 net optimizer=adam lr=0.01\n"
                     "0.3 step 300\n0.4 kill 2\n0.5 train 20 epochs\n";

/* What goes back to before the checkpoint begins again and trains all. */
static void one_can_go_back_behind_a_checkpoint(void **state)
{
    static const char *const after[] = {"0.6 step 50\n0.7 back 20\n", "0.6 step 50\n0.7 back 50\n",
                                        "0.6 step 50\n0.7 back 400\n", "0.6 back 9\n0.7 revive\n",
                                        "0.6 swap relu\n0.7 step 20\n0.8 back 25\n"};
    struct lab *lab = open_session(true);
    struct text line = {0};
    struct error e;

    (void)state;
    write_file("before.act", lines_before);
    assert_true(lab_source(lab, "before.act", false, nowhere, &e));
    assert_true(checkpoint_line(lab, &line));
    session_close(lab);
    for (size_t i = 0; i < sizeof after / sizeof *after; i++) {
        struct lab *student = open_session(true);
        struct follow_place p;

        lab = open_session(true);
        write_with_checkpoint("behind.act", lines_before, line.s, after[i]);
        play_whole(lab, "behind.act", "behind.act");
        assert_true(follow_start(student, "behind.act", 0, &e));
        catch_up(student, 0);
        same(lab, student, after[i]);
        assert_true(follow_place(student, &p));
        assert_int_equal(p.failed, 0);
        session_close(student);
        session_close(lab);
    }
    text_free(&line);
}

/* A checkpoint that is not right in every way is as if it were not there. */
static void false_checkpoints_are_not_taken(void **state)
{
    struct lab *lab = open_session(true), *student = NULL;
    struct text line = {0}, bytes = {0}, other = {0};
    const char *base;
    struct error e;
    struct rng r;
    size_t size;

    (void)state;
    write_file("before.act", lines_before);
    assert_true(lab_source(lab, "before.act", false, nowhere, &e));
    assert_true(checkpoint_line(lab, &line));
    base = strrchr(line.s, ' ') + 1;
    assert_true(base64_read(base, &bytes));
    size = trainer_state_size(lab->model.trainer);
    rng_seed(&r, 5, 5);
    for (int i = 0; i < rounds(120, 20); i++) {
        text_clear(&other);
        text_add(&other, line.s);
        if (i < 60) { /* another letter */
            other.s[8 + rng_below(&r, (uint32_t)other.len - 8)] = "0aZ =/"[rng_below(&r, 6)];
        } else if (i < 90) { /* cut */
            other.len = 1 + rng_below(&r, (uint32_t)other.len - 1);
            other.s[other.len] = '\0';
        } else { /* of another network */
            other.s[8] ^= 1;
        }
        if (strcmp(other.s, line.s) == 0)
            continue;
        student = open_session(true);
        write_with_checkpoint("false.act", lines_before, other.s, "0.6 cursor 1\n");
        run(lab, "cursor 1");
        assert_true(follow_start(student, "false.act", 0, &e));
        catch_up(student, 1);
        same(lab, student, other.s);
        session_close(student);
    }
    /* with a right digest, too: of a loss that is not a number, a flag that is none, ... */
    for (size_t at = 0; at < size; at += at < 64 ? 1 : 97) {
        char *state_bytes = bytes.s + bytes.len - size, was = state_bytes[at];

        state_bytes[at] = (char)0xff;
        (void)trainer_state_is_sound(lab->model.trainer, state_bytes,
                                     trainer_steps(lab->model.trainer));
        state_bytes[at] = was;
    }
    for (size_t at = size - 4; at > size - 400; at -= 4) {
        char *state_bytes = bytes.s + bytes.len - size, was[4];
        const float not = NAN;

        memcpy(was, state_bytes + at, 4);
        memcpy(state_bytes + at, &not, 4);
        assert_false(trainer_state_is_sound(lab->model.trainer, state_bytes,
                                            trainer_steps(lab->model.trainer)));
        memcpy(state_bytes + at, was, 4);
        assert_true(trainer_state_is_sound(lab->model.trainer, state_bytes,
                                           trainer_steps(lab->model.trainer)));
    }
    assert_false(trainer_state_is_sound(lab->model.trainer, bytes.s + bytes.len - size, 3));
    text_free(&line);
    text_free(&bytes);
    text_free(&other);
    session_close(lab);
}

/* Twenty minutes of one network, at the usual speed and without an end to it. */
static void who_joins_late_need_not_train(void **state)
{
    struct lab *lab, *student;
    struct follow_place p;
    struct text whole = {0};
    struct error e;
    double begun, took, whole_took;
    int checkpoints = 0;

    (void)state;
    unless_brief();
    lab = open_session(true);
    student = open_session(true);
    run(lab, "record ! ever.act");
    begun = clock_used();
    for (int i = 0; i < 12000; i++) {
        lab_train(lab, 40);
        record_flush(lab);
    }
    whole_took = clock_used() - begun;
    run(lab, "record off");
    assert_true(file_read("ever.act", 1 << 26, &whole, &e));
    for (char *s = whole.s; (s = strstr(s, "\n# state ")) != NULL; s++)
        checkpoints++;
    assert_in_range(checkpoints, 3, 20);
    begun = clock_used();
    assert_true(follow_start(student, "ever.act", 0, &e));
    catch_up(student, 0.02);
    took = clock_used() - begun;
    same(lab, student, "after a long time");
    same_curves(lab, student);
    assert_true(follow_place(student, &p) && p.failed == 0);
    assert_true(took < whole_took / 2);
    tried("class", "who joins after twenty minutes of training without an end",
          "has caught up, to the bit, in %.2f s of the processor; its %zu kB have %d "
          "checkpoints, and to train it all takes %.1f s",
          took, whole.len / 1000, checkpoints, whole_took);
    text_free(&whole);
    session_close(lab);
    session_close(student);
}

/* With all samples a step there are checkpoints, too. */
static void whole_batches_have_checkpoints(void **state)
{
    struct lab *lab = open_session(true);
    struct text whole = {0};
    struct error e;

    (void)state;
    run(lab, "net layers=4 width=16 samples=2000 batch=all");
    run(lab, "record ! all.act");
    for (int i = 0; i < 12; i++) { /* 4 million multiplications a step, and 4 billion are due */
        lab_train(lab, 100);
        record_flush(lab);
    }
    run(lab, "record off");
    assert_true(file_read("all.act", 1 << 24, &whole, &e));
    assert_non_null(strstr(whole.s, "\n# state "));
    text_free(&whole);
    session_close(lab);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(checkpoints_lead_to_the_same_bits),
        cmocka_unit_test(one_can_go_back_behind_a_checkpoint),
        cmocka_unit_test(false_checkpoints_are_not_taken),
        cmocka_unit_test(who_joins_late_need_not_train),
        cmocka_unit_test(whole_batches_have_checkpoints),
    };

    return cmocka_run_group_tests(tests, enter, leave);
}
