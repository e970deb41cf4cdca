/* recording.c - see recording.h. */
#include "replay/recording.h"

#include "base/capture.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool is_over(const char *s)
{
    return s[strspn(s, "\r")] == '\0';
}

int recording_version(const char *line)
{
    const size_t n = strlen(RECORDING_MARK);
    char *end;
    long version;

    if (strncmp(line, RECORDING_MARK, n) != 0 || !strchr("123456789", line[n]) || !line[n])
        return 0;
    version = strtol(line + n, &end, 10);
    return !is_over(end) ? 0 : version < 1000000 ? (int)version : 1000000;
}

bool recording_readable(int version, struct error *e)
{
    return version <= RECORDING_VERSION ||
           fail(e, "a recording of version %d, of a later actlab: this one reads up to %d", version,
                RECORDING_VERSION);
}

bool recording_ends(const char *line)
{
    const size_t n = strlen(RECORDING_END);

    return strncmp(line, RECORDING_END, n) == 0 && is_over(line + n);
}

bool recording_parse(const char *line, double *seconds, const char **command)
{
    char *end;

    line += strspn(line, " \t");
    *seconds = 0;
    *command = "";
    if (!*line || *line == '#' || *line == '\r')
        return true;
    if (!strchr("0123456789", *line))
        return false;
    *seconds = strtod(line, &end);
    if (!isfinite(*seconds) || (*end != ' ' && *end != '\t'))
        return false;
    *command = end + strspn(end, " \t");
    return **command != '\0';
}

bool recording_run(struct lab *lab, const char *line, struct run *run, FILE *out, struct error *e)
{
    const struct command *c;
    struct capture unheard;
    bool ok;

    if (!line[strspn(line, " \t\r")])
        return misuse(e, 0, "no command");
    c = command_of(lab->commands, line, e);
    if (!c)
        return false;
    if (!(c->flags & CMD_REPLAY))
        return fail(e, "'%s' is not allowed in a recording", c->name);
    if (out)
        return lab_run_as(lab, line, run, out, e);
    if (!capture_begin(&unheard, e))
        return false;
    ok = lab_run_as(lab, line, run, unheard.out, e);
    capture_free(&unheard);
    return ok;
}
