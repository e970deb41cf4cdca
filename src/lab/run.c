/* run.c - the line that runs: its rights, and how it is recorded. */
#include "lab/lab.h"

#include <stdarg.h>
#include <stdlib.h>

enum rights lab_rights(const struct lab *lab)
{
    return lab->run ? lab->run->rights : lab->rights;
}

bool lab_recorded(const struct lab *lab)
{
    return lab->run && lab->run->recorded;
}

void lab_record_as(struct lab *lab, const char *format, ...)
{
    char *line = NULL;
    va_list ap;

    if (!lab_recorded(lab))
        return;
    va_start(ap, format);
    if (vasprintf(&line, format, ap) < 0)
        line = NULL;
    va_end(ap);
    text_clear(&lab->run->as);
    text_add(&lab->run->as, line ? line : "");
    free(line);
}
