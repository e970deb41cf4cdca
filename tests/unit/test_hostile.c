/* test_hostile.c - files, names and streams of any kind, handed to the program where it reads one
 * (hand_over.h). */
#include "folder.h"
#include "hand_over.h"
#include "unit.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { LONG_LINE = 100000000 };

/* ---- files ----------------------------------------------------------------------------------- */

static void write_again(const char *name, const char *before, const char *again, int times,
                        const char *after)
{
    FILE *f = fopen(name, "w");

    assert_non_null(f);
    fputs(before, f);
    for (int i = 0; i < times; i++)
        fputs(again, f);
    fputs(after, f);
    assert_int_equal(fclose(f), 0);
}

#define EVIL                                                                                       \
    "\x1b]0;title\x07\x1b[2J\x9b"                                                                  \
    "31m\xc2\x9b"                                                                                  \
    "1m\xe2\x80\xae"                                                                               \
    "gnp.\xe2\x81\xa6\x08\x7f\x0e"

/* A name that no terminal should see as it is. */
static const char evil_name[] = "a\x1b[31m\xff\nb\xe2\x80\xae.csv";

static const char *const files[] = {
    "fifo",     "directory", "loop",      "/dev/zero", "/dev/full",   "/dev/tty",   "long.csv",
    "zeros",    "evil.csv",  "evil.md",   "evil.act",  "evil.json",   "invalid.md", "deep.json",
    "deep.md",  "quotes.md", "fences.md", "tables.md", "deep.act",    "empty.md",   "missing",
    "comments", "self.rc",   "progress",  "huge.json", "entities.md", evil_name,
};

static int make_files(void **state)
{
    char *block;
    FILE *f;

    if (!getenv("ACTLAB"))
        fail_msg("ACTLAB must name the program");
    assert_int_equal(enter(state), 0);
    setenv("HOME", folder, 1);
    setenv("XDG_STATE_HOME", folder, 1);
    setenv("XDG_CONFIG_HOME", folder, 1);
    setenv("LC_ALL", "C.UTF-8", 1);
    unsetenv("TERM");
    signal(SIGPIPE, SIG_DFL);

    assert_int_equal(mkfifo("fifo", 0600), 0);
    assert_int_equal(mkdir("directory", 0700), 0);
    assert_int_equal(symlink("loop", "loop"), 0);
    block = malloc(1 << 20);
    memset(block, '1', 1 << 20);
    f = fopen("long.csv", "w");
    for (int i = 0; i < LONG_LINE >> 20; i++)
        fwrite(block, 1, 1 << 20, f);
    fclose(f);
    memset(block, 0, 1 << 20);
    write_bytes("zeros", block, 1 << 20);
    free(block);
    write_file("evil.csv", "0,0,1\n" EVIL ",1,1\n");
    write_file("evil.md",
               "# " EVIL "\n\n```lab\nfn " EVIL "\n```\n\n## " EVIL "\n\n" EVIL " [x](" EVIL
               ")\n\n```try\ntitle: " EVIL "\ngoal: " EVIL "\n```\n\n```" EVIL "\n```\n");
    write_file("evil.act", "# actlab recording 1\n0.0 fn relu\n0.1 fn " EVIL "\n" EVIL "\n");
    write_file("evil.json", "{\"format\": \"" EVIL "\", \"" EVIL "\": [1, 2, " EVIL "]}\n");
    write_file("invalid.md", "# \xc0\xaf\xed\xa0\x80\xf8\x88\x80\x80\x80\n\n\xff\xfe\xe2\x80\n");
    write_again("deep.json", "{\"a\":", "[", 1000000, "");
    write_again("huge.json", "{\"format\":", "9", 1000000, "}");
    write_again("deep.md", "# Title\n\n", "- ", 30000, "x\n");
    write_again("quotes.md", "# Title\n\n", "> ", 30000, "x\n");
    write_again("fences.md", "# Title\n\n", "```try\ngoal: x == 0\n```\n", 5000, "");
    write_again("tables.md", "# Title\n\n", "*_[`<a|", 30000, "\n");
    write_again("entities.md", "# Title\n\n", "&#27;]0;title&#7;&#x9b;&#8238;&NewLine;", 1000,
                "\n");
    write_again("deep.act", "# actlab recording 1\n0.0 def f(x) = ", "(", 30000, "\n");
    write_file("empty.md", "");
    write_again("comments", "", "# nothing\n", 200000, "");
    write_file("self.rc", "source self.rc\n");
    write_file("progress", "# actlab progress 1\n2026-01-31T09:15:02.113Z goal " EVIL " 1 2\n" EVIL
                           "\n9999999999999999999999999\n");
    write_file(evil_name, "0,0,1\nx" EVIL "\n");
    return 0;
}

/* ---- where files are read -------------------------------------------------------------------- */

static void each_file(const char *const *words)
{
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        hand_over(words, files[i], NULL);
}

#define READS(test, ...)                                                                           \
    static void test(void **state)                                                                 \
    {                                                                                              \
        static const char *const words[] = {__VA_ARGS__, NULL};                                    \
        (void)state;                                                                               \
        each_file(words);                                                                          \
    }

