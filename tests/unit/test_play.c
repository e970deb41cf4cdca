/* test_play.c - recordings played on the screen: what is none is refused, and a message names the
 * line that an editor shows. */
#include "base/file.h"
#include "commands/source.h"
#include "replay/play.h"
#include "replay/recording.h"
#include "sessions.h"

#include <string.h>
#include <unistd.h>

static void test_empty(void **state)
{
    struct lab *lab = open_session(true);

    (void)state;
    write_file("empty.act", "");
    fails(lab, "play empty.act", "'empty.act' is empty");
    assert_null(lab->replay.player);
    write_file("blank.act", "\n\n");
    run(lab, "play blank.act");
    session_tick(lab, 1, 1);
    assert_null(lab->replay.player);       /* it has ended */
    write_file("open.act", "0.0 fn tanh"); /* without its last newline */
    run(lab, "play open.act");
    session_tick(lab, 1, 1);
    assert_null(lab->replay.player);
    assert_string_equal(lab->model.fn.act->name, "tanh");
    session_close(lab);
}

/* The shell and the screen name the same line. */
static void test_lines(void **state)
{
    struct lab *lab = open_session(true);

    (void)state;
    write_file("r.act", RECORDING_HEADER "\n\n0.0 fn tanh\n\n0.0 fn tahn\n");
    run(lab, "play r.act");
    session_tick(lab, 1, 1);
    assert_null(lab->replay.player);
    assert_true(lab->screen.message_is_error);
    if (strncmp(lab->screen.message, "r.act:5: ", 9) != 0)
        fail_msg("%s", lab->screen.message);
    lab->interactive = false;
    assert_memory_equal(fails(lab, "play r.act", "")->text, "r.act:5: ", 9);
    session_close(lab);
}

/* A line that is too long is an error in a recording as in a script. */
static void test_long_line(void **state)
{
    static char line[LINE_MAX_BYTES + 100], text[sizeof line + 100];
    struct lab *lab = open_session(true);
    struct error e;

    (void)state;
    lab->interactive = false;
    memset(line, ' ', sizeof line - 1);
    memcpy(line, "0.0 fn tanh", 11);
    for (int header = 0; header < 2; header++) {
        snprintf(text, sizeof text, "%s\n%s\n0.0 fn relu\n", header ? RECORDING_HEADER : "# script",
                 line);
        write_file("long.act", text);
        assert_false(lab_source(lab, "long.act", false, nowhere, &e));
        if (!strstr(e.text, "long.act:2: a line is longer"))
            fail_msg("%s", e.text);
        assert_string_equal(lab->model.fn.act->name, "sigmoid");
    }
    session_close(lab);
}

/* A recording may be anyone's: it makes no file, and what it does of the course is not the
 * learner's own; data of its owner's it may name. */
static void test_anyones(void **state)
{
    struct lab *lab = open_session(true);
    struct error e;

    (void)state;
    write_file("points.csv", "0,0,0\n0,1,1\n1,0,1\n1,1,0\n");
    write_file("new.act", RECORDING_HEADER "\n0 net data=points.csv\n0 lesson new planted\n");
    for (int screen = 0; screen < 2; screen++) {
        lab->interactive = screen;
        if (lab_run(lab, "play new.act", nowhere, &e))
            session_tick(lab, 1, 1);
        if (!strstr(screen ? lab->screen.message : e.text, "new.act:3: writing a lesson"))
            fail_msg("%s, %s", e.text, lab->screen.message);
        assert_string_equal(lab->model.net.file, "points.csv");
        assert_int_equal(access("planted.md", F_OK), -1);
        assert_true(lab_rights(lab) == RIGHTS_OWN && !lab->run);
    }
    session_close(lab);
}

/* What is played in a shell is a recording, also when it does not say so: else it were a script
 * with all the rights of its reader. */
static void test_no_header(void **state)
{
    static const char *const lines[] = {"record ! kept.act", "0 record ! kept.act",
                                        "export ! kept.svg", "source kept.act",
                                        "0 export ! kept.svg"};
    struct lab *lab = open_session(true);
    struct text kept = {0};
    struct error e;

    (void)state;
    lab->interactive = false;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        write_file("kept.act", "mine\n");
        write_file("evil.act", lines[i]);
        assert_memory_equal(fails(lab, "play evil.act", "")->text, "evil.act:1: ", 12);
        text_clear(&kept);
        assert_true(file_read("kept.act", 100, &kept, &e));
        assert_string_equal(kept.s, "mine\n");
        assert_int_not_equal(access("kept.svg", F_OK), 0);
    }
    write_file("bare.act", "0 fn tanh\n"); /* as on the screen */
    run(lab, "play bare.act");
    assert_string_equal(lab->model.fn.act->name, "tanh");
    write_file("dos.act", RECORDING_HEADER "\r\n0 fn elu\r\n"); /* a recording for source, too */
    run(lab, "source dos.act");
    assert_string_equal(lab->model.fn.act->name, "elu");
    text_free(&kept);
    session_close(lab);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_empty),     cmocka_unit_test(test_lines),
        cmocka_unit_test(test_long_line), cmocka_unit_test(test_anyones),
        cmocka_unit_test(test_no_header),
    };

    return cmocka_run_group_tests(tests, enter, leave);
}
