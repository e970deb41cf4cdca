/* net_race.c - a race: the functions' losses side by side, with where each stands. */
#include "draw/chart.h"
#include "lab/race.h"
#include "lab/real.h"
#include "view/netviews.h"

#include <math.h>

void netview_race(const struct lab *lab, struct grid *g, struct rect in)
{
    const struct race *r = lab->race;
    double top = 0.7;

    for (int i = 0; i < r->racers; i++)
        for (int k = 0; k < r->points; k++)
            if (isfinite(r->racer[i].loss[k]))
                top = fmax(top, r->racer[i].loss[k]);
    grid_text(g, in, 0, 0, ROLE_AXIS, "race          loss   acc  ratio       loss by epoch");
    for (int i = 0; i < r->racers; i++) {
        const struct racer *x = &r->racer[i];
        char loss[REAL_TEXT_MAX], ratio[REAL_TEXT_MAX];
        struct rect spark = {in.row + 1 + i, in.col + 39, 1, in.cols - 39};

        grid_printf(g, in, 1 + i, 0, ROLE_STRONG, "%.13s", trainer_fn(x->trainer)->act->name);
        grid_printf(g, in, 1 + i, 14, ROLE_TEXT, "%-5s  %.2f  %s",
                    real_loss(loss, x->probe.loss, 3), x->probe.accuracy,
                    (real_digits(ratio, x->probe.ratio, 2), ratio));
        chart_spark(g, spark, x->loss, r->points, 0, top, (enum charset)lab->set.charset, ROLE_BAR);
    }
}
