/* pty_ways_in.c - terminals, colours and locales: it works, or says in one line why not. */
#include "../unit/unit.h"
#include "pty.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void assert_pure_ascii(const struct text *t)
{
    for (size_t i = 0; i < t->len; i++)
        assert_true((unsigned char)t->s[i] < 0x80);
}

/* ---- terminals ------------------------------------------------------------------------------- */

/* What this machine does not know is compiled from terminals.ti into the state folder, which is
 * then where descriptions are looked for first. */
static char described[300];

static int describe(void **state)
{
    char line[700];

    (void)state;
    snprintf(described, sizeof described, "TERMINFO=%s/terminfo", pty_state_folder());
    snprintf(line, sizeof line,
             "tic -x -o '%s/terminfo' '%s/tests/terminal/terminals.ti' 2>/dev/null",
             pty_state_folder(), getenv("srcdir") ? getenv("srcdir") : ".");
    if (system(line) != 0)
        described[0] = '\0';
    return 0;
}

static bool unknown(const struct pty *p)
{
    return p->ended && strstr(text_str(&p->bytes), "unknown terminal");
}

static bool works_on(const char *name)
{
    const char *set[] = {described, NULL};
    struct pty_options o = {.term = name};
    struct text before = {0}, after = {0};
    struct pty p;

    pty_start(&p, &o, NULL);
    pty_until(&p, p.ended || pty_shows(&p, "sigmoid"));
    if (unknown(&p) && described[0]) {
        pty_close(&p);
        o.set = set;
        pty_start(&p, &o, NULL);
        pty_until(&p, p.ended || pty_shows(&p, "sigmoid"));
    }
    if (unknown(&p)) {
        pty_close(&p);
        return false;
    }
    pty_expect(&p, "sigmoid");
    pty_settle(&p, 60);
    if (strcmp(name, "linux") == 0 || strncmp(name, "vt", 2) == 0) /* their fonts */
        for (int row = 0; row < 24; row++)
            assert_null(strstr(pty_row(&p, row), "\xe2\xa0")); /* U+2800.. */
    for (const char *key = "3z,z\t.+?"; *key; key++) {
        pty_send_n(&p, key, 1);
        pty_settle(&p, 30);
    }
    pty_send(&p, "q");
    pty_expect(&p, "Network");
    pty_settle(&p, 30);
    pty_text(&p, &before);
    pty_send(&p, "\x0c"); /* drawn from nothing, it is the same picture */
    pty_settle(&p, 60);
    pty_text(&p, &after);
    assert_string_equal(text_str(&before), text_str(&after));
    pty_quit(&p, "q");
    text_free(&before);
    text_free(&after);
    return true;
}

static void terminals(void **state)
{
    static const char *const names[] = {"xterm-256color", "xterm", "screen", "tmux",
                                        "linux",          "vt100", "vt220",  "rxvt"};
    struct text missing = {0};
    int works = 0;

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (works_on(names[i]))
            works++;
        else
            text_printf(&missing, "%s %s", missing.len ? "," : "; not described here:", names[i]);
    assert_true(works > 0);
    tried("terminals", "xterm-256color xterm screen tmux linux vt100 vt220 rxvt",
          "%d of 8: pictures whole, terminal restored%s", works, text_str(&missing));
    text_free(&missing);
}

static void refused(void **state)
{
    static const struct {
        const char *term, *says;
    } wrong[] = {
        {"dumb", "dumb"},
        {"", "TERM"},
        {"no-such-terminal", "xterm-256color"},
        {"../../x", "unknown"},
        {"x\x1b[31m", "unknown"},
        {"actlab-glass", "cannot move its cursor"},
    };
    int refused = 0;

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        const char *set[] = {described, NULL};
        struct pty_options o = {.term = wrong[i].term, .set = set};
        struct pty p;
        const char *s;

        if (!described[0] && strcmp(wrong[i].term, "actlab-glass") == 0)
            continue; /* there is no tic */
        if (!described[0])
            o.set = NULL;
        pty_start(&p, &o, NULL);
        pty_wait(&p, 100);
        assert_true(pty_ended(&p, 2000));
        assert_true(WIFEXITED(p.status) && WEXITSTATUS(p.status) == 1);
        s = text_str(&p.bytes);
        assert_int_equal(strncmp(s, "actlab: ", 8), 0);
        assert_non_null(strstr(s, wrong[i].says));
        assert_ptr_equal(strchr(s, '\n'), s + strlen(s) - 1); /* one line */
        assert_null(strchr(s, 0x1b));
        assert_true(pty_modes_restored(&p));
        pty_close(&p);
        refused++;
    }
    tried("terminals", "dumb, unknown, empty, hostile names, one that only prints",
          "%d refused in one line, status 1", refused);
}

