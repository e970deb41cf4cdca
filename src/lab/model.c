/* model.c - the experiment on the bench, as one thing. */
#include "lab/lab.h"
#include "lab/race.h"

void model_free(struct model *m)
{
    race_stop(m);
    history_free(&m->history);
    trainer_free(m->trainer);
}
