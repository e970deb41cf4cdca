/* test_follow.c - recording, playing and following: random sessions end in the same lab, bit by
 * bit, however they are caught up with; what cannot be read is passed over. */
#include "base/base64.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/rng.h"
#include "lab/checkpoint.h"
#include "lab/course_done.h"
#include "lab/course_solution.h"
#include "lab/course_state.h"
#include "lab/course_try.h"
#include "lab/follow.h"
#include "lab/limits.h"
#include "lab/play.h"
#include "lab/record.h"
#include "lab/script.h"
#include "lab/state.h"
#include "unit.h"
#include "view/view.h"

#include <fcntl.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/actlab-follow-XXXXXX", own[] = "/tmp/actlab-state-XXXXXX";
static FILE *nowhere;

static int enter(void **state)
{
    const char *lessons = getenv("ACTLAB_LESSONS"), *source = getenv("srcdir");
    char path[4096], *absolute;

    (void)state;
    nowhere = fopen("/dev/null", "w");
    snprintf(path, sizeof path, "%s/lessons", source ? source : ".");
    absolute = realpath(lessons ? lessons : path, NULL);
    assert_non_null(absolute);
    setenv("ACTLAB_LESSONS", absolute, 1);
    free(absolute);
    assert_non_null(mkdtemp(own));
    setenv("XDG_STATE_HOME", own, 1);
    assert_non_null(mkdtemp(folder));
    return chdir(folder);
}

static int leave(void **state)
{
    char command[128];

    (void)state;
    fclose(nowhere);
    snprintf(command, sizeof command, "rm -rf '%s' '%s'", folder, own);
    return chdir("/") || system(command);
}

static struct lab *open_lab(bool screen)
{
    struct error e;
    struct lab *lab = lab_new(getenv("ACTLAB_LESSONS"), &e);

    if (!lab)
        fail_msg("%s", e.text);
    lab->picture = view_picture;
    lab->interactive = screen;
    lab->set.animation = false;
    return lab;
}

static void run(struct lab *lab, const char *line)
{
    struct error e = {.text = ""};

    if (!lab_run(lab, line, nowhere, &e))
        fail_msg("%s: %s", line, e.text);
}

static void state_of(struct lab *lab, struct text *out)
{
    text_clear(out);
    state_commands(lab, out);
    text_printf(out, "# %016llx\n", (unsigned long long)state_digest(lab));
}

static void same(struct lab *a, struct lab *b, const char *what)
{
    struct text left = {0}, right = {0};

    state_of(a, &left);
    state_of(b, &right);
    if (strcmp(left.s, right.s) != 0)
        fail_msg("%s: another lab:\n%s---\n%s", what, left.s, right.s);
    text_free(&left);
    text_free(&right);
}

static void catch_up(struct lab *lab, double slice)
{
    while (follow_tick(lab, slice) || follow_behind(lab))
        ;
}

static void write_file(const char *name, const char *bytes, size_t n)
{
    FILE *f = fopen(name, "w");

    fwrite(bytes, 1, n, f);
    fclose(f);
}

static void append(const char *file, const char *line)
{
    FILE *f = fopen(file, "a");

    fputs(line, f);
    fclose(f);
}

/* ---- random sessions --------------------------------------------------------------------------
 */

/* What a teacher might do. %d is a small number. */
static const char *const deeds[] = {
    "fn next",
    "fn prev",
    "fn relu",
    "fn tanh",
    "fn elu alpha=1.%d",
    "fn leaky_relu alpha=0.%d",
    "fn swish",
    "fn 'x*sigmoid(1.%d*x)'",
    "def mine(x) = x*tanh(softplus(x)) + %d",
    "def other(x) = mine(x)/2",
    "fn mine",
    "alpha +1step",
    "alpha 0.%d",
    "beta -1step",
    "alpha default",
    "cursor next",
    "cursor +3col",
    "cursor =-1.%d",
    "cursor x+0.1",
    "range -%d 4",
    "zoom 1.25",
    "pan 0.%d",
    "compare relu gelu",
    "compare off",
    "tangent",
    "saturation off",
    "histogram %d",
    "sweep alpha 0 1.%d",
    "net layers=%d",
    "net layers=+1",
    "net layers=-1",
    "net width=%d",
    "net layers=3 width=8",
    "net lr=0.0%d",
    "net lr=next",
    "net lr=loss/4",
    "net init=next",
    "net data=next",
    "net fn=next",
    "net fn=plotted",
    "net optimizer=adam lr=0.01",
    "net optimizer=sgd",
    "net batch=2%d momentum=0.5",
    "net seed=%d",
    "net seed=step+%d",
    "run",
    "pause",
    "step %d",
    "step 1",
    "train 1 epoch",
    "train %d epochs",
    "train",
    "until loss < 0.5 limit=3",
    "watch loss accuracy epochs=3",
    "reset",
    "back %d",
    "back 4%d",
    "swap relu",
    "swap elu alpha=0.%d",
    "kill 1",
    "revive",
    "race relu tanh epochs=1",
    "race off",
    "layers width=6 epochs=1",
    "layers epochs=2",
    "netview next",
    "unit 1 2",
    "weight 1 +0.%d",
    "weight 0 0.%d",
    "lesson %d",
    "lesson next",
    "lesson prev",
    "lesson page=2",
    "lesson vanishing",
    "try",
    "try 1",
    "hint",
    "solution",
    "answer 1",
    "restart",
    "plot gelu",
    "naive on",
    "difference",
};

