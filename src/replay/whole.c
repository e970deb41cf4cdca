/* whole.c - see whole.h. */
#include "replay/whole.h"

#include "base/base64.h"
#include "base/digest.h"
#include "lab/race.h"
#include "lab/timeline.h"
#include "replay/recording.h"
#include "replay/state.h"
#include "replay/trained.h"
#include "study/opening.h"
#include "study/place.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char BEGIN[] = "# whole state ", END[] = "# end of the state ";
static const char COMMAND[] = "#: ", PART[] = "#= ";

/* Bytes of trained networks, with which all lines stay below WHOLE_MOST; and in one line: 32 KiB of
 * text. */
enum { TRAINED_MOST = 10 << 20, LINE_BYTES = 24 << 10 };

static const char *behind(const char *line, const char *mark)
{
    const size_t n = strlen(mark);

    return strncmp(line, mark, n) == 0 ? line + n : NULL;
}

/* ---- writing --------------------------------------------------------------------------------- */

/* Each line of `lines` with the mark in front. */
static void add_marked(struct text *out, const char *mark, const struct text *lines)
{
    const char *s = text_str(lines);

    for (size_t n; *s; s += n) {
        n = strcspn(s, "\n") + 1;
        text_add(out, mark);
        text_add_n(out, s, n);
    }
}

static void add_trained(const struct lab *lab, struct text *out)
{
    struct text bytes = {0};

    trained_save(lab, &bytes);
    for (size_t at = 0; at < bytes.len; at += LINE_BYTES) {
        const size_t left = bytes.len - at;

        text_printf(out, "%strained ", PART);
        base64_add(out, bytes.s + at, left < LINE_BYTES ? left : LINE_BYTES);
        text_add_char(out, '\n');
    }
    text_free(&bytes);
}

/* Of the lab's network and those that race it. */
static bool fits(const struct lab *lab, struct error *e)
{
    const size_t networks = 1 + (lab->model.race ? (size_t)lab->model.race->racers : 0);

    return trainer_state_size(lab->model.trainer) * networks < TRAINED_MOST ||
           fail(e,
                "%d layers of %d units are more than a recording can begin with once they are "
                "trained: reset them, and record then",
                lab->model.net.layers, lab->model.net.width);
}

bool whole_write(const struct lab *lab, struct text *out, struct error *e)
{
    const bool trained = !trained_is_nothing(lab);
    const size_t from = out->len;
    struct text lines = {0};

    if (trained && !fits(lab, e))
        return false;
    text_printf(out, "%s%016" PRIx64 "\n", BEGIN, state_digest(lab));
    state_settings(lab, &lines);
    add_marked(out, COMMAND, &lines);
    text_printf(out, "%saxis %.17g %.17g\n", PART, lab->model.plot.y0, lab->model.plot.y1);
    text_clear(&lines);
    place_print(lab, &lines);
    add_marked(out, PART, &lines);
    text_free(&lines);
    if (trained)
        add_trained(lab, out);
    text_printf(out, "%s%016" PRIx64 "\n", END,
                digest_add(DIGEST_START, out->s + from, out->len - from));
    return true;
}

/* ---- reading --------------------------------------------------------------------------------- */

void whole_free(struct whole *w)
{
    text_free(&w->text);
    w->open = false;
}

static void add_line(struct whole *w, const char *line)
{
    size_t n = strlen(line);

    while (n && line[n - 1] == '\r')
        n--;
    w->open = w->text.len + n < WHOLE_MOST;
    if (!w->open)
        return;
    text_add_n(&w->text, line, n);
    text_add_char(&w->text, '\n');
}

static bool is_digest_of(const char *digits, const struct text *lines)
{
    char *end;
    const uint64_t said = strtoull(digits, &end, 16);

    return end == digits + 16 && !end[strspn(end, "\r")] &&
           digest_add(DIGEST_START, text_str(lines), lines->len) == said;
}

enum whole_line whole_read(struct whole *w, const char *line)
{
    const char *end = behind(line, END);
    bool whole;

