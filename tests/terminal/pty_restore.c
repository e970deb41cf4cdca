/* pty_restore.c - the terminal is given back on every way out, and the status says which it was. */
#include "../unit/folder.h"
#include "../unit/unit.h"
#include "base/clock.h"
#include "pty.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* What a shell would find: modes, cursor, screen, no colour, no paste brackets. */
static void assert_restored(struct pty *p)
{
    assert_true(pty_modes_restored(p));
    assert_true(p->screen.cursor_shown);
    assert_false(p->screen.alternate);
    assert_non_null(strstr(text_str(&p->bytes), "\x1b[?2004l"));
    assert_null(strstr(text_str(&p->bytes), "\x1b[?2004h"));
}

static void quitting(void **state)
{
    struct pty p;

    (void)state;
    pty_open(&p, NULL, NULL);
    assert_false(pty_modes_restored(&p)); /* else the test would prove nothing */
    assert_true(p.screen.alternate);
    pty_send(&p, "q");
    pty_wait(&p, 100);
    assert_true(pty_ended(&p, 2000));
    assert_restored(&p);
    assert_true(WIFEXITED(p.status) && WEXITSTATUS(p.status) == 0);
    pty_close(&p);
}

/* While it waits, while it trains, with the prompt open. */
static const char *const moods[] = {"", " ", ":net lay"};

static void die(int number, const char *term, const char *mood)
{
    struct pty_options o = {.term = term};
    struct pty p;

    pty_open(&p, &o, NULL);
    pty_send(&p, mood);
    pty_wait(&p, 60);
    kill(p.pid, number);
    pty_wait(&p, 100);
    if (!pty_ended(&p, 2000))
        fail_msg("signal %d did not end it", number);
    if (!WIFSIGNALED(p.status) || WTERMSIG(p.status) != number)
        fail_msg("signal %d: status %x", number, p.status);
    assert_true(pty_modes_restored(&p));
    if (!term) {
        assert_true(p.screen.cursor_shown);
        assert_false(p.screen.alternate);
    }
    pty_close(&p);
}

static void signals(void **state)
{
    static const int numbers[] = {SIGTERM, SIGHUP,  SIGINT,  SIGQUIT, SIGPIPE,
                                  SIGUSR1, SIGUSR2, SIGALRM, SIGXCPU};

    (void)state;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        die(numbers[i], NULL, moods[i % 3]);
    for (size_t i = 0; i < 3; i++)
        die(SIGTERM, NULL, moods[i]);
    die(SIGTERM, "vt100", "");
    die(SIGHUP, "linux", " ");
    tried("ways out", "SIGTERM HUP INT QUIT PIPE USR1 USR2 ALRM XCPU",
          "idle, training, in the prompt: terminal as it was, ended by that signal");
}

static void crashes(void **state)
{
    static const int numbers[] = {SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL};

    (void)state;
    if (PTY_SANITIZED)
        skip(); /* the sanitizer reports, and ends with a status of its own */
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        die(numbers[i], i % 2 ? "vt100" : NULL, moods[i % 3]);
    tried("ways out", "SIGSEGV ABRT BUS FPE ILL raised",
          "terminal as it was, ended by that signal");
}

/* ^C at the keyboard is a key: it leaves the prompt, or stops what runs; only a second one, with
 * nothing running, leaves the lab. */
static void interrupt_key(void **state)
{
    struct pty p;

    (void)state;
    pty_open(&p, NULL, NULL);
    pty_send(&p, ":alp");
    pty_expect(&p, ":alp");
    pty_type(&p, "\x03");
    assert_false(p.ended);
    assert_false(pty_shows(&p, ":alp"));
    pty_send(&p, " ");
    pty_expect(&p, "pause");
    pty_type(&p, "\x03");
    pty_expect(&p, "stopped: ctrl-c again leaves");
    pty_type(&p, ".");
    pty_expect(&p, "tanh"); /* another key takes the question back */
    pty_type(&p, "\x03");
    pty_expect(&p, "nothing runs: ctrl-c again leaves");
    assert_false(p.ended);
    pty_send(&p, "\x03");
    assert_true(pty_ended(&p, 2000));
    assert_true(pty_modes_restored(&p));
    pty_close(&p);
}

/* A long command is stopped by ^C, and the program stays; a signal that asks for the end need not
 * wait for it. */
