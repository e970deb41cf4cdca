/* race.h - the same network with other functions, trained in lockstep: same seed, same data, same
 * order. */
#ifndef ACTLAB_LAB_RACE_H
#define ACTLAB_LAB_RACE_H

#include "lab/lab.h"

enum { RACE_MOST = 4, RACE_POINTS = 512 };

struct racer {
    struct trainer *trainer;
    struct probe probe;
    float loss[RACE_POINTS]; /* by epoch, thinned as the run grows */
};

struct race {
    struct racer racer[RACE_MOST];
    int racers;
    int next;   /* the racer whose step comes next: not the first where a step was stopped */
    bool ahead; /* they have taken the step that the lab's network is about to take */
    int points;
    uint64_t every; /* epochs between points */
    bool stale;
};

/* The function that it runs: its name, or its formula where it has none. */
const char *racer_name(const struct racer *);
/* Lines up one network for each function, all afresh with the model's settings. On an error nothing
 * changes. */
bool race_start(struct model *, const struct fn *, int n, struct error *);
void race_stop(struct model *);
/* A step for each. samples: as of race_measure. False when one was stopped: the next call goes on
 * there. */
bool race_train(struct race *, int samples, const struct stop *stop);
/* Measures them over so many samples, 0: all. */
void race_measure(struct race *, int samples);

#endif
