/* background_colour.h - whether the terminal is light or dark, by asking it: OSC 11, "what is your
 * background?", as xterm has it. A terminal that knows the question answers among the keys
 * (KEY_BACKGROUND), some time later; the others say nothing, and nobody waits. */
#ifndef ACTLAB_TUI_BACKGROUND_COLOUR_H
#define ACTLAB_TUI_BACKGROUND_COLOUR_H

#include <stdbool.h>

/* A terminal of this name (the value of TERM, may be NULL) understands what an xterm does. */
bool speaks_xterm(const char *term);
/* The question, or "" where it was asked before or would be shown as text. term: the value of TERM,
 * may be NULL. */
const char *background_question(const char *term);
void background_told(void);
/* An answer may still be on its way, which must not become the input of whatever runs next. */
bool background_expected(void);

#endif
