/* pty_streams.c - standard input, output and error closed, a pipe, a file, a full disk: for the
 * screen and for single commands. One line says what was wrong; nothing hangs. */
#include "../unit/unit.h"
#include "pty.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static bool one_line(const struct text *t)
{
    return t->len && strncmp(t->s, "actlab: ", 8) == 0 && strchr(t->s, '\n') == t->s + t->len - 1;
}

static const char *const commands[] = {"eval sigmoid 1", "plot elu", "table gelu -3 3 0.01",
                                       "layers",         "show",     "lesson list",
                                       "state",          "keys",     "help net",
                                       "--help",         "--version"};
enum { COMMANDS = sizeof commands / sizeof *commands };

/* What cannot be written is said, and the status says it, too. */
static void no_output(void **state)
{
    static const char *const ways[] = {">&-", ">/dev/full", "</dev/null >&-"};
    struct text said = {0};
    char line[200];

    (void)state;
    for (size_t i = 0; i < COMMANDS; i++)
        for (size_t w = 0; w < 3; w++) {
            snprintf(line, sizeof line, "$A %s 2>&1 %s", commands[i], ways[w]);
            if (pty_shell(line, &said) != 1 || !one_line(&said) || !strstr(said.s, "cannot write"))
                fail_msg("%s: '%s'", line, text_str(&said));
        }
    text_free(&said);
    tried("terminals", "commands, output closed or a full disk", "%d: one line, status 1",
          COMMANDS * 3);
}

/* Where nothing is read and nothing goes wrong, the other two do not matter. */
static void other_streams(void **state)
{
    static const char *const ways[] = {"<&-",  "</dev/null",  "<\"$A\"",  "</dev/full",
                                       "2>&-", "2>/dev/full", "<&- 2>&-", "2>\"$D/said\""};
    struct text usual = {0}, said = {0};
    char line[200];

    (void)state;
    for (size_t i = 0; i < COMMANDS; i++) {
        snprintf(line, sizeof line, "$A %s", commands[i]);
        assert_int_equal(pty_shell(line, &usual), 0);
        assert_null(strchr(usual.s, '\x1b')); /* a pipe has no colours */
        for (size_t w = 0; w < sizeof ways / sizeof *ways; w++) {
            snprintf(line, sizeof line, "$A %s %s", commands[i], ways[w]);
            if (pty_shell(line, &said) != 0 || strcmp(said.s, usual.s) != 0)
                fail_msg("%s: '%s'", line, text_str(&said));
        }
        snprintf(line, sizeof line, "$A %s >\"$D/out\"; cat \"$D/out\"", commands[i]);
        assert_int_equal(pty_shell(line, &said), 0);
        assert_string_equal(said.s, usual.s);
    }
    text_free(&usual);
    text_free(&said);
    tried("terminals", "commands, input or errors closed, file, full disk",
          "%d: the usual output, status 0", COMMANDS * 9);
}

/* What does read, and a reader who has enough. */
static void pipes(void **state)
{
    static const struct {
        const char *line, *says; /* says NULL: one line of an error */
        int status;
    } rows[] = {
        {"$A eval gelu <&- 2>&1", NULL, 1},
        {"$A eval gelu </ 2>&1", NULL, 1},
        {"$A -f - <&- 2>&1", NULL, 1},
        {"$A -f / 2>&1", NULL, 1},
        {"$A eval gelu </dev/null", "", 0},
        {"{ $A table gelu -30 30 0.0001 2>&1; echo $? >\"$D/status\"; } | head -n 1 >/dev/null; "
         "cat \"$D/status\"",
         "141\n", 0},
        {"{ trap '' PIPE; $A table gelu -30 30 0.0001; echo $? >\"$D/status\"; } 2>&1 | "
         "head -n 1 >/dev/null; cat \"$D/status\"",
         "0\n", 0},
        {"yes 1 | head -n 100000 | $A eval gelu 2>&1 >/dev/full", NULL, 1},
        /* a file that is opened does not become the stream that was closed */
        {"$A -c \"record $D/record\" -c 'fn relu' -c 'eval relu 7' >&- 2>/dev/null; "
         "grep -c '^7' \"$D/record\"",
         "0\n", 1},
    };
    enum { ROWS = sizeof rows / sizeof *rows };
    struct text said = {0};

    (void)state;
    for (size_t i = 0; i < ROWS; i++) {
        int status = pty_shell(rows[i].line, &said);

        if (status != rows[i].status ||
            (rows[i].says ? strcmp(text_str(&said), rows[i].says) != 0 : !one_line(&said)))
            fail_msg("%s: status %d, '%s'", rows[i].line, status, text_str(&said));
    }
    text_free(&said);
    tried("terminals", "`actlab table` into `head -1`, and other pipes",
          "%d: quiet end by SIGPIPE, else one line", ROWS);
}

