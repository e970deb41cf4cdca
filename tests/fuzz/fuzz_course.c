/* fuzz_course.c - lessons of anyone: no byte that could move a cursor comes out of them, at any
 * width, and what is refused is refused with its place. */
#include "fuzz.h"

#include "base/utf8.h"
#include "course/lesson.h"
#include "draw/layout.h"
#include "study/page.h"

#include <string.h>

static void lay_out(const struct styled_text *r, int width)
{
    const struct rect in = {0, 0, 5, width};
    struct text text = {0}, torn = {0};
    struct grid g;
    int lines = 0;

    rich_to_text(r, width, false, &text);
    require_clean(text_str(&text), text.len, true);
    for (size_t i = 0; i < text.len; i++)
        lines += text.s[i] == '\n';
    require(rich_draw(r, NULL, in, 0) == lines, "lines counted otherwise than printed", "layout");
    for (const char *s = text_str(&text); *s;) {
        const size_t bytes = strcspn(s, "\n");
        struct text line = {0};

        text_add_n(&line, s, bytes);
        require(utf8_columns(text_str(&line)) <= width, "a line wider than asked for", "layout");
        text_free(&line);
        s += bytes + 1;
    }
    grid_init(&g, 5, width);
    rich_draw(r, &g, in, lines / 2);
    grid_free(&g);
    rich_overflow(r, width, &torn);
    text_free(&torn);
    text_free(&text);
}

static void try_lesson(const char *s, size_t n)
{
    struct error e = {0};
    struct lesson *l = lesson_parse("lesson", s, n, &e);

    if (!l) {
        require(strncmp(e.text, "lesson:", 7) == 0, "no place", e.text);
        require_clean(e.text, strlen(e.text), false);
        return;
    }
    require(l->pages > 0, "no page", "lesson");
    for (size_t i = 0; i < l->pages && i < 20; i++) {
        struct styled_text page = {0};

        study_print_page(l, (int)i, &page);
        lay_out(&page, 1 + (int)(n % 80));
        lay_out(&page, 34);
        styled_free(&page);
    }
    for (size_t i = 0; i < l->tries; i++)
        require(l->try[i].goals.n > 0 && l->try[i].page < (int)l->pages, "a try", "lesson");
    for (size_t i = 0; i < l->questions; i++)
        require(l->question[i].choices > 1 && l->question[i].page < (int)l->pages, "a question",
                "lesson");
    lesson_free(l);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    try_lesson((const char *)data, size);
    return 0;
}
