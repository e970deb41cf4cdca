/* hints.c - the keys that are worth knowing now, in the bottom line. */
#include "base/utf8.h"
#include "lab/keymap.h"
#include "replay/follow.h"
#include "replay/play.h"
#include "study/experiment.h"
#include "study/learner.h"
#include "study/notes.h"
#include "view/layout.h"
#include "view/view.h"

#include <string.h>

struct hint {
    const char *command, *label;
};

/* Shown from the left as far as they fit: the focused pane's keys first, then those that always
 * hold. */
static const struct hint hints[PANES][6] = {
    [PANE_LESSON] = {{"lesson next", "next"},
                     {"lesson prev", "back"},
                     {"try", "try it"},
                     {"hint", "hint"},
                     {NULL, NULL}},
    [PANE_PLOT] = {{"fn next", "function"},
                   {"alpha +1step", "alpha"},
                   {"beta +1step", "beta"},
                   {"cursor next", "point"},
                   {NULL, NULL}},
    [PANE_NETWORK] = {{"run toggle", "run"},
                      {"step 1", "step"},
                      {"reset", "reset"},
                      {"undo", "undo"},
                      {"netview next", "view"},
                      {NULL, NULL}},
};
static const struct hint weights[] = {{"unit next", "unit"},    {"input next", "weight"},
                                      {"weight +0.1", "more"},  {"weight -0.1", "less"},
                                      {"netview next", "view"}, {NULL, NULL}};
static const struct hint race[] = {{"run toggle", "run"},
                                   {"reset", "end the race"},
                                   {"train 1 epoch", "epoch"},
                                   {"step 1", "step"},
                                   {NULL, NULL}};
static const struct hint always[] = {
    {"run toggle", "run"},
    {"lesson next", "next"},
    {"prompt", "command"},
    {"focus next", "focus"},
    {"fn next", "function"},
    {"full toggle", "full"},
    {"help", "help"},
    {"reset", "reset"},
    {"quit", "quit"},
    {"charset next", "glyphs"},
    {NULL, NULL},
};
static const struct hint play[] = {{"play pause", "pause or go on"},
                                   {"play step", "next command"},
                                   {"play skip", "to the end"},
                                   {"play stop", "stop"},
                                   {NULL, NULL}};
static const struct hint help = {"help", "help"};
static const struct hint rejoin = {"follow", "back to the teacher"};
/* Where one pane has the screen to itself the way back comes first. */
static const struct hint to_others = {"focus next", "focus"}, unzoom = {"full toggle", "back"};
/* Then, at the beginning, as nothing of the course is in sight: */
static const struct hint course = {"lesson next", "course"};
static const struct hint pager[] = {{"scroll +1page", "on"},
                                    {"scroll -1page", "back"},
                                    {"prompt find", "find"},
                                    {"close", "close"},
                                    {NULL, NULL}};
static const struct hint list[] = {{"scroll +1", "down"},
                                   {"scroll -1", "up"},
                                   {"lesson chosen", "opens the lesson"},
                                   {"close", "close"},
                                   {NULL, NULL}};

/* True if a command could do anything now: not one for a parameter that the function lacks. */
static bool is_useful(const struct lab *lab, const char *command)
{
    if (strncmp(command, "alpha ", 6) == 0)
        return lab->model.fn.act->alpha.meaning != NULL;
    if (strncmp(command, "beta ", 5) == 0)
        return lab->model.fn.act->beta.meaning != NULL;
    if (strcmp(command, "try") == 0)
        return study_try_here(lab);
    if (strcmp(command, "hint") == 0)
        return study_hint_here(lab);
    if (strcmp(command, "quit") == 0) /* its key leads back first */
        return !lab->screen.zoomed;
    return true;
}

/* The label of the key's command now. */
static const char *hint_label(const struct lab *lab, const struct grid *g, const struct hint *h)
{
    if (strcmp(h->command, "run toggle") == 0 && lab->model.running)
        return "pause";
    if (strcmp(h->command, "try") == 0 && study_try(lab) && study_try(lab)->page == lab->open.page)
        return "afresh";
    if (strcmp(h->command, "lesson next") != 0)
        return h->label;
    if (lab->open.lesson < 0)
        return progress_last(&lab->learner->progress) ? "go on" : "course";
    if (study_done_here(lab)) /* the box says so, too */
        return h->label;
    return lab->open.scroll < view_scroll_end(lab, g->rows, g->cols) ? "more" : h->label;
}

