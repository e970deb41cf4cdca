/* hints.c - the keys that are worth knowing now, in the bottom line: those with a label. */
#include "base/utf8.h"
#include "commands/key_lookup.h"
#include "lab/keymap.h"
#include "replay/play.h"
#include "study/learner.h"
#include "study/notes.h"
#include "view/view.h"

#include <string.h>

enum { HINTS_MOST = 32 };

struct hints {
    const struct lab *lab;
    struct grid *g;
    struct rect in;
    int col;
    struct key_place place;
    const char *shown[HINTS_MOST]; /* command lines */
    int n;
};

static bool is_shown(const struct hints *h, const char *command)
{
    for (int i = 0; i < h->n; i++)
        if (strcmp(h->shown[i], command) == 0)
            return true;
    return false;
}

/* A hint stands from the left as far as there is room; a shorter one behind it may still fit. */
static void draw(struct hints *h, const char *key, const char *label, int n)
{
    if (h->col + utf8_columns(key) + 1 + n > h->in.cols)
        return;
    h->col = grid_text(h->g, h->in, 0, h->col, ROLE_KEY, key) + 1;
    h->col = grid_printf(h->g, h->in, 0, h->col, ROLE_DIM, "%.*s", n, label) + 2;
}

/* The command of the binding's key now: another binding may hold before it. */
static void draw_binding(struct hints *h, const struct binding *b)
{
    const struct binding *now = key_binding(h->lab, b->key, &h->place);
    const char *label;
    int n;

    if (!now || h->n == HINTS_MOST || is_shown(h, now->command))
        return;
    label = key_label(h->lab, now, &n);
    if (n == 0)
        return;
    h->shown[h->n++] = now->command;
    draw(h, b->key, label, n);
}

/* Those of one pane; of those that hold everywhere (""), of a command that is about `about`, unless
 * that is PANES. */
static void draw_pane(struct hints *h, const char *pane, enum pane about)
{
    const struct binding *b;

    for (size_t i = 0; (b = keymap_at(h->lab->keymap, i)); i++)
        if (b->label[0] && strcmp(b->pane, pane) == 0 &&
            (about == PANES || key_pane_of(b, h->lab) == about))
            draw_binding(h, b);
}

/* "1-3 answer", for the question that waits on the page. */
static void draw_answers(struct hints *h)
{
    const int question = study_question_here(h->lab);
    const struct binding *b = NULL;
    char keys[32];

    for (size_t i = 0; (b = keymap_at(h->lab->keymap, i)); i++)
        if (strcmp(b->pane, "quiz") == 0 && b->label[0])
            break;
    if (!b || question < 0)
        return;
    h->shown[h->n++] = b->command; /* not again as the key of a function */
    snprintf(keys, sizeof keys, "%s-%zu", b->key, study_lesson(h->lab)->question[question].choices);
    draw(h, keys, b->label, utf8_columns(b->label));
}

static void draw_playing(struct hints *h)
{
    int line, lines;
    bool paused;

    if (play_place(h->lab, &line, &lines, &paused))
        h->col = 2 + grid_printf(h->g, h->in, 0, h->col, ROLE_STRONG, "%s %d/%d",
                                 paused ? "paused" : "playing", line, lines);
}

/* The ways back first, then what lies over the panes or what the focused one has, then the rest. */
void view_hints(const struct lab *lab, struct grid *g, struct rect in)
{
    static const char *const first[] = {"away", "kept", "full", "alone"};
    struct hints h = {
        .lab = lab, .g = g, .in = in, .col = 1, .place = view_key_place(lab, g->rows, g->cols)};

    draw_playing(&h);
    for (size_t i = 0; i < sizeof first / sizeof *first; i++)
        if (key_pane_holds(lab, &h.place, first[i]))
            draw_pane(&h, first[i], PANES);
    if (key_pane_holds(lab, &h.place, "quiz"))
        draw_answers(&h);
    draw_pane(&h, lab_key_pane(lab), PANES);
    if (key_pane_holds(lab, &h.place, "unit"))
        draw_pane(&h, "unit", PANES);
    if (lab->replay.player || lab->screen.shown != SCREEN_LAB)
        return;
    draw_pane(&h, "", lab->screen.focus);
    draw_pane(&h, "", PANES);
}
