/* build_list.c - lists and code; see build.h. */
#include "course/build.h"

#include <stdio.h>
#include <string.h>

int build_enter_list(struct builder *b, bool ordered, unsigned start, char delimiter)
{
    if (b->lists + b->quotes >= LESSON_MAX_DEPTH)
        return build_wrong(b, b->line, "lists and quotes nested more than %d deep",
                           LESSON_MAX_DEPTH);
    if (b->place == IN_CHOICE)
        build_take_choice_text(b);
    b->list[b->lists++] =
        (struct list){.ordered = ordered, .next = ordered ? start : 1, .delimiter = delimiter};
    b->open = false;
    return 0;
}

int build_enter_item(struct builder *b, const MD_BLOCK_LI_DETAIL *d)
{
    struct list *list = &b->list[b->lists - 1];
    int bad = 0;

    b->open = false;
    if (b->quiz && b->lists == 1 && !b->quotes && (d->is_task || list->quiz))
        bad = build_begin_choice(b, d, list);
    else if (d->is_task)
        snprintf(b->marker, sizeof b->marker, "[%c]", d->task_mark == ' ' ? ' ' : 'x');
    else if (list->ordered)
        snprintf(b->marker, sizeof b->marker, "%u%c", list->next, list->delimiter);
    else
        snprintf(b->marker, sizeof b->marker, "-");
    if (list->next < 999999999)
        list->next++;
    return bad;
}

void build_leave_item(struct builder *b)
{
    if (b->place == IN_CHOICE && b->lists == 1)
        build_end_choice(b);
    else if (b->marker[0] && b->place == IN_BODY) /* an empty item */
        build_paragraph(b);
    b->marker[0] = '\0';
    b->open = false;
}

int build_enter_code(struct builder *b, const MD_BLOCK_CODE_DETAIL *d)
{
    char word[32] = "";
    const size_t n = d->lang.size < sizeof word - 1 ? d->lang.size : sizeof word - 1;

    b->block_line = build_line_of(b, d->lang.text);
    if (n)
        memcpy(word, d->lang.text, n);
    text_clear(&b->plain);
    b->block = d->fence_char ? block_kind_find(word) : BLOCK_OTHER;
    b->place = b->block == BLOCK_OTHER ? IN_CODE : IN_BLOCK;
    b->open = false;
    if (b->block == BLOCK_UNKNOWN)
        return build_wrong(b, b->block_line,
                           "unknown block '%s': write lab, try, hint or solution, or for code %s",
                           word, block_languages);
    return 0;
}

int build_leave_code(struct builder *b)
{
    struct lesson_page *p = build_page(b);

    b->place = IN_BODY;
    if (b->block == BLOCK_OTHER) {
        styled_append(styled_add(&p->body, STYLED_CODEBLOCK, b->lists, NULL), STYLED_CODE,
                      text_str(&b->plain), b->plain.len);
        return 0;
    }
    b->bad = !block_add(b->l, b->block, text_str(&b->plain), b->block_line, b->e);
    return b->bad;
}
