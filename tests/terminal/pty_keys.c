/* pty_keys.c - keys and the mouse on the screen, and what the screen answers. */
#include "../unit/unit.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/number.h"
#include "pty.h"

#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static double reading(const struct pty *p)
{
    for (int row = 0; row < p->screen.rows; row++) {
        const char *s = strstr(pty_row(p, row), " x "), *end = s ? strstr(s, " f' ") : NULL;

        if (end)
            return strtod(s + 3, NULL);
    }
    return 1e9;
}

static void mouse(void **state)
{
    struct pty p;
    double x;

    (void)state;
    pty_open(&p, NULL, NULL);
    assert_null(strstr(text_str(&p.bytes), "\x1b[?1000h")); /* it would steal the selection */
    pty_type(&p, "\x1b[<0;70;6M");
    assert_true(fabs(reading(&p)) < 1e-9);
    pty_type(&p, ":set mouse on\r");
    assert_non_null(strstr(text_str(&p.bytes), "\x1b[?1000h"));
    pty_type(&p, "\x1b[<0;70;6M\x1b[<0;70;6m");
    x = reading(&p);
    assert_true(x > 1 && x < 5);
    pty_type(&p, "\x1b[<0;50;6M\x1b[<0;50;6m");
    assert_true(reading(&p) < -1 && reading(&p) > -5);
    pty_type(&p, "\x1b[<0;10;22M"); /* not on the plot: nothing */
    assert_true(reading(&p) < -1);
    pty_type(&p, "\x1b[<64;50;6M\x1b[<64;50;6M\x1b[<64;50;6M\x1b[<64;50;6M\x1b[<64;50;6M");
    assert_true(p.bytes.len > 100); /* zoomed */
    pty_type(&p, ":set mouse off\r");
    assert_non_null(strstr(text_str(&p.bytes), "\x1b[?1000l"));
    pty_type(&p, ":set mouse on\r");
    pty_send(&p, "q");
    pty_wait(&p, 100);
    assert_true(pty_ended(&p, 2000));
    assert_non_null(strstr(text_str(&p.bytes), "\x1b[?1000l"));
    pty_close(&p);
}

/* One line is said at the bottom, more can be scrolled; an error is said, and the next key takes it
 * away. */
static void answers(void **state)
{
    struct pty p;

    (void)state;
    pty_open(&p, NULL, NULL);
    pty_type(&p, ":eval 2*3\r");
    pty_expect(&p, "6");
    pty_type(&p, ":keys\r");
    pty_expect(&p, "bind label=run/pause space run toggle");
    pty_type(&p, "\x1b");
    pty_expect(&p, "Network");
    assert_false(pty_shows(&p, "bind label"));
    pty_type(&p, "a"); /* sigmoid has none */
    pty_expect(&p, "alpha:");
    pty_type(&p, "\x1b[C");
    assert_null(strstr(pty_row(&p, 23), "alpha:"));
    pty_close(&p);
}

static void sweep(void **state)
{
    struct pty p;

    (void)state;
    pty_open(&p, NULL, NULL);
    pty_type(&p, "5"); /* elu */
    pty_send(&p, ":sweep alpha 0 2\r");
    pty_until(&p, p.bytes.len > 500); /* it moves */
    pty_send(&p, ".");                /* any key stops it, and does no more */
    pty_settle(&p, 150);
    assert_true(pty_shows(&p, "elu"));
    assert_int_equal(pty_wait(&p, 300), 0);
    pty_close(&p);
}

/* Seconds from ESC to the help's end, at best. */
static double escape_takes(const char *delay, int times)
{
    const char *const set[] = {delay, NULL};
    struct pty_options options = {.set = set};
    double best = INFINITY;

    for (int i = 0; i < times; i++) {
        struct pty p;
        double begun;

        pty_open(&p, &options, NULL);
        pty_send(&p, "?");
        pty_expect(&p, "help");
        pty_settle(&p, 60);
        begun = clock_now();
        pty_send(&p, "\x1b");
        pty_expect(&p, "Network");
        best = fmin(best, clock_now() - begun);
        pty_close(&p);
    }
    return best;
}

/* Whatever moves by itself, ":" opens the prompt, and what is typed then is no key. */
static void prompt_while_something_moves(void **state)
{
    static const char *const moves[] = {":sweep alpha 0 2\r", ":lesson 2\rnto", ":play %s\r", " "};
    struct error e;

    (void)state;
    assert_true(file_save(pty_path("slow.act"), "0 fn elu\n900 fn tanh\n", 22, true, &e));
    for (size_t i = 0; i < sizeof moves / sizeof *moves; i++) {
        char keys[400];
        struct pty p;

        pty_open(&p, NULL, NULL);
        pty_command(&p, "fn elu");
        pty_expect(&p, " elu ");
        snprintf(keys, sizeof keys, moves[i], pty_path("slow.act"));
        pty_send(&p, keys);
        pty_wait(&p, 300);
        pty_send(&p, ":net lr=init");
        pty_expect(&p, ":net lr=init"); /* all of it */
        pty_send(&p, "\x03");
        pty_quit(&p, "qqq");
        remove(pty_path("actlab/progress"));
    }
}

