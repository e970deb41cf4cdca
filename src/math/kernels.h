/* kernels.h - whole arrays in float, vectorised for the CPU at hand (see kernels.c for how). */
#ifndef ACTLAB_MATH_KERNELS_H
#define ACTLAB_MATH_KERNELS_H

#include "math/activation.h"

/* a[i] = f(z[i]) and d[i] = f'(z[i]), i < n, in one pass; d may be NULL. n of any size. Float
 * results agree with the double functions within 2e-6 relative (plus the same absolute near 0). */
void kernel_activate(const struct fn *, const float *z, float *a, float *d, size_t n);

#endif
