/* kept.c - see kept.h. */
#include "replay/kept.h"

#include "base/clock.h"
#include "base/digest.h"
#include "base/file.h"
#include "base/xalloc.h"
#include "lab/keymap.h"
#include "lab/timeline.h"
#include "replay/kept_files.h"
#include "replay/record.h"
#include "replay/recording.h"
#include "replay/trained.h"
#include "replay/whole.h"
#include "study/learner.h"
#include "study/notes.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    MOST_BYTES = 2 << 24, /* of a file: two states */
    SAVES_TAKE = 20,      /* at most such a share of the time */
};

/* Seconds between two saves: with the save itself and a tick of the clock no more than one; what
 * stands still is saved sooner, and then there is nothing more to do. */
static const double EVERY = 0.8, AT_REST = 0.1;

struct keeper {
    struct kept_files files;
    bool begun;                 /* a screen is open, and it can be kept */
    bool used;                  /* something has been done in this sitting */
    bool dirty;                 /* ... that is to be saved */
    double saved, cost;         /* when something was saved last, and the seconds that it took */
    bool told;                  /* that a network is too large for it */
    uint64_t digest;            /* of what was saved last */
    struct text trained;        /* the whole state that training made last */
    char offer[KEPT_ABOUT_MAX]; /* of what an earlier sitting kept, "": nothing */
};

/* ---- a sitting ------------------------------------------------------------------------------- */

static struct keeper *keeper(struct lab *lab)
{
    if (!lab->replay.keeper) {
        lab->replay.keeper = xcalloc(1, sizeof *lab->replay.keeper);
        kept_files_begin(&lab->replay.keeper->files);
    }
    return lab->replay.keeper;
}

void kept_free(struct lab *lab)
{
    struct keeper *k = lab->replay.keeper;

    if (!k)
        return;
    kept_files_end(&k->files);
    text_free(&k->trained);
    free(k);
    lab->replay.keeper = NULL;
}

bool kept_offered(const struct lab *lab)
{
    const struct keeper *k = lab->replay.keeper;

    return k && k->offer[0] && !k->used && !lab->replay.follower && trained_is_nothing(lab);
}

/* Behind it stands where the course goes on, if that is said already. */
static void say_offer(struct lab *lab)
{
    const char *key = keymap_key(lab->keymap, "kept", "resume");
    char course[sizeof lab->screen.message];

    memcpy(course, lab->screen.message, sizeof course);
    if (kept_offered(lab) && !lab->screen.message_is_error)
        lab_say(lab, false, "%s goes on with %s%s%s", key ? key : "resume",
                lab->replay.keeper->offer, course[0] ? "; " : "", course);
}

void kept_begin(struct lab *lab)
{
    struct keeper *k = keeper(lab);

    k->begun = true;
    memcpy(k->offer, kept_files_look(&k->files).about, sizeof k->offer);
    if (!lab->learner->loaded)
        study_load(lab);
    say_offer(lab);
}

void kept_changed(struct lab *lab, bool trained)
{
    struct keeper *k = lab->replay.keeper;

    if (!k || !k->begun)
        return;
    k->used = true;
    k->dirty |= k->trained.len || !trained_is_nothing(lab);
    if (trained && lab->run) /* it may train for long */
        kept_save(lab, false);
}

/* The work of another, as it is shown here, is not kept. */
double kept_due(const struct lab *lab)
{
    const struct keeper *k = lab->replay.keeper;
    const double pause = lab->model.running || lab->run ? EVERY : AT_REST;

    if (!k || !k->begun || !k->dirty || study_is_shown(lab))
        return -1;
    return k->saved + fmax(pause, SAVES_TAKE * k->cost);
}

static void add_header(const struct lab *lab, struct text *out)
{
    const struct fn fn = lab_net_fn(lab);
    const struct net_config *net = &lab->model.net;
    const struct lesson *l = study_lesson(lab);

    text_printf(out, RECORDING_HEADER "\n" KEPT_ABOUT "%.40s %dx%d, epoch %.4g",
                fn.act->name[0] ? fn.act->name : fn.act->formula, net->layers, net->width,
                (double)trainer_steps(lab->model.trainer) /
                    trainer_steps_per_epoch(lab->model.trainer));
    if (l)
        text_printf(out, ", lesson %d", l->number);
    text_add_char(out, '\n');
}

/* All that the file shall hold; nothing where nothing was ever trained. */
static bool compose(struct lab *lab, struct text *out, struct error *e)
{
    struct keeper *k = lab->replay.keeper;
    struct text now = {0};
    const bool trained = !trained_is_nothing(lab);
    const bool ok = whole_write(lab, &now, e);

    if (ok && trained)
        text_clear(&k->trained);
    if (ok && (trained || k->trained.len)) {
        add_header(lab, out);
        text_add_n(out, text_str(&k->trained), k->trained.len);
        text_add_n(out, now.s, now.len);
    }
    if (ok && trained) {
        text_free(&k->trained);
        k->trained = now;
        now = (struct text){0};
    }
    text_free(&now);
    return ok;
}

