/* test_progress.c - what a learner did, in a file: what counts of two entries, whatever the clocks
 * said; files that are damaged, full, or come from another system. */
#include "unit.h"

#include "base/file.h"
#include "base/text.h"
#include "folder.h"
#include "notebook.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* Every kind is written, and read back as it was. */
static void round_trip(void **state)
{
    static const char wanted[] = "# actlab progress 1\n"
                                 "1970-01-01T00:00:01.002Z open relu\n"
                                 "1970-01-01T00:00:02.000Z page relu 3\n"
                                 "1970-01-01T00:00:03.000Z goal relu 1 2\n"
                                 "1970-01-01T00:00:04.000Z hint relu 1 2\n"
                                 "1970-01-01T00:00:05.000Z solution relu 1\n"
                                 "1970-01-01T00:00:06.000Z answer relu 2 wrong 1,3\n"
                                 "2026-02-28T23:59:59.999Z open a%20b%25%C3%BC\n";
    struct progress p, q;
    char *s;

    (void)state;
    open_it(&p);
    add(&p, PROGRESS_OPEN, "relu", 0, 0, "", 1002);
    add(&p, PROGRESS_PAGE, "relu", 3, 0, "", 2000);
    add(&p, PROGRESS_GOAL, "relu", 1, 2, "", 3000);
    add(&p, PROGRESS_HINT, "relu", 1, 2, "", 4000);
    add(&p, PROGRESS_SOLUTION, "relu", 1, 0, "", 5000);
    add(&p, PROGRESS_ANSWER, "relu", 2, 0, "1,3", 6000);
    add(&p, PROGRESS_OPEN, "a b%\u00fc", 0, 0, "", 1772323199999);
    s = content();
    assert_string_equal(s, wanted);
    free(s);
    open_it(&q);
    assert_int_equal(q.n, 7);
    assert_memory_equal(p.entry, q.entry, q.n * sizeof *q.entry);
    assert_non_null(progress_find(&q, PROGRESS_OPEN, "a b%\u00fc", 0, 0));
    assert_null(progress_find(&q, PROGRESS_GOAL, "relu", 2, 1));
    progress_close(&p);
    progress_close(&q);
}

static void later_and_better_win(void **state)
{
    struct progress p;

    (void)state;
    open_it(&p);
    add(&p, PROGRESS_PAGE, "a", 3, 0, "", 3000);
    add(&p, PROGRESS_PAGE, "a", 2, 0, "", 2000);
    add(&p, PROGRESS_PAGE, "b", 9, 0, "", 2500);
    assert_int_equal(progress_find(&p, PROGRESS_PAGE, "a", 0, 0)->a, 3);
    assert_true(progress_is_of(progress_last(&p), "a"));
    add(&p, PROGRESS_GOAL, "a", 1, 1, "", 3000);
    add(&p, PROGRESS_GOAL, "a", 1, 1, "", 2000);
    assert_int_equal(progress_find(&p, PROGRESS_GOAL, "a", 1, 1)->when, 2000);
    add(&p, PROGRESS_ANSWER, "a", 1, 0, "2", 1000);
    add(&p, PROGRESS_ANSWER, "a", 1, 0, "3", 2000);
    assert_string_equal(progress_find(&p, PROGRESS_ANSWER, "a", 1, 0)->value, "3");
    add(&p, PROGRESS_ANSWER, "a", 1, 1, "1", 3000);
    add(&p, PROGRESS_ANSWER, "a", 1, 0, "2", 4000);
    assert_string_equal(progress_find(&p, PROGRESS_ANSWER, "a", 1, 0)->value, "1");
    add(&p, PROGRESS_HINT, "a", 1, 2, "", 1000);
    add(&p, PROGRESS_HINT, "a", 1, 1, "", 2000);
    assert_int_equal(progress_find(&p, PROGRESS_HINT, "a", 1, 0)->b, 2);
    progress_close(&p);
}

/* What a clock far ahead wrote. */
#define AHEAD "2999-01-01T00:00:00.000Z "

static int64_t date_of(const char *lesson)
{
    struct progress p;
    int64_t when;

    open_it(&p);
    when = progress_find(&p, PROGRESS_PAGE, lesson, 0, 0)->when;
    progress_close(&p);
    return when;
}

