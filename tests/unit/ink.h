/* ink.h - how far the ink of a picture lies from the curve that it draws.
 *
 * Where a glyph has its ink, in a cell from (0, 0) lower left to (1, 1) upper right: _ . - ' lie a
 * quarter of a row apart, from the cell's lower edge on; slashes are diagonals; | stands in the
 * middle; any other glyph is a point in the middle, as a plotter means its *. Distances are those
 * that the eye sees: in rows, a column being half a row wide. */
#ifndef ACTLAB_TESTS_INK_H
#define ACTLAB_TESTS_INK_H

#include <math.h>
#include <stdint.h>

struct ink_point {
    double x, y;
};

enum { INK_POINTS = 5, INK_CURVE = 4000 };

static const double INK_COLUMN = 0.5; /* rows that a column is wide */

/* The ink of a glyph as points of its cell; returns how many. */
static int ink_of(uint32_t glyph, struct ink_point out[INK_POINTS])
{
    for (int i = 0; i < INK_POINTS; i++) {
        const double t = i / (INK_POINTS - 1.0);
        switch (glyph) {
        case '/':
            out[i] = (struct ink_point){t, t};
            break;
        case '\\':
            out[i] = (struct ink_point){t, 1 - t};
            break;
        case '|':
            out[i] = (struct ink_point){0.5, t};
            break;
        default:
            out[0] = (struct ink_point){0.5, glyph == '_'    ? 0
                                             : glyph == '.'  ? 0.25
                                             : glyph == '\'' ? 0.75
                                                             : 0.5};
            return 1;
        }
    }
    return INK_POINTS;
}

/* A curve over a window of cols x rows cells as a chain of points: columns from the left, rows from
 * below. */
struct ink_curve {
    struct ink_point at[INK_CURVE + 1];
};

/* The distance from a point to the chain, in rows. */
static double ink_distance(const struct ink_curve *c, struct ink_point p)
{
    double least = INFINITY;
    for (int i = 0; i < INK_CURVE; i++) {
        const double ax = c->at[i].x * INK_COLUMN, ay = c->at[i].y;
        const double bx = c->at[i + 1].x * INK_COLUMN, by = c->at[i + 1].y;
        const double dx = bx - ax, dy = by - ay, px = p.x * INK_COLUMN - ax, py = p.y - ay;
        const double length = dx * dx + dy * dy;
        double t = length > 0 ? (px * dx + py * dy) / length : 0;
        t = t < 0 ? 0 : t > 1 ? 1 : t;
        least = fmin(least, hypot(px - t * dx, py - t * dy));
    }
    return least;
}

/* Adds what the glyph in a cell (row counted from below) contributes to a sum of squares and to a
 * count. */
static void ink_add(const struct ink_curve *c, int row, int col, uint32_t glyph, double *sum,
                    int *count)
{
    struct ink_point p[INK_POINTS];
    const int n = ink_of(glyph, p);
    for (int i = 0; i < n; i++) {
        const double d = ink_distance(c, (struct ink_point){col + p[i].x, row + p[i].y});
        *sum += d * d / n; /* a cell counts once, whatever its glyph */
    }
    ++*count;
}

#endif
