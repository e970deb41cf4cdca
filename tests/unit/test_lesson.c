/* test_lesson.c - lessons from Markdown: pages, blocks, quizzes, errors with file and line, and
 * files that mean harm. */
#include "folder.h"
#include "unit.h"

#include "base/text.h"
#include "base/xalloc.h"
#include "course/lessons.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static struct lesson *parse(const char *source)
{
    struct error e = {0};
    struct lesson *l = lesson_parse("x/07-a-name.md", source, strlen(source), &e);

    if (!l)
        fail_msg("%s", e.text);
    return l;
}

static void refuse(const char *source, const char *message)
{
    struct error e = {0};
    struct lesson *l = lesson_parse("x.md", source, strlen(source), &e);

    if (l)
        fail_msg("accepted: %s", source);
    assert_string_equal(e.text, message);
}

/* A body as text, a line a paragraph: "block/level marker|text". */
static char *outline(const struct styled_text *r)
{
    struct text out = {0};

    for (size_t i = 0; i < r->paragraphs; i++) {
        const struct styled_paragraph *p = &r->paragraph[i];

        text_printf(&out, "%c%d%s%s|", "PHICQR"[p->block], p -> level, p -> marker[0] ? " " : "",
                    p->marker);
        for (size_t k = 0; k < p->spans; k++)
            text_printf(&out, "%.1s%s", &"\0_*`@dgbk"[p->span[k].style], p -> span[k].text);
        text_add(&out, "\n");
    }
    return out.s ? out.s : xstrdup("");
}

static void expect_body(const char *source, const char *wanted)
{
    struct text whole = {0};
    struct lesson *l;
    char *got;

    text_printf(&whole, "# T\n\n%s", source);
    l = parse(whole.s);
    got = outline(&l->page[0].body);
    assert_string_equal(got, wanted);
    free(got);
    lesson_free(l);
    text_free(&whole);
}

static void reads_names_and_titles(void **state)
{
    struct lesson *l = parse("# A *fine* title\n\nText.\n");

    (void)state;
    assert_string_equal(l->name, "a-name");
    assert_int_equal(l->number, 7);
    assert_string_equal(l->title, "A fine title");
    assert_int_equal(l->pages, 1);
    assert_string_equal(l->page[0].title, "A fine title");
    lesson_free(l);
    l = lesson_parse("2024.md", "# T\n\nx", 6, NULL);
    assert_string_equal(l->name, "2024");
    assert_int_equal(l->number, 0);
    lesson_free(l);
}

static void turns_pages(void **state)
{
    struct lesson *l = parse("# T\n\n```lab\nfn relu\n```\n\n## One\n\na\n\n---\n\nb\n\n---\n\n"
                             "## Two\n\nc\n\n### Three\n\nd\n\n> ---\n\n---\n");

    (void)state;
    assert_int_equal(l->pages, 3);
    assert_string_equal(l->page[0].title, "One");
    assert_false(l->page[0].goes_on);
    assert_string_equal(l->page[1].title, "One");
    assert_true(l->page[1].goes_on);
    assert_string_equal(l->page[2].title, "Two");
    assert_false(l->page[2].goes_on);
    char *o = outline(&l->page[2].body);
    assert_string_equal(o, "P0|c\nH3|Three\nP0|d\nR0|\n");
    free(o);
    assert_int_equal(l->setup.n, 1);
    assert_string_equal(l->setup.at[0].text, "fn relu");
    assert_int_equal(l->setup.at[0].line, 4);
    lesson_free(l);
}

static void reads_markdown(void **state)
{
    (void)state;
    expect_body("one\ntwo  \nthree \\* &lt;&#945;&mdash;&unknown;",
                "P0|one two\nthree * <α—&unknown;\n");
    expect_body("a *b* **c** `d *e*` ***f***", "P0|a _b *c `d *e* *f\n");
    expect_body("- a\n- b\n  - c\n\n    d\n- e", "I1 -|a\nI1 -|b\nI2 -|c\nI2|d\nI1 -|e\n");
    expect_body("3. a\n4. b\n   ```\n   c\n   ```\n", "I1 3.|a\nI1 4.|b\nC1|`c\n\n");
    expect_body("- [x] a\n- [ ] b\n-\n", "I1 [x]|a\nI1 [ ]|b\nI1 -|\n");
    expect_body("> a\n> b\n\n    code\n", "Q1|a b\nC0|`code\n\n");
    expect_body("```python\nx  = 1\n\n<b>\n```\n", "C0|`x  = 1\n\n<b>\n\n");
    expect_body("<b>not</b> <!-- HTML -->", "P0|<b>not</b> <!-- HTML -->\n");
    expect_body("see [this](https://x.org/a) <https://y.org> [there](02.md)",
                "P0|see @this (@https://x.org/a) @https://y.org @there\n");
    expect_body("|a|bb|\n|---|--:|\n|ccc|d|\n", "C0|a    bb\n---  --\nccc   d\n\n");
    expect_body("\xEF\xBB\xBF"
                "a\r\nb\r\rc",
                "P0|\uFFFD"
                "a b\nP0|c\n");
}