/* One deed, which may well be refused, and some training by the clock. */
static void act(struct lab *lab, struct rng *r)
{
    char line[128];
    struct error e;

    snprintf(line, sizeof line, deeds[rng_below(r, sizeof deeds / sizeof *deeds)],
             1 + (int)rng_below(r, 5));
    lab_run(lab, line, nowhere, &e);
    lab->plot.sweep.on = false;
    if (rng_below(r, 3) == 0 && !trainer_diverged(lab->trainer, NULL, NULL))
        lab_train(lab, rng_below(r, 60));
    for (int i = 0; i < 1000 && course_playing(lab); i++)
        lab_tick(lab, 0.25, 1);
    lab->running = false;
}

static void small(struct lab *lab)
{
    run(lab, "net layers=2 width=4 samples=40");
}

/* Each session is recorded from its middle on, on a screen or in a shell. */
static struct lab *random_session(unsigned seed, const char *file)
{
    struct lab *lab = open_lab(seed % 2);
    struct rng r;
    char line[64];
    int before, after;

    rng_seed(&r, seed, 0);
    before = seed % 3 ? (int)rng_below(&r, 12) : 0;
    after = 5 + (int)rng_below(&r, 50);
    small(lab);
    for (int i = 0; i < before; i++)
        act(lab, &r);
    snprintf(line, sizeof line, "record ! %s", file);
    run(lab, line);
    for (int i = 0; i < after; i++)
        act(lab, &r);
    run(lab, "record off");
    return lab;
}

static void played_sessions_are_the_same(void **state)
{
    (void)state;
    for (unsigned seed = 1; seed <= (unsigned)rounds(40, 2); seed++) {
        struct lab *lab = random_session(seed, "r.act"), *played = open_lab(false);
        struct error e;
        char what[64];

        snprintf(what, sizeof what, "session %u, played", seed);
        if (!lab_source(played, "r.act", false, nowhere, &e))
            fail_msg("%s: %s", what, e.text);
        same(lab, played, what);
        lab_free(lab);
        lab_free(played);
    }
}

static void followed_sessions_are_the_same(void **state)
{
    (void)state;
    for (unsigned seed = 1; seed <= (unsigned)rounds(40, 4); seed++) {
        struct lab *lab = random_session(seed, "r.act"), *student = open_lab(true);
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
        lab_free(lab);
        lab_free(student);
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
        struct lab *lab = open_lab(false), *played = open_lab(false);
        struct error e = {.text = ""};

        small(lab);
        run(lab, "record ! cut.act");
        run(lab, "train 1000 epochs"); /* few states of so many steps are kept */
        countdown = 25;
        lab->interrupted = by_hand;
        if (lab_run(lab, lines[i], nowhere, &e) || !strstr(e.text, "stopped"))
            fail_msg("'%s' was not stopped: %s", lines[i], e.text);
        lab->interrupted = NULL;
        run(lab, "record off");
        if (!lab_source(played, "cut.act", false, nowhere, &e))
            fail_msg("%s: %s", lines[i], e.text);
        same(lab, played, lines[i]);
        assert_int_equal(!lab->race, !played->race);
        lab_free(lab);
        lab_free(played);
    }
}

/* The teacher is at work while the student follows: lines come one by one, torn in the middle. */
static void a_student_keeps_up(void **state)
{
    (void)state;
    for (unsigned seed = 101; seed <= (unsigned)rounds(110, 101); seed++) {
        struct lab *lab = random_session(seed, "whole.act"), *student = open_lab(true);
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
        lab_free(lab);
        lab_free(student);
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
    struct lab *teacher = open_lab(true);
    struct limits hasty = restricted_limits;
    struct error e;

    (void)state;
    hasty.patience = 1e-9;
    write_file("trained.act", lines, sizeof lines - 1);
    if (!lab_source(teacher, "trained.act", false, nowhere, &e))
        fail_msg("%s", e.text);
    for (int restricted = 0; restricted <= 1; restricted++) {
        struct lab *student = open_lab(true);
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
            assert_false(lab_run(student, "train 1000 epochs", nowhere, &e)); /* its own */
            assert_non_null(strstr(e.text, "stopped"));
        }
        lab_free(student);
    }
    lab_free(teacher);
}

/* How far one has caught up is a matter of steps, however few lines they are. */
static void the_share_counts_steps(void **state)
{
    static const char lines[] = "0.1 net layers=2 width=4 samples=200\n0.1 train 100 epochs\n"
                                "0.2 cursor 1\n0.3 step 2000\n";
    struct lab *lab = open_lab(true);
    struct follow_place p;
    struct error e;
    double last = 0;

    (void)state;
    write_file("share.act", lines, sizeof lines - 1);
    assert_true(follow_start(lab, "share.act", 0, &e));
    for (int i = 0; follow_tick(lab, i ? 0 : -1) && follow_behind(lab); i++) {
        double steps = (double)trainer_steps(lab->trainer);
        double all = 100.0 * trainer_steps_per_epoch(lab->trainer) + 2000;

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
    lab_free(lab);
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
        struct lab *student = open_lab(true), *played = open_lab(false);
        struct error e;
        uint64_t trained;

        write_file("middle.act", lines[i], strlen(lines[i]));
        assert_true(follow_start(student, "middle.act", 0, &e));
        for (int k = 0; k < 7; k++)
            follow_tick(student, 0);
        assert_true(follow_behind(student));
        trained = trainer_steps(student->trainer);
        follow_leave(student);
        follow_tick(student, 0);
        assert_int_equal(trainer_steps(student->trainer), trained);
        run(student, "record ! left.act");
        run(student, "cursor 1");
        run(student, "record off");
        if (!lab_source(played, "left.act", false, nowhere, &e))
            fail_msg("%s: %s", lines[i], e.text);
        same(student, played, lines[i]);
        lab_free(student);
        lab_free(played);
    }
}

