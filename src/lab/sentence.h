/* sentence.h - what the bars of a network say, in a sentence or two made from their numbers. */
#ifndef ACTLAB_LAB_SENTENCE_H
#define ACTLAB_LAB_SENTENCE_H

#include "base/text.h"

struct lab;

/* Into *out, in the place of what it held: about what this view (netview.h) draws bars of, or about
 * delta. The measures must be fresh (lab_measure). Sentences that matter less come later: a picture
 * without the room for all leaves those out. */
void lab_sentence(const struct lab *, int netview, struct text *out);
/* The same about the picture of a step that is shown (lab_step_phase). */
void lab_step_sentence(const struct lab *, struct text *out);

#endif
