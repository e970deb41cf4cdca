/* blas.c - the same network on a BLAS: sgemm for the products, vectorised loops for the rest.
 * Weights are kept in both orders, so that no product is the slow one of two transposed matrices.
 */
#include "problem.h"

#include <cblas.h>

const char *const rival = "openblas";

static struct start s;
static float **w, **a, **slope, **delta, **g; /* w: [ins][outs], s.w: [outs][ins] */

void rival_init(const struct start *start)
{
    const struct problem *p = start->problem;
    float ***each[] = {&w, &a, &slope, &delta, &g};

    s = *start;
    for (size_t i = 0; i < sizeof each / sizeof *each; i++)
        *each[i] = calloc((size_t)p->layers + 1, sizeof(float *));
    for (int l = 0; l <= p->layers; l++) {
        int ins = ins_of(p, l), outs = outs_of(p, l);
        size_t n = (size_t)(p->batch * outs), m = (size_t)(ins * outs);

        a[l] = floats(n);
        slope[l] = floats(n);
        delta[l] = floats(n);
        g[l] = floats(m);
        w[l] = floats(m);
        for (int o = 0; o < outs; o++)
            for (int i = 0; i < ins; i++)
                w[l][i * outs + o] = s.w[l][o * ins + i];
    }
}

/* z + b -> f, f' */
static void activate(float *restrict z, float *restrict d, const float *restrict b, int rows, int n)
{
    enum function function = s.problem->function;

    for (int i = 0; i < rows; i++, z += n, d += n)
        switch (function) {
        case TANH:
            for (int j = 0; j < n; j++) {
                float t = tanhf(z[j] + b[j]);

                z[j] = t;
                d[j] = 1 - t * t;
            }
            break;
        case SIGMOID:
            for (int j = 0; j < n; j++) {
                float t = 1 / (1 + expf(-(z[j] + b[j])));

                z[j] = t;
                d[j] = t * (1 - t);
            }
            break;
        case RELU:
            for (int j = 0; j < n; j++) {
                float x = z[j] + b[j];

                z[j] = x > 0 ? x : 0;
                d[j] = x > 0 ? 1 : 0;
            }
            break;
        case GELU_TANH:
            for (int j = 0; j < n; j++) {
                float x = z[j] + b[j], xx = x * x,
                      t = tanhf(.7978845608f * x * (1 + .044715f * xx));

                z[j] = .5f * x * (1 + t);
                d[j] = .5f * (1 + t) + .5f * x * (1 - t * t) * .7978845608f * (1 + .134145f * xx);
            }
            break;
        }
}

double rival_step(int batch)
{
    const struct problem *p = s.problem;
    const float *x = s.x + 2 * batch * p->batch, *y = s.y + batch * p->batch;
    int rows = p->batch, top = p->layers;
    double loss = 0;

    for (int l = 0; l <= top; l++) {
        int ins = ins_of(p, l), outs = outs_of(p, l);

        cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, rows, outs, ins, 1, l ? a[l - 1] : x,
                    ins, w[l], outs, 0, a[l], outs);
        if (l < top)
            activate(a[l], slope[l], s.b[l], rows, outs);
    }
    for (int i = 0; i < rows; i++) {
        float z = a[top][i] + s.b[top][0];

        loss += fmaxf(z, 0) - z * y[i] + log1pf(expf(-fabsf(z)));
        delta[top][i] = (1 / (1 + expf(-z)) - y[i]) / (float)rows;
    }
    for (int l = top; l >= 0; l--) {
        int ins = ins_of(p, l), outs = outs_of(p, l);

        cblas_sgemm(CblasRowMajor, CblasTrans, CblasNoTrans, ins, outs, rows, 1, l ? a[l - 1] : x,
                    ins, delta[l], outs, 0, g[l], outs);
        if (l) {
            float *restrict d = delta[l - 1];
            const float *restrict f = slope[l - 1];

            cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, rows, ins, outs, 1, delta[l],
                        outs, s.w[l], ins, 0, d, ins);
            for (int i = 0; i < rows * ins; i++)
                d[i] *= f[i];
        }
    }
    for (int l = 0; l <= top; l++) {
        int ins = ins_of(p, l), outs = outs_of(p, l);
        float *restrict v = w[l];
        const float *restrict h = g[l];

        for (int i = 0; i < ins * outs; i++)
            v[i] -= RATE * h[i];
        cblas_somatcopy(CblasRowMajor, CblasTrans, ins, outs, 1, v, outs, s.w[l], ins);
        for (int i = 0; i < rows; i++)
            for (int o = 0; o < outs; o++)
                s.b[l][o] -= RATE * delta[l][i * outs + o];
    }
    return loss / rows;
}
