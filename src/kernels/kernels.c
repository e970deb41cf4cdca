/* kernels.c - chooses the table of kernels; code that every table shares.
 *
 * `scalar` is plain C, one number at a time, and the reference of the others in tests. */
#include "kernels/kernels.h"

#include "kernels/kernels_table.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#if defined(__x86_64__) || defined(__i386__)
#include <immintrin.h>
#endif

const struct kernels *const *kernels_available(void)
{
    static const struct kernels *const portable[] = {&kernels_scalar, &kernels_128, NULL};
#ifdef ACTLAB_X86
    static const struct kernels *const avx2[] = {&kernels_scalar, &kernels_128, &kernels_avx2,
                                                 NULL};
    static const struct kernels *const avx512[] = {&kernels_scalar, &kernels_128, &kernels_avx2,
                                                   &kernels_avx512, NULL};

    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
        if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
            __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw"))
            return avx512;
        return avx2;
    }
#endif
    return portable;
}

const struct kernels *kernels_for(int width)
{
    const struct kernels *const *k = kernels_available(), *best = *k;
    const char *most = getenv("ACTLAB_CPU");

    for (; *k; k++) {
        if (best->lanes < width ||
            best->lanes == 1) /* a vector that is half padding gains nothing */
            best = *k;
        if (most && strcmp((*k)->name, most) == 0)
            break;
    }
    return best;
}

void kernels_activate(const struct kernels *k, const struct fn *fn, const float *z, float *a,
                      float *d, size_t n)
{
    kernel_activation *kernel = k->activation(fn->act);

    if (kernel) {
        kernel(fn, z, a, d, n);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        struct dual y = fn_at(fn, z[i]);

        a[i] = (float)y.v;
        if (d)
            d[i] = (float)y.d;
    }
}

void kernel_activate(const struct fn *fn, const float *z, float *a, float *d, size_t n)
{
    kernels_activate(kernels_for(1024), fn, z, a, d, n);
}

#if defined(__SSE2__)
unsigned denormals_flush(void)
{
    unsigned old = _mm_getcsr();

    _mm_setcsr(old | 0x8040); /* flush to zero, denormals are zero */
    return old;
}

void denormals_restore(unsigned old)
{
    _mm_setcsr(old);
}
#elif defined(__aarch64__)
unsigned denormals_flush(void)
{
    uint64_t old;

    __asm__ volatile("mrs %0, fpcr" : "=r"(old));
    __asm__ volatile("msr fpcr, %0" ::"r"(old | 1u << 24)); /* FZ */
    return (unsigned)old;
}

void denormals_restore(unsigned old)
{
    __asm__ volatile("msr fpcr, %0" ::"r"((uint64_t)old));
}
#else
unsigned denormals_flush(void)
{
    return 0;
}

void denormals_restore(unsigned old)
{
    (void)old;
}
#endif
