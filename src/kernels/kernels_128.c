/* kernels_128.c - kernels for vectors of 4 floats: what every x86-64 (SSE2) and every ARMv8 has,
 * and right, if slower, where there are none. */
#include "kernels/kernels_table.h"

#include <float.h>
#include <math.h>

#define LANES 4
#define TABLE kernels_128
#ifdef __SSE2__
#include <immintrin.h>
#define NAME          "sse2"
#define LARGER(x, y)  _mm_max_ps(x, y)
#define SMALLER(x, y) _mm_min_ps(x, y)
#else
#define NAME "simd128"
#endif

#include "kernels/kernels_body.h"
