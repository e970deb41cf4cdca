/* history.c - see history.h. */
#include "lab/history.h"

#include "base/shared.h"
#include "base/xalloc.h"

#include <stdlib.h>
#include <string.h>

static void drop_states(struct history *h, int from, int to)
{
    for (int i = from; i < to; i++)
        shared_drop(h->state[i].state);
    memmove(h->state + from, h->state + to, (size_t)(h->states - to) * sizeof *h->state);
    h->states -= to - from;
}

void history_clear(struct history *h)
{
    drop_states(h, 0, h->states);
    h->points = 0;
    h->point_every = 1;
    h->state_every = 1;
    h->touched = false;
}

void history_free(struct history *h)
{
    history_clear(h);
    free(h->point);
    h->point = NULL;
}

struct history history_copy(const struct history *h)
{
    struct history copy = *h;

    for (int i = 0; i < copy.states; i++)
        shared_keep(copy.state[i].state);
    if (h->point) {
        copy.point = xcalloc(HISTORY_POINTS, sizeof *copy.point);
        memcpy(copy.point, h->point, (size_t)h->points * sizeof *copy.point);
    }
    return copy;
}

int history_thin(void *points, int n, size_t size)
{
    char *at = points;

    for (int i = 1; 2 * i < n; i++)
        memcpy(at + (size_t)i * size, at + 2 * (size_t)i * size, size);
    return n / 2;
}

void history_note(struct history *h, struct history_point p)
{
    if (!h->point)
        h->point = xcalloc(HISTORY_POINTS, sizeof *h->point);
    if (h->points && h->point[h->points - 1].step >= p.step)
        return;
    if (h->points == HISTORY_POINTS) {
        h->points = history_thin(h->point, h->points, sizeof *h->point);
        h->point_every *= 2;
    }
    h->point[h->points++] = p;
}

bool history_due(const struct history *h, const struct trainer *t)
{
    return trainer_steps(t) % (h->point_every * (uint64_t)trainer_steps_per_epoch(t)) == 0;
}

/* Room for one more: every second state that nobody needs goes; where all are pinned, the oldest
 * goes with everything before it, because what lies between could not be repeated exactly any more.
 */
static void make_room(struct history *h)
{
    int kept = 0;

    for (int i = 0, loose = 0; i < h->states; i++) {
        bool drop = !h->state[i].pinned && h->state[i].step != 0 && loose++ % 2 == 0;

        if (drop)
            shared_drop(h->state[i].state);
        else
            h->state[kept++] = h->state[i];
    }
    if (kept == h->states)
        drop_states(h, 0, 2);
    else
        h->states = kept;
    h->state_every *= 2;
}

/* The trainer's state as a block: the one that was kept last, if it is still the same. NULL where
 * there is no memory for it. */
static void *state_block(const struct history_state *last, const struct trainer *t)
{
    const size_t size = trainer_state_size(t);
    void *block;

    if (last && last->step == trainer_steps(t) && last->changes == trainer_state_changes(t))
        return shared_keep(last->state);
    block = xroom(size) ? shared_new(size) : NULL;
    if (block)
        trainer_save_state(t, block);
    return block;
}

void *history_state_block(const struct history *h, const struct trainer *t)
{
    return state_block(h->states ? &h->state[h->states - 1] : NULL, t);
}

void history_keep(struct history *h, const struct trainer *t, bool pinned)
{
    uint64_t step = trainer_steps(t);
    size_t size = trainer_state_size(t);
    size_t bytes = h->most ? h->most : HISTORY_BYTES;
    int most = HISTORY_STATES;
    const bool same_step = h->states && h->state[h->states - 1].step == step;
    void *block;

    if (h->states == 0)
        h->state_every = 1 + size / HISTORY_PACE;
    if (!pinned && (step % h->state_every || same_step))
        return;
    if ((size_t)most > bytes / size)
        most = bytes / size < 2 ? 2 : (int)(bytes / size);
    block = history_state_block(h, t);
    if (same_step)
        drop_states(h, h->states - 1, h->states); /* the same step, after one more intervention */
    if (h->states >= most)
        make_room(h);
    if (!block) {
        if (pinned) /* beyond this no state could be repeated exactly */
            drop_states(h, 0, h->states);
        return;
    }
    h->state[h->states++] = (struct history_state){
        .step = step,
        .pinned = pinned,
        .touched = h->touched,
        .fn = *trainer_fn(t),
        .config = *trainer_config(t),
        .state = block,
        .changes = trainer_state_changes(t),
    };
}

const struct history_state *history_rewind(struct history *h, uint64_t step)
{
    int i = h->states - 1;

    while (i >= 0 && h->state[i].step > step)
        i--;
    if (i < 0)
        return NULL;
    drop_states(h, i + 1, h->states);
    while (h->points && h->point[h->points - 1].step > h->state[i].step)
        h->points--;
    h->touched = h->state[i].touched;
    return &h->state[i];
}
