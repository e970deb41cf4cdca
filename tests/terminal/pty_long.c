/* pty_long.c - work that takes long without training: ^C stops it and the program stays, a signal
 * that asks for the end has it within moments, the terminal restored. */
#include "../unit/unit.h"
#include "pty.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

enum { DEAR = 12, TERMS = 380 };

/* A function of thousands of operations, others that call it, and a script of a million lines. */
static const char *definitions(void)
{
    const char *path = pty_path("dear");
    FILE *f = fopen(path, "w");

    assert_non_null(f);
    fprintf(f, "def part(x)=tanh(x)");
    for (int i = 1; i < TERMS; i++)
        fprintf(f, "+tanh(x)");
    fprintf(f, "\ndef dear(x)=part(x)+part(x)+part(x)+part(x)\n");
    for (int i = 0; i < DEAR; i++)
        fprintf(f, "def more%d(x)=dear(x)+%d\n", i, i);
    fclose(f);
    return path;
}

static const char *script(void)
{
    const char *path = pty_path("script");
    FILE *f = fopen(path, "w");

    assert_non_null(f);
    for (int i = 0; i < 1000000; i++)
        fprintf(f, "set fps %d\n", 20 + i % 10);
    fclose(f);
    return path;
}

static const struct {
    const char *before, *line;
} works[] = {
    {"set fps 30", "table dear 0 9999 1"},
    {"set fps 30", "facts"},
    {"net layers=10 width=256 samples=100000 batch=all", "step"},
    {"set fps 30", "source script"},
};

enum { WORKS = sizeof works / sizeof *works };

static void start(struct pty *p, int i, const char *dear, const char *many)
{
    const char *argv[] = {"--no-rc", "-f", dear, "-c", works[i].before, "-i", NULL};

    pty_open(p, NULL, argv);
    if (strcmp(works[i].line, "source script") == 0)
        pty_command(p, "source %s", many);
    else
        pty_command(p, "%s", works[i].line);
    pty_wait(p, 150);
}

static void stopped(void **state)
{
    const char *dear = definitions(), *many = script();
    struct pty p;

    (void)state;
    for (int i = 0; i < WORKS; i++) {
        start(&p, i, dear, many);
        pty_send(&p, "\x03");
        pty_expect(&p, "stopped");
        pty_send(&p, "\x1b"); /* the line stands in the prompt again */
        pty_wait(&p, 100);
        pty_command(&p, "eval 6*7");
        pty_expect(&p, "42");
        pty_quit(&p, ":quit\r");
    }
    tried("ways out", "^C during a table, facts, a step of 100000 samples, a script",
          "%d of %d stopped, the program answers", WORKS, WORKS);
}

static void ended(void **state)
{
    static const int numbers[] = {SIGTERM, SIGHUP};
    const char *dear = definitions(), *many = script();
    struct pty p;

    (void)state;
    for (int i = 0; i < WORKS; i++) {
        const int number = numbers[i % 2];

        start(&p, i, dear, many);
        kill(p.pid, number);
        if (!pty_ended(&p, 3000))
            fail_msg("%s: signal %d did not end it", works[i].line, number);
        if (!WIFSIGNALED(p.status) || WTERMSIG(p.status) != number)
            fail_msg("%s: status %x", works[i].line, p.status);
        assert_true(pty_modes_restored(&p));
        assert_true(p.screen.cursor_shown);
        assert_false(p.screen.alternate);
        pty_close(&p);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stopped),
        cmocka_unit_test(ended),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
