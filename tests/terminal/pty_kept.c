/* pty_kept.c - what a learner has done is kept, whatever ends the program, and whenever. */
#include "../unit/unit.h"
#include "base/rng.h"
#include "base/text.h"
#include "pty.h"

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* What `actlab progress` says of the sigmoid's lesson, and that nothing is left behind. */
static void assert_done(const char *after, int done)
{
    struct text said = {0};
    int page = 0, pages = 0, experiments = 0;
    char *row;
    DIR *folder;

    assert_int_equal(pty_shell("$A --no-rc progress --format=tsv 2>&1", &said), 0);
    row = strstr(said.s, "\tsigmoid\t");
    if (!row || sscanf(row, " sigmoid %d %d %d", &page, &pages, &experiments) != 3 ||
        experiments != done || page < 1 || strstr(said.s, "damaged"))
        fail_msg("after %s: %s", after, said.s);
    text_free(&said);
    folder = opendir(pty_path("actlab"));
    assert_non_null(folder);
    for (struct dirent *d; (d = readdir(folder)) != NULL;)
        if (d->d_name[0] != '.' && strcmp(d->d_name, "progress") != 0 &&
            strcmp(d->d_name, "progress.lock") != 0 && strcmp(d->d_name, "history") != 0 &&
            strcmp(d->d_name, "history.lock") != 0 && strncmp(d->d_name, "session", 7) != 0)
            fail_msg("after %s: '%s' is left", after, d->d_name);
    closedir(folder);
}

/* The lesson's first experiment, done by hand. */
static void do_experiment(struct pty *p)
{
    remove(pty_path("actlab/progress"));
    pty_start(p, NULL, NULL);
    pty_expect(p, "function");
    pty_send(p, ":lesson 2\r");
    pty_expect(p, "lesson 2/");
    pty_send(p, "nt");
    pty_expect(p, "Try 1");
    pty_send(p, ":cursor =0\r");
    pty_expect(p, "Experiment 1 is done");
}

static void signals(void **state)
{
    static const struct {
        int number;
        const char *name, *mood;
    } rows[] = {
        {SIGHUP, "SIGHUP", " "},   {SIGTERM, "SIGTERM", ":net lay"}, {SIGINT, "SIGINT", ""},
        {SIGQUIT, "SIGQUIT", "?"}, {SIGPIPE, "SIGPIPE", " "},        {SIGSEGV, "SIGSEGV", ""},
        {SIGABRT, "SIGABRT", " "}, {SIGKILL, "SIGKILL", " "},        {0, "a lost line", " "},
        {-1, "quitting", ""},
    };
    enum { ROWS = sizeof rows / sizeof *rows };

    (void)state;
    for (size_t i = 0; i < ROWS; i++) {
        struct pty p;

        if (PTY_SANITIZED && (rows[i].number == SIGSEGV || rows[i].number == SIGABRT))
            continue; /* the sanitizer's own */
        do_experiment(&p);
        pty_send(&p, rows[i].mood);
        pty_wait(&p, 40);
        if (rows[i].number > 0)
            kill(p.pid, rows[i].number);
        else if (rows[i].number == 0)
            pty_hang_up(&p);
        else
            pty_send(&p, "q");
        for (int k = 0; k < 300 && !p.ended; k++) {
            if (p.master >= 0)
                pty_wait(&p, 10);
            else
                usleep(10000);
            p.ended = p.ended || waitpid(p.pid, &p.status, WNOHANG) == p.pid;
        }
        if (!p.ended)
            fail_msg("%s did not end it", rows[i].name);
        pty_close(&p);
        assert_done(rows[i].name, 1);
    }
    tried("ways out", "progress after HUP TERM INT QUIT PIPE SEGV ABRT KILL, a lost line",
          "kept, nothing left behind");
}

/* Killed while it saves: each page that is turned is a save. */
static void torn(void **state)
{
    enum { TIMES = 40 };
    struct text found = {0};
    struct rng r;

    (void)state;
    rng_seed(&r, 11, 0);
    for (int i = 0; i < TIMES; i++) {
        struct pty p;

        if (i == 0) {
            do_experiment(&p);
        } else {
            pty_start(&p, NULL, NULL);
            pty_expect(&p, "Network");
        }
        pty_send(&p, ":lesson 2 page=2\rpnpnpnpnpnpnpnpnpn");
        usleep(rng_below(&r, 20000));
        kill(p.pid, SIGKILL);
        assert_true(pty_ended(&p, 2000));
        pty_close(&p);
        /* the page is any of the two; a file that was being written may be left, and is passed by
         */
        pty_shell("$A --no-rc progress --format=tsv 2>&1 | "
                  "grep -c 'sigmoid.[12].[0-9]*.1.[0-9]\\|damaged'",
                  &found);
        if (atoi(text_str(&found)) != 1 || access(pty_path("actlab/progress.damaged"), F_OK) == 0)
            fail_msg("killed %d times: the progress is damaged", i + 1);
    }
    text_free(&found);
    tried("ways out", "SIGKILL while progress is saved", "%d times, the file always whole", TIMES);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(signals), cmocka_unit_test(torn)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
