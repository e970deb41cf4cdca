/* cmd_undo.c - undo and redo of the last thing done, whatever it was. */
#include "commands/handlers.h"
#include "lab/timeline.h"
#include "study/learner.h"

/* The experiment under way may be another one now, or none. */
static void follow_learner(struct lab *lab, const struct open_page *was)
{
    if (lab->open.lesson != was->lesson || lab->open.try != was->try)
        study_set_goals(lab);
    lab->learner->solution.on = false;
}

static bool travel(struct lab *lab, const char *done,
                   bool (*go)(struct lab *, char did[TIMELINE_DID_MAX], struct error *), FILE *out,
                   struct error *e)
{
    const struct open_page was = lab->open;
    char did[TIMELINE_DID_MAX];

    if (!go(lab, did, e))
        return false;
    follow_learner(lab, &was);
    if (lab->interactive)
        lab_say(lab, false, "%s: %s", done, did);
    else
        fprintf(out, "%s: %s\n", done, did);
    return true;
}

bool cmd_undo(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    (void)c;
    return travel(lab, "undone", timeline_undo, out, e);
}

bool cmd_redo(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    (void)c;
    return travel(lab, "done again", timeline_redo, out, e);
}
