/* sessions.h - for tests of recording and following: labs, what they do, and whether two are the
 * same. enter() makes a folder to work in, with a state folder of its own; leave() removes both. */
#ifndef ACTLAB_TESTS_SESSIONS_H
#define ACTLAB_TESTS_SESSIONS_H

#include "base/rng.h"
#include "base/text.h"
#include "lab/lab.h"
#include "unit.h"

extern FILE *nowhere; /* what is printed there is not looked at */

int enter(void **state);
int leave(void **state);

struct lab *open_lab(bool screen);
/* Runs a line that must not fail. */
void run(struct lab *, const char *line);
/* All that makes the lab what it is: commands, and the digest of its network. */
void state_of(struct lab *, struct text *out);
void same(struct lab *, struct lab *, const char *what);
/* Follows until nothing is left to do, in slices of so many seconds. */
void catch_up(struct lab *, double slice);

void write_file(const char *name, const char *bytes, size_t n);
void append(const char *file, const char *line);

/* Does something at random. */
void act(struct lab *, struct rng *);
/* A network that trains quickly. */
void small(struct lab *);
/* A session of random deeds, recorded into the file from its middle on. */
struct lab *random_session(unsigned seed, const char *file);

#endif
