/* test_whole.c - whole states in recordings: who joins late need not do what led there, and comes
 * to the same bits; a false one is not taken, and no stranger's does more than lines may. */
#include "base/base64.h"
#include "base/clock.h"
#include "base/digest.h"
#include "base/file.h"
#include "commands/source.h"
#include "lab/limits.h"
#include "lab/race.h"
#include "replay/follow.h"
#include "replay/follow_private.h"
#include "replay/record.h"
#include "replay/recording.h"
#include "replay/state.h"
#include "replay/whole.h"
#include "sessions.h"
#include "study/learner.h"
#include "study/notes.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

/* ---- what a class shares --------------------------------------------------------------------- */

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

static void same_race(const struct lab *a, const struct lab *b)
{
    const struct race *r = a->model.race, *s = b->model.race;

    assert_true(!r == !s);
    if (!r)
        return;
    assert_int_equal(r->racers, s->racers);
    assert_int_equal(r->points, s->points);
    assert_int_equal(r->every, s->every);
    for (int i = 0; i < r->racers; i++)
        for (int k = 0; k < r->points; k++)
            same_number(r->racer[i].loss[k], s->racer[i].loss[k]);
}

/* Lesson and experiment are a part of the digest. */
static void same_goals(const struct lab *a, const struct lab *b)
{
    const struct lesson_try *t = study_try(a);

    for (size_t i = 0; t && i < t->goals.n; i++)
        assert_int_equal(a->learner->goal[i].met, b->learner->goal[i].met);
}

static void same_in_all(struct lab *a, struct lab *b, const char *what)
{
    same(a, b, what);
    same_curves(a, b);
    same_race(a, b);
    same_goals(a, b);
    assert_true(a->model.plot.y0 == b->model.plot.y0 && a->model.plot.y1 == b->model.plot.y1);
}

static struct lab *joined(const char *file, double slice, uint64_t failed)
{
    struct lab *lab = open_session(true);
    struct follow_place p;
    struct error e;

    assert_true(follow_start(lab, file, 0, &e));
    catch_up(lab, slice);
    assert_true(follow_place(lab, &p));
    if (p.failed != failed)
        fail_msg("%s: %llu failed: %s", file, (unsigned long long)p.failed, p.why);
    return lab;
}

static struct lab *played(const char *file)
{
    struct lab *lab = open_session(false);
    struct error e;

    if (!lab_source(lab, file, false, nowhere, &e))
        fail_msg("%s", e.text);
    return lab;
}

static void read_text(const char *file, struct text *out)
{
    struct error e;

    text_clear(out);
    assert_true(file_read(file, 1 << 26, out, &e));
}

static int count(const char *s, const char *what)
{
    int n = 0;

    for (; (s = strstr(s, what)) != NULL; s++)
        n++;
    return n;
}

/* ---- joining --------------------------------------------------------------------------------- */

/* A session with whole states after half of its deeds; a student is there all the time. */
static void they_lead_to_the_same_bits(void **state)
{
    int taken = 0, sessions = rounds(60, 3);

    (void)state;
    for (unsigned seed = 1; seed <= (unsigned)sessions; seed++) {
        struct lab *lab = open_session(true), *there, *late, *again;
        struct rng r;
        char what[64];

        snprintf(what, sizeof what, "session %u, with whole states", seed);
        rng_seed(&r, seed, 3);
        small(lab);
        run(lab, "record ! w.act");
        there = joined("w.act", 1, 0);
        for (int i = 5 + (int)rng_below(&r, 40); i > 0; i--) {
            act(lab, &r);
            record_flush(lab);
            if (rng_below(&r, 2))
                record_state(lab);
            follow_tick(there, 0.001);
        }
        run(lab, "record off");
        catch_up(there, 1);
        same_in_all(lab, there, what);
        assert_true(there->model.plot.y0 == lab->model.plot.y0);
        late = joined("w.act", seed % 4 ? 1 : 0, 0);
        same_in_all(lab, late, what);
        taken += late->model.history.states < lab->model.history.states;
        again = played("w.act");
        same(lab, again, what);
        session_close(again);
        follow_leave(late); /* what it records then leads there, too */
        run(late, "record ! left.act");
        lab_train(late, 7);
        run(late, "record off");
        again = played("left.act");
        same_in_all(late, again, what);
        session_close(lab);
        session_close(there);
        session_close(late);
        session_close(again);
    }
    assert_true(taken > 0);
    tried("class", "whole states in recordings of random sessions",
          "%d sessions end in the same bits, curves, races and goals, for those who were there, "
          "joined late or played them",
          sessions);
}

