/* markdown.c - see markdown.h. md4c tells no line numbers, but most of what it hands over points
 * into the source: lines are counted from there. */
#include "course/markdown.h"

#include "base/setting.h"
#include "base/utf8.h"
#include "base/xalloc.h"
#include "course/block.h"

#include <ctype.h>
#include <limits.h>
#include <md4c.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum {
    MAX_EVENTS = 4 << 20, /* callbacks: a table of a thousand columns can multiply itself */
    MAX_TABLE_COLUMNS = 16,
};

/* Where text goes. */
enum place {
    IN_BODY,
    IN_HEADING, /* to `plain` */
    IN_BLOCK,   /* one of ours, to `plain` */
    IN_CODE,    /* other code, to `plain` */
    IN_CHOICE,  /* of a quiz, to `plain` */
    IN_CELL,    /* of a table, to `plain` */
};

struct list {
    bool ordered;
    unsigned next;
    char delimiter;
    bool quiz; /* its items are choices */
};

struct builder {
    struct lesson *l;
    const char *source;
    size_t n;
    struct error *e;

    const char *counted; /* lines up to here are in `line` */
    int line;
    int events;
    bool bad; /* an error was told; md4c itself may lose that a callback said stop */

    enum place place;
    struct text plain;

    struct list list[LESSON_MAX_DEPTH];
    int lists, quotes;
    char marker[12]; /* of the item whose text has not come yet */
    bool open;       /* the body's last paragraph still takes text */
    int emphasis, strong, code, link;
    struct text href, label; /* of the innermost link */

    int quiz; /* level of the heading "Quiz" that we are under, 0: none */
    bool in_sources;
    bool explaining; /* the choice's text is complete */

    enum block_kind block;
    int block_line;

    struct text *cell; /* of a table, row-major */
    size_t cells, cell_cap;
    int columns;
    bool right[MAX_TABLE_COLUMNS];
};

static bool inside(const struct builder *b, const char *p)
{
    return p >= b->source && p < b->source + b->n;
}

/* The line of a place in the source; places mostly come in ascending order. */
static int line_of(struct builder *b, const char *p)
{
    if (!inside(b, p))
        return b->line;
    if (p < b->counted) {
        b->counted = b->source;
        b->line = 1;
    }
    for (; b->counted < p; b->counted++)
        b->line += *b->counted == '\n';
    return b->line;
}

static int wrong(struct builder *b, int line, const char *format, ...) ACTLAB_PRINTF(3, 4);
static int wrong(struct builder *b, int line, const char *format, ...)
{
    char reason[400];
    va_list ap;

    va_start(ap, format);
    vsnprintf(reason, sizeof reason, format, ap);
    va_end(ap);
    if (!b->bad)
        fail(b->e, "%s:%d: %s", b->l->path, line, reason);
    b->bad = true;
    return 1;
}

/* --- pages ------------------------------------------------------------------------------------ */

static struct lesson_page *last_page(struct builder *b)
{
    return b->l->pages ? &b->l->page[b->l->pages - 1] : NULL;
}

static bool page_is_empty(const struct lesson *l)
{
    const size_t last = l->pages - 1;

    if (l->page[last].body.paragraphs)
        return false;
    if (l->tries && l->try[l->tries - 1].page == (int)last)
        return false;
    return !l->questions || l->question[l->questions - 1].page != (int)last;
}