/* Where there is no folder for it, a stranger's session is not told what it cannot mend. */
static void give_up(struct lab *lab, const char *why)
{
    lab->replay.keeper->begun = false;
    if (lab->rights == RIGHTS_OWN)
        lab_say(lab, true, "this session is not kept for the next start: %s", why);
}

static void save(struct lab *lab, bool last)
{
    struct keeper *k = lab->replay.keeper;
    struct text bytes = {0};
    struct error e;
    uint64_t digest;

    if (!compose(lab, &bytes, &e) && !k->told) {
        lab_say(lab, true, "a network of this size is not kept for the next start: export it");
        k->told = true;
    }
    digest = digest_add(DIGEST_START, text_str(&bytes), bytes.len);
    if (bytes.len && (digest != k->digest)) {
        if (!kept_files_write(&k->files, &bytes, last))
            give_up(lab, strerror(errno));
        k->digest = digest;
    }
    text_free(&bytes);
}

void kept_save(struct lab *lab, bool last)
{
    struct keeper *k = lab->replay.keeper;
    const double due = kept_due(lab), now = clock_now();

    if (due < 0 || (!last && now < due))
        return;
    k->dirty = false;
    save(lab, last);
    k->saved = now;
    k->cost = clock_now() - now;
}

/* ---- the next one ---------------------------------------------------------------------------- */

enum { MOST_STATES = 2 };

/* Nothing of a file is done before all of it is known to be whole. */
static bool read_states(const char *s, struct whole states[MOST_STATES], struct error *e)
{
    struct text line = {0};
    enum whole_line kind = WHOLE_NONE;
    int n = 0;
    bool ok = true;

    for (size_t len; *s && ok; s += len + (s[len] == '\n')) {
        len = strcspn(s, "\n");
        text_clear(&line);
        text_add_n(&line, s, len);
        kind = n < MOST_STATES ? whole_read(&states[n], text_str(&line)) : WHOLE_TORN;
        n += kind == WHOLE_READ;
        ok = kind != WHOLE_TORN;
    }
    text_free(&line);
    return (ok && kind == WHOLE_READ) || fail(e, "it is damaged");
}

/* The lab as it was after a trained network had been replaced: undo leads back to that. */
static bool take_states(struct lab *lab, const struct whole states[MOST_STATES], struct error *e)
{
    const enum rights rights = lab->rights > RIGHTS_RECORDING ? lab->rights : RIGHTS_RECORDING;
    bool ok = whole_take(lab, text_str(&states[0].text), rights, false, e) != WHOLE_PARTLY;

    if (ok && states[1].text.len) {
        timeline_begin(lab, "what came after it");
        ok = whole_take(lab, text_str(&states[1].text), rights, true, e) != WHOLE_PARTLY;
        timeline_end(lab, ok);
    }
    if (!ok)
        whole_clear(lab, true, NULL);
    return ok;
}

/* A state that has just been read is not saved again. */
static void remember(struct keeper *k, const struct text *bytes, struct whole states[MOST_STATES])
{
    k->digest = digest_add(DIGEST_START, text_str(bytes), bytes->len);
    k->used = true;
    text_free(&k->trained);
    k->trained = states[0].text;
    states[0].text = (struct text){0};
}

static bool take_file(struct lab *lab, const char *path, struct error *e)
{
    struct whole states[MOST_STATES] = {{.open = false}};
    struct text bytes = {0};
    struct error why = {.text = ""};
    char first[KEPT_ABOUT_MAX];
    bool ok;
    int version;

    if (!file_read(path, MOST_BYTES, &bytes, e)) {
        text_free(&bytes);
        return false;
    }
    snprintf(first, sizeof first, "%.*s", (int)strcspn(text_str(&bytes), "\n"), text_str(&bytes));
    version = recording_version(first);
    ok = version ? recording_readable(version, &why) : fail(&why, "it is no session of actlab's");
    ok = ok && read_states(bytes.s, states, &why) && take_states(lab, states, &why);
    if (ok)
        remember(lab->replay.keeper, &bytes, states);
    for (int i = 0; i < MOST_STATES; i++)
        whole_free(&states[i]);
    text_free(&bytes);
    return ok || fail(e, "cannot go on with '%s': %s", path, why.text);
}

bool kept_resume(struct lab *lab, struct error *e)
{
    struct keeper *k = keeper(lab);
    struct text path = {0};
    struct kept_over o;
    bool ok;

    if (k->used || !trained_is_nothing(lab))
        return fail(e, "something has been done here already: actlab --resume begins with what "
                       "was kept");
    o = kept_files_look(&k->files);
    ok = kept_files_path(o.newest >= 0    ? o.newest
                         : o.strange >= 0 ? o.strange
                                          : 0,
                         &path) ||
         fail(e, "nothing is kept where there is no home folder");
    if (ok && o.newest < 0 && o.strange < 0)
        ok = fail(e, "nothing is kept to go on with: training on the screen is, in '%s'", path.s);
    ok = ok && take_file(lab, path.s, e);
    text_free(&path);
    if (!ok)
        return false;
    record_state(lab);
    lab_say(lab, false, "going on with %s", o.about[0] ? o.about : "what was kept");
    return true;
}
