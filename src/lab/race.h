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
    int points;
    uint64_t every; /* epochs between points */
    bool stale;
};

/* The function that it runs: its name, or its formula where it has none. */
const char *racer_name(const struct racer *);
/* Lines up one network for each function, all afresh from lab->net. On an error nothing changes. */
bool race_start(struct lab *, const struct fn *, int n, struct error *);
void race_stop(struct lab *);
/* What is done by hand is done to the lab's own network, which a race hides: that is said. */
void race_say_behind(struct lab *);
/* Called by the lab's own training, n steps for each. */
void race_train(struct lab *, uint64_t n);
/* Measures them; on the screen over as many samples as of the lab's own network. */
void race_settle(struct lab *);

#endif
