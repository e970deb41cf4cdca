/* pty_sizes.c - any size, and any change of it at any time: the picture is the one that is drawn
 * from nothing, and nothing ends. */
#include "../unit/unit.h"
#include "base/rng.h"
#include "pty.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

static void assert_whole(struct pty *p, const char *when)
{
    struct text before = {0}, after = {0};

    pty_text(p, &before);
    pty_send(p, "\x0c"); /* drawn from nothing, it is the same picture */
    pty_settle(p, 60);
    pty_text(p, &after);
    if (strcmp(text_str(&before), text_str(&after)) != 0)
        fail_msg("%s: not as drawn from nothing:\n%s\n%s", when, text_str(&before),
                 text_str(&after));
    text_free(&before);
    text_free(&after);
}

/* Rows and columns, from nothing to 500x200, and odd ones. */
static const int size[][2] = {
    {1, 1},    {1, 80},   {24, 1},   {2, 2},     {11, 39},   {12, 40}, {12, 39},
    {11, 40},  {13, 41},  {12, 200}, {60, 40},   {23, 80},   {25, 81}, {50, 200},
    {200, 41}, {12, 500}, {77, 333}, {199, 499}, {200, 500},
};

enum { SIZES = sizeof size / sizeof *size };

static void sizes(void **state)
{
    (void)state;
    for (size_t i = 0; i < SIZES; i++) {
        struct pty_options o = {.rows = size[i][0], .cols = size[i][1]};
        struct pty p;
        bool room = size[i][0] >= 12 && size[i][1] >= 40;
        char when[40];

        snprintf(when, sizeof when, "%dx%d", size[i][1], size[i][0]);
        pty_start(&p, &o, NULL);
        if (room)
            pty_expect(&p, "sigmoid");
        pty_settle(&p, 60);
        assert_false(p.ended);
        if (room)
            assert_whole(&p, when);
        else if (size[i][0] > 1 && size[i][1] > 30)
            assert_true(pty_shows(&p, "40x12"));
        pty_resize(&p, 24, 80);
        pty_expect(&p, "sigmoid");
        pty_settle(&p, 60);
        assert_whole(&p, "80x24 again");
        pty_resize(&p, size[i][0], size[i][1]);
        pty_settle(&p, 60);
        assert_false(p.ended);
        pty_send(&p, "q"); /* which works without room, too */
        assert_true(pty_ended(&p, 2000));
        assert_true(pty_modes_restored(&p));
        pty_close(&p);
    }
    tried("sizes", "opened at and changed to", "%d sizes from 1x1 to 500x200, each picture whole",
          SIZES);
}

/* The states in which sizes change at random: how one comes into each. */
static const struct {
    const char *name;
    const char *keys[4];
    const char *random; /* keys that come meanwhile */
    const char *leave;
} moods[] = {
    {"training", {" "}, ".,zcvTxs+-[]", ""},
    {"prompt open", {":net layers"}, "ab= \x7f\t\x01\x05", "\x1b"},
    {"prompt with an error", {":fn gellu\r"}, "xy\x7f\x02\x06", "\x1b"},
    {"help open", {"?", "?"}, "jk \x0c?", "\x1b"},
    {"lesson", {":lesson 9\r", ":try 1\r"}, "npjkth.", ""},
    {"quiz", {":lesson 2\r", ":focus lesson\r"}, "nnp123", ""},
    {"zoomed network", {":focus network\r", "z"}, "vvfdi<>", ""},
    {"race", {":race sigmoid tanh relu epochs=5\r", ":focus network\r"}, " vzs", ""},
    {"every view", {":fn swish\r", ":compare gelu elu\r"}, "\x1bOQ", ""},
    {"sweep", {":fn elu\r", ":sweep alpha 0 2\r"}, "ABab", ""},
};

enum { MOODS = sizeof moods / sizeof *moods, EACH = 1000 / MOODS };

