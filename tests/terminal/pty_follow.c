/* pty_follow.c - a class in terminals: a teacher who records, students who follow the file, and one
 * who gets it through a pipe. */
#include "../unit/folder.h"
#include "../unit/unit.h"
#include "base/clock.h"
#include "pty.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static char lecture[300];

static void fresh_lecture(void)
{
    snprintf(lecture, sizeof lecture, "%s", pty_path("lecture.act"));
    unlink(lecture);
}

static void start_teacher(struct pty *p)
{
    pty_open(p, NULL, NULL);
    pty_command(p, "record %s", lecture);
    pty_settle(p, 60);
}

static void start_student(struct pty *p, int rows, int cols)
{
    const char *words[] = {"--no-rc",       "-c",     "set theme light", "-c",
                           "charset ascii", "follow", lecture,           NULL};
    struct pty_options o = {.rows = rows, .cols = cols};

    pty_start(p, &o, words);
    pty_expect(p, "following");
}

/* The digest that `state` shows. */
static void digest_of(struct pty *p, char out[32])
{
    out[0] = '\0';
    pty_send(p, ":state\r");
    pty_expect(p, "# digest");
    for (int row = 0; row < p->screen.rows; row++) {
        const char *s = strstr(pty_row(p, row), "# digest");

        if (s)
            snprintf(out, 32, "%.25s", s);
    }
    pty_send(p, "q"); /* leaves the text */
    pty_settle(p, 60);
}

/* The same of the recording, played by the shell. */
static void played_digest(char out[32])
{
    struct text state = {0};
    const char *at;

    assert_int_equal(pty_shell("$A --no-rc -f \"$D/lecture.act\" -c state", &state), 0);
    at = strstr(state.s, "# digest");
    assert_non_null(at);
    snprintf(out, 32, "%.*s", (int)strcspn(at, "\n"), at);
    text_free(&state);
}

static void students_see_what_the_teacher_does(void **state)
{
    struct pty teacher, student, late;
    char said[32], seen[32];

    (void)state;
    fresh_lecture();
    start_teacher(&teacher);
    start_student(&student, 40, 100);
    pty_send(&teacher, "6");
    pty_expect(&student, " gelu ");
    pty_send(&teacher, "++");
    pty_expect(&student, "10x16");
    pty_send(&teacher, ":net lr=0.05\r ");
    pty_wait(&teacher, 700); /* the network trains, by the clock */
    pty_send(&teacher, " ");
    pty_settle(&teacher, 100);
    digest_of(&teacher, said);
    for (int i = 0; i < 50; i++) { /* until the last lines have come */
        digest_of(&student, seen);
        if (strcmp(said, seen) == 0)
            break;
        pty_wait(&student, 100);
    }
    assert_string_equal(said, seen);
    assert_true(pty_shows(&student, "following")); /* looking is no leaving */

    start_student(&late, 24, 80);
    digest_of(&late, seen);
    assert_string_equal(said, seen);
    pty_quit(&late, "q");

    pty_send(&teacher, "n");
    pty_expect(&student, "lesson 1/");
    pty_quit(&teacher, "qq"); /* it asks once */
    pty_quit(&student, "q");

    played_digest(seen); /* the lesson changed it since */
}

/* What was recorded while a network trained by the clock plays to the same bits. */
static void recordings_play_to_the_same_bits(void **state)
{
    struct pty teacher;
    char said[32], seen[32];

    (void)state;
    fresh_lecture();
    pty_open(&teacher, NULL, NULL);
    pty_send(&teacher, "3 "); /* the recording begins in the middle */
    pty_wait(&teacher, 300);
    pty_send(&teacher, ":swap tanh\r:kill 2\r");
    pty_command(&teacher, "record %s", lecture);
    pty_wait(&teacher, 300);
    pty_send(&teacher, "uua>x:until epoch > 20\r");
    pty_wait(&teacher, 500);
    pty_send(&teacher, ":pause\r");
    pty_settle(&teacher, 100);
    digest_of(&teacher, said);
    pty_quit(&teacher, "qq"); /* it asks once */
    played_digest(seen);
    assert_string_equal(seen, said);
}

