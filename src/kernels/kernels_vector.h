/* kernels_vector.h - the vector that the kernels are written in: LANES floats, in GNU C's vector
 * extensions, which turn into the registers of the CPU that the including file is compiled for.
 *
 * The including file (kernels_128.c, kernels_avx2.c, kernels_avx512.c) sets LANES, and where the
 * CPU has an instruction for it, CHOOSE and LARGER. a * b + c becomes one fused operation where
 * there is one. There are no calls with vectors but inlined ones, so no ABI of vectors to care for.
 */
#ifndef LANES
#error "set LANES first"
#endif

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define INLINE static inline __attribute__((always_inline))

typedef float vf __attribute__((vector_size(4 * LANES)));
typedef int32_t vi __attribute__((vector_size(4 * LANES)));
/* The same in memory, at any address. */
typedef float vf_memory __attribute__((vector_size(4 * LANES), aligned(4), may_alias));

/* A loop of a constant length that leaves no loop behind. */
#ifdef __clang__
#define UNROLL _Pragma("clang loop unroll(full)")
#else
#define UNROLL _Pragma("GCC unroll 16")
#endif

#define EACH(i, n) UNROLL for (int i = 0; i < (n); i++)

INLINE vf load(const float *p)
{
    return *(const vf_memory *)p;
}

INLINE void store(float *p, vf v)
{
    *(vf_memory *)p = v;
}

INLINE vf all(float x)
{
    return x - (vf){0};
}

/* x > y ? a : b, lane by lane; b where one of x and y is NaN. */
INLINE vf choose(vf x, vf y, vf a, vf b)
{
#ifdef CHOOSE
    return CHOOSE(x, y, a, b);
#else
    vi m = x > y;

    return (vf)(((vi)a & m) | ((vi)b & ~m));
#endif
}

/* The larger of the two; v where it is NaN. */
INLINE vf at_least(vf bound, vf v)
{
#ifdef LARGER
    return LARGER(bound, v);
#else
    return choose(bound, v, bound, v);
#endif
}

INLINE vf at_most(vf bound, vf v)
{
#ifdef SMALLER
    return SMALLER(bound, v);
#else
    return choose(v, bound, bound, v);
#endif
}

/* 1/v for v from 1 to 1e38, with the CPU's estimate where it has a good one. */
INLINE vf reciprocal(vf v)
{
#ifdef ESTIMATE
    vf r = ESTIMATE(v);

    return r * (2 - v * r);
#else
    return 1 / v;
#endif
}

INLINE vf square_root(vf v)
{
    float s[LANES];

    memcpy(s, &v, sizeof s);
    EACH (i, LANES)
        s[i] = sqrtf(s[i]);
    memcpy(&v, s, sizeof s);
    return v;
}

INLINE vf magnitude(vf v)
{
    return (vf)((vi)v & 0x7fffffff);
}

/* |v| with the sign of `of`. */
INLINE vf with_sign(vf v, vf of)
{
    return (vf)((vi)magnitude(v) | ((vi)of & INT32_MIN));
}

/* True if a mask, as a comparison makes it, has a lane that is true. */
INLINE bool any(vi mask)
{
    uint64_t half[LANES / 2];

    memcpy(half, &mask, sizeof half);
    for (int n = LANES / 4; n >= 1; n /= 2)
        EACH (i, n)
            half[i] |= half[i + n];
    return half[0] != 0;
}

INLINE float sum_of(vf v)
{
    float s[LANES];

    memcpy(s, &v, sizeof s);
    EACH (i, LANES / 2)
        s[i] += s[i + LANES / 2];
    for (int n = LANES / 4; n >= 1; n /= 2)
        for (int i = 0; i < n; i++)
            s[i] += s[i + n];
    return s[0];
}
