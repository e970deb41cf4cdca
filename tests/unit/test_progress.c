/* test_progress.c - what a learner did: kept through kill -9, full disks, damage, two sessions at
 * once. */
#include "unit.h"

#include "base/file.h"
#include "base/text.h"
#include "course/progress.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static char folder[64], path[96];

static int set_up(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/actlab-progress-XXXXXX");
    if (!mkdtemp(folder))
        return -1;
    snprintf(path, sizeof path, "%s/progress", folder);
    return 0;
}

static int tear_down(void **state)
{
    DIR *d = opendir(folder);

    (void)state;
    for (struct dirent *f; d && (f = readdir(d));) {
        char name[400];

        snprintf(name, sizeof name, "%s/%s", folder, f->d_name);
        if (f->d_name[0] != '.')
            remove(name);
    }
    if (d)
        closedir(d);
    return rmdir(folder);
}

static void open_it(struct progress *p)
{
    struct error e = {0};

    if (!progress_open(p, path, &e))
        fail_msg("%s", e.text);
}

static struct progress_entry entry(enum progress_kind kind, const char *lesson, int a, int b,
                                   const char *value, int64_t when)
{
    struct progress_entry p = {.kind = kind, .a = a, .b = b, .when = when};

    strcpy(p.lesson, lesson);
    strcpy(p.value, value);
    return p;
}

static void add(struct progress *p, enum progress_kind kind, const char *lesson, int a, int b,
                const char *value, int64_t when)
{
    struct error e = {0};

    if (!progress_add(p, entry(kind, lesson, a, b, value, when), &e))
        fail_msg("%s", e.text);
}

static char *content(void)
{
    struct text t = {0};
    struct error e;

    assert_true(file_read(path, 1 << 20, &t, &e));
    return t.s;
}

static void write_content(const char *s)
{
    FILE *f = fopen(path, "w");

    assert_non_null(f);
    fputs(s, f);
    fclose(f);
}

/* Every kind is written, and read back as it was. */
static void round_trip(void **state)
{
    static const char wanted[] = "# actlab progress 1\n"
                                 "1970-01-01T00:00:01.002Z open relu\n"
                                 "1970-01-01T00:00:02.000Z page relu 3\n"
                                 "1970-01-01T00:00:03.000Z goal relu 1 2\n"
                                 "1970-01-01T00:00:04.000Z hint relu 1 2\n"
                                 "1970-01-01T00:00:05.000Z solution relu 1\n"
                                 "1970-01-01T00:00:06.000Z answer relu 2 wrong 1,3\n"
                                 "2026-02-28T23:59:59.999Z open a%20b%25%C3%BC\n";
    struct progress p, q;
    char *s;

    (void)state;
    open_it(&p);
    add(&p, PROGRESS_OPEN, "relu", 0, 0, "", 1002);
    add(&p, PROGRESS_PAGE, "relu", 3, 0, "", 2000);
    add(&p, PROGRESS_GOAL, "relu", 1, 2, "", 3000);
    add(&p, PROGRESS_HINT, "relu", 1, 2, "", 4000);
    add(&p, PROGRESS_SOLUTION, "relu", 1, 0, "", 5000);
    add(&p, PROGRESS_ANSWER, "relu", 2, 0, "1,3", 6000);
    add(&p, PROGRESS_OPEN, "a b%\u00fc", 0, 0, "", 1772323199999);
    s = content();
    assert_string_equal(s, wanted);
    free(s);
    open_it(&q);
    assert_int_equal(q.n, 7);
    assert_memory_equal(p.entry, q.entry, q.n * sizeof *q.entry);
    assert_non_null(progress_find(&q, PROGRESS_OPEN, "a b%\u00fc", 0, 0));
    assert_null(progress_find(&q, PROGRESS_GOAL, "relu", 2, 1));
    progress_close(&p);
    progress_close(&q);
}

static void later_and_better_win(void **state)
{
    struct progress p;

    (void)state;
    open_it(&p);
    add(&p, PROGRESS_PAGE, "a", 3, 0, "", 3000);
    add(&p, PROGRESS_PAGE, "a", 2, 0, "", 2000);
    add(&p, PROGRESS_PAGE, "b", 9, 0, "", 2500);
    assert_int_equal(progress_find(&p, PROGRESS_PAGE, "a", 0, 0)->a, 3);
    assert_true(progress_is_of(progress_last(&p), "a"));
    add(&p, PROGRESS_GOAL, "a", 1, 1, "", 3000);
    add(&p, PROGRESS_GOAL, "a", 1, 1, "", 2000);
    assert_int_equal(progress_find(&p, PROGRESS_GOAL, "a", 1, 1)->when, 2000);
    add(&p, PROGRESS_ANSWER, "a", 1, 0, "2", 1000);
    add(&p, PROGRESS_ANSWER, "a", 1, 0, "3", 2000);
    assert_string_equal(progress_find(&p, PROGRESS_ANSWER, "a", 1, 0)->value, "3");
    add(&p, PROGRESS_ANSWER, "a", 1, 1, "1", 3000);
    add(&p, PROGRESS_ANSWER, "a", 1, 0, "2", 4000);
    assert_string_equal(progress_find(&p, PROGRESS_ANSWER, "a", 1, 0)->value, "1");
    add(&p, PROGRESS_HINT, "a", 1, 2, "", 1000);
    add(&p, PROGRESS_HINT, "a", 1, 1, "", 2000);
    assert_int_equal(progress_find(&p, PROGRESS_HINT, "a", 1, 0)->b, 2);
    progress_close(&p);
}

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
    assert_true(progress_open(&p, "/nonexistent/x/progress", &e));
    assert_false(progress_add(&p, entry(PROGRESS_GOAL, "relu", 1, 1, "", 0), &e));
    assert_int_equal(p.n, 1);
    progress_close(&p);
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_false(progress_open(&p, path, &e));
    assert_non_null(strstr(e.text, "progress is not saved"));
    assert_true(progress_add(&p, entry(PROGRESS_GOAL, "relu", 1, 1, "", 0), &e));
    progress_close(&p);
}

