/* test_replaced.c - a file that is followed: it may not be there yet, be written again, be replaced
 * by another one, rest, and end. */
#include "commands/source.h"
#include "replay/follow.h"
#include "replay/recording.h"
#include "sessions.h"

#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* A class that comes before its teacher. */
static void one_may_wait_for_the_teacher(void **state)
{
    struct lab *lab = open_session(true);
    struct follow_place p;

    (void)state;
    fails(lab, "follow late.act", "--wait");
    fails(lab, "follow no/such/late.act --wait", "");
    run(lab, "follow late.act --wait");
    catch_up(lab, 1);
    assert_true(follow_place(lab, &p) && p.waiting && follow_watches(lab) && !follow_behind(lab));
    append("late.act", RECORDING_HEADER "\n0.0 restart\n0.1 fn elu\n");
    catch_up(lab, 1);
    assert_true(follow_place(lab, &p) && !p.waiting && p.failed == 0);
    assert_string_equal(lab->model.fn.act->name, "elu");
    run(lab, "follow later.act --wait");
    assert_int_equal(mkdir("later.act", 0700), 0); /* something else comes, and goes */
    catch_up(lab, 1);
    assert_true(follow_place(lab, &p) && p.waiting && follow_watches(lab));
    assert_non_null(strstr(lab->screen.message, "a folder"));
    lab->screen.message[0] = '\0';
    catch_up(lab, 1);
    assert_string_equal(lab->screen.message, ""); /* is told once */
    assert_int_equal(rmdir("later.act"), 0);
    append("later.act", "0.0 fn relu\n");
    catch_up(lab, 1);
    assert_string_equal(lab->model.fn.act->name, "relu");
    assert_int_equal(unlink("later.act"), 0); /* also in the middle of a lecture */
    assert_int_equal(mkdir("later.act", 0700), 0);
    catch_up(lab, 1);
    assert_int_equal(rmdir("later.act"), 0);
    append("later.act", RECORDING_HEADER "\n0.0 fn tanh\n");
    catch_up(lab, 1);
    assert_string_equal(lab->model.fn.act->name, "tanh");
    session_close(lab);
}

static void a_new_recording_begins_again(void **state)
{
    struct lab *lab = open_session(true);
    struct follow_place p;
    struct error e;

    (void)state;
    write_file("again.act",
               RECORDING_HEADER "\n0.0 restart\n0.1 def mine(x)=x\n0.2 fn mine\n0.3 step 9\n");
    assert_true(follow_start(lab, "again.act", false, &e));
    catch_up(lab, 1);
    assert_string_equal(lab->model.fn.act->name, "mine");
    write_file("again.act", ""); /* record ! again.act */
    append("again.act", RECORDING_HEADER "\n0.0 restart\n");
    catch_up(lab, 1);
    assert_string_equal(lab->model.fn.act->name, "sigmoid");
    assert_null(functions_find(lab->model.functions, "mine", NULL));
    assert_int_equal(trainer_steps(lab->model.trainer), 0);
    write_file("other.act", RECORDING_HEADER "\n0.0 restart\n0.1 fn elu\n");
    assert_int_equal(rename("other.act", "again.act"), 0);
    catch_up(lab, 1);
    assert_string_equal(lab->model.fn.act->name, "elu");
    assert_true(follow_place(lab, &p) && p.lines == 3 && p.failed == 0); /* of this one */
    append("again.act", "torn\n" RECORDING_HEADER "\r\n0.0 restart\r\n");
    catch_up(lab, 1);
    assert_true(follow_place(lab, &p) && p.lines == 2 && p.failed == 0);
    session_close(lab);
}