/* ---- a lecture ---------------------------------------------------------------------------------
 */

/* An hour: every ten seconds something else is tried, and a small network trains at 400 steps a
 * second most of the time; at the end one thing is looked at for two minutes. */
static void write_lecture(const char *file)
{
    static const char *const turns[] = {"fn sigmoid", "net layers=4",   "fn tanh",  "zoom 1.1",
                                        "fn relu",    "net lr=0.1",     "reset",    "net init=he",
                                        "fn gelu",    "net data=moons", "fn swish", "reset"};
    FILE *f = fopen(file, "w");
    int step = 0;

    fputs(RECORDING_HEADER "\n0.000 restart\n0.001 net layers=3 width=8 samples=40\n", f);
    for (double t = 1; t < 3600; t += 0.1) {
        if ((int)(t * 10) % 100 == 0 && t < 3480)
            fprintf(f, "%.3f %s\n", t, turns[step++ % 12]);
        else if ((int)(t * 10) % 10 < 8)
            fprintf(f, "%.3f step 40\n", t);
    }
    fclose(f);
}

static void late_joiners_catch_up_at_once(void **state)
{
    struct lab *lab, *student;
    struct error e;
    double begun, took, whole;

    (void)state;
    unless_brief();
    lab = open_lab(false);
    student = open_lab(true);
    write_lecture("lecture.act");
    begun = clock_now();
    assert_true(follow_start(student, "lecture.act", false, &e));
    catch_up(student, 0.02);
    took = clock_now() - begun;
    begun = clock_now();
    if (!lab_source(lab, "lecture.act", false, nowhere, &e)) /* every step of it */
        fail_msg("%s", e.text);
    whole = clock_now() - begun;
    same(lab, student, "a late joiner");
    assert_true(took < whole / 5); /* a second on a machine that does nothing else */
    tried("class", "who joins after an hour's lecture",
          "has caught up, to the bit, in %.2f s; every step of it takes %.1f s", took, whole);
    lab_free(lab);
    lab_free(student);
}

/* A network that was thrown away in advance, and then was not replaced. */
static void a_wrong_guess_is_mended(void **state)
{
    struct script s = {0};
    struct script_run r = {0};
    struct lab *lab = open_lab(true), *right = open_lab(true);

    (void)state;
    script_add_steps(&s, 100);
    script_add(&s, "net layers=999"); /* looks like a new network, and is refused */
    script_add_steps(&s, 10);
    assert_int_equal(script_go(lab, &s, &r, 10), SCRIPT_WRONG);
    run(lab, "restart");
    r = (struct script_run){.all = true};
    assert_int_equal(script_go(lab, &s, &r, 10), SCRIPT_DONE);
    assert_int_equal(r.failed, 1);
    lab_train(right, 110);
    same(lab, right, "a wrong guess");
    script_clear(&s);
    lab_free(lab);
    lab_free(right);
}

