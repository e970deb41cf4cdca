/* test_follow.c - recording, playing and following: random sessions end in the same lab, bit by
 * bit, however they are caught up with. */
#include "base/clock.h"
#include "base/file.h"
#include "commands/source.h"
#include "lab/limits.h"
#include "replay/follow.h"
#include "replay/record.h"
#include "replay/recording.h"
#include "sessions.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void played_sessions_are_the_same(void **state)
{
    (void)state;
    for (unsigned seed = 1; seed <= (unsigned)rounds(40, 2); seed++) {
        struct lab *lab = random_session(seed, "r.act"), *played = open_session(false);
        char what[64];

        snprintf(what, sizeof what, "session %u, played", seed);
        play_whole(played, "r.act", what);
        same(lab, played, what);
        session_close(lab);
        session_close(played);
    }
}

static void followed_sessions_are_the_same(void **state)
{
    (void)state;
    for (unsigned seed = 1; seed <= (unsigned)rounds(40, 4); seed++) {
        struct lab *lab = random_session(seed, "r.act"), *student = open_session(true);
        struct follow_place place;
        struct error e;
        struct rng r;
        char what[64];

        rng_seed(&r, seed, 7);
        snprintf(what, sizeof what, "session %u, followed", seed);
        assert_true(follow_start(student, "r.act", false, &e));
        catch_up(student, seed % 4 ? 1 : 0); /* at once, or as slowly as it goes */
        same(lab, student, what);
        assert_true(follow_place(student, &place));
        if (place.failed)
            fail_msg("%s: %s", what, place.why);
        if (seed % 4 == 0) { /* away, and back */
            follow_leave(student);
            for (int i = 0; i < 10; i++)
                act(student, &r);
            assert_true(follow_rejoin(student, &e));
            catch_up(student, 1);
            same(lab, student, what);
        }
        session_close(lab);
        session_close(student);
    }
}

static int countdown;

static bool by_hand(void)
{
    return --countdown < 0;
}

/* What was ended by hand, or because its time was over, is recorded as far as it went. */
static void interrupted_commands_are_recorded_right(void **state)
{
    static const char *const lines[] = {
        "train 1000 epochs",
        "until loss < -1 limit=1000",
        "watch loss epochs=1000",
        "race relu tanh epochs=1000",
        "layers width=5 epochs=1000",
        "layers init='he' lr=1/3 epochs=1000 format=csv",
        "back 1",
    };

    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct lab *lab = open_session(false), *played = open_session(false);
        struct error e = {.text = ""};

        small(lab);
        run(lab, "record ! cut.act");
        run(lab, "train 1000 epochs"); /* few states of so many steps are kept */
        countdown = 25;
        lab->interrupt.asked = by_hand;
        if (lab_run(lab, lines[i], nowhere, &e) || !strstr(e.text, "stopped"))
            fail_msg("'%s' was not stopped: %s", lines[i], e.text);
        lab->interrupt.asked = NULL;
        run(lab, "record off");
        play_whole(played, "cut.act", lines[i]);
        same(lab, played, lines[i]);
        assert_int_equal(!lab->model.race, !played->model.race);
        session_close(lab);
        session_close(played);
    }
}

/* The teacher is at work while the student follows: lines come one by one, torn in the middle. */
static void a_student_keeps_up(void **state)
{
    (void)state;
    for (unsigned seed = 101; seed <= (unsigned)rounds(110, 101); seed++) {
        struct lab *lab = random_session(seed, "whole.act"), *student = open_session(true);
        struct text whole = {0};
        struct error e;
        struct rng r;
        int fd = open("live.act", O_WRONLY | O_CREAT | O_TRUNC, 0600);

        assert_true(file_read("whole.act", 1 << 24, &whole, &e));
        rng_seed(&r, seed, 9);
        assert_true(follow_start(student, "live.act", false, &e));
        for (size_t at = 0; at < whole.len;) {
            size_t n = 1 + rng_below(&r, 90);

            n = n < whole.len - at ? n : whole.len - at;
            assert_int_equal(write(fd, whole.s + at, n), n);
            at += n;
            follow_tick(student, 0.001);
        }
        catch_up(student, 1);
        same(lab, student, "a student who keeps up");
        close(fd);
        text_free(&whole);
        session_close(lab);
        session_close(student);
    }
}

/* What the teacher's machine has trained all others train, too, however slow they are and however
 * many share one: a restricted session's patience is for its own commands. */
