/* record.c - see record.h. */
#include "replay/record.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/xalloc.h"
#include "replay/checkpoint.h"
#include "replay/play.h"
#include "replay/script.h"
#include "replay/state.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct recorder {
    FILE *file;
    double start;
    uint64_t steps; /* trained by the clock and not yet written */
    double written; /* when a line was written last */
    /* The last checkpoint: of which of lab->model.networks, and at which step. */
    uint64_t network, step;
    double checked; /* when it was written */
    int error;      /* errno of what could not be written: nothing more is */
};

/* How the lab came to be what it is: a recording that begins in the middle of a session begins with
 * this. What was trained and thrown away again is not kept. */
struct journal {
    struct script script;
    size_t era;        /* where the line begins that began the present network */
    uint64_t networks; /* lab->model.networks when it was looked at last */
    bool broken;       /* lines alone do not lead here; until the next network begins */
};

enum { JOURNAL_LINES = 20000 };

/* Multiplications, about, of the training between two checkpoints: half a second of it. */
#define CHECKPOINT_WORK 4e9
/* One is as long as a thousand lines: where the clock trains as fast as it can, it is so many
 * seconds, or a part of all that was trained. */
#define CHECKPOINT_EVERY 20
#define CHECKPOINT_SHARE 32

/* Seconds between lines while the clock trains: who follows sees it move. */
#define STEPS_EVERY 0.1

/* ---- the journal ----------------------------------------------------------------------------- */

static struct journal *journal(struct lab *lab)
{
    if (!lab->replay.journal) {
        lab->replay.journal = xcalloc(1, sizeof *lab->replay.journal);
        lab->replay.journal->networks = lab->model.networks;
    }
    return lab->replay.journal;
}

/* A network has just begun: the lab is what its settings say, whatever was before. */
static void write_afresh(struct lab *lab)
{
    struct journal *j = journal(lab);
    struct text state = {0};
    char *save = NULL;

    script_clear(&j->script);
    state_commands(lab, &state);
    for (char *s = strtok_r(state.s, "\n", &save); s; s = strtok_r(NULL, "\n", &save))
        script_add(&j->script, s);
    j->broken = false;
    text_free(&state);
}

/* After a line: what it made superfluous goes. */
static void tidy(struct lab *lab, const char *line)
{
    struct journal *j = journal(lab);

    if (j->networks == lab->model.networks) {
        j->broken |= j->script.lines > JOURNAL_LINES;
        return;
    }
    if (j->broken || j->script.lines > JOURNAL_LINES)
        write_afresh(lab);
    else if (strncmp(line, "restart", 7) == 0)
        script_keep_course(&j->script);
    else
        script_drop_training(lab, &j->script, j->era);
    j->era = j->script.last;
    j->networks = lab->model.networks;
}

static void note(struct lab *lab, const char *line)
{
    line += strspn(line, " \t");
    script_add(&journal(lab)->script, line);
    tidy(lab, line);
}

static void forget(struct lab *lab)
{
    if (lab->replay.journal)
        script_clear(&lab->replay.journal->script);
    free(lab->replay.journal);
    lab->replay.journal = NULL;
}

void record_break(struct lab *lab)
{
    journal(lab)->broken = true;
    journal(lab)->networks = lab->model.networks;
}

/* ---- the file -------------------------------------------------------------------------------- */

static void write_line(struct lab *lab, const char *line)
{
    struct recorder *r = lab->replay.recorder;

    line += strspn(line, " \t");
    r->written = clock_now();
    if (!r->error &&
        (fprintf(r->file, "%.3f %s\n", clock_now() - r->start, line) < 0 || fflush(r->file) != 0))
        r->error = errno;
}

static void write_count(struct lab *lab, uint64_t steps)
{
    char line[40];

    snprintf(line, sizeof line, "step %llu", (unsigned long long)steps);
    write_line(lab, line);
}

static void write_steps(struct lab *lab)
{
    uint64_t steps = lab->replay.recorder->steps;

    lab->replay.recorder->steps = 0;
    if (steps)
        write_count(lab, steps);
}

static void write_journal(struct lab *lab)
{
    const struct script *s = &journal(lab)->script;

    write_line(lab, "restart");
    for (size_t at = 0; at < s->bytes.len && !lab->replay.recorder->error;) {
        const struct script_line l = script_line(s, at);

        at = l.next;
        if (l.text)
            write_line(lab, l.text);
        else if (l.steps)
            write_count(lab, l.steps);
    }
}

/* Closes the file; returns the errno of what could not be written, or 0. */
static int end(struct lab *lab)
{
    struct recorder *r = lab->replay.recorder;
    int error = fclose(r->file) == 0 ? 0 : errno;

    error = r->error ? r->error : error;
    free(r);
    lab->replay.recorder = NULL;
    return error;
}

static bool fail_ended(int error, struct error *e)
{
    return !error || fail(e, "the recording has stopped: %s", strerror(error));
}

/* A file takes the place of an old one when it has begun: who follows the old one sees the other,
 * and never the middle of one after the beginning of another. Only where no file can be made beside
 * it, or where it is no file, what is there is written to. */
static int open_file(const char *path, bool replace, struct text *temporary, struct text *target)
{
    const int how = O_WRONLY | O_CREAT | O_CLOEXEC | O_NONBLOCK;
    struct stat old;
    int fd = -1;

    if (replace && stat(path, &old) == 0 && S_ISREG(old.st_mode)) {
        if (access(path, W_OK) < 0)
            return -1;
        fd = file_beside(path, temporary, target, NULL);
        if (fd >= 0)
            return fd;
        text_clear(temporary);
    }
    return open(path, how | (replace ? O_TRUNC : O_EXCL), 0666);
}

