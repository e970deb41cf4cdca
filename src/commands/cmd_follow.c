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

static bool take_options(const struct call *c, unsigned *how, struct error *e)
{
    static const char *const keys[] = {"from", "wait", NULL};
    const char *from = call_option(c, "from"), *wait = call_option(c, "wait");

    if (!call_only_options(c, keys, e))
        return false;
    *how = from && strcmp(from, "now") == 0 ? FOLLOW_FROM_NOW : 0;
    if (from && !*how && strcmp(from, "start") != 0)
        return misuse(e, -1, "from=start or from=now, not from=%s", from);
    if (wait && strcmp(wait, "on") == 0)
        *how |= FOLLOW_WAIT;
    else if (wait && strcmp(wait, "off") != 0)
        return misuse(e, -1, "wait is on or off, not '%s'", wait);
    return true;
}

bool cmd_follow(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    const char *word = c->words ? c->word[0].s : "";
    unsigned how;

    if (!call_words(c, 0, 1, e) || !take_options(c, &how, e))
        return false;
    if (strcmp(word, "off") == 0) {
        follow_stop(lab);
        return true;
    }
    if (strcmp(word, "leave") == 0) {
        if (!lab->replay.follower)
            return fail(e, "nobody is followed");
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