/* What nobody looks at is not trained. */
static void training_in_vain_is_left_out(void **state)
{
    static const struct {
        const char *line;
        bool vain;
    } next[] = {
        {"reset", true},
        {"restart", true},
        {"fn relu", true},
        {"net layers=3", true},
        {"net layers=+1", true},
        {"net layers=8", false}, /* as it is */
        {"net lr=0.1", false},
        {"try 1", true},
        {"lesson 3", true},
        {"lesson next", false},
        {"swap relu", false},
        {"alpha 0.5", false},
        {"back 3", false},
        {"fn elu alpha=loss", false},
        {"net layers=3*accuracy", false},
        {"cursor 1", false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof next / sizeof *next; i++) {
        struct lab *lab = open_lab(true);
        struct script s = {0};
        struct script_run r = {0};

        run(lab, "lesson 2");
        small(lab);
        run(lab, "net layers=8");
        script_add_steps(&s, 5);
        script_add(&s, "cursor 0.5");
        script_add(&s, next[i].line);
        script_go(lab, &s, &r, 0);
        if ((trainer_steps(lab->trainer) == 0) != next[i].vain)
            fail_msg("'%s': %llu steps were trained", next[i].line,
                     (unsigned long long)trainer_steps(lab->trainer));
        script_clear(&s);
        lab_free(lab);
    }
}

/* ---- checkpoints -------------------------------------------------------------------------------
 */

/* A session with what would be checkpoints after half of its deeds. */
static struct lab *checkpointed_session(unsigned seed, const char *file)
{
    struct lab *lab = open_lab(true);
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
        record_settle(lab);
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
    assert_int_equal(a->history.points, b->history.points);
    assert_int_equal(a->history.point_every, b->history.point_every);
    for (int i = 0; i < a->history.points; i++) {
        assert_int_equal(a->history.point[i].step, b->history.point[i].step);
        same_number(a->history.point[i].loss, b->history.point[i].loss);
        same_number(a->history.point[i].accuracy, b->history.point[i].accuracy);
        same_number(a->history.point[i].test_loss, b->history.point[i].test_loss);
    }
}

static void checkpoints_lead_to_the_same_bits(void **state)
{
    int taken = 0, sessions = rounds(60, 3);

    (void)state;
    for (unsigned seed = 1; seed <= (unsigned)sessions; seed++) {
        struct lab *lab = checkpointed_session(seed, "c.act"), *student = open_lab(true),
                   *played = open_lab(false);
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
        taken += student->history.states < lab->history.states;
        follow_leave(student); /* what it records then leads there, too */
        run(student, "record ! left.act");
        lab_train(student, 7);
        run(student, "record off");
        if (!lab_source(played, "left.act", false, nowhere, &e))
            fail_msg("%s, recorded: %s", what, e.text);
        same(student, played, what);
        lab_free(lab);
        lab_free(student);
        lab_free(played);
    }
    assert_true(taken > 0);
    tried("class", "checkpoints in recordings of random sessions",
          "%d sessions end in the same bits, curves and all", sessions);
}

/* The lab's network trained by hand, as lines, a checkpoint and more lines. */
static void write_with_checkpoint(const char *name, const char *before, const char *checkpoint,
                                  const char *after)
{
    write_file(name, before, strlen(before));
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
    struct lab *lab = open_lab(true);
    struct text line = {0};
    struct error e;

    (void)state;
    write_file("before.act", lines_before, sizeof lines_before - 1);
    assert_true(lab_source(lab, "before.act", false, nowhere, &e));
    assert_true(checkpoint_line(lab, &line));
    lab_free(lab);
    for (size_t i = 0; i < sizeof after / sizeof *after; i++) {
        struct lab *student = open_lab(true);
        struct follow_place p;

        lab = open_lab(true);
        write_with_checkpoint("behind.act", lines_before, line.s, after[i]);
        if (!lab_source(lab, "behind.act", false, nowhere, &e))
            fail_msg("%s", e.text);
        assert_true(follow_start(student, "behind.act", 0, &e));
        catch_up(student, 0);
        same(lab, student, after[i]);
        assert_true(follow_place(student, &p));
        assert_int_equal(p.failed, 0);
        lab_free(student);
        lab_free(lab);
    }
    text_free(&line);
}

/* A checkpoint that is not right in every way is as if it were not there. */
static void false_checkpoints_are_not_taken(void **state)
{
    struct lab *lab = open_lab(true), *student = NULL;
    struct text line = {0}, bytes = {0}, other = {0};
    const char *base;
    struct error e;
    struct rng r;
    size_t size;

    (void)state;
    write_file("before.act", lines_before, sizeof lines_before - 1);
    assert_true(lab_source(lab, "before.act", false, nowhere, &e));
    assert_true(checkpoint_line(lab, &line));
    base = strrchr(line.s, ' ') + 1;
    assert_true(base64_read(base, &bytes));
    size = trainer_state_size(lab->trainer);
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
        student = open_lab(true);
        write_with_checkpoint("false.act", lines_before, other.s, "0.6 cursor 1\n");
        run(lab, "cursor 1");
        assert_true(follow_start(student, "false.act", 0, &e));
        catch_up(student, 1);
        same(lab, student, other.s);
        lab_free(student);
    }
    /* with a right digest, too: of a loss that is no number, a flag that is none, ... */
    for (size_t at = 0; at < size; at += at < 64 ? 1 : 97) {
        char *state_bytes = bytes.s + bytes.len - size, was = state_bytes[at];

        state_bytes[at] = (char)0xff;
        (void)trainer_state_is_sound(lab->trainer, state_bytes, trainer_steps(lab->trainer));
        state_bytes[at] = was;
    }
    for (size_t at = size - 4; at > size - 400; at -= 4) {
        char *state_bytes = bytes.s + bytes.len - size, was[4];
        const float not = NAN;

        memcpy(was, state_bytes + at, 4);
        memcpy(state_bytes + at, &not, 4);
        assert_false(
            trainer_state_is_sound(lab->trainer, state_bytes, trainer_steps(lab->trainer)));
        memcpy(state_bytes + at, was, 4);
        assert_true(trainer_state_is_sound(lab->trainer, state_bytes, trainer_steps(lab->trainer)));
    }
    assert_false(trainer_state_is_sound(lab->trainer, bytes.s + bytes.len - size, 3));
    text_free(&line);
    text_free(&bytes);
    text_free(&other);
    lab_free(lab);
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
    lab = open_lab(true);
    student = open_lab(true);
    run(lab, "record ! ever.act");
    begun = clock_now();
    for (int i = 0; i < 12000; i++) {
        lab_train(lab, 40);
        record_settle(lab);
    }
    whole_took = clock_now() - begun;
    run(lab, "record off");
    assert_true(file_read("ever.act", 1 << 26, &whole, &e));
    for (char *s = whole.s; (s = strstr(s, "\n# state ")) != NULL; s++)
        checkpoints++;
    assert_in_range(checkpoints, 3, 20);
    begun = clock_now();
    assert_true(follow_start(student, "ever.act", 0, &e));
    catch_up(student, 0.02);
    took = clock_now() - begun;
    same(lab, student, "after a long time");
    same_curves(lab, student);
    assert_true(follow_place(student, &p) && p.failed == 0);
    assert_true(took < whole_took / 2);
    tried(
        "class", "who joins after twenty minutes of training without an end",
        "has caught up, to the bit, in %.2f s; its %zu kB have %d checkpoints, and to train it all "
        "takes %.1f s",
        took, whole.len / 1000, checkpoints, whole_took);
    text_free(&whole);
    lab_free(lab);
    lab_free(student);
}

