/* test_signals.c - demands to end that nobody heeds: whatever is at work, however deep, the
 * terminal is restored and the program ends by the signal that asked for it. Each case is a process
 * of its own in a terminal of its own, which does nothing else for ever. */
#include "tui/signals.h"
#include "unit.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static const char restoring[] = "RESTORED";

struct terminal {
    int master, slave;
    pid_t pid;
    struct termios modes;
    char seen[256];
    size_t n;
};

/* How the process stands when the signal comes. */
enum work { AT_REST, IN_A_COMMAND, UNDER_A_LIMIT };

_Noreturn static void work_for_ever(struct terminal *t, enum work work)
{
    const struct rlimit none = {0, 0};
    struct termios raw = t->modes;
    struct error e;

    setrlimit(RLIMIT_CORE, &none);
    close(t->master);
    setsid();
    ioctl(t->slave, TIOCSCTTY, 0);
    for (int fd = 0; fd < 3; fd++)
        dup2(t->slave, fd);
    if (!signals_start(&e))
        _exit(99);
    raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
    tcsetattr(0, TCSANOW, &raw);
    signals_arm(&t->modes, restoring, strlen(restoring));
    if (work == IN_A_COMMAND)
        signals_busy(true);
    if (work == UNDER_A_LIMIT)
        signals_limit_always(1);
    if (write(1, "ready", 5) != 5)
        _exit(99);
    for (volatile unsigned long turns = 0;; turns++)
        ;
}

/* Reads for at most so many hundredths of a second, until the text has come. */
static bool reads(struct terminal *t, const char *text, int hundredths)
{
    struct pollfd master = {.fd = t->master, .events = POLLIN};

    for (int i = 0; i <= hundredths && !strstr(t->seen, text); i++) {
        ssize_t n = 0;

        if (poll(&master, 1, 10) > 0 && t->n < sizeof t->seen - 1)
            n = read(t->master, t->seen + t->n, sizeof t->seen - 1 - t->n);
        if (n > 0)
            t->n += (size_t)n;
    }
    return strstr(t->seen, text);
}

static void begin(struct terminal *t, enum work work)
{
    *t = (struct terminal){.master = posix_openpt(O_RDWR | O_NOCTTY)};
    assert_true(t->master >= 0 && grantpt(t->master) == 0 && unlockpt(t->master) == 0);
    t->slave = open(ptsname(t->master), O_RDWR | O_NOCTTY);
    assert_true(t->slave >= 0);
    assert_int_equal(tcgetattr(t->slave, &t->modes), 0);
    t->pid = fork();
    assert_true(t->pid >= 0);
    if (t->pid == 0)
        work_for_ever(t, work);
    assert_true(reads(t, "ready", 3000));
}

/* Ended by this signal, with the terminal as it was. */
static void assert_ends_by(struct terminal *t, int number)
{
    struct termios now;
    int status;

    if (!reads(t, restoring, 6000))
        fail_msg("signal %d: the terminal was not restored", number);
    assert_int_equal(waitpid(t->pid, &status, 0), t->pid);
    if (!WIFSIGNALED(status) || WTERMSIG(status) != number)
        fail_msg("signal %d: status %x", number, status);
    assert_int_equal(tcgetattr(t->slave, &now), 0);
    assert_true(now.c_lflag == t->modes.c_lflag);
    close(t->master);
    close(t->slave);
}

static void test_demands(void **state)
{
    static const int numbers[] = {SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGXCPU, SIGALRM};
    enum { N = sizeof numbers / sizeof *numbers };
    struct terminal t[2 * N];

    (void)state;
    for (int i = 0; i < 2 * N; i++)
        begin(&t[i], i < N ? AT_REST : IN_A_COMMAND);
    for (int i = 0; i < 2 * N; i++)
        kill(t[i].pid, numbers[i % N]);
    for (int i = 0; i < 2 * N; i++)
        assert_ends_by(&t[i], numbers[i % N]);
    tried("ways out", "SIGTERM HUP INT QUIT XCPU ALRM while something never ends",
          "within a second or so: terminal as it was, ended by that signal");
}

/* More demands do not begin the waiting anew. */
static void test_demands_again(void **state)
{
    struct terminal t;
    bool over = false;

    (void)state;
    begin(&t, AT_REST);
    for (int i = 0; i < 600 && !over; i++) {
        kill(t.pid, i % 2 ? SIGHUP : SIGTERM);
        over = reads(&t, restoring, 10);
    }
    assert_true(over);
    waitpid(t.pid, NULL, 0);
    close(t.master);
    close(t.slave);
}

/* ^C is a key, until it is typed again and nobody has heard the first. */
static void test_typed(void **state)
{
    struct terminal t;

    (void)state;
    for (int work = AT_REST; work <= IN_A_COMMAND; work++) {
        begin(&t, work);
        assert_int_equal(write(t.master, "\x03", 1), 1);
        assert_false(reads(&t, restoring, 130));
        assert_int_equal(waitpid(t.pid, NULL, WNOHANG), 0);
        assert_int_equal(write(t.master, "\x03", 1), 1);
        assert_ends_by(&t, SIGINT);
    }
}

static void test_limit(void **state)
{
    struct terminal t;

    (void)state;
    begin(&t, UNDER_A_LIMIT);
    assert_ends_by(&t, SIGPROF);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_demands),
        cmocka_unit_test(test_demands_again),
        cmocka_unit_test(test_typed),
        cmocka_unit_test(test_limit),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
