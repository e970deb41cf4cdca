/* test_stream.c - what is followed: lines that cannot be read are passed over, pipes end, strangers
 * follow what they are given. */
#include "lab/limits.h"
#include "replay/follow.h"
#include "replay/play.h"
#include "replay/replay.h"
#include "sessions.h"
#include "study/experiment.h"
#include "study/notes.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

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
    struct lab *lab = open_session(true);
    struct follow_place p;
    struct error e;
    int theme = lab->set.theme;

    (void)state;
    write_bytes("bad.act", stream, sizeof stream - 1);
    assert_true(follow_start(lab, "bad.act", false, &e));
    catch_up(lab, 1);
    assert_true(follow_place(lab, &p));
    assert_int_equal(p.failed, 14);
    assert_int_equal(p.lines, 18);
    assert_int_equal(trainer_steps(lab->model.trainer), 0);
    assert_string_equal(lab->model.fn.act->name, "relu");
    assert_int_equal(lab->model.net.layers, 3);
    assert_string_equal(lab->model.net.file, "");
    assert_int_equal(lab->set.theme, theme);
    assert_false(lab->interrupt.quit);
    for (const char *s = p.why; *s; s++)
        assert_true((unsigned char)*s >= 0x20);
    assert_int_equal(access("x", F_OK), -1);
    tried("class", "a stream with torn, foreign and forbidden lines",
          "%llu of %llu lines skipped and counted, no file touched", (unsigned long long)p.failed,
          (unsigned long long)p.lines);
    session_close(lab);
}

/* What takes gigabytes, or minutes to build, is refused; what the course and more needs is not. */
static void a_stream_asks_for_no_giants(void **state)
{
    struct lab *lab = open_session(true);
    struct follow_place p;
    struct error e;

    (void)state;
    write_file("giant.act", "0.0 net layers=200 width=512 samples=100000\n"
                            "0.1 net layers=20 width=64 samples=1000\n"
                            "0.2 net width=512 samples=100000\n");
    assert_true(follow_start(lab, "giant.act", false, &e));
    catch_up(lab, 1);
    assert_true(follow_place(lab, &p));
    assert_int_equal(p.failed, 2);
    assert_non_null(strstr(p.why, "a stranger"));
    assert_int_equal(lab->model.net.layers, 20);
    assert_int_equal(lab->model.net.width, 64);
    run(lab, "net samples=20000 width=128"); /* oneself may ask for more */
    session_close(lab);
}

static void long_lines_are_passed_over(void **state)
{
    enum { LONG = 3 << 20 };
    char *bytes = malloc(LONG);
    struct lab *lab = open_session(true);
    struct follow_place p;
    struct error e;

    (void)state;
    memset(bytes, 'x', LONG);
    memcpy(bytes, "0.0 fn relu\n", 12);
    memcpy(bytes + LONG - 13, "\n0.0 fn tanh\n", 13);
    write_bytes("long.act", bytes, LONG);
    assert_true(follow_start(lab, "long.act", false, &e));
    for (int i = 0; i < 100; i++)
        catch_up(lab, 1);
    assert_true(follow_place(lab, &p));
    assert_int_equal(p.lines, 3);
    assert_int_equal(p.failed, 1);
    assert_string_equal(lab->model.fn.act->name, "tanh");
    free(bytes);
    session_close(lab);
}

/* Also of the shortest lines no more is kept than came; a restricted session, which has 192 MB,
 * says so when it is too much, and the lab goes on. */
static void an_endless_stream_is_ended(void **state)
{
    enum { LINES = 4000000, LONG = 60000 };
    char *line = calloc(LONG + 4, 1);
    struct lab *lab = open_session(true);
    struct replay r = {0};
    struct follow_place p;
    struct error e;
    FILE *f;

    (void)state;
    for (int i = 0; i < LINES; i++)
        replay_add(&r, "p");
    assert_int_equal(r.lines.len, 2 * LINES);
    assert_true(r.lines.cap < 4 * LINES);
    replay_clear(&r);
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
    assert_non_null(strstr(lab->screen.message, "too long to be kept"));
    follow_leave(lab);
    run(lab, "fn elu");
    unlink("endless.act");
    free(line);
    session_close(lab);
}

static void what_is_no_stream_is_refused(void **state)
{
    static const char *const names[] = {"/dev/zero", "/dev/null", ".", "missing", "loop"};
    struct lab *lab = open_session(true);
    struct error e;

    (void)state;
    assert_int_equal(symlink("loop", "loop"), 0);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        assert_false(follow_start(lab, names[i], false, &e));
        assert_null(lab->replay.follower);
        assert_null(strchr(e.text, '\n'));
    }
    unlink("loop");
    session_close(lab);
}

