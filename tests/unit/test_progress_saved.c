/* test_progress_saved.c - what a learner did: kept through kill -9, full disks, and other sessions
 * at once. */
#include "unit.h"

#include "folder.h"
#include "notebook.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* Neither session loses what the other did, and what one forgot does not come back. */
static void two_sessions_merge(void **state)
{
    struct progress a, b, c;
    struct error e;

    (void)state;
    open_it(&a);
    open_it(&b);
    add(&a, PROGRESS_GOAL, "relu", 1, 1, "", 0);
    add(&b, PROGRESS_GOAL, "relu", 1, 2, "", 0);
    add(&a, PROGRESS_GOAL, "tanh", 1, 1, "", 0);
    open_it(&c);
    assert_int_equal(c.n, 3);
    progress_close(&c);

    add(&b, PROGRESS_RESET, "relu", 0, 0, "", 0);
    add(&a, PROGRESS_PAGE, "tanh", 2, 0, "", 0); /* a still remembers relu */
    open_it(&c);
    assert_null(progress_find(&c, PROGRESS_GOAL, "relu", 1, 1));
    assert_null(progress_find(&c, PROGRESS_GOAL, "relu", 1, 2));
    assert_non_null(progress_find(&c, PROGRESS_GOAL, "tanh", 1, 1));
    progress_close(&c);

    add(&a, PROGRESS_GOAL, "relu", 1, 1, "", 0); /* done again, afterwards */
    open_it(&c);
    assert_non_null(progress_find(&c, PROGRESS_GOAL, "relu", 1, 1));
    assert_true(progress_add(&c, entry(PROGRESS_RESET, "*", 0, 0, "", 0), &e));
    add(&c, PROGRESS_GOAL, "tanh", 1, 2, "", 0); /* in the same millisecond, perhaps */
    assert_int_equal(c.n, 2);
    progress_close(&c);
    progress_close(&a);
    progress_close(&b);
}

static void many_sessions_at_once(void **state)
{
    enum { SESSIONS = 4, GOALS = 25 };
    struct progress p;

    (void)state;
    for (int s = 1; s <= SESSIONS; s++) {
        if (fork() != 0)
            continue;
        int bad = 0;

        bad |= !progress_open(&p, path, NULL);
        for (int g = 1; g <= GOALS; g++)
            bad |= !progress_add(&p, entry(PROGRESS_GOAL, "relu", s, g, "", 0), NULL);
        _exit(bad);
    }
    for (int s = 0; s < SESSIONS; s++) {
        int status;

        wait(&status);
        assert_int_equal(status, 0);
    }
    open_it(&p);
    assert_int_equal(p.n, SESSIONS * GOALS);
    progress_close(&p);
}

/* Thirty writers find the lock taken for longer than a moment, and then each other: none is refused
 * and nothing is lost. */
static void thirty_writers(void **state)
{
    enum { WRITERS = 30, SAVES = 3 };
    const struct timespec moment = {1, 300000000};
    struct progress p;
    char name[128];
    int fd, refused = 0;

    (void)state;
    snprintf(name, sizeof name, "%s.lock", path);
    fd = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    assert_int_equal(flock(fd, LOCK_EX), 0);
    for (int w = 1; w <= WRITERS; w++) {
        if (fork() != 0)
            continue;
        int bad = !progress_open(&p, path, NULL);

        close(fd); /* or it would be held on to */
        for (int g = 1; g <= SAVES; g++)
            bad += !progress_add(&p, entry(PROGRESS_GOAL, "relu", w, g, "", 0), NULL);
        _exit(bad);
    }
    nanosleep(&moment, NULL);
    close(fd);
    for (int w = 0; w < WRITERS; w++) {
        int status;

        wait(&status);
        refused += status != 0;
    }
    assert_int_equal(refused, 0);
    open_it(&p);
    assert_int_equal(p.n, WRITERS * SAVES);
    progress_close(&p);
}

