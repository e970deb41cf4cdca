/* net_race.c - a race: where each function stands, and all their losses in one plot, each with the
 * mark and colour that it has in a comparison. */
#include "base/number.h"
#include "base/utf8.h"
#include "draw/plot.h"
#include "lab/race.h"
#include "view/netviews.h"

#include <math.h>
#include <stdio.h>

enum { TABLE_COLS = 46, PLOT_LEAST_COLS = 24, PLOT_LEAST_ROWS = 4, PLOT_LOW = 10 };

static const struct {
    const char *mark;
    enum role role;
    enum curve_style style;
} looks[RACE_MOST] = {{"---", ROLE_CURVE, CURVE_LINE},
                      {"xxx", ROLE_COMPARE1, CURVE_MARKED},
                      {"+++", ROLE_COMPARE2, CURVE_MARKED},
                      {"###", ROLE_COMPARE3, CURVE_MARKED}};

static void draw_racer(const struct racer *x, int i, struct grid *g, struct rect in, int row)
{
    char loss[NUMBER_TEXT_MAX], ratio[NUMBER_TEXT_MAX];
    struct divergence d;
    int end;

    grid_text(g, in, row, 0, looks[i].role, looks[i].mark);
    end = grid_printf(g, in, row, 4, ROLE_STRONG, "%.13s", racer_name(x));
    if (trainer_diverged(x->trainer, &d)) {
        char said[80];
        int col;

        snprintf(said, sizeof said, "diverged at step %llu, %s", (unsigned long long)d.step,
                 d.where);
        col = in.cols - utf8_columns(said);
        col = col > 18 ? 18 : col;
        grid_text(g, in, row, col > end ? col : end + 1, ROLE_BAD, said);
        return;
    }
    grid_text(g, in, row, 18, ROLE_TEXT, number_loss(loss, x->probe.loss, 4));
    if (isnan(x->probe.accuracy))
        grid_text(g, in, row, 26, ROLE_DIM, "-");
    else
        grid_printf(g, in, row, 26, ROLE_TEXT, "%.2f", x->probe.accuracy);
    number_digits(ratio, x->probe.ratio, 2);
    grid_text(g, in, row, 32, ROLE_TEXT, ratio);
}

/* One racer's losses as a curve over epochs: where it began, each noted epoch, and now. */
struct track {
    const struct race *race;
    const struct racer *racer;
};

static double track_y(const void *context, double epoch)
{
    const struct track *t = context;
    const struct race *r = t->race;
    const double now = t->racer->probe.epoch, at = epoch / (double)r->every;
    const int last = r->points - 1;
    double from, y0, to, y1;

    if (last < 0 || epoch < 0 || epoch > now)
        return NAN;
    if (at < last) {
        from = floor(at);
        y0 = (double)t->racer->loss[(int)from];
        y1 = (double)t->racer->loss[(int)from + 1];
        return y0 + (y1 - y0) * (at - from);
    }
    from = (double)last * (double)r->every;
    to = now;
    y0 = (double)t->racer->loss[last];
    y1 = t->racer->probe.loss;
    return to > from ? y0 + (y1 - y0) * (epoch - from) / (to - from) : y1;
}

/* The highest loss of all; beyond three a curve leaves the window, as in the view of one. */
static double top_of(const struct race *r, bool regression)
{
    double top = regression ? 0 : 1;

    for (int i = 0; i < r->racers; i++)
        for (int k = 0; k < r->points; k++)
            if (isfinite(r->racer[i].loss[k]))
                top = fmax(top, (double)r->racer[i].loss[k]);
    return regression ? (top > 0 ? top : 1) : fmin(top, 3);
}

static void draw_tracks(const struct lab *lab, struct grid *g, struct rect in)
{
    const struct race *r = lab->model.race;
    const double top = top_of(r, net_config_regression(&lab->model.net));
    struct track track[RACE_MOST];
    struct curve curve[RACE_MOST] = {0};
    struct plot p = {.x0 = 0,
                     .x1 = loss_last_epoch(r->racer[0].probe.epoch),
                     .y0 = -0.03 * top,
                     .y1 = 1.06 * top,
                     .curve = curve,
                     .curves = r->racers,
                     .charset = (enum charset)lab->set.charset,
                     .tangent = -1};

    for (int i = 0; i < r->racers; i++) {
        track[i] = (struct track){r, &r->racer[i]};
        curve[i] = (struct curve){.y = track_y,
                                  .context = &track[i],
                                  .role = looks[i].role,
                                  .style = looks[i].style,
                                  .glyph = looks[i].mark[0]};
    }
    plot_draw(g, in, &p);
    loss_name_axis(g, in);
    if (r->points < 2) {
        static const char *const said[] = {"train to see the losses fall", "train first"};
        struct rect area = plot_area(&p, in);
        bool brief = utf8_columns(said[0]) + 3 > area.cols;

        grid_text(g, area, area.rows / 2, 2, ROLE_DIM, said[brief]);
    }
}

/* The plot stands below the table where that leaves it high enough, else beside it. */
void netview_race(const struct lab *lab, struct grid *g, struct rect in)
{
    const struct race *r = lab->model.race;
    const int table = 1 + r->racers, under = in.rows - table;
    struct rect plot = in;

    grid_text(g, in, 0, 4, ROLE_AXIS, "race          loss    acc   ratio");
    for (int i = 0; i < r->racers; i++)
        draw_racer(&r->racer[i], i, g, in, 1 + i);
    if (under < PLOT_LOW && in.cols - TABLE_COLS >= PLOT_LEAST_COLS) {
        plot.col += TABLE_COLS;
        plot.cols -= TABLE_COLS;
    } else {
        plot.row += table;
        plot.rows = under;
    }
    if (plot.rows >= PLOT_LEAST_ROWS)
        draw_tracks(lab, g, plot);
}

void netview_race_title(const struct lab *lab, char *right, size_t nright)
{
    const struct race *r = lab->model.race;
    const struct racer *best = NULL;
    int n = snprintf(right, nright, "epoch %.0f", floor(r->racer[0].probe.epoch));

    for (int i = 0; i < r->racers; i++)
        if (isfinite(r->racer[i].probe.loss) &&
            (!best || r->racer[i].probe.loss < best->probe.loss))
            best = &r->racer[i];
    if (trainer_diverged(lab->model.trainer, NULL))
        snprintf(right + n, nright - (size_t)n, "  the lab's own diverged: over");
    else if (best && r->racer[0].probe.step > 0)
        snprintf(right + n, nright - (size_t)n, "  ahead %.24s", racer_name(best));
}
