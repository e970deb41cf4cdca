/* test_netview.c - the network pane: what stands in it and beside it, at every size. */
#include "lab/command.h"
#include "lab/race.h"
#include "unit.h"
#include "view/view.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct lab *lab;
static struct text seen;

static int begin(void **state)
{
    struct error e;

    (void)state;
    lab = lab_new(NULL, &e);
    assert_non_null(lab);
    lab->picture = view_picture;
    return 0;
}

static int end(void **state)
{
    (void)state;
    lab_free(lab);
    text_free(&seen);
    return 0;
}

static const char *run(const char *line)
{
    static char said[8192];
    struct error e;
    FILE *f = fmemopen(said, sizeof said, "w");

    if (!lab_run(lab, line, f, &e))
        fail_msg("%s: %s", line, e.text);
    fclose(f);
    return said;
}

static void refused(const char *line, const char *expected)
{
    struct error e;
    FILE *f = fopen("/dev/null", "w");

    assert_false(lab_run(lab, line, f, &e));
    fclose(f);
    assert_non_null(strstr(e.text, expected));
}

/* The pane at this size, in ASCII. */
static const char *pane(int rows, int cols)
{
    struct grid g;

    lab_settle(lab);
    lab->set.charset = CHARSET_ASCII;
    grid_init(&g, rows, cols);
    view_network(lab, &g, (struct rect){0, 0, rows, cols});
    text_clear(&seen);
    grid_to_text(&g, false, &seen);
    grid_free(&g);
    return text_str(&seen);
}

static const char *title(void)
{
    static char both[256];
    char left[128] = "", right[128] = "";

    lab_settle(lab);
    view_network_title(lab, left, sizeof left, right, sizeof right);
    snprintf(both, sizeof both, "%s | %s", left, right);
    return both;
}

static void shows(const char *picture, const char *what)
{
    if (!strstr(picture, what))
        fail_msg("'%s' is not in\n%s", what, picture);
}

static void lacks(const char *picture, const char *what)
{
    if (strstr(picture, what))
        fail_msg("'%s' is in\n%s", what, picture);
}

/* A race has the pane to itself, whatever view was chosen. */
static void test_race(void **state)
{
    (void)state;
    run("net layers=4 width=8");
    run("netview weights");
    run("focus network");
    assert_string_equal(lab_key_pane(lab), "weights");
    run("race sigmoid relu x^2 'sin(x)' epochs=3");
    assert_string_equal(lab_key_pane(lab), "network");
    shows(pane(7, 80), "--- sigmoid       0.");
    shows(seen.s, "\n+++ x^2 ");
    shows(seen.s, "\n### sin(x) ");
    lacks(seen.s, "factor");
    lacks(seen.s, "\nloss");
    shows(pane(21, 80), "+++");
    assert_true(strlen(pane(21, 80)) > 21 + 800); /* the plot fills it */
    shows(pane(9, 40), "--- sigmoid       0.6");
    shows(title(), "Race 4x8 lecun lr 0.3 circle | epoch 3  ahead ");
    run("race off");
    assert_string_equal(lab_key_pane(lab), "weights");
    refused("race relu tanh elu gelu selu", "a race takes 2 to 4 functions, not 5");
    refused("race relu", "a race takes 2 to 4 functions, not 1");
    refused("race relu nosuch", "nosuch");
    run("net lr=1000");
    shows(run("race tanh exp(x) epochs=1"), "exp(x) diverged at step ");
    shows(pane(7, 80), "xxx exp(x)        diverged at step ");
    lacks(seen.s, "nan");
}

#define IN_A_LAB(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_LAB(test_race),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
