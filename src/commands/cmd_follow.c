/* cmd_follow.c - follow: a class that does what its teacher does. */
#include "commands/handlers.h"
#include "replay/follow.h"

#include <string.h>

static void print_place(const struct lab *lab, FILE *out)
{
    struct follow_place p;

    if (!follow_place(lab, &p))
        return;
    fprintf(out, "%s %s: %llu lines, %llu passed over%s%s\n",
            p.waiting ? "waiting for"
            : p.ended ? "followed"
                      : "following",
            p.name, (unsigned long long)p.lines, (unsigned long long)p.failed,
            p.failed ? ", the last one " : "", p.failed ? p.why : "");
}

bool cmd_follow(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    const char *word = c->words ? c->word[0].s : "";
    const unsigned how = (call_option_choice(c, "from", 0) == 1 ? FOLLOW_FROM_NOW : 0) |
                         (call_flag(c, "wait") ? FOLLOW_WAIT : 0);

    if (strcmp(word, "off") == 0) {
        follow_stop(lab);
        return true;
    }
    if (strcmp(word, "leave") == 0) {
        if (!lab->replay.follower)
            return fail(e, "you are following nobody");
        follow_leave(lab);
        return true;
    }
    if (!*word && follow_leads(lab)) {
        print_place(lab, out);
        return true;
    }
    if (!*word)
        return follow_rejoin(lab, e);
    if (lab_rights(lab) != RIGHTS_OWN)
        return fail(e, "a file cannot be followed from within a restricted session");
    if (!follow_start(lab, word, how, e))
        return false;
    if (!lab->interactive)
        follow_all(lab); /* a script has all that is there at once */
    return true;
}
