/* pty_slow.c - --slow and what it is made of: for slow lines and screen readers. */
#include "../unit/unit.h"
#include "pty.h"

#include <stdio.h>
#include <string.h>

static void start(struct pty *p, const char *option, bool traced)
{
    const char *argv[] = {"--no-rc", option, NULL};
    struct pty_options o = {.locale = "C", .traced = traced};

    pty_open(p, &o, argv);
}

/* The text from the cursor on. */
static void assert_reads(const struct pty *p, const char *text)
{
    const char *row = pty_row(p, p->screen.row);

    assert_true(p->screen.cursor_shown);
    if (p->screen.col > (int)strlen(row) || strncmp(row + p->screen.col, text, strlen(text)) != 0)
        fail_msg("the cursor at %d, %d of '%s', not at '%s'", p->screen.row, p->screen.col, row,
                 text);
}

/* A screen reader says what stands at the cursor when a key was answered. */
static void reader(void **state)
{
    struct pty p;

    (void)state;
    start(&p, "--slow", false);
    assert_reads(&p, "x  0.000 f  .500");
    pty_type(&p, "\x1b[C");
    assert_reads(&p, "x  0.300 f  .574");
    pty_type(&p, "2");
    assert_reads(&p, "x  0.300 f  .291");
    pty_type(&p, "\t"); /* the network's loss and accuracy */
    assert_reads(&p, "epoch 0  loss");
    pty_type(&p, ":lesson 2\r");
    assert_reads(&p, "A number becomes a chance");
    pty_type(&p, "?");
    assert_reads(&p, " Words of this page");
    pty_type(&p, "q");
    pty_type(&p, ":set fps?\r");
    assert_reads(&p, " fps          4");
    pty_type(&p, ":eval 1+1");
    assert_int_equal(p.screen.row, 23); /* in the prompt behind what was typed */
    assert_int_equal(p.screen.col, 9);
    pty_type(&p, "\x1b");
    pty_type(&p, ":set reader off\r");
    assert_false(p.screen.cursor_shown);
    pty_close(&p);
    tried("thrift", "--slow: a screen reader's cursor",
          "stands at the news: readings, lesson, help, message, prompt");
}

/* Nor does it speak a hundred dots and lines: there are none. */
static void no_pictures_of_dots(void **state)
{
    const char *argv[] = {"--no-rc", "--slow", NULL};
    const struct pty_options o = {.locale = "C.UTF-8"};
    struct pty p;

    (void)state;
    pty_open(&p, &o, argv);
    pty_type(&p, "v");
    for (int row = 0; row < p.screen.rows; row++)
        for (const char *s = pty_row(&p, row); *s; s++)
            assert_true((unsigned char)*s < 0x80);
    pty_close(&p);
}

/* What would move jumps: a picture a key. */
static void still(void **state)
{
    static const char *const options[] = {"--slow", "--no-animation"};

    (void)state;
#ifndef __linux__
    skip();
#endif
    for (size_t i = 0; i < 2; i++) {
        struct pty p;

        start(&p, options[i], true);
        assert_true(p.screen.cursor_shown == (i == 0));
        p.writes = 0;
        pty_type(&p, "s");
        pty_wait(&p, 300);
        assert_int_equal(p.writes, 1);
        assert_true(pty_shows(&p, "step 1"));
        pty_type(&p, ":fn elu\r");
        pty_type(&p, ":sweep alpha 0 2");
        p.writes = 0;
        pty_type(&p, "\r");
        pty_wait(&p, 300);
        assert_in_range(p.writes, 1, 2); /* the prompt closes, and it is done */
        assert_true(pty_shows(&p, "alpha 2"));
        pty_close(&p);
    }
    /* and by itself a step is shown passing through the layers */
    struct pty p;

    start(&p, NULL, true);
    p.writes = 0;
    pty_send(&p, "s");
    pty_until(&p, p.writes > 4);
    pty_close(&p);
}

/* Four pictures a second, whatever trains. */
static void four_frames(void **state)
{
    struct pty p;
    long frames;
    size_t bytes;

    (void)state;
#ifndef __linux__
    skip();
#endif
    start(&p, "--slow", true);
    pty_send(&p, " ");
    pty_wait(&p, 300);
    p.writes = 0;
    bytes = pty_wait(&p, 2000) / 2;
    frames = p.writes;
    assert_in_range(frames, 1, 9);
    assert_true(bytes < 1000);
    pty_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reader),
        cmocka_unit_test(no_pictures_of_dots),
        cmocka_unit_test(still),
        cmocka_unit_test(four_frames),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
