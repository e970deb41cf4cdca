/* shared.c - see shared.h. */
#include "base/shared.h"

#include <stdalign.h>
#include <stdlib.h>

struct head {
    alignas(max_align_t) size_t owners;
};

static struct head *head_of(void *block)
{
    return (struct head *)block - 1;
}

void *shared_new(size_t n)
{
    struct head *h = malloc(sizeof *h + n);

    if (!h)
        return NULL;
    h->owners = 1;
    return h + 1;
}

void *shared_keep(void *block)
{
    if (block)
        head_of(block)->owners++;
    return block;
}

void shared_drop(void *block)
{
    if (block && --head_of(block)->owners == 0)
        free(head_of(block));
}
