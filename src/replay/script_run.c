/* script_run.c - a script is run in pieces, see script.h. */
#include "base/capture.h"
#include "base/clock.h"
#include "base/utf8.h"
#include "replay/checkpoint.h"
#include "replay/record.h"
#include "replay/script_private.h"

#include <math.h>
#include <string.h>

/* Steps that are trained between two looks at the clock. */
enum { CHUNK = 64 };

static bool is_safe(const struct lab *lab, const char *line, struct error *e)
{
    const struct command *c;

    if (!line[strspn(line, " \t\r")])
        return misuse(e, 0, "no command");
    c = command_of(lab->commands, line, e);
    if (c && !(c->flags & CMD_REPLAY))
        return fail(e, "'%s' is not allowed in a recording", c->name);
    return c != NULL;
}

static void failed(struct script_run *r, const char *line, const struct error *e)
{
    struct text clean = {0};

    utf8_clean(&clean, line, strnlen(line, 80), false);
    text_printf(&clean, ": %s", e->text);
    utf8_copy(r->why, sizeof r->why, text_str(&clean));
    text_free(&clean);
    r->failed++;
}

/* What a command prints is not shown: nobody here has asked. False when it was interrupted, not by
 * its own time but by someone. */
static bool run_line(struct lab *lab, const char *line, struct script_run *r)
{
    struct run guest = {.rights = RIGHTS_STRANGER, .recorded = true, .deferred = &r->left};
    bool was_error = lab->screen.message_is_error, ok;
    char message[sizeof lab->screen.message];
    struct error e;
    struct capture unheard;
    bool cut = false;

    if (!capture_begin(&unheard, &e)) {
        failed(r, line, &e);
        return true;
    }
    memcpy(message, lab->screen.message, sizeof message);
    lab->interrupt.stopped = false;
    ok = is_safe(lab, line, &e) && lab_run_as(lab, line, &guest, unheard.out, &e);
    if (!ok && !r->left) {
        cut = lab->interrupt.stopped && lab->interrupt.asked && lab->interrupt.asked();
        failed(r, line, &e);
    }
    memcpy(lab->screen.message, message, sizeof message); /* nor said */
    lab->screen.message_is_error = was_error;
    capture_free(&unheard);
    return !cut;
}

/* The steps of the line that are left, as many as there is time for. */
static bool train(struct lab *lab, const struct script *s, struct script_run *r, double end)
{
    const struct script_line l = script_line(s, r->at);
    const uint64_t steps = l.text ? r->left : l.steps;

    if (r->trained < steps && script_in_vain(lab, s, r)) {
        if (r->ahead == SCRIPT_GIVEN) {
            r->missing += steps - r->trained;
            record_steps(lab, steps - r->trained); /* the lab will have been trained so */
        }
        r->skipped = true;
        r->trained = steps;
    }
    while (r->trained < steps) {
        uint64_t n = steps - r->trained < CHUNK ? steps - r->trained : CHUNK;

        r->trained += lab_train(lab, n);
        if (trainer_diverged(lab->model.trainer, NULL)) /* here as there */
            r->trained = steps;
        if (r->trained < steps && (clock_now() >= end || lab_interrupted(lab)))
            return false;
    }
    return true;
}

bool script_waits(const struct script *s, const struct script_run *r)
{
    struct script_line l;

    if (r->at >= s->bytes.len)
        return false;
    l = script_line(s, r->at);
    return l.next < s->bytes.len || l.text || r->trained < l.steps;
}

/* What was left out is made up for; who has left nothing out passes over it. */
static bool take_checkpoint(struct lab *lab, const char *line, struct script_run *r)
{
    if (r->missing && !checkpoint_take(lab, line, r->missing))
        return false;
    r->given |= r->missing > 0;
    r->missing = 0;
    r->skipped = false;
    return true;
}

/* Whether it goes back behind the checkpoint that was taken: what was there is not known. */
static bool goes_behind(const struct lab *lab, const char *line, const struct script_run *r,
                        uint64_t failed)
{
    const struct command *c =
        r->given && r->failed > failed ? command_of(lab->commands, line, NULL) : NULL;

    return c && strcmp(c->name, "back") == 0;
}

/* The line but for its training. */
static enum script_state begin_line(struct lab *lab, const struct script *s, struct script_run *r)
{
    const char *line = script_line(s, r->at).text;
    uint64_t networks = lab->model.networks, failed = r->failed;
    bool expected = r->skipped && r->ahead == SCRIPT_BEGINS && r->seen == r->at;

    r->left = 0;
    r->here = line ? 1 + script_guess(line) : 0;
    if (line && checkpoint_is(line)) {
        if (!take_checkpoint(lab, line, r))
            return SCRIPT_WRONG;
    } else if (line && script_only_trains(line) && script_in_vain(lab, s, r) &&
               r->ahead == SCRIPT_BEGINS) {
        r->skipped = true;
    } else if (line) {
        if (!run_line(lab, line, r))
            return SCRIPT_CUT;
        if (goes_behind(lab, line, r, failed))
            return SCRIPT_WRONG;
        r->more += 1 + (double)r->left - r->here;
        r->here = 1 + (double)r->left;
    }
    r->begun = true;
    if (lab->model.networks != networks) {
        r->skipped = r->given = false;
        r->missing = 0;
    } else if (expected) {
        return SCRIPT_WRONG;
    }
    return SCRIPT_DONE;
}

double script_share(const struct script *s, const struct script_run *r)
{
    const double all = s->work + r->more - r->base;
    const double done = r->done + (double)r->trained - r->base;

    if (!script_waits(s, r))
        return 1;
    return all > 0 && done > 0 ? fmin(done / all, 0.99) : 0;
}

enum script_state script_go(struct lab *lab, const struct script *s, struct script_run *r,
                            double seconds)
{
    double end = clock_now() + seconds;

    while (script_waits(s, r)) {
        enum script_state state = r->begun ? SCRIPT_DONE : begin_line(lab, s, r);
        struct script_line l;

        if (state != SCRIPT_DONE)
            return state;
        if (!train(lab, s, r, end))
            return SCRIPT_MORE;
        l = script_line(s, r->at);
        if (l.next == s->bytes.len && !l.text)
            break; /* more steps may be added to this line */
        r->done += l.text ? r->here : (double)l.steps;
        r->at = l.next;
        r->trained = 0;
        r->begun = false;
        if (clock_now() >= end && script_waits(s, r))
            return SCRIPT_MORE;
    }
    r->base = r->done + (double)r->trained;
    return SCRIPT_DONE;
}
