/* lines.h - for tests that run command lines: the lab that they run in, and what they say. */
#ifndef ACTLAB_TESTS_LINES_H
#define ACTLAB_TESTS_LINES_H

#include "language/command.h"
#include "unit.h"

#include <string.h>

static struct lab *lab; /* opened and closed by the test */

/* What a line prints, to be freed. */
static char *said_by(const char *line)
{
    char *said = NULL;
    size_t n = 0;
    FILE *out = open_memstream(&said, &n);
    struct error e;

    assert_non_null(out);
    if (!lab_run(lab, line, out, &e))
        fail_msg("%s: %s", line, e.text);
    fclose(out);
    return said;
}

static void run(const char *line)
{
    free(said_by(line));
}

static void says(const char *line, const char *part)
{
    char *said = said_by(line);

    if (!strstr(said, part))
        fail_msg("%s does not say '%s': %s", line, part, said);
    free(said);
}

#endif
