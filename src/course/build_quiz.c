/* build_quiz.c - quizzes; see build.h. */
#include "course/build.h"

#include "base/text.h"
#include "base/xalloc.h"

#include <stdlib.h>
#include <string.h>

struct lesson_question *build_last_question(struct builder *b)
{
    return &b->l->question[b->l->questions - 1];
}

/* The paragraph before the choices becomes the question. */
static int begin_question(struct builder *b, int line)
{
    struct lesson *l = b->l;
    struct styled_text *body = &build_page(b)->body;
    struct styled_paragraph *p = body->paragraphs ? &body->paragraph[body->paragraphs - 1] : NULL;
    struct lesson_question *q;
    struct text text = {0};

    if (!p || p->block != STYLED_PARAGRAPH)
        return build_wrong(b, line,
                           "choices without a question: write it in a paragraph before them");
    for (size_t i = 0; i < p->spans; i++) {
        const char *mark = p->span[i].style == STYLED_CODE ? "`" : "";

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

int build_begin_choice(struct builder *b, const MD_BLOCK_LI_DETAIL *d, struct list *list)
{
    const int line = d->is_task ? build_line_of(b, b->source + d->task_mark_offset) : b->line;
    struct lesson_question *q;

    if (list->quiz && !d->is_task)
        return build_wrong(b, build_last_question(b)->line,
                           "a choice without [ ] or [x]: each item of a quiz begins with one");
    if (!list->quiz) {
        if (list->next > 1)
            return build_wrong(b, line, "a choice without [ ] or [x] before this one");
        if (begin_question(b, line))
            return 1;
        list->quiz = true;
    }
    q = build_last_question(b);
    q->choice = xgrow(q->choice, &q->cap, q->choices + 1, sizeof *q->choice);
    q->choice[q->choices++] =
        (struct lesson_choice){.right = d->task_mark == 'x' || d->task_mark == 'X'};
    text_clear(&b->plain);
    b->place = IN_CHOICE;
    return 0;
}

/* Text after a dash explains the choice as its own paragraphs do. */
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
void build_take_choice_text(struct builder *b)
{
    struct lesson_question *q = build_last_question(b);
    struct lesson_choice *c = &q->choice[q->choices - 1];
    const char *s = text_str(&b->plain), *dash;
    size_t n;

    if (!b->plain.len)
        return;
    if (!c->text) {
        dash = find_dash(s, &n);
        c->text = text_trimmed(s, dash ? (size_t)(dash - s) : b->plain.len);
        if (dash)
            c->explanation = text_trimmed(dash + n, strlen(dash + n));
    } else {
        struct text more = {0};

        if (c->explanation)
            text_printf(&more, "%s ", c->explanation);
        free(c->explanation);
        char *added = text_trimmed(s, b->plain.len);
        text_add(&more, added);
        free(added);
        c->explanation = more.s;
    }
    text_clear(&b->plain);
}

void build_end_choice(struct builder *b)
{
    struct lesson_question *q = build_last_question(b);
    struct lesson_choice *c = &q->choice[q->choices - 1];

    build_take_choice_text(b);
    if (!c->text)
        c->text = xstrdup("");
    if (!c->explanation)
        c->explanation = xstrdup("");
    b->place = IN_BODY;
    b->open = false;
}

int build_end_question(struct builder *b)
{
    const struct lesson_question *q = build_last_question(b);

    if (q->choices < 2)
        return build_wrong(b, q->line, "a quiz with one choice: give two or more");
    for (size_t i = 0; i < q->choices; i++)
        if (q->choice[i].right)
            return 0;
    return build_wrong(b, q->line, "a quiz without a right answer: mark it with [x]");
}
