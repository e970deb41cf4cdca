/* test_graph.c - the network drawn: strokes where gradient passes, none where it has vanished or
 * its unit is dead; what has no room is counted. */
#include "draw/strokes.h"
#include "lab.h"

#include <string.h>

static void lines_by_slope(void **state)
{
    struct grid g;
    struct text out = {0};

    (void)state;
    grid_init(&g, 5, 10);
    for (int every = 1; every <= 4; every += 3) {
        struct strokes s;

        strokes_init(&s, (struct rect){0, 0, 5, 10}, CHARSET_ASCII);
        strokes_line(&s, 0, 0, 0, 9, every, 1, ROLE_TEXT);
        strokes_line(&s, 4, 0, 1, 5, every, 1, ROLE_TEXT);
        strokes_line(&s, 1, 7, 4, 9, every, 1, ROLE_TEXT);
        strokes_line(&s, 9, 90, 99, -5, every, 1, ROLE_TEXT); /* outside: nothing */
        grid_clear(&g);
        strokes_draw(&s, &g);
        strokes_free(&s);
        text_clear(&out);
        grid_to_text(&g, true, &out);
        if (every == 1)
            assert_string_equal(text_str(&out), "----------\n"
                                                "     / \\\n"
                                                "   //   \\\n"
                                                " //     \\\n"
                                                "/        \\\n");
        else
            assert_null(strpbrk(text_str(&out), "-/\\"));
    }
    text_free(&out);
    grid_free(&g);
}

/* The strongest of two lines has the cell, whichever came first. */
static void the_strongest_is_on_top(void **state)
{
    struct grid g;

    (void)state;
    grid_init(&g, 1, 3);
    for (int order = 0; order < 2; order++) {
        struct strokes s;

        strokes_init(&s, (struct rect){0, 0, 1, 3}, CHARSET_BRAILLE);
        for (int i = 0; i < 2; i++)
            strokes_line(&s, 0, 0, 0, 2, 1, i == order ? 2 : 1,
                         i == order ? ROLE_CLASS1 : ROLE_CLASS0);
        strokes_draw(&s, &g);
        strokes_free(&s);
        assert_int_equal(grid_at(&g, 0, 1)->role, ROLE_CLASS1);
    }
    grid_free(&g);
}

/* The pane alone on a screen of this size. */
static char *picture(struct lab *lab, const char *size)
{
    char line[64];

    run(lab, "focus network");
    run(lab, "full on");
    snprintf(line, sizeof line, "show size=%s", size);
    return output(lab, line);
}

static int strokes_between(const char *picture, int from, int to)
{
    int n = 0, col = 0;

    for (const char *s = picture; *s; s++, col++) {
        n += strchr("./\\|-", *s) && col >= from && col < to;
        if (*s == '\n')
            col = -1;
    }
    return n;
}

static void a_gradient_fades(void **state)
{
    struct lab *lab = *state;
    char *s;

    run(lab, "net layers=8 width=8");
    run(lab, "unit 8 1"); /* the strokes of a chosen one are always seen */
    run(lab, "netview graph");
    s = picture(lab, "80x24");
    assert_int_equal(strokes_between(s, 3, 5), 0); /* into layer 1 */
    assert_true(strokes_between(s, 46, 50) > 4);   /* into the output */
    free(s);
    run(lab, "netview flow"); /* going on, nothing is lost */
    s = picture(lab, "80x24");
    assert_true(strokes_between(s, 3, 5) > 4);
    free(s);
}

static void dead_units_are_crossed(void **state)
{
    struct lab *lab = *state;
    char *s;

    run(lab, "fn relu");
    run(lab, "net layers=2 width=8 init=he lr=5");
    run(lab, "train 10 epochs");
    run(lab, "netview graph");
    s = picture(lab, "80x24");
    assert_true(lab->measured.probe.layer[2].dead == 1);
    assert_non_null(strstr(s, "[x]"));
    assert_null(strstr(s, "[@]"));
    free(s);
}

static void one_unit_is_told(void **state)
{
    struct lab *lab = *state;
    char *s;

    run(lab, "net layers=2 width=4");
    run(lab, "netview graph");
    run(lab, "unit 2 3");
    run(lab, "input 4");
    run(lab, "weight 0.5");
    s = picture(lab, "80x24");
    assert_non_null(strstr(s, "layer 2 unit 3  delta "));
    assert_non_null(strstr(s, "weight 4: 0.5"));
    free(s);
    run(lab, "input 0");
    run(lab, "weight -0.25");
    s = picture(lab, "80x24");
    assert_non_null(strstr(s, "bias -0.25"));
    free(s);
    assert_string_equal(lab_key_pane(lab), "graph");
}

static void the_rest_is_counted(void **state)
{
    static const char *const sizes[] = {"80x24", "40x12", "120x40", "20x5", "1x1", "200x60"};
    struct lab *lab = *state;
    char *s;

    for (int deep = 0; deep < 2; deep++) {
        run(lab, deep ? "net layers=200 width=4 samples=4" : "net layers=2 width=512 samples=4");
        for (int forward = 0; forward < 2; forward++) {
            run(lab, forward ? "netview flow" : "netview graph");
            for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
                free(picture(lab, sizes[i]));
            s = picture(lab, "80x24");
            assert_non_null(strstr(s, deep ? " of 200 layers" : " of 512 units of a layer"));
            assert_true(!deep || strstr(s, "..."));
            free(s);
        }
    }
    run(lab, "net layers=1 width=1");
    free(picture(lab, "80x24"));
    run(lab, "net layers=0");
    s = picture(lab, "80x24");
    assert_non_null(strstr(s, "No hidden layer"));
    free(s);
    run(lab, "net layers=3 width=4 lr=1e6 loss=squared");
    run(lab, "fn relu");
    run(lab, "train 2 epochs");
    s = picture(lab, "80x24");
    assert_non_null(strstr(s, "[!]"));
    free(s);
}

/* On an axis of powers of ten a loss that is nearly 0 is told from one that is 0.01; what has no
 * power of ten is left out. */
static void losses_by_powers_of_ten(void **state)
{
    struct lab *lab = *state;
    char *s;

    run(lab, "fn tanh");
    run(lab, "net layers=2 width=8 lr=0.3");
    run(lab, "netview loss");
    run(lab, "set log_loss on");
    free(picture(lab, "80x24")); /* nothing is trained yet */
    run(lab, "train 60 epochs");
    s = picture(lab, "80x24");
    assert_non_null(strstr(s, "log10 loss"));
    assert_non_null(strstr(s, "\n-2"));
    assert_null(strstr(s, "+ acc"));
    free(s);
    run(lab, "set log_loss off");
    s = picture(lab, "80x24");
    assert_null(strstr(s, "log10"));
    assert_non_null(strstr(s, "+ acc"));
    free(s);
    run(lab, "net loss=squared lr=1e6");
    run(lab, "set log_loss on");
    run(lab, "train 2 epochs"); /* nan and inf */
    free(picture(lab, "80x24"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_by_slope),  cmocka_unit_test(the_strongest_is_on_top),
        LAB_TEST(a_gradient_fades),        LAB_TEST(dead_units_are_crossed),
        LAB_TEST(one_unit_is_told),        LAB_TEST(the_rest_is_counted),
        LAB_TEST(losses_by_powers_of_ten),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
