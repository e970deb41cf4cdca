/* test_styled_text.c - structured text wrapped to columns, as strings. */
#include "unit.h"

#include "base/text.h"
#include "base/utf8.h"
#include "draw/layout.h"

#include <string.h>

static void append(struct styled_paragraph *p, enum text_style style, const char *s)
{
    styled_append(p, style, s, strlen(s));
}

static void expect(struct styled_text *r, int width, const char *wanted)
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
    struct styled_text r = {0};

    (void)state;
    append(styled_add(&r, STYLED_PARAGRAPH, 0, NULL), STYLED_PLAIN, "one two  three four");
    expect(&r, 80, "one two  three four\n");
    expect(&r, 13, "one two\nthree four\n");
    expect(&r, 7, "one two\nthree\nfour\n");
    expect(&r, 3, "one\ntwo\nthr\nee\nfou\nr\n");
    expect(&r, 1, "o\nn\ne\nt\nw\no\nt\nh\nr\ne\ne\nf\no\nu\nr\n");
    expect(&r, 0, "o\nn\ne\nt\nw\no\nt\nh\nr\ne\ne\nf\no\nu\nr\n");
    styled_free(&r);
}

static void words_run_over_spans(void **state)
{
    struct styled_text r = {0};
    struct styled_paragraph *p = styled_add(&r, STYLED_PARAGRAPH, 0, NULL);

    (void)state;
    append(p, STYLED_PLAIN, "a ");
    append(p, STYLED_STRONG, "bo");
    append(p, STYLED_PLAIN, "ld word");
    expect(&r, 5, "a\nbold\nword\n");
    styled_free(&r);
}

static void breaks_words_only_where_it_may(void **state)
{
    struct styled_text r = {0};
    struct styled_paragraph *p = styled_add(&r, STYLED_PARAGRAPH, 0, NULL);

    (void)state;
    append(p, STYLED_PLAIN, "mean-field x-1 ");
    append(p, STYLED_CODE, "e^-x a-b");
    expect(&r, 8, "mean-\nfield\nx-1 e^-x\na-b\n");
    styled_free(&r);
    /* a command is whole where half of a line holds it */
    p = styled_add(&r, STYLED_PARAGRAPH, 0, NULL);
    append(p, STYLED_PLAIN, "weights of one: ");
    append(p, STYLED_CODE, ":unit 1 2");
    append(p, STYLED_PLAIN, " takes it");
    expect(&r, 22, "weights of one:\n:unit 1 2 takes it\n");
    expect(&r, 17, "weights of one:\n:unit 1 2 takes\nit\n");
    expect(&r, 16, "weights of one:\n:unit 1 2 takes\nit\n");
    styled_free(&r);
    p = styled_add(&r, STYLED_PARAGRAPH, 0, NULL);
    append(p, STYLED_LINK, "https://dev.to/one/two");
    expect(&r, 13, "https://\ndev.to/one/\ntwo\n");
    styled_free(&r);
    append(styled_add(&r, STYLED_PARAGRAPH, 0, NULL), STYLED_PLAIN, "10\u00a0000 units");
    expect(&r, 7, "10 000\nunits\n"); /* a space that does not break */
    styled_free(&r);
}

static void counts_columns_not_bytes(void **state)
{
    struct styled_text r = {0};

    (void)state;
    append(styled_add(&r, STYLED_PARAGRAPH, 0, NULL), STYLED_PLAIN, "Größe über αβγ");
    expect(&r, 10, "Größe über\nαβγ\n");
    styled_free(&r);
    append(styled_add(&r, STYLED_PARAGRAPH, 0, NULL), STYLED_PLAIN, "活性化関数");
    expect(&r, 5, "活性\n化関\n数\n"); /* never half a character */
    expect(&r, 1, "\uFFFD\n\uFFFD\n\uFFFD\n\uFFFD\n\uFFFD\n");
    styled_free(&r);
}

static void lists_hang(void **state)
{
    struct styled_text r = {0};

    (void)state;
    append(styled_add(&r, STYLED_PARAGRAPH, 0, NULL), STYLED_PLAIN, "Two:");
    append(styled_add(&r, STYLED_ITEM, 1, "-"), STYLED_PLAIN, "first of two");
    append(styled_add(&r, STYLED_ITEM, 2, "10."), STYLED_PLAIN, "below it");
    append(styled_add(&r, STYLED_CODEBLOCK, 1, NULL), STYLED_CODE, "x\n");
    append(styled_add(&r, STYLED_ITEM, 1, "-"), STYLED_PLAIN, "second");
    append(styled_add(&r, STYLED_ITEM, 1, NULL), STYLED_PLAIN, "goes on");
    append(styled_add(&r, STYLED_PARAGRAPH, 0, NULL), STYLED_PLAIN, "End");
    expect(&r, 12,
           "Two:\n\n- first of\n  two\n  10. below\n      it\n    x\n\n- second\n\n  goes "
           "on\n\nEnd\n");
    styled_free(&r);
}

