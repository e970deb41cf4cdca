/* kernels_table.h - the tables of kernels, one a source file; only kernels.c and tests ask for one
 * by name. */
#ifndef ACTLAB_MATH_KERNELS_TABLE_H
#define ACTLAB_MATH_KERNELS_TABLE_H

#include "math/kernels.h"

extern const struct kernels kernels_scalar;

#endif
