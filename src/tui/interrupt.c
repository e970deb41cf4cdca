/* interrupt.c - checks made while a command runs, which may take long: for ^C, ^Z, the end of
 * the line and, during a line of the teacher's, a key. */
#include "base/clock.h"
#include "draw/theme.h"
#include "tui/events.h"
#include "tui/loop.h"
#include "tui/output.h"
#include "tui/signals.h"
#include "tui/terminal.h"

/* Seconds between two checks: each is a question to the system. */
#define CHECK_EVERY 0.02
/* Keys wait so long for a line of the teacher's, and not much longer. */
#define LINE_PATIENCE 0.3

static struct loop *running; /* what a command asks has no argument */

void loop_set_current(struct loop *loop)
{
    running = loop;
}

void loop_suspend(struct loop *loop)
{
    terminal_suspend();
    loop->ticked = loop->touched = clock_now();
    loop->dirty = loop->urgent = true;
}

/* The picture from before the command: there is no other in the middle of one. */
static void show_again(struct loop *loop)
{
    const struct rect no_cursor = {-1, -1, 0, 0};
    struct grid *g = &loop->grid;

    if (g->rows != terminal_rows() || g->cols != terminal_cols()) {
        grid_free(g);
        grid_init(g, terminal_rows(), terminal_cols());
        grid_text(g, (struct rect){0, 0, g->rows, g->cols}, 0, 1, ROLE_TEXT,
                  "a command is at work: ctrl-c stops it");
    }
    terminal_draw(g, &no_cursor, lab_theme(loop->lab));
}

bool loop_interrupted(void)
{
    double now = clock_now();

    if (now >= running->checked + CHECK_EVERY) {
        running->checked = now;
        events_check_line();
        /* Nobody would continue a restricted session. That a stranger's line is `restricted`, too,
         * is nothing to the terminal. */
        if (signals_stopped() && !running->lab->limits) {
            loop_suspend(running);
            show_again(running);
        }
    }
    return signals_interrupted() || output_gone();
}

bool loop_line_interrupted(void)
{
    double now = clock_now();

    if (loop_interrupted())
        return true;
    if (now < running->line_began + LINE_PATIENCE)
        return false;
    if (now >= running->keys_checked + CHECK_EVERY) {
        running->keys_checked = now;
        running->key_waits = events_key_waits();
    }
    return running->key_waits; /* whoever asks again within that time hears the same */
}
