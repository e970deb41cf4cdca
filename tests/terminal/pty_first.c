/* pty_first.c - the first frame against a bare curses program's, in the same run: time and memory.
 */
#include "../unit/unit.h"
#include "base/clock.h"
#include "pty.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifndef __has_feature
#define __has_feature(x) 0
#endif

enum { ROUNDS = 10, MOST_ROUNDS = 60 }; /* more while the machine has other things to do */

struct cost {
    double seconds;
    long kib;
};

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
    double begun = clock_now(), took;
    long kib;

    pty_start(&p, &o, NULL);
    pty_expect(&p, shows);
    took = clock_now() - begun;
    pty_settle(&p, 30);
    kib = resident_kib(p.pid);
    pty_send(&p, quit);
    assert_true(pty_ended(&p, 3000));
    pty_close(&p);
    if (took < best->seconds)
        best->seconds = took;
    if (kib < best->kib)
        best->kib = kib;
}

static void first_frame(void **state)
{
    struct cost ours = {1e9, 1L << 30}, bare = {1e9, 1L << 30};
    const char *program = getenv("BARE");

    (void)state;
#if defined __SANITIZE_ADDRESS__ || __has_feature(address_sanitizer)
    skip();
#endif
    assert_non_null(program);
    for (int i = 0; i < ROUNDS || (i < MOST_ROUNDS && ours.seconds > 2.5 * bare.seconds); i++) {
        measure(program, "22 The quick", "q", &bare); /* the last row is drawn last */
        measure(NULL, "function", "q", &ours);
    }
    print_message("first frame: %.1f ms, %.1f times a bare program's; %.1f MB more memory\n",
                  1e3 * ours.seconds, ours.seconds / bare.seconds,
                  (double)(ours.kib - bare.kib) / 1024);
    assert_true(ours.seconds <= 2.5 * bare.seconds);
    assert_true(ours.kib - bare.kib <= 3 * 1024);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(first_frame)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