/* A new page; one without anything on it is used again. */
static void begin_page(struct builder *b, const char *title, bool goes_on)
{
    struct lesson *l = b->l;

    if (!l->pages || !page_is_empty(l)) {
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

static struct lesson_page *page(struct builder *b)
{
    if (!b->l->pages)
        begin_page(b, b->l->title ? b->l->title : "", false);
    return last_page(b);
}

/* --- text of the body ------------------------------------------------------------------------- */

static enum rich_style style(const struct builder *b)
{
    if (b->code)
        return RICH_CODE;
    if (b->link)
        return RICH_LINK;
    return b->strong ? RICH_STRONG : b->emphasis ? RICH_EMPHASIS : RICH_PLAIN;
}

static struct rich_paragraph *paragraph(struct builder *b)
{
    struct rich *body = &page(b)->body;

    if (b->open && body->paragraphs)
        return &body->paragraph[body->paragraphs - 1];
    b->open = true;
    if (b->lists) {
        struct rich_paragraph *p = rich_add(body, RICH_ITEM, b->lists, b->marker);

        b->marker[0] = '\0';
        return p;
    }
    return b->quotes ? rich_add(body, RICH_QUOTE, b->quotes, NULL)
                     : rich_add(body, RICH_PARAGRAPH, 0, NULL);
}

static void count_words(struct builder *b, const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (isalnum((unsigned char)s[i]) && (i == 0 || isspace((unsigned char)s[i - 1])))
            b->l->words++;
}

static void say(struct builder *b, const char *s, size_t n)
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
    rich_append(paragraph(b), style(b), s, n);
}

/* Character references that prose needs; the others stay as they were written. */
static const struct {
    const char *name, *text;
} entities[] = {
    {"&amp;", "&"},        {"&lt;", "<"},         {"&gt;", ">"},          {"&quot;", "\""},
    {"&apos;", "'"},       {"&nbsp;", "\u00a0"},  {"&ndash;", "\u2013"},  {"&mdash;", "\u2014"},
    {"&times;", "\u00d7"}, {"&minus;", "\u2212"}, {"&hellip;", "\u2026"}, {"&middot;", "\u00b7"},
};

static void say_entity(struct builder *b, const char *s, size_t n)
{
    char out[UTF8_MAX], copy[16] = "";

    if (n > 3 && s[1] == '#' && n < sizeof copy) {
        unsigned long cp;

        memcpy(copy, s, n);
        cp = tolower((unsigned char)s[2]) == 'x' ? strtoul(copy + 3, NULL, 16)
                                                 : strtoul(copy + 2, NULL, 10);
        if (cp < 0x20 || cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF))
            cp = UTF8_BAD;
        say(b, out, utf8_encode((uint32_t)cp, out)); /* cleaned on its way in */
        return;
    }
    for (size_t i = 0; i < sizeof entities / sizeof *entities; i++)
        if (strlen(entities[i].name) == n && memcmp(entities[i].name, s, n) == 0) {
            say(b, entities[i].text, strlen(entities[i].text));
            return;
        }
    say(b, s, n);
}

/* --- blocks of ours --------------------------------------------------------------------------- */

static int enter_code(struct builder *b, const MD_BLOCK_CODE_DETAIL *d)
{
    char word[32] = "";
    const size_t n = d->lang.size < sizeof word - 1 ? d->lang.size : sizeof word - 1;

    b->block_line = line_of(b, d->lang.text);
    if (n)
        memcpy(word, d->lang.text, n);
    text_clear(&b->plain);
    b->block = d->fence_char ? block_kind_find(word) : BLOCK_OTHER;
    b->place = b->block == BLOCK_OTHER ? IN_CODE : IN_BLOCK;
    b->open = false;
    if (b->block == BLOCK_UNKNOWN)
        return wrong(b, b->block_line,
                     "unknown block '%s': there are lab, try, hint, solution, and for code %s",
                     word, block_languages);
    return 0;
}

static int leave_code(struct builder *b)
{
    struct lesson_page *p = page(b);

    b->place = IN_BODY;
    if (b->block == BLOCK_OTHER) {
        rich_append(rich_add(&p->body, RICH_CODEBLOCK, b->lists, NULL), RICH_CODE,
                    text_str(&b->plain), b->plain.len);
        return 0;
    }
    b->bad = !block_add(b->l, b->block, text_str(&b->plain), b->block_line, b->e);
    return b->bad;
}

/* --- headings --------------------------------------------------------------------------------- */

static bool is_heading(const char *s, const char *word)
{
    const size_t n = strlen(word);

    return strncasecmp(s, word, n) == 0 && !isalnum((unsigned char)s[n]);
}

static void leave_heading(struct builder *b, int level)
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
        begin_page(b, s, false);
    else
        rich_append(rich_add(&page(b)->body, RICH_HEADING, level < 3 ? 3 : level, NULL), RICH_PLAIN,
                    s, b->plain.len);
}

/* --- quizzes ---------------------------------------------------------------------------------- */

