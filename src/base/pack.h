/* pack.h - numbers as bytes that mean the same on every machine, the least byte first.
 *
 * One function describes a layout for both ways: it packs into `to`, where there must be room, or
 * where that is NULL unpacks what stands at `at`, which may be anyone's: what is not there or
 * beyond its bounds is read as 0, and `failed` tells. */
#ifndef ACTLAB_BASE_PACK_H
#define ACTLAB_BASE_PACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct pack {
    char *to;
    uint64_t *digest; /* of base/digest.h: goes on with these bytes */
    const char *at, *end;
    bool failed;
};

/* In one byte. */
void pack_flag(struct pack *, bool *);
/* From 0 to `most`, in eight bytes. */
void pack_int(struct pack *, int *, int most);
void pack_count(struct pack *, uint64_t *, uint64_t most);
void pack_double(struct pack *, double *);
/* In four bytes each; only finite ones, unless `any`. */
void pack_floats(struct pack *, float *, size_t n, bool any);

#endif
