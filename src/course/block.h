/* block.h - the fenced blocks of a lesson that the lab understands. */
#ifndef ACTLAB_COURSE_BLOCK_H
#define ACTLAB_COURSE_BLOCK_H

#include "course/lesson.h"

enum block_kind {
    BLOCK_LAB,
    BLOCK_TRY,
    BLOCK_HINT,
    BLOCK_SOLUTION,
    BLOCK_OTHER, /* code to be shown */
    BLOCK_UNKNOWN,
};

/* The languages that code may be marked with, for messages. */
extern const char block_languages[];

/* From the word after the fence; none is BLOCK_OTHER. */
enum block_kind block_kind_find(const char *word);
/* Adds the block's lines to the lesson; `line` is the fence's. */
bool block_add(struct lesson *, enum block_kind, const char *text, int line, struct error *);

#endif