static void damaged(const char *bytes, int line, size_t kept)
{
    struct progress p;
    struct error e;
    char wanted[32], aside[128];
    struct text t = {0};

    write_content(bytes);
    assert_false(progress_open(&p, path, &e));
    snprintf(wanted, sizeof wanted, "line %d of", line);
    assert_non_null(strstr(e.text, wanted));
    assert_non_null(strstr(e.text, "progress.damaged"));
    assert_int_equal(p.n, kept);
    progress_close(&p);
    open_it(&p); /* what could be read was saved again */
    assert_int_equal(p.n, kept);
    progress_close(&p);
    snprintf(aside, sizeof aside, "%s.damaged", path);
    assert_true(file_read(aside, 1 << 20, &t, &e));
    assert_string_equal(text_str(&t), bytes);
    text_free(&t);
    remove(aside);
}

static void damage_is_set_aside(void **state)
{
#define HEAD "# actlab progress 1\n"
#define GOOD "2026-01-01T00:00:00.000Z goal relu 1 1\n"
    static const char *const bad[] = {
        "2026-01-01T00:00:00.000Z gaol relu 1 1\n",
        "2026-01-01T00:00:00.000Z goal relu 1\n",
        "2026-01-01T00:00:00.000Z goal relu 0 1\n",
        "2026-01-01T00:00:00.000Z goal relu 1 1 1\n",
        "2026-01-01T00:00:00.000Z answer relu 1 maybe 1\n",
        "2026-01-01T00:00:00.000Z answer relu 1 right \x1b[2J\n",
        "yesterday goal relu 1 1\n",
        "2026-01-01T00:00:00.000Z goal re\x1blu 1 1\n",
        "2026-01-01T00:00:00.000Z goal re\x80lu 1 1\n",
        "2026-01-01T00:00:00.000Z goal relu 2 ",
        "\x01\x02\x03\n",
    };
    struct progress p;
    struct error e;

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct text t = {0};

        text_printf(&t, "%s%s%s", HEAD, GOOD, bad[i]);
        damaged(t.s, 3, 1);
        text_free(&t);
    }
    damaged("", 1, 0);
    damaged("rubbish\n" GOOD, 1, 0);

    write_content("# actlab progress 2\n" GOOD);
    assert_false(progress_open(&p, path, &e));
    assert_non_null(strstr(e.text, "another version"));
    assert_true(progress_add(&p, entry(PROGRESS_GOAL, "relu", 1, 2, "", 0), &e));
    progress_close(&p);
    char *s = content();
    assert_string_equal(s, "# actlab progress 2\n" GOOD); /* never touched */
    free(s);
    assert_false(progress_read(&p, path, &e));
    write_content(HEAD GOOD);
    assert_true(progress_read(&p, path, &e));
    assert_int_equal(p.n, 1);
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
    fd = open(name, O_RDWR | O_CREAT, 0600);
    assert_int_equal(flock(fd, LOCK_EX), 0);
    assert_false(progress_add(&p, entry(PROGRESS_GOAL, "relu", 1, 1, "", 0), &e));
    assert_string_equal(e.text, "cannot save progress: another session holds its lock");
    close(fd);
    assert_true(progress_save(&p, &e));
    progress_close(&p);
    open_it(&p);
    assert_int_equal(p.n, 1);
    progress_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(round_trip, set_up, tear_down),
        cmocka_unit_test_setup_teardown(later_and_better_win, set_up, tear_down),
        cmocka_unit_test_setup_teardown(two_sessions_merge, set_up, tear_down),
        cmocka_unit_test_setup_teardown(many_sessions_at_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(killed_at_any_moment, set_up, tear_down),
        cmocka_unit_test_setup_teardown(full_disk, set_up, tear_down),
        cmocka_unit_test_setup_teardown(no_folder, set_up, tear_down),
        cmocka_unit_test_setup_teardown(damage_is_set_aside, set_up, tear_down),
        cmocka_unit_test_setup_teardown(held_lock, set_up, tear_down),
    };

    return cmocka_run_group_tests_name("progress", tests, NULL, NULL);
}
