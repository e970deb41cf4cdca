/* pty_first.c - the first frame against a bare curses program's, in the same run: time and memory.
 */
#include "../unit/unit.h"
#include "base/clock.h"
#include "pty.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ROUNDS = 15 };

struct cost {
    double seconds, running;
    long kib;
};

/* How long the program had a processor so far: what other programs take does not count. Where the
 * system does not say, the time since `begun`. */
static double running_seconds(pid_t pid, double begun)
{
    char name[64];
    double ns = 0;
    FILE *f;

    snprintf(name, sizeof name, "/proc/%d/schedstat", (int)pid);
    f = fopen(name, "r");
    if (f && fscanf(f, "%lf", &ns) != 1)
        ns = 0;
    if (f)
        fclose(f);
    return ns > 0 ? 1e-9 * ns : clock_now() - begun;
}

static long resident_kib(pid_t pid)
{
    char name[64], line[256];
    long kib = 0;
    FILE *f;

    snprintf(name, sizeof name, "/proc/%d/status", (int)pid);
    f = fopen(name, "r");
    while (f && fgets(line, sizeof line, f))
        sscanf(line, "VmRSS: %ld", &kib);
    if (f)
        fclose(f);
    return kib;
}

/* The best of several: what disturbs only adds. */
static void measure(const char *program, const char *shows, const char *quit, struct cost *best)
{
    struct pty_options o = {.program = program};
    struct pty p;
    double begun = clock_now(), took, running;
    long kib;

    pty_start(&p, &o, NULL);
    pty_expect(&p, shows);
    took = clock_now() - begun;
    running = running_seconds(p.pid, begun);
    pty_settle(&p, 30);
    kib = resident_kib(p.pid);
    pty_send(&p, quit);
    assert_true(pty_ended(&p, 3000));
    pty_close(&p);
    if (took < best->seconds)
        best->seconds = took;
    if (running < best->running)
        best->running = running;
    if (kib < best->kib)
        best->kib = kib;
}

static void first_frame(void **state)
{
    struct cost ours = {1e9, 1e9, 1L << 30}, bare = {1e9, 1e9, 1L << 30};
    double load = 0;
    const char *program = getenv("BARE");

    (void)state;
    if (PTY_SANITIZED)
        skip();
    assert_non_null(program);
    for (int i = 0; i < ROUNDS; i++) {
        measure(program, "22 The quick", "q", &bare); /* the last row is drawn last */
        measure(NULL, "function", "q", &ours);
    }
    print_message("first frame: %.1f ms, %.1f times a bare program's; %.1f ms of a processor, %.1f "
                  "times; %.1f MB more memory\n",
                  1e3 * ours.seconds, ours.seconds / bare.seconds, 1e3 * ours.running,
                  ours.running / bare.running, (double)(ours.kib - bare.kib) / 1024);
    assert_true(ours.kib - bare.kib <= 3 * 1024);
    assert_true(ours.running <= 3.5 * bare.running);
    /* what waits for its turn says nothing about the program */
    if (getloadavg(&load, 1) == 1 && load < 0.5 * (double)sysconf(_SC_NPROCESSORS_ONLN))
        assert_true(ours.seconds <= 2.5 * bare.seconds);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(first_frame)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
