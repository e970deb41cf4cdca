/* test_restricted.c - sessions for strangers: every command is allowed or refused on purpose, none
 * reaches a file, and nothing grows without a limit. */
#include "commands/complete.h"
#include "folder.h"
#include "lab.h"
#include "lab/limits.h"

#include <dirent.h>
#include <time.h>
#include <unistd.h>

/* Each command stands in one of the two. A new one belongs where it can do no harm. */
static const char allowed[] =
    " fn alpha beta def eval table complete follow plot range zoom pan cursor tangent saturation "
    "histogram compare "
    "difference sweep charset facts naive net run pause step train until watch reset back swap "
    "kill revive race layers netview unit input weight lesson try hint solution answer progress "
    "help glossary "
    "keys bind unbind set theme show state focus full scroll find prompt close restart redraw "
    "quit stop redo undo resume speed ";
static const char refused[] = " check demo export load record play source ";

static const char secret[] = "CANARY-7f3a";

static char before[4096];

/* The names in the folder, sorted. */
static void list(char out[4096])
{
    struct dirent **names;
    int n = scandir(".", &names, NULL, alphasort);

    out[0] = '\0';
    for (int i = 0; i < n; i++) {
        snprintf(out + strlen(out), 4096 - strlen(out), "%s ", names[i]->d_name);
        free(names[i]);
    }
    free(names);
}

static int begin(void **state)
{
    if (enter(state) != 0)
        return -1;
    write_file("canary.csv", "0.1,0.2,0\nCANARY-7f3a,1,1\n");
    write_file("canary.md", "# CANARY-7f3a\n\n## page\n\ntext\n");
    write_file("canary.act", "# actlab recording 1\n0 def canary(x) = x # CANARY-7f3a\n");
    assert_int_equal(symlink("canary.csv", "link"), 0);
    setenv("XDG_CONFIG_HOME", folder, 1);
    list(before);
    return 0;
}

static struct lab *stranger(void)
{
    struct lab *lab = open_lab(getenv("ACTLAB_LESSONS"));

    lab_restrict(lab);
    return lab;
}

static bool named(const char *list, const char *name)
{
    char word[64];

    snprintf(word, sizeof word, " %s ", name);
    return strstr(list, word) != NULL;
}

static int refused_commands;

static void every_command_is_classified(void **state)
{
    (void)state;
    for (int i = 0; i < command_table.n; i++) {
        const struct command *c = &command_table.command[i];

        if (named(allowed, c->name) == named(refused, c->name))
            fail_msg("'%s' is not classified: may a stranger use it?", c->name);
        if (named(allowed, c->name) != !!(c->flags & CMD_RESTRICTED))
            fail_msg("'%s' is %sallowed by the table", c->name,
                     named(allowed, c->name) ? "not " : "");
        refused_commands += named(refused, c->name);
    }
}

static void try_line(struct lab *lab, const char *name, const char *line)
{
    char *said = NULL, now[4096];
    size_t n = 0;
    FILE *out = open_memstream(&said, &n);
    struct error e = {.text = ""};
    bool ok = lab_run(lab, line, out, &e);

    fclose(out);
    if (named(refused, name) && (ok || !strstr(e.text, "not allowed in a restricted session")))
        fail_msg("'%s' was not refused: %s", line, ok ? "done" : e.text);
    /* what a person typed may be said again; what only a file holds may not */
    if (!strstr(line, secret) &&
        (strstr(said, secret) || strstr(e.text, secret) || strstr(lab->screen.message, secret) ||
         strstr(text_str(&lab->screen.text), secret)))
        fail_msg("'%s' shows a file's content", line);
    list(now);
    if (strcmp(before, now) != 0)
        fail_msg("'%s' changed the folder: %s", line, now);
    free(said);
    lab->interrupt.quit = false;
}

