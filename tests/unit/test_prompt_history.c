/* test_prompt_history.c - the history file: order, repeats, limits, several writers, hostile
 * contents. */
#include "folder.h"
#include "tui/prompt_history.h"
#include "unit.h"

#include "base/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static void assert_kept(const char *expected)
{
    struct text kept = {0};

    prompt_history_load(&kept);
    assert_string_equal(text_str(&kept), expected);
    text_free(&kept);
}

static void forget(void)
{
    struct text path = {0};

    assert_true(file_state_path("history", false, &path, NULL));
    unlink(path.s);
    text_free(&path);
}

static void order(void **state)
{
    (void)state;
    forget();
    assert_kept("");
    assert_true(prompt_history_add("fn gelu", 10, NULL));
    assert_true(prompt_history_add("alpha 1", 10, NULL));
    assert_kept("fn gelu\nalpha 1\n");
    assert_true(prompt_history_add("fn gelu", 10, NULL)); /* comes last, stands once */
    assert_kept("alpha 1\nfn gelu\n");
    assert_true(prompt_history_add("fn", 10, NULL)); /* a beginning is no repeat */
    assert_kept("alpha 1\nfn gelu\nfn\n");
}

static void limit(void **state)
{
    struct text expected = {0};

    (void)state;
    forget();
    for (int i = 0; i < 30; i++) {
        char line[32];

        snprintf(line, sizeof line, "step %d", i);
        assert_true(prompt_history_add(line, 10, NULL));
        if (i >= 20)
            text_printf(&expected, "%s\n", line);
    }
    assert_kept(expected.s);
    assert_true(prompt_history_add("not this one", 0, NULL));
    assert_kept(expected.s);
    assert_true(prompt_history_add("last", 2, NULL));
    assert_kept("step 29\nlast\n");
    text_free(&expected);
}

/* What is written can be read again: a file that is too long would be lost as a whole. */
static void long_lines(void **state)
{
    static char line[PROMPT_HISTORY_LINE_BYTES + 2];
    struct text path = {0}, kept = {0};
    struct stat st;

    (void)state;
    forget();
    memset(line, 'x', PROMPT_HISTORY_LINE_BYTES);
    for (int i = 0; i < 1020; i++)
        text_printf(&kept, "%04d%s\n", i, line + 4);
    assert_true(file_state_path("history", true, &path, NULL));
    assert_true(file_save(path.s, kept.s, kept.len, true, NULL));
    for (int i = 1020; i < 1030; i++) {
        char number[8];

        snprintf(number, sizeof number, "%04d", i);
        memcpy(line, number, 4);
        assert_true(prompt_history_add(line, 100000, NULL));
    }
    assert_int_equal(stat(path.s, &st), 0);
    assert_true(st.st_size <= PROMPT_HISTORY_MAX_BYTES &&
                st.st_size > PROMPT_HISTORY_MAX_BYTES - 5000);
    text_clear(&kept);
    prompt_history_load(&kept);
    assert_non_null(strstr(text_str(&kept), "1029x"));
    assert_null(strstr(text_str(&kept), "0000x"));
    memset(line, 'y', sizeof line - 1);
    assert_true(prompt_history_add(line, 100000, NULL)); /* of no use the next time */
    text_clear(&kept);
    prompt_history_load(&kept);
    assert_null(strstr(text_str(&kept), "yy"));
    text_free(&path);
    text_free(&kept);
}

static void several_writers(void **state)
{
    struct text kept = {0};
    int lines = 0;

    (void)state;
    forget();
    for (int k = 0; k < 4; k++)
        if (fork() == 0) {
            for (int i = 0; i < 10; i++) {
                char line[32];

                snprintf(line, sizeof line, "line %d of %d", i, k);
                prompt_history_add(line, 1000, NULL);
            }
            _exit(0);
        }
    while (wait(NULL) > 0)
        ;
    prompt_history_load(&kept);
    for (const char *s = kept.s; *s; s++)
        lines += *s == '\n';
    assert_int_equal(lines, 40);
    text_free(&kept);
}

static void hostile(void **state)
{
    static const char bytes[] = "good\n\x1b[2Jbad\xff\nno end";
    struct text path = {0};

    (void)state;
    forget();
    assert_true(file_state_path("history", true, &path, NULL));
    assert_true(file_save(path.s, bytes, sizeof bytes - 1, true, NULL));
    assert_kept("good\n\xef\xbf\xbd[2Jbad\xef\xbf\xbd\nno end\n");
    unlink(path.s);
    assert_int_equal(mkfifo(path.s, 0600), 0); /* it must not hang */
    assert_kept("");
    text_free(&path);
}

static void from_windows(void **state)
{
    static const char bytes[] = "\xEF\xBB\xBF"
                                "fn gelu\r\nalpha 1\r\n";
    struct text path = {0};

    (void)state;
    forget();
    assert_true(file_state_path("history", true, &path, NULL));
    assert_true(file_save(path.s, bytes, sizeof bytes - 1, true, NULL));
    assert_kept("fn gelu\nalpha 1\n");
    assert_true(prompt_history_add("fn gelu", 10, NULL));
    assert_kept("alpha 1\nfn gelu\n");
    text_free(&path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(order),      cmocka_unit_test(limit),
        cmocka_unit_test(long_lines), cmocka_unit_test(several_writers),
        cmocka_unit_test(hostile),    cmocka_unit_test(from_windows),
    };

    return cmocka_run_group_tests(tests, enter, leave);
}
