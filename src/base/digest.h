/* digest.h - FNV-1a, 64 bits (Fowler, Noll & Vo 1991): tells states apart, and is no secret. */
#ifndef ACTLAB_BASE_DIGEST_H
#define ACTLAB_BASE_DIGEST_H

#include <stddef.h>
#include <stdint.h>

#define DIGEST_START UINT64_C(0xcbf29ce484222325)

/* The digest of what h is that of, with n more bytes. */
uint64_t digest_add(uint64_t h, const void *bytes, size_t n);

#endif
