/* limits.h - what a session that is offered to strangers may use, so that fifty of them stand side
 * by side on one machine.
 *
 * What one may do is decided by CMD_RESTRICTED in the table of commands; how much, by these
 * numbers. */
#ifndef ACTLAB_LAB_LIMITS_H
#define ACTLAB_LAB_LIMITS_H

#include "lab/lab.h"

struct limits {
    double look; /* layers * width * (width + the function's cost) * samples: operations to measure
                    the network once */
    double patience;   /* seconds that one command may train ... */
    double command;    /* ... and of processor time that it may take, whatever it does */
    size_t network;    /* bytes of a network */
    size_t history;    /* bytes of the states that one can go back to */
    size_t functions;  /* definitions, and expressions used as functions */
    size_t expression; /* bytes of one of them ... */
    size_t operations; /* ... and what it costs, with all that it calls */
    int rows;          /* of a printed table */
    int cells;         /* of a printed picture */
    double idle;       /* seconds: the default of idle_timeout ... */
    double idle_most;  /* ... and the most that it can be set to */
    double share;      /* of one processor, in the long run ... */
    double burst;      /* ... after so many seconds of it at full speed */
    size_t memory;     /* bytes of the whole process */
    size_t file;       /* bytes of a file that it writes */
};

/* lab->limits: NULL in a session of one's own. */
extern const struct limits restricted_limits;

/* Makes the session a restricted one. */
void lab_restrict(struct lab *);
/* The same for the process: memory, files, no core, no second process, a low priority. A limit that
 * the system refuses to set stays as it is. */
void restrict_process(void);

/* A line of such a session, if it is one, in a shell: after the time that a command has, the
 * system ends the program (SIGPROF). On the screen tui/signals.h does so. */
void limits_time(const struct lab *);

/* True if such a network that runs this function is within the limits. */
bool limits_network(const struct lab *, const struct net_config *, const struct fn *,
                    struct error *);
/* True if so many of the lab's network may stand side by side. */
bool limits_race(const struct lab *, int networks, struct error *);
/* True if a picture of this size may be printed. */
bool limits_picture(const struct lab *, int cols, int rows, struct error *);
/* True if the idle timeout is within them; otherwise it stays what it was. */
bool limits_idle(struct lab *, double was, struct error *);

#endif
