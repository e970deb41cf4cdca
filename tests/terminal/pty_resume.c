/* pty_resume.c - what was trained is kept for the next start, whatever ends the program, and is
 * gone on with; a file that is damaged or another's harms nothing. */
#include "../unit/unit.h"
#include "base/file.h"
#include "base/text.h"
#include "pty.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void forget(void)
{
    struct text said = {0};

    pty_shell("rm -rf \"$D\"/actlab/session*", &said);
    text_free(&said);
}

static void open_lab(struct pty *p, const char *option)
{
    const char *argv[] = {"--no-rc", option, NULL};

    pty_start(p, NULL, argv);
    pty_expect(p, "Network");
}

/* The number behind the word in the title of the network. */
static double seen(const struct pty *p, const char *word)
{
    for (int row = 0; row < 24; row++) {
        const char *at = strstr(pty_row(p, row), word);

        if (strstr(pty_row(p, row), "epoch ") && at)
            return atof(at + strlen(word));
    }
    fail_msg("no %s is shown", word);
    return 0;
}

static void train_epochs(struct pty *p, int n)
{
    pty_command(p, "train %d epochs", n);
    pty_until(p, seen(p, "epoch ") == n);
}

/* What a line prints after --resume, and that it leaves the status `status`. */
static void resumed(const char *line, int status, const char *says)
{
    struct text said = {0};
    char all[200];
    int got;

    snprintf(all, sizeof all, "exec 2>&1; $A --no-rc --resume %s", line);
    got = pty_shell(all, &said);
    if (got != status || !strstr(text_str(&said), says))
        fail_msg("%s: %d, not %d: %s, and not '%s'", line, got, status, text_str(&said), says);
    text_free(&said);
}

static void end(struct pty *p, int number)
{
    if (number > 0)
        kill(p->pid, number);
    else if (number < 0)
        pty_send(p, "q");
    if (number != 0) {
        assert_true(pty_ended(p, 3000));
    } else {
        pty_hang_up(p);
        while (!p->ended) {
            p->ended = waitpid(p->pid, &p->status, WNOHANG) == p->pid;
            usleep(1000);
        }
    }
    pty_close(p);
}

/* Three epochs, ended at once; after SIGKILL only what is older than a second need be there. */
static void every_way_out(void **state)
{
    static const int ways[] = {-1, SIGTERM, SIGHUP, SIGINT, SIGKILL, 0};

    (void)state;
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        struct pty p;

        forget();
        open_lab(&p, NULL);
        train_epochs(&p, 3);
        if (ways[i] == SIGKILL)
            pty_wait(&p, (int)(1000 * at_most(1)));
        end(&p, ways[i]);
        resumed("state", 0, "\nstep 60\n");
    }
    tried("ways out", "training, then q TERM HUP INT KILL, a lost line", "kept, and gone on with");
}

static void wait_seconds(struct pty *p, double seconds)
{
    const double until = clock_now() + seconds;

    while (clock_now() < until)
        pty_read(p, 10);
}

/* Killed while it trains; the key on the first screen goes on. */
static void killed_while_training(void **state)
{
    struct pty p;
    double epoch;

    (void)state;
    forget();
    open_lab(&p, NULL);
    pty_send(&p, "2 ");
    pty_until(&p, seen(&p, "epoch ") >= 1);
    wait_seconds(&p, at_most(0.7));
    epoch = seen(&p, "epoch ");
    wait_seconds(&p, at_most(1));
    kill(p.pid, SIGKILL);
    assert_true(pty_ended(&p, 3000));
    pty_close(&p);
    open_lab(&p, NULL);
    pty_expect(&p, "R goes on with tanh 8x16, epoch ");
    assert_true(seen(&p, "epoch ") == 0);
    pty_send(&p, "R");
    pty_expect(&p, "going on with tanh 8x16, epoch ");
    if (!(seen(&p, "epoch ") >= epoch))
        fail_msg("epoch %g, of %g that were there a second before", seen(&p, "epoch "), epoch);
    pty_quit(&p, "q");
}

static void copy_row(const struct pty *p, const char *word, char *out, size_t size)
{
    for (int row = 0; row < 24; row++)
        if (strstr(pty_row(p, row), word))
            snprintf(out, size, "%s", strstr(pty_row(p, row), word));
}

