/* history.h - what a training run leaves behind: curves to draw and states to go back to. */
#ifndef ACTLAB_LAB_HISTORY_H
#define ACTLAB_LAB_HISTORY_H

#include "net/trainer.h"

enum {
    HISTORY_POINTS = 512,
    HISTORY_STATES = 64,
    HISTORY_BYTES = 1 << 28,
    HISTORY_PACE = 1 << 18 /* bytes that may be kept at each step */
};

/* At an epoch's end: loss and accuracy over the epoch, as trainer_epoch_loss has them. */
struct history_point {
    uint64_t step;
    float loss, accuracy, test_loss, test_accuracy;
};

/* Everything needed to be exactly there again: function and settings as they were, not only the
 * weights. */
struct history_state {
    uint64_t step;
    bool pinned; /* taken at an intervention (swap, kill, a new learning rate): the steps before it
                    ran differently */
    struct fn fn;
    struct net_config config;
    bool touched;     /* as history.touched was */
    void *state;      /* trainer_save_state, in a block of base/shared.h */
    uint64_t changes; /* trainer_state_changes when it was saved */
};

/* Points are thinned (every second one goes) when they are full, so that the whole run stays in
 * view. States are kept at growing distances, and at each intervention: between two of them
 * training repeats itself exactly. */
struct history {
    struct history_point *point;
    int points;
    uint64_t point_every; /* epochs between points */
    struct history_state state[HISTORY_STATES];
    int states;
    uint64_t state_every; /* steps between kept states */
    size_t most;          /* bytes of all states; 0: HISTORY_BYTES */
    bool touched; /* the network is not what its settings and so many steps make: something else was
                     done to it on the way */
};

void history_clear(struct history *);
void history_free(struct history *);
/* A history of its own with the same points and states, which both share. */
struct history history_copy(const struct history *);
/* Leaves every second of n points, of so many bytes each; returns how many are left. */
int history_thin(void *points, int n, size_t size);
/* Adds a point, if it is later than the last one. */
void history_note(struct history *, struct history_point);
/* True if an epoch's end at this step is due for a point. */
bool history_due(const struct history *, const struct trainer *);
/* Keeps the trainer's state if one is due at its step, or in any case when `pinned`, as far as
 * there is memory for it. */
void history_keep(struct history *, const struct trainer *, bool pinned);
/* The state that the trainer has now, in a block of base/shared.h: the last one kept, where it is
 * the same. NULL where there is no memory for it. */
void *history_state_block(const struct history *, const struct trainer *);
/* The newest state at or before `step`, or NULL; later states and points are dropped. */
const struct history_state *history_rewind(struct history *, uint64_t step);

#endif
