/* cmd_play.c - play and resume: recordings, and what was kept; stop and quit: the end of both. */
#include "commands/handlers.h"
#include "commands/source.h"
#include "replay/follow.h"
#include "replay/kept.h"
#include "replay/play.h"
#include "study/learner.h"
#include "study/solution.h"

#include <string.h>

static const struct {
    const char *word;
    void (*act)(struct lab *);
} controls[] = {
    {"pause", play_pause}, {"step", play_step}, {"skip", play_skip}, {"stop", play_stop}};

static bool start(struct lab *lab, const char *path, double speed, struct error *e)
{
    if (!play_start(lab, path, speed, e))
        return false;
    follow_stop(lab);
    return true;
}

bool cmd_play(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    const char *option = call_option(c, "speed");
    double speed = 1;

    if (option && (!expr_number(option, lab->scope, &speed, e) || !(speed > 0 && speed <= 1000)))
        return misuse(e, -1, "speed must be above 0 and at most 1000, not '%s'", option);
    for (size_t i = 0; i < sizeof controls / sizeof *controls; i++)
        if (strcmp(c->word[0].s, controls[i].word) == 0) {
            if (!lab->replay.player)
                return fail(e, "nothing is playing: play FILE");
            controls[i].act(lab);
            return true;
        }
    return lab->interactive ? start(lab, c->word[0].s, speed, e)
                            : lab_play(lab, c->word[0].s, out, e);
}

bool cmd_resume(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    (void)c;
    (void)out;
    return kept_resume(lab, e);
}

/* Asks once where more ends than the sitting, or where that may not be meant: what another key
 * does takes the question back (tui/loop_keys.c). */
static void leave(struct lab *lab, bool ask, const char *before, const char *command)
{
    if (!ask || !lab->interactive || lab->interrupt.doubt) {
        lab->interrupt.quit = true;
        return;
    }
    lab->interrupt.doubt = true;
    lab_say(lab, false, "%s: %s again %sleaves", before, lab_way(lab, command),
            lab->replay.recorder ? "ends the recording and " : "");
}

bool cmd_quit(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    (void)c;
    (void)out;
    (void)e;
    leave(lab, lab->replay.recorder, "this is being recorded", "quit");
    return true;
}

/* With a stream on standard input the whole pipeline ends. */
bool cmd_stop(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    const bool runs =
        lab->model.running || lab->model.plot.sweep.on || study_playing(lab) || lab->replay.player;

    (void)c;
    (void)out;
    (void)e;
    lab->model.running = lab->model.plot.sweep.on = lab->learner->solution.on = false;
    play_stop(lab);
    lab->interrupt.doubt &= !runs;
    leave(lab, !follow_input(lab), runs ? "stopped" : "nothing runs", "stop");
    return true;
}
