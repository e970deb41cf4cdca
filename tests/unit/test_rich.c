/* test_rich.c - structured text wrapped to columns, as strings. */
#include "unit.h"

#include "base/text.h"
#include "base/utf8.h"
#include "draw/layout.h"

#include <string.h>

static void append(struct rich_paragraph *p, enum rich_style style, const char *s)
{
    rich_append(p, style, s, strlen(s));
}

static void expect(struct rich *r, int width, const char *wanted)
{
    struct text got = {0};
    const struct rect in = {0, 0, 1, width};
    int lines = 0;

    rich_to_text(r, width, false, &got);
    assert_string_equal(text_str(&got), wanted);
    for (const char *p = wanted; *p; p++)
        lines += *p == '\n';
    assert_int_equal(rich_draw(r, NULL, in, 0), lines);
    text_free(&got);
}

static void wraps_at_spaces(void **state)
{
    struct rich r = {0};

    (void)state;
    append(rich_add(&r, RICH_PARAGRAPH, 0, NULL), RICH_PLAIN, "one two  three four");
    expect(&r, 80, "one two  three four\n");
    expect(&r, 13, "one two\nthree four\n");
    expect(&r, 7, "one two\nthree\nfour\n");
    expect(&r, 3, "one\ntwo\nthr\nee\nfou\nr\n");
    expect(&r, 1, "o\nn\ne\nt\nw\no\nt\nh\nr\ne\ne\nf\no\nu\nr\n");
    expect(&r, 0, "o\nn\ne\nt\nw\no\nt\nh\nr\ne\ne\nf\no\nu\nr\n");
    rich_free(&r);
}

static void words_run_over_spans(void **state)
{
    struct rich r = {0};
    struct rich_paragraph *p = rich_add(&r, RICH_PARAGRAPH, 0, NULL);

    (void)state;
    append(p, RICH_PLAIN, "a ");
    append(p, RICH_STRONG, "bo");
    append(p, RICH_PLAIN, "ld word");
    expect(&r, 5, "a\nbold\nword\n");
    rich_free(&r);
}

static void breaks_words_only_where_it_may(void **state)
{
    struct rich r = {0};
    struct rich_paragraph *p = rich_add(&r, RICH_PARAGRAPH, 0, NULL);

    (void)state;
    append(p, RICH_PLAIN, "mean-field x-1 ");
    append(p, RICH_CODE, "e^-x a-b");
    expect(&r, 8, "mean-\nfield\nx-1 e^-x\na-b\n");
    rich_free(&r);
    /* a command is whole where half of a line holds it */
    p = rich_add(&r, RICH_PARAGRAPH, 0, NULL);
    append(p, RICH_PLAIN, "weights of one: ");
    append(p, RICH_CODE, ":unit 1 2");
    append(p, RICH_PLAIN, " takes it");
    expect(&r, 22, "weights of one:\n:unit 1 2 takes it\n");
    expect(&r, 17, "weights of one:\n:unit 1 2 takes\nit\n");
    expect(&r, 16, "weights of one:\n:unit 1 2 takes\nit\n");
    rich_free(&r);
    p = rich_add(&r, RICH_PARAGRAPH, 0, NULL);
    append(p, RICH_LINK, "https://dev.to/one/two");
    expect(&r, 13, "https://\ndev.to/one/\ntwo\n");
    rich_free(&r);
    append(rich_add(&r, RICH_PARAGRAPH, 0, NULL), RICH_PLAIN, "10\u00a0000 units");
    expect(&r, 7, "10 000\nunits\n"); /* a space that does not break */
    rich_free(&r);
}

static void counts_columns_not_bytes(void **state)
{
    struct rich r = {0};

    (void)state;
    append(rich_add(&r, RICH_PARAGRAPH, 0, NULL), RICH_PLAIN, "Größe über αβγ");
    expect(&r, 10, "Größe über\nαβγ\n");
    rich_free(&r);
    append(rich_add(&r, RICH_PARAGRAPH, 0, NULL), RICH_PLAIN, "活性化関数");
    expect(&r, 5, "活性\n化関\n数\n"); /* never half a character */
    expect(&r, 1, "\uFFFD\n\uFFFD\n\uFFFD\n\uFFFD\n\uFFFD\n");
    rich_free(&r);
}

static void lists_hang(void **state)
{
    struct rich r = {0};

    (void)state;
    append(rich_add(&r, RICH_PARAGRAPH, 0, NULL), RICH_PLAIN, "Two:");
    append(rich_add(&r, RICH_ITEM, 1, "-"), RICH_PLAIN, "first of two");
    append(rich_add(&r, RICH_ITEM, 2, "10."), RICH_PLAIN, "below it");
    append(rich_add(&r, RICH_CODEBLOCK, 1, NULL), RICH_CODE, "x\n");
    append(rich_add(&r, RICH_ITEM, 1, "-"), RICH_PLAIN, "second");
    append(rich_add(&r, RICH_ITEM, 1, NULL), RICH_PLAIN, "goes on");
    append(rich_add(&r, RICH_PARAGRAPH, 0, NULL), RICH_PLAIN, "End");
    expect(&r, 12,
           "Two:\n\n- first of\n  two\n  10. below\n      it\n    x\n\n- second\n\n  goes "
           "on\n\nEnd\n");
    rich_free(&r);
}

