/* decision_map.c - see field.h. */
#include "lab/decision_map.h"

#include "base/clock.h"
#include "base/xalloc.h"

#include <stdlib.h>
#include <string.h>

enum {
    COARSE = 8, /* every so manyth row and column comes first, then those between them */
    LEAST = 4,  /* points at once, or ... */
    USUAL = 16, /* ... as many as a step has samples, up to this: forward they take less than it */
    MOST = 256
};
/* Seconds that a frame may take for it, and one piece of the clock's. */
#define FRAME 0.002
#define PIECE 0.002
/* While the network trains, so many times as long as a piece took belong to the training. */
#define REST 4

enum state { UNKNOWN, GUESSED, KNOWN };

struct decision_map {
    struct map_place place;
    float *answer;        /* rows x cols */
    unsigned char *state; /* of each, enum state */
    int stride, row, col; /* the next cell of this round; stride 0: the round is over */
    uint64_t networks;    /* which network it is about ... */
    uint64_t changes;     /* ... and how it was when the round began */
    double each;          /* seconds that a point takes, 0: not known yet */
    double due;           /* when the next piece may be begun */
    bool live, asked;     /* a frame is being drawn; the last one showed a field */
};

struct decision_map *decision_map_new(void)
{
    return xcalloc(1, sizeof(struct decision_map));
}

void decision_map_free(struct decision_map *f)
{
    if (!f)
        return;
    free(f->answer);
    free(f->state);
    free(f);
}

static void begin_round(struct decision_map *f, const struct lab *lab)
{
    f->changes = trainer_changes(lab->model.trainer);
    f->stride = COARSE;
    f->row = f->col = 0;
}

/* A round that is over begins again when the network has changed; one under way goes on while it
 * trains, or its last cells would never have their turn. */
static void follow_network(struct decision_map *f, const struct lab *lab)
{
    const bool changed = f->changes != trainer_changes(lab->model.trainer);

    if (changed && (f->stride == 0 || !lab->model.running))
        begin_round(f, lab);
}

static bool same_place(const struct map_place *a, const struct map_place *b)
{
    return a->rows == b->rows && a->cols == b->cols && a->x0 == b->x0 && a->x1 == b->x1 &&
           a->y0 == b->y0 && a->y1 == b->y1;
}

/* Of another network, or another part of the plane, nothing is known. */
static void aim_at(struct decision_map *f, const struct lab *lab, const struct map_place *p)
{
    const size_t cells = (size_t)p->rows * (size_t)p->cols;

    if (f->networks == lab->model.networks && same_place(&f->place, p))
        return;
    free(f->answer);
    free(f->state);
    f->answer = xcalloc(cells, sizeof *f->answer);
    f->state = xcalloc(cells, sizeof *f->state);
    f->place = *p;
    if (f->networks != lab->model.networks)
        f->each = 0;
    f->networks = lab->model.networks;
    f->due = 0;
    begin_round(f, lab);
}

/* On to the next cell that this round has not had. */
static void advance(struct decision_map *f)
{
    do {
        f->col += f->stride;
        if (f->col >= f->place.cols) {
            f->col = 0;
            f->row += f->stride;
        }
        if (f->row >= f->place.rows) {
            f->stride /= 2;
            f->row = f->col = 0;
        }
    } while (f->stride > 0 && f->stride < COARSE && f->row % (2 * f->stride) == 0 &&
             f->col % (2 * f->stride) == 0);
}

static void middle(const struct map_place *p, int row, int col, float xy[2])
{
    xy[0] = (float)(p->x0 + (col + 0.5) / p->cols * (p->x1 - p->x0));
    xy[1] = (float)(p->y1 - (row + 0.5) / p->rows * (p->y1 - p->y0));
}

/* An answer also stands for the cells right of it and below of which less is known. */
static void store(struct decision_map *f, int row, int col, int stride, float v)
{
    for (int r = row; r < row + stride && r < f->place.rows; r++)
        for (int c = col; c < col + stride && c < f->place.cols; c++) {
            const int i = r * f->place.cols + c;
            const bool own = r == row && c == col;

            if (!own && f->state[i] == KNOWN)
                continue;
            f->answer[i] = v;
            f->state[i] = own ? KNOWN : GUESSED;
        }
}

