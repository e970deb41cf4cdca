/* pty_frames.c - what a frame costs: one write, few bytes, and nothing at all when nothing happens.
 */
#include "../unit/unit.h"
#include "pty.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const mono[] = {"NO_COLOR=1", NULL};

static void start(struct pty *p, int rows, int cols, bool traced, const char *locale,
                  const char *const *set)
{
    struct pty_options o = {
        .rows = rows, .cols = cols, .traced = traced, .locale = locale, .set = set};

    pty_start(p, &o, NULL);
    pty_expect(p, "sigmoid");
    pty_settle(p, 80);
}

/* Every key that draws: one write, and never more. */
static void one_write(void **state)
{
    /* not "s": a single step is shown passing through the layers, frame by frame */
    static const char *const keys[] = {".", ",", "\t", "z", "z",    "S",    "r", "c",     "?",
                                       "q", ":", "n",  "e", "\x1b", "\x0c", "x", "\x1b[C"};
    static const int sizes[][2] = {{24, 80}, {12, 40}, {50, 200}};

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
            pty_send(&p, keys[i]);
            n = pty_settle(&p, 60);
            if (p.writes != (n > 0))
                fail_msg("key %zu at %dx%d: %ld writes, %zu bytes", i, sizes[size][1],
                         sizes[size][0], p.writes, n);
            drawn += n > 0;
        }
        assert_true(drawn > 10);
        pty_close(&p);
    }
}

static void burst(void **state)
{
    static const char *const bursts[] = {
        "..............................",
        "\x1b[C\x1b[C\x1b[C\x1b[C\x1b[C\x1b[C\x1b[C\x1b[C\x1b[C\x1b[C"
        "\x1b[C\x1b[C\x1b[C\x1b[C\x1b[C\x1b[C\x1b[C\x1b[C\x1b[C\x1b[C"
        "\x1b[C\x1b[C\x1b[C\x1b[C\x1b[C\x1b[C\x1b[C\x1b[C\x1b[C\x1b[C"};
    struct pty p;

    (void)state;
    start(&p, 24, 80, false, "C", mono);
    for (size_t i = 0; i < sizeof bursts / sizeof *bursts; i++) {
        size_t n;

        pty_send(&p, bursts[i]);
        n = pty_settle(&p, 100);
        print_message("30 keys in a burst: %zu bytes\n", n);
        assert_true(n > 0 && n <= 1000);
    }
    pty_close(&p);
}

/* Keys change the same picture the same way; the second time nothing is new to measure. */
static size_t key_bytes(struct pty *p, const char *key)
{
    size_t worst = 0;

    for (int i = 0; i < 5; i++) {
        size_t n;

        pty_send(p, key);
        n = pty_settle(p, 60);
        worst = n > worst ? n : worst;
    }
    return worst;
}

static void keys(void **state)
{
    static const struct {
        const char *locale;
        const char *const *set;
        const char *name;
        size_t alpha, cursor;
    } faces[] = {{"C", mono, "ascii mono", 150, 60}, {"C.UTF-8", NULL, "braille colour", 450, 60}};

    (void)state;
    for (size_t i = 0; i < sizeof faces / sizeof *faces; i++) {
        struct pty p;
        size_t alpha, cursor;

        start(&p, 24, 80, false, faces[i].locale, faces[i].set);
        pty_send(&p, "5"); /* elu */
        pty_expect(&p, "elu");
        pty_send(&p, "z");
        pty_settle(&p, 100);
        pty_send(&p, ":cursor 1\r"); /* off the kink, whose slopes would be said anew each time */
        pty_settle(&p, 100);
        key_bytes(&p, "A");
        alpha = key_bytes(&p, "A");
        cursor = key_bytes(&p, "\x1b[C");
        print_message("%s: alpha %zu bytes, cursor %zu bytes\n", faces[i].name, alpha, cursor);
        assert_in_range(alpha, 1, faces[i].alpha);
        assert_in_range(cursor, 1, faces[i].cursor);
        pty_send(&p, "z");
        pty_settle(&p, 100);
        alpha = key_bytes(&p, "A");
        cursor = key_bytes(&p, "\x1b[C");
        print_message("%s, three panes: alpha %zu bytes, cursor %zu bytes\n", faces[i].name, alpha,
                      cursor);
        assert_in_range(alpha, 1, 2 * faces[i].alpha);
        assert_in_range(cursor, 1, 2 * faces[i].cursor);
        pty_close(&p);
    }
}

/* A program that waits asks the system for nothing. */
static void idle(void **state)
{
    struct pty p;

    (void)state;
    start(&p, 24, 80, true, NULL, NULL);
    pty_send(&p, "."); /* it is awake and well */
    assert_true(pty_settle(&p, 100) > 0);
    p.calls = 0;
    assert_int_equal(pty_wait(&p, 2000), 0);
#ifdef __linux__
    assert_int_equal(p.calls, 0);
#endif
    pty_send(&p, ":"); /* nor with the prompt open */
    assert_true(pty_settle(&p, 100) > 0);
    p.calls = 0;
    assert_int_equal(pty_wait(&p, 1000), 0);
#ifdef __linux__
    assert_int_equal(p.calls, 0);
#endif
    pty_close(&p);
}

/* A network that trains, ten pictures a second. */
static void training(void **state)
{
    struct pty p;
    size_t n;

    (void)state;
    start(&p, 24, 80, false, "C", mono);
    pty_send(&p, ":set fps 10\r");
    pty_settle(&p, 100);
    pty_send(&p, " ");
    pty_settle(&p, 5);
    n = pty_wait(&p, 3000) / 3;
    print_message("training at 10 frames a second: %zu bytes a second\n", n);
    assert_true(n > 0 && n <= 12000);
    pty_close(&p);
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
    pty_send(&p, ":set fps 4\r");
    pty_settle(&p, 100);
    pty_send(&p, " ");
    pty_wait(&p, 300);
    p.writes = 0;
    pty_wait(&p, 2000);
    frames = p.writes;
    assert_in_range(frames, 1, 9);
    pty_close(&p);
}

static void whole_picture(void **state)
{
    struct pty p;
    struct text shown = {0};
    size_t n;

    (void)state;
    start(&p, 50, 200, false, NULL, NULL);
    pty_send(&p, "\x0c");
    n = pty_settle(&p, 100);
    pty_text(&p, &shown);
    print_message("200x50 whole: %zu bytes for a text of %zu\n", n, shown.len);
    assert_true(n > 0 && n <= 3 * shown.len);
    text_free(&shown);
    pty_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_write),     cmocka_unit_test(burst),    cmocka_unit_test(keys),
        cmocka_unit_test(idle),          cmocka_unit_test(training), cmocka_unit_test(few_frames),
        cmocka_unit_test(whole_picture),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
