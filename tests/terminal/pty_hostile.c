/* pty_hostile.c - escape sequences in lessons, streams, progress, history, names and pastes: the
 * terminal never gets one of them. */
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

static void write_file(const char *name, const char *text)
{
    char path[256];
    FILE *f;

    snprintf(path, sizeof path, "%s/%s", pty_state_folder(), name);
    f = fopen(path, "w");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
}

static void make_folder(const char *name)
{
    char path[256];

    snprintf(path, sizeof path, "%s/%s", pty_state_folder(), name);
    mkdir(path, 0700);
}

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
    char folder[256], stream[256];
    const char *words[] = {"--no-rc", "--lessons", folder, "follow", stream, NULL};
    struct pty p;

    (void)state;
    make_folder("course");
    make_folder("actlab");
    write_file("course/90-evil.md",
               "# Bad " EVIL "\n\n```lab\nfn relu\n```\n\n## Page " EVIL "\n\nText " EVIL
               "\n\n- item " EVIL "\n\n    code " EVIL "\n\n&#27;]0;title&#7; &#155;1m &#8238;\n\n"
               "```try\ntitle: Try " EVIL "\ngoal: x == 1 # note " EVIL
               "\n```\n\n```hint\nHint " EVIL "\n```\n\n## Quiz\n\nQuestion " EVIL
               "\n\n- [x] Right " EVIL "\n\n  Because " EVIL "\n\n- [ ] Wrong " EVIL
               "\n\n  No " EVIL "\n");
    write_file("stream.act", "# actlab recording 1\n0.0 fn tanh\n0.1 " EVIL "\n0.2 fn " EVIL
                             "\n0.3 def f(x) = " EVIL "\n" EVIL "\n");
    write_file("actlab/progress",
               "# actlab progress 1\n2026-01-31T09:15:02.113Z page " EVIL " 1 0\n" EVIL "\n");
    write_file("actlab/history", "fn " EVIL "\nnet " EVIL "=1\n");
    snprintf(folder, sizeof folder, "%s/course", pty_state_folder());
    snprintf(stream, sizeof stream, "%s/stream.act", pty_state_folder());

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
    pty_send(&p, "\x03q");
    assert_true(pty_ended(&p, 3000));
    assert_true(WIFEXITED(p.status));
    assert_true(pty_modes_restored(&p));
    pty_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(nothing_gets_through)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