static void takes_blocks_out(void **state)
{
    struct lesson *l =
        parse("# T\n\ntext\n\n```try\ntitle:  A *peak*\n# nothing\nfn sigmoid\n\n"
              "goal: df > 0.249 # the slope is at its peak\ngoal:x==0\n```\n\n"
              "```hint\nfirst\nline\n\n\nnext\n```\n```hint\nsecond\n```\n"
              "```solution\n  cursor 0  \n```\n## P\n- q\n\n  ```try\n  goal: 1\n  ```\n");
    const struct lesson_try *t = l->try;

    (void)state;
    assert_int_equal(l->tries, 2);
    assert_string_equal(t->title, "A *peak*");
    assert_int_equal(t->line, 5);
    assert_int_equal(t->page, 0);
    assert_int_equal(t->after, 1);
    assert_int_equal(t->setup.n, 1);
    assert_string_equal(t->setup.at[0].text, "fn sigmoid");
    assert_int_equal(t->setup.at[0].line, 8);
    assert_int_equal(t->goals.n, 2);
    assert_string_equal(t->goals.at[0].text, "df > 0.249");
    assert_string_equal(t->goals.at[0].note, "the slope is at its peak");
    assert_int_equal(t->goals.at[0].line, 10);
    assert_string_equal(t->goals.at[1].text, "x==0");
    assert_string_equal(t->goals.at[1].note, "");
    assert_int_equal(t->hints.n, 2);
    assert_string_equal(t->hints.at[0].text, "first line\nnext");
    assert_int_equal(t->solution.n, 1);
    assert_string_equal(t->solution.at[0].text, "cursor 0");
    assert_int_equal(l->try[1].page, 1);
    assert_int_equal(l->try[1].goals.at[0].line, 31);
    assert_int_equal(l->page[0].body.paragraphs, 1);
    lesson_free(l);
}

static void reads_quizzes(void **state)
{
    struct lesson *l = parse("# T\n\n## Quiz\n\nintro\n\nWhat is `f` at 0?\n\n"
                             "- [ ] 0 \u2014 that is tanh\n- [X] 1/2 -- *right*\n\n  and `x`\n\n"
                             "Next?\n\n- [x] a\n- [x] b\n- [ ] c\n  - deep\n\n"
                             "## Sources\n\n- [ ] Read it\n");
    const struct lesson_question *q = l->question;

    (void)state;
    assert_int_equal(l->questions, 2);
    assert_string_equal(q->text, "What is `f` at 0?");
    assert_int_equal(q->line, 9);
    assert_int_equal(q->page, 0);
    assert_int_equal(q->after, 1);
    assert_int_equal(q->choices, 2);
    assert_string_equal(q->choice[0].text, "0");
    assert_string_equal(q->choice[0].explanation, "that is tanh");
    assert_false(q->choice[0].right);
    assert_string_equal(q->choice[1].text, "1/2");
    assert_string_equal(q->choice[1].explanation, "right and `x`");
    assert_true(q->choice[1].right);
    assert_int_equal(q[1].choices, 3);
    assert_true(q[1].choice[1].right);
    assert_string_equal(q[1].choice[2].text, "c");
    assert_string_equal(q[1].choice[2].explanation, "deep");
    assert_true(l->sources);
    assert_int_equal(l->pages, 2);
    lesson_free(l);
}

static void names_file_line_and_reason(void **state)
{
    (void)state;
    refuse("text\n", "x.md:1: no title: begin with a line '# Title'");
    refuse("", "x.md:1: no title: begin with a line '# Title'");
    refuse("# T\n\n", "x.md: nothing below the title");
    refuse("# T\n\na\n\n```trie\nx\n```\n",
           "x.md:5: unknown block 'trie': write lab, try, hint or solution, or for code text, "
           "math, "
           "python, c, sh, console, json, csv, r, julia, javascript, rust");
    refuse("# T\n\n```hint\nx\n```\n",
           "x.md:3: a hint before any try: it must follow the try that it belongs to");
    refuse("# T\n\n```try\nfn relu\ngaol: x\n```\n",
           "x.md:5: unknown 'gaol:' in a try: write title: or goal:");
    refuse("# T\n\n```try\nfn relu\n```\n", "x.md:3: a try without a line 'goal: EXPRESSION'");
    refuse("# T\n\n```try\ngoal: # so\n```\n", "x.md:4: a goal without an expression");
    refuse("# T\n\n## Quiz\n\nQ?\n\n- [ ] a\n- [ ] b\n",
           "x.md:7: a quiz without a right answer: mark it with [x]");
    refuse("# T\n\n## Quiz\n\nQ?\n\n- [x] a\n", "x.md:7: a quiz with one choice: give two or more");
    refuse("# T\n\n## Quiz\n\n- [x] a\n- [ ] b\n",
           "x.md:5: choices without a question: write it in a paragraph before them");
    refuse("# T\n\n## Quiz\n\nQ?\n\n- [x] a\n- b\n",
           "x.md:7: a choice without [ ] or [x]: each item of a quiz begins with one");
}