/* ---- bad streams -------------------------------------------------------------------------------
 */

static void bad_lines_are_passed_over(void **state)
{
    static const char stream[] = "# actlab recording 1\n"
                                 "0.000 restart\n"
                                 "nonsense\n"
                                 "0.1 fn relu\n"
                                 "0.2 fn no_such_function\n"
                                 "0.3 source /etc/passwd\n"
                                 "0.4 quit\n"
                                 "0.5 record x\n"
                                 "0.6 net file=/etc/passwd\n"
                                 "0.7 net data=/etc/passwd.csv\n"
                                 "inf fn elu\n"
                                 "0.8 \x1b]0;title\x07\n"
                                 "0.9 fn ta\0nh\n"
                                 "0.9 load x.json\n"
                                 "0.9 set theme light\n"
                                 "0.9 follow other\n"
                                 "0.9 step -2\n"
                                 "1.0 net layers=3\n"
                                 "1.1 fn ge"; /* torn */
    struct lab *lab = open_lab(true);
    struct follow_place p;
    struct error e;
    int theme = lab->set.theme;

    (void)state;
    write_file("bad.act", stream, sizeof stream - 1);
    assert_true(follow_start(lab, "bad.act", false, &e));
    catch_up(lab, 1);
    assert_true(follow_place(lab, &p));
    assert_int_equal(p.failed, 14);
    assert_int_equal(p.lines, 18);
    assert_int_equal(trainer_steps(lab->trainer), 0);
    assert_string_equal(lab->fn.act->name, "relu");
    assert_int_equal(lab->net.layers, 3);
    assert_string_equal(lab->net.file, "");
    assert_int_equal(lab->set.theme, theme);
    assert_false(lab->quit);
    for (const char *s = p.why; *s; s++)
        assert_true((unsigned char)*s >= 0x20);
    assert_int_equal(access("x", F_OK), -1);
    tried("class", "a stream with torn, foreign and forbidden lines",
          "%llu of %llu lines passed over and counted, no file touched",
          (unsigned long long)p.failed, (unsigned long long)p.lines);
    lab_free(lab);
}

/* What takes gigabytes, or minutes to build, is refused; what the course and more needs is not. */
static void a_stream_asks_for_no_giants(void **state)
{
    struct lab *lab = open_lab(true);
    struct follow_place p;
    struct error e;

    (void)state;
    write_file("giant.act", "", 0);
    append("giant.act", "0.0 net layers=200 width=512 samples=100000\n"
                        "0.1 net layers=20 width=64 samples=1000\n"
                        "0.2 net width=512 samples=100000\n");
    assert_true(follow_start(lab, "giant.act", false, &e));
    catch_up(lab, 1);
    assert_true(follow_place(lab, &p));
    assert_int_equal(p.failed, 2);
    assert_non_null(strstr(p.why, "a stranger"));
    assert_int_equal(lab->net.layers, 20);
    assert_int_equal(lab->net.width, 64);
    run(lab, "net samples=20000 width=128"); /* oneself may ask for more */
    lab_free(lab);
}

static void long_lines_are_passed_over(void **state)
{
    enum { LONG = 3 << 20 };
    char *bytes = malloc(LONG);
    struct lab *lab = open_lab(true);
    struct follow_place p;
    struct error e;

    (void)state;
    memset(bytes, 'x', LONG);
    memcpy(bytes, "0.0 fn relu\n", 12);
    memcpy(bytes + LONG - 13, "\n0.0 fn tanh\n", 13);
    write_file("long.act", bytes, LONG);
    assert_true(follow_start(lab, "long.act", false, &e));
    for (int i = 0; i < 100; i++)
        catch_up(lab, 1);
    assert_true(follow_place(lab, &p));
    assert_int_equal(p.lines, 3);
    assert_int_equal(p.failed, 1);
    assert_string_equal(lab->fn.act->name, "tanh");
    free(bytes);
    lab_free(lab);
}

/* Also of the shortest lines no more is kept than came; a restricted session, which has 192 MB,
 * says so when it is too much, and the lab goes on. */
static void an_endless_stream_is_ended(void **state)
{
    enum { LINES = 4000000, LONG = 60000 };
    char *line = calloc(LONG + 4, 1);
    struct lab *lab = open_lab(true);
    struct script s = {0};
    struct follow_place p;
    struct error e;
    FILE *f;

    (void)state;
    for (int i = 0; i < LINES; i++)
        script_add(&s, "p");
    assert_int_equal(s.lines, LINES);
    assert_true(s.bytes.cap < 4 * LINES);
    script_clear(&s);
    memset(line, 'x', LONG);
    memcpy(line, "0 fn ", 5);
    line[LONG] = '\n';
    f = fopen("endless.act", "w");
    for (int i = 0; i < (33 << 20) / LONG; i++)
        fputs(line, f);
    fclose(f);
    assert_true(follow_start(lab, "endless.act", 0, &e));
    for (int i = 0; i < 10000 && follow_place(lab, &p) && !p.ended; i++)
        follow_tick(lab, 0);
    assert_true(p.ended);
    assert_non_null(strstr(lab->message, "longer than what can be kept"));
    follow_leave(lab);
    run(lab, "fn elu");
    unlink("endless.act");
    free(line);
    lab_free(lab);
}

