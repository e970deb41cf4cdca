/* record.c - see record.h. */
#include "lab/record.h"

#include "base/clock.h"
#include "base/xalloc.h"
#include "lab/play.h"
#include "lab/state.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct recorder {
    FILE *file;
    double start;
    uint64_t steps; /* trained by the clock and not yet written */
    double written; /* when a line was written last */
};

/* Seconds between lines while the clock trains: who follows sees it move. */
#define STEPS_EVERY 0.1

static void write_line(struct lab *lab, const char *line)
{
    struct recorder *r = lab->recorder;

    line += strspn(line, " \t");
    r->written = clock_now();
    if (fprintf(r->file, "%.3f %s\n", clock_now() - r->start, line) < 0 || fflush(r->file) != 0) {
        lab_say(lab, true, "the recording ended: %s", strerror(errno));
        fclose(r->file);
        free(r);
        lab->recorder = NULL;
    }
}

static void write_steps(struct lab *lab)
{
    struct recorder *r = lab->recorder;
    char line[40];

    if (!r->steps)
        return;
    snprintf(line, sizeof line, "step %llu", (unsigned long long)r->steps);
    r->steps = 0;
    write_line(lab, line);
}

bool record_start(struct lab *lab, const char *path, bool replace, struct error *e)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NONBLOCK | (replace ? O_TRUNC : O_EXCL),
                  0666);
    struct recorder *r;
    struct text state = {0};

    if (fd < 0 && errno == EEXIST)
        return fail(e, "'%s' exists: record! %s replaces it", path, path);
    if (fd < 0)
        return fail(e, "cannot record to '%s': %s", path, strerror(errno));
    record_stop(lab);
    r = xcalloc(1, sizeof *r);
    r->file = fdopen(fd, "w");
    r->start = clock_now();
    lab->recorder = r;
    fputs(RECORDING_HEADER "\n", r->file);
    text_add(&state, "restart\n");
    state_commands(lab, &state);
    for (char *save = NULL, *line = strtok_r(state.s, "\n", &save); line && lab->recorder;
         line = strtok_r(NULL, "\n", &save))
        write_line(lab, line);
    text_free(&state);
    return true;
}

void record_stop(struct lab *lab)
{
    if (!lab->recorder)
        return;
    write_steps(lab);
    if (!lab->recorder)
        return;
    fclose(lab->recorder->file);
    free(lab->recorder);
    lab->recorder = NULL;
}

void record_command(struct lab *lab, const struct command *c, const char *line)
{
    if (!lab->recorder || lab->depth > 0 || c->flags & CMD_QUIET)
        return;
    write_steps(lab);
    if (lab->recorder)
        write_line(lab, line);
}

void record_line(struct lab *lab, const char *format, ...)
{
    char line[256];
    va_list ap;

    if (!lab->recorder || lab->depth > 0)
        return;
    va_start(ap, format);
    vsnprintf(line, sizeof line, format, ap);
    va_end(ap);
    write_steps(lab);
    if (lab->recorder)
        write_line(lab, line);
}

void record_steps(struct lab *lab, uint64_t steps)
{
    struct recorder *r = lab->recorder;

    if (!r || lab->depth > 0)
        return;
    r->steps += steps;
    if (clock_now() - r->written > STEPS_EVERY)
        write_steps(lab);
}
