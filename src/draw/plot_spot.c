/* plot_spot.c - where a text among the curves covers least of them. */
#include "base/xalloc.h"
#include "draw/plot.h"

#include <stdlib.h>

/* How much of what is drawn lies above and left of each cell's corner, so that a rectangle's share
 * is a matter of four sums. (area.rows + 1) x (area.cols + 1). */
static int *sum_ink(const struct grid *g, struct rect area)
{
    const int stride = area.cols + 1;
    int *sum = xcalloc((size_t)(area.rows + 1) * (size_t)stride, sizeof *sum);
    for (int row = 0; row < area.rows; row++)
        for (int col = 0; col < area.cols; col++) {
            const struct cell *c = grid_at(g, area.row + row, area.col + col);
            const int ink = c && c->glyph != ' ' && c->role != ROLE_AXIS;
            int *at = &sum[(row + 1) * stride + col + 1];
            *at = ink + at[-1] + at[-stride] - at[-stride - 1];
        }
    return sum;
}

int plot_find_spot(const struct grid *g, struct rect area, int rows, int cols, struct rect *spot)
{
    /* In eighths of the free room, the best first: corners, then the middles of the edges. */
    static const struct {
        int down, right;
    } edge[] = {{0, 0}, {0, 8}, {8, 8}, {8, 0}, {0, 4}, {8, 4}, {4, 0}, {4, 8}};
    enum { EDGES = sizeof edge / sizeof *edge };
    /* With a blank on either side. */
    const int width = cols + 2, room_down = area.rows - rows, room_right = area.cols - width;
    const int stride = area.cols + 1;
    int least = -1;
    if (room_down < 0 || room_right < 0)
        return -1;
    int *sum = sum_ink(g, area);
    /* Then anywhere, in steps that do not follow each small move of a curve. */
    for (int i = 0; i < EDGES + 9 * (room_down + 1) && least != 0; i++) {
        const int k = i - EDGES;
        const int row = k < 0 ? room_down * edge[i].down / 8 : k / 9;
        const int col = room_right * (k < 0 ? edge[i].right : k % 9) / 8;
        const int *above = &sum[(size_t)row * (size_t)stride + (size_t)col],
                  *below = above + (size_t)rows * (size_t)stride;
        const int covered = below[width] - below[0] - above[width] + above[0];
        if (least < 0 || covered < least) {
            least = covered;
            *spot = (struct rect){area.row + row, area.col + col + 1, rows, cols};
        }
    }
    free(sum);
    return least;
}

struct rect plot_clear_spot(const struct grid *g, struct rect area, int rows, int cols)
{
    struct rect spot = {area.row, area.col, rows, cols};
    plot_find_spot(g, area, rows, cols, &spot);
    return spot;
}