/* Killed at any moment: the file is whole, and holds all that had been reported as saved. */
static void killed_at_any_moment(void **state)
{
    (void)state;
    for (int round = 0; round < 12; round++) {
        const struct timespec t = {0, (round + 1) * 2 * 1000 * 1000};
        int pipe_of[2], saved = 0;
        struct progress p;
        pid_t child;
        char c;

        assert_int_equal(pipe(pipe_of), 0);
        child = fork();
        if (child == 0) {
            progress_open(&p, path, NULL);
            for (int g = 1;; g++)
                if (!progress_add(&p, entry(PROGRESS_GOAL, "x", round + 1, g, "", 0), NULL) ||
                    write(pipe_of[1], "+", 1) != 1)
                    _exit(1);
        }
        close(pipe_of[1]);
        nanosleep(&t, NULL);
        kill(child, SIGKILL);
        waitpid(child, NULL, 0);
        while (read(pipe_of[0], &c, 1) == 1)
            saved++;
        close(pipe_of[0]);
        open_it(&p);
        for (int g = 1; g <= saved; g++)
            assert_non_null(progress_find(&p, PROGRESS_GOAL, "x", round + 1, g));
        progress_close(&p);
    }
}

static void full_disk(void **state)
{
    struct rlimit old, tight;
    struct progress p, q;
    struct error e;
    bool saved;

    (void)state;
    signal(SIGXFSZ, SIG_IGN);
    open_it(&p);
    add(&p, PROGRESS_GOAL, "relu", 1, 1, "", 0);
    getrlimit(RLIMIT_FSIZE, &old);
    tight = old;
    tight.rlim_cur = 10;
    setrlimit(RLIMIT_FSIZE, &tight);
    saved = progress_add(&p, entry(PROGRESS_GOAL, "relu", 1, 2, "", 0), &e);
    setrlimit(RLIMIT_FSIZE, &old);
    assert_false(saved);
    assert_non_null(strstr(e.text, "cannot write"));
    assert_non_null(progress_find(&p, PROGRESS_GOAL, "relu", 1, 2)); /* it goes on */
    open_it(&q);
    assert_int_equal(q.n, 1); /* the old file is whole */
    progress_close(&q);
    assert_true(progress_save(&p, &e)); /* there is room again */
    open_it(&q);
    assert_int_equal(q.n, 2);
    progress_close(&q);
    progress_close(&p);
}

static void no_folder(void **state)
{
    struct progress p;
    struct error e;

    (void)state;
    assert_true(progress_open(&p, "/proc/none/progress", &e));
    assert_false(progress_add(&p, entry(PROGRESS_GOAL, "relu", 1, 1, "", 0), &e));
    assert_int_equal(p.n, 1);
    progress_close(&p);
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_false(progress_open(&p, path, &e));
    assert_non_null(strstr(e.text, "progress is not saved"));
    assert_true(progress_add(&p, entry(PROGRESS_GOAL, "relu", 1, 1, "", 0), &e));
    progress_close(&p);
}

/* A session that does not let go of the lock is told of, and nothing hangs. */
static void held_lock(void **state)
{
    char name[128];
    struct progress p;
    struct error e;
    int fd;

    (void)state;
    snprintf(name, sizeof name, "%s.lock", path);
    open_it(&p);
    p.patience = 0.3;
    fd = open(name, O_RDWR | O_CREAT, 0600);
    assert_int_equal(flock(fd, LOCK_EX), 0);
    assert_false(progress_add(&p, entry(PROGRESS_GOAL, "relu", 1, 1, "", 0), &e));
    assert_string_equal(e.text, "cannot save progress: another session holds its lock");
    p.patience = 1e9; /* it waits no second time for one that hangs */
    assert_false(progress_add(&p, entry(PROGRESS_PAGE, "relu", 1, 1, "", 0), &e));
    close(fd);
    assert_true(progress_save(&p, &e));
    assert_false(p.refused);
    progress_close(&p);
    open_it(&p);
    assert_int_equal(p.n, 2);
    progress_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(two_sessions_merge, enter, leave),
        cmocka_unit_test_setup_teardown(many_sessions_at_once, enter, leave),
        cmocka_unit_test_setup_teardown(thirty_writers, enter, leave),
        cmocka_unit_test_setup_teardown(killed_at_any_moment, enter, leave),
        cmocka_unit_test_setup_teardown(full_disk, enter, leave),
        cmocka_unit_test_setup_teardown(no_folder, enter, leave),
        cmocka_unit_test_setup_teardown(held_lock, enter, leave),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
