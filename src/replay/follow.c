/* follow.c - see follow.h. */
#include "replay/follow.h"

#include "base/clock.h"
#include "base/utf8.h"
#include "base/xalloc.h"
#include "lab/keymap.h"
#include "lab/limits.h"
#include "lab/timeline.h"
#include "replay/follow_private.h"
#include "replay/play.h"
#include "replay/record.h"
#include "study/opening.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- beginning and ending -------------------------------------------------------------------- */

static void free_follower(struct follower *f)
{
    if (f->fd >= 0)
        close(f->fd);
    script_clear(&f->script);
    text_free(&f->part);
    free(f->path);
    free(f->name);
    free(f);
}

/* As it may stand on a terminal. */
static char *shown_name(const char *path)
{
    struct text clean = {0};

    if (strcmp(path, "-") == 0)
        return xstrdup("standard input");
    utf8_clean(&clean, path, strlen(path), false);
    return clean.s ? clean.s : xstrdup("");
}

bool follow_start(struct lab *lab, const char *path, unsigned how, struct error *e)
{
    const bool from_now = how & FOLLOW_FROM_NOW;
    struct follower *f = xcalloc(1, sizeof *f);

    f->path = xstrdup(path);
    f->name = shown_name(path);
    f->heard = clock_now();
    if (!follow_open(f, e) && !(how & FOLLOW_WAIT && follow_may_come(f))) {
        free_follower(f);
        return false;
    }
    play_stop(lab);
    follow_stop(lab);
    if (f->fd < 0)
        lab_say(lab, false, "waiting for %s: the teacher's `record` creates it", f->name);
    else if (from_now)
        follow_pass_over(f);
    lab->replay.follower = f;
    lab->replay.leads = true;
    if (from_now || follow_rejoin(lab, e))
        return true;
    follow_stop(lab);
    return false;
}

void follow_stop(struct lab *lab)
{
    if (!lab->replay.follower)
        return;
    free(lab->replay.followed);
    lab->replay.followed =
        lab->replay.follower->regular ? xstrdup(lab->replay.follower->path) : NULL;
    free_follower(lab->replay.follower);
    lab->replay.follower = NULL;
    lab->replay.leads = false;
    lab->changes++;
}

bool follow_begin_again(struct lab *lab, struct error *e)
{
    struct functions *none;

    study_close(lab);
    if (!lab_restart(lab, e))
        return false;
    timeline_clear(lab);
    none = functions_like(lab->model.functions);
    functions_free(lab->model.functions); /* nothing is left that shows or runs one of them */
    lab->model.functions = none;
    record_begin_again(lab);
    return true;
}

bool follow_rejoin(struct lab *lab, struct error *e)
{
    struct follower *f = lab->replay.follower;

    if (!f && lab->replay.followed) /* also where no file may be named: this one has been */
        return follow_start(lab, lab->replay.followed, FOLLOW_WAIT, e);
    if (!f)
        return fail(e, "you are following nobody: follow FILE");
    f->apart = false;
    lab->replay.leads = true;
    f->run = (struct script_run){0};
    return follow_begin_again(lab, e);
}

void follow_leave(struct lab *lab)
{
    struct follower *f = lab->replay.follower;
    const char *key = keymap_key(lab->keymap, "plot", "follow");

    if (!f || f->apart)
        return;
    f->apart = true;
    lab->replay.leads = false;
    lab_say(lab, false, "You are on your own now: %s goes back to %s", key ? key : ":follow",
            f->name);
}

/* ---- doing ----------------------------------------------------------------------------------- */

bool follow_tick(struct lab *lab, double seconds)
{
    struct follower *f = lab->replay.follower;
    uint64_t changes = lab->changes;
    enum script_state state;
    struct error e;

    if (!f)
        return false;
    if (follow_read(lab))
        lab->changes++;
    if (seconds < 0 || f->apart || !script_waits(&f->script, &f->run))
        return lab->changes != changes;
    state = script_go(lab, &f->script, &f->run, seconds);
    if (state == SCRIPT_CUT)
        follow_leave(lab);
    if (state == SCRIPT_WRONG) {
        f->run = (struct script_run){.all = true};
        if (!follow_begin_again(lab, &e))
            lab_say(lab, true, "%s", e.text);
    }
    lab->changes++;
    return true;
}

void follow_all(struct lab *lab)
{
    while (lab->replay.follower && lab->replay.follower->regular &&
           (follow_tick(lab, 1) || follow_behind(lab)))
        ;
}

bool follow_behind(const struct lab *lab)
{
    const struct follower *f = lab->replay.follower;

    return f && !f->apart && script_waits(&f->script, &f->run);
}

bool follow_leads(const struct lab *lab)
{
    return lab->replay.leads;
}

bool follow_input(const struct lab *lab)
{
    return lab->replay.follower && strcmp(lab->replay.follower->path, "-") == 0;
}

int follow_fd(const struct lab *lab)
{
    const struct follower *f = lab->replay.follower;

    return f && !f->regular && !f->ended ? f->fd : -1;
}

bool follow_watches(const struct lab *lab)
{
    return lab->replay.follower && lab->replay.follower->regular && !lab->replay.follower->ended;
}

double follow_heard(const struct lab *lab)
{
    return lab->replay.follower ? lab->replay.follower->heard : 0;
}

bool follow_place(const struct lab *lab, struct follow_place *p)
{
    const struct follower *f = lab->replay.follower;

    if (!f)
        return false;
    *p = (struct follow_place){
        .name = f->name,
        .apart = f->apart,
        .ended = f->ended || f->over,
        .waiting = f->fd < 0,
        .lines = f->lines,
        .failed = f->bad + f->run.failed,
        .why = f->run.failed ? f->run.why : f->why,
        .share = script_share(&f->script, &f->run),
    };
    return true;
}
