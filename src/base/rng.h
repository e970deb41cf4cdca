/* rng.h - seeded random numbers: PCG32 (O'Neill 2014, pcg-random.org). Bits and uniform
 * numbers are the same on every machine; normal ones differ as libc's logarithm does. */
#ifndef ACTLAB_BASE_RNG_H
#define ACTLAB_BASE_RNG_H

#include <stdbool.h>
#include <stdint.h>

struct rng {
    uint64_t state, stream;
    double spare; /* the second normal of a pair, kept for the next call */
    bool has_spare;
};

/* `stream` tells apart what draws from one seed (data, weights, order): changing one leaves the
 * others. */
void rng_seed(struct rng *, uint64_t seed, uint64_t stream);
uint32_t rng_u32(struct rng *);
double rng_uniform(struct rng *);             /* in [0, 1), 32 bits fine */
double rng_normal(struct rng *);              /* mean 0, variance 1 (polar method) */
uint32_t rng_below(struct rng *, uint32_t n); /* 0..n-1 without bias, n > 0 */

#endif
