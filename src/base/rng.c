/* rng.c - see rng.h. */
#include "base/rng.h"

#include <math.h>

/* Of the linear congruential generator below: Knuth's MMIX, as PCG has it. */
#define MULTIPLIER 6364136223846793005u

void rng_seed(struct rng *r, uint64_t seed, uint64_t stream)
{
    r->state = 0;
    r->stream = stream << 1 | 1;
    r->has_spare = false;
    r->spare = 0;
    rng_u32(r);
    r->state += seed;
    rng_u32(r);
}

uint32_t rng_u32(struct rng *r)
{
    uint64_t old = r->state;
    uint32_t shifted = (uint32_t)((old >> 18 ^ old) >> 27);
    uint32_t turn = (uint32_t)(old >> 59);

    r->state = old * MULTIPLIER + r->stream;
    return shifted >> turn | shifted << (-turn & 31);
}

double rng_uniform(struct rng *r)
{
    return rng_u32(r) * 0x1p-32;
}

double rng_normal(struct rng *r)
{
    double u, v, s;

    if (r->has_spare) {
        r->has_spare = false;
        return r->spare;
    }
    do {
        u = 2 * rng_uniform(r) - 1;
        v = 2 * rng_uniform(r) - 1;
        s = u * u + v * v;
    } while (s >= 1 || s == 0);
    s = sqrt(-2 * log(s) / s);
    r->spare = v * s;
    r->has_spare = true;
    return u * s;
}

uint32_t rng_below(struct rng *r, uint32_t n)
{
    uint32_t least = -n % n, x; /* below it, x % n would favour small values */

    do
        x = rng_u32(r);
    while (x < least);
    return x % n;
}