static void what_is_no_stream_is_refused(void **state)
{
    static const char *const names[] = {"/dev/zero", "/dev/null", ".", "missing", "loop"};
    struct lab *lab = open_lab(true);
    struct error e;

    (void)state;
    assert_int_equal(symlink("loop", "loop"), 0);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        assert_false(follow_start(lab, names[i], false, &e));
        assert_null(lab->follower);
        assert_null(strchr(e.text, '\n'));
    }
    unlink("loop");
    lab_free(lab);
}

static void pipes_can_be_followed(void **state)
{
    struct lab *lab = open_lab(true);
    struct follow_place p;
    struct error e;
    int fd;

    (void)state;
    assert_int_equal(mkfifo("pipe", 0600), 0);
    assert_true(follow_start(lab, "pipe", false, &e)); /* nobody writes yet: nobody waits */
    follow_tick(lab, 1);
    fd = open("pipe", O_WRONLY);
    assert_int_equal(write(fd, "0.0 fn relu\n0.1 fn t", 20), 20);
    assert_true(follow_fd(lab) >= 0);
    catch_up(lab, 1);
    assert_string_equal(lab->fn.act->name, "relu");
    assert_int_equal(write(fd, "anh\n", 4), 4);
    catch_up(lab, 1);
    assert_string_equal(lab->fn.act->name, "tanh");
    close(fd);
    follow_tick(lab, 1);
    assert_true(follow_place(lab, &p) && p.ended);
    assert_int_equal(follow_fd(lab), -1); /* nothing to be polled any more */
    unlink("pipe");
    lab_free(lab);
}

static void one_may_follow_from_now_on(void **state)
{
    struct lab *lab = open_lab(true);
    struct error e;

    (void)state;
    write_file("now.act", "", 0);
    append("now.act", "0.0 net layers=3\n0.1 fn relu\n0.2 fn e");
    run(lab, "fn gelu");
    assert_true(follow_start(lab, "now.act", true, &e));
    catch_up(lab, 1);
    assert_string_equal(lab->fn.act->name, "gelu");
    append("now.act", "lu\n"); /* the end of a line that began before */
    append("now.act", "0.3 net width=8\n");
    catch_up(lab, 1);
    assert_string_equal(lab->fn.act->name, "gelu");
    assert_int_equal(lab->net.layers, 8);
    assert_int_equal(lab->net.width, 8);
    lab_free(lab);
}

/* A class that comes before its teacher. */
static void one_may_wait_for_the_teacher(void **state)
{
    struct lab *lab = open_lab(true);
    struct follow_place p;
    struct error e;

    (void)state;
    assert_false(lab_run(lab, "follow late.act", nowhere, &e));
    assert_non_null(strstr(e.text, "--wait"));
    assert_false(lab_run(lab, "follow no/such/late.act --wait", nowhere, &e));
    run(lab, "follow late.act --wait");
    catch_up(lab, 1);
    assert_true(follow_place(lab, &p) && p.waiting && follow_watches(lab) && !follow_behind(lab));
    append("late.act", RECORDING_HEADER "\n0.0 restart\n0.1 fn elu\n");
    catch_up(lab, 1);
    assert_true(follow_place(lab, &p) && !p.waiting && p.failed == 0);
    assert_string_equal(lab->fn.act->name, "elu");
    run(lab, "follow later.act --wait");
    assert_int_equal(mkdir("later.act", 0700), 0); /* something else comes, and goes */
    catch_up(lab, 1);
    assert_true(follow_place(lab, &p) && p.waiting && follow_watches(lab));
    assert_non_null(strstr(lab->message, "a folder"));
    lab->message[0] = '\0';
    catch_up(lab, 1);
    assert_string_equal(lab->message, ""); /* is told once */
    assert_int_equal(rmdir("later.act"), 0);
    append("later.act", "0.0 fn relu\n");
    catch_up(lab, 1);
    assert_string_equal(lab->fn.act->name, "relu");
    assert_int_equal(unlink("later.act"), 0); /* also in the middle of a lecture */
    assert_int_equal(mkdir("later.act", 0700), 0);
    catch_up(lab, 1);
    assert_int_equal(rmdir("later.act"), 0);
    append("later.act", RECORDING_HEADER "\n0.0 fn tanh\n");
    catch_up(lab, 1);
    assert_string_equal(lab->fn.act->name, "tanh");
    lab_free(lab);
}

