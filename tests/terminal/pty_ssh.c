/* pty_ssh.c - the lab behind OpenSSH's own server (ssh.h). Sessions press keys and train side by
 * side; lines drop; nothing is left running. ACTLAB_SSH_SESSIONS=50 tries a whole class. Skipped
 * where sshd is not installed or cannot run. */
#include "../unit/unit.h"
#include "base/clock.h"
#include "base/number.h"
#include "base/text.h"
#include "pty.h"
#include "ssh.h"

#include <dirent.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { KEYS = 12 };

/* ---- sessions -------------------------------------------------------------------------------- */

/* Presses a key and waits for the first byte that comes of it, seconds. */
static double press(struct pty *p, const char *key, size_t *bytes)
{
    struct pollfd fd = {.fd = p->master, .events = POLLIN};
    double begun = clock_now(), came;

    pty_send(p, key);
    poll(&fd, 1, 5000);
    came = clock_now();
    *bytes += pty_settle(p, 15);
    return came - begun;
}

/* The same while the picture moves by itself: until the command line that the key opens is there.
 */
static double ask(struct pty *p)
{
    double begun = clock_now();

    pty_send(p, ":");
    while (pty_row(p, 23)[0] != ':' && clock_now() < begun + at_most(10))
        pty_wait(p, 1);
    begun = clock_now() - begun;
    pty_send(p, "\x03");
    while (pty_row(p, 23)[0] == ':' && !p->ended)
        pty_wait(p, 1);
    return begun;
}

static void train_all(struct pty *p, int n)
{
    for (int i = 0; i < n; i++)
        pty_send(&p[i], " ");
    for (int i = 0; i < n; i++)
        pty_expect(&p[i], "step ");
}

static void sessions(int n)
{
    static double seconds[SESSIONS_MOST * KEYS], busy[SESSIONS_MOST * KEYS];
    struct pty *p = calloc((size_t)n, sizeof *p);
    pid_t pid[SESSIONS_MOST];
    long kib = 0;
    size_t bytes = 0, streamed = 0;
    double begun = clock_now(), opened, watched;
    char subject[80];
    int pressed = 0, asked = 0, found;

    for (int i = 0; i < n; i++)
        start_ssh(&p[i], "");
    for (int i = 0; i < n; i++) {
        for (int tries = 0; tries < 100 && !pty_shows(&p[i], " sigmoid ") && !p[i].ended; tries++)
            pty_wait(&p[i], 100);
        pty_expect(&p[i], " sigmoid ");
    }
    opened = clock_now() - begun;
    for (int k = 0; k < KEYS; k++) /* each in its turn, at rest: what is measured is one key */
        for (int i = 0; i < n; i++)
            seconds[pressed++] = press(&p[i], k % 2 ? "," : ".", &bytes);
    qsort(seconds, (size_t)pressed, sizeof *seconds, number_ascending);
    train_all(p, n);
    begun = clock_now();
    while (clock_now() < begun + 1)
        for (int i = 0; i < n; i++)
            streamed += pty_wait(&p[i], 10);
    watched = clock_now() - begun;
    for (int k = 0; k < KEYS / 4; k++)
        for (int i = 0; i < n; i++)
            busy[asked++] = ask(&p[i]);
    qsort(busy, (size_t)asked, sizeof *busy, number_ascending);
    found = find_labs(pid, SESSIONS_MOST);
    assert_int_equal(found, n);
    for (int i = 0; i < found; i++)
        kib += pty_proc(pid[i], "smaps_rollup", "Pss: %ld"); /* with its part of what is shared */
    for (int i = 0; i < n / 2; i++) {                        /* the line drops */
        kill(p[i].pid, SIGKILL);
        pty_hang_up(&p[i]);
    }
    assert_true(labs_become(n - n / 2, 10));
    for (int i = n / 2; i < n; i++) { /* the others go on */
        pty_send(&p[i], "3");
        pty_expect(&p[i], " relu ");
        pty_send(&p[i], "q");
    }
    for (int i = n / 2; i < n; i++)
        assert_true(pty_ended(&p[i], 10000));
    assert_true(labs_become(0, 10));
    /* A key costs less than to begin, and not much more where all train. */
    assert_true(seconds[pressed / 2] < opened && busy[asked / 2] < 5 * opened);
    snprintf(subject, sizeof subject,
             n == 1 ? "%d session presses keys and trains"
                    : "%d sessions press keys and train, half of them are cut off",
             n);
    tried(
        "SSH", subject,
        "open in %.1f s; %.1f MiB each; key to screen: median %.1f ms, 99 %% %.1f ms, %.0f bytes; "
        "while all train %.1f and %.1f ms, %.1f KB/s each; nothing left running",
        opened, (double)kib / 1024 / n, 1e3 * seconds[pressed / 2],
        1e3 * seconds[pressed * 99 / 100], (double)bytes / pressed, 1e3 * busy[asked / 2],
        1e3 * busy[asked * 99 / 100], (double)streamed / 1e3 / n / watched);
    for (int i = 0; i < n; i++)
        pty_close(&p[i]);
    free(p);
}

