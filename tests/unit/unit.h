/* unit.h - cmocka with the headers that it wants before it, and what a test says it has tried. */
#ifndef ACTLAB_TESTS_UNIT_H
#define ACTLAB_TESTS_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>

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

#endif