static void what_the_teacher_trained_all_train(void **state)
{
    static const char lines[] =
        RECORDING_HEADER "\n0.1 net layers=3 width=8 samples=100\n0.1 train 40 epochs\n"
                         "0.2 train 700 steps\n0.3 watch loss accuracy epochs=30 every=7\n"
                         "0.4 swap relu\n0.5 train 5 epochs\n0.6 back 23\n0.7 step 300\n"
                         "0.8 step\n0.8 race relu tanh epochs=20\n0.8 net lr=0.01\n"
                         "0.9 layers width=6 epochs=20\n0.9 back 150\n1.0 train\n";
    struct lab *teacher = open_session(true);
    struct limits hasty = restricted_limits;
    struct error e;

    (void)state;
    hasty.patience = 1e-9;
    write_file("trained.act", lines);
    play_whole(teacher, "trained.act", "trained.act");
    for (int restricted = 0; restricted <= 1; restricted++) {
        struct lab *student = open_session(true);
        struct follow_place p;

        if (restricted) {
            lab_restrict(student);
            student->limits = &hasty;
        }
        assert_true(follow_start(student, "trained.act", 0, &e));
        catch_up(student, 0); /* in the smallest pieces */
        assert_true(follow_place(student, &p));
        if (p.failed)
            fail_msg("%s", p.why);
        same(teacher, student, restricted ? "a restricted student" : "a student");
        if (restricted) {
            fails(student, "train 1000 epochs", "stopped"); /* its own */
        }
        session_close(student);
    }
    session_close(teacher);
}

/* How far one has caught up is a matter of steps, however few lines they are. */
static void the_share_counts_steps(void **state)
{
    static const char lines[] = "0.1 net layers=2 width=4 samples=200\n0.1 train 100 epochs\n"
                                "0.2 cursor 1\n0.3 step 2000\n";
    struct lab *lab = open_session(true);
    struct follow_place p;
    struct error e;
    double last = 0;

    (void)state;
    write_file("share.act", lines);
    assert_true(follow_start(lab, "share.act", 0, &e));
    for (int i = 0; follow_tick(lab, i ? 0 : -1) && follow_behind(lab); i++) {
        double steps = (double)trainer_steps(lab->model.trainer);
        double all = 100.0 * trainer_steps_per_epoch(lab->model.trainer) + 2000;

        assert_true(follow_place(lab, &p));
        assert_true(p.share >= last && p.share < 1);
        if (steps > 0)
            assert_true(p.share > steps / all - 0.05 && p.share < steps / all + 0.05);
        last = p.share;
    }
    assert_true(last > 0.9);
    assert_true(follow_place(lab, &p) && p.share == 1);
    append("share.act", "0.4 step 64000\n"); /* what comes then begins at nothing again */
    follow_tick(lab, 0);
    assert_true(follow_place(lab, &p) && p.share < 0.1);
    session_close(lab);
}

/* A student who leaves in the middle of a line has done a part of it, and that is recorded. */
static void a_line_may_be_left_in_its_middle(void **state)
{
    static const char *const lines[] = {
        "0.1 train 1000 epochs\n", "0.1 race relu tanh epochs=1000\n",
        "0.1 layers width=5 epochs=1000\n", "0.1 watch loss epochs=1000\n",
        "0.1 train 100 epochs\n0.2 back 1\n"};

    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct lab *student = open_session(true), *played = open_session(false);
        struct error e;
        uint64_t trained;

        write_file("middle.act", lines[i]);
        assert_true(follow_start(student, "middle.act", 0, &e));
        for (int k = 0; k < 7; k++)
            follow_tick(student, 0);
        assert_true(follow_behind(student));
        trained = trainer_steps(student->model.trainer);
        follow_leave(student);
        follow_tick(student, 0);
        assert_int_equal(trainer_steps(student->model.trainer), trained);
        run(student, "record ! left.act");
        run(student, "cursor 1");
        run(student, "record off");
        play_whole(played, "left.act", lines[i]);
        same(student, played, lines[i]);
        session_close(student);
        session_close(played);
    }
}

/* ---- a lecture ------------------------------------------------------------------------------- */

/* An hour: every ten seconds something else is tried, and a small network trains at 400 steps a
 * second most of the time; at the end one thing is looked at for two minutes. */
static const char *const turns[] = {"fn sigmoid", "net layers=4",   "fn tanh",  "zoom 1.1",
                                    "fn relu",    "net lr=0.1",     "reset",    "net init=he",
                                    "fn gelu",    "net data=moons", "fn swish", "reset"};

static struct lab *lecture(const char *file)
{
    struct lab *lab = open_session(true);
    char line[64];
    int turn = 0;

    snprintf(line, sizeof line, "record ! %s", file);
    run(lab, line);
    run(lab, "net layers=3 width=8 samples=40");
    for (int tenth = 10; tenth < 36000; tenth++) {
        if (tenth % 100 == 0 && tenth < 34800)
            run(lab, turns[turn++ % 12]);
        else if (tenth % 10 < 8)
            lab_train(lab, 40);
        record_flush(lab);
    }
    run(lab, "record off");
    return lab;
}