/* ---- colours and sizes that the environment claims ------------------------------------------- */

/* No more colours than the terminal has, whatever is claimed; none where none are wanted. */
static void colours(void **state)
{
    static const struct {
        const char *term, *set[3];
        const char *has, *never;
    } rows[] = {
        {"xterm", {"COLORTERM=truecolor"}, "\x1b[0;33m", "38;"},
        {"linux", {"COLORTERM=24bit"}, "3", "38;"},
        {"vt100", {"COLORTERM=truecolor"}, "\x1b[1m", "33m"},
        {"xterm-256color", {"COLORTERM"}, "38;5;", "38;2;"},
        {"xterm-256color", {"NO_COLOR=1", "COLORTERM=truecolor"}, "\x1b[", "38;"},
        {"xterm-256color", {"NO_COLOR=", "COLORTERM"}, "38;5;", "38;2;"},
    };
    enum { ROWS = sizeof rows / sizeof *rows };

    (void)state;
    for (size_t i = 0; i < ROWS; i++) {
        struct pty_options o = {.term = rows[i].term, .set = rows[i].set};
        struct text all = {0};
        struct pty p;

        pty_start(&p, &o, NULL);
        pty_settle(&p, 100);
        text_add(&all, text_str(&p.bytes));
        pty_expect(&p, "sigmoid");
        pty_send(&p, "Tz");
        pty_settle(&p, 100);
        text_add(&all, text_str(&p.bytes));
        if (!strstr(text_str(&all), rows[i].has) || strstr(text_str(&all), rows[i].never))
            fail_msg("TERM=%s %s: no '%s', or '%s'", rows[i].term, rows[i].set[0], rows[i].has + 1,
                     rows[i].never);
        text_free(&all);
        pty_close(&p);
    }
    tried("terminals", "COLORTERM, NO_COLOR on 0, 8 and 256 colours",
          "%d ways, never more colours than TERM has", ROWS);
}

/* -i opens the screen when the lines, or the command, are done. */
static void then_the_screen(void **state)
{
    static const char *const words[][6] = {{"-i", "fn", "tanh"}, {"-i", "-c", "fn tanh"}};
    static const struct pty_options o = {0};

    (void)state;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct pty p;

        pty_start(&p, &o, words[i]);
        pty_expect(&p, "Network");
        pty_expect(&p, "tanh");
        pty_quit(&p, "q");
    }
}

/* A recording is played to who looks: its last line is an hour away. */
static void recordings_wait_for_the_screen(void **state)
{
    static const struct pty_options o = {0};
    char name[300], line[320];
    const char *words[][6] = {{"-i", "play", name}, {"-i", "-c", line}};
    FILE *f;

    (void)state;
    snprintf(name, sizeof name, "%s", pty_path("lecture.act"));
    snprintf(line, sizeof line, "play %s", name);
    f = fopen(name, "w");
    assert_non_null(f);
    assert_true(fputs("0 fn tanh\n3600 fn gelu\n", f) >= 0 && fclose(f) == 0);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct pty p;

        pty_start(&p, &o, words[i]);
        pty_expect(&p, "tanh");
        pty_command(&p, "play skip");
        pty_expect(&p, "gelu");
        pty_expect(&p, "has ended");
        pty_quit(&p, "q");
    }
}

