/* build_page.c - pages, headings and text; see build.h. */
#include "course/build.h"

#include "base/utf8.h"
#include "base/xalloc.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static struct lesson_page *last_page(struct builder *b)
{
    return &b->l->page[b->l->pages - 1];
}

bool build_page_is_empty(const struct lesson *l)
{
    const size_t last = l->pages - 1;

    if (l->page[last].body.paragraphs)
        return false;
    if (l->tries && l->try[l->tries - 1].page == (int)last)
        return false;
    return !l->questions || l->question[l->questions - 1].page != (int)last;
}

/* A new page; one without anything on it is used again. */
void build_begin_page(struct builder *b, const char *title, bool goes_on)
{
    struct lesson *l = b->l;

    if (!l->pages || !build_page_is_empty(l)) {
        l->page = xgrow(l->page, &l->page_cap, l->pages + 1, sizeof *l->page);
        l->page[l->pages++] = (struct lesson_page){0};
    }
    struct lesson_page *p = last_page(b);
    char *old = p->title; /* which may be `title` */
    p->title = xstrdup(title);
    free(old);
    p->goes_on = goes_on;
    b->open = false;
}

struct lesson_page *build_page(struct builder *b)
{
    if (!b->l->pages)
        build_begin_page(b, b->l->title ? b->l->title : "", false);
    return last_page(b);
}

static enum text_style style(const struct builder *b)
{
    if (b->code)
        return STYLED_CODE;
    if (b->link)
        return STYLED_LINK;
    return b->strong ? STYLED_STRONG : b->emphasis ? STYLED_EMPHASIS : STYLED_PLAIN;
}

struct styled_paragraph *build_paragraph(struct builder *b)
{
    struct styled_text *body = &build_page(b)->body;

    if (b->open && body->paragraphs)
        return &body->paragraph[body->paragraphs - 1];
    b->open = true;
    if (b->lists) {
        struct styled_paragraph *p = styled_add(body, STYLED_ITEM, b->lists, b->marker);

        b->marker[0] = '\0';
        return p;
    }
    return b->quotes ? styled_add(body, STYLED_QUOTE, b->quotes, NULL)
                     : styled_add(body, STYLED_PARAGRAPH, 0, NULL);
}

static void count_words(struct builder *b, const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++) /* no other space is left once it is cleaned */
        if ((i == 0 || s[i - 1] == ' ' || s[i - 1] == '\n' || s[i - 1] == '\t') &&
            isalnum((unsigned char)s[i]))
            b->l->words++;
}

void build_say(struct builder *b, const char *s, size_t n)
{
    if (b->link)
        text_add_n(&b->label, s, n);
    if (b->place != IN_BODY) {
        utf8_clean(&b->plain, s, n, true);
        return;
    }
    if (!b->code)
        count_words(b, s, n);
    if (b->in_sources)
        b->l->sources = true;
    styled_append(build_paragraph(b), style(b), s, n);
}

/* Character references that prose needs; the others stay as they were written. */
static const struct {
    const char *name, *text;
} entities[] = {
    {"&amp;", "&"},        {"&lt;", "<"},         {"&gt;", ">"},          {"&quot;", "\""},
    {"&apos;", "'"},       {"&nbsp;", "\u00a0"},  {"&ndash;", "\u2013"},  {"&mdash;", "\u2014"},
    {"&times;", "\u00d7"}, {"&minus;", "\u2212"}, {"&hellip;", "\u2026"}, {"&middot;", "\u00b7"},
};

void build_say_entity(struct builder *b, const char *s, size_t n)
{
    char out[UTF8_MAX], copy[16] = "";

    if (n > 3 && s[1] == '#' && n < sizeof copy) {
        unsigned long cp;

        memcpy(copy, s, n);
        cp = tolower((unsigned char)s[2]) == 'x' ? strtoul(copy + 3, NULL, 16)
                                                 : strtoul(copy + 2, NULL, 10);
        if (cp < 0x20 || cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF))
            cp = UTF8_BAD;
        build_say(b, out, utf8_encode((uint32_t)cp, out)); /* cleaned on its way in */
        return;
    }
    for (size_t i = 0; i < sizeof entities / sizeof *entities; i++)
        if (strlen(entities[i].name) == n && memcmp(entities[i].name, s, n) == 0) {
            build_say(b, entities[i].text, strlen(entities[i].text));
            return;
        }
    build_say(b, s, n);
}

/* A page on a terminal cannot be clicked: an address is written out, one within the course is not.
 */
void build_leave_link(struct builder *b)
{
    const char *href = text_str(&b->href);

    if (b->place == IN_BODY && strncmp(href, "http", 4) == 0 &&
        strcmp(href, text_str(&b->label)) != 0) {
        styled_append(build_paragraph(b), STYLED_PLAIN, " (", 2);
        styled_append(build_paragraph(b), STYLED_LINK, href, b->href.len);
        styled_append(build_paragraph(b), STYLED_PLAIN, ")", 1);
    }
    b->link--;
}

static bool is_heading(const char *s, const char *word)
{
    const size_t n = strlen(word);

    return strncasecmp(s, word, n) == 0 && !isalnum((unsigned char)s[n]);
}

void build_leave_heading(struct builder *b, int level)
{
    const char *s = text_str(&b->plain);
    const bool top = !b->lists && !b->quotes;

    b->place = IN_BODY;
    b->open = false;
    if (top && (!b->quiz || level <= b->quiz))
        b->quiz = is_heading(s, "Quiz") ? level : 0;
    if (top)
        b->in_sources = is_heading(s, "Sources");
    if (top && level == 1 && !b->l->title)
        b->l->title = xstrdup(s);
    if (top && level <= 2)
        build_begin_page(b, s, false);
    else
        styled_append(styled_add(&build_page(b)->body, STYLED_HEADING, level < 3 ? 3 : level, NULL),
                      STYLED_PLAIN, s, b->plain.len);
}
