/* aside.c - see aside.h. */
#include "lab/aside.h"

#include "base/xalloc.h"
#include "lab/race.h"

#include <stdlib.h>

/* A copy of the lab, of which only what is named below counts. */
struct aside {
    struct lab was;
};

struct aside *aside_begin(struct lab *lab)
{
    struct aside *a = xcalloc(1, sizeof *a);

    a->was = *lab;
    lab->trainer = NULL;
    lab->race = NULL;
    lab->history = (struct history){.most = lab->history.most};
    return a;
}

static void free_network(struct lab *lab)
{
    race_stop(lab);
    history_free(&lab->history);
    trainer_free(lab->trainer);
}

void aside_drop(struct aside *a)
{
    free_network(&a->was);
    free(a);
}

void aside_return(struct lab *lab, struct aside *a)
{
    const struct lab *was = &a->was;

    free_network(lab);
    lab->trainer = was->trainer;
    lab->race = was->race;
    lab->history = was->history;
    lab->net = was->net;
    lab->running = was->running;
    lab->until = was->until;
    lab->pass = was->pass;
    lab->networks = was->networks;
    lab->owed = was->owed;
    lab->netview = was->netview;
    lab->unit_layer = was->unit_layer;
    lab->unit = was->unit;
    lab->input = was->input;
    lab->fn = was->fn;
    lab->plot = was->plot;
    lab->set = was->set;
    lab->focus = was->focus;
    lab->zoomed = was->zoomed;
    lab->screen = was->screen;
    lab->probe_stale = true; /* it is of the other network */
    lab->frame_at = 0;
    lab->changes++;
    free(a);
}
