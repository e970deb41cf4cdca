/* fuzz_course.c - lessons and progress files of anyone: no byte that could move a cursor comes out
 * of them, at any width, and what is refused is refused with its place. */
#include "fuzz.h"

#include "base/utf8.h"
#include "course/lesson.h"
#include "course/progress.h"
#include "draw/layout.h"
#include "lab/course_page.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static void require_clean(const char *s, size_t n, bool lines)
{
    while (n) {
        uint32_t glyph;
        const size_t took = utf8_decode(s, n, &glyph);

        if (!(lines && (glyph == '\n' || glyph == '\t')) && glyph != UTF8_BAD)
            require(utf8_width(glyph) >= 0, "a harmful character", "output");
        require(glyph != UTF8_BAD || took > 1, "a byte that is no UTF-8", "output");
        s += took;
        n -= took;
    }
}

static void lay_out(const struct rich *r, int width)
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
        struct rich page = {0};

        course_print_page(l, (int)i, &page);
        lay_out(&page, 1 + (int)(n % 80));
        lay_out(&page, 34);
        rich_free(&page);
    }
    for (size_t i = 0; i < l->tries; i++)
        require(l->try[i].goals.n > 0 && l->try[i].page < (int)l->pages, "a try", "lesson");
    for (size_t i = 0; i < l->questions; i++)
        require(l->question[i].choices > 1 && l->question[i].page < (int)l->pages, "a question",
                "lesson");
    lesson_free(l);
}

static void try_progress(const char *s, size_t n)
{
    const int fd = memfd_create("progress", 0);
    struct progress p;
    struct error e;
    char path[40];

    require(fd >= 0 && write(fd, s, n) == (ssize_t)n, "no memory", "memfd");
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    progress_read(&p, path, &e);
    for (size_t i = 0; i < p.n; i++) {
        char date[PROGRESS_DATE_MAX];

        progress_date(p.entry[i].when, false, date);
        require_clean(p.entry[i].lesson, strlen(p.entry[i].lesson), false);
        require_clean(p.entry[i].value, strlen(p.entry[i].value), false);
    }
    progress_close(&p);
    close(fd);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > 18 && memcmp(data, "# actlab progress ", 18) == 0)
        try_progress((const char *)data, size);
    else
        try_lesson((const char *)data, size);
    return 0;
}