/* A clock that was wrong once wins nothing: what is done afterwards counts, under right dates. */
static void a_clock_was_ahead(void **state)
{
    const int64_t soon = ((int64_t)time(NULL) + 3600) * 1000;
    struct progress p, q;

    (void)state;
    write_file(path, "# actlab progress 1\n" AHEAD "page relu 7\n" AHEAD "reset tanh\n" AHEAD
                     "answer relu 1 wrong 3\n" AHEAD "goal relu 1 1\n");
    open_it(&p);
    open_it(&q);
    add(&p, PROGRESS_PAGE, "relu", 2, 0, "", 0);
    add(&p, PROGRESS_PAGE, "tanh", 3, 0, "", 0);
    add(&p, PROGRESS_GOAL, "tanh", 1, 1, "", 0);
    add(&p, PROGRESS_ANSWER, "relu", 1, 0, "2", 0);
    add(&q, PROGRESS_GOAL, "elu", 1, 1, "", 0); /* it still knows relu's page by that date */
    progress_close(&p);
    progress_close(&q);
    open_it(&p);
    assert_int_equal(progress_find(&p, PROGRESS_PAGE, "relu", 0, 0)->a, 2);
    assert_string_equal(progress_find(&p, PROGRESS_ANSWER, "relu", 1, 0)->value, "2");
    assert_non_null(progress_find(&p, PROGRESS_GOAL, "relu", 1, 1)); /* done is done */
    assert_non_null(progress_find(&p, PROGRESS_GOAL, "tanh", 1, 1));
    assert_true(progress_is_of(progress_last(&p), "tanh"));
    assert_true(date_of("relu") < soon && date_of("tanh") < soon);

    add(&p, PROGRESS_RESET, "relu", 0, 0, "", 0); /* a reset forgets them, too */
    assert_null(progress_find(&p, PROGRESS_GOAL, "relu", 1, 1));
    progress_close(&p);
    open_it(&p);
    assert_null(progress_find(&p, PROGRESS_GOAL, "relu", 1, 1));
    assert_non_null(progress_find(&p, PROGRESS_GOAL, "tanh", 1, 1));
    progress_close(&p);
}

/* An hour ahead may be a time zone: its dates are believed, and still win nothing. */
static void a_clock_was_an_hour_ahead(void **state)
{
    const int64_t soon = ((int64_t)time(NULL) + 3600) * 1000;
    struct progress p;

    (void)state;
    open_it(&p);
    add(&p, PROGRESS_PAGE, "relu", 7, 0, "", soon);
    add(&p, PROGRESS_RESET, "tanh", 0, 0, "", soon);
    progress_close(&p);
    open_it(&p);
    add(&p, PROGRESS_PAGE, "tanh", 1, 0, "", 0);
    add(&p, PROGRESS_PAGE, "relu", 2, 0, "", 0);
    progress_close(&p);
    open_it(&p);
    assert_int_equal(progress_find(&p, PROGRESS_PAGE, "relu", 0, 0)->a, 2);
    assert_int_equal(progress_find(&p, PROGRESS_PAGE, "tanh", 0, 0)->a, 1);
    assert_true(progress_is_of(progress_last(&p), "relu"));
    progress_close(&p);
}

/* Where no date can be believed the further page stays, in whatever order they come. */
static void the_further_page_stays(void **state)
{
    static const char *const files[] = {
        "# actlab progress 1\n2999-01-01T00:00:00.000Z page relu 4\n"
        "2998-01-01T00:00:00.000Z page relu 6\n",
        "# actlab progress 1\n2998-01-01T00:00:00.000Z page relu 6\n"
        "2999-01-01T00:00:00.000Z page relu 4\n",
        "# actlab progress 1\n2020-01-01T00:00:00.000Z page relu 4\n"
        "2020-01-01T00:00:00.000Z page relu 6\n",
        "# actlab progress 1\n2020-01-01T00:00:00.000Z page relu 6\n"
        "2020-01-01T00:00:00.000Z page relu 4\n",
    };

    (void)state;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct progress p;

        write_file(path, files[i]);
        open_it(&p);
        assert_int_equal(progress_find(&p, PROGRESS_PAGE, "relu", 0, 0)->a, 6);
        progress_close(&p);
    }
}

