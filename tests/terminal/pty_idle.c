/* pty_idle.c - a program that waits asks the system for nothing: no call in ten seconds, whatever
 * is on the screen. */
#include "../unit/unit.h"
#include "base/clock.h"
#include "pty.h"

#include <stdio.h>

enum { SECONDS = 10 };

static const struct {
    const char *name;
    const char *option;
    const char *keys[6];
    const char *shows;
} rests[] = {
    {"at rest", NULL, {"."}, "tanh"},
    {"prompt open", NULL, {":net lay"}, ":net lay"},
    {"help open", NULL, {"?"}, "Keys"},
    {"lesson", NULL, {":lesson 2\r", ":try 1\r"}, "lesson 2/"},
    {"after training", NULL, {" ", ":pause\r"}, "step"},
    {"after a race", NULL, {":race sigmoid tanh\r", "z", "z"}, "tanh"},
    {"--slow", "--slow", {"s", ":fn gelu\r"}, "gelu"},
    {"no room", NULL, {"."}, "40x12"},
};

enum { RESTS = sizeof rests / sizeof *rests };

static void idle(void **state)
{
    static struct pty p[RESTS];
    double begun, cpu[RESTS];

    (void)state;
    for (size_t i = 0; i < RESTS; i++) {
        const char *argv[] = {rests[i].option, NULL};
        struct pty_options o = {.traced = true};

        pty_open(&p[i], &o, argv);
        for (size_t k = 0; k < 6 && rests[i].keys[k]; k++) {
            pty_send(&p[i], rests[i].keys[k]);
            pty_wait(&p[i], 150);
        }
        if (i + 1 == RESTS)
            pty_resize(&p[i], 8, 30);
        pty_expect(&p[i], rests[i].shows);
        pty_settle(&p[i], 200);
    }
    for (size_t i = 0; i < RESTS; i++) {
        p[i].calls = 0;
        cpu[i] = pty_cpu_seconds(&p[i]);
    }
    begun = clock_now();
    while (clock_now() < begun + SECONDS)
        for (size_t i = 0; i < RESTS; i++)
            if (pty_wait(&p[i], 50) > 0)
                fail_msg("%s: %zu bytes while idle", rests[i].name, p[i].bytes.len);
    for (size_t i = 0; i < RESTS; i++) {
        pty_wait(&p[i], 20);
#ifdef __linux__
        if (p[i].calls)
            fail_msg("%s: %ld system calls in %d s", rests[i].name, p[i].calls, SECONDS);
#endif
        if (pty_cpu_seconds(&p[i]) > cpu[i])
            fail_msg("%s: used the processor", rests[i].name);
        pty_send(&p[i], "\x1b"); /* and it still answers */
        pty_send(&p[i], "q");
        pty_close(&p[i]);
    }
    tried("thrift", "idle for 10 s",
          "no system call, in %d states: prompt or help open, a lesson, after training, ...",
          RESTS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(idle)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
