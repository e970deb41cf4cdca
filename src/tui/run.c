/* run.c - see run.h. */
#include "tui/run.h"

#include "base/capture.h"
#include "base/utf8.h"
#include "lab/limits.h"
#include "language/command.h"
#include "replay/follow.h"
#include "study/experiment.h"
#include "study/progress_table.h"
#include "tui/signals.h"
#include "tui/terminal.h"
#include "view/view.h"

#include <stdio.h>
#include <string.h>

/* All else that `lesson` has to say on a screen stands in its pane, or takes one line. */
static bool is_list(const struct lab *lab, const char *line)
{
    const struct command *c = command_of(lab->commands, line, NULL);

    return c && strcmp(c->name, "lesson") == 0 && !strstr(line, "format");
}

/* One short line is said at the bottom, more is a text of its own to scroll in. */
static void show_output(struct lab *lab, const char *line, char *s, size_t n)
{
    size_t first = strcspn(s, "\n"), name;

    if (first == n || first + 1 == n) {
        n = first;
        s[n] = '\0';
        if (n && utf8_columns(s) < terminal_cols() && n < sizeof lab->screen.message) {
            lab_say(lab, false, "%s", s);
            return;
        }
    }
    if (n == 0)
        return;
    line += strspn(line, " \t");
    name = strcspn(line, "\n");
    text_clear(&lab->screen.text);
    utf8_clean(&lab->screen.text, s, n, true);
    snprintf(lab->screen.title, sizeof lab->screen.title, "%.*s",
             name < 60 ? (int)name : (int)strcspn(line, " \t"), line);
    if (strcmp(lab->screen.title, "facts plotted") == 0)
        snprintf(lab->screen.title, sizeof lab->screen.title, "facts %s", lab->model.fn.act->name);
    lab->screen.text_scroll = 0;
    lab->screen.found = -1;
    lab->screen.shown = SCREEN_TEXT;
    lab->screen.chosen = -1;
    if (is_list(lab, line))
        study_choose_open(lab);
    lab->changes++;
}

/* A follower who does something on their own leaves the teacher. */
static void part_from_teacher(struct lab *lab, const char *line)
{
    const struct command *c;
    char name[32];

    if (!follow_leads(lab))
        return;
    line += strspn(line, " \t");
    snprintf(name, sizeof name, "%.*s", (int)strcspn(line, " \t"), line);
    c = command_find(lab->commands, name, NULL);
    if (c && !(c->flags & CMD_LOOK))
        follow_leave(lab);
}

/* Comes after a command that has worked, before its output is shown. */
static void after_success(struct lab *lab, const char *line)
{
    const struct command *c = command_of(lab->commands, line, NULL);

    if (!c)
        return;
    if (c->group == GROUP_COURSE) /* a lesson is to be seen, not the list it was chosen in */
        lab->screen.shown = SCREEN_LAB;
    study_remind(lab, c);
}

static void bring_forward(struct lab *lab, enum pane pane)
{
    if (!view_pane_shown(lab, pane, terminal_rows(), terminal_cols()))
        lab->screen.focus = pane;
}

/* The pane that a command is about comes into sight, even if another has the screen to itself.
 * `lesson` and `page`: where the lab was before it. */
static void bring_news_forward(struct lab *lab, int lesson, int page)
{
    const bool turned = lab->open.lesson != lesson || lab->open.page != page;

    if (turned && lab->open.lesson >= 0)
        bring_forward(lab, PANE_LESSON);
    if (turned && lab->set.reader && lab->open.lesson >= 0) /* what has the focus is what is read */
        lab->screen.focus = PANE_LESSON;
    if (lab->screen.want_network)
        bring_forward(lab, PANE_NETWORK);
    lab->screen.want_network = false;
}

bool run(struct lab *lab, const char *line, struct error *e)
{
    const int lesson = lab->open.lesson, page = lab->open.page;
    struct capture said;
    bool ok;

    if (!capture_begin(&said, e))
        return false;
    part_from_teacher(lab, line);
    lab->model.plot.columns = view_plot_columns(lab, terminal_rows(), terminal_cols());
    lab->screen.window = view_scroll_rows(lab, terminal_rows(), terminal_cols());
    lab->screen.window_columns = terminal_cols() - 1;
    signals_busy(true);
    if (lab->limits)
        signals_limit(lab->limits->command);
    ok = lab_run(lab, line, said.out, e);
    signals_limit(0);
    lab->interrupt.stopped |=
        signals_interrupted(); /* also when it came just too late for this command */
    signals_busy(false);
    bring_news_forward(lab, lesson, page);
    ok = ok && capture_end(&said, e);
    if (ok) {
        after_success(lab, line);
        show_output(lab, line, said.s, said.n);
    }
    capture_free(&said);
    return ok;
}

/* Only the view knows if there is more to read on this page. */
const char *run_read_on(const struct lab *lab, const char *command)
{
    if (strcmp(command, "lesson next") == 0 && lab->screen.shown == SCREEN_LAB &&
        lab->open.lesson >= 0 && !study_done_here(lab) &&
        lab->open.scroll < view_scroll_end(lab, terminal_rows(), terminal_cols()))
        return "scroll +1page";
    return command;
}

void run_key(struct lab *lab, const char *line)
{
    struct error e = {.column = -1};

    if (!run(lab, line, &e))
        lab_say(lab, true, "%s", e.text);
}
