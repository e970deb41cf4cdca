/* manual.h - the manual page, printed from the command table, the settings tables, the keys and the
 * observables. */
#ifndef ACTLAB_COMMANDS_MANUAL_H
#define ACTLAB_COMMANDS_MANUAL_H

#include "language/command.h"

/* actlab(1) in mdoc(7), without a date of its own (`date` as "November 23, 2026") so that builds
 * repeat. */
void manual_page(const struct command_table *, FILE *out, const char *version, const char *date);

#endif
