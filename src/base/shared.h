/* shared.h - blocks of bytes with several owners, who never change them. */
#ifndef ACTLAB_BASE_SHARED_H
#define ACTLAB_BASE_SHARED_H

#include <stddef.h>

/* A block of n bytes with one owner; NULL when there is no memory for it. */
void *shared_new(size_t n);
/* One owner more. Returns the block; NULL stays NULL. */
void *shared_keep(void *block);
/* One owner less; the last one frees it. */
void shared_drop(void *block);

#endif