/* One of the state's keys; of the views that have a key, any. */
static void random_key(struct pty *p, struct rng *r, const char *keys)
{
    static const char *const views[] = {"\x1bOQ",   "\x1bOR",   "\x1bOS",   "\x1b[15~",
                                        "\x1b[17~", "\x1b[18~", "\x1b[19~", "\x1b[20~"};

    if (keys[0] == '\x1b')
        pty_send(p, views[rng_below(r, 8)]);
    else
        pty_send_n(p, keys + rng_below(r, (uint32_t)strlen(keys)), 1);
}

static void changing(void **state)
{
    struct rng r;
    int changes = 0;

    (void)state;
    rng_seed(&r, 7, 0);
    for (size_t m = 0; m < MOODS; m++) {
        struct pty p;

        pty_open(&p, NULL, NULL);
        for (size_t k = 0; k < 4 && moods[m].keys[k]; k++) {
            pty_send(&p, moods[m].keys[k]);
            pty_wait(&p, 50);
        }
        for (int i = 0; i < EACH; i++, changes++) {
            /* half of them of a size that a window may have */
            bool usual = rng_below(&r, 2);
            int rows = 1 + (int)rng_below(&r, usual ? 60 : 200);
            int cols = 1 + (int)rng_below(&r, usual ? 200 : 500);

            pty_resize(&p, rows, cols);
            random_key(&p, &r, moods[m].random);
            if (i % 5 == 0)
                pty_wait(&p, 4);
            if (p.ended)
                fail_msg("%s: ended after %d sizes, status %x", moods[m].name, i, p.status);
        }
        pty_resize(&p, 24, 80);
        pty_wait(&p, 50);
        if (moods[m].leave[0]) {
            pty_send(&p, moods[m].leave);
            pty_settle(&p, 60); /* an escape alone */
        }
        pty_send(&p, ":pause\r");
        pty_settle(&p, 300);
        assert_whole(&p, moods[m].name);
        pty_resize(&p, 40, 120);
        pty_settle(&p, 100);
        assert_whole(&p, moods[m].name);
        for (int k = 0; k < 4 && !pty_ended(&p, 500); k++)
            pty_send(&p, "\x03"); /* leaves the prompt, stops what runs, and leaves at last */
        if (!pty_ended(&p, 3000))
            fail_msg("%s: it does not leave", moods[m].name);
        assert_true(WIFEXITED(p.status) && WEXITSTATUS(p.status) == 0);
        assert_true(pty_modes_restored(&p));
        pty_close(&p);
    }
    assert_int_equal(changes, 1000);
    tried("sizes", "changed at random while keys arrive",
          "1000 times up to 500x200: training, prompt, help, quiz, race, ...; whole after it");
}

/* Texts that move on the screen: nearly every cell changes, and what is wrong would stay wrong. */
static void scrolled(void **state)
{
    static const char *const text[] = {"?", "F", ":net\r", ":lesson 2\r", NULL};
    static const char *const key[] = {"j", "j",      "\x1b[B", "\x1b[B", "\x1b[6~",
                                      "k", "\x1b[A", "k",      "j",      "\x1b[5~"};
    enum { KEYS = sizeof key / sizeof *key };
    int pictures = 0;

    (void)state;
    for (size_t t = 0; text[t]; t++)
        for (int high = 24; high <= 40; high += 16) {
            struct pty_options o = {.rows = high};
            struct pty p;

            pty_open(&p, &o, NULL);
            pty_send(&p, text[t]);
            pty_settle(&p, 60);
            for (size_t k = 0; k < KEYS; k++, pictures++) {
                pty_send(&p, key[k]);
                pty_settle(&p, 30);
                if (k % 3 == 2 || k == KEYS - 1) /* what is wrong stays wrong */
                    assert_whole(&p, text[t]);
            }
            pty_close(&p);
        }
    tried("sizes", "texts scrolled by lines and pages", "%d times, as drawn from nothing",
          pictures);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(sizes), cmocka_unit_test(scrolled),
                                       cmocka_unit_test(changing)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