static struct lesson_question *last_question(struct builder *b)
{
    return b->l->questions ? &b->l->question[b->l->questions - 1] : NULL;
}

/* The paragraph before the choices becomes the question. */
static int begin_question(struct builder *b, int line)
{
    struct lesson *l = b->l;
    struct rich *body = &page(b)->body;
    struct rich_paragraph *p = body->paragraphs ? &body->paragraph[body->paragraphs - 1] : NULL;
    struct lesson_question *q;
    struct text text = {0};

    if (!p || p->block != RICH_PARAGRAPH)
        return wrong(b, line, "choices without a question: write it in a paragraph before them");
    for (size_t i = 0; i < p->spans; i++) {
        const char *mark = p->span[i].style == RICH_CODE ? "`" : "";

        text_printf(&text, "%s%s%s", mark, p->span[i].text, mark);
        free(p->span[i].text);
    }
    free(p->span);
    body->paragraphs--;
    l->question = xgrow(l->question, &l->question_cap, l->questions + 1, sizeof *l->question);
    q = &l->question[l->questions++];
    *q = (struct lesson_question){
        .line = line, .page = (int)l->pages - 1, .after = body->paragraphs, .text = text.s};
    b->open = false;
    return 0;
}

static int begin_choice(struct builder *b, const MD_BLOCK_LI_DETAIL *d, struct list *list)
{
    const int line = d->is_task ? line_of(b, b->source + d->task_mark_offset) : b->line;
    struct lesson_question *q;

    if (list->quiz && !d->is_task)
        return wrong(b, last_question(b)->line,
                     "a choice without [ ] or [x]: each item of a quiz begins with one");
    if (!list->quiz) {
        if (list->next > 1)
            return wrong(b, line, "a choice without [ ] or [x] before this one");
        if (begin_question(b, line))
            return 1;
        list->quiz = true;
    }
    q = last_question(b);
    q->choice = xgrow(q->choice, &q->cap, q->choices + 1, sizeof *q->choice);
    q->choice[q->choices++] =
        (struct lesson_choice){.right = d->task_mark == 'x' || d->task_mark == 'X'};
    text_clear(&b->plain);
    b->place = IN_CHOICE;
    b->explaining = false;
    return 0;
}

static char *trimmed(const char *s, size_t n)
{
    while (n && isspace((unsigned char)*s))
        s++, n--;
    while (n && isspace((unsigned char)s[n - 1]))
        n--;
    return xstrndup(s, n);
}

/* What follows a dash explains the choice as its own paragraphs do. */
static const char *find_dash(const char *s, size_t *n)
{
    static const char *const dashes[] = {" \u2014 ", " -- "};

    for (size_t i = 0; i < 2; i++) {
        const char *p = strstr(s, dashes[i]);

        *n = strlen(dashes[i]);
        if (p)
            return p;
    }
    return NULL;
}

/* A paragraph of the choice is complete: the first is its text, the others explain it. */
static void take_choice_text(struct builder *b)
{
    struct lesson_question *q = last_question(b);
    struct lesson_choice *c = &q->choice[q->choices - 1];
    const char *s = text_str(&b->plain), *dash;
    size_t n;

    if (!b->plain.len)
        return;
    if (!c->text) {
        dash = find_dash(s, &n);
        c->text = trimmed(s, dash ? (size_t)(dash - s) : b->plain.len);
        if (dash)
            c->explanation = trimmed(dash + n, strlen(dash + n));
    } else {
        struct text more = {0};

        if (c->explanation)
            text_printf(&more, "%s ", c->explanation);
        free(c->explanation);
        char *added = trimmed(s, b->plain.len);
        text_add(&more, added);
        free(added);
        c->explanation = more.s;
    }
    text_clear(&b->plain);
}

static void end_choice(struct builder *b)
{
    struct lesson_question *q = last_question(b);
    struct lesson_choice *c = &q->choice[q->choices - 1];

    take_choice_text(b);
    if (!c->text)
        c->text = xstrdup("");
    if (!c->explanation)
        c->explanation = xstrdup("");
    b->place = IN_BODY;
    b->open = false;
}

