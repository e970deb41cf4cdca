/* pty_bytes.c - how many bytes a key costs, from the cheapest to the dearest, and a whole picture.
 */
#include "../unit/unit.h"
#include "faces.h"
#include "pty.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void burst(void **state)
{
    static const char *const names[] = {"next function", "cursor", "alpha"};
    size_t n[3];
    struct pty p;

    (void)state;
    open_face(&p, &faces[0]);
    for (size_t i = 0; i < 3; i++) {
        static const char *const key[] = {".", "\x1b[C", "A"};
        struct text keys = {0};

        if (i == 2)
            pty_type(&p, ":fn elu\r");
        for (int k = 0; k < 30; k++)
            text_add(&keys, key[i]);
        pty_send(&p, keys.s);
        n[i] = pty_settle(&p, 100);
        if (n[i] < 1 || n[i] > 1000)
            fail_msg("30 keys (%s): %zu bytes", names[i], n[i]);
        text_free(&keys);
    }
    pty_close(&p);
    tried("thrift", "30 keys in a burst", "%zu, %zu, %zu bytes for %s, %s, %s (at most 1000)", n[0],
          n[1], n[2], names[0], names[1], names[2]);
}

/* The most that one of n presses costs. */
static size_t worst_of(struct pty *p, const char *key, int n)
{
    size_t worst = 0;

    for (int i = 0; i < n; i++) {
        size_t bytes = pty_type(p, key);

        worst = bytes > worst ? bytes : worst;
    }
    return worst;
}

/* Keys change the same picture the same way; the second time nothing is new to measure. */
static void keys(void **state)
{
    static const size_t alpha_most[] = {150, 450}, cursor_most = 60;

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct pty p;
        size_t alpha, cursor, alpha3, cursor3;

        open_face(&p, &faces[i]);
        pty_type(&p, "5"); /* elu */
        pty_expect(&p, "elu");
        pty_type(&p, "z");
        pty_type(&p, ":cursor 1\r"); /* off the kink, whose slopes would be said anew each time */
        worst_of(&p, "A", 5);
        alpha = worst_of(&p, "A", 5);
        cursor = worst_of(&p, "\x1b[C", 5);
        assert_in_range(alpha, 1, alpha_most[i]);
        assert_in_range(cursor, 1, cursor_most);
        pty_type(&p, "z");
        alpha3 = worst_of(&p, "A", 5);
        cursor3 = worst_of(&p, "\x1b[C", 5);
        assert_in_range(alpha3, 1, 2 * alpha_most[i]);
        assert_in_range(cursor3, 1, 2 * cursor_most);
        pty_close(&p);
        tried("thrift", i ? "a key, braille colour" : "a key, ASCII mono",
              "alpha %zu bytes (at most %zu), cursor %zu (at most %zu); on three panes %zu, %zu",
              alpha, alpha_most[i], cursor, cursor_most, alpha3, cursor3);
    }
}

/* Keys that change more of the picture: a ghost and the kink's facts appear or go, the whole curve
 * and the edge of what is shaded move. */
static void costly_keys(void **state)
{
    static const size_t most[2][3] = {{180, 130, 320}, {400, 160, 720}};

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct pty p;
        size_t first, kink, beta;

        open_face(&p, &faces[i]);
        pty_type(&p, "z");
        pty_type(&p, ":fn elu\r");
        pty_expect(&p, "elu");
        first = pty_type(&p, "A");
        pty_expect(&p, "kink at 0");
        kink = pty_type(&p, "\x1b[C"); /* off it, and back */
        for (int k = 0; k < 2; k++) {
            size_t n = pty_type(&p, "\x1b[D");

            kink = n > kink ? n : kink;
        }
        pty_type(&p, ":fn swish\r");
        pty_expect(&p, "swish");
        beta = worst_of(&p, "b", 4);
        pty_close(&p);
        if (first > most[i][0] || kink > most[i][1] || beta > most[i][2])
            fail_msg("%s: first alpha %zu, kink %zu, beta %zu bytes", faces[i].name, first, kink,
                     beta);
        tried("thrift", i ? "costly keys, braille colour" : "costly keys, ASCII mono",
              "first alpha %zu bytes (at most %zu), cursor off a kink %zu (%zu), swish's beta %zu "
              "(%zu)",
              first, most[i][0], kink, most[i][1], beta, most[i][2]);
    }
}

static void whole_picture(void **state)
{
    static const struct pty_options sizes[] = {{.rows = 50, .cols = 200},
                                               {.rows = 200, .cols = 500}};
    double ratio[2];

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct text shown = {0};
        struct pty p;
        size_t n;

        pty_open(&p, &sizes[i], NULL);
        pty_send(&p, "\x0c");
        n = pty_settle(&p, 150);
        pty_text(&p, &shown);
        ratio[i] = (double)n / (double)shown.len;
        if (n == 0 || ratio[i] > 3)
            fail_msg("%dx%d: %zu bytes for a text of %zu", sizes[i].cols, sizes[i].rows, n,
                     shown.len);
        text_free(&shown);
        pty_close(&p);
    }
    tried("thrift", "a whole picture",
          "%.2f times its own text at 200x50, %.2f at 500x200 (at most 3)", ratio[0], ratio[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(burst),
        cmocka_unit_test(keys),
        cmocka_unit_test(costly_keys),
        cmocka_unit_test(whole_picture),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
