/* pty_restricted.c - a session for strangers, as behind ssh: no way to files or a shell, and an
 * end.
 */
#include "../unit/folder.h"
#include "../unit/unit.h"
#include "base/clock.h"
#include "pty.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char home_is[80];

static int begin(void **state)
{
    if (enter(state) != 0)
        return -1;
    snprintf(home_is, sizeof home_is, "HOME=%s", folder);
    write_file(".inputrc", "\"\\C-t\": \"intruder\"\n");
    mkdir(".config", 0700);
    mkdir(".config/actlab", 0700);
    write_file(".config/actlab/actlabrc", "fn gelu\n");
    return 0;
}

static void start(struct pty *p, const char *const *words)
{
    static const char *const plain[] = {"--restricted", NULL};
    const char *set[] = {home_is, "XDG_CONFIG_HOME", "SSH_ORIGINAL_COMMAND=fn tanh; source x",
                         "ACTLAB_RESTRICTED", NULL};
    struct pty_options o = {.set = set};

    pty_open(p, &o,
             words ? words : plain); /* neither the start-up file's gelu nor the client's tanh */
}

static void the_prompt_reaches_no_file(void **state)
{
    struct pty p;

    (void)state;
    start(&p, NULL);
    pty_send(&p, ":source /etc/pas\t\t");
    pty_expect(&p, ":source /etc/pas");
    pty_settle(&p, 60);
    assert_false(pty_shows(&p, "passwd"));
    pty_send(&p, "\r");
    pty_expect(&p, "not allowed in a restricted session");
    pty_send(&p, "\x15"
                 "ab\x14");       /* ctrl-t: the account's .inputrc binds it */
    pty_send(&p, "\x18\x12\x14"); /* ctrl-x ctrl-r: readline reads that file again */
    pty_settle(&p, 60);
    assert_false(pty_shows(&p, "intruder"));
    pty_send(&p, "\x15~root\x1b&\x1b~"); /* readline's names of home folders */
    pty_settle(&p, 60);
    assert_false(pty_shows(&p, "/root"));
    assert_true(pty_shows(&p, "~root"));
    pty_send(&p, "\x15!sh\r");
    pty_expect(&p, "no command");
    pty_quit(&p, "\x03q");
}

/* Whether a restricted session may name this file to the system: the course, the own state, and
 * what every program reads: libraries, locales, descriptions of terminals. */
static bool may_open(const char *path)
{
    static const char *const system[] = {"/lib",          "/usr/",     "/etc/ld.so", "/proc/self/",
                                         "/etc/terminfo", "/dev/null", "/dev/tty",   "/dev/pts/",
                                         "/sys/",         "/etc/local"};
    const char *lessons = getenv("ACTLAB_LESSONS"), *own = pty_state_folder();

    for (size_t i = 0; i < sizeof system / sizeof *system; i++)
        if (strncmp(path, system[i], strlen(system[i])) == 0)
            return !strstr(path, "..");
    return (lessons && strncmp(path, lessons, strlen(lessons)) == 0) ||
           strncmp(path, own, strlen(own)) == 0 ||
           (strncmp(path, own, strlen(path)) == 0 &&
            own[strlen(path)] == '/'); /* made if need be */
}

/* Everything that reads, completes, expands or runs, by key and by command, in both of readline's
 * modes; then the system calls are looked through. */
