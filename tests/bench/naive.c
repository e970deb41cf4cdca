/* naive.c - the floor: a network as it is first written, plain loops in plain C, activations from
 * libm. */
#include "problem.h"

const char *const rival = "naive";

static struct start s;
static float **z, **a, **delta; /* [layer][sample][unit] */

static float f(float x)
{
    switch (s.problem->function) {
    case TANH:
        return tanhf(x);
    case SIGMOID:
        return 1 / (1 + expf(-x));
    case RELU:
        return x > 0 ? x : 0;
    case GELU_TANH:
        break;
    }
    return .5f * x * (1 + tanhf(.7978845608f * (x + .044715f * x * x * x)));
}

static float df(float x)
{
    float t;

    switch (s.problem->function) {
    case TANH:
        t = tanhf(x);
        return 1 - t * t;
    case SIGMOID:
        t = 1 / (1 + expf(-x));
        return t * (1 - t);
    case RELU:
        return x > 0;
    case GELU_TANH:
        break;
    }
    t = tanhf(.7978845608f * (x + .044715f * x * x * x));
    return .5f * (1 + t) + .5f * x * (1 - t * t) * .7978845608f * (1 + .134145f * x * x);
}

void rival_init(const struct start *start)
{
    const struct problem *p = start->problem;

    s = *start;
    z = calloc((size_t)p->layers + 1, sizeof *z);
    a = calloc((size_t)p->layers + 1, sizeof *a);
    delta = calloc((size_t)p->layers + 1, sizeof *delta);
    for (int l = 0; l <= p->layers; l++) {
        size_t n = (size_t)(p->batch * outs_of(p, l));

        z[l] = floats(n);
        a[l] = floats(n);
        delta[l] = floats(n);
    }
}

double rival_step(int batch)
{
    const struct problem *p = s.problem;
    const float *x = s.x + 2 * batch * p->batch, *y = s.y + batch * p->batch;
    double loss = 0;

    for (int l = 0; l <= p->layers; l++) {
        int ins = ins_of(p, l), outs = outs_of(p, l);
        const float *below = l ? a[l - 1] : x;

        for (int i = 0; i < p->batch; i++)
            for (int o = 0; o < outs; o++) {
                float sum = s.b[l][o];

                for (int j = 0; j < ins; j++)
                    sum += s.w[l][o * ins + j] * below[i * ins + j];
                z[l][i * outs + o] = sum;
                a[l][i * outs + o] = f(sum);
            }
    }
    for (int i = 0; i < p->batch; i++) {
        float out = z[p->layers][i];

        loss += fmaxf(out, 0) - out * y[i] + log1pf(expf(-fabsf(out)));
        delta[p->layers][i] = (1 / (1 + expf(-out)) - y[i]) / (float)p->batch;
    }
    for (int l = p->layers; l > 0; l--)
        for (int i = 0; i < p->batch; i++)
            for (int j = 0; j < p->width; j++) {
                float sum = 0;

                for (int o = 0; o < outs_of(p, l); o++)
                    sum += delta[l][i * outs_of(p, l) + o] * s.w[l][o * p->width + j];
                delta[l - 1][i * p->width + j] = sum * df(z[l - 1][i * p->width + j]);
            }
    for (int l = 0; l <= p->layers; l++) {
        int ins = ins_of(p, l), outs = outs_of(p, l);
        const float *below = l ? a[l - 1] : x;

        for (int o = 0; o < outs; o++) {
            float sum = 0;

            for (int i = 0; i < p->batch; i++)
                sum += delta[l][i * outs + o];
            s.b[l][o] -= RATE * sum;
            for (int j = 0; j < ins; j++) {
                sum = 0;
                for (int i = 0; i < p->batch; i++)
                    sum += delta[l][i * outs + o] * below[i * ins + j];
                s.w[l][o * ins + j] -= RATE * sum;
            }
        }
    }
    return loss / p->batch;
}
