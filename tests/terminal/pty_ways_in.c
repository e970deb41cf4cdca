/* pty_ways_in.c - terminals, locales and sizes: it works, or says in one line why not. */
#include "../unit/unit.h"
#include "pty.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void assert_pure_ascii(const struct text *t)
{
    for (size_t i = 0; i < t->len; i++)
        assert_true((unsigned char)t->s[i] < 0x80);
}

static void terminals(void **state)
{
    static const char *const names[] = {"xterm-256color", "xterm", "screen", "tmux",
                                        "linux",          "vt100", "vt220",  "rxvt"};

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct pty_options o = {.term = names[i]};
        struct pty p;

        pty_start(&p, &o, NULL);
        pty_wait(&p, 60);
        if (p.ended && strstr(text_str(&p.bytes), "unknown terminal")) {
            print_message("no description of '%s' on this machine\n", names[i]);
            pty_close(&p);
            continue;
        }
        pty_expect(&p, "sigmoid");
        pty_settle(&p, 60);
        if (strcmp(names[i], "linux") == 0 || strncmp(names[i], "vt", 2) == 0) /* their fonts */
            for (int row = 0; row < 24; row++)
                assert_null(strstr(pty_row(&p, row), "\xe2\xa0")); /* U+2800.. */
        pty_send(&p, "3");
        pty_expect(&p, " relu ");
        pty_send(&p, "q");
        assert_true(pty_ended(&p, 2000));
        assert_int_equal(WEXITSTATUS(p.status), 0);
        assert_true(pty_modes_restored(&p));
        pty_close(&p);
    }
}

static void refused(void **state)
{
    static const struct {
        const char *term, *says;
    } wrong[] = {
        {"dumb", "dumb"},
        {"", "TERM"},
        {"no-such-terminal", "xterm-256color"},
        {"../../x", "unknown"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct pty_options o = {.term = wrong[i].term};
        struct pty p;
        const char *s;

        pty_start(&p, &o, NULL);
        pty_wait(&p, 100);
        assert_true(pty_ended(&p, 2000));
        assert_true(WIFEXITED(p.status) && WEXITSTATUS(p.status) == 1);
        s = text_str(&p.bytes);
        assert_int_equal(strncmp(s, "actlab: ", 8), 0);
        assert_non_null(strstr(s, wrong[i].says));
        assert_ptr_equal(strchr(s, '\n'), s + strlen(s) - 1); /* one line */
        assert_null(strchr(s, 0x1b));
        assert_true(pty_modes_restored(&p));
        pty_close(&p);
    }
}

static void locales(void **state)
{
    static const char *const names[] = {"C", "POSIX", "xx_YY.UTF-8", "en_US.ISO-8859-1"};

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct pty_options o = {.locale = names[i]};
        struct pty p;

        pty_start(&p, &o, NULL);
        pty_expect(&p, "sigmoid");
        assert_pure_ascii(&p.bytes);
        pty_send(&p, ":set charset braille\r");
        pty_settle(&p, 100);
        pty_send(&p, "z");
        pty_settle(&p, 100);
        assert_true(p.bytes.len > 0);
        assert_pure_ascii(&p.bytes);
        pty_close(&p);
    }
}

/* Started with something else where the terminal should be: `how` is what a shell would say. */
static int run_shell(const char *how, struct text *said)
{
    struct text line = {0};
    char block[1024];
    size_t n;
    FILE *f;

    text_printf(&line, "TERM=xterm XDG_STATE_HOME=%s \"$ACTLAB\" %s", pty_state_folder(), how);
    f = popen(line.s, "r");
    assert_non_null(f);
    while ((n = fread(block, 1, sizeof block, f)) > 0)
        text_add_n(said, block, n);
    text_free(&line);
    return WEXITSTATUS(pclose(f));
}

static void no_terminal(void **state)
{
    static const char *const ways[] = {
        "</dev/null 2>&1",
        "<&- 2>&1",
        "2>&1 >/dev/null </dev/null",
        "2>&1 >&- </dev/null",
        "2>&1 >/dev/full </dev/null",
    };

    (void)state;
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        struct text said = {0};
        int status = run_shell(ways[i], &said);

        if (status != 1 || !said.len || strchr(said.s, '\n') != said.s + said.len - 1)
            fail_msg("%s: status %d, '%s'", ways[i], status, text_str(&said));
        text_free(&said);
    }
}

static void assert_whole(struct pty *p)
{
    struct text before = {0}, after = {0};

    pty_text(p, &before);
    pty_send(p, "\x0c"); /* drawn from nothing, it is the same picture */
    pty_settle(p, 60);
    pty_text(p, &after);
    assert_string_equal(text_str(&before), text_str(&after));
    text_free(&before);
    text_free(&after);
}

static void sizes(void **state)
{
    static const int size[][2] = {{1, 1}, {1, 80},   {24, 1},   {11, 39}, {12, 40},
                                  {2, 2}, {50, 200}, {12, 200}, {60, 40}, {24, 80}};

    (void)state;
    for (size_t i = 0; i < sizeof size / sizeof *size; i++) {
        struct pty_options o = {.rows = size[i][0], .cols = size[i][1]};
        struct pty p;
        bool room = size[i][0] >= 12 && size[i][1] >= 40;

        pty_start(&p, &o, NULL);
        pty_settle(&p, 150);
        assert_false(p.ended);
        if (room)
            pty_expect(&p, "sigmoid");
        else if (size[i][0] > 1 && size[i][1] > 30)
            assert_true(pty_shows(&p, "40x12"));
        pty_resize(&p, 24, 80);
        pty_expect(&p, "sigmoid");
        pty_settle(&p, 100);
        assert_whole(&p);
        pty_resize(&p, size[i][0], size[i][1]);
        pty_settle(&p, 100);
        assert_false(p.ended);
        pty_send(&p, "q"); /* which works without room, too */
        assert_true(pty_ended(&p, 2000));
        assert_true(pty_modes_restored(&p));
        pty_close(&p);
    }
}

/* Sizes at random while keys arrive and the network trains. */
static void resizing(void **state)
{
    static const char *const keys[] = {".", ",", "\t", "z", "c", "v", "n", "?", "s", "\x1b[C"};
    struct pty p;
    unsigned seed = 7;

    (void)state;
    pty_start(&p, NULL, NULL);
    pty_expect(&p, "sigmoid");
    pty_send(&p, " ");
    for (int i = 0; i < 1000; i++) {
        const char *key = keys[rand_r(&seed) % 10];

        pty_resize(&p, 1 + rand_r(&seed) % PTY_ROWS, 1 + rand_r(&seed) % PTY_COLS);
        if (strcmp(key, "?") == 0) /* and out of the help again */
            key = "??";
        pty_send(&p, key);
        if (i % 4 == 0)
            pty_wait(&p, 3);
        if (p.ended)
            fail_msg("ended after %d sizes, status %x", i, p.status);
    }
    pty_resize(&p, 24, 80);
    pty_wait(&p, 200);
    pty_send(&p, ":pause\r");
    pty_settle(&p, 300);
    pty_expect(&p, "f(x)");
    assert_whole(&p);
    pty_send(&p, "q");
    assert_true(pty_ended(&p, 2000));
    pty_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(terminals), cmocka_unit_test(refused),     cmocka_unit_test(locales),
        cmocka_unit_test(sizes),     cmocka_unit_test(no_terminal), cmocka_unit_test(resizing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