static void it_opens_nothing_else(void **state)
{
    static const char *const keys[] = {
        ":source /etc/pas\t\t\r",
        ":record /tmp/made\r",
        ":export made.svg\r",
        ":~root\x1b&",
        ":~/\t\t\x1b?\x1b*",
        ":/et\x1b*\x1b?\x1b=\x1b/",
        ":$HOME\x1b\x05",
        ":\x18\x12\x18\x05\x18\x18",
        ":\x1b!\x1b/\x1b~\x1b@\x1b{\x18/\x18~\x18g\x18!\x18@",
        ":\x1bxtilde-expand\r",
        ":net data=/etc/pass\t\r",
        ":net file=~/x.csv\r",
        ":net load x.json\r",
        ":lesson new made\r",
        ":lesson ../../etc/passwd\r",
        ":progress /etc/passwd\r",
        ":follow /etc/passwd\r",
        ":play /etc/passwd\r",
        ":check /etc/passwd\r",
        ":load /etc/passwd\r",
        ":bind e source /etc/passwd\r",
        ":def f(x)=`id`\r",
        ":!sh\r",
        ":|sh\r",
        ":eval $(id)\r",
        ":fn relu\r",
        "e",
        "nnppth",
        "o",
        ":lesson list\r",
        ":lesson 2\r",
        ":\x1b\n~root\x1b&", /* vi's manners from here on */
        ":abc\x1bv",
        ":abc\x1b:!sh\r",
        ":/et\x1b\\",
        ":/et\x1b*",
        ":/et\x1b=",
        ":abc\x1b@a",
        ":abc\x1b#",
        ":set history 10\r",
        ":fn tanh\r",
    };
    static const char *const words[] = {"--restricted", NULL};
    const char *set[] = {home_is, "XDG_CONFIG_HOME", "INPUTRC=/etc/passwd", "HISTFILE=/etc/passwd",
                         NULL};
    struct pty_options o = {.set = set, .traced = true};
    struct pty p;
    int named = 0, others = 0;
    char *save = NULL;

    (void)state;
#ifndef __linux__
    skip();
#endif
    pty_open(&p, &o, words);
    p.spawned = 0; /* its own start */
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        pty_send(&p, "\x1b\x1b"); /* whatever was open; vi's insert mode takes two */
        pty_settle(&p, 40);
        pty_send(&p, keys[i]);
        pty_settle(&p, 20);
        if (p.ended)
            fail_msg("keys %zu ended it", i);
    }
    assert_true(pty_shows(&p, " tanh "));
    assert_int_equal(p.spawned, 0);
    for (char *s = strtok_r(p.paths.s, "\n", &save); s; s = strtok_r(NULL, "\n", &save), named++) {
        if (!may_open(s))
            fail_msg("it names '%s' to the system", s);
        others += strncmp(s, pty_state_folder(), strlen(pty_state_folder())) == 0;
    }
    assert_true(others > 2); /* its progress and history are seen here */
    pty_close(&p);
    tried("restricted", "keys and lines that read, write, complete, expand or run",
          "%zu of them: the %d files named to the system are the course, the own state, libraries "
          "and "
          "terminals; no process, no socket",
          sizeof keys / sizeof *keys, named);
}

static void it_cannot_be_stopped(void **state)
{
    struct pty p;

    (void)state;
    start(&p, NULL);
    pty_send(&p, "\x1a"); /* ctrl-z: nobody would continue it */
    pty_wait(&p, 100);
    pty_send(&p, "3");
    pty_expect(&p, " relu ");
    kill(p.pid, SIGTSTP);
    pty_wait(&p, 100);
    pty_send(&p, "4");
    pty_expect(&p, " leaky_relu ");
    pty_quit(&p, "\x03q");
}

static void it_ends_without_keys(void **state)
{
    static const char *const words[] = {"--restricted", "-c", "set idle_timeout 1", "-i", NULL};
    struct pty p;

    (void)state;
    start(&p, words);
    pty_send(&p, " "); /* training is no sign of life */
    assert_true(pty_ended(&p, 4000));
    assert_true(WIFEXITED(p.status));
    assert_int_equal(WEXITSTATUS(p.status), 0);
    assert_true(pty_modes_restored(&p));
    assert_non_null(strstr(text_str(&p.bytes), "without a key"));
    pty_close(&p);
}

/* A line that was cut without a word: nothing is read at the other end, and nobody hangs up. */
static void it_ends_when_nobody_reads(void **state)
{
    static const char *const words[] = {"--restricted", "-c", "set idle_timeout 1", "-i", NULL};
    const char *set[] = {home_is, NULL};
    double longest = 0;

    (void)state;
    for (int big = 0; big < 2; big++) {
        struct pty_options o = {.set = set, .rows = big ? 60 : 24, .cols = big ? 200 : 80};
        struct pty p;
        double begun;

        pty_open(&p, &o, words);
        pty_send(&p, " "); /* it trains: there is always something to draw */
        for (int i = 0; i < 60; i++) {
            pty_send(&p, ".");
            usleep(5000);
        }
        begun = clock_now();
        while (!p.ended && clock_now() < begun + at_most(8)) {
            usleep(10000);
            p.ended = waitpid(p.pid, &p.status, WNOHANG) == p.pid;
        }
        assert_true(p.ended);
        assert_true(pty_modes_restored(&p));
        longest = clock_now() - begun > longest ? clock_now() - begun : longest;
        pty_close(&p);
    }
    tried("restricted", "a line that nobody reads any more, idle_timeout 1",
          "ended after %.1f s, 24x80 and 60x200, modes as they were", longest);
}

