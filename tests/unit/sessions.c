/* sessions.c - see sessions.h. */
#include "sessions.h"

#include "commands/source.h"
#include "replay/follow.h"
#include "replay/play.h"
#include "replay/state.h"
#include "study/solution.h"

#include <string.h>

struct lab *open_session(bool screen)
{
    struct lab *lab = open_lab(getenv("ACTLAB_LESSONS"));

    lab->interactive = screen;
    lab->set.animation = false;
    return lab;
}

void play_whole(struct lab *lab, const char *file, const char *what)
{
    struct error e;

    if (!lab_source(lab, file, false, nowhere, &e))
        fail_msg("%s: %s", what, e.text);
}

void state_of(struct lab *lab, struct text *out)
{
    text_clear(out);
    state_commands(lab, out);
    text_printf(out, "# %016llx\n", (unsigned long long)state_digest(lab));
}

void same(struct lab *a, struct lab *b, const char *what)
{
    struct text left = {0}, right = {0};

    state_of(a, &left);
    state_of(b, &right);
    if (strcmp(left.s, right.s) != 0)
        fail_msg("%s: another lab:\n%s---\n%s", what, left.s, right.s);
    text_free(&left);
    text_free(&right);
}

void catch_up(struct lab *lab, double slice)
{
    while (follow_tick(lab, slice) || follow_behind(lab))
        ;
}

/* ---- random sessions ------------------------------------------------------------------------- */

/* What a teacher might do. %d is a small number. */
static const char *const deeds[] = {
    "fn next",
    "fn prev",
    "fn relu",
    "fn tanh",
    "fn elu alpha=1.%d",
    "fn leaky_relu alpha=0.%d",
    "fn swish",
    "fn 'x*sigmoid(1.%d*x)'",
    "def mine(x) = x*tanh(softplus(x)) + %d",
    "def other(x) = mine(x)/2",
    "fn mine",
    "alpha +1step",
    "alpha 0.%d",
    "beta -1step",
    "alpha default",
    "cursor next",
    "cursor +3col",
    "cursor =-1.%d",
    "cursor x+0.1",
    "range -%d 4",
    "zoom 1.25",
    "pan 0.%d",
    "compare relu gelu",
    "compare off",
    "tangent",
    "saturation off",
    "histogram %d",
    "sweep alpha 0 1.%d",
    "net layers=%d",
    "net layers=+1",
    "net layers=-1",
    "net width=%d",
    "net layers=3 width=8",
    "net lr=0.0%d",
    "net lr=next",
    "net lr=loss/4",
    "net init=next",
    "net data=next",
    "net fn=next",
    "net fn=plotted",
    "net optimizer=adam lr=0.01",
    "net optimizer=sgd",
    "net batch=2%d momentum=0.5",
    "net seed=%d",
    "net seed=step+%d",
    "run",
    "pause",
    "step %d",
    "step 1",
    "train 1 epoch",
    "train %d epochs",
    "train",
    "until loss < 0.5 limit=3",
    "watch loss accuracy epochs=3",
    "reset",
    "undo",
    "undo",
    "redo",
    "back %d",
    "back 4%d",
    "swap relu",
    "swap elu alpha=0.%d",
    "kill 1",
    "revive",
    "race relu tanh epochs=1",
    "race off",
    "layers width=6 epochs=1",
    "layers epochs=2",
    "netview next",
    "unit 1 2",
    "weight 1 +0.%d",
    "weight 0 0.%d",
    "lesson %d",
    "lesson next",
    "lesson prev",
    "lesson page=2",
    "lesson vanishing",
    "try",
    "try 1",
    "hint",
    "solution",
    "answer 1",
    "restart",
    "plot gelu",
    "naive on",
    "difference",
};

/* One deed, which may well be refused, and some training by the clock. */
void act(struct lab *lab, struct rng *r)
{
    char line[128];
    struct error e;

    snprintf(line, sizeof line, deeds[rng_below(r, sizeof deeds / sizeof *deeds)],
             1 + (int)rng_below(r, 5));
    lab_run(lab, line, nowhere, &e);
    lab->model.plot.sweep.on = false;
    if (rng_below(r, 3) == 0 && !trainer_diverged(lab->model.trainer, NULL))
        lab_train(lab, rng_below(r, 60));
    for (int i = 0; i < 1000 && study_playing(lab); i++)
        session_tick(lab, 0.25, 1);
    lab->model.running = false;
}

void small(struct lab *lab)
{
    run(lab, "net layers=2 width=4 samples=40");
}

/* Each session is recorded from its middle on, on a screen or in a shell. */
struct lab *random_session(unsigned seed, const char *file)
{
    struct lab *lab = open_session(seed % 2);
    struct rng r;
    char line[64];
    int before, after;

    rng_seed(&r, seed, 0);
    before = seed % 3 ? (int)rng_below(&r, 12) : 0;
    after = 5 + (int)rng_below(&r, 50);
    small(lab);
    for (int i = 0; i < before; i++)
        act(lab, &r);
    snprintf(line, sizeof line, "record ! %s", file);
    run(lab, line);
    for (int i = 0; i < after; i++)
        act(lab, &r);
    run(lab, "record off");
    return lab;
}
