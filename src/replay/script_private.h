/* script_private.h - what script.c, script_ahead.c and script_run.c share. */
#ifndef ACTLAB_REPLAY_SCRIPT_PRIVATE_H
#define ACTLAB_REPLAY_SCRIPT_PRIVATE_H

#include "replay/script.h"

/* ---- script.c -------------------------------------------------------------------------------- */

/* The n-th word of a line, from 0; false when there are not so many, or it does not fit. */
bool script_word(const char *line, int n, char *out, size_t size);
/* Whether a name is one of these, NULL at the end. */
bool script_is_one_of(const char *const *names, const char *name);
/* The steps of a "train N epochs", about: how long an epoch is only its turn tells. */
double script_guess(const char *line);
/* Whether the experiment under way, if any, ends with this line. */
bool script_ends_experiment(const char *line);

/* ---- script_ahead.c -------------------------------------------------------------------------- */

/* "train 200 epochs", when it is left out, is no more than a number of steps. */
bool script_only_trains(const char *line);
/* What the line does to the network, whatever was trained until then: one of script_run.ahead. */
int script_effect(const struct lab *, const struct script_line *);
/* Whether what is trained now is thrown away, or given, before anything looks at it. */
bool script_in_vain(const struct lab *, const struct script *, struct script_run *);

#endif
