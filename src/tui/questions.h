/* questions.h - what the terminal is asked, once, because no table says it: its background (OSC 11,
 * as xterm has it), and how wide it draws lines and blocks, by the place of the cursor behind one
 * (CSI 6 n): in some fonts of East Asia they take two columns. A terminal that knows the question
 * answers among the keys (KEY_BACKGROUND, KEY_CURSOR), some time later; the others say nothing, and
 * nobody waits. */
#ifndef ACTLAB_TUI_QUESTIONS_H
#define ACTLAB_TUI_QUESTIONS_H

#include <stdbool.h>

enum question { QUESTION_BACKGROUND, QUESTION_WIDTH, QUESTIONS };

/* Where the glyph is drawn that shows the width, from 0: not in the first row, in which an answer
 * could be a key (CSI 1 ; 2 R is shift-f3). */
enum { QUESTION_ROW = 1 };

/* A terminal of this name (the value of TERM, may be NULL) understands what an xterm does. */
bool speaks_xterm(const char *term);
/* The question, or "" where it was asked before or would be shown as text. term: the value of TERM,
 * may be NULL. */
const char *question_ask(enum question, const char *term);
/* False: it was not asked, or answered before. */
bool question_answered(enum question);
/* An answer may still be on its way, which must not become the input of whatever runs next. */
bool question_open(void);

#endif
