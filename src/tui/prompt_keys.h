/* prompt_keys.h - what the keys of the command line are to readline: the bytes it gets for
 * them, and which of its functions they reach. */
#ifndef ACTLAB_TUI_PROMPT_KEYS_H
#define ACTLAB_TUI_PROMPT_KEYS_H

#include "tui/keys.h"

/* After rl_initialize() has read ~/.inputrc: adds what terminals send, takes away what does not
 * belong here, for strangers some more. */
void prompt_bind_keys(bool restricted);
/* The bytes of a key for readline; NULL where it would take them apart, or wait for ever. */
const char *prompt_key_bytes(const struct key *);
/* ESC leaves the prompt; but in a search it ends the search, and in vi's insert mode it begins
 * movement. */
bool prompt_escape_leaves(void);

#endif
