/* replay.h - what happened in a session, kept line by line, and done again quickly.
 *
 * The lines since the last whole state (whole.h) are enough: who begins again begins there, and who
 * falls behind goes on there, without what stands before it. The training of a line is done in
 * pieces, however long it takes: what the teacher's machine could do others can, slower. */
#ifndef ACTLAB_REPLAY_REPLAY_H
#define ACTLAB_REPLAY_REPLAY_H

#include "language/command.h"

/* All zero: nothing is kept, and the lab has yet to begin again. */
struct replay {
    struct text lines; /* commands and whole states, a NUL behind each */
    size_t state;      /* where the last whole state begins; 0 where there is none */
    size_t at;         /* the line that is next, or under way ... */
    bool begun;        /* the lab has begun again for the first line */
    bool under_way;    /* ... whose command has been run ... */
    uint64_t left;     /* ... but for so many steps of `steps` that it trains */
    uint64_t steps;
    bool own;        /* the lab began as the student's own: whole states are passed over */
    uint64_t failed; /* lines that could not be done */
    char why[256];   /* the last of them */
    /* Steps, and one for each command: of this line; since nothing was left to do, without this
     * line; and what is left, with it. */
    double cost, done, to_do;
};

/* Add a line behind all others: a command; a whole state that has been read. */
void replay_add(struct replay *, const char *command);
void replay_add_state(struct replay *, const char *lines);
void replay_clear(struct replay *);
/* Begins again with the last whole state, or with the first line where there is none. */
void replay_rewind(struct replay *);

enum replay_result {
    REPLAY_DONE, /* all lines have been run */
    REPLAY_MORE, /* the time is over */
    REPLAY_CUT,  /* interrupted: the lab is in an intermediate state */
};

/* Runs lines until the end, or for about so many seconds. Only commands that are safe in a
 * stranger's stream run, with no more rights than a restricted session has; others count as failed.
 */
enum replay_result replay_run(struct lab *, struct replay *, double seconds);
/* True while there is something left to run. */
bool replay_pending(const struct replay *);
/* How much has been done of what has come since nothing was left: 0..1, and 1 only when nothing is
 * left. */
double replay_progress(const struct replay *);

#endif