static void one_breaks_away_and_comes_back(void **state)
{
    struct pty p;

    (void)state;
    fresh_lecture();
    append(lecture, "# actlab recording 1\n0.000 restart\n0.1 fn tanh\n");
    start_student(&p, 24, 80);
    pty_expect(&p, " tanh ");
    pty_send(&p, "zz?"); /* looking around */
    pty_expect(&p, "cursor to the left");
    pty_send(&p, "q");
    pty_settle(&p, 60);
    assert_true(pty_shows(&p, "following"));
    pty_send(&p, "3");
    pty_expect(&p, " relu ");
    pty_expect(&p, "by yourself");
    append(lecture, "2.0 fn gelu\n");
    pty_wait(&p, 400);
    assert_true(pty_shows(&p, " relu "));
    pty_send(&p, "R");
    pty_expect(&p, " gelu ");
    pty_expect(&p, "following");
    pty_send(&p, "\x1b[24;5~"); /* a key that is bound to nothing leaves, too */
    pty_expect(&p, "by yourself");
    pty_send(&p, "R");
    pty_expect(&p, "following");
    append(lecture, "nonsense\n3.0 fn nothing\n4.0 fn el"); /* torn */
    pty_expect(&p, "2 bad");
    append(lecture, "u\n");
    pty_expect(&p, " elu ");
    assert_true(pty_shows(&p, "2 bad"));
    pty_quit(&p, "q");
}

/* A stream that asks for what takes hours: a key breaks away from it all the same, and one that was
 * typed to leave, leaves. */
static void a_long_line_is_broken_away_from(void **state)
{
    static const char *const lines[] = {
        "0.2 train 1000000 epochs\n",
        "0.2 race relu tanh gelu elu epochs=1000000\n",
        "0.2 watch loss epochs=1000000\n",
        "0.2 layers epochs=1000000\n",
        "0.2 step 10000000\n0.3 back 1\n0.4 train 1000000 epochs\n0.5 train 1000000 epochs\n",
    };
    double longest = 0;
    struct pty p;

    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        double begun;

        fresh_lecture();
        append(lecture, "# actlab recording 1\n0.000 restart\n0.1 fn tanh\n");
        start_student(&p, 24, 80);
        pty_expect(&p, " tanh ");
        append(lecture, lines[i]);
        pty_wait(&p, 300);
        begun = clock_now();
        pty_send(&p, "3");
        pty_expect(&p, " relu ");
        pty_expect(&p, "by yourself");
        longest = clock_now() - begun > longest ? clock_now() - begun : longest;
        pty_send(&p, "R");
        pty_wait(&p, 100);
        for (int k = 0; k < 6 && !pty_ended(&p, 500); k++)
            pty_send(&p, "\x03"); /* for the line, and to leave */
        assert_true(pty_ended(&p, 3000));
        assert_true(WIFEXITED(p.status) && pty_modes_restored(&p));
        pty_close(&p);
    }
    tried("class",
          "a stream that asks for training without an end, race, watch and layers among it",
          "any key breaks away, after %.2f s at most; ctrl-c ends", longest);
}

/* As the teacher's program writes after much work: the whole state of a lab with this function.
 */
static void append_state(const char *function)
{
    char command[1200], line[1024];
    FILE *recorded;

    snprintf(command, sizeof command,
             "'%s' --no-rc -c 'fn %s' -c 'record ! %s.one' && cat '%s.one' && rm '%s.one'",
             getenv("ACTLAB"), function, lecture, lecture, lecture);
    recorded = popen(command, "r");
    while (fgets(line, sizeof line, recorded))
        if (strncmp(line, "# actlab", 8) != 0 && strncmp(line, "# end of the rec", 16) != 0)
            append(lecture, line);
    assert_int_equal(pclose(recorded), 0);
}

/* A student who comes while the teacher's last line trains, for minutes perhaps, sees how far it
 * is; the training of a network that is gone by then is not waited for. */
static void who_comes_late_sees_something_at_once(void **state)
{
    const char *words[] = {"--no-rc", "follow", lecture, NULL};
    double begun = clock_now(), seen;
    struct pty p;

    (void)state;
    fresh_lecture();
    append(lecture, "# actlab recording 1\n0.000 restart\n0.1 fn tanh\n0.2 train 1000000 epochs\n");
    pty_start(&p, NULL, words);
    pty_expect(&p, "catching up ");
    seen = clock_now() - begun;
    pty_expect(&p, " tanh ");
    pty_expect(&p, " epoch 1"); /* and it moves */
    assert_true(pty_shows(&p, "catching up "));
    append(lecture, "0.3 fn elu\n");
    append_state("elu"); /* all that is in vain now */
    pty_expect(&p, " elu ");
    pty_expect(&p, "following");
    tried("class", "joining while the teacher trains for minutes", "sees it after %.2f s", seen);
    pty_quit(&p, "q");
}

