/* play.c - see play.h. */
#include "replay/play.h"

#include "base/capture.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/xalloc.h"
#include "lab/timeline.h"
#include "replay/record.h"
#include "replay/recording.h"

#include <stdlib.h>
#include <string.h>

enum { PLAY_LIMIT = 1 << 26 }; /* bytes of a recording */
/* Seconds for what is due at once, before keys have their turn. */
static const double PLAY_SLICE = 0.1;

struct player {
    char *path;
    struct text bytes;
    char **line; /* into bytes */
    size_t lines, cap, at;
    struct whole state;  /* of the lines that are being read */
    double clock, speed; /* clock: seconds of the recording */
    bool paused;
};

static bool run_command(struct lab *lab, const char *line, FILE *out, struct error *e)
{
    struct run guest = {.rights = RIGHTS_RECORDING, .recorded = true};
    const int version = recording_version(line);
    const char *command;
    double seconds;

    if (version)
        return recording_readable(version, e);
    if (!recording_parse(line, &seconds, &command))
        return fail(e, "a line of a recording is its time in seconds and a command");
    return !*command || recording_run(lab, command, &guest, out, e);
}

/* The functions of who plays it stay, and what the lab was can be taken back. */
static bool take_state(struct lab *lab, const struct whole *state, struct error *e)
{
    enum whole_taken taken;

    timeline_begin(lab, "play");
    taken = whole_take(lab, text_str(&state->text), RIGHTS_RECORDING, true, e);
    timeline_end(lab, taken != WHOLE_SAME);
    if (taken != WHOLE_SAME)
        record_state(lab);
    return taken != WHOLE_PARTLY;
}

bool play_line(struct lab *lab, struct whole *state, const char *path, int number, const char *line,
               FILE *out, struct error *e)
{
    struct error inner;
    bool ok = true;

    switch (whole_read(state, line)) {
    case WHOLE_PART:
        break;
    case WHOLE_READ:
        ok = take_state(lab, state, &inner);
        break;
    case WHOLE_TORN:
        ok = fail(&inner, "of the state that ends here lines are missing or damaged");
        break;
    case WHOLE_NONE:
        ok = run_command(lab, line, out, &inner);
    }
    return ok || fail(e, "%s:%d: %s", path, number, inner.text);
}

/* Empty lines count: a message names the line that an editor shows. */
static void cut_lines(struct player *p)
{
    char *s = p->bytes.s, *end = s + p->bytes.len;

    while (s < end) {
        char *newline = memchr(s, '\n', (size_t)(end - s));

        p->line = xgrow(p->line, &p->cap, p->lines + 1, sizeof *p->line);
        p->line[p->lines++] = s;
        if (!newline)
            return;
        *newline = '\0';
        s = newline + 1;
    }
}

bool play_start(struct lab *lab, const char *path, double speed, struct error *e)
{
    struct text bytes = {0};
    struct player *p;

    if (!file_read(path, PLAY_LIMIT, &bytes, e)) {
        text_free(&bytes);
        return false;
    }
    if (!bytes.len)
        return fail(e, "'%s' is empty: a recording has at least one line", path);
    play_stop(lab);
    p = xcalloc(1, sizeof *p);
    p->path = xstrdup(path);
    p->bytes = bytes;
    p->speed = speed;
    cut_lines(p);
    lab->replay.player = p;
    return true;
}

void play_stop(struct lab *lab)
{
    struct player *p = lab->replay.player;

    if (!p)
        return;
    whole_free(&p->state);
    free(p->path);
    free(p->line);
    text_free(&p->bytes);
    free(p);
    lab->replay.player = NULL;
}

bool play_place(const struct lab *lab, int *line, int *lines, bool *paused)
{
    const struct player *p = lab->replay.player;

    if (!p)
        return false;
    *line = (int)p->at;
    *lines = (int)p->lines;
    *paused = p->paused;
    return true;
}

/* Runs the next line. A failure ends the play with a message; the end says so. */
static void advance(struct lab *lab)
{
    struct player *p = lab->replay.player;
    struct error e;
    struct capture unheard;
    bool ok = capture_begin(&unheard, &e) &&
              play_line(lab, &p->state, p->path, (int)p->at + 1, p->line[p->at], unheard.out, &e);

    capture_free(&unheard);
    p->at++;
    if (!ok)
        lab_say(lab, true, "%s", e.text);
    else if (p->at == p->lines)
        lab_say(lab, false, "the recording '%s' has ended", p->path);
    if (!ok || p->at == p->lines)
        play_stop(lab);
    lab->changes++;
}

bool play_tick(struct lab *lab, double seconds)
{
    struct player *p = lab->replay.player;
    const double end = clock_now() + PLAY_SLICE;
    bool changed = false;

    if (!p || p->paused)
        return false;
    p->clock += seconds * p->speed;
    while ((p = lab->replay.player) && p->at < p->lines) {
        const char *command;
        double due;

        if (changed && clock_now() > end)
            break; /* keys wait */
        if (recording_parse(p->line[p->at], &due, &command) && *command && due > p->clock)
            break;
        advance(lab);
        changed = true;
    }
    return changed;
}

void play_pause(struct lab *lab)
{
    lab->replay.player->paused = !lab->replay.player->paused;
}

void play_step(struct lab *lab)
{
    struct player *p = lab->replay.player;
    const char *command;
    double due;

    p->paused = true;
    if (recording_parse(p->line[p->at], &due, &command) && due > p->clock)
        p->clock = due;
    do
        advance(lab);
    while ((p = lab->replay.player) && p->state.open); /* a state is one step */
}

void play_skip(struct lab *lab)
{
    while (lab->replay.player && !lab_interrupted(lab))
        advance(lab);
    if (lab->replay.player)
        lab->replay.player->paused = true; /* where it was stopped */
}
