/* problem.h - the five training steps that are timed, and how every rival is timed on them.
 * README.md describes the protocol.
 *
 * A rival is one program: it defines the functions declared here and is linked with nothing else of
 * this folder. */
#ifndef ACTLAB_BENCH_PROBLEM_H
#define ACTLAB_BENCH_PROBLEM_H

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { BATCHES = 8 }; /* mini-batches of the data set, used in turn */
static const float RATE =
    .001f; /* learning rate: so small that hours of steps change nothing about the work */
static const double CHUNK = .07; /* seconds */

enum function { TANH, SIGMOID, RELU, GELU_TANH };

struct problem {
    const char *name;
    int layers, width, batch;
    enum function function;
};

static const struct problem problems[] = {
    {"C1", 6, 8, 10, TANH},         {"C2", 10, 16, 64, SIGMOID}, {"C3", 20, 32, 64, RELU},
    {"C4", 50, 64, 128, GELU_TANH}, {"C5", 20, 256, 256, RELU},
};

/* What a rival is given: layer l = 0..layers has weights w[l] of [outs][ins] and biases b[l]; x is
 * [BATCHES * batch][2]. */
struct start {
    const struct problem *problem;
    float **w, **b, *x, *y;
};

/* Of the rival: its name, its preparation, and one step on mini-batch 0..BATCHES-1 that returns the
 * loss before the update. */
extern const char *const rival;
void rival_init(const struct start *);
double rival_step(int batch);

static inline int ins_of(const struct problem *p, int layer)
{
    return layer == 0 ? 2 : p->width;
}

static inline int outs_of(const struct problem *p, int layer)
{
    return layer == p->layers ? 1 : p->width;
}

/* A 32-bit linear congruential generator, the same in every language; in [0, 1). */
static inline float lcg(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return (float)(*state >> 8) / 16777216.f;
}

static inline float *floats(size_t n)
{
    void *p = NULL;

    if (posix_memalign(&p, 64, (n * sizeof(float) + 63) & ~(size_t)63) != 0)
        abort();
    memset(p, 0, n * sizeof(float));
    return p;
}

static inline struct start start_of(const struct problem *p)
{
    struct start s = {.problem = p};
    uint32_t state = 12345;
    float gain = p->function == RELU || p->function == GELU_TANH ? 1.41421356f
                 : p->function == SIGMOID                        ? 2
                                                                 : 1;

    s.w = calloc((size_t)p->layers + 1, sizeof *s.w);
    s.b = calloc((size_t)p->layers + 1, sizeof *s.b);
    for (int l = 0; l <= p->layers; l++) {
        int ins = ins_of(p, l), outs = outs_of(p, l);
        float limit = 1.7320508f * gain / sqrtf((float)ins);

        s.w[l] = floats((size_t)ins * (size_t)outs);
        s.b[l] = floats((size_t)outs);
        for (int i = 0; i < ins * outs; i++)
            s.w[l][i] = (2 * lcg(&state) - 1) * limit;
        for (int o = 0; o < outs; o++)
            s.b[l][o] = (2 * lcg(&state) - 1) * .1f;
    }
    state = 777;
    s.x = floats((size_t)(2 * BATCHES * p->batch));
    s.y = floats((size_t)(BATCHES * p->batch));
    for (int i = 0; i < BATCHES * p->batch; i++) {
        float a = 2 * lcg(&state) - 1, b = 2 * lcg(&state) - 1;

        s.x[2 * i] = a;
        s.x[2 * i + 1] = b;
        s.y[i] = a * a + b * b < .5f ? 1 : 0;
    }
    return s;
}

/* Seconds of processor time: what else the machine does meanwhile does not count. */
static inline double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static inline int check(const char *name, const struct problem *p)
{
    printf("%-22s %s", name, p->name);
    for (int s = 1; s <= 50; s++) {
        double loss = rival_step((s - 1) % BATCHES);

        if (s == 1 || s == 2 || s == 10 || s == 50)
            printf(" step%d=%.6f", s, loss);
    }
    printf("\n");
    return 0;
}

/* A quarter of the time to warm up, then chunks, each a line, and long enough that every one has
 * its share of what is done 30 times a second. */
static inline void measure(const char *name, const struct problem *p, double seconds, int round)
{
    double start = now(), end, each;
    long steps = 0, chunk;

    do
        rival_step((int)(steps++ % BATCHES));
    while (now() - start < .25 * seconds);
    each = (now() - start) / (double)steps;
    chunk = (long)(CHUNK / each);
    if (chunk < 1)
        chunk = 1;
    end = now() + seconds;
    do {
        double from = now();

        for (long i = 0; i < chunk; i++)
            rival_step((int)(steps++ % BATCHES));
        printf("%s,%s,%d,%.4f\n", name, p->name, round, (now() - from) / (double)chunk * 1e6);
    } while (now() < end);
}

int main(int argc, char **argv)
{
    const char *name = getenv("PEER_NAME") ? getenv("PEER_NAME") : rival;
    struct start s;

    for (size_t i = 0; argc > 2 && i < sizeof problems / sizeof *problems; i++) {
        if (strcmp(argv[1], problems[i].name) != 0)
            continue;
        s = start_of(&problems[i]);
        rival_init(&s);
        if (strcmp(argv[2], "check") == 0)
            return check(name, &problems[i]);
        measure(name, &problems[i], atof(argv[2]), argc > 3 ? atoi(argv[3]) : 0);
        return 0;
    }
    fprintf(stderr, "usage: %s C1|C2|C3|C4|C5 SECONDS ROUND | check\n", argv[0]);
    return 2;
}

#endif
