/* record.c - see record.h. */
#include "replay/record.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/xalloc.h"
#include "lab/race.h"
#include "replay/recording.h"
#include "replay/whole.h"
#include "study/place.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
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
    int error;      /* errno of what could not be written: nothing more is */
    /* The last whole state: of which of lab->model.networks, and at which step; the bytes of all.
     */
    uint64_t network, step;
    size_t bytes;
    bool replaced;    /* the lab has become what no line makes */
    double work, all; /* since then, and in all: multiplications, about */
};

/* A whole state is due after about a tenth of a second of work that a late joiner would have to do,
 * ... */
#define DUE_WORK 1e9
/* ... of which a command is about so much. */
#define LINE_WORK 5e6
/* All of them take so many bytes a second at most; the first of them more, if each comes after such
 * a share of all work. */
enum { DUE_RATE = 4096, FIRST_BYTES = 1 << 20, FIRST_SHARE = 8 };

/* Seconds between lines while the clock trains: who follows sees it move. */
#define STEPS_EVERY 0.1

/* ---- the file -------------------------------------------------------------------------------- */

static void write_text(struct recorder *r, const char *s, size_t n)
{
    r->written = clock_now();
    if (!r->error && (fwrite(s, 1, n, r->file) != n || fflush(r->file) != 0))
        r->error = errno;
}

static void write_line(struct recorder *r, const char *line)
{
    struct text timed = {0};

    text_printf(&timed, "%.3f %s\n", clock_now() - r->start, line + strspn(line, " \t"));
    write_text(r, timed.s, timed.len);
    text_free(&timed);
}

static void write_count(struct recorder *r, uint64_t steps)
{
    char line[40];

    snprintf(line, sizeof line, "step %" PRIu64, steps);
    if (steps)
        write_line(r, line);
}

static void write_steps(struct recorder *r)
{
    const uint64_t steps = r->steps;

    r->steps = 0;
    write_count(r, steps);
}

/* Steps that wait are in it. False when the network is too large for it. */
static bool write_state(struct lab *lab, struct error *e)
{
    struct recorder *r = lab->replay.recorder;
    struct text state = {0};
    const bool ok = whole_write(lab, &state, e);

    if (ok) {
        r->steps = 0;
        r->replaced = false;
        r->network = lab->model.networks;
        r->step = trainer_steps(lab->model.trainer);
        r->bytes += state.len;
        write_text(r, state.s, state.len);
    }
    r->work = 0; /* also when there is none: not to try at every step */
    text_free(&state);
    return ok;
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

static bool fail_to_record(const char *path, int error, struct error *e)
{
    return fail(e, "cannot record to '%s': %s", path, strerror(error));
}

/* Header and state, and then the file has its name. */
static bool begin_file(struct lab *lab, const char *path, FILE *file, const char *temporary,
                       const char *target, struct error *e)
{
    struct recorder *r = lab->replay.recorder = xcalloc(1, sizeof *lab->replay.recorder);
    bool ok;

    r->file = file;
    r->start = clock_now();
    place_begin(lab);
    write_text(r, RECORDING_HEADER "\n", strlen(RECORDING_HEADER "\n"));
    ok = write_state(lab, e);
    if (ok && !r->error && *temporary && rename(temporary, target) < 0)
        r->error = errno;
    if (ok && !r->error)
        return true;
    if (ok)
        fail_to_record(path, r->error, e);
    end(lab);
    return false;
}

bool record_start(struct lab *lab, const char *path, bool replace, struct error *e)
{
    struct text temporary = {0}, target = {0};
    const int fd = open_file(path, replace, &temporary, &target);
    FILE *file = fd >= 0 ? fdopen(fd, "w") : NULL;
    bool ok = false;

    if (fd < 0 && errno == EEXIST)
        fail(e, "'%s' exists: record ! %s replaces it", path, path);
    else if (!file)
        fail_to_record(path, errno, e);
    else if (!record_stop(lab, e))
        fclose(file);
    else
        ok = begin_file(lab, path, file, text_str(&temporary), text_str(&target), e);
    if (fd >= 0 && !file)
        close(fd);
    if (!ok && temporary.len)
        unlink(temporary.s);
    text_free(&temporary);
    text_free(&target);
    return ok;
}

bool record_stop(struct lab *lab, struct error *e)
{
    struct recorder *r = lab->replay.recorder;

    if (!r)
        return true;
    write_steps(r);
    write_text(r, RECORDING_END "\n", strlen(RECORDING_END "\n"));
    return fail_ended(end(lab), e);
}

bool record_alive(struct lab *lab, struct error *e)
{
    return !lab->replay.recorder || !lab->replay.recorder->error || fail_ended(end(lab), e);
}

/* ---- what happens ---------------------------------------------------------------------------- */

/* Also what has gone back to before the last whole state: who began there does not know it. */
static bool is_unknown(const struct lab *lab)
{
    const struct recorder *r = lab->replay.recorder;

    return r->replaced ||
           (r->network == lab->model.networks && trainer_steps(lab->model.trainer) < r->step);
}

static void add_work(struct recorder *r, double work)
{
    r->work += work;
    r->all += work;
}

void record_command(struct lab *lab, const char *line, uint64_t steps)
{
    struct recorder *r = lab->replay.recorder;

    if (r && is_unknown(lab)) {
        record_state(lab);
        return;
    }
    if (!r)
        return;
    if (line) {
        write_steps(r);
        write_line(r, line);
        add_work(r, LINE_WORK);
    }
    write_count(r, steps);
}

void record_line(struct lab *lab, const char *format, ...)
{
    char *line = NULL;
    va_list ap;

    va_start(ap, format);
    if (vasprintf(&line, format, ap) < 0)
        line = NULL;
    va_end(ap);
    record_command(lab, line, 0);
    free(line);
}

/* Multiplications of a step, about, racers included. */
static double work_of_step(const struct lab *lab)
{
    const struct net_config *c = &lab->model.net;
    const struct race *race = lab->model.race;
    int n, train;

    trainer_data(lab->model.trainer, &n, &train);
    return (double)c->layers * c->width * (c->width + 16) * train /
           trainer_steps_per_epoch(lab->model.trainer) * (1 + (race ? race->racers : 0));
}

void record_trained(struct lab *lab, uint64_t steps)
{
    struct recorder *r = lab->replay.recorder;

    if (!r)
        return;
    add_work(r, (double)steps * work_of_step(lab));
    if (lab->run && !lab->run->clock)
        return;
    r->steps += steps;
    if (clock_now() - r->written > STEPS_EVERY)
        write_steps(r);
}

void record_state(struct lab *lab)
{
    if (lab->replay.recorder && !write_state(lab, NULL))
        lab->replay.recorder->error = EFBIG;
}

void record_replaced(struct lab *lab)
{
    if (lab->replay.recorder)
        lab->replay.recorder->replaced = true;
}

static bool is_due(const struct recorder *r)
{
    return r->work > DUE_WORK && ((double)r->bytes < DUE_RATE * (clock_now() - r->start) ||
                                  (r->bytes < FIRST_BYTES && r->work > r->all / FIRST_SHARE));
}

void record_flush(struct lab *lab)
{
    struct recorder *r = lab->replay.recorder;

    if (!r)
        return;
    if (r->steps && !lab->model.running)
        write_steps(r);
    if (is_due(r)) {
        write_steps(r); /* who has done all that was written is in that state already */
        write_state(lab, NULL);
    }
}
