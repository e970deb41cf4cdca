/* progress_merge.c - what becomes of two entries that say the same of one lesson, and of those that
 * a reset forgets. Entries come in any order, from any session: whatever the order, the same
 * remain. */
#include "base/xalloc.h"
#include "course/progress_private.h"

#include <string.h>

bool progress_same_key(const struct progress_entry *p, const struct progress_entry *q)
{
    if (p->kind != q->kind || strcmp(p->lesson, q->lesson) != 0)
        return false;
    switch (p->kind) {
    case PROGRESS_GOAL:
        return p->a == q->a && p->b == q->b;
    case PROGRESS_HINT:
    case PROGRESS_SOLUTION:
    case PROGRESS_ANSWER:
        return p->a == q->a;
    default:
        return true;
    }
}

/* True if q should take the place of p, which has the same key. */
static bool better(const struct progress_entry *q, const struct progress_entry *p)
{
    switch (p->kind) {
    case PROGRESS_PAGE:
    case PROGRESS_RESET:
        return q->when > p->when;
    case PROGRESS_HINT:
        return q->b > p->b;
    case PROGRESS_TIME:
        return q->a > p->a;
    case PROGRESS_ANSWER: /* the first right one; else the last one */
        return q->b != p->b ? q->b : q->b ? q->when < p->when : q->when > p->when;
    default:
        return q->when < p->when;
    }
}

bool progress_is_reset_of(const struct progress_entry *reset, const struct progress_entry *p)
{
    return reset->kind == PROGRESS_RESET &&
           (strcmp(reset->lesson, "*") == 0 || strcmp(reset->lesson, p->lesson) == 0);
}

bool progress_forgets(const struct progress_entry *reset, const struct progress_entry *p)
{
    return reset != p && progress_is_reset_of(reset, p) && p->when < reset->when;
}

static void drop_forgotten(struct progress *p, const struct progress_entry reset)
{
    size_t kept = 0;

    for (size_t i = 0; i < p->n; i++)
        if (!progress_forgets(&reset, &p->entry[i]) ||
            (p->entry[i].kind == PROGRESS_RESET && strcmp(p->entry[i].lesson, reset.lesson) == 0))
            p->entry[kept++] = p->entry[i];
    p->n = kept;
}

bool progress_merge(struct progress *p, const struct progress_entry *q)
{
    size_t i = 0;

    for (size_t k = 0; k < p->n; k++)
        if (progress_forgets(&p->entry[k], q) && !progress_same_key(&p->entry[k], q))
            return false;
    while (i < p->n && !progress_same_key(&p->entry[i], q))
        i++;
    if (i < p->n) {
        if (!better(q, &p->entry[i]))
            return false;
        p->entry[i] = *q;
    } else if (p->n == PROGRESS_ENTRIES) {
        return false;
    } else {
        p->entry = xgrow(p->entry, &p->cap, p->n + 1, sizeof *p->entry);
        p->entry[p->n++] = *q;
    }
    if (q->kind == PROGRESS_RESET)
        drop_forgotten(p, *q);
    return true;
}