READS(scripts, "--no-rc", "-f", "@")
READS(sources, "--no-rc", "source", "@")
READS(recordings, "--no-rc", "play", "@")
READS(followed, "--no-rc", "-c", "follow '@'", "-c", "follow", "-c", "state")
READS(start_up_files, "--rc", "@", "eval", "relu", "1")
READS(lessons, "--no-rc", "check", "@")
READS(folders, "--no-rc", "--lessons", "@", "lesson", "list")
READS(data, "--no-rc", "net", "file=@")
READS(networks, "--no-rc", "load", "@")
READS(progress_files, "--no-rc", "progress", "@")
READS(recorded, "--no-rc", "record", "@/x")
READS(exported, "--no-rc", "export", "@/x.json")
READS(function_names, "--no-rc", "fn", "@")
READS(command_names, "--no-rc", "@")
READS(options, "--no-rc", "--@")

/* Names and texts that a person hands over, printed in messages. */
static void words(void **state)
{
    static const char *const lines[] = {
        "fn '" EVIL "'",
        "net fn='" EVIL "'",
        "net " EVIL "=1",
        "net layers='" EVIL "'",
        "set " EVIL " 1",
        "set theme '" EVIL "'",
        "lesson '" EVIL "'",
        "lesson list '" EVIL "'",
        "bind '" EVIL "' fn relu",
        "bind e " EVIL,
        "unbind '" EVIL "'",
        "def " EVIL "(x) = x",
        "def f(x) = '" EVIL "'",
        "def f(x) = x # " EVIL,
        "eval '" EVIL "' 1",
        "eval relu '" EVIL "'",
        "until '" EVIL "'",
        "watch '" EVIL "'",
        "plot relu charset='" EVIL "'",
        "plot relu size='" EVIL "'",
        "table relu 0 1 1 format='" EVIL "'",
        "help '" EVIL "'",
        "answer '" EVIL "'",
        "demo '" EVIL "'",
        "race relu '" EVIL "'",
        "complete 'fn " EVIL "'",
        EVIL,
    };

    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        const char *const line[] = {"--no-rc", "-c", lines[i], NULL};

        hand_over(line, "", NULL);
    }
}

/* Files that are read well, whatever their names do to a terminal; keys bound to anything. */
static void names_of_good_files(void **state)
{
    static const char *const ways[][8] = {
        {"--no-rc", "-c", "net file='@'", "-c", "net", "-c", "state"},
        {"--no-rc", "net", "file=@"},
        {"--no-rc", "-c", "net file='@'", "-c", "record '@.act'", "-c", "fn relu"},
        {"--no-rc", "progress", "@.prog"},
        {"--no-rc", "progress", "--format=csv", "@.prog"},
        {"--no-rc", "progress", "--format=json", "@.prog"},
        {"--no-rc", "check", "@.md"},
        {"--no-rc", "lesson", "new", "@x"},
        {"--no-rc", "check", "@x.md"},
        {"--no-rc", "-c", "export '@.json'", "-c", "load '@.json'", "-c", "net", NULL},
        {"--no-rc", "play", "@.act"},
        {"--no-rc", "-c", "follow '@.act'", "-c", "follow", "-c", "state", NULL},
        {"--no-rc", "-c", "bind e prompt " EVIL, "-c", "keys", "-c", "help", NULL},
        {"--no-rc", "-c", "bind e fn \x1b]0;x\x07", "-c", "help", "-c", "state", NULL},
    };
    static const char name[] = "good" EVIL;
    char lesson[128], copy[4400];

    (void)state;
    write_file(name, "0,0,1\n1,1,0\n");
    snprintf(lesson, sizeof lesson, "%s.md", name);
    snprintf(copy, sizeof copy, "%s/02-sigmoid.md", getenv("ACTLAB_LESSONS"));
    assert_int_equal(symlink(copy, lesson), 0);
    snprintf(lesson, sizeof lesson, "%s.prog", name);
    write_file(lesson, "# actlab progress 1\n2026-01-31T09:15:02.113Z goal sigmoid 1 1\n");
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        hand_over(ways[i], name, NULL);
}

/* Files in the laboratory's own folders that are something else. */
static void own_folders(void **state)
{
    static const char *const places[] = {"actlab/progress", "actlab/history", "actlab/actlabrc",
                                         "actlab/progress.lock"};
    static const char *const kinds[] = {"fifo",  "directory", "loop",    "long.csv",
                                        "zeros", "evil.act",  "progress"};
    static const char *const looks[] = {"progress", NULL};
    static const char *const forgets[] = {"progress", "reset", "!", NULL};

    (void)state;
    assert_int_equal(mkdir("actlab", 0700), 0);
    for (size_t p = 0; p < sizeof places / sizeof *places; p++)
        for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
            char target[64];

            snprintf(target, sizeof target, "../%s", kinds[k]);
            assert_int_equal(symlink(target, places[p]), 0);
            hand_over(looks, "", NULL);
            hand_over(forgets, "", NULL);
            if (strcmp(kinds[k], "fifo") == 0) /* it was not taken away by mistake */
                assert_int_equal(access("fifo", F_OK), 0);
            unlink(places[p]);
            if (system("rm -rf actlab; mkdir actlab") != 0)
                fail_msg("cannot tidy up");
            write_file("progress", "# actlab progress 1\n" EVIL "\n");
        }
    if (system("rm -rf actlab") != 0)
        fail_msg("cannot tidy up");
}