static void long_command(void **state)
{
    struct pty p;

    (void)state;
    pty_open(&p, NULL, NULL);
    pty_send(&p, ":train 1000000 epochs\r");
    pty_works(&p, 0.2);
    pty_send(&p, "\x03");
    pty_expect(&p, "stopped at step");
    pty_type(&p, "\x1b");
    assert_false(p.ended);
    pty_send(&p, ":net samples=100000 batch=all layers=20 width=512\r");
    pty_expect(&p, "20x512");
    pty_send(&p, ":step\r"); /* half a minute on a fast machine */
    pty_wait(&p, 200);
    pty_send(&p, "\x03");
    pty_expect(&p, "stopped at step 0");
    pty_send(&p, "\x1b");
    pty_wait(&p, 100);
    pty_send(&p, ":net samples=200 batch=10 layers=8 width=16\r");
    pty_expect(&p, "8x16");
    pty_send(&p, ":train 1000000 epochs\r");
    pty_works(&p, 0.2);
    kill(p.pid, SIGTERM);
    assert_true(pty_ended(&p, 1000));
    assert_true(WIFSIGNALED(p.status) && WTERMSIG(p.status) == SIGTERM);
    assert_true(pty_modes_restored(&p));
    assert_false(p.screen.alternate);
    assert_true(p.screen.cursor_shown);
    pty_close(&p);
}

/* A line of a recording may be long, too: ^Z need not wait for it, ^C ends it and the playing, not
 * the program. */
static void long_line(void **state)
{
    struct pty p;

    (void)state;
    write_file(pty_path("long.act"), "0 train 100000000 epochs\n");
    pty_open(&p, NULL, NULL);
    pty_command(&p, "play %s", pty_path("long.act"));
    pty_works(&p, 0.2);
    pty_send(&p, "\x1a");
    pty_until(&p, strstr(text_str(&p.bytes), "\x1b[?1049l") &&
                      strstr(text_str(&p.bytes), "\x1b[?1049h"));
    pty_send(&p, "\x03");
    pty_expect(&p, "long.act:1: stopped at step");
    pty_quit(&p, "q");
}

/* While a class is led, q asks once; what another key does takes the question back. */
static void recording(void **state)
{
    static const char *const ways[] = {"qq", ":quit\r:quit\r"};
    struct pty p;

    (void)state;
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        pty_open(&p, NULL, NULL);
        pty_command(&p, "record ! %s", pty_path("led.act"));
        pty_expect(&p, "Recording to");
        pty_send(&p, "q");
        pty_expect(&p, "this is being recorded: q again ends the recording and leaves");
        pty_send(&p, ".");
        pty_expect(&p, " tanh ");
        pty_send(&p, "q");
        pty_expect(&p, "this is being recorded");
        pty_send(&p, ",");
        pty_expect(&p, " sigmoid ");
        assert_false(p.ended);
        pty_quit(&p, ways[i]);
    }
}

static void quit_key(void **state)
{
    struct pty p;

    (void)state;
    pty_open(&p, NULL, NULL);
    pty_send(&p, "\x1c");
    assert_true(pty_ended(&p, 2000));
    assert_true(WIFSIGNALED(p.status) && WTERMSIG(p.status) == SIGQUIT);
    assert_true(pty_modes_restored(&p));
    pty_close(&p);
}

static bool stopped(struct pty *p)
{
    for (int i = 0; i < 100; i++) {
        if (waitpid(p->pid, &p->status, WNOHANG | WUNTRACED) == p->pid)
            return WIFSTOPPED(p->status);
        usleep(20000);
    }
    return false;
}

/* A stop by ^Z or by anyone gives the terminal back; continuing takes it again and draws all of it.
 * A session leader is never stopped by SIGTSTP (its group is an orphan), so it is SIGSTOP that
 * stops it here; what comes before and after is the program's own. */
static void suspending(void **state)
{
    struct pty p;

    (void)state;
    pty_open(&p, NULL, NULL);
    pty_send(&p, "\x1a");
    pty_settle(&p, 100); /* not stopped for good: it comes back at once, drawn whole */
    assert_false(p.ended);
    assert_non_null(strstr(text_str(&p.bytes), "\x1b[?1049l"));
    assert_non_null(strstr(text_str(&p.bytes), "\x1b[?1049h"));
    assert_true(pty_shows(&p, "sigmoid"));
    kill(p.pid, SIGSTOP);
    assert_true(stopped(&p));
    tcsetattr(p.slave, TCSANOW, &p.modes); /* as a shell does */
    pty_resize(&p, 30, 100);
    kill(p.pid, SIGCONT);
    pty_settle(&p, 100);
    assert_false(pty_modes_restored(&p));
    assert_true(pty_shows(&p, "sigmoid"));
    pty_quit(&p, "q");
    tried("ways out", "SIGTSTP by ^Z, SIGSTOP, SIGCONT in a window of another size",
          "terminal given back, then drawn whole");
}