/* A student's line was cut without a word while the lecture goes on. The last picture that the
 * terminal takes may end just where its room ends, too: then no write waits. */
static void who_takes_no_picture_does_not_follow(void **state)
{
    const char *words[] = {"--no-rc", "-c", "set idle_timeout 1", "follow", lecture, NULL};
    struct pty_options o = {.rows = 60, .cols = 200};
    struct pty p;
    double begun;

    (void)state;
    fresh_lecture();
    append(lecture, "# actlab recording 1\n0.000 restart\n");
    pty_start(&p, &o, words);
    pty_expect(&p, "following");
    begun = clock_now();
    for (int i = 0; !p.ended && clock_now() < begun + 60; i++) {
        append(lecture, i % 2 ? "0.1 fn tanh\n0.1 step 50\n" : "0.1 fn gelu\n0.1 netview next\n");
        usleep(50000);
        p.ended = waitpid(p.pid, &p.status, WNOHANG) == p.pid;
    }
    assert_true(p.ended);
    assert_true(pty_modes_restored(&p));
    pty_close(&p);
}

static void following_costs_nothing_while_nothing_comes(void **state)
{
    struct pty p;
    double before;

    (void)state;
    fresh_lecture();
    append(lecture, "0.1 fn tanh\n");
    start_student(&p, 24, 80);
    pty_settle(&p, 100);
    before = pty_cpu_seconds(&p);
    assert_int_equal(pty_wait(&p, 1500), 0); /* and not a byte */
    assert_true(pty_cpu_seconds(&p) - before < 0.1);
    pty_quit(&p, "q");
}

static void a_stream_on_standard_input_leaves_the_keys_alone(void **state)
{
    const char *words[] = {
        "-c", "tail -n +1 -F \"$LECTURE\" 2>/dev/null | \"$ACTLAB\" --no-rc follow -", NULL};
    char file[320];
    const char *set[] = {file, NULL};
    struct pty_options o = {.program = "/bin/sh", .set = set};
    struct pty p;

    (void)state;
    fresh_lecture();
    snprintf(file, sizeof file, "LECTURE=%s", lecture);
    append(lecture, "# actlab recording 1\n0.000 restart\n0.1 fn tanh\n0.2 step 100\n");
    pty_start(&p, &o, words);
    pty_expect(&p, " tanh ");
    pty_expect(&p, "following");
    pty_expect(&p, "step 100");
    append(lecture, "0.3 fn swish\n");
    pty_expect(&p, " swish ");
    pty_send(&p, "3");
    pty_expect(&p, " relu ");
    pty_send(&p, "R");
    pty_expect(&p, " swish ");
    pty_send(&p, "\x03"); /* for the whole pipeline */
    assert_true(pty_ended(&p, 5000));
    assert_true(pty_modes_restored(&p));
    pty_close(&p);
}

/* The stream's end is told; the lab stays. */
static void a_stream_may_end(void **state)
{
    const char *words[] = {"-c", "printf '0.0 fn tanh\\n' | \"$ACTLAB\" --no-rc follow -", NULL};
    struct pty_options o = {.program = "/bin/sh"};
    struct pty p;

    (void)state;
    pty_start(&p, &o, words);
    pty_expect(&p, " tanh ");
    pty_expect(&p, "has ended");
    pty_send(&p, "3");
    pty_expect(&p, " relu ");
    pty_quit(&p, "q");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(students_see_what_the_teacher_does),
        cmocka_unit_test(recordings_play_to_the_same_bits),
        cmocka_unit_test(one_breaks_away_and_comes_back),
        cmocka_unit_test(a_long_line_is_broken_away_from),
        cmocka_unit_test(who_comes_late_sees_something_at_once),
        cmocka_unit_test(who_takes_no_picture_does_not_follow),
        cmocka_unit_test(following_costs_nothing_while_nothing_comes),
        cmocka_unit_test(a_stream_on_standard_input_leaves_the_keys_alone),
        cmocka_unit_test(a_stream_may_end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