/* Also from where no lines lead: a network from a file, a race, one that was changed or diverged.
 */
static void a_recording_may_begin_anywhere(void **state)
{
    static const char *const before[][5] = {
        {"load net.json"},
        {"fn elu", "train 3", "alpha 2", "kill 1", "train 2"},
        {"race relu elu tanh epochs=3"},
        {"fn elu alpha=0.5", "race elu 'x*x/9' epochs=3", "alpha 2", "step 3"},
        {"net lr=1e7", "train 9"},
        {"def f(x)=x", "fn 'f(x)+tanh(x)'", "train 1", "def f(x)=x/2"},
        {"net data=points.csv", "train 3"},
        {"net optimizer=adam test=0.25 batch=all", "train 20", "back 3"},
        {"lesson 3", "try 1", "cursor 0"},
        {"sweep alpha 0 1"},
    };

    (void)state;
    write_file("points.csv", "0,0,1\n1,0,0\n0,1,1\n");
    for (size_t i = 0; i < sizeof before / sizeof *before; i++) {
        struct lab *lab = open_session(true), *other;
        struct error e;

        small(lab);
        run(lab, "fn selu");
        run(lab, "train 4");
        run(lab, "export ! net.json");
        for (int k = 0; k < 5 && before[i][k]; k++)
            lab_run(lab, before[i][k], nowhere, &e);
        run(lab, "record ! any.act");
        lab_run(lab, "step 5", nowhere, &e);
        run(lab, "cursor 0.25");
        run(lab, "record off");
        other = played("any.act");
        same_in_all(lab, other, before[i][0]);
        assert_true(trainer_diverged(lab->model.trainer, NULL) ==
                    trainer_diverged(other->model.trainer, NULL));
        session_close(other);
        session_close(lab);
    }
}

/* And a network may come from a file while it is recorded. */
static void a_file_may_be_loaded_meanwhile(void **state)
{
    struct lab *lab = open_session(true), *there, *late;

    (void)state;
    small(lab);
    run(lab, "train 3");
    run(lab, "export ! net.json");
    run(lab, "restart");
    run(lab, "record ! load.act");
    there = joined("load.act", 1, 0);
    run(lab, "load net.json");
    run(lab, "train 2");
    catch_up(there, 1);
    same_in_all(lab, there, "a network that is loaded");
    late = joined("load.act", 1, 0);
    same_in_all(lab, late, "a network that was loaded");
    session_close(lab);
    session_close(there);
    session_close(late);
}

/* ---- going back ------------------------------------------------------------------------------ */

/* Behind the last whole state: nobody who joined there knows it, but all that is recorded is right
 * for all. */
static void one_can_go_back_behind_them(void **state)
{
    static const char *const after[][3] = {{"step 50", "back 20"},
                                           {"step 50", "back 50"},
                                           {"step 50", "back 400"},
                                           {"back 9", "revive"},
                                           {"swap relu", "step 20", "back 25"},
                                           {"back 9", "back 300"}};

    (void)state;
    for (size_t i = 0; i < sizeof after / sizeof *after; i++) {
        struct lab *lab = open_session(true), *there, *late, *again;
        struct error e;

        run(lab, "net layers=3 width=8 optimizer=adam lr=0.01");
        run(lab, "record ! behind.act");
        there = joined("behind.act", 1, 0);
        run(lab, "step 300");
        run(lab, "kill 2");
        run(lab, "train 20 epochs");
        record_state(lab);
        late = joined("behind.act", 1, 0);
        for (int k = 0; k < 3 && after[i][k]; k++)
            run(lab, after[i][k]);
        catch_up(there, 1);
        catch_up(late, 1);
        again = joined("behind.act", 0, 0);
        same(lab, there, after[i][0]);
        same(lab, late, after[i][0]);
        same(lab, again, after[i][0]);
        session_close(again);
        again = played("behind.act");
        same(lab, again, after[i][0]);
        follow_leave(late);
        if (lab_run(late, "back 100000", nowhere, &e))
            assert_int_equal(trainer_steps(late->model.trainer), 0);
        else
            assert_non_null(strstr(e.text, "step 0 is not known here"));
        session_close(lab);
        session_close(there);
        session_close(late);
        session_close(again);
    }
}

