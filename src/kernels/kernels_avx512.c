/* kernels_avx512.c - kernels for vectors of 16 floats, in 32 registers. */
#include "kernels/kernels_table.h"

#ifdef ACTLAB_X86

#include <float.h>
#include <immintrin.h>
#include <math.h>

#ifdef __clang__
#pragma clang attribute push(                                                                      \
    __attribute__((target("avx512f,avx512dq,avx512vl,avx512bw,avx2,fma"))), apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx512f,avx512dq,avx512vl,avx512bw,avx2,fma")
#endif

#define LANES              16
#define TABLE              kernels_avx512
#define NAME               "avx512"
#define LARGER(x, y)       _mm512_max_ps(x, y)
#define ESTIMATE(x)        _mm512_rcp14_ps(x)
#define SMALLER(x, y)      _mm512_min_ps(x, y)
#define CHOOSE(x, y, a, b) _mm512_mask_blend_ps(_mm512_cmp_ps_mask(x, y, _CMP_GT_OQ), b, a)

#include "kernels/kernels_body.h"

#ifdef __clang__
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif
#else
typedef int nothing_here; /* a source file may not be empty */
#endif
