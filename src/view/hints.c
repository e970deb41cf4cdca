/* hints.c - the keys that are worth knowing now, in the bottom line. */
#include "base/utf8.h"
#include "lab/course_try.h"
#include "lab/follow.h"
#include "lab/keymap.h"
#include "lab/play.h"
#include "view/layout.h"
#include "view/view.h"

#include <string.h>

struct hint {
    const char *command, *label;
};

/* Shown from the left as far as they fit: what belongs to the focused pane first, then what is
 * always true. */
static const struct hint hints[PANES][6] = {
    [PANE_LESSON] = {{"lesson next", "next page"},
                     {"lesson prev", "back"},
                     {"try", "try it"},
                     {"hint", "hint"},
                     {NULL, NULL}},
    [PANE_PLOT] = {{"fn next", "function"},
                   {"alpha +1step", "alpha"},
                   {"beta +1step", "beta"},
                   {"cursor next", "to a point"},
                   {NULL, NULL}},
    [PANE_NETWORK] = {{"run toggle", "run"},
                      {"step 1", "step"},
                      {"reset", "reset"},
                      {"back 1", "back"},
                      {"netview next", "view"},
                      {NULL, NULL}},
};
static const struct hint weights[] = {{"unit next", "unit"},    {"input next", "weight"},
                                      {"weight +0.1", "more"},  {"weight -0.1", "less"},
                                      {"netview next", "view"}, {NULL, NULL}};
static const struct hint always[] = {
    {"run toggle", "run"},
    {"lesson next", "next page"},
    {"prompt", "command"},
    {"focus next", "focus"},
    {"fn next", "function"},
    {"help", "help"},
    {"reset", "reset"},
    {"quit", "quit"},
    {"full toggle", "full"},
    {"charset next", "glyphs"},
    {NULL, NULL},
};
static const struct hint play[] = {{"play pause", "pause or go on"},
                                   {"play step", "next command"},
                                   {"play skip", "to the end"},
                                   {"play stop", "stop"},
                                   {NULL, NULL}};
static const struct hint rejoin = {"follow", "back to the teacher"};
/* Where one pane has the screen to itself this comes first: who does not know it is lost. */
static const struct hint to_others = {"focus next", "focus"};
static const struct hint pager[] = {{"scroll +1page", "on"},
                                    {"scroll -1page", "back"},
                                    {"prompt find", "find"},
                                    {"close", "close"},
                                    {NULL, NULL}};

/* Whether a command could do anything now: not one for a parameter that the function lacks. */
static bool is_useful(const struct lab *lab, const char *command)
{
    if (strncmp(command, "alpha ", 6) == 0)
        return lab->fn.act->alpha.meaning != NULL;
    if (strncmp(command, "beta ", 5) == 0)
        return lab->fn.act->beta.meaning != NULL;
    if (strcmp(command, "try") == 0)
        return course_try_here(lab);
    if (strcmp(command, "hint") == 0)
        return course_try(lab) != NULL;
    return true;
}

/* What the key would do now. */
static const char *hint_label(const struct lab *lab, const struct grid *g, const struct hint *h)
{
    if (strcmp(h->command, "run toggle") == 0 && lab->running)
        return "pause";
    if (strcmp(h->command, "lesson next") == 0 &&
        lab->scroll < view_scroll_end(lab, g->rows, g->cols))
        return "more";
    return h->label;
}

static int draw_hint(const struct lab *lab, struct grid *g, struct rect in, int col,
                     const char *pane, const struct hint *h)
{
    const char *key = keymap_key(lab->keymap, pane, h->command), *label = hint_label(lab, g, h);

    if (!key || !is_useful(lab, h->command) ||
        col + utf8_columns(key) + 2 + utf8_columns(label) > in.cols)
        return col;
    col = grid_text(g, in, 0, col, ROLE_KEY, key);
    return grid_text(g, in, 0, col + 1, ROLE_DIM, label) + 2;
}

void view_hints(const struct lab *lab, struct grid *g, struct rect in)
{
    const char *pane = lab_key_pane(lab);
    bool at_work = strcmp(pane, "text") != 0 && strcmp(pane, "play") != 0;
    const struct hint *own = !at_work                       ? (lab->player ? play : pager)
                             : strcmp(pane, "weights") == 0 ? weights
                                                            : hints[lab->focus];
    const struct layout l = layout_make(g->rows, g->cols, lab->focus, lab->zoomed);
    int col = 1, line, lines;
    bool paused, alone = at_work && layout_panes(&l) == 1;

    if (own == play && play_place(lab, &line, &lines, &paused))
        col = 2 + grid_printf(g, in, 0, col, ROLE_STRONG, "%s %d/%d", paused ? "paused" : "playing",
                              line, lines);
    if (at_work && lab->follower && !follow_leads(lab))
        col = draw_hint(lab, g, in, col, pane, &rejoin);
    if (alone)
        col = draw_hint(lab, g, in, col, pane, &to_others);
    for (int i = 0; own[i].command; i++)
        col = draw_hint(lab, g, in, col, pane, &own[i]);
    for (int i = 0; at_work && always[i].command; i++) {
        bool shown = alone && strcmp(always[i].command, to_others.command) == 0;

        for (int k = 0; own[k].command; k++)
            shown |= strcmp(own[k].command, always[i].command) == 0;
        if (!shown)
            col = draw_hint(lab, g, in, col, pane, &always[i]);
    }
}