/* LINES and COLUMNS hold where the terminal does not say, and nowhere else. */
static void claimed_sizes(void **state)
{
    static const struct {
        bool unsized;
        const char *set[3];
        int rows, cols;
    } rows[] = {
        {false, {"LINES=5", "COLUMNS=1000"}, 24, 80}, {false, {"LINES=x", "COLUMNS=-3"}, 24, 80},
        {true, {"LINES=30", "COLUMNS=100"}, 30, 100}, {true, {"LINES=0", "COLUMNS=junk"}, 24, 80},
        {true, {"LINES", "COLUMNS"}, 24, 80},
    };
    enum { ROWS = sizeof rows / sizeof *rows };

    (void)state;
    for (size_t i = 0; i < ROWS; i++) {
        struct pty_options o = {.rows = rows[i].rows,
                                .cols = rows[i].cols,
                                .unsized = rows[i].unsized,
                                .set = rows[i].set};
        struct pty p;

        pty_start(&p, &o, NULL);
        pty_expect(&p, "function"); /* of the bottom line */
        pty_settle(&p, 60);
        assert_non_null(strstr(pty_row(&p, rows[i].rows - 1), "function"));
        assert_int_equal(pty_row(&p, 0)[strlen(pty_row(&p, 0)) - 1], '?');
        assert_int_equal(strlen(pty_row(&p, 0)), rows[i].cols - 1);
        pty_close(&p);
    }
    tried("sizes", "LINES and COLUMNS wrong, or all there is", "%d ways, drawn at the true size",
          ROWS);
}

/* ---- locales --------------------------------------------------------------------------------- */

/* A real Latin-1 locale, made here; NULL where that cannot be. */
static const char *latin1(void)
{
    static char where[300];
    char line[700], said[32] = "";
    FILE *f;

    snprintf(where, sizeof where, "LOCPATH=%s/locales", pty_state_folder());
    snprintf(line, sizeof line,
             "d='%s/locales'; mkdir -p \"$d\" && "
             "localedef -i en_US -f ISO-8859-1 \"$d/en_US.ISO-8859-1\" >/dev/null 2>&1; "
             "LOCPATH=\"$d\" LC_ALL=en_US.ISO-8859-1 locale charmap 2>/dev/null",
             pty_state_folder());
    f = popen(line, "r");
    if (f && !fgets(said, sizeof said, f))
        said[0] = '\0';
    if (f)
        pclose(f);
    return strncmp(said, "ISO-8859-1", 10) == 0 ? where : NULL;
}

static void works_in(const char *locale, const char *set_path, bool utf8)
{
    const char *set[] = {set_path, NULL};
    struct pty_options o = {.locale = locale, .set = set};
    struct text all = {0};
    struct pty p;

    pty_open(&p, &o, NULL);
    text_add(&all, text_str(&p.bytes));
    pty_send(&p, ":set charset braille\r");
    pty_settle(&p, 60);
    pty_send(&p, "z");
    pty_settle(&p, 60);
    text_add(&all, text_str(&p.bytes));
    pty_send(&p, ":def caf\xe9(x)=x"); /* what a Latin-1 keyboard sends */
    pty_settle(&p, 60);
    text_add(&all, text_str(&p.bytes));
    assert_true(pty_shows(&p, ":def caf"));
    pty_send(&p, "\x03");
    pty_settle(&p, 60);
    pty_send(&p, "zq");
    assert_true(pty_ended(&p, 2000));
    assert_true(WIFEXITED(p.status) && WEXITSTATUS(p.status) == 0);
    if (utf8)
        assert_non_null(strstr(text_str(&all), "\xe2\xa0"));
    else
        assert_pure_ascii(&all);
    text_free(&all);
    pty_close(&p);
}

static void locales(void **state)
{
    const char *path = latin1();

    (void)state;
    works_in("C", NULL, false);
    works_in("POSIX", NULL, false);
    works_in("C.UTF-8", NULL, true);
    works_in("xx_YY.UTF-8", NULL, false); /* which there is not */
    if (path)
        works_in("en_US.ISO-8859-1", path, false);
    else
        works_in("en_US.ISO-8859-1", NULL, false);
    tried("terminals", "locales C, C.UTF-8, a missing one, Latin-1",
          "all: no byte beyond ASCII but in UTF-8; Latin-1 %s",
          path ? "is a real one" : "missing here");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(terminals),
        cmocka_unit_test(refused),
        cmocka_unit_test(colours),
        cmocka_unit_test(then_the_screen),
        cmocka_unit_test(claimed_sizes),
        cmocka_unit_test(locales),
        cmocka_unit_test(recordings_wait_for_the_screen),
    };

    return cmocka_run_group_tests(tests, describe, NULL);
}
