/* session.h - a lab as people work with it: with the commands, a course, a learner who does it and
 * recordings, which hear what happens in the lab and are moved on by the clock. */
#ifndef ACTLAB_COMMANDS_SESSION_H
#define ACTLAB_COMMANDS_SESSION_H

#include "language/command.h"

/* A lab with its defaults, all commands, and the lessons of a folder (NULL: none). NULL on an
 * error. */
struct lab *session_open(const struct command_table *, const char *lessons, struct error *);
void session_close(struct lab *);

/* Seconds since the last tick; trains and measures for `budget` seconds, and ends at the latest
 * with the step or the measure that is then under way. True when something changed. */
bool session_tick(struct lab *, double seconds, double budget);
/* True if the clock has anything to do; otherwise nothing changes without a command, and the loop
 * sleeps. */
bool session_moving(const struct lab *);

#endif