static int end_question(struct builder *b)
{
    const struct lesson_question *q = last_question(b);

    if (q->choices < 2)
        return wrong(b, q->line, "a quiz with one choice: give two or more");
    for (size_t i = 0; i < q->choices; i++)
        if (q->choice[i].right)
            return 0;
    return wrong(b, q->line, "a quiz without a right answer: mark it with [x]");
}

/* --- lists ------------------------------------------------------------------------------------ */

static int enter_list(struct builder *b, bool ordered, unsigned start, char delimiter)
{
    if (b->lists + b->quotes >= LESSON_MAX_DEPTH)
        return wrong(b, b->line, "lists and quotes nested more than %d deep", LESSON_MAX_DEPTH);
    if (b->place == IN_CHOICE)
        take_choice_text(b);
    b->list[b->lists++] =
        (struct list){.ordered = ordered, .next = ordered ? start : 1, .delimiter = delimiter};
    b->open = false;
    return 0;
}

static int enter_item(struct builder *b, const MD_BLOCK_LI_DETAIL *d)
{
    struct list *list = &b->list[b->lists - 1];
    int bad = 0;

    b->open = false;
    if (b->quiz && b->lists == 1 && !b->quotes && (d->is_task || list->quiz))
        bad = begin_choice(b, d, list);
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

static void leave_item(struct builder *b)
{
    if (b->place == IN_CHOICE && b->lists == 1)
        end_choice(b);
    else if (b->marker[0] && b->place == IN_BODY) /* an empty item */
        paragraph(b);
    b->marker[0] = '\0';
    b->open = false;
}

/* --- tables ----------------------------------------------------------------------------------- */

static int enter_table(struct builder *b, const MD_BLOCK_TABLE_DETAIL *d)
{
    if (d->col_count > MAX_TABLE_COLUMNS)
        return wrong(b, b->line, "a table of %u columns: at most %d", d->col_count,
                     MAX_TABLE_COLUMNS);
    b->columns = (int)d->col_count;
    memset(b->right, 0, sizeof b->right);
    return 0;
}

static void enter_cell(struct builder *b, const MD_BLOCK_TD_DETAIL *d)
{
    b->right[b->cells % (size_t)b->columns] = d->align == MD_ALIGN_RIGHT;
    text_clear(&b->plain);
    b->place = IN_CELL;
}

static void leave_cell(struct builder *b)
{
    b->cell = xgrow(b->cell, &b->cell_cap, b->cells + 1, sizeof *b->cell);
    b->cell[b->cells++] = b->plain;
    b->plain = (struct text){0};
    b->place = IN_BODY;
}

static void pad(struct text *out, int columns)
{
    while (columns-- > 0)
        text_add_char(out, ' ');
}

/* Columns as wide as their widest cell, two spaces apart, a rule below the head. */
static void leave_table(struct builder *b)
{
    struct text out = {0};
    int width[MAX_TABLE_COLUMNS] = {0};
    const size_t columns = (size_t)b->columns;

    for (size_t i = 0; i < b->cells; i++) {
        const int w = utf8_columns(text_str(&b->cell[i]));

        if (w > width[i % columns])
            width[i % columns] = w;
    }
    for (size_t i = 0; i < b->cells; i++) {
        const char *s = text_str(&b->cell[i]);
        const size_t k = i % columns;
        const int room = width[k] - utf8_columns(s);
        const bool last = k + 1 == columns;

        pad(&out, b->right[k] ? room : 0);
        text_add(&out, s);
        pad(&out, last ? 0 : 2 + (b->right[k] ? 0 : room));
        if (last)
            text_add_char(&out, '\n');
        if (i + 1 != columns)
            continue;
        for (size_t c = 0; c < columns; c++) {
            for (int w = 0; w < width[c]; w++)
                text_add_char(&out, '-');
            text_add(&out, c + 1 < columns ? "  " : "\n");
        }
    }
    rich_append(rich_add(&page(b)->body, RICH_CODEBLOCK, b->lists, NULL), RICH_PLAIN,
                text_str(&out), out.len);
    text_free(&out);
    for (size_t i = 0; i < b->cells; i++)
        text_free(&b->cell[i]);
    b->cells = 0;
    b->open = false;
}

/* --- md4c's callbacks ------------------------------------------------------------------------- */

static bool go_on(struct builder *b)
{
    if (++b->events > MAX_EVENTS)
        wrong(b, b->line, "too much structure for one lesson");
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
            return wrong(b, last_question(b)->line, "a block of code inside a choice");
        return enter_code(b, detail);
    case MD_BLOCK_UL:
        return enter_list(b, false, 1, 0);
    case MD_BLOCK_OL: {
        const MD_BLOCK_OL_DETAIL *d = detail;
        return enter_list(b, true, d->start, d->mark_delimiter);
    }
    case MD_BLOCK_LI:
        return enter_item(b, detail);
    case MD_BLOCK_QUOTE:
        if (b->lists + b->quotes >= LESSON_MAX_DEPTH)
            return wrong(b, b->line, "lists and quotes nested more than %d deep", LESSON_MAX_DEPTH);
        b->quotes++;
        b->open = false;
        return 0;
    case MD_BLOCK_HR:
        if (b->lists || b->quotes)
            rich_add(&page(b)->body, RICH_RULE, 0, NULL);
        else
            begin_page(b, b->l->pages ? last_page(b)->title : "", b->l->pages > 0);
        b->open = false;
        return 0;
    case MD_BLOCK_P:
        if (b->place == IN_CHOICE)
            take_choice_text(b);
        b->open = false;
        return 0;
    case MD_BLOCK_TABLE:
        return enter_table(b, detail);
    case MD_BLOCK_TH:
    case MD_BLOCK_TD:
        enter_cell(b, detail);
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
        leave_heading(b, (int)((MD_BLOCK_H_DETAIL *)detail)->level);
        return 0;
    case MD_BLOCK_CODE:
        return leave_code(b);
    case MD_BLOCK_UL:
    case MD_BLOCK_OL:
        b->lists--;
        b->open = false;
        return b->list[b->lists].quiz ? end_question(b) : 0;
    case MD_BLOCK_LI:
        leave_item(b);
        return 0;
    case MD_BLOCK_QUOTE:
        b->quotes--;
        b->open = false;
        return 0;
    case MD_BLOCK_P:
        if (b->place == IN_CHOICE)
            take_choice_text(b);
        b->open = false;
        return 0;
    case MD_BLOCK_TABLE:
        leave_table(b);
        return 0;
    case MD_BLOCK_TH:
    case MD_BLOCK_TD:
        leave_cell(b);
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
            say(b, "`", 1);
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

/* A page on a terminal cannot be clicked: an address is written out, one within the course is not.
 */
static void leave_link(struct builder *b)
{
    const char *href = text_str(&b->href);

    if (b->place == IN_BODY && strncmp(href, "http", 4) == 0 &&
        strcmp(href, text_str(&b->label)) != 0) {
        rich_append(paragraph(b), RICH_PLAIN, " (", 2);
        rich_append(paragraph(b), RICH_LINK, href, b->href.len);
        rich_append(paragraph(b), RICH_PLAIN, ")", 1);
    }
    b->link--;
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
            say(b, "`", 1);
        break;
    case MD_SPAN_A:
        leave_link(b);
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
        line_of(b, s);
    switch (type) {
    case MD_TEXT_SOFTBR:
        say(b, " ", 1);
        break;
    case MD_TEXT_BR:
        say(b, b->place == IN_BODY ? "\n" : " ", 1);
        break;
    case MD_TEXT_NULLCHAR:
        say(b, "\uFFFD", 3);
        break;
    case MD_TEXT_ENTITY:
        say_entity(b, s, n);
        break;
    default:
        say(b, s, n);
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
    struct error ignored;
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
    if (!l->pages || (l->pages == 1 && page_is_empty(l)))
        return fail(e, "%s: nothing below the title", l->path);
    while (page_is_empty(l)) /* a heading or a rule at the very end */
        free(l->page[--l->pages].title);
    for (size_t i = 0; i < l->tries; i++)
        if (!l->try[i].goals.n)
            return fail(e, "%s:%d: a try without a line 'goal: EXPRESSION'", l->path,
                        l->try[i].line);
    return true;
}
