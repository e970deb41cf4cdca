/* progress_merge.c - what becomes of two entries that say the same of one lesson, and of those that
 * a reset forgets. Entries come in any order, from any session: whatever the order, the same
 * remain. */
#include "base/xalloc.h"
#include "course/progress_private.h"

#include <string.h>
#include <time.h>

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

/* A clock that is further ahead than time zones are apart was wrong: milliseconds. */
enum { AHEAD = 24 * 3600 * 1000 };

static bool believed(const struct progress *p, const struct progress_entry *q)
{
    return q->when <= p->now + AHEAD;
}

int progress_order(const struct progress *p, const struct progress_entry *a,
                   const struct progress_entry *b)
{
    if (!believed(p, a) || !believed(p, b))
        return believed(p, a) - believed(p, b);
    return (a->when > b->when) - (a->when < b->when);
}

int64_t progress_date_now(struct progress *p)
{
    struct timespec t;
    int64_t date;

    clock_gettime(CLOCK_REALTIME, &t);
    date = p->now = (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
    for (size_t i = 0; i < p->n; i++)
        if (believed(p, &p->entry[i]) && p->entry[i].when >= date)
            date = p->entry[i].when + 1;
    return date;
}

/* True if q should take the place of old, which has the same key. */
static bool better(const struct progress *p, const struct progress_entry *q,
                   const struct progress_entry *old)
{
    const int later = progress_order(p, q, old);

    switch (q->kind) {
    case PROGRESS_PAGE:
        return later ? later > 0 : q->a > old->a;
    case PROGRESS_RESET:
        return later ? later > 0 : q->when > old->when;
    case PROGRESS_HINT:
        return q->b > old->b;
    case PROGRESS_TIME:
        return q->a > old->a;
    case PROGRESS_ANSWER: /* the first right one; else the last one */
        if (q->b != old->b)
            return q->b;
        return later ? q->b == (later < 0) : strcmp(q->value, old->value) > 0;
    default:
        return q->when < old->when;
    }
}

/* True if what q says is from before the reset, which is of its lesson or of all. */
static bool forgets(const struct progress *p, const struct progress_entry *reset,
                    const struct progress_entry *q)
{
    if (reset->kind != PROGRESS_RESET ||
        (strcmp(reset->lesson, "*") != 0 && strcmp(reset->lesson, q->lesson) != 0))
        return false;
    return q->when < reset->when ? believed(p, reset) : reset->fresh && !believed(p, q);
}

static void drop_forgotten(struct progress *p, const struct progress_entry reset)
{
    size_t kept = 0;

    for (size_t i = 0; i < p->n; i++)
        if (!forgets(p, &reset, &p->entry[i]) || progress_same_key(&reset, &p->entry[i]))
            p->entry[kept++] = p->entry[i];
    p->n = kept;
}

/* The place of the entry with q's key, or p->n. */
static size_t place_of(const struct progress *p, const struct progress_entry *q)
{
    size_t i = 0;

    while (i < p->n && !progress_same_key(&p->entry[i], q))
        i++;
    return i;
}

bool progress_merge(struct progress *p, const struct progress_entry *q)
{
    size_t i = place_of(p, q);

    for (size_t k = 0; k < p->n; k++)
        if (k != i && forgets(p, &p->entry[k], q))
            return false;
    if (i < p->n && !better(p, q, &p->entry[i]))
        return false;
    if (q->kind == PROGRESS_RESET) {
        drop_forgotten(p, *q);
        i = place_of(p, q);
    }
    if (i < p->n) {
        p->entry[i] = *q;
    } else if (p->n == PROGRESS_ENTRIES) {
        p->full = true;
        return false;
    } else {
        p->entry = xgrow(p->entry, &p->cap, p->n + 1, sizeof *p->entry);
        p->entry[p->n++] = *q;
    }
    return true;
}