static void a_new_recording_begins_again(void **state)
{
    struct lab *lab = open_lab(true);
    struct error e;

    (void)state;
    write_file("again.act", "", 0);
    append("again.act",
           RECORDING_HEADER "\n0.0 restart\n0.1 def mine(x)=x\n0.2 fn mine\n0.3 step 9\n");
    assert_true(follow_start(lab, "again.act", false, &e));
    catch_up(lab, 1);
    assert_string_equal(lab->fn.act->name, "mine");
    write_file("again.act", "", 0); /* record ! again.act */
    append("again.act", RECORDING_HEADER "\n0.0 restart\n");
    catch_up(lab, 1);
    assert_string_equal(lab->fn.act->name, "sigmoid");
    assert_null(functions_find(lab->functions, "mine", NULL));
    assert_int_equal(trainer_steps(lab->trainer), 0);
    write_file("other.act", "", 0);
    append("other.act", RECORDING_HEADER "\n0.0 restart\n0.1 fn elu\n");
    assert_int_equal(rename("other.act", "again.act"), 0);
    catch_up(lab, 1);
    assert_string_equal(lab->fn.act->name, "elu");
    lab_free(lab);
}

/* Written anew at its place and at least as long, as cp does: no size tells. */
static void what_is_written_over_begins_again(void **state)
{
    static const char first[] = RECORDING_HEADER "\n0.0 restart\n0.1 fn gelu\n0.2 cursor 2\n",
                      second[] = RECORDING_HEADER "\n0.0 restart\n0.1 fn tanh\n0.2 cursor 1\n",
                      third[] = RECORDING_HEADER "\n0.0 restart\n0.1 fn elu\n0.2 net layers=3\n"
                                                 "0.3 net width=8\n0.4 cursor 1\n";
    struct lab *lab = open_lab(true);
    struct follow_place p;
    struct error e;

    (void)state;
    write_file("over.act", first, sizeof first - 1);
    assert_true(follow_start(lab, "over.act", 0, &e));
    catch_up(lab, 1);
    assert_string_equal(lab->fn.act->name, "gelu");
    write_file("over.act", second, sizeof second - 1); /* of the same length */
    catch_up(lab, 1);
    assert_string_equal(lab->fn.act->name, "tanh");
    write_file("over.act", third, sizeof third - 1);
    catch_up(lab, 1);
    assert_string_equal(lab->fn.act->name, "elu");
    assert_int_equal(lab->net.layers, 3);
    assert_int_equal(lab->net.width, 8);
    assert_true(follow_place(lab, &p));
    assert_int_equal(p.failed, 0);
    lab_free(lab);
}

/* Two lectures under one name: nobody sees the middle of one after the beginning of the other. */
static void a_recording_is_replaced_as_a_whole(void **state)
{
    struct lab *teacher = open_lab(true), *student = open_lab(true);
    struct stat before, after;
    struct follow_place p;
    struct error e;

    (void)state;
    run(teacher, "record two.act");
    run(teacher, "fn gelu");
    run(teacher, "cursor 2");
    run(teacher, "record off");
    assert_true(follow_start(student, "two.act", 0, &e));
    catch_up(student, 1);
    same(teacher, student, "the first lecture");
    run(teacher, "restart");
    run(teacher, "fn elu");
    run(teacher, "cursor 1");
    run(teacher, "net layers=3");
    assert_int_equal(chmod("two.act", 0640), 0);
    assert_int_equal(symlink("two.act", "two.link"), 0);
    assert_int_equal(stat("two.act", &before), 0);
    assert_false(lab_run(teacher, "record two.link", nowhere, &e));
    run(teacher, "record ! two.link");
    assert_int_equal(lstat("two.act", &after), 0);
    assert_true(before.st_ino != after.st_ino && S_ISREG(after.st_mode));
    assert_int_equal(after.st_mode & 0777, 0640);
    assert_int_equal(readlink("two.link", e.text, 9), 7); /* still a link */
    catch_up(student, 1);
    same(teacher, student, "the second lecture");
    run(teacher, "fn tanh");
    catch_up(student, 1);
    same(teacher, student, "the second lecture goes on");
    assert_true(follow_place(student, &p));
    assert_int_equal(p.failed, 0);
    run(teacher, "record ! two.act"); /* itself */
    run(teacher, "fn relu");
    catch_up(student, 1);
    same(teacher, student, "the third lecture");
    lab_free(teacher);
    lab_free(student);
}

/* Who follows is told that the lecture is over, and when it goes on after all. */
static void the_end_of_a_recording_is_told(void **state)
{
    struct lab *teacher = open_lab(true), *student = open_lab(true);
    struct follow_place p;
    struct error e;

    (void)state;
    run(teacher, "record ! end.act");
    run(teacher, "fn gelu");
    assert_true(follow_start(student, "end.act", 0, &e));
    catch_up(student, 1);
    assert_true(follow_place(student, &p) && !p.ended);
    run(teacher, "record off");
    catch_up(student, 1);
    assert_true(follow_place(student, &p) && p.ended && p.failed == 0);
    assert_non_null(strstr(student->message, "has ended"));
    assert_true(follow_watches(student)); /* another one may come */
    run(teacher, "record ! end.act");
    catch_up(student, 1);
    assert_true(follow_place(student, &p) && !p.ended);
    same(teacher, student, "the next lecture");
    run(teacher, "record off");
    lab_free(student);
    student = open_lab(false);
    if (!lab_source(student, "end.act", false, nowhere, &e)) /* also when it is played */
        fail_msg("%s", e.text);
    lab_free(teacher);
    lab_free(student);
}