static void no_command_reaches_a_file(void **state)
{
    static const char *const arguments[] = {
        "",
        "canary.csv",
        "./canary.csv",
        "canary.md",
        "canary.act",
        "link",
        "../../../../../../etc/passwd",
        "new made",
        "new /tmp/made",
        "! made",
        "made",
        "made.svg",
        "list made",
        "reset !",
        "data=canary.csv",
        "file=canary.csv",
        "load=canary.csv",
        "load canary.csv",
        "data=/dev/zero epochs=1",
        "$(touch made)",
        "`touch made`",
        "| touch made",
        "> made",
        "; touch made",
        "!touch made",
        "~/canary.csv",
        "relu file=canary.csv",
        "e source canary.act",
        "--output=made",
        "-",
    };

    (void)state;
    if (!freopen("/dev/null", "r", stdin)) /* `eval` without an X reads it */
        fail_msg("no /dev/null");
    for (int screen = 0; screen < 2; screen++)
        for (int i = 0; i < command_table.n; i++) {
            struct lab *lab = stranger();

            lab->interactive = screen;
            for (size_t k = 0; k < sizeof arguments / sizeof *arguments; k++) {
                char line[256];

                snprintf(line, sizeof line, "%s %s", command_table.command[i].name, arguments[k]);
                try_line(lab, command_table.command[i].name, line);
            }
            session_close(lab);
        }
    tried("restricted", "every command with names of files, paths and what a shell would run",
          "%d commands, %d of them refused, x %zu lines, typed and from a shell: no file is read "
          "or made",
          command_table.n, refused_commands, sizeof arguments / sizeof *arguments);
}

/* A key, a lesson and a command inside a command are no way around it. */
static void keys_are_no_way_around(void **state)
{
    struct lab *lab = stranger();

    (void)state;
    lab->interactive = true;
    try_line(lab, "bind", "bind e source canary.act");
    refuses(lab, "source canary.act", "not allowed");
    refuses(lab, "sourc canary.act", "not allowed"); /* short names, too */
    session_close(lab);
}

static void completion_shows_no_files(void **state)
{
    static const char *const lines[] = {"source ",       "source /etc/", "source c",  "record ",
                                        "play can",      "check ",       "lesson ",   "lesson new ",
                                        "net data=can",  "net file=",    "progress ", "progress c",
                                        "layers data=c", "eval ~",       "~"};
    struct lab *lab = stranger();

    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct candidates c = {0};

        lab_complete(lab, lines[i], (int)strlen(lines[i]), &c);
        for (size_t k = 0; k < c.n; k++)
            if (strstr(c.word[k], "canary") || strchr(c.word[k], '/') || strstr(c.word[k], "link"))
                fail_msg("'%s' offers '%s'", lines[i], c.word[k]);
        candidates_free(&c);
    }
    session_close(lab);
}

static void networks_have_limits(void **state)
{
    struct lab *lab = stranger();

    (void)state;
    run(lab, "net layers=20 width=32");
    run(lab, "net layers=50 width=32 samples=200");
    fails(lab, "net layers=200 width=512", "restricted session");
    assert_int_equal(lab->model.net.layers, 50);
    fails(lab, "net samples=100000", "restricted session");
    fails(lab, "layers layers=200 width=256", "restricted session");
    if (rounds(1, 0)) /* under valgrind its five seconds are not enough */
        run(lab, "race relu tanh gelu elu epochs=2");
    run(lab, "net layers=8 width=16 samples=200");
    for (int i = 0; i < 70; i++) { /* each keeps a state */
        run(lab, "weight 1 +0.01");
        run(lab, "step 1");
    }
    assert_true((size_t)lab->model.history.states * trainer_state_size(lab->model.trainer) <=
                restricted_limits.history);
    session_close(lab);
}

/* Of this process, so that a busy machine changes little. */
static double processor_seconds(void)
{
    return (double)clock() / CLOCKS_PER_SEC;
}

static void commands_have_an_end(void **state)
{
    static const char *const lines[] = {
        "train 1000000000 epochs",
        "step 1000000000",
        "until loss < -1 limit=1000000",
        "watch loss epochs=1000000 every=1000000",
        "race relu tanh gelu elu epochs=1000000",
        "layers width=32 epochs=1000000",
    };
    struct limits hasty = restricted_limits;
    struct lab *lab = stranger();

    (void)state;
    hasty.patience = 0.1;
    lab->limits = &hasty;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        double begun = processor_seconds();

        fails(lab, lines[i], "stopped");
        assert_true(processor_seconds() - begun < 20 * hasty.patience);
        run(lab, "reset");
    }
    fails(lab, "table gelu 0 1 1e-6", "rows");
    run(lab, "table gelu 0 1 0.01");
    session_close(lab);
}