/* No entry is dropped without a word, and none of the file's. */
static void no_room(void **state)
{
    struct text file = {0};
    struct progress p, q;
    struct error e;
    char *s;

    (void)state;
    text_add(&file, "# actlab progress 1\n");
    for (int i = 0; i < PROGRESS_ENTRIES - 1; i++)
        text_printf(&file, "2026-01-01T00:00:00.000Z goal %s %d %d\n", i % 2 ? "relu" : "tanh",
                    i / 100 + 1, i % 100 + 1);
    write_file(path, file.s);
    open_it(&p);
    open_it(&q);
    add(&p, PROGRESS_GOAL, "elu", 1, 1, "", 0); /* the last one that there is room for */
    assert_false(progress_add(&q, entry(PROGRESS_GOAL, "elu", 1, 2, "", 0), &e));
    assert_non_null(strstr(e.text, "no room for more than 4000 entries"));
    assert_false(progress_add(&p, entry(PROGRESS_GOAL, "elu", 1, 3, "", 0), &e));
    assert_non_null(strstr(e.text, "no room for more than 4000 entries"));
    progress_close(&p);
    assert_true(progress_read(&p, path, &e));
    assert_int_equal(p.n, PROGRESS_ENTRIES);
    assert_non_null(progress_find(&p, PROGRESS_GOAL, "elu", 1, 1));
    progress_close(&p);

    assert_true(progress_add(&q, entry(PROGRESS_RESET, "relu", 0, 0, "", 0), &e)); /* makes room */
    assert_non_null(progress_find(&q, PROGRESS_GOAL, "elu", 1, 1));
    assert_non_null(progress_find(&q, PROGRESS_GOAL, "elu", 1, 2));
    progress_close(&q);

    text_add(&file, "2026-01-01T00:00:00.000Z goal elu 1 1\n2026-01-01T00:00:00.000Z goal z 1 1\n");
    write_file(path, file.s);
    assert_false(progress_open(&p, path, &e)); /* one too many: it stays as it is */
    assert_non_null(strstr(e.text, "no room"));
    assert_false(progress_add(&p, entry(PROGRESS_PAGE, "relu", 1, 1, "", 0), &e));
    progress_close(&p);
    assert_false(progress_read(&p, path, &e));
    assert_non_null(strstr(e.text, "more than 4000 entries"));
    progress_close(&p);
    s = content();
    assert_string_equal(s, file.s);
    free(s);
    text_free(&file);
}

/* Names that differ only far behind, and all choices of a long question, are kept whole. */
static void nothing_is_cut(void **state)
{
    static const char all[] = "1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,"
                              "26,27,28,29,30,31,32";
    char one[256] = "", two[256];
    struct progress p;

    (void)state;
    for (int i = 0; i < 80; i++)
        strcat(one, "\xE4\xB8\xAD");
    snprintf(two, sizeof two, "%s2", one);
    open_it(&p);
    add(&p, PROGRESS_PAGE, one, 1, 0, "", 0);
    add(&p, PROGRESS_PAGE, two, 2, 0, "", 0);
    add(&p, PROGRESS_ANSWER, one, 1, 0, all, 0);
    progress_close(&p);
    open_it(&p);
    assert_int_equal(progress_find(&p, PROGRESS_PAGE, one, 0, 0)->a, 1);
    assert_int_equal(progress_find(&p, PROGRESS_PAGE, two, 0, 0)->a, 2);
    assert_string_equal(progress_find(&p, PROGRESS_ANSWER, one, 1, 0)->value, all);
    progress_close(&p);
}

/* A file that an editor of another system has saved is the same file; an empty one is a new one. */
static void from_windows(void **state)
{
    static const char *const files[] = {
        "# actlab progress 1\r\n2026-01-01T00:00:00.000Z goal relu 1 1\r\n",
        "\xEF\xBB\xBF# actlab progress 1\r\n\r\n2026-01-01T00:00:00.000Z goal relu 1 1\r\n",
    };
    static const char *const empty[] = {"", "\n", "\r\n", "\xEF\xBB\xBF", "\xEF\xBB\xBF\r\n"};
    struct progress p;
    struct error e;
    char *s;

    (void)state;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        write_file(path, files[i]);
        assert_true(progress_read(&p, path, &e));
        progress_close(&p);
        open_it(&p);
        add(&p, PROGRESS_PAGE, "relu", 3, 0, "", 1000);
        progress_close(&p);
        s = content();
        assert_string_equal(s, "# actlab progress 1\n2026-01-01T00:00:00.000Z goal relu 1 1\n"
                               "1970-01-01T00:00:01.000Z page relu 3\n");
        free(s);
    }
    for (size_t i = 0; i < sizeof empty / sizeof *empty; i++) {
        write_file(path, empty[i]);
        assert_true(progress_read(&p, path, &e));
        progress_close(&p);
        open_it(&p);
        assert_int_equal(p.n, 0);
        add(&p, PROGRESS_PAGE, "relu", 3, 0, "", 1000);
        progress_close(&p);
        open_it(&p);
        assert_int_equal(p.n, 1);
        progress_close(&p);
    }
}

