/* kernels_scalar.c - the kernels in plain C: each formula of kernels.h as it reads. It runs on any
 * CPU and is what the vector tables are tested and timed against. */
#include "kernels/kernels_table.h"

#include <math.h>

static void product(int rows, int depth, int cols, const float *a, int lda, const float *b, int ldb,
                    const float *bias, const float *mul, float *c, int ldc)
{
    for (int s = 0; s < rows; s++, a += lda, c += ldc) {
        for (int j = 0; j < cols; j++)
            c[j] = bias ? bias[j] : 0;
        for (int k = 0; k < depth; k++)
            for (int j = 0; j < cols; j++)
                c[j] += a[k] * b[(size_t)k * (size_t)ldb + (size_t)j];
        if (!mul)
            continue;
        for (int j = 0; j < cols; j++)
            c[j] *= mul[j];
        mul += ldc;
    }
}

static void gradient(int rows, int ins, int cols, const float *a, int lda, const float *d, int ldd,
                     bool add, float *g, int ldg)
{
    if (!add)
        for (int i = 0; i < ins; i++)
            for (int j = 0; j < cols; j++)
                g[(size_t)i * (size_t)ldg + (size_t)j] = 0;
    for (int s = 0; s < rows; s++, a += lda, d += ldd)
        for (int i = 0; i < ins; i++)
            for (int j = 0; j < cols; j++)
                g[(size_t)i * (size_t)ldg + (size_t)j] += a[i] * d[j];
}

static void descend(int rows, int ins, int cols, const float *a, int lda, const float *d, int ldd,
                    float rate, float *w, int ldw)
{
    for (int i = 0; i < ins; i++, w += ldw)
        for (int j = 0; j < cols; j++) {
            float g = 0;

            for (int s = 0; s < rows; s++)
                g +=
                    a[(size_t)s * (size_t)lda + (size_t)i] * d[(size_t)s * (size_t)ldd + (size_t)j];
            w[j] -= rate * g;
        }
}

static void columns(int rows, int cols, const float *d, int ldd, bool add, float *sum)
{
    for (int j = 0; j < cols && !add; j++)
        sum[j] = 0;
    for (int s = 0; s < rows; s++, d += ldd)
        for (int j = 0; j < cols; j++)
            sum[j] += d[j];
}

static void dots(int rows, int cols, const float *a, int lda, const float *w, float bias, float *z)
{
    for (int s = 0; s < rows; s++, a += lda) {
        float sum = 0;

        for (int j = 0; j < cols; j++)
            sum += a[j] * w[j];
        z[s] = sum + bias;
    }
}

static double squares(size_t n, const float *v)
{
    double sum = 0;

    for (size_t i = 0; i < n; i++)
        sum += (double)v[i] * (double)v[i];
    return sum;
}

static void transpose(int rows, int cols, const float *a, int lda, float *b, int ldb)
{
    for (int i = 0; i < rows; i++)
        for (int j = 0; j < cols; j++)
            b[(size_t)j * (size_t)ldb + (size_t)i] = a[(size_t)i * (size_t)lda + (size_t)j];
}

/* log(1 + e^z) - y z, in the form that overflows nowhere. */
static double cross_entropy(int n, const float *z, const float *y, float scale, float *dz)
{
    double loss = 0;

    for (int s = 0; s < n; s++) {
        float e = expf(-fabsf(z[s])), p = z[s] > 0 ? 1 / (1 + e) : e / (1 + e);

        loss += fmaxf(z[s], 0) - y[s] * z[s] + log1pf(e);
        if (dz)
            dz[s] = scale * (p - y[s]);
    }
    return loss;
}

static void update(const struct kernel_update *u, size_t n, float *w, const float *g, float *m,
                   float *v)
{
    for (size_t i = 0; i < n; i++) {
        float h = u->scale * g[i] + u->l1 * (float)((w[i] > 0) - (w[i] < 0)) + u->decay * w[i];

        switch (u->rule) {
        case RULE_SGD:
            w[i] -= u->lr * h;
            break;
        case RULE_MOMENTUM:
            m[i] = u->momentum * m[i] + h;
            w[i] -= u->lr * m[i];
            break;
        case RULE_RMSPROP:
            v[i] = .99f * v[i] + .01f * h * h;
            w[i] -= u->lr * h / (sqrtf(v[i]) + 1e-8f);
            break;
        case RULE_ADAM:
            m[i] = u->momentum * m[i] + (1 - u->momentum) * h;
            v[i] = .999f * v[i] + .001f * h * h;
            w[i] -= u->lr * (m[i] / u->correct1) / (sqrtf(v[i] / u->correct2) + 1e-8f);
            break;
        }
    }
}

static void activate(const struct fn *fn, const float *z, float *a, float *d, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        double x = z[i];

        a[i] = (float)fn_f(fn, x);
        if (d)
            d[i] = (float)fn_df(fn, x);
    }
}

static kernel_activation *activation(const struct activation *act)
{
    (void)act;
    return activate; /* the double functions serve all, defined ones too */
}

const struct kernels kernels_scalar = {
    .name = "scalar",
    .lanes = 1,
    .product = product,
    .gradient = gradient,
    .descend = descend,
    .columns = columns,
    .dots = dots,
    .squares = squares,
    .transpose = transpose,
    .cross_entropy = cross_entropy,
    .update = update,
    .activation = activation,
};