    if (behind(line, BEGIN)) {
        text_clear(&w->text);
        add_line(w, line);
        return WHOLE_PART;
    }
    if (behind(line, COMMAND) || behind(line, PART)) {
        if (w->open)
            add_line(w, line);
        return WHOLE_PART;
    }
    if (!end)
        return WHOLE_NONE;
    whole = w->open && is_digest_of(end, &w->text);
    w->open = false;
    return whole ? WHOLE_READ : WHOLE_TORN;
}

/* ---- taking ---------------------------------------------------------------------------------- */

struct taking {
    struct lab *lab;
    enum rights rights;
    struct text trained;
    bool partly;
    struct error first; /* what was not possible first */
};

static void note(struct taking *t, bool ok, const struct error *e)
{
    if (!ok && !t->partly)
        t->first = *e;
    t->partly |= !ok;
}

/* A state does not train: who would is waited for by nobody. */
static void take_command(struct taking *t, const char *line)
{
    uint64_t steps = 0;
    struct run run = {.rights = t->rights, .deferred = &steps};
    struct error e;

    note(t, recording_run(t->lab, line, &run, NULL, &e), &e);
}

/* The heights of the plot stand still while alpha turns. As plot_fit may have chosen them: */
static bool take_axis(struct lab *lab, const char *line, struct error *e)
{
    double y0, y1, size;

    if (sscanf(line, "%lf %lf", &y0, &y1) != 2)
        return fail(e, "no heights of a plot: %s", line);
    size = fmax(fabs(y0), fabs(y1));
    if (!(size <= 1e301 && y1 - y0 > 1e-12 * size && y1 - y0 > 1e-150))
        return fail(e, "heights that no plot has: %s", line);
    lab->model.plot.y0 = y0;
    lab->model.plot.y1 = y1;
    return true;
}

static void take_part(struct taking *t, const char *part)
{
    const char *axis = behind(part, "axis "), *trained = behind(part, "trained ");
    struct error e = {.text = ""};
    bool ok;

    if (axis)
        ok = take_axis(t->lab, axis, &e);
    else if (trained)
        ok = base64_read(trained, &t->trained) || fail(&e, "a network that is no base 64");
    else
        ok = place_take(t->lab, part, &e);
    note(t, ok, &e);
}

static void take_line(struct taking *t, const char *line)
{
    const char *command = behind(line, COMMAND), *part = behind(line, PART);

    if (command)
        take_command(t, command);
    else if (part)
        take_part(t, part);
}

static void take_lines(struct taking *t, const char *lines)
{
    struct text line = {0};

    for (size_t n; *lines; lines += n + (lines[n] == '\n')) {
        n = strcspn(lines, "\n");
        text_clear(&line);
        text_add_n(&line, lines, n);
        take_line(t, text_str(&line));
    }
    text_free(&line);
}

bool whole_clear(struct lab *lab, bool own, struct error *e)
{
    struct functions *none;

    study_close(lab);
    if (!lab_restart(lab, e))
        return false;
    if (own)
        return true;
    timeline_clear(lab);
    none = functions_like(lab->model.functions);
    functions_free(lab->model.functions); /* nothing is left that shows or runs one of them */
    lab->model.functions = none;
    return true;
}

enum whole_taken whole_take(struct lab *lab, const char *lines, enum rights rights, bool own,
                            struct error *e)
{
    const uint64_t digest = strtoull(lines + strlen(BEGIN), NULL, 16);
    struct taking t = {.lab = lab, .rights = rights};
    struct error other;

    if (state_digest(lab) == digest)
        return WHOLE_SAME;
    if (!whole_clear(lab, own, e))
        return WHOLE_PARTLY;
    take_lines(&t, lines);
    if (t.trained.len)
        note(&t, trained_load(lab, &t.trained, &other), &other);
    text_free(&t.trained);
    if (!own && !t.partly)
        note(&t, state_digest(lab) == digest || fail(&other, "it leads to another lab here"),
             &other);
    if (!own) /* nothing that was done before can be taken back */
        timeline_clear(lab);
    *e = t.first;
    return t.partly ? WHOLE_PARTLY : WHOLE_TAKEN;
}
