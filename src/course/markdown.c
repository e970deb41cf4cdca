/* markdown.c - see markdown.h. md4c tells no line numbers, but most of what it hands over points
 * into the source: lines are counted from there. */
#include "course/markdown.h"

#include "base/text.h"
#include "course/build.h"

#include <stdlib.h>

enum { MAX_EVENTS = 4 << 20 /* callbacks: a table of a thousand columns can multiply itself */ };

static bool go_on(struct builder *b)
{
    if (++b->events > MAX_EVENTS)
        build_wrong(b, b->line, "too much structure for one lesson");
    return !b->bad;
}

static int enter_block(MD_BLOCKTYPE type, void *detail, void *context)
{
    struct builder *b = context;

    if (!go_on(b))
        return 1;
    switch (type) {
    case MD_BLOCK_H:
        text_clear(&b->plain);
        b->place = IN_HEADING;
        return 0;
    case MD_BLOCK_CODE:
        if (b->place == IN_CHOICE)
            return build_wrong(b, build_last_question(b)->line,
                               "a code block inside a choice is not allowed");
        return build_enter_code(b, detail);
    case MD_BLOCK_UL:
        return build_enter_list(b, false, 1, 0);
    case MD_BLOCK_OL: {
        const MD_BLOCK_OL_DETAIL *d = detail;
        return build_enter_list(b, true, d->start, d->mark_delimiter);
    }
    case MD_BLOCK_LI:
        return build_enter_item(b, detail);
    case MD_BLOCK_QUOTE:
        if (b->lists + b->quotes >= LESSON_MAX_DEPTH)
            return build_wrong(b, b->line, "lists and quotes nested more than %d deep",
                               LESSON_MAX_DEPTH);
        b->quotes++;
        b->open = false;
        return 0;
    case MD_BLOCK_HR:
        if (b->lists || b->quotes)
            styled_add(&build_page(b)->body, STYLED_RULE, 0, NULL);
        else
            build_begin_page(b, b->l->pages ? build_page(b)->title : "", b->l->pages > 0);
        b->open = false;
        return 0;
    case MD_BLOCK_P:
        if (b->place == IN_CHOICE)
            build_take_choice_text(b);
        b->open = false;
        return 0;
    case MD_BLOCK_TABLE:
        return build_enter_table(b, detail);
    case MD_BLOCK_TH:
    case MD_BLOCK_TD:
        build_enter_cell(b, detail);
        return 0;
    default:
        return 0;
    }
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *context)
{
    struct builder *b = context;

    if (!go_on(b))
        return 1;
    switch (type) {
    case MD_BLOCK_H:
        build_leave_heading(b, (int)((MD_BLOCK_H_DETAIL *)detail)->level);
        return 0;
    case MD_BLOCK_CODE:
        return build_leave_code(b);
    case MD_BLOCK_UL:
    case MD_BLOCK_OL:
        b->lists--;
        b->open = false;
        return b->list[b->lists].quiz ? build_end_question(b) : 0;
    case MD_BLOCK_LI:
        build_leave_item(b);
        return 0;
    case MD_BLOCK_QUOTE:
        b->quotes--;
        b->open = false;
        return 0;
    case MD_BLOCK_P:
        if (b->place == IN_CHOICE)
            build_take_choice_text(b);
        b->open = false;
        return 0;
    case MD_BLOCK_TABLE:
        build_leave_table(b);
        return 0;
    case MD_BLOCK_TH:
    case MD_BLOCK_TD:
        build_leave_cell(b);
        return 0;
    default:
        return 0;
    }
}

static int enter_span(MD_SPANTYPE type, void *detail, void *context)
{
    struct builder *b = context;

    if (!go_on(b))
        return 1;
    switch (type) {
    case MD_SPAN_EM:
        b->emphasis++;
        break;
    case MD_SPAN_STRONG:
        b->strong++;
        break;
    case MD_SPAN_CODE:
        if (b->place == IN_CHOICE)
            build_say(b, "`", 1);
        b->code++;
        break;
    case MD_SPAN_A: {
        const MD_SPAN_A_DETAIL *d = detail;
        b->link++;
        text_clear(&b->label);
        text_clear(&b->href);
        text_add_n(&b->href, d->href.text ? d->href.text : "", d->href.size);
        break;
    }
    default:
        break;
    }
    return 0;
}

static int leave_span(MD_SPANTYPE type, void *detail, void *context)
{
    struct builder *b = context;

    (void)detail;
    if (!go_on(b))
        return 1;
    switch (type) {
    case MD_SPAN_EM:
        b->emphasis--;
        break;
    case MD_SPAN_STRONG:
        b->strong--;
        break;
    case MD_SPAN_CODE:
        b->code--;
        if (b->place == IN_CHOICE)
            build_say(b, "`", 1);
        break;
    case MD_SPAN_A:
        build_leave_link(b);
        break;
    default:
        break;
    }
    return 0;
}

static int add_text(MD_TEXTTYPE type, const MD_CHAR *s, MD_SIZE n, void *context)
{
    struct builder *b = context;

    if (!go_on(b))
        return 1;
    if (b->place != IN_BLOCK && b->place != IN_CODE)
        build_line_of(b, s);
    switch (type) {
    case MD_TEXT_SOFTBR:
        build_say(b, " ", 1);
        break;
    case MD_TEXT_BR:
        build_say(b, b->place == IN_BODY ? "\n" : " ", 1);
        break;
    case MD_TEXT_NULLCHAR:
        build_say(b, "\uFFFD", 3);
        break;
    case MD_TEXT_ENTITY:
        build_say_entity(b, s, n);
        break;
    default:
        build_say(b, s, n);
        break;
    }
    return 0;
}

bool markdown_lesson(struct lesson *l, const char *source, size_t n, struct error *e)
{
    const MD_PARSER parser = {
        .flags = MD_FLAG_TABLES | MD_FLAG_TASKLISTS | MD_FLAG_NOHTML,
        .enter_block = enter_block,
        .leave_block = leave_block,
        .enter_span = enter_span,
        .leave_span = leave_span,
        .text = add_text,
    };
    struct error ignored = {0};
    struct builder b = {
        .l = l, .source = source, .n = n, .e = e ? e : &ignored, .counted = source, .line = 1};

    if (md_parse(source, (MD_SIZE)n, &parser, &b) < 0 && !b.bad)
        b.bad = !fail(e, "%s: cannot be parsed as Markdown", l->path);
    text_free(&b.plain);
    text_free(&b.href);
    text_free(&b.label);
    for (size_t i = 0; i < b.cells; i++)
        text_free(&b.cell[i]);
    free(b.cell);
    if (b.bad)
        return false;
    if (!l->title)
        return fail(e, "%s:1: no title: begin with a line '# Title'", l->path);
    if (!l->pages || (l->pages == 1 && build_page_is_empty(l)))
        return fail(e, "%s: nothing below the title", l->path);
    while (build_page_is_empty(l)) /* a heading or a rule at the very end */
        free(l->page[--l->pages].title);
    for (size_t i = 0; i < l->tries; i++)
        if (!l->try[i].goals.n)
            return fail(e, "%s:%d: a try without a line 'goal: EXPRESSION'", l->path,
                        l->try[i].line);
    return true;
}