static void damaged(const char *bytes, int line, size_t kept)
{
    struct progress p;
    struct error e;
    char wanted[32], aside[128];
    struct text t = {0};

    write_file(path, bytes);
    assert_false(progress_open(&p, path, &e));
    snprintf(wanted, sizeof wanted, "line %d of", line);
    assert_non_null(strstr(e.text, wanted));
    assert_non_null(strstr(e.text, "progress.damaged"));
    assert_int_equal(p.n, kept);
    progress_close(&p);
    open_it(&p); /* what could be read was saved again */
    assert_int_equal(p.n, kept);
    progress_close(&p);
    snprintf(aside, sizeof aside, "%s.damaged", path);
    assert_true(file_read(aside, 1 << 20, &t, &e));
    assert_string_equal(text_str(&t), bytes);
    text_free(&t);
    remove(aside);
}

static void damage_is_set_aside(void **state)
{
#define HEAD "# actlab progress 1\n"
#define GOOD "2026-01-01T00:00:00.000Z goal relu 1 1\n"
    static const char *const bad[] = {
        "2026-01-01T00:00:00.000Z gaol relu 1 1\n",
        "2026-01-01T00:00:00.000Z goal relu 1\n",
        "2026-01-01T00:00:00.000Z goal relu 0 1\n",
        "2026-01-01T00:00:00.000Z goal relu 1 1 1\n",
        "2026-01-01T00:00:00.000Z answer relu 1 maybe 1\n",
        "2026-01-01T00:00:00.000Z answer relu 1 right \x1b[2J\n",
        "yesterday goal relu 1 1\n",
        "2026-01-01T00:00:00.000Z goal re\x1blu 1 1\n",
        "2026-01-01T00:00:00.000Z goal re\x80lu 1 1\n",
        "2026-01-01T00:00:00.000Z goal relu 2 ",
        "\x01\x02\x03\n",
    };
    struct progress p;
    struct error e;

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct text t = {0};

        text_printf(&t, "%s%s%s", HEAD, GOOD, bad[i]);
        damaged(t.s, 3, 1);
        text_free(&t);
    }
    damaged("\nrubbish\n" GOOD, 1, 0);
    damaged("rubbish\n" GOOD, 1, 0);

    write_file(path, "# actlab progress 2\n" GOOD);
    assert_false(progress_open(&p, path, &e));
    assert_non_null(strstr(e.text, "another version"));
    assert_true(progress_add(&p, entry(PROGRESS_GOAL, "relu", 1, 2, "", 0), &e));
    progress_close(&p);
    char *s = content();
    assert_string_equal(s, "# actlab progress 2\n" GOOD); /* never touched */
    free(s);
    assert_false(progress_read(&p, path, &e));
    write_file(path, HEAD GOOD);
    assert_true(progress_read(&p, path, &e));
    assert_int_equal(p.n, 1);
    progress_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(round_trip, enter, leave),
        cmocka_unit_test_setup_teardown(later_and_better_win, enter, leave),
        cmocka_unit_test_setup_teardown(a_clock_was_ahead, enter, leave),
        cmocka_unit_test_setup_teardown(a_clock_was_an_hour_ahead, enter, leave),
        cmocka_unit_test_setup_teardown(the_further_page_stays, enter, leave),
        cmocka_unit_test_setup_teardown(no_room, enter, leave),
        cmocka_unit_test_setup_teardown(nothing_is_cut, enter, leave),
        cmocka_unit_test_setup_teardown(from_windows, enter, leave),
        cmocka_unit_test_setup_teardown(damage_is_set_aside, enter, leave),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