/* --- hostile files ---------------------------------------------------------------------------- */

static char *repeat(const char *head, const char *piece, size_t bytes)
{
    struct text t = {0};

    text_add(&t, head);
    while (t.len + strlen(piece) < bytes)
        text_add(&t, piece);
    return t.s;
}

static void survives_monsters(void **state)
{
    static const char *const pieces[] = {
        ">",        "- ",     "> - ",     "* ",      "*",     "_a_*",
        "[",        "[a](",   "![",       "`",       "`a``",  "|",
        "a|",       "<",      "&#27;",    "\\",      "1. ",   "#",
        "# x\n",    "## x\n", "---\n\n",  "\n",      " ",     "\t",
        "```try\n", "```\n",  "- a\n",    ">>>>>\n", "a\n\n", "\xF0\x9F\x92",
        "\xC2\x9b", "~~~",    "[a]: b\n", "* * *\n", "<!--",  "1)\n",
    };

    (void)state;
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        char *s = repeat("# T\n\ntext\n\n", pieces[i], LESSON_LIMIT);
        struct error e = {0};
        const clock_t start = clock();
        struct lesson *l = lesson_parse("x.md", s, strlen(s), &e);

        if (!l)
            assert_memory_equal(e.text, "x.md:", 5);
        lesson_free(l);
        free(s);
        if (clock() - start > 20 * CLOCKS_PER_SEC)
            fail_msg("a lesson of '%s' takes too long", pieces[i]);
    }
}

static void limits_size_and_depth(void **state)
{
    struct error e;
    char *s = repeat("# T\n\n", "a", LESSON_LIMIT + 2);
    struct text deep = {0};

    (void)state;
    assert_null(lesson_parse("x.md", s, LESSON_LIMIT + 1, &e));
    assert_string_equal(e.text, "x.md: longer than 1048576 bytes, the most that a lesson may have");
    free(s);
    text_add(&deep, "# T\n\n");
    for (int i = 0; i < 40; i++)
        text_add(&deep, "> ");
    text_add(&deep, "a\n");
    assert_null(lesson_parse("x.md", deep.s, deep.len, &e));
    assert_non_null(strstr(e.text, "nested more than 32 deep"));
    text_free(&deep);
}

static void lets_nothing_harmful_through(void **state)
{
    static const char source[] =
        "# T\x1b[2J\n\n\x1b]0;x\x07 &#27;[31m &#x9b; &#8238; \xff \xe2\x80\xae `\x1b`\n\n"
        "```\n\x1b[H\0\n```\n```try\ntitle: \x1bt\ngoal: \x07x\n```\n";
    struct lesson *l = lesson_parse("\x1bx.md", source, sizeof source - 1, NULL);
    char *o;

    (void)state;
    assert_non_null(l);
    o = outline(&l->page[0].body);
    assert_null(strpbrk(o, "\x1b\x07"));
    assert_null(strstr(o, "\xc2\x9b"));
    assert_null(strstr(o, "\xe2\x80\xae"));
    assert_non_null(strstr(o, "\uFFFD[31m"));
    assert_null(strchr(l->title, 27));
    assert_null(strchr(l->name, 27));
    assert_null(strchr(l->try[0].title, 27));
    assert_null(strchr(l->try[0].goals.at[0].text, 7));
    free(o);
    lesson_free(l);
}

/* --- folders ---------------------------------------------------------------------------------- */

