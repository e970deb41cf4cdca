/* screen_state.c - how one person looks at the lab, and the line at the bottom of the screen. */
#include "base/utf8.h"
#include "draw/theme.h"
#include "lab/keymap.h"
#include "lab/lab.h"
#include "lab/netview.h"

#include <stdarg.h>
#include <string.h>

const char *const pane_names[PANES + 1] = {
    [PANE_LESSON] = "lesson", [PANE_PLOT] = "plot", [PANE_NETWORK] = "network"};

int lab_theme(const struct lab *lab)
{
    return theme_on(lab->set.theme, lab->screen.light);
}

const char *lab_view_pane(const struct lab *lab)
{
    static const char *const panes[NETVIEWS] = {
        [NETVIEW_weights] = "weights", [NETVIEW_graph] = "graph", [NETVIEW_flow] = "graph"};

    return lab->screen.focus == PANE_NETWORK && !lab->model.race ? panes[lab->model.netview] : NULL;
}

const char *lab_key_pane(const struct lab *lab)
{
    if (lab->replay.player)
        return "play";
    if (lab->screen.shown == SCREEN_TEXT)
        return lab->screen.chosen >= 0 ? "list" : "text";
    return lab_view_pane(lab) ? lab_view_pane(lab) : pane_names[lab->screen.focus];
}

const char *lab_way(const struct lab *lab, const char *command)
{
    const char *key =
        lab->interactive ? keymap_key(lab->keymap, pane_names[PANE_LESSON], command) : NULL;

    return key ? key : command;
}

void lab_say(struct lab *lab, bool error, const char *format, ...)
{
    char raw[2 * sizeof lab->screen.message];
    struct text clean = {0};
    va_list ap;

    va_start(ap, format);
    vsnprintf(raw, sizeof raw, format, ap);
    va_end(ap);
    utf8_clean(&clean, raw, strlen(raw), false);
    utf8_copy(lab->screen.message, sizeof lab->screen.message, text_str(&clean));
    text_free(&clean);
    lab->screen.message_is_error = error;
    lab->changes++;
}

void lab_say_behind(struct lab *lab)
{
    if (lab->model.race)
        lab_say(lab, false,
                "this changed the lab's own network, behind the race: 'reset' ends the race");
}
