/* follow_private.h - a follower and its stream: what follow.c asks of follow_stream.c. */
#ifndef ACTLAB_REPLAY_FOLLOW_PRIVATE_H
#define ACTLAB_REPLAY_FOLLOW_PRIVATE_H

#include "replay/follow.h"
#include "replay/replay.h"
#include "replay/whole.h"

#include <sys/stat.h>

struct follower {
    char *path, *name;
    int fd;
    bool regular; /* a file that grows, not a pipe */
    bool ended;   /* nothing more will come */
    bool told;    /* that something at the name cannot be followed */
    bool over;    /* the recording has been ended */
    bool apart;
    struct text part; /* of a line whose end has not come */
    bool too_long;    /* and never fits */
    bool begun;       /* it began before we did: it is not ours */
    off_t offset;     /* read so far ... */
    char tail[256];   /* ... ending with these bytes, by which another file at the name or another
                         content is known */
    size_t tails;
    bool at_rest; /* all of a file was read, and while it looks like this nothing has come: */
    struct stat seen;
    struct whole state; /* of the lines that come */
    struct replay replay;
    uint64_t lines, bad; /* bad: lines that are none */
    char why[256];
    double heard;
};

/* Opens the file or pipe at f->path. */
bool follow_open(struct follower *f, struct error *);
/* True if it is a file that is only not there yet: its folder is. */
bool follow_may_come(struct follower *f);
/* Passes over all that is there, the line that has begun included. */
void follow_pass_over(struct follower *f);
/* Reads what has come of the lab's stream into f->replay, a part of it when that is much. True
 * when something came. */
bool follow_read(struct lab *);

#endif
