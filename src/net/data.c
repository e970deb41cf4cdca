/* data.c - see data.h: generators of points, and what is done with samples.
 *
 * circle, xor, gauss, spiral and plane are after those of TensorFlow Playground (Smilkov & Carter,
 * playground.tensorflow.org, dataset.ts), scaled to R; moons is scikit-learn's make_moons, centred.
 */
#include "net/data.h"

#include "base/file.h"
#include "base/rng.h"
#include "base/xalloc.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double R = 2; /* of all data: about where activations bend */

enum { STREAM_POINT = 1, STREAM_NOISE = 2, STREAM_DEAL = 3 };
enum { FILE_LIMIT = 16 << 20 };

/* The i-th of n points, before noise. Labels alternate, so that both classes are equally many. */
typedef struct net_sample generator(struct rng *, int i, int n);

static struct net_sample point(double x1, double x2, double y)
{
    return (struct net_sample){(float)x1, (float)x2, (float)y};
}

/* An inner disc of radius .5R against the ring .7R..R, radii uniform. */
static struct net_sample circle(struct rng *r, int i, int n)
{
    int inner = i % 2;
    double radius = inner ? .5 * R * rng_uniform(r) : R * (.7 + .3 * rng_uniform(r));
    double angle = 2 * M_PI * rng_uniform(r);

    (void)n;
    return point(radius * cos(angle), radius * sin(angle), inner);
}

/* Quadrants, with a gap along the axes. */
static struct net_sample quadrants(struct rng *r, int i, int n)
{
    double a = .1 * R + .9 * R * rng_uniform(r), b = .1 * R + .9 * R * rng_uniform(r);
    double side = rng_u32(r) & 1 ? 1 : -1;

    (void)n;
    return point(side * a, i % 2 ? -side * b : side * b, i % 2);
}

static struct net_sample gauss(struct rng *r, int i, int n)
{
    double centre = i % 2 ? .5 * R : -.5 * R;
    double a = rng_normal(r), b = rng_normal(r);

    (void)n;
    return point(centre + .2 * R * a, centre + .2 * R * b, i % 2);
}

/* Two arms of 1.75 turns. */
static struct net_sample spiral(struct rng *r, int i, int n)
{
    int pair = i / 2, pairs = (n + 1) / 2; /* one point on each arm */
    double along = (double)pair / pairs, angle = 1.75 * along * 2 * M_PI + (i % 2 ? M_PI : 0);

    (void)r;
    return point(R * along * sin(angle), R * along * cos(angle), i % 2);
}

static struct net_sample moons(struct rng *r, int i, int n)
{
    double angle = M_PI * rng_uniform(r);

    (void)n;
    if (i % 2)
        return point(.6 * R * (.5 - cos(angle)), .6 * R * (.25 - sin(angle)), 1);
    return point(.6 * R * (cos(angle) - .5), .6 * R * (sin(angle) - .25), 0);
}

static struct net_sample plane(struct rng *r, int i, int n)
{
    double a = R * (2 * rng_uniform(r) - 1), b = R * (2 * rng_uniform(r) - 1);

    (void)i, (void)n;
    return point(a, b, (a + b) / (2 * R));
}

static struct net_sample sine(struct rng *r, int i, int n)
{
    double a = R * (2 * rng_uniform(r) - 1), b = R * (2 * rng_uniform(r) - 1);

    (void)i, (void)n;
    return point(a, b, sin(2 * a));
}

static generator *const generators[] = {
    [DATA_CIRCLE] = circle, [DATA_XOR] = quadrants, [DATA_GAUSS] = gauss, [DATA_SPIRAL] = spiral,
    [DATA_MOONS] = moons,   [DATA_PLANE] = plane,   [DATA_SINE] = sine,
};

static void generate(struct dataset *d, const struct net_config *c)
{
    struct rng place, noise;

    rng_seed(&place, c->seed, STREAM_POINT);
    rng_seed(&noise, c->seed, STREAM_NOISE);
    d->sample = xcalloc((size_t)c->samples, sizeof *d->sample);
    d->n = c->samples;
    for (int i = 0; i < d->n; i++) {
        struct net_sample *s = &d->sample[i];

        *s = generators[c->data](&place, i, d->n);
        if (net_config_regression(c)) {
            s->y += (float)(c->noise * rng_normal(&noise));
        } else {
            s->x1 += (float)(c->noise * R * rng_normal(&noise));
            s->x2 += (float)(c->noise * R * rng_normal(&noise));
        }
    }
}

static bool load(struct dataset *d, const struct net_config *c, struct error *e)
{
    struct text all = {0};
    bool ok = file_read(c->file, FILE_LIMIT, &all, e) &&
              dataset_parse(c->file, text_str(&all), all.len, c->loss == LOSS_SQUARED, d, e);

    text_free(&all);
    return ok;
}

int dataset_train(const struct net_config *c, int n)
{
    const int train = n - (int)(c->test * n + .5);

    return train < 1 ? 1 : train;
}

static void deal(struct dataset *d, const struct net_config *c)
{
    struct rng r;

    rng_seed(&r, c->seed, STREAM_DEAL);
    for (int i = d->n - 1; i > 0; i--) {
        int j = (int)rng_below(&r, (uint32_t)i + 1);
        struct net_sample s = d->sample[i];

        d->sample[i] = d->sample[j];
        d->sample[j] = s;
    }
    d->train = dataset_train(c, d->n);
}

bool dataset_make(struct dataset *d, const struct net_config *c, struct error *e)
{
    *d = (struct dataset){0};
    if (!c->file[0])
        generate(d, c);
    else if (!load(d, c, e)) {
        dataset_free(d);
        return false;
    }
    deal(d, c);
    return true;
}

bool dataset_same(const struct net_config *a, const struct net_config *b)
{
    if (strcmp(a->file, b->file) != 0 || a->seed != b->seed || a->test != b->test)
        return false;
    if (a->file[0])
        return a->loss == b->loss; /* which says what labels may be */
    return a->data == b->data && a->noise == b->noise && a->samples == b->samples;
}

void dataset_free(struct dataset *d)
{
    free(d->sample);
    *d = (struct dataset){0};
}

bool dataset_is_labelled(const struct dataset *d)
{
    for (int i = 0; i < d->n; i++)
        if (!dataset_is_label(d->sample[i].y))
            return false;
    return true;
}
