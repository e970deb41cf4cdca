/* history.h - what a training run leaves behind: curves to draw and states to go back to. */
#ifndef ACTLAB_LAB_HISTORY_H
#define ACTLAB_LAB_HISTORY_H

#include "net/trainer.h"

enum { HISTORY_POINTS = 1024, HISTORY_STATES = 64 };

struct history_point {
    uint64_t step;
    float loss, accuracy, test_loss, test_accuracy;
};

struct history_state {
    uint64_t step;
    void *state; /* trainer_save_state */
};

/* Points and states are thinned (every second one goes) when they are full: the whole run stays in view. */
struct history {
    struct history_point *point;
    int points, stride;
    struct history_state state[HISTORY_STATES];
    int states;
    uint64_t state_every; /* steps between kept states */
};

void history_clear(struct history *);
void history_free(struct history *);
void history_note(struct history *, const struct probe *);
void history_keep(struct history *, const struct trainer *);
/* Loads the newest kept state at or before `step`; false when none. The caller trains on to reach `step` exactly. */
bool history_rewind(struct history *, struct trainer *, uint64_t step);

#endif