/* The line is cut: it ends soon, and does not spin until then. So, too, when SIGHUP is ignored, as
 * under nohup: then it is the lost terminal that is noticed. */
static void gone(void **state)
{
    static const char *const deaf[] = {"-c", "trap '' HUP; exec \"$ACTLAB\"", NULL};
    double slowest = 0, most = 0;

    (void)state;
    for (int i = 0; i < 8; i++) {
        struct pty_options o = {.program = i < 4 ? NULL : "/bin/sh"};
        struct pty p;
        double before, cpu, begun;

        pty_open(&p, &o, i < 4 ? NULL : deaf);
        pty_send(&p, i % 4 < 3 ? moods[i % 4] : ":train 100000000 epochs\r");
        pty_wait(&p, 100);
        before = cpu = pty_cpu_seconds(&p);
        begun = clock_now();
        pty_hang_up(&p);
        while (!p.ended && clock_now() < begun + at_most(5)) {
            double now = pty_cpu_seconds(&p);

            cpu = now > cpu ? now : cpu;
            usleep(2000);
            p.ended = waitpid(p.pid, &p.status, WNOHANG) == p.pid;
        }
        assert_true(p.ended);
        assert_true(WIFSIGNALED(p.status) && WTERMSIG(p.status) == SIGHUP);
        slowest = clock_now() - begun > slowest ? clock_now() - begun : slowest;
        most = cpu - before > most ? cpu - before : most;
        pty_close(&p);
    }
    assert_true(slowest < at_most(2));
    assert_true(most < 0.1);
    tried("ways out", "the terminal gone, with SIGHUP and with it ignored",
          "ended after %.0f ms at most, %.0f ms of a processor used", 1000 * slowest, 1000 * most);
}

/* Nobody reads what it writes, whether a frame fits into what is left of the line or not: a signal
 * ends it all the same. */
static void stalled(void **state)
{
    static const struct pty_options sizes[] = {{.rows = 24, .cols = 80}, {.rows = 60, .cols = 200}};

    (void)state;
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
        struct pty p;

        pty_open(&p, &sizes[k], NULL);
        for (int i = 0; i < 200; i++) { /* far more than the line holds */
            pty_send(&p, i % 2 ? "z" : "\t");
            usleep(2000);
        }
        kill(p.pid, SIGTERM);
        for (int i = 0; i < at_most(250) && !p.ended; i++) {
            usleep(20000);
            p.ended = waitpid(p.pid, &p.status, WNOHANG) == p.pid;
        }
        assert_true(p.ended);
        assert_true(WIFSIGNALED(p.status) && WTERMSIG(p.status) == SIGTERM);
        assert_true(pty_modes_restored(&p));
        pty_close(&p);
    }
}

/* No memory is left for whatever comes next, the terminal's last bytes among it. */
static void poor(void **state)
{
    int ended = 0;

    (void)state;
    if (PTY_SANITIZED) /* its own memory is without limit */
        skip();
    for (int kilobytes = 600; kilobytes <= 4000; kilobytes += 100) {
        char line[80];
        const char *const words[] = {"-c", line, NULL};
        struct pty_options o = {.program = "/bin/sh"};
        struct pty p;

        snprintf(line, sizeof line, "ulimit -d %d && exec \"$ACTLAB\"", kilobytes);
        pty_start(&p, &o, words);
        pty_settle(&p, 20);
        if (!p.ended)
            pty_send(&p, ":lesson 2\r:fn gelu\r:help net\r");
        pty_settle(&p, 20);
        if (p.ended) {
            ended++;
            assert_true(pty_modes_restored(&p));
            assert_false(p.screen.alternate);
        }
        pty_close(&p);
    }
    tried("ways out", "no memory left, of 0.6 to 4 MB, by 0.1 MB",
          "%d of 35 ended early: terminal as it was", ended);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quitting),      cmocka_unit_test(signals),    cmocka_unit_test(crashes),
        cmocka_unit_test(interrupt_key), cmocka_unit_test(recording),  cmocka_unit_test(quit_key),
        cmocka_unit_test(long_command),  cmocka_unit_test(suspending), cmocka_unit_test(gone),
        cmocka_unit_test(stalled),       cmocka_unit_test(poor),       cmocka_unit_test(long_line),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
