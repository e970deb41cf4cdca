/* suggest.h - what a word that is not known was meant to be. */
#ifndef ACTLAB_BASE_SUGGEST_H
#define ACTLAB_BASE_SUGGEST_H

/* The candidate nearest to `word` by edits, if near enough to be meant; else NULL. */
const char *suggest(const char *word, const char *(*candidate)(const void *context, int i),
                    const void *context);

#endif