/* The same hour as version 1 wrote it: without a whole state, it is done line by line. */
static void write_old_lecture(const char *file)
{
    FILE *f = fopen(file, "w");
    int turn = 0;

    fputs(RECORDING_MARK "1\n0.000 restart\n0.001 net layers=3 width=8 samples=40\n", f);
    for (int tenth = 10; tenth < 36000; tenth++) {
        if (tenth % 100 == 0 && tenth < 34800)
            fprintf(f, "%.3f %s\n", tenth / 10., turns[turn++ % 12]);
        else if (tenth % 10 < 8)
            fprintf(f, "%.3f step 40\n", tenth / 10.);
    }
    fclose(f);
}

/* Seconds of the processor until a student has caught up with the file. */
static double join(struct lab *student, const char *file)
{
    const double begun = clock_used();
    struct follow_place p;
    struct error e;

    assert_true(follow_start(student, file, 0, &e));
    catch_up(student, 0.02);
    assert_true(follow_place(student, &p) && p.failed == 0);
    return clock_used() - begun;
}

static void late_joiners_catch_up_at_once(void **state)
{
    struct lab *lab, *student, *late, *played;
    struct error e;
    double took, old, whole;

    (void)state;
    unless_brief();
    student = open_session(true);
    late = open_session(true);
    played = open_session(false);
    lab = lecture("lecture.act");
    write_old_lecture("old.act");
    took = join(late, "lecture.act");
    old = join(student, "old.act");
    whole = clock_used();
    if (!lab_source(played, "old.act", false, nowhere, &e)) /* every step of it */
        fail_msg("%s", e.text);
    whole = clock_used() - whole;
    same(lab, late, "a late joiner");
    same(lab, student, "a late joiner of an old recording");
    same(lab, played, "an old recording");
    assert_true(took < whole / 5); /* of the processor's time, whatever else it has to do */
    tried("class", "who joins after an hour's lecture",
          "has caught up, to the bit, in %.2f s of the processor; every step of it takes %.1f s, "
          "which is what a recording of version 1 takes (%.1f s)",
          took, whole, old);
    session_close(lab);
    session_close(student);
    session_close(late);
    session_close(played);
}

/* The first row of the screen of 80 columns. */
static const char *header(struct lab *lab, char line[512])
{
    char *said = NULL;
    size_t n = 0;
    FILE *out = open_memstream(&said, &n);
    struct error e;

    if (!lab_run(lab, "show size=80x24", out, &e))
        fail_msg("%s", e.text);
    fclose(out);
    snprintf(line, 512, "%.*s", (int)strcspn(said, "\n"), said);
    free(said);
    return line;
}

/* However long the formula: it gives way at last. */
static void that_one_follows_is_seen(void **state)
{
    static const struct {
        const char *lines, *end;
    } cases[] = {
        {"0.1 fn mish\n0.2 lesson 2\n0.3 fn mish\n", "   following  1 bad  lesson 2/12  ?"},
        {"0.1 lesson 6\n0.2 fn elu\n", "   following  1 bad  ?"},
        {"0.1 lesson 7\n0.2 fn gelu_tanh\n", "x^3)))       following  ?"},
        {"0.1 def f(x)=x*sigmoid(1.702*x)+0.0001*sin(x)*cos(x)*tanh(x)*exp(-x*x)\n0.2 fn f\n",
         "exp(... following  ?"},
    };
    char line[512];

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct lab *lab = open_session(false);
        struct text file = {0};
        struct error e;

        text_printf(&file, RECORDING_HEADER "\n0.0 restart\ntorn\n%s", cases[i].lines);
        write_file("long.act", file.s);
        assert_true(follow_start(lab, "long.act", 0, &e));
        catch_up(lab, 1);
        if (!strstr(header(lab, line), cases[i].end))
            fail_msg("no '%s' in '%s'", cases[i].end, line);
        text_free(&file);
        session_close(lab);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(played_sessions_are_the_same),
        cmocka_unit_test(followed_sessions_are_the_same),
        cmocka_unit_test(interrupted_commands_are_recorded_right),
        cmocka_unit_test(a_student_keeps_up),
        cmocka_unit_test(what_the_teacher_trained_all_train),
        cmocka_unit_test(the_share_counts_steps),
        cmocka_unit_test(a_line_may_be_left_in_its_middle),
        cmocka_unit_test(late_joiners_catch_up_at_once),
        cmocka_unit_test(that_one_follows_is_seen),
    };

    return cmocka_run_group_tests(tests, enter, leave);
}
