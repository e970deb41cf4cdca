/* replay.c - see replay.h. */
#include "replay/replay.h"

#include "base/clock.h"
#include "base/utf8.h"
#include "replay/record.h"
#include "replay/recording.h"
#include "replay/whole.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Steps that are trained between two looks at the clock. */
enum { CHUNK = 64 };

/* ---- the lines ------------------------------------------------------------------------------- */

static const char *line_at(const struct replay *r, size_t at)
{
    return r->lines.s + at;
}

/* A command that looks like one has a space in front. */
static bool is_state(const char *line)
{
    return *line == '#';
}

/* How many steps the line trains and does nothing else, as what the clock trained; 0 if it is not
 * so simple. */
static uint64_t steps_of(const char *line)
{
    unsigned long long n;
    char rest;

    /* %llu would read "-2", too, as a very large number */
    return !strpbrk(line, "+-") && sscanf(line, " step %9llu %c", &n, &rest) == 1 ? n : 0;
}

static double cost_of(const char *line)
{
    const uint64_t steps = is_state(line) ? 0 : steps_of(line);

    return steps ? (double)steps : 1;
}

static void add_line(struct replay *r, const char *before, const char *line)
{
    text_add(&r->lines, before);
    text_add_n(&r->lines, line, strlen(line) + 1);
    r->to_do += cost_of(line);
}

void replay_add(struct replay *r, const char *command)
{
    add_line(r, is_state(command) ? " " : "", command);
}

/* The last whole state becomes the first line: what stands before it is done, or need not be. */
static void forget(struct replay *r)
{
    r->lines.len -= r->state;
    if (r->state)
        memmove(r->lines.s, r->lines.s + r->state, r->lines.len);
    r->at = r->at > r->state ? r->at - r->state : 0;
    r->state = 0;
}

/* All is left to do, from the last whole state on. */
static void begin_at_state(struct replay *r)
{
    forget(r);
    r->at = 0;
    r->under_way = false;
    r->left = r->steps = 0;
    r->done = r->to_do = 0;
    for (size_t at = 0; at < r->lines.len; at += strlen(line_at(r, at)) + 1)
        r->to_do += cost_of(line_at(r, at));
}

void replay_add_state(struct replay *r, const char *lines)
{
    r->state = r->lines.len;
    add_line(r, "", lines);
    if (!r->begun)
        begin_at_state(r);
}

void replay_clear(struct replay *r)
{
    text_free(&r->lines);
    *r = (struct replay){0};
}

void replay_rewind(struct replay *r)
{
    *r = (struct replay){.lines = r->lines, .state = r->state};
    begin_at_state(r);
}

bool replay_pending(const struct replay *r)
{
    return !r->begun || r->at < r->lines.len;
}

double replay_progress(const struct replay *r)
{
    const double done = r->done + (double)(r->steps - r->left), all = r->done + r->to_do;

    if (!replay_pending(r))
        return 1;
    return all > 0 ? fmin(done / all, 0.99) : 0;
}

/* ---- running them ---------------------------------------------------------------------------- */

static void count_failed(struct replay *r, const char *line, const struct error *e)
{
    struct text clean = {0};

    utf8_clean(&clean, line, strnlen(line, is_state(line) ? strcspn(line, "\n") : 80), false);
    text_printf(&clean, ": %s", e->text);
    utf8_copy(r->why, sizeof r->why, text_str(&clean));
    text_free(&clean);
    r->failed++;
}

static void take_state(struct lab *lab, struct replay *r)
{
    const char *lines = line_at(r, r->at);
    struct error e;
    enum whole_taken taken;

    if (r->own)
        return;
    taken = whole_take(lab, lines, RIGHTS_STRANGER, false, &e);
    if (taken == WHOLE_PARTLY)
        count_failed(r, lines, &e);
    if (taken != WHOLE_SAME)
        record_state(lab);
}

/* False when it was interrupted, not by its own time but by someone. */
static bool run_command(struct lab *lab, struct replay *r)
{
    struct run guest = {.rights = RIGHTS_STRANGER, .recorded = true, .deferred = &r->steps};
    const char *line = line_at(r, r->at);
    struct error e;

    lab->interrupt.stopped = false;
    if (recording_run(lab, line, &guest, NULL, &e) || r->steps)
        return true;
    count_failed(r, line, &e);
    return !lab->interrupt.stopped || !lab->interrupt.asked || !lab->interrupt.asked();
}

/* The line but for its training. Its messages are not shown: nobody here has asked for it. */
static bool begin_line(struct lab *lab, struct replay *r)
{
    const char *line = line_at(r, r->at);
    const bool was_error = lab->screen.message_is_error;
    char message[sizeof lab->screen.message];
    bool ok = true;

    memcpy(message, lab->screen.message, sizeof message);
    r->steps = is_state(line) ? 0 : steps_of(line);
    r->cost = cost_of(line);
    if (is_state(line)) {
        take_state(lab, r);
    } else if (!r->steps) {
        ok = run_command(lab, r);
        r->cost += (double)r->steps;
        r->to_do += (double)r->steps;
    }
    r->left = r->steps;
    r->under_way = true;
    memcpy(lab->screen.message, message, sizeof message);
    lab->screen.message_is_error = was_error;
    return ok;
}

/* The steps of the line that are left, as many as there is time for. */
static bool train(struct lab *lab, struct replay *r, double end)
{
    while (r->left) {
        r->left -= lab_train(lab, r->left < CHUNK ? r->left : CHUNK);
        if (trainer_diverged(lab->model.trainer, NULL)) /* here as there */
            r->left = 0;
        if (r->left && (clock_now() >= end || lab_interrupted(lab)))
            return false;
    }
    return true;
}

static void end_line(struct replay *r)
{
    const size_t n = strlen(line_at(r, r->at)) + 1;

    r->done += r->cost;
    r->to_do -= r->cost;
    r->at += n;
    r->under_way = false;
    r->steps = 0;
    if (replay_pending(r))
        return;
    r->done = r->to_do = 0;
    forget(r);
}

static void begin(struct lab *lab, struct replay *r)
{
    struct error e;

    r->begun = true;
    if (!whole_clear(lab, false, &e))
        lab_say(lab, true, "%s", e.text);
    record_state(lab);
}

/* Behind, with a whole state ahead: what stands before it is passed over. */
static enum replay_result out_of_time(struct replay *r)
{
    if (r->state > r->at && !r->own)
        begin_at_state(r);
    return REPLAY_MORE;
}

enum replay_result replay_run(struct lab *lab, struct replay *r, double seconds)
{
    const double end = clock_now() + seconds;

    if (!r->begun)
        begin(lab, r);
    while (replay_pending(r)) {
        if (!r->under_way && !begin_line(lab, r))
            return REPLAY_CUT;
        if (!train(lab, r, end))
            return out_of_time(r);
        end_line(r);
        if (clock_now() >= end && replay_pending(r))
            return out_of_time(r);
    }
    return REPLAY_DONE;
}
