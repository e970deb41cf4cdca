/* kernels_table.h - the tables of kernels, one a source file; only kernels.c asks for one by name.
 */
#ifndef ACTLAB_KERNELS_KERNELS_TABLE_H
#define ACTLAB_KERNELS_KERNELS_TABLE_H

#include "kernels/kernels.h"

#if defined(__x86_64__) && defined(__GNUC__)
#define ACTLAB_X86 1
#endif

extern const struct kernels kernels_scalar, kernels_128;
#ifdef ACTLAB_X86
extern const struct kernels kernels_avx2, kernels_avx512;
#endif

#endif
