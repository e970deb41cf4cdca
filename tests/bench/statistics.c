/* statistics.c - what it costs to look at a network while it trains: steps by the trainer alone,
 * and by the lab, with its curves and the states to go back to, measured for 30 frames a second as
 * the screen does it. README.md describes the five networks. In turn, in processor time; what the
 * measures take is told apart, so that other work on the machine does not count.
 *
 * statistics [ROUNDS [SECONDS]] */
#include "base/clock.h"
#include "commands/handlers.h"
#include "commands/session.h"
#include "language/command.h"

#include <stdlib.h>

enum { CONFIGS = 5, ROUNDS_MOST = 99, FRAMES = 30 };

static const struct {
    const char *name, *fn, *net;
} configs[CONFIGS] = {
    {"C1", "tanh", "layers=6 width=8 batch=10 samples=80"},
    {"C2", "sigmoid", "layers=10 width=16 batch=64 samples=512"},
    {"C3", "relu", "layers=20 width=32 batch=64 samples=512 init=he"},
    {"C4", "gelu_tanh", "layers=50 width=64 batch=128 samples=1024 init=he"},
    {"C5", "relu", "layers=20 width=256 batch=256 samples=2048 init=he"},
};

static struct lab *open_lab(int config)
{
    struct error e;
    struct lab *lab = session_open(&command_table, NULL, &e);

    if (!lab || !lab_runf(lab, stdout, &e, "fn %s", configs[config].fn) ||
        !lab_runf(lab, stdout, &e, "net lr=0.001 %s", configs[config].net)) {
        fprintf(stderr, "statistics: %s\n", e.text);
        exit(1);
    }
    lab->interactive = lab->model.running = true;
    lab_measure_frame(lab, true); /* the theory is worked out once */
    return lab;
}

/* Steps between two looks at the clock, which costs as much as a small one. */
static int stride(const struct lab *lab)
{
    return lab->model.net.width > 32 ? 1 : 16;
}

/* Processor time of a step by the trainer alone, for so many seconds by the clock. */
static double alone(struct lab *lab, double seconds)
{
    double from = clock_now(), end = from + seconds, begun = clock_used();
    long steps = 0;

    do
        for (int i = 0; i < stride(lab); i++, steps++)
            trainer_step(lab->model.trainer);
    while (clock_now() < end);
    lab->measured.after += clock_now() - from; /* which is no time of the lab's */
    return (clock_used() - begun) / (double)steps;
}

/* The same in the lab; what the frames' measures take is told apart. */
static double watched(struct lab *lab, double seconds, double *looking, double *training)
{
    double now = clock_now(), end = now + seconds, frame = now, begun = clock_used(), looks = 0,
           all;
    long steps = 0;

    do {
        steps += (long)lab_train(lab, (uint64_t)stride(lab));
        now = clock_now();
        if (now >= frame) {
            double from = clock_used();

            lab_measure_frame(lab, true);
            looks += clock_used() - from;
            frame = now + 1. / FRAMES;
        }
    } while (now < end);
    all = clock_used() - begun;
    *looking += looks;
    *training += all - looks;
    return (all - looks) / (double)steps;
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
    int rounds = argc > 1 ? atoi(argv[1]) : 9;
    double seconds = argc > 2 ? atof(argv[2]) : .25, most = 0;

    if (rounds < 1 || rounds > ROUNDS_MOST || !(seconds > 0)) {
        fprintf(stderr, "usage: statistics [ROUNDS [SECONDS]], at most %d rounds\n", ROUNDS_MOST);
        return 2;
    }
    printf("What a step costs in the lab, against the trainer's alone: + curves and kept states, + "
           "statistics "
           "%d times a second\n",
           FRAMES);
    for (int c = 0; c < CONFIGS; c++) {
        struct lab *lab = open_lab(c);
        double ratio[ROUNDS_MOST], looking = 0, training = 0, cost;

        for (int r = 0; r < rounds; r++) {
            double without = alone(lab, .5 * seconds);

            ratio[r] = watched(lab, seconds, &looking, &training) / without;
        }
        qsort(ratio, (size_t)rounds, sizeof *ratio, ascending);
        cost = 100 * looking / training;
        most = cost > most ? cost : most;
        printf("%-10s%+8.1f %%%+8.1f %%\n", configs[c].name, 100 * (ratio[rounds / 2] - 1), cost);
        fflush(stdout);
        session_close(lab);
    }
    printf("tried: speed | statistics %d times a second on C1 to C5, of processor time | at most "
           "%.0f %% of a step\n",
           FRAMES, most);
    return 0;
}
