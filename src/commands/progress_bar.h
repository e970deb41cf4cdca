/* progress_bar.h - a long `train` in a shell shows how far it is, on standard error, if that is a
 * terminal. */
#ifndef ACTLAB_COMMANDS_PROGRESS_BAR_H
#define ACTLAB_COMMANDS_PROGRESS_BAR_H

#include "lab/lab.h"

/* As lab_train, with a bar once it has taken a second. */
uint64_t train_with_bar(struct lab *, uint64_t steps);

#endif
