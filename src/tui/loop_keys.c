/* loop_keys.c - from the keyboard to commands: keys by their bindings, the prompt, the mouse. */
#include "base/clock.h"
#include "commands/session.h"
#include "replay/follow.h"
#include "tui/events.h"
#include "tui/loop.h"
#include "tui/prompt.h"
#include "tui/questions.h"
#include "tui/run.h"
#include "tui/terminal.h"

#include <stdio.h>
#include <string.h>

/* A paste outside the prompt never runs as keys: its first line goes into the prompt, to be read
 * first. */
static void on_paste(struct loop *loop)
{
    char *text = loop->keys.paste.s;

    if (!text)
        return;
    if (!prompt_is_open()) {
        text += strspn(text, " \t\n");
        text[strcspn(text, "\n")] = '\0';
        prompt_open(loop->lab, text, run);
    } else {
        prompt_paste(text);
    }
}

static void on_mouse(struct loop *loop, const struct key *k)
{
    struct lab *lab = loop->lab;
    char line[64];
    double x;

    if (!lab->set.mouse || prompt_is_open() || lab->screen.shown != SCREEN_LAB)
        return;
    if (k->button == MOUSE_WHEEL_UP) {
        run_key(lab, "zoom 1.25");
    } else if (k->button == MOUSE_WHEEL_DOWN) {
        run_key(lab, "zoom 0.8");
    } else if (k->button == MOUSE_LEFT &&
               view_plot_x(lab, terminal_rows(), terminal_cols(), k->row, k->col, &x)) {
        /* "=" for a number below zero is not a step to the left */
        snprintf(line, sizeof line, "cursor %s%.12g", x < 0 ? "=" : "", x);
        run_key(lab, line);
    }
}

static void on_press(struct loop *loop, const struct key *k)
{
    struct lab *lab = loop->lab;
    const bool doubt = lab->interrupt.doubt;
    const struct binding *b;
    struct key_place place;

    if (lab->screen.message[0]) {
        lab->screen.message[0] = '\0';
        loop->dirty = true;
    }
    place = view_key_place(lab, terminal_rows(), terminal_cols());
    b = k->name[0] ? key_binding(lab, k->name, &place) : NULL;
    if (lab->model.plot.sweep.on) { /* any key stops it, and does no more but open the prompt */
        lab->model.plot.sweep.on = false;
        lab->changes++;
        if (!b || strncmp(b->command, "prompt", 6) != 0)
            return;
    }
    if (b)
        run_key(lab, b->command);
    else if (strcmp(k->name, "ctrl-c") == 0)
        run_key(lab, "stop"); /* however it is bound, there is always a way out */
    else
        follow_leave(lab);
    if (doubt && !lab->screen.want_prompt) /* there, quit may be typed again */
        lab->interrupt.doubt = false;
}

/* Lines and blocks that take two columns would tear every picture. */
static void on_width(struct loop *loop, const struct key *k)
{
    if (!question_answered(QUESTION_WIDTH) || k->row != QUESTION_ROW || k->col < 2)
        return;
    loop->lab->set.charset = CHARSET_ASCII;
    lab_say(loop->lab, false, "lines and blocks are two columns wide here: glyphs: ascii");
    terminal_redraw();
    loop->dirty = true;
}

void loop_key(struct loop *loop, const struct key *k)
{
    struct lab *lab = loop->lab;

    loop->urgent = true;
    if (k->kind == KEY_PASTE) {
        on_paste(loop);
        loop->dirty = true;
    } else if (k->kind == KEY_MOUSE) {
        on_mouse(loop, k);
    } else if (k->kind == KEY_BACKGROUND) {
        question_answered(QUESTION_BACKGROUND);
        lab->screen.light = k->light;
        loop->dirty = true;
    } else if (k->kind == KEY_CURSOR) {
        on_width(loop, k);
    } else if (prompt_is_open()) {
        prompt_key(k);
        loop->dirty = true;
    } else {
        on_press(loop, k);
    }
    if (lab->screen.want_prompt) {
        lab->screen.want_prompt = false;
        prompt_open(lab, lab->screen.prompt_text, run);
        loop->dirty = true;
    }
    if (lab->screen.want_redraw) {
        lab->screen.want_redraw = false;
        terminal_redraw();
        loop->dirty = true;
    }
}

/* Keys are taken for so many seconds before a frame. */
#define KEYS_SLICE 0.1
/* The rest of a sequence takes no longer, even over a slow line. */
#define REST 2.0

void loop_drop_keys(struct loop *loop)
{
    const bool any = keys_waiting(&loop->keys);

    keys_drop(&loop->keys);
    loop->more = false;
    if (any && !loop->lab->screen.message[0])
        lab_say(loop->lab, false, "stopped: the waiting keys were dropped");
}

/* Those that are complete, until `end`. Who stops a command stops what was to come after it. */
static void take_until(struct loop *loop, double end, bool late)
{
    struct lab *lab = loop->lab;
    struct key k;

    loop->more = false;
    while (!lab->interrupt.quit && keys_next(&loop->keys, late, &k)) {
        lab->interrupt.stopped = false;
        loop_key(loop, &k);
        if (lab->interrupt.stopped)
            loop_drop_keys(loop);
        loop->more = clock_now() >= end;
        if (loop->more)
            return;
    }
}

void loop_take_keys(struct loop *loop, bool late)
{
    take_until(loop, clock_now() + KEYS_SLICE, late);
}

unsigned loop_read_keys(struct loop *loop)
{
    const double end = clock_now() + KEYS_SLICE;
    unsigned events = 0, now;
    char bytes[4096];
    size_t n;

    if (end - KEYS_SLICE > loop->touched + REST)
        keys_apart(&loop->keys);
    do { /* keys that arrive meanwhile are taken before the frame, too */
        n = loop->more ? 0 : events_read(bytes, sizeof bytes);
        keys_feed(&loop->keys, bytes, n);
        take_until(loop, end, false);
        now = n && !loop->more && !loop->lab->interrupt.quit ? terminal_wait(0, false) : 0;
        events |= now & ~(unsigned)TERMINAL_INPUT;
    } while (now == TERMINAL_INPUT && clock_now() < end);
    loop->fed = loop->touched = clock_now();
    return events;
}