static void code_is_kept_and_cut(void **state)
{
    struct styled_text r = {0};
    struct text torn = {0};

    (void)state;
    append(styled_add(&r, STYLED_CODEBLOCK, 0, NULL), STYLED_CODE, "a  b\n\n\tc\n0123456789\n");
    expect(&r, 12, "  a  b\n\n      c\n  0123456789\n");
    expect(&r, 11, "a  b\n\n    c\n0123456789\n");
    expect(&r, 8, "a  b\n\n    c\n0123456>\n");
    expect(&r, 1, ">\n\n>\n>\n");
    assert_false(rich_overflow(&r, 10, &torn));
    assert_true(rich_overflow(&r, 9, &torn));
    assert_string_equal(text_str(&torn), "0123456789");
    text_free(&torn);
    styled_free(&r);
}

static void headings_quotes_and_rules(void **state)
{
    struct styled_text r = {0};

    (void)state;
    append(styled_add(&r, STYLED_HEADING, 1, NULL), STYLED_PLAIN, "Title");
    append(styled_add(&r, STYLED_HEADING, 3, NULL), STYLED_PLAIN, "Small");
    append(styled_add(&r, STYLED_QUOTE, 1, NULL), STYLED_PLAIN, "said and\nbroken");
    styled_add(&r, STYLED_RULE, 0, NULL);
    expect(&r, 8, "Title\n=====\n\nSmall\n| said\n| and\n| broken\n\n--------\n");
    styled_free(&r);
}

static void a_torn_word_is_named(void **state)
{
    struct styled_text r = {0};
    struct text torn = {0};

    (void)state;
    append(styled_add(&r, STYLED_PARAGRAPH, 0, NULL), STYLED_PLAIN, "a backpropagation");
    assert_false(rich_overflow(&r, 15, &torn));
    assert_true(rich_overflow(&r, 14, &torn));
    assert_memory_equal(text_str(&torn), "backpropagatio", 14);
    text_free(&torn);
    styled_free(&r);
}

static void draws_what_it_prints(void **state)
{
    struct styled_text r = {0};
    struct grid g;
    struct text text = {0}, drawn = {0};

    (void)state;
    append(styled_add(&r, STYLED_PARAGRAPH, 0, NULL), STYLED_STRONG, "one two three 四 five");
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
    styled_free(&r);
}

static void only_clean_text_comes_out(void **state)
{
    struct styled_text r = {0};
    struct text out = {0};
    static const char hostile[] = "a\x1b[31m\x07\xc2\x9b\xe2\x80\xae\xff\xc0\x80z";

    (void)state;
    styled_append(styled_add(&r, STYLED_PARAGRAPH, 0, NULL), STYLED_PLAIN, hostile,
                  sizeof hostile - 1);
    styled_append(styled_add(&r, STYLED_CODEBLOCK, 0, NULL), STYLED_CODE, hostile,
                  sizeof hostile - 1);
    rich_to_text(&r, 40, false, &out);
    assert_null(strpbrk(out.s, "\x1b\x07"));
    assert_null(strstr(out.s, "\xc2\x9b"));
    assert_null(strstr(out.s, "\xe2\x80\xae"));
    text_clear(&out);
    rich_to_text(&r, 40, true, &out);
    for (const char *p = out.s; *p; p++)
        assert_true(*p == '\n' || (*p >= 0x20 && *p < 0x7f));
    text_free(&out);
    styled_free(&r);
}

static void backquotes_are_code(void **state)
{
    struct styled_text r = {0};
    struct styled_paragraph *p = styled_add(&r, STYLED_PARAGRAPH, 0, NULL);

    (void)state;
    styled_append_line(p, STYLED_DIM, "type `fn relu`, then ` it");
    assert_int_equal(p->spans, 3);
    assert_int_equal(p->span[1].style, STYLED_CODE);
    assert_string_equal(p->span[1].text, "fn relu");
    assert_string_equal(p->span[2].text, ", then ` it");
    styled_free(&r);
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
