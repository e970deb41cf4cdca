/* test_table.c - rows as text, csv, tsv, json. */
#include "unit.h"

#include "base/number.h"
#include "language/args.h"
#include "language/table.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const names[] = {"name", "value", "share", "count"};
static const int widths[] = {-6, 9, 5, 5};

/* Two rows with everything that needs care, in a format. To be freed. */
static char *printed(enum table_format format, int rows)
{
    char *s = NULL;
    size_t n = 0;
    FILE *out = open_memstream(&s, &n);
    struct table t;

    table_begin(&t, out, format, 4, names, widths);
    if (rows > 0) {
        table_word(&t, "a,\"b\"\n\tc\\");
        table_real(&t, 0.1);
        table_share(&t, 0.125);
        table_int(&t, -7);
    }
    if (rows > 1) {
        table_word(&t, "\xce\xb1\x1b\xff");
        table_real(&t, NAN);
        table_share(&t, NAN);
        table_int(&t, 0);
    }
    table_end(&t);
    fclose(out);
    return s;
}

static void check(enum table_format format, int rows, const char *want)
{
    char *got = printed(format, rows);

    assert_string_equal(got, want);
    free(got);
}

static void csv_is_quoted(void **state)
{
    (void)state;
    check(TABLE_CSV, 2,
          "name,value,share,count\r\n\"a,\"\"b\"\"\n\tc\\\",0.1,0.125,-7\r\n"
          "\xce\xb1\xef\xbf\xbd\xef\xbf\xbd,nan,nan,0\r\n");
    check(TABLE_CSV, 0, "name,value,share,count\r\n");
}

static void tsv_is_escaped(void **state)
{
    (void)state;
    check(TABLE_TSV, 2,
          "name\tvalue\tshare\tcount\na,\"b\"\\n\\tc\\\\\t0.1\t0.125\t-7\n"
          "\xce\xb1\xef\xbf\xbd\xef\xbf\xbd\tnan\tnan\t0\n");
}

static void json_is_json(void **state)
{
    (void)state;
    check(TABLE_JSON, 2,
          "[\n {\"name\": \"a,\\\"b\\\"\\u000a\\u0009c\\\\\", \"value\": 0.1, \"share\": 0.125, "
          "\"count\": -7},\n {\"name\": \"\xce\xb1\\ufffd\\ufffd\", \"value\": null, "
          "\"share\": null, \"count\": 0}\n]\n");
    check(TABLE_JSON, 0, "[]\n");
}

static void text_is_aligned(void **state)
{
    (void)state;
    check(TABLE_TEXT, 2,
          "name       value share count\n"
          "a,\"b\"\xef\xbf\xbd\xef\xbf\xbd"
          "c\\       0.1   12%    -7\n"
          "\xce\xb1\xef\xbf\xbd\xef\xbf\xbd            -     -     0\n");
}

static const double some[] = {0,
                              -0.0,
                              1,
                              10,
                              0.1,
                              1.0 / 3,
                              1e22,
                              5e-324,
                              1e-4,
                              1e-5,
                              9.5,
                              99.5,
                              0.00099999999999999999,
                              9.9999999999999999e-5,
                              1e15,
                              999999999999999.9,
                              999999999999999.6,
                              1e16,
                              1e17,
                              99999999999999990.0,
                              123456789012345678.0,
                              9007199254740993.0,
                              0.5,
                              2.5,
                              1.0000000000000002,
                              INFINITY,
                              -INFINITY,
                              1.7976931348623157e308,
                              2.2250738585072014e-308,
                              0.30000000000000004};

/* Any double, or one of the size that people meet. */
static double any(uint64_t *bits, int i)
{
    double v;

    *bits = *bits * 6364136223846793005u + 1442695040888963407u;
    if (i % 4 == 0) {
        memcpy(&v, bits, sizeof v);
        return v;
    }
    v = (double)(int64_t)*bits * 0x1p-63;
    if (i % 4 == 1)
        return ldexp(v, (i / 4) % 140 - 80);
    return i % 4 == 2 ? round(v * 1e6) / 64 : v * 8; /* ties among them */
}

static void numbers_round_trip(void **state)
{
    char s[NUMBER_TEXT_MAX];
    uint64_t bits = 1;

    (void)state;
    for (size_t i = 0; i < sizeof some / sizeof *some; i++) {
        int n = number_text(s, some[i]);

        assert_int_equal(n, strlen(s));
        assert_true(strtod(s, NULL) == some[i]);
    }
    for (int i = 0; i < 200000; i++) {
        double v = any(&bits, i);

        number_text(s, v);
        assert_true(isnan(v) || strtod(s, NULL) == v);
    }
    number_text(s, 0.1);
    assert_string_equal(s, "0.1");
    number_text(s, 0.30000000000000004);
    assert_string_equal(s, "0.30000000000000004");
    number_text(s, -0.0);
    assert_string_equal(s, "-0");
    number_text(s, -NAN);
    assert_string_equal(s, "nan");
}

static void digits_are_those_of_printf(void **state)
{
    char s[NUMBER_TEXT_MAX], want[64];
    uint64_t bits = 2;

    (void)state;
    for (int i = 0; i < 400000; i++) {
        size_t listed = sizeof some / sizeof *some;
        double v = (size_t)i / 17 < listed ? some[i / 17] : any(&bits, i);
        int digits = i % 17 + 1, n = number_digits(s, v, digits);

        if (isnan(v))
            continue;
        snprintf(want, sizeof want, "%.*g", digits, v);
        if (strcmp(s, want) != 0 || n != (int)strlen(want))
            fail_msg("%d digits of %a: %s, printf says %s", digits, v, s, want);
    }
}

static void formats_by_name(void **state)
{
    const struct span formats = {TABLE_FORMATS, strlen(TABLE_FORMATS)};

    (void)state;
    assert_int_equal(args_find(formats, "text"), TABLE_TEXT);
    assert_int_equal(args_find(formats, "json"), TABLE_JSON);
    assert_int_equal(args_find(formats, "xml"), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(csv_is_quoted),      cmocka_unit_test(tsv_is_escaped),
        cmocka_unit_test(json_is_json),       cmocka_unit_test(text_is_aligned),
        cmocka_unit_test(numbers_round_trip), cmocka_unit_test(digits_are_those_of_printf),
        cmocka_unit_test(formats_by_name),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