/* ESC closes the help within the escape delay, 25 ms if not set, and a frame: long before a delay
 * that is set to half a second is over. */
static void escape_is_quick(void **state)
{
    (void)state;
    assert_true(escape_takes("ESCDELAY", 5) < escape_takes("ESCDELAY=500", 1) / 2);
}

static void idle_timeout(void **state)
{
    struct pty p;

    (void)state;
    pty_open(&p, NULL, NULL);
    pty_type(&p, ":set idle_timeout 0.3\r");
    assert_true(pty_ended(&p, 3000));
    assert_true(WIFEXITED(p.status) && WEXITSTATUS(p.status) == 0);
    assert_true(pty_modes_restored(&p));
    pty_close(&p);
}

/* A key is answered soon, however busy the network is. */
static void busy(void **state)
{
    enum { KEYS = 41 };
    struct pty p;
    double took[KEYS], used[KEYS];

    (void)state;
    pty_open(&p, NULL, NULL);
    pty_type(&p, ":net layers=50 width=64 batch=50\r");
    pty_type(&p, ":set speed 0\r");
    pty_send(&p, " ");
    pty_wait(&p, 200);
    for (int i = 0; i < KEYS; i++) {
        double begun = clock_now(), before = pty_cpu_seconds(&p);

        pty_send(&p, i % 2 ? "q" : "?");
        pty_expect(&p, i % 2 ? "Training" : "Keys");
        took[i] = clock_now() - begun;
        used[i] = pty_cpu_seconds(&p) - before;
        pty_wait(&p, 20 + 7 * i % 40); /* here and there between two frames */
    }
    qsort(took, KEYS, sizeof *took, number_ascending);
    qsort(used, KEYS, sizeof *used, number_ascending);
    assert_true(took[KEYS / 2] < at_most(1) && used[KEYS - 1] < 1);
    tried("thrift", "a key while a network of 50x64 trains at full speed",
          "answered after %.1f ms, half of them, and %.0f ms at most", took[KEYS / 2] * 1000,
          took[KEYS - 1] * 1000);
    pty_close(&p);
}

/* A terminal that says it is light gets the colours for it, unless a theme was chosen; one that
 * says nothing is asked once. */
static void background(void **state)
{
    static const char question[] = "\x1b]11;?\x1b\\", white[] = "\x1b]11;rgb:ffff/ffff/ffff\x1b\\";
    static const char *const dark[] = {"-c", "theme dark", "-i", NULL};
    static const char *const contrast[] = {"-c", "theme contrast", "-i", NULL};
    static const char blue[] = "38;5;25", orange[] = "38;5;214";
    struct pty p;

    (void)state;
    pty_start(&p, NULL, NULL);
    pty_settle(&p, 100);
    assert_non_null(strstr(text_str(&p.bytes), question));
    assert_non_null(strstr(text_str(&p.bytes), orange));
    pty_send(&p, white);
    pty_settle(&p, 100);
    assert_non_null(strstr(text_str(&p.bytes), blue));
    assert_null(strstr(text_str(&p.bytes), orange));
    assert_null(strstr(text_str(&p.bytes), question));
    assert_true(pty_shows(&p, " sigmoid ")); /* and none of the answer was a key */
    assert_false(pty_shows(&p, "unknown"));
    pty_close(&p);

    pty_start(&p, NULL, contrast); /* which has two tables */
    pty_settle(&p, 100);
    assert_non_null(strstr(text_str(&p.bytes), question));
    pty_send(&p, white);
    pty_settle(&p, 100);
    assert_non_null(strstr(text_str(&p.bytes), "38;5;88"));
    pty_close(&p);

    pty_start(&p, NULL, dark);
    pty_settle(&p, 100);
    assert_null(strstr(text_str(&p.bytes), question));
    pty_send(&p, white);
    pty_settle(&p, 100);
    assert_null(strstr(text_str(&p.bytes), blue));
    pty_close(&p);
}

static bool has_lines(const struct pty *p)
{
    for (int row = 0; row < p->screen.rows; row++)
        if (strstr(pty_row(p, row), "\u2500"))
            return true;
    return false;
}

/* A terminal that draws lines two columns wide is noticed, and gets none; the question leaves no
 * trace, and is asked once. */
