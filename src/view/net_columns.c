/* net_columns.c - how layers are spread over columns, and the row below them: their numbers, and
 * where the pass of a single step stands. */
#include "base/utf8.h"
#include "view/netviews.h"

#include <stdio.h>

enum { PITCH_MOST = 20, BAR_MOST = 12 };

/* Every so-manieth layer has a number, so that what stands below each other has room: numbers where
 * layers are wide, else "100%". */
static void choose_numbers(struct layer_columns *c)
{
    static const int steps[] = {1, 2, 5, 10, 25, 50, 100};
    const int digits = c->layers > 99 ? 3 : c->layers > 9 ? 2 : 1;

    c->apart = c->pitch < 3 ? 5 : digits + 1;
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        c->every = steps[i]; /* from 1 to the first of them it is one less */
        if ((c->every > 1 ? c->every - 1 : 1) * c->pitch >= c->apart * c->group)
            break;
    }
}

struct layer_columns layer_columns_make(int cols, int layers)
{
    struct layer_columns c = {NETVIEW_LABEL, 1, layers, 1, 1, layers, 1, 1};
    int room = cols - NETVIEW_LABEL;

    if (layers < 1)
        return c;
    if (room < 1)
        room = 1;
    while (c.group * room < layers)
        c.group++;
    c.shown = (layers + c.group - 1) / c.group;
    c.pitch = room / c.shown;
    if (c.pitch > PITCH_MOST)
        c.pitch = PITCH_MOST;
    c.width = c.pitch > 3 ? c.pitch - 2 : c.pitch > 1 ? c.pitch - 1 : 1;
    if (c.width > BAR_MOST)
        c.width = BAR_MOST;
    choose_numbers(&c);
    return c;
}

int layer_column(const struct layer_columns *c, int layer)
{
    return c->first + (layer - 1) / c->group * c->pitch;
}

bool layer_is_numbered(const struct layer_columns *c, int layer)
{
    int col = layer_column(c, layer);

    if (layer == 1 || c->every == 1)
        return true;
    if (layer == c->layers)
        return col - c->first >= c->apart;
    return layer % c->every == 0 && layer_column(c, c->layers) - col >= c->apart;
}

void layer_text(struct grid *g, struct rect in, int row, const struct layer_columns *c, int layer,
                enum role role, const char *text)
{
    int col = layer_column(c, layer), most = in.cols - utf8_columns(text);

    grid_text(g, in, row, col < most ? col : most, role, text);
}

void layer_numbers(const struct lab *lab, struct grid *g, struct rect in, int row,
                   const struct layer_columns *c)
{
    struct rect label = {in.row + row, in.col, 1, NETVIEW_LABEL};
    bool forward = true;
    int passed = lab_pass_layer(lab, &forward);
    char number[16];

    if (passed) {
        grid_fill(g, label, ' ', ROLE_TEXT);
        grid_text(g, label, 0, 0, ROLE_SELECTED, forward ? "forward >" : "< backward");
    } else {
        grid_text(g, label, 0, NETVIEW_SCALE, ROLE_AXIS, "layer");
    }
    for (int l = 1; l <= c->layers; l++) {
        int off = passed ? layer_column(c, l) - layer_column(c, passed) : c->apart;

        if (l != passed && (!layer_is_numbered(c, l) || (off < c->apart && -off < c->apart)))
            continue;
        snprintf(number, sizeof number, "%d", l);
        layer_text(g, in, row, c, l, l == passed ? ROLE_SELECTED : ROLE_AXIS, number);
    }
}
