/* net_map.c - what the network has learnt: its answer over the plane of its two inputs, the data on
 * top. */
#include "base/xalloc.h"
#include "draw/charset.h"
#include "view/netviews.h"

#include <math.h>
#include <stdlib.h>

enum { MAP_MOST = 200 * 100 };

/* The square that holds all data, centred, with a little air. */
static double extent(const struct net_sample *s, int n)
{
    double most = 1e-6;

    for (int i = 0; i < n; i++)
        most = fmax(most, fmaxf(fabsf(s[i].x1), fabsf(s[i].x2)));
    return 1.08 * most;
}

static bool is_class1(const struct lab *lab, float y)
{
    return y > (net_config_regression(&lab->net) ? 0.0F : 0.5F);
}

/* The field under the samples: which class, and how sure of it. */
static void draw_field(const struct lab *lab, struct grid *g, struct rect in, const float *p)
{
    const struct glyphs *set = &charset_glyphs[lab->set.charset];
    bool regression = net_config_regression(&lab->net);

    for (int row = 0; row < in.rows; row++)
        for (int col = 0; col < in.cols; col++) {
            float v = p[row * in.cols + col];
            double sure = regression ? fmin(fabsf(v), 1) : fabsf(2 * v - 1);
            bool one = is_class1(lab, v);

            if (!isfinite(v))
                grid_put(g, in, row, col, '?', ROLE_BAD);
            else
                grid_put(g, in, row, col, set->field[one][sure > 0.6],
                         one ? ROLE_FIELD1 : ROLE_FIELD0);
        }
}

/* Training samples o and x, held-out ones O and X. */
static void draw_samples(const struct lab *lab, struct grid *g, struct rect in, double r)
{
    int n, train;
    const struct net_sample *s = trainer_data(lab->trainer, &n, &train);

    for (int i = 0; i < n; i++) {
        int col = (int)((s[i].x1 / r + 1) / 2 * in.cols),
            row = (int)((1 - s[i].x2 / r) / 2 * in.rows);
        bool one = is_class1(lab, s[i].y);

        grid_put(g, in, row, col, (uint32_t)(i < train ? (one ? 'o' : 'x') : (one ? 'O' : 'X')),
                 one ? ROLE_CLASS1 : ROLE_CLASS0);
    }
}

void netview_map(const struct lab *lab, struct grid *g, struct rect in)
{
    int n, train, cells;
    const struct net_sample *s = trainer_data(lab->trainer, &n, &train);
    double r = extent(s, n);
    float *xy, *p;

    /* Cells are about twice as high as wide: keep the plane square. */
    if (in.cols > 2 * in.rows + in.rows / 2)
        in.cols = 2 * in.rows + in.rows / 2;
    if (in.rows > in.cols / 2 + 1)
        in.rows = in.cols / 2 + 1;
    cells = in.rows * in.cols;
    if (in.rows < 2 || in.cols < 2 || cells > MAP_MOST)
        return;
    xy = xmalloc(2 * (size_t)cells * sizeof *xy);
    p = xmalloc((size_t)cells * sizeof *p);
    for (int i = 0; i < cells; i++) {
        const int row = i / in.cols, col = i % in.cols;
        float *at = xy + 2 * (size_t)i;

        at[0] = (float)((2.0 * col + 1) / in.cols - 1) * (float)r;
        at[1] = (float)(1 - (2.0 * row + 1) / in.rows) * (float)r;
    }
    trainer_predict(lab->trainer, xy, cells, p);
    draw_field(lab, g, in, p);
    draw_samples(lab, g, in, r);
    free(xy);
    free(p);
}
