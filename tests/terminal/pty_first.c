/* pty_first.c - the first frame against a bare curses program's, in the same run: time and memory.
 */
#include "../unit/unit.h"
#include "base/clock.h"
#include "base/number.h"
#include "pty.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { ROUNDS = 30 };

struct cost {
    double seconds[ROUNDS], running[ROUNDS];
    long kib;
};

static void measure(const char *program, const char *shows, int round, struct cost *cost)
{
    struct pty_options o = {.program = program};
    struct pty p;
    double begun = clock_now();

    pty_start(&p, &o, NULL);
    pty_expect(&p, shows);
    cost->seconds[round] = clock_now() - begun;
    cost->running[round] = pty_cpu_seconds(&p);
    if (round == 0) {
        pty_wait(&p, 150); /* until also that is there which the first frame did not need */
        cost->kib = pty_proc(p.pid, "status", "VmRSS: %ld");
    }
    pty_quit(&p, "q");
}

/* The lower quartile: what disturbs only adds, and the least of all may be a stroke of luck. */
static double usual(double v[ROUNDS])
{
    qsort(v, ROUNDS, sizeof *v, number_ascending);
    return v[ROUNDS / 4];
}

/* A learner who comes back has lessons to be told how far they are done. */
static void make_progress(void)
{
    struct pty p;

    pty_start(&p, NULL, NULL);
    pty_expect(&p, "function");
    pty_send(&p, ":lesson 2\r");
    pty_expect(&p, "lesson 2/");
    pty_send(&p, "n");
    pty_settle(&p, 50);
    pty_quit(&p, "q");
}

static void first_frame(void **state)
{
    static struct cost ours, again, bare;
    double load = 0, wall, running, returning;
    const char *program = getenv("BARE");

    (void)state;
    if (PTY_SANITIZED)
        skip();
    assert_non_null(program);
    for (int i = 0; i < ROUNDS; i++) {
        measure(program, "22 The quick", i, &bare); /* the last row is drawn last */
        measure(NULL, "function", i, &ours);
    }
    make_progress();
    for (int i = 0; i < ROUNDS; i++)
        measure(NULL, "goes on at lesson", i, &again);
    wall = usual(ours.seconds) / usual(bare.seconds);
    running = usual(ours.running) / usual(bare.running);
    returning = usual(again.running) / usual(bare.running);
    assert_true(ours.kib - bare.kib <= 3 * 1024);
    /* on i386, where theory's exponentials are dearer, it is 2.4 to 2.7 */
    assert_true(running <= (sizeof(void *) == 4 ? 3.2 : 2.5));
    /* what waits for its turn says nothing about the program */
    if (getloadavg(&load, 1) == 1 && load < 0.5 * (double)sysconf(_SC_NPROCESSORS_ONLN))
        assert_true(wall <= 2.5);
    tried("thrift", "first frame, against a bare curses program's",
          "%.1f ms, %.1f times; %.1f ms of a processor, %.1f times (at most 2.5), %.1f times with "
          "progress to show; %.1f MB more memory (at most 3)",
          1e3 * usual(ours.seconds), wall, 1e3 * usual(ours.running), running, returning,
          (double)(ours.kib - bare.kib) / 1024);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(first_frame)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
