/* kernels_avx2.c - kernels for vectors of 8 floats with fused multiply-add. */
#include "kernels/kernels_table.h"

#ifdef ACTLAB_X86

#include <float.h>
#include <immintrin.h>
#include <math.h>

#ifdef __clang__
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx2,fma")
#endif

#define LANES              8
#define TABLE              kernels_avx2
#define NAME               "avx2"
#define LARGER(x, y)       _mm256_max_ps(x, y)
#define SMALLER(x, y)      _mm256_min_ps(x, y)
#define CHOOSE(x, y, a, b) _mm256_blendv_ps(b, a, _mm256_cmp_ps(x, y, _CMP_GT_OQ))

#include "kernels/kernels_body.h"

#ifdef __clang__
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif
#else
typedef int nothing_here; /* a source file may not be empty */
#endif