/* ---- false ones ------------------------------------------------------------------------------ */

/* The whole state that the lab would write. */
static void state_lines(struct lab *lab, struct text *out)
{
    struct error e;

    text_clear(out);
    if (!whole_write(lab, out, &e))
        fail_msg("%s", e.text);
}

/* A recording that begins with the lab as it opens, and has lines before and after a whole state.
 */
static void write_around(const char *file, const char *before, const struct text *whole,
                         const char *after)
{
    struct text out = {0};

    text_printf(&out, "%s\n%s%s%s", RECORDING_HEADER, before, text_str(whole), after);
    write_file(file, out.s);
    text_free(&out);
}

static const char lines_before[] = "0.0 restart\n0.1 net layers=3 width=8\n"
                                   "0.2 net optimizer=adam lr=0.01\n"
                                   "0.3 step 30\n0.4 kill 2\n0.5 train 2 epochs\n";

static struct lab *trained_lab(void)
{
    write_around("before.act", lines_before, &(struct text){0}, "");
    return played("before.act");
}

/* One that came with another byte, or without its end, is as if it were not there. */
static void damaged_ones_are_not_taken(void **state)
{
    struct lab *lab = trained_lab();
    struct text whole = {0}, other = {0};
    struct rng r;

    (void)state;
    run(lab, "step 9"); /* it is of another lab than the lines make */
    state_lines(lab, &whole);
    session_close(lab);
    lab = trained_lab();
    run(lab, "cursor 1");
    rng_seed(&r, 5, 5);
    for (int i = 0; i < rounds(120, 20); i++) {
        struct lab *student;
        uint32_t at = rng_below(&r, (uint32_t)whole.len - 1);

        text_clear(&other);
        text_add(&other, whole.s);
        if (i < 80) {
            if (other.s[at] == '\n')
                continue;
            other.s[at] = other.s[at] == 'f' ? 'e' : 'f';
        } else { /* a line is missing */
            const char *line = other.s + at;
            size_t n;

            while (line > other.s && line[-1] != '\n')
                line--;
            n = strcspn(line, "\n") + 1;
            at = (uint32_t)(line - other.s);
            memmove(other.s + at, other.s + at + n, other.len + 1 - at - n);
            other.len -= n;
        }
        write_around("false.act", lines_before, &other, "0.6 cursor 1\n");
        student = open_session(true);
        run(student, "follow false.act");
        catch_up(student, 1);
        same(lab, student, other.s);
        session_close(student);
    }
    text_free(&whole);
    text_free(&other);
    session_close(lab);
}

/* The lines between the first and the last one, with what a stranger makes of them. */
static void sign(struct text *whole)
{
    char *end = strstr(whole->s, "# end of the state ");

    whole->len = (size_t)(end - whole->s);
    text_printf(whole, "# end of the state %016" PRIx64 "\n",
                digest_add(DIGEST_START, whole->s, whole->len));
}

/* Digests are no secret: what is right in them may be anyone's. */
static void those_of_strangers_do_no_harm(void **state)
{
    struct lab *lab = trained_lab();
    struct text whole = {0}, other = {0}, bytes = {0};
    struct rng r;

    (void)state;
    run(lab, "race relu elu epochs=1");
    run(lab, "lesson 4");
    run(lab, "try 2");
    run(lab, "train 2");
    state_lines(lab, &whole);
    session_close(lab);
    rng_seed(&r, 6, 6);
    for (int i = 0; i < rounds(400, 20); i++) {
        struct lab *student = open_session(true);

        text_clear(&other);
        text_add(&other, whole.s);
        for (uint32_t n = 1 + rng_below(&r, 4); n > 0; n--) {
            uint32_t at = 32 + rng_below(&r, (uint32_t)other.len - 32 - 36); /* not in the last */

            if (other.s[at] != '\n')
                other.s[at] = " 09-+=.eaAzZ/\"(%#"[rng_below(&r, 17)];
        }
        sign(&other);
        write_around("stranger.act", "", &other, "0.6 cursor 1\n0.7 step 3\n");
        run(student, "follow stranger.act");
        catch_up(student, 1);
        student->interactive = false;
        run(student, "show");
        run(student, "layers");
        assert_true(!student->interrupt.quit && !student->model.net.file[0]);
        session_close(student);
    }
    text_free(&whole);
    text_free(&other);
    text_free(&bytes);
}

