/* decision_map.h - what the network answers over the plane of its two inputs, for the map. All at
 * once takes seconds of a large network; so a frame of the screen takes what is known, and the
 * clock works out the rest in pieces that no key waits for. */
#ifndef ACTLAB_LAB_DECISION_MAP_H
#define ACTLAB_LAB_DECISION_MAP_H

#include "lab/lab.h"

/* A rectangle of the plane, cut into cells; row 0 is the uppermost. */
struct map_place {
    int rows, cols;
    double x0, x1, y0, y1;
};

struct decision_map *decision_map_new(void);
void decision_map_free(struct decision_map *);

/* answer[row * cols + col]: the network's at the middle of each cell. While a frame of the screen
 * is drawn, only answers that are known or can be had at once: of a network that trains as it was
 * some steps ago, at first near cells standing for those between them. known: there is any answer.
 */
void decision_map_answers(const struct lab *, const struct map_place *, float *answer, bool *known);
/* A frame of the screen begins, or ends. */
void decision_map_frame(struct lab *, bool begins);
/* True if the last frame showed answers of an earlier state of the network. False if there is
 * another network since: the clock has nothing to do for it before a frame asks. */
bool decision_map_behind(const struct lab *);
/* Works out some of them until `end`, by the clock; a fifth of the time at most while the network
 * trains. False when there was nothing to do. */
bool decision_map_tick(struct lab *, double end);

#endif
