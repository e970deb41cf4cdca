/* run.c - see run.h. */
#include "tui/run.h"

#include "base/capture.h"
#include "base/utf8.h"
#include "lab/limits.h"
#include "language/command.h"
#include "study/experiment.h"
#include "study/progress_table.h"
#include "tui/signals.h"
#include "tui/terminal.h"
#include "view/view.h"

#include <stdio.h>
#include <string.h>

/* One short line is said at the bottom, more is a text of its own to scroll in. */
static void show_output(struct lab *lab, const struct run *r, const char *line, char *s, size_t n)
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
    if (r->title[0])
        utf8_copy(lab->screen.title, sizeof lab->screen.title, r->title);
    lab->screen.text_scroll = 0;
    lab->screen.found = -1;
    lab->screen.shown = SCREEN_TEXT;
    lab->screen.chosen = -1;
    if (r->list)
        study_choose_open(lab);
    lab->changes++;
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
    struct run r = {.recorded = true};
    struct capture said;
    bool ok;

    if (!capture_begin(&said, e))
        return false;
    lab->model.plot.columns = view_plot_columns(lab, terminal_rows(), terminal_cols());
    lab->screen.window = view_scroll_rows(lab, terminal_rows(), terminal_cols());
    lab->screen.window_columns = terminal_cols() - 1;
    signals_busy(true);
    ok = lab_run_as(lab, line, &r, said.out, e);
    lab->interrupt.stopped |=
        signals_interrupted(); /* also when it came just too late for this command */
    signals_busy(false);
    bring_news_forward(lab, lesson, page);
    ok = ok && capture_end(&said, e);
    if (ok && r.command) {
        if (r.command->group == GROUP_COURSE) /* a lesson is to be seen, not the list of lessons */
            lab->screen.shown = SCREEN_LAB;
        study_remind(lab, r.command);
        show_output(lab, &r, line, said.s, said.n);
    }
    capture_free(&said);
    return ok;
}

void run_key(struct lab *lab, const char *line)
{
    struct error e = {.column = -1};

    if (!run(lab, line, &e))
        lab_say(lab, true, "%s", e.text);
}