/* The stray key: the same epoch and loss come back; also in the next sitting. */
static void a_stray_key(void **state)
{
    char before[200] = "", after[200] = "-";
    struct pty p;

    (void)state;
    forget();
    open_lab(&p, NULL);
    train_epochs(&p, 3);
    copy_row(&p, "epoch 3", before, sizeof before);
    assert_non_null(strstr(before, "loss 0."));
    pty_send(&p, "+");
    pty_expect(&p, "9x16");
    pty_send(&p, "u");
    pty_expect(&p, "undone");
    pty_until(&p, (copy_row(&p, "epoch 3", after, sizeof after), strcmp(before, after) == 0));
    wait_seconds(&p, at_most(1));
    pty_send(&p, "+");
    pty_expect(&p, "9x16");
    pty_quit(&p, "q");
    open_lab(&p, "--resume");
    pty_expect(&p, "9x16");
    pty_send(&p, "u");
    pty_until(&p, (copy_row(&p, "epoch 3", after, sizeof after), strcmp(before, after) == 0));
    pty_quit(&p, "q");
}

/* Nothing is offered, and nothing written, where nothing was trained. */
static void nothing_is_kept_of_nothing(void **state)
{
    struct pty p;

    (void)state;
    forget();
    open_lab(&p, NULL);
    pty_type(&p, "..,ig");
    wait_seconds(&p, at_most(1));
    pty_quit(&p, "q");
    assert_int_not_equal(access(pty_path("actlab/session"), F_OK), 0);
    resumed("state", 1, "nothing is kept");
}

/* Each has a file of its own; the last one that is over is gone on with. */
static void sittings_side_by_side(void **state)
{
    struct pty p[2];

    (void)state;
    forget();
    for (int i = 0; i < 2; i++) {
        open_lab(&p[i], NULL);
        train_epochs(&p[i], 2 + i);
        wait_seconds(&p[i], at_most(1));
    }
    resumed("state", 1, "nothing is kept"); /* both are still at work */
    pty_quit(&p[1], "q");
    resumed("state", 0, "\nstep 60\n");
    pty_command(&p[0], "train 4 epochs");
    pty_until(&p[0], seen(&p[0], "epoch ") == 6);
    pty_quit(&p[0], "q");
    resumed("state", 0, "\nstep 120\n");
    rename(pty_path("actlab/session.2"), pty_path("actlab/session"));
    resumed("state", 0, "\nstep 60\n");
}

/* One line, status 1, and the file is what it was. A lab that trains afterwards leaves it alone. */
static void refused(const char *bytes, size_t n, const char *says)
{
    struct text after = {0};
    struct error e;
    struct pty p;

    assert_true(file_save(pty_path("actlab/session"), bytes, n, true, &e));
    resumed("state", 1, says);
    resumed("state 2>&1 | wc -l", 0, "1\n");
    open_lab(&p, NULL);
    train_epochs(&p, 1);
    pty_quit(&p, "q");
    assert_true(file_read(pty_path("actlab/session"), 1 << 22, &after, &e));
    assert_int_equal(after.len, n);
    assert_memory_equal(text_str(&after), bytes, n);
    text_free(&after);
    forget();
}

static void files_that_are_none(void **state)
{
    struct text whole = {0}, later = {0};
    struct error e;
    struct pty p;

    (void)state;
    forget();
    open_lab(&p, NULL);
    train_epochs(&p, 1);
    pty_quit(&p, "q");
    assert_true(file_read(pty_path("actlab/session"), 1 << 22, &whole, &e));
    text_printf(&later, "# actlab recording 3\n%s", strchr(whole.s, '\n') + 1);
    refused("", 0, "no session");
    refused("export ! /tmp/x.svg\n", 20, "no session");
    refused("\0\xff\x1b[31m\n", 8, "no session");
    refused(later.s, later.len, "of a later actlab");
    refused(whole.s, whole.len - 30, "damaged");
    refused(whole.s, whole.len / 2, "damaged");
    whole.s[whole.len / 2] ^= 1;
    refused(whole.s, whole.len, "damaged");
    text_free(&whole);
    text_free(&later);
    tried("ways in", "a kept session, torn, of another program or a later version",
          "one line, nothing done, the file left alone");
}

/* A session for strangers has what it has a folder for. */
static void restricted_sessions(void **state)
{
    static const char *const nowhere[] = {"XDG_STATE_HOME=/dev/null/none", "HOME=/dev/null/none",
                                          NULL};
    const struct pty_options none = {.set = nowhere};
    const char *argv[] = {"--restricted", NULL};
    struct pty p;

    (void)state;
    for (int folder = 0; folder < 2; folder++) {
        forget();
        pty_start(&p, folder ? NULL : &none, argv);
        pty_expect(&p, "Network");
        train_epochs(&p, 2);
        wait_seconds(&p, at_most(1));
        assert_false(pty_shows(&p, "not kept"));
        pty_quit(&p, "q");
        resumed("state", !folder, folder ? "\nstep 40\n" : "nothing is kept");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_way_out),         cmocka_unit_test(killed_while_training),
        cmocka_unit_test(a_stray_key),           cmocka_unit_test(nothing_is_kept_of_nothing),
        cmocka_unit_test(sittings_side_by_side), cmocka_unit_test(files_that_are_none),
        cmocka_unit_test(restricted_sessions),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
