/* sessions.h - for tests of recording and following: labs, what they do, and whether two are the
 * same. */
#ifndef ACTLAB_TESTS_SESSIONS_H
#define ACTLAB_TESTS_SESSIONS_H

#include "base/rng.h"
#include "folder.h"
#include "lab.h"

/* A lab with the shipped lessons, on a screen or in a shell, without animations. */
struct lab *open_session(bool screen);
/* A whole recording, played at once. */
void play_whole(struct lab *, const char *file, const char *what);
/* All that makes the lab what it is: commands, and the digest of its network. */
void state_of(struct lab *, struct text *out);
void same(struct lab *, struct lab *, const char *what);
/* Follows until nothing is left to do, in slices of so many seconds. */
void catch_up(struct lab *, double slice);

/* Does something at random. */
void act(struct lab *, struct rng *);
/* A network that trains quickly. */
void small(struct lab *);
/* A session of random deeds, recorded into the file from its middle on. */
struct lab *random_session(unsigned seed, const char *file);

#endif