/* Its commands have no more rights than the lines of a stream, and train nothing. */
static void they_give_no_rights(void **state)
{
    static const char *const lines[] = {
        "#: record ! stolen",
        "#: export ! stolen.svg",
        "#: source /etc/passwd",
        "#: load net.json",
        "#: net file=/etc/passwd",
        "#: net data=points.csv",
        "#: net layers=200 width=512",
        "#: lesson new stolen",
        "#: set theme light",
        "#: quit",
        "#: train 1000000 epochs",
        "#: step 1000000000",
        "#: watch loss epochs=1000000",
        "#: race relu tanh epochs=1000000",
        "#: until loss < -1 limit=1000000",
        "#: solution",
        "#= trained AAAA",
        "#= trained ====",
        "#= axis 0 1e400",
        "#= axis nan nan",
        "#= axis 1 1",
        "#= lesson 1 no-such-lesson",
        "#= lesson 99999999999 relu",
        "#= try 1 0",
        "#= met 1 1 1",
        "#= done nothing",
        "#= secret",
        "#: ",
        "#: # whole state",
    };
    struct lab *lab = open_session(true);
    const int theme = lab->set.theme;
    struct text whole = {0};

    (void)state;
    run(lab, "fn tanh");
    session_close(lab);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct lab *student;
        const double begun = clock_used();

        text_clear(&whole);
        text_printf(&whole, "# whole state %016x\n#: fn relu\n%s\n#: cursor 2\n# end of the state ",
                    7u, lines[i]);
        sign(&whole);
        write_around("rights.act", "", &whole, "");
        student = joined("rights.act", 1, 1);
        assert_true(clock_used() - begun < 5);
        assert_string_equal(student->model.fn.act->name, "relu"); /* what can be done is done */
        assert_true(student->model.plot.cursor == 2);
        assert_int_equal(trainer_steps(student->model.trainer), 0);
        assert_true(!student->interrupt.quit && !student->model.net.file[0] &&
                    student->model.net.layers == 8);
        assert_int_equal(student->set.theme, theme);
        assert_int_equal(system("ls | grep -q stolen"), 256);
        session_close(student);
    }
    text_free(&whole);
}

/* Lines without an end, or ends without lines. */
static void torn_ones_are_passed_over(void **state)
{
    static const char *const torn[] = {
        "# whole state 0123456789abcdef\n#: fn relu\n0.5 cursor 2\n",
        "#: fn relu\n0.5 cursor 2\n",
        "# end of the state 0123456789abcdef\n0.5 cursor 2\n",
        "# whole state \n# whole state \n# end of the state \n0.5 cursor 2\n",
        "# whole state 0123456789abcdef\n0.5 cursor 2\n# end of the state 0123456789abcdef\n",
    };
    static const uint64_t bad[] = {0, 0, 1, 1, 1};

    (void)state;
    for (size_t i = 0; i < sizeof torn / sizeof *torn; i++) {
        struct lab *student;

        write_around("torn.act", "0.1 fn tanh\n", &(struct text){0}, torn[i]);
        student = joined("torn.act", 1, bad[i]);
        assert_string_equal(student->model.fn.act->name, "tanh");
        assert_true(student->model.plot.cursor == 2);
        session_close(student);
    }
}

/* ---- what it costs --------------------------------------------------------------------------- */

/* Twenty minutes of one network, at the usual speed and without an end to it. */
static void who_joins_late_need_not_train(void **state)
{
    struct lab *lab, *student;
    struct text whole = {0};
    double begun, took, whole_took;
    int states;

    (void)state;
    unless_brief();
    lab = open_session(true);
    run(lab, "record ! ever.act");
    begun = clock_used();
    for (int i = 0; i < 12000; i++) {
        lab_train(lab, 40);
        record_flush(lab);
    }
    whole_took = clock_used() - begun;
    run(lab, "record off");
    read_text("ever.act", &whole);
    states = count(whole.s, "\n# whole state ");
    assert_in_range(states, 3, 20);
    begun = clock_used();
    student = joined("ever.act", 0.02, 0);
    took = clock_used() - begun;
    same(lab, student, "after a long time");
    same_curves(lab, student);
    assert_true(took < whole_took / 2);
    tried("class", "who joins after twenty minutes of training without an end",
          "has caught up, to the bit, in %.2f s of the processor; its %zu kB have %d whole states, "
          "and to train it all takes %.1f s",
          took, whole.len / 1000, states, whole_took);
    text_free(&whole);
    session_close(lab);
    session_close(student);
}

