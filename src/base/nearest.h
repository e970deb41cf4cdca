/* nearest.h - what a word that is not known was meant to be. */
#ifndef ACTLAB_BASE_NEAREST_H
#define ACTLAB_BASE_NEAREST_H

/* The candidate nearest to `word` by edits, if near enough to be meant; else NULL. */
const char *nearest(const char *word, const char *(*candidate)(const void *context, int i),
                    const void *context);

#endif
