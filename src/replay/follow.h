/* follow.h - a class: each student's own lab does what the teacher's does.
 *
 * The teacher records (record.h) into a file, or a stream of its lines comes through a pipe. Who
 * joins late, or comes back, begins again and catches up (script.h). A stream is anyone's: only
 * commands that are safe in a recording run; what cannot be read or done is passed over and
 * counted. */
#ifndef ACTLAB_REPLAY_FOLLOW_H
#define ACTLAB_REPLAY_FOLLOW_H

#include "language/command.h"

struct follower;

enum follow_how {
    FOLLOW_FROM_NOW = 1, /* what was done before is passed over, and the lab stays as it is */
    FOLLOW_WAIT = 2      /* the file may not be there yet */
};

/* Begins to follow a file, a FIFO, or "-", standard input; `how` is any of the above, or 0. */
bool follow_start(struct lab *, const char *path, unsigned how, struct error *);
void follow_stop(struct lab *);

/* Reads what has come, and does it for at most so many seconds; with less than 0 it only reads. A
 * line that takes longer is ended when lab->interrupt.asked says so, and the student is by oneself
 * then. True when something changed. */
bool follow_tick(struct lab *, double seconds);
/* The same for all that is in a file; a pipe may always bring more. */
void follow_all(struct lab *);
/* True while lines wait to be done. */
bool follow_behind(const struct lab *);
/* True while the lab does what the teacher's does. */
bool follow_leads(const struct lab *);
/* True if standard input is followed. */
bool follow_input(const struct lab *);
/* To be polled for input; -1: there is none to be polled. */
int follow_fd(const struct lab *);
/* True if the file may grow without anything that could be polled: to be looked at ten times
 * a second. */
bool follow_watches(const struct lab *);
/* When something came last, by clock_now(). */
double follow_heard(const struct lab *);

/* The student goes own ways; the stream is still read. */
void follow_leave(struct lab *);
/* And comes back to where the teacher is, also after follow_stop from a file. */
bool follow_rejoin(struct lab *, struct error *);

struct follow_place {
    const char *name;
    bool apart, ended, waiting; /* waiting: for the file */
    uint64_t lines, failed;     /* of the recording now there: that have come; were passed over */
    const char *why;            /* the last of them was */
    double share;               /* of what is to be caught up with, 0..1 */
};

/* For the screen; false when nobody is followed. */
bool follow_place(const struct lab *, struct follow_place *);

#endif
