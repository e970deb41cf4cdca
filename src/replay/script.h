/* script.h - what happened in a session, kept line by line, so that it can be done again quickly.
 *
 * Training of the clock is one number between two commands. When the lines are run again, training
 * is left out whose network is thrown away before anything looks at it: a lecture of an hour is
 * caught up with in the time of its commands and of the training that still counts. What comes out
 * is the same to the last bit. What a command trains is trained in pieces, too, however long it
 * takes: what the teacher's machine could do others can, slower. Where a checkpoint (checkpoint.h)
 * stands, what leads to it need not be trained. */
#ifndef ACTLAB_REPLAY_SCRIPT_H
#define ACTLAB_REPLAY_SCRIPT_H

#include "language/command.h"

/* Lines stand one behind the other as bytes, and are named by where they begin: a stream of many
 * small ones takes no more room than it had in its file. */
struct script {
    struct text bytes;
    size_t lines;
    size_t last;   /* where the last line begins */
    size_t ending; /* behind the last line that ends an experiment */
    double work;   /* of all lines: the steps, as far as can be seen, and one for each command */
};

struct script_line {
    const char *text; /* a command, until the script grows; NULL: */
    uint64_t steps;   /* trained by the clock */
    size_t next;      /* where the next line begins, if it does */
};

/* The line that begins at `at` < bytes.len. */
struct script_line script_line(const struct script *, size_t at);
/* "step 20" and its like become numbers. */
void script_add(struct script *, const char *command);
void script_add_steps(struct script *, uint64_t steps);
void script_clear(struct script *);

/* A network began with the last line: the training after line `from` and before it goes, unless
 * something looked at what was trained. */
void script_drop_training(const struct lab *, struct script *, size_t from);
/* The last line is a `restart`: of what was before only definitions and the course's place are
 * left.
 */
void script_keep_course(struct script *);

/* Where a run through a script is. All zero is its beginning. */
struct script_run {
    size_t at;        /* the next line ... */
    bool begun;       /* ... whose command has been run ... */
    uint64_t left;    /* ... but for so many steps that it trains ... */
    uint64_t trained; /* ... and how many of its steps are done */
    bool all;         /* leave nothing out */
    uint64_t failed;  /* lines that could not be done */
    char why[256];    /* the last of them */
    /* What is known of the network to come. */
    enum { SCRIPT_UNKNOWN, SCRIPT_BEGINS, SCRIPT_LOOKS, SCRIPT_GIVEN } ahead;
    size_t seen;       /* the line that says so, or how far one has looked */
    uint64_t networks; /* lab->model.networks when one began to look */
    bool skipped;      /* training was left out since the network began */
    uint64_t missing;  /* so many steps of it, that a checkpoint ahead gives */
    bool given;        /* one has */
    /* Of the script's work. */
    double done, here; /* of the lines before, and of this one */
    double more;       /* by which that of the lines so far is more than could be seen */
    double base;       /* what was done when there was nothing left to do */
};

enum script_state {
    SCRIPT_DONE, /* all lines have been run */
    SCRIPT_MORE, /* the time is over */
    SCRIPT_CUT, /* someone would not wait for the end of a line: the lab is what it should not be */
    SCRIPT_WRONG, /* a network that was thrown away in advance was not replaced after all: the lab
                     must begin again, with `all` set */
};

/* Runs lines until the end, or for about so many seconds. Only commands that are safe in a
 * stranger's stream run, with no more rights than a restricted session has; others count as failed.
 */
enum script_state script_go(struct lab *, const struct script *, struct script_run *,
                            double seconds);
/* Whether there is something left to run. */
bool script_waits(const struct script *, const struct script_run *);
/* How much has been done of what has come since there was nothing left to do: 0..1, and 1 only when
 * nothing is left. */
double script_share(const struct script *, const struct script_run *);

#endif
