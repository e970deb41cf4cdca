/* pack.c - see pack.h. */
#include "base/pack.h"

#include <math.h>
#include <string.h>

/* Where the next n bytes go; NULL when bytes are read. */
static char *room(struct pack *p, size_t n)
{
    char *to = p->to;

    p->to = to ? to + n : NULL;
    return to;
}

/* Where the next n bytes stand; NULL when there are not so many. */
static const char *next(struct pack *p, size_t n)
{
    const char *at = p->at;

    p->failed |= (size_t)(p->end - at) < n;
    if (p->failed)
        return NULL;
    p->at += n;
    return at;
}

static void put(char *s, uint64_t v, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++)
        s[i] = (char)(v >> 8 * i & 0xff);
}

static uint64_t get(const char *s, size_t bytes)
{
    uint64_t v = 0;

    for (size_t i = 0; s && i < bytes; i++)
        v |= (uint64_t)(unsigned char)s[i] << 8 * i;
    return v;
}

static void pack_bits(struct pack *p, uint64_t *v, size_t bytes)
{
    char *to = room(p, bytes);

    if (to)
        put(to, *v, bytes);
    else
        *v = get(next(p, bytes), bytes);
}

static void pack_bounded(struct pack *p, uint64_t *v, size_t bytes, uint64_t most)
{
    pack_bits(p, v, bytes);
    p->failed |= *v > most;
    *v = *v > most ? 0 : *v;
}

void pack_flag(struct pack *p, bool *v)
{
    uint64_t n = *v;

    pack_bounded(p, &n, 1, 1);
    *v = n;
}

void pack_int(struct pack *p, int *v, int most)
{
    uint64_t n = (uint64_t)*v;

    pack_bounded(p, &n, 8, (uint64_t)most);
    *v = (int)n;
}

void pack_count(struct pack *p, uint64_t *v, uint64_t most)
{
    pack_bounded(p, v, 8, most);
}

void pack_double(struct pack *p, double *v)
{
    uint64_t bits;

    memcpy(&bits, v, sizeof bits);
    pack_bits(p, &bits, 8);
    memcpy(v, &bits, sizeof bits);
}

/* From this machine's order of bytes to the other, or back, where it is not the same. */
static void reorder(void *floats, size_t n)
{
    const uint16_t one = 1;
    char *s = floats;

    if (*(const char *)&one == 1)
        return;
    for (; n > 0; n--, s += 4) {
        const char turned[] = {s[3], s[2], s[1], s[0]};

        memcpy(s, turned, sizeof turned);
    }
}

void pack_floats(struct pack *p, float *v, size_t n, bool any)
{
    char *to = room(p, 4 * n);
    const char *at = to ? NULL : next(p, 4 * n);
    bool finite = true;

    if (to) {
        memcpy(to, v, 4 * n);
        reorder(to, n);
    }
    if (!at)
        return;
    memcpy(v, at, 4 * n);
    reorder(v, n);
    for (size_t i = 0; i < n; i++)
        finite &= isfinite(v[i]) != 0;
    p->failed |= !finite && !any;
}