/* A student who was there has nothing to take from a state, and can go back behind it. */
static void who_was_there_keeps_the_way_back(void **state)
{
    struct lab *lab, *there, *late;
    struct error e;

    (void)state;
    unless_brief();
    lab = open_session(true);
    run(lab, "net layers=8 width=32 samples=400 batch=all");
    run(lab, "record ! there.act");
    there = joined("there.act", 1, 0);
    for (int i = 0; i < 40; i++) { /* 5 million multiplications a step */
        lab->model.running = true;
        lab_train(lab, 10);
        record_flush(lab);
        catch_up(there, 1);
    }
    lab_train(lab, 1);
    run(lab, "cursor 1");
    catch_up(there, 1);
    same_in_all(lab, there, "a student who was there");
    late = joined("there.act", 1, 0);
    same_in_all(lab, late, "a student who came late");
    follow_leave(there);
    follow_leave(late);
    run(there, "back 400");
    assert_int_equal(trainer_steps(there->model.trainer), 1);
    assert_false(lab_run(late, "back 400", nowhere, &e));
    assert_non_null(strstr(e.text, "step 1 is not known here"));
    session_close(lab);
    session_close(there);
    session_close(late);
}

/* Training by a command counts as well, and with all samples a step. */
static void much_work_is_followed_by_one(void **state)
{
    static const char *const lines[] = {"train 20 epochs", "race relu tanh epochs=8"};

    (void)state;
    unless_brief();
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct lab *lab = open_session(true);
        struct text whole = {0};

        run(lab, "net layers=8 width=32 samples=2000");
        run(lab, "record ! all.act");
        for (int k = 0; k < 8; k++) /* 25 million multiplications an epoch, or 74 */
            run(lab, lines[i]);
        run(lab, "record off");
        read_text("all.act", &whole);
        assert_true(count(whole.s, "\n# whole state ") > 1);
        text_free(&whole);
        session_close(lab);
    }
}

/* Those that come are not all kept: the last, and what follows. */
static void only_the_last_is_kept(void **state)
{
    struct lab *lab = open_session(true), *student, *away;
    struct text whole = {0};

    (void)state;
    run(lab, "train 1");
    run(lab, "record ! many.act");
    student = joined("many.act", 1, 0);
    away = joined("many.act", 1, 0);
    follow_leave(away);
    for (int i = 0; i < 50; i++) {
        run(lab, "step 3");
        record_state(lab);
        catch_up(student, 1);
        catch_up(away, 1);
    }
    state_lines(lab, &whole);
    assert_true(student->replay.follower->replay.lines.len < 2 * whole.len);
    assert_true(away->replay.follower->replay.lines.len < 2 * whole.len);
    run(away, "fn relu");
    run(away, "follow");
    catch_up(away, 1);
    same_in_all(lab, away, "who was away");
    same_in_all(lab, student, "who was not");
    text_free(&whole);
    session_close(lab);
    session_close(student);
    session_close(away);
}

/* A network of millions of weights is not written down again and again; once it has been trained,
 * no recording begins with it. */
static void what_is_too_large_is_told(void **state)
{
    struct lab *lab, *other;
    struct text whole = {0};
    struct error e;

    (void)state;
    unless_brief();
    lab = open_session(true);
    run(lab, "net layers=12 width=512 samples=20");
    run(lab, "record ! large.act");
    for (int i = 0; i < 3; i++)
        run(lab, "train 15");
    run(lab, "record off");
    read_text("large.act", &whole);
    assert_int_equal(count(whole.s, "\n# whole state "), 1);
    other = played("large.act");
    same(lab, other, "a large network");
    session_close(other);
    assert_false(lab_run(lab, "record ! large.act", nowhere, &e));
    assert_non_null(strstr(e.text, "12 layers of 512 units are more than a recording"));
    run(lab, "export ! large.json");
    run(lab, "net layers=2 width=4");
    run(lab, "record ! large.act");
    lab_run(lab, "load large.json", nowhere, &e);
    assert_false(lab_run(lab, "cursor 1", nowhere, &e) && lab->replay.recorder);
    remove("large.json");
    text_free(&whole);
    session_close(lab);
}

