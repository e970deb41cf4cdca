/* net_sentence.c - what the bars say, in words below them. */
#include "draw/layout.h"
#include "lab/sentence.h"
#include "view/netviews.h"

#include <string.h>

/* Rows of a pane from which on it has room for a sentence, and for a second row of it where it is
 * wide. */
enum { SENTENCE_FROM = 6, MORE_FROM = 12, WIDE = 72, MOST = 3 };

static int lay(const char *words, size_t n, struct grid *g, struct rect in)
{
    struct styled_text t = {0};
    int rows;

    styled_append(styled_add(&t, STYLED_PARAGRAPH, 0, NULL), STYLED_STRONG, words, n);
    rows = rich_draw(&t, g, in, 0);
    styled_free(&t);
    return rows;
}

/* Bytes of the words without their last sentence; 0: they are one. */
static size_t without_last(const char *words, size_t n)
{
    while (n > 1 && !(words[n - 1] == ' ' && words[n - 2] == '.'))
        n--;
    return n > 1 ? n - 1 : 0;
}

void netview_sentence(const struct lab *lab, struct grid *g, struct rect *in)
{
    const int most = in->cols >= WIDE ? 1 + (in->rows >= MORE_FROM) : MOST;
    struct text said = {0};
    size_t n, fewer;
    struct rect at = *in;

    if (in->rows < SENTENCE_FROM)
        return;
    if (lab_step_phase(lab) >= 0)
        lab_step_sentence(lab, &said);
    else
        lab_sentence(lab, lab->model.netview, &said);
    n = said.len;
    while (lay(said.s, n, NULL, at) > most && (fewer = without_last(said.s, n)) > 0)
        n = fewer;
    at.rows = lay(said.s, n, NULL, at);
    at.rows = at.rows < most ? at.rows : most;
    in->rows -= at.rows;
    at.row += in->rows;
    lay(said.s, n, g, at);
    text_free(&said);
}
