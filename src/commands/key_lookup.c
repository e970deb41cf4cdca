/* key_lookup.c - see key_lookup.h. */
#include "commands/key_lookup.h"

#include "lab/netview.h"
#include "replay/kept.h"
#include "study/experiment.h"
#include "study/learner.h"

#include <string.h>

/* Also when all are answered: a digit that comes too late, or twice, changes nothing. */
static bool quiz(const struct lab *lab, const struct key_place *p)
{
    const struct lesson *l = study_lesson(lab);
    bool any = false;

    for (size_t i = 0; l && i < l->questions; i++)
        any |= l->question[i].page == lab->open.page;
    return p->lesson_seen && any;
}

static bool unit(const struct lab *lab, const struct key_place *p)
{
    return p->network_seen && !lab->model.race && lab->model.netview == NETVIEW_weights;
}

static bool full(const struct lab *lab, const struct key_place *p)
{
    (void)p;
    return lab->screen.zoomed;
}

static bool more(const struct lab *lab, const struct key_place *p)
{
    return p->more && lab->open.lesson >= 0 && !study_done_here(lab);
}

static bool alone(const struct lab *lab, const struct key_place *p)
{
    return p->alone && !lab->screen.zoomed;
}

static bool away(const struct lab *lab, const struct key_place *p)
{
    (void)p;
    return lab->replay.follower && !lab->replay.leads;
}

static bool kept(const struct lab *lab, const struct key_place *p)
{
    (void)p;
    return kept_offered(lab);
}

static const struct {
    const char *pane;
    bool (*holds)(const struct lab *, const struct key_place *);
} moments[] = {{"quiz", quiz},   {"unit", unit}, {"full", full}, {"more", more},
               {"alone", alone}, {"away", away}, {"kept", kept}};

bool key_pane_holds(const struct lab *lab, const struct key_place *p, const char *pane)
{
    if (lab->replay.player || lab->screen.shown != SCREEN_LAB)
        return false;
    for (size_t i = 0; i < sizeof moments / sizeof *moments; i++)
        if (strcmp(moments[i].pane, pane) == 0)
            return moments[i].holds(lab, p);
    return false;
}

/* While a long text hides the lab no key changes it unseen. */
static bool holds_over_text(const struct lab *lab, const struct binding *b)
{
    const struct command *c = command_of(lab->commands, b->command, NULL);

    return c && c->flags & CMD_OVER_TEXT;
}

const struct binding *key_binding(const struct lab *lab, const char *key, const struct key_place *p)
{
    const char *pane = lab_key_pane(lab);
    const bool text = strcmp(pane, "text") == 0 || strcmp(pane, "list") == 0;
    const struct binding *b = NULL;

    for (size_t i = 0; !b && i < sizeof moments / sizeof *moments; i++)
        if (key_pane_holds(lab, p, moments[i].pane))
            b = keymap_find(lab->keymap, moments[i].pane, key);
    if (!b)
        b = keymap_find(lab->keymap, pane, key);
    if (!b && text) /* a list is one, too */
        b = keymap_find(lab->keymap, "text", key);
    if (b)
        return b;
    b = keymap_find(lab->keymap, "", key);
    return b && text && !holds_over_text(lab, b) ? NULL : b;
}

const char *key_label(const struct lab *lab, const struct binding *b, int *n)
{
    const struct command *c = command_of(lab->commands, b->command, NULL);
    int i = c && c->label ? c->label(lab) : 0;
    const char *s = b->label, *next;

    while (i-- > 0 && (next = strchr(s, '/')))
        s = next + 1;
    *n = c && c->label && c->label(lab) < 0 ? 0 : (int)strcspn(s, "/|");
    return s;
}

const char *key_words(const struct lab *lab, const struct binding *b, int *n)
{
    const struct command *c = command_of(lab->commands, b->command, NULL);
    const char *words = strchr(b->label, '|');

    if (!words && b->label[0])
        return key_label(lab, b, n);
    words = words ? words + 1 : b->command;
    *n = c && c->label && c->label(lab) < 0 ? 0 : (int)strlen(words);
    return words;
}

enum pane key_pane_of(const struct binding *b, const struct lab *lab)
{
    static const enum pane about[GROUPS] = {[GROUP_FUNCTION] = PANE_PLOT,
                                            [GROUP_PLOT] = PANE_PLOT,
                                            [GROUP_NETWORK] = PANE_NETWORK,
                                            [GROUP_COURSE] = PANE_LESSON,
                                            [GROUP_SESSION] = PANES};
    const struct command *c = command_of(lab->commands, b->command, NULL);

    return c ? about[c->group] : PANES;
}
