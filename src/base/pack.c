/* pack.c - see pack.h. */
#include "base/pack.h"

#include "base/digest.h"

#include <math.h>
#include <string.h>

/* False when bytes are read. */
static bool give(struct pack *p, const void *bytes, size_t n)
{
    if (p->digest)
        *p->digest = digest_add(*p->digest, bytes, n);
    if (p->to) {
        memcpy(p->to, bytes, n);
        p->to += n;
    }
    return p->digest || p->to;
}

/* False when there are not so many. */
static bool take(struct pack *p, void *bytes, size_t n)
{
    p->failed |= (size_t)(p->end - p->at) < n;
    if (p->failed)
        return false;
    memcpy(bytes, p->at, n);
    p->at += n;
    return true;
}

static void pack_bits(struct pack *p, uint64_t *v, size_t bytes, uint64_t most)
{
    unsigned char s[8];

    for (size_t i = 0; i < bytes; i++)
        s[i] = (unsigned char)(*v >> 8 * i & 0xff);
    if (!give(p, s, bytes)) {
        *v = 0;
        for (size_t i = take(p, s, bytes) ? bytes : 0; i-- > 0;)
            *v = *v << 8 | s[i];
    }
    p->failed |= *v > most;
    *v = *v > most ? 0 : *v;
}

void pack_flag(struct pack *p, bool *v)
{
    uint64_t n = *v;

    pack_bits(p, &n, 1, 1);
    *v = n;
}

void pack_int(struct pack *p, int *v, int most)
{
    uint64_t n = (uint64_t)*v;

    pack_bits(p, &n, 8, (uint64_t)most);
    *v = (int)n;
}

void pack_count(struct pack *p, uint64_t *v, uint64_t most)
{
    pack_bits(p, v, 8, most);
}

void pack_double(struct pack *p, double *v)
{
    uint64_t bits;

    memcpy(&bits, v, sizeof bits);
    pack_bits(p, &bits, 8, UINT64_MAX);
    memcpy(v, &bits, sizeof bits);
}

/* Their bytes lie as they are packed. */
static bool is_in_order(void)
{
    const uint16_t one = 1;

    return *(const char *)&one == 1;
}

static void pack_float(struct pack *p, float *v)
{
    uint32_t half;
    uint64_t bits;

    memcpy(&half, v, sizeof half);
    bits = half;
    pack_bits(p, &bits, 4, UINT32_MAX);
    half = (uint32_t)bits;
    memcpy(v, &half, sizeof half);
}

void pack_floats(struct pack *p, float *v, size_t n, bool any)
{
    bool finite = true;

    for (size_t i = 0; i < n && !is_in_order(); i++)
        pack_float(p, &v[i]);
    if (is_in_order() && !give(p, v, n * sizeof *v))
        take(p, v, n * sizeof *v);
    if (p->to || p->digest || any)
        return;
    for (size_t i = 0; i < n; i++)
        finite &= isfinite(v[i]) != 0;
    p->failed |= !finite;
}