static void wide_lines(void **state)
{
    static const char question[] = "\x1b[2;1H\u2500\x1b[6n";
    static const char *const plain[] = {"-c", "charset ascii", "-i", NULL};
    struct pty p;

    (void)state;
    for (int wide = 0; wide < 2; wide++) {
        struct text before = {0}, after = {0};

        pty_start(&p, NULL, NULL);
        pty_settle(&p, 100);
        assert_non_null(strstr(text_str(&p.bytes), question));
        pty_text(&p, &before);
        pty_send(&p, wide ? "\x1b[2;3R" : "\x1b[2;2R");
        pty_settle(&p, 100);
        pty_text(&p, &after);
        assert_true(has_lines(&p) != wide);
        if (!wide)
            assert_string_equal(text_str(&before), text_str(&after));
        pty_send(&p, ":charset braille\r\x1b[2;3R\x0c"); /* one's own choice holds */
        pty_settle(&p, 100);
        assert_true(has_lines(&p));
        assert_null(strstr(text_str(&p.bytes), question));
        pty_quit(&p, "q");
        text_free(&before);
        text_free(&after);
    }
    pty_start(&p, NULL, plain);
    pty_settle(&p, 100);
    assert_null(strstr(text_str(&p.bytes), question));
    pty_close(&p);
}

/* Where one pane has the screen, a key that chooses what another shows brings that one forward. */
static void brings_forward(void **state)
{
    struct pty_options o = {.rows = 12, .cols = 40};
    struct pty p;

    (void)state;
    pty_open(&p, &o, NULL);
    assert_false(pty_shows(&p, "Network"));
    pty_type(&p, "\x1b[18~"); /* f7 */
    pty_expect(&p, "Network");
    pty_type(&p, "n");
    pty_expect(&p, "lesson 1/12");
    pty_type(&p, ":net layers=3\r");
    pty_expect(&p, "Network 3x");
    pty_type(&p, "n"); /* its lesson's lines say `net`, too */
    pty_expect(&p, "lesson 1/12");
    assert_false(pty_shows(&p, "Network"));
    pty_type(&p, ":race relu tanh\r");
    pty_expect(&p, "acc   ratio");
    pty_close(&p);
}

/* The same where a pane was given the screen. */
static void brings_forward_zoomed(void **state)
{
    struct pty p;

    (void)state;
    pty_open(&p, NULL, NULL);
    pty_type(&p, "z");
    assert_false(pty_shows(&p, "Network"));
    pty_type(&p, "\x1b[18~"); /* f7: the map */
    pty_expect(&p, "class 1");
    pty_type(&p, "\t\t"); /* round to the plot */
    assert_false(pty_shows(&p, "Network"));
    pty_type(&p, ":net layers=3\r");
    pty_expect(&p, "Network 3x16");
    pty_type(&p, "z");
    pty_expect(&p, "saturated:"); /* and all together */
    pty_close(&p);
}

/* More keys than there is time for: pictures come between them, one ctrl-c drops those that wait,
 * and a signal ends it. */
static void flood(void **state)
{
    char keys[400];
    struct pty p;
    double begun, stopped;
    long frames;

    (void)state;
    memset(keys, 'S', sizeof keys);
    pty_open(&p, NULL, NULL);
    pty_type(&p, ":net layers=20 width=64 samples=2000 batch=64\r");
    pty_settle(&p, 200);
    p.bytes.len = 0;
    pty_send_n(&p, keys, sizeof keys);
    begun = clock_now();
    for (frames = 0; frames < 3 && clock_now() < begun + at_most(15); frames += p.bytes.len > 0)
        pty_wait(&p, 50); /* were all keys taken first, one picture would come, at the end */
    assert_int_equal(frames, 3);
    begun = clock_now();
    pty_send(&p, "\x03");
    pty_expect(&p, "stopped");
    stopped = clock_now() - begun;
    pty_send(&p, "??");
    pty_expect(&p, "Every key is a command line");
    pty_quit(&p, "qq");

    pty_open(&p, NULL, NULL);
    pty_type(&p, ":net layers=20 width=64 samples=2000 batch=64\r");
    pty_send_n(&p, keys, sizeof keys);
    pty_wait(&p, 200);
    kill(p.pid, SIGTERM);
    assert_true(pty_ended(&p, 3000));
    assert_true(WIFSIGNALED(p.status) && WTERMSIG(p.status) == SIGTERM);
    assert_true(pty_modes_restored(&p));
    pty_close(&p);
    tried("thrift", "400 keys at once, an epoch of a network of 20x64 each",
          "pictures between them; ctrl-c drops the rest after %.2f s; SIGTERM ends it", stopped);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mouse),
        cmocka_unit_test(answers),
        cmocka_unit_test(sweep),
        cmocka_unit_test(prompt_while_something_moves),
        cmocka_unit_test(escape_is_quick),
        cmocka_unit_test(idle_timeout),
        cmocka_unit_test(busy),
        cmocka_unit_test(background),
        cmocka_unit_test(wide_lines),
        cmocka_unit_test(brings_forward),
        cmocka_unit_test(brings_forward_zoomed),
        cmocka_unit_test(flood),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