static void functions_have_limits(void **state)
{
    struct lab *lab = stranger();
    char line[6000] = "def long(x) = x";
    int made = 0;

    (void)state;
    while (strlen(line) < 5000)
        strcat(line, "+x");
    fails(lab, line, "bytes");
    for (; made < 1000; made++) {
        struct error e;

        snprintf(line, sizeof line, made % 2 ? "def f%d(x) = x + %d" : "fn 'x + %d.%d'", made,
                 made);
        if (!lab_run(lab, line, stdout, &e))
            break;
    }
    assert_int_equal(made, restricted_limits.functions);
    fails(lab, line, "at most");
    run(lab, "fn relu");
    session_close(lab);
}

/* A line that is too long to be written out: `first`, the piece so many times, `after`. */
static const char *many(const char *first, const char *piece, int times, const char *after)
{
    static char line[8000];

    snprintf(line, sizeof line, "%s%s", first, piece);
    for (int i = 1; i < times; i++)
        snprintf(line + strlen(line), sizeof line - strlen(line), "+%s", piece);
    snprintf(line + strlen(line), sizeof line - strlen(line), "%s", after);
    return line;
}

/* However few letters it takes to write: definitions that call each other multiply. */
static void functions_may_not_cost_too_much(void **state)
{
    struct lab *lab = stranger();
    double begun, took, longest = 0;

    (void)state;
    run(lab, many("def f(x) = ", "gelu(x)^x", 75, ""));
    run(lab, "def g(x) = f(x) + 1");
    fails(lab, "def h(x) = f(x) + f(x)", "operations");
    fails(lab, many("fn '", "f(x)", 19, "'"), "operations");
    assert_string_equal(lab->model.fn.act->name, "sigmoid");
    run(lab, "net layers=20 width=32 samples=500");
    fails(lab, "swap g", "operations");
    fails(lab, "fn g", "operations");
    fails(lab, "race relu g", "operations");
    fails(lab, "net fn=g", "operations");
    run(lab, "net width=8 layers=2 samples=200");
    run(lab, "fn g");
    fails(lab, "net samples=20000", "operations");
    fails(lab, "plot g size=1000x1000", "cells");
    fails(lab, "show size=1000x1000", "cells");
    for (int i = 0; i < 3; i++) {
        static const char *const lines[] = {"net width=1 layers=1 samples=13000", "reset",
                                            "plot g size=500x200"};

        begun = processor_seconds();
        run(lab, lines[i]);
        lab_measure(lab);
        took = processor_seconds() - begun;
        longest = took > longest ? took : longest;
    }
    assert_true(longest <
                rounds(10, 1000)); /* under a sanitizer, too; valgrind watches each step */
    tried("restricted", "the costliest function on the largest network that it may run on",
          "built, measured and drawn at 500x200: %.2f s of the processor at most", longest);
    session_close(lab);
}

static void it_does_not_stay_for_ever(void **state)
{
    struct lab *lab = stranger();

    (void)state;
    assert_true(lab->set.idle_timeout > 0);
    fails(lab, "set idle_timeout 0", "idle_timeout");
    fails(lab, "set idle_timeout 1e6", "idle_timeout");
    assert_true(lab->set.idle_timeout == restricted_limits.idle);
    run(lab, "set idle_timeout 60");
    run(lab, "set fps 10");
    assert_true(lab->set.idle_timeout == 60);
    session_close(lab);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_command_is_classified),
        cmocka_unit_test(no_command_reaches_a_file),
        cmocka_unit_test(keys_are_no_way_around),
        cmocka_unit_test(completion_shows_no_files),
        cmocka_unit_test(networks_have_limits),
        cmocka_unit_test(commands_have_an_end),
        cmocka_unit_test(functions_have_limits),
        cmocka_unit_test(it_does_not_stay_for_ever),
        cmocka_unit_test(functions_may_not_cost_too_much),
    };

    return cmocka_run_group_tests(tests, begin, leave);
}
