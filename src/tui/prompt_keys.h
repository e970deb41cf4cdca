/* prompt_keys.h - which of readline's functions the keys of the command line reach. */
#ifndef ACTLAB_TUI_PROMPT_KEYS_H
#define ACTLAB_TUI_PROMPT_KEYS_H

#include <stdbool.h>

/* After rl_initialize() has read ~/.inputrc: adds what terminals send, takes away what does not
 * belong here, for strangers some more. */
void prompt_bind_keys(bool restricted);

#endif