/* ---- the screen ------------------------------------------------------------------------------ */

static void no_terminal(void **state)
{
    static const char *const ways[] = {
        "$A </dev/null 2>&1",
        "$A <&- 2>&1",
        "echo q | $A 2>&1",
        "$A <\"$A\" 2>&1",
        "$A 2>&1 >/dev/null </dev/null",
        "$A 2>&1 >&- </dev/null",
        "$A 2>&1 >/dev/full </dev/null",
        "$A 2>&1 >\"$D/out\" </dev/null",
    };
    struct text said = {0};

    (void)state;
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        int status = pty_shell(ways[i], &said);

        if (status != 1 || !one_line(&said))
            fail_msg("%s: status %d, '%s'", ways[i], status, text_str(&said));
    }
    assert_int_equal(pty_shell("$A <&- >&- 2>&-", &said), 1);
    assert_int_equal(said.len, 0);
    text_free(&said);
    tried("terminals", "the screen, input or output closed, pipe, file, full disk",
          "%zu: one line, status 1", sizeof ways / sizeof *ways);
}

static void in_terminal(const char *how, int status, const char *says)
{
    struct pty_options o = {.program = "/bin/sh"};
    const char *argv[] = {"-c", how, NULL};
    struct pty p;

    pty_start(&p, &o, argv);
    if (!says) {
        pty_expect(&p, "sigmoid");
        pty_send(&p, "3");
        pty_expect(&p, " relu ");
        pty_send(&p, ":fn gellu\r"); /* an error goes to the screen, whatever stderr is */
        pty_expect(&p, "gelu");
        pty_send(&p, "\x1b");
        pty_wait(&p, 100);
        pty_send(&p, "q");
    }
    assert_true(pty_ended(&p, 3000));
    if (says && !strstr(text_str(&p.bytes), says))
        fail_msg("%s: '%s'", how, text_str(&p.bytes));
    if (!WIFEXITED(p.status) || WEXITSTATUS(p.status) != status)
        fail_msg("%s: status %x", how, p.status);
    assert_true(pty_modes_restored(&p));
    assert_false(p.screen.alternate);
    pty_close(&p);
}

static void with_terminal(void **state)
{
    (void)state;
    in_terminal("exec \"$ACTLAB\" 2>&-", 0, NULL);
    in_terminal("exec \"$ACTLAB\" 2>/dev/full", 0, NULL);
    in_terminal("exec \"$ACTLAB\" 2>\"$XDG_STATE_HOME/said\"", 0, NULL);
    in_terminal("\"$ACTLAB\" 2>&1 >/dev/tty | cat; exit 0", 0, NULL);
    in_terminal("exec \"$ACTLAB\" <&-", 1, "standard input");
    in_terminal("exec \"$ACTLAB\" >&-", 1, "standard output");
    in_terminal("exec \"$ACTLAB\" >/dev/full", 1, "standard output");
    in_terminal("\"$ACTLAB\" | cat; exit 3", 3, "standard output");
    in_terminal("exec \"$ACTLAB\" <&- 2>&-", 1, "");
    tried("terminals", "the screen, errors closed, pipe, file, full disk",
          "4 ways: it works, terminal restored");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_output),   cmocka_unit_test(other_streams), cmocka_unit_test(pipes),
        cmocka_unit_test(no_terminal), cmocka_unit_test(with_terminal),
    };

    signal(SIGPIPE, SIG_DFL); /* also where whoever runs the tests ignores it */
    return cmocka_run_group_tests(tests, NULL, NULL);
}
