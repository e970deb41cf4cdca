/* timeline.h - what was done, to be taken back and done again: models as they were before each
 * command that changed something.
 *
 * A moment shares the network, the states and the functions with the lab and with other moments,
 * so that a command costs a copy of the weights at most, and nothing where they have not changed.
 */
#ifndef ACTLAB_LAB_TIMELINE_H
#define ACTLAB_LAB_TIMELINE_H

#include "lab/lab.h"

enum {
    TIMELINE_MOMENTS = 200,
    TIMELINE_BYTES = 1 << 28, /* of states and networks that only the timeline holds; in a
                                 restricted session as much as of states to go back to */
    TIMELINE_DID_MAX = 80,    /* the text of a moment: its command line */
};

void timeline_free(struct timeline *);
/* From now on, nothing that was done before can be taken back. */
void timeline_clear(struct lab *);

/* A command that may change the model begins, or has ended: it stands on the timeline if it did
 * change something. */
void timeline_begin(struct lab *, const char *line);
void timeline_end(struct lab *, bool ok);

/* Takes back the last thing done: a step that the clock has trained since the last command, or that
 * command; with its steps, if it replaced a network that was trained further. did: its text. An
 * error when there is nothing, or it took too much memory. */
bool timeline_undo(struct lab *, char did[TIMELINE_DID_MAX], struct error *);
bool timeline_redo(struct lab *, char did[TIMELINE_DID_MAX], struct error *);

#endif