/* ---- the course, data, versions -------------------------------------------------------------- */

static bool is_noted(const struct lab *lab, const struct progress_entry *p)
{
    const struct progress *shown = &lab->learner->shown;

    for (size_t i = 0; i < shown->n; i++)
        if (shown->entry[i].kind == p->kind && strcmp(shown->entry[i].lesson, p->lesson) == 0 &&
            shown->entry[i].a == p->a && shown->entry[i].b == p->b &&
            strcmp(shown->entry[i].value, p->value) == 0)
            return true;
    return false;
}

/* Latecomers see the lesson, its experiment, goals, hints and answers as those who were there;
 * nobody sees what the teacher did before, and nothing of it is the student's own. */
static void the_class_is_in_the_same_place(void **state)
{
    struct lab *lab = open_session(true), *there, *late;
    size_t own;

    (void)state;
    run(lab, "lesson 3");
    run(lab, "answer question=1 1");
    run(lab, "lesson 2");
    run(lab, "record ! course.act");
    there = joined("course.act", 1, 0);
    run(lab, "try 1");
    run(lab, "hint");
    run(lab, "cursor 0");
    run(lab, "answer question=1 2");
    run(lab, "try 2");
    run(lab, "hint");
    run(lab, "train 3");
    run(lab, "lesson page=3");
    record_state(lab);
    run(lab, "cursor 1");
    catch_up(there, 1);
    late = joined("course.act", 1, 0);
    same_in_all(lab, late, "the course");
    assert_int_equal(late->open.try, 1);
    assert_int_equal(late->learner->begun, lab->learner->begun);
    assert_true(there->learner->shown.n > 4);
    for (size_t i = 0; i < there->learner->shown.n; i++)
        if (!is_noted(late, &there->learner->shown.entry[i]))
            fail_msg("%s %d %d is not known to who joined late",
                     there->learner->shown.entry[i].lesson, there->learner->shown.entry[i].a,
                     there->learner->shown.entry[i].b);
    assert_true(study_goal_done(late, study_lesson(late), 0, 0));
    assert_int_equal(study_hints_shown(late, study_lesson(late), 1), 1);
    assert_non_null(study_answer(late, study_lesson(late), 0));
    assert_null(study_answer(late, late->course.lesson[2], 0)); /* before it was recorded */
    own = late->learner->progress.n;
    follow_stop(late);
    assert_int_equal(late->learner->progress.n, own);
    session_close(lab);
    session_close(there);
    session_close(late);
}

/* The teacher's own points: the student is told, keeps others, and has all else. */
static void data_of_a_file_stay_with_the_teacher(void **state)
{
    struct lab *lab = open_session(true), *student = open_session(true);
    struct follow_place p;
    struct error e;

    (void)state;
    write_file("mine.csv", "0,0,1\n1,0,0\n0,1,1\n2,1,0\n");
    run(lab, "net layers=3 width=8 data=mine.csv");
    run(lab, "train 2");
    run(lab, "netview map");
    run(lab, "record ! data.act");
    assert_non_null(strstr(lab->screen.message, "only the file's name"));
    run(lab, "fn tanh");
    lab_restrict(student);
    assert_true(follow_start(student, "data.act", 0, &e));
    catch_up(student, 1);
    assert_true(follow_place(student, &p) && p.failed == 1);
    assert_non_null(strstr(p.why, "data from a file"));
    assert_string_equal(student->model.fn.act->name, "tanh");
    assert_int_equal(student->model.net.layers, 3);
    assert_string_equal(student->model.net.file, "");
    session_close(lab);
    session_close(student);
}

