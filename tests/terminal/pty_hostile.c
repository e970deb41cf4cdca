/* pty_hostile.c - escape sequences in lessons, streams, progress, history, names and pastes: the
 * terminal never gets one of them. */
#include "../unit/folder.h"
#include "../unit/unit.h"
#include "pty.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define EVIL                                                                                       \
    "\x1b]0;title\x07\x1b[2J\x9b"                                                                  \
    "31m\xc2\x9b"                                                                                  \
    "1m\xe2\x80\xae"                                                                               \
    "gnp.\x08\x7f\x0e"

/* Reads what comes until all is quiet; none of it may be the stranger's. */
static void watch(struct pty *p)
{
    static const char *const never[] = {"\x1b]0;", "\x07", "\xc2\x9b", "\xe2\x80\xae"};

    pty_settle(p, 80);
    assert_false(p->ended); /* or the terminal itself would echo the keys */
    for (size_t i = 0; i < sizeof never / sizeof *never; i++)
        if (strstr(text_str(&p->bytes), never[i]))
            fail_msg("sequence %zu of a stranger reached the terminal", i);
}

static void send(struct pty *p, const char *keys)
{
    pty_send(p, keys);
    watch(p);
}

static void nothing_gets_through(void **state)
{
    const char *words[] = {
        "--no-rc", "--lessons", pty_path("course"), "follow", pty_path("stream.act"), NULL};
    struct pty p;

    (void)state;
    mkdir(pty_path("course"), 0700);
    mkdir(pty_path("actlab"), 0700);
    write_file(pty_path("course/90-evil.md"),
               "# Bad " EVIL "\n\n```lab\nfn relu\n```\n\n## Page " EVIL "\n\nText " EVIL
               "\n\n- item " EVIL "\n\n    code " EVIL "\n\n&#27;]0;title&#7; &#155;1m &#8238;\n\n"
               "```try\ntitle: Try " EVIL "\ngoal: x == 1 # note " EVIL
               "\n```\n\n```hint\nHint " EVIL "\n```\n\n## Quiz\n\nQuestion " EVIL
               "\n\n- [x] Right " EVIL "\n\n  Because " EVIL "\n\n- [ ] Wrong " EVIL
               "\n\n  No " EVIL "\n");
    write_file(pty_path("stream.act"), "# actlab recording 1\n0.0 fn tanh\n0.1 " EVIL
                                       "\n0.2 fn " EVIL "\n0.3 def f(x) = " EVIL "\n" EVIL "\n");
    write_file(pty_path("actlab/progress"),
               "# actlab progress 1\n2026-01-31T09:15:02.113Z page " EVIL " 1 0\n" EVIL "\n");
    write_file(pty_path("actlab/history"), "fn " EVIL "\nnet " EVIL "=1\n");

    pty_start(&p, NULL, words);
    for (int i = 0; i < 40 && !pty_shows(&p, "bad"); i++)
        watch(&p);
    assert_true(pty_shows(&p, "4 bad"));
    send(&p, ":follow\r"); /* tells which line was passed over */
    send(&p, "q");
    send(&p, ":lesson 90\r");
    assert_true(pty_shows(&p, "lesson 90/"));
    for (int i = 0; i < 4; i++) {
        send(&p, "t");
        send(&p, "h");
        send(&p, "z");
        send(&p, "z");
        send(&p, ":answer 2\r");
        send(&p, "n");
    }
    send(&p, ":lesson list\r");
    send(&p, "q");
    send(&p, ":\x1b[A"); /* the history */
    send(&p, "\x1b[A");
    send(&p, "\r");
    send(&p, "\x1b");
    send(&p, ":\x12net\r"); /* a search in it */
    send(&p, "\x1b");
    send(&p, "\x1b[200~fn " EVIL "\x1b[201~"); /* a paste */
    send(&p, "\r");
    send(&p, "\x1b");
    send(&p, ":fn \x16\x07\x16\x1b]0;x\r"); /* typed on purpose */
    send(&p, "\x1b");
    send(&p, ":source no\\\x16\x1bsuch\r");
    send(&p, "\x1b");
    pty_quit(&p, "\x03q");
}

/* Bytes that are no characters, on the command line, in both of readline's modes: they are not
 * there, and no key afterwards keeps the program. (Readline 8.2 looks for the end of a word for
 * ever, in vi's manners, behind half a character.) */
static void bytes_that_are_no_keys(void **state)
{
    static const char *const bytes[] = {"ab\xc2\x9b\xc3", "\xe2\x82", "\xff\xfe", "\xed\xa0\x80",
                                        "\xf0\x9f a"};
    static const char *const keys[] = {"\\", "*", "=", "E", "5E", "cE", "~", "x"};
    /* the beginnings of sequences; readline 8.2 loses its way in the first */
    static const char *const torn[][5] = {{"ab", "\x1b[", "2", "Z", "i"},
                                          {"\x1bO", "2", "2", "\x07", "i"},
                                          {"\x1b[", "[", "3", "[", "i"}};
    struct pty p;

    (void)state;
    pty_open(&p, NULL, NULL);
    pty_send(&p, ":\x1b\nvi"); /* vi's manners from here on */
    pty_expect(&p, ":vi");
    for (size_t i = 0; i < sizeof bytes / sizeof *bytes; i++)
        for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
            pty_send(&p, bytes[i]);
            pty_send(&p, "\x1b");
            pty_settle(&p, 30);
            pty_send(&p, keys[k]);
            for (int n = 0; n < 2; n++) { /* out of insertion, and out */
                pty_send(&p, "\x1b");
                pty_settle(&p, 30);
            }
            pty_send(&p, ":");
            watch(&p);
        }
    for (size_t i = 0; i < sizeof torn / sizeof *torn; i++) {
        for (size_t k = 0; k < 5 && torn[i][k]; k++) {
            pty_send(&p, torn[i][k]);
            pty_settle(&p, 40); /* longer than what may follow ESC */
        }
        watch(&p);
    }
    pty_send(&p, "\x15"
                 "fn relu\r");
    pty_expect(&p, " relu ");
    pty_quit(&p, "q");
    tried("hostile input", "half characters and other bytes typed at the prompt, then vi's keys",
          "%zu x %zu, none hangs or is shown", sizeof bytes / sizeof *bytes,
          sizeof keys / sizeof *keys);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(nothing_gets_through),
                                       cmocka_unit_test(bytes_that_are_no_keys)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