static void one_session(void **state)
{
    (void)state;
    sessions(1);
}

static void ten_sessions(void **state)
{
    (void)state;
    sessions(10);
}

static void a_class(void **state)
{
    const char *n = getenv("ACTLAB_SSH_SESSIONS");

    (void)state;
    if (!n || atoi(n) < 1 || atoi(n) > SESSIONS_MOST)
        puts("ACTLAB_SSH_SESSIONS=50 tries more");
    else
        sessions(atoi(n));
}

/* What a client asks for instead of the lab. */
static void there_is_nothing_but_the_lab(void **state)
{
    const char *asked[8] = {
        "", "eval gelu 1", "sh", "/usr/lib/openssh/sftp-server", "scp -f /etc/passwd", "-s sftp"};
    size_t n = 6;
    char canary[128], command[256], line[300];
    struct pty p;
    FILE *f;

    (void)state;
    snprintf(canary, sizeof canary, "%s/canary", server_folder);
    f = fopen(canary, "w");
    fputs("CANARY-7f3a\n", f);
    fclose(f);

    snprintf(command, sizeof command, "cat %s", canary);
    start_ssh(&p, command);
    pty_expect(&p, " sigmoid "); /* with a terminal it is the lab all the same */
    assert_false(pty_shows(&p, "CANARY"));
    pty_command(&p, "source %s", canary);
    pty_expect(&p, "not allowed");
    pty_quit(&p, "\x03q");

    snprintf(command, sizeof command, "cat %s", canary);
    asked[n++] = command;
    for (size_t i = 0; i < n; i++) { /* without one it says what there is */
        snprintf(line, sizeof line, "-T %s </dev/null", asked[i]);
        start_ssh(&p, line);
        assert_true(pty_ended(&p, 10000));
        assert_null(strstr(text_str(&p.bytes), "CANARY"));
        assert_null(strstr(text_str(&p.bytes), "0.84"));
        if (asked[i][0] != '-' && /* sshd passes no errors on from a subsystem */
            (!strstr(text_str(&p.bytes), "only the laboratory") ||
             !strstr(text_str(&p.bytes), "ssh -t")))
            fail_msg("'%s': %s", asked[i], text_str(&p.bytes));
        pty_close(&p);
    }
    assert_true(labs_become(0, 5));
    tried("SSH", "a command, a file, sftp, scp, a shell asked for instead of the lab",
          "%zu ways, none runs: without a terminal one line says what there is", n + 1);
}

/* Whether a process has this word among its own. */
static bool runs_with(const char *word)
{
    DIR *proc = opendir("/proc");
    struct dirent *entry;
    bool found = false;

    while (proc && !found && (entry = readdir(proc))) {
        char path[300], bytes[4096];
        FILE *f;

        snprintf(path, sizeof path, "/proc/%s/cmdline", entry->d_name);
        f = entry->d_name[0] >= '0' && entry->d_name[0] <= '9' ? fopen(path, "r") : NULL;
        if (f) {
            size_t got = fread(bytes, 1, sizeof bytes, f);

            found = memmem(bytes, got, word, strlen(word) + 1) != NULL;
            fclose(f);
        }
    }
    if (proc)
        closedir(proc);
    return found;
}