static void versions_are_told_apart(void **state)
{
    static const char old[] =
        RECORDING_MARK "1\n0.0 restart\n0.1 net layers=2 width=4\n0.2 step 9\n"
                       "# state 9 0123456789abcdef AAAA\n0.3 step 3\n",
                      later[] = RECORDING_MARK "3\r\n0.1 fn tanh\n";
    struct lab *lab, *student;
    struct follow_place p;
    struct error e;

    (void)state;
    assert_int_equal(recording_version(RECORDING_HEADER), RECORDING_VERSION);
    assert_int_equal(recording_version(RECORDING_MARK "x"), 0);
    assert_int_equal(recording_version(RECORDING_MARK), 0);
    assert_int_equal(recording_version(RECORDING_MARK "1 or so"), 0);
    write_file("old.act", old);
    lab = played("old.act");
    assert_int_equal(trainer_steps(lab->model.trainer), 12);
    student = joined("old.act", 0, 0);
    same(lab, student, "an old recording");
    session_close(student);
    write_file("later.act", later);
    assert_false(lab_source(lab, "later.act", false, nowhere, &e));
    assert_non_null(strstr(e.text, "later.act:1: a recording of version 3"));
    student = open_session(true);
    run(student, "follow later.act");
    catch_up(student, 1);
    assert_true(follow_place(student, &p) && p.failed == 1);
    assert_non_null(strstr(p.why, "version 3"));
    assert_string_equal(student->model.fn.act->name, "tanh"); /* what can be done is done */
    session_close(student);
    session_close(lab);
}

/* A lab that follows from now on stays as it is; one that plays a recording keeps its functions. */
static void what_is_ones_own_stays(void **state)
{
    struct lab *lab = open_session(true), *student = open_session(true),
               *player = open_session(false);
    struct error e;

    (void)state;
    run(lab, "record ! own.act");
    run(student, "fn gelu");
    assert_true(follow_start(student, "own.act", FOLLOW_FROM_NOW, &e));
    run(lab, "net layers=3");
    record_state(lab);
    run(lab, "cursor 1");
    catch_up(student, 1);
    assert_string_equal(student->model.fn.act->name, "gelu");
    assert_int_equal(student->model.net.layers, 3);
    assert_true(student->model.plot.cursor == 1);
    run(player, "def mine(x)=x");
    run(player, "fn mine");
    run(player, "play own.act");
    assert_string_equal(player->model.fn.act->name, "sigmoid");
    run(player, "fn mine");
    session_close(lab);
    session_close(student);
    session_close(player);
}

/* On the screen a state is one step, and what is wrong in it names its line. */
static void it_is_played_on_the_screen(void **state)
{
    struct lab *lab = open_session(true), *player = open_session(true);
    struct text whole = {0};

    (void)state;
    run(lab, "fn elu");
    run(lab, "train 2");
    state_lines(lab, &whole);
    write_around("screen.act", "", &whole, "99 cursor 1\n");
    run(player, "play screen.act");
    run(player, "play pause");
    run(player, "play step"); /* the header */
    run(player, "play step");
    same(lab, player, "one step");
    run(player, "play skip");
    assert_true(player->model.plot.cursor == 1);
    whole.s[whole.len - 3] ^= 1;
    write_around("screen.act", "", &whole, "99 cursor 1\n");
    run(player, "play screen.act");
    session_tick(player, 1, 1);
    assert_null(player->replay.player);
    assert_non_null(strstr(player->screen.message, "lines are missing or damaged"));
    text_free(&whole);
    session_close(lab);
    session_close(player);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(they_lead_to_the_same_bits),
        cmocka_unit_test(a_recording_may_begin_anywhere),
        cmocka_unit_test(a_file_may_be_loaded_meanwhile),
        cmocka_unit_test(one_can_go_back_behind_them),
        cmocka_unit_test(damaged_ones_are_not_taken),
        cmocka_unit_test(those_of_strangers_do_no_harm),
        cmocka_unit_test(they_give_no_rights),
        cmocka_unit_test(torn_ones_are_passed_over),
        cmocka_unit_test(who_joins_late_need_not_train),
        cmocka_unit_test(who_was_there_keeps_the_way_back),
        cmocka_unit_test(much_work_is_followed_by_one),
        cmocka_unit_test(only_the_last_is_kept),
        cmocka_unit_test(what_is_too_large_is_told),
        cmocka_unit_test(the_class_is_in_the_same_place),
        cmocka_unit_test(data_of_a_file_stay_with_the_teacher),
        cmocka_unit_test(versions_are_told_apart),
        cmocka_unit_test(what_is_ones_own_stays),
        cmocka_unit_test(it_is_played_on_the_screen),
    };

    return cmocka_run_group_tests(tests, enter, leave);
}
