/* limit.c - what no step can be faster than: as many multiply-adds as its products have, in
 * registers alone, and actlab's own activation kernels on numbers that stay in the first cache. It
 * is timed like a rival; README.md says what is left out. */
#include "kernels/kernels.h"
#include "problem.h"

const char *const rival = "limit";

enum { CHAINS = 12, NEAR = 2048 }; /* sums that wait for nothing but themselves; floats */

static long flops;
static size_t activations;
static int lanes; /* floats of a vector of the kernels that are chosen */
static struct fn function;
static float z[NEAR], a[NEAR], d[NEAR];

/* steps * CHAINS multiply-adds of vectors of N floats. */
#define MULTIPLY_ADDS(N, TARGET)                                                                   \
    TARGET static float multiply_adds_##N(long steps)                                              \
    {                                                                                              \
        typedef float vector __attribute__((vector_size(4 * (N))));                                \
        vector sum[CHAINS], x = {0}, y = {0};                                                      \
        x += .999f, y += 1e-3f;                                                                    \
        for (int i = 0; i < CHAINS; i++)                                                           \
            sum[i] = x * (float)i;                                                                 \
        for (long k = 0; k < steps; k++) {                                                         \
            for (int i = 0; i < CHAINS; i++)                                                       \
                sum[i] = sum[i] * x + y;                                                           \
            __asm__ volatile(""); /* nor may the loop be guessed away */                           \
        }                                                                                          \
        for (int i = 1; i < CHAINS; i++)                                                           \
            sum[0] += sum[i];                                                                      \
        return sum[0][0];                                                                          \
    }

MULTIPLY_ADDS(4, )
#ifdef __x86_64__
MULTIPLY_ADDS(8, __attribute__((target("avx2,fma"))))
MULTIPLY_ADDS(16, __attribute__((target("avx512f,avx2,fma"))))
#endif

void rival_init(const struct start *s)
{
    static const char *const names[] = {
        [TANH] = "tanh", [SIGMOID] = "sigmoid", [RELU] = "relu", [GELU_TANH] = "gelu_tanh"};
    const struct problem *p = s->problem;
    long b = p->batch, w = p->width, l = p->layers;

    flops = 6 * b * w * w * (l - 1) + 14 * b * w;
    activations = (size_t)(l * b * w);
    lanes = kernels_for(1024)->lanes;
    function = fn_default(activation_find(names[p->function]));
    for (int i = 0; i < NEAR; i++)
        z[i] = 4.f * (float)i / NEAR - 2;
}

double rival_step(int batch)
{
    static volatile float sink;
    long steps = flops / (2L * CHAINS * (lanes < 4 ? 4 : lanes));

    (void)batch;
#ifdef __x86_64__
    if (lanes >= 8)
        sink = lanes == 16 ? multiply_adds_16(steps) : multiply_adds_8(steps);
    else
#endif
        sink = multiply_adds_4(steps);
    for (size_t left = activations, n; left > 0; left -= n) {
        n = left < NEAR ? left : NEAR;
        kernel_activate(&function, z, a, d, n);
    }
    return (double)sink;
}