/* Header and journal; an error is what went wrong. */
static int begin_file(struct lab *lab, int fd, const char *temporary, const char *target)
{
    FILE *file = fdopen(fd, "w");

    if (!file) {
        int error = errno;

        close(fd);
        return error;
    }
    lab->replay.recorder = xcalloc(1, sizeof *lab->replay.recorder);
    lab->replay.recorder->file = file;
    lab->replay.recorder->start = clock_now();
    lab->replay.recorder->checked = clock_now();
    fputs(RECORDING_HEADER "\n", file); /* its error is the next line's */
    write_journal(lab);
    if (!lab->replay.recorder->error && *temporary && rename(temporary, target) < 0)
        lab->replay.recorder->error = errno;
    return lab->replay.recorder->error ? end(lab) : 0;
}

bool record_start(struct lab *lab, const char *path, bool replace, struct error *e)
{
    struct text temporary = {0}, target = {0};
    int fd, error;
    bool ok = false;

    if (journal(lab)->broken)
        return fail(e, "no commands lead to this network: reset it, and record then");
    fd = open_file(path, replace, &temporary, &target);
    if (fd < 0 && errno == EEXIST)
        fail(e, "'%s' exists: record ! %s replaces it", path, path);
    else if (fd < 0)
        fail(e, "cannot record to '%s': %s", path, strerror(errno));
    else if (!record_stop(lab, e))
        close(fd);
    else if ((error = begin_file(lab, fd, text_str(&temporary), text_str(&target))) != 0)
        fail(e, "cannot record to '%s': %s", path, strerror(error));
    else
        ok = true;
    if (!ok && temporary.len)
        unlink(temporary.s);
    text_free(&temporary);
    text_free(&target);
    return ok;
}

bool record_stop(struct lab *lab, struct error *e)
{
    if (!lab->replay.recorder)
        return true;
    write_steps(lab);
    if (!lab->replay.recorder->error)
        fputs(RECORDING_END "\n", lab->replay.recorder->file); /* its error is the next line's */
    return fail_ended(end(lab), e);
}

bool record_alive(struct lab *lab, struct error *e)
{
    return !lab->replay.recorder || !lab->replay.recorder->error || fail_ended(end(lab), e);
}

void record_begin_again(struct lab *lab)
{
    forget(lab);
    if (!lab->replay.recorder)
        return;
    write_steps(lab);
    write_line(lab, "restart");
}

void record_free(struct lab *lab)
{
    record_stop(lab, NULL);
    forget(lab);
}

/* ---- what happens ---------------------------------------------------------------------------- */

static void happened(struct lab *lab, const char *line)
{
    if (lab->limits) /* a restricted session is never recorded */
        return;
    note(lab, line);
    if (!lab->replay.recorder)
        return;
    write_steps(lab);
    write_line(lab, line);
}

void record_line(struct lab *lab, const char *format, ...)
{
    char *line = NULL;
    va_list ap;

    va_start(ap, format);
    if (vasprintf(&line, format, ap) < 0)
        line = NULL;
    va_end(ap);
    if (line)
        happened(lab, line);
    free(line);
}

void record_steps(struct lab *lab, uint64_t steps)
{
    struct recorder *r = lab->replay.recorder;

    if (lab->limits || steps == 0)
        return;
    script_add_steps(&journal(lab)->script, steps);
    if (!r)
        return;
    r->steps += steps;
    if (clock_now() - r->written > STEPS_EVERY)
        write_steps(lab);
}

/* Whether the training since the last checkpoint is more than who joins late should have to do. */
static bool is_due(struct lab *lab)
{
    const struct net_config *c = &lab->model.net;
    const uint64_t step = trainer_steps(lab->model.trainer);
    struct recorder *r = lab->replay.recorder;
    double batch;
    uint64_t since;
    int n, train;

    if (r->network != lab->model.networks || step < r->step) { /* a new one, or gone back */
        r->step = r->network == lab->model.networks ? step : 0;
        r->network = lab->model.networks;
    }
    since = step - r->step;
    trainer_data(lab->model.trainer, &n, &train);
    batch =
        (double)train / trainer_steps_per_epoch(lab->model.trainer); /* the setting's 0 is all */
    return (double)since * c->layers * c->width * (c->width + 16) * batch > CHECKPOINT_WORK &&
           (since > step / CHECKPOINT_SHARE || clock_now() > r->checked + CHECKPOINT_EVERY);
}

/* All that was done has been written: this is where it leads. */
static void write_checkpoint(struct lab *lab)
{
    struct recorder *r = lab->replay.recorder;
    struct text line = {0};

    write_steps(lab);
    r->checked = clock_now();
    r->step =
        trainer_steps(lab->model.trainer); /* also when there can be none: not to try for ever */
    if (!r->error && !journal(lab)->broken && checkpoint_line(lab, &line) &&
        (fprintf(r->file, "%s\n", line.s) < 0 || fflush(r->file) != 0))
        r->error = errno;
    text_free(&line);
}

void record_flush(struct lab *lab)
{
    if (!lab->replay.recorder)
        return;
    if (lab->replay.recorder->steps && !lab->model.running)
        write_steps(lab);
    if (is_due(lab))
        write_checkpoint(lab);
}
