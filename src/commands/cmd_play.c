/* cmd_play.c - play: recordings, at their own pace on the screen; resume: what was kept. */
#include "commands/handlers.h"
#include "commands/source.h"
#include "replay/follow.h"
#include "replay/kept.h"
#include "replay/play.h"

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
