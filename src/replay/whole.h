/* whole.h - a whole state: the lab as it is, as lines of a recording, whatever led to it.
 *
 *     # whole state 5f0c2b6f8a1d2e33
 *     #: fn "elu" alpha=1.25
 *     #: net layers="=8" width="=16" ...
 *     #= axis -1.06 5.3
 *     #= lesson 3 vanishing-gradients
 *     #= trained AAAB...
 *     # end of the state 0b7d3f6e21c4a958
 *
 * "#:" lines are commands, those that `state` prints, for a lab as it is when it opens. "#=" lines
 * tell what no command does: the heights of the plot, where the class stands in the course
 * (study/place.h), and in base 64 what training has made (trained.h), as many lines as it takes.
 * The first digest is the lab's (state_digest), so that who is there already has nothing to do; the
 * last is that of the lines before it, so that what came torn is never begun. To a program that
 * knows no whole states they are comments. */
#ifndef ACTLAB_REPLAY_WHOLE_H
#define ACTLAB_REPLAY_WHOLE_H

#include "lab/lab.h"

enum { WHOLE_MOST = 16 << 20 /* bytes of all its lines */ };

/* Appends the lines. False, with nothing appended, when the network has been trained and they do
 * not hold it. */
bool whole_write(const struct lab *, struct text *out, struct error *);

/* A whole state that is being read line by line. */
struct whole {
    struct text text; /* its lines so far, or all of them */
    bool open;        /* more will come */
};

enum whole_line {
    WHOLE_NONE, /* the line is not of a whole state */
    WHOLE_PART, /* it is; more follows */
    WHOLE_READ, /* it is the last one: `text` has them all */
    WHOLE_TORN, /* it is the last one, and some are missing or damaged */
};

/* A line that comes after others in a recording. */
enum whole_line whole_read(struct whole *, const char *line);
void whole_free(struct whole *);

enum whole_taken {
    WHOLE_SAME,  /* the lab was in that state already */
    WHOLE_TAKEN, /* it is now */
    WHOLE_PARTLY /* as far as that is possible here; the error says what is not */
};

/* Brings the lab to the state that these lines hold, which may be anyone's: they have no more
 * rights than `rights`. own: functions that are defined here stay. Nothing of it is recorded. */
enum whole_taken whole_take(struct lab *, const char *lines, enum rights rights, bool own,
                            struct error *);
/* The lab as it is when it opens, but for settings, keys and what was done of the course; own: and
 * for functions. */
bool whole_clear(struct lab *, bool own, struct error *);

#endif
