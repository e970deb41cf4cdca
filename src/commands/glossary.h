/* glossary.h - the words of the screen, explained for who meets them first: glossary.def. */
#ifndef ACTLAB_COMMANDS_GLOSSARY_H
#define ACTLAB_COMMANDS_GLOSSARY_H

#include "base/text.h"

#include <stdbool.h>

enum { GLOSSARY_MOST = 128 };

struct term {
    const char *name, *others; /* "biases; bias_std": see glossary.def */
    const char *text, *formula, *where, *lesson;
};

/* The i-th word; NULL past the end. */
const struct term *glossary_at(int i);
/* The word of this name or other name, whatever the case of its letters; NULL: there is none. */
const struct term *glossary_find(const char *name);
/* The next word in a text, which moves on behind it; NULL: there is none. `labels`: the names that
 * are plain English elsewhere count, too. */
const struct term *glossary_next(const char **text, bool labels);
/* Its other names, as a person reads them: "biases, bias_std". */
void glossary_others(const struct term *, struct text *out);
/* How many bytes its first sentence has. */
int glossary_brief(const struct term *);

#endif
