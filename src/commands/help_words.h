/* help_words.h - help in a learner's words: those of the glossary, and what matters where one is.
 */
#ifndef ACTLAB_COMMANDS_HELP_WORDS_H
#define ACTLAB_COMMANDS_HELP_WORDS_H

#include "commands/glossary.h"
#include "language/call.h"
#include "language/table.h"

/* A word with its formula, where it is seen, and its lesson; false, where that is not in the
 * course, after the rest. */
bool help_word(struct lab *, const struct term *, FILE *out);
/* Explains a key ("K", "f5") in each pane, with its line. False when nothing is bound to it. */
bool help_key(const struct lab *, const char *key, FILE *out);
/* Explains what is in sight: the words of the open page; of the focused pane its keys, and the
 * numbers that it shows; the keys that hold everywhere. */
void help_here(struct lab *, FILE *out);
/* All words: for people each with its first sentence. */
void help_glossary(enum table_format, FILE *out);

#endif