/* Machines that have nothing of ours between them: the teacher's file, tail, ssh and a pipe. */
static void a_lecture_comes_through_ssh(void **state)
{
    struct pty teacher, student;
    struct pty_options o = {.program = "/bin/sh"};
    struct text line = {0};
    const char *words[] = {"-c", NULL, NULL};
    char lecture[128];
    double came;

    (void)state;
    snprintf(lecture, sizeof lecture, "%s/lecture.act", server_folder);
    pty_open(&teacher, NULL, NULL);
    pty_command(&teacher, "record %s", lecture);
    pty_settle(&teacher, 60);
    text_printf(&line, "%s -n -p %d 127.0.0.1 tail -n +1 -F %s | \"$ACTLAB\" --no-rc follow -",
                client, open_port, lecture);
    words[1] = text_str(&line);
    pty_start(&student, &o, words);
    for (int tries = 0; tries < 100 && !pty_shows(&student, "following"); tries++)
        pty_wait(&student, 100);
    pty_send(&teacher, "6");
    came = clock_now();
    pty_expect(&student, " gelu ");
    came = clock_now() - came;
    pty_send(&student, "3");
    pty_expect(&student, " relu ");
    pty_send(&student, "R");
    pty_expect(&student, " gelu ");
    assert_false(pty_shows(&student, "bad"));
    pty_send(&student, "\x03"); /* for the whole pipeline */
    assert_true(pty_ended(&student, 5000));
    assert_true(pty_modes_restored(&student));
    for (int tries = 0; tries < 100 && runs_with(lecture); tries++)
        usleep(50000);
    assert_false(runs_with(lecture));
    pty_send(&teacher, "qq");
    assert_true(pty_ended(&teacher, 3000));
    tried("class", "ssh -n HOST tail -n +1 -F FILE, piped into follow -",
          "the teacher's key is on the student's screen after %.0f ms; away and back; ctrl-c ends "
          "all "
          "of it",
          1e3 * came);
    pty_close(&student);
    pty_close(&teacher);
    text_free(&line);
}

static int entries(const char *path)
{
    DIR *d = opendir(path);
    int n = 0;

    for (struct dirent *e; d && (e = readdir(d));)
        n += e->d_name[0] != '.';
    if (d)
        closedir(d);
    return n;
}

/* Where all share an account, a session's folder goes with it: also when its line is cut. */
static void a_shared_account_keeps_nothing(void **state)
{
    char shared[128];

    (void)state;
    snprintf(shared, sizeof shared, "%s/shared", server_folder);
    assert_int_equal(mkdir(shared, 0700), 0);
    for (int cut = 0; cut < 2; cut++) {
        struct pty p;

        start_ssh_to(&p, shared_port, "");
        pty_expect(&p, " sigmoid ");
        pty_send(&p, ":lesson 2\r");
        pty_expect(&p, "lesson 2/");
        assert_int_equal(entries(shared), 1);
        if (cut)
            kill(p.pid, SIGKILL);
        else
            pty_send(&p, "q");
        for (int i = 0; i < 100 && entries(shared) > 0; i++)
            usleep(50000);
        assert_int_equal(entries(shared), 0);
        pty_close(&p);
    }
    tried("SSH", "one account for all, as on the teacher's page, left and cut off",
          "no session's folder stays");
}

/* The server itself goes, with everyone on it. */
static void nothing_is_left_when_the_server_dies(void **state)
{
    struct pty p[3];

    (void)state;
    for (int i = 0; i < 3; i++) {
        start_ssh(&p[i], "");
        pty_expect(&p[i], " sigmoid ");
        pty_send(&p[i], " ");
    }
    assert_true(labs_become(3, 5));
    end_server();
    for (int i = 0; i < 3; i++) {
        kill(p[i].pid, SIGKILL);
        pty_close(&p[i]);
    }
    assert_true(labs_become(0, 10));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(there_is_nothing_but_the_lab),
        cmocka_unit_test(one_session),
        cmocka_unit_test(ten_sessions),
        cmocka_unit_test(a_class),
        cmocka_unit_test(a_lecture_comes_through_ssh),
        cmocka_unit_test(a_shared_account_keeps_nothing),
        cmocka_unit_test(nothing_is_left_when_the_server_dies),
    };

    open_server();
    return cmocka_run_group_tests(tests, NULL, stop_server);
}