/* The next n points of the round, or what is left of it. */
static void work_out(struct decision_map *f, const struct lab *lab, int n)
{
    struct {
        int row, col, stride;
    } cell[MOST];
    float xy[2 * MOST], v[MOST];
    const double begun = clock_now();
    double each;
    int k = 0;

    for (; k < n && f->stride > 0; k++, advance(f)) {
        cell[k].row = f->row;
        cell[k].col = f->col;
        cell[k].stride = f->stride;
        middle(&f->place, f->row, f->col, xy + 2 * (size_t)k);
    }
    trainer_predict(lab->model.trainer, xy, k, v);
    for (int i = 0; i < k; i++)
        store(f, cell[i].row, cell[i].col, cell[i].stride, v[i]);
    each = (clock_now() - begun) / k;
    f->each = f->each > 0 && each > f->each ? (f->each + each) / 2 : each;
}

/* How many points to take for so many seconds. */
static int points(const struct decision_map *f, const struct lab *lab, double seconds)
{
    const int batch =
        lab->model.net.batch > 0 && lab->model.net.batch < USUAL ? lab->model.net.batch : USUAL;
    const int least = batch > LEAST ? batch : LEAST;
    const double n = f->each > 0 ? seconds / f->each : least;

    return n < least ? least : n > MOST ? MOST : (int)n;
}

/* The time of a point, before one has been timed: at some 10 billion operations a second, with the
 * weights from memory. */
static double guess(const struct lab *lab, int n)
{
    const double weights =
        (double)lab->model.net.width * lab->model.net.width * lab->model.net.layers;

    return weights * n / 5e9 + weights / 1e9;
}

/* Works out what is left of the round, as far as it can be done until `end`. */
static void work_until(struct decision_map *f, const struct lab *lab, double end)
{
    while (f->stride > 0) {
        const double left = end - clock_now();
        const int n = points(f, lab, left < PIECE ? left : PIECE);

        if ((f->each > 0 ? f->each * n : guess(lab, n)) > left)
            break;
        work_out(f, lab, n);
    }
}

static void read_all(const struct lab *lab, const struct map_place *p, float *answer)
{
    const int cells = p->rows * p->cols;
    float *xy = xmalloc(2 * (size_t)cells * sizeof *xy);

    for (int i = 0; i < cells; i++)
        middle(p, i / p->cols, i % p->cols, xy + 2 * (size_t)i);
    trainer_predict(lab->model.trainer, xy, cells, answer);
    free(xy);
}

void decision_map_answers(const struct lab *lab, const struct map_place *p, float *answer,
                          bool *known)
{
    struct decision_map *f = lab->measured.map;
    const size_t cells = (size_t)p->rows * (size_t)p->cols;

    if (!f->live) {
        read_all(lab, p, answer);
        memset(known, true, cells * sizeof *known);
        return;
    }
    f->asked = true;
    aim_at(f, lab, p);
    follow_network(f, lab);
    work_until(f, lab, clock_now() + FRAME);
    memcpy(answer, f->answer, cells * sizeof *answer);
    for (size_t i = 0; i < cells; i++)
        known[i] = f->state[i] != UNKNOWN;
}

void decision_map_frame(struct lab *lab, bool begins)
{
    lab->measured.map->live = begins;
    if (begins)
        lab->measured.map->asked = false;
}

bool decision_map_behind(const struct lab *lab)
{
    const struct decision_map *f = lab->measured.map;

    return f->asked && f->networks == lab->model.networks &&
           (f->stride > 0 || f->changes != trainer_changes(lab->model.trainer));
}

bool decision_map_tick(struct lab *lab, double end)
{
    struct decision_map *f = lab->measured.map;
    const double begun = clock_now();

    if (!decision_map_behind(lab) || (lab->model.running && begun < f->due))
        return false;
    follow_network(f, lab);
    do
        work_out(f, lab, points(f, lab, PIECE));
    while (f->stride > 0 && clock_now() + f->each * points(f, lab, PIECE) < end);
    f->due = clock_now() + REST * (clock_now() - begun);
    lab->changes++;
    return true;
}