static void pipes_can_be_followed(void **state)
{
    struct lab *lab = open_session(true);
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
    assert_string_equal(lab->model.fn.act->name, "relu");
    assert_int_equal(write(fd, "anh\n", 4), 4);
    catch_up(lab, 1);
    assert_string_equal(lab->model.fn.act->name, "tanh");
    close(fd);
    follow_tick(lab, 1);
    assert_true(follow_place(lab, &p) && p.ended);
    assert_int_equal(follow_fd(lab), -1); /* nothing to be polled any more */
    unlink("pipe");
    session_close(lab);
}

static void one_may_follow_from_now_on(void **state)
{
    struct lab *lab = open_session(true);
    struct error e;

    (void)state;
    write_file("now.act", "0.0 net layers=3\n0.1 fn relu\n0.2 fn e");
    run(lab, "fn gelu");
    assert_true(follow_start(lab, "now.act", true, &e));
    catch_up(lab, 1);
    assert_string_equal(lab->model.fn.act->name, "gelu");
    append("now.act", "lu\n"); /* the end of a line that began before */
    append("now.act", "0.3 net width=8\n");
    catch_up(lab, 1);
    assert_string_equal(lab->model.fn.act->name, "gelu");
    assert_int_equal(lab->model.net.layers, 8);
    assert_int_equal(lab->model.net.width, 8);
    session_close(lab);
}

/* What is no file is written to as it is. */
static void a_pipe_is_recorded_into(void **state)
{
    struct lab *lab = open_session(true);
    char bytes[8192] = "";
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
    fails(lab, "record ! /dev/full", "");
    assert_null(lab->replay.recorder);
    run(lab, "record own.act");
    fails(lab, "record ! .", "");
    assert_non_null(lab->replay.recorder); /* goes on where it was */
    run(lab, "record off");
    session_close(lab);
}

static void the_teachers_progress_is_not_the_students(void **state)
{
    struct lab *lab = open_session(true);
    struct error e;
    size_t known;
    int hints;

    (void)state;
    study_check_goals(lab); /* reads what other sessions have done */
    known = lab->learner->progress.n;
    write_file("course.act",
               "0.0 lesson 2\n0.1 try 1\n0.2 hint\n0.3 cursor 0\n0.4 answer question=1 1\n");
    assert_true(lesson_read(lab->course.lesson[1], &e)); /* till then it has no experiments */
    hints = study_hints_shown(lab, lab->course.lesson[1], 0);
    assert_true(follow_start(lab, "course.act", false, &e));
    catch_up(lab, 1);
    study_check_goals(lab);
    assert_int_equal(study_hints_shown(lab, study_lesson(lab), 0), 1);
    assert_true(study_goal_done(lab, study_lesson(lab), 0, 0));
    follow_stop(lab);
    assert_int_equal(study_hints_shown(lab, study_lesson(lab), 0), hints);
    assert_int_equal(lab->learner->progress.n, known);
    session_close(lab);
}

static void strangers_follow_what_they_are_given(void **state)
{
    struct lab *lab = open_session(true);
    struct error e;

    (void)state;
    write_file("given.act", "0.0 fn relu\n0.1 net layers=200 width=512\n");
    lab_restrict(lab);
    fails(lab, "follow given.act", "restricted");
    assert_true(follow_start(lab, "given.act", false, &e)); /* as the command line does */
    catch_up(lab, 1);
    assert_string_equal(lab->model.fn.act->name, "relu");
    assert_int_equal(lab->model.net.layers, 8);
    run(lab, "follow leave");
    run(lab, "fn tanh");
    run(lab, "follow");
    catch_up(lab, 1);
    assert_string_equal(lab->model.fn.act->name, "relu");
    run(lab, "follow off");
    assert_null(lab->replay.follower);
    run(lab, "fn tanh");
    fails(lab, "follow given.act", "");
    run(lab, "follow"); /* whom one has followed */
    catch_up(lab, 1);
    assert_string_equal(lab->model.fn.act->name, "relu");
    run(lab, "follow off");
    session_close(lab);
    lab = open_session(true);
    fails(lab, "follow", "nobody");
    session_close(lab);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bad_lines_are_passed_over),
        cmocka_unit_test(a_stream_asks_for_no_giants),
        cmocka_unit_test(long_lines_are_passed_over),
        cmocka_unit_test(an_endless_stream_is_ended),
        cmocka_unit_test(what_is_no_stream_is_refused),
        cmocka_unit_test(pipes_can_be_followed),
        cmocka_unit_test(one_may_follow_from_now_on),
        cmocka_unit_test(a_pipe_is_recorded_into),
        cmocka_unit_test(the_teachers_progress_is_not_the_students),
        cmocka_unit_test(strangers_follow_what_they_are_given),
    };

    return cmocka_run_group_tests(tests, enter, leave);
}