static void code_is_kept_and_cut(void **state)
{
    struct rich r = {0};
    struct text torn = {0};

    (void)state;
    append(rich_add(&r, RICH_CODEBLOCK, 0, NULL), RICH_CODE, "a  b\n\n\tc\n0123456789\n");
    expect(&r, 12, "  a  b\n\n      c\n  0123456789\n");
    expect(&r, 11, "a  b\n\n    c\n0123456789\n");
    expect(&r, 8, "a  b\n\n    c\n0123456>\n");
    expect(&r, 1, ">\n\n>\n>\n");
    assert_false(rich_overflow(&r, 10, &torn));
    assert_true(rich_overflow(&r, 9, &torn));
    assert_string_equal(text_str(&torn), "0123456789");
    text_free(&torn);
    rich_free(&r);
}

static void headings_quotes_and_rules(void **state)
{
    struct rich r = {0};

    (void)state;
    append(rich_add(&r, RICH_HEADING, 1, NULL), RICH_PLAIN, "Title");
    append(rich_add(&r, RICH_HEADING, 3, NULL), RICH_PLAIN, "Small");
    append(rich_add(&r, RICH_QUOTE, 1, NULL), RICH_PLAIN, "said and\nbroken");
    rich_add(&r, RICH_RULE, 0, NULL);
    expect(&r, 8, "Title\n=====\n\nSmall\n| said\n| and\n| broken\n\n--------\n");
    rich_free(&r);
}

static void a_torn_word_is_named(void **state)
{
    struct rich r = {0};
    struct text torn = {0};

    (void)state;
    append(rich_add(&r, RICH_PARAGRAPH, 0, NULL), RICH_PLAIN, "a backpropagation");
    assert_false(rich_overflow(&r, 15, &torn));
    assert_true(rich_overflow(&r, 14, &torn));
    assert_memory_equal(text_str(&torn), "backpropagatio", 14);
    text_free(&torn);
    rich_free(&r);
}

static void draws_what_it_prints(void **state)
{
    struct rich r = {0};
    struct grid g;
    struct text text = {0}, drawn = {0};

    (void)state;
    append(rich_add(&r, RICH_PARAGRAPH, 0, NULL), RICH_STRONG, "one two three 四 five");
    rich_to_text(&r, 7, false, &text);
    grid_init(&g, 6, 9);
    assert_int_equal(rich_draw(&r, &g, (struct rect){1, 2, 4, 7}, 1), 3);
    grid_to_text(&g, false, &drawn);
    assert_string_equal(text_str(&text), "one two\nthree\n四 five\n");
    assert_string_equal(text_str(&drawn), "\n  three\n  四 five\n\n\n\n");
    assert_int_equal(grid_at(&g, 1, 2)->role, ROLE_STRONG);
    text_free(&text);
    text_free(&drawn);
    grid_free(&g);
    rich_free(&r);
}

static void only_clean_text_comes_out(void **state)
{
    struct rich r = {0};
    struct text out = {0};
    static const char hostile[] = "a\x1b[31m\x07\xc2\x9b\xe2\x80\xae\xff\xc0\x80z";

    (void)state;
    rich_append(rich_add(&r, RICH_PARAGRAPH, 0, NULL), RICH_PLAIN, hostile, sizeof hostile - 1);
    rich_append(rich_add(&r, RICH_CODEBLOCK, 0, NULL), RICH_CODE, hostile, sizeof hostile - 1);
    rich_to_text(&r, 40, false, &out);
    assert_null(strpbrk(out.s, "\x1b\x07"));
    assert_null(strstr(out.s, "\xc2\x9b"));
    assert_null(strstr(out.s, "\xe2\x80\xae"));
    text_clear(&out);
    rich_to_text(&r, 40, true, &out);
    for (const char *p = out.s; *p; p++)
        assert_true(*p == '\n' || (*p >= 0x20 && *p < 0x7f));
    text_free(&out);
    rich_free(&r);
}

static void backquotes_are_code(void **state)
{
    struct rich r = {0};
    struct rich_paragraph *p = rich_add(&r, RICH_PARAGRAPH, 0, NULL);

    (void)state;
    rich_append_line(p, RICH_DIM, "type `fn relu`, then ` it");
    assert_int_equal(p->spans, 3);
    assert_int_equal(p->span[1].style, RICH_CODE);
    assert_string_equal(p->span[1].text, "fn relu");
    assert_string_equal(p->span[2].text, ", then ` it");
    rich_free(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wraps_at_spaces),
        cmocka_unit_test(words_run_over_spans),
        cmocka_unit_test(breaks_words_only_where_it_may),
        cmocka_unit_test(counts_columns_not_bytes),
        cmocka_unit_test(lists_hang),
        cmocka_unit_test(code_is_kept_and_cut),
        cmocka_unit_test(headings_quotes_and_rules),
        cmocka_unit_test(a_torn_word_is_named),
        cmocka_unit_test(draws_what_it_prints),
        cmocka_unit_test(only_clean_text_comes_out),
        cmocka_unit_test(backquotes_are_code),
    };

    return cmocka_run_group_tests_name("rich", tests, NULL, NULL);
}
