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
    static const struct pty_options sizes[] = {{.traced = true},
                                               {.rows = 12, .cols = 40, .traced = true},
                                               {.rows = 50, .cols = 200, .traced = true}};
    int all = 0;

    (void)state;
#ifndef __linux__
    skip();
#endif
    for (size_t size = 0; size < sizeof sizes / sizeof *sizes; size++) {
        struct pty p;
        int drawn = 0;

        pty_open(&p, &sizes[size], NULL);
        assert_int_equal(p.writes, 1); /* the first frame, with all that opens the screen */
        /* the map of a larger network comes coarse first where the program is slow */
        pty_command(&p, "net layers=2 width=2");
        pty_settle(&p, 60);
        for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
            size_t n;

            p.writes = 0;
            n = pty_type(&p, keys[i]);
            if (p.writes != (n > 0))
                fail_msg("key %zu at %dx%d: %ld writes, %zu bytes", i, p.screen.cols, p.screen.rows,
                         p.writes, n);
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
    struct text all = {0};
    const char *view[40], *where[2] = {"", ""};
    size_t views = 0, worst[2] = {0};
    char *save = NULL, subject[80];

    (void)state;
    pty_shell("$A complete 'netview ' | grep -vx -e next -e prev", &all);
    for (char *s = strtok_r(all.s, "\n", &save); s && views < 40; s = strtok_r(NULL, "\n", &save))
        view[views++] = s;
    assert_true(views > 5);
    for (size_t i = 0; i < 2; i++) {
        struct pty p;

        open_face(&p, &faces[i]);
        pty_type(&p, ":set fps 10\r");
        pty_type(&p, " ");
        for (size_t v = 0; v < views; v++) {
            size_t n;

            pty_command(&p, "netview %s", view[v]);
            pty_wait(&p, 150); /* the view itself is no part of it */
            n = pty_wait(&p, 300) * 10 / 3;
            if (n > 12000)
                fail_msg("%s, %s: %zu bytes a second", faces[i].name, view[v], n);
            if (n > worst[i]) {
                worst[i] = n;
                where[i] = view[v];
            }
        }
        pty_close(&p);
    }
    snprintf(subject, sizeof subject, "training at 10 frames a second, %zu views", views);
    tried(
        "thrift", subject,
        "at most %zu bytes a second in ASCII mono (%s), %zu in braille colour (%s); allowed 12000",
        worst[0], where[0], worst[1], where[1]);
    text_free(&all);
}

/* Never more pictures than asked for, while keys are still answered at once. */
static void few_frames(void **state)
{
    struct pty_options o = {.locale = "C", .set = mono, .traced = true};
    struct pty p;
    long frames;

    (void)state;
#ifndef __linux__
    skip();
#endif
    pty_open(&p, &o, NULL);
    pty_type(&p, ":set fps 4\r");
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
