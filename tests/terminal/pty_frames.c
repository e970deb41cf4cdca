/* pty_frames.c - what brings a frame, and how many: one write each, never more than asked for. */
#include "../unit/unit.h"
#include "faces.h"
#include "pty.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Every key that draws: one write, and never more. */
static void one_write(void **state)
{
    /* not "s": a single step is shown passing through the layers, frame by frame */
    static const char *const keys[] = {".", ",", "\t", "z", "z",    "S",    "r", "c",     "?",
                                       "q", ":", "n",  "e", "\x1b", "\x0c", "x", "\x1b[C"};
    static const int sizes[][2] = {{24, 80}, {12, 40}, {50, 200}};
    int all = 0;

    (void)state;
#ifndef __linux__
    skip();
#endif
    for (size_t size = 0; size < sizeof sizes / sizeof *sizes; size++) {
        struct pty p;
        int drawn = 0;

        start(&p, sizes[size][0], sizes[size][1], true, NULL, NULL);
        assert_int_equal(p.writes, 1); /* the first frame, with all that opens the screen */
        for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
            size_t n;

            p.writes = 0;
            n = type(&p, keys[i]);
            if (p.writes != (n > 0))
                fail_msg("key %zu at %dx%d: %ld writes, %zu bytes", i, sizes[size][1],
                         sizes[size][0], p.writes, n);
            drawn += n > 0;
        }
        assert_true(drawn > 10);
        all += drawn;
        pty_close(&p);
    }
    tried("thrift", "writes a frame", "1 for each of %d frames by keys at 3 sizes", all);
}

/* A network that trains, ten pictures a second: in each of its views. */
static void training(void **state)
{
    static const char *const views[] = {"gradient", "weightgrad", "activation",
                                        "units",    "histogram",  "map",
                                        "loss",     "weights",    "update"};
    size_t worst[2] = {0};
    const char *where[2] = {"", ""};

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct pty p;

        start(&p, 24, 80, false, faces[i].locale, faces[i].set);
        type(&p, ":set fps 10\r");
        type(&p, " ");
        for (size_t v = 0; v < sizeof views / sizeof *views; v++) {
            char line[32];
            size_t n;

            snprintf(line, sizeof line, ":netview %s\r", views[v]);
            pty_send(&p, line);
            pty_wait(&p, 150); /* the view itself is no part of it */
            n = pty_wait(&p, 300) * 10 / 3;
            if (n > 12000)
                fail_msg("%s, %s: %zu bytes a second", faces[i].name, views[v], n);
            if (n > worst[i]) {
                worst[i] = n;
                where[i] = views[v];
            }
        }
        pty_close(&p);
    }
    tried(
        "thrift", "training at 10 frames a second, 8 views",
        "at most %zu bytes a second in ASCII mono (%s), %zu in braille colour (%s); allowed 12000",
        worst[0], where[0], worst[1], where[1]);
}

/* Never more pictures than asked for, while keys are still answered at once. */
static void few_frames(void **state)
{
    struct pty p;
    long frames;

    (void)state;
#ifndef __linux__
    skip();
#endif
    start(&p, 24, 80, true, "C", mono);
    type(&p, ":set fps 4\r");
    pty_send(&p, " ");
    pty_wait(&p, 300);
    p.writes = 0;
    pty_wait(&p, 2000);
    frames = p.writes;
    assert_in_range(frames, 1, 9);
    pty_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_write),
        cmocka_unit_test(training),
        cmocka_unit_test(few_frames),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