static int columns(const struct lab *lab, const struct grid *g, const char *pane,
                   const struct hint *h)
{
    const char *key = keymap_key(lab->keymap, pane, h->command);

    return key ? utf8_columns(key) + 1 + utf8_columns(hint_label(lab, g, h)) : 0;
}

static int draw_hint(const struct lab *lab, struct grid *g, struct rect in, int col,
                     const char *pane, const struct hint *h)
{
    const char *key = keymap_key(lab->keymap, pane, h->command), *label = hint_label(lab, g, h);

    if (!key || !is_useful(lab, h->command) || col + columns(lab, g, pane, h) > in.cols)
        return col;
    col = grid_text(g, in, 0, col, ROLE_KEY, key);
    return grid_text(g, in, 0, col + 1, ROLE_DIM, label) + 2;
}

/* z stands before help, but not in its place. */
static bool crowds_help_out(const struct lab *lab, const struct grid *g, struct rect in, int col,
                            const char *pane, const struct hint *h)
{
    return strcmp(h->command, "full toggle") == 0 &&
           col + columns(lab, g, pane, h) + 2 + columns(lab, g, pane, &help) > in.cols;
}

/* "1-3 answer", for the question that waits on the page. */
static int draw_answers(const struct lab *lab, struct grid *g, struct rect in, int col)
{
    const char *first = keymap_key(lab->keymap, "quiz", "answer 1");
    const int question = study_question_here(lab);

    if (question < 0 || !first)
        return col;
    col = grid_printf(g, in, 0, col, ROLE_KEY, "%s-%zu", first,
                      study_lesson(lab)->question[question].choices);
    return grid_text(g, in, 0, col + 1, ROLE_DIM, "answer") + 2;
}

/* The keys of each pane, or of whatever lies over them all. */
static const struct hint *own_hints(const struct lab *lab, const char *pane)
{
    if (lab->replay.player)
        return play;
    if (lab->screen.shown == SCREEN_TEXT)
        return lab->screen.chosen >= 0 ? list : pager;
    if (lab->model.race && lab->screen.focus == PANE_NETWORK)
        return race;
    return strcmp(pane, "weights") == 0 ? weights : hints[lab->screen.focus];
}

static bool among(const struct hint *own, const char *command)
{
    for (int i = 0; own[i].command; i++)
        if (strcmp(own[i].command, command) == 0)
            return true;
    return false;
}

void view_hints(const struct lab *lab, struct grid *g, struct rect in)
{
    const char *pane = lab_key_pane(lab);
    const struct hint *own = own_hints(lab, pane);
    const bool at_work = own != play && own != pager && own != list;
    const struct layout l = layout_make(g->rows, g->cols, lab->screen.focus, lab->screen.zoomed);
    int col = 1, line, lines;
    bool paused;
    const struct hint *out = !at_work                ? NULL
                             : lab->screen.zoomed    ? &unzoom
                             : layout_panes(&l) == 1 ? &to_others
                                                     : NULL;
    const bool lost = out == &to_others && lab->screen.focus == PANE_PLOT && lab->open.lesson < 0;

    if (own == play && play_place(lab, &line, &lines, &paused))
        col = 2 + grid_printf(g, in, 0, col, ROLE_STRONG, "%s %d/%d", paused ? "paused" : "playing",
                              line, lines);
    if (at_work && lab->replay.follower && !follow_leads(lab))
        col = draw_hint(lab, g, in, col, pane, &rejoin);
    if (out)
        col = draw_hint(lab, g, in, col, pane, out);
    if (lost)
        col = draw_hint(lab, g, in, col, pane, &course);
    if (at_work && l.title[PANE_LESSON].rows)
        col = draw_answers(lab, g, in, col);
    for (int i = 0; own[i].command; i++)
        col = draw_hint(lab, g, in, col, pane, &own[i]);
    for (int i = 0; at_work && always[i].command; i++)
        if (!crowds_help_out(lab, g, in, col, pane, &always[i]) &&
            !(out && strcmp(always[i].command, out->command) == 0) &&
            !(lost && strcmp(always[i].command, course.command) == 0) &&
            !among(own, always[i].command))
            col = draw_hint(lab, g, in, col, pane, &always[i]);
}
