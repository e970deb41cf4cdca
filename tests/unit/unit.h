/* unit.h - cmocka with the headers that it wants before it, what a test says it has tried, and what
 * is left out where it would take too long. */
#ifndef ACTLAB_TESTS_UNIT_H
#define ACTLAB_TESTS_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

/* `fail` is ours, of base/error.h; a test says fail_msg. */
#undef fail
#undef fail_msg
#define fail_msg(...)                                                                              \
    do {                                                                                           \
        print_error("ERROR: " __VA_ARGS__);                                                        \
        print_error("\n");                                                                         \
        _fail(__FILE__, __LINE__);                                                                 \
    } while (0)

/* A row of the table that `make check` prints and README shows (tests/tried.sh): the area, what was
 * tried, and what held, with its figures. Said after the assertions, so that it is true. */
#define tried(area, what, ...)                                                                     \
    do {                                                                                           \
        printf("tried: %s | %s | ", area, what);                                                   \
        printf(__VA_ARGS__);                                                                       \
        printf("\n");                                                                              \
        fflush(stdout);                                                                            \
    } while (0)

/* How long something may take at the most. It is enough where many tests run at once;
 * ACTLAB_TEST_SLOW=4 gives a slow machine four times as long. */
static inline double at_most(double seconds)
{
    const char *factor = getenv("ACTLAB_TEST_SLOW");

    return factor && atof(factor) > 0 ? seconds * atof(factor) : seconds;
}

/* ACTLAB_BRIEF is set where each instruction is watched, fifty times slower (.ci/memcheck): then a
 * loop that tries the same code on ever new numbers turns a few times only, */
static inline int rounds(int full, int brief)
{
    return getenv("ACTLAB_BRIEF") ? brief : full;
}

/* and a test that computes for long what others do in small, or counts time, is left out. */
#define unless_brief()                                                                             \
    do {                                                                                           \
        if (getenv("ACTLAB_BRIEF"))                                                                \
            skip();                                                                                \
    } while (0)

#endif