/* Whether a line of /proc/PID/limits says so. */
static bool limited(const struct pty *p, const char *what, unsigned long most)
{
    char path[64], line[256];
    bool found = false;
    FILE *f;

    snprintf(path, sizeof path, "/proc/%d/limits", (int)p->pid);
    f = fopen(path, "r");
    while (f && fgets(line, sizeof line, f))
        if (strncmp(line, what, strlen(what)) == 0)
            found |= strtoul(line + strlen(what), NULL, 10) <= most;
    if (f)
        fclose(f);
    return found;
}

/* The system holds it to its memory, its files and itself. A network for which there is no memory
 * is refused; where there is none for what is small, it ends decently. */
static void it_has_no_more_than_its_own(void **state)
{
    static const char *const poor[] = {"-c", "ulimit -d 7000; exec \"$ACTLAB\" --restricted", NULL};
    const char *set[] = {home_is, NULL};
    struct pty_options o = {.set = set, .program = "/bin/sh"};
    struct pty p;

    (void)state;
#ifndef __linux__
    skip();
#endif
    if (PTY_SANITIZED) /* its own memory is without limit */
        skip();
    start(&p, NULL);
    assert_true(limited(&p, "Max data size", 192 << 20));
    assert_true(limited(&p, "Max file size", 8 << 20));
    assert_true(limited(&p, "Max processes", 0));
    assert_true(limited(&p, "Max core file size", 0));
    pty_quit(&p, "\x03q");
    pty_open(&p, &o, poor);
    pty_send(&p, ":net width=512 layers=8 samples=2\r");
    pty_expect(&p, "more than can be had now");
    pty_send(&p, "\x1b"); /* the line that was refused */
    pty_settle(&p, 100);
    pty_send(&p, ":net width=64 layers=8 samples=20\r");
    pty_settle(&p, 100);
    pty_send(&p, ":train 5000 steps\r");
    assert_true(pty_ended(&p, 20000));
    assert_non_null(strstr(text_str(&p.bytes), "out of memory"));
    assert_true(pty_modes_restored(&p));
    pty_close(&p);
}

static void it_leaves_the_processor_to_others(void **state)
{
    static const char *const words[] = {
        "--restricted", "-c", "net layers=20 width=32", "-c", "set speed 0", "-i", NULL};
    struct pty p;
    double before, begun, used;

    (void)state;
    start(&p, words);
    pty_send(&p, " ");
    pty_works(&p, 0.1);
    before = pty_cpu_seconds(&p);
    begun = clock_now();
    pty_wait(&p, 1500);
    used = pty_cpu_seconds(&p) - before;
    assert_true(used < 0.5 * (clock_now() - begun)); /* it trains half of the time at most */
    pty_send(&p, " ");
    pty_quit(&p, "\x03q");
}

static void the_environment_does_it_too(void **state)
{
    const char *set[] = {home_is, "ACTLAB_RESTRICTED=", NULL}; /* empty is set */
    struct pty_options o = {.set = set};
    struct pty p;

    (void)state;
    pty_open(&p, &o, NULL);
    pty_send(&p, ":record x\r");
    pty_expect(&p, "not allowed in a restricted session");
    pty_quit(&p, "\x03q");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_prompt_reaches_no_file),
        cmocka_unit_test(it_opens_nothing_else),
        cmocka_unit_test(it_cannot_be_stopped),
        cmocka_unit_test(it_ends_without_keys),
        cmocka_unit_test(it_ends_when_nobody_reads),
        cmocka_unit_test(it_has_no_more_than_its_own),
        cmocka_unit_test(it_leaves_the_processor_to_others),
        cmocka_unit_test(the_environment_does_it_too),
    };

    return cmocka_run_group_tests(tests, begin, leave);
}