/* Written anew at its place and at least as long, as cp does: no size tells. */
static void what_is_written_over_begins_again(void **state)
{
    static const char first[] = RECORDING_HEADER "\n0.0 restart\n0.1 fn gelu\n0.2 cursor 2\n",
                      second[] = RECORDING_HEADER "\n0.0 restart\n0.1 fn tanh\n0.2 cursor 1\n",
                      third[] = RECORDING_HEADER "\n0.0 restart\n0.1 fn elu\n0.2 net layers=3\n"
                                                 "0.3 net width=8\n0.4 cursor 1\n";
    struct lab *lab = open_session(true);
    struct follow_place p;
    struct error e;

    (void)state;
    write_file("over.act", first);
    assert_true(follow_start(lab, "over.act", 0, &e));
    catch_up(lab, 1);
    assert_string_equal(lab->model.fn.act->name, "gelu");
    write_file("over.act", second); /* of the same length */
    catch_up(lab, 1);
    assert_string_equal(lab->model.fn.act->name, "tanh");
    write_file("over.act", third);
    catch_up(lab, 1);
    assert_string_equal(lab->model.fn.act->name, "elu");
    assert_int_equal(lab->model.net.layers, 3);
    assert_int_equal(lab->model.net.width, 8);
    assert_true(follow_place(lab, &p));
    assert_int_equal(p.failed, 0);
    session_close(lab);
}

/* A file that has long been still is only glanced at: what comes then is seen none the less. */
static void what_rests_is_still_heard(void **state)
{
    static const char first[] = RECORDING_HEADER "\n0.0 restart\n0.1 fn gelu\n",
                      second[] = RECORDING_HEADER "\n0.0 restart\n0.1 fn tanh\n";
    struct lab *lab = open_session(true);
    const struct timespec second_and_a_bit = {1, 100 * 1000 * 1000};
    struct error e;

    (void)state;
    write_file("rest.act", first);
    assert_true(follow_start(lab, "rest.act", 0, &e));
    for (int i = 0; i < 3; i++) {
        catch_up(lab, 1);
        nanosleep(&second_and_a_bit, NULL);
    }
    catch_up(lab, 1);
    assert_string_equal(lab->model.fn.act->name, "gelu");
    append("rest.act", "0.2 fn relu\n");
    catch_up(lab, 1);
    assert_string_equal(lab->model.fn.act->name, "relu");
    for (int i = 0; i < 3; i++) {
        nanosleep(&second_and_a_bit, NULL);
        catch_up(lab, 1);
    }
    write_file("rest.act", second);
    append("rest.act", "0.2 fn mish\n"); /* as long as it was */
    catch_up(lab, 1);
    assert_string_equal(lab->model.fn.act->name, "mish");
    session_close(lab);
}

/* Two lectures under one name: nobody sees the middle of one after the beginning of the other. */
static void a_recording_is_replaced_as_a_whole(void **state)
{
    struct lab *teacher = open_session(true), *student = open_session(true);
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
    fails(teacher, "record two.link", "");
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
    session_close(teacher);
    session_close(student);
}

/* Who follows is told that the lecture is over, and when it goes on after all. */
static void the_end_of_a_recording_is_told(void **state)
{
    struct lab *teacher = open_session(true), *student = open_session(true);
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
    assert_non_null(strstr(student->screen.message, "has ended"));
    assert_true(follow_watches(student)); /* another one may come */
    run(teacher, "record ! end.act");
    catch_up(student, 1);
    assert_true(follow_place(student, &p) && !p.ended);
    same(teacher, student, "the next lecture");
    run(teacher, "record off");
    session_close(student);
    student = open_session(false);
    play_whole(student, "end.act", "end.act"); /* also when it is played */
    session_close(teacher);
    session_close(student);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_may_wait_for_the_teacher),
        cmocka_unit_test(a_new_recording_begins_again),
        cmocka_unit_test(what_is_written_over_begins_again),
        cmocka_unit_test(what_rests_is_still_heard),
        cmocka_unit_test(a_recording_is_replaced_as_a_whole),
        cmocka_unit_test(the_end_of_a_recording_is_told),
    };

    return cmocka_run_group_tests(tests, enter, leave);
}