/* What is no file is written to as it is. */
static void a_pipe_is_recorded_into(void **state)
{
    struct lab *lab = open_lab(true);
    struct error e;
    char bytes[256] = "";
    int fd;

    (void)state;
    assert_int_equal(mkfifo("record.pipe", 0600), 0);
    fd = open("record.pipe", O_RDONLY | O_NONBLOCK);
    run(lab, "record ! record.pipe");
    run(lab, "fn elu");
    run(lab, "record off");
    assert_true(read(fd, bytes, sizeof bytes - 1) > 0);
    assert_non_null(strstr(bytes, " fn elu\n"));
    close(fd);
    assert_false(lab_run(lab, "record ! /dev/full", nowhere, &e));
    assert_null(lab->recorder);
    run(lab, "record own.act");
    assert_false(lab_run(lab, "record ! .", nowhere, &e));
    assert_non_null(lab->recorder); /* goes on where it was */
    run(lab, "record off");
    lab_free(lab);
}

static void the_teachers_progress_is_not_the_students(void **state)
{
    struct lab *lab = open_lab(true);
    struct error e;
    size_t known;
    int hints;

    (void)state;
    course_settle(lab); /* reads what other sessions have done */
    known = lab->learner->progress.n;
    write_file("course.act", "", 0);
    append("course.act",
           "0.0 lesson 2\n0.1 try 1\n0.2 hint\n0.3 cursor 0\n0.4 answer question=1 1\n");
    hints = course_hints_shown(lab, lab->course.lesson[1], 0);
    assert_true(follow_start(lab, "course.act", false, &e));
    catch_up(lab, 1);
    course_settle(lab);
    assert_int_equal(course_hints_shown(lab, course_lesson(lab), 0), 1);
    assert_true(course_goal_done(lab, course_lesson(lab), 0, 0));
    follow_stop(lab);
    assert_int_equal(course_hints_shown(lab, course_lesson(lab), 0), hints);
    assert_int_equal(lab->learner->progress.n, known);
    lab_free(lab);
}

static void strangers_follow_what_they_are_given(void **state)
{
    struct lab *lab = open_lab(true);
    struct error e;

    (void)state;
    write_file("given.act", "", 0);
    append("given.act", "0.0 fn relu\n0.1 net layers=200 width=512\n");
    lab_restrict(lab);
    assert_false(lab_run(lab, "follow given.act", nowhere, &e));
    assert_non_null(strstr(e.text, "restricted"));
    assert_true(follow_start(lab, "given.act", false, &e)); /* as the command line does */
    catch_up(lab, 1);
    assert_string_equal(lab->fn.act->name, "relu");
    assert_int_equal(lab->net.layers, 8);
    run(lab, "follow leave");
    run(lab, "fn tanh");
    run(lab, "follow");
    catch_up(lab, 1);
    assert_string_equal(lab->fn.act->name, "relu");
    run(lab, "follow off");
    assert_null(lab->follower);
    run(lab, "fn tanh");
    assert_false(lab_run(lab, "follow given.act", nowhere, &e));
    run(lab, "follow"); /* whom one has followed */
    catch_up(lab, 1);
    assert_string_equal(lab->fn.act->name, "relu");
    run(lab, "follow off");
    lab_free(lab);
    lab = open_lab(true);
    assert_false(lab_run(lab, "follow", nowhere, &e));
    assert_non_null(strstr(e.text, "nobody"));
    lab_free(lab);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(training_in_vain_is_left_out),
        cmocka_unit_test(a_wrong_guess_is_mended),
        cmocka_unit_test(played_sessions_are_the_same),
        cmocka_unit_test(followed_sessions_are_the_same),
        cmocka_unit_test(interrupted_commands_are_recorded_right),
        cmocka_unit_test(a_student_keeps_up),
        cmocka_unit_test(what_the_teacher_trained_all_train),
        cmocka_unit_test(the_share_counts_steps),
        cmocka_unit_test(a_line_may_be_left_in_its_middle),
        cmocka_unit_test(late_joiners_catch_up_at_once),
        cmocka_unit_test(checkpoints_lead_to_the_same_bits),
        cmocka_unit_test(one_can_go_back_behind_a_checkpoint),
        cmocka_unit_test(false_checkpoints_are_not_taken),
        cmocka_unit_test(who_joins_late_need_not_train),
        cmocka_unit_test(bad_lines_are_passed_over),
        cmocka_unit_test(a_stream_asks_for_no_giants),
        cmocka_unit_test(long_lines_are_passed_over),
        cmocka_unit_test(an_endless_stream_is_ended),
        cmocka_unit_test(what_is_no_stream_is_refused),
        cmocka_unit_test(pipes_can_be_followed),
        cmocka_unit_test(one_may_follow_from_now_on),
        cmocka_unit_test(one_may_wait_for_the_teacher),
        cmocka_unit_test(a_new_recording_begins_again),
        cmocka_unit_test(what_is_written_over_begins_again),
        cmocka_unit_test(a_recording_is_replaced_as_a_whole),
        cmocka_unit_test(the_end_of_a_recording_is_told),
        cmocka_unit_test(a_pipe_is_recorded_into),
        cmocka_unit_test(the_teachers_progress_is_not_the_students),
        cmocka_unit_test(strangers_follow_what_they_are_given),
    };

    return cmocka_run_group_tests(tests, enter, leave);
}