static void loads_a_folder(void **state)
{
    static const char *const names[] = {"10-ten.md", "2-two-a.md", "02b-two-b.md", "bad.md",
                                        "README.md", ".hidden.md", "notes.txt",    "zeta.md"};
    struct course c = {0};
    struct error e = {0};

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        write_file(names[i], strstr(names[i], "bad") ? "nothing" : "# T\n\ntext\n");
    assert_int_equal(mkfifo("fifo.md", 0600), 0);
    assert_int_equal(mkdir("folder.md", 0700), 0);

    assert_true(course_add(&c, folder, &e));
    assert_false(course_is_read(&c));
    assert_false(course_read(&c)); /* those that are broken had no title to be listed by */
    assert_true(course_is_read(&c));
    assert_int_equal(c.lessons, 4);
    assert_string_equal(c.lesson[0]->name, "b-two-b");
    assert_string_equal(c.lesson[1]->name, "two-a");
    assert_string_equal(c.lesson[2]->name, "ten");
    assert_string_equal(c.lesson[3]->name, "zeta");
    assert_int_equal(c.lesson[2]->number, 10);
    assert_int_equal(c.lesson[1]->number, 3); /* 2 was taken */
    assert_int_equal(c.lesson[3]->number, 11);
    assert_int_equal(c.problems, 3);
    assert_non_null(strstr(c.problem[0], "bad.md:1: no title"));
    assert_non_null(strstr(c.problem[1], "fifo.md' is a device or a pipe"));
    assert_non_null(strstr(c.problem[2], "folder.md' is a folder"));

    assert_int_equal(course_find(&c, "10", &e), 2);
    assert_int_equal(course_find(&c, "two_a", &e), 1);
    assert_int_equal(course_find(&c, "TE", &e), 2);
    assert_int_equal(course_find(&c, "12", &e), -1);
    assert_string_equal(e.text,
                        "no lesson 12: they are numbered 2 to 11; lesson list names broken ones");
    assert_int_equal(course_find(&c, "ztea", &e), -1);
    assert_string_equal(e.text, "no lesson 'ztea': did you mean 'zeta'?");
    assert_int_equal(course_find(&c, "", &e), -1);
    course_free(&c);
    assert_false(course_add(&c, "no/such/folder", &e));
    assert_string_equal(
        e.text, "cannot read the folder of lessons 'no/such/folder': No such file or directory");
}

/* A list of titles needs no more than the titles; what is broken further on comes out later. */
static void reads_no_sooner_than_needed(void **state)
{
    static const struct {
        const char *name, *content;
        bool read; /* already for its title */
    } files[] = {
        {"1-plain.md", "# What's it (for)?\n\ntext\n", false},
        {"2-broken.md", "# Broken later\n\n```oops\n```\n", false},
        {"broken.md", "# Broken, too\n\n```try\n```\n", false},
        {"own.md", "# No *plain* title\n\ntext\n", true},
        {"setext.md", "Title\n=====\n\ntext\n", true},
        {"tight.md", "# Title\n## Page\n\ntext\n", true},
        {"trailing.md", "# Title #\n\ntext\n", true},
        {"zoo.md", "# Last\r\n\r\ntext\r\n", false},
    };
    enum { FILES = sizeof files / sizeof *files };
    struct course c = {0};
    struct error e = {0};

    (void)state;
    for (size_t i = 0; i < FILES; i++)
        write_file(files[i].name, files[i].content);
    assert_true(course_add(&c, folder, &e));
    course_glance(&c);
    assert_int_equal(c.lessons, FILES);
    assert_int_equal(c.problems, 0);
    for (size_t i = 0; i < FILES; i++)
        if (lesson_is_read(c.lesson[i]) != files[i].read)
            fail_msg("%s: title '%s'", files[i].name, c.lesson[i]->title);
    assert_string_equal(c.lesson[0]->title, "What's it (for)?");
    assert_string_equal(c.lesson[7]->title, "Last");
    assert_int_equal(c.lesson[7]->number, 8);
    assert_true(course_read_one(&c, 0));
    assert_int_equal(c.lesson[0]->pages, 1);
    assert_false(course_read_one(&c, 1));
    assert_int_equal(c.lessons, FILES - 1);

    assert_true(course_read(&c)); /* the other broken one is gone */
    assert_false(course_read(&c));
    assert_int_equal(c.lessons, FILES - 2);
    assert_int_equal(c.problems, 2);
    assert_non_null(strstr(c.problem[0], "2-broken.md:3: unknown block 'oops'"));
    assert_non_null(strstr(c.problem[1], "broken.md:3: a try without a line 'goal: EXPRESSION'"));
    assert_string_equal(c.lesson[5]->title, "Last");
    assert_int_equal(c.lesson[5]->number, 6); /* as if they had never been there */
    for (size_t i = 0; i < c.lessons; i++)
        assert_true(lesson_is_read(c.lesson[i]) && c.lesson[i]->pages > 0);
    course_free(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_names_and_titles),
        cmocka_unit_test(turns_pages),
        cmocka_unit_test(reads_markdown),
        cmocka_unit_test(takes_blocks_out),
        cmocka_unit_test(reads_quizzes),
        cmocka_unit_test(names_file_line_and_reason),
        cmocka_unit_test(survives_monsters),
        cmocka_unit_test(limits_size_and_depth),
        cmocka_unit_test(lets_nothing_harmful_through),
        cmocka_unit_test_setup_teardown(loads_a_folder, enter, leave),
        cmocka_unit_test_setup_teardown(reads_no_sooner_than_needed, enter, leave),
    };

    return cmocka_run_group_tests_name("lesson", tests, NULL, NULL);
}