/* Standard input of any kind. */
static void standard_input(void **state)
{
    static const char *const numbers[] = {"--no-rc", "eval", "gelu", NULL};
    static const char *const patient[] = {"--no-rc", "eval", "gelu", "keep-going=on", NULL};
    static const char *const script[] = {"--no-rc", "-f", "-", NULL};
    static const char *const stream[] = {"--no-rc", "follow", "-", NULL};
    static const char *const kinds[] = {"zeros",    "evil.csv",  "evil.act", "deep.act",
                                        "long.csv", "deep.md",   "empty.md", "directory",
                                        "self.rc",  "invalid.md"};

    (void)state;
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        hand_over(numbers, "", kinds[k]);
        hand_over(patient, "", kinds[k]);
        hand_over(script, "", kinds[k]);
        hand_over(stream, "", kinds[k]);
    }
}

/* A lesson of each kind in a folder with a good one. */
static void a_folder_of_lessons(void **state)
{
    static const char *const kinds[] = {
        "evil.md", "invalid.md", "deep.md",   "quotes.md", "fences.md", "tables.md", "empty.md",
        "zeros",   "fifo",       "directory", "loop",      "long.csv",  "/dev/zero", "entities.md"};
    static const char *const lists[] = {"--no-rc", "--lessons", "course", "lesson", "list", NULL};
    char name[64], target[64];

    (void)state;
    assert_int_equal(mkdir("course", 0700), 0);
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        snprintf(name, sizeof name, "course/%02zu-%s.md", 20 + k, "x");
        snprintf(target, sizeof target, "%s%s", kinds[k][0] == '/' ? "" : "../", kinds[k]);
        assert_int_equal(symlink(target, name), 0);
    }
    write_file("course/50-\x1b[31m"
               "evil.md",
               "# " EVIL "\n\n" EVIL "\n");
    hand_over(lists, "", NULL);
    for (int i = 20; i < 35; i++) {
        char number[8];
        const char *const reads[] = {"--no-rc", "--lessons", "course", "lesson", number, NULL};

        snprintf(number, sizeof number, "%d", i);
        hand_over(reads, "", NULL);
    }
}

/* A file that somebody writes on while it is read, faster than it can be read. */
static void files_that_grow(void **state)
{
    static const char *const ways[][6] = {
        {"--no-rc", "-f", "@"},
        {"--no-rc", "play", "@"},
        {"--no-rc", "net", "file=@"},
        {"--no-rc", "load", "@"},
        {"--no-rc", "check", "@"},
        {"--no-rc", "progress", "@"},
        {"--rc", "@", "eval", "relu", "1"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        pid_t writer = fork();

        if (writer == 0) {
            char block[1 << 16];
            int fd = open("growing.md", O_WRONLY | O_CREAT | O_TRUNC, 0600);

            memset(block, '\n', sizeof block);
            for (int n = 0; n < 1 << 13; n++) /* half a gigabyte, should nobody end it */
                if (write(fd, block, sizeof block) < 0)
                    break;
            _exit(0);
        }
        while (access("growing.md", F_OK) != 0)
            ;
        hand_over(ways[i], "growing.md", NULL);
        kill(writer, SIGKILL);
        waitpid(writer, NULL, 0);
        unlink("growing.md");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scripts),
        cmocka_unit_test(sources),
        cmocka_unit_test(recordings),
        cmocka_unit_test(followed),
        cmocka_unit_test(start_up_files),
        cmocka_unit_test(lessons),
        cmocka_unit_test(folders),
        cmocka_unit_test(data),
        cmocka_unit_test(networks),
        cmocka_unit_test(progress_files),
        cmocka_unit_test(recorded),
        cmocka_unit_test(exported),
        cmocka_unit_test(function_names),
        cmocka_unit_test(command_names),
        cmocka_unit_test(options),
        cmocka_unit_test(words),
        cmocka_unit_test(names_of_good_files),
        cmocka_unit_test(own_folders),
        cmocka_unit_test(standard_input),
        cmocka_unit_test(a_folder_of_lessons),
        cmocka_unit_test(files_that_grow),
    };
    int failed;

    failed = cmocka_run_group_tests(tests, make_files, leave);
    if (!failed)
        tried("hostile input",
              "files, streams and names of any kind: control bytes, invalid UTF-8, 100 MB lines, "
              "deep "
              "nesting, FIFOs, folders, loops, devices, growing",
              "%d runs: an end within %.1f s, status 0 to 2, a message, nothing but text",
              handed_over, longest);
    return failed;
}
